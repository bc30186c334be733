"""The pieces of attachments: which go to the shared database, which are still to be fetched."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from liaison_app.store.engine import fetched


def unsent_pieces(connection: Connection, limit: int, but: Collection[str] = ()) -> list[tuple[str, int, bytes]]:
    """Return pieces of attachments whose acts the server holds and which it has not got; ``but``: acts left out."""
    rows = fetched(
        connection, "SELECT t.act_id,t.piece,t.bytes FROM attachment t JOIN act a ON a.id=t.act_id WHERE t.sent=0 AND a.fate IN ('accepted','rebased') "
        "AND t.act_id NOT IN (SELECT value FROM json_each(?)) ORDER BY a.pos,t.piece LIMIT ?", (json.dumps(sorted(but)), limit),
    )  # fmt: skip
    return [(r[0], int(r[1]), bytes(r[2])) for r in rows]


def files_on_the_way(connection: Connection) -> tuple[int, int]:
    """Return how many files of this desk the server has not got whole, and how many of others are not here whole."""
    out = connection.exec_driver_sql("SELECT count(DISTINCT act_id) FROM attachment WHERE sent=0").scalar()
    here = connection.exec_driver_sql("SELECT count(*) FROM wanted").scalar()
    return int(out or 0), int(here or 0)


def piece_sent(connection: Connection, act_id: str, piece: int) -> None:
    """Remember that the server holds a piece."""
    connection.exec_driver_sql("UPDATE attachment SET sent=1 WHERE act_id=? AND piece=?", (act_id, piece))


def want(connection: Connection, rows: Sequence[tuple[str, int, str]]) -> None:
    """Note attachments (act, size, sha256) of other desks that are still to be fetched."""
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO wanted(act_id,size,sha256) VALUES(?,?,?) ON CONFLICT(act_id) DO NOTHING", list(rows)
        )


def wanted_files(connection: Connection, limit: int) -> list[tuple[str, int, str, int]]:
    """Return attachments to be fetched: act, size, sha256, pieces here."""
    rows = fetched(
        connection,
        "SELECT w.act_id,w.size,w.sha256,(SELECT count(*) FROM attachment t WHERE t.act_id=w.act_id) FROM wanted w LIMIT ?",
        (limit,),
    )
    return [(r[0], int(r[1]), r[2], int(r[3])) for r in rows]


def put_piece(connection: Connection, act_id: str, piece: int, content: bytes) -> None:
    """Keep a fetched piece."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO attachment(act_id,piece,bytes,sent) VALUES(?,?,?,1)", (act_id, piece, content)
    )


def file_done(connection: Connection, act_id: str, *, good: bool) -> None:
    """An attachment is whole; one whose hash is wrong is fetched again."""
    if good:
        connection.exec_driver_sql("DELETE FROM wanted WHERE act_id=?", (act_id,))
    else:
        connection.exec_driver_sql("DELETE FROM attachment WHERE act_id=?", (act_id,))
