"""统计 in the page 机制: every indicator of a period with its fraction; the cases behind each number by one Enter."""

from collections.abc import Sequence
from copy import copy
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk import bulletins, figures_out, freezing, statistics
from liaison_app.desk.statistics import CountedView, FigureView, GroupView, StatisticsView
from liaison_app.desk.views import RowView
from liaison_app.domain.errors import RuleBroken
from liaison_app.words.errors import told
from ui import theme
from ui.context import Context
from ui.dialogs.freezing import CorrectionsDialog, FreezeDialog
from ui.dialogs.where import ask_save_as
from ui.views.figures_more import ComparedSheet, HeatSheet
from ui.widgets.bars import Bars
from ui.widgets.parts import button, called, label, listed
from ui.widgets.sheet import Sheet


class FiguresPanel(QWidget):
    """Period and grouping above, the indicators below; counting runs on a reader thread."""

    progressed = Signal(int, int)
    """How many cases of how many are added up; sent from the reader thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.view: StatisticsView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        row = QHBoxLayout()
        self.period = self._box("figuresPeriod", self.tr("统计期"))
        self.period.setEditable(True)
        self.by = self._box("figuresBy", self.tr("分组"))
        for code, words in (
            ("", self.tr("按公式所列分组")), ("department", self.tr("按部门")), ("town", self.tr("按镇街")),
            ("category", self.tr("按类别")), ("channel", self.tr("按渠道")), ("source", self.tr("按来源")), ("hour", self.tr("按时段")),
        ):  # fmt: skip
            self.by.addItem(words, code)
        row.addWidget(label(self.tr("统计期")))
        row.addWidget(self.period)
        row.addWidget(self.by)  # its choices say by what: no word before it, large type must fit 1366
        self.shows = self._box("figuresShows", self.tr("显示"))
        for words in (self.tr("指标"), self.tr("环比、同比"), self.tr("镇街与来源")):
            self.shows.addItem(words)
        self.shows.currentIndexChanged.connect(lambda _at: self._turn())
        row.addWidget(self.shows)
        self._stopped = self._counting = self._again = False
        self.stop = button(self.tr("停下"), self._stop, name="figuresStop")
        self.stop.hide()
        self.progressed.connect(self._progress)
        self.standing = label("", "quiet", wrap=True, select=True)
        row.addWidget(self.standing, 1)
        self.opener = button(self.tr("看背后的案件(&K)…"), self.open_current, kind="primary", name="figuresOpen")
        row.addWidget(self.stop)
        row.addWidget(self.opener)
        column.addLayout(row)
        column.addLayout(self._freezing())
        columns = [
            (self.tr("指标"), 2.4), (self.tr("公式"), 4.6), (self.tr("分子"), 0.9), (self.tr("分母"), 0.9), (self.tr("数值"), 1.1),
            (self.tr("说明"), 1.8), (self.tr("规则"), 1.8),
        ]  # fmt: skip
        self.sheet = Sheet(self.tr("指标"), columns)
        self.sheet.setObjectName("figuresSheet")
        self.sheet.opened.connect(self.open_figure)
        self.compared, self.heat = ComparedSheet(), HeatSheet()
        self.pages = QStackedWidget()
        for page in (self.sheet, self.compared, self.heat):
            self.pages.addWidget(page)
        column.addWidget(self.pages, 1)
        for i, (kind, back) in enumerate(
            (("month", 0), ("month", 1), ("quarter", 0), ("quarter", 1), ("half_year", 0), ("year", 0))
        ):
            self.period.insertItem(i, statistics.now_period(context.desk, kind, back))
        self.period.setCurrentIndex(0)
        self.period.currentIndexChanged.connect(lambda _at: self.refresh())
        edit = self.period.lineEdit()
        assert edit is not None
        edit.setObjectName("figuresPeriodText")
        edit.setAccessibleName(self.tr("统计期"))
        edit.editingFinished.connect(self.refresh)
        self.by.currentIndexChanged.connect(lambda _at: self.refresh())

    def _freezing(self) -> QHBoxLayout:
        """Whose figures, since when they are frozen, and what may be done about it."""
        row = QHBoxLayout()
        self.scope = self._box("figuresScope", self.tr("范围"))
        self.scope.addItem(self.tr("全区（已冻结）"))
        own = statistics.scope_of(self._context.desk) == "body"
        self.scope.addItem(self.tr("本单位（现在）") if own else self.tr("本终端（现在）"))
        self.scope.currentIndexChanged.connect(lambda _at: self.refresh())
        self.frozen = label("", "quiet", wrap=True, select=True)
        self.freezer = button(self.tr("冻结本期(&Z)…"), self.ask_freeze, name="figuresFreeze")
        self.later = button(self.tr("冻结后的更正(&L)…"), self.show_corrections, name="figuresCorrections")
        row.addWidget(self.scope)
        row.addWidget(self.frozen, 1)
        row.addWidget(self.later)
        self.exporter = button(self.tr("导出(&X)…"), self.ask_export, name="figuresExport")
        row.addWidget(self.exporter)
        row.addWidget(self.freezer)
        self._show_freezing(None)
        return row

    def _show_freezing(self, view: StatisticsView | None) -> None:
        """Show what fits the figures in sight: frozen or not, finished or not."""
        own = self.scope.currentIndex() == 1
        kept = view is not None and bool(view.frozen_at)
        self.scope.setVisible(kept or own)
        self.later.setVisible(kept)
        self.freezer.setVisible(
            view is not None and not kept and not own and view.finished and freezing.may_freeze(self._context.desk)
        )
        words = self.tr("正在同步，已收到而未列入的记录不在其中") if view is not None and view.syncing else ""
        if view is not None and kept:
            words = self.tr("{0}由{1}冻结").format(view.frozen_at[:16].replace("T", " "), view.frozen_by)
            if view.missing_desks:
                words += self.tr("；当时尚未同步：{0}").format("、".join(view.missing_desks))
        self.frozen.setText(words)

    def ask_freeze(self) -> None:
        """Ask, then freeze the period in sight."""
        if self.view is not None:
            dialog = FreezeDialog(self._context, self.view.period, self.view.standing, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.done_with.connect(lambda _view: self.refresh())
            dialog.open()

    def ask_export(self) -> None:
        """Ask where to: a workbook, or the bulletin as PDF."""
        if self.view is not None:
            kinds = {
                self.tr("Excel 工作簿 (*.xlsx)"): "", self.tr("月度通报 (*.pdf)"): "work",
                self.tr("满意率及排序通报 (*.pdf)"): "satisfaction", self.tr("分析评估报告 (*.pdf)"): "analysis",
            }  # fmt: skip
            name = f"{self.view.period}.xlsx"

            def then(path: Path, chosen: str) -> None:
                kind = kinds.get(chosen, "")
                self.export_to(path.with_suffix(".pdf" if kind else ".xlsx"), kind or "work")

            ask_save_as(self, self.tr("导出统计"), name, ";;".join(kinds), then)

    def export_to(self, path: Path, kind: str = "work") -> None:
        """Write the figures in sight: .xlsx as a workbook with live cells, .pdf as a bulletin of a kind."""
        view = self.view
        if view is None:
            return
        desk, own = self._context.desk, self.scope.currentIndex() == 1

        def job() -> Path:
            if path.suffix.lower() != ".pdf":
                path.write_bytes(figures_out.workbook(desk, view))
            else:
                chinese = copy(desk)
                chinese.lang = "zh_CN"  # papers are Chinese, whatever the window speaks
                found = statistics.count(chinese, view.period, own=own)
                path.write_bytes(bulletins.bulletin(chinese, found, kind).pdf)
            return path

        self.exporter.setEnabled(False)
        self._context.bridge.read(job, self._exported, self._not_exported, owner=self, key="figures-out")

    def _exported(self, path: Path) -> None:
        self.exporter.setEnabled(True)
        self._context.notify(self.tr("已存为{0}").format(path.name))

    def _not_exported(self, error: BaseException) -> None:
        self.exporter.setEnabled(True)
        self._context.show_error(error, self)

    def show_corrections(self) -> None:
        """Show what came after the freezing."""
        if self.view is not None:
            dialog = CorrectionsDialog(self._context, self.view, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _box(self, name: str, words: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        called(box, words)
        box.setMinimumHeight(theme.TARGET)
        return box

    def refresh(self) -> None:
        """Count again; while that is under way no second count takes the last reader from everything else."""
        if self._counting:
            self._again = True
            return
        self._counting, self._again = True, False
        own = self.scope.currentIndex() == 1
        by = str(self.by.currentData() or "")
        self._stopped = False
        job = partial(statistics.count, self._context.desk, self.period.currentText(), by, own=own, progress=self._told)
        self._context.bridge.read(job, self._take, self._refused, owner=self, key="figures")

    def _told(self, done: int, of: int) -> bool:
        """Pass on how far it is, from the reader thread; return whether to go on."""
        self.progressed.emit(done, of)
        return not (self._stopped or self._context.bridge.stopped)

    def _counted(self) -> bool:
        """Note that a count has come to its end; return whether it was overtaken and is begun again."""
        self.stop.hide()
        self._counting = False
        if self._again and not self._stopped:
            self.refresh()
        return self._counting

    def _progress(self, done: int, of: int) -> None:
        self.stop.show()
        words = self.tr("正在整理统计数据：{0} / {1} 件").format(done, of)
        if self.view is not None:
            words += "　" + self.tr("下面仍是此前的数据：{0}").format(self.view.standing)
        self.standing.setText(words)

    def _stop(self) -> None:
        self._stopped = True

    def _turn(self) -> None:
        """Show what is chosen; what changed is read when it is looked at."""
        self.pages.setCurrentIndex(self.shows.currentIndex())
        self.opener.setEnabled(self.shows.currentIndex() == 0 and self.view is not None)
        if self.shows.currentIndex() == 1 and self.view is not None:
            own = self.scope.currentIndex() == 1
            job = partial(statistics.compared, self._context.desk, self.view.period, own=own)
            self._context.bridge.read(job, self.compared.show_compared, self._say, owner=self, key="compared")
        elif self.view is not None:
            self.heat.show_heat(statistics.heat(self.view))

    def _refused(self, error: BaseException) -> None:
        if not self._counted():
            self._say(error)

    def _say(self, error: BaseException) -> None:
        """Say why there are no figures; those in sight stay."""
        if isinstance(error, RuleBroken):
            self.standing.setText(told(error.code, error.facts, self._context.lang))
        else:
            self._context.show_error(error, self)

    def _take(self, view: StatisticsView) -> None:
        if self._counted():
            return
        told = self.tr("本单位：{0}") if view.scope == "body" else "{0}"
        self.standing.setText(told.format(view.standing))
        self._show_freezing(view)
        if view == self.view:
            return
        self.view = view
        self.sheet.fill([self._row(one) for one in view.indicators])
        self._turn()

    def _row(self, one: FigureView) -> tuple[str, ...]:
        remark = one.reason or (self.tr("{0}件期限未到").format(one.pending) if one.pending else "")
        return (one.name, one.formula, *_numbers(one), remark, listed(one.rules))

    def open_current(self) -> None:
        """Open what stands behind the chosen indicator."""
        self.open_figure(self.sheet.currentRow())

    def open_figure(self, at: int) -> None:
        """Open the groups and cases behind an indicator."""
        if self.view is None or not 0 <= at < len(self.view.indicators):
            return
        dialog = FigureDialog(self._context, self.view, self.view.indicators[at], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _numbers(one: CountedView) -> tuple[str, str, str]:
    return str(one.numerator), "" if one.denominator is None else str(one.denominator), one.shown


def _bar_words(one: GroupView) -> str:
    return one.shown if one.denominator is None else f"{one.shown}（{one.numerator}/{one.denominator}）"


class FigureDialog(QDialog):
    """One indicator: its groups, and the cases behind the number chosen; Enter on a case opens it."""

    def __init__(
        self, context: Context, view: StatisticsView, figure: FigureView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._view, self._figure = context, view, figure
        self._cases: Sequence[RowView] = ()
        self.setObjectName("figureDialog")
        self.setWindowTitle(figure.name)
        self.resize(980, 560)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(f"{figure.name}　{figure.shown}", "title", wrap=True))
        page.addWidget(label(f"{figure.formula}　{view.standing}", "quiet", wrap=True, select=True))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.groups = Sheet(
            self.tr("分组"),
            [
                (self.tr("分组"), 2.6),
                (self.tr("分子"), 1.0),
                (self.tr("分母"), 1.0),
                (self.tr("数值"), 1.2),
                (self.tr("名次"), 1.0),
            ],
        )
        self.groups.setObjectName("figureGroups")
        self._lines: list[CountedView] = [figure, *figure.groups]
        rows = [(self.tr("合计"), *_numbers(figure), "")]
        rows += [
            (g.name, *_numbers(g), "" if g.rank is None else f"{g.rank}{g.among and f'（{g.among}）'}")
            for g in figure.groups
        ]
        self.groups.fill(rows)
        self.groups.currentCellChanged.connect(lambda at, *_: self._choose(at))
        left = QSplitter(Qt.Orientation.Vertical)
        left.setChildrenCollapsible(False)
        left.addWidget(self.groups)
        bars = figures_out.charted(figure.groups)[: figures_out.BARS]
        if len(bars) > 1:
            self.bars = Bars(self.tr("图"))
            self.bars.setObjectName("figureBars")
            self.bars.show_bars([(g.name, g.value or 0.0, _bar_words(g)) for g in bars])
            left.addWidget(self.bars)
            left.setSizes([230, 190])
        split.addWidget(left)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self.which = QComboBox()
        self.which.setObjectName("figureWhich")
        called(self.which, self.tr("看哪些案件"))
        self.which.setMinimumHeight(theme.TARGET)
        self.which.addItem(self.tr("计入分子的案件"))
        if figure.denominator is not None:
            self.which.addItem(self.tr("计入分母的案件"))
            self.which.addItem(self.tr("在分母而不在分子的案件"))
        self.which.currentIndexChanged.connect(lambda _at: self._choose(self.groups.currentRow()))
        column.addWidget(self.which)
        self.cases = Sheet(
            self.tr("案件"),
            [(self.tr("编号"), 2.2), (self.tr("状态"), 1.3), (self.tr("办理单位"), 1.6), (self.tr("登记时间"), 1.8)],
        )
        self.cases.setObjectName("figureCases")
        self.cases.opened.connect(self.open_case)
        column.addWidget(self.cases, 1)
        self.counted = label("", "quiet")
        column.addWidget(self.counted)
        split.addWidget(right)
        split.setSizes([420, 520])
        page.addWidget(split, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.opener = button(
            self.tr("打开案件(&O)"),
            lambda: self.open_case(self.cases.currentRow()),
            kind="primary",
            name="figureOpenCase",
        )
        buttons.addWidget(self.opener)
        buttons.addWidget(button(self.tr("关闭"), self.reject, name="figureClose"))
        page.addLayout(buttons)
        self.groups.setFocus()
        self._choose(max(0, self.groups.currentRow()))

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self._lines):
            return
        line, part = self._lines[at], ("counts", "base", "rest")[self.which.currentIndex()]
        job = partial(statistics.behind, self._context.desk, self._view, self._figure, line, part)
        self._context.bridge.read(job, self._take, owner=self, key="behind")

    def _take(self, cases: tuple[RowView, ...]) -> None:
        self._cases = cases
        self.cases.fill([(c.number, c.state_name, c.lead_name, c.registered_at[:16].replace("T", " ")) for c in cases])
        self.opener.setEnabled(bool(cases))
        words = self.tr("共{0}件") if len(cases) < statistics.SHOWN else self.tr("列出最近的{0}件")
        self.counted.setText(words.format(len(cases)))

    def open_case(self, at: int) -> None:
        """Open a case and close the dialog."""
        if 0 <= at < len(self._cases):
            case = self._cases[at].case_id
            self.accept()
            self._context.open_case(case)
