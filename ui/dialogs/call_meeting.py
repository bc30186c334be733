"""从案件提请开会: which meeting of the mechanism; its form opens with the case as the first item."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from liaison_app.desk.ledger_views import KindView, RecordOutcome
from liaison_app.desk.meeting_calendar import agenda_from
from ui.context import Context
from ui.dialogs.record import RecordDialog
from ui.widgets.parts import button, label


class CallMeetingDialog(QDialog):
    """A list of the meetings that the own body may propose; Enter opens the form."""

    def __init__(self, context: Context, case_ref: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._case = context, case_ref
        self.kinds: tuple[KindView, ...] = ()
        self.setObjectName("callMeeting")
        self.setWindowTitle(self.tr("提请开会"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 420)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(self.tr("提请开会"), "title"))
        self.about = label(self.tr("选一种会议；本案件列为第一项议题。"), "quiet", wrap=True)
        page.addWidget(self.about)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("会议种类"))
        self.list.itemActivated.connect(lambda _item: self.go())
        page.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="callCancel"))
        self.ok = button(self.tr("提请(&P)…"), self.go, kind="primary", name="callOk")
        row.addWidget(self.ok)
        page.addLayout(row)
        context.bridge.read(context.desk.record_kinds, self._take, owner=self)

    def _take(self, kinds: tuple[KindView, ...]) -> None:
        self.kinds = tuple(k for k in kinds if k.group == "meeting" and k.may_open and k.form is not None)
        self.list.addItems([k.name for k in self.kinds])
        self.ok.setEnabled(bool(self.kinds))
        if self.kinds:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.about.setText(self.tr("本单位不能提请本机制的会议。"))

    def go(self) -> None:
        """Open the form of the meeting chosen."""
        at = self.list.currentRow()
        if 0 <= at < len(self.kinds):
            kind = self.kinds[at]
            job = partial(agenda_from, self._context.desk, kind.kind, self._case)
            self._context.bridge.read(job, partial(self._form, kind), owner=self)

    def _form(self, kind: KindView, agenda: tuple[dict[str, str], ...]) -> None:
        assert kind.form is not None
        dialog = RecordDialog(self._context, kind.form, kind.name, kind=kind, agenda=agenda, parent=self)
        dialog.done_step.connect(self._made)
        dialog.open()

    def _made(self, outcome: RecordOutcome) -> None:
        self._context.open_record(outcome.record)
        self.accept()
