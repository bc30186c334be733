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
from tests.bench import papers as drawing

SIZE = 200_000


def say(name, n, seconds, limit):
    print(
        json.dumps(
            {
                "name": name,
                "n": n,
                "seconds": round(seconds, 5),
                "per_second": round(n / seconds, 1) if seconds else None,
                "limit": limit,
                "ratio": round(seconds / limit, 3),
            }
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
    """A desk of so many walked cases over a year: the sums made for the first time, then months, quarters, the year, after an act."""
    from liaison_app.desk import statistics as counting
    from liaison_app.desk import tallying
    from tests.conftest import CALL

    desk = opening.open_desk(founded(folder, "figures"), now=datetime.fromisoformat("2027-01-05T09:00:00+08:00"))
    put_facts(desk, size)
    start = time.perf_counter()
    tallying.bring_up(desk, "2027-01-05T09:00:00+08:00")
    say("sums made for the first time (resumable)", size, time.perf_counter() - start, 10)
    for name in ("2026-11", "2026-Q4", "2026"):
        say(f"figures of {name}", size, median(lambda name=name: counting.count(desk, name), 3), 1)
    for by in ("department", "town", "hour"):
        say(f"figures of 2026 by {by}", size, median(lambda by=by: counting.count(desk, "2026", by), 3), 1)
    say("2026 beside 2025", size, median(lambda: counting.compared(desk, "2026"), 3), 1)
    view = counting.count(desk, "2026")
    worst = max(view.indicators, key=lambda f: (waited(desk, view, f), f.id))
    say(f"cases behind {worst.id}, the slowest", size, waited(desk, view, worst), 1)
    start = time.perf_counter()
    desk.act_from("new", "register", CALL)
    say("an act with its sums", size, time.perf_counter() - start, 0.1)
    say("figures of 2026 after an act", size, median(lambda: counting.count(desk, "2026"), 1), 1)
    desk.state_clock(datetime.fromisoformat("2027-01-06T09:00:00+08:00"))
    start = time.perf_counter()
    counting.count(desk, "2026")
    say("figures of 2026 the next morning", size, time.perf_counter() - start, 1)
    desk.close()


def waited(desk, view, figure):
    from liaison_app.desk import statistics as counting

    start = time.perf_counter()
    counting.behind(desk, view, figure, figure, "counts" if figure.denominator is None else "rest")
    return time.perf_counter() - start


def put_facts(desk, size):
    """Write the facts of so many cases: 120 that walked at random, moved by whole weeks over the year, at places of their own."""
    import random
    import re
    from datetime import timedelta

    import msgspec

    from liaison_app.desk.counting import OPEN_ENDED
    from liaison_app.mechanism.countable import ENCODER
    from tests.unit.test_indicators import District, begin_m1

    things = District("M1", begin_m1, 1, walks=120).things()
    texts = [msgspec.json.encode(thing).decode() for thing in things]
    dice, rows = random.Random(1), []
    moved = {}
    for i in range(size):
        k, weeks = i % len(things), dice.randrange(41)
        if (k, weeks) not in moved:
            text = re.sub(
                r"20\d\d-\d\d-\d\d",
                lambda m, w=weeks: (datetime.fromisoformat(m[0]) - timedelta(weeks=w)).date().isoformat(), texts[k],
            )  # fmt: skip
            moved[k, weeks] = msgspec.json.decode(text, type=type(things[k]))
        where = (
            ("object", f"o{dice.randrange(size // 4 + 1)}", "工地"),
            ("place", f"p{dice.randrange(size // 12 + 1)}", "路口"),
        )
        thing = msgspec.structs.replace(
            moved[k, weeks], id=f"{i:08x}-case-of-the-bench-{i % 97:08x}", places=where, town=f"第{i % 23}镇街"
        )
        since, until = thing.span()
        rows.append((thing.id, since, until if i % 3 else OPEN_ENDED, ENCODER.encode(thing)))
        if len(rows) == 20_000 or i == size - 1:
            with desk._replica.write() as connection:
                connection.exec_driver_sql("INSERT INTO count_row VALUES(?,?,?,?)", rows)
                connection.exec_driver_sql("UPDATE meta SET value='' WHERE key LIKE 'tally.%'")
            rows = []


def papers(folder, size):
    """Papers against Typst, one run: CPU seconds, ratios, memory."""
    slips(folder, size)
    pack(folder, size)
    for name, n, seconds, limit in drawing.fresh():
        say(name, n, seconds, limit)


def slips(folder, size):
    """Slips alone, one and 200 in one file, against Typst."""
    for name, n, seconds, limit in drawing.slips_measured(folder):
        say(name, n, seconds, limit)


def pack(folder, size):
    """A pack of official papers against Typst."""
    for name, n, seconds, limit in drawing.pack_measured(folder):
        say(name, n, seconds, limit)


def sync(folder, size):
    """Every target of synchronisation beside its yardstick; a size of 62,000 acts and more is the whole of it."""
    from tests.bench.sync.__main__ import GROWTH, SIZES, measure

    if size == SIZE:
        return measure(*SIZES["quick"], GROWTH["quick"])
    kind = "whole" if size >= SIZES["whole"][0] else "tiny"
    return measure(size, SIZES[kind][1], GROWTH[kind])


def meeting(folder, size):
    """The material pack of a quarter's meeting over a year's district: sixty pages and twelve charts, made whole."""
    import reports
    from liaison_app.desk import figures_out, pack
    from liaison_app.desk import statistics as counting
    from tests import year
    from tests.journeys.test_whole_walk import Office

    year.write(folder / "meeting", min(size, 600), 1)
    desk = opening.open_desk(
        folder / "meeting", person="p-zhoumin", now=datetime.fromisoformat("2026-12-28T09:00:00+08:00")
    )
    desk.renderer = reports.renderer(bundled_only=True)
    Office(desk).sit("EPB")
    with desk._replica.read() as connection:
        found = [
            str(r[0])
            for r in connection.exec_driver_sql("SELECT number FROM case_row ORDER BY registered_at DESC LIMIT 40")
        ]
    agenda = [{"item": "研究", "case": number, "body": "EPB"} for number in found]
    given = {
        "theme": "年度热点",
        "at": "2026-12-30T14:30",
        "place": "第二会议室",
        "period": "2026-Q4",
        "lines": {"agenda": agenda},
    }
    record = desk.open_record("meeting/joint", given)
    made = pack.make(desk, record.number)
    charts = len(figures_out.comparable(counting.count(desk, "2026-Q4")))
    spent = time.process_time()
    say(
        f"material pack of {made.pages} pages, {charts} charts",
        made.pages,
        median(lambda: pack.make(desk, record.number), 3),
        3,
    )
    say("the same, CPU", made.pages, (time.process_time() - spent) / 4, 3)
    desk.close()


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
    "slips": slips,
    "pack": pack,
    "sync": sync,
    "figures": figures,
    "meeting": meeting,
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
