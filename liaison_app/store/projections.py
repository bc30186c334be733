"""Projections: what screens list. Written in the act's transaction, rebuilt from the journal to equal rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from liaison_app.store import journal
from liaison_app.store.tables import PROJECTIONS

Row = tuple[Any, ...]


class CaseRows(msgspec.Struct, frozen=True, kw_only=True):
    """All projection rows of one case, in the column order of the tables."""

    case_id: str
    case_row: Row
    lists: tuple[Row, ...] = ()
    clocks: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()
    similar: tuple[Row, ...] = ()
    count: Row


class RebuildReport(msgspec.Struct, frozen=True):
    """Result of a rebuild or of its check."""

    tables: int
    rows: int
    equal: bool
    differences: tuple[str, ...] = ()


Project = Callable[[str, list[journal.Line]], CaseRows]


def _insert(table: Table) -> str:
    return f"INSERT INTO {table.name} VALUES({','.join('?' * len(table.columns))})"


INSERTS = {table.name: _insert(table) for table in PROJECTIONS}


def _rows_of(rows: CaseRows) -> dict[str, Sequence[Row]]:
    return {
        "case_row": (rows.case_row,), "list_row": rows.lists, "clock_row": rows.clocks, "task_row": rows.tasks,
        "similar_key": rows.similar, "count_row": (rows.count,),
    }  # fmt: skip


def put(connection: Connection, cases: Iterable[CaseRows], *, fresh: bool = False) -> None:
    """Write the rows of cases; ``fresh`` when none of them had rows before."""
    cases = list(cases)
    if not fresh:
        ids = [(c.case_id,) for c in cases]
        for name in INSERTS:
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE case_id=?", ids)
    for name, statement in INSERTS.items():
        rows = [row for case in cases for row in _rows_of(case)[name]]
        if rows:
            connection.exec_driver_sql(statement, rows)


def drop(connection: Connection, case_ids: Iterable[str]) -> None:
    """Remove the rows of cases that have no entries any more."""
    ids = [(i,) for i in case_ids]
    if ids:
        for name in INSERTS:
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE case_id=?", ids)


def rebuild(connection: Connection, project: Project) -> RebuildReport:
    """Empty the projections and fill them from the journal, in the caller's transaction."""
    for name in INSERTS:
        connection.exec_driver_sql(f"DELETE FROM {name}")
    rows = 0
    for case_id, lines in journal.all_cases(connection):
        made = project(case_id, lines)
        put(connection, [made], fresh=True)
        rows += sum(len(r) for r in _rows_of(made).values())
    return RebuildReport(len(INSERTS), rows, True)


def recount(connection: Connection, count: Callable[[str, list[journal.Line]], Row]) -> int:
    """Make only the facts that figures are counted from anew; return of how many cases."""
    connection.exec_driver_sql("DELETE FROM count_row")
    rows = [count(case_id, lines) for case_id, lines in journal.all_cases(connection)]
    if rows:
        connection.exec_driver_sql(INSERTS["count_row"], rows)
    return len(rows)


def counted(connection: Connection, since: str, until: str) -> Iterator[bytes]:
    """Yield the facts of every case of which something may lie between two moments."""
    for (facts,) in connection.exec_driver_sql(
        "SELECT facts FROM count_row WHERE until>=? AND since<?", (since, until)
    ):
        yield bytes(facts)


def compare(connection: Connection, project: Project) -> RebuildReport:
    """Compare the projections with what the journal gives, changing nothing."""
    differences: list[str] = []
    counts = dict.fromkeys(INSERTS, 0)
    for case_id, lines in journal.all_cases(connection):
        for name, wanted in _rows_of(project(case_id, lines)).items():
            found = connection.exec_driver_sql(f"SELECT * FROM {name} WHERE case_id=?", (case_id,))
            counts[name] += len(wanted)
            if sorted(map(repr, map(tuple, found))) != sorted(map(repr, map(tuple, wanted))):
                differences.append(f"{name} {case_id}")
    for name, count in counts.items():
        there = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()
        if there != count:
            differences.append(f"{name}: {there} rows, the journal gives {count}")
    return RebuildReport(len(INSERTS), sum(counts.values()), not differences, tuple(differences[:20]))
