"""逐项复制: the items of a case one by one, to be put into the forms of 12345, 信访 and 12369 (OFFICE C9)."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from liaison_app.words import labels
from ui import theme
from ui.context import Context
from ui.widgets.parts import button, label

PERSONAL = frozenset({"complainant_name", "contact", "complainant_address", "content"})
"""Items that are the complainant's."""


class CopyItemsDialog(QDialog):
    """Each item with its button; what was copied is marked, so that nothing is left out or taken twice."""

    def __init__(
        self, context: Context, number: str, items: Mapping[str, str], leaving: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._items, self._leaving = context, dict(items), leaving
        self._left = False
        self.setObjectName("copyItems")
        self.setWindowTitle(self.tr("逐项复制　{number}").format(number=number))
        theme.spread(self, 640, 560)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(self.tr("逐项复制　{number}").format(number=number), "title"))
        page.addWidget(label(self.tr("点一项复制一项，粘贴到12345、信访、12369等系统的表格里。"), "quiet", wrap=True))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("案件各项"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(1, 1)
        self.marks: dict[str, QWidget] = {}
        for at, (code, value) in enumerate(self._items.items()):
            caption = labels.label(labels.ITEMS, code, context.lang)
            grid.addWidget(label(caption, "small"), at, 0)
            grid.addWidget(label(value, wrap=True, select=True), at, 1)
            made = button(self.tr("复制"), partial(self.copy, code), icon="copy", name=f"copy_{code}")
            made.setAccessibleName(self.tr("复制{what}").format(what=caption))
            grid.addWidget(made, at, 2)
            self.marks[code] = made
        area.setWidget(inside)
        page.addWidget(area, 1)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("全部复制"), self.copy_all, name="copyAll"))
        row.addStretch(1)
        row.addWidget(button(self.tr("返回"), self.reject, kind="primary", name="backFromCopy"))
        page.addLayout(row)

    def copy(self, code: str) -> None:
        """Put one item on the clipboard."""
        self._write_down({code})
        QGuiApplication.clipboard().setText(self._items[code])
        mark = self.marks[code]
        mark.setProperty("icon", theme.icon("ok", theme.GREEN))

    def copy_all(self) -> None:
        """Put all items on the clipboard, a line each."""
        self._write_down(set(self._items))
        lines = [
            f"{labels.label(labels.ITEMS, code, self._context.lang)}：{value}" for code, value in self._items.items()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._context.notify(self.tr("已复制。"))

    def _write_down(self, codes: set[str]) -> None:
        """Write down once that the complainant's data leave for another program."""
        if not self._left and codes & PERSONAL & set(self._items):
            self._left = True
            self._context.bridge.run(self._leaving, None, lambda error: self._context.show_error(error, self), self)
