"""Projections: what screens list. Written in the act's transaction, rebuilt from the journal to equal rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Table

from liaison_app.store import journal
from liaison_app.store.engine import fetched, marks, parts, written
from liaison_app.store.tables import PROJECTIONS, RECORD_PROJECTIONS

Row = tuple[Any, ...]


class CaseRows(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """All projection rows of one case, in the column order of the tables."""

    case_id: str
    case_row: Row
    lists: tuple[Row, ...] = ()
    clocks: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()
    similar: tuple[Row, ...] = ()
    count: Row


class RecordRows(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """All projection rows of one ledger record, in the column order of the tables."""

    record_id: str
    record_row: Row
    lists: tuple[Row, ...] = ()
    clocks: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()
    periods: tuple[Row, ...] = ()
    places: tuple[Row, ...] = ()


class RebuildReport(msgspec.Struct, frozen=True, gc=False):
    """Result of a rebuild or of its check."""

    tables: int
    rows: int
    equal: bool
    differences: tuple[str, ...] = ()


Project = Callable[[str, list[journal.Line]], CaseRows | None]
ProjectRecord = Callable[[str, list[journal.Line]], RecordRows | None]


def _insert(table: Table) -> str:
    return f"INSERT INTO {table.name} VALUES({','.join('?' * len(table.columns))})"


class Shape(msgspec.Struct, frozen=True):
    """A table of rows: its columns, and which of them name a row."""

    table: str
    columns: tuple[str, ...]
    key: tuple[int, ...]

    def keyed(self, row: Row) -> Row:
        """Return what names a row."""
        return tuple(row[n] for n in self.key)


def _shape(table: Table) -> Shape:
    names = [column.name for column in table.columns]
    return Shape(table.name, tuple(names), tuple(names.index(c.name) for c in table.primary_key.columns))


SHAPES: Final = {table.name: _shape(table) for table in (*PROJECTIONS, *RECORD_PROJECTIONS)}
INSERTS: Final = {table.name: _insert(table) for table in PROJECTIONS}
RECORD_INSERTS: Final = {table.name: _insert(table) for table in RECORD_PROJECTIONS}


def _rows_of(rows: CaseRows) -> dict[str, Sequence[Row]]:
    return {
        "case_row": (rows.case_row,), "list_row": rows.lists, "clock_row": rows.clocks, "task_row": rows.tasks,
        "similar_key": rows.similar, "count_row": (rows.count,),
    }  # fmt: skip


def _record_rows_of(rows: RecordRows) -> dict[str, Sequence[Row]]:
    return {
        "record_row": (rows.record_row,), "record_list_row": rows.lists, "record_clock_row": rows.clocks,
        "record_task_row": rows.tasks, "record_period_row": rows.periods, "record_place_row": rows.places,
    }  # fmt: skip


def put(connection: Connection, cases: Iterable[CaseRows], *, fresh: bool = False) -> None:
    """Write the rows of cases; ``fresh`` when none of them had rows before."""
    cases = list(cases)
    ids = [] if fresh else _known(connection, "case_row", "case_id", [c.case_id for c in cases])
    _put(connection, INSERTS, "case_id", ids, [_rows_of(case) for case in cases])


def put_records(connection: Connection, records: Iterable[RecordRows]) -> None:
    """Write the rows of ledger records over those they had before."""
    records = list(records)
    ids = _known(connection, "record_row", "record_id", [r.record_id for r in records])
    _put(connection, RECORD_INSERTS, "record_id", ids, [_record_rows_of(record) for record in records])


def _known(connection: Connection, table: str, key: str, ids: Sequence[str]) -> list[Row]:
    """Return those of some cases or records that have rows."""
    found: list[Row] = []
    for i in range(0, len(ids), 400):
        part = tuple(ids[i : i + 400])
        found += fetched(connection, f"SELECT {key} FROM {table} WHERE {key} IN ({','.join('?' * len(part))})", part)
    return found


def drop_records(connection: Connection, record_ids: Iterable[str]) -> None:
    """Remove the rows of ledger records that have no entries any more."""
    ids = [(i,) for i in record_ids]
    if ids:
        for name in RECORD_INSERTS:
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE record_id=?", ids)


def drop(connection: Connection, case_ids: Iterable[str]) -> None:
    """Remove the rows of cases that have no entries any more."""
    ids = [(i,) for i in case_ids]
    if ids:
        for name in INSERTS:
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE case_id=?", ids)


def _put(
    connection: Connection, inserts: dict[str, str], key: str, old: Sequence[Row], made: list[dict[str, Sequence[Row]]]
) -> None:
    """Write rows; of what had some before only the differences: an act changes few, and each lies in pages of its own."""
    ids = tuple(str(row[0]) for row in old)
    for name, statement in inserts.items():
        rows = [row for one in made for row in one[name]]
        if ids:
            rows = _differing(connection, SHAPES[name], key, ids, rows)
        if rows:
            written(connection, statement, rows)


def _differing(connection: Connection, shape: Shape, key: str, ids: tuple[str, ...], rows: Sequence[Row]) -> list[Row]:
    """Take out the rows that are no more, change those that say something else; return those that are new."""
    stood = {shape.keyed(row): row for part in parts(ids) for row in _stood(connection, shape, key, part)}
    come: list[Row] = []
    changed: dict[tuple[int, ...], list[Row]] = {}
    for row in rows:
        at = shape.keyed(row)
        before = stood.pop(at, None)
        if before is None:
            come.append(row)
        elif before != row:
            which = tuple(n for n, value in enumerate(row) if value != before[n])
            changed.setdefault(which, []).append((*(row[n] for n in which), *at))
    where = " AND ".join(f"{shape.columns[n]}=?" for n in shape.key)
    if stood:
        written(connection, f"DELETE FROM {shape.table} WHERE {where}", list(stood))
    for which, values in changed.items():
        sets = ",".join(f"{shape.columns[n]}=?" for n in which)
        written(connection, f"UPDATE {shape.table} SET {sets} WHERE {where}", values)
    return come


def _stood(connection: Connection, shape: Shape, key: str, part: tuple[str, ...]) -> list[Row]:
    return fetched(connection, f"SELECT * FROM {shape.table} WHERE {key} IN ({marks(part)})", part)


def _all(
    connection: Connection, project: Project, project_record: ProjectRecord
) -> Iterator[tuple[str, str, dict[str, Sequence[Row]]]]:
    """Yield (id, name of its column, rows by table) of every case and record, as the journal gives them."""
    for case_id, lines in journal.all_cases(connection):
        if (rows := project(case_id, lines)) is not None:
            yield case_id, "case_id", _rows_of(rows)
    for record_id, lines in journal.all_records(connection):
        if (found := project_record(record_id, lines)) is not None:
            yield record_id, "record_id", _record_rows_of(found)


def counted(connection: Connection, since: str, until: str) -> Iterator[bytes]:
    """Yield the facts of every case of which something may lie between two moments."""
    for (facts,) in connection.exec_driver_sql(
        "SELECT facts FROM count_row WHERE until>=? AND since<?", (since, until)
    ):
        yield bytes(facts)


def rebuild(connection: Connection, project: Project, project_record: ProjectRecord) -> RebuildReport:
    """Empty the projections and fill them from the journal, in the caller's transaction."""
    inserts = {**INSERTS, **RECORD_INSERTS}
    for name in inserts:
        connection.exec_driver_sql(f"DELETE FROM {name}")
    count = 0
    for _, _, made in _all(connection, project, project_record):
        for name, rows in made.items():
            if rows:
                connection.exec_driver_sql(inserts[name], list(rows))
            count += len(rows)
    return RebuildReport(len(inserts), count, True)


def compare(connection: Connection, project: Project, project_record: ProjectRecord) -> RebuildReport:
    """Compare the projections with what the journal gives, changing nothing."""
    differences: list[str] = []
    counts = dict.fromkeys([*INSERTS, *RECORD_INSERTS], 0)
    for ref, key, made in _all(connection, project, project_record):
        for name, wanted in made.items():
            found = connection.exec_driver_sql(f"SELECT * FROM {name} WHERE {key}=?", (ref,))
            counts[name] += len(wanted)
            if sorted(map(repr, map(tuple, found))) != sorted(map(repr, map(tuple, wanted))):
                differences.append(f"{name} {ref}")
    for name, count in counts.items():
        there = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()
        if there != count:
            differences.append(f"{name}: {there} rows, the journal gives {count}")
    return RebuildReport(len(counts), sum(counts.values()), not differences, tuple(differences[:20]))
