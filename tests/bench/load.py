"""``make bench-load``: so many desks at once push single acts and pull; the curve of throughput and delay (docs/SCALING.md).

Desks are simulated: signed acts of real walks over plain connections; a desk's own work (SQLite, projections) is not in it.
Both sides share one machine here, so the curve bends where the cores are full, not where a district would.
"""

import asyncio
import json
import random
import statistics
import sys
import time

import psycopg

from tests.sync.acting import PULL, PUSH, Author, Hands, batch
from tests.sync.cluster import Cluster
from tests.sync.conftest import District

LEVELS = (1, 10, 50, 100, 200)
ACTS = 600
"""Acts pushed at each level, all desks together."""


def prepared(district, enrolled, acts, seed):
    """Return the acts of one desk in the order of its device log: cases registered, proposed, agreed by telephone, sent."""
    hands = Hands(district)
    hands.adopt(enrolled)
    dice, made = random.Random(seed), []
    while len(made) < acts:
        author = Author(hands, dice)
        author.register(object=f"对象{seed}-{len(made)}", place=f"某路{seed}号")
        author.take("p-zhoumin", "propose-transfer", to=["EPB"], reason="理由")
        author.take("p-zhoumin", "approve", road="telephone", leader="p-hejianping", number="67820001", words="同意")
        author.take("p-zhoumin", "transfer", method="fax")
        made += author.made
    return made


async def desk(line, district, body, acts, told):
    """One simulated desk: pushes its acts one by one, pulls after each."""
    after = {f"body/{body}": 0}
    for made in acts:
        start = time.perf_counter()
        rows = await (await line.execute(PUSH, batch(district.epoch, [made]))).fetchall()
        told["push"].append(time.perf_counter() - start)
        assert [row[2] for row in rows] == ["accepted"], rows
        start = time.perf_counter()
        cursor = await line.execute(PULL, (district.epoch, list(after), list(after.values()), 200, 1_000_000))
        for row in await cursor.fetchall():
            after[row[0]] = max(after[row[0]], row[1])
        told["pull"].append(time.perf_counter() - start)


async def level(district, enrolled, desks, seed):
    """Run so many desks at once and print what they saw."""
    work = [prepared(district, one, max(4, ACTS // desks), seed + n) for n, one in enumerate(enrolled[:desks])]
    told = {"push": [], "pull": []}
    connect = psycopg.AsyncConnection.connect
    lines = [await connect(one.url, autocommit=True, prepare_threshold=0) for one in enrolled[:desks]]
    start = time.perf_counter()
    await asyncio.gather(
        *(desk(line, district, one.body, acts, told) for line, one, acts in zip(lines, enrolled, work, strict=False))
    )
    seconds = time.perf_counter() - start
    for line in lines:
        await line.close()
    spread = {name: sorted(values) for name, values in told.items()}
    figures = {"desks": desks, "acts_per_second": round(len(told["push"]) / seconds, 1)}
    for name, values in spread.items():
        figures[f"{name}_p50_ms"] = round(statistics.median(values) * 1000, 1)
        figures[f"{name}_p99_ms"] = round(values[int(len(values) * 0.99)] * 1000, 1)
    print(json.dumps(figures), flush=True)


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else max(LEVELS)
    cluster = Cluster(fsync=True, connections=most + 40)
    try:
        district = District(cluster)
        for n, desks in enumerate(one for one in LEVELS if one <= most):
            # fresh desks a level: a device log goes on from its first act
            enrolled = [district.enrol("p-zhoumin") for _ in range(desks)]
            asyncio.run(level(district, enrolled, desks, 1000 * (n + 1)))
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
