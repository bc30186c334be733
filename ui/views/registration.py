"""登记: one large box for the caller's words, the fields beside it, and who is responsible while one types."""

import uuid
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.ledger_views import ExplainView
from liaison_app.desk.views import DraftView, Outcome, ProposalView, RowView
from liaison_app.domain.commands import Register
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.views.page import Page
from ui.widgets.explained import ExplainedCard
from ui.widgets.fact_questions import FactQuestions
from ui.widgets.layouts import Flow, FormArea
from ui.widgets.parts import Card, IconChip, Unfold, button, clear, label, listed, noted
from ui.widgets.rare_characters import RareCharacters
from ui.widgets.writing import Writing

AUTOSAVE_MS = 1_000
"""Typing is kept after this time (milliseconds): with the writing itself never more than two seconds are lost."""
PROPOSE_MS = 250


def field_words() -> tuple[tuple[str, str], ...]:
    """Return the fields of the form with their words: the six of M1-REC-02 first."""
    return (
        ("object", QCoreApplication.translate("Registration", "投诉对象(&1)")),
        ("place", QCoreApplication.translate("Registration", "事发地点(&2)")),
        ("complainant_name", QCoreApplication.translate("Registration", "投诉人姓名(&3)")),
        ("complainant_address", QCoreApplication.translate("Registration", "地址(&4)")),
        ("contact", QCoreApplication.translate("Registration", "联系方式(&5)")),
        ("town", QCoreApplication.translate("Registration", "所属镇街")),
        ("salutation", QCoreApplication.translate("Registration", "称谓")),
        ("headcount", QCoreApplication.translate("Registration", "人数")),
        ("external_no", QCoreApplication.translate("Registration", "外部编号")),
        ("received_at", QCoreApplication.translate("Registration", "来电时间")),
        ("happened_at", QCoreApplication.translate("Registration", "补录：实际登记时间")),
        ("late_reason", QCoreApplication.translate("Registration", "补录原因")),
    )


class RegistrationView(Page):
    """The form. Saving never waits for a missing item; what was typed is kept every second."""

    registered = Signal(str)

    def __init__(self, context: Context, draft: DraftView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("registrationView")
        self._draft_id = draft.id if draft else str(uuid.uuid4())  # known before the first save: never two drafts
        self._drafted = draft is not None
        self._dirty = False
        self._saving = False
        self._repeat_of = ""
        self._alike_rows: tuple[RowView, ...] = ()
        self.fields: dict[str, QLineEdit] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 8, 12, 8)
        self.restored = label("", "quiet", wrap=True)
        self.restored.hide()
        page.addWidget(self.restored)
        columns = QSplitter(Qt.Orientation.Horizontal, self)  # from the page to its parts: each is styled once
        columns.setChildrenCollapsible(False)
        page.addWidget(columns, 1)
        self._record(columns)
        self._form(columns)
        self._answer(columns)
        columns.setSizes([300, 420, 380])
        page.addLayout(self._buttons())
        self._autosave = self._timer(AUTOSAVE_MS, self._save_draft)
        self._asking = self._timer(PROPOSE_MS, self._ask)
        if draft is not None:
            self._restore(draft)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        self._typing_in: QLineEdit | QPlainTextEdit = self.fields["complainant_name"]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self._ask()

    # -- parts ----------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("登记投诉")

    def activated(self) -> None:
        """Begin where the caller begins."""
        self.record.setFocus()

    def _record(self, columns: QSplitter) -> None:
        card = Card(self.tr("来电记录"), columns)
        self.record = Writing()
        self.record.setObjectName("record")
        self.record.setAccessibleName(self.tr("来电记录"))
        self.record.setPlaceholderText(self.tr("来电人怎么说就怎么记，不分先后"))
        self.record.setTabChangesFocus(True)
        self.record.setMinimumWidth(220)
        self.record.textChanged.connect(self._changed)
        card.body.addWidget(self.record, 1)
        card.body.addWidget(label(self.tr("选中文字，填入："), "small"))
        row = Flow(2)
        card.body.addLayout(row)
        for i, (name, words) in enumerate(field_words()[:5]):
            plain = words.split("(")[0]
            made = button(plain, partial(self._fill, name), kind="link", name=f"fill_{name}")
            made.setAccessibleName(self.tr("选中的文字填入：{0}").format(plain))
            row.addWidget(made)
            QShortcut(QKeySequence(f"Ctrl+Alt+{i + 1}"), self, partial(self._fill, name))

    def _form(self, columns: QSplitter) -> None:
        card = Card("", columns)
        inner = QWidget()
        form = QFormLayout(inner)
        area = FormArea(form, card)
        card.body.addWidget(area)
        area.setWidget(inner)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(6)
        for name, words in field_words():
            line = QLineEdit()
            line.setObjectName(name)
            line.setMinimumHeight(theme.TARGET)
            line.setMinimumWidth(140)
            line.setAccessibleName(words.split("(")[0])
            line.textChanged.connect(self._changed)
            self.fields[name] = line
            form.addRow(words, line)
            if name == "place":
                self.content = Writing()
                self.content.setObjectName("content")
                self.content.setAccessibleName(self.tr("内容"))
                self.content.setTabChangesFocus(True)
                self.content.setStyleSheet("QPlainTextEdit { min-height: 58px; max-height: 58px; }")
                self.content.textChanged.connect(self._changed)
                form.addRow(self.tr("内容(&6)"), self.content)
        self.fields["received_at"].setPlaceholderText(self.tr("现在；或 2026-09-30 09:08"))
        self.fields["happened_at"].setPlaceholderText(self.tr("现在"))
        self.channel = self._choice(
            self.tr("来源"),
            (
                ("phone", self.tr("来电")), ("visit", self.tr("来访")), ("letter", self.tr("来信")), ("web", self.tr("网络")),
                ("petition", self.tr("信访")), ("transferred", self.tr("转办")), ("media", self.tr("媒体")),
            ),
        )  # fmt: skip
        self.confidential = self._choice(
            self.tr("保密"),
            (
                ("none", self.tr("不要求")),
                ("ordinary", self.tr("一般：不告诉被投诉人")),
                ("strict", self.tr("严格：只限本单位")),
            ),
        )
        form.addRow(self.tr("来源"), self.channel)
        form.addRow(self.tr("保密"), self.confidential)
        area.setWidgetResizable(True)
        area.setMinimumWidth(360)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._areas: list[QScrollArea] = [area]

    def _choice(self, words: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        box = QComboBox()
        box.setMinimumHeight(theme.TARGET)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setAccessibleName(words)
        for code, text in choices:
            box.addItem(text, code)
        box.currentIndexChanged.connect(lambda _i: self._changed())
        return box

    def _answer(self, columns: QSplitter) -> None:
        area = QScrollArea(columns)
        inner = QWidget()
        area.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(self.tr("谁负责、为什么、到何时"))
        column.addWidget(card)
        self._said = QVBoxLayout()
        card.body.addLayout(self._said)
        self.explained = ExplainedCard(self.tr("已公示或备案，可这样解释"))
        column.addWidget(self.explained)
        facts = Card(self.tr("还需问清（可不答）"))
        column.addWidget(facts)
        self.questions = FactQuestions()
        self.questions.answered.connect(self._changed)
        self.questions.complete.connect(self._order)
        facts.body.addWidget(self.questions)
        self._alike_card = Card(self.tr("相似的未结投诉"))
        self._alike = QVBoxLayout()
        self._alike_card.body.addLayout(self._alike)
        self._alike_card.hide()
        column.addWidget(self._alike_card)
        column.addStretch(1)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setMinimumWidth(max(330, self.fontMetrics().height() * 13 + 6))  # a long chip in large type
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._areas.append(area)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._wrong = label("", "wrong", wrap=True)
        self.rare_button = button(self.tr("生僻字(&R)"), self._rare, name="rare")
        row.addWidget(self.rare_button)
        row.addWidget(self._wrong, 1)
        self.save_button = button(self.tr("登记(&S)  Ctrl+S"), self.save, kind="primary", name="saveRegistration")
        row.addWidget(self.save_button)
        return row

    def _timer(self, after: int, what: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(what)
        return timer

    # -- what happens ---------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """Return everything typed, as the façade takes it."""
        plain: dict[str, Any] = {name: line.text() for name, line in self.fields.items()}
        plain |= {
            "record": self.record.toPlainText(), "content": self.content.toPlainText(),
            "channel": self.channel.currentData(), "confidential": self.confidential.currentData(),
            "facts": dict(self.questions.facts),
        }  # fmt: skip
        return plain

    def save(self) -> None:
        """登记: on the disk before the screen says so."""
        if self._saving:
            return
        plain = {k: v for k, v in self.values().items() if v not in ("", None)}
        if not plain.get("content") and plain.get("record"):
            plain["content"] = plain["record"]
        headcount = plain.pop("headcount", "")
        if headcount and not str(headcount).isdigit():
            self._wrong.setText(self.tr("人数请填数字"))
            self.fields["headcount"].setFocus()
            return
        if headcount:
            plain["headcount"] = int(headcount)
        command = Register(**plain, repeat_of=self._repeat_of)
        self._saving = True
        self.save_button.setEnabled(False)
        desk = self.context.desk
        self.context.bridge.run(lambda: desk.act("new", command), self._saved, self._refused, self)

    def _saved(self, outcome: Outcome) -> None:
        self._autosave.stop()
        self._dirty = False
        draft, desk = self._draft_id, self.context.desk
        if self._drafted:
            self.context.bridge.run(lambda: desk.drop_draft(draft))
        self.context.notify(self.tr("已登记：{0}").format(outcome.number))
        self.registered.emit(outcome.case)
        self.context.back()
        self.context.open_case(outcome.case)

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        self.save_button.setEnabled(True)
        field = error.facts.get("field") if isinstance(error, RuleBroken) else None
        line = self.fields.get(str(field))
        if line is not None:
            line.setFocus()
        self.context.show_error(error, self)

    def leave(self) -> None:
        """Keep what was typed when the page is left, the person changes or the window closes."""
        if self._dirty:
            self._save_draft()

    def _changed(self) -> None:
        self._dirty = True
        self._wrong.setText("")
        if not self._autosave.isActive():
            self._autosave.start()
        self._asking.start()

    def _save_draft(self) -> None:
        if self._saving or not self._dirty:
            return
        self._dirty = False
        fields, desk, draft = self.values(), self.context.desk, self._draft_id
        self._drafted = True
        self.context.bridge.run(lambda: desk.save_draft("register", None, fields, draft))

    def _restore(self, draft: DraftView) -> None:
        for name, line in self.fields.items():
            line.setText(str(draft.fields.get(name) or ""))
        self.record.setPlainText(str(draft.fields.get("record") or ""))
        self.content.setPlainText(str(draft.fields.get("content") or ""))
        for box, name in ((self.channel, "channel"), (self.confidential, "confidential")):
            box.setCurrentIndex(max(0, box.findData(draft.fields.get(name))))
        self.questions.facts.update(draft.fields.get("facts") or {})
        self.restored.setText(self.tr("已恢复 {0} 的草稿").format(draft.saved_at[5:16].replace("T", " ")))
        self.restored.show()

    def _fill(self, name: str) -> None:
        chosen = self.record.textCursor().selectedText().replace("\u2029", " ").strip()
        if chosen:
            self.fields[name].setText(chosen)

    def _rare(self) -> None:
        place = self._typing_in  # a press on the button takes the focus: the field where one typed is meant
        dialog = RareCharacters(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(
            lambda sign: place.insert(sign) if isinstance(place, QLineEdit) else place.insertPlainText(sign)
        )
        dialog.finished.connect(lambda _done: place.setFocus())
        dialog.open()
        dialog.typed.setFocus()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Know where one types; what the keyboard reaches is scrolled into sight."""
        if now is None or not self.isAncestorOf(now):
            return
        if isinstance(now, QLineEdit | QPlainTextEdit) and now in {self.record, self.content, *self.fields.values()}:
            self._typing_in = now
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            for area in self._areas:
                if area.isAncestorOf(now):
                    area.ensureWidgetVisible(now)

    def _order(self) -> None:
        """Tab goes as the eye does: the form, the questions, the similar complaints, the buttons below."""
        unfolds = [each.switch for each in self.findChildren(Unfold)]
        alike = self._alike_card.findChildren(QPushButton)
        parts: list[QWidget] = [self.confidential, *unfolds, *self.questions.parts(), *alike]
        for before, after in pairwise((*parts, self.rare_button, self.save_button)):
            QWidget.setTabOrder(before, after)

    def _ask(self) -> None:
        desk, plain = self.context.desk, self.values()
        if not plain.get("content"):
            plain["content"] = plain["record"]
        bridge = self.context.bridge
        said = self._answered
        bridge.work(lambda: desk.propose(plain, call_record=plain["record"]), said, self._unsaid, self, "propose")
        bridge.read(lambda: desk.similar(plain), self._similar, None, self, "similar")
        place, thing = str(plain.get("place") or ""), str(plain.get("object") or "")
        bridge.read(lambda: desk.explained(place, thing), self._explained, None, self, "explained")

    def _unsaid(self, error: BaseException) -> None:
        """A time or a date half typed is no error yet: the former answer stays, saving says what is wrong."""
        if not isinstance(error, RuleBroken):
            self.context.show_error(error, self)

    def _answered(self, said: ProposalView) -> None:
        clear(self._said)
        add = self._said.addWidget
        add(label(said.lead_name, "title", wrap=True))
        urgent = said.transfer == "immediate"
        add(
            IconChip(
                said.transfer_words,
                theme.RED if urgent else theme.ACCENT_DEEP,
                theme.RED_SOFT if urgent else theme.ACCENT_SOFT,
                "overdue" if urgent else "clock",
            )
        )
        hot = said.handling == "immediate"
        add(
            IconChip(
                said.handling_words,
                theme.RED if hot else theme.QUIET,
                theme.RED_SOFT if hot else theme.GROUND,
                "overdue" if hot else "clock",
            )
        )
        add(label(said.why, wrap=True, select=True))
        if said.supporting:
            add(label(self.tr("配合：{0}").format(listed(n for _, n in said.supporting)), "quiet", wrap=True))
        if said.alternatives:
            add(label(self.tr("也可选：{0}").format(listed(n for _, n in said.alternatives)), "quiet", wrap=True))
        if said.report_to:
            add(label(self.tr("同时报告：{0}").format(listed(said.report_to)), "wrong", wrap=True))
        for hint in (*said.warnings, *said.hints):
            add(label(hint, "wrong", wrap=True))
        if said.due is not None:
            add(Unfold(noted(said.due.label, said.due.countdown), label(said.due.why, "quiet", wrap=True)))
        if said.missing:
            names = listed(words for _, words in said.missing)
            add(label(self.tr("要素不全件（待补正）：{0}").format(names), "quiet", wrap=True))
        self.questions.show_questions(said.questions)
        self._order()

    def _similar(self, rows: tuple[RowView, ...]) -> None:
        if rows == self._alike_rows:
            return  # a button that has the keyboard stays
        self._alike_rows = rows
        clear(self._alike)
        self._alike_card.setVisible(bool(rows))
        for row in rows[:3]:
            words = f"{row.number}　{row.title}　{row.place}"
            self._alike.addWidget(label(words, wrap=True))
            line = QHBoxLayout()
            line.addWidget(button(self.tr("打开"), partial(self.context.open_case, row.case_id), kind="link"))
            line.addWidget(button(self.tr("记为重复投诉"), partial(self._repeats, row), kind="link"))
            line.addStretch(1)
            self._alike.addLayout(line)
        self._order()

    def _explained(self, found: tuple[ExplainView, ...]) -> None:
        self.explained.show_found(found, self.context.open_record)

    def _repeats(self, row: RowView) -> None:
        self._repeat_of = row.case_id
        self.context.notify(self.tr("将记为 {0} 的重复投诉").format(row.number))
