"""The pages 机制 and 工作日历 in the real window, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from tests.conftest import CALL
from tests.ui.test_reach import _cut, _nameless, _small
from ui import theme
from ui.views.decision_table import VERDICT
from ui.views.mechanism_view import TABS
from ui.widgets.fact_questions import AT_ONCE

TRIALS = (
    ({"medium": "noise", "source": "renovation", "building_delivered": True}, "N-20"),
    ({"medium": "air", "source": "street_stall"}, "A-01"),
    ({"medium": "dust", "source": "construction", "project_class": "municipal"}, "D-07"),
)
NOTICE = (
    "国务院办公厅关于2027年部分节假日安排的通知\n元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "春节：2月5日至11日放假调休，共7天。1月31日、2月14日上班。\n中秋节另行通知，9月15日。"
)


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, home):
    driven = start(home, lang=request.param)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven


def _delivered(desk):
    """A case that runs towards its limit in working days."""
    case = desk.act_from("new", "register", {**CALL, "facts": {"medium": "noise", "source": "loudspeaker"}}).case
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "approve", {"road": "telephone", "leader": "p-hejianping", "number": "1", "words": "同意"})
    desk.act_from(case, "transfer", {"method": "fax", "to_number": "110"})
    desk.act_from(case, "deliver", {"confirmed_by": "李警官", "evidence": "电话"})
    return case


def test_the_pages_open_from_menu_rail_and_keys(opened):
    for name, page in (("mechanism", "mechanismView"), ("calendar", "calendarView")):
        opened.key(name)
        assert opened.page.objectName() == page
        opened.key("back")
        rail = opened.window.findChild(QPushButton, f"rail_{name}")
        opened.bot.mouseClick(rail, Qt.MouseButton.LeftButton)
        opened.settle()
        assert opened.page.objectName() == page
        assert opened.program.actions.action(name).shortcut() != QKeySequence()
        opened.key("list_1")


def test_every_part_is_filled_named_and_large_enough(opened):
    opened.key("mechanism")
    page = opened.page
    for name in TABS:
        page.open_tab(name)
        opened.settle()
        opened.until(lambda name=name: name != "table" or page.table.questions.whole)
        opened.bot.wait(60)
        assert _nameless(opened.window) == [], name
        assert _small(opened.window) == [], name
        assert _cut(opened.window) == [], name
        assert opened.window.minimumSizeHint().width() <= 1366, name
    view = page.view
    assert page.bodies.list.rowCount() == len(view.bodies)
    assert page.papers.list.rowCount() == len(view.documents)
    assert page.clocks.rowCount() == len(view.clocks)
    assert page.moves.rowCount() == len(view.transitions)
    assert page.rules.rowCount() == len(view.rules)
    page.sieve.setText("TRF-05")
    assert sum(not page.rules.isRowHidden(i) for i in range(page.rules.rowCount())) in range(1, 10)


def test_large_type_leaves_every_part_whole(opened):
    opened.program.use_large_type(True)
    opened.settle()
    try:
        opened.key("mechanism")
        for name in TABS:
            opened.page.open_tab(name)
            opened.settle()
            opened.until(lambda name=name: name != "table" or opened.page.table.questions.whole)
            opened.bot.wait(60)
            assert (_nameless(opened.window), _small(opened.window), _cut(opened.window)) == ([], [], []), name
        opened.key("calendar")
        opened.until(lambda: opened.page.grid.shown and opened.page.view is not None)
        opened.page.begin_entry()
        opened.settle()
        opened.until(lambda: opened.page.grid.shown)
        opened.bot.wait(60)
        assert (_nameless(opened.window), _small(opened.window), _cut(opened.window)) == ([], [], [])
        assert opened.window.minimumSizeHint().width() <= 1366
        assert opened.window.minimumSizeHint().height() <= 740
    finally:
        theme.apply(opened.program.app, opened.program.look.family, large=False)


def test_a_page_is_made_in_pieces_so_that_the_window_answers_meanwhile(opened):
    opened.program.actions.action("mechanism").trigger()
    page = opened.page
    assert page._made == {"bodies"}, "a tab is made when it is first shown"
    opened.settle()
    page.open_tab("table")
    assert page._made == {"bodies", "table"}
    opened.until(lambda: page.table.questions.whole and bool(page.table.questions.parts()))
    assert len(page.table.questions.parts()) == len(page.view.facts) > AT_ONCE
    opened.program.actions.action("calendar").trigger()
    assert len(opened.page.grid._months) == 1, "one month a turn of the loop"
    opened.until(lambda: opened.page.grid.shown)
    assert len(opened.page.grid._months) == 12
    assert opened.page.parent() is opened.workplace.stack


def _lit(table):
    return [i for i in range(table.sheet.rowCount()) if table.sheet.item(i, VERDICT).text().startswith("✔")]


def test_trying_facts_lights_the_row_that_routes(opened):
    opened.key("mechanism")
    page = opened.page
    page.open_tab("table")
    opened.settle()
    table = page.table
    for facts, row in TRIALS:
        for name, value in facts.items():
            table.questions.set_fact(name, value)
        at = next(i for i, r in enumerate(page.view.routing) if r.row == row)
        opened.until(lambda at=at: _lit(table) == [at])
        opened.settle()
        assert _lit(table) == [at], row
        assert table.sheet.currentRow() == at
        place = table.sheet.visualItemRect(table.sheet.item(at, VERDICT))
        assert table.sheet.viewport().rect().intersects(place)
        above = [table.sheet.item(i, VERDICT).text() for i in range(at)]
        assert all(words[0] in "✘？?" for words in above)
        table.reset()
        assert table.sheet.isColumnHidden(VERDICT)


def test_the_diagram_draws_every_state_and_zooms_by_keys(opened):
    opened.key("mechanism")
    page = opened.page
    page.open_tab("states")
    opened.settle()
    drawn = len(page.diagram._edges)
    assert drawn == len({(t.start, t.to) for t in page.view.transitions if t.start != t.to})
    before = page.diagram.transform().m11()
    opened.bot.keyClick(page.diagram, "+")
    assert page.diagram.transform().m11() > before
    opened.bot.keyClick(page.diagram, "0")
    assert page.diagram.transform().m11() == pytest.approx(before, abs=0.3)
    page.moves.setCurrentCell(3, 0)


def test_a_setting_is_changed_with_a_reason_and_says_what_moved(opened):
    _delivered(opened.program.desk)
    opened.key("mechanism")
    page = opened.page
    page.open_tab("settings")
    opened.settle()
    at = next(i for i, s in enumerate(page.view.settings) if s.id == "m1.acc_notice_unit")
    page.settings.setCurrentCell(at, 0)
    opened.bot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    dialog = opened.dialog("settingDialog")
    dialog.value.setCurrentIndex(dialog.value.findData("wd"))
    opened.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.wrong.isVisible()
    dialog.findChild(QPlainTextEdit, "settingReason").setPlainText("区里通知")
    dialog.running.setChecked(True)
    opened.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    opened.settle()
    assert dialog.moved.isVisible()
    assert dialog.moved.sheet.rowCount() >= 1
    assert dialog.moved.sheet.item(0, 2).text() != dialog.moved.sheet.item(0, 3).text()
    assert _cut(dialog) == []
    dialog.close()
    opened.settle()
    chosen = page.view.settings[at]
    assert chosen.value == "wd"
    assert "区里通知" in chosen.chosen
    assert opened.program.desk.verify().ok


def test_a_year_is_entered_from_the_text_of_its_notice(opened):
    opened.key("calendar")
    page = opened.page
    page.open_year(2027)
    opened.settle()
    assert page.view.provisional
    page.toggle("2027-01-04")
    assert page.grid.kind_of("2027-01-04") == ""
    opened.bot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    page.text.setPlainText(NOTICE)
    page.read_text()
    opened.settle()
    assert page.grid.kind_of("2027-02-05") == "rest"
    assert page.grid.kind_of("2027-01-31") == "make_up"
    assert "9月15日" in page.remarks.toPlainText()
    opened.until(lambda: page.grid.shown)
    month = page.grid.findChild(type(page.grid._months[0]), "month_9")
    cell = next(
        i for i in (month.item(r, c) for r in range(6) for c in range(7)) if i.toolTip().startswith("2027-09-15")
    )
    opened.bot.mouseClick(month.viewport(), Qt.MouseButton.LeftButton, pos=month.visualItemRect(cell).center())
    assert page.grid.kind_of("2027-09-15") == "rest"
    for kind in ("make_up", "rest", "weekend"):
        page.toggle("2027-03-06")
        assert page.grid.kind_of("2027-03-06") == kind
    assert _nameless(opened.window) == []
    assert _small(opened.window) == []
    assert _cut(opened.window) == []
    page.submit()
    opened.settle()
    assert page.moved.isVisible()
    assert not page.view.provisional
    assert page.view.entered[0].year == 2027
    assert page.view.entered[0].person == "周敏"
    assert opened.program.desk.rules.calendar.last_year() == 2027
    assert "2027" in " ".join(w.text() for w in page.card.findChildren(QLabel))


def test_a_notice_of_another_year_turns_to_that_year_and_cancel_changes_nothing(opened, tmp_path):
    opened.key("calendar")
    page = opened.page
    opened.settle()
    assert page.spin.value() == 2026
    page.begin_entry()
    file = tmp_path / "notice.txt"
    file.write_bytes(NOTICE.encode("gb18030"))
    page.open_file(file)
    opened.settle()
    opened.until(lambda: page.spin.value() == 2027 and page.grid.kind_of("2027-02-05") == "rest")
    page._cancel()
    opened.settle()
    assert page.grid.kind_of("2027-02-05") == ""
    assert opened.program.desk.rules.calendar.last_year() == 2026
