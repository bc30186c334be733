"""版本: the versions of the mechanism on this desk; begin a draft of the next, write one out, move running cases."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from liaison_app import words
from liaison_app.desk.opening import left_out
from liaison_app.desk.views import DraftView, VersionView
from liaison_app.domain.errors import RuleBroken
from ui.context import Context
from ui.widgets.moved import MovedList
from ui.widgets.parts import button, label
from ui.widgets.sheet import Sheet

Answer = tuple[tuple[str, ...], tuple[RuleBroken, ...], list[dict[str, str | None]]]


class VersionsPanel(QWidget):
    """A line a version, with the open cases that go by it."""

    draft_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._versions: tuple[VersionView, ...] = ()
        self._may = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        columns = [
            (self.tr("版本"), 1.6), (self.tr("施行日期"), 1.6), (self.tr("现状"), 1.6), (self.tr("在办案件"), 1.3), (self.tr("理由"), 5.0),
        ]  # fmt: skip
        self.sheet = Sheet(self.tr("版本"), columns)
        self.sheet.setObjectName("versionsSheet")
        column.addWidget(self.sheet, 2)
        self.moved = MovedList()
        column.addWidget(self.moved, 1)
        self.said = label("", "quiet", wrap=True, select=True)
        self.said.setObjectName("versionsSaid")
        column.addWidget(self.said)
        row = QHBoxLayout()
        self.begin = button(self.tr("起草新版本(&N)…"), self.begin_draft, kind="primary", name="versionBegin")
        self.move_button = button(self.tr("在办案件转用现行版本(&M)…"), self._ask_move, name="versionMove")
        row.addWidget(self.begin)
        row.addWidget(self.move_button)
        row.addWidget(button(self.tr("导出选中的版本(&E)…"), self._ask_target, name="versionSave"))
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self, may_change: bool) -> None:
        """Read the versions again."""
        self._may = may_change
        desk = self._context.desk
        self._context.bridge.read(lambda: (desk.versions(), left_out()), self._take, owner=self, key="versions")

    def _take(self, found: tuple[tuple[VersionView, ...], tuple[RuleBroken, ...]]) -> None:
        self._versions, wrong = found
        states = (self.tr("现行"), self.tr("尚未施行"), self.tr("已被替代"))
        self.sheet.fill(
            [
                (
                    v.name, v.valid_from or self.tr("建立时"), states[0 if v.in_force else 1 if v.ahead else 2],
                    str(v.open_cases), v.reason,
                )
                for v in self._versions
            ]
        )  # fmt: skip
        for at, version in enumerate(self._versions):
            self.sheet.mark(at, "matched" if version.in_force else "")
        self.begin.setEnabled(self._may)
        self.move_button.setEnabled(self._may and any(v.open_cases and not v.in_force for v in self._versions))
        said = [words.sentence(w.code, self._context.lang, w.facts) for w in wrong]
        told = [f"{s.what} {s.todo}" for s in said]
        if not self._may:
            told.insert(0, self.tr("只有管理员可以发布新版本、转用案件。"))
        self.said.setText("\n".join(told))

    def begin_draft(self) -> None:
        """Go on with the draft that was left open, or begin one."""
        desk = self._context.desk

        def then(drafts: tuple[DraftView, ...]) -> None:
            self.draft_asked.emit(next((one for one in drafts if one.kind == "profile"), None))

        self._context.bridge.run(desk.drafts, then, owner=self)

    def _ask_move(self) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setObjectName("moveDialog")
        dialog.setWindowTitle(self.tr("在办案件转用现行版本"))
        count = sum(v.open_cases for v in self._versions if not v.in_force)
        dialog.setLabelText(
            self.tr("{0} 件在办案件按较早的版本办理，将转用现行版本，期限随之重算。理由：").format(count)
        )
        dialog.textValueSelected.connect(self.move_all)
        dialog.open()

    def move_all(self, reason: str) -> None:
        """Move the open cases of other versions to the one in force; those that cannot are named with the reason."""
        desk = self._context.desk
        now = next((v.name for v in self._versions if v.in_force), "")
        others = [v.name for v in self._versions if not v.in_force and v.open_cases]

        def job() -> Answer:
            return desk.move_cases([ref for name in others for ref in desk.cases_of(name)], now, reason)

        self._context.bridge.run(job, self._moved, owner=self)

    def _moved(self, answer: Answer) -> None:
        done, refused, dues = answer
        self.refresh(self._may)
        self.moved.show_moved(dues)
        told = {words.sentence(r.code, self._context.lang, r.facts).what for r in refused}
        line = self.tr("已转用 {0} 件，{1} 件没有转用。").format(len(done), len(refused))
        self._context.notify(line)
        self.moved.words.setText(" ".join((line, *sorted(told))))

    def _ask_target(self) -> None:
        at = self.sheet.currentRow()
        if not 0 <= at < len(self._versions):
            return
        name = self._versions[at].name
        dialog = QFileDialog(self, self.tr("导出选中的版本"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{name}.yaml")
        dialog.fileSelected.connect(partial(self.write, name))
        dialog.open()

    def write(self, name: str, target: str) -> None:
        """Write the text of a version to a file."""
        desk, done = self._context.desk, self.tr("已导出。")
        job = partial(desk.export_version, name, Path(target))
        self._context.bridge.run(job, lambda _none: self._context.notify(done), owner=self)
