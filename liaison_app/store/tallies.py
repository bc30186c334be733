"""Figures as sums: cells by period, indicator and group, kept in the transaction that changes a case's facts.

``meta`` holds by which formulas they were added up (``tally.form``) and how far, by case id (``tally.at``).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from liaison_app.mechanism.tallying import STANDING
from liaison_app.store import desk_tables as small
from liaison_app.store.engine import fetched, written
from liaison_app.store.tables import TALLIES

FORM: Final = "tally.form"
AT: Final = "tally.at"
END: Final = "~"
"""How far the sums are when every case is in them."""
PLACES: Final = "}"
"""How far they are when every case is in and the places complained of again are looked for, up to the place that follows."""
Row = tuple[Any, ...]


def state(connection: Connection) -> tuple[str, str]:
    """Return by which formulas the sums were made and up to which case."""
    found = dict(fetched(connection, "SELECT key,value FROM meta WHERE key IN (?,?)", (FORM, AT)))
    return str(found.get(FORM) or ""), str(found.get(AT) or "")


def begin(connection: Connection, form: str, at: str = "") -> None:
    """Empty the sums and begin again by some formulas."""
    for table in TALLIES:
        connection.exec_driver_sql(f"DELETE FROM {table.name}")
    small.put_meta(connection, FORM, form)
    small.put_meta(connection, AT, at)


def reached(connection: Connection, at: str) -> None:
    """Note up to which case the sums are made."""
    small.put_meta(connection, AT, at)


def facts_of(connection: Connection, case_ids: Sequence[str]) -> dict[str, tuple[bytes, str]]:
    """Return the facts of cases and until when they were counted; cases without facts are left out."""
    found: dict[str, tuple[bytes, str]] = {}
    for i in range(0, len(case_ids), 400):
        part = tuple(case_ids[i : i + 400])
        rows = fetched(
            connection, "SELECT r.case_id,r.facts,coalesce(t.turned,'') FROM count_row r LEFT JOIN count_turn t ON t.case_id=r.case_id "
            f"WHERE r.case_id IN ({','.join('?' * len(part))})", part,
        )  # fmt: skip
        found |= {case: (bytes(facts), turned) for case, facts, turned in rows}
    return found


def after(connection: Connection, at: str, limit: int) -> list[tuple[str, bytes]]:
    """Return the next cases in the order in which sums are made, with their facts."""
    statement = "SELECT case_id,facts FROM count_row WHERE case_id>? ORDER BY case_id LIMIT ?"
    return [(case, bytes(facts)) for case, facts in fetched(connection, statement, (at, limit))]


def between(connection: Connection, at: str, last: str) -> list[tuple[str, bytes]]:
    """Return the cases between two ids, the second with them, and their facts."""
    statement = "SELECT case_id,facts FROM count_row WHERE case_id>? AND case_id<=? ORDER BY case_id"
    return [(case, bytes(facts)) for case, facts in fetched(connection, statement, (at, last))]


def repeated(connection: Connection, at: str, least: int, limit: int) -> list[tuple[int, str, str]]:
    """Return the next places with so many complaints after the one that ``at`` (:func:`place_mark`) names."""
    n, kind, key = at.removeprefix(PLACES).split("|", 2) if at != PLACES else (-1, "", "")
    return fetched(
        connection, "SELECT n,kind,key FROM count_spot WHERE (n,kind,key)>(?,?,?) GROUP BY n,kind,key HAVING count(*)>=? "
        "ORDER BY n,kind,key LIMIT ?", (int(n), kind, key, least, limit),
    )  # fmt: skip


def place_mark(n: int, kind: str, key: str) -> str:
    """Return how far the sums are when the places up to this one are found."""
    return f"{PLACES}{n}|{kind}|{key}"


def stale(connection: Connection, cut: str, limit: int) -> list[str]:
    """Return cases of which a limit ran out since they were counted, or, with the clock set back, has not yet."""
    ripe = fetched(
        connection, "SELECT case_id FROM count_turn WHERE ripens IS NOT NULL AND ripens<=? LIMIT ?", (cut, limit)
    )
    early = fetched(connection, "SELECT case_id FROM count_turn WHERE turned>? LIMIT ?", (cut, limit))
    return list(dict.fromkeys(row[0] for row in (*ripe, *early)))


def how_many(connection: Connection, at: str, cut: str) -> int:
    """Return how many cases are not in the sums yet, or stand in them as of another time."""
    return sum(
        int(connection.exec_driver_sql(statement, values).scalar() or 0)
        for statement, values in (
            ("SELECT count(*) FROM count_row WHERE case_id>?", (at,)),
            ("SELECT count(*) FROM count_turn WHERE ripens IS NOT NULL AND ripens<=?", (cut,)),
            ("SELECT count(*) FROM count_turn WHERE turned>?", (cut,)),
        )
    )


def any_case(connection: Connection) -> bool:
    """Return whether any case has facts."""
    return connection.exec_driver_sql("SELECT 1 FROM count_row LIMIT 1").first() is not None


def add(
    connection: Connection, cells: Mapping[tuple[str, int, str, str], Sequence[int]], *, sweep: bool = True
) -> None:
    """Add to cells; one that comes to nothing goes (``sweep``)."""
    rows: list[tuple[Any, ...]] = sorted((*cell, *more) for cell, more in cells.items() if any(more))
    if not rows:
        return
    written(
            connection, "INSERT INTO count_cell VALUES(?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET counts=counts+excluded.counts,"
        "base=base+excluded.base,running=running+excluded.running", rows,
    )  # fmt: skip
    if not sweep:
        return
    written(
        connection,  # a cell that stood below nothing comes to nothing by what is added, too
        "DELETE FROM count_cell WHERE span=? AND n=? AND by=? AND key=? AND counts=0 AND base=0 AND running=0",
        [row[:4] for row in rows],
    )


def sweep(connection: Connection) -> None:
    """Take out every cell that came to nothing."""
    connection.exec_driver_sql("DELETE FROM count_cell WHERE counts=0 AND base=0 AND running=0")


def change_hits(connection: Connection, gone: Iterable[Row], come: Iterable[Row]) -> None:
    """Take out and put in rows of what counts."""
    if old := list(gone):
        written(
            connection, "DELETE FROM count_hit WHERE n=? AND month=? AND case_id=? AND until=? AND counts=? AND department=? AND town=? AND "
            "category=? AND channel=? AND source=? AND hour=? AND own=?", old,
        )  # fmt: skip
    if new := list(come):
        written(connection, f"INSERT INTO count_hit VALUES({','.join('?' * 12)})", new)


def change_spots(connection: Connection, gone: Iterable[Row], come: Iterable[Row]) -> None:
    """Take out and put in complaints at places."""
    if old := [row[:5] for row in gone]:
        written(connection, "DELETE FROM count_spot WHERE n=? AND kind=? AND key=? AND at=? AND case_id=?", old)
    if new := list(come):
        written(connection, "INSERT INTO count_spot VALUES(?,?,?,?,?,?)", new)


def calls_at(connection: Connection, n: int, kind: str, key: str) -> list[tuple[str, str, str]]:
    """Return every complaint at a place, earliest first: moment, case, words."""
    statement = "SELECT at,case_id,words FROM count_spot WHERE n=? AND kind=? AND key=? ORDER BY at,case_id"
    return [(at, case, words) for at, case, words in fetched(connection, statement, (n, kind, key))]


def put_places(connection: Connection, gone: Iterable[Row], come: Iterable[Row]) -> None:
    """Write which places were complained of again in periods, over what was there."""
    if old := list(gone):
        written(connection, "DELETE FROM count_place WHERE n=? AND span=? AND kind=? AND key=?", old)
    if new := list(come):
        written(connection, "INSERT INTO count_place VALUES(?,?,?,?,?,?,?)", new)


def turn(connection: Connection, rows: Sequence[tuple[str, str, str]], gone: Iterable[str] = ()) -> None:
    """Note until when cases are counted and when their figures change next by time alone."""
    if old := [(case,) for case in gone]:
        written(connection, "DELETE FROM count_turn WHERE case_id=?", old)
    if rows:
        written(
            connection,
            "INSERT INTO count_turn VALUES(?,?,nullif(?,'')) ON CONFLICT DO UPDATE SET turned=excluded.turned,ripens=excluded.ripens",
            list(rows),
        )


# -- what figures ask ---------------------------------------------------------------------------------


def cells(connection: Connection, spans: Sequence[str], by: Sequence[str]) -> list[tuple[int, str, str, int, int, int]]:
    """Return the cells of periods added up, by some groupings: indicator, grouping, group, counts, base, still running."""
    return fetched(
        connection, "SELECT n,by,key,sum(counts),sum(base),sum(running) FROM count_cell "
        f"WHERE span IN ({','.join('?' * len(spans))}) AND by IN ({','.join('?' * len(by))}) GROUP BY n,by,key "
        "HAVING sum(counts)<>0 OR sum(base)<>0 OR sum(running)<>0", (*spans, *by),
    )  # fmt: skip


def standing(connection: Connection, n: int, month: str, by: Sequence[str]) -> list[tuple[str, str, int]]:
    """Return what stands at the beginning of a month by some groupings: grouping, group, how many."""
    marks = ",".join("?" * len(by))
    return fetched(
        connection, f"SELECT by,key,sum(counts) FROM count_cell WHERE span>? AND span<=? AND n=? AND by IN ({marks}) "
        "GROUP BY by,key HAVING sum(counts)<>0", (STANDING, STANDING + month, n, *by),
    )  # fmt: skip


def places(connection: Connection, n: int, span: str, limit: int) -> tuple[int, list[tuple[str, str, str, int]]]:
    """Return how many places were complained of again in a period, and the first of them: kind, key, words, cases.

    A place and an object with the same cases are one.
    """
    found = fetched(
        connection, "SELECT kind,key,words,cases,count(*) OVER () FROM (SELECT min(kind) AS kind,key,words,cases FROM count_place "
        "WHERE n=? AND span=? GROUP BY cases,mark) ORDER BY cases DESC,words LIMIT ?", (n, span, limit),
    )  # fmt: skip
    return int(found[0][4]) if found else 0, [(kind, key, words, cases) for kind, key, words, cases, _ in found]


def hits(
    connection: Connection, n: int, months: tuple[str, str], column: str, key: str, counts: int | None, limit: int
) -> list[str]:
    """Return cases behind a number, newest month first: ``months`` first and last, of a group, of what counts or not."""
    where = {"": "", "town_source": " AND town||'→'||source=?"}.get(column, f" AND {column}=?")
    values: tuple[Any, ...] = (n, *months, *((key,) if where else ()))
    if counts is not None:
        where, values = where + " AND counts=?", (*values, counts)
    statement = f"SELECT DISTINCT month,case_id FROM count_hit WHERE n=? AND month>=? AND month<=?{where} ORDER BY month DESC,case_id DESC LIMIT ?"
    return list(dict.fromkeys(row[1] for row in fetched(connection, statement, (*values, limit))))


def hits_standing(connection: Connection, n: int, month: str, column: str, key: str, limit: int) -> list[str]:
    """Return cases that stand at the beginning of a month, newest first."""
    where = "" if not column else " AND town||'→'||source=?" if column == "town_source" else f" AND {column}=?"
    statement = f"SELECT case_id FROM count_hit WHERE n=? AND month<=?{where} AND until>? ORDER BY month DESC,case_id DESC LIMIT ?"
    return [row[0] for row in fetched(connection, statement, (n, month, *((key,) if where else ()), month, limit))]


def cases_of(connection: Connection, months: tuple[str, str], column: str) -> list[tuple[int, str, str, int, int]]:
    """Return the cases behind all numbers of some months: indicator, group ('' without a column), case, whether it counts
    in the least and in the most of its items (they differ where one counts and another does not)."""
    key = {"": "''", "town_source": "town||'→'||source"}.get(column, column)
    return fetched(
        connection, f"SELECT n,{key},case_id,min(counts),max(counts) FROM count_hit WHERE until='' AND month>=? AND month<=? "
        "GROUP BY 1,2,3", months,
    )  # fmt: skip


def cases_standing(connection: Connection, month: str, column: str) -> list[tuple[int, str, str]]:
    """Return the cases that stand at the beginning of a month: indicator, group, case."""
    key = {"": "''", "town_source": "town||'→'||source"}.get(column, column)
    return fetched(
        connection, f"SELECT DISTINCT n,{key},case_id FROM count_hit WHERE until>? AND month<=?", (month, month)
    )  # fmt: skip


def how_many_behind(connection: Connection, months: tuple[str, str], most: int) -> int:
    """Return how many cases stand behind the numbers of some months, counted no further than ``most``."""
    statement = (
        "SELECT count(*) FROM (SELECT DISTINCT case_id FROM count_hit WHERE until='' AND month>=? AND month<=? LIMIT ?)"
    )
    return int(fetched(connection, statement, (*months, most))[0][0])


def every(connection: Connection, table: str) -> set[Row]:
    """Return all rows of a table of sums."""
    if table not in {t.name for t in TALLIES}:
        raise ValueError(table)
    return set(fetched(connection, f"SELECT * FROM {table}", ()))
