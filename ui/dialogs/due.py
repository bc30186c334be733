"""为什么这样 (F1): of a case its state, every clock with its count, what may be done now; of an act its rule."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.rule_words import RuleText, rule_texts
from liaison_app.desk.views import ActionView, CaseView, DueView
from ui import theme
from ui.context import Context
from ui.widgets.case_parts import counting
from ui.widgets.layouts import Column
from ui.widgets.moments import full_moment
from ui.widgets.parts import Card, IconChip, button, label

Rules = Mapping[str, Sequence[RuleText]]


class WhyDialog(QDialog):
    """A column of cards with one button; each card says what holds and quotes the rule by which it does."""

    def __init__(self, title: str, about: str, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._rules = rules
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 14, 18, 14)
        page.addWidget(label(about, "quiet", wrap=True))
        self.column = Column(title)
        page.addWidget(self.column, 1)
        self._close = button(self.tr("关闭"), self.accept, kind="primary", name="dueClose")
        self._close.setDefault(True)
        page.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        theme.spread(self, 700, 580)

    def add(self, card: QWidget) -> None:
        """Put a card under the others."""
        self.column.cards.addWidget(card)

    def finish(self) -> None:
        """Leave the rest of the column empty and give the button the keyboard."""
        self.column.cards.addStretch(1)
        self._close.setFocus()

    def quote(self, card: Card, cited: str) -> None:
        """Put what the profile says of a rule under a card's own words; what it does not know is named only."""
        known = self._rules.get(cited, ())
        if cited and not known:
            card.body.addWidget(label(self.tr("依据：{0}").format(cited), "small", wrap=True, select=True))
        for rule in known:
            said = self.tr("依据：{id}　{title}").format(id=rule.id, title=rule.title)
            if rule.source:
                said += self.tr("（{source}）").format(source=rule.source)
            card.body.addWidget(label(said, "small", wrap=True, select=True))

    def rule_card(self, rule: RuleText) -> Card:
        """Return a rule whole: title, source, every line of the profile that goes by it."""
        card = Card()
        card.body.addWidget(label(f"{rule.id}　{rule.title}", "lead", wrap=True, select=True))
        if rule.source:
            card.body.addWidget(label(self.tr("出处：{0}").format(rule.source), "quiet", wrap=True, select=True))
        for part, words in rule.lines:
            card.body.addWidget(label(f"{part}　{words}", wrap=True, select=True))
        if not rule.lines:
            card.body.addWidget(label(self.tr("机制里没有单独一行写它。"), "quiet", wrap=True))
        return card


class DueDialog(WhyDialog):
    """A case: where it stands, its open clocks, earliest first, and the acts of the person at work, each with its rule."""

    def __init__(self, case: CaseView, rules: Rules, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("为什么这样"), f"{case.number}  {case.object}", rules, parent)
        self.setObjectName("dueDialog")
        self.add(self._state(case))
        running = sorted((one for one in case.deadlines if one.state == "open"), key=lambda one: one.due or "9999")
        for one in running:
            self.add(self._clock(one))
        if not running:
            self.add(label(self.tr("没有正在计算的期限。"), "quiet"))
        for act in (*case.actions, *case.standing_in):
            self.add(self._act(act))
        self.finish()

    def _state(self, case: CaseView) -> Card:
        card = Card(self.tr("现在的状态"))
        card.body.addWidget(label(case.state_name, "lead"))
        for one in case.next:
            card.body.addWidget(label(one.line, wrap=True, select=True))
            if one.why:
                card.body.addWidget(label(one.why, "small", wrap=True, select=True))
        return card

    def _act(self, act: ActionView) -> Card:
        card = Card()
        card.body.addWidget(label(self.tr("可以办：{0}").format(act.label), "lead", wrap=True))
        self.quote(card, act.rule)
        return card

    def _clock(self, clock: DueView) -> Card:
        card = Card()
        head = QHBoxLayout()
        ink, ground, icon = theme.level_look(clock.level)
        head.addWidget(label(clock.label, "lead", wrap=True), 1)
        head.addWidget(IconChip(clock.countdown, ink, ground, icon))
        card.body.addLayout(head)
        until = full_moment(clock.due or "")
        if until:
            words = self.tr("到期 {time}，{owner}").format(time=until, owner=clock.owner)
            words += self.tr("（暂定）") if clock.status == "provisional" else ""
            card.body.addWidget(label(words, wrap=True, select=True))
        card.body.addWidget(counting(clock))
        self.quote(card, clock.rule)
        return card


def explain_case(context: Context, ref: str, parent: QWidget) -> None:
    """Read a case with the rules of its clocks and acts, and say why it is so."""
    desk = context.desk

    def read() -> tuple[CaseView, Rules]:
        case = desk.case(ref)
        return case, rule_texts(
            desk, [*(one.rule for one in case.deadlines), *(one.rule for one in (*case.actions, *case.standing_in))]
        )

    context.bridge.read(read, lambda found: DueDialog(*found, parent).open(), owner=parent, key="why")


def explain_rule(context: Context, title: str, cited: str, parent: QWidget) -> None:
    """Say by which rule an act is done, in the profile's own words."""
    desk = context.desk

    def show(rules: Rules) -> None:
        dialog = WhyDialog(title, desk.rules.profile.meta.name, rules, parent)
        dialog.setObjectName("ruleDialog")
        for rule in rules.get(cited, ()):
            dialog.add(dialog.rule_card(rule))
        if not rules.get(cited):
            dialog.add(label(cited, wrap=True))
        dialog.finish()
        dialog.open()

    context.bridge.read(lambda: rule_texts(desk, [cited]), show, owner=parent, key="why")
