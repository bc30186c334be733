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


def _source(order: str, *, walk: bool, first: str = "") -> str:
    """Return FROM and WHERE of a list's cases: along the order's index (``first`` narrows it), or from the list."""
    if walk:
        return (
            f"case_row c INDEXED BY case_row_by_{order} WHERE {first}"
            "EXISTS(SELECT 1 FROM list_row l WHERE l.case_id=c.case_id AND l.body=:body AND l.list=:list "
            "AND l.sort>=:start AND l.sort<:until) "
        )
    return (
        "list_row l CROSS JOIN case_row c ON c.case_id=l.case_id "
        "WHERE l.body=:body AND l.list=:list AND l.sort>=:start AND l.sort<:until "
    )


def _statement(order: str, descending: bool, *, walk: bool, first: bool) -> str:
    by, turn = ORDERS[order], "DESC" if descending else "ASC"
    beyond = "<" if descending else ">"
    after = "" if first else f"AND {by}{beyond}=:key AND ({by}{beyond}:key OR c.case_id{beyond}:case) "
    row = ",".join(f"c.{name}" for name in queries.COLUMNS.split(","))
    source = _source(order, walk=walk)
    return f"SELECT {by},{row} FROM {source}{after}{_FILTERS} ORDER BY {by} {turn},c.case_id {turn} LIMIT :limit"


GROUPED: Final = ("lead", "town")
"""Orders by a column of whose values each list has a list of its own: read value by value."""
FEW: Final = 1_000
"""Cases up to which those of a value are sorted, not looked for along the index."""


def _of_value(order: str, descending: bool, *, walk: bool, first: bool) -> str:
    """Return the statement that reads a list's cases of one value: along the column's index, or from the value's list."""
    turn, beyond = ("DESC", "<") if descending else ("ASC", ">")
    after = "" if first else f"AND c.case_id{beyond}:case "
    row = ",".join(f"c.{name}" for name in queries.COLUMNS.split(","))
    by = ORDERS[order]
    source = _source(order, walk=walk, first=f"{by}=:value AND ")
    return f"SELECT {by},{row} FROM {source}{after}ORDER BY c.case_id {turn} LIMIT :limit"


WALKS: Final = {
    f"walk {order}{' desc' if down else ''}": _statement(order, down, walk=True, first=False)
    for order in ORDERS
    for down in (False, True)
} | {
    f"value {order}{' desc' if down else ''}": _of_value(order, down, walk=True, first=False)
    for order in GROUPED
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
    if walk and order in GROUPED and not any(given.values()) and not any(asked.values()):
        return _by_values(connection, listed, order, descending, after, limit)
    values = {**listed, **given, "limit": limit}
    if after is not None:
        values |= {"key": after[0], "case": after[1]}
    return queries.rows(connection, _statement(order, descending, walk=walk, first=after is None), **values)


def _by_values(
    connection: Connection, listed: dict[str, str], order: str, descending: bool, after: tuple[str, str] | None, limit: int
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return a page of a long list: value after value, each from where it is short; values that the list lacks are skipped."""
    body, name, start, until = (listed[key] for key in ("body", "list", "start", "until"))
    held = dict(groups(connection, body, name, order, start=start, until=until))
    found: list[tuple[Any, ...]] = []
    for value in sorted({"", *held}, reverse=descending):
        if after is not None and (value > after[0] if descending else value < after[0]):
            continue
        here = after is not None and value == after[0]
        walk = held.get(value, FEW) >= FEW
        asked = {**listed, "limit": limit - len(found)}
        asked |= {"value": value} if walk else {"list": queries.filtered_list(name, order, value)}
        asked |= {"case": after[1]} if here and after is not None else {}
        found += queries.rows(connection, _of_value(order, descending, walk=walk, first=not here), **asked)
        if len(found) >= limit:
            break
    return found


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
