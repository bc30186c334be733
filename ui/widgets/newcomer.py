"""新手导览: a walk through the window for who sits here first, one step at a time; left and resumed at will, it does no act."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.context import Context
from ui.widgets.parts import button, label

STEP = "tour.step"
"""Setting: the step at which it was left; 0: at the beginning or walked to its end."""
READ_MS = 60
"""So often (milliseconds) the walk looks whether the page has read what it shows."""


@dataclass(frozen=True)
class Stop:
    """A step: its name, what is said, how one comes there, what is framed there."""

    title: str
    words: str
    go: Callable[[], None]
    shown: Callable[[], QWidget | None]


class Spot(QWidget):
    """A frame around what the step speaks of; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tourSpot")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around: QWidget | None = None
        self.hide()

    def put(self, widget: QWidget | None) -> None:
        """Frame a widget, None for nothing."""
        if self._around is not None:
            self._around.removeEventFilter(self)
        self._around = widget
        if widget is None or not widget.isVisible():
            self.hide()
            return
        widget.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is framed; go when it goes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.DeferredDelete) and watched is self._around:
            self._around = None
            self.hide()
        return False

    def _place(self) -> None:
        over = self.parentWidget()
        if self._around is not None and over is not None:
            corner = self._around.mapTo(over, self._around.rect().topLeft())
            self.setGeometry(QRect(corner, self._around.size()).intersected(over.rect()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame, nothing inside; light around dark, so that it is seen on the rail as on the page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ink, wide in ((theme.SURFACE, 7), (theme.FOCUS, 3)):
            painter.setPen(QPen(QColor(ink), wide))
            painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), 6, 6)


class NewcomerBar(QFrame):
    """The words of the step below the page, with the keys to go on, back and away."""

    def __init__(self, context: Context, over: QWidget, page: Callable[[], QWidget]) -> None:
        super().__init__(over)
        self.setObjectName("newcomerBar")
        self._context, self._page = context, page
        self._came_to: QWidget | None = None
        """The page to which the step led; whoever goes on from there by himself keeps the keyboard."""
        self.stops: tuple[Stop, ...] = ()
        self.at = -1
        """The step in sight, -1 while nobody walks."""
        self._spot = Spot(over)
        self.setStyleSheet(f"#newcomerBar {{ background: {theme.ACCENT_SOFT}; border: 0; }}")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 14, 10)
        row.setSpacing(12)
        said = QVBoxLayout()
        said.setSpacing(2)
        self.title = label("", "lead", wrap=True)
        self.words = label("", "", wrap=True)
        said.addWidget(self.title)
        said.addWidget(self.words)
        row.addLayout(said, 1)
        self.back = button(self.tr("上一步"), lambda: self.go(self.at - 1), name="tourBack")
        self.next = button(self.tr("下一步"), lambda: self.go(self.at + 1), kind="primary", name="tourNext")
        self.away = button(self.tr("先离开"), self.put_away, kind="flat", name="tourAway")
        for one in (self.away, self.back, self.next):
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self, stops: tuple[Stop, ...]) -> None:
        """Begin, or go on where it was left."""
        self.stops = stops
        at = int(self._context.settings.get(STEP))
        self.go(at if 0 <= at < len(stops) else 0)

    def go(self, at: int) -> None:
        """Go to a step; beyond the last one it is over."""
        if at >= len(self.stops):
            self._context.settings.put(STEP, 0)
            self._end()
            return
        self.at = max(at, 0)
        self._context.settings.put(STEP, self.at)
        stop = self.stops[self.at]
        self._spot.put(None)
        stop.go()
        self.title.setText(self.tr("导览 {0}/{1}　{2}").format(self.at + 1, len(self.stops), stop.title))
        self.words.setText(stop.words)
        self.back.setEnabled(self.at > 0)
        last = self.at == len(self.stops) - 1
        self.next.setText(self.tr("完成") if last else self.tr("下一步"))
        self.next.setAccessibleName(self.next.text())
        self.next.setAccessibleDescription(f"{self.title.text()} {stop.words}")
        self.show()
        self.frame_again()

    def frame_again(self) -> None:
        """What the step speaks of came later: take the keyboard and frame it."""
        self._came_to = None
        QTimer.singleShot(0, self, self._arrive)

    def put_away(self) -> None:
        """Leave for now; it goes on at this step."""
        words = self.tr("导览停在第 {0} 步；从“帮助→新手导览”接着看。").format(self.at + 1)
        self._end()
        self._context.notify(words)

    def _end(self) -> None:
        self.at = -1
        self._spot.put(None)
        self.hide()

    def _arrive(self) -> None:
        """Frame what the step speaks of and take the keyboard, again when what the page reads is there: it takes it too."""
        if self.at < 0:
            return
        page = self._page()
        if self._came_to is not None and page is not self._came_to:
            self._spot.put(None)
            return
        self._came_to = page
        self.next.setFocus()
        self._spot.put(self.stops[self.at].shown())
        if not self._context.bridge.idle:
            QTimer.singleShot(READ_MS, self, self._arrive)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it for now."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
