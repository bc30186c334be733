"""A paper shown whole: as text whose passages can be selected, or as it will be printed."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.checked_text import CheckedText


class PaperPane(QWidget):
    """Shows one of the two; the text first, the print where it could be drawn."""

    def __init__(self, text_name: str, print_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = CheckedText(text_name)
        self.text.setObjectName("folderText")
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.printed = QPdfView(self)
        self.printed.setObjectName("folderPrinted")
        self.printed.setAccessibleName(print_name)
        self.printed.setPageMode(QPdfView.PageMode.MultiPage)
        self.printed.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._document, self._buffer = QPdfDocument(self), QBuffer(self)
        self.printed.setDocument(self._document)
        self.printed.hide()
        column.addWidget(self.text, 1)
        column.addWidget(self.printed, 3)

    def show_pdf(self, pdf: bytes) -> None:
        """Show the print in place of the text."""
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.text.hide()
        self.printed.show()
