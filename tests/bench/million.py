"""A big district quickly: `python -m tests.bench.million 1000000` leaves an encrypted replica in the cache folder.

A few dozen cases are walked through the façade; every further case is one of them written again with its own ids, number,
names, place and dates, into journal, projections and text index alike. Bytes are copied, not signed: chains and tags are not
those of real acts (``verify`` would say so), clocks of old cases are moved by whole weeks, not counted anew.
"""

import random
import re
import shutil
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from liaison_app.desk import demo, opening
from liaison_app.domain.text import fold, initials, tokens
from liaison_app.mechanism.countable import DECODER, ENCODER, Thing
from liaison_app.security import keys
from liaison_app.store import tallies
from liaison_app.store.replica import HEAD, Replica
from liaison_app.store.tables import PROJECTIONS, act, act_personal, entry, search_doc, stream
from tests.conftest import NOON

FORM = 2
"""Raise it when what is written here changes: an older copy in the cache is made anew."""
OPEN_SHARE = 0.04
CLOSED_DAYS = 7 * 340
BATCH = 10_000
SEP = "\x1f"
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"
GIVEN = ("喆堃", "建国", "晓雨", "国庆", "雨桐", "丽", "静", "㛃", "龑文", "志强", "秀英", "敏")
ROADS = ("滨河路", "湖滨路", "人民路", "解放路", "锦绣大道", "石桥街", "望江路", "白果街")
TABLES = (act, act_personal, entry, stream, *PROJECTIONS, search_doc)
TOWNS = demo.TOWNS


class Template:
    """One walked case as text with holes: all its rows, in the order of the tables."""

    def __init__(self, rows, keys):
        self.shape, self.fixed, cells = [], [], []
        for table, row in rows:
            kinds = []
            for value in _readable(table, row):
                text = value.decode() if isinstance(value, bytes) and _is_text(value) else value
                if isinstance(text, str):
                    kinds.append("b" if isinstance(value, bytes) else "s")
                    cells.append(text)
                else:
                    kinds.append("x")
                    self.fixed.append(value)
            self.shape.append((table, kinds))
        self.pieces = re.split(
            "(" + "|".join(sorted(map(re.escape, keys), key=len, reverse=True)) + ")", SEP.join(cells)
        )
        self.holes = [(at, self.pieces[at]) for at in range(1, len(self.pieces), 2)]

    def write(self, values):
        """Yield (table, row) with the holes filled."""
        pieces = self.pieces.copy()
        for at, key in self.holes:
            pieces[at] = values[key]
        cells, fixed = iter("".join(pieces).split(SEP)), iter(self.fixed)
        for table, kinds in self.shape:
            row = [next(fixed) if k == "x" else next(cells).encode() if k == "b" else next(cells) for k in kinds]
            yield table, _stored(table, row)


def _readable(table, row):
    """Return a row with the facts that figures are counted from as text, so that ids and days are found in them."""
    if table != "count_row":
        return row
    return (*row[:-1], msgspec.json.encode(DECODER.decode(row[-1])))


def _stored(table, row):
    return row if table != "count_row" else [*row[:-1], ENCODER.encode(msgspec.json.decode(row[-1], type=Thing))]


def _is_text(value):
    try:
        return SEP not in value.decode()
    except UnicodeDecodeError:
        return False


def replica_of(count, folder=None):
    """Return the home of a demo desk with so many cases; it is made once and kept in the cache folder."""
    cache = Path(folder or user_cache_path("liaison-desk") / "bench")
    home = cache / f"{count}-form{FORM}-schema{HEAD}"
    if (home / "ready").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    opening.found_demo(home)
    desk = opening.open_desk(home, person="p-zhoumin", now=NOON)
    demo.fill(desk, 1, NOON, count=48)
    _closed(desk)
    desk.state_clock(NOON)
    desk.close()
    replica = Replica.open(home, keys.open_as(home, "p-zhoumin", None).replica_key, synchronous="OFF")
    try:
        _multiply(replica, count)
    finally:
        replica.close()
    (home / "ready").write_text(str(count), encoding="ascii")
    return home


def _closed(desk):
    """Walk cases to their ends: withdrawn after a day, or answered, revisited and archived."""
    from tests.journeys.test_whole_walk import Office

    office = Office(desk)
    office.clock = NOON - timedelta(days=40)
    for n, (medium, source) in enumerate((("air", "catering"), ("noise", "industry"), ("air", "street_stall")) * 4):
        office.later(hours=3)
        office.register(object=f"旧案{n}", place=f"旧路{n}号", contact=f"1380000{n:04d}", town=TOWNS[n % 5],
                        facts={"medium": medium, "source": source})  # fmt: skip
        office.do("COMMERCE", "void", outcome="withdrawn", reason="来电撤回", approver="何建平")
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    office.do("EPB", "close", outcome="solved")
    office.do("EPB", "archive", fonds="012", keep="30", item="7", pages=12)


def _multiply(replica, count):
    with replica.read() as connection:
        templates = _templates(connection)
    ended = [t for t in templates if t[2]]
    running = [t for t in templates if not t[2]]
    dice = random.Random(1)
    with replica.write() as connection:
        run = connection.exec_driver_sql
        indexes = [
            (str(n), str(s))
            for n, s in run("SELECT name,sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL").all()
        ]
        for name, _ in indexes:
            run(f"DROP INDEX {name}")
        run("PRAGMA temp_store = FILE")
        run("CREATE TABLE loose_list(body,list,sort,case_id)")
        run("UPDATE number_counter SET last=last+?", (2 * count + 100_000,))
    top = 1000
    for first in range(0, count, BATCH):
        with replica.write() as connection:
            batch = {table.name: [] for table in TABLES}
            words = []
            for n in range(first, min(count, first + BATCH)):
                old = dice.random() >= OPEN_SHARE
                template, first_values, _ = dice.choice(ended if old else running)
                values = _values(first_values, n, dice, count if old else 0)
                for table, row in template.write(values):
                    if table == "search_doc":
                        row[0] = top = top + 1
                        letters = sorted(initials(values.get(first_values["name"], "")))
                        words.append((top, " ".join(dict.fromkeys(tokens(row[2]) + letters))))
                    batch[table].append(tuple(row))
            _insert(connection, batch, words)
    with replica.write() as connection:
        run = connection.exec_driver_sql
        run("INSERT OR IGNORE INTO list_row SELECT body,list,sort,case_id FROM loose_list ORDER BY 1,2,3,4")
        run("DROP TABLE loose_list")
        for _, sql in indexes:
            run(sql)
        tallies.begin(connection, "")  # the sums are made when figures are first asked for
        run("ANALYZE")


def _insert(connection, batch, words):
    run = connection.exec_driver_sql
    for table in TABLES:
        rows = batch[table.name]
        names = [c.name for c in table.columns]
        if table in (act, entry):
            names, rows = names[1:], [row[1:] for row in rows]
        target = "loose_list" if table.name == "list_row" else table.name
        if rows:
            run(f"INSERT OR IGNORE INTO {target}({','.join(names)}) VALUES({','.join('?' * len(names))})", rows)
    run("INSERT INTO search_text(rowid,words) VALUES(?,?)", words)


def _templates(connection):
    run = connection.exec_driver_sql
    found = []
    for (case,) in run("SELECT case_id FROM case_row").all():
        acts = [str(r[0]) for r in run("SELECT id FROM act WHERE case_id=? ORDER BY pos", (case,))]
        marks = ",".join("?" * len(acts))
        rows = []
        for table in TABLES:
            where, values = {
                "act": (f"id IN ({marks})", acts), "act_personal": (f"act_id IN ({marks})", acts),
                "entry": (f"act_id IN ({marks})", acts), "stream": ("name LIKE ?", [f"case/{case}%"]),
            }.get(table.name, ("case_id=?", [case]))  # fmt: skip
            rows += [
                (table.name, tuple(r)) for r in run(f"SELECT * FROM {table.name} WHERE {where}", tuple(values)).all()
            ]
        found.append(_template(case, acts, rows))
    return found


def _template(case, acts, rows):
    row = next(r for name, r in rows if name == "case_row")
    entries = [str(r[1]) for name, r in rows if name == "entry"]
    personal = " ".join(r[3].decode() for name, r in rows if name == "act_personal")
    ids = list(dict.fromkeys([case, *acts, *entries]))
    text = " ".join(str(v.decode() if isinstance(v, bytes) and _is_text(v) else v) for _, r in rows for v in r)
    days = sorted(set(re.findall(r"20\d\d-\d\d-\d\d", text)))
    turned = {day.translate(_TURN): day for day in days}
    phone = (re.search(r"1\d{10}", personal) or [""])[0]
    known = {"ids": ids, "number": row[1], "title": row[5], "place": row[6], "name": row[10], "slip": row[12],
             "days": days, "turned": turned, "phone": phone}  # fmt: skip
    keys = [
        *ids,
        *days,
        *turned,
        *(
            v
            for k in ("number", "title", "place", "name", "slip", "phone")
            if known[k]
            for v in (known[k], fold(known[k]))
        ),
    ]
    ended = any(name == "list_row" and r[1] == "closed" for name, r in rows)
    return Template(rows, keys), known, ended


_TURN = str.maketrans("0123456789", "9876543210")


def _values(known, n, dice, old):
    """Return what stands in the holes of case ``n``; an old one is moved back by whole weeks, newest last."""
    weeks = 0 if not old else int((1 - n / old) * CLOSED_DAYS) // 7 + 1
    values = {one: f"{n + 1:08x}-{k:04x}{one[13:]}" for k, one in enumerate(known["ids"])}
    for day in known["days"]:
        values[day] = (date.fromisoformat(day) - timedelta(weeks=weeks)).isoformat()
    for turned, day in known["turned"].items():
        values[turned] = values[day].translate(_TURN)
    named = {
        "number": re.sub(r"\d+(?=\D*$)", f"{n + 10_000:07d}", known["number"]),
        "slip": re.sub(r"\d+(?=\D*$)", f"{n + 10_000:07d}", known["slip"]),
        "title": f"{known['title']}{dice.randrange(9000)}",
        "place": f"{dice.choice(ROADS)}{dice.randrange(2000)}号",
        "name": dice.choice(SURNAMES) + dice.choice(GIVEN),
        "phone": f"139{n % 100_000_000:08d}",
    }
    for name, value in named.items():
        if known[name]:
            values[known[name]] = value
            values.setdefault(fold(known[name]), fold(value))
    return values


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    began = time.monotonic()
    home = replica_of(count)
    print(home, f"{time.monotonic() - began:.0f} s", f"{(home / 'replica.db').stat().st_size / 1e9:.2f} GB")
    desk = opening.open_desk(home, person="p-zhoumin", now=datetime.fromisoformat("2026-09-30T09:08:00+08:00"))
    print([(one.name, one.count) for one in desk.lists()])
    desk.close()


if __name__ == "__main__":
    main()
