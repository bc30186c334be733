"""The workplace of one person: rail, title row, pages, status row. It composes and passes on; pages do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.views import DeskStatus, DraftView, ListCount
from ui.catalogue import LIST_OF_ACTION
from ui.context import Context
from ui.dialogs.chain import show_chain
from ui.dialogs.recent import show_recent
from ui.views.case_page import CasePage
from ui.views.going import Going
from ui.views.page import Page
from ui.views.queue_view import QueueView
from ui.views.today import TodayView
from ui.widgets.alarm_bar import AlarmBar
from ui.widgets.newcomer import NewcomerBar
from ui.widgets.parts import label
from ui.widgets.rail import Rail
from ui.widgets.release_bar import ReleaseBar
from ui.widgets.rows import StatusRow, TitleRow

SEARCH_PAUSE_MS = 120
"""Pause in typing (milliseconds) after which a search runs."""
REFRESH_MS = 30_000
"""Countdowns are read again this often (milliseconds)."""
NOTICE_MS = 4_000


@dataclass(frozen=True)
class Place:
    """Where a person was: a list, a case, a form; kept while another works at the desk."""

    kind: str
    name: str = ""


class Workplace(Going):
    """What one person sees after 选人."""

    language_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("workplace")
        self._list = "today"
        self._before_search: Page | None = None
        self.setAcceptDrops(True)
        self._build()
        self._bind()
        context.bridge.cases_changed.connect(self._changed)
        context.bridge.busy_changed.connect(self.status.show_busy)
        self._search_pause = self._timer(SEARCH_PAUSE_MS, self._search_now, single=True)
        self._notice_end = self._timer(NOTICE_MS, self.notice.hide, single=True)
        self._minute = self._timer(REFRESH_MS, self._tick, single=False)
        self._minute.start()
        self._counts_pause = self._timer(250, self._read_counts, single=True)

    # what is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures on whatever page."""
        data = event.mimeData()
        if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """File a paper of ours that came back to its case."""
        from ui.dialogs.attach import taken
        from ui.views.dropping import Dropping

        event.acceptProposedAction()
        paths, image = taken(event.mimeData())
        if image is not None:
            Dropping(self.context, self).take_picture(image)
        else:
            self.open_files(paths)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or handed over: a 同步包 and a workbook by their pages, a paper of ours by its case."""
        from ui.views.dropping import Dropping, is_package, is_table

        packages, tables = [one for one in paths if is_package(one)], [one for one in paths if is_table(one)]
        if packages:
            self.open_sync().import_all([str(one) for one in packages])
        if tables:
            self.open_import().read(tables[0])
        if others := [one for one in paths if one not in packages and one not in tables]:
            Dropping(self.context, self).take_files(others)

    # places

    def begin(self, place: Place) -> None:
        """Open the place where the person was."""
        self._read_counts()
        if place.kind == "case":
            self.open_list(self._list)
            self.open_case(place.name)
        elif place.kind == "register":
            self.open_list("today")
            self.open_register(None)
            self._resume_last_draft()
        else:
            self.open_list(place.name or "today")

    def begin_newcomer(self) -> None:
        """新手导览: walk the window, from the step at which it was left."""
        from ui.newcomer import stops

        self.newcomer.begin(stops(self))

    def place(self) -> Place:
        """Return where the person is now."""
        page = self.page()
        if isinstance(page, CasePage):
            return Place("case", page.case_ref())
        return Place("register") if page.objectName() == "registrationView" else Place("list", self._list)

    def open_list(self, name: str) -> None:
        """Open a smart list or 今日待办; what is to be checked has a page of its own."""
        if name == "conflicts":
            self.open_sync()
            return
        self._list = name
        self.context.settings.put("window.list", name)
        self._drop_history()
        if name == "today":
            self.today.refresh()
            self._show(self.today)
        else:
            self.queue.open_list(name, self.rail.model.label_of(name))
            self._show(self.queue)
        self.rail.choose(name)

    def back(self) -> None:
        """返回: leave the present page for the one before; from a list to 今日待办."""
        if self.row.search.text():
            self.row.search.clear()
            self._leave_search()
            return
        if not self._history:
            if self._list != "today":
                self.open_list("today")
            return
        page = self.page()
        page.leave()
        before = self._history.pop()
        self._show(before)
        before.refresh()
        self._discard(page)

    def go_on(self) -> None:
        """下一件: the next line of the page, or what stands after this case in the list from which it was opened."""
        page, following = self.page(), self._following()
        if page.can_go_on():
            page.next_call()
        elif following is not None:
            self._drop_to(self._history[0])
            following()

    def _following(self) -> Callable[[], None] | None:
        if not self._history or self._history[0] is self.page():
            return None
        return self._history[0].following(self.page().case_in_sight())

    def _drop_to(self, source: Page) -> None:
        """Leave every page that was opened over one; it is not shown, the next is opened over it."""
        above = [self.page(), *(one for one in self._history if one is not source)]
        for page in above:
            page.leave()
        self._history.clear()
        self.stack.setCurrentWidget(source)
        for page in above:
            self._discard(page)

    def leave(self) -> None:
        """Keep what was typed on every open page: the person changes or the window closes."""
        for page in {self.page(), *self._history}:
            page.leave()

    def notify(self, words: str) -> None:
        """Show a quiet line that goes by itself."""
        self.notice.setText(words)
        self.notice.adjustSize()
        self._place_notice()
        self.notice.show()
        self.notice.raise_()
        self._notice_end.start()

    # inside

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.rail = Rail(self.context.actions)
        self.rail.setFixedWidth(self.fontMetrics().height() * 7 + 64)
        self.row = TitleRow(self.context.actions)
        self.status = StatusRow()
        self.today = TodayView(self.context)
        self.queue = QueueView(self.context)
        for page in (self.today, self.queue):
            self.stack.addWidget(page)
            page.heading_changed.connect(self._heading)
        across.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.alarm = AlarmBar(self.context)
        column.addWidget(self.alarm)
        column.addWidget(self.row)
        self.release = ReleaseBar(self.context)
        column.addWidget(self.release)
        column.addWidget(self.stack, 1)
        self.newcomer = NewcomerBar(self.context, self, self.page)
        column.addWidget(self.newcomer)
        column.addWidget(self.status)
        across.addLayout(column, 1)
        self.notice = label("", "notice")
        self.notice.setParent(self)
        self.notice.hide()

    def _bind(self) -> None:
        actions = self.context.actions
        self.rail.list_chosen.connect(self.open_list)
        self.today.draft_resumed.connect(self._resume)
        self.today.task_opened.connect(self.open_task)
        self.today.record_asked.connect(self.open_record_task)
        self.today.charge_asked.connect(self.open_received)
        self.row.search.words_changed.connect(lambda _words: self._search_pause.start())
        self.row.search.left.connect(self._leave_search)
        self.row.search.taken.connect(self._take_search)
        for name, target in LIST_OF_ACTION.items():
            actions.bind(name, lambda target=target: self.open_list(target))  # type: ignore[misc]
        actions.bind("register", lambda: self.open_register(None))
        actions.bind("import", self.open_import)
        actions.bind("mechanism", self.open_mechanism)
        actions.bind("statistics", self.open_statistics)
        actions.bind("calendar", self.open_calendar)
        actions.bind("administer", self.open_administration)
        actions.bind("ledger", self.open_ledger)
        actions.bind("meetings", self.open_meetings)
        actions.bind("call_meeting", self.call_meeting)
        actions.bind("books", self.open_books)
        actions.bind("sync", self.open_sync)
        actions.bind("hand_over", self.open_hand_over)
        actions.bind("calls", self.open_calls)
        actions.bind("undo", self._undo)
        actions.bind("case_window", self.open_case_window)
        actions.bind("hot_places", self.open_hot)
        actions.bind("directory", self.open_directory)
        actions.bind("chain", partial(show_chain, self.context, self))
        actions.bind("recent", partial(show_recent, self.context, self))
        actions.bind("guide", self._guide)
        actions.bind("newcomer", self.begin_newcomer)
        actions.bind("oversee", self.open_overview)
        actions.action("oversee").setEnabled(False)
        self.context.bridge.read(self.context.desk.oversees, actions.action("oversee").setEnabled, owner=self)
        actions.bind("folder", self.open_folder)
        for name, spec in actions.specs.items():
            if spec.of_page:
                actions.bind(name, partial(self._offered, name))
        actions.bind("inquiry", self.open_inquiry)
        actions.bind("next_call", self.go_on)
        self.status.sync_asked.connect(self.open_sync)
        self.context.bridge.synced.connect(self._counts_soon)
        actions.bind("back", self.back)
        actions.bind("search", self._focus_search)
        actions.bind("refresh", self._refresh)
        actions.bind("print", lambda: self.page().print_papers())
        actions.bind("slips_today", self.print_slips_of_today)
        actions.bind("columns", self.queue.choose_columns)
        actions.bind("explain", self._explain)
        actions.bind("next_act", lambda: self._on_case("next"))
        actions.bind("slip", lambda: self._on_case("slip"))
        actions.bind("note", lambda: self._on_case("note"))
        actions.bind("copy_case", lambda: self._on_case("copy"))
        actions.bind("write_reply", lambda: self.open_reply(self.page().case_ref()))

    def _offered(self, name: str) -> None:
        done = self.page().offers().get(name)
        if done is not None:
            done()

    def print_slips_of_today(self) -> None:
        """打印今天的移送单: every slip that went out today as one paper."""
        desk = self.context.desk
        self.context.bridge.read(desk.slips_of_today, self._show_slips, owner=self)

    def _show_slips(self, refs: tuple[str, ...]) -> None:
        from ui.dialogs.paper import PaperDialog

        if not refs:
            self.context.notify(self.tr("今天还没有移出的移送单。"))
            return
        name = self.tr("今天的移送单（{n}件）").format(n=len(refs))
        dialog = PaperDialog(self.context, "slip", refs, self, name=name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_case(self, what: str) -> None:
        page = self.page()
        if what == "next" and page.works_by_keys():
            page.do_next()
        if not isinstance(page, CasePage):
            return
        {
            "next": page.do_next,
            "slip": page.preview_slip,
            "note": lambda: page.do_named("note"),
            "copy": page.copy_text,
        }[what]()

    def _undo(self) -> None:
        """Ctrl+Z: say what was done last and whether it can be taken back."""
        from ui.dialogs.undo import UndoDialog

        self.context.bridge.run(
            self.context.desk.undo_view, lambda last: UndoDialog(self.context, last, self).open(), owner=self
        )

    def _explain(self) -> None:
        """F1: why the case in sight stands as it does; without a case, the guide's page about this one."""
        from ui.dialogs.due import explain_case

        if ref := self.page().case_in_sight():
            explain_case(self.context, ref, self)
        else:
            self._guide()

    def _guide(self) -> None:
        from ui.dialogs.guide import GuideDialog

        GuideDialog(self.context.actions, self.context.lang, type(self.page()).__name__, self).open()

    def _resume(self, draft: DraftView) -> None:
        if draft.kind == "register":
            self.open_register(draft)
        elif draft.kind == "profile":
            self.open_version(draft)
        elif draft.kind == "meeting":
            self.open_room(str(draft.fields.get("meeting") or ""))
        elif draft.kind == "reply" and draft.case_id:
            self.open_reply(draft.case_id, int(draft.fields.get("matter") or 1))
        elif draft.case_id:
            self.open_task(draft.case_id, draft.kind)

    def _resume_last_draft(self) -> None:
        def then(drafts: tuple[DraftView, ...]) -> None:
            found = next((one for one in drafts if one.kind == "register"), None)
            if found is not None:
                page = self.page()
                self._show(self._history.pop())
                self._discard(page)
                self.open_register(found)

        # in the writer's line: the draft that the former page has just handed over must be on the disk
        self.context.bridge.run(self.context.desk.drafts, then, owner=self)

    def _discard(self, page: Page) -> None:
        if page not in (self.today, self.queue):
            self.stack.removeWidget(page)
            page.deleteLater()

    def _drop_history(self) -> None:
        leaving = [self.page(), *self._history]
        for page in leaving:
            page.leave()
        self._history.clear()
        for page in leaving:
            self._discard(page)

    def _heading(self) -> None:
        page = self.page()
        self.row.show_heading(page.heading())
        actions = self.context.actions
        actions.action("print").setEnabled(page.can_print())
        actions.action("back").setEnabled(bool(self._history) or self._list != "today")
        actions.action("columns").setEnabled(page is self.queue)
        actions.set_case_open(isinstance(page, CasePage))
        actions.set_offered(page.offers())
        if page.works_by_keys():
            actions.action("next_act").setEnabled(True)
        actions.action("next_call").setEnabled(page.can_go_on() or self._following() is not None)

    def _focus_search(self) -> None:
        self.row.search.setFocus()
        self.row.search.selectAll()

    def _search_now(self) -> None:
        words = self.row.search.text().strip()
        if not words:
            return
        if self.page() is not self.queue or not self.queue.model.searching:
            self._before_search = self.page()
        self.queue.open_list("all", "", words)
        if self.page() is not self.queue:
            self._history.append(self.page())
            self.stack.setCurrentWidget(self.queue)
            self._heading()
        self.rail.choose("")

    def _leave_search(self) -> None:
        self._search_pause.stop()
        if self.queue.model.searching and self.page() is self.queue:
            before = self._history.pop() if self._history else None
            if before is None or before is self.queue:
                self.open_list(self._list)
            else:
                self._show(before)
                self.rail.choose(self._list)
        self.page().activated()

    def _take_search(self) -> None:
        self._search_pause.stop()
        self._search_now()
        self.queue.activated()

    def _refresh(self) -> None:
        self.page().refresh()
        self._read_counts()

    def _tick(self) -> None:
        if self.isVisible():
            self._refresh()

    def _changed(self, case_ids: frozenset[str]) -> None:
        page = self.page()  # the others read again when they are shown
        page.refresh_cases(case_ids)
        self._counts_soon()

    def _counts_soon(self) -> None:
        if not self._counts_pause.isActive():
            self._counts_pause.start()

    def _read_counts(self) -> None:
        desk = self.context.desk

        def read() -> tuple[tuple[ListCount, ...], DeskStatus]:
            waiting = str(len(desk.today()))  # the badge of 今日待办 counts what its page shows
            lists = tuple(replace(one, count=waiting) if one.name == "today" else one for one in desk.lists())
            return lists, desk.status()

        self.context.bridge.read(read, self._take_counts, owner=self, key="counts")
        self.alarm.refresh()
        self.release.refresh()

    def _take_counts(self, found: tuple[tuple[ListCount, ...], DeskStatus]) -> None:
        lists, status = found
        first = self.rail.model.rowCount() == 0
        self.rail.show_lists(lists)
        self.rail.show_status(status)
        self.row.show_status(status)
        self.status.show_status(status)
        self.queue.show_behind(status.head > status.received)
        if first:
            self.rail.choose(self._list)
            if self.page() is self.queue and not self.queue.model.searching:
                self.queue.open_list(self._list, self.rail.model.label_of(self._list))

    def resizeEvent(self, event: Any) -> None:
        """Keep the quiet line at its place."""
        super().resizeEvent(event)
        self._place_notice()

    def _place_notice(self) -> None:
        self.notice.move(
            max(0, (self.width() - self.notice.width()) // 2 + self.rail.width() // 2),
            self.height() - self.notice.height() - self.status.height() - 16,
        )

    def _timer(self, milliseconds: int, what: Any, *, single: bool) -> QTimer:
        made = QTimer(self)
        made.setInterval(milliseconds)
        made.setSingleShot(single)
        made.timeout.connect(what)
        return made
