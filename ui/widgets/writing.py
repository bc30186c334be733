"""A box for several lines that tells of a change only when an input method has finished composing."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class Writing(QPlainTextEdit):
    """Qt's own box announces half-composed pinyin as a change of text; nothing may be saved, asked or searched by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: str | None = None

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep still while something is composed; a composition given up that took a selection away is told at its end."""
        if event.commitString() or event.replacementLength():
            self._before = None
            super().inputMethodEvent(event)
            return
        if self._before is None:
            self._before = self.toPlainText()
        quiet = self.blockSignals(True)
        super().inputMethodEvent(event)
        self.blockSignals(quiet)
        if not event.preeditString():
            before, self._before = self._before, None
            if before != self.toPlainText():
                self.textChanged.emit()
