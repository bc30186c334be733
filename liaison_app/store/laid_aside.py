"""需核对事项: acts that no longer hold, kept with their text; and what is erased of a case when it has to be."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from liaison_app.store.engine import marks, parts
from liaison_app.store.shared import OwnAct


class Conflict(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """需核对事项: an act that no longer holds, kept with its text until a person says what becomes of it."""

    act_id: str
    case_id: str | None
    code: str
    facts: dict[str, Any]
    upto: int
    found_at: str
    resolution: str
    reason: str
    resolved_at: str | None


def put_conflict(
    connection: Connection, act: OwnAct, code: str, facts: Mapping[str, Any], at: str, *, told: bool
) -> None:
    """Lay an act aside with its text: its fate is said, its entries are gone; ``told`` when the server knows."""
    upto = 0
    if act.case_id:
        found = connection.exec_driver_sql("SELECT version FROM stream WHERE name=?", (f"case/{act.case_id}",))
        upto = int(found.scalar() or 0)
    said = json.dumps(dict(facts), ensure_ascii=False, default=str)
    connection.exec_driver_sql(
        "INSERT INTO conflict_item(act_id,case_id,code,facts,upto,found_at,resolution,reason) VALUES(?,?,?,?,?,?,'','') "
        "ON CONFLICT(act_id) DO NOTHING", (act.id, act.case_id, code, said, upto, at),
    )  # fmt: skip
    connection.exec_driver_sql("UPDATE act SET fate=? WHERE id=?", ("refused" if told else "withdrawn", act.id))
    if told:
        connection.exec_driver_sql("DELETE FROM outbox WHERE act_id=?", (act.id,))
    else:
        connection.exec_driver_sql(
            "UPDATE outbox SET state=CASE state WHEN 'new' THEN 'withdrawing-new' ELSE 'withdrawing' END, why=? "
            "WHERE act_id=? AND state IN ('new','behind')", (code, act.id),
        )  # fmt: skip


def drop_conflict(connection: Connection, act_ids: Sequence[str]) -> None:
    """Forget open conflicts of acts that the server took after all."""
    for part in parts(act_ids):
        connection.exec_driver_sql(
            f"DELETE FROM conflict_item WHERE resolved_at IS NULL AND act_id IN ({marks(part)})", part
        )


def conflicts(connection: Connection, *, everything: bool = False, limit: int = 200) -> list[Conflict]:
    """Return what is to be checked, oldest first."""
    where = "" if everything else "WHERE resolved_at IS NULL "
    rows = connection.exec_driver_sql(
        f"SELECT act_id,case_id,code,facts,upto,found_at,resolution,reason,resolved_at FROM conflict_item {where}"
        "ORDER BY found_at,act_id LIMIT ?", (limit,),
    )  # fmt: skip
    return [_conflict(r) for r in rows]


def conflict(connection: Connection, ref: str) -> Conflict | None:
    """Return one item by its act's id (or a beginning of it that fits one only)."""
    rows = connection.exec_driver_sql(
        "SELECT act_id,case_id,code,facts,upto,found_at,resolution,reason,resolved_at FROM conflict_item "
        "WHERE act_id>=? AND act_id<? LIMIT 2", (ref, ref + "\U0010ffff"),
    ).all()  # fmt: skip
    return _conflict(rows[0]) if len(rows) == 1 else None


def _conflict(r: Any) -> Conflict:
    return Conflict(
        act_id=r[0], case_id=r[1], code=r[2], facts=json.loads(r[3]), upto=int(r[4]), found_at=r[5], resolution=r[6],
        reason=r[7], resolved_at=r[8],
    )  # fmt: skip


def resolve(connection: Connection, act_id: str, resolution: str, reason: str, at: str) -> None:
    """Write what became of an item."""
    connection.exec_driver_sql(
        "UPDATE conflict_item SET resolution=?,reason=?,resolved_at=? WHERE act_id=?", (resolution, reason, at, act_id)
    )


def conflict_cases(connection: Connection, limit: int = 1000) -> list[str]:
    """Return the cases that something is to be checked in, newest first."""
    rows = connection.exec_driver_sql(
        "SELECT case_id FROM conflict_item WHERE resolved_at IS NULL AND case_id IS NOT NULL GROUP BY case_id "
        "ORDER BY max(found_at) DESC LIMIT ?", (limit,),
    )  # fmt: skip
    return [str(r[0]) for r in rows]


def erase_case(connection: Connection, case_id: str, said: str) -> None:
    """Erase the personal parts of a case, its files, drafts and what a conflict kept of them; freed pages are overwritten.

    Acts, hashes and chains stay. What still waits to be sent is left: it is newer than the erasure.
    """
    put = connection.exec_driver_sql
    put("PRAGMA secure_delete=ON")
    mine = "(SELECT a.id FROM act a WHERE a.case_id=? AND a.id NOT IN (SELECT act_id FROM outbox))"
    for table in ("act_personal", "attachment", "wanted"):
        put(f"DELETE FROM {table} WHERE act_id IN {mine}", (case_id,))
    put("DELETE FROM draft WHERE case_id=?", (case_id,))
    put("UPDATE conflict_item SET facts='{}' WHERE case_id=?", (case_id,))
    put(
        "INSERT INTO meta(key,value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
        (f"erased.{case_id}", said),
    )


def forget_words(connection: Connection) -> None:
    """Write the text index anew so that words of erased cases are in none of its parts."""
    connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES('optimize')")
