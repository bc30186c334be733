"""The case page: what it is, who is responsible and why, what is due, what was done, what can be done now."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.alike_views import BesideView
from liaison_app.desk.paper_views import PaperLine
from liaison_app.desk.views import ActionView, CaseView
from liaison_app.domain.papers import WHOLE_CASE
from ui import theme
from ui.context import Context
from ui.dialogs.cosign import ask_cosign
from ui.dialogs.recent import remember_case
from ui.views.case_acts import FEW, ICONS, standing_of, steps_of, words_of
from ui.views.case_files import CaseFiles
from ui.views.page import Page
from ui.widgets import case_parts
from ui.widgets.beside_cards import alike_card, dispute_card
from ui.widgets.command_palette import Found
from ui.widgets.layouts import Column
from ui.widgets.moments import full_moment
from ui.widgets.papers_card import WIDE, PapersCard, words_of_paper
from ui.widgets.parts import Card, Unfold, button, clear, in_lines, label, noted
from ui.widgets.timeline import TimelineCard

WRITTEN = frozenset({"draft-reply", "submit-reply", "feedback"})
"""Acts that are done on the page of the reply."""
SIGNED = frozenset({"approve-reply", "return-reply", "pass-reply"})
"""Acts that are done in the 签批夹: nobody signs what he has not seen."""


class CasePage(Page):
    """One case. Reads on the readers, acts by dialogs, refreshes when the desk says that the case changed."""

    def __init__(self, context: Context, ref: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("casePage")
        self._ref = ref
        self.case: CaseView | None = None
        self._open_action = ""
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 12, 10, 12)
        page.setSpacing(12)
        main, side = Column(self.tr("案情和办理经过")), Column(self.tr("办理和期限"))
        self._main, self._side = main.cards, side.cards
        self._read = main
        page.addWidget(main, 5)
        page.addWidget(side, 2)
        self._first: QWidget | None = None
        self.papers: PapersCard | None = None
        self._lines: tuple[PaperLine, ...] = ()
        self.files = CaseFiles(context, self)
        self.setAcceptDrops(True)
        self._beside: BesideView | None = None
        self._disputes: QVBoxLayout | None = None
        self._alike: QVBoxLayout | None = None

    def heading(self) -> str:
        """Return the number of the case."""
        return self.case.number if self.case else self.tr("正在打开…")

    def case_ref(self) -> str:
        """Return the case id."""
        return self._ref

    def can_print(self) -> bool:
        """A case with a transfer has a slip to print."""
        return self.case is not None and bool(self.case.transfers)

    def print_papers(self) -> None:
        """打印: the preview of the slip."""
        self.preview_slip()

    def open_with(self, action: str) -> None:
        """Open the dialog of an act as soon as the case is read (from 今日待办)."""
        self._open_action = action

    def refresh(self) -> None:
        """Read the case again; the scroll position stays."""
        desk, ref = self.context.desk, self._ref
        self.context.bridge.read(lambda: desk.case(ref), self._take, self._missing, owner=self, key=f"case-{id(self)}")
        self.context.bridge.read(
            lambda: desk.papers(ref), self._take_papers, self._no_papers, owner=self, key=f"papers-{id(self)}"
        )

        self.files.read(ref)
        self.context.bridge.read(
            lambda: desk.beside(ref), self._take_beside, self._no_papers, owner=self, key=f"beside-{id(self)}"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures that are dragged over the page."""
        from ui.dialogs.attach import can_take

        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped in the form 添加附件."""
        event.acceptProposedAction()
        self.files.add(data=event.mimeData())

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """A case takes files."""
        return {"attach_files": self.files.add, "paste_file": self.files.paste,
                "print_case": self.print_case, "copy_items": self.copy_items, "print_case_outside": partial(self.print_case, True),
                **self._cosigns()}  # fmt: skip

    def _cosigns(self) -> Mapping[str, Callable[[], None]]:
        """Return 送会签 where a text of this case is in its chain."""
        passing = next((a for a in self.case.actions if a.action == "pass-reply"), None) if self.case else None
        if passing is None:
            return {}
        return {"ask_cosign": partial(ask_cosign, self.context, self._ref, passing.matter, self, self.refresh)}

    def here(self) -> Sequence[Found]:
        """Every act that is allowed now, the next steps first, and every paper."""
        if self.case is None:
            return ()
        case = self.case
        (first, rest), (entered, others) = steps_of(case), standing_of(case)
        acts = [*first, *entered, *rest, *others]
        found = [
            Found(self._words(one, case), one.rule, ICONS.get(one.action, "next"), self._doer(one)) for one in acts
        ]
        papers = (
            Found(words_of_paper(one).replace("\n", "　"), one.body, "paper", partial(self.preview, one))
            for one in self._lines
        )
        return (*found, *papers)

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Refresh when this case changed (empty: any may have)."""
        if not case_ids or self._ref in case_ids:
            self.refresh()

    def activated(self) -> None:
        """The next step takes the keyboard; where others are to act, the page, which the arrows then scroll."""
        (self._first or self._read).setFocus()

    def do_next(self) -> None:
        """办理下一步: open the first act that is offered."""
        if self.case is not None:
            steps = [*steps_of(self.case)[0], *standing_of(self.case)[0]]
            if steps:
                self.do(steps[0])

    def do_named(self, action: str) -> None:
        """Open the dialog of an act by its word; nothing happens when it is not offered."""
        if self.case is not None:
            offered = (*self.case.actions, *self.case.standing_in)
            found = next((one for one in offered if one.action == action), None)
            if found is not None:
                self.do(found)

    def do(self, action: ActionView, filled: Mapping[str, str] | None = None) -> None:
        """Open the dialog of an act, with what is known already filled in."""
        from ui.dialogs.act import ActDialog
        from ui.dialogs.complete import CompleteDialog

        if self.case is None:
            return
        if action.for_body:  # entered for others: the form of the act, whatever page the own act has
            self._open_form(ActDialog, action, filled)
            return
        if action.action == "inquire":  # it has a page: what may be told, how often it was asked
            self.context.actions.action("inquiry").trigger()
            return
        if action.action in WRITTEN:
            self.context.open_reply(self._ref, action.matter)
            return
        if action.action == "attach":
            self.files.add()
            return
        if action.action in SIGNED:
            self.context.open_folder(self._ref)
            return
        self._open_form(CompleteDialog if action.action == "complete" else ActDialog, action, filled)

    def _open_form(self, form: Any, action: ActionView, filled: Mapping[str, str] | None) -> None:
        dialog = form(self.context, self.case, action, self, filled=filled)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def preview(self, line: PaperLine) -> None:
        """Show a paper as it will be printed; it gets its number when it goes out."""
        from ui.dialogs.paper import PaperDialog

        dialog = PaperDialog(self.context, line.kind, (line.ref,), self, name=line.name, more=line.kind != "slip")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_papers(self, lines: tuple[PaperLine, ...]) -> None:
        self._lines = lines
        if self.papers is not None:
            self.papers.fill(lines)

    def _take_beside(self, found: BesideView) -> None:
        if found != self._beside:
            self._beside = found
            self._fill_beside()

    def _fill_beside(self) -> None:
        if self._disputes is None or self._alike is None or self._beside is None:
            return
        clear(self._disputes)
        clear(self._alike)
        several = self.case is not None and len(self.case.matters) > 1
        for dispute in self._beside.disputes:
            self._disputes.addWidget(dispute_card(dispute, several=several))
        if self._beside.alike:
            self._alike.addWidget(alike_card(self._beside, self.context.open_case, self._merge_into))

    def _merge_into(self, number: str) -> None:
        found = next((a for a in self.case.actions if a.action == "merge"), None) if self.case else None
        if found is not None:
            self.do(found, {"into": number})

    def _no_papers(self, _error: BaseException) -> None:
        """A case that is gone says so once, when it is read itself."""

    def preview_slip(self) -> None:
        """Show the transfer slip as it will be printed."""
        from ui.dialogs.paper import PaperDialog

        if self.case is None or not self.case.transfers:
            self.context.notify(self.tr("这件案件还没有移送单。"))
            return
        dialog = PaperDialog(self.context, "slip", (self._ref,), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def print_case(self, outside: bool = False) -> None:
        """打印全案, or its copy for outside without inner notes and personal data."""
        from ui.dialogs.paper import PaperDialog

        name = self.tr("全案（对外）") if outside else self.tr("全案")
        dialog = PaperDialog(self.context, WHOLE_CASE, (self._ref,), self, name=name, more=True, outside=outside)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def copy_items(self) -> None:
        """逐项复制: the items of the case for the forms of other systems."""
        from ui.dialogs.copy_items import CopyItemsDialog

        desk, ref = self.context.desk, self._ref

        def then(items: dict[str, str]) -> None:
            leaving = partial(desk.taken_out, [ref], "items")
            dialog = CopyItemsDialog(self.context, items.get("number", ""), items, leaving, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self.context.bridge.read(lambda: desk.case_items(ref), then, owner=self)

    def copy_text(self) -> None:
        """Copy the case as plain text; what is masked stays out, what is not leaves with an entry."""
        if self.case is None:
            return
        words = as_text(self.case, self.tr("案件 {number}").format(number=self.case.number))
        if self.case.masked:
            self._copy(words)
            return
        desk, ref = self.context.desk, self._ref
        self.context.bridge.run(
            lambda: desk.taken_out([ref], "items"), lambda _done: self._copy(words),
            lambda error: self.context.show_error(error, self), self,
        )  # fmt: skip

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.context.notify(self.tr("已复制。"))

    def _missing(self, error: BaseException) -> None:
        self.context.show_error(error, self)
        self.context.back()

    def _take(self, case: CaseView) -> None:
        if self._ref != case.case_id or self.case is None:
            remember_case(self.context.settings, case.case_id)
        self._ref = case.case_id
        if case != self.case:
            self.case = case
            self._fill(case)
            self.heading_changed.emit()
        if self._open_action:
            wanted, self._open_action = self._open_action, ""
            self.do_named(wanted)

    def _fill(self, case: CaseView) -> None:
        held = self.window().focusWidget()
        here = held is None or held is self or self.isAncestorOf(held)
        name = held.objectName() if held is not None and here else ""
        clear(self._main)
        clear(self._side)
        self._main.addWidget(case_parts.head_card(case, self.context.lang))
        if case.links:
            self._main.addWidget(case_parts.links_card(case.links, self.context.open_case))
        self._disputes, place = _place()
        self._main.addWidget(place)
        if case.tell_complainant and "told_transfer" not in case.flags:
            self._main.addWidget(case_parts.tell_card(case, self._copy))
        if case.transfers:
            self._main.addWidget(case_parts.transfers_card(case.transfers, self.preview_slip))
        self._main.addWidget(case_parts.matters_card(case.matters))
        self._main.addWidget(case_parts.complainant_card(case))
        card = self.files.card()
        self._main.addWidget(self.files.visits())
        self._main.addWidget(TimelineCard(case.timeline, lambda _kind: self.preview_slip(), self._main.parentWidget()))
        self._main.addStretch(1)
        self._side.addWidget(self._steps_card(case))
        self.papers = PapersCard(self.preview)
        self._side.addWidget(self.papers)  # before it shows itself: else it is a window of its own and takes the keys
        self.papers.fill(self._lines)
        self._side.addWidget(card)
        self._side.addWidget(case_parts.clocks_card(case.deadlines))
        self._alike, place = _place()
        self._side.addWidget(place)
        self._fill_beside()
        if standing_of(case)[1]:
            self._side.addWidget(self._standing_card(case))
        self._side.addWidget(self._others_card(case))
        self._side.addStretch(1)
        if here and self.isVisible():  # never away from a search or a field elsewhere
            again = self.findChild(QWidget, name) if name and held is not self else None
            again.setFocus() if again is not None else self.activated()

    def _steps_card(self, case: CaseView) -> Card:
        card = Card(self.tr("下一步"))
        steps = steps_of(case)[0]
        self._first = None
        steps += standing_of(case)[0]
        for at, one in enumerate(steps):
            made = self._act_button(one, case, primary=at == 0)
            self._first = self._first or made
            card.body.addWidget(made)
        if not steps:
            card.body.addWidget(label(self.tr("现在没有要由您办理的步骤。"), "quiet", wrap=True))
        return card

    def _standing_card(self, case: CaseView) -> Card:
        """代录: what bodies without a desk did is entered here (OFFICE A2)."""
        card = Card(self.tr("代录：没有工作台的单位"))
        entered = standing_of(case)[1]
        if len(entered) <= FEW:
            for one in entered:
                card.body.addWidget(self._act_button(one, case, primary=False))
            return card
        for body in dict.fromkeys(one.for_body for one in entered):
            inner = QWidget()
            column = QVBoxLayout(inner)
            column.setContentsMargins(0, 0, 0, 0)
            theirs = [one for one in entered if one.for_body == body]
            for one in theirs:
                column.addWidget(self._act_button(one, case, primary=False))
            card.body.addWidget(Unfold(theirs[0].for_name, inner))
        return card

    def _others_card(self, case: CaseView) -> Card:
        card = Card(self.tr("其他"))
        for one in steps_of(case)[1]:
            card.body.addWidget(self._act_button(one, case, primary=False))
        copy = button(self.tr("复制案情"), self.copy_text, icon="copy", name="caseCopy")
        copy.setStyleSheet("text-align: left;")
        card.body.addWidget(copy)
        items = button(self.tr("逐项复制…"), self.copy_items, icon="copy", name="caseItems")
        items.setStyleSheet("text-align: left;")
        card.body.addWidget(items)
        if case.may_erase:
            erase = button(self.tr("到期删除个人信息…"), self.erase, kind="danger", name="caseErase")
            card.body.addWidget(erase)
        return card

    def erase(self) -> None:
        """到期删除: with a second person who types his own secret."""
        from ui.dialogs.erasing import EraseDialog

        if self.case is not None:
            EraseDialog(self.context, self.case, self).open()

    def _words(self, action: ActionView, case: CaseView) -> str:
        words = words_of(action)
        if len(case.matters) > 1:
            words = self.tr("{act}（事项{n}）").format(act=words, n=action.matter)
        return words

    def _act_button(self, action: ActionView, case: CaseView, *, primary: bool) -> QWidget:
        words = self._words(action, case)
        made = button(
            words,
            self._doer(action),
            kind="primary" if primary else "",
            icon=ICONS.get(action.action, "next"),
            name=f"act_{action.action}" + (f"_for_{action.for_body}" if action.for_body else ""),
            tip=self.tr("依据 {rule}").format(rule=action.rule),
        )
        broken = in_lines(words, self.fontMetrics(), self.fontMetrics().horizontalAdvance("国") * WIDE)
        if broken != words:
            made.setText(broken)
        high = theme.TARGET + (10 if primary else 4)
        made.setMinimumHeight(high + self.fontMetrics().lineSpacing() * broken.count("\n"))
        made.setStyleSheet("text-align: left;")
        return made

    def _doer(self, action: ActionView) -> Callable[[], None]:
        return partial(self.do, action)


def _place() -> tuple[QVBoxLayout, QWidget]:
    """Return an empty place for cards that are read apart."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    return column, place


def as_text(case: CaseView, title: str) -> str:
    """Return a case as lines of text for another program."""
    lines = [title, case.state_name, case.object, case.place, case.town, case.first_receiver_name]
    if not case.masked:
        lines += [f"{case.complainant_name} {case.salutation}".strip(), case.contact, case.content]
    lines += [noted(matter.lead_name, matter.why) for matter in case.matters]
    lines += [f"{full_moment(act.happened_at)} {act.label} {act.text} {act.person}" for act in case.timeline]
    return "\n".join(one for one in lines if one)
