"""`make bench` and `liaison bench NAME`: one JSON line a measurement; nothing here is a timed test."""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from liaison_app.desk import opening
from liaison_app.domain.commands import Register
from tests import messy

SIZE = 200_000


def say(name, n, seconds, limit):
    print(
        json.dumps(
            {"name": name, "n": n, "seconds": round(seconds, 5), "limit": limit, "ratio": round(seconds / limit, 3)}
        ),
        flush=True,
    )


def median(job, times=9):
    job()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def queue(folder, size):
    home = founded(folder, "queue")
    desk = opening.open_desk(home, person="p-zhoumin", now=datetime.fromisoformat("2026-09-30T09:08:00+08:00"))
    start = time.perf_counter()
    batch = []
    for i, row in enumerate(messy.rows(min(size, 20_000)) * max(1, size // 20_000)):
        facts = {"medium": "noise", "source": "industry"} if i % 2 else {"medium": "air", "source": "catering"}
        batch.append(
            Register(
                object=f"对象{i}",
                content=row["留言详情"],
                place=row["事发地点"] or "白果镇",
                complainant_name="王喆堃",
                contact=f"139{i:08d}",
                facts=facts,
                received_at="2026-09-29T10:00",
            )
        )
        if len(batch) == 1000:
            desk.register_many(batch)
            batch = []
    say("generate", size, time.perf_counter() - start, 600)
    say("queue first page", size, median(lambda: desk.page("all")), 0.02)
    say("queue filter", size, median(lambda: desk.page("all", medium="air", state="INC")), 0.02)
    say("search 噪声", size, median(lambda: desk.page("all", search="噪声")), 0.02)
    say("search 喆堃", size, median(lambda: desk.page("all", search="喆堃")), 0.02)
    say("search phone", size, median(lambda: desk.page("all", search="13900000777")), 0.02)
    say("today", size, median(desk.today), 0.02)
    desk.close()


def figures(folder, size):
    """A district of so many walked cases: reading and counting all indicators of a month, a quarter, a year."""
    import msgspec

    from liaison_app.desk import statistics as counting
    from liaison_app.desk.counting import OPEN_ENDED
    from liaison_app.mechanism.countable import ENCODER
    from tests.unit.test_indicators import District, begin_m1

    district = District("M1", begin_m1, 1, walks=120)
    things = district.things()
    desk = opening.open_desk(founded(folder, "figures"), now=datetime.fromisoformat("2027-01-05T09:00:00+08:00"))
    rows = []
    for i in range(size):
        thing = msgspec.structs.replace(things[i % len(things)], id=f"case-{i}")
        since, until = thing.span()
        rows.append((thing.id, since, until if i % 3 else OPEN_ENDED, ENCODER.encode(thing)))
    with desk._replica.write() as connection:
        connection.exec_driver_sql("INSERT INTO count_row VALUES(?,?,?,?)", rows)
    for name in ("2026-11", "2026-Q4", "2026"):
        say(f"figures of {name}", size, median(lambda name=name: counting.count(desk, name), 3), 10)
    desk.close()


def papers(folder, size):
    """Papers against Typst, one run: CPU seconds, ratios, memory."""
    from tests.bench.papers import measure

    for name, n, seconds, limit in measure(folder):
        say(name, n, seconds, limit)


def import_with_the_window(folder, size):
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

    from ui.app import Program
    from ui.options import Options
    from ui.start import make_application

    path = folder / "messy.csv"
    path.write_bytes(messy.csv_bytes(7000))
    app = make_application(["bench"])
    program = Program(app, Options(home=folder / "window", demo=True, person="p-zhoumin"))
    program.start()

    def until(holds):
        while not holds():
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()

    until(lambda: program.window.workplace is not None and program.bridge.idle)
    program.actions.action("import").trigger()
    until(lambda: program.bridge.idle)
    view = program.window.workplace.page()
    view.read(path)
    until(lambda: view.start.isEnabled())
    clock, gaps = QElapsedTimer(), []
    ticker = QTimer()
    ticker.setInterval(2)
    ticker.timeout.connect(lambda: gaps.append(clock.restart()))
    clock.start()
    ticker.start()
    start = time.perf_counter()
    view.start.click()
    until(lambda: bool(view.result.text()))
    ticker.stop()
    say("import 7000 rows", 7000, time.perf_counter() - start, 20)
    say("import: longest gap of the window", len(gaps), max(gaps) / 1000, 0.05)
    program.window.close()
    program.close()


def start(folder, size):
    from tests.bench.start import measure

    print(json.dumps(measure()), flush=True)


def founded(folder, name):
    opening.found_demo(folder / name)
    return folder / name


BENCHES = {
    "queue": queue,
    "search": queue,
    "papers": papers,
    "figures": figures,
    "import": import_with_the_window,
    "start": start,
}


def run(name, size=SIZE):
    """Run one benchmark in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-bench-"))
    try:
        BENCHES[name](folder, size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    for one in sys.argv[1:] or ("papers", "queue", "import", "start"):
        run(one, int(os.environ.get("LIAISON_BENCH_SIZE", SIZE)))
