"""A real desk in a process of its own that types by itself and says when: the parent kills it (tests/ui/test_hands.py)."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from ui.app import Program
from ui.options import Options
from ui.start import make_application

EVERY_MS = 50
TURN = 20
"""So many characters go into the record, then as many into the field, and so on."""


class Hand:
    """Opens the form with Ctrl+N and types; each character is told (with the moment) after the window has it."""

    def __init__(self, program: Program, sign: str) -> None:
        self.program, self.sign, self.count = program, sign, 0
        self.timer = QTimer()
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.step)
        self.timer.start()

    def step(self) -> None:
        """Type one character where the focus is."""
        window, workplace = QGuiApplication.focusWindow(), self.program.window.workplace
        if workplace is None or window is None or (not self.program.bridge.idle and self.count == 0):
            return
        page = workplace.page()
        if page.objectName() != "registrationView":
            QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
            return
        in_field = self.count // TURN % 2 == 1
        (page.fields["object"] if in_field else page.record).setFocus()
        QTest.keyClick(window, self.sign)
        self.count += 1
        said = f"{'object' if in_field else 'record'} {time.time():.3f}\n"
        os.write(1, said.encode())


if __name__ == "__main__":
    app = make_application(["typing"])
    running = Program(app, Options(home=Path(sys.argv[1]), demo=True, person="p-zhoumin", lang="zh_CN"))
    hand = Hand(running, sys.argv[2])
    running.start()
    running.window.activateWindow()
    sys.exit(app.exec())
