"""Where the window stood on each screen."""

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from ui.settings import Settings


def place_window(window: QMainWindow, settings: Settings) -> None:
    """Give the window the size and place it had on this screen."""
    kept = str(dict(settings.get("window.geometry")).get(_screen(window), ""))
    if kept and not QGuiApplication.platformName().startswith("offscreen"):
        window.restoreGeometry(QByteArray.fromBase64(kept.encode()))


def keep_window(window: QMainWindow, settings: Settings) -> None:
    """Keep size and place for this screen."""
    if not QGuiApplication.platformName().startswith("offscreen"):
        kept = bytes(window.saveGeometry().toBase64().data()).decode()
        settings.put("window.geometry", {**dict(settings.get("window.geometry")), _screen(window): kept})


def _screen(window: QMainWindow) -> str:
    size = window.screen().size()
    return f"{window.screen().name()} {size.width()}x{size.height()}"
