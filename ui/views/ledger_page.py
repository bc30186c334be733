"""台账与会议: the kinds on the left, the records of the chosen one on the right, 登记 above; opened by keyboard or mouse."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk import candidates
from liaison_app.desk.gathering import SOURCES, Gathered, gathered
from liaison_app.desk.ledger_views import KindView, OwedView, RecordOutcome, RecordPageView, RecordRowView
from ui import theme
from ui.context import Context
from ui.dialogs.record import RecordDialog
from ui.dialogs.where import ask_save
from ui.views.page import Page
from ui.widgets.fields import set_value
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, IconChip, button, clear, label, listed
from ui.widgets.sheet import Sheet

PAGE = 50
"""Records read at a time."""


class LedgerPage(Page):
    """Lists records by kind; opens one; begins a new one with the form that its kind defines."""

    def __init__(self, context: Context, open_record: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("ledgerPage")
        self._open_record = open_record
        self.kinds: tuple[KindView, ...] = ()
        self.rows: list[RecordRowView] = []
        self._next: str | None = None
        self._begin: tuple[str, str] | None = None
        self._wanted = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(12)
        self.list = Sheet(self.tr("台账和会议的种类"), [(self.tr("类别"), 1.0), (self.tr("名称"), 3.0)])
        self.list.currentCellChanged.connect(lambda at, *_: self._chosen(at))
        row.addWidget(self.list, 2)
        side = QVBoxLayout()
        side.setSpacing(8)
        self._head = Card()
        side.addWidget(self._head)
        self.sheet = Sheet(
            self.tr("台账记录"),
            [(self.tr("编号"), 2.4), (self.tr("单位"), 1.6), (self.tr("内容"), 3.2), (self.tr("期间"), 1.2),
             (self.tr("状态"), 1.4), (self.tr("期限"), 1.6)],
        )  # fmt: skip
        self.sheet.opened.connect(self._opened)
        side.addWidget(self.sheet, 1)
        self.more = button(self.tr("再显示一些"), self._read_more, name="moreRecords")
        self.more.hide()
        side.addWidget(self.more)
        row.addLayout(side, 5)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("台账与会议")

    def begin_with(self, kind: str, period: str) -> None:
        """Open the form of a kind as soon as the kinds are read (from 今日待办)."""
        self._begin, self._wanted = (kind, period), kind

    def activated(self) -> None:
        """Read, and put the keyboard on the kinds."""
        self.refresh()
        self.list.setFocus()

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Records may have changed with any act."""
        self.refresh()

    def refresh(self) -> None:
        """Read kinds and records again."""
        desk = self.context.desk
        self.context.bridge.read(desk.record_kinds, self._take_kinds, owner=self, key="ledger-kinds")

    def kind(self) -> KindView | None:
        """Return the kind that is chosen."""
        at = self.list.currentRow()
        return self.kinds[at] if 0 <= at < len(self.kinds) else None

    def _take_kinds(self, kinds: tuple[KindView, ...]) -> None:
        chosen = self._wanted or (kind.kind if (kind := self.kind()) else "")
        self._wanted = ""
        self.kinds = tuple(sorted(kinds, key=lambda k: (k.group != "meeting", not k.owed, not k.may_open)))
        groups = {"meeting": self.tr("会议"), "record": self.tr("台账")}
        self.list.blockSignals(True)
        self.list.fill([(groups[k.group], k.name) for k in self.kinds])
        self.list.blockSignals(False)
        at = next((i for i, k in enumerate(self.kinds) if k.kind == chosen), 0)
        if self.kinds:
            self.list.setCurrentCell(at, 0)
            self._chosen(at)
        begin, self._begin = self._begin, None
        if begin is not None and (kind := self.kind()) is not None and kind.kind == begin[0]:
            self.new_record(begin[1])

    def _chosen(self, at: int) -> None:
        if not 0 <= at < len(self.kinds):
            return
        kind, desk = self.kinds[at], self.context.desk
        collects = bool(kind.owed) and not kind.may_open

        def read() -> tuple[KindView, RecordPageView, tuple[OwedView, ...]]:
            owed = desk.owed_to(kind.kind) if collects else ()
            return kind, desk.records(f"kind:{kind.kind}", limit=PAGE), owed

        self.context.bridge.read(read, self._take_records, owner=self, key="ledger-records")

    def _take_records(self, found: tuple[KindView, RecordPageView, tuple[OwedView, ...]]) -> None:
        kind, page, owed = found
        if kind != self.kind():
            return
        self._show_head(kind, owed)
        self.rows = list(page.items)
        self._show(page.next)

    def _show_head(self, kind: KindView, owed: tuple[OwedView, ...]) -> None:
        clear(self._head.body)
        top = QHBoxLayout()
        top.addWidget(label(kind.name, "lead", wrap=True), 1)
        if kind.may_open and kind.form is not None:
            self.begin_button = button(
                kind.form.label, lambda: self.new_record(""), kind="primary", icon="register", name="newRecord"
            )
            self.begin_button.setAccessibleName(f"{kind.form.label} {kind.name}")
            top.addWidget(self.begin_button)
        if kind.opens_for and kind.form is not None:
            top.addWidget(button(self.tr("代录(&D)…"), self.enter_for, name="enterRecordFor"))
        top.addWidget(button(self.tr("导出(&X)…"), self._ask_file, name="exportRecords"))
        self._head.body.addLayout(top)
        names = listed(kind.sent_to[:6]) + (self.tr("等") if len(kind.sent_to) > 6 else "")
        to = self.tr("参加：{0}") if kind.group == "meeting" else self.tr("报送：{0}")
        facts = [kind.owed, *kind.limits, to.format(names) if names else ""]
        said = self.tr("；").join([*(f for f in facts if f), listed(kind.rules)])
        self._head.body.addWidget(label(said, "quiet", wrap=True, select=True))
        if owed:
            late = [o for o in owed if o.level == "late"]
            words = self.tr("还有 {count} 家未报：{names}").format(
                count=len({o.body for o in owed}), names=listed(dict.fromkeys(o.body_name for o in owed))
            )
            ink, ground, icon = theme.level_look("late" if late else "soon")
            self._head.body.addWidget(IconChip(self.tr("逾期") if late else self.tr("待报"), ink, ground, icon))
            self._head.body.addWidget(label(words, wrap=True, select=True))

    def _show(self, following: str | None) -> None:
        self._next = following
        self.more.setVisible(following is not None)
        self.sheet.fill(
            [
                (r.number, r.body_name, r.title, r.period_words, r.state_name,
                 f"{r.countdown}　{short_moment(r.due)}" if r.due else "")
                for r in self.rows
            ]
        )  # fmt: skip

    def _read_more(self) -> None:
        kind, desk, after = self.kind(), self.context.desk, self._next
        if kind is None or after is None:
            return

        def then(page: RecordPageView) -> None:
            self.rows += page.items
            self._show(page.next)

        self.context.bridge.read(
            lambda: desk.records(f"kind:{kind.kind}", after=after, limit=PAGE), then, owner=self, key="ledger-more"
        )

    def _ask_file(self) -> None:
        kind = self.kind()
        if kind is not None:
            kinds = self.tr("Excel / WPS 表格 (*.xlsx)")
            ask_save(self, self.tr("导出台账"), f"{kind.name}.xlsx", kinds, partial(self.export_to, kind.kind))

    def export_to(self, kind: str, path: Path) -> None:
        """导出: write the records of a kind as a workbook: of the one that was asked about, whatever is chosen since."""
        desk = self.context.desk
        said = self.tr("已保存：{0}").format(path.name)
        self.context.bridge.run(
            lambda: desk.records_out(kind, path.write_bytes), lambda _n: self.context.notify(said),
            lambda error: self.context.show_error(error, self), owner=self,
        )  # fmt: skip

    def _opened(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self._open_record(self.rows[at].record_id)

    def new_record(self, period: str = "") -> None:
        """Open the form with which a record of the chosen kind begins."""
        kind = self.kind()
        if kind is None or kind.form is None or not kind.may_open:
            return
        if kind.group == "meeting":  # the decisions that are not done come back by themselves
            job = partial(candidates.first_agenda, self.context.desk, kind.kind)
            self.context.bridge.read(job, lambda agenda: self._about(kind, period, agenda), owner=self)
        elif kind.form is not None and any(t.name == SOURCES for t in kind.form.tables):
            self.context.bridge.read(
                partial(gathered, self.context.desk, kind.kind), partial(self._from, kind, period), owner=self
            )
        else:
            dialog = self._form(kind, period, ())
            if dialog is not None and kind.begins and not kind.filled_by:
                dialog.fill()

    def _about(self, kind: KindView, period: str, agenda: Sequence[dict[str, str]]) -> None:
        self._form(kind, period, agenda)

    def _from(self, kind: KindView, period: str, found: Gathered) -> None:
        """A bulletin begins with what the units reported of the month."""
        dialog = self._form(kind, period, ())
        if dialog is not None:
            dialog.tables[SOURCES].take(found.sources)
            if "text" in dialog.inputs:
                set_value(dialog.inputs["text"], found.text)

    def _form(self, kind: KindView, period: str, agenda: Sequence[dict[str, str]]) -> RecordDialog | None:
        if kind.form is None:
            return None
        dialog = RecordDialog(self.context, kind.form, kind.name, kind=kind, period=period, agenda=agenda, parent=self)
        dialog.done_step.connect(self._made)
        dialog.open()
        return dialog

    def enter_for(self) -> None:
        """代录: open the form for a body without a desk whose paper came here (OFFICE A2)."""
        kind = self.kind()
        if kind is None or kind.form is None or not kind.opens_for:
            return
        dialog = RecordDialog(self.context, kind.form, kind.name, kind=kind, parent=self, opens_for=kind.opens_for)
        dialog.done_step.connect(self._made)
        dialog.open()

    def _made(self, outcome: RecordOutcome) -> None:
        self._open_record(outcome.record)
