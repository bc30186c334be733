"""The one registry of what can be done in the window: a QAction for each line of the catalogue."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ui import theme
from ui.catalogue import catalogue
from ui.catalogue.spec import ActionSpec


class Actions(QObject):
    """The actions of one window: a QAction each, bound by the window to what it does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.specs: dict[str, ActionSpec] = {}
        self._made: dict[str, QAction] = {}
        for spec in catalogue():
            self.specs[spec.id] = spec
            self._made[spec.id] = self._make(spec)

    def action(self, name: str) -> QAction:
        """Return the action of that id; KeyError for a word that is not in the registry."""
        return self._made[name]

    def bind(self, name: str, what: Callable[[], object]) -> None:
        """Say what an action does."""
        self._made[name].triggered.connect(lambda _checked=False: what())

    def set_case_open(self, is_open: bool) -> None:
        """Enable what needs a case while one is shown."""
        for name, spec in self.specs.items():
            if spec.needs_case:
                self._made[name].setEnabled(is_open)

    def set_offered(self, names: Collection[str]) -> None:
        """Enable what the page in sight offers, among the actions that belong to pages."""
        for name, spec in self.specs.items():
            if spec.of_page:
                self._made[name].setEnabled(name in names)

    def plain_words(self, name: str) -> str:
        """Return the words of an action without mnemonic and dots, as the palette and the shortcut sheet show them."""
        return plain(self.specs[name].words)

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.words, self)
        action.setObjectName(f"action_{spec.id}")
        action.setIconText(plain(spec.words))
        key = QKeySequence(spec.shortcut)
        shown = key.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip}  {shown}" if shown else spec.tip)
        action.setStatusTip(spec.tip)
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            action.setShortcut(key)
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        if spec.needs_case or spec.of_page:
            action.setEnabled(False)
        return action


def plain(words: str) -> str:
    """Strip the mnemonic ('(&F)' or '&') and the dots from the words of a menu."""
    cut = words
    start = cut.find("(&")
    if start >= 0:
        cut = cut[:start] + cut[start + 4 :]
    return cut.replace("&", "").replace("…", "").strip()
