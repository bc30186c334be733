"""What was handed over from one colleague to another is found without reading every entry."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the index."""
    op.execute("CREATE INDEX entry_charge ON entry (kind, pos) WHERE kind IN ('handed-over','charge-received')")
