"""The bridge: order, overtaking, results on the window's thread, nothing lost at the end."""

import threading

import pytest
from PySide6.QtCore import QObject, Signal

from ui.bridge import Bridge


@pytest.fixture
def bridge(qtbot):
    made = Bridge()
    yield made
    made.stop()


def test_three_thousand_emits_leave_the_interpreter_alive(qtbot):
    class Sender(QObject):
        said = Signal(bool)

    sender, heard = Sender(), []
    sender.said.connect(heard.append)
    for _ in range(3000):
        sender.said.emit(True)
    assert heard == [True] * 3000


def test_three_thousand_results_arrive_in_order(qtbot, bridge):
    got = []
    for n in range(3000):
        bridge.run(lambda n=n: n, got.append)
    qtbot.waitUntil(lambda: len(got) == 3000, timeout=20_000)
    assert got == list(range(3000))


def test_results_come_back_on_the_thread_of_the_window(qtbot, bridge):
    places = []
    bridge.read(threading.get_ident, lambda worker: places.extend([worker, threading.get_ident()]))
    qtbot.waitUntil(lambda: len(places) == 2, timeout=30_000)
    assert places[0] != threading.get_ident()
    assert places[1] == threading.get_ident()


def test_writes_stand_in_one_line_and_reads_overtake_them(qtbot, bridge):
    gate, done = threading.Event(), []
    bridge.run(lambda: gate.wait(120), lambda _: done.append("first write"))
    bridge.run(lambda: None, lambda _: done.append("second write"))
    bridge.read(lambda: None, lambda _: done.append("read"))
    qtbot.waitUntil(lambda: done == ["read"], timeout=30_000)
    gate.set()
    qtbot.waitUntil(lambda: done == ["read", "first write", "second write"], timeout=30_000)


def test_of_several_reads_with_one_key_only_the_last_arrives(qtbot, bridge):
    gate, got = threading.Event(), []
    bridge.read(lambda: gate.wait(120) and "old", got.append, key="search")
    bridge.read(lambda: "new", got.append, key="search")
    qtbot.waitUntil(lambda: got == ["new"], timeout=30_000)
    gate.set()
    qtbot.waitUntil(lambda: bridge.idle, timeout=30_000)
    assert got == ["new"]


def test_a_result_for_a_page_that_is_gone_is_dropped(qtbot, bridge):
    owner, gate, got = QObject(), threading.Event(), []
    bridge.read(lambda: gate.wait(120), got.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.waitUntil(lambda: bridge.idle, timeout=30_000)
    assert got == []


def test_an_error_goes_to_its_caller_or_to_the_one_place_for_errors(qtbot, bridge):
    own, general = [], []
    bridge.on_error(general.append)

    def fail():
        raise OSError("disk")

    bridge.run(fail, failed=own.append)
    bridge.run(fail)
    qtbot.waitUntil(lambda: len(general) == 1, timeout=30_000)
    assert [type(error) for error in own + general] == [OSError, OSError]


def test_stopping_finishes_every_write_that_was_asked_for(qtbot):
    made, done = Bridge(), []
    for n in range(50):
        made.run(lambda n=n: done.append(n))
    made.stop()
    assert done == list(range(50))
    made.run(lambda: done.append("late"))
    assert len(done) == 50


def test_changes_that_come_together_are_announced_once(qtbot, bridge):
    heard = []
    bridge.cases_changed.connect(heard.append)
    worker = threading.Thread(target=lambda: [bridge.announce(frozenset({f"case{n}"})) for n in range(40)])
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(heard), timeout=30_000)
    qtbot.waitUntil(lambda: bridge.idle, timeout=30_000)
    assert frozenset().union(*heard) == {f"case{n}" for n in range(40)}
    assert len(heard) <= 2


def test_busy_is_told_once_for_work_and_never_for_reads(qtbot, bridge):
    said = []
    bridge.busy_changed.connect(said.append)
    bridge.read(lambda: None)
    qtbot.waitUntil(lambda: bridge.idle, timeout=30_000)
    assert said == []
    bridge.run(lambda: None)
    qtbot.waitUntil(lambda: bridge.idle, timeout=30_000)
    assert said == [True, False]
