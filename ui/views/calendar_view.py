"""工作日历: a year as twelve months, who entered which year, and 录入放假安排 from the text of the yearly notice."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liaison_app import words
from liaison_app.desk.describing import notice_of, read_notice_text, year_view
from liaison_app.desk.describing_views import DayView, EnteredYear, NoticeView, YearView
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.dialogs.where import ask_open
from ui.views.page import Page
from ui.widgets.layouts import Column, Flow
from ui.widgets.moments import full_moment
from ui.widgets.moved import MovedList
from ui.widgets.parts import Card, button, called, clear, label
from ui.widgets.writing import Writing
from ui.widgets.year_grid import Legend, YearGrid

FIRST, LAST = 2000, 2099
TOO_LARGE = 2_000_000
"""Bytes above which a file is not the text of a notice."""


class MonthsArea(QScrollArea):
    """The months; tells when there is room for more or fewer of them side by side."""

    def __init__(self, resized: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resized = resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many months side by side as there is room."""
        super().resizeEvent(event)
        self._resized()


class YearBox(QComboBox):
    """Chooses a year; digits typed find it."""

    year_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("yearBox")
        called(self, name)
        self.setMinimumHeight(theme.TARGET)
        self.setMaxVisibleItems(12)
        self.addItems([str(year) for year in range(FIRST, LAST + 1)])
        self.currentIndexChanged.connect(lambda at: self.year_chosen.emit(FIRST + at))

    def value(self) -> int:
        """Return the year that is chosen."""
        return FIRST + self.currentIndex()

    def set_value(self, year: int) -> None:
        """Choose a year."""
        self.setCurrentIndex(min(max(year, FIRST), LAST) - FIRST)


class CalendarPage(Page):
    """Shows a year; while a notice is being entered, the same months are its preview."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("calendarView")
        self.view: YearView | None = None
        self.entering = False
        self._draft: dict[str, DayView] = {}
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        page.setSpacing(14)
        side = QVBoxLayout()
        page.addLayout(side, 1)
        self._year_side(side)
        page.addWidget(self._entry_side())
        self._wanted = 0

    # -- page ---------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("工作日历")

    def refresh(self) -> None:
        """Read the year again; what is being entered is not touched."""
        if not self.entering:
            self._read(self.spin.value())

    def activated(self) -> None:
        """Show this year at first, put the keyboard on the choice of the year."""
        if self.view is None:
            desk = self.context.desk
            now = self.context.bridge
            now.read(
                lambda: date.fromisoformat(desk.status().now[:10]).year, self.open_year, owner=self, key="calendar.now"
            )
        self.spin.setFocus()

    def open_year(self, year: int) -> None:
        """Show a year."""
        self.spin.blockSignals(True)
        self.spin.set_value(year)
        self.spin.blockSignals(False)
        self._read(year)

    # -- the year -----------------------------------------------------------------------------------

    def _year_side(self, side: QVBoxLayout) -> None:
        side.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("上一年"), lambda: self._step(-1), name="yearBefore"))
        self.spin = YearBox(self.tr("年份"))
        self.spin.year_chosen.connect(self._read)
        row.addWidget(self.spin)
        row.addWidget(button(self.tr("下一年"), lambda: self._step(1), name="yearAfter"))
        self.state = label("", wrap=True)
        self.state.setObjectName("yearState")
        row.addWidget(self.state, 1)
        side.addLayout(row)
        self.area = MonthsArea(self._lay_months, self)
        self.grid = YearGrid(self.area.viewport())
        self.grid.toggled.connect(self.toggle)
        kinds = QWidget()
        legend = Flow(12, kinds)
        signs = self.grid.signs()
        for kind, said in self.grid.words().items():
            legend.addWidget(Legend(kind, signs.get(kind, ""), said))
        side.addWidget(kinds)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(self.tr("全年"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.grid)
        self.area.setMinimumWidth(self.grid.month_width() + 20)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.addWidget(self.area, 1)

    def _lay_months(self) -> None:
        self.grid.lay(min(4, max(1, self.area.viewport().width() // self.grid.month_width())))

    def _step(self, years: int) -> None:
        self.spin.set_value(self.spin.value() + years)

    def _read(self, year: int) -> None:
        job = partial(year_view, self.context.desk, year)
        self.context.bridge.read(job, self._take, owner=self, key="calendar")

    def _take(self, view: YearView) -> None:
        other = self.view is None or self.view.year != view.year
        if self.entering and other:
            self._leave_entry()
        self.view = view
        self.grid.show_year(view.year, self._draft.values() if self.entering else view.days, english=self._english())
        self._lay_months()
        provisional = self.tr("暂定：{0}年的放假安排尚未录入，只有周末休息").format(view.year)
        self.state.setText(provisional if view.provisional else self.tr("已录入"))
        ink, ground = (theme.AMBER, theme.AMBER_SOFT) if view.provisional else (theme.GREEN, theme.GREEN_SOFT)
        self.state.setStyleSheet(f"color: {ink}; background: {ground}; border-radius: 6px; padding: 4px 10px;")
        self._show_entered(view.entered, view.known)
        self.begin.setEnabled(view.may_change)
        self.begin.setText(self.tr("录入{0}年放假安排(&E)…").format(view.year) if view.provisional else self.tr("更正{0}年放假安排(&E)…").format(view.year))  # fmt: skip
        self.who_may.setText("" if view.may_change else self.tr("只有管理员可以录入。"))
        self.who_may.setVisible(not view.may_change)

    def _english(self) -> bool:
        return self.context.lang == "en"

    # -- who entered what ---------------------------------------------------------------------------

    def _entry_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(self.fontMetrics().height() * 10 + 100)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.card = Card(self.tr("放假安排"))
        self.entered = QVBoxLayout()
        self.entered.setSpacing(6)
        self.card.body.addLayout(self.entered)
        self.who_may = label("", "quiet", wrap=True)
        self.card.body.addWidget(self.who_may)
        self.begin = button(self.tr("录入放假安排(&E)…"), self.begin_entry, kind="primary", name="beginEntry")
        self.card.body.addWidget(self.begin)
        column.addWidget(self.card)
        self.form = Column(self.tr("录入放假安排"))
        self.form.cards.setContentsMargins(0, 0, 0, 0)
        self.form.cards.addWidget(self._form())
        self.form.hide()
        column.addWidget(self.form, 1)
        self.moved = MovedList()
        column.addWidget(self.moved, 1)
        column.addStretch(0)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)
        return side

    def _show_entered(self, entered: Sequence[EnteredYear], known: tuple[int, int]) -> None:
        clear(self.entered)
        self.entered.addWidget(label(self.tr("随程序提供或已录入：{0}—{1}年").format(*known), wrap=True))
        if not entered:
            self.entered.addWidget(label(self.tr("还没有人在本机录入过。"), "quiet", wrap=True))
        for one in entered[:6]:
            said = self.tr("{year}年：{person}，{at}；放假{rest}天，补班{make_up}天").format(
                year=one.year, person=one.person, at=full_moment(one.at), rest=one.rest, make_up=one.make_up
            )
            self.entered.addWidget(label(said, "quiet", wrap=True))

    # -- 录入 ---------------------------------------------------------------------------------------

    def _form(self) -> Card:
        card = Card(self.tr("录入放假安排"))
        card.body.addWidget(label(self.tr("粘贴国务院办公厅通知的文字，或打开文件："), "quiet", wrap=True))
        self.text = Writing()
        self.text.setObjectName("noticeText")
        self.text.setAccessibleName(self.tr("通知文字"))
        self.text.setPlaceholderText(self.tr("一、元旦：1月1日至3日放假，共3天。1月4日（周日）上班。…"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().height() * 5)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        card.body.addWidget(self.text, 2)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("打开文件…"), self._open, name="openNotice"))
        row.addWidget(button(self.tr("读出日期(&R)"), self.read_text, name="readNotice"), 1)
        card.body.addLayout(row)
        self.found = label("", wrap=True)
        self.found.setObjectName("noticeFound")
        card.body.addWidget(self.found)
        self.remarks = Writing()
        self.remarks.setObjectName("noticeRemarks")
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName(self.tr("没有读懂或需要核对的地方"))
        self.remarks.setMinimumHeight(self.fontMetrics().height() * 4)
        self.remarks.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.remarks.hide()
        card.body.addWidget(self.remarks, 1)
        card.body.addWidget(
            label(self.tr("点左边的日子可以更正：工作日 ↔ 放假；周末 → 补班 → 放假。"), "quiet", wrap=True)
        )
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        card.body.addWidget(self.wrong)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self._cancel, name="cancelEntry"))
        self.ok = button(self.tr("录入(&O)"), self.submit, kind="primary", name="enterYear")
        row.addWidget(self.ok)
        card.body.addLayout(row)
        return card

    def begin_entry(self) -> None:
        """Begin to enter or correct the year that is shown: the months become the preview."""
        if self.view is None or not self.view.may_change:
            return
        self.entering = True
        self._draft = {d.day: d for d in self.view.days}
        self.moved.hide()
        self._filler.hide()
        self.card.hide()
        self.form.show()
        self.remarks.hide()
        self.wrong.hide()
        self._preview()
        self.text.setFocus()

    def toggle(self, day: str) -> None:
        """Change a day of the preview: working day ↔ rest; weekend → make-up → named rest → weekend."""
        if not self.entering:
            return
        weekend = date.fromisoformat(day).weekday() >= 5
        kind = self._draft[day].kind if day in self._draft else ""
        after = {"": "make_up", "make_up": "rest", "rest": ""}[kind] if weekend else "" if kind else "rest"
        if after:
            self._draft[day] = DayView(day=day, kind=after, name=self._name_near(day) if after == "rest" else "")
        else:
            self._draft.pop(day, None)
        self._preview()

    def _name_near(self, day: str) -> str:
        at = date.fromisoformat(day).toordinal()
        near = [
            (abs(date.fromisoformat(d.day).toordinal() - at), d.name)
            for d in self._draft.values()
            if d.kind == "rest" and d.name
        ]
        distance, name = min(near, default=(99, ""))
        return name if distance <= 3 else "法定节假日"  # a name in the record, as the calendar's own default

    def _preview(self) -> None:
        rest = sum(d.kind == "rest" for d in self._draft.values())
        make_up = sum(d.kind == "make_up" for d in self._draft.values())
        self.found.setText(self.tr("预览：放假 {rest} 天，补班 {make_up} 天。").format(rest=rest, make_up=make_up))
        self.grid.show_year(self.spin.value(), self._draft.values(), english=self._english())

    def _open(self) -> None:
        kinds = self.tr("文字文件") + " (*.txt *.md *.html);;* (*)"
        ask_open(self, self.tr("打开放假安排"), kinds, self.open_file)

    def open_file(self, path: Path) -> None:
        """Read a text file into the field."""
        self.context.bridge.work(partial(_text_of, path), self._opened, self._failed, self, "notice.file")

    def _opened(self, text: str) -> None:
        self.text.setPlainText(text)
        self.read_text()

    def read_text(self) -> None:
        """Read the days out of the text into the preview."""
        text, year = self.text.toPlainText(), self.spin.value()
        job = partial(read_notice_text, text, year, self.context.lang)
        self.context.bridge.work(job, self._seen, self._failed, self, "notice.read")

    def _seen(self, notice: NoticeView) -> None:
        if notice.year_named and notice.year_named != notice.year and FIRST <= notice.year_named <= LAST:
            self._switch_year(notice.year_named)
            return
        self.wrong.hide()
        self._draft = {d.day: d for d in notice.days}
        self._preview()
        self.remarks.setVisible(bool(notice.remarks))
        head = self.tr("没有读懂或需要核对的地方：")
        self.remarks.setPlainText("\n".join([head, *(f"· {text} — {why}" for text, why in notice.remarks)]))

    def _switch_year(self, year: int) -> None:
        """The text is about another year: show that one and read again."""
        text = self.text.toPlainText()

        def then(view: YearView) -> None:
            self._take(view)
            self.begin_entry()
            self.text.setPlainText(text)
            self.read_text()

        self.spin.blockSignals(True)
        self.spin.set_value(year)
        self.spin.blockSignals(False)
        self.context.bridge.read(partial(year_view, self.context.desk, year), then, owner=self, key="calendar")

    def submit(self) -> None:
        """Enter the notice that the preview shows; then say which due dates moved."""
        try:
            notice = notice_of(self.spin.value(), self._draft.values())
        except RuleBroken as refused:
            self._failed(refused)
            return
        self.ok.setEnabled(False)
        desk = self.context.desk
        self.context.bridge.run(lambda: desk.enter_year(notice), self._done, self._failed, self)

    def _done(self, moved: list[dict[str, Any]]) -> None:
        self._leave_entry()
        self._filler.setVisible(not moved)
        self.moved.show_moved(moved)
        self.context.notify(self.tr("放假安排已录入"))
        self.refresh()

    def _cancel(self) -> None:
        self._leave_entry()
        self.refresh()
        self.begin.setFocus()

    def _leave_entry(self) -> None:
        self.entering = False
        self._draft = {}
        self.ok.setEnabled(True)
        self.form.hide()
        self.text.clear()
        self.card.show()
        self._filler.show()

    def _failed(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        if not isinstance(error, RuleBroken):
            self.context.show_error(error, self)
            return
        said = words.sentence(error.code, self.context.lang, error.facts)
        self.wrong.setText(" ".join(p for p in (said.what, said.todo) if p))
        self.wrong.show()


def _text_of(path: Path) -> str:
    """Return the text of a file in UTF-8 or GB18030. Raise RuleBroken ``file_missing``."""
    try:
        content = path.read_bytes()[:TOO_LARGE]
    except OSError:
        raise RuleBroken("file_missing", file=str(path)) from None
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")
