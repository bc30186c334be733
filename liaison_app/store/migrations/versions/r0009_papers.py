"""Papers that were numbered, printed, sealed or voided, and slips sent, are found without reading every entry."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the index."""
    op.execute(
        "CREATE INDEX IF NOT EXISTS entry_paper ON entry (kind, pos) "
        "WHERE kind IN ('paper-issued','paper-printed','paper-sealed','paper-voided','transfer-sent')"
    )
