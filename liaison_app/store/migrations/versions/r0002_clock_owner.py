"""Each addressee of one slip has clocks of his own: the owner belongs to the key of a clock."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "DROP INDEX clock_row_open",
    "ALTER TABLE clock_row RENAME TO clock_row_0001",
    "CREATE TABLE clock_row ( case_id TEXT NOT NULL, matter INTEGER NOT NULL, rule TEXT NOT NULL, event TEXT NOT NULL, owner TEXT NOT NULL, start_at TEXT NOT NULL, due_at TEXT, late_after TEXT, status TEXT NOT NULL, met_at TEXT, state TEXT NOT NULL, PRIMARY KEY (case_id, matter, rule, event, owner) )",
    "CREATE INDEX clock_row_open ON clock_row (owner, state, due_at)",
    "INSERT INTO clock_row SELECT case_id,matter,rule,event,owner,start_at,due_at,late_after,status,met_at,state FROM clock_row_0001",
    "DROP TABLE clock_row_0001",
)


def upgrade() -> None:
    """Make the table anew with the wider key."""
    for statement in STATEMENTS:
        op.execute(statement)
