"""Freeze a finished period 冻结, and see what came afterwards 更正: both beside the figures."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk import freezing, statistics
from liaison_app.desk.statistics import CorrectionView, StatisticsView
from liaison_app.desk.views import RowView
from liaison_app.domain.errors import RuleBroken
from liaison_app.words.errors import told
from ui import theme
from ui.context import Context
from ui.widgets.parts import button, label
from ui.widgets.secret import Sentence
from ui.widgets.sheet import Sheet


class FreezeDialog(QDialog):
    """Says what freezing does, and does it."""

    done_with = Signal(object)
    """The frozen figures."""

    def __init__(self, context: Context, period: str, standing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._period = context, period
        self.setObjectName("freezeDialog")
        self.setWindowTitle(self.tr("冻结统计期"))
        self.setMinimumWidth(560)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("冻结{0}（{1}）").format(period, standing), "title", wrap=True))
        for words in (
            self.tr("冻结后，本期各项数字和数字背后的案件长期保持不变，各单位看到的都是同一组数字。"),
            self.tr("以后补录的记载不改动这组数字，另列为“更正”。冻结不能撤销。"),
        ):
            page.addWidget(Sentence("freezeHelp", "", words))
        if context.desk.rules.founding == "member":
            page.addWidget(label(self.tr("先与共享数据库同步一次；当时尚未同步的终端会逐个列名。"), "quiet", wrap=True))
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        page.addWidget(self.wrong)
        page.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="freezeClose"))
        self.ok = button(self.tr("冻结(&F)"), self.submit, kind="primary", name="freezeOk")
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        page.addLayout(row)

    def submit(self) -> None:
        """Count, keep, close."""
        self.wrong.hide()
        self.ok.setEnabled(False)
        self.ok.setText(self.tr("正在统计…"))
        job = partial(freezing.freeze, self._context.desk, self._period)
        self._context.bridge.run(job, self._frozen, self._refused, owner=self)

    def _frozen(self, view: StatisticsView) -> None:
        self.done_with.emit(view)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        self.ok.setText(self.tr("冻结(&F)"))
        if isinstance(error, RuleBroken):
            self.wrong.setText(told(error.code, error.facts, self._context.lang))
            self.wrong.show()
        else:
            self._context.show_error(error, self)


class CorrectionsDialog(QDialog):
    """What came after a period was frozen: each indicator as frozen and as it stands, and the cases that made it so."""

    def __init__(self, context: Context, view: StatisticsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: tuple[CorrectionView, ...] = ()
        self._cases: tuple[RowView, ...] = ()
        self.setObjectName("correctionsDialog")
        self.setWindowTitle(self.tr("冻结后的更正"))
        theme.spread(self, 900, 520)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(self.tr("{0}冻结后的更正").format(view.period), "title", wrap=True))
        self.about = label(self.tr("正在统计…"), "quiet", wrap=True)
        page.addWidget(self.about)
        columns = [
            (self.tr("指标"), 2.6), (self.tr("冻结数"), 1.2), (self.tr("现在"), 1.2), (self.tr("增加案件"), 1.0), (self.tr("减少案件"), 1.0)
        ]  # fmt: skip
        self.sheet = Sheet(self.tr("更正"), columns)
        self.sheet.setObjectName("correctionsSheet")
        self.sheet.currentCellChanged.connect(lambda at, *_: self._choose(at))
        page.addWidget(self.sheet, 3)
        self.cases = Sheet(
            self.tr("案件"),
            [(self.tr("编号"), 2.2), (self.tr("状态"), 1.3), (self.tr("办理单位"), 1.6), (self.tr("登记时间"), 1.8)],
        )
        self.cases.setObjectName("correctionsCases")
        self.cases.opened.connect(self.open_case)
        page.addWidget(self.cases, 2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("关闭"), self.reject, kind="primary", name="correctionsClose"))
        page.addLayout(row)
        context.bridge.read(
            partial(freezing.corrections, context.desk, view.period), self._take, owner=self, key="corrections"
        )

    def _take(self, found: tuple[CorrectionView, ...]) -> None:
        self._found = found
        words = (
            self.tr("冻结后又收到的记载使下列指标有变化；冻结的数字不改动。") if found else self.tr("冻结后没有变化。")
        )
        self.about.setText(words)
        self.sheet.fill(
            [(c.name, _shown(c, now=False), _shown(c, now=True), str(len(c.came)), str(len(c.went))) for c in found]
        )
        self._choose(self.sheet.currentRow())

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._found):
            ids = (*self._found[at].came, *self._found[at].went)
            job = partial(self._context.desk.rows, ids[: statistics.SHOWN])
            self._context.bridge.read(job, self._list, owner=self, key="corrected")

    def _list(self, cases: tuple[RowView, ...]) -> None:
        self._cases = cases
        self.cases.fill([(c.number, c.state_name, c.lead_name, c.registered_at[:16].replace("T", " ")) for c in cases])

    def open_case(self, at: int) -> None:
        """Open a case and close the dialog."""
        if 0 <= at < len(self._cases):
            case = self._cases[at].case_id
            self.accept()
            self._context.open_case(case)


def _shown(one: CorrectionView, *, now: bool) -> str:
    top, base, shown = (
        (one.now_numerator, one.now_denominator, one.now_shown) if now else (one.numerator, one.denominator, one.shown)
    )
    return shown if base is None else f"{shown}（{top}/{base}）"
