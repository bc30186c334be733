"""最近打开的案件: opened again with one key. Kept as case ids among the person's settings, inside the encrypted data."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from liaison_app.desk.views import RowView
from ui import theme
from ui.context import Context
from ui.settings import Settings
from ui.widgets.parts import button, label

MOST = 15
KEY = "recent.cases"


def remember_case(settings: Settings, case_id: str) -> None:
    """Put a case first among those opened last."""
    kept = [str(one) for one in settings.get(KEY) if one != case_id]
    settings.put(KEY, [case_id, *kept][:MOST])


class RecentDialog(QDialog):
    """The cases opened last, the newest first; Enter opens."""

    def __init__(self, rows: Sequence[RowView], opened: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("recentDialog")
        self.setWindowTitle(self.tr("最近打开的案件"))
        self._opened = opened
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 14, 18, 14)
        self.list = QListWidget()
        self.list.setAccessibleName(self.windowTitle())
        for row in rows:
            item = QListWidgetItem(theme.icon("paper"), f"{row.number}　{row.title or row.place}　{row.state_name}")
            item.setData(Qt.ItemDataRole.UserRole, row.case_id)
            self.list.addItem(item)
        self.list.itemActivated.connect(self._open)
        if not rows:
            page.addWidget(label(self.tr("还没有打开过案件。"), "quiet"))
        page.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button(self.tr("关闭"), self.reject, name="recentClose"))
        go = button(self.tr("打开(&O)"), lambda: self._open(self.list.currentItem()), kind="primary", name="recentOpen")
        go.setDefault(True)
        go.setEnabled(bool(rows))
        line.addWidget(go)
        page.addLayout(line)
        theme.spread(self, 640, 460)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.accept()
            self._opened(str(item.data(Qt.ItemDataRole.UserRole)))


def show_recent(context: Context, parent: QWidget) -> None:
    """Read the rows of the cases opened last and offer them; one that is not here any more is left out."""
    desk, ids = context.desk, [str(one) for one in context.settings.get(KEY)]
    context.bridge.read(
        lambda: desk.rows(ids), lambda rows: RecentDialog(rows, context.open_case, parent).open(), owner=parent, key=KEY
    )
