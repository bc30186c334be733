"""The flat curve: what a desk that was here yesterday takes, and what an act costs, while the shared database grows to a million cases."""

import random
import time
from pathlib import Path

from tests.bench.filling import fill
from tests.bench.mix import cases
from tests.bench.sync.measuring import median, say
from tests.bench.sync.pulling import joined
from tests.bench.sync.pushing import push_all
from tests.sync.acting import Hands
from tests.sync.conftest import District

FEED = "COMMERCE"
EACH = 2
"""Entries of an old case in the feed of the desk's body; the curve hangs on how many there are, not on what they say."""
ROUNDS = 9
SIZE = 300
"""Acts that a round brings."""


def curve(cluster, folder, table, sizes):
    """Measure a desk's incremental pull and a single push with so many cases on the server, in the same district as it grows.

    Old cases are rows without real chains: the desk is told that it has read them, as one that was here yesterday has.
    """
    district = District(cluster)
    hands, carrier = Hands(district), district.enrol("p-gaoyuan")
    made = list(cases(hands, len(sizes) * ROUNDS * (SIZE + 60), random.Random(5)))
    seat = joined(folder / "yesterday", district, ahead=False)
    pulls, pushes, filled = [], [], 0
    with seat.desk.line() as line, carrier.connect(prepare_threshold=0) as hand:
        for size in sizes:
            seat.desk.rounds().run(line)
            fill(district, FEED, filled * EACH + 1, size * EACH, EACH)
            filled = size
            told = _curve_at(district, seat, line, hand, made)
            pulls.append(told[0])
            pushes.append(told[1])
            say(
                "growth",
                "so many cases on the server",
                cases=size,
                pull_ms_cpu=told[0] * 1000,
                push_ms_cpu=told[1] * 1000,
            )
    assert seat.desk.page("all", limit=1).items
    seat.close()
    beside = f"{' → '.join(f'{s:,}' for s in sizes)} cases; {SIZE} acts a round: {_ms(pulls)} ms of processor time, both sides"
    table.hold("growth", "incremental pull, most of least", max(pulls) / pulls[0], 1.3, at_least=False, more=beside)
    beside = f"{_ms(pushes)} ms of processor time"
    table.hold("growth", "a single push, most of least", max(pushes) / pushes[0], 1.3, at_least=False, more=beside)
    district.remove()


def _ms(values):
    return " → ".join(f"{one * 1000:.1f}" for one in values)


def _curve_at(district, seat, line, hand, made):
    """Return the processor seconds of a round of the desk and of a single push, medians."""
    head, chain = district.sql("SELECT head, chain FROM ld.feed WHERE name=%s", f"body/{FEED}")[0]
    with seat.desk._replica.write() as connection:
        connection.exec_driver_sql(
            "UPDATE checkpoint SET pos=?, head=?, chain=? WHERE feed=?", (head, head, bytes(chain), f"body/{FEED}")
        )
    pulls, pushes = [], []
    reader, writer = line._connection.info.backend_pid, hand.info.backend_pid
    for _ in range(ROUNDS):
        part, made[:] = made[:SIZE], made[SIZE:]
        push_all(district, hand, part, SIZE)
        before = _spent(reader)
        assert seat.desk.rounds().run(line).pulled
        pulls.append(_spent(reader) - before)
        alone, made[:] = made[:60], made[60:]
        before = _spent(writer)
        push_all(district, hand, alone, 1)
        pushes.append((_spent(writer) - before) / len(alone))
    return median(pulls), median(pushes)


def _spent(*processes):
    """Return the processor seconds of this program and of sessions at the server: finer than a server's whole, without its housekeeping."""
    found = (Path(f"/proc/{process}/schedstat") for process in processes)
    return time.process_time() + sum(int(one.read_text().split()[0]) for one in found if one.exists()) / 1e9
