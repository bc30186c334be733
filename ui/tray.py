"""The sign in the system's tray: how much is due, what rings, the way back to a window that was put away.

Ordinary reminders are off until the person wants them (OFFICE B5); what must ring brings the window back. No message
names a case or a person: a tray is read over the shoulder. Where the system has no tray, closing the window ends the
program whatever the setting says, and what rings does so in the window alone.
"""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from liaison_app.desk.views import AlarmView, TaskView
from ui import theme
from ui.widgets.moments import short_moment
from ui.widgets.parts import noted

if TYPE_CHECKING:
    from ui.app import Program

LOOK_MS = 60_000
"""So often (milliseconds) the sign looks for what is due and what rings."""
AGAIN_S = 3_600
"""An ordinary reminder says the same again after so long (seconds)."""


class Tray(QObject):
    """One icon while a person is at work or the window is locked; none where the system has no tray."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._rang: frozenset[tuple[str, int, str]] = frozenset()
        self._reminded: tuple[int, int] = (0, 0)
        self._reminded_at = 0.0
        self.said: list[str] = []
        """What the sign has said, for tests and the log of the window."""
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.refresh)
        program.bridge.cases_changed.connect(lambda _cases: self.refresh())

    def arrange(self) -> None:
        """Show the icon and its menu in the language of now; say whether closing puts the window away only."""
        settings = self._program.settings
        there = QSystemTrayIcon.isSystemTrayAvailable()
        self._program.window.stays = there and settings is not None and bool(settings.get("window.stay"))
        if not there or settings is None:
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(theme.icon("app"), self)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(lambda: self._program.come_up())
        menu = QMenu()
        menu.addAction(self.tr("打开工作台"), lambda: self._program.come_up())
        menu.addAction(self.tr("锁定"), self._program.lock)
        menu.addSeparator()
        menu.addAction(self.tr("退出"), self._program.quit)
        self._icon.setContextMenu(menu)
        self._menu = menu
        self._icon.show()
        self._look.start()
        self.refresh()

    def put_away(self) -> None:
        """Say once that the program goes on, and how it is left."""
        self._say(
            self.tr("联络员工作台还在运行"), self.tr("点这里的图标打开窗口；要退出，请用“文件→退出”。"), once=True
        )

    def refresh(self) -> None:
        """Ask the desk what is due and what rings."""
        desk = self._program.desk
        if desk is None or self._icon is None:
            return
        self._program.bridge.read(
            lambda: (desk.alarms(), desk.today()), self._take, lambda _error: None, self, key="tray"
        )

    def close(self) -> None:
        """Take the icon away."""
        self._look.stop()
        if self._icon is not None:
            self._icon.hide()

    def _take(self, found: tuple[tuple[AlarmView, ...], tuple[TaskView, ...]]) -> None:
        alarms, tasks = found
        late, today = (sum(one.level == level for one in tasks) for level in ("late", "today"))
        assert self._icon is not None
        self._icon.setToolTip(
            self.tr("联络员工作台　今天到期 {today} 件，逾期 {late} 件").format(today=today, late=late)
        )
        self._ring(alarms)
        self._remind(late, today)

    def _ring(self, alarms: tuple[AlarmView, ...]) -> None:
        now = frozenset((one.case_id, one.matter, one.what) for one in alarms)
        fresh, self._rang = now - self._rang, now
        if not fresh:
            return
        since = min(one.since for one in alarms)
        words = self.tr("{n} 件等待本单位应答，最早自 {since}。").format(n=len(alarms), since=short_moment(since))
        self._say(self.tr("紧急事项"), words)
        if not self._program.window.isVisible():
            self._program.come_up()

    def _remind(self, late: int, today: int) -> None:
        settings = self._program.settings
        if settings is None or not settings.get("reminders.ordinary") or not (late or today):
            return
        same = (late, today) == self._reminded and time.monotonic() - self._reminded_at < AGAIN_S
        if same or self._program.window.isActiveWindow():
            return
        self._reminded, self._reminded_at = (late, today), time.monotonic()
        self._say(self.tr("今日待办"), self.tr("今天到期 {today} 件，逾期 {late} 件。").format(today=today, late=late))

    def _say(self, title: str, words: str, *, once: bool = False) -> None:
        line = noted(title, words)
        if self._icon is None or (once and line in self.said):
            return
        self.said.append(line)
        self._icon.showMessage(title, words, theme.icon("app"))

    def _activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._program.come_up()
