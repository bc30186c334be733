"""A list on the left, what is chosen on the right: captions with values and a table (a body, a paper, a record)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.describing_views import FolioView
from ui.widgets.parts import Card, label
from ui.widgets.sheet import Sheet

SHORT = 26
"""Values up to this many half-width signs stand two in a line."""


class Folio(QWidget):
    """Chooses one of several things and shows it whole."""

    def __init__(self, name: str, columns: Sequence[tuple[str, float]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._things: tuple[FolioView, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        self.list = Sheet(name, columns)
        self.list.currentCellChanged.connect(lambda at, *_: self._chosen(at))
        row.addWidget(self.list, 2)
        card = Card()
        self._side = QVBoxLayout()
        card.body.addLayout(self._side)
        row.addWidget(card, 5)
        self.sheet: Sheet | None = None

    def show_things(self, things: Sequence[FolioView]) -> None:
        """Show these things; the one that was chosen stays chosen."""
        chosen = self._things[self.list.currentRow()].id if 0 <= self.list.currentRow() < len(self._things) else ""
        self._things = tuple(things)
        self.list.blockSignals(True)
        several = self.list.columnCount() > 1
        self.list.fill([(thing.group, thing.name) if several else (thing.name,) for thing in things])
        self.list.blockSignals(False)
        at = next((i for i, thing in enumerate(things) if thing.id == chosen), 0)
        if things:
            self.list.setCurrentCell(at, 0)
            self._chosen(at)

    def _chosen(self, at: int) -> None:
        while (item := self._side.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not 0 <= at < len(self._things):
            return
        thing = self._things[at]
        head = QWidget()
        grid = QGridLayout(head)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        row, half = 0, 0
        for caption, value in thing.captions:
            whole = len(value.encode("gbk", "replace")) > SHORT  # a Han sign counts double
            if whole and half:
                row, half = row + 1, 0
            grid.addWidget(label(caption, "quiet"), row, half * 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, wrap=True, select=True), row, half * 2 + 1, 1, 3 if whole else 1)
            row, half = (row + 1, 0) if whole or half else (row, 1)
        self._side.addWidget(label(thing.name, "lead", wrap=True))
        self._side.addWidget(head)
        if not thing.rows:
            self._side.addStretch(1)
            self.sheet = None
            return
        longest = [max(len(row[i]) for row in thing.rows) for i in range(len(thing.columns))]
        weights = [max(3.0, min(12.0, float(n))) for n in longest]
        self.sheet = Sheet(thing.name, list(zip(thing.columns, weights, strict=True)))
        self.sheet.fill(thing.rows)
        self._side.addWidget(self.sheet, 1)
