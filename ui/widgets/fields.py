"""Inputs for the fields of a record: a line, a text, a day, a moment, a choice, several bodies; and lines of a table."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.ledger_views import TableSpec
from liaison_app.desk.views import FieldSpec
from ui import theme
from ui.widgets.parts import button, label
from ui.widgets.sheet import OrderedSheet

SHAPES = {"date": "2026-09-30", "time": "2026-09-30 09:08", "int": "1"}
"""How a day, a moment and a number are typed."""


def input_for(spec: FieldSpec) -> QWidget:
    """Return the input of a field with its default."""
    made: QWidget
    if spec.type in {"choice", "bool"}:
        made = _choice(spec)
    elif spec.type == "bodies":
        made = _bodies(spec)
    elif spec.type == "text":
        made = QPlainTextEdit(spec.default)
        made.setTabChangesFocus(True)
        made.setFixedHeight(72)
    else:
        made = QLineEdit(spec.default[:16].replace("T", " ") if spec.type == "time" else spec.default)
        made.setPlaceholderText(SHAPES.get(spec.type, ""))
    made.setObjectName(f"field_{spec.name}")
    made.setAccessibleName(spec.label)
    if made.minimumHeight() < theme.TARGET:
        made.setMinimumHeight(theme.TARGET)
    return made


def _choice(spec: FieldSpec) -> QComboBox:
    box = QComboBox()
    box.addItem("", "")
    pairs = spec.choices
    if spec.type == "bool":
        pairs = (
            ("true", QCoreApplication.translate("Fields", "是")), ("false", QCoreApplication.translate("Fields", "否")),
        )  # fmt: skip
    for code, words in pairs:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(spec.default.lower() if spec.type == "bool" else spec.default)))
    return box


def _bodies(spec: FieldSpec) -> QListWidget:
    made = QListWidget()
    chosen = set(spec.default.split("、"))
    for code, words in spec.choices:
        item = QListWidgetItem(words, made)
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
    made.setFixedHeight(theme.TARGET * 4)
    return made


def value_of(field: QWidget) -> Any:
    """Return what an input holds, as the façade takes it."""
    if isinstance(field, QComboBox):
        return field.currentData()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText().strip()
    if isinstance(field, QListWidget):
        items = [field.item(i) for i in range(field.count())]
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]
    return field.text().strip() if isinstance(field, QLineEdit) else None


def set_value(field: QWidget, value: Any) -> None:
    """Put a value into an input."""
    if isinstance(field, QComboBox):
        field.setCurrentIndex(max(0, field.findData(value)))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QListWidget):
        for i in range(field.count()):
            item = field.item(i)
            checked = item.data(Qt.ItemDataRole.UserRole) in value
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)


class LinesEntry(QWidget):
    """Lines of a table: those entered so far, and one row of inputs that adds the next."""

    changed = Signal()

    def __init__(self, spec: TableSpec, first: Sequence[dict[str, Any]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.lines: list[dict[str, Any]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(spec.label + (" *" if spec.needed else ""), "lead"))
        self.sheet = OrderedSheet(spec.label, [(f.label, 1.0) for f in spec.fields])
        self.sheet.moved.connect(self.place)
        self.sheet.setFixedHeight(theme.TARGET * 4)
        column.addWidget(self.sheet)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.inputs = {f.name: input_for(f) for f in spec.fields}
        for field in spec.fields:
            self.inputs[field.name].setObjectName(f"line_{spec.name}_{field.name}")
            form.addRow(field.label + (" *" if field.required else ""), self.inputs[field.name])
        column.addLayout(form)
        row = QHBoxLayout()
        self.add_button = button(self.tr("添加一条"), self.add, icon="done", name=f"add_{spec.name}")
        row.addWidget(self.add_button)
        row.addWidget(button(self.tr("去掉选中的一条"), self.remove, name=f"remove_{spec.name}"))
        row.addWidget(button(self.tr("上移"), partial(self.shift, -1), name=f"up_{spec.name}"))
        row.addWidget(button(self.tr("下移"), partial(self.shift, 1), name=f"down_{spec.name}"))
        row.addStretch(1)
        column.addLayout(row)
        for line in first:
            self.lines.append(dict(line))
        self._show()

    def add(self) -> bool:
        """Take what the inputs hold as a line; False when nothing or not enough was said."""
        line = {name: value for name, field in self.inputs.items() if (value := value_of(field)) not in ("", None, [])}
        lacking = [f for f in self.spec.fields if f.required and f.name not in line]
        if not line or lacking:
            if line and lacking:
                self.inputs[lacking[0].name].setFocus()
            return False
        self.lines.append(line)
        for spec in self.spec.fields:
            set_value(self.inputs[spec.name], [] if spec.type == "bodies" else "")
        self._show()
        self.changed.emit()
        return True

    def remove(self) -> None:
        """Take the chosen line away."""
        at = self.sheet.currentRow()
        if 0 <= at < len(self.lines):
            del self.lines[at]
            self._show()
            self.changed.emit()

    def shift(self, by: int) -> None:
        """Move the chosen line up or down; it stays chosen."""
        at = self.sheet.currentRow()
        if 0 <= at < len(self.lines) and 0 <= at + by < len(self.lines):
            self.place(at, at + by + (by > 0))

    def place(self, at: int, before: int) -> None:
        """Move a line so that it stands before another; it is the chosen one then."""
        to = before - (before > at)
        self.lines.insert(to, self.lines.pop(at))
        self._show()
        self.sheet.setCurrentCell(to, 0)
        self.changed.emit()

    def take(self, lines: Sequence[dict[str, Any]]) -> None:
        """Add lines that were made elsewhere; of each only what the table has."""
        names = set(self.inputs)
        self.lines += [{k: v for k, v in line.items() if k in names} for line in lines]
        self._show()
        self.changed.emit()

    def half_typed(self) -> bool:
        """Say whether the inputs hold something that is not a line yet."""
        return any(value_of(field) not in ("", None, []) for field in self.inputs.values())

    def _show(self) -> None:
        self.sheet.fill([tuple(self._cell(f, line.get(f.name)) for f in self.spec.fields) for line in self.lines])

    def _cell(self, spec: FieldSpec, value: Any) -> str:
        words = dict(spec.choices) | {"true": self.tr("是"), "false": self.tr("否")}
        if isinstance(value, list):
            return "、".join(words.get(v, str(v)) for v in value)
        return words.get(str(value), str(value)) if value is not None else ""
