"""会议室: the meeting in progress. Agenda at left, the item at hand with quick entry in the middle, who is there at right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from liaison_app.desk import meeting_room as desk_room
from liaison_app.desk.meeting_room import ItemView, RoomView
from liaison_app.desk.views import DraftView
from ui import theme
from ui.context import Context
from ui.views.page import Page
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, Chip, button, clear, label, listed
from ui.widgets.quick_entry import QuickEntry
from ui.widgets.sheet import Sheet

DRAFT = "meeting"

WIDE: Final = [220, 640, 250]
NARROW: Final = {"zh_CN": 66, "en": 90}
"""Widths in signs below which agenda, item and attendance do not stand side by side."""
NARROW_SIZES: Final = [340, 700]


class RoomPage(Page):
    """Every line is an act at once; what is being typed is put away within a second and is there again after a crash."""

    def __init__(self, context: Context, ref: str, *, windowed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("roomPage")
        self._ref, self._draft = ref, str(uuid4())
        self.room: RoomView | None = None
        self.at = 0
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 12)
        page.setSpacing(8)
        self._head = QHBoxLayout()
        page.addLayout(self._head)
        self._window_asked: Callable[[], None] | None = None if windowed else self._own_window
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._columns.setChildrenCollapsible(False)
        self._beside = (self._agenda_card(), self._people_card())
        for widget, weight in ((self._beside[0], 3), (self._item_card(), 6), (self._beside[1], 3)):
            self._columns.addWidget(widget)
            self._columns.setStretchFactor(self._columns.count() - 1, weight)
        self._columns.setSizes(WIDE)
        self._tabs: QTabWidget | None = None
        page.addWidget(self._columns, 1)
        self.entry.walked.connect(self.walk)
        QShortcut(QKeySequence("F6"), self, self._to_people)
        QShortcut(QKeySequence("F8"), self, self.entry.boxes["words"].setFocus)
        context.bridge.read(context.desk.drafts, self._restore, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, agenda and attendance share a column as two leaves."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW[self.context.lang] * self.fontMetrics().horizontalAdvance("国")
        if narrow != (self._tabs is not None):
            self._share(narrow)

    def _share(self, narrow: bool) -> None:
        agenda, people = self._beside
        held = QApplication.focusWidget()
        if narrow:
            self._tabs = QTabWidget()
            self._tabs.setObjectName("roomBeside")
            self._tabs.setDocumentMode(True)
            self._columns.insertWidget(0, self._tabs)
            self._tabs.addTab(agenda, self.tr("议程"))
            self._tabs.addTab(people, self.tr("参会"))
            self._columns.setSizes(NARROW_SIZES)
        elif self._tabs is not None:
            self._columns.insertWidget(0, agenda)
            self._columns.addWidget(people)
            agenda.show()
            people.show()
            self._tabs.hide()
            self._tabs.deleteLater()
            self._tabs = None
            self._columns.setSizes(WIDE)
        if held is not None and self.isAncestorOf(held):
            if self._tabs is not None and people.isAncestorOf(held):
                self._tabs.setCurrentWidget(people)
            held.setFocus()

    def _to_people(self) -> None:
        if self._tabs is not None:
            self._tabs.setCurrentWidget(self._beside[1])
        self.people.setFocus()

    # -- building -------------------------------------------------------------------------------

    def _agenda_card(self) -> QWidget:
        card = Card(self.tr("议程"))
        self.agenda = Sheet(self.tr("议程"), [(self.tr("议题"), 3.0), (self.tr("要点/议定"), 1.3)])
        self.agenda.currentCellChanged.connect(lambda at, *_: self._choose(at))
        card.body.addWidget(self.agenda, 1)
        card.body.addWidget(label(self.tr("PgUp、PgDn 换议题；F6 参会，F8 回到输入"), "small", wrap=True))
        return card

    def _item_card(self) -> QWidget:
        card = Card()
        top = QHBoxLayout()
        self.title = label("", "lead", wrap=True)
        top.addWidget(self.title, 1)
        self.case_button = button(self.tr("打开案件"), self._open_case, name="roomCase")
        top.addWidget(self.case_button)
        card.body.addLayout(top)
        self.lines = Sheet(
            self.tr("本议题的要点和议定事项"),
            [(self.tr("类别"), 0.8), (self.tr("内容"), 3.0), (self.tr("牵头和配合"), 1.6), (self.tr("时限"), 1.1), (self.tr("提醒"), 1.8)],
        )  # fmt: skip
        self.lines.opened.connect(self._change)
        card.body.addWidget(self.lines, 1)
        desk, ref = self.context.desk, self._ref
        self.entry = QuickEntry(self.context, partial(desk_room.understood, desk, ref))
        self.entry.point.connect(self._point)
        self.entry.decision.connect(self._decision)
        self.entry.typed.connect(self._put_away)
        card.body.addWidget(self.entry)
        return card

    def _people_card(self) -> QWidget:
        card = Card(self.tr("参会"))
        self.people = Sheet(self.tr("参会"), [(self.tr("单位"), 1.3), (self.tr("到会情况"), 1.2)])
        card.body.addWidget(self.people, 1)
        self._hows = QGridLayout()
        card.body.addLayout(self._hows)
        self.to_tell = label("", "wrong", wrap=True)
        card.body.addWidget(self.to_tell)
        return card

    # -- reading --------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the number of the meeting."""
        return self.room.number if self.room else self.tr("正在打开…")

    def activated(self) -> None:
        """The line takes the keyboard."""
        self.entry.boxes["words"].setFocus()

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """The meeting may have changed with any act."""
        self.refresh()

    def refresh(self) -> None:
        """Read the room again; the item at hand stays."""
        job = partial(desk_room.room, self.context.desk, self._ref)
        self.context.bridge.read(job, self._take, self._missing, owner=self, key=f"room-{id(self)}")

    def _missing(self, error: BaseException) -> None:
        self.context.show_error(error, self)
        self.context.back()

    def _take(self, found: RoomView) -> None:
        if found == self.room:
            return
        self.room = found
        self._fill_head(found)
        self.agenda.blockSignals(True)
        self.agenda.fill([(f"{i.n}．{i.item}", self._noted(i)) for i in found.items])
        self.agenda.blockSignals(False)
        chosen = max(0, self.people.currentRow())
        silent = self.tr("未回执")
        self.people.fill([(c.name, f"{c.how_name or silent}　{c.person}".strip()) for c in found.came])
        if found.came:
            self.people.setCurrentCell(min(chosen, len(found.came) - 1), 0)
        self._fill_hows(found)
        self.to_tell.setText(self.tr("须会后告知：{0}").format(listed(found.to_tell)) if found.to_tell else "")
        self._choose(min(self.at, max(0, len(found.items) - 1)))
        self.entry.activate("decide" in found.steps)
        self.heading_changed.emit()

    @staticmethod
    def _noted(item: ItemView) -> str:
        return f"{len(item.points)} / {len(item.decisions)}" if item.points or item.decisions else ""

    def _fill_head(self, room: RoomView) -> None:
        clear(self._head)
        about = [
            room.theme,
            short_moment(room.at) if room.at else "",
            room.place,
            self.tr("主持：{0}").format(room.chair) if room.chair else "",
        ]
        self._head.addWidget(label("　".join(a for a in about if a), "lead", wrap=True), 1)
        self._head.addWidget(Chip(room.state_name, "accent"))
        if "hold" in room.steps:
            self._head.addWidget(
                button(self.tr("开会(&O)"), partial(self._step, "hold"), kind="primary", name="roomHold")
            )
        if "minutes" in room.steps:
            self._head.addWidget(
                button(self.tr("起草纪要(&M)"), partial(self._step, "minutes"), kind="primary", name="roomMinutes")
            )
        if self._window_asked is not None:
            self._head.addWidget(button(self.tr("在新窗口打开(&W)"), self._window_asked, name="roomWindow"))

    def _fill_hows(self, room: RoomView) -> None:
        clear(self._hows)
        can = bool({"attend", "expect"} & room.steps)
        for n, (code, words) in enumerate(room.hows, 1):
            made = button(f"{n} {words}", partial(self.mark, code), name=f"how_{code}", tip=f"Ctrl+{n}")
            made.setShortcut(QKeySequence(f"Ctrl+{n}"))
            made.setEnabled(can)
            self._hows.addWidget(made, (n - 1) // 2, (n - 1) % 2)

    def item(self) -> ItemView | None:
        """Return the item at hand."""
        items = self.room.items if self.room else ()
        return items[self.at] if 0 <= self.at < len(items) else None

    def walk(self, by: int) -> None:
        """Go to the next or the previous item; what is being typed stays."""
        if self.room and self.room.items:
            self._choose(max(0, min(len(self.room.items) - 1, self.at + by)))

    def _choose(self, at: int) -> None:
        if self.room is None:
            return
        self.at = max(0, at)
        item = self.item()
        if item is not None and self.agenda.currentRow() != self.at:
            self.agenda.blockSignals(True)
            self.agenda.setCurrentCell(self.at, 0)
            self.agenda.blockSignals(False)
        self.title.setText(f"{item.n}．{item.item}　{item.speaker}".strip() if item else self.tr("没有议程"))
        self.case_button.setVisible(bool(item and item.case))
        decisions = item.decisions if item else self.room.others
        rows = [(self.tr("要点"), words, "", "", "") for words in (item.points if item else ())]
        self._decisions = decisions
        for one in decisions:
            who = listed([one.lead_name, *one.assisting_names] if one.lead else one.assisting_names)
            due = short_moment(one.due) if one.due else ""
            rows.append((self.tr("议定{0}").format(one.serial), one.what, who, due, "\n".join(one.doubts)))
        self.lines.fill(rows)
        for row, one in enumerate(decisions, len(rows) - len(decisions)):
            self.lines.mark(row, "unknown" if one.doubts else "")

    # -- acting ---------------------------------------------------------------------------------

    def _run(self, job: Callable[[], Any], done: Callable[[], None]) -> None:
        def then(_outcome: Any) -> None:
            done()
            self.refresh()

        self.context.bridge.run(job, then, lambda error: self.context.show_error(error, self), owner=self)

    def _point(self, words: str) -> None:
        item = self.item()
        self._run(
            partial(desk_room.note_point, self.context.desk, self._ref, item.n if item else 0, words), self.entry.clear
        )

    def _decision(self, said: dict[str, Any]) -> None:
        item = self.item()
        if item is not None and item.case:
            said = {**said, "case": item.case}
        self._run(
            partial(desk_room.note_decision, self.context.desk, self._ref, item.n if item else 0, said),
            self.entry.clear,
        )

    def _change(self, row: int) -> None:
        """A decision is taken into the boxes again; what is kept then stands in its place."""
        at = row - (self.lines.rowCount() - len(self._decisions))
        if 0 <= at < len(self._decisions) and not self._decisions[at].closed:
            self.entry.change(self._decisions[at])

    def mark(self, how: str) -> None:
        """Say how the chosen body came, or that it left."""
        at = self.people.currentRow()
        if self.room is not None and 0 <= at < len(self.room.came):
            body = self.room.came[at].body
            self._run(partial(desk_room.note_came, self.context.desk, self._ref, body, how), lambda: None)

    def _step(self, name: str) -> None:
        """Open the form of a step of the meeting; the minutes begin with what was noted."""
        from ui.dialogs.record import open_step

        open_step(self.context, self._ref, name, self, self.refresh)

    def _open_case(self) -> None:
        item = self.item()
        if item is not None and item.case:
            self.context.open_case(item.case)

    def _own_window(self) -> None:
        window = RoomWindow(self.context, self._ref, self.window())
        window.show()

    # -- what is being typed --------------------------------------------------------------------

    def _restore(self, drafts: tuple[DraftView, ...]) -> None:
        mine = next((d for d in drafts if d.kind == DRAFT and d.fields.get("meeting") == self._ref), None)
        if mine is not None and not self.entry.held():
            self._draft = mine.id
            self.entry.restore(dict(mine.fields))

    def _put_away(self, held: dict[str, str]) -> None:
        desk, draft = self.context.desk, self._draft
        if held:
            fields = {**held, "meeting": self._ref, "object": held.get("words", "")}
            self.context.bridge.run(lambda: desk.save_draft(DRAFT, None, fields, draft), owner=self)
        else:
            self.context.bridge.run(lambda: desk.drop_draft(draft), owner=self)

    def leave(self) -> None:
        """What is being typed stays as a draft."""
        self._put_away(self.entry.held())


class RoomWindow(QWidget):
    """The room in a window of its own, beside the main one (on the screen of the hall); it closes with the person at work."""

    def __init__(self, context: Context, ref: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("roomWindow")
        self.page = RoomPage(replace(context, back=self.close_it), ref, windowed=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.page.heading_changed.connect(lambda: self.setWindowTitle(self.page.heading()))
        context.bridge.cases_changed.connect(self.page.refresh_cases)
        self.resize(1180, 720)
        self.setMinimumWidth(theme.TARGET * 20)
        self.page.refresh()

    def close_it(self) -> None:
        """The page has nothing to go back to: the window closes."""
        self.close()
