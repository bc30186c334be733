"""A first window in a process of its own that tells what it does (tests/ui/test_one_instance.py)."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.app import Program
from ui.one_instance import OneInstance
from ui.options import Options
from ui.start import make_application


def tell(words: str) -> None:
    """Say one line at once."""
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    app = make_application(["first"])
    home = Path(sys.argv[1])
    instance = OneInstance(home, app)
    tell("first" if instance.first(()) else "second")
    running = Program(app, Options(home=home, demo=True, person="p-zhoumin", lang="zh_CN"), instance)
    instance.asked.connect(lambda files: tell(f"asked {len(files)}"))
    seen: set[str] = set()

    def look() -> None:
        """Tell of each page once, and of what the import page reads."""
        workplace = running.window.workplace
        if workplace is None:
            return
        page = workplace.page()
        now = [f"page {type(page).__name__}"]
        if page.findChild(QWidget, "startImport") is not None:
            now.append(f"said {page.said.text()}")
        if not running.window.isMinimized():
            now.append("up")
        for words in now:
            if words not in seen:
                seen.add(words)
                tell(words)
                if words == "page TodayView":
                    running.window.showMinimized()
                    seen.discard("up")

    timer = QTimer()
    timer.setInterval(30)
    timer.timeout.connect(look)
    timer.start()
    running.start()
    sys.exit(app.exec())
