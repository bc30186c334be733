"""The queue: one smart list or the results of a search as a table with two-line rows and countdowns."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.context import Context
from ui.models.queue import CASE_ID, DEFAULT_COLUMNS, QueueModel
from ui.views.page import Page
from ui.widgets.cells import CaseCell
from ui.widgets.chosen_bar import ChosenBar
from ui.widgets.columns import ColumnChooser
from ui.widgets.command_palette import Found
from ui.widgets.due_tip import DueTip
from ui.widgets.filter_bar import FilterBar, Look
from ui.widgets.list_files import PERSONAL, Listed, ListFiles
from ui.widgets.parts import button, label

REPLIES = "to-reply"
"""The list of which a case opens at its reply."""


class CaseTable(QTableView):
    """A table whose rows open by Enter, double click, or the button above it."""

    copied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies the chosen rows, Home and End walk the whole list."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class QueueView(Page):
    """A page with one list; the window tells it which."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("queueView")
        self._words = ""
        self._wanted_case = ""
        self._name = ""
        self._search = ""
        self._behind = False
        self.model = QueueModel(context, self)
        self.files = ListFiles(context, self._as_listed, self._chosen_refs, self)
        self.table = self._table()
        DueTip(context, self.table.viewport(), self._date_under)
        self._count = label("", "quiet")
        self.bar = FilterBar(context)
        self.bar.changed.connect(self._look)
        self.chosen = ChosenBar(context, self._chosen_refs, self._copy)
        self.model.seen = str(context.settings.get("queue.seen"))
        self._open = button(self.tr("打开(&O)"), self._open_current, kind="primary", icon="next", name="queueOpen")
        self._open.setEnabled(False)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(10)
        bar = QHBoxLayout()
        bar.addWidget(self._count)
        bar.addStretch(1)
        self.calls = button(
            self.tr("逐件回访(&V)"), context.actions.action("calls").trigger, icon="phone", name="queueCalls"
        )
        self.calls.hide()
        bar.addWidget(self.calls)
        columns = button(
            self.tr("选择列(&C)…"), context.actions.action("columns").trigger, icon="columns", name="queueColumns"
        )
        bar.addWidget(columns)
        bar.addWidget(self._open)
        page.addLayout(bar)
        page.addWidget(self.bar)
        page.addWidget(self.chosen)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._empty = label("", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        page.addWidget(body, 1)
        self.model.arrived.connect(self._arrived)
        self._use_columns(list(context.settings.get("queue.columns")) or list(DEFAULT_COLUMNS))

    def heading(self) -> str:
        """Return the words of the list or of the search."""
        return self._words

    def case_in_sight(self) -> str:
        """Return the case of the current row."""
        index = self.table.currentIndex()
        return str(index.data(CASE_ID)) if index.isValid() else ""

    def here(self) -> Sequence[Found]:
        """What is done with several rows at once, while several are chosen."""
        count = len(self._chosen_refs())
        if count < 2:
            return ()
        return (Found(self.tr("批量办理（已选 {n} 件）").format(n=count), "", "next", self.chosen.ask),)

    def following(self, case_id: str) -> Callable[[], None] | None:
        """Return what opens the row after a case, None when it was the last."""
        at = self.model.place_of(case_id)
        here = self.table.currentIndex().row()
        row = at + 1 if at >= 0 else max(here, 0)  # the case has left the list: what took its place
        if row >= self.model.rowCount():
            return None

        def opens() -> None:
            self.table.setCurrentIndex(self.model.index(row, 0))
            self._open_current()

        return opens

    def _date_under(self, place: QPoint) -> tuple[str, str | None] | None:
        index = self.table.indexAt(place)
        if not index.isValid() or self.model.column_of(index.column()).id != "countdown":
            return None
        row = self.model.row(index.row())
        return (row.case_id, row.due) if row.due else None

    def open_list(self, name: str, words: str, search: str = "") -> None:
        """Show a list under its words; the place in it is kept when it is the same list."""
        self._words = self.tr("查找“{words}”").format(words=search) if search else words
        if name != self._name or search:
            self._wanted_case = ""
        self._name, self._search = name, search
        self.bar.setVisible(not search)
        self.calls.setVisible(name == "to-revisit" and not search)
        if not search:
            self.bar.open_list(name)
        self._show_list()
        self.heading_changed.emit()

    def _look(self, _look: object) -> None:
        self._show_list()

    def _show_list(self) -> None:
        look = Look() if self._search else self.bar.look
        header = self.table.horizontalHeader()
        orders = [self.model.column_of(section).order for section in range(len(self.model.shown))]
        header.setSortIndicatorShown(bool(look.order) and look.order in orders)
        if look.order in orders:
            turn = Qt.SortOrder.DescendingOrder if look.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(orders.index(look.order), turn)
        self.model.open_list(self._name, self._search, look)

    def refresh(self) -> None:
        """Read the list again."""
        self.model.refresh()

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Refresh when the desk announces changes."""
        self.model.refresh_cases(case_ids)
        if not self._search:
            self.bar.count()

    def leave(self) -> None:
        """What was listed has been seen: the next time only later changes are marked."""
        newest = self.model.newest()
        if newest > str(self.context.settings.get("queue.seen")):
            self.context.settings.put("queue.seen", newest)

    def _chosen_refs(self) -> list[str]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.row(row).case_id for row in rows]

    def _copy(self) -> None:
        """Put the chosen rows on the clipboard as text with tabs, headings first; who complained leaves with an entry."""
        shown = [self.model.column_of(section) for section in range(len(self.model.shown))]
        rows = [self.model.row(self.model.place_of(ref)) for ref in self._chosen_refs()]
        lines = [[column.heading for column in shown], *([column.first(row) for column in shown] for row in rows)]
        words = "\n".join("\t".join(cells) for cells in lines)

        def put(_done: object = None) -> None:
            QGuiApplication.clipboard().setText(words)
            self.context.notify(self.tr("已复制 {n} 行").format(n=len(rows)))

        named = [row.case_id for row in rows if row.complainant] if PERSONAL & {c.id for c in shown} else []
        if not named:
            put()
            return
        desk = self.context.desk
        self.context.bridge.run(
            lambda: desk.taken_out(named, "list"), put, lambda error: self.context.show_error(error, self), self
        )

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """A list goes out as a workbook, or into the office's own form."""
        if not self.model.rowCount():
            return {}
        return {"export_list": self.files.ask_list, "own_form": self.files.ask_form}

    def _as_listed(self) -> Listed:
        columns = [self.model.column_of(section) for section in range(len(self.model.shown))]
        look = {} if self._search else self.bar.look.asked()
        return Listed(self._name, self._search, look, self._words, columns)

    def _selection_changed(self) -> None:
        self.chosen.show_count(len(self.table.selectionModel().selectedRows()))

    def _header_clicked(self, section: int) -> None:
        order = self.model.column_of(section).order
        if order and not self._search:
            self.bar.order_by(order)

    def activated(self) -> None:
        """The table takes the keyboard."""
        self.table.setFocus()

    def choose_columns(self) -> None:
        """Let the person choose the columns and remember them."""
        chooser = ColumnChooser(self.model.shown, self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self._choose(chooser.chosen()))
        chooser.open()

    def _choose(self, ids: list[str]) -> None:
        self._use_columns(ids or list(DEFAULT_COLUMNS))
        self.context.settings.put("queue.columns", self.model.shown)

    def _use_columns(self, ids: list[str]) -> None:
        self.model.show_columns(ids)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give every column what it wants; where the window is too narrow, no less than its least."""
        header = self.table.horizontalHeader()
        unit = max(1.0, self.fontMetrics().horizontalAdvance("国") / 2)
        shown = [self.model.column_of(section) for section in range(len(self.model.shown))]
        bar = self.table.verticalScrollBar()
        room = self.table.viewport().width() - 2 - (0 if bar.isVisible() else bar.sizeHint().width())
        wanted = [column.chars * unit + 24 for column in shown]
        least = [min(column.least, column.chars) * unit + 24 for column in shown]
        spare = room - sum(least)
        asked = sum(wanted) - sum(least)
        share = 0.0 if spare <= 0 else min(1.0, spare / asked) if asked else 1.0
        widths = [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]
        over = max(0.0, room - sum(widths))
        stretched = next((at for at, column in enumerate(shown) if column.stretch), len(shown) - 1)
        for section, width in enumerate(widths):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(section, int(width + (over if section == stretched else 0)))

    def _table(self) -> CaseTable:
        made = CaseTable()
        made.setObjectName("queueTable")
        made.setModel(self.model)
        made.setItemDelegate(CaseCell(made))
        made.setAccessibleName(self.tr("案件"))
        made.setShowGrid(False)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setTabKeyNavigation(False)
        made.setCornerButtonEnabled(False)
        made.setWordWrap(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(theme.row_height() + 18)
        header = made.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._header_clicked)
        header.sectionMoved.connect(self._moved)
        made.doubleClicked.connect(self._open_index)
        made.activated.connect(self._open_index)
        made.selectionModel().currentRowChanged.connect(self._current_changed)
        made.selectionModel().selectionChanged.connect(lambda _on, _off: self._selection_changed())
        made.copied.connect(self._copy)
        return made

    def _moved(self, _logical: int, _old: int, _new: int) -> None:
        header = self.table.horizontalHeader()
        self.context.settings.put(
            "queue.columns", [self.model.shown[header.logicalIndex(at)] for at in range(header.count())]
        )

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._open.setEnabled(current.isValid())

    def _open_current(self) -> None:
        self._open_index(self.table.currentIndex())

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            ref = str(index.data(CASE_ID))
            self.context.open_reply(ref, 1) if self._name == REPLIES and not self._search else self.context.open_case(
                ref
            )

    def show_behind(self, behind: bool) -> None:
        """Say of every list whether something of it is still to come from the shared database."""
        if behind != self._behind:
            self._behind = behind
            self._arrived(self.model.rowCount())

    def _arrived(self, count: int) -> None:
        more = self.model.canFetchMore(QModelIndex())
        self.heading_changed.emit()
        words = (
            self.tr("已列出 {count} 件，往下翻继续").format(count=count)
            if more
            else self.tr("共 {count} 件").format(count=count)
        )
        behind = self.tr("尚未收全，还在同步") if self._behind else ""
        self._count.setText(" · ".join(part for part in (words, behind) if part))
        empty = self.tr("没有找到符合的案件。") if self.model.searching else self.tr("这里没有案件。")
        self._empty.setText("\n".join(part for part in (empty, behind) if part))
        self._stack.setCurrentIndex(0 if count else 1)
        self._fit()
        if count and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
