"""导入: choose a file, see its columns and what they will become, import with progress, stop at any time."""

import threading
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_app import words
from liaison_app.desk.importing import ImportPreview, import_table, preview
from liaison_app.desk.views import ImportReport
from ui import theme
from ui.context import Context
from ui.dialogs.where import ask_open
from ui.views.page import Page
from ui.widgets.parts import Card, button, label

FIELDS = (
    "external_no", "title", "content", "received_at", "object", "place", "complainant_name", "complainant_address",
    "contact", "town", "headcount", "salutation", "reply", "replied_at",
)  # fmt: skip


class ImportView(Page):
    """Preview, mapping, progress, result. Importing the same file twice adds nothing."""

    progressed = Signal(int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._table: Any = None
        self._stop = threading.Event()
        self._boxes: dict[str, QComboBox] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("选择文件(&O)…"), self._choose, icon="import", name="chooseFile"))
        self.said = label(self.tr("可导入 .xlsx、.xls 和 .csv；也可把文件拖到这里"), "quiet", wrap=True)
        row.addWidget(self.said, 1)
        page.addLayout(row)
        middle = QHBoxLayout()
        card = Card(self.tr("列与字段的对应"))
        self._form = QFormLayout()
        inner = QWidget()
        inner.setLayout(self._form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        card.body.addWidget(area)
        middle.addWidget(card, 1)
        self.sample = QTableWidget()
        self.sample.setAccessibleName(self.tr("前20行预览"))
        self.sample.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        middle.addWidget(self.sample, 2)
        page.addLayout(middle, 1)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("导入进度"))
        self.bar.hide()
        page.addWidget(self.bar)
        self.result = label("", wrap=True, select=True)
        page.addWidget(self.result)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = button(self.tr("停止"), self._stop.set, name="stopImport")
        self.cancel.setEnabled(False)
        self.start = button(self.tr("导入(&I)"), self._import, kind="primary", name="startImport")
        self.start.setEnabled(False)
        row.addWidget(self.cancel)
        row.addWidget(self.start)
        page.addLayout(row)
        self.progressed.connect(self._progress)
        self.setAcceptDrops(True)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("导入表格")

    def dragEnterEvent(self, event: Any) -> None:
        """Take files that are dragged here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Read the file that was dropped."""
        urls = event.mimeData().urls()
        if urls:
            self.read(Path(urls[0].toLocalFile()))

    def leave(self) -> None:
        """An import that runs stops after its transaction; what it registered stays."""
        self._stop.set()

    def _choose(self) -> None:
        ask_open(self, self.tr("选择表格"), self.tr("表格") + " (*.xlsx *.xls *.csv);;* (*)", self.read)

    def read(self, path: Path) -> None:
        """Read a file and show what it holds."""
        self.start.setEnabled(False)
        self.said.setText(self.tr("正在读取 {0} …").format(path.name))
        self.context.bridge.work(partial(preview, path), self._shown, self._failed, self, "preview")

    def _shown(self, found: tuple[Any, ImportPreview]) -> None:
        self._table, seen = found
        self.said.setText(self.tr("共 {0} 行；请核对各列的用途").format(seen.rows))
        while self._form.rowCount():
            self._form.removeRow(0)
        self._boxes = {}
        titles = {"title": self.tr("标题"), "reply": self.tr("答复意见"), "replied_at": self.tr("答复时间")}
        for field in FIELDS:
            box = QComboBox()
            box.setMinimumHeight(theme.TARGET)
            name = titles.get(field) or words.label("field", field, self.context.lang)
            box.setAccessibleName(name)
            box.addItem(self.tr("（不导入）"), "")
            for column in seen.columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(seen.mapping.get(field, ""))))
            self._boxes[field] = box
            self._form.addRow(name, box)
        self.sample.setColumnCount(len(seen.columns))
        self.sample.setHorizontalHeaderLabels(list(seen.columns))
        self.sample.setRowCount(len(seen.sample))
        for i, cells in enumerate(seen.sample):
            for j, cell in enumerate(cells[: len(seen.columns)]):
                self.sample.setItem(i, j, QTableWidgetItem(cell.strip()))
        self.start.setEnabled(True)

    def _failed(self, error: BaseException) -> None:
        self.said.setText("")
        self.bar.hide()
        self.cancel.setEnabled(False)
        self.context.show_error(error, self)

    def _import(self) -> None:
        mapping = {f: str(b.currentData()) for f, b in self._boxes.items() if b.currentData()}
        self._stop.clear()
        self.start.setEnabled(False)
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0)
        self.bar.show()
        desk, table = self.context.desk, self._table
        job = partial(import_table, desk, table, mapping, progress=self.progressed.emit, cancelled=self._stop.is_set)
        self.context.bridge.run(job, self._finished, self._failed, self)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _finished(self, report: ImportReport) -> None:
        self.bar.hide()
        self.cancel.setEnabled(False)
        text = self.tr("读取 {0} 行，登记 {1} 件（其中要素不全 {2} 件），重复 {3} 行，未导入 {4} 行。").format(
            report.read, report.registered, report.incomplete, len(report.duplicates), len(report.rejected)
        )
        for row in report.rejected[:8]:
            name = words.label("field", str(row["field"]), self.context.lang)
            text += "\n" + self.tr("第 {0} 行 {1}：{2}").format(row["row"], name, row["reason"])
        if report.cancelled:
            text += "\n" + self.tr("已停止；已登记的保留，再次导入会接着做。")
        self.result.setText(text)
