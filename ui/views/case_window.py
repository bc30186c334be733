"""A case in a window of its own, beside the main one; it closes with the person at work."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import Context
from ui.views.case_page import CasePage


class CaseWindow(QWidget):
    """Holds one case page. Its parent is the workplace: it goes when the person changes or the desk is locked."""

    def __init__(self, context: Context, ref: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("caseWindow")
        self.page = CasePage(replace(context, back=self.close_it), ref, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.heading_changed.connect(self._heading)
        context.bridge.cases_changed.connect(self.page.refresh_cases)
        self.resize(1100, 700)
        self._heading()
        self.page.refresh()

    def close_it(self) -> None:
        """The page has nothing to go back to: the window closes."""
        self.close()

    def _heading(self) -> None:
        self.setWindowTitle(self.page.heading())
        self.setAccessibleName(self.page.heading())
