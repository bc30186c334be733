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
BODIES = (
    "COMMERCE",
    "MUNI",
    "POLICE",
    "CONSTR",
    "CULTURE",
    "C12369",
    "MIIT",
    "LAND",
    "HOUSING",
    "PLANNING",
    "TRANSPORT",
    "AGRI",
    "SAFETY",
)
ACTS = 600
"""Acts pushed at each level, all desks together."""
WARM = 4
"""Acts that each desk pushes before the clock runs: a fresh connection reads and plans the functions once, which costs as
much as some fifteen pushes; a desk keeps its line while it works."""


def prepared(district, enrolled, acts, seed):
    """Return the acts of one desk in the order of its device log: cases registered, proposed, agreed by telephone, sent."""
    hands = Hands(district)
    hands.adopt(enrolled)
    dice, made = random.Random(seed), []
    person, body = enrolled.person, enrolled.body
    leader = next(p.id for p in district.people() if p.body == body and "leader" in p.roles)
    while len(made) < acts:
        author = Author(hands, dice)
        author.people = author.people + [p for p in district.people() if p.body == body]
        author.register(body, object=f"对象{seed}-{len(made)}", place=f"某路{seed}号")
        author.take(person, "propose-transfer", to=["EPB" if body != "EPB" else "MUNI"], reason="理由")
        author.take(person, "approve", road="telephone", leader=leader, number="67820001", words="同意")
        author.take(person, "transfer", method="fax")
        made += author.made
    return made


async def desk(line, district, body, acts, told):
    """One simulated desk: pushes its acts one by one, pulls after each."""
    after = dict(district.sql("SELECT name, head FROM ld.feed WHERE name=%s", f"body/{body}"))
    for made in acts:
        start = time.perf_counter()
        while True:
            try:
                rows = await (await line.execute(PUSH, batch(district.epoch, [made]))).fetchall()
                break
            except psycopg.errors.LockNotAvailable:  # the wait for a feed is bounded: a desk tries again later
                told["again"].append(1.0)
                await asyncio.sleep(random.uniform(0.05, 0.3))
        told["push"].append(time.perf_counter() - start)
        assert [row[2] for row in rows] == ["accepted"], rows
        start = time.perf_counter()
        cursor = await line.execute(PULL, (district.epoch, list(after), list(after.values()), 200, 1_000_000))
        for row in await cursor.fetchall():
            after[row[0]] = max(after[row[0]], row[1])
        told["pull"].append(time.perf_counter() - start)


async def level(district, enrolled, desks, seed):
    """Run so many desks at once and print what they saw."""
    work = [prepared(district, one, WARM + max(4, ACTS // desks), seed + n) for n, one in enumerate(enrolled[:desks])]
    told = {"push": [], "pull": [], "again": []}
    connect = psycopg.AsyncConnection.connect
    lines = [await connect(one.url, autocommit=True, prepare_threshold=0) for one in enrolled[:desks]]
    places = list(zip(lines, enrolled, strict=False))
    start = time.perf_counter()
    for (line, one), acts in zip(places, work, strict=True):
        await desk(line, district, one.body, acts[:WARM], {"push": [], "pull": [], "again": []})
    warming = (time.perf_counter() - start) / desks
    start = time.perf_counter()
    await asyncio.gather(
        *(desk(line, district, one.body, acts[WARM:], told) for (line, one), acts in zip(places, work, strict=True))
    )
    seconds = time.perf_counter() - start
    for line in lines:
        await line.close()
    spread = {name: sorted(values) for name, values in told.items() if name != "again"}
    figures = {
        "desks": desks,
        "tried_again": len(told["again"]),
        "warming_ms": round(warming * 1000, 1),
        "acts_per_second": round(len(told["push"]) / seconds, 1),
    }
    for name, values in spread.items():
        figures[f"{name}_p50_ms"] = round(statistics.median(values) * 1000, 1)
        figures[f"{name}_p99_ms"] = round(values[int(len(values) * 0.99)] * 1000, 1)
    print(json.dumps(figures), flush=True)


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else max(LEVELS)
    cluster = Cluster(fsync=True, connections=most + 40)
    try:
        district = District(cluster)
        people = [next(p.id for p in district.people() if p.body == body and "liaison" in p.roles) for body in BODIES]
        for n, desks in enumerate(one for one in LEVELS if one <= most):
            # fresh desks a level: a device log goes on from its first act
            enrolled = [district.enrol(people[i % len(people)]) for i in range(desks)]
            asyncio.run(level(district, enrolled, desks, 1000 * (n + 1)))
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
