"""Lists know the outer limit of a case: what is late is amber until it has passed too. Rows are made anew at opening."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    "ALTER TABLE case_row ADD COLUMN outer_at TEXT",
    "DELETE FROM meta WHERE key='count_form'",
)


def upgrade() -> None:
    """Add the column; what it holds follows from the journal."""
    for statement in STATEMENTS:
        op.execute(statement)
