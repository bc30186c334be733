"""What a desk with a million cases costs: `python -m tests.bench.big [SIZE]` prints one JSON line a figure (docs/ARCHITECTURE.md, Speed).

The façade first, each question several times with the answer in the cache of the system, then the window: from the key to the
painted page, scrolling, and the longest time in which the window's thread gave no sign.
"""

import json
import resource
import statistics
import subprocess
import sys
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from liaison_app.desk import opening
from liaison_app.words import labels
from tests.bench.million import replica_of
from tests.conftest import NOON
from tests.ui.gallery import Hand
from ui.app import Program
from ui.options import Options
from ui.start import make_application

PAGES = (
    "today",
    "sync",
    "ledger",
    "calls",
    "directory",
    "inquiry",
    "mechanism",
    "calendar",
    "folder",
    "register",
    "import",
)


def say(name, seconds, limit, **more):
    print(
        json.dumps({"name": name, "ms": round(seconds * 1000, 1), "limit_ms": round(limit * 1000)} | more), flush=True
    )


def median(job, times=7):
    job()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def facade(home, size):
    """Print what the façade takes for lists, filters, searches and today; the second figure is the first question cold."""
    start = time.perf_counter()
    desk = opening.open_desk(home, person="p-zhoumin", now=NOON)
    say("open the desk", time.perf_counter() - start, 1)
    try:
        for name in labels.LISTS:
            say(f"first page of {name}", median(lambda name=name: desk.page(name)), 0.005, n=size)
        lead = desk.page("all").items[0].lead_name
        for name, filters in (
            ("all", {"state": "CLS"}), ("all", {"medium": "air"}), ("all", {"medium": "air", "state": "HDL"}),
            ("all", {"town": "锦湖街道", "state": "HDL"}), ("all", {"lead": "EPB", "medium": "noise"}), ("overdue", {"medium": "air"}),
            ("to-inform", {"town": "白果镇"}), ("closed", {"lead": "EPB", "state": "CLS"}), ("to-inform", {"medium": "noise", "lead": "EPB"}),
        ):  # fmt: skip
            said = " ".join(f"{k}={v}" for k, v in filters.items())
            say(f"{name} filtered {said}", median(lambda n=name, f=filters: desk.page(n, **f), 3), 0.01, n=size)
        for words in ("滨河", "喆堃", "13900000777", "陈静", "火锅", "0017777", "xz"):
            say(f"search {words}", median(lambda w=words: desk.page("all", search=w), 3), 0.01, n=size)
        for order in ("title", "due", "town", "complainant", "lead"):
            for name in ("all", "to-inform", "overdue"):
                say(f"{name} by {order}", median(lambda n=name, o=order: desk.page(n, order=o), 3), 0.01, n=size)
        say("all air by title", median(lambda: desk.page("all", order="title", medium="air"), 3), 0.01, n=size)
        for by in ("state", "lead", "town"):
            for name in ("all", "to-inform"):
                say(f"groups of {name} by {by}", median(lambda n=name, b=by: desk.groups(n, b), 3), 0.05, n=size)
        say("today", median(desk.today), 0.05, n=size)
        say("before the holiday", median(desk.before_holiday), 0.05, n=size)
        say("counts of the lists", median(desk.lists), 0.05, n=size)
        say("rings", median(desk.alarms, 3), 0.05, n=size) if hasattr(desk, "alarms") else None
        del lead
    finally:
        desk.close()


class Painted(QObject):
    """Notes the moment at which a widget was painted."""

    def __init__(self):
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


class Watch:
    """The longest time without a sign from the window's thread, and the most of it that the thread itself computed."""

    def __init__(self):
        self.gaps, self._last = {}, time.perf_counter()
        self.busy, self._used = {}, time.thread_time()
        self.what = "start"
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self):
        now = time.perf_counter()
        self.gaps[self.what] = max(self.gaps.get(self.what, 0.0), now - self._last)
        self._last = now
        used = time.thread_time()
        self.busy[self.what] = max(self.busy.get(self.what, 0.0), used - self._used)
        self._used = used


def window(home, size):
    """Print what the window takes from the key to the painted page, and its gaps."""
    app = make_application(["big"])
    program = Program(app, Options(home, True, "p-zhoumin", "zh_CN", NOON))
    hand, watch, painted = Hand(program), Watch(), Painted()
    program.start()
    program.window.resize(1366, 768)
    hand.until(lambda: hand.workplace is not None, 60)
    hand.settle()
    table = hand.workplace.queue.table
    table.viewport().installEventFilter(painted)

    def list_painted(name):
        watch.what = f"list {name}"
        hand.home()
        hand.settle()
        start = time.perf_counter()
        hand.workplace.open_list(name)
        while hand.workplace.queue.model.rowCount() == 0 or painted.at < start or not program.bridge.idle:
            app.processEvents()
            if time.perf_counter() - start > 5:
                return 5.0
        app.processEvents()
        return painted.at - start

    for name in ("all", "to-inform", "overdue", "closed"):
        say(f"{name} painted", statistics.median(list_painted(name) for _ in range(5)), 0.06, n=size)
    hand.workplace.open_list("all")
    hand.settle()
    waits = []
    watch.what = "scroll"
    bar = table.verticalScrollBar()
    for _ in range(60):
        start = time.perf_counter()
        bar.setValue(bar.maximum())
        app.processEvents()
        waits.append(time.perf_counter() - start)
        hand.wait(20)
    say("scrolling, longest wait", max(waits), 0.05, rows=hand.workplace.queue.model.rowCount())
    for words in ("滨河", "陈静"):
        watch.what = f"search {words}"
        hand.workplace.row.search.setText(words)
        hand.settle()
        hand.wait(300)
    hand.workplace.row.search.clear()
    for name in PAGES:
        hand.home()
        hand.settle()
        watch.what = name
        hand.key("list_1" if name == "today" else name)
        hand.wait(300)
    hand.home()
    case = program.desk.page("all").items[3].case_id
    watch.what = "case"
    hand.workplace.open_case(case)
    hand.settle()
    hand.wait(200)
    watch.what = "palette"
    program.actions.action("palette").trigger()
    hand.wait(200)
    for dialog in hand.dialogs():
        dialog.close()
    watch.what = "end"
    for what, gap in sorted(watch.gaps.items(), key=lambda pair: -pair[1]):
        if what not in {"start", "end"}:
            say(f"gap: {what}", gap, 0.05, cpu_ms=round(watch.busy[what] * 1000, 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"name": "memory", "mb": round(peak), "limit_mb": 350, "n": size}), flush=True)
    program.window.close()
    program.close()


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    home = replica_of(size)
    if "facade" in sys.argv:
        return facade(home, size)
    if "window" in sys.argv:
        window(home, size)
        return QApplication.quit()
    for part in (
        "facade",
        "window",
    ):  # each a process of its own: the memory told is that of a program that was just started
        subprocess.run([sys.executable, "-m", "tests.bench.big", str(size), part], check=True)
    return None


if __name__ == "__main__":
    main()
