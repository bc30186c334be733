"""Twelve small months: rest days say 休, make-up days 班, weekends are hatched; a day is toggled by key or mouse.

Nothing is said by colour alone: rest and make-up days carry a sign, weekends a pattern, and each day its spoken name.
"""

import calendar
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.describing_views import DayView
from ui import theme
from ui.widgets.moments import MONTHS_EN
from ui.widgets.parts import label

KIND = int(Qt.ItemDataRole.UserRole) + 1
"""rest, make_up, weekend or '' (working day)."""
WHOLE = int(Qt.ItemDataRole.UserRole) + 2
SIGN = int(Qt.ItemDataRole.UserRole) + 3
SMALLEST = 7.0


class DayCell(QStyledItemDelegate):
    """Paints a day: number, sign of rest or make-up, pattern of a weekend, frame of the chosen day."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one day."""
        if index.data(WHOLE) is None:
            return
        painter.save()
        box = option.rect.adjusted(1, 1, -1, -1)
        kind, sign = str(index.data(KIND)), str(index.data(SIGN) or "")
        paint_day(painter, box, str(index.data()), kind, sign, option.font)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.FOCUS), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()


def paint_day(painter: QPainter, box: QRect, number: str, kind: str, sign: str, font: QFont) -> None:
    """Paint a day into a box; the legend paints with the same hand."""
    grounds = {"rest": theme.RED_SOFT, "make_up": theme.AMBER_SOFT, "weekend": theme.GROUND}
    inks = {"rest": theme.RED, "make_up": theme.AMBER, "weekend": theme.QUIET}
    ink = QColor(inks.get(kind, theme.INK))
    painter.fillRect(box, QColor(grounds.get(kind, theme.SURFACE)))
    if kind == "weekend":
        painter.fillRect(box, QBrush(QColor(theme.LINE), Qt.BrushStyle.BDiagPattern))
    if kind == "make_up":
        painter.setPen(QPen(ink, 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.setPen(ink)
    words = QFont(font)
    words.setWeight(QFont.Weight.DemiBold if kind in ("rest", "make_up") else QFont.Weight.Normal)
    painter.setFont(words)
    painter.drawText(
        QRectF(box.adjusted(3, 0, -2, -1)), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number
    )
    if sign:
        small = QFont(font)
        small.setPointSizeF(max(SMALLEST, font.pointSizeF() * 0.62))
        small.setWeight(QFont.Weight.Bold)
        painter.setFont(small)
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(box.adjusted(0, 1, -1, 0)), corner, sign)


class Month(QTableWidget):
    """One month, Monday first; arrows walk, Enter, Space or a click toggles."""

    toggled = Signal(str)

    def __init__(self, name: str, weekdays: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(6, 7, parent)
        self.setAccessibleName(name)
        weekdays = list(weekdays)
        self.setHorizontalHeaderLabels(weekdays)
        self.setItemDelegate(DayCell(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(20)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setProperty("role", "weekdays")
        head.style().unpolish(head)  # it has been dressed already, as the head of any table
        head.style().polish(head)
        wide = max(
            theme.TARGET + 2,
            self.fontMetrics().horizontalAdvance("30") + self.fontMetrics().height() * 3 // 5 + 3,
            *(head.fontMetrics().horizontalAdvance(day) + 12 for day in weekdays),
        )
        high = max(theme.TARGET, self.fontMetrics().height() + 12)
        for column in range(7):
            self.setColumnWidth(column, wide)
        self.verticalHeader().setMinimumSectionSize(high)
        for row in range(6):
            self.setRowHeight(row, high)
        self._size = QSize(wide * 7 + 6, high * 6 + head.sizeHint().height() + 6)
        self.setFixedSize(self._size)
        self.clicked.connect(self._press)
        self.activated.connect(self._press)
        self._last = ""

    def _press(self, index: QModelIndex) -> None:
        day = index.data(WHOLE)
        if day:
            self.toggled.emit(str(day))


class YearGrid(QWidget):
    """The twelve months of a year."""

    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = 0
        self._days: dict[str, DayView] = {}
        self._months: list[Month] = []
        self._heads: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        self._grid = grid
        self._across = 4
        grid.setColumnStretch(self._across, 1)
        self._english = False
        self._again: deque[int] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._show_next)
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._make)
        self._make()
        self._more.start()

    def _make(self) -> None:
        """Make one more month; the others follow one by one, so that the window answers meanwhile."""
        at = len(self._months)
        column = QVBoxLayout()
        self._grid.addLayout(column, at // self._across, at % self._across)
        column.setSpacing(2)
        head = label("", "caption")
        self._heads.append(head)
        month = Month("", self.tr("一 二 三 四 五 六 日").split(), self)
        month.setObjectName(f"month_{at + 1}")
        month.toggled.connect(self.toggled)
        self._months.append(month)
        column.addWidget(head)
        column.addWidget(month)
        if self.year:
            self._show_month(at)
        if len(self._months) == 12:
            self._more.stop()

    def lay(self, across: int) -> None:
        """Put so many months side by side."""
        if across == self._across:
            return
        self._across = across
        items = [self._grid.takeAt(0) for _ in range(self._grid.count())]
        for at, item in enumerate(filter(None, items)):
            self._grid.addItem(item, at // across, at % across)
        for column in range(12):
            self._grid.setColumnStretch(column, 0)
        self._grid.setColumnStretch(across, 1)

    def month_width(self) -> int:
        """Return the width that one month needs with the space after it."""
        return self._months[0].width() + self._grid.horizontalSpacing()

    @property
    def shown(self) -> bool:
        """Say whether every month is there and shows the year."""
        return len(self._months) == 12 and not self._again

    def kind_of(self, day: str) -> str:
        """Return rest, make_up, weekend or '' of a day that is shown."""
        found = self._days.get(day)
        if found:
            return found.kind
        return "weekend" if date.fromisoformat(day).weekday() >= 5 else ""

    def show_year(self, year: int, days: Iterable[DayView], *, english: bool) -> None:
        """Show a year with its special days."""
        self._days = {d.day: d for d in days}
        self.year, self._english = year, english
        self._again.clear()
        self._again.extend(range(len(self._months)))
        self._turn.start()

    def _show_next(self) -> None:
        """Show the year in one more month."""
        if self._again:
            self._show_month(self._again.popleft())
        else:
            self._turn.stop()

    def _show_month(self, at: int) -> None:
        month, english = self._months[at], self._english
        name = f"{MONTHS_EN[at]} {self.year}" if english else f"{self.year}年{at + 1}月"
        self._heads[at].setText(MONTHS_EN[at] if english else f"{at + 1}月")
        month.setAccessibleName(name)
        self._fill(month, self.year, at + 1, self._spoken)

    def _fill(self, month: Month, year: int, number: int, spoken: Callable[[date], str]) -> None:
        weeks = calendar.Calendar().monthdatescalendar(year, number)
        for row in range(6):
            for column in range(7):
                day = weeks[row][column] if row < len(weeks) else None
                item = month.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    month.setItem(row, column, item)
                inside = day is not None and day.month == number
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if inside else Qt.ItemFlag.NoItemFlags
                )
                if day is None or not inside:
                    item.setText("")
                    item.setData(WHOLE, None)
                    continue
                kind = self.kind_of(day.isoformat())
                item.setText(str(day.day))
                item.setData(WHOLE, day.isoformat())
                item.setData(KIND, kind)
                item.setData(SIGN, self.signs()[kind] if kind in ("rest", "make_up") else "")
                item.setToolTip(spoken(day))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(day))
        month.viewport().update()

    def signs(self) -> dict[str, str]:
        """Return the signs of rest and make-up days."""
        return {"rest": self.tr("休"), "make_up": self.tr("班")}

    def words(self) -> dict[str, str]:
        """Return the kinds of days in words."""
        return {
            "rest": self.tr("放假"), "make_up": self.tr("补班（周末上班）"), "weekend": self.tr("周末休息"), "": self.tr("工作日"),
        }  # fmt: skip

    def _spoken(self, day: date) -> str:
        found = self._days.get(day.isoformat())
        name = f" {found.name}" if found and found.name else ""
        return f"{day.isoformat()} {self.words()[self.kind_of(day.isoformat())]}{name}"


class Legend(QWidget):
    """One day of each kind with its words."""

    def __init__(self, kind: str, sign: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._sign, self._words = kind, sign, words
        self.setAccessibleName(words)
        metrics = self.fontMetrics()
        self._side = max(theme.TARGET, metrics.height() + 10)
        self.setFixedSize(self._side + 14 + metrics.horizontalAdvance(words), self._side)

    def paintEvent(self, _event: object) -> None:
        """Paint the day and its words."""
        painter = QPainter(self)
        box = QRect(0, 1, self._side - 2, self._side - 3)
        paint_day(painter, box, "8", self._kind, self._sign, self.font())
        if not self._kind:
            painter.setPen(QColor(theme.LINE))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(self.font())
        painter.setPen(QColor(theme.QUIET))
        rest = QRect(self._side + 5, 0, self.width() - self._side - 5, self._side)
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._words)
