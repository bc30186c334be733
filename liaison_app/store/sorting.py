"""Lists in another order than their own: short ones are sorted when asked for, long ones walk an index of the column."""

from typing import Any, Final

from sqlalchemy import Connection

from liaison_app.store import queries

LONG: Final = 20_000
"""Cases from which on a list is not sorted any more but an index walked."""

ORDERS: Final = {
    "number": "c.number", "title": "c.title", "lead": "c.lead", "town": "c.town", "complainant": "c.complainant",
    "registered": "c.registered_at", "first": "c.first_receiver", "due": "coalesce(c.due_at,'9999')",
}  # fmt: skip
"""What a list can be ordered by, as an expression over ``case_row c``; each has an index ``case_row_by_NAME``."""

LONGER: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM list_row WHERE body=:body AND list=:list AND sort>=:start AND sort<:until "
    f"LIMIT {LONG + 1})"
)
_FILTERS: Final = (
    "AND (:state='' OR c.state=:state) AND (:lead='' OR c.lead=:lead) AND (:medium='' OR c.medium=:medium) "
    "AND (:town='' OR c.town=:town)"
)


def _statement(order: str, descending: bool, *, walk: bool, first: bool) -> str:
    by, turn = ORDERS[order], "DESC" if descending else "ASC"
    beyond = "<" if descending else ">"
    after = "" if first else f"AND {by}{beyond}=:key AND ({by}{beyond}:key OR c.case_id{beyond}:case) "
    row = ",".join(f"c.{name}" for name in queries.COLUMNS.split(","))
    if walk:
        source = f"case_row c INDEXED BY case_row_by_{order} WHERE "
        listed = (
            "EXISTS(SELECT 1 FROM list_row l WHERE l.case_id=c.case_id AND l.body=:body AND l.list=:list "
            "AND l.sort>=:start AND l.sort<:until) "
        )
    else:
        source = "list_row l CROSS JOIN case_row c ON c.case_id=l.case_id WHERE "
        listed = "l.body=:body AND l.list=:list AND l.sort>=:start AND l.sort<:until "
    return (
        f"SELECT {by},{row} FROM {source}{listed}{after}{_FILTERS} ORDER BY {by} {turn},c.case_id {turn} LIMIT :limit"
    )


WALKS: Final = {
    f"walk {order}{' desc' if down else ''}": _statement(order, down, walk=True, first=False)
    for order in ORDERS
    for down in (False, True)
}
"""The statements that walk an index, for the plan test."""


def page(
    connection: Connection, body: str, name: str, order: str, *, descending: bool, after: tuple[str, str] | None,
    limit: int, start: str = "", until: str = queries.END, **filters: str,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return rows of a list in an order after a key (value, case id); the first column is the value."""
    asked = {k: str(filters.get(k) or "") for k in queries.FILTERS}
    name, given = queries.narrowed(connection, body, name, asked, start, until)
    listed = {"body": body, "list": name, "start": start, "until": until}
    walk = int(queries.rows(connection, LONGER, **listed)[0][0]) > LONG
    values = {**listed, **given, "limit": limit}
    if after is not None:
        values |= {"key": after[0], "case": after[1]}
    return queries.rows(connection, _statement(order, descending, walk=walk, first=after is None), **values)


NEXT_VALUE: Final = "SELECT min(list) FROM list_row WHERE body=:body AND list>:after AND list<:beyond"


def groups(
    connection: Connection, body: str, name: str, by: str, *, start: str = "", until: str = queries.END
) -> list[tuple[str, int]]:
    """Return the values of a column in a list with their counts (1,000 at the most): hops from value to value over the index."""
    found: list[tuple[str, int]] = []
    prefix = after = queries.filtered_list(name, by, "")
    while True:
        values = {"body": body, "after": after, "beyond": prefix + queries.END}
        after = queries.rows(connection, NEXT_VALUE, **values)[0][0]
        if after is None:
            return found
        held = queries.count(connection, body, after, start, until)
        if held:
            found.append((after.removeprefix(prefix), held))
