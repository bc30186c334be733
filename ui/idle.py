"""Notices that nobody works: after so many minutes without key or mouse the desk goes back to the choice of persons."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

CHECK_MS = 5_000
WORK = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Watches the windows of the program, not every event of every widget: that would slow the window down."""

    fell_idle = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.minutes = 10
        self._last = time.monotonic()
        self._watched: QWindow | None = None
        app.focusWindowChanged.connect(self._watch)
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """Announce that the desk is idle when the time is over; ``minutes`` 0 means never."""
        if self.minutes and time.monotonic() - self._last >= self.minutes * 60:
            self._last = time.monotonic()
            self.fell_idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when somebody works; never take the event."""
        if event.type() in WORK:
            self._last = time.monotonic()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window is not self._watched:
            window.installEventFilter(self)
            self._watched = window
            self._last = time.monotonic()
