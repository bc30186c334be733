"""Two real windows on two desks and a real server: cut, both edit one case, heal, resolve in the window."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.conftest import CALL
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat
from tests.ui.conftest import Driven
from ui import app as program_module

PICTURES = os.environ.get("LIAISON_PICTURES")
__all__ = ["cluster", "district", "shared_district"]


@pytest.fixture
def windows(qtbot, tmp_path, district):
    """What opens a window on a home; every one is closed in the end."""
    opened = []

    def start(home, lang="zh_CN"):
        options = program_module.Options(Path(home), False, "", lang)
        program = program_module.Program(QApplication.instance(), options)
        driven = Driven(qtbot, program)
        program.start()
        opened.append(driven)
        return driven

    yield start
    for driven in opened:
        driven.program.languages.use("zh_CN")
        driven.program.close()
        driven.window.deleteLater()
    QApplication.processEvents()


def enter(driven, secret=SECRET):
    driven.bot.waitUntil(lambda: driven.window.chooser is not None, timeout=30_000)
    driven.window.chooser.secret.setText(secret)
    driven.window.chooser.go()
    driven.bot.waitUntil(lambda: driven.workplace is not None, timeout=20_000)
    driven.settle()


def picture(driven, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        driven.window.grab().save(f"{PICTURES}/{name}.png")


def words_of(driven):
    return driven.workplace.status._sync.text()


def test_cut_edit_heal_and_resolve_in_the_window(windows, tmp_path, district):
    proxy = Proxy(district.cluster.port)
    seats = [
        Seat(tmp_path / "a", district, "p-zhoumin", proxy.port),
        Seat(tmp_path / "b", district, "p-xuguoqiang"),
    ]
    case = seats[0].act("new", "register", **{k: v for k, v in CALL.items() if k != "object"}).case
    for seat in seats:
        seat.sync()
        seat.close()
    try:
        a, b = windows(tmp_path / "a"), windows(tmp_path / "b")
        enter(a)
        enter(b)
        a.bot.waitUntil(lambda: "上次同步" in words_of(a) and "未联网" not in words_of(a), timeout=20_000)
        proxy.closed = proxy.hole = True
        a.program.watcher._wire.cut()
        b.program.desk.act_from(case, "complete", {"object": "乙工地"})
        a.program.desk.act_from(case, "complete", {"object": "甲工地"})
        a.bot.waitUntil(lambda: "未联网" in words_of(a) and "待上传 1" in words_of(a), timeout=30_000)
        picture(a, "offline")
        b.bot.waitUntil(lambda: b.program.desk.sync_state().waiting == 0, timeout=20_000)
        proxy.heal()
        a.workplace.status._sync.click()
        a.settle()
        assert a.page.objectName() == "syncPage"
        a.page.now.click()
        a.bot.waitUntil(lambda: a.page.checks.rowCount() == 1, timeout=30_000)
        picture(a, "to-check")
        assert "需核对 1" in words_of(a) or a.bot.waitUntil(lambda: "需核对 1" in words_of(a), timeout=30_000) is None
        a.workplace.open_list("today")
        a.until(lambda: a.page.findChild(QPushButton, "openChecks") is not None)
        assert "1" in a.page.findChild(QWidget, "checksBar").findChild(QLabel).text()
        picture(a, "today-to-check")
        a.page.findChild(QPushButton, "openChecks").click()
        a.until(lambda: a.page.objectName() == "syncPage" and a.page.checks.rowCount() == 1)
        a.page.checks.setFocus()
        a.bot.keyClick(a.page.checks, Qt.Key.Key_Return)
        a.bot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=30_000)
        dialog = QApplication.activeModalWidget()
        assert dialog.objectName() == "conflictDialog"
        shown = " ".join(w.text() for w in dialog.findChildren(QLabel))
        assert "甲工地" in shown
        assert "投诉对象：乙工地" in shown
        if PICTURES:
            dialog.grab().save(f"{PICTURES}/side-by-side.png")
        dialog.findChild(QPushButton, "conflictDiscard").click()
        assert dialog.words.isVisible(), "letting go asks for a reason"
        dialog.findChild(QPushButton, "conflictRedo").click()
        a.bot.waitUntil(lambda: not a.program.desk.conflicts(), timeout=30_000)
        b.bot.waitUntil(lambda: b.program.desk.case(case).object == "甲工地", timeout=30_000)
        a.bot.waitUntil(lambda: a.page.checks.rowCount() == 0, timeout=30_000)
        picture(a, "resolved")
        assert not b.program.desk.conflicts()
    finally:
        proxy.stop()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_join_in_the_window(windows, tmp_path, district, lang):
    driven = windows(tmp_path / "w", lang)
    driven.bot.waitUntil(lambda: driven.window.founding is not None, timeout=30_000)
    pages = driven.window.founding
    pages.findChild(QPushButton, "foundMember").click()
    page = pages.page
    page.url.setText(district.url().replace(f":{district.cluster.port}/", ":9/"))
    page.code.setText(district.code("p-zhoumin"))
    pages.findChild(QPushButton, "joinTest").click()
    driven.bot.waitUntil(lambda: pages._words.isVisible() and not pages._working, timeout=20_000)
    assert "9" in pages._words.text()
    page.url.setText(district.url())
    pages.findChild(QPushButton, "joinTest").click()
    driven.bot.waitUntil(lambda: not pages._working and pages._words.property("role") == "quiet", timeout=20_000)
    page.person.setText("p-zhoumin")
    page.lock.passphrase.setChecked(True)
    page.lock.secret.setText(SECRET)
    page.lock.again.setText(SECRET)
    picture(driven, f"join-{lang}")
    pages.findChild(QPushButton, "joinGo").click()
    driven.bot.waitUntil(lambda: pages.begun.page == "sheet", timeout=60_000)
    pages._ask_back()
    for number, line in pages.page.lines.items():
        line.setText(pages.begun.groups[number - 1])
    pages.findChild(QPushButton, "checkGo").click()
    driven.bot.waitUntil(lambda: driven.workplace is not None, timeout=20_000)
    driven.settle()
    driven.bot.waitUntil(lambda: "上次同步" in words_of(driven) or "Last" in words_of(driven), timeout=20_000)
    driven.program.actions.action("sync").trigger()
    driven.settle()
    assert driven.page.objectName() == "syncPage"
    picture(driven, f"sync-page-{lang}")
    driven.page.only.click()
    driven.settle()
    assert driven.program.watcher.only_now
    driven.program.desk.act_from("new", "register", CALL)
    driven.bot.wait(1500)
    assert driven.program.desk.sync_state().waiting == 1, "nothing goes by itself"
    driven.page.now.click()
    driven.bot.waitUntil(lambda: driven.program.desk.sync_state().waiting == 0, timeout=20_000)
