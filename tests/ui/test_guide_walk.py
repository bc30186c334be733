"""The guide is walked as a newcomer would: each key and click that it names, on each page it names, in both languages."""

import re

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import register
from ui.actions import plain
from ui.guide import chapters

PAGES = {
    "TodayView": "list_1", "QueueView": "list_9", "RegistrationView": "register", "FolderPage": "folder", "CallsPage": "calls",
    "InquiryPage": "inquiry", "ImportView": "import", "SyncPage": "sync", "MechanismPage": "mechanism", "CalendarPage": "calendar",
    "LedgerPage": "ledger", "MeetingsPage": "meetings", "BooksPage": "books", "DirectoryPage": "directory", "HotPage": "hot_places",
    "AdministrationPage": "administer",
}  # fmt: skip
ELSEWHERE = {"start", "CasePage", "ReplyPage", "VersionPage", "RecordPage", "RoomPage", "OversightPage"}
"""Not from a menu, or not by everybody: walked below, in test_reply_pages, test_versions, test_ledger_page, test_room, test_oversight."""


def keys(driven, words):
    """Press what the guide writes as `words`, where the focus is."""
    driven.window.activateWindow()
    driven.until(lambda: QApplication.activeWindow() is driven.window and QApplication.focusWidget() is not None)
    one = QKeySequence.fromString(words.replace("Enter", "Return"))[0]
    driven.bot.keyClick(QApplication.focusWidget(), one.key(), one.keyboardModifiers())
    driven.settle()


def of_menu(driven, way):
    """Return the action behind `menu → words`."""
    first, words = re.split(" ?→ ?", way)
    menus = {plain(one.text()): one.menu() for one in driven.window.menuBar().actions() if one.menu() is not None}
    return next(one for one in menus[first].actions() if plain(one.text()) == words)


@pytest.fixture(params=["zh_CN", "en"])
def reader(request, start, home):
    driven = start(home, lang=request.param)
    driven.until(lambda: driven.workplace is not None)
    driven.until(driven.window.isActiveWindow)
    register(driven.program.desk, 3)
    driven.settle()
    driven.lang, driven.guide = request.param, chapters(request.param)
    return driven


def test_every_page_of_the_guide_is_where_its_action_leads_and_f1_opens_its_chapter(reader):
    assert set(PAGES) | ELSEWHERE == set(reader.guide)
    seen, opened = [], []
    for page, action in PAGES.items():
        reader.key(action)
        assert type(reader.page).__name__ == page
        seen.append(page)
        if reader.page.case_in_sight():
            continue  # a case is in sight: F1 speaks of it (test_help)
        opened.append(page)
        reader.key("explain")
        dialog = reader.dialog("guideDialog")
        assert dialog.list.currentItem().data(Qt.ItemDataRole.UserRole) == page
        assert dialog.words.toPlainText().startswith(reader.guide[page].partition("\n")[0].lstrip("# "))
        dialog.accept()
        reader.settle()
    assert len(seen) == len(PAGES) and len(opened) > 10


def test_the_keys_and_clicks_of_the_first_chapters(reader, tmp_path):
    desk = reader.program.desk
    # begin here: the palette, taking back, the tour
    keys(reader, "Ctrl+K")
    palette = reader.dialog("commandPalette")
    reader.bot.keyClick(palette, Qt.Key.Key_Escape)
    reader.settle()
    keys(reader, "Ctrl+Z")
    undo = reader.dialog("undoDialog")
    reader.bot.keyClick(undo, Qt.Key.Key_Escape)
    reader.settle()
    quoted = re.search("“([^”]*→[^”]*)”" if reader.lang == "zh_CN" else '"([^"]*→[^"]*)"', reader.guide["start"])[1]
    of_menu(reader, quoted).trigger()
    reader.settle()
    assert reader.workplace.newcomer.isVisible()
    reader.workplace.newcomer.put_away()

    # the lists: columns, all of them chosen, as text, as a workbook
    reader.key("list_3")
    page = reader.page
    reader.until(lambda: page.model.rowCount() == 3)
    page.findChild(QPushButton, "queueColumns").click()
    reader.dialog("columnChooser").reject()
    reader.settle()
    page.table.setFocus()
    keys(reader, "Ctrl+A")
    assert len(page.table.selectionModel().selectedRows()) == 3
    keys(reader, "Ctrl+C")
    copied = QGuiApplication.clipboard().text()
    assert sum(case.number in copied for case in desk.page("to-transfer").items) == 3
    keys(reader, "Ctrl+E")
    reader.name_file(tmp_path / "list.xlsx")
    reader.until(lambda: (tmp_path / "list.xlsx").is_file())
    reader.settle()
    assert openpyxl.load_workbook(tmp_path / "list.xlsx").active.max_row >= 4

    # a case: the next step by its key, the whole of it on paper
    reader.workplace.open_case(desk.page("to-transfer").items[0].case_id)
    reader.until(lambda: getattr(reader.page, "case", None) is not None)
    reader.settle()
    keys(reader, "Ctrl+Enter")
    step = reader.dialog("act_propose-transfer")
    step.reject()
    reader.settle()
    for action in ("print_case", "print_case_outside"):
        words = reader.program.actions.plain_words(action)
        assert words in reader.guide["CasePage"], words
        reader.key(action)
        paper = reader.dialog("paperDialog")
        reader.until(lambda paper=paper: paper.document.pageCount() > 0)
        paper.reject()
        reader.settle()
