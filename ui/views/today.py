"""今日待办: what waits for this body, most pressing first, and drafts that were left open."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.views import DraftView, HolidayView, TaskView
from ui import theme
from ui.context import Context
from ui.views.page import Page
from ui.widgets.due_tip import DueTip
from ui.widgets.layouts import ShortLabel
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, IconChip, button, clear, label, line

GROUPS = ("late", "passed", "today", "soon", "none")
SHOWN = 60
"""Lines shown at once; more stand behind a button."""


def group_of(task: TaskView) -> str:
    """Return the group of a task: late, passed (the outer limit still runs), today, soon (has a limit) or none."""
    if task.level in ("late", "passed", "today"):
        return task.level
    return "soon" if task.due else "none"


SIGNED = frozenset({"approve", "approve-reply", "confirm-proxy"})
"""Acts that wait in the 签批夹."""


class TodayView(Page):
    """A list of what to do, each line with its next step; empty when all is done."""

    draft_resumed = Signal(object)
    task_opened = Signal(str, str)
    record_asked = Signal(object)
    charge_asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("todayView")
        self._limit = SHOWN
        self._tasks: tuple[TaskView, ...] = ()
        self._holiday: HolidayView | None = None
        self._at, self._place = "", 0
        """The line on which the person stands, and its place: when it is done the one after it takes the keyboard."""
        self._lines: list[QWidget] = []
        self._order: list[TaskView] = []
        """The tasks as they stand, group by group."""
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        self._drafts = QVBoxLayout()
        page.addLayout(self._drafts)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        area.setWidget(inside)
        page.addWidget(area, 1)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("今日待办")

    def activated(self) -> None:
        """The line on which the person stood takes the keyboard, or the one after it when it is done."""
        place = next((at for at, one in enumerate(self._lines) if one.objectName() == f"task_{self._at}"), self._place)
        if self._lines:
            self._stand_on(min(place, len(self._lines) - 1))
        else:
            super().activated()

    def can_go_on(self) -> bool:
        """There is a line after this one."""
        return len(self._lines) > 1

    def next_call(self) -> None:
        """下一件: the next line, from the last to the first."""
        if self._lines:
            held = self.window().focusWidget()
            at = self._lines.index(held) if held in self._lines else -1
            self._stand_on((at + 1) % len(self._lines))

    def following(self, _case_id: str) -> Callable[[], None] | None:
        """Return what opens the line after the one that was opened last, None when it was the last."""
        ids = [task.id for task in self._order]
        at = ids.index(self._at) + 1 if self._at in ids else self._place
        return self._opener(self._order[at]) if at < len(ids) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk from line to line across the groups; the line with the keyboard is where one stands."""
        if watched in self._lines and event.type() == QEvent.Type.FocusIn:
            self._at, self._place = watched.objectName().removeprefix("task_"), self._lines.index(watched)
        if watched in self._lines and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                at = self._lines.index(watched) + steps[Qt.Key(event.key())]
                if 0 <= at < len(self._lines):
                    self._stand_on(at)
                return True
        return super().eventFilter(watched, event)

    def _stand_on(self, at: int) -> None:
        self._lines[at].setFocus()
        self._area.ensureWidgetVisible(self._lines[at])

    def refresh(self) -> None:
        """Read tasks and drafts."""
        desk = self.context.desk
        self.context.bridge.read(
            lambda: (desk.today(), desk.drafts(), desk.before_holiday(), desk.to_check()),
            self._take,
            owner=self,
            key="today",
        )

    def refresh_cases(self, _case_ids: frozenset[str]) -> None:
        """Refresh when the desk announces changes."""
        self.refresh()

    def _take(self, found: tuple[tuple[TaskView, ...], tuple[DraftView, ...], HolidayView | None, int]) -> None:
        tasks, drafts, holiday, checks = found
        clear(self._drafts)
        if checks:
            self._drafts.addWidget(self._checks_bar(checks))
        if "leader" in self.context.desk.person.roles and any(t.action in SIGNED for t in tasks):
            self._drafts.addWidget(self._folder_bar([t.action for t in tasks if t.action in SIGNED]))
        for draft in drafts:
            self._drafts.addWidget(self._draft_bar(draft))
        if (tasks, holiday) != (self._tasks, self._holiday) or self._column.count() == 0:
            self._tasks, self._holiday = tasks, holiday
            self._fill()

    def _fill(self) -> None:
        held = self.window().focusWidget()
        stood = self.isVisible() and (held is None or held is self or held in self._lines)
        clear(self._column)
        self._lines, self._order = [], []
        titles = {
            "late": self.tr("逾期"),
            "passed": self.tr("已过期限，在最长期限内"),
            "today": self.tr("今天到期"),
            "soon": self.tr("以后到期"),
            "none": self.tr("没有期限"),
        }
        if self._holiday is not None:
            self._column.addWidget(self._before_holiday(self._holiday))
        shown = self._tasks[: self._limit]
        for group in GROUPS:
            lines = [task for task in shown if group_of(task) == group]
            if lines:
                self._column.addWidget(self._group(titles[group], lines))
        if not shown:
            self._column.addWidget(self._nothing())
        if len(self._tasks) > len(shown):
            more = self.tr("再显示 {count} 件").format(count=len(self._tasks) - len(shown))
            self._column.addWidget(button(more, self._more, name="todayMore"), 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        if stood:
            self.activated()
        self.heading_changed.emit()

    def _before_holiday(self, holiday: HolidayView) -> Card:
        """节前清单: what falls due while the offices are closed, so that it is done before."""
        words = self.tr("{name}假期 {first}至{last}，{back}上班").format(
            name=holiday.name, first=short_moment(holiday.first), last=short_moment(holiday.last),
            back=short_moment(holiday.back),
        )  # fmt: skip
        card = Card(f"{self.tr('节前清单')}  {len(holiday.items)}")
        card.setObjectName("beforeHoliday")
        card.body.addWidget(label(words, "small"))
        if not holiday.items:
            card.body.addWidget(label(self.tr("假期内和上班首日没有到期的事项。")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for row, item in enumerate(holiday.items[:SHOWN]):
            grid.addWidget(label(item.label, wrap=True), row, 0)
            grid.addWidget(_short(f"{item.title}  {item.number}"), row, 1)
            grid.addWidget(label(self.tr("到期 {time}").format(time=short_moment(item.due)), "small"), row, 2)
            go = button(self.tr("打开"), self._case_opener(item.case_id), icon="next", name=f"holiday_{row}")
            go.setAccessibleName(f"{item.label} {item.title}")
            grid.addWidget(go, row, 3)
        card.body.addLayout(grid)
        printing = button(self.tr("打印清单"), self._print_holiday, icon="print", name="printHoliday")
        card.body.addWidget(printing, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _print_holiday(self) -> None:
        """打印: the list before the holiday, seen first."""
        self.context.bridge.read(self.context.desk.holiday_paper, self._show_holiday, owner=self)

    def _show_holiday(self, paper: PaperView) -> None:
        from ui.dialogs.paper import PdfDialog

        dialog = PdfDialog(self.tr("节前清单"), self.context.show_error, self)
        dialog.show_pdf(paper.pdf, paper.name)
        dialog.open()

    def _case_opener(self, case_id: str) -> Callable[[], None]:
        return lambda: self.task_opened.emit(case_id, "")

    def _more(self) -> None:
        self._limit = len(self._tasks)
        self._fill()

    def _nothing(self) -> QWidget:
        card = Card()
        done = label(self.tr("今天没有待办事项。"), "lead")
        done.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addSpacing(24)
        card.body.addWidget(done)
        card.body.addSpacing(24)
        return card

    def _group(self, title: str, tasks: Sequence[TaskView]) -> Card:
        card = Card(f"{title}  {len(tasks)}")
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        wide = self.fontMetrics().horizontalAdvance("国")
        grid.setColumnMinimumWidth(0, wide * 11)
        grid.setColumnMinimumWidth(2, wide * 12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 4)
        for at, task in enumerate(tasks):
            if at:
                grid.addWidget(line(), 2 * at - 1, 0, 1, 4)
            self._line(grid, 2 * at, task)
        card.body.addLayout(grid)
        return card

    def _line(self, grid: QGridLayout, row: int, task: TaskView) -> None:
        what = label(task.label, wrap=True)
        what.setStyleSheet("font-weight: 600;")
        grid.addWidget(what, row, 0)
        middle = QVBoxLayout()
        middle.setSpacing(1)
        middle.addWidget(_short(task.title))
        middle.addWidget(_short(task.number, "small"))
        grid.addLayout(middle, row, 1)
        if task.countdown:
            ink, ground, icon = theme.level_look(task.level)
            clock = QVBoxLayout()
            clock.setSpacing(2)
            chip = IconChip(task.countdown, ink, ground, icon)
            DueTip(self.context, chip, lambda _place, task=task: (task.case_id, task.due))  # type: ignore[misc]
            clock.addWidget(chip)
            clock.addWidget(label(self.tr("到期 {time}").format(time=short_moment(task.due or "")), "small"))
            grid.addLayout(clock, row, 2)
        go = button(self.tr("办理"), self._opener(task), icon="next", name=f"task_{task.id}")
        go.setAccessibleName(f"{task.label} {task.title} {task.number}".rstrip())
        go.installEventFilter(self)
        self._lines.append(go)
        self._order.append(task)
        on_record = bool(task.record_id or task.record_kind)
        tip = self.tr("打开台账，办理“{what}”") if on_record else self.tr("打开案件，办理“{what}”")
        if task.batch:
            tip = self.tr("查看移交的案件，确认接收")
        go.setToolTip(tip.format(what=task.label))
        grid.addWidget(go, row, 3)

    def case_in_sight(self) -> str:
        """Return the case of the line that has the focus, else of the first."""
        focused = self.focusWidget()
        name = focused.objectName().removeprefix("task_") if focused else ""
        found = next((one for one in self._tasks if one.id == name), self._tasks[0] if self._tasks else None)
        return found.case_id if found else ""

    def _opener(self, task: TaskView) -> Callable[[], None]:
        def opens() -> None:
            self._at = task.id
            self._place = next((at for at, one in enumerate(self._order) if one.id == task.id), 0)
            if task.batch:
                self.charge_asked.emit(task.batch)
            elif task.record_id or task.record_kind:
                self.record_asked.emit(task)
            else:
                self.task_opened.emit(task.case_id, task.action)

        return opens

    def _folder_bar(self, acts: list[str]) -> QFrame:
        """签批夹: what waits for a leader, and what others entered in his name."""
        bar = Card()
        bar.setObjectName("folderBar")
        bar.body.setContentsMargins(14, 6, 10, 6)
        row = QHBoxLayout()
        words = self.tr("签批夹里有 {n} 件").format(n=len(acts))
        entered = sum(1 for act in acts if act == "confirm-proxy")
        if entered:
            words += self.tr("，其中 {n} 件是别人以您的名义录入、等您确认").format(n=entered)
        row.addWidget(label(words, wrap=True), 1)
        opens = self.context.actions.action("folder").trigger
        row.addWidget(button(self.tr("打开签批夹"), opens, kind="primary", name="openFolder"))
        bar.body.addLayout(row)
        return bar

    def _checks_bar(self, count: int) -> QFrame:
        """需核对事项: acts of this desk that no longer hold, because somebody else was first."""
        bar = Card()
        bar.setObjectName("checksBar")
        bar.body.setContentsMargins(14, 6, 10, 6)
        row = QHBoxLayout()
        row.addWidget(
            label(
                self.tr("有 {n} 件需核对：别处已先办理，本机的这一步没有算数，写的内容都在").format(n=count), wrap=True
            ),
            1,
        )
        opens = self.context.actions.action("sync").trigger
        row.addWidget(button(self.tr("去核对"), opens, kind="primary", name="openChecks"))
        bar.body.addLayout(row)
        return bar

    def _draft_bar(self, draft: DraftView) -> QFrame:
        bar = Card()
        bar.body.setContentsMargins(14, 6, 10, 6)
        row = QHBoxLayout()
        words = self.tr("有没写完的内容，保存于 {time}").format(time=short_moment(draft.saved_at))
        hint = str(draft.fields.get("object") or draft.fields.get("record") or "")[:24]
        row.addWidget(label(f"{words}{'：' + hint if hint else ''}", wrap=True), 1)
        desk = self.context.desk
        row.addWidget(
            button(self.tr("继续写"), lambda: self.draft_resumed.emit(draft), kind="primary", name="draftResume")
        )
        row.addWidget(
            button(
                self.tr("丢弃"),
                lambda: self.context.bridge.run(lambda: desk.drop_draft(draft.id), lambda _none: self.refresh()),
                name="draftDrop",
            )
        )
        bar.body.addLayout(row)
        return bar


def _short(words: str, role: str = "") -> ShortLabel:
    made = ShortLabel(role)
    made.setText(words)
    made.setToolTip(words)
    return made
