"""T1, T2, T5, T11: the first synchronisation against plain SQLite and PouchDB, a quiet round, a pull that was cut."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial

from liaison_app.desk.joining import join
from liaison_app.sync import rounds, wire
from tests.bench.sync.measuring import median, say, timed
from tests.sync.seats import SECRET, Seat

ROUNDS = 5
POUCH_ROUNDS = 3
READER = "p-zhoumin"
"""Of COMMERCE, which registers every case of the mix; it does not read the whole district, so an entry comes to it once."""
ENTRIES = (
    "COPY (SELECT e.* , a.* FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed JOIN ld.entry e ON e.no=i.entry "
    "JOIN ld.act a ON a.id=e.act WHERE f.name='body/COMMERCE' AND i.what='entry') TO STDOUT"
)
"""All columns of an entry and its act, once for each entry: it writes more bytes than a desk, and checks, folds and encrypts nothing."""


def plain(district, folder):
    """Copy the entries of a body's feed out and insert them into plain SQLite in one transaction; return how many."""
    (folder / "plain.db").unlink(missing_ok=True)
    with district.boss() as boss, closing(sqlite3.connect(folder / "plain.db")) as target:
        with boss.cursor().copy(ENTRIES) as out:
            lines = b"".join(bytes(chunk) for chunk in out)
        rows = [line.split(b"\t") for line in lines.splitlines()]
        columns = ",".join(f"c{i}" for i in range(len(rows[0])))
        target.execute(f"CREATE TABLE entry({columns})")
        with target:
            target.executemany(f"INSERT INTO entry VALUES({','.join('?' * len(rows[0]))})", rows)
    return len(rows)


def joined(home, district, *, ahead):
    """Join a desk of COMMERCE; return it opened, before its feed was read. ``ahead``: with the open cases shown first."""
    kept, rounds.Rounds.ahead = rounds.Rounds.ahead, rounds.Rounds.ahead if ahead else lambda self, line, limit=200: 0
    try:
        join(
            home,
            url=district.url(),
            person=READER,
            code=district.code(READER),
            mode="env",
            secret=SECRET,
            all_at_once=False,
        )
        return Seat.at(home, district, READER)
    finally:
        rounds.Rounds.ahead = kept


def pulled(seat, meter):
    """Pull everything; return what the round did and (seconds, processor seconds) until every row stands and until search is ready."""
    marks = {}

    def progress(what, n, of):
        if what not in marks:
            marks[what] = time.perf_counter(), meter.cpu()

    began = time.perf_counter(), meter.cpu()
    done = seat.desk.sync(progress=progress)
    whole = time.perf_counter(), meter.cpu()
    rows = marks.get("index", whole)
    return done, [(at[0] - began[0], at[1] - began[1]) for at in (rows, whole)]


def first_pull(district, folder, meter, table, pouch):
    """T1, T2: a new desk takes its whole feed, verified and projected, then searchable."""
    told, against = [], []
    for n in range(ROUNDS):
        yard, yard_cpu, count = meter(lambda: plain(district, folder))
        home = folder / f"new{n}"
        seat = joined(home, district, ahead=False)
        done, ((shown, cpu), (whole, _)) = pulled(seat, meter)
        assert done.pulled >= count
        told.append((yard / shown, yard / whole, yard_cpu / cpu, count / shown, count / yard))
        if pouch and n < POUCH_ROUNDS:
            against.append((count / shown, pouch.pace("pull")))
        if n == 0:
            assert seat.desk.verify().ok
            assert seat.desk.rebuild(check=True).equal
            quiet_round(seat, table)
        seat.close()
        shutil.rmtree(home)
    shown, ready, by_cpu, speed, yard = (median(column) for column in zip(*told, strict=True))
    beside = f"{by_cpu:.3f} by processor time of both sides; {count:,} entries, {speed:,.0f}/s of {yard:,.0f}/s"
    table.hold("T1", "first synchronisation, of COPY into plain SQLite", shown, 0.45, at_least=True, more=beside)
    if against:
        times, theirs = median(a / b for a, b in against), median(b for _, b in against)
        limit = f"{theirs:,.0f} documents/s there; plain SQLite itself is {yard / theirs:.1f} times that, 0.45 of it {0.45 * yard / theirs:.1f}"
        table.hold("T1", "first synchronisation, times PouchDB", times, 8, at_least=True, more=limit)
    else:
        table.skip("T1", "first synchronisation, times PouchDB", "≥ 8", "node or its packages are missing")
    table.hold("T2", "the same with the text index, of COPY into plain SQLite", ready, 0.12, at_least=True)
    first_page(district, folder, count / speed, table)


def first_page(district, folder, whole, table):
    """T2: the first open cases can be worked with."""
    seat = joined(folder / "usable", district, ahead=False)

    class Enough(Exception):
        pass

    def progress(what, n, of):
        raise Enough

    def ahead(line):
        try:
            seat.desk.rounds(progress=progress).ahead(line)
        except Enough:
            return len(seat.desk.page("all").items)

    with seat.desk.line() as line:
        usable, count = timed(partial(ahead, line))
    seat.close()
    more = f"{count} open cases after {usable:.2f} s, {whole:.1f} s are the whole"
    table.hold("T2", "first usable page, of the first synchronisation", usable / whole, 0.05, at_least=False, more=more)


def quiet_round(seat, table):
    """T5: nothing to do, on a line that is open."""
    connecting = median(timed(seat.sync)[0] for _ in range(9))
    with seat.desk.line() as line:
        round_, trips, real = seat.desk.rounds(), [], wire.Wire._rows
        round_.run(line)  # a fresh line asks once what the server offers
        wire.Wire._rows = lambda self, *asked: trips.append(1) or real(self, *asked)
        try:
            round_.run(line)
        finally:
            wire.Wire._rows = real
        again = median(timed(partial(round_.run, line))[0] for _ in range(31))
    more = f"{len(trips)} round trip; {connecting * 1000:.0f} ms with connecting"
    table.hold("T5", "nothing to do, ms", again * 1000, 6, at_least=False, more=more)


def resumed(district, folder, table):
    """T11: a pull cut half-way goes on where it was; a program that pulls it all grows by little."""
    seat = joined(folder / "cut", district, ahead=False)
    asked, real, cut_at = [], wire.Wire.pull, 3

    def pull(self, epoch, after, limit, *more):
        asked.append(sum(after.values()))
        if len(asked) == cut_at:
            raise wire.LinkLost("server_silent")
        return real(self, epoch, after, limit, *more)

    wire.Wire.pull = pull
    try:
        seat.try_sync()
        with seat.desk._replica.read() as connection:
            kept = connection.exec_driver_sql("SELECT sum(pos) FROM checkpoint").scalar()
        cut_at = 0
        asked.clear()
        seat.sync()
    finally:
        wire.Wire.pull = real
    seat.close()
    table.hold("T11", "entries asked for again after a cut", kept - asked[0], rounds.FIRST_PAGE, at_least=False)
    home = folder / "grown"
    joined(home, district, ahead=False).close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.sync.growing", home],
        capture_output=True,
        text=True,
        check=True,
        timeout=7200,
    )
    told = json.loads(done.stdout)
    more = f"{told['pulled']:,} items, from {told['before']:.0f} MB; 1,000,000 entries asked (the mode `million`)"
    table.hold(
        "T11",
        "memory that a first synchronisation takes, MB",
        told["after"] - told["before"],
        150,
        at_least=False,
        more=more,
    )
    say("T11", "programs beside it", largest_mb=told["beside"])
