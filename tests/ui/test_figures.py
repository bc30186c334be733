"""统计 in the real window: the figures of a period, the cases behind a number by Enter, the case by another."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from liaison_app.desk import statistics
from liaison_app.store import desk_tables as small
from liaison_app.store.shared import BEHIND
from tests.conftest import CALL, NOON
from tests.ui.conftest import register
from tests.ui.test_reach import _cut, _nameless, _small


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, home):
    driven = start(home, lang=request.param, now=NOON + timedelta(hours=2))
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    register(driven.program.desk, 30)
    driven.key("statistics")
    driven.settle()
    return driven


def _picture(widget, name):
    folder = os.environ.get("LIAISON_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def test_the_cases_behind_a_number_are_one_enter_away(opened):
    panel = opened.page.indicators
    assert panel.view.period == "2026-09"
    names = [f.id for f in panel.view.indicators]
    assert panel.sheet.rowCount() == len(names)
    assert panel.standing.text() == panel.view.standing
    _picture(opened.window, f"figures-{opened.program.desk.lang}")
    for at, sheet in ((1, panel.compared), (2, panel.heat)):
        panel.shows.setCurrentIndex(at)
        opened.until(lambda sheet=sheet: sheet.rowCount() > 0)
        assert (_nameless(opened.window), _small(opened.window), _cut(opened.window)) == ([], [], [])
    assert panel.heat.item(0, panel.heat.columnCount() - 1).text() == "30"
    panel.shows.setCurrentIndex(0)
    assert (_nameless(opened.window), _small(opened.window), _cut(opened.window)) == ([], [], [])
    panel.sheet.setFocus()
    panel.sheet.setCurrentCell(names.index("registered_count"), 0)
    opened.bot.keyClick(panel.sheet, Qt.Key.Key_Return)
    dialog = opened.dialog("figureDialog")
    opened.settle()
    opened.bot.wait(120)
    assert dialog.cases.rowCount() == 30
    assert dialog.groups.rowCount() == 2, "all, and the one department"
    _picture(dialog, f"behind-{opened.program.desk.lang}")
    assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
    dialog.cases.setFocus()
    dialog.cases.setCurrentCell(0, 0)
    opened.bot.keyClick(dialog.cases, Qt.Key.Key_Return)
    opened.settle()
    desk, view = opened.program.desk, statistics.count(opened.program.desk, "2026-09")
    one = view.indicators[names.index("registered_count")]
    assert opened.page.case_ref() in {row.case_id for row in statistics.behind(desk, view, one, one)}


def test_period_and_grouping_are_chosen_and_a_wrong_period_is_told(opened):
    panel = opened.page.indicators
    panel.by.setCurrentIndex(panel.by.findData("town"))
    opened.settle()
    assert {g.by for f in panel.view.indicators for g in f.groups} <= {"town", "place_or_object"}
    panel.period.setCurrentIndex(panel.period.findText("2026-Q3"))
    opened.settle()
    assert panel.view.period == "2026-Q3"
    panel.period.setEditText("上个月")
    panel.refresh()
    opened.settle()
    assert "上个月" in panel.standing.text() and "2026-Q3" in panel.standing.text()
    assert panel.view.period == "2026-Q3", "the figures in sight stay"


def test_what_changes_is_counted_again_and_the_window_stays_awake(opened, monkeypatch):
    panel = opened.page.indicators
    names = [f.id for f in panel.view.indicators]
    register(opened.program.desk, 5, first=30)
    real, threads = statistics.count, []
    monkeypatch.setattr(statistics, "count", lambda *a, **k: (threads.append(threading.get_ident()), real(*a, **k))[1])
    panel.refresh()
    opened.until(lambda: panel.view.indicators[names.index("registered_count")].numerator == 35)
    assert threads and threading.get_ident() not in threads, "the window's thread counts nothing"
    assert QApplication.activeModalWidget() is None


def test_sums_that_are_made_anew_for_long_take_one_reader_only_and_end_with_the_window(opened, monkeypatch):
    """The formulas changed: what comes meanwhile waits, lists go on being read, stopping and closing do not wait."""
    panel, bridge, running, most, told = opened.page.indicators, opened.program.bridge, [], [], []

    def anew(desk, cut, progress):
        running.append(1)
        most.append(len(running))
        while progress(len(told), 1_000_000):
            told.append(1)
            time.sleep(0.01)
        running.pop()
        return False

    before = panel.view
    monkeypatch.setattr(statistics, "bring_up", anew)
    panel.refresh()
    opened.until(lambda: len(told) > 3 and panel.stop.isVisible())
    for n in range(4):
        register(opened.program.desk, 1, first=60 + n)  # each refreshes the page
        panel.refresh()
    read = []
    bridge.read(lambda: opened.program.desk.page("all", limit=1), read.append)
    opened.until(lambda: bool(read))
    assert panel.view is before and most == [1], "the figures in sight stay, everything else is read"
    assert before.standing in panel.standing.text() and "1000000" in panel.standing.text(), "said as of when"
    _picture(opened.window, f"figures-anew-{opened.program.desk.lang}")
    panel.stop.click()
    opened.until(lambda: not panel.stop.isVisible() and not running)
    assert panel.view is before
    panel.refresh()
    opened.until(lambda: len(running) == 1)
    bridge.stop()  # would wait for ever
    assert not running and most == [1, 1]


def test_figures_while_a_sync_is_running_say_so(opened):
    """OFFICE-B9: a long pull writes the rows of cases later than the records; the page says that they are not counted yet."""
    panel = opened.page.indicators
    desk = opened.program.desk
    assert panel.frozen.text() == ""
    with desk._replica.write() as connection:
        small.put_meta(connection, BEHIND, "1")
    panel.refresh()
    said = "正在同步" if desk.lang == "zh_CN" else "synchronisation is running"
    opened.until(lambda: said in panel.frozen.text())
    assert _cut(opened.window) == []
    _picture(opened.window, f"figures-syncing-{desk.lang}")
    with desk._replica.write() as connection:
        small.drop_meta(connection, BEHIND)
    panel.refresh()
    opened.until(lambda: panel.frozen.text() == "")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_finished_period_is_frozen_and_what_came_later_is_listed(start, home, lang):
    driven = start(home, lang=lang, now=NOON + timedelta(days=3))
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    desk = driven.program.desk
    early = {"happened_at": "2026-09-29T10:00:00+08:00", "late_reason": "补录"}
    desk.act_from("new", "register", {**CALL, **early})
    driven.key("statistics")
    driven.settle()
    panel = driven.page.indicators
    panel.period.setCurrentIndex(panel.period.findText("2026-09"))
    driven.settle()
    assert not panel.freezer.isVisible(), "the first receiver may not freeze"
    desk.switch_person(next(p.id for p in desk.roster.people if p.body == "SUPERV"))
    panel.refresh()
    driven.settle()
    assert panel.freezer.isVisible() and not panel.later.isVisible()
    driven.bot.mouseClick(panel.freezer, Qt.MouseButton.LeftButton)
    dialog = driven.dialog("freezeDialog")
    _picture(dialog, f"freeze-{lang}")
    assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
    driven.bot.keyClick(dialog, Qt.Key.Key_Return)
    driven.until(lambda: panel.later.isVisible())
    driven.settle()
    assert panel.frozen.text() and not panel.freezer.isVisible()
    for kind, name in enumerate(("数据.xlsx", "通报.pdf", "排序.pdf", "分析.pdf")):
        file = home.parent / name
        panel.exporter.click()  # comes back at once: the question for the file holds nothing up
        driven.name_file(file.with_suffix(""), kind)
        driven.until(lambda file=file: file.exists() and panel.exporter.isEnabled(), 20)
        assert file.read_bytes()[:4] in {b"PK\x03\x04", b"%PDF"}
    kept = panel.view
    desk.switch_person("p-zhoumin")
    desk.act_from("new", "register", {**CALL, **early, "place": "另一处"})
    panel.refresh()
    driven.settle()
    assert panel.view == kept
    _picture(driven.window, f"frozen-{lang}")
    assert (_nameless(driven.window), _small(driven.window), _cut(driven.window)) == ([], [], [])
    driven.bot.mouseClick(panel.later, Qt.MouseButton.LeftButton)
    dialog = driven.dialog("correctionsDialog")
    driven.until(lambda: dialog.cases.rowCount() > 0)
    _picture(dialog, f"corrections-{lang}")
    assert (_nameless(dialog), _small(dialog), _cut(dialog)) == ([], [], [])
    dialog.reject()
    panel.scope.setCurrentIndex(1)
    driven.until(lambda: panel.view != kept)
    assert not panel.view.frozen_at
