"""F18: desks with their network threads running, acts without pause, random faults; then nobody does anything and the queues empty.

In the suite five short rounds of four desks. ``make soak``: ten desks, fifty acts a second, 200 rounds of 20 s, four districts
at once, and three of 300 s (``LIAISON_SOAK_ROUNDS``, ``LIAISON_SOAK_SECONDS``, ``LIAISON_SOAK_DESKS``, ``LIAISON_SOAK_FIRST``).
"""

import contextlib
import os
import random
import time

import pytest

from liaison_app.sync import guardian, watching, wire
from tests.sync import invariants
from tests.sync.cluster import Cluster
from tests.sync.conftest import District, healed
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat
from tests.sync.working import Work

ROUNDS = int(os.environ.get("LIAISON_SOAK_ROUNDS", "5"))
SECONDS = float(os.environ.get("LIAISON_SOAK_SECONDS", "4"))
FIRST = int(os.environ.get("LIAISON_SOAK_FIRST", "1"))
DESKS = int(os.environ.get("LIAISON_SOAK_DESKS", "4"))
PEOPLE = ("p-zhoumin", "p-xuguoqiang", "p-zhaowenjing", "p-luoxiaolan", "p-zhoumin", "p-gaoyuan", "p-chenqiang", "p-tangxue",
          "p-zhaowenjing", "p-duanhui")  # fmt: skip
FAULTS = {"cut": 30, "swallow": 10, "hole": 8, "half_open": 6, "closed": 8, "backend": 12, "server": 1.5, "restart": 6, "clock": 5, "heal": 30}  # fmt: skip


class Town:
    """Desks behind proxies with their threads, in a district and a cluster of its own."""

    def __init__(self, folder):
        self.cluster = Cluster()
        self.district = District(self.cluster)
        self.proxies = [Proxy(self.cluster.port) for _ in range(DESKS)]
        self.seats = [
            Seat(folder / f"{n}-{p}", self.district, p, proxy.port)
            for n, (p, proxy) in enumerate(zip(PEOPLE[:DESKS], self.proxies, strict=True))
        ]
        self.watchers = [None] * DESKS

    def begin(self, n):
        """Start the network thread of a desk; own acts wake it."""
        watcher = self.watchers[n] = self.seats[n].desk.watcher()
        watcher._poll = (0.5, 1.0)
        watcher.start()

    def end(self, n):
        """Stop it."""
        if self.watchers[n] is not None:
            self.watchers[n].stop(20)
            assert not self.watchers[n].is_alive()
            self.watchers[n] = None

    def fault(self, dice):
        """Let something happen; return what."""
        what = dice.choices(list(FAULTS), list(FAULTS.values()))[0]
        n = dice.randrange(DESKS)
        proxy = self.proxies[n]
        if what == "cut":
            proxy.cut_after(**{dice.choice(["up", "down"]): dice.randrange(0, 20_000)})
        elif what == "swallow":
            proxy.swallow_answer()
        elif what == "hole":
            proxy.hole = dice.choice([True, "up", "down"])
        elif what in {"half_open", "closed"}:
            setattr(proxy, what, True)
        elif what == "heal":
            dice.choice(self.proxies).heal()
        elif what == "backend":
            self.district.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=current_database() AND usename LIKE 'desk%%'"
                " ORDER BY random() LIMIT 2"
            )
        elif what == "server":
            self.cluster.stop("immediate") if dice.random() < 0.7 else self.cluster.kill()
            self.cluster.start()
        elif what == "restart":
            self.end(n)
            self.seats[n].close()
            self.seats[n].open()
            self.begin(n)
        elif what == "clock":
            from datetime import datetime, timedelta

            from liaison_app.mechanism.deadlines import CHINA

            hours = dice.choice([0, 0, 2, -2, -26])
            self.seats[n].desk._stated = datetime.now(CHINA) + timedelta(hours=hours) if hours else None
        return what

    def close(self):
        for n, seat in enumerate(self.seats):
            self.end(n)
            seat.close()
        for proxy in self.proxies:
            proxy.stop()
        self.cluster.remove()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = Town(tmp_path_factory.mktemp("town"))
    yield made
    made.close()


@pytest.mark.timeout(max(300, SECONDS * 4 + 300))
@pytest.mark.parametrize("seed", range(FIRST, FIRST + ROUNDS))
def test_f18_soak(town, seed, monkeypatch):
    """F18: everything at once; when it heals, every queue empties by itself and all invariants hold."""
    monkeypatch.setattr(watching, "BACKOFF", (0.05, 0.4))
    monkeypatch.setattr(wire, "DEADLINE", 1.5)
    dice = random.Random(seed)
    work, happened = Work(dice), {}
    for n in range(DESKS):
        town.begin(n)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        n = dice.randrange(DESKS)
        (work.record if dice.random() < 0.1 else work.act)(town.seats[n])
        if dice.random() < 0.05:
            work.resolve(town.seats[n])
        town.watchers[n].kick()
        if dice.random() < 0.12:
            what = town.fault(dice)
            happened[what] = happened.get(what, 0) + 1
        time.sleep(max(0.0, 0.02 - (time.monotonic() - began)))
    for proxy in town.proxies:
        proxy.heal()
    for seat in town.seats:
        seat.desk._stated = None
    with contextlib.closing(guardian.Guardian(town.district.boss())) as watcher:
        until = time.monotonic() + 60
        while any(s.waiting or s.code for s in (seat.desk.sync_state() for seat in town.seats)):
            assert time.monotonic() < until, ("wedged", seed, [seat.desk.sync_state() for seat in town.seats])
            watcher.look()
            time.sleep(0.2)
    for n in range(DESKS):
        town.end(n)
    healed(town.seats)
    print(
        f"soak seed {seed}: {SECONDS:.0f} s, {DESKS} desks",
        work.counts,
        happened,
        {c: len(s.confirmed) for c, s in enumerate(town.seats)},
    )
    assert set(invariants.ALL) == invariants.CHECKED
