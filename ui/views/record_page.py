"""One record or meeting: what it says, its tables, what is due, what was done, the steps that the person may take."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.ledger_views import KindView, RecordStepView, RecordView
from liaison_app.desk.paper_views import PaperLine
from ui import theme
from ui.context import Context
from ui.dialogs.record import RecordDialog, open_step
from ui.views.page import Page
from ui.widgets.case_parts import clocks_card, grid_of
from ui.widgets.layouts import Column
from ui.widgets.papers_card import PapersCard
from ui.widgets.parts import Card, Chip, Unfold, button, clear, label, listed
from ui.widgets.sheet import Sheet
from ui.widgets.timeline import TimelineCard

SHOWN = 8
"""Lines of a table seen at once; more by scrolling."""


class RecordPage(Page):
    """Reads on the readers, acts by one dialog a step, refreshes when the desk says that something changed."""

    def __init__(
        self, context: Context, ref: str, open_record: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.setObjectName("recordPage")
        self._ref, self._open_record = ref, open_record
        self.record: RecordView | None = None
        self._kind: KindView | None = None
        self._papers: tuple[PaperLine, ...] = ()
        self._step = ""
        self._first: QWidget | None = None
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 12, 10, 12)
        page.setSpacing(12)
        main, side = Column(self.tr("台账内容和办理经过")), Column(self.tr("办理和期限"))
        self._main, self._side = main.cards, side.cards
        page.addWidget(main, 5)
        page.addWidget(side, 2)

    def heading(self) -> str:
        """Return the number of the record."""
        return self.record.number if self.record else self.tr("正在打开…")

    def open_with(self, step: str) -> None:
        """Open the form of a step as soon as the record is read (from 今日待办)."""
        self._step = step

    def activated(self) -> None:
        """The next step takes the keyboard."""
        if self._first is not None:
            self._first.setFocus()

    def works_by_keys(self) -> bool:
        """The first step is one key away."""
        return True

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Records may have changed with any act."""
        self.refresh()

    def refresh(self) -> None:
        """Read the record again."""
        desk, ref = self.context.desk, self._ref

        def read() -> tuple[RecordView, KindView | None, tuple[PaperLine, ...]]:
            record = desk.record(ref)
            kind = next((k for k in desk.record_kinds() if k.kind == record.kind), None)
            return record, kind, desk.papers_of_record(ref)

        self.context.bridge.read(read, self._take, self._missing, owner=self, key=f"record-{id(self)}")

    def _missing(self, error: BaseException) -> None:
        self.context.show_error(error, self)
        self.context.back()

    def preview(self, line: PaperLine) -> None:
        """Show a paper of the record as it will be printed."""
        from ui.dialogs.paper import PaperDialog

        dialog = PaperDialog(self.context, line.kind, (self._ref,), self, name=line.name, more=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def take_scan(self) -> None:
        """收回已盖章件: a sealed paper that came back is bound to its paper."""
        from ui.dialogs.record_scan import ask_scan

        ask_scan(self.context, self._ref, self._papers, self, self.refresh)

    def can_print(self) -> bool:
        """A record that has a paper can be printed."""
        return bool(self._papers)

    def print_papers(self) -> None:
        """打印: the preview of its first paper."""
        if self._papers:
            self.preview(self._papers[0])

    def _take(self, found: tuple[RecordView, KindView | None, tuple[PaperLine, ...]]) -> None:
        record, kind, self._papers = found
        if record != self.record:
            self.record, self._kind = record, kind
            self._fill(record)
            self.heading_changed.emit()
        step, self._step = self._step, ""
        if step:
            self.do(step)

    def _fill(self, record: RecordView) -> None:
        clear(self._main)
        clear(self._side)
        self._main.addWidget(self._head(record))
        for table in record.tables:
            card = Card(f"{table.label}  {len(table.lines)}")
            closing = any(line.open or line.closed for line in table.lines)
            titles = (self.tr("序号"), *table.columns, *([self.tr("落实")] if closing else []))
            sheet = Sheet(table.label, [(title, 0.4 if not at else 1.0) for at, title in enumerate(titles)])
            rows = []
            for line in table.lines:
                how = [self.tr("未销号") if line.open else line.closed] if closing else []
                rows.append((str(line.n), *line.cells, *how))
            sheet.fill(rows)
            sheet.setFixedHeight((min(len(rows), SHOWN) + 1) * (theme.TARGET + 14))
            card.body.addWidget(sheet)
            self._main.addWidget(card)
        self._main.addWidget(TimelineCard(record.timeline, lambda _kind: None, self._main.parentWidget()))
        self._main.addStretch(1)
        self._side.addWidget(self._steps(record))
        papers = PapersCard(self.preview)
        self._side.addWidget(papers)  # before it shows itself: else it is a window of its own and takes the keys
        papers.fill(self._papers)
        if self._papers and record.ended != "replaced":
            papers.body.addWidget(button(self.tr("收回已盖章件(&K)…"), self.take_scan, icon="attach", name="takeScan"))
        if record.deadlines:
            self._side.addWidget(clocks_card(record.deadlines))
        self._side.addStretch(1)

    def _head(self, record: RecordView) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.addWidget(label(record.kind_name, "title", wrap=True), 1)
        top.addWidget(Chip(record.state_name, "neutral" if record.ended else "accent"))
        card.body.addLayout(top)
        about = [record.body_name, record.period_words, record.paper_title if record.group == "meeting" else ""]
        card.body.addWidget(label("　".join(a for a in about if a), "quiet", wrap=True, select=True))
        if record.absent:
            words = self.tr("本单位事项而未到会，须会后告知：{0}").format(listed(record.absent))
            card.body.addWidget(label(words, "wrong", wrap=True))
        card.body.addLayout(grid_of([(caption, value) for _, caption, value in record.fields], 2))
        return card

    def _steps(self, record: RecordView) -> Card:
        card = Card(self.tr("可以办理"))
        self._first = None
        if record.group == "meeting" and not record.ended:
            go = partial(self.context.open_room, record.record_id)
            card.body.addWidget(button(self.tr("会议室：边开边记(&R)"), go, name="openRoom"))
        for step in record.steps:
            made = button(
                step.label, partial(self.do, step.step), kind="primary" if step.awaited else "", name=f"step_{step.step}",
                tip=f"{step.rule} {step.to_state}".strip(),
            )  # fmt: skip
            card.body.addWidget(made)
            self._first = self._first or made
        if record.correction is not None:
            card.body.addWidget(
                button(
                    self.tr("更正（另立一份）"),
                    self.correct,
                    name="correctRecord",
                    tip=self.tr("原记录保留，另立一份代替它"),
                )
            )
        if record.standing_in:
            card.body.addWidget(self._standing_in(record))
        if not record.steps and not record.standing_in and record.correction is None:
            card.body.addWidget(label(self.tr("本单位现在没有要办的。"), "quiet", wrap=True))
        return card

    def _standing_in(self, record: RecordView) -> QWidget:
        """代录: steps of bodies without a desk, folded away: there may be one for every body."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for step in record.standing_in:
            made = button(
                self.tr("{act}（代{body}）").format(act=step.label, body=step.for_name), partial(self._ask_for, step),
                name=f"step_{step.step}_for_{step.for_body}", tip=f"{step.rule} {step.to_state}".strip(),
            )  # fmt: skip
            column.addWidget(made)
        return Unfold(self.tr("代录：没有工作台的单位"), inner)

    def do_next(self) -> None:
        """Open the form of what waits first."""
        if self.record is not None and self.record.steps:
            self.do(self.record.steps[0].step)

    def do(self, name: str) -> None:
        """Open the form of a step."""
        record = self.record
        step = next((s for s in record.steps if s.step == name), None) if record else None
        if record is not None and record.group == "meeting" and name == "minutes":
            open_step(self.context, record.record_id, name, self, self.refresh)
        elif record is not None and step is not None:
            self._ask(record, step, record=record.record_id)

    def _ask_for(self, step: RecordStepView) -> None:
        """代录: open the form of a step that a body without a desk took (OFFICE A2)."""
        if self.record is not None:
            self._ask(self.record, step, record=self.record.record_id)

    def correct(self) -> None:
        """Open the form of the successor, filled with what stands."""
        record = self.record
        if record is not None and record.correction is not None:
            self._ask(record, record.correction, replaces=record.record_id)

    def _ask(self, shown: RecordView, step: RecordStepView, *, record: str = "", replaces: str = "") -> None:
        title = f"{shown.kind_name}　{shown.number}"
        dialog = RecordDialog(
            self.context,
            step,
            title,
            record=record,
            replaces=replaces,
            kind=self._kind,
            period=shown.period,
            parent=self,
        )
        if replaces:
            dialog.done_step.connect(lambda outcome: self._open_record(outcome.record))
        else:
            dialog.done_step.connect(lambda _outcome: self.refresh())
        dialog.open()
