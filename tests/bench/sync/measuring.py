"""What a measurement is: the clock, the processor time of everybody who took part, a table of targets."""

import json
import os
import statistics
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def timed(job):
    """Return the seconds that a job took, and what it returned."""
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def spread(values, share):
    """Return the value below which a share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Meter:
    """Measures jobs by the clock and by processor time: of this program, the programs it started and waited for, and the server.

    What other programs on the machine take is in the clock but not in the processor time.
    """

    def __init__(self, cluster):
        self._postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])

    def __call__(self, job):
        """Return (seconds by the clock, seconds of processor time, what the job returned)."""
        before = self.cpu()
        seconds, found = timed(job)
        return seconds, self.cpu() - before, found

    def cpu(self):
        """Return the processor seconds so far; without /proc only this program's."""
        return sum(os.times()[:4]) + self._server()

    def _server(self):
        if not Path("/proc/self/stat").exists():
            return 0.0
        total = sum(_stat(self._postmaster)[11:15])
        for child in Path(f"/proc/{self._postmaster}/task/{self._postmaster}/children").read_text().split():
            try:
                total += sum(_stat(child)[11:13])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended meanwhile: its time is with its parent's from now on
        return total / TICKS


def _stat(process):
    words = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return [int(word) if word.lstrip("-").isdigit() else 0 for word in words]


class Table:
    """The targets with what was asked and what was measured; printed as JSON lines while it grows, as a table at the end."""

    def __init__(self):
        self.rows = []

    def hold(self, target, what, measured, asked, *, at_least, more=""):
        """Note a figure that has a target: at least, or at the most, so much."""
        held = measured >= asked if at_least else measured <= asked
        self.rows.append((target, what, f"{'≥' if at_least else '≤'} {_short(asked)}", _short(measured), held, more))
        say(
            target,
            what,
            measured=measured,
            limit=asked,
            ratio=measured / asked if asked else None,
            held=held,
            more=more,
        )

    def skip(self, target, what, asked, why):
        """Note a target that could not be measured here, and why."""
        self.rows.append((target, what, asked, "—", None, why))
        say(target, what, missing=why)

    def text(self):
        """Return the table."""
        head = ("target", "what", "asked", "measured", "held", "beside")
        words = {True: "yes", False: "NO", None: "—"}
        lines = [head, *((t, w, a, m, words[h], more) for t, w, a, m, h, more in self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(5)]
        return "\n".join("  ".join([*(line[i].ljust(widths[i]) for i in range(5)), line[5]]).rstrip() for line in lines)


def _short(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def say(name, what, **figures):
    """Print a line of JSON."""
    rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items() if v != ""}
    print(json.dumps({"name": name, "what": what, **rounded}, ensure_ascii=False), flush=True)


median = statistics.median
