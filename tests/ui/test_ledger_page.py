"""台账与会议 in the real window, in both languages: owed in Today, entered, stepped, corrected, decided, explained."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton

from liaison_app.desk import opening
from liaison_app.desk.opening import open_desk
from tests.conftest import NOON
from tests.ui.test_reach import _cut, _nameless, _small
from ui import theme
from ui.widgets.fields import set_value, value_of


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, tmp_path):
    home = tmp_path / "m4"
    opening.found_demo(home, "M4")
    driven = start(home, lang=request.param, person="p-langyue")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven


def fill(dialog, **values):
    for name, value in values.items():
        set_value({**dialog.inputs, **dialog.more}[name], value)


def whole(opened):
    opened.bot.wait(60)
    assert (_nameless(opened.window), _small(opened.window), _cut(opened.window)) == ([], [], [])
    assert opened.window.minimumSizeHint().width() <= 1366


def choose(page, kind):
    page.list.setCurrentCell(next(i for i, k in enumerate(page.kinds) if k.kind == kind), 0)


def test_the_page_opens_from_menu_rail_and_keys(opened):
    opened.key("ledger")
    assert opened.page.objectName() == "ledgerPage"
    opened.key("back")
    opened.bot.mouseClick(opened.window.findChild(QPushButton, "rail_ledger"), Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.page.objectName() == "ledgerPage"
    assert opened.program.actions.action("ledger").shortcut() == QKeySequence("Ctrl+Shift+T")
    page = opened.page
    assert {k.group for k in page.kinds} == {"record", "meeting"}
    for at in range(len(page.kinds)):
        page.list.setCurrentCell(at, 0)
        opened.settle()
        whole(opened)
    asked = page.kind()
    page.findChild(QPushButton, "exportRecords").click()  # comes back at once: the question holds nothing up
    page.list.setCurrentCell(0, 0)
    file = Path(opened.program.options.home).parent / "记录.xlsx"
    opened.name_file(file.with_suffix(""))
    opened.until(lambda: file.exists() and opened.program.bridge.idle)
    assert asked != page.kind() and load_workbook(file).active.title == asked.name[:31]


def test_a_meeting_from_the_line_in_today_to_a_decision(opened):
    desk = opened.program.desk
    task = next(t for t in desk.today() if t.record_kind == "meeting/joint")
    opened.bot.mouseClick(opened.window.findChild(QPushButton, f"task_{task.id}"), Qt.MouseButton.LeftButton)
    dialog = opened.dialog("record_open")
    agenda = dialog.tables["agenda"]
    assert [line["item"] for line in agenda.lines] == ["法律法规执行中的突出问题", "工作中的困难", "表彰先进集体和个人"]
    dialog.submit()
    opened.settle()
    assert dialog.wrong.isVisible(), "a theme is missing"
    set_value(agenda.inputs["item"], "晨午检情况")
    fill(dialog, theme="秋冬防控", content="部署", form="工作部署会")
    opened.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    opened.settle()
    page = opened.page
    assert page.objectName() == "recordPage"
    assert [len(t.lines) for t in page.record.tables] == [4], "the line half typed was taken with the rest"
    whole(opened)
    desk.switch_person("p-maojian")
    desk.step_record(page.record.record_id, "approve", {"approval": "同意召开"})
    desk.switch_person("p-langyue")
    page.refresh()
    opened.settle()
    opened.key("next_act")
    dialog = opened.dialog("record_call")
    fill(dialog, at="2026-09-30 09:00", place="二楼")
    dialog.submit()
    opened.settle()
    page.do("hold")
    dialog = opened.dialog("record_hold")
    fill(dialog, chair="郎月")
    entry = dialog.tables["attendance"]
    set_value(entry.inputs["body"], "EMERG")
    opened.bot.mouseClick(entry.add_button, Qt.MouseButton.LeftButton)
    assert entry.lines == [], "how it came is missing"
    set_value(entry.inputs["how"], "present")
    opened.bot.mouseClick(entry.add_button, Qt.MouseButton.LeftButton)
    assert [line["body"] for line in entry.lines] == ["EMERG"]
    dialog.submit()
    opened.settle()
    page.do("decide")
    dialog = opened.dialog("record_decide")
    for name, value in {"what": "校医配齐", "lead": "EDU", "assisting": ["HEALTH"], "due": "2026-10-30"}.items():
        set_value(dialog.tables["decisions"].inputs[name], value)
    dialog.submit()
    opened.settle()
    assert page.record.absent
    whole(opened)
    assert page.record.state == "HLD"
    page.do("done")
    dialog = opened.dialog("record_done")
    dialog.submit()
    opened.settle()
    assert dialog.wrong.isVisible(), "closing a decision says what was done"
    fill(dialog, reason="已配齐")
    dialog.submit()
    opened.settle()
    table = next(t for t in page.record.tables if t.name == "decisions")
    assert not table.lines[0].open
    assert desk.verify().ok
    assert desk.rebuild(check=True).equal


def test_a_record_is_corrected_by_a_successor(opened):
    opened.key("ledger")
    choose(opened.page, "liaison-roster")
    opened.settle()
    opened.bot.keyClick(opened.page.begin_button, Qt.Key.Key_Space)
    dialog = opened.dialog("record_open")
    fill(dialog, person="郎月", duty="副主任", telephone="8316001", head="true")
    dialog.submit()
    opened.settle()
    first = opened.page
    assert ("person", "郎月") in {(n, v) for n, _, v in first.record.fields}
    first.correct()
    dialog = opened.dialog("record_open")
    assert dialog.inputs["duty"].text() == "副主任", "what stands is filled in"
    fill(dialog, duty="主任")
    dialog.submit()
    opened.settle()
    assert dialog.wrong.isVisible(), "a correction says why"
    fill(dialog, reason="职务更正")
    dialog.submit()
    opened.settle()
    assert opened.page is not first
    assert ("duty", "主任") in {(n, v) for n, _, v in opened.page.record.fields}
    opened.key("back")
    assert first.record.ended == "replaced"
    opened.key("back")
    assert opened.page.sheet.rowCount() == 2
    opened.page.sheet.setCurrentCell(0, 0)
    opened.page.sheet.setFocus()
    opened.bot.keyClick(opened.page.sheet, Qt.Key.Key_Return)
    opened.settle()
    assert opened.page.objectName() == "recordPage"


def test_a_publicity_stands_beside_the_complaint_with_the_words_to_explain(start, home):
    """OFFICE-C4."""
    desk = open_desk(home, person="p-liaojun", now=NOON)
    plan = {
        "project": "锦绣名城二期",
        "place": "滨河路8号",
        "builder": "某公司",
        "works_start": "2026-09-20",
        "until": "2026-12-31",
    }
    record = desk.open_record("publicity", plan).record
    names = (
        "manager_contact",
        "hotline",
        "cause",
        "points",
        "machines",
        "count",
        "area",
        "reduction",
        "undertaking",
        "media",
    )
    desk.step_record(
        record,
        "publish",
        {**dict.fromkeys(names, "有"), "hours": "7时至22时", "explanation": "按公示施工", "contact": "王工"},
    )
    desk.close()
    driven = start(home)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    driven.key("register")
    form = driven.page
    assert not form.explained.isVisible()
    form.fields["place"].setText("望江街道滨河路8号")
    driven.until(form.explained.isVisible)
    texts = " ".join(w.text() for w in form.explained.findChildren(QLabel))
    assert "按公示施工" in texts
    form.fields["place"].setText("湖滨路1号某处")
    driven.until(lambda: not form.explained.isVisible())


def test_large_type_leaves_pages_and_forms_whole(opened):
    opened.program.use_large_type(True)
    opened.settle()
    try:
        opened.key("ledger")
        whole(opened)
        choose(opened.page, "duty-roster")
        opened.settle()
        opened.page.new_record("")
        dialog = opened.dialog("record_open")
        assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
        fill(dialog, hotline="8316000", **{"from": "2026-10-01 08:00", "until": "2026-10-02 08:00"}, leader="郎月")
        for name, value in {"from": "2026-10-01 08:00", "until": "2026-10-01 20:00", "person": "甲"}.items():
            set_value(dialog.tables["shifts"].inputs[name], value)
        dialog.submit()
        opened.settle()
        whole(opened)
        opened.page.do("send")
        dialog = opened.dialog("record_send")
        dialog.submit()
        opened.settle()
        assert "2026-10-01 20:00" in dialog.wrong.text(), "who is missing when, in words"
        assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
        dialog.reject()
    finally:
        theme.apply(opened.program.app, opened.program.look.family, large=False)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_survey_is_drawn_and_an_assessment_filled_in_from_figures(start, tmp_path, lang):
    """OFFICE-C6, OFFICE-C7: what the desk works out stands in the form before anything is kept."""
    opening.found_demo(tmp_path / "m1")
    driven = start(tmp_path / "m1", lang=lang, person="p-luoxiaolan")
    driven.until(lambda: driven.workplace is not None)
    driven.key("ledger")
    page = driven.page
    driven.until(lambda: bool(page.kinds))
    choose(page, "survey")
    page.new_record()
    dialog = driven.dialog("record_open")
    driven.until(lambda: value_of(dialog.inputs["seed"]) != "" and value_of(dialog.inputs["sample"]) != "")
    assert len(dialog.tables["drawn"].lines) == dialog.tables["drawn"].sheet.rowCount()
    assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
    picture(dialog, f"survey-{lang}")
    dialog.reject()
    choose(page, "assessment")
    page.new_record()
    dialog = driven.dialog("record_open")
    driven.bot.mouseClick(dialog.findChild(QPushButton, "fillRecord"), Qt.MouseButton.LeftButton)
    assert dialog.wrong.isVisible(), "whose figures is not said yet"
    fill(dialog, year="2026", unit="EPB")
    driven.bot.mouseClick(dialog.findChild(QPushButton, "fillRecord"), Qt.MouseButton.LeftButton)
    driven.until(lambda: value_of(dialog.inputs["rate"]) != "")
    assert value_of(dialog.inputs["triggers"]).count("\n") == 6, "seven triggers, a line each"
    assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
    picture(dialog, f"assessment-{lang}")
    dialog.reject()


def picture(widget, name):
    folder = os.environ.get("LIAISON_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))
