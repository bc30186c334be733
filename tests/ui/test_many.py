"""The queue's looks (order, filters, saved ones) and one act on many cases, with keyboard and real desk."""

from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPlainTextEdit, QPushButton

from tests.conftest import CALL
from tests.ui.conftest import register
from ui.models.queue import FRESH, GROUP
from ui.widgets.filter_bar import Look


def opened(driven, count=6):
    ids = register(driven.program.desk, count)
    driven.workplace.open_list("all")
    driven.until(lambda: driven.workplace.queue.model.rowCount() == count)
    driven.settle()
    return driven.workplace.queue, ids


def choose(page, rows):
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)


def titles(page):
    return [page.model.row(n).title for n in range(page.model.rowCount())]


def test_a_heading_orders_turns_and_lets_go(driven):
    page, _ = opened(driven)
    own = titles(page)
    section = page.model.shown.index("title")
    header = page.table.horizontalHeader()
    spot = header.sectionViewportPosition(section) + 20
    seen = []
    for wanted in (sorted(own), sorted(own, reverse=True), own):
        driven.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot, 10))
        driven.until(lambda wanted=wanted: titles(page) == wanted)
        seen.append(header.isSortIndicatorShown())
    assert seen == [True, True, False]
    assert page.bar.look == Look()


def test_a_list_ordered_by_town_stands_in_groups(driven):
    for n, town in enumerate(("望江街道", "锦湖街道", "望江街道", "", "锦湖街道", "望江街道")):
        driven.program.desk.act_from("new", "register", {**CALL, "object": f"工地{n}", "town": town})
    driven.workplace.open_list("to-transfer")
    page = driven.workplace.queue
    driven.until(lambda: page.model.rowCount() == 6)
    page.model.show_columns(["number", "town"])
    assert not any(page.model.index(n, 0).data(GROUP) for n in range(page.model.rowCount()))
    page.model.open_list("to-transfer", look=Look(order="town"))
    driven.until(lambda: page.model.rowCount() == 6)
    driven.settle()
    towns = [page.model.row(n).town for n in range(6)]
    begins = [bool(page.model.index(n, 0).data(GROUP)) for n in range(6)]
    assert len(set(towns)) > 1 and sum(begins) == len(set(towns))
    assert begins == [n == 0 or towns[n] != towns[n - 1] for n in range(6)]
    assert [bool(page.model.index(n, 1).data(FRESH)) for n in range(6)] == begins, "its name is bold where it begins"


def test_a_filter_narrows_is_saved_and_comes_back_after_a_new_start(driven, start, home):
    page, ids = opened(driven)
    desk = driven.program.desk
    desk.act_from(ids[0], "propose-transfer", {})
    driven.until(lambda: page.bar.boxes["state"].count() == 3)
    box = page.bar.boxes["state"]
    box.setFocus()
    while box.currentData() != "TAP":
        driven.bot.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    driven.until(lambda: page.model.rowCount() == 1)
    assert page.model.row(0).case_id == ids[0]
    page.bar.save("待批的")
    driven.settle()
    page.bar.use(Look())
    driven.until(lambda: page.model.rowCount() == 6)
    driven.workplace.leave()
    driven.settle()
    driven.window.close()
    driven.program.close()

    again = start(home)
    again.until(lambda: again.workplace is not None)
    again.settle()
    again.workplace.open_list("all")
    bar = again.workplace.queue.bar
    menu = bar.saved.menu()
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text() == "待批的").trigger()
    again.until(lambda: again.workplace.queue.model.rowCount() == 1)
    assert bar.clear.isVisibleTo(bar)


def test_one_act_on_many_is_all_or_none_and_says_why(driven):
    page, ids = opened(driven, 3)
    assert page.chosen.isHidden()
    choose(page, [0, 1, 2])
    assert not page.chosen.isHidden()
    driven.program.desk.act_from(ids[1], "note", {"text": "先记一笔"})
    driven.settle()
    choose(page, [0, 1, 2])
    page.chosen.acts.click()
    driven.until(lambda: page.chosen.findChild(QMenu, "manyMenu") is not None)
    menu = page.chosen.findChild(QMenu, "manyMenu")
    next(one for one in menu.actions() if one.text() == "备注").trigger()
    driven.until(lambda: driven.shown("many_note") is not None)
    dialog = driven.shown("many_note")
    assert "3" in dialog.windowTitle()
    dialog.inputs["text"].setPlainText("三件一并记")
    assert isinstance(dialog.inputs["text"], QPlainTextEdit)
    dialog.findChild(QPushButton, "doAct").click()
    driven.until(lambda: not dialog.isVisible())
    desk = driven.program.desk
    assert all("三件一并记" in [t.text for t in desk.case(ref).timeline] for ref in ids)


def test_what_one_case_refuses_is_named_and_the_rest_can_be_done(driven):
    page, ids = opened(driven, 3)
    choose(page, [0, 1, 2])
    page.chosen.acts.click()
    driven.until(lambda: page.chosen.findChild(QMenu, "manyMenu") is not None)
    menu = page.chosen.findChild(QMenu, "manyMenu")
    desk = driven.program.desk
    number = desk.act_from(ids[2], "propose-transfer", {}).number  # meanwhile, by another hand
    next(one for one in menu.actions() if one.text() == "拟移送").trigger()
    driven.until(lambda: driven.shown("many_propose-transfer") is not None)
    dialog = driven.shown("many_propose-transfer")
    dialog.findChild(QPushButton, "doAct").click()
    driven.until(lambda: dialog.findChild(QPushButton, "doAllowed") is not None)
    assert any(number in one.text() for one in dialog.findChildren(QLabel))
    assert [desk.case(ref).state for ref in ids] == ["REG", "REG", "TAP"]
    dialog.findChild(QPushButton, "doAllowed").click()
    driven.until(lambda: not dialog.isVisible())
    assert {desk.case(ref).state for ref in ids} == {"TAP"}


def test_chosen_rows_are_copied_as_a_table(driven):
    page, _ = opened(driven, 3)
    choose(page, [0, 2])
    driven.bot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert len(lines) == 3
    assert lines[0] == [page.model.column_of(n).heading for n in range(len(page.model.shown))]
    assert lines[1][0] == page.model.row(0).number
    assert lines[2][0] == page.model.row(2).number


def test_who_complained_is_copied_only_with_an_entry_in_each_case(driven):
    """COM-04: a table on the clipboard leaves the desk as a file does."""
    page, ids = opened(driven, 3)
    page.model.show_columns(["number", "complainant"])
    driven.settle()
    QGuiApplication.clipboard().setText("")
    choose(page, [0, 1])
    driven.bot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    driven.until(lambda: QGuiApplication.clipboard().text() != "")
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert all(line[1] for line in lines) and len(lines) == 3
    desk = driven.program.desk
    kept = {desk.case(ref).number: [one.kind for one in desk.case(ref).timeline].count("taken-out") for ref in ids}
    assert {number for number, times in kept.items() if times == 1} == {line[0] for line in lines[1:]}


def test_what_is_new_since_the_last_look_is_marked_in_words(driven):
    page, ids = opened(driven, 2)
    page.leave()
    page.model.seen = page.model.newest()
    driven.program.desk.state_clock(datetime.fromisoformat("2026-09-30T10:00:00+08:00"))
    driven.program.desk.act_from(ids[0], "note", {"text": "x"})
    driven.program.desk.act_from(ids[0], "propose-transfer", {})
    register(driven.program.desk, 1, first=7)
    driven.until(lambda: page.model.rowCount() == 3)
    driven.settle()
    marks = {page.model.row(n).case_id: page.model.fresh(page.model.row(n)) for n in range(3)}
    assert sorted(marks.values()) == ["", "新", "有变化"]
    assert marks[ids[0]] == "有变化"
