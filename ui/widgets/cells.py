"""How a cell of the queue is painted: two lines, an icon, a chip with words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.models.queue import CHIP, FRESH, GROUP, ICON, KEEP_END, SECOND_LINE
from ui.widgets.layouts import fitting

PAD = 10
SMALLER = 0.85
SMALLEST = 0.75
"""The share of the type down to which a number or a chip grows smaller before anything of it is left out."""


class CaseCell(QStyledItemDelegate):
    """Paints a cell from its first line, second line, icon and chip roles."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines and air."""
        metrics = QFontMetrics(option.font)
        return QSize(metrics.averageCharWidth() * 12, metrics.height() * 2 + 2 * PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, focus, icon and words."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        if index.data(GROUP):
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 2), QColor(theme.EDGE))
        box = option.rect.adjusted(PAD, 0, -PAD // 2, 0)
        first = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        second = str(index.data(SECOND_LINE) or "")
        chip = index.data(CHIP)
        picture = index.data(ICON)
        top, bottom = self._lines(box, option.font, bool(second))
        if chip and first:
            self._chip(painter, top, option.font, first, chip, picture)
        else:
            if picture:
                self._icon(painter, top, picture)
                top = top.adjusted(theme.icon_side() + 3, 0, 0, 0)
            elide = Qt.TextElideMode.ElideLeft if index.data(KEEP_END) else Qt.TextElideMode.ElideRight
            font = QFont(option.font)
            font.setBold(bool(index.data(FRESH)))
            least = SMALLEST if index.data(KEEP_END) else SMALLER
            self._words(painter, top, fitting(font, first, top.width(), least), first, theme.INK, elide)
        if second:
            small = QFont(option.font)
            small.setPointSizeF(option.font.pointSizeF() * 0.88)
            self._words(painter, bottom, small, second, theme.QUIET)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(theme.ACCENT_SOFT))
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if selected and option.rect.left() <= 1:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), 4, option.rect.height()), theme.ACCENT)

    def _lines(self, box: QRect, font: QFont, two: bool) -> tuple[QRect, QRect]:
        height = QFontMetrics(font).height() + 4
        if not two:
            middle = QRect(box.left(), box.center().y() - height // 2, box.width(), height)
            return middle, QRect()
        top = box.center().y() - height + 1
        return (
            QRect(box.left(), top, box.width(), height),
            QRect(box.left(), top + height, box.width(), height - 2),
        )

    def _words(
        self,
        painter: QPainter,
        box: QRect,
        font: QFont,
        text: str,
        ink: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        shown = QFontMetrics(font).elidedText(text, elide, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _icon(self, painter: QPainter, box: QRect, picture: tuple[str, str]) -> None:
        name, ink = picture
        side = theme.icon_side() - 2
        place = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
        theme.icon(name, ink).paint(painter, place)

    def _chip(
        self,
        painter: QPainter,
        box: QRect,
        font: QFont,
        text: str,
        chip: tuple[str, str],
        picture: tuple[str, str] | None,
    ) -> None:
        ink, ground = chip
        room = theme.icon_side() + 3 if picture else 0
        font = fitting(font, text, box.width() - room - 18, SMALLEST)
        metrics = QFontMetrics(font)
        width = min(box.width(), metrics.horizontalAdvance(text) + room + 18)
        frame = QRectF(box.left(), box.top() + 0.5, width, box.height() - 1)
        painter.setPen(QPen(_faint(ink), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        inner = QRect(box.left() + 9, box.top(), int(width) - 16, box.height())
        if picture:
            self._icon(painter, inner, picture)
            inner = inner.adjusted(room, 0, 0, 0)
        self._words(painter, inner, font, text, ink)


def _faint(ink: str) -> QColor:
    colour = QColor(ink)
    colour.setAlpha(70)
    return colour
