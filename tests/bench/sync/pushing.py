"""T3, T10, T12: pushing against COPY, writers beside each other, listeners."""

import io
import itertools
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg

from tests.bench.load import BODIES, prepared
from tests.bench.mix import cases
from tests.bench.sync.measuring import median, say, timed
from tests.sync.acting import PUSH, batch, pull_all
from tests.sync.conftest import District

ROUNDS = 5
FULL = 100_000
"""Rows that stand in the feeds before a push is measured."""
WRITERS = 8


def push_all(district, line, made, size):
    """Push acts in batches of a size; all must be taken."""
    for i in range(0, len(made), size):
        fates = {row[2] for row in line.execute(PUSH, batch(district.epoch, made[i : i + size])).fetchall()}
        assert fates == {"accepted"}, fates


def filled(district, hands, acts):
    """Fill the tables with cases by a carrier's hand."""
    carrier, made = district.enrol("p-gaoyuan"), cases(hands, acts, random.Random(0))
    count = entries = 0
    with carrier.connect(prepare_threshold=0) as line:
        while part := list(itertools.islice(made, 1000)):
            push_all(district, line, part, 1000)
            count, entries = count + len(part), entries + sum(len(m.entries) for m in part)
    rows = district.sql("SELECT count(*) FROM ld.feed_item")[0][0]
    say("filled", "by pushes", acts=count, entries=entries, feed_items=rows)


def push_rounds(district, hands, meter, table, acts):
    """T3: acts pushed in batches of 1,000 and of 100, and one by one, against COPY of every row that this wrote."""
    carrier, told = district.enrol("p-gaoyuan"), {1000: [], 100: []}
    stood = district.sql("SELECT count(*) FROM ld.feed_item")[0][0]
    with carrier.connect(prepare_threshold=0) as line:
        for n in range(ROUNDS):
            for size, found in told.items():
                made = list(cases(hands, acts // ROUNDS if size == 1000 else 1000, random.Random(n)))
                before = counts(district)
                wall, cpu, _ = meter(lambda made=made, size=size: push_all(district, line, made, size))
                again, again_cpu = copy_again(district, meter, before, pieces=max(1, len(made) // size))
                entries = sum(len(m.entries) for m in made)
                found.append((again / wall, again_cpu / cpu, entries / wall, cpu / len(made)))
        alone = list(cases(hands, 600, random.Random(99)))
        push_all(district, line, alone[:100], 1)
        wall, cpu, _ = meter(lambda: push_all(district, line, alone[100:], 1))
    beside = f"{stood:,} rows stood in the feeds"
    if stood < FULL:
        beside += f" ({FULL:,} asked)"
    for size, hold in ((1000, 0.20), (100, 0.6)):
        ratio, by_cpu, _, act = (median(column) for column in zip(*told[size], strict=True))
        more = f"{by_cpu:.3f} by processor time, {act * 1000:.2f} ms of it an act; {beside}"
        table.hold("T3", f"push in batches of {size:,}, of COPY", ratio, hold, at_least=True, more=more)
    each = cpu / len(alone[100:])
    table.hold(
        "T3", "single acts a second, one line", len(alone[100:]) / wall, 500, at_least=True,
        more=f"{each * 1000:.2f} ms of processor time an act, both sides",
    )  # fmt: skip
    return median(speed for _, _, speed, _ in told[1000])


def counts(district):
    """Return how many rows each table holds."""
    names = district.sql("SELECT tablename FROM pg_tables WHERE schemaname='ld' ORDER BY 1")
    return {name: district.sql(f"SELECT count(*) FROM ld.{name}")[0][0] for (name,) in names}


def copy_again(district, meter, before, *, pieces):
    """Return what COPY takes, by the clock and in processor time, for the rows written since.

    It writes as durably as a push does: into logged tables with the same indexes, that hold the rows which stood before, and
    commits; ``pieces``: in so many transactions, a share of each table's rows at a time.
    """
    with district.boss() as boss:
        parts = {}
        for name, stood in before.items():
            grown = boss.execute(f"SELECT count(*) FROM ld.{name}").fetchone()[0] - stood
            if grown <= 0:
                continue
            rows = io.BytesIO()
            with boss.cursor().copy(
                f"COPY (SELECT * FROM ld.{name} ORDER BY ctid DESC LIMIT {grown}) TO STDOUT"
            ) as out:
                for chunk in out:
                    rows.write(chunk)
            parts[name] = rows.getvalue().splitlines(keepends=True)
            boss.execute(f"CREATE TABLE again_{name} (LIKE ld.{name} INCLUDING DEFAULTS INCLUDING INDEXES)")
            boss.execute(f"INSERT INTO again_{name} SELECT * FROM ld.{name} ORDER BY ctid LIMIT {stood}")
        boss.autocommit = False

        def copy():
            for n in range(pieces):
                for name, lines in parts.items():
                    with boss.cursor().copy(f"COPY again_{name} FROM STDIN") as into:
                        into.write(b"".join(lines[len(lines) * n // pieces : len(lines) * (n + 1) // pieces]))
                boss.commit()

        wall, cpu, _ = meter(copy)
        for name in parts:
            boss.execute(f"DROP TABLE again_{name}")
        boss.commit()
    return wall, cpu


def listeners(district, hands, table):
    """T12: single pushes while 80 sessions listen to their feeds' channels, in turn with pushes while none does."""
    made = list(cases(hands, 460, random.Random(7)))
    carrier, told = district.enrol("p-gaoyuan"), {True: [], False: []}
    channels = [name for (name,) in district.sql("SELECT channel FROM ld.feed WHERE name LIKE 'body/%%'")]
    with carrier.connect(prepare_threshold=0) as line, ExitStack() as stack:

        def push(part):
            return median(timed(lambda one=one: push_all(district, line, [one], 1))[0] for one in part)

        sessions = [stack.enter_context(district.boss()) for _ in range(80)]
        push(made[:60])
        for n in range(8):
            for i, session in enumerate(sessions):
                session.execute(f"LISTEN {channels[i % len(channels)]}" if n % 2 else "UNLISTEN *")
            told[bool(n % 2)].append(push(made[60 + 50 * n : 110 + 50 * n]))
    table.hold(
        "T12", "a push with 80 listeners, of one without", median(told[True]) / median(told[False]), 2, at_least=False
    )


# What the function is without the order: feeds neither locked nor moved on, positions from a sequence.
ORDERED = (
    ("PERFORM 1 FROM ld.feed x WHERE x.id = ANY (i_feed || r_feed) ORDER BY x.rank, x.name FOR NO KEY UPDATE;", ""),
    ("f_head[i.k] + row_number() OVER (PARTITION BY i.k ORDER BY i.z) AS pos", "nextval('ld.unordered') AS pos"),
    ("UPDATE ld.feed x SET head = u.head, chain = u.chain FROM unnest(f_id, f_head, f_chain) u(id, head, chain) WHERE x.id = u.id;", ""),
)  # fmt: skip
OVERSIGHT = (
    "i_feed := i_feed || oversight_; i_src := i_src || j; i_parts := i_parts || CASE WHEN a_inner[i] THEN 0 ELSE 1 END;",
    "",
)


def changed(district, parts):
    """Put another text in places of the push function of a district that is thrown away afterwards."""
    source = district.sql("SELECT pg_get_functiondef('ld.push'::regproc)")[0][0]
    for old, new in parts:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    with district.boss() as boss:
        boss.execute("CREATE SEQUENCE IF NOT EXISTS ld.unordered")
        boss.execute("GRANT USAGE ON SEQUENCE ld.unordered TO ld_door")
        boss.execute(source)


def writers(district, commits, seed):
    """Let eight desks push single acts at once; return acts a second and all acts."""
    enrolled = [
        district.enrol(next(p.id for p in district.people() if p.body == body and "liaison" in p.roles))
        for body in BODIES[:WRITERS]
    ]
    work = [prepared(district, one, commits + 4, seed + n) for n, one in enumerate(enrolled)]
    start, again = threading.Barrier(WRITERS + 1, timeout=300), []

    def push(line, act):
        while True:
            try:
                return push_all(district, line, [act], 1)
            except psycopg.errors.LockNotAvailable:  # the wait for a feed is bounded: a desk tries again later
                again.append(act)
                time.sleep(random.uniform(0.05, 0.3))

    def write(one, made):
        with one.connect(prepare_threshold=0) as line:
            for act in made[:4]:
                push(line, act)
            start.wait()
            for act in made[4:]:
                push(line, act)

    with ThreadPoolExecutor(WRITERS) as pool:
        jobs = [pool.submit(write, one, made) for one, made in zip(enrolled, work, strict=True)]
        start.wait()
        seconds, _ = timed(lambda: [job.result() for job in jobs])
    if again:
        say("T10", "waits given up and tried again", times=len(again))
    return sum(len(made) - 4 for made in work) / seconds, [one for made in work for one in made]


def ordering(cluster, table, commits):
    """T10: eight writers at once: nothing lost, doubled or left out; what the order costs; the pace with ``oversight``."""
    speeds = {"with oversight": [], "ordered": [], "unordered": []}
    flaws = 0
    for n in range(3):
        for kind, parts in (("with oversight", ()), ("ordered", (OVERSIGHT,)), ("unordered", (OVERSIGHT, *ORDERED))):
            district = District(cluster)
            changed(district, parts)
            speed, made = writers(district, commits, 1000 * n)
            speeds[kind].append(speed)
            if kind != "unordered":
                flaws += unlike(district, made, oversight=kind == "with oversight")
            district.remove()
    count = f"{WRITERS} writers, {commits} commits each, three times"
    table.hold("T10", "entries lost, doubled or out of order", flaws, 0, at_least=False, more=count)
    table.hold(
        "T10", "pace of unordered, without oversight", median(o / u for o, u in zip(speeds["ordered"], speeds["unordered"], strict=True)),
        0.80, at_least=True, more=f"{median(speeds['ordered']):,.0f} acts/s ordered, {median(speeds['unordered']):,.0f} unordered",
    )  # fmt: skip
    table.hold(
        "T10", "single acts a second, eight lines, oversight", median(speeds["with oversight"]), 300, at_least=True
    )


def unlike(district, made, *, oversight):
    """Return how many entries a reader misses or has twice; positions and chains are checked on the way."""
    wanted = sorted((one.act.id, e.n) for one in made for e in one.entries if e.stream.count("/") == 1)
    reader = district.enrol(
        next(p.id for p in district.people() if district_sees(district, p)) if oversight else "p-zhaowenjing"
    )
    feeds = ["oversight"] if oversight else ["body/EPB"]
    with reader.connect() as line:
        found = sorted(
            (str(row[5]), row[6])
            for rows in pull_all(line, district.epoch, feeds).values()
            for row in rows
            if row[2] == "entry"
        )
    if not oversight:  # the body that every case was sent to has those from the sending on, and what was before
        sent = {one.act.id: e.stream for one in made for e in one.entries if e.stream.count("/") == 1}
        there = {sent[act] for act, _ in found}
        wanted = [pair for pair in wanted if sent[pair[0]] in there]
    return len(set(wanted) ^ set(found)) + len(found) - len(set(found))


def district_sees(district, person):
    """Return whether a person's body reads the whole district."""
    return "liaison" in person.roles and district.sql("SELECT oversight FROM ld.body WHERE id=%s", person.body)[0][0]
