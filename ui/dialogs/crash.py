"""上次没有正常退出: said once at the next start, with what may be handed to those who help; nothing is sent anywhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.parts import button, label

CRASH, FORMER = "crash.txt", "crash-former.txt"
FATAL = "Fatal Python error"
"""How a trace begins that the process wrote while it died."""


def fell(folder: Path) -> str:
    """Return the places where the program died since the last start ('' when it did not); they stay in ``crash-former.txt``."""
    file = folder / CRASH
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
        if text:
            file.replace(folder / FORMER)
    except OSError:
        return ""
    return text[text.rindex(FATAL) :] if FATAL in text else ""


class CrashDialog(QDialog):
    """What happened, what is safe, what may be done; the places of the code can be seen before they are handed on."""

    def __init__(self, places: str, save: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("crashDialog")
        self.setWindowTitle(self.tr("上次没有正常退出"))
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 18)
        page.setSpacing(10)
        page.addWidget(label(self.tr("上次使用时程序意外停止了。"), "lead", wrap=True))
        page.addWidget(label(self.tr("已登记的案件都在；正在输入的文字最多少了最后两秒。"), "quiet", wrap=True))
        page.addWidget(
            label(
                self.tr("如果再次发生，请保存诊断文件交给技术人员。里面没有任何人的个人信息，程序自己不会发送。"),
                wrap=True,
            )
        )
        self.places = QPlainTextEdit(places)
        self.places.setReadOnly(True)
        self.places.setAccessibleName(self.tr("停止的位置"))
        self.places.setMinimumHeight(160)
        page.addWidget(self.places)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("复制(&C)"), lambda: QGuiApplication.clipboard().setText(places), icon="copy"))
        row.addWidget(button(self.tr("保存诊断文件(&S)…"), save, name="crashBundle"))
        row.addStretch(1)
        close = button(self.tr("知道了(&O)"), self.accept, kind="primary", name="crashClose")
        close.setDefault(True)
        row.addWidget(close)
        page.addLayout(row)
        self.setMinimumWidth(560)
        close.setFocus()
