"""A table to read: words wrap, columns share the width by weight, rows can be filtered, marked and walked by keys."""

import re
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui import theme

LOOKS = {
    "matched": ("GREEN_SOFT", "GREEN", True),
    "unknown": ("AMBER_SOFT", "AMBER", False),
    "not_matched": ("SURFACE", "QUIET", False),
    "below": ("RAISED", "QUIET", False),
    "": ("SURFACE", "INK", False),
}
"""Ground, ink and weight of a row that is marked; its words say the same."""


BESIDE = 8
"""Space left and right of the words of a cell, in pixels."""
LEAST = 2.2
"""Least width of a column, in heights of a line; a sheet that has less room scrolls sideways."""
LONGEST = 24
"""A word of up to so many signs is kept whole: the number of a case is never broken."""
_WORD = re.compile(r"\w+-\d{8}-\d{4}|[!-~]+")


@lru_cache(maxsize=8192)
def _height(words: str, width: int, font: str) -> int:
    """Return the height of words wrapped into a width."""
    made = QFont()
    made.fromString(font)
    total = 0.0
    for part in words.split("\n"):
        layout = QTextLayout(part, made)
        layout.setTextOption(_wrapped())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            total += line.height()
        layout.endLayout()
    return int(total + 1)


def _wrapped() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class WrappedCell(QStyledItemDelegate):
    """Paints all the words of a cell: a word that is wider than its column is broken, nothing is left out."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground and words."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        words, shown.text = shown.text, ""
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        painter.save()
        painter.setFont(shown.font)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QColor(theme.INK) if chosen else shown.palette.color(QPalette.ColorRole.Text))
        painter.drawText(QRectF(shown.rect.adjusted(BESIDE, 0, -BESIDE, 0)), words, _wrapped())
        painter.restore()


class Sheet(QTableWidget):
    """A read-only table whose rows are as high as their words."""

    opened = Signal(int)

    def __init__(self, name: str, columns: Sequence[tuple[str, float]], parent: QWidget | None = None) -> None:
        super().__init__(0, len(columns), parent)
        self.setAccessibleName(name)
        self._kept = -1
        self.empty = self.tr("没有记录")
        """What is said where there is no row; '' for nothing."""
        self._weights = [weight for _, weight in columns]
        self.setHorizontalHeaderLabels([title for title, _ in columns])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setItemDelegate(WrappedCell(self))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self._shape = QTimer(self)
        self._shape.setSingleShot(True)
        self._shape.setInterval(30)
        self._shape.timeout.connect(self.shape_rows)
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; place and selection stay where rows stay."""
        at, place = self.currentRow(), self.verticalScrollBar().value()
        self.setRowCount(len(rows))
        for i, cells in enumerate(rows):
            for j, words in enumerate(cells):
                item = self.item(i, j)
                if item is None:
                    item = QTableWidgetItem()
                    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                    self.setItem(i, j, item)
                item.setText(words)
        if rows:
            self.setCurrentCell(min(max(at, 0), len(rows) - 1), 0)
        self.verticalScrollBar().setValue(place)
        self._shape.start()

    def mark(self, row: int, look: str) -> None:
        """Give a row the look of a verdict, '' for none."""
        ground, ink, strong = LOOKS[look]
        for column in range(self.columnCount()):
            item = self.item(row, column)
            if item is not None:
                font = QFont(self.font())
                font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
                item.setFont(font)
                item.setForeground(QColor(theme.colour(ink)))
                item.setBackground(QColor(theme.colour(ground)) if look else QBrush())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; where there are none, say so."""
        super().paintEvent(event)
        if not any(not self.isRowHidden(row) for row in range(self.rowCount())) and self.empty:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.QUIET))
            box = self.viewport().rect().adjusted(2 * BESIDE, theme.TARGET // 2, -2 * BESIDE, -BESIDE)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.empty)

    def show_row(self, row: int) -> None:
        """Choose a row and bring it into sight, in the middle."""
        self.setCurrentCell(row, 0)
        self.clearSelection()  # the look of the row must be seen, not that of the selection
        self._kept = row
        self.shape_rows()

    def let_go(self) -> None:
        """Do not bring the row shown before back into sight any more."""
        self._kept = -1

    def filter(self, words: str) -> int:
        """Show only rows that hold all the words; return how many they are."""
        wanted, shown = words.casefold().split(), 0
        for row in range(self.rowCount()):
            items = (self.item(row, column) for column in range(self.columnCount()))
            text = " ".join(item.text() for item in items if item is not None).casefold()
            hidden = not all(word in text for word in wanted)
            self.setRowHidden(row, hidden)
            shown += not hidden
        return shown

    def shape_rows(self) -> None:
        """Share the width among the columns and give each row the height of its words."""
        width = self.viewport().width()
        visible = [i for i in range(len(self._weights)) if not self.isColumnHidden(i)]
        total = sum(self._weights[i] for i in visible) or 1
        least = {i: self._least(i) for i in visible}
        wide = {i: max(float(least[i]), width * self._weights[i] / total) for i in visible}
        over, slack = sum(wide.values()) - width, sum(wide[i] - least[i] for i in visible)
        part = min(1.0, over / slack) if over > 0 and slack > 0 else 0.0
        for i in visible:
            self.setColumnWidth(i, int(wide[i] - part * (wide[i] - least[i])))
        self._shape_heights(visible)
        self.updateGeometries()  # the range of the scroll bar must follow at once
        self._centre()

    def _centre(self) -> None:
        item = self.item(self._kept, 0) if self._kept >= 0 else None
        if item is not None:
            self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _least(self, column: int) -> int:
        """Return the width that a column needs for its longest word."""
        head = self.horizontalHeaderItem(column)
        caption = (
            QFontMetrics(self.horizontalHeader().font()).horizontalAdvance(head.text()) + 22 if head is not None else 0
        )
        texts = [*(item.text() for row in range(self.rowCount()) if (item := self.item(row, column)))]
        found = {word[:LONGEST] for text in texts for word in _WORD.findall(text)}
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(w) for w in sorted(found, key=len)[-4:]), default=0)
        return max(int(metrics.height() * LEAST), longest + 2 * BESIDE + 4, caption)

    def _shape_heights(self, visible: list[int]) -> None:
        least = theme.TARGET + 4
        for row in range(self.rowCount()):
            high = least
            for i in visible:
                item = self.item(row, i)
                if item is not None and item.text():
                    font = item.font() if item.font().weight() != QFont.Weight.Normal else self.font()
                    high = max(high, _height(item.text(), self.columnWidth(i) - 2 * BESIDE, font.toString()) + 14)
            self.setRowHeight(row, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shape the rows anew when the width changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._shape.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Shape the rows before they are seen."""
        super().showEvent(event)
        self._shape.start()


class OrderedSheet(Sheet):
    """A sheet whose rows are put in order: dragged with the mouse, or by Alt+Up and Alt+Down."""

    moved = Signal(int, int)
    """A row, and the row before which it is to stand."""

    def __init__(self, name: str, columns: Sequence[tuple[str, float]], parent: QWidget | None = None) -> None:
        super().__init__(name, columns, parent)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the row was let go; whoever keeps the lines moves them."""
        index, at = self.indexAt(event.position().toPoint()), self.currentRow()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        to = index.row() + below if index.isValid() else self.rowCount()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # else Qt takes the dragged row out by itself
        event.accept()
        if at >= 0 and to not in (at, at + 1):
            self.moved.emit(at, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move the row on which one stands."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 2}.get(Qt.Key(event.key()))
        to = self.currentRow() + (step or 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if 0 <= to <= self.rowCount():
                self.moved.emit(self.currentRow(), to)
        else:
            super().keyPressEvent(event)
