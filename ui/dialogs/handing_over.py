"""移交在办案件: whose open cases go to whom, with the list to read and print; and what was handed to the person at work."""

from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.views import ChargeLine, ChargeView, ColleagueView
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.dialogs.errors import plain_sentence
from ui.widgets.moments import short_moment
from ui.widgets.parts import button, label
from ui.widgets.secret import Sentence, mark
from ui.widgets.sheet import Sheet

Known = tuple[tuple[ColleagueView, ...], tuple[ChargeLine, ...]]


class ChargeDialog(QDialog):
    """What both dialogs have: a title, a sentence, the list of cases, and below it what can be done."""

    ended = Signal()

    def __init__(self, context: Context, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._context = context
        self._batch = ""
        self.setWindowTitle(title)
        theme.spread(self, 900, 620)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 18)
        self.column.setSpacing(10)
        self.column.addWidget(label(title, "title"))
        columns = [
            (self.tr("案件编号"), 2.3),
            (self.tr("投诉对象"), 2.4),
            (self.tr("现状"), 1.2),
            (self.tr("最近到期"), 1.2),
            (self.tr("经办"), 1.4),
        ]
        self.sheet = Sheet(self.tr("在办案件"), columns)
        self.sheet.setObjectName("chargeSheet")
        self.words = Sentence("chargeWords", "quiet")
        self.row = QHBoxLayout()
        self.row.addWidget(button(self.tr("返回"), self.reject, name="chargeBack"))
        self.row.addStretch(1)
        self.print_button = button(self.tr("交接清单(&P)…"), self._paper, name="chargePaper")
        self.print_button.setEnabled(False)
        self.row.addWidget(self.print_button)

    def finish(self) -> None:
        """Put list, sentence and buttons at the end."""
        self.column.addWidget(self.sheet, 1)
        self.column.addWidget(self.words)
        self.column.addLayout(self.row)

    def fill(self, lines: tuple[ChargeLine, ...]) -> None:
        """Show cases."""
        until = self.tr("{0}（代办至{1}）")
        self.sheet.fill(
            [
                (one.number, one.title, one.state_name, short_moment(one.due) if one.due else "—",
                 until.format(one.name, one.until) if one.until else one.name)
                for one in lines
            ]
        )  # fmt: skip

    def take(self, view: ChargeView) -> None:
        """Show one handing over; its list can be printed from now on."""
        self._batch = view.batch
        self.fill(view.cases)
        self.print_button.setEnabled(True)

    def refused(self, error: BaseException) -> None:
        """Say why it was not done; what was filled in stays."""
        if isinstance(error, RuleBroken):
            what, _safe, todo = plain_sentence(error, self._context.lang)
            self.words.say(f"{what} {todo}".strip())
        else:
            self._context.show_error(error, self)

    def _paper(self) -> None:
        desk, batch = self._context.desk, self._batch
        self._context.bridge.work(partial(desk.handover_paper, batch), self._show_paper, owner=self)

    def _show_paper(self, paper: PaperView) -> None:
        from ui.dialogs.paper import PdfDialog

        dialog = PdfDialog(self.tr("交接清单"), self._context.show_error, self)
        dialog.show_pdf(paper.pdf, self.tr("交接清单"))
        dialog.open()


class HandOverDialog(ChargeDialog):
    """移交: from, to, why, for good or until a day; the list shows what goes along before it goes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("移交在办案件"), parent)
        self.setObjectName("handOverDialog")
        self._lines: tuple[ChargeLine, ...] = ()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.giver = self._people(form, self.tr("移交人"), "chargeGiver")
        self.taker = self._people(form, self.tr("接收人"), "chargeTaker")
        self.reason = QComboBox()
        self.reason.setObjectName("chargeReason")
        self.reason.setAccessibleName(self.tr("移交原因"))
        self.reason.setEditable(True)
        self.reason.setMinimumHeight(theme.TARGET)
        for words in (self.tr("调离"), self.tr("出差"), self.tr("休假"), self.tr("分工调整")):
            self.reason.addItem(words)
        self.reason.setCurrentText("")
        form.addRow(self.tr("移交原因"), self.reason)
        across = QHBoxLayout()
        self.deputy = QCheckBox(self.tr("只是代办，到这一天为止："))
        self.deputy.setObjectName("chargeDeputy")
        self.deputy.setMinimumHeight(theme.TARGET)
        self.until = QDateEdit(QDate.currentDate().addDays(7))
        self.until.setObjectName("chargeUntil")
        self.until.setAccessibleName(self.tr("代办至"))
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setCalendarPopup(True)
        self.until.setMinimumHeight(theme.TARGET)
        self.until.setEnabled(False)
        self.deputy.toggled.connect(self.until.setEnabled)
        across.addWidget(self.deputy)
        across.addWidget(self.until)
        across.addStretch(1)
        form.addRow("", across)
        self.column.addLayout(form)
        self.ok = button(self.tr("移交(&T)"), self.submit, kind="primary", name="chargeGo")
        self.ok.setDefault(True)
        self.row.addWidget(self.ok)
        self.finish()
        self.giver.currentIndexChanged.connect(lambda _at: self._chosen())
        desk = context.desk
        context.bridge.read(lambda: (desk.colleagues(), desk.charges()), self._take, owner=self)

    def submit(self) -> None:
        """Hand over; the dialog stays with the list to print."""
        reason, taker = self.reason.currentText().strip(), str(self.taker.currentData() or "")
        mark(self.reason, not reason)
        if not reason or not taker:
            self.words.say(self.tr("请写移交原因。") if taker else self.tr("请选接收人。"))
            (self.reason if taker else self.taker).setFocus()
            return
        until = self.until.date().toString("yyyy-MM-dd") if self.deputy.isChecked() else ""
        self.ok.setEnabled(False)
        job = partial(self._context.desk.hand_over, str(self.giver.currentData()), taker, reason, until=until)
        self._context.bridge.run(job, self._done, self._not_done, self)

    def _people(self, form: QFormLayout, caption: str, name: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(caption)
        made.setMinimumHeight(theme.TARGET)
        form.addRow(caption, made)
        return made

    def _take(self, found: Known) -> None:
        people, self._lines = found
        me = self._context.desk.person
        counts: dict[str, int] = {}
        for line in self._lines:
            counts[line.person] = counts.get(line.person, 0) + 1
        mine = [one for one in people if one.person.body == me.body]
        known = {one.person.id for one in mine}
        gone = {line.person: line.name for line in self._lines if line.person not in known}
        self.giver.blockSignals(True)
        for code, name in [*((one.person.id, one.person.name) for one in mine), *gone.items()]:
            if code:
                self.giver.addItem(self.tr("{0}（在办 {1} 件）").format(name, counts.get(code, 0)), code)
        self.giver.setCurrentIndex(max(0, self.giver.findData(me.id)))
        self.giver.blockSignals(False)
        for one in mine:
            if not one.left:
                self.taker.addItem(one.person.name, one.person.id)
        self._chosen()

    def _chosen(self) -> None:
        giver = self.giver.currentData()
        lines = tuple(one for one in self._lines if one.person == giver)
        self.fill(lines)
        self.ok.setEnabled(bool(lines))
        other = next((n for n in range(self.taker.count()) if self.taker.itemData(n) != giver), -1)
        self.taker.setCurrentIndex(other)
        self.words.say(
            self.tr("以下 {0} 件全部移交；接收人在今日待办里看到并接收。").format(len(lines))
            if lines
            else self.tr("他名下没有在办案件。"),
            "quiet",
        )

    def _done(self, view: ChargeView) -> None:
        self.take(view)
        self.words.say(self.tr("已移交 {0} 件。可以打印交接清单，由双方签名。").format(len(view.cases)), "quiet")
        self.print_button.setFocus()
        self.ended.emit()

    def _not_done(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        self.refused(error)


class ReceiveDialog(ChargeDialog):
    """接收移交: what a colleague handed over, and the word that it was seen."""

    def __init__(self, context: Context, batch: str, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("接收移交"), parent)
        self.setObjectName("receiveDialog")
        self._asked = batch
        self.ok = button(self.tr("确认接收(&T)"), self.submit, kind="primary", name="chargeReceive")
        self.ok.setEnabled(False)
        self.ok.setDefault(True)
        self.row.addWidget(self.ok)
        self.finish()
        context.bridge.read(partial(context.desk.charge, batch), self._take, self.refused, owner=self)

    def submit(self) -> None:
        """Say that it was received."""
        self.ok.setEnabled(False)
        job = partial(self._context.desk.receive, self._asked)
        self._context.bridge.run(job, self._done, self._not_done, self)

    def _take(self, view: ChargeView) -> None:
        self.take(view)
        words = self.tr("{0}移交给您 {1} 件：{2}。").format(view.giver, len(view.cases), view.reason)
        if view.until:
            words += self.tr("代办至{0}，以后自动回到原经办人。").format(view.until)
        self.words.say(words, "quiet")
        self.ok.setEnabled(not view.received)

    def _done(self, _view: ChargeView) -> None:
        self._context.notify(self.tr("已接收。"))
        self.ended.emit()
        self.accept()

    def _not_done(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        self.refused(error)
