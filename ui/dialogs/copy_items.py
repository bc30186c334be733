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
        self._waiting: list[Callable[[], None]] = []
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

        def put() -> None:
            QGuiApplication.clipboard().setText(self._items[code])
            self.marks[code].setProperty("icon", theme.icon("ok", theme.GREEN))

        self._written_down({code}, put)

    def copy_all(self) -> None:
        """Put all items on the clipboard, a line each."""
        lines = [
            labels.said(labels.label(labels.ITEMS, code, self._context.lang), value, self._context.lang)
            for code, value in self._items.items()
        ]

        def put() -> None:
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._context.notify(self.tr("已复制。"))

        self._written_down(set(self._items), put)

    def _written_down(self, codes: set[str], put: Callable[[], None]) -> None:
        """Put it out, after it was written down (once) that the complainant's data leave for another program."""
        if self._left or not codes & PERSONAL & set(self._items):
            put()
            return
        self._waiting.append(put)
        if len(self._waiting) == 1:
            self._context.bridge.run(self._leaving, self._left_now, self._refused, self)

    def _left_now(self, _nothing: object) -> None:
        self._left = True
        for put in self._waiting:  # the clipboard holds what was asked for last
            put()

    def _refused(self, error: BaseException) -> None:
        self._waiting.clear()
        self._context.show_error(error, self)
