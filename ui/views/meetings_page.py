"""会议日程: meetings that are due with what they still lack, above; what was decided and how far it is, below, by quarter."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.meeting_calendar import DueMeeting, FollowedView, followed, followed_paper, meetings_due, quarters
from liaison_app.desk.paper_views import PaperView
from ui import theme
from ui.context import Context
from ui.views.page import Page
from ui.widgets.moments import short_moment
from ui.widgets.parts import button, called, label, listed
from ui.widgets.sheet import Sheet


class MeetingsPage(Page):
    """Enter opens a meeting, or the form of one that nobody has proposed yet."""

    def __init__(
        self,
        context: Context,
        open_record: Callable[[str], None],
        begin: Callable[[str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.setObjectName("meetingsPage")
        self._open_record, self._begin = open_record, begin
        self.due: tuple[DueMeeting, ...] = ()
        self.followed: tuple[FollowedView, ...] = ()
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 12)
        page.setSpacing(8)
        page.addWidget(label(self.tr("本年应开和已提议的会议"), "lead"))
        self.sheet = Sheet(
            self.tr("本年应开和已提议的会议"),
            [(self.tr("会议"), 2.4), (self.tr("期间"), 1.1), (self.tr("应开时间"), 1.3), (self.tr("时间和地点"), 1.8), (self.tr("状态"), 1.1), (self.tr("还缺什么"), 2.4)],
        )  # fmt: skip
        self.sheet.opened.connect(self._opened)
        page.addWidget(self.sheet, 3)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("议定事项落实情况"), "lead"))
        self.period = QComboBox()
        self.period.setObjectName("followedPeriod")
        called(self.period, self.tr("季度"))
        self.period.setMinimumHeight(theme.TARGET)
        for code, shown in quarters(context.desk):
            self.period.addItem(shown, code)
        self.period.currentIndexChanged.connect(lambda _at: self.refresh())
        row.addWidget(self.period)
        row.addStretch(1)
        row.addWidget(button(self.tr("打印台账(&P)"), self.print_papers, name="printFollowed"))
        page.addLayout(row)
        self.lines = Sheet(
            self.tr("议定事项落实情况"),
            [(self.tr("议定事项"), 2.8), (self.tr("会议"), 1.8), (self.tr("牵头单位"), 1.3), (self.tr("时限"), 1.0), (self.tr("状态"), 1.3), (self.tr("落实情况"), 2.0)],
        )  # fmt: skip
        self.lines.opened.connect(lambda at: self._open_record(self.followed[at].record_id))
        page.addWidget(self.lines, 3)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("会议日程")

    def activated(self) -> None:
        """Read, and put the keyboard on the meetings."""
        self.refresh()
        self.sheet.setFocus()

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Meetings may have changed with any act."""
        self.refresh()

    def refresh(self) -> None:
        """Read meetings and decisions again."""
        desk, period = self.context.desk, str(self.period.currentData())
        self.context.bridge.read(
            lambda: (meetings_due(desk), followed(desk, period)), self._take, owner=self, key=f"meetings-{id(self)}"
        )

    def can_print(self) -> bool:
        """The table of decisions can be printed."""
        return True

    def print_papers(self) -> None:
        """打印: the table of decisions of the quarter chosen."""
        job = partial(followed_paper, self.context.desk, str(self.period.currentData()))
        self.context.bridge.read(job, self._show_paper, owner=self)

    def _show_paper(self, paper: PaperView) -> None:
        from ui.dialogs.paper import PdfDialog

        dialog = PdfDialog(paper.name, self.context.show_error, self)
        dialog.show_pdf(paper.pdf, paper.name)
        dialog.open()

    def _take(self, found: tuple[tuple[DueMeeting, ...], tuple[FollowedView, ...]]) -> None:
        self.due, self.followed = found
        self.sheet.fill(
            [
                (
                    f"{m.kind_name}　{m.theme}".strip(), m.period_words, f"{short_moment(m.due[:10])}　{m.countdown}".strip() if m.due else "",
                    f"{short_moment(m.at)}　{m.place}".strip() if m.at else m.place, m.state_name, listed(m.missing),
                )
                for m in self.due
            ]
        )  # fmt: skip
        for at, one in enumerate(self.due):
            self.sheet.mark(at, "unknown" if one.level in {"late", "today"} else "")
        self.lines.fill(
            [
                (f.what, f.meeting, f.lead_name, short_moment(f.due) if f.due else "", f.state_name, f.said) for f in self.followed
            ]
        )  # fmt: skip
        for at, line in enumerate(self.followed):
            self.lines.mark(at, {"late": "unknown", "done": "not_matched"}.get(line.state, ""))

    def _opened(self, at: int) -> None:
        if not 0 <= at < len(self.due):
            return
        one = self.due[at]
        if one.record_id:
            self._open_record(one.record_id)
        elif one.may_open:
            self._begin(one.kind, one.period)
        else:
            self.context.notify(self.tr("这次会议由召集单位提议。"))
