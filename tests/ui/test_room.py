"""The meeting in progress by one hand on the keyboard: points, decisions in short words, who comes and goes, what is doubtful."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from liaison_app.desk.meeting_room import room
from tests.conftest import CALL, NOON
from tests.ui.test_reach import _cut, _nameless, _small
from ui.views.room_page import DRAFT
from ui.widgets.fields import set_value

AT = NOON.replace(hour=14, minute=30)
COMING = [{"body": b, "how": "present", "person": "联络员"} for b in ("EPB", "COMMERCE", "MUNI")]


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, home):
    driven = start(home, lang=request.param, now=AT, person="p-zhaowenjing")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven


def picture(widget, name):
    folder = os.environ.get("LIAISON_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def whole(widget):
    assert (_nameless(widget), _small(widget), _cut(widget)) == ([], [], [])


def called(desk):
    """Return a joint meeting that was called, with two items."""
    agenda = [{"item": "无照餐饮", "speaker": "COMMERCE"}, {"item": "夜间施工"}]
    ref = desk.open_record("meeting/joint", {"theme": "第三季度联席会议", "lines": {"agenda": agenda}}).record
    desk.step_record(ref, "call", {"at": "2026-09-30T14:30", "place": "三会议室"})
    desk.step_record(ref, "expect", {"lines": {"attendance": COMING}})
    return ref


def keyed(opened, box, words, key=Qt.Key.Key_Return):
    """Type into a box of the line and press a key."""
    field = opened.page.entry.boxes[box]
    opened.window.activateWindow()
    assert opened.window.focusWidget() is field or box == "words", box
    field.setFocus()
    if words.isascii():
        opened.bot.keyClicks(field, words)
    else:  # as an input method commits it
        field.insert(words)
        field.textEdited.emit(field.text())
    opened.settle()
    opened.bot.keyClick(field, key)
    opened.settle()


def test_a_meeting_is_noted_by_keys_while_people_talk(opened):
    """M1-MTG-02, M1-MTG-03, M1-MTG-05, OFFICE-B10, OFFICE-C14."""
    desk, lang = opened.program.desk, opened.program.desk.lang
    ref = called(desk)
    opened.workplace.open_record(ref)
    opened.until(lambda: opened.page.objectName() == "recordPage" and opened.page.record is not None)
    opened.settle()
    opened.page.findChild(object, "openRoom").click()
    opened.until(lambda: opened.page.objectName() == "roomPage" and opened.page.room is not None)
    opened.settle()
    page = opened.page
    assert not page.entry.decide_button.isEnabled(), "nothing is decided before the meeting is opened"
    page.findChild(object, "roomHold").click()
    dialog = opened.dialog("record_hold")
    set_value(dialog.inputs["chair"], "孙立群")
    dialog.submit()
    opened.settle()
    opened.until(lambda: page.room.state == "HLD")
    opened.settle()
    page.activated()
    keyed(opened, "words", "各单位分别上报名单")
    keyed(opened, "words", "报送取缔名单", Qt.Key.Key_F4)
    keyed(opened, "lead", "gs")
    keyed(opened, "assisting", "hb sz")
    keyed(opened, "due", "下月底")
    item = room(desk, ref).items[0]
    assert item.points == ("各单位分别上报名单",)
    (one,) = item.decisions
    assert (one.lead, one.assisting, one.due) == ("COMMERCE", ("EPB", "MUNI"), "2026-10-31")
    assert len(one.doubts) == 1, "a day of rest"
    assert page.entry.boxes["words"].hasFocus() and not page.entry.held(), "ready for the next line"
    opened.bot.keyClick(page.entry.boxes["words"], Qt.Key.Key_PageDown)
    opened.settle()
    assert page.item().n == 2
    keyed(opened, "words", "夜间施工一律公示", Qt.Key.Key_F4)
    keyed(opened, "lead", "cxj")
    keyed(opened, "assisting", "")
    keyed(opened, "due", "改天")
    assert not room(desk, ref).items[1].decisions and "改天" in page.entry.said.text(), (
        "what is not understood is not kept"
    )
    page.entry.boxes["due"].clear()
    keyed(opened, "due", "")
    (late,) = room(desk, ref).items[1].decisions
    assert late.lead == "CONSTR" and len(late.doubts) == 2, "not here, and no date"
    whole(opened.window)
    picture(opened.window, f"room-{lang}")
    dialog_of_minutes(opened, page)
    page.lines.opened.emit(0)
    assert page.entry.boxes["words"].text() == "夜间施工一律公示"
    page.entry.boxes["due"].setFocus()
    keyed(opened, "due", "3个工作日")
    (mended,) = room(desk, ref).items[1].decisions
    assert (mended.serial, mended.due) == (late.serial, "2026-10-10"), "it stands in the place of the first"
    at = next(i for i, c in enumerate(page.room.came) if c.body == "COMMERCE")
    page.people.setCurrentCell(at, 0)
    page.mark("left")
    opened.settle()
    assert [c.how for c in page.room.came if c.body == "COMMERCE"] == ["left"]
    names = dict(desk.bodies())
    assert page.room.to_tell == (names["CONSTR"],), "who left heard what was decided before"
    whole(opened.window)
    picture(opened.window, f"room-left-{lang}")
    assert desk.rebuild(check=True).equal


def dialog_of_minutes(opened, page):
    """The minutes begin with what was noted; they are refused while a decision lacks its date."""
    page.findChild(object, "roomMinutes").click()
    dialog = opened.dialog("record_minutes")
    text = dialog.inputs["minutes"].toPlainText()
    assert (
        "（一）无照餐饮" in text
        and "报送取缔名单，由区工商分局牵头、区环保局、区市政局配合，2026年10月31日前完成" in text
    )
    dialog.submit()
    opened.settle()
    assert dialog.wrong.isVisible()
    picture(dialog, f"minutes-{opened.program.desk.lang}")
    dialog.reject()
    opened.settle()


def test_what_is_being_typed_is_there_again(opened):
    desk = opened.program.desk
    ref = called(desk)
    desk.step_record(ref, "hold", {"chair": "孙立群"})
    opened.workplace.open_room(ref)
    opened.until(lambda: opened.page.objectName() == "roomPage" and opened.page.room is not None)
    opened.settle()
    opened.bot.keyClicks(opened.page.entry.boxes["words"], "half")
    opened.until(lambda: any(d.kind == DRAFT for d in desk.drafts()))
    opened.workplace.open_room(ref)
    opened.until(lambda: opened.page.entry.boxes["words"].text() == "half")
    opened.page.findChild(object, "roomWindow").click()
    opened.until(lambda: opened.shown("roomWindow") is not None and opened.shown("roomWindow").page.room is not None)
    opened.settle()
    beside = opened.shown("roomWindow")
    opened.until(lambda: beside.page.entry.boxes["words"].text() == "half")
    whole(beside)
    beside.page.entry.clear()
    opened.until(lambda: not [d for d in desk.drafts() if d.kind == DRAFT])
    beside.close()


def test_the_calendar_tells_what_is_missing_and_a_case_calls_a_meeting(opened):
    """M1-MTG-01, M1-MTG-05, OFFICE-C14."""
    desk, lang = opened.program.desk, opened.program.desk.lang
    ref = called(desk)
    desk.step_record(ref, "hold", {"chair": "孙立群"})
    late = {"what": "建立夜间施工互通", "kind": "measure", "lead": "COMMERCE", "due": "2026-09-29"}
    desk.step_record(ref, "decide", {"lines": {"decisions": [late]}})
    opened.key("meetings")
    opened.until(lambda: opened.page.objectName() == "meetingsPage" and len(opened.page.due) > 0)
    opened.settle()
    page = opened.page
    joint = [m for m in page.due if m.kind == "meeting/joint"]
    assert [m.period for m in joint if m.period] == ["2026-Q3", "2026-Q4"]
    third = next(m for m in joint if m.record_id == ref)
    assert third.period == "2026-Q3" and third.missing and not joint[-1].record_id
    assert [(f.what, f.state) for f in page.followed if f.record_id == ref] == [("建立夜间施工互通", "late")]
    whole(opened.window)
    picture(opened.window, f"meetings-{lang}")
    page._opened(page.due.index(joint[-1]))
    dialog = opened.dialog("record_open")
    items = [line["item"] for line in dialog.tables["agenda"].lines]
    assert any("建立夜间施工互通" in item for item in items), "what is not done comes back by itself"
    dialog.reject()
    opened.settle()
    desk.switch_person("p-zhoumin")
    case = desk.act_from("new", "register", CALL).case
    number = desk.case(case).number
    desk.act_from(case, "propose-transfer", {})
    opened.workplace.open_case(case)
    opened.settle()
    opened.key("call_meeting")
    chooser = opened.dialog("callMeeting")
    opened.until(lambda: len(chooser.kinds) > 0)
    whole(chooser)
    picture(chooser, f"call-{lang}")
    chooser.list.setCurrentRow(next(i for i, k in enumerate(chooser.kinds) if k.kind == "meeting/joint"))
    chooser.go()
    dialog = opened.dialog("record_open")
    assert dialog.tables["agenda"].lines[0]["case"] == number
    set_value(dialog.inputs["theme"], "专题研究")
    set_value(dialog.inputs["at"], "2026-09-30 15:00")
    set_value(dialog.inputs["place"], "三会议室")
    dialog.submit()
    opened.settle()
    assert dialog.wrong.isVisible(), "the same place and the same bodies at the same time"
    picture(dialog, f"clash-{lang}")
    dialog.submit()
    opened.until(lambda: opened.page.objectName() == "recordPage" and opened.page.record is not None)
    assert opened.page.record.title == "专题研究"
    opened.settle()


def test_where_it_is_narrow_agenda_and_attendance_are_two_leaves_of_one_column(opened):
    opened.workplace.open_room(called(opened.program.desk))
    opened.until(lambda: opened.page.objectName() == "roomPage" and opened.page.room is not None)
    opened.settle()
    page = opened.page
    opened.window.resize(2400, 900)
    opened.until(lambda: page.findChild(QTabWidget, "roomBeside") is None)
    assert page.agenda.isVisible() and page.people.isVisible(), "side by side"
    opened.window.resize(1100, 760)
    opened.until(lambda: page.findChild(QTabWidget, "roomBeside") is not None)
    opened.settle()
    assert page.agenda.isVisible() and not page.people.isVisible()
    whole(page)
    picture(opened.window, f"room-narrow-{opened.program.desk.lang}")
    opened.window.activateWindow()
    opened.bot.keyClick(opened.window, Qt.Key.Key_F6)
    opened.until(lambda: page.people.isVisible() and page.people.hasFocus())
    opened.window.resize(2400, 900)
    opened.until(lambda: page.findChild(QTabWidget, "roomBeside") is None)
    assert page.agenda.isVisible() and page.people.hasFocus(), "the keyboard stays where it was"
