"""What the start page says while the data of an older program are moved to a newer form; closing the window stops that safely."""

import threading

from PySide6.QtCore import QObject, Qt, Signal

from liaison_app.domain.errors import RuleBroken
from ui.views.main_window import MainWindow, Splash


class Moving(QObject):
    """Carries what the writer's thread tells of a migration to the page in sight."""

    _came = Signal(int, int, float)

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._stopped = threading.Event()
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def told(self, step: int, of: int, share: float) -> None:
        """Hear of a piece (in the writer's thread). Raises RuleBroken ``migration_stopped`` once the window is closed."""
        if self._stopped.is_set():
            raise RuleBroken("migration_stopped", step=step, of=of)
        self._came.emit(step, of, share)

    def stop(self) -> None:
        """Let the migration end after the piece it is at."""
        self._stopped.set()

    def _show(self, step: int, of: int, share: float) -> None:
        what = self.tr("正在备份本机数据") if step == 1 else self.tr("正在把本机数据换成新格式")
        words = self.tr("{what}：第 {step} 步，共 {of} 步（本步 {share}%）").format(
            what=what, step=step, of=of, share=int(share * 100)
        )
        more = self.tr("案件多的要几分钟。数据不会丢；中途关了，下次打开接着做。")
        page = self._window.centralWidget()
        if self._window.chooser is not None:
            self._window.chooser.wait(f"{words}\n{more}")
        elif isinstance(page, Splash):
            page.words.setText(f"{words}\n{more}")
