"""Small things beside the journal: numbers, drafts, settings, prints, source keys, pieces of attachments."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from liaison_app.store.engine import first, written


def take_number(connection: Connection, body: str, kind: str, year: int) -> int:
    """Return the next number of a body, kind and year, in the caller's transaction."""
    found = connection.exec_driver_sql(
        "INSERT INTO number_counter(body,kind,year,last) VALUES(?,?,?,1) "
        "ON CONFLICT(body,kind,year) DO UPDATE SET last=last+1 RETURNING last",
        (body, kind, year),
    ).scalar()
    return int(found or 0)


def save_draft(connection: Connection, row: tuple[str, str, str, str | None, str, bytes]) -> None:
    """Save a sealed draft (id, person, kind, case, time, bytes) over an older version of it."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO draft(id,person,kind,case_id,saved_at,sealed) VALUES(?,?,?,?,?,?)", row
    )


def drafts(connection: Connection, person: str) -> list[tuple[Any, ...]]:
    """Return the drafts of a person, newest first."""
    return [
        tuple(r)
        for r in connection.exec_driver_sql(
            "SELECT id,kind,case_id,saved_at,sealed FROM draft WHERE person=? ORDER BY saved_at DESC", (person,)
        )
    ]


def drop_draft(connection: Connection, draft_id: str, person: str) -> None:
    """Remove a draft that became an act or was thrown away."""
    connection.exec_driver_sql("DELETE FROM draft WHERE id=? AND person=?", (draft_id, person))


def get_setting(connection: Connection, person: str, key: str) -> str | None:
    """Return a setting of a person ('' = of the desk)."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE person=? AND key=?", (person, key)).first()
    return None if row is None else str(row[0])


def put_setting(connection: Connection, person: str, key: str, value: str) -> None:
    """Keep a setting of a person."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting(person,key,value) VALUES(?,?,?)", (person, key, value))


def get_meta(connection: Connection, key: str) -> str | None:
    """Return a fact about the replica."""
    row = first(connection, "SELECT value FROM meta WHERE key=?", (key,))
    return None if row is None else str(row[0])


def put_meta(connection: Connection, key: str, value: str) -> None:
    """Keep a fact about the replica."""
    written(connection, "INSERT OR REPLACE INTO meta(key,value) VALUES(?,?)", (key, value))


def drop_meta(connection: Connection, key: str) -> None:
    """Forget a fact about the replica."""
    written(connection, "DELETE FROM meta WHERE key=?", (key,))


def known_sources(connection: Connection, keys: list[str]) -> dict[str, str]:
    """Return which source keys were imported before, with their cases."""
    found: dict[str, str] = {}
    for i in range(0, len(keys), 500):
        part = keys[i : i + 500]
        marks = ",".join("?" * len(part))
        sql = f"SELECT key,case_id FROM source_key WHERE key IN ({marks})"
        found.update({str(k): str(c) for k, c in connection.exec_driver_sql(sql, tuple(part))})
    return found


def put_sources(connection: Connection, pairs: list[tuple[str, str]]) -> None:
    """Remember which source key became which case."""
    if pairs:
        connection.exec_driver_sql("INSERT INTO source_key(key,case_id) VALUES(?,?)", pairs)


def record_print(connection: Connection, case_id: str, kind: str, person: str, at: str) -> int:
    """Record that a paper went out; return the how-manieth time."""
    connection.exec_driver_sql(
        "INSERT INTO paper_print(case_id,kind,person,printed_at) VALUES(?,?,?,?)", (case_id, kind, person, at)
    )
    return prints(connection, case_id, kind)


def prints(connection: Connection, case_id: str, kind: str) -> int:
    """Return how often a paper went out."""
    return int(
        connection.exec_driver_sql(
            "SELECT count(*) FROM paper_print WHERE case_id=? AND kind=?", (case_id, kind)
        ).scalar()
        or 0
    )


def put_pieces(connection: Connection, act_id: str, content: bytes, size: int = 1 << 20) -> None:
    """Store an attachment in pieces of at most 1 MB."""
    pieces = [(act_id, i // size, content[i : i + size]) for i in range(0, len(content), size)]
    if pieces:
        connection.exec_driver_sql("INSERT INTO attachment(act_id,piece,bytes) VALUES(?,?,?)", pieces)


def sizes_here(connection: Connection, act_ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """Return of each attachment how many bytes of it are here, and its first 16."""
    found: dict[str, tuple[int, bytes]] = {}
    for act in act_ids:
        size = connection.exec_driver_sql("SELECT sum(length(bytes)) FROM attachment WHERE act_id=?", (act,)).scalar()
        head = connection.exec_driver_sql(
            "SELECT substr(bytes,1,16) FROM attachment WHERE act_id=? AND piece=0", (act,)
        ).scalar()
        found[act] = (int(size or 0), bytes(head or b""))
    return found


def pieces(connection: Connection, act_id: str) -> bytes:
    """Return the content of an attachment."""
    found = connection.exec_driver_sql("SELECT bytes FROM attachment WHERE act_id=? ORDER BY piece", (act_id,))
    return b"".join(bytes(r[0]) for r in found)
