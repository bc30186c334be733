"""The main window composes: a splash, the choice of persons, or one person's workplace with its menus."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from ui import theme
from ui.actions import Actions
from ui.bridge import Bridge
from ui.catalogue import MENUS, menu_words
from ui.views.chooser import Choice, PersonChooser
from ui.views.workplace import Workplace
from ui.widgets.parts import Card, button, label

if TYPE_CHECKING:
    from ui.views.founding import FoundingPages
    from ui.views.founding_pages import Begun


class Splash(QWidget):
    """One sentence while the desk opens, or why it does not, with one button."""

    again = Signal()
    quit_asked = Signal()
    repair_asked = Signal()
    answer_given = Signal(str)
    """The file with which the administrator answered a closed desk's last acts."""
    anew_asked = Signal()

    def __init__(
        self, words: str, more: str = "", *, failed: bool = False, answers: bool = False, anew: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("splash")
        page = QVBoxLayout(self)
        page.addStretch(2)
        card = Card()
        card.setFixedWidth(560)
        card.body.setContentsMargins(32, 28, 32, 28)
        card.body.addWidget(label(self.tr("联络员工作台"), "title"))
        self.words = label(words, "", wrap=True, select=True)
        card.body.addWidget(self.words)
        if more:
            card.body.addWidget(label(more, "quiet", wrap=True, select=True))
        if failed:
            card.body.addSpacing(8)
            if answers:
                card.body.addWidget(button(self.tr("导入管理员的答复…"), self._ask_answer, name="splashAnswer"))
            again = (
                button(self.tr("在本机重新入网…"), self.anew_asked.emit, kind="primary", name="splashAnew")
                if anew  # trying again would say the same for ever
                else button(self.tr("再试一次"), self.again.emit, kind="primary", name="splashAgain")
            )
            card.body.addWidget(again)
            self.repair = button(self.tr("修复(&R)…"), self.repair_asked.emit, name="splashRepair")
            self.repair.setVisible(not answers and not anew)  # there is nothing to repair: it was closed
            card.body.addWidget(self.repair)
            card.body.addWidget(button(self.tr("退出"), self.quit_asked.emit, name="splashQuit"))
            self.setFocusProxy(again)
        across = QHBoxLayout()  # an alignment would forget that long sentences need more lines
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        page.addLayout(across)
        page.addStretch(3)

    def _ask_answer(self) -> None:
        dialog = QFileDialog(self, self.tr("导入管理员的答复"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.answer_given)
        dialog.open()


class MainWindow(QMainWindow):
    """The one window of the program."""

    closing = Signal()
    put_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(theme.icon("app"))
        self.resize(QSize(1320, 720))
        self.workplace: Workplace | None = None
        self.chooser: PersonChooser | None = None
        self.founding: FoundingPages | None = None
        self.stays = False
        """Whether closing only puts the window away, into the system's tray."""

    def show_splash(
        self, words: str, more: str = "", *, failed: bool = False, answers: bool = False, anew: bool = False
    ) -> Splash:
        """Show one sentence instead of a page; ``answers``: a closed desk takes the administrator's answer there;
        ``anew``: another may begin in its place."""
        made = Splash(words, more, failed=failed, answers=answers, anew=anew)
        self._put(made)
        made.setFocus()
        return made

    def show_chooser(self, people: Sequence[Choice], first: str, words: str, district: str) -> PersonChooser:
        """Show the choice of persons."""
        made = PersonChooser(people, first, words, district)
        self._put(made)
        self.chooser = made
        made.choose(first)
        return made

    def show_founding(self, home: Path, bridge: Bridge, lang: str, begun: "Begun") -> "FoundingPages":
        """Show the pages of the first start."""
        from ui.views.founding import FoundingPages

        made = FoundingPages(home, bridge, lang, begun)
        self._put(made)
        self.founding = made
        made.page.first.setFocus()
        return made

    def show_workplace(self, workplace: Workplace, actions: Actions) -> None:
        """Show a person's workplace and its menus."""
        self._put(workplace)
        self.workplace = workplace
        titles = menu_words()
        for menu in MENUS:
            self._menu(titles[menu], menu, actions)

    def retitle(self) -> None:
        """Put the title into the language installed now."""
        self.setWindowTitle(self.tr("联络员工作台"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the composition root, which keeps what was typed."""
        if self.founding is not None and not self.founding.may_close():
            event.ignore()
            return
        if self.stays:
            event.ignore()
            self.hide()
            self.put_away.emit()
            return
        self.closing.emit()
        event.accept()

    def _put(self, widget: QWidget) -> None:
        self.retitle()
        self.menuBar().clear()
        self.menuBar().setVisible(isinstance(widget, Workplace))
        old = self.takeCentralWidget()
        self.workplace = None
        self.chooser = None
        self.founding = None
        self.setCentralWidget(widget)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _menu(self, title: str, menu: str, actions: Actions) -> None:
        made = QMenu(title, self.menuBar())
        for name, spec in actions.specs.items():
            if spec.menu == menu:
                if spec.starts_group:
                    made.addSeparator()
                made.addAction(actions.action(name))
        self.menuBar().addMenu(made)
