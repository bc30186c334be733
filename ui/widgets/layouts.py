"""Layouts that Qt does not bring: chips that flow into the next line, a column that scrolls up and down only."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid


class Flow(QLayout):
    """Puts its parts side by side and begins a new line where the width ends."""

    def __init__(self, space: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._space = space
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part; Qt calls this from addWidget."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._alive()]
        width = sum(size.width() + self._space for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest part alone."""
        found = QSize()
        for item in self._alive():
            found = found.expandedTo(item.minimumSize())
        return found

    def _alive(self) -> list[QLayoutItem]:
        """Return the parts that are not hidden, and that Qt has not deleted with their page while it asked once more how
        high the layout is."""
        return [item for item in self._items if isValid(item) and not item.isEmpty()]

    def _lay(self, rect: QRect, *, move: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._alive():
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + self._space, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size.boundedTo(QSize(max(rect.width(), 1), size.height()))))
            x += size.width() + self._space
            high = max(high, size.height())
        return y + high - rect.y()


class Column(QScrollArea):
    """A column of cards that scrolls up and down; never narrower than its content needs."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self.cards = QVBoxLayout(self._inside)
        self.cards.setContentsMargins(0, 0, 6, 0)
        self.cards.setSpacing(12)
        self.setWidget(self._inside)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content needs, with room for the scroll bar."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inside.minimumSizeHint().width() + bar, 160)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the layout around when the content changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Giving(Column):
    """A column of cards above a page's main part: as high as its words; where the page is too low for both, it scrolls."""

    LEAST = 120
    """Least height, in pixels."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As high as the words are at this width."""
        wide = (
            self.width() if self.width() > self._inside.minimumSizeHint().width() else self._inside.sizeHint().width()
        )
        return QSize(self._inside.sizeHint().width(), max(self._inside.heightForWidth(wide), 0))

    def minimumSizeHint(self) -> QSize:
        """A few lines at the least."""
        return QSize(super().minimumSizeHint().width(), min(self.LEAST, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class FormArea(QScrollArea):
    """A form that scrolls; where it is narrow for its type, captions stand above their fields instead of beside them."""

    NARROW = 14
    """So many heights of a line and less are narrow."""

    def __init__(self, form: QFormLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the captions where they have room."""
        super().resizeEvent(event)
        policy = QFormLayout.RowWrapPolicy
        narrow = self.width() < self.fontMetrics().height() * self.NARROW
        wanted = policy.WrapAllRows if narrow else policy.WrapLongRows
        if wanted != self._form.rowWrapPolicy():
            self._form.setRowWrapPolicy(wanted)


class Tall(QScrollArea):
    """The body of a dialog: as high as its content, but never beyond a small screen, where it scrolls."""

    BESIDE = 220
    """What stands above and below it, in pixels: title, buttons, the frame of the window and the panel of the desktop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.setWidget(self._inside)

    def sizeHint(self) -> QSize:
        """As large as the content, as far as the screen goes."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """The dialog grows with the content up to the height of the screen."""
        least, liked = self._inside.minimumSizeHint(), self._inside.sizeHint()
        high = max(least.height(), liked.height())
        if self.isVisible() and self._inside.hasHeightForWidth():
            high = max(high, self._inside.heightForWidth(self.viewport().width()))
        wanted = QSize(least.width(), high)
        room = self.screen().availableGeometry().height() - self.BESIDE
        if wanted.height() <= room:
            return wanted
        return QSize(wanted.width() + self.verticalScrollBar().sizeHint().width(), max(160, room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the layout around when the content changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def fitting(font: QFont, words: str, width: int, least: float) -> QFont:
    """Return the font, made smaller down to a share of it where the words would be wider than ``width`` pixels."""
    made, share = QFont(font), 1.0
    while share > least and QFontMetricsF(made).horizontalAdvance(words) > width:  # widths do not shrink evenly
        share -= 0.04
        made.setPointSizeF(font.pointSizeF() * max(share, least))
    return made


class ShortLabel(QLabel):
    """One line that gives way to its neighbours: it grows smaller, then it is left out with dots; the tip shows it all."""

    LEAST = 0.6
    """The share of its type down to which it grows smaller: of a heading that is still the type of the page."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits, in smaller type before anything is left out."""
        painter = QPainter(self)
        box = self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(fitting(self.font(), self.text(), box.width(), self.LEAST))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
