"""Eight writers at once: feeds stay dense, nothing is lost, nothing is doubled, also when sessions are ended half-way."""

import os
import random
import threading
import time

import psycopg
import pytest

from tests.sync.acting import PULL, Author, Hands, pull_all, push

WRITERS = 8
CASES = int(os.environ.get("LIAISON_ORDERING_CASES", "10"))
"""Cases a writer makes, five single-act pushes each; 2,000 for the yardstick of 10,000 commits a writer."""


def works(hands, writer, count=CASES):
    """Return the acts of one writer: cases of his body that go to two others."""
    bodies = ("COMMERCE", "AGRI", "MUNI", "POLICE", "CULTURE", "QTS", "HOUSING", "HEALTH")
    own, made = bodies[writer], []
    dice = random.Random(writer)
    for _ in range(count):
        author = Author(hands, dice)
        people = {r: next(p.id for p in author.people if p.body == own and r in p.roles) for r in ("liaison", "leader")}
        author.register(body=own)
        author.take(people["liaison"], "propose-transfer", to=[bodies[(writer + 1) % 8]], reason="理由", remark="字")
        author.take(people["leader"], "approve", road="own_desk")
        author.take(people["liaison"], "transfer", method="fax")
        author.take(people["liaison"], "inform", what="transfer", method="phone", words="已告知")
        made += author.made
    return made


class Writer(threading.Thread):
    """Pushes its acts one by one; a lost session is opened again and the act pushed again."""

    def __init__(self, desk, epoch, made):
        super().__init__()
        self.desk, self.epoch, self.made = desk, epoch, made
        self.fates, self.lost, self.failed = [], 0, None

    def run(self):
        try:
            connection = self.desk.connect()
            for one in self.made:
                while True:
                    try:
                        self.fates += push(connection, self.epoch, [one])
                        break
                    except psycopg.OperationalError:
                        self.lost += 1
                        connection.close()
                        time.sleep(0.02)
                        connection = self.desk.connect()
            connection.close()
        except BaseException as error:
            self.failed = error


@pytest.fixture
def field(district):
    hands = Hands(district)
    people = [
        "p-zhoumin",
        "liaison-AGRI",
        "p-gaoyuan",
        "p-chenqiang",
        "p-tangxue",
        "liaison-QTS",
        "liaison-HOUSING",
        "liaison-HEALTH",
    ]
    desks = [district.enrol(person) for person in people]
    return hands, desks


def follow(desk, epoch, stop, seen, gaps):
    """Read oversight as a desk does: what follows, again and again, each position the next."""
    with desk.connect() as connection:
        last = 0
        while True:
            ending = stop.is_set()
            rows = connection.execute(PULL, (epoch, ["oversight"], [last], 100, 1_000_000)).fetchall()
            for row in rows:
                if row[2] == "head":
                    continue
                if row[1] != last + 1:
                    gaps.append((last, row[1]))
                last = row[1]
                seen.append((str(row[5]), row[6]))
            if ending and all(r[2] == "head" for r in rows):
                return


def settled(district, desks, made):
    """Check the end: every act once, every entry once, every feed dense with a chain that holds."""
    wanted = {(e.act_id, e.n) for m in made for e in m.entries}
    stored = district.sql("SELECT act::text, n FROM ld.entry WHERE case_id IS NOT NULL")
    assert len(stored) == len(wanted)
    assert set(stored) == wanted
    assert district.sql("SELECT count(*), count(DISTINCT (device, seq)) FROM ld.act WHERE person <> 'server'") == [
        (len(made),) * 2
    ]
    holes = district.sql(
        "SELECT f.name FROM ld.feed f LEFT JOIN ld.feed_item i ON i.feed=f.id GROUP BY f.id"
        " HAVING count(i.pos) <> f.head OR coalesce(max(i.pos), 0) <> f.head OR coalesce(min(i.pos), 1) <> 1"
    )
    assert holes == []
    for desk in desks:
        with desk.connect() as connection:
            feeds = [f["name"] for f in connection.execute("SELECT ld.status()->'feeds'").fetchone()[0]]
            pull_all(connection, desk.epoch, feeds)
    rest = district.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname=current_database() AND usename LIKE 'desk%%' AND xact_start IS NOT NULL AND pid<>pg_backend_pid() AND state <> 'active'"
    )
    assert rest == [(0,)]


def waiting_for_a_lock(district):
    """Wait until a desk's session waits for a lock of another."""
    ask = "SELECT 1 FROM pg_stat_activity WHERE datname=current_database() AND usename LIKE 'desk%%' AND wait_event_type='Lock'"
    while not district.sql(ask):
        time.sleep(0.02)


def test_eight_writers_leave_no_gap_and_nothing_twice(district, field):
    hands, desks = field
    watcher = district.enrol("p-duanhui")
    batches = [works(hands, i) for i in range(WRITERS)]
    writers = [Writer(desk, district.epoch, made) for desk, made in zip(desks, batches, strict=True)]
    stop, seen, gaps = threading.Event(), [], []
    reader = threading.Thread(target=follow, args=(watcher, district.epoch, stop, seen, gaps))
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    assert [w.failed for w in writers] == [None] * WRITERS
    assert {f for w in writers for f, _ in w.fates} == {"accepted"}
    assert gaps == []
    assert len(seen) == len(set(seen)) == sum(len(m.entries) for made in batches for m in made)
    settled(district, desks, [m for made in batches for m in made])


def test_sessions_ended_in_the_middle_lose_and_double_nothing(district, field):
    hands, desks = field
    batches = [works(hands, i, 4) for i in range(WRITERS)]
    writers = [Writer(desk, district.epoch, made) for desk, made in zip(desks, batches, strict=True)]
    active = (
        "SELECT pid FROM pg_stat_activity WHERE datname=current_database() AND usename LIKE 'desk%%' AND state='active'"
    )
    dice, ended = random.Random(7), 0
    with district.boss() as boss:
        with boss.transaction(), district.boss() as watcher:
            boss.execute(
                "LOCK TABLE ld.feed"
            )  # all stand in the middle of their first push, and one at least is ended there
            for writer in writers:
                writer.start()
            while not any(w.lost for w in writers):
                for (pid,) in watcher.execute(active).fetchall()[:3]:
                    watcher.execute("SELECT pg_terminate_backend(%s)", (pid,))
                time.sleep(0.03)
        while any(w.is_alive() for w in writers):
            pids = [p for (p,) in boss.execute(active)]
            if pids and ended < 40:
                boss.execute("SELECT pg_terminate_backend(%s)", (dice.choice(pids),))
                ended += 1
            time.sleep(0.03)
    assert [w.failed for w in writers] == [None] * WRITERS
    assert {f for w in writers for f, _ in w.fates} <= {"accepted", "known"}
    assert sum(w.lost for w in writers) > 0
    settled(district, desks, [m for made in batches for m in made])


def test_a_slow_transaction_on_an_early_position_is_waited_for_not_skipped(district, field):
    hands, desks = field
    slow, quick = works(hands, 0, 1), works(hands, 2, 1)
    watcher = district.enrol("p-duanhui")
    with desks[0].connect() as first, watcher.connect() as reader:
        with first.transaction():
            assert {f for f, _ in push(first, district.epoch, slow)} == {"accepted"}
            second = Writer(desks[2], district.epoch, quick[:1])
            second.start()
            waiting_for_a_lock(district)
            ask = (district.epoch, ["oversight"], [0], 100, 1_000_000)
            assert [r[2] for r in reader.execute(PULL, ask).fetchall()] == ["head"]
            assert second.is_alive()
        second.join()
        assert second.fates == [("accepted", {})]
        rows = reader.execute(PULL, ask).fetchall()
        assert [r[1] for r in rows] == list(range(1, len(rows) + 1))
        assert [str(r[5]) for r in rows][-1] == quick[0].act.id


def test_a_lock_that_is_not_had_in_two_seconds_is_said_so(district, field):
    hands, desks = field
    slow, quick = works(hands, 0, 1), works(hands, 2, 1)
    with desks[0].connect() as first, desks[2].connect() as second:
        with first.transaction():
            push(first, district.epoch, slow)
            began = time.perf_counter()
            with pytest.raises(psycopg.errors.LockNotAvailable):
                push(second, district.epoch, quick[:1])
            assert time.perf_counter() - began > 1.9, "two seconds were given to the slow one"
        assert push(second, district.epoch, quick[:1]) == [("accepted", {})]
