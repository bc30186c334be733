"""Before a version is published: what it changes, in words; then it stands for ever."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.describing_views import ChangeView
from ui import theme
from ui.widgets.parts import button, label
from ui.widgets.sheet import Sheet


class PublishDialog(QDialog):
    """The changes against the version in force, from when they hold, and why."""

    def __init__(
        self,
        words: str,
        changes: Sequence[ChangeView],
        publish: Callable[[], None] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("publishDialog")
        self.setWindowTitle(self.tr("发布新版本") if publish else self.tr("与现行版本的不同"))
        theme.spread(self, 940, 560)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(words, "lead", wrap=True))
        if publish:
            said = self.tr("发布后不能改动，只能再发布下一版本。已登记的案件仍按原版本办理，除非另行转用。")
            page.addWidget(label(said, "quiet", wrap=True))
        columns = [(self.tr("部分"), 1.2), (self.tr("行"), 2.0), (self.tr("现行"), 4.0), (self.tr("改为"), 4.0)]
        self.sheet = Sheet(self.tr("与现行版本的不同"), columns)
        self.sheet.setObjectName("changesSheet")
        self.sheet.fill([(c.part, c.row, c.before, c.after) for c in changes])
        page.addWidget(self.sheet, 1)
        row = QHBoxLayout()
        row.addWidget(label(self._count(len(changes)), "quiet"))
        row.addStretch(1)
        row.addWidget(button(self.tr("关闭"), self.reject, name="publishClose"))
        if publish:
            self.ok = button(self.tr("发布(&P)"), self.accept, kind="primary", name="publishOk")
            self.ok.setDefault(True)
            row.addWidget(self.ok)
            self.accepted.connect(publish)
        page.addLayout(row)

    def _count(self, changes: int) -> str:
        return self.tr("有 1 处不同") if changes == 1 else self.tr("共 {0} 处不同").format(changes)
