"""The model test: three to six desks of three bodies, a real server, random acts and faults; then they agree, also with a model.

Two of the seeds begin at the schema of an earlier program (old_program.py) and are brought up on the way. Steps and seeds are
``LIAISON_MODEL_STEPS`` and ``LIAISON_MODEL_SEEDS`` (a list or first:count); the seed is in every failure.
"""

import contextlib
import os
import random
import shutil
from datetime import datetime, timedelta

import pytest

from liaison_app.desk.deciding import folded, happened_in
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.deadlines import CHINA
from liaison_app.store import following, journal, shared
from liaison_app.sync import access, posting, server, wire
from liaison_app.sync.rounds import pushed_act
from tests.conftest import CALL
from tests.sync import invariants, old_program
from tests.sync.conftest import District, healed
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat
from tests.sync.test_faults_people import send
from tests.sync.test_faults_versions import OldDistrict
from tests.sync.working import Work

PEOPLE = ("p-zhoumin", "p-gaoyuan", "p-zhaowenjing", "liaison-GOVT_DUTY")
LATER = ("p-luoxiaolan", "p-zhoumin", "p-hejianping")
"""Who gets a desk on the way: the body that receives records, a second PC of one person, a leader."""
STEPS = int(os.environ.get("LIAISON_MODEL_STEPS", "500"))
EVERY = int(os.environ.get("LIAISON_MODEL_EVERY", "170"))
"""After so many steps everything is healed and compared."""
WHAT = {
    "act": 60, "record": 8, "sync": 24, "cut": 8, "lost_answer": 5, "restart": 1.5, "twice": 2, "reordered": 1.5, "small_pages": 4,
    "resolve": 3, "snatched": 1, "by_file": 5, "clock": 2, "grant": 1.2, "revoke": 0.6, "reenter": 1.5, "lose_a_pc": 0.25,
    "slow": 1, "backend": 2, "kill_server": 0.5, "restart_server": 0.5, "upgrade": 0.8,
}  # fmt: skip


def seeds():
    said = os.environ.get("LIAISON_MODEL_SEEDS", "1,2,3,4")
    first, colon, count = said.partition(":")
    return list(range(int(first), int(first) + int(count))) if colon else [int(s) for s in said.split(",")]


class Model:
    """The desks, the dice, and what the shared database must hold according to what was confirmed and answered."""

    def __init__(self, folder, district, seed):
        self.dice, self.district, self.folder = random.Random(seed), district, folder
        self.work, self.counts = Work(self.dice), {}
        self.seats, self.proxies, self.lost, self.carried, self.later = [], {}, [], {}, list(LATER)
        self.gone = set()
        for person in PEOPLE:
            self.sit(person)
        self.sent = self.seats[0].act("new", "register", **CALL).case
        send(self.seats[0], self.sent)

    def sit(self, person):
        proxy = Proxy(self.district.cluster.port)
        seat = Seat(self.folder / f"{len(self.seats)}-{len(self.lost)}-{person}", self.district, person, proxy.port)
        self.proxies[seat] = proxy
        self.seats.append(seat)
        self.carried[seat] = []

    def step(self):
        seat = self.dice.choice(self.seats)
        what = self.dice.choices(list(WHAT), list(WHAT.values()))[0]
        self.counts[what] = self.counts.get(what, 0) + 1
        getattr(self, f"do_{what}")(seat, self.proxies[seat])

    def do_act(self, seat, _proxy):
        self.work.act(seat)

    def do_record(self, seat, _proxy):
        self.work.record(seat)

    def do_resolve(self, seat, _proxy):
        self.work.resolve(seat)

    def do_sync(self, seat, _proxy):
        if not seat.try_sync():
            self.counts["lost"] = self.counts.get("lost", 0) + 1

    def do_small_pages(self, seat, _proxy):
        seat.try_sync(limit=self.dice.choice([1, 2, 3, 7]))

    def do_cut(self, seat, proxy):
        proxy.cut_after(**{self.dice.choice(["up", "down"]): self.dice.randrange(0, 40_000)})
        self.do_sync(seat, proxy)
        proxy.heal()

    def do_lost_answer(self, seat, proxy):
        name = self.dice.choice(["push", "pull", "withdraw", "leases"])
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

    def do_slow(self, seat, proxy):
        """A line of a mobile telephone at the edge of its cell: pages come compressed; now and then it breaks off as well."""
        proxy.rate, many, wire.MANY = 250_000, wire.MANY, 0
        if self.dice.random() < 0.3:
            proxy.cut_after(down=self.dice.randrange(0, 200_000))
        self.do_sync(seat, proxy)
        proxy.heal()
        proxy.rate, wire.MANY = None, many

    def do_restart(self, seat, _proxy):
        seat.close()
        seat.open()

    def waiting(self, seat):
        with seat.desk._replica.read() as connection:
            acts = [a for a in shared.waiting_acts(connection, 50) if a.state in {"new", "behind"}]
            entries = shared.entries_of(connection, [a.id for a in acts])
            epoch = following.checkpoints(connection)["district"].epoch
        return epoch, [pushed_act(a, entries[a.id]) for a in acts if a.kind not in {"enter-person", "let-person-go"}]

    def do_twice(self, seat, _proxy):
        epoch, batch = self.waiting(seat)
        with seat.desk.line() as line:
            for _ in range(2):
                line.push(epoch, batch)

    def do_reordered(self, seat, _proxy):
        """The batch arrives in another order: what comes too early has no place in the log yet and is not stored."""
        epoch, batch = self.waiting(seat)
        self.dice.shuffle(batch)
        with seat.desk.line() as line:
            line.push(epoch, batch)

    def do_by_file(self, seat, _proxy):
        """A package up and its answer; answers are taken in any order, some twice, some late."""
        with self.district.boss() as boss:
            self.carried[seat].append(posting.exchange(boss, seat.desk.export_package())[0])
        for _ in range(self.dice.randrange(0, 3)):
            try:
                seat.desk.import_package(self.dice.choice(self.carried[seat][-4:]))
            except RuleBroken as early:
                assert early.code == "package_early"

    def do_clock(self, seat, _proxy):
        hours = self.dice.choice([0, 0, -2, 2, -26, 24 * 400])
        seat.desk._stated = datetime.now(CHINA) + timedelta(hours=hours) if hours else None

    def do_snatched(self, seat, _proxy):
        """The power goes: the files as they lie there are what the desk finds again."""
        copy = seat.home.with_name(seat.home.name + "-copy")
        shutil.copytree(seat.home, copy)
        seat.close()
        shutil.rmtree(seat.home)
        copy.rename(seat.home)
        seat.open()

    def do_grant(self, _seat, _proxy):
        """Another desk joins: its body is granted all that it may read, from the start."""
        if self.later and len(self.seats) < 6 and self.later[0] not in self.gone:
            self.sit(self.later.pop(0))

    def do_revoke(self, seat, _proxy):
        """He goes: what he still had is refused and laid before his body, his way in is closed."""
        theirs = [s for s in self.seats if s.person == seat.person]
        if not self.gone and len(self.seats) - len(theirs) >= 3:
            with self.district.boss() as boss:
                access.revoke_person(boss, seat.person, "停职")
            self.gone.add(seat.person)
            for one in theirs:
                self.proxies[one].heal()
                for _ in range(2):
                    with contextlib.suppress(RuleBroken):  # once his way in is closed the line opens no more
                        one.try_sync()
                self.retire(one)

    def do_reenter(self, _seat, _proxy):
        """He comes back: the administrator enters him anew, he gets another desk."""
        for person in sorted(self.gone):
            with self.district.boss() as boss:
                server.enter_people(boss, [p for p in self.district.people() if p.id == person])
            if len(self.seats) < 6:
                self.sit(person)
        self.gone.clear()

    def retire(self, seat):
        """A desk plays no more; what it had sent stands."""
        seat.check()
        seat.fates = seat.own_acts()
        seat.close()
        self.proxies[seat].stop()
        self.seats.remove(seat)
        self.lost.append(seat)

    def do_lose_a_pc(self, seat, _proxy):
        """A PC is lost: its role is closed; what it had sent stands, it itself plays no more."""
        if len(self.seats) > 3:
            role = self.district.sql("SELECT role FROM ld.device WHERE id=%s", seat.device())[0][0]
            with self.district.boss() as boss:
                access.revoke_desk(boss, role, "遗失")
            with pytest.raises(RuleBroken) as refused:
                seat.sync()
            assert refused.value.code in {"desk_closed", "server_password"}
            self.retire(seat)

    def do_backend(self, seat, proxy):
        self.district.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=current_database() AND usename LIKE 'desk%%'")  # fmt: skip
        self.do_sync(seat, proxy)

    def do_kill_server(self, seat, proxy):
        self.district.cluster.kill()
        self.do_sync(seat, proxy)
        self.district.cluster.start()

    def do_restart_server(self, seat, proxy):
        self.district.cluster.stop(self.dice.choice(["fast", "immediate"]))
        self.do_sync(seat, proxy)
        self.district.cluster.start()

    def do_upgrade(self, _seat, _proxy):
        """The administrator brings the database up; where it is up already nothing changes."""
        with self.district.boss() as boss:
            server.upgrade(boss)

    def seat_of(self, person):
        """Return a seat of a person; one who has none any more (lost, revoked and entered anew) gets one."""
        there = next((s for s in self.seats if s.person == person), None)
        if there is None:
            self.sit(person)
        return there or self.seats[-1]

    def carry_over(self):
        """A case goes from one body to the other, whatever the dice did before: both have a desk, the line is whole."""
        first, second = self.seat_of("p-zhoumin"), self.seat_of("p-zhaowenjing")
        for seat in self.seats:
            self.proxies[seat].heal()
            seat.desk._stated = None
        first.sync()
        case = first.act("new", "register", **CALL).case
        send(first, case)
        first.sync()
        second.sync()
        return case

    def agree(self):
        """Heal; all invariants; desks, server and the model agree on every case."""
        for seat in self.seats:
            self.proxies[seat].heal()
            seat.desk._stated = None
        healed(self.seats, self.district)
        model, left = self.cases(), self.left()
        for seat in self.seats:
            for item in seat.desk.page("all", limit=1000).items:
                states, number, told = model[item.case_id]
                assert item.number == number
                assert seat.desk.case(item.case_id).number == number
                with seat.desk._replica.read() as connection:
                    mine = [h for h in seat.desk._happened(connection, item.case_id, "") if not h.stamped.event.inner]
                    overseen = "oversight" in following.checkpoints(connection)
                until = left.get((item.case_id, seat.desk.person.body))
                if (
                    until is not None and not overseen
                ):  # it has what came until it left, to the letter, and nothing else
                    self.counts["left"] = self.counts.get("left", 0) + 1
                    assert [h.act_id for h in mine] == told[:until]
                    assert not seat.desk.case(item.case_id).actions
                    continue
                assert [h.act_id for h in mine] == told, item.case_id
                assert [m.state for m in folded(mine).matters] == states
        for seat in self.lost:
            there = {r[0] for r in self.district.sql("SELECT id::text FROM ld.act")}
            assert all(a in there for a, fate in seat.fates.items() if fate in {"accepted", "rebased"})

    def cases(self):
        """Return what every case is by the journal of the shared database alone: states, number, acts in order."""
        rows = self.district.sql(
            "SELECT e.stream, e.act::text, e.n, e.version, e.kind, e.data, a.person, a.body, a.header, e.recorded_at, p.personal"
            " FROM ld.entry e JOIN ld.act a ON a.id=e.act LEFT JOIN ld.act_personal p ON p.act=a.id"
            " WHERE e.case_id IS NOT NULL AND e.stream ~ '^case/[^/]*$' ORDER BY e.stream, e.version"
        )
        lines = {}
        for stream, act, n, version, kind, data, person, body, header, at, personal in rows:
            happened_at = journal.HEADER.decode(bytes(header)).happened_at
            line = journal.Line(f"{act}-{n}", act, stream, version, kind, bytes(data), person, body, happened_at, stamp(at), personal)  # fmt: skip
            lines.setdefault(stream.removeprefix("case/"), []).append(line)
        found = {}
        for case, story in lines.items():
            state = folded([happened_in(line) for line in story])
            found[case] = ([m.state for m in state.matters], state.number, [line.act_id for line in story])
        return found

    def left(self):
        """Return up to which version bodies read on that are not on a case any more."""
        if not self.district.sql(
            "SELECT 1 FROM pg_attribute WHERE attrelid='ld.case_body'::regclass AND attname='left_version'"
        ):
            return {}
        rows = self.district.sql(
            "SELECT case_id::text, body, left_version FROM ld.case_body WHERE left_version IS NOT NULL"
        )
        return {(case, body): version for case, body, version in rows}

    def close(self):
        for seat in self.seats:
            seat.close()
            self.proxies[seat].stop()


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return old_program.unpack(tmp_path_factory.mktemp("old"))


@pytest.mark.timeout(14_400)
@pytest.mark.parametrize("seed", seeds())
def test_desks_and_server_agree_after_healing(tmp_path, cluster, program, seed):
    district = OldDistrict(cluster, program) if seed % 2 == 0 else District(cluster)
    print(f"seed {seed}, {STEPS} steps")
    model = Model(tmp_path, district, seed)
    try:
        for n in range(STEPS):
            model.step()
            if n % EVERY == EVERY - 1:
                model.agree()
        model.do_upgrade(None, None)
        model.do_reenter(None, None)
        model.do_grant(None, None)
        carried = model.carry_over()
        model.agree()
        print(model.counts, model.work.counts, {s.person: len(s.confirmed) for s in model.seats})
        assert set(invariants.ALL) == invariants.CHECKED
        there = [s.desk.person.body for s in model.seats if carried in {r[0] for r in s.rows()["case_row"]}]
        assert {"COMMERCE", "EPB"} <= set(there), "the case went from one body to the other"
    finally:
        model.close()
        district.remove()
