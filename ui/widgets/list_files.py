"""A list as a file: a workbook of what is shown, or the office's own form filled with its cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.dialogs.where import ask_open, ask_save
from ui.models.queue import Column
from ui.widgets.parts import listed

BOOK = "Excel / WPS (*.xlsx)"
PERSONAL = frozenset({"complainant"})
"""Columns that say who complained."""


@dataclass(frozen=True)
class Listed:
    """A list as it is looked at: name, search, order and filters, its words, the columns shown."""

    name: str
    search: str
    look: dict[str, Any]
    words: str
    columns: Sequence[Column]


class ListFiles(QObject):
    """Writes what a list shows; the chosen rows where some are chosen, else all of them."""

    def __init__(
        self, context: Context, shown: Callable[[], Listed], chosen: Callable[[], list[str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._shown, self._chosen, self._parent = context, shown, chosen, parent

    def ask_list(self) -> None:
        """导出本列表: ask where to."""
        name = self.tr("{list} {day}.xlsx").format(list=self._shown().words, day=f"{self._context.desk.now():%Y-%m-%d}")
        ask_save(self._parent, self.tr("导出本列表"), name.replace("/", "_"), BOOK, self.write_list)

    def write_list(self, path: Path) -> None:
        """Write the list, or the rows chosen in it, in the columns shown."""
        desk, shown, chosen = self._context.desk, self._shown(), self._chosen()

        def job() -> int:
            rows = desk.every_row(shown.name, search=shown.search, **shown.look)
            if len(chosen) > 1:
                rows = tuple(row for row in rows if row.case_id in chosen)
            cells = [[column.first(row) for column in shown.columns] for row in rows]
            content = desk.workbook(shown.words, [column.heading for column in shown.columns], cells)
            if PERSONAL & {column.id for column in shown.columns}:
                desk.taken_out([row.case_id for row in rows if row.complainant], "list")
            path.write_bytes(content)
            return len(rows)

        said = self.tr("已导出 {n} 行：{name}")
        self._context.bridge.run(
            job, lambda n: self._context.notify(said.format(n=n, name=path.name)), self._failed, self
        )

    def ask_form(self) -> None:
        """填入本单位台账: ask for the form."""

        def chosen(form: Path) -> None:
            to = form.with_name(self.tr("{name}（已填）.xlsx").format(name=form.stem))
            ask_save(self._parent, self.tr("填好的台账存为"), str(to), BOOK, lambda path: self.fill_form(form, path))

        ask_open(self._parent, self.tr("选择本单位的台账表"), BOOK, chosen)

    def fill_form(self, form: Path, to: Path) -> None:
        """Fill a form with the cases of the list, or with those chosen; the form itself stays as it is."""
        desk, shown, chosen = self._context.desk, self._shown(), self._chosen()

        def job() -> tuple[int, tuple[str, ...]]:
            rows = desk.every_row(shown.name, search=shown.search, **shown.look)
            refs = [row.case_id for row in rows if len(chosen) < 2 or row.case_id in chosen]
            content, _named, unknown = desk.own_form(form.read_bytes(), refs)
            desk.taken_out(refs, "form")
            to.write_bytes(content)
            return len(refs), unknown

        self._context.bridge.run(job, self._filled, self._failed, self)

    def _filled(self, found: tuple[int, tuple[str, ...]]) -> None:
        count, unknown = found
        words = self.tr("已填入 {n} 件。").format(n=count)
        if unknown:
            words += self.tr("这些栏没有认出，请自己填：{heads}").format(heads=listed(unknown))
        self._context.notify(words)

    def _failed(self, error: BaseException) -> None:
        self._context.show_error(error, self._parent)
