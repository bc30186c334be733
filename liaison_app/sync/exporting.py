"""``server export``: the whole district in open formats, JSON Lines and the attachments as files."""

import base64
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.server import Connection, founded

BINARY: Final = {"prev", "hash", "tag", "salt", "chain"}
"""Columns told in hexadecimal; other bytes are the text that was written."""
TABLES: Final[dict[str, str]] = {
    "bodies": "SELECT id, name, desk, oversight FROM ld.body ORDER BY id",
    "people": "SELECT id, name, body, title, phone, roles, revoked_at, revoked_for FROM ld.person ORDER BY id",
    "desks": "SELECT role, body, person, issued_at, enrolled_at, seen_at, revoked_at, revoked_for FROM ld.desk ORDER BY role",
    "devices": "SELECT id, role, person, body, seq, head AS hash, made_at FROM ld.device ORDER BY id",
    "acts": "SELECT a.id, a.device, a.seq, a.person, a.body, a.kind, a.case_id, a.header, a.open, a.prev, a.hash, a.tag, a.fate, a.detail,"
    " a.recorded_at, p.audience, p.salt, p.personal FROM ld.act a LEFT JOIN ld.act_personal p ON p.act=a.id ORDER BY a.recorded_at, a.device, a.seq",
    "entries": "SELECT act, n, stream, version, kind, data, recorded_at FROM ld.entry ORDER BY no",
    "feeds": "SELECT f.name AS feed, i.pos, i.what, i.ref, i.act, i.entry, i.data, i.chain FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed ORDER BY f.name, i.pos",
    "refusals": "SELECT role, minute, what, code, ref, times FROM ld.audit ORDER BY minute, role",
    "reveals": "SELECT role, case_id, reason, at FROM ld.reveal ORDER BY at",
    "erasures": "SELECT act, case_id, person, second, reason, at FROM ld.erasure ORDER BY at, act",
    "leases": "SELECT role, body, kind, year, first, last, at FROM ld.lease ORDER BY at",
}  # fmt: skip


def export(
    connection: Connection, folder: Path, progress: Callable[[str, int], None] = lambda *_: None
) -> dict[str, Any]:
    """Write the district as it stands at one moment into an empty folder that only its owner reads.

    Raises RuleBroken ``server_not_founded``, ``folder_not_empty``.
    """
    if not founded(connection):
        raise RuleBroken("server_not_founded")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise RuleBroken("folder_not_empty", folder=str(folder))
    counts: dict[str, int] = {}
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for name, statement in TABLES.items():
            with _open(folder / f"{name}.jsonl") as out:
                counts[name] = 0
                for row in _rows(connection, name, statement):
                    out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
                    counts[name] += 1
            progress(name, counts[name])
        counts["attachments"] = _attachments(connection, folder / "attachments")
    return {"folder": str(folder), **counts}


def _open(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n")


def _rows(connection: Connection, name: str, statement: str) -> Iterator[dict[str, Any]]:
    with connection.cursor(name=f"export_{name}") as cursor:
        cursor.itersize = 2000
        cursor.execute(statement.encode())
        columns: list[str] = []
        for row in cursor:
            columns = columns or [c.name for c in cursor.description or ()]
            yield {c: _plain(c, v) for c, v in zip(columns, row, strict=True)}


def _plain(column: str, value: Any) -> Any:
    if not isinstance(value, bytes | memoryview):
        return value
    content = bytes(value)
    if column in BINARY:
        return content.hex()
    try:
        return content.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}


def _attachments(connection: Connection, folder: Path) -> int:
    count = 0
    acts = connection.execute("SELECT DISTINCT act FROM ld.piece ORDER BY act").fetchall()
    if acts:
        folder.mkdir(mode=0o700)
    for (act,) in acts:
        with os.fdopen(os.open(folder / str(act), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for (content,) in connection.execute("SELECT bytes FROM ld.piece WHERE act=%s ORDER BY n", (act,)):
                out.write(bytes(content))
        count += 1
    return count
