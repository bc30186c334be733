"""The fields of one row of a profile: each typed in its form, what cannot be read is said under the field."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.comparing import cell, shorter, typed
from liaison_app.words.labels import label as word
from liaison_app.words.profile_words import FIELDS, UNITS, WORDS
from ui import theme
from ui.widgets.paper_fields import PaperFields
from ui.widgets.parts import label


class RowForm(QWidget):
    """A line a field; :attr:`changed` carries the row as it is now."""

    changed = Signal(object)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang, self._part = lang, ""
        self._row: dict[str, Any] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.paper_fields: PaperFields | None = None
        self.sources: Mapping[str, str] = {}
        self._wrong: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        column.addLayout(self._form)
        column.addStretch(1)

    def show_row(self, part: str, row: Mapping[str, Any]) -> None:
        """Show a row of a part; the same part keeps its fields."""
        if part != self._part:
            self._build(part)
        self._row = dict(row)
        for name, field in self.fields.items():
            field.setText(cell(row[name]) if name in row else "")
            field.setCursorPosition(0)
            self._wrong[name].hide()
        if self.paper_fields is not None:
            self.paper_fields.show_fields(row.get("fields") or [])
            self.paper_fields.on_slip(slip=row.get("form") == "slip")

    def _build(self, part: str) -> None:
        self._part = part
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields, self._wrong, self.paper_fields = {}, {}, None
        for name, kind in FIELDS[part].items():
            if kind == "fields":
                self.paper_fields = PaperFields()
                self.paper_fields.offer(self.sources)
                self.paper_fields.changed.connect(lambda said, name=name: self._taken(name, said))
                self._form.addRow(self.paper_fields)
                continue
            field, words = QLineEdit(), word(WORDS, name, self._lang)
            field.setObjectName(f"row_{name}")
            field.setAccessibleName(words)
            field.setMinimumHeight(theme.TARGET)
            field.textEdited.connect(lambda said, name=name: self._typed(name, said))
            wrong = label("", "wrong", wrap=True)
            wrong.hide()
            caption = label(words)
            caption.setBuddy(field)
            self._form.addRow(caption, field)
            self._form.addRow(wrong)
            self.fields[name], self._wrong[name] = field, wrong

    def _units(self) -> str:
        return (", " if self._lang == "en" else "、").join(word(UNITS, code, self._lang) for code in UNITS)

    def _code(self, said: str, kind: str) -> str:
        """Return a unit by its code where it was typed as people say it."""
        words = said.strip()
        return next((code for code, pair in UNITS.items() if kind == "unit" and words in pair), said)

    def _typed(self, name: str, said: str) -> None:
        kind = FIELDS[self._part][name]
        wrong = self._wrong[name]
        try:
            value = typed(self._code(said, kind), kind) if said.strip() or kind == "data" else ""
        except ValueError as expected:
            wrong.setText(self.tr("应为 {0}；还没有采用。").format(self._units() if kind == "unit" else str(expected)))
            wrong.setMinimumHeight(wrong.heightForWidth(max(self._form.geometry().width(), 200)))
            wrong.show()
            return
        wrong.hide()
        if kind == "unit":
            self.fields[name].setToolTip(word(UNITS, value, self._lang))
        self._taken(name, value)

    def _taken(self, name: str, value: Any) -> None:
        self._row = shorter({**self._row, name: value}, tuple(FIELDS[self._part]))
        self.changed.emit(dict(self._row))
