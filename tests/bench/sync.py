"""``make bench-sync``: push, first pull and a quiet round against COPY, plain SQLite and PouchDB in the same run.

Ratios are medians of paired rounds; the machine is noisy, absolute figures are for the eye only. Targets T1 to T6, T11, T12. The cases
are those of :mod:`tests.bench.mix`: 29 entries each, one in twenty open. ``of_plain_by_processor_time`` leaves out what other programs on the
machine took.
"""

import io
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path

import msgspec

from liaison_app.desk.joining import join
from liaison_app.sync import rounds, wire
from tests.bench.mix import cases
from tests.sync.acting import PUSH, Hands, batch
from tests.sync.cluster import Cluster
from tests.sync.conftest import District
from tests.sync.seats import SECRET, Seat

SIZE = 10_000
ROUNDS = 5
BATCH = 1000
TABLES = ("act", "act_personal", "entry", "feed_item", "result")


def say(name, **figures):
    print(
        json.dumps({"name": name, **{k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}}),
        flush=True,
    )


def timed(job):
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def tables(district):
    """Return what a push writes to, as tables of the schema."""
    found = district.sql("SELECT tablename FROM pg_tables WHERE schemaname='ld' ORDER BY 1")
    return [name for (name,) in found]


def push_rounds(district, hands):
    """T3: acts pushed in batches of 1,000, against COPY of every row that this wrote, in one transaction."""
    carrier = district.enrol("p-gaoyuan")
    ratios, speeds = [], []
    with carrier.connect(prepare_threshold=0) as line:
        for n in range(ROUNDS):
            made = list(cases(hands, SIZE // ROUNDS, random.Random(n)))
            counts = {t: district.sql(f"SELECT count(*) FROM ld.{t}")[0][0] for t in tables(district)}
            parts = [batch(district.epoch, made[i : i + BATCH]) for i in range(0, len(made), BATCH)]

            def push(parts=parts):
                return [row[2] for part in parts for row in line.execute(PUSH, part).fetchall()]

            seconds, fates = timed(push)
            assert set(fates) == {"accepted"}, set(fates)
            entries = sum(len(m.entries) for m in made)
            copied = copy_again(district, counts)
            ratios.append(copied / seconds)
            speeds.append(entries / seconds)
        single = [
            timed(lambda one=one: line.execute(PUSH, batch(district.epoch, [one])).fetchall())[0]
            for one in cases(hands, 300, random.Random(99))
        ]
    say(
        "T3 push", acts=SIZE, entries_per_second=statistics.median(speeds), of_copy=statistics.median(ratios), hold=0.20
    )
    say("T3 single", per_second=1 / statistics.median(single), hold=500)


def copy_again(district, before):
    """Return the seconds that COPY takes for the rows written since, into tables of the same shape with their indexes."""
    seconds = 0.0
    with district.boss() as boss:
        boss.autocommit = False
        for table, count in before.items():
            grown = boss.execute(f"SELECT count(*) FROM ld.{table}").fetchone()[0] - count
            if grown <= 0:
                continue
            rows = io.BytesIO()
            with boss.cursor().copy(
                f"COPY (SELECT * FROM ld.{table} ORDER BY ctid DESC LIMIT {grown}) TO STDOUT"
            ) as out:
                for chunk in out:
                    rows.write(chunk)
            boss.execute(
                f"CREATE TEMP TABLE again (LIKE ld.{table} INCLUDING DEFAULTS INCLUDING INDEXES) ON COMMIT DROP"
            )
            start = time.perf_counter()
            with boss.cursor().copy("COPY again FROM STDIN") as into:
                into.write(rows.getvalue())
            seconds += time.perf_counter() - start
            boss.execute("DROP TABLE again")
        boss.rollback()
    return seconds


ENTRIES = (
    "COPY (SELECT e.* , a.* FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed JOIN ld.entry e ON e.no=i.entry "
    "JOIN ld.act a ON a.id=e.act WHERE f.name='body/EPB' AND i.what='entry') TO STDOUT"
)


def plain(district, folder):
    """Return seconds and count of the same entries copied out and inserted into plain SQLite in one transaction."""

    def job():
        with district.boss() as boss, closing(sqlite3.connect(folder / "plain.db")) as target:
            lines = b""
            with boss.cursor().copy(ENTRIES) as out:
                lines = b"".join(bytes(chunk) for chunk in out)
            rows = [line.split(b"\t") for line in lines.splitlines()]
            columns = ",".join(f"c{i}" for i in range(len(rows[0])))
            target.execute(f"CREATE TABLE entry({columns})")
            with target:
                target.executemany(f"INSERT INTO entry VALUES({','.join('?' * len(rows[0]))})", rows)
            return rows

    return timed(job)


def joined(home, district, *, ahead):
    """Join a desk of EPB; return it opened, before its feed was read. ``ahead``: with the open cases shown first."""
    kept, rounds.Rounds.ahead = rounds.Rounds.ahead, rounds.Rounds.ahead if ahead else lambda self, line, limit=200: 0
    try:
        person = "p-zhaowenjing"
        code = district.code(person)
        join(home, url=district.url(), person=person, code=code, mode="env", secret=SECRET, all_at_once=False)
        return Seat.at(home, district, person)
    finally:
        rounds.Rounds.ahead = kept


def pulled(seat):
    """Pull everything; return seconds and processor seconds until every row stands (T1) and until search is ready (T2)."""
    marks = {}

    def progress(what, n, of):
        marks.setdefault(what, (time.perf_counter(), time.process_time()))

    began = time.perf_counter(), time.process_time()
    done = seat.desk.sync(progress=progress)
    whole = time.perf_counter(), time.process_time()
    rows = marks.get("index", whole)
    return done, [(at[0] - began[0], at[1] - began[1]) for at in (rows, whole)]


def first_pull(district, folder):
    """T1, T2: a new desk takes its whole feed, verified and projected, then searchable, against COPY into plain SQLite."""
    told = {"T1": [], "T2": [], "speed": [], "cpu": [], "yard": []}
    for n in range(ROUNDS):
        (folder / "plain.db").unlink(missing_ok=True)
        began = time.process_time()
        yard, rows = plain(district, folder)
        yard_cpu = time.process_time() - began
        home = folder / f"epb{n}"
        seat = joined(home, district, ahead=False)
        done, ((shown, cpu), (whole, _)) = pulled(seat)
        assert done.pulled >= len(rows)
        told["T1"].append(yard / shown)
        told["T2"].append(yard / whole)
        told["speed"].append(len(rows) / shown)
        told["cpu"].append(yard_cpu / cpu)
        told["yard"].append(len(rows) / yard)
        if n == 0:
            quiet_round(seat)
            assert seat.desk.verify().ok
            assert seat.desk.rebuild(check=True).equal
        seat.close()
        shutil.rmtree(home)
    middle = {name: statistics.median(values) for name, values in told.items()}
    say(
        "T1 first pull", entries=len(rows), per_second=middle["speed"], plain_per_second=middle["yard"],
        of_plain=middle["T1"], of_plain_by_processor_time=middle["cpu"], hold=0.45,
    )  # fmt: skip
    say("T2 search ready", of_plain=middle["T2"], hold=0.12)
    seat = joined(folder / "usable", district, ahead=False)
    with seat.desk.line() as line:
        usable, count = timed(lambda: seat.desk.rounds().ahead(line))
    say("T2 open cases ahead", cases=count, of_first_pull=usable / (len(rows) / middle["speed"]), hold=0.05)
    seat.close()
    return middle["speed"]


def quiet_round(seat):
    """T5: nothing to do."""
    with_connecting = [timed(seat.sync)[0] for _ in range(9)]
    with seat.desk.line() as line:
        round_ = seat.desk.rounds()
        again = [timed(partial(round_.run, line))[0] for _ in range(9)]
    say(
        "T5 nothing to do", ms=statistics.median(again) * 1000,
        with_connecting_ms=statistics.median(with_connecting) * 1000, hold=6,
    )  # fmt: skip


def local_acts(district, folder):
    """T6: acts at the desk while its first pull runs and somebody works at the window; and how long the window's turn waits."""
    seat = joined(folder / "used", district, ahead=True)
    case = seat.desk.page("all", limit=1).items[0].case_id
    over, waits = threading.Event(), []

    def act(n):
        time.sleep(0.03)
        return timed(lambda: seat.act(case, "note", text=f"x{n}"))[0]

    def window():
        while not over.is_set():
            waits.append(timed(lambda: time.sleep(0.005))[0] - 0.005)

    def pull():
        with seat.desk.line() as line, suppress(rounds.Stopped):
            rounds_.run(line)
        over.set()

    alone = [act(n) for n in range(60)]
    rounds_ = seat.desk.rounds(in_use=lambda: True)
    threads = [threading.Thread(target=job) for job in (window, pull)]
    for thread in threads:
        thread.start()
    during = [act(n) for n in range(150) if not over.is_set()]
    over.set()
    rounds_.stop.set()
    for thread in threads:
        thread.join()
    say(
        "T6 own acts during a first pull", acts=len(during), p50_ms=statistics.median(during) * 1000,
        alone_p50_ms=statistics.median(alone) * 1000, p99_ms=sorted(during)[int(len(during) * 0.99)] * 1000,
        alone_p99_ms=sorted(alone)[int(len(alone) * 0.99)] * 1000, hold_p99_ms=16,
    )  # fmt: skip
    say(
        "window", turns=len(waits), longest_ms=max(waits) * 1000, p999_ms=sorted(waits)[int(len(waits) * 0.999)] * 1000,
        over_50_ms=sum(one > 0.05 for one in waits), hold_ms=50,
    )  # fmt: skip
    seat.close()


def resumed(district, folder):
    """T11: a pull cut half-way goes on where it was; memory grows by little."""
    seat = joined(folder / "cut", district, ahead=False)
    asked, real = [], wire.Wire.pull

    def pull(self, epoch, after, limit, *more):
        asked.append(sum(after.values()))
        if len(asked) == 4:
            raise wire.LinkLost("server_silent")
        return real(self, epoch, after, limit, *more)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wire.Wire.pull = pull
    try:
        seat.try_sync()
        kept = sum(feed["pos"] for feed in positions(seat))
        asked.clear()
        seat.sync()
    finally:
        wire.Wire.pull = real
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    say("T11 resume", items_again=kept - asked[0], grown_mb=max(0.0, grown), hold_items=0, hold_mb=150)
    seat.close()


def positions(seat):
    """Return how far each feed of a desk was read."""
    with seat.desk._replica.read() as connection:
        rows = connection.exec_driver_sql("SELECT feed,pos,head FROM checkpoint")
        return [dict(zip(("feed", "pos", "head"), row, strict=True)) for row in rows]


def listeners(district, hands):
    """T12: single pushes while 80 sessions listen to their feeds' channels, against the same with none."""
    made = list(cases(hands, 260, random.Random(7)))
    carrier = district.enrol("p-gaoyuan")
    channels = [name for (name,) in district.sql("SELECT channel FROM ld.feed WHERE name LIKE 'body/%%'")]
    with carrier.connect(prepare_threshold=0) as line, ExitStack() as stack:

        def push(part):
            return statistics.median(
                timed(lambda one=one: line.execute(PUSH, batch(district.epoch, [one])).fetchall())[0] for one in part
            )

        push(made[:60])
        none = push(made[60:160])
        for n in range(80):
            stack.enter_context(district.boss()).execute(f"LISTEN {channels[n % len(channels)]}")
        some = push(made[160:260])
        push(made[260:])
    say("T12 80 listeners", times=some / none, hold=2)


def pouch(district, folder, ours):
    """The same entries as documents through PouchDB 9 and pouchdb-server; says so when node is not there."""
    place = os.environ.get("LIAISON_POUCH", "")
    node = shutil.which("node")
    if not node or not (Path(place) / "node_modules" / "pouchdb").is_dir():
        say("PouchDB", missing="node, or its packages: make bench-sync installs them when npm is present")
        return
    found = district.sql(
        "SELECT encode(e.data,'escape'), e.stream, e.version, e.kind, a.id::text, encode(a.header,'escape') FROM ld.entry e JOIN ld.act a ON a.id=e.act "
        "WHERE e.stream LIKE 'case/%%'"
    )
    docs = folder / "docs.jsonl"
    with docs.open("w", encoding="utf-8") as out:
        for i, (data, stream, version, kind, act, header) in enumerate(found):
            doc = {
                "_id": f"{i:09d}",
                "data": data,
                "stream": stream,
                "version": version,
                "kind": kind,
                "act": act,
                "header": header,
            }
            out.write(json.dumps(doc) + "\n")
    script = Path(place) / "pull.js"
    done = subprocess.run(
        [node, script, docs, "5987"], cwd=place, capture_output=True, text=True, check=True, timeout=900
    )
    told = msgspec.json.decode(done.stdout)
    say(
        "PouchDB",
        docs=told["docs"],
        pull_per_second=told["docs"] / told["pull"],
        push_per_second=told["docs"] / told["push"],
    )
    say("T1 against PouchDB", times=ours / (told["docs"] / told["pull"]), hold=8)


def seen(district, folder):
    """T4: an act at A seen at B, each with one round, against one local commit and one server commit."""
    a, b = Seat(folder / "a", district, "p-zhoumin"), Seat(folder / "b", district, "p-zhaowenjing")
    a.sync()
    b.sync()
    case = a.act(
        "new",
        "register",
        object="工地",
        content="吵",
        place="某路1号",
        complainant_name="王",
        complainant_address="x",
        contact="139",
        facts={"medium": "noise", "source": "industry"},
    )
    a.sync()
    taken = []
    for n in range(40):
        start = time.perf_counter()
        a.act(case.case, "note" if n % 2 else "inquire", **({"text": "x"} if n % 2 else {}))
        a.sync()
        b.sync()
        taken.append(time.perf_counter() - start)
    say("T4 act at A, rounds at A and B", p50_ms=statistics.median(taken) * 1000, p99_ms=sorted(taken)[-1] * 1000)
    a.close()
    b.close()


def main():
    global SIZE
    SIZE = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    cluster = Cluster(fsync=True)
    try:
        district = District(cluster)
        hands = Hands(district)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            push_rounds(district, hands)
            ours = first_pull(district, folder)
            local_acts(district, folder)
            resumed(district, folder)
            listeners(district, hands)
            seen(district, folder)
            pouch(district, folder, ours)
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
