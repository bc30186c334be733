"""Numbers that the shared database leased to this desk, and which of them stand in which act."""

from collections.abc import Sequence

from sqlalchemy import Connection

from liaison_app.store.engine import fetched


def put_lease(connection: Connection, request: str, body: str, kind: str, year: int, first: int, last: int) -> None:
    """Keep a block of numbers; the same request twice is the same block."""
    connection.exec_driver_sql(
        "INSERT INTO number_lease(request,body,kind,year,first,last,next) VALUES(?,?,?,?,?,?,?) "
        "ON CONFLICT(request) DO NOTHING", (request, body, kind, year, first, last, first),
    )  # fmt: skip


def take_leased(connection: Connection, body: str, kind: str, year: int) -> int | None:
    """Return the next leased number, None when none is left."""
    found = connection.exec_driver_sql(
        "UPDATE number_lease SET next=next+1 WHERE request=(SELECT request FROM number_lease WHERE body=? AND kind=? "
        "AND year=? AND next<=last ORDER BY first LIMIT 1) RETURNING next-1", (body, kind, year),
    ).scalar()  # fmt: skip
    return None if found is None else int(found)


def leased_left(connection: Connection) -> dict[tuple[str, str, int], int]:
    """Return how many leased numbers are left by body, kind and year."""
    rows = fetched(connection, "SELECT body,kind,year,sum(last-next+1) FROM number_lease GROUP BY body,kind,year", ())
    return {(r[0], r[1], int(r[2])): int(r[3]) for r in rows}


def drop_leases(connection: Connection) -> None:
    """A restored desk drops its leases: another copy may have spent them."""
    connection.exec_driver_sql("DELETE FROM number_lease")


def put_numbers(connection: Connection, act_id: str, taken: Sequence[tuple[str, str]]) -> None:
    """Remember which numbers an act carries: deciding it again gives the same."""
    if taken:
        connection.exec_driver_sql(
            "INSERT INTO number_use(act_id,n,kind,number) VALUES(?,?,?,?)",
            [(act_id, n, kind, number) for n, (kind, number) in enumerate(taken)],
        )


def numbers_of(connection: Connection, act_id: str) -> list[tuple[str, str]]:
    """Return the numbers an act carries, in the order in which they were taken."""
    rows = connection.exec_driver_sql("SELECT kind,number FROM number_use WHERE act_id=? ORDER BY n", (act_id,))
    return [(r[0], r[1]) for r in rows]
