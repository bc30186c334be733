"""旧案移入: choose the folder of a desk that worked alone, see how its cases come in, match bodies and people, go."""

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk import bringing
from liaison_app.desk.bringing_views import BringPreview, BringReport, MapLine
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.dialogs.errors import plain_sentence, show_error
from ui.widgets.parts import button, label, read_only_table
from ui.widgets.secret import Sentence


class BringInDialog(QDialog):
    """The cases of an old desk with a tick each; nothing comes in before 移入 is pressed."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("bringInDialog")
        self.setWindowTitle(self.tr("旧案移入"))
        self._context, self._stop = context, threading.Event()
        self._seen: BringPreview | None = None
        self._boxes: dict[tuple[str, str], QComboBox] = {}
        self._ticks: list[tuple[str, QTableWidgetItem]] = []
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 18)
        page.setSpacing(10)
        page.addWidget(label(self.tr("移入原单机工作台的案件"), "title"))
        words = self.tr("案件作为资料移入，带旧号和原来的期限；原文件夹从此只能查看。重复移入不会重复登记。")
        page.addWidget(Sentence("bringInHelp", "quiet", words))
        row = QHBoxLayout()
        self.folder = self._line("bringInFolder", self.tr("原工作台的文件夹"))
        self.secret = self._line("bringInSecret", self.tr("原工作台的 PIN 或口令"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        row.addWidget(self.folder, 2)
        row.addWidget(button(self.tr("选择(&F)…"), self._choose, name="bringInChoose"))
        row.addWidget(self.secret, 1)
        self.look = button(self.tr("预览(&P)"), self.preview, kind="primary", name="bringInLook")
        self.look.setDefault(True)
        row.addWidget(self.look)
        page.addLayout(row)
        self.cases = self._table("bringInCases", self._case_heads())
        page.addWidget(self.cases, 3)
        self.maps = self._table("bringInMap", (self.tr("原单位或人员"), self.tr("本区对应")))
        page.addWidget(self.maps, 1)
        self.said = Sentence("bringInWords", "quiet")
        self.said.hide()
        page.addWidget(self.said)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("移入进度"))
        self.bar.hide()
        page.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_ = button(self.tr("关闭"), self.reject, name="bringInClose")
        self.cancel = button(self.tr("停止(&T)"), self._stop.set, name="bringInStop")
        self.go = button(self.tr("移入(&I)"), self.bring, kind="primary", name="bringInGo")
        for one in (self.close_, self.cancel, self.go):
            row.addWidget(one)
        self.cancel.setEnabled(False)
        self.go.setEnabled(False)
        page.addLayout(row)
        self.progressed.connect(self._progress)
        theme.spread(self, 980, 640)
        self.folder.setFocus()

    def done(self, result: int) -> None:
        """Closing stops after the transaction that runs; what came in stays."""
        self._stop.set()
        super().done(result)

    def _case_heads(self) -> tuple[str, ...]:
        return (self.tr("旧号"), self.tr("投诉对象"), self.tr("原进度"), self.tr("移入后"), self.tr("说明"))

    def _line(self, name: str, words: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setPlaceholderText(words)
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.setMinimumHeight(theme.TARGET)
        return made

    def _table(self, name: str, heads: Sequence[str]) -> QTableWidget:
        made = read_only_table(name, heads)
        made.setAccessibleName(heads[0])
        made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        made.horizontalHeader().setDefaultSectionSize(self.fontMetrics().horizontalAdvance("国") * 11)
        made.horizontalHeader().setStretchLastSection(True)
        return made

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("原工作台的文件夹"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def given(self) -> bringing.Same:
        """Return what was matched in the table."""
        said: dict[str, dict[str, str]] = {"bodies": {}, "people": {}}
        for (kind, old), box in self._boxes.items():
            said[kind][old] = str(box.currentData() or "")
        return bringing.Same(bodies=said["bodies"], people=said["people"])

    def preview(self) -> None:
        """Read the old desk and show what would come in."""
        self._busy(True, self.tr("正在读取…"))
        job = partial(
            bringing.preview, self._context.desk, Path(self.folder.text()), secret=self.secret.text() or None,
            given=self.given() if self._seen is not None else None,
        )  # fmt: skip
        self._context.bridge.run(job, self._shown, self._failed, self)

    def _shown(self, seen: BringPreview) -> None:
        self._seen = seen
        self._ticks.clear()
        self.cases.setRowCount(len(seen.cases))
        for at, one in enumerate(seen.cases):
            here = self.tr("已在本机") if one.here else one.because
            number = QTableWidgetItem()
            for column, words in enumerate((one.number, one.title, one.state_name, one.comes_in, here)):
                item = number if column == 0 else QTableWidgetItem()
                item.setText(words)
                item.setToolTip(words)
                self.cases.setItem(at, column, item)
            can = bool(one.comes_in) and not one.here
            self._ticks.append((one.case_id, number))
            number.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            number.setCheckState(Qt.CheckState.Checked if can else Qt.CheckState.Unchecked)
        self._boxes.clear()
        lines = [("bodies", one) for one in seen.bodies] + [("people", one) for one in seen.people]
        self.maps.setRowCount(len(lines))
        for at, (kind, line) in enumerate(lines):
            self.maps.setItem(at, 0, QTableWidgetItem(line.name))
            self.maps.setCellWidget(at, 1, self._box(kind, line))
        ready = sum(1 for one in seen.cases if one.comes_in and not one.here)
        self._busy(False, self.tr("共 {0} 件，可移入 {1} 件；改了对应后请再预览。").format(len(seen.cases), ready))
        self.go.setEnabled(ready > 0)

    def _box(self, kind: str, line: MapLine) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(line.name)
        box.addItem(self.tr("（没有对应）"), "")
        desk = self._context.desk
        people = [(p.id, p.name) for p in desk.roster.people if p.body == desk.person.body]
        for code, name in desk.bodies() if kind == "bodies" else people:
            box.addItem(name, code)
        box.setCurrentIndex(max(0, box.findData(line.to)))
        self._boxes[kind, line.old] = box
        return box

    def chosen(self) -> list[str]:
        """Return the ids of the cases that are ticked."""
        return [case for case, tick in self._ticks if tick.checkState() == Qt.CheckState.Checked]

    def bring(self) -> None:
        """Bring the ticked cases in."""
        self._stop.clear()
        self._busy(True, self.tr("正在移入…"))
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0)
        self.bar.show()
        job = partial(
            bringing.bring_in, self._context.desk, Path(self.folder.text()), secret=self.secret.text() or None,
            given=self.given(), cases=self.chosen(), progress=self.progressed.emit, cancelled=self._stop.is_set,
        )  # fmt: skip
        self._context.bridge.run(job, self._finished, self._failed, self)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _finished(self, report: BringReport) -> None:
        text = self.tr("移入 {0} 件，原已移入 {1} 件，留在存档 {2} 件。").format(
            report.brought, report.known, len(report.skipped)
        )
        if report.cancelled:
            text += self.tr("已停止；再次移入会接着做。")
        self._busy(False, text)
        self.ended.emit()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, RuleBroken):
            what, _safe, todo = plain_sentence(error, self._context.lang)
            self._busy(False, f"{what} {todo}".strip(), "wrong")
        else:
            self._busy(False, "")
            show_error(error, self._context.lang, self)

    def _busy(self, busy: bool, words: str, role: str = "quiet") -> None:
        for one in (self.look, self.go, self.folder, self.secret):
            one.setEnabled(not busy)
        if not busy:
            self.go.setEnabled(False)
            self.cancel.setEnabled(False)
            self.bar.hide()
        self.said.say(words, role)
