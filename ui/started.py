"""``--started FILE``: says how long it took until somebody can work, and leaves. So an installed program is measured like the source."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.app import Program

LOOK_MS = 2


class Started(QObject):
    """Waits for the first page, notes seconds since the process began and seconds of CPU, closes the window."""

    def __init__(self, program: "Program", file: Path) -> None:
        super().__init__(program)
        self._program, self._file = program, file
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._see)
        self._look.start()

    def _see(self) -> None:
        if self._program.window.workplace is None or not self._program.bridge.idle:
            return
        self._look.stop()
        self._program.app.processEvents()
        with self._file.open("a", encoding="ascii") as out:
            out.write(f"{lived():.3f} {time.process_time():.3f}\n")
        self._program.quit()


def lived() -> float:
    """Return the seconds since this process began, to a hundredth (Linux; elsewhere since its first moment of CPU)."""
    try:
        began = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
    except OSError:
        return time.process_time()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - began / os.sysconf("SC_CLK_TCK")
