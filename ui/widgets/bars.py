"""Bars of groups to look at: name, bar, value in words; outlined and hatched, so that it reads in black and white too."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import theme

Bar = tuple[str, float, str]
"""Name, size, value in words."""
NAMES, VALUES = 0.32, 0.24
"""Shares of the width for the names before the bars and the values behind them."""


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = bars
        self.setAccessibleDescription("；".join(f"{name} {words}" for name, _, words in bars))
        self.setFixedHeight(max(1, len(bars)) * self._step() + 8)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * self._step() + 8)

    def _step(self) -> int:
        return self.fontMetrics().height() + 10

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(self.rect(), QColor(theme.SURFACE))
        most = max((size for _, size, _ in self._bars), default=0.0)
        metrics, step, width = self.fontMetrics(), self._step(), self.width()
        names = int(width * NAMES)
        room = width - names - int(width * VALUES) - 12
        for i, (name, size, words) in enumerate(self._bars):
            top = 4 + i * step
            painter.setPen(QColor(theme.INK))
            told = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, names - 12)
            painter.drawText(QRectF(8, top, names - 12, step), int(Qt.AlignmentFlag.AlignVCenter), told)
            long = max(2, int(room * size / most)) if most > 0 and size > 0 else 2
            box = QRectF(names, top + 5, long, step - 10)
            painter.fillRect(box, QColor(theme.ACCENT_SOFT))
            painter.fillRect(box, QBrush(QColor(theme.EDGE), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(theme.INK), 1))
            painter.drawRect(box)
            painter.drawText(QRectF(names + long + 6, top, width, step), int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()


class Bars(QScrollArea):
    """A chart of level bars that scrolls when there are many."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = _Bars()
        self._inside.setAccessibleName(name)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setWidget(self._inside)
        self.setMinimumHeight(theme.TARGET * 3)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, the longest as long as there is room."""
        self._inside.show_bars(bars)
