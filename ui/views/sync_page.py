"""同步与需核对事项: what waits to be sent and why, what is to be checked, and the switch 只现在同步."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.sync_views import ConflictView, SyncState, WaitingView
from ui import theme
from ui.context import Context
from ui.views.page import Page
from ui.widgets.layouts import Column, Flow
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, button, read_only_table
from ui.widgets.secret import Sentence

Found = tuple[SyncState, tuple[WaitingView, ...], tuple[ConflictView, ...]]


class SyncPage(Page):
    """How this desk stands with the shared database; every item to be checked opens side by side."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("syncPage")
        self._waiting: tuple[WaitingView, ...] = ()
        self._conflicts: tuple[ConflictView, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(12)
        column = Column(self.tr("同步与需核对事项"))
        column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(column)
        column.cards.addWidget(self._top())
        self.checks = self._table("conflictTable", self._check_heads(), self._open_conflict)
        to_check = Card(self.tr("需核对事项"))
        self._check_words = Sentence("checkWords", "quiet")
        to_check.body.addWidget(self._check_words)
        to_check.body.addWidget(self.checks)
        column.cards.addWidget(to_check)
        self.waiting = self._table("waitingTable", self._waiting_heads(), self._open_waiting)
        card = Card(self.tr("待上传"))
        self._waiting_words = Sentence("waitingWords", "quiet")
        card.body.addWidget(self._waiting_words)
        card.body.addWidget(self.waiting)
        column.cards.addWidget(card)
        column.cards.addStretch(100)
        context.bridge.synced.connect(self.refresh)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("同步与需核对事项")

    def activated(self) -> None:
        """Take the focus to what needs a person first."""
        (self.checks if self._conflicts else self.now).setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read state, waiting acts and items to be checked."""
        desk = self.context.desk

        def read() -> Found:
            return desk.sync_state(), desk.outbox(), desk.conflicts()

        self.context.bridge.read(read, self._take, owner=self, key="sync page")

    def refresh_cases(self, _case_ids: frozenset[str]) -> None:
        """Cases changed: what waits may have changed too."""
        self.refresh()

    def _top(self) -> Card:
        card = Card(self.tr("共享数据库"))
        self.state = Sentence("syncWords", "")
        card.body.addWidget(self.state)
        self.bar = QProgressBar()
        self.bar.setObjectName("syncBar")
        self.bar.setAccessibleName(self.tr("已收到的内容"))
        self.bar.hide()
        card.body.addWidget(self.bar)
        row = Flow(10)
        self.now = button(self.tr("立即同步(&S)"), self._sync_now, kind="primary", name="syncNow")
        row.addWidget(self.now)
        self.only = QCheckBox(self.tr("只在我按下时同步（省流量、慢线路）"))
        self.only.setObjectName("syncOnlyNow")
        self.only.setMinimumHeight(theme.TARGET)
        self.only.setAccessibleName(self.only.text())
        self.only.setChecked(bool(self.context.settings.get("sync.only_now")))
        self.only.toggled.connect(self._only_now)
        row.addWidget(self.only)
        self.to_file = button(self.tr("导出同步包(&E)…"), self._export, name="syncExport")
        self.to_file.setToolTip(self.tr("不联网的电脑：把待上传的存成加密文件，用U盘送到数据库"))
        self.from_file = button(self.tr("导入同步包(&I)…"), self._import, name="syncImport")
        self.from_file.setToolTip(self.tr("导入数据库答复的同步包；重复导入不要紧"))
        row.addWidget(self.to_file)
        row.addWidget(self.from_file)
        card.body.addLayout(row)
        self.bring = button(self.tr("移入原单机案件(&B)…"), self.open_bring_in, name="syncBringIn")
        self.bring.setToolTip(self.tr("入网以前单机登记的案件，核对以后移入全区数据库"))
        card.body.addWidget(self.bring, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def open_bring_in(self) -> None:
        """Open 旧案移入."""
        from ui.dialogs.bring_in import BringInDialog

        dialog = BringInDialog(self.context, self)
        dialog.ended.connect(self.refresh)
        dialog.open()

    def _export(self) -> None:
        dialog = QFileDialog(self, self.tr("导出同步包"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.tr("同步包.ldp"))
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, name: str) -> None:
        """Write the package to a file."""
        desk, done = self.context.desk, self.tr("同步包已存好。")
        self.context.bridge.run(
            lambda: Path(name).write_bytes(desk.export_package()), lambda _n: self.context.notify(done), owner=self
        )

    def _import(self) -> None:
        dialog = QFileDialog(self, self.tr("导入同步包"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_from)
        dialog.open()

    def import_from(self, name: str) -> None:
        """Take the package of a file."""
        desk, done = self.context.desk, self.tr("同步包已导入。")

        def came(_round: object) -> None:
            self.context.notify(done)
            self.refresh()

        self.context.bridge.run(lambda: desk.import_package(Path(name).read_bytes()), came, owner=self)

    def import_all(self, names: Sequence[str]) -> None:
        """Take several packages, one after the other."""
        for name in names:
            self.import_from(name)

    def _check_heads(self) -> tuple[str, ...]:
        return (self.tr("案件"), self.tr("操作"), self.tr("做的人"), self.tr("时间"), self.tr("为什么"))

    def _waiting_heads(self) -> tuple[str, ...]:
        return (self.tr("案件"), self.tr("操作"), self.tr("做的人"), self.tr("时间"), self.tr("还在等什么"))

    def _table(self, name: str, heads: Sequence[str], opened: Callable[[int], None]) -> QTableWidget:
        made = read_only_table(name, heads)
        made.setShowGrid(False)
        head = made.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)
        made.cellActivated.connect(lambda row, _column: opened(row))
        return made

    def _fill(self, table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
        at = max(table.currentRow(), 0)
        table.setRowCount(len(rows))
        for n, row in enumerate(rows):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                table.setItem(n, column, item)
        if rows:
            table.setCurrentCell(min(at, len(rows) - 1), 0)
        shown = min(len(rows), 8)
        height = table.verticalHeader().defaultSectionSize() * shown + table.horizontalHeader().sizeHint().height() + 6
        table.setFixedHeight(height)
        table.setVisible(bool(rows))

    def _take(self, found: Found) -> None:
        state, self._waiting, self._conflicts = found
        self.state.put(self._sync_words(state))
        behind = state.head > state.received
        self.bar.setVisible(behind)
        self.bar.setMaximum(max(state.head, 1))
        self.bar.setValue(state.received)
        self.bar.setFormat(self.tr("已收 {0}/{1}").format(state.received, state.head))
        for one in (self.now, self.only, self.to_file, self.from_file, self.bring):
            one.setEnabled(state.member)
        self._fill(
            self.checks,
            [
                (one.number or one.title or self.tr("新登记"), one.label, one.person, short_moment(one.done_at), one.message)
                for one in self._conflicts
            ],
        )  # fmt: skip
        self._check_words.put(
            self.tr("这些操作和别处的记载对不上，全文都在；选一行按回车，左右对照后决定。")
            if self._conflicts
            else self.tr("没有需要核对的。")
        )
        self._fill(
            self.waiting,
            [
                (one.number or self.tr("新登记"), one.label, one.person, short_moment(one.since), one.why)
                for one in self._waiting
            ],
        )  # fmt: skip
        self._waiting_words.put(
            self.tr("全部已上传。")
            if not self._waiting
            else self.tr("已保存在本机并加密，按“立即同步”后上传。")
            if self.only.isChecked()
            else self.tr("已保存在本机并加密，连上后自动上传。")
        )

    def _sync_now(self) -> None:
        self.context.sync_now()
        self.context.notify(self.tr("正在同步…"))

    def _only_now(self, only: bool) -> None:
        self.context.settings.put("sync.only_now", only)
        self.context.only_now(only)
        self.refresh()

    def _open_conflict(self, row: int) -> None:
        from ui.dialogs.conflict import ConflictDialog

        dialog = ConflictDialog(self.context, self._conflicts[row], self)
        dialog.ended.connect(self.refresh)
        dialog.open()

    def _open_waiting(self, row: int) -> None:
        if case := self._waiting[row].case_id:
            self.context.open_case(case)

    def _sync_words(self, state: SyncState) -> str:
        """Return how the desk stands in a few plain sentences."""
        if not state.member:
            return self.tr("本机没有入网，不同步。")
        last = (
            self.tr("上次同步 {0}。").format(short_moment(state.last_sync))
            if state.last_sync
            else self.tr("第一次同步还在进行，可以先办已收到的案件。")
            if state.head > state.received and not state.code
            else self.tr("还没有同步过。")
        )
        waits = (
            self.tr("待上传 {0} 件，最早的在 {1}。").format(state.waiting, short_moment(state.since))
            if state.waiting and state.since
            else self.tr("没有待上传的。")
        )
        files = self.tr("附件最后传：还有 {0} 个待传、{1} 个待收。").format(state.files_out, state.files_in)
        only = self.tr("现在只在您按“立即同步”时同步。") if self.only.isChecked() else ""
        said = (state.message, only, last, waits, files if state.files_out or state.files_in else "")
        return " ".join(part for part in said if part)
