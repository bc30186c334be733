"""The model test: three desks of two bodies, a real server, random acts, cuts, restarts, duplicates; then they agree.

``LIAISON_MODEL_STEPS`` and ``LIAISON_MODEL_SEEDS`` (a list or first:count) make it longer; the seed is in every failure.
"""

import os
import random
import shutil
from datetime import datetime, timedelta

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.deadlines import CHINA
from liaison_app.store import shared
from liaison_app.sync import posting, wire
from liaison_app.sync.rounds import pushed_act
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat
from tests.walking import PAPERS

PEOPLE = ("p-zhoumin", "p-xuguoqiang", "p-zhaowenjing")
WEIGHTS = {
    "propose-transfer": 15,
    "approve": 30,
    "transfer": 30,
    "accept": 10,
    "void": 0.3,
    "return": 0.5,
    "reveal": 0.3,
}
"""Acts that carry a case on come more often, so that cases go from body to body."""
STEPS = int(os.environ.get("LIAISON_MODEL_STEPS", "220"))


def seeds():
    said = os.environ.get("LIAISON_MODEL_SEEDS", "1,2")
    first, colon, count = said.partition(":")
    return list(range(int(first), int(first) + int(count))) if colon else [int(s) for s in said.split(",")]


class Model:
    """The desks, what was confirmed at each, and the dice."""

    def __init__(self, tmp_path, district, seed):
        self.dice, self.district, self.n = random.Random(seed), district, 0
        self.proxies = [Proxy(district.cluster.port) for _ in PEOPLE]
        self.seats = [
            Seat(tmp_path / p, district, p, proxy.port) for p, proxy in zip(PEOPLE, self.proxies, strict=True)
        ]
        self.confirmed = {p: [] for p in PEOPLE}
        self.counts = {}
        self.carried = {p: [] for p in PEOPLE}

    def step(self):
        seat = self.dice.choice(self.seats)
        what = self.dice.choices(
            [
                "act",
                "sync",
                "cut",
                "lost_answer",
                "restart",
                "twice",
                "small_pages",
                "resolve",
                "snatched",
                "by_file",
                "clock",
            ],
            [60, 22, 8, 4, 1.5, 2, 4, 2, 1, 5, 2],
        )[0]
        self.counts[what] = self.counts.get(what, 0) + 1
        getattr(self, f"do_{what}")(seat, self.proxies[self.seats.index(seat)])

    def do_act(self, seat, _proxy):
        items = seat.desk.page("all", limit=100).items
        if len(items) < 3 or self.dice.random() < 0.08:
            left_out = {n: None for n in ("object", "place", "complainant_name") if self.dice.random() < 0.2}
            data = {k: v for k, v in CALL.items() if k not in left_out}
            self.take(seat, "new", "register", data)
            return
        case = self.dice.choice(items).case_id
        offered = [a for a in seat.desk.actions(case) if a.action not in {"move", "attach"} | PAPERS]
        if not offered:
            return
        weights = [WEIGHTS.get(a.action, 3 if a.to_state else 1) for a in offered]
        action = self.dice.choices(offered, weights)[0]
        fields = [f for f in action.fields if f.required or self.dice.random() < 0.3]
        data = {f.name: self.value(f) for f in fields}
        if action.action == "approve":
            data |= {"road": "telephone", "words": "同意", "number": "67820001"}
        self.take(
            seat, case, action.action, {k: v for k, v in data.items() if v is not None} | {"matter": action.matter}
        )

    def value(self, field):
        self.n += 1
        if field.choices:
            return self.dice.choice(field.choices)[0]
        if field.type == "bool":
            return self.dice.random() < 0.5
        if field.type == "int":
            return 3
        if field.type == "time":
            return stamp(datetime.now(CHINA) + timedelta(days=self.dice.randrange(2, 40)))
        if field.type in {"bodies", "lines", "facts"}:
            return None
        return f"字{self.n}"

    def take(self, seat, case, action, data):
        try:
            done = seat.desk.act_from(case, action, data)
        except RuleBroken:
            self.counts["refused here"] = self.counts.get("refused here", 0) + 1
            return
        self.confirmed[seat.person].append(done.act)

    def do_sync(self, seat, _proxy):
        try:
            seat.sync()
        except wire.LinkLost:
            self.counts["lost"] = self.counts.get("lost", 0) + 1

    def do_small_pages(self, seat, _proxy):
        seat.sync(limit=self.dice.choice([1, 2, 3, 7]))

    def do_cut(self, seat, proxy):
        way = self.dice.choice(["up", "down"])
        proxy.cut_after(**{way: self.dice.randrange(0, 40_000)})
        self.do_sync(seat, proxy)
        proxy.heal()

    def do_lost_answer(self, seat, proxy):
        name = self.dice.choice(["push", "pull", "withdraw", "lease"])
        real = getattr(wire.Wire, name)

        def armed(line, *args, **more):
            proxy.swallow_answer()
            return real(line, *args, **more)

        setattr(wire.Wire, name, armed)
        try:
            self.do_sync(seat, proxy)
        finally:
            setattr(wire.Wire, name, real)
            proxy.heal()

    def do_restart(self, seat, _proxy):
        seat.close()
        seat.open()

    def do_twice(self, seat, _proxy):
        with seat.desk._replica.read() as connection:
            acts = [a for a in shared.waiting_acts(connection, 50) if a.state in {"new", "behind"}]
            entries = shared.entries_of(connection, [a.id for a in acts])
            epoch = shared.checkpoints(connection)["district"].epoch
        if acts:
            with seat.desk.line() as line:
                for _ in range(2):
                    line.push(epoch, [pushed_act(a, entries[a.id]) for a in acts])

    def do_by_file(self, seat, _proxy):
        """A package up and its answer; answers are taken in any order, some twice, some late."""
        with self.district.boss() as boss:
            self.carried[seat.person].append(posting.exchange(boss, seat.desk.export_package())[0])
        for _ in range(self.dice.randrange(0, 3)):
            try:
                seat.desk.import_package(self.dice.choice(self.carried[seat.person][-4:]))
            except RuleBroken as early:
                assert early.code == "package_early"

    def do_clock(self, seat, _proxy):
        """The desk's clock is wrong by hours, or right again."""
        hours = self.dice.choice([0, 0, -2, 2, -26])
        seat.desk._stated = datetime.now(CHINA) + timedelta(hours=hours) if hours else None

    def do_resolve(self, seat, _proxy):
        found = seat.desk.conflicts()
        if not found:
            return
        item = self.dice.choice(found)
        how = self.dice.choice(["redo", "note", "discard"])
        try:
            done = seat.desk.resolve_conflict(item.act_id, how, "核对过")
        except RuleBroken:
            return
        if done is not None:
            self.confirmed[seat.person].append(done.act)

    def do_snatched(self, seat, _proxy):
        """The power goes: the files as they lie there are what the desk finds again."""
        copy = seat.home.with_name(seat.home.name + "-copy")
        shutil.copytree(seat.home, copy)
        seat.close()
        shutil.rmtree(seat.home)
        copy.rename(seat.home)
        seat.open()

    def heal(self):
        for proxy in self.proxies:
            proxy.heal()
        for _ in range(8):
            done = [seat.sync() for seat in self.seats]
            if all(d.pushed == d.pulled == d.waiting == 0 for d in done):
                return
        raise AssertionError(("not quiet after healing", [seat.desk.sync_state() for seat in self.seats]))

    def agree(self):
        """Every confirmed act once at the server or in a list with its text; desks of one body alike; server alike."""
        first, second, other = self.seats
        for seat in self.seats:
            seat.check()
            assert seat.desk.sync_state().waiting == 0
            told = {c.act_id: c for c in seat.desk.conflicts(everything=True)}
            with seat.desk._replica.read() as connection:
                fates = dict(
                    tuple(r)
                    for r in connection.exec_driver_sql("SELECT a.id,a.fate FROM act a JOIN device d ON d.id=a.device")
                )
            there = dict(self.district.sql(
                "SELECT a.id::text, a.fate FROM ld.act a JOIN ld.device d ON d.id=a.device WHERE d.person=%s", seat.person
            ))  # fmt: skip
            for act in self.confirmed[seat.person]:
                assert act in there, "in the device log at the server"
                if fates[act] in {"accepted", "rebased"}:
                    assert there[act] == "accepted"
                else:
                    assert there[act] in {"refused", "withdrawn"}, (fates[act], there[act])
                    assert act in told
                    assert told[act].mine or not told[act].fields
            assert set(fates) == set(there)
        assert self.district.sql("SELECT act FROM ld.entry GROUP BY act, n HAVING count(*)>1") == []
        assert first.rows() == second.rows()
        mine = {r[0]: r for r in first.rows()["case_row"]}
        for row in other.rows()["case_row"]:
            if row[0] in mine:
                assert row == mine[row[0]]
        at_server = self.entries_at_server()
        for seat in self.seats:
            with seat.desk._replica.read() as connection:
                rows = connection.exec_driver_sql(
                    "SELECT stream,version,act_id,n,data FROM entry WHERE stream LIKE 'case/%'"
                )
                for stream, version, act, n, data in rows:
                    assert at_server[stream, version] == (act, n, bytes(data))

    def entries_at_server(self):
        rows = self.district.sql("SELECT stream,version,act::text,n,data FROM ld.entry WHERE stream LIKE 'case/%'")
        return {(s, v): (a, n, bytes(d)) for s, v, a, n, d in rows}

    def close(self):
        for seat in self.seats:
            seat.close()
        for proxy in self.proxies:
            proxy.stop()


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", seeds())
def test_desks_and_server_agree_after_healing(tmp_path, district, seed):
    print(f"seed {seed}, {STEPS} steps")
    model = Model(tmp_path, district, seed)
    try:
        for n in range(STEPS):
            model.step()
            if n % 110 == 109:
                model.heal()
                model.agree()
        model.heal()
        model.agree()
        print(model.counts, {p: len(c) for p, c in model.confirmed.items()})
        joined = {r[0] for r in model.seats[2].rows()["case_row"]} & {r[0] for r in model.seats[0].rows()["case_row"]}
        if STEPS >= 200:
            assert joined, "some case went from one body to the other"
    finally:
        model.close()
