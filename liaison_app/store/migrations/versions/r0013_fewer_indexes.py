"""The index of feed items by entry goes: only ``verify`` of one case asked it, and each item of a first synchronisation wrote it."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Drop the index."""
    op.get_bind().exec_driver_sql("DROP INDEX IF EXISTS feed_item_entry")
