"""T4, T6: an act at one desk seen at another, own acts while a first synchronisation runs, the window's turn meanwhile."""

import queue
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress

from liaison_app.sync import rounds
from tests.bench.sync.measuring import median, spread, timed
from tests.bench.sync.pulling import joined
from tests.bench.sync.seeing import FOLLOWER
from tests.sync.seats import Seat

ACTS = 60
CASE = {
    "object": "工地", "content": "吵", "place": "某路1号", "complainant_name": "王", "complainant_address": "x", "contact": "139",
    "facts": {"medium": "noise", "source": "industry"},
}  # fmt: skip


def floor(district, seat, count=60):
    """Return the seconds of one local commit on the disk and one commit at the server."""

    def once(boss):
        with seat.desk._replica.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO meta(key,value) VALUES('bench','1') ON CONFLICT(key) DO UPDATE SET value=value||'1'"
            )
        boss.execute("INSERT INTO bench VALUES(1)")

    with district.boss() as boss:
        boss.execute("CREATE TABLE bench(n int)")
        found = median(timed(lambda: once(boss))[0] for _ in range(count))
        boss.execute("DROP TABLE bench")
    with seat.desk._replica.write() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE key='bench'")
    return found


def seen(district, folder, table, pouch):
    """T4: two desks in two programs, each with its network thread; from the key at A until the rows stand at B."""
    a = Seat(folder / "a", district, "p-zhoumin")
    Seat(folder / "b", district, FOLLOWER).close()
    other = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.sync.seeing", folder / "b"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    notices = queue.Queue()
    threading.Thread(target=lambda: [notices.put(int(line)) for line in other.stdout], daemon=True).start()
    watcher = a.desk.watcher()
    a.desk.subscribe(lambda cases: watcher.kick())
    watcher.start()
    try:
        notices.get(timeout=60)  # it is ready
        case = a.act("new", "register", **CASE).case
        a.act(case, "propose-transfer", to=["MUNI"], reason="理由")
        a.act(case, "approve", road="telephone", leader="p-hejianping", number="1", words="同意")
        a.act(case, "transfer", method="fax")
        time.sleep(2)
        taken = []
        for n in range(ACTS):
            while not notices.empty():
                notices.get()
            began = time.monotonic_ns()
            a.act(case, "inquire", words=f"第{n}次")
            taken.append((notices.get(timeout=60) - began) / 1e9)
            time.sleep(0.1)
        least = floor(district, a)
    finally:
        other.stdin.close()
        other.wait(30)
        watcher.stop()
        a.close()
    p50, p99 = median(taken), spread(taken, 0.99)
    theirs = [ms / 1000 for ms in pouch.ask(f"live {ACTS}")["ms"]] if pouch else []
    if theirs:
        beside = f"p50 {p50 * 1000:.1f} of {median(theirs) * 1000:.1f} ms"
        table.hold(
            "T4", "act at A seen at B, p50, of PouchDB live", p50 / median(theirs), 0.10, at_least=False, more=beside
        )
        beside = f"p99 {p99 * 1000:.1f} of {spread(theirs, 0.99) * 1000:.1f} ms"
        table.hold("T4", "the same, p99", p99 / spread(theirs, 0.99), 0.15, at_least=False, more=beside)
    else:
        table.skip("T4", "act at A seen at B, of PouchDB live", "≤ 0.1", "node or its packages are missing")
    beside = f"p50 {p50 * 1000:.1f} ms, two commits {least * 1000:.1f} ms"
    table.hold("T4", "the same, p50, of a local and a server's commit", p50 / least, 2, at_least=False, more=beside)


def local_acts(district, folder, table):
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

    kept = sys.getswitchinterval()
    sys.setswitchinterval(0.002)  # as the window's program does (ui.start)
    alone = [act(n) for n in range(60)]
    rounds_ = seat.desk.rounds(in_use=lambda: True)
    threads = [threading.Thread(target=job) for job in (window, pull)]
    for thread in threads:
        thread.start()
    during = [act(n) for n in range(200) if not over.is_set()]
    over.set()
    rounds_.stop.set()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(kept)
    seat.close()
    commit = plain_commit(folder)
    p50, p99 = median(during), spread(during, 0.99)
    beside = f"{len(during)} acts, p50 {p50 * 1000:.1f} ms; with nothing beside p50 {median(alone) * 1000:.1f}, p99 {spread(alone, 0.99) * 1000:.1f} ms"
    table.hold("T6", "own act during a first synchronisation, p99 ms", p99 * 1000, 16, at_least=False, more=beside)
    beside = f"{commit * 1000:.2f} ms plain, the rules decide, sign and project in the rest"
    table.hold("T6", "pace of plain SQLite commits", commit / p50, 0.7, at_least=True, more=beside)
    late = f"{sum(one > 0.05 for one in waits)} of {len(waits)} turns over 50 ms, p99.9 {spread(waits, 0.999) * 1000:.0f} ms"
    table.hold(
        "window", "longest wait during a first synchronisation, ms", max(waits) * 1000, 50, at_least=False, more=late
    )


def plain_commit(folder, count=100):
    """Return the seconds of one commit of a row in plain SQLite, on the disk."""
    with closing(sqlite3.connect(folder / "commits.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE act(id INTEGER PRIMARY KEY, data BLOB)")
        return median(
            timed(lambda: raw.execute("INSERT INTO act(data) VALUES(?)", (b"x" * 800,)))[0] for _ in range(count)
        )
