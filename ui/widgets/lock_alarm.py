"""What rings while the window is locked: how much waits and since when, without a name or a place of it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from liaison_app.desk.facade import Desk
from liaison_app.desk.views import AlarmView
from ui import theme
from ui.bridge import Bridge
from ui.widgets.alarm_bar import RING_MS, ring
from ui.widgets.moments import short_moment
from ui.widgets.parts import label, listed

LOOK_MS = 20_000
"""So often (milliseconds) a locked desk looks for what rings."""


class LockAlarm(QFrame):
    """Stands above the choice of persons; only who signs in can answer."""

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockAlarm")
        self._desk, self._bridge = desk, bridge
        self.alarms: tuple[AlarmView, ...] = ()
        self.rung = 0
        self.setStyleSheet(
            f"#lockAlarm {{ background: {theme.RED}; border: 0; border-radius: 6px; }}"
            f" #lockAlarm QLabel {{ color: {theme.SURFACE}; }}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        sign = QLabel()
        sign.setPixmap(theme.icon("urgent", theme.SURFACE).pixmap(theme.icon_side(), theme.icon_side()))
        row.addWidget(sign)
        self.words = label("", "lead", wrap=True)
        row.addWidget(self.words, 1)
        self._look = self._timer(LOOK_MS, self.refresh)
        self._ring_timer = self._timer(RING_MS, self._ring)
        bridge.cases_changed.connect(lambda _cases: self.refresh())
        self.hide()
        self._look.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask the desk what rings at the body of who locked it."""
        self._bridge.read(self._desk.alarms, self._take, lambda _error: None, self, key="lock-alarms")

    def _take(self, alarms: tuple[AlarmView, ...]) -> None:
        self.alarms = alarms
        self.setVisible(bool(alarms))
        if not alarms:
            self._ring_timer.stop()
            self.rung = 0
            return
        kinds = listed(dict.fromkeys(one.label for one in alarms))
        words = self.tr("{n} 件等待本单位应答（{kinds}），最早自 {since}。请选一位工作人员进入后应答。").format(
            n=len(alarms), kinds=kinds, since=short_moment(alarms[0].since)
        )
        self.words.setText(words)
        self.words.setAccessibleName(words)
        if not self._ring_timer.isActive():
            self._ring()
            self._ring_timer.start()

    def _ring(self) -> None:
        self.rung += 1
        ring(self.window())

    def _timer(self, milliseconds: int, what: object) -> QTimer:
        made = QTimer(self)
        made.setInterval(milliseconds)
        made.timeout.connect(what)
        return made
