"""The one place that shows an error: a plain sentence (what happened, what is safe, what to do), details a click away.

No other file opens a message box. Errors of a field stand beside the field.
"""

import faulthandler
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from liaison_app.domain.errors import RuleBroken
from liaison_app.words.errors import of_files, sentence
from liaison_app.words.labels import label_of
from ui import theme
from ui.actions import plain

_crash_file: list[IO[str]] = []
"""Kept open for the life of the process: faulthandler writes into it when everything else has failed."""


def plain_sentence(error: BaseException, lang: str) -> tuple[str, str, str]:
    """Return (what happened, what is safe, what to do) in words for any error."""
    if isinstance(error, RuleBroken):
        said = sentence(error.code, lang, error.facts)
        return said.what, said.safe, said.todo
    if isinstance(error, OSError):
        code, facts = of_files(error)
        said = sentence(code, lang, facts)
        return said.what, said.safe, said.todo
    return (
        QCoreApplication.translate("Errors", "遇到没有料到的情况，这一步没有完成。"),
        QCoreApplication.translate("Errors", "已登记的案件和草稿都在。"),
        QCoreApplication.translate("Errors", "请再试一次；如果再次出现，请用“帮助”里的“保存诊断文件”交给技术人员。"),
    )


def refusal_line(error: BaseException, lang: str) -> tuple[str, str]:
    """Return the line that stands beside a form and the field it is about; ('', '') for what is no refusal."""
    if not isinstance(error, RuleBroken):
        return "", ""
    facts = dict(error.facts)
    field = str(facts.get("field", ""))
    facts["field"] = label_of("field", field, lang)
    said = sentence(error.code, lang, facts)
    return " ".join(p for p in (said.what, said.todo) if p), field


def details_of(error: BaseException) -> str:
    """Return details for a technician: the code or type and where it arose, never what somebody typed."""
    head = error.code if isinstance(error, RuleBroken) else type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        head += f": {error.strerror}"
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([head, *places])


class ErrorDialog(QDialog):
    """One error in words. Enter and Esc close it; the details can be unfolded and copied."""

    def __init__(self, error: BaseException, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("没有办成"))
        self.setObjectName("errorDialog")
        what, safe, todo = plain_sentence(error, lang)
        self._details = details_of(error)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 22, 24, 18)
        page.setSpacing(10)
        page.addLayout(self._sentence(what, safe, todo))
        self._box = self._details_box()
        page.addWidget(self._box)
        page.addLayout(self._buttons())
        self.setMinimumWidth(480)
        self._close.setFocus()

    def _sentence(self, what: str, safe: str, todo: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        sign = QLabel()
        sign.setPixmap(theme.icon("overdue", theme.RED).pixmap(32, 32))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(sign)
        column = QVBoxLayout()
        column.setSpacing(6)
        for text, role in ((what, "lead"), (safe, "quiet"), (todo, "")):
            if text:
                line = QLabel(text)
                line.setWordWrap(True)
                line.setProperty("role", role)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(line)
        row.addLayout(column, 1)
        self.setAccessibleName(what)
        self.setAccessibleDescription(f"{safe} {todo}")
        return row

    def _details_box(self) -> QPlainTextEdit:
        box = QPlainTextEdit(self._details)
        box.setReadOnly(True)
        box.setAccessibleName(self.tr("技术细节"))
        box.setMinimumHeight(140)
        box.hide()
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        unfold = QPushButton(self.tr("技术细节(&D)"))
        unfold.setCheckable(True)
        unfold.toggled.connect(self._box.setVisible)
        copy = QPushButton(self.tr("复制细节(&C)"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        close = QPushButton(self.tr("知道了(&O)"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        for button in (unfold, copy, close):
            button.setMinimumHeight(theme.TARGET)
            button.setAccessibleName(plain(button.text()))
        row.addWidget(unfold)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        self._close = close
        return row


def show_error(error: BaseException, lang: str, parent: QWidget | None) -> ErrorDialog:
    """Show an error over a window without stopping its event loop."""
    dialog = ErrorDialog(error, lang, parent)
    dialog.open()
    return dialog


def install_crash_handler(folder: Path, shown: Callable[[BaseException], None]) -> None:
    """Write a trace of code places into ``folder/crash.txt`` should the process die; show what Python still catches.

    Where the folder cannot be written nothing is kept, and the work goes on.
    """
    file = folder / "crash.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("a"):
            pass
    except OSError:
        file = Path(os.devnull)
    stream = file.open("a", encoding="utf-8")
    faulthandler.enable(stream)
    for former in _crash_file:
        former.close()
    _crash_file[:] = [stream]

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        stream.write(details_of(error.with_traceback(trace)) + "\n")
        stream.flush()
        shown(error)

    sys.excepthook = hook


def remove_crash_handler() -> None:
    """Close the crash file and give back Python's own hook."""
    sys.excepthook = sys.__excepthook__
    faulthandler.disable()
    for stream in _crash_file:
        stream.close()
    _crash_file.clear()
