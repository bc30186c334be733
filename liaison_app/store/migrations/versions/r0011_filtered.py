"""Every list has a list of its own for each value of what it can be filtered by: no filter reads a whole list any more."""

from alembic import context, op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the rows, list after list; they follow from those that are there."""
    connection, part = op.get_bind(), context.config.attributes.get("part", lambda _share: None)
    lists = connection.exec_driver_sql(
        "SELECT DISTINCT body,list FROM list_row WHERE instr(list,':')=0 AND list<>'all'"
    ).all()
    for n, (body, name) in enumerate(lists):
        part(n / len(lists))
        for column in ("state", "lead", "town", "medium"):
            connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO list_row SELECT l.body,l.list||':{column}='||c.{column},l.sort,l.case_id "
                f"FROM list_row l CROSS JOIN case_row c ON c.case_id=l.case_id WHERE l.body=? AND l.list=? AND c.{column}<>''",
                (body, name),
            )
