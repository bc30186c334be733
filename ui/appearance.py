"""How the window looks for the person at work: light or dark as he chose or as the system says, and the size of type."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.settings import Settings

SYSTEM, LIGHT, DARK = "system", "light", "dark"


class Appearance(QObject):
    """Dresses the application by the settings of a person, and follows the system while he wants that."""

    system_turned = Signal()
    """The system went from light to dark or back, and the window is to follow."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._chosen = SYSTEM
        self.family = theme.load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._turned)
        self.wear(None)

    def wear(self, settings: Settings | None) -> None:
        """Dress the application; without settings (nobody is at work yet) as the system says."""
        self._chosen = str(settings.get("window.theme")) if settings else SYSTEM
        large = bool(settings.get("window.large_type")) if settings else False
        theme.apply(self._app, self.family, large=large, dark=self._dark())

    def _dark(self) -> bool:
        if self._chosen == SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._chosen == DARK

    def _turned(self) -> None:
        if self._chosen == SYSTEM and self._dark() != theme.is_dark():
            self.system_turned.emit()
