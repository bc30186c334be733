"""Every list has a list of its own for each value of what it can be filtered by: no filter reads a whole list any more."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the rows; they follow from those that are there."""
    for column in ("state", "lead", "town", "medium"):
        op.get_bind().exec_driver_sql(
            f"INSERT OR IGNORE INTO list_row SELECT l.body,l.list||':{column}='||c.{column},l.sort,l.case_id FROM list_row l "
            f"CROSS JOIN case_row c ON c.case_id=l.case_id WHERE instr(l.list,':')=0 AND l.list<>'all' AND c.{column}<>''"
        )
