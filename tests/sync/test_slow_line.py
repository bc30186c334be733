"""A line of a few kilobytes a second: what takes long is no silence, pages and batches become small.

The first synchronisation on such a line, in the window: tests/ui/test_slow_line_window.py.
"""

import random

import pytest

from liaison_app.sync import rounds, wire
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat

RATE = 60_000
"""Bytes a second."""
DEADLINE = 2.5
"""Seconds of silence, so that the test need not last as long as a real slow line does."""


@pytest.fixture
def slow(district):
    proxy = Proxy(district.cluster.port, RATE)
    proxy.rate = None
    yield proxy
    proxy.stop()


@pytest.fixture
def seat(tmp_path, district, slow):
    made = Seat(tmp_path / "a", district, "p-zhoumin", slow.port)
    made.sync()
    yield made
    slow.heal()
    slow.rate = None
    made.sync()
    made.check(healed=True)
    made.close()


def register(seat, count):
    """Register cases with many words, no two alike: the line's compression must not make it quick."""
    dice = random.Random(count)
    for n in range(count):
        words = "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(3400))
        seat.act("new", "register", **{**CALL, "object": f"工地{n}", "content": words})


def test_what_takes_longer_than_the_deadline_comes_all_the_same(seat, slow, monkeypatch):
    """Both ways more bytes than the line carries within the deadline; it is not cut, for they move."""
    monkeypatch.setattr(wire, "DEADLINE", DEADLINE)
    register(seat, 24)
    slow.rate = RATE
    before = slow.through
    assert seat.try_sync()
    assert seat.desk.sync_state().waiting == 0
    assert slow.through - before > RATE * DEADLINE


def test_a_page_is_as_large_as_the_line_carries_in_seconds(seat, monkeypatch):
    register(seat, 30)
    seat.sync()
    with seat.desk.line() as line:
        epoch = line.status()["epoch"]

        def page():
            return len(line.pull(epoch, {"body/COMMERCE": 0}, 10_000).items)

        first = page()
        monkeypatch.setattr(wire, "SLOW", -1.0)  # every page took too long
        small = [page() for _ in range(5)][-1]
        monkeypatch.setattr(wire, "SLOW", 1e9)
        monkeypatch.setattr(wire, "QUICK", 1e9)  # none does
        large = [page() for _ in range(5)][-1]
    assert 1 <= small < first <= large


def test_a_batch_that_does_not_come_through_is_halved_until_it_does(seat, slow, monkeypatch):
    """A line that breaks after every 70 KB: the acts go all the same, some at a time."""
    register(seat, 24)
    runs = seat.desk.rounds()
    tries = 0
    while seat.desk.sync_state().waiting:
        tries += 1
        assert tries < 40, "it goes on for ever"
        slow.cut_after(up=70_000)
        try:
            with seat.desk.line() as line:
                runs.run(line, hello=True)
        except wire.LinkLost:
            assert runs._most < rounds.BATCH_BYTES
        slow.heal()
    assert tries > 1
