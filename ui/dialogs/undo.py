"""收回: says what would be taken back and what will stand for it; or plainly why it cannot be taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.views import ManyOutcome, UndoView
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.widgets.parts import IconChip, button, label, listed

NAMED = 6
"""So many cases are named; the rest are counted."""


class UndoDialog(QDialog):
    """One step back, with its name. Nothing is erased: another entry makes up for the first."""

    def __init__(self, context: Context, last: UndoView | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("undoDialog")
        self.setWindowTitle(self.tr("收回"))
        self.setMinimumWidth(520)
        self._context, self._last = context, last
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self._title(), "title", wrap=True))
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        self.why: QLineEdit | None = None
        if last is not None:
            page.addWidget(label(self._cases(last), "quiet", wrap=True))
            if last.refused:
                page.addWidget(IconChip(self.tr("不能收回"), theme.AMBER, theme.AMBER_SOFT, "secret"))
                page.addWidget(label(last.refused, wrap=True, select=True))
            else:
                said = self.tr("记入“{by}”，原来的记载保留。").format(by=last.by)
                page.addWidget(label(said, wrap=True))
                self.why = QLineEdit()
                self.why.setObjectName("undoWhy")
                self.why.setMinimumHeight(theme.TARGET)
                self.why.setPlaceholderText(self.tr("理由（可以不填）"))
                self.why.setAccessibleName(self.tr("理由"))
                page.addWidget(self.why)
        page.addWidget(self.wrong)
        page.addLayout(self._buttons())

    def _title(self) -> str:
        if self._last is None:
            return self.tr("没有可以收回的办理。")
        many = len(self._last.cases)
        if many > 1:
            return self.tr("收回“{act}”（{n} 件一起）").format(act=self._last.label, n=many)
        return self.tr("收回“{act}”").format(act=self._last.label)

    def _cases(self, last: UndoView) -> str:
        said = listed(number for _, number in last.cases[:NAMED])
        return said + (self.tr("等 {n} 件").format(n=len(last.cases)) if len(last.cases) > NAMED else "")

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        if self._last is None or self._last.refused:
            close = button(self.tr("知道了"), self.reject, kind="primary", name="undoClose")
            close.setDefault(True)
            row.addWidget(close)
            return row
        row.addWidget(button(self.tr("取消"), self.reject, name="undoCancel"))
        self.ok = button(self.tr("收回"), self.take_back, kind="primary", name="undoDo")
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        return row

    def take_back(self) -> None:
        """Take it back; a refusal stands in the dialog."""
        desk, why = self._context.desk, self.why.text() if self.why is not None else ""
        self.ok.setEnabled(False)
        self._context.bridge.run(lambda: desk.undo(why), self._taken_back, self._refused, self)

    def _taken_back(self, _made: ManyOutcome) -> None:
        assert self._last is not None
        self._context.notify(self.tr("已收回：{act}").format(act=self._last.label))
        self.accept()

    def _refused(self, error: BaseException) -> None:
        words, _field = refusal_line(error, self._context.lang)
        if not words:
            self._context.show_error(error, self)
            return
        self.ok.setEnabled(True)
        self.wrong.setText(words)
        self.wrong.show()
