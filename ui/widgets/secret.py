"""How a desk is locked for a person: a PIN beside the system keyring, or a pass-phrase; typed twice."""

from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from liaison_app.words.errors import told
from ui import theme
from ui.widgets.parts import label

Lock = Literal["keyring", "passphrase"]
LEAST: dict[Lock, int] = {"keyring": 4, "passphrase": 12}
"""Fewest signs of a PIN and of a pass-phrase; the desk refuses shorter ones."""


def mark(field: QWidget, wrong: bool) -> None:
    """Put a red edge around a field, or take it away."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)


class Sentence(QLabel):
    """Wrapped words that change while the form stands: the form always gives them the height that they need."""

    def __init__(self, name: str, role: str = "wrong", words: str = "") -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setProperty("role", role)

    def say(self, words: str, role: str = "wrong") -> None:
        """Show other words in a role."""
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.put(words)

    def put(self, words: str) -> None:
        """Change the words only."""
        self.setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The height may be asked for only now."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class SecretRows(QObject):
    """The rows of a form in which a person chooses his lock and types the secret twice."""

    def __init__(self, form: QFormLayout, lang: str, parent: QObject) -> None:
        super().__init__(parent)
        self._lang = lang
        self._touched = False
        self.pin = QRadioButton(self.tr("PIN（短，由系统钥匙串保护）"))
        self.pin.setObjectName("lockPin")
        self.passphrase = QRadioButton(self.tr("口令（长，不依赖本机）"))
        self.passphrase.setObjectName("lockPassphrase")
        group = QButtonGroup(self)
        locks = QWidget()
        row = QVBoxLayout(locks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for one in (self.passphrase, self.pin):
            one.setAccessibleName(one.text())
            group.addButton(one)
            row.addWidget(one)
        group.buttonClicked.connect(self._touch)
        self.hint = Sentence("lockHint", "small")
        self._caption = label("")
        self.secret = self._line("newSecret")
        self.again = self._line("newSecretAgain")
        self.again.setAccessibleName(self.tr("再输入一次"))
        form.addRow(self.tr("锁定方式"), locks)
        form.addRow("", self.hint)
        form.addRow(self._caption, self.secret)
        form.addRow(QLabel(self.tr("再输入一次")), self.again)
        self.pin.setEnabled(False)
        self.pin.toggled.connect(self._chosen)
        self.passphrase.setChecked(True)
        self._keyring: bool | None = None
        self._chosen()

    @property
    def mode(self) -> Lock:
        """The lock that is chosen."""
        return "keyring" if self.pin.isChecked() else "passphrase"

    def set_keyring(self, works: bool) -> None:
        """Offer the PIN when the system keyring works; choose it while nothing was typed yet."""
        self._keyring = works
        self.pin.setEnabled(works)
        if works and not self._touched and not self.secret.text():
            self.pin.setChecked(True)
        self._chosen()

    def put(self, mode: Lock | None, secret: str, again: str) -> None:
        """Put back what was typed before; None when nothing was chosen."""
        if mode is not None:
            self._touched = True
            (self.pin if mode == "keyring" else self.passphrase).setChecked(True)
        self.secret.setText(secret)
        self.again.setText(again)

    def wrong(self) -> tuple[QLineEdit, str] | None:
        """Return the field that is not right yet and a sentence, None when both are."""
        least = LEAST[self.mode]
        if len(self.secret.text()) < least:
            code = "pin_too_short" if self.mode == "keyring" else "passphrase_too_short"
            return self.secret, told(code, {"least": least}, self._lang)
        if self.secret.text() != self.again.text():
            return self.again, self.tr("两次输入的不一样，请把第二次重新输入。")
        return None

    def _touch(self) -> None:
        self._touched = True

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMinimumHeight(theme.TARGET)
        return line

    def _chosen(self) -> None:
        pin = self.mode == "keyring"
        caption = self.tr("PIN（至少4位）") if pin else self.tr("口令（至少12个字符）")
        self._caption.setText(caption)
        self.secret.setAccessibleName(caption)
        if pin:
            hint = self.tr("PIN 只在这台电脑上有效；钥匙串没有了，就要用恢复单打开。")
        elif self._keyring is False:
            hint = self.tr("这台电脑没有可用的系统钥匙串，所以不能用 PIN。口令可以是一句自己记得住的话。")
        else:
            hint = self.tr("口令可以是一句自己记得住的话，字数多比花样多更安全。")
        self.hint.put(hint)
