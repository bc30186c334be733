"""``make bench-sync``: push, first pull and a quiet round against COPY, plain SQLite and PouchDB in the same run.

Ratios are medians of paired rounds; the machine is noisy, absolute figures are for the eye only. Targets T1, T3, T4, T5.
"""

import io
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec

from liaison_app.desk.joining import join
from liaison_app.sync import rounds
from tests.sync.acting import PUSH, Author, Hands, batch
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


def cases(hands, acts, seed):
    """Return signed acts of cases that COMMERCE sends to EPB and EPB works on, at least so many."""
    made, dice = [], random.Random(seed)
    while len(made) < acts:
        author = Author(hands, dice)
        author.register(object=f"对象{len(made)}", place=f"某路{len(made)}号")
        author.take("p-zhoumin", "propose-transfer", to=["EPB"], reason="理由")
        author.take("p-hejianping", "approve", road="own_desk")
        author.take("p-zhoumin", "transfer", method="fax")
        author.take("p-zhoumin", "deliver", confirmed_by="值班员", evidence="传真回执")
        author.take("p-zhaowenjing", "sign")
        author.take("p-zhaowenjing", "accept")
        author.take("p-zhaowenjing", "inform", what="acceptance", method="phone")
        author.take("p-zhaowenjing", "take-over")
        made += author.made
    return made


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
            made = cases(hands, SIZE // ROUNDS, n)
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
            for one in cases(hands, 300, 99)
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
        seat = Seat.__new__(Seat)
        seat.home, seat.district, seat.person = home, district, "p-zhaowenjing"
        code = district.code(seat.person)
        join(home, url=district.url(), person=seat.person, code=code, mode="env", secret=SECRET, all_at_once=False)
        seat.open()
        return seat
    finally:
        rounds.Rounds.ahead = kept


def first_pull(district, folder):
    """T1: a new desk takes its whole feed, verified, projected and searchable, against COPY into plain SQLite."""
    ratios, speeds, rows = [], [], []
    for n in range(ROUNDS):
        (folder / "plain.db").unlink(missing_ok=True)
        yard, rows = plain(district, folder)
        home = folder / f"epb{n}"
        seat = joined(home, district, ahead=False)
        seconds, done = timed(seat.sync)
        assert done.pulled >= len(rows)
        ratios.append(yard / seconds)
        speeds.append(len(rows) / seconds)
        if n == 0:
            quiet = [timed(seat.sync)[0] for _ in range(9)]
            with seat.desk.line() as line:
                round_ = seat.desk.rounds()
                again = [timed(partial(round_.run, line))[0] for _ in range(9)]
            say(
                "T5 nothing to do",
                ms=statistics.median(again) * 1000,
                with_connecting_ms=statistics.median(quiet) * 1000,
                hold=6,
            )
            assert seat.desk.verify().ok
        seat.close()
        shutil.rmtree(home)
    say(
        "T1 first pull",
        entries=len(rows),
        per_second=statistics.median(speeds),
        of_plain=statistics.median(ratios),
        hold=0.45,
    )
    seat = joined(folder / "usable", district, ahead=True)
    with seat.desk.line() as line:
        usable = timed(lambda: seat.desk.rounds().ahead(line))[0]
    say("T2 open cases ahead", of_first_pull=usable / (len(rows) / statistics.median(speeds)), hold=0.05)
    seat.close()
    return statistics.median(speeds)


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
            seen(district, folder)
            pouch(district, folder, ours)
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
