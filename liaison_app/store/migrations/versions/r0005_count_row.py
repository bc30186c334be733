"""Facts that figures are counted from, one row a case; the desk fills them when it is opened."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "CREATE TABLE count_row ( case_id TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (case_id) )",
    "CREATE INDEX count_row_until ON count_row (until)",
    "DELETE FROM meta WHERE key='count_form'",
)


def upgrade() -> None:
    """Make the table."""
    for statement in STATEMENTS:
        op.execute(statement)
