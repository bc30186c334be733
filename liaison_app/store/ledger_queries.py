"""What screens ask of the ledger 台账: keyset pages, tasks, periods, places; every statement has its index."""

from typing import Any, Final

from sqlalchemy import Connection

from liaison_app.store.queries import rows

COLUMNS: Final = "record_id,kind,number,body,state,title,period,opened_at,due_at,late_after,due_rule,ended,changed_at"
_R: Final = ",".join(f"r.{name}" for name in COLUMNS.split(","))

RECORDS: Final = (
    f"SELECT l.sort,{_R} FROM record_list_row l CROSS JOIN record_row r ON r.record_id=l.record_id "
    "WHERE l.body=:body AND l.list=:list AND (l.sort,l.record_id)>(:sort,:record) ORDER BY l.sort,l.record_id LIMIT :limit"
)
RECORD: Final = f"SELECT {_R} FROM record_row r WHERE r.record_id=:record"
PAPER_RECORD: Final = (
    "SELECT stream FROM entry WHERE stream>='record/' AND stream<'record0' AND kind='record-stepped' "
    "AND instr(data,'issued-papers')>0 AND instr(data,:words)>0 LIMIT 1"
)
"""The record of which a paper got a number: read over the streams of records alone."""
RECORD_BY_NUMBER: Final = "SELECT record_id FROM record_row WHERE number=:ref"
RECORD_TASKS: Final = (
    f"SELECT t.id,t.step,t.line,t.due_at,{_R} FROM record_task_row t CROSS JOIN record_row r ON r.record_id=t.record_id "
    "WHERE t.body=:body ORDER BY t.due_at LIMIT :limit"
)
PERIODS: Final = "SELECT period,record_id,met_at,until FROM record_period_row WHERE kind=:kind AND body=:body"
PLACES: Final = (
    "SELECT record_id,since,until,place,object FROM record_place_row WHERE until>=:day ORDER BY until LIMIT 2000"
)
BEGAN: Final = "SELECT min(recorded_at) FROM (SELECT recorded_at FROM act ORDER BY pos LIMIT 2)"
"""When the desk began: its founding, or the first act of a demo whose story begins before it was founded."""

LEDGER: Final = {
    "records": RECORDS, "record": RECORD, "record_by_number": RECORD_BY_NUMBER, "paper_record": PAPER_RECORD, "record_tasks": RECORD_TASKS,
    "periods": PERIODS, "places": PLACES, "began": BEGAN,
}  # fmt: skip
"""Every statement behind a list of the ledger."""


def page(
    connection: Connection, body: str, name: str, after: tuple[str, str] | None, limit: int
) -> list[tuple[Any, ...]]:
    """Return rows of a list after a key, newest first; the first column is the key's sort."""
    sort, record = after or ("", "")
    return rows(connection, RECORDS, body=body, list=name, sort=sort, record=record, limit=limit)


def find_record(connection: Connection, ref: str) -> str | None:
    """Return the record id for an id or a number."""
    if rows(connection, RECORD, record=ref):
        return ref
    found = rows(connection, RECORD_BY_NUMBER, ref=ref) if ref else []
    return str(found[0][0]) if found else None


def record_of_paper(connection: Connection, number: str) -> str | None:
    """Return the record of which a paper got this number."""
    found = rows(connection, PAPER_RECORD, words=f'"number":"{number}"'.encode()) if number else []
    return str(found[0][0]).partition("/")[2] if found else None
