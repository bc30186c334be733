"""``python -m tests.bench.sync [quick|whole|million]``: every target of synchronisation that one machine can show, as a table at the end.

``quick`` (about six minutes on two idle cores): 33,000 entries in a first synchronisation, 100,000 rows in the feeds, 8 writers with 150
commits each, a server that grows to 100,000 cases. ``whole``: 100,000 entries, 8 writers with 10,000 commits each. Ratios are medians of
paired rounds. ``million``: only what hangs on size, a server that grows to 1,000,000 cases and a first synchronisation of 1,000,000 entries
(an hour; some 10 GB in the folder for temporary files).
"""

import sys
import tempfile
from pathlib import Path

from tests.bench.sync.growth import curve
from tests.bench.sync.living import local_acts, seen
from tests.bench.sync.measuring import Meter, Table, say
from tests.bench.sync.pouch import Pouch
from tests.bench.sync.pulling import first_pull, resumed
from tests.bench.sync.pushing import filled, listeners, ordering, push_rounds
from tests.sync.acting import Hands
from tests.sync.cluster import Cluster
from tests.sync.conftest import District

SIZES = {"tiny": (1_500, 20), "quick": (20_000, 150), "whole": (62_000, 10_000)}
"""Acts in the first synchronisation, commits of each writer."""
GROWTH = {
    "tiny": (500, 2_000),
    "quick": (10_000, 100_000),
    "whole": (10_000, 100_000),
    "million": (10_000, 100_000, 1_000_000),
}
"""Cases on the server between which nothing may become slower."""
MILLION = 620_000
"""Acts that bring a body 1,000,000 entries."""


def measure(acts, commits, growth):
    """Measure with so many acts in the first synchronisation and commits of each writer; print the lines and the table."""
    table, cluster, pouch = Table(), Cluster(fsync=True), None
    try:
        district, meter = District(cluster), Meter(cluster)
        hands = Hands(district)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            filled(district, hands, acts)
            pouch = Pouch.of(district, folder)
            theirs = pouch.pace("push") if pouch else None
            first_pull(district, folder, meter, table, pouch)
            resumed(district, folder, table)
            seen(district, folder, table, pouch)
            local_acts(district, folder, table)
            ours = push_rounds(district, hands, meter, table, min(acts, 10_000))
            if theirs:
                more = f"{ours:,.0f} entries/s of {theirs:,.0f} documents/s"
                table.hold("T3", "push, times PouchDB", ours / theirs, 3, at_least=True, more=more)
            else:
                table.skip("T3", "push, times PouchDB", "≥ 3", "node or its packages are missing")
            listeners(district, hands, table)
            ordering(cluster, table, commits)
            curve(cluster, folder, table, growth)
    finally:
        if pouch:
            pouch.close()
        cluster.remove()
        told(table)


def million():
    """Measure what hangs on size alone."""
    table, cluster = Table(), Cluster(fsync=True)
    try:
        with tempfile.TemporaryDirectory() as name:
            curve(cluster, Path(name), table, GROWTH["million"])
            district = District(cluster)
            filled(district, Hands(district), MILLION)
            resumed(district, Path(name), table)
    finally:
        cluster.remove()
        told(table)


def told(table):
    """Print the table and how many of its lines hold."""
    if table.rows:
        print("\n" + table.text(), flush=True)
    say("end", "targets", held=sum(row[4] is True for row in table.rows), of=len(table.rows))


if __name__ == "__main__":
    kind = sys.argv[1] if len(sys.argv) > 1 else "quick"
    if kind == "million":
        million()
    else:
        measure(*SIZES[kind], GROWTH[kind])
