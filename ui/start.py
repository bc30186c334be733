"""Entry of the window: a first picture is on the screen before anything heavy is read.

Only Qt's own modules and what needs no more are imported here. The program behind it is read in a second thread while the picture stands,
so that the window's thread never waits for it.
"""

import gc
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from ui.one_instance import OneInstance
from ui.options import Options, parse

SWITCH_INTERVAL_S = 0.002
"""How long a worker may keep the interpreter (seconds) before the window gets its turn."""
PICTURE = Path(__file__).parent.parent / "resources" / "icons" / "splash.png"
LOOK_MS = 5


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the application object; without a fcitx plug-in in the wheels, ibus carries the input method."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = QApplication.instance() or QApplication(list(argv))
    assert isinstance(app, QApplication)
    app.setApplicationName("liaison-desk")
    app.setDesktopFileName("liaison-desk")
    return app


def show_picture() -> QLabel:
    """Show the first picture in the middle of the screen and return it."""
    picture = QLabel()
    picture.setWindowFlags(Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
    picture.setAccessibleName("联络员工作台 Liaison Desk")
    shape = QPixmap(str(PICTURE))
    shape.setDevicePixelRatio(2.0)
    picture.setPixmap(shape)
    picture.adjustSize()
    picture.move(picture.screen().availableGeometry().center() - picture.rect().center())
    picture.show()
    return picture


class Reader(QObject):
    """Reads the program in a second thread, then goes on in the window's thread."""

    def __init__(self, app: QApplication, picture: QLabel, options: Options, instance: OneInstance) -> None:
        super().__init__(app)
        self._app, self._picture, self._options, self._instance = app, picture, options, instance
        self._thread = threading.Thread(target=self._read, name="reader of the program", daemon=True)
        self._failed: BaseException | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._go_on)
        self.program: QObject | None = None

    def begin(self) -> None:
        """Begin to read."""
        self._thread.start()
        self._look.start()

    def _read(self) -> None:
        gc.disable()  # what is read here stays; ui.app collects again once the desk is open
        try:
            import liaison_app.desk.opening  # noqa: F401  # or the window's thread would read it with the first question
            import ui.app  # noqa: F401
        except BaseException as error:
            self._failed = error

    def _go_on(self) -> None:
        if self._thread.is_alive():
            return
        self._look.stop()
        if self._failed is not None:
            raise self._failed
        from ui.app import Program

        program = Program(self._app, self._options, self._instance)
        self.program = program
        program.start()
        self._picture.close()
        if self._options.started is not None:
            from ui.started import Started

            Started(program, self._options.started)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window (or the tour); return the exit code."""
    said = sys.argv[1:] if argv is None else list(argv)
    if any(word.split("=")[0] in {"--tour", "-h", "--help"} for word in said):
        from ui.app import run_tour

        return run_tour(said)
    app = make_application(sys.argv[:1])
    options, _no_tour = parse(said)
    instance = OneInstance(options.home, app)
    if not instance.first(options.files):
        return 0
    reader = Reader(app, show_picture(), options, instance)
    QTimer.singleShot(0, reader.begin)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
