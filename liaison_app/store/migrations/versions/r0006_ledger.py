"""Ledger records 台账: their rows, lists, clocks, tasks, periods and places. All new; nothing stood there before."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    "CREATE TABLE record_row ( record_id TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, period TEXT NOT NULL, opened_at TEXT NOT NULL, due_at TEXT, late_after TEXT, due_rule TEXT NOT NULL, ended TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (record_id) )",
    "CREATE INDEX record_row_number ON record_row (number)",
    "CREATE TABLE record_list_row ( body TEXT NOT NULL, list TEXT NOT NULL, sort TEXT NOT NULL, record_id TEXT NOT NULL, PRIMARY KEY (body, list, sort, record_id) ) WITHOUT ROWID",
    "CREATE INDEX record_list_row_record ON record_list_row (record_id)",
    "CREATE TABLE record_clock_row ( record_id TEXT NOT NULL, rule TEXT NOT NULL, event TEXT NOT NULL, line INTEGER NOT NULL, owner TEXT NOT NULL, start_at TEXT NOT NULL, due_at TEXT, late_after TEXT, status TEXT NOT NULL, met_at TEXT, state TEXT NOT NULL, PRIMARY KEY (record_id, rule, event, line) )",
    "CREATE TABLE record_task_row ( id TEXT NOT NULL, body TEXT NOT NULL, record_id TEXT NOT NULL, step TEXT NOT NULL, line INTEGER NOT NULL, due_at TEXT, PRIMARY KEY (id) )",
    "CREATE INDEX record_task_row_body ON record_task_row (body, due_at)",
    "CREATE INDEX record_task_row_record ON record_task_row (record_id)",
    "CREATE TABLE record_period_row ( kind TEXT NOT NULL, body TEXT NOT NULL, period TEXT NOT NULL, record_id TEXT NOT NULL, met_at TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (kind, body, period, record_id) ) WITHOUT ROWID",
    "CREATE INDEX record_period_row_record ON record_period_row (record_id)",
    "CREATE TABLE record_place_row ( record_id TEXT NOT NULL, until TEXT NOT NULL, since TEXT NOT NULL, place TEXT NOT NULL, object TEXT NOT NULL, PRIMARY KEY (record_id) )",
    "CREATE INDEX record_place_row_until ON record_place_row (until)",
)


def upgrade() -> None:
    """Make the tables; the first record fills them."""
    for statement in STATEMENTS:
        op.execute(statement)
