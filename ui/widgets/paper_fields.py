"""The fields of a paper 文书: their order, captions, where each comes from; changed by an administrator, never the measures."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.layouts import Flow
from ui.widgets.parts import button

GAP = "　"
"""What stands between a source and its words in the list."""
Fields = list[dict[str, Any]]


class PaperFields(QWidget):
    """A list of fields and the form of the chosen one; :attr:`changed` carries all of them."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: Fields = []
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.list = QListWidget()
        self.list.setObjectName("paperFieldList")
        self.list.setAccessibleName(self.tr("文书上的各栏"))
        self.list.setMinimumHeight(150)
        self.list.currentRowChanged.connect(self._choose)
        column.addWidget(self.list)
        row = Flow(6)
        for words, pressed, name in (
            (self.tr("栏上移"), lambda: self.shift(-1), "fieldUp"), (self.tr("栏下移"), lambda: self.shift(1), "fieldDown"),
            (self.tr("加一栏"), self.add, "fieldAdd"), (self.tr("删一栏"), self.remove, "fieldRemove"),
        ):  # fmt: skip
            row.addWidget(button(words, pressed, name=name))
        column.addLayout(row)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.caption, self.text = (
            self._line(self.tr("栏名"), "fieldCaption"),
            self._line(self.tr("固定文字"), "fieldText"),
        )
        self.source = QComboBox()
        self.source.setEditable(True)
        self.source.setObjectName("fieldSource")
        self.source.setAccessibleName(self.tr("内容来源"))
        self.source.setMinimumHeight(theme.TARGET)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(12)
        self.source.editTextChanged.connect(lambda said: self._typed("source", said.partition(GAP)[0].strip()))
        self.required = QCheckBox(self.tr("必有"))
        self.required.setMinimumHeight(theme.TARGET)
        self.required.toggled.connect(lambda on: self._typed("required", on))
        form.addRow(self.tr("栏名"), self.caption)
        form.addRow(self.tr("内容来源"), self.source)
        form.addRow(self.tr("固定文字"), self.text)
        form.addRow("", self.required)
        self.empty = self._line(self.tr("没有内容时写"), "fieldEmpty")
        self.empty.textEdited.connect(lambda said: self._typed("empty", said.strip()))
        self.places = {
            part: self._share(words, part) for part, words in (
                ("stub", self.tr("存根联上")), ("sent", self.tr("移送联上")), ("receipt", self.tr("回执联上")),
            )
        }  # fmt: skip
        form.addRow(self.tr("没有内容时写"), self.empty)
        for box in self.places.values():
            form.addRow(box.accessibleName(), box)
        self._form = form
        column.addLayout(form)
        self.on_slip(slip=False)
        self.caption.textEdited.connect(lambda said: self._typed("zh", said.strip()))
        self.text.textEdited.connect(lambda said: self._typed("text", said.strip()))

    def _line(self, name: str, object_name: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(object_name)
        made.setAccessibleName(name)
        made.setMinimumHeight(theme.TARGET)
        return made

    def _share(self, name: str, part: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"field_{part}")
        box.setAccessibleName(name)
        box.setMinimumHeight(theme.TARGET)
        for code, words in (
            ("", self.tr("不印")), ("third", self.tr("三分之一行")), ("half", self.tr("半行")), ("full", self.tr("整行")),
        ):  # fmt: skip
            box.addItem(words, code)
        box.currentIndexChanged.connect(lambda _n: self._placed(part, str(box.currentData())))
        return box

    def on_slip(self, *, slip: bool) -> None:
        """Show what only the cells of a slip have: the parts on which they stand, and what an empty one says."""
        for box in (self.empty, *self.places.values()):
            self._form.setRowVisible(box, slip)

    def _placed(self, part: str, width: str) -> None:
        at = self.list.currentRow()
        if self._filling or not 0 <= at < len(self._fields):
            return
        places = dict(self._fields[at].get("places") or {})
        places.pop(part, None)
        if width:
            places[part] = width
        order = [name for name in self.places if name in places]
        self._typed("places", {name: places[name] for name in order})

    def offer(self, sources: Mapping[str, str]) -> None:
        """Offer the sources that papers of the profile know, each with what a paper calls it."""
        self._filling = True
        self.source.clear()
        self.source.addItems(["", *(f"{code}{GAP}{words}" for code, words in sources.items())])
        self._filling = False

    def show_fields(self, fields: Sequence[Mapping[str, Any]]) -> None:
        """Show the fields of a paper."""
        self._fields = [dict(field) for field in fields]
        self._fill(0)

    def _fill(self, at: int) -> None:
        self._filling = True
        self.list.clear()
        for field in self._fields:
            said = field.get("text") or field.get("source") or self.tr("手写")
            self.list.addItem(f"{field.get('zh', '')}　{said}")
        self._filling = False
        if self._fields:
            self.list.setCurrentRow(min(max(at, 0), len(self._fields) - 1))
        self._choose(self.list.currentRow())

    def _choose(self, at: int) -> None:
        if self._filling:
            return
        field = self._fields[at] if 0 <= at < len(self._fields) else {}
        self._filling = True
        self.caption.setText(str(field.get("zh", "")))
        self.source.setEditText(str(field.get("source", "")))
        self.text.setText(str(field.get("text", "")))
        self.required.setChecked(bool(field.get("required", True)))
        self.empty.setText(str(field.get("empty", "")))
        for part, box in self.places.items():
            box.setCurrentIndex(max(0, box.findData((field.get("places") or {}).get(part, ""))))
        self._filling = False

    def _typed(self, name: str, value: str | bool | dict[str, str]) -> None:
        at = self.list.currentRow()
        if self._filling or not 0 <= at < len(self._fields):
            return
        field = dict(self._fields[at])
        if value in ("", True, {}):
            field.pop(name, None)
        else:
            field[name] = value
        self._fields[at] = field
        item = self.list.item(at)
        said = field.get("text") or field.get("source") or self.tr("手写")
        item.setText(f"{field.get('zh', '')}　{said}")
        self._tell()

    def shift(self, step: int) -> None:
        """Move the chosen field up or down."""
        at = self.list.currentRow()
        if 0 <= at < len(self._fields) and 0 <= at + step < len(self._fields):
            self._fields.insert(at + step, self._fields.pop(at))
            self._fill(at + step)
            self._tell()

    def add(self) -> None:
        """Add a field to be filled by hand behind the chosen one."""
        at = self.list.currentRow() + 1
        known = {str(field.get("name")) for field in self._fields}
        name = next(f"field{n}" for n in range(1, 999) if f"field{n}" not in known)
        self._fields.insert(at, {"name": name, "zh": self.tr("新栏"), "required": False})
        self._fill(at)
        self._tell()
        self.caption.setFocus(Qt.FocusReason.OtherFocusReason)
        self.caption.selectAll()

    def remove(self) -> None:
        """Take the chosen field out."""
        at = self.list.currentRow()
        if 0 <= at < len(self._fields):
            del self._fields[at]
            self._fill(at)
            self._tell()

    def _tell(self) -> None:
        self.changed.emit([dict(field) for field in self._fields])
