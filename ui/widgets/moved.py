"""Open due dates that moved because a reading or a year changed: old beside new."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.moments import full_moment
from ui.widgets.parts import label
from ui.widgets.sheet import Sheet

Moved = Sequence[dict[str, str | None]]


class MovedList(QWidget):
    """Says how many due dates moved and shows each; hidden until something was changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "lead", wrap=True)
        self.words.setObjectName("movedWords")
        column.addWidget(self.words)
        columns = [(self.tr("案件"), 3.0), (self.tr("规则"), 2.0), (self.tr("原期限"), 2.4), (self.tr("新期限"), 2.4)]
        self.sheet = Sheet(self.tr("变动的期限"), columns)
        self.sheet.setObjectName("movedSheet")
        self.sheet.setMinimumHeight(180)
        column.addWidget(self.sheet, 1)
        column.addStretch(0)
        self.hide()

    def show_moved(self, moved: Moved) -> None:
        """Show what moved; with nothing moved only the sentence stands."""
        self.words.setText(
            self.tr("已记录。{count} 个未办结的期限随之变动。").format(count=len(moved))
            if moved
            else self.tr("已记录。没有未办结的期限因此变动。")
        )
        self.sheet.setVisible(bool(moved))
        none = self.tr("无期限")
        self.sheet.fill(
            [
                (
                    str(m["case"]),
                    str(m["rule"]),
                    full_moment(m["old"]) if m["old"] else none,
                    full_moment(m["new"]) if m["new"] else none,
                )
                for m in moved
            ]
        )
        self.show()
