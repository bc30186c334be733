"""Choose which columns the queue shows and in which order: by mouse alone or by keyboard alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.models.queue import DEFAULT_COLUMNS, columns
from ui.widgets.parts import button, label


class ColumnChooser(QDialog):
    """A list of columns with ticks; 上移 and 下移 change the order."""

    def __init__(self, shown: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("选择列"))
        self.setObjectName("columnChooser")
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 18, 20, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("打勾的列会显示，次序从上到下就是从左到右。"), "quiet", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("列"))
        page.addWidget(self.list, 1)
        order = QHBoxLayout()
        order.addWidget(button(self.tr("上移(&U)"), lambda: self._move(-1), name="columnUp"))
        order.addWidget(button(self.tr("下移(&D)"), lambda: self._move(1), name="columnDown"))
        order.addWidget(button(self.tr("恢复默认(&R)"), lambda: self._fill(list(DEFAULT_COLUMNS))))
        order.addStretch(1)
        page.addLayout(order)
        ends = QHBoxLayout()
        ends.addStretch(1)
        ends.addWidget(button(self.tr("取消"), self.reject))
        use = button(self.tr("应用(&A)"), self.accept, kind="primary", name="columnsUse")
        use.setDefault(True)
        ends.addWidget(use)
        page.addLayout(ends)
        self._fill(shown)
        theme.spread(self, 420, 480)

    def chosen(self) -> list[str]:
        """Return the ids of the ticked columns in order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def _fill(self, shown: list[str]) -> None:
        self.list.clear()
        known = columns()
        for one in [*shown, *(other for other in known if other not in shown)]:
            item = QListWidgetItem(known[one].heading)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        to = at + step
        if 0 <= at < self.list.count() and 0 <= to < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(to, item)
            self.list.setCurrentRow(to)
