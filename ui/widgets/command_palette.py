"""命令面板 (Ctrl+K) and 快捷键一览 (F1): both read the registry of actions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui import theme
from ui.actions import Actions, plain
from ui.catalogue import MENUS, menu_words
from ui.widgets.parts import button, label


@dataclass(frozen=True)
class Found:
    """Something else than a command that the palette offers: a case, a person."""

    words: str
    tip: str
    icon: str
    open: Callable[[], None]


Finder: TypeAlias = Callable[[str, Callable[[Sequence[Found]], None]], None]


class CommandPalette(QDialog):
    """Type a few characters, Enter does the first match; arrows walk while typing."""

    def __init__(
        self,
        actions: Actions,
        parent: QWidget | None = None,
        *,
        finder: Finder | None = None,
        here: Sequence[Found] = (),
    ) -> None:
        """``finder`` is asked for what else the words mean (cases, people) and answers when it has read.

        ``here`` is what can be done on the page in sight and has no command of its own: the acts and papers of a case.
        """
        super().__init__(parent)
        self._finder, self._here = finder, tuple(here)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("命令面板"))
        self._actions = actions
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 14, 14, 14)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("办理、文书、命令、案件、人员（可用拼音首字母）"))
        self.box.setAccessibleName(self.tr("命令、案件或人员"))
        self.box.setMinimumHeight(theme.TARGET + 4)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._fill)
        page.addWidget(self.box)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("符合的命令"))
        self.list.setIconSize(QSize(18, 18))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemActivated.connect(self._do)
        self.list.itemClicked.connect(self._do)
        page.addWidget(self.list, 1)
        self._fill("")
        theme.spread(self, 560, 420)
        self.box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the box belong to the list."""
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._do(item)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, words: str) -> None:
        self.list.clear()
        wanted = words.strip().casefold()
        for one in self._here:
            if wanted in f"{one.words} {one.tip}".casefold():
                self._line(one)
        for name in self._actions.specs:
            action = self._actions.action(name)
            spec = self._actions.specs[name]
            said = self._actions.plain_words(name)
            if name == "palette" or not action.isEnabled() or wanted not in f"{said} {spec.tip}".casefold():
                continue
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(action.icon(), f"{said}    {key}".rstrip())
            item.setToolTip(spec.tip)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if self._finder is not None and wanted:
            self._finder(words.strip(), lambda found: self._add(words, found))

    def _add(self, words: str, found: Sequence[Found]) -> None:
        """Put cases and people under the commands, unless other words were typed meanwhile."""
        if not isValid(self) or self.box.text().strip() != words:
            return
        for one in found:
            self._line(one)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _line(self, one: Found) -> None:
        item = QListWidgetItem(theme.icon(one.icon), one.words)
        item.setToolTip(one.tip)
        item.setData(Qt.ItemDataRole.UserRole + 1, one)
        self.list.addItem(item)

    def _do(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole + 1)
        if isinstance(found, Found):
            self.accept()
            found.open()
            return
        action = self._actions.action(str(item.data(Qt.ItemDataRole.UserRole)))
        self.accept()
        action.trigger()


class ShortcutSheet(QDialog):
    """Every command with its key, menu by menu."""

    def __init__(self, actions: Actions, on_paper: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(self.tr("快捷键一览"))
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 14, 18, 14)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(28)
        grid.setColumnStretch(2, 1)
        row = 0
        titles = menu_words()
        for menu in MENUS:
            grid.addWidget(label(plain(titles[menu]), "lead"), row, 0, 1, 3)
            row += 1
            for name, spec in actions.specs.items():
                if spec.menu == menu:
                    self._line(grid, row, actions, name)
                    row += 1
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(self.tr("快捷键一览"))
        page.addWidget(area, 1)
        close = button(self.tr("关闭"), self.accept, kind="primary", name="sheetClose")
        close.setDefault(True)
        ends = QHBoxLayout()
        ends.addWidget(button(self.tr("印成一张(&P)…"), on_paper, icon="print", name="sheetPrint"))
        ends.addStretch(1)
        ends.addWidget(close)
        page.addLayout(ends)
        theme.spread(self, 760, 560)
        close.setFocus()

    def _line(self, grid: QGridLayout, row: int, actions: Actions, name: str) -> None:
        key = actions.action(name).shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(label(actions.plain_words(name)), row, 0)
        if key:
            grid.addWidget(label(key, "key"), row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(actions.specs[name].tip, "quiet", wrap=True), row, 2)
