"""The queue over a real desk: pages, refresh in place, columns that are remembered, search."""

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QDialog, QLabel, QToolTip

from tests.ui.conftest import register
from ui.models.queue import CASE_ID, DEFAULT_COLUMNS, PAGE
from ui.widgets.columns import ColumnChooser


def _open_all(driven, count):
    register(driven.program.desk, count)
    driven.key("list_9")
    driven.until(lambda: driven.page.model.rowCount() == min(count, PAGE))
    return driven.page


def test_rows_come_in_pages_while_one_scrolls(driven):
    page = _open_all(driven, 120)
    model = page.model
    assert model.canFetchMore(QModelIndex())
    for wanted in (100, 120):
        page.table.scrollToBottom()
        driven.until(lambda wanted=wanted: model.rowCount() == wanted)
    assert not model.canFetchMore(QModelIndex())
    ids = [model.index(at, 0).data(CASE_ID) for at in range(120)]
    assert len(set(ids)) == 120


def test_a_change_elsewhere_keeps_place_and_selection(driven):
    page = _open_all(driven, 40)
    model, table = page.model, page.table
    chosen = model.index(25, 0).data(CASE_ID)
    table.selectionModel().setCurrentIndex(
        model.index(25, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    )
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    desk = driven.program.desk
    driven.program.bridge.run(lambda: register(desk, 3, first=900))
    driven.until(lambda: model.rowCount() == 43)
    assert table.currentIndex().data(CASE_ID) == chosen
    assert resets == []


def test_a_row_whose_case_changed_is_painted_again(driven):
    page = _open_all(driven, 5)
    model, desk = page.model, driven.program.desk
    case = model.index(2, 0).data(CASE_ID)
    before = model.row(model.place_of(case)).title
    driven.program.bridge.run(lambda: desk.act_from(case, "complete", {"object": "改了名的饭店"}))
    driven.until(lambda: model.row(model.place_of(case)).title != before)
    assert model.row(model.place_of(case)).title == "改了名的饭店"


def test_a_case_that_leaves_the_list_leaves_the_table(driven):
    desk = driven.program.desk
    case = register(desk, 3)[1]
    driven.key("list_3")
    model = driven.page.model
    driven.until(lambda: model.rowCount() == 3)
    driven.program.bridge.run(
        lambda: desk.act_from(case, "void", {"outcome": "void", "reason": "误登", "approver": "何建平"})
    )
    driven.until(lambda: model.rowCount() == 2)
    assert model.place_of(case) == -1


def test_chosen_columns_and_their_order_are_remembered(driven, start, home):
    page = _open_all(driven, 2)
    page.choose_columns()
    chooser = page.findChild(ColumnChooser)
    items = {chooser.list.item(at).text(): at for at in range(chooser.list.count())}
    chooser.list.item(items["所属镇街"]).setCheckState(Qt.CheckState.Checked)
    chooser.list.item(items["责任单位"]).setCheckState(Qt.CheckState.Unchecked)
    chooser.list.setCurrentRow(items["状态"])
    chooser._move(-1)
    chooser.accept()
    driven.settle()
    wanted = ["number", "state", "title", "countdown", "town"]
    assert page.model.shown == wanted
    driven.program.window.close()
    again = start(home)
    again.until(lambda: again.workplace is not None)
    assert again.workplace.queue.model.shown == wanted
    assert wanted != list(DEFAULT_COLUMNS)


def test_search_shows_results_while_typing_and_esc_goes_back(driven):
    desk = driven.program.desk
    register(desk, 12)
    driven.key("list_1")
    driven.key("search")
    box = driven.workplace.row.search
    assert box.hasFocus()
    box.insert("饭店11")
    driven.until(lambda: driven.page is driven.workplace.queue and driven.page.model.rowCount() == 1)
    assert driven.page.model.row(0).title == "测试饭店11"
    driven.bot.keyClick(box, Qt.Key.Key_Escape)
    driven.settle()
    assert driven.page is driven.workplace.today
    assert box.text() == ""


def test_enter_opens_the_case_and_back_returns_to_the_same_row(driven):
    page = _open_all(driven, 8)
    page.table.setCurrentIndex(page.model.index(4, 0))
    page.table.setFocus()
    driven.bot.keyClick(page.table, Qt.Key.Key_Return)
    driven.settle()
    assert driven.page.case.case_id == page.model.index(4, 0).data(CASE_ID)
    driven.key("back")
    assert driven.page is page
    assert page.table.currentIndex().row() == 4


def test_a_due_date_tells_how_it_was_counted_on_hover_and_on_f1(driven):
    register(driven.program.desk, 2)
    place = driven.workplace
    place.open_list("all")
    driven.until(lambda: place.queue.model.rowCount() > 0)
    driven.settle()
    table, model = place.queue.table, place.queue.model
    at = next(n for n in range(model.rowCount()) if model.row(n).due)
    section = next(n for n in range(len(model.shown)) if model.column_of(n).id == "countdown")
    table.setCurrentIndex(model.index(at, 0))
    spot = table.visualRect(model.index(at, section)).center()
    there = table.viewport().mapToGlobal(spot)
    QCursor.setPos(there)
    clocks = driven.program.desk.case(model.row(at).case_id).deadlines
    due = next(one for one in clocks if one.due == model.row(at).due and one.state == "open")
    QCoreApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, there))
    driven.until(lambda: due.why in QToolTip.text())
    QToolTip.hideText()
    driven.bot.keyClick(driven.window, Qt.Key.Key_F1)
    driven.until(lambda: driven.window.findChild(QDialog, "dueDialog") is not None)
    dialog = driven.window.findChild(QDialog, "dueDialog")
    shown = [one.text() for one in dialog.findChildren(QLabel)]
    assert due.why in shown
    assert dialog.focusWidget().objectName() == "dueClose"
    driven.bot.keyClick(dialog, Qt.Key.Key_Escape)
    place.open_mechanism()
    driven.settle()
    driven.key("explain")
    driven.until(lambda: driven.window.findChild(QDialog, "guideDialog") is not None)
    driven.window.findChild(QDialog, "guideDialog").accept()
