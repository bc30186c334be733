"""The queue: ids and rows of one smart list, read in keyset pages while the person scrolls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from liaison_app.desk.views import PageView, RowView
from liaison_app.words import labels
from ui import theme
from ui.context import Context
from ui.widgets.filter_bar import Look
from ui.widgets.moments import short_moment

PAGE = 50
Index = QModelIndex | QPersistentModelIndex

SECOND_LINE = int(Qt.ItemDataRole.UserRole) + 1
CHIP = int(Qt.ItemDataRole.UserRole) + 2
ICON = int(Qt.ItemDataRole.UserRole) + 3
CASE_ID = int(Qt.ItemDataRole.UserRole) + 4
KEEP_END = int(Qt.ItemDataRole.UserRole) + 5
FRESH = int(Qt.ItemDataRole.UserRole) + 6
"""新 or 有变化 since the person saw the list last, '' else; said of the first column."""
GROUP = int(Qt.ItemDataRole.UserRole) + 7
"""True in the first row of a group: of rows with one body or town, while the list is ordered by it."""
GROUPING = frozenset({"lead", "town", "first"})
"""Columns whose rows stand in groups while the list is ordered by them."""

URGENT = frozenset({"immediate", "same_day", "urgent"})


@dataclass(frozen=True)
class Column:
    """A column: its id (kept in the settings), heading, first and second line, wanted and least width in characters."""

    id: str
    heading: str
    first: Callable[[RowView], str]
    second: Callable[[RowView], str] | None = None
    chars: int = 10
    least: int = 8
    stretch: bool = False
    order: str = ""


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def columns() -> dict[str, Column]:
    """Return every column there is, by id, in the language installed now."""
    made = (
        Column(
            "number",
            QCoreApplication.translate("Queue", "编号"),
            lambda row: row.number,
            lambda row: short_moment(row.registered_at),
            30,
            27,
            order="number",
        ),
        Column(
            "title",
            QCoreApplication.translate("Queue", "投诉事项"),
            lambda row: row.title,
            lambda row: _join(row.place, row.complainant),
            26,
            16,
            stretch=True,
            order="title",
        ),
        Column("state", QCoreApplication.translate("Queue", "状态"), lambda row: row.state_name, None, 28, 13),
        Column(
            "lead",
            QCoreApplication.translate("Queue", "责任单位"),
            lambda row: row.lead_name,
            lambda row: row.first_receiver_name,
            30,
            10,
            order="lead",
        ),
        Column(
            "countdown",
            QCoreApplication.translate("Queue", "期限"),
            lambda row: row.countdown,
            lambda row: short_moment(row.due or ""),
            21,
            19,
            order="due",
        ),
        Column("place", QCoreApplication.translate("Queue", "地点"), lambda row: row.place, None, 18),
        Column("town", QCoreApplication.translate("Queue", "所属镇街"), lambda row: row.town, None, 10, order="town"),
        Column(
            "complainant",
            QCoreApplication.translate("Queue", "投诉人"),
            lambda row: row.complainant,
            None,
            9,
            order="complainant",
        ),
        Column(
            "first",
            QCoreApplication.translate("Queue", "首接单位"),
            lambda row: row.first_receiver_name,
            None,
            12,
            order="first",
        ),
        Column("slip", QCoreApplication.translate("Queue", "移送单编号"), lambda row: row.slip_no, None, 16),
        Column("external", QCoreApplication.translate("Queue", "外部编号"), lambda row: row.external_no, None, 14),
        Column(
            "registered",
            QCoreApplication.translate("Queue", "登记时间"),
            lambda row: short_moment(row.registered_at),
            None,
            14,
            order="registered",
        ),
    )
    return {column.id: column for column in made}


DEFAULT_COLUMNS = ("number", "title", "state", "lead", "countdown")


class QueueModel(QAbstractTableModel):
    """Rows of one smart list or one search. Reads run on the readers; the window only paints what has arrived."""

    arrived = Signal(int)
    """Number of rows after a page or a refresh has arrived."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._all_columns = columns()
        self.shown = list(DEFAULT_COLUMNS)
        self._list = ""
        self._search = ""
        self._look = Look()
        self.seen = ""
        self._rows: list[RowView] = []
        self._next: str | None = None
        self._waiting = False
        self._run = 0

    # what is shown

    def open_list(self, name: str, search: str = "", look: Look = Look()) -> None:  # noqa: B008
        """Show a smart list in an order and narrowed, or a search; rows arrive when they are read."""
        same = (name, search, look) == (self._list, self._search, self._look)
        self._list, self._search, self._look = name, search, look
        self._run += 1
        self._waiting = False
        if not same:
            self.beginResetModel()
            self._rows = []
            self._next = None
            self.endResetModel()
        self.refresh()

    def show_columns(self, ids: Sequence[str]) -> None:
        """Choose and order the columns; unknown ids are left out."""
        self.beginResetModel()
        self.shown = [one for one in ids if one in self._all_columns] or list(DEFAULT_COLUMNS)
        self.endResetModel()

    def column_of(self, section: int) -> Column:
        """Return the column at a section."""
        return self._all_columns[self.shown[section]]

    def row(self, number: int) -> RowView:
        """Return the row at a place."""
        return self._rows[number]

    def place_of(self, case_id: str) -> int:
        """Return the place of a case, -1 when it is not loaded."""
        return next((at for at, row in enumerate(self._rows) if row.case_id == case_id), -1)

    @property
    def searching(self) -> bool:
        """True while the rows answer a search."""
        return bool(self._search)

    def refresh(self) -> None:
        """Read again as many rows as are loaded and change only what differs: place and selection stay."""
        wanted = max(PAGE, len(self._rows))
        desk, name, search, run = self._context.desk, self._list, self._search, self._run
        asked = self._look.asked()

        def read() -> tuple[list[RowView], str | None]:
            rows: list[RowView] = []
            after: str | None = None
            while len(rows) < wanted:
                page: PageView = desk.page(name, after=after, limit=PAGE, search=search, **asked)
                rows.extend(page.items)
                after = page.next
                if after is None:
                    break
            return rows, after

        def then(found: tuple[list[RowView], str | None]) -> None:
            if run == self._run:
                self._waiting = False
                self._take(*found)

        self._context.bridge.read(read, then, owner=self, key=f"queue-{id(self)}")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Refresh when some of these cases may stand in the list (empty: everything may have changed)."""
        self.refresh()

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of loaded rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of chosen columns."""
        return 0 if parent.isValid() else len(self.shown)

    def canFetchMore(self, parent: Index) -> bool:
        """Return True while the list has a further page and none is under way."""
        return not parent.isValid() and self._next is not None and not self._waiting

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it is appended when it arrives."""
        if not self.canFetchMore(parent):
            return
        self._waiting = True
        desk, name, search, run, after = self._context.desk, self._list, self._search, self._run, self._next
        asked = self._look.asked()

        def then(page: PageView) -> None:
            if run != self._run or after != self._next:
                return
            self._waiting = False
            first = len(self._rows)
            if page.items:
                self.beginInsertRows(QModelIndex(), first, first + len(page.items) - 1)
                self._rows.extend(page.items)
                self._next = page.next
                self.endInsertRows()
            else:
                self._next = page.next
            self.arrived.emit(len(self._rows))

        self._context.bridge.read(
            lambda: desk.page(name, after=after, limit=PAGE, search=search, **asked), then, owner=self
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.shown):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.column_of(section).heading
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, second line, chip, icon, case id or the spoken text of a cell."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], self.column_of(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return column.first(row)
        if role == SECOND_LINE:
            second = column.second(row) if column.second else ""
            return _join(self.fresh(row), second) if index.column() == 0 else second
        if role == CASE_ID:
            return row.case_id
        if role == KEEP_END:
            return column.id in ("number", "slip", "external")
        if role == ICON:
            return self._icon(row, column)
        if role == CHIP:
            return self._chip(row, column)
        if role == FRESH:
            return (self.fresh(row) if index.column() == 0 else "") or (
                self._begins(index.row()) and self._groups(column)
            )
        if role == GROUP:
            return self._begins(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{column.heading} {column.first(row)}"
            return f"{self.fresh(row)} {said}".strip() if index.column() == 0 else said
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        return None

    def _groups(self, column: Column) -> bool:
        return column.id in GROUPING and column.order == self._look.order and not self._search

    def _begins(self, at: int) -> bool:
        """Say whether a group begins with a row."""
        by = next((one for one in self._all_columns.values() if self._groups(one)), None)
        if by is None:
            return False
        return at == 0 or by.first(self._rows[at]) != by.first(self._rows[at - 1])

    def _icon(self, row: RowView, column: Column) -> tuple[str, str] | None:
        if column.id == "number" and URGENT & {row.handling, row.transfer_urgency}:
            return "urgent", theme.RED
        if column.id == "countdown" and row.countdown:
            ink, _ground, name = theme.level_look(row.level)
            return name, ink
        if column.id == "complainant" and row.confidential not in ("", "none"):
            return "secret", theme.QUIET
        return None

    def _chip(self, row: RowView, column: Column) -> tuple[str, str] | None:
        if column.id == "state":
            if row.missing:
                return theme.AMBER, theme.AMBER_SOFT
            if "ended" in row.flags:
                return theme.QUIET, theme.GROUND
            return theme.ACCENT_DEEP, theme.ACCENT_SOFT
        if column.id == "countdown" and row.countdown:
            ink, ground, _name = theme.level_look(row.level)
            return ink, ground
        return None

    def _tip(self, row: RowView, column: Column) -> str:
        if column.id == "number" and URGENT & {row.handling, row.transfer_urgency}:
            lang = self._context.lang
            return _join(
                labels.choice("urgency", row.handling, lang), labels.choice("transfer", row.transfer_urgency, lang)
            )
        return _join(column.first(row), column.second(row) if column.second else "")

    def newest(self) -> str:
        """Return the latest change among the rows that were loaded, '' when there are none."""
        return max((row.changed_at for row in self._rows), default="")

    def fresh(self, row: RowView) -> str:
        """Return whether a row is new or changed since :attr:`seen`."""
        if not self.seen or row.changed_at <= self.seen:
            return ""
        if row.registered_at > self.seen:
            return QCoreApplication.translate("Queue", "新")
        return QCoreApplication.translate("Queue", "有变化")

    # what arrived

    def _take(self, rows: list[RowView], after: str | None) -> None:
        self._next = after
        new_ids = [row.case_id for row in rows]
        keep = set(new_ids)
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].case_id not in keep:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        old = {row.case_id for row in self._rows}
        if [row.case_id for row in self._rows] != [one for one in new_ids if one in old]:
            self._reorder([row for row in rows if row.case_id in old])
        self._insert(rows)
        self._repaint(rows)
        self.arrived.emit(len(self._rows))

    def _reorder(self, ordered: list[RowView]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {row.case_id: at for at, row in enumerate(ordered)}
        after = [self.index(places[self._rows[index.row()].case_id], index.column()) for index in before]
        self._rows = list(ordered)
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert(self, rows: list[RowView]) -> None:
        at = 0
        while at < len(rows):
            if at < len(self._rows) and self._rows[at].case_id == rows[at].case_id:
                at += 1
                continue
            known = self._rows[at].case_id if at < len(self._rows) else None
            end = at
            while end < len(rows) and rows[end].case_id != known:
                end += 1
            self.beginInsertRows(QModelIndex(), at, end - 1)
            self._rows[at:at] = rows[at:end]
            self.endInsertRows()
            at = end

    def _repaint(self, rows: list[RowView]) -> None:
        changed = [at for at, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        if changed:
            self._rows = list(rows)
            last = len(self.shown) - 1
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], last))
