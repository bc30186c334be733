"""Lists can be ordered by their columns: one index an order."""

from alembic import op

revision = "0004"
down_revision = "0003"

ORDERS = {
    "number": "number", "title": "title", "lead": "lead", "town": "town", "complainant": "complainant",
    "registered": "registered_at", "first": "first_receiver", "due": "coalesce(due_at,'9999')",
}  # fmt: skip


def upgrade() -> None:
    """Make the indexes."""
    for name, column in ORDERS.items():
        op.execute(f"CREATE INDEX case_row_by_{name} ON case_row ({column}, case_id)")
