"""The keys of the person at work: another PIN or pass-phrase 换口令, another recovery sheet 新恢复单."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from liaison_app.domain.papers import RecoverySheet
from ui.bridge import Bridge
from ui.dialogs.colleagues import Asking
from ui.views.founding_pages import SheetPage
from ui.widgets.parts import label
from ui.widgets.secret import Sentence, mark

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


class ChangeSecretDialog(Asking):
    """换口令: the old one once, the new one twice."""

    def __init__(self, desk: "Desk", bridge: Bridge, lang: str, parent: QWidget) -> None:
        super().__init__(desk, bridge, lang, parent)
        self.setObjectName("changeSecretDialog")
        title = self.tr("换口令：{0}").format(desk.person.name)
        self.setWindowTitle(title)
        self.page.addWidget(label(title, "title"))
        self.page.addWidget(Sentence("changeSecretHelp", "quiet", self.tr("只换您本人打开这台电脑的 PIN 或口令。")))
        self.old = self._hidden(self.tr("现在的 PIN 或口令"), "oldSecret")
        self.new = self._hidden(self.tr("新的"), "freshSecret")
        self.again = self._hidden(self.tr("再输入一次"), "freshSecretAgain")
        self.finish(self.tr("更换"), "changeSecretGo", self.submit)
        self.old.setFocus()

    def _hidden(self, caption: str, name: str) -> QLineEdit:
        made = self.line(caption, name)
        made.setEchoMode(QLineEdit.EchoMode.Password)
        return made

    def submit(self) -> None:
        """Change the secret."""
        differ = self.new.text() != self.again.text()
        mark(self.again, differ)
        if differ:
            self.words.say(self.tr("两次输入的不一样，请把第二次重新输入。"))
            self.again.setFocus()
            return
        desk, old, new = self._desk, self.old.text(), self.new.text()
        self.run(lambda: desk.change_secret(old, new))


class NewSheetDialog(Asking):
    """新恢复单: the own secret again, then the eight groups, once."""

    def __init__(self, desk: "Desk", bridge: Bridge, lang: str, parent: QWidget) -> None:
        super().__init__(desk, bridge, lang, parent)
        self.setObjectName("newSheetDialog")
        self.setWindowTitle(self.tr("新恢复单"))
        self.page.addWidget(label(self.tr("新恢复单"), "title"))
        words = self.tr("原来的恢复单立即作废。其他同事下次登录后，也能用新的恢复单找回。")
        self.page.addWidget(Sentence("newSheetHelp", "quiet", words))
        self.secret = self.line(self.tr("您的 PIN 或口令"), "sheetSecret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.finish(self.tr("生成，旧的作废"), "newSheetGo", self.submit)
        self.secret.setFocus()

    def submit(self) -> None:
        """Issue the sheet and show it."""
        desk, secret, found = self._desk, self.secret.text(), list[RecoverySheet]()
        title, parent = self.windowTitle(), self.parentWidget()
        self.done_act.connect(lambda _changed: _shown(found[0], title, parent))
        self.run(lambda: found.append(desk.new_recovery_sheet(secret)))


def _shown(sheet: RecoverySheet, title: str, parent: QWidget | None) -> None:
    dialog = QDialog(parent)
    dialog.setObjectName("sheetDialog")
    dialog.setWindowTitle(title)
    page = SheetPage(sheet.groups, checked=False)
    page.paper.hide()
    page.go_on.connect(dialog.accept)
    QVBoxLayout(dialog).addWidget(page)
    dialog.open()
