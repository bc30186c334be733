"""A real desk in a process of its own that types a reply and says when: the parent kills it (test_reply_pages.py)."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.app import Program
from ui.options import Options
from ui.start import make_application

EVERY_MS = 50


class Hand:
    """Opens the reply of a case and types; each sign is told (with the moment) after the window has it."""

    def __init__(self, program: Program, case: str) -> None:
        self.program, self.case, self.opened = program, case, False
        self.timer = QTimer()
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.step)
        self.timer.start()

    def step(self) -> None:
        """Type one sign as an input method gives it."""
        workplace = self.program.window.workplace
        if workplace is None or (not self.opened and not self.program.bridge.idle):
            return
        if not self.opened:
            self.opened = True
            workplace.open_reply(self.case)
            return
        page = workplace.page()
        if getattr(page, "reply", None) is None:
            return
        done = QInputMethodEvent()
        done.setCommitString("写")
        QApplication.sendEvent(page.text, done)
        os.write(1, f"{time.time():.3f}\n".encode())


if __name__ == "__main__":
    app = make_application(["typing"])
    running = Program(app, Options(home=Path(sys.argv[1]), demo=True, person="p-zhoumin", lang="zh_CN"))
    hand = Hand(running, sys.argv[2])
    running.start()
    running.window.activateWindow()
    sys.exit(app.exec())
