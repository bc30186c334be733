"""How far a desk has read each feed of the shared database, and where its chain stands there."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from liaison_app.security import chain
from liaison_app.store.engine import fetched, first, written


class Checkpoint(msgspec.Struct, frozen=True, gc=False):
    """How far a feed was read: position, chain there, the newest position known, the server's epoch."""

    feed: str
    pos: int
    chain: bytes
    head: int
    epoch: str


class FeedLine(msgspec.Struct, frozen=True, gc=False):
    """One item of a feed as it is kept for ``verify``."""

    feed: str
    pos: int
    what: str
    ref: str
    entry_id: str | None
    chain: bytes
    data: bytes | None


def checkpoints(connection: Connection) -> dict[str, Checkpoint]:
    """Return how far each feed was read; ``district`` first, for registers are read before all else."""
    statement = "SELECT feed,pos,chain,head,epoch FROM checkpoint ORDER BY feed<>'district', feed='oversight', feed"
    rows = fetched(connection, statement, ())
    return {r[0]: Checkpoint(r[0], int(r[1]), bytes(r[2]), int(r[3]), r[4]) for r in rows}


def follow(connection: Connection, feeds: Iterable[str], epoch: str) -> None:
    """Begin to follow feeds; those already followed stay where they are."""
    rows = [(feed, chain.GENESIS, epoch) for feed in feeds]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO checkpoint(feed,pos,chain,head,epoch) VALUES(?,0,?,0,?) ON CONFLICT(feed) DO NOTHING", rows
        )


def put_heads(connection: Connection, heads: Mapping[str, int]) -> None:
    """Remember the newest positions that the server named."""
    if heads:
        written(
            connection,
            "UPDATE checkpoint SET head=max(head,?) WHERE feed=?",
            [(pos, feed) for feed, pos in heads.items()],
        )


def put_checkpoints(connection: Connection, found: Sequence[Checkpoint], lines: Sequence[FeedLine]) -> None:
    """Write items and checkpoints together."""
    if lines:
        written(
            connection,
            "INSERT INTO feed_item(feed,pos,what,ref,entry_id,chain,data) VALUES(?,?,?,?,?,?,?)",
            [(i.feed, i.pos, i.what, i.ref, i.entry_id, i.chain, i.data) for i in lines],
        )
    if found:
        written(
            connection,
            "UPDATE checkpoint SET pos=?,chain=?,head=max(head,?) WHERE feed=?",
            [(c.pos, c.chain, c.pos, c.feed) for c in found],
        )


def forget_feeds(connection: Connection, epoch: str) -> None:
    """The server was restored: read every feed from the start; all entries are provisional until they come again."""
    connection.exec_driver_sql("DELETE FROM feed_item")
    connection.exec_driver_sql(f"DELETE FROM meta WHERE {_LEFT}")
    connection.exec_driver_sql("UPDATE checkpoint SET pos=0,head=0,chain=?,epoch=?", (chain.GENESIS, epoch))
    connection.exec_driver_sql("UPDATE entry SET final=0")
    for device in connection.exec_driver_sql("SELECT id FROM device").scalars().all():
        offer_again(connection, str(device))
    connection.exec_driver_sql(
        "UPDATE act SET fate='pending' WHERE fate IN ('accepted','rebased') AND id IN (SELECT act_id FROM outbox)"
    )


def offer_again(connection: Connection, device: str) -> None:
    """The server lacks the beginning of a device log: offer all of it again."""
    connection.exec_driver_sql(
        "INSERT INTO outbox(act_id,state,claims,since,why) SELECT a.id,CASE WHEN a.fate IN ('refused','withdrawn') "
        "THEN 'withdrawing-new' ELSE 'new' END,'[]',a.recorded_at,'epoch' FROM act a JOIN device d ON d.id=a.device "
        "WHERE a.device=? AND a.seq<=d.seq ON CONFLICT(act_id) DO UPDATE SET why='epoch',"
        "state=CASE WHEN state IN ('withdrawing','withdrawing-new') THEN 'withdrawing-new' ELSE 'new' END",
        (device,),
    )


def server_time(connection: Connection, act_ids: Mapping[str, str]) -> None:
    """Write the server's time beside acts that it recorded (own ones, and after its restoration those of others)."""
    if act_ids:
        written(connection, "UPDATE act SET recorded_at=? WHERE id=?", [(at, i) for i, at in act_ids.items()])


# -- cases that this body has no part in any more -------------------------------------------------

_LEFT = "key>='left.' AND key<'left/'"
_OVERSEES = "EXISTS (SELECT 1 FROM checkpoint WHERE feed='oversight')"


def put_left(connection: Connection, said: Mapping[str, str | None]) -> set[str]:
    """Keep of cases since when this body is not on them any more (a moment), or that it is on them (again: None).

    Return those of which something else was known: a body that comes on a case for the first time changes nothing.
    """
    stood = {case: first(connection, "SELECT value FROM meta WHERE key=?", (f"left.{case}",)) for case in said}
    turned = {case for case, at in said.items() if (at,) != (stood[case] or (None,))}
    written(connection, "DELETE FROM meta WHERE key=?", [(f"left.{case}",) for case in said])
    gone = [(f"left.{case}", at) for case, at in said.items() if at is not None]
    if gone:
        written(connection, "INSERT INTO meta(key,value) VALUES(?,?)", gone)
    return turned


def left_cases(connection: Connection) -> dict[str, str]:
    """Return the cases that this body left, with since when. Who reads the whole district leaves none: they go on coming."""
    rows = fetched(connection, f"SELECT substr(key,6),value FROM meta WHERE {_LEFT} AND NOT {_OVERSEES}", ())
    return {str(case): str(at) for case, at in rows}


def left_since(connection: Connection, case_id: str) -> str | None:
    """Return since when this body is not on a case any more, None while it is."""
    found = first(connection, f"SELECT value FROM meta WHERE key=? AND NOT {_OVERSEES}", (f"left.{case_id}",))
    return None if found is None else str(found[0])


# -- what the shared database can do --------------------------------------------------------------


def put_newer(connection: Connection, newer: bool) -> None:
    """Keep whether the shared database takes signatures behind tags, and acts over two cases with both sides."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta(key,value) VALUES('server.newer',?)", ("1" if newer else "",)
    )


def newer(connection: Connection) -> bool:
    """Return whether it does, as it said last; what never said so does not."""
    found = first(connection, "SELECT value FROM meta WHERE key='server.newer'", ())
    return found is not None and bool(found[0])
