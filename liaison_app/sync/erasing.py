"""Erasing 到期删除: the personal parts of an ended case go, here and on every desk; acts, hashes and chains stay and verify."""

import uuid
from typing import Any

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.server import Connection, as_tables, mark, one, status


def erase(connection: Connection, case: str, *, person: str, second: str, reason: str) -> dict[str, Any]:
    """Erase every personal part of a case and the files attached to it; each body that has them is told to do the same.

    ``case``: its id or number. Two persons answer for it: an administrator, and another one who leads or administers.
    Raises RuleBroken ``case_unknown``, ``case_still_open``, ``person_unknown``, ``administrator_only``,
    ``second_person``, ``reason_missing``.
    """
    status(connection)
    if not reason.strip():
        raise RuleBroken("reason_missing", field="reason")
    case_id = _find(connection, case)
    with as_tables(connection):
        first, other = _person(connection, person), _person(connection, second)
        if "administrator" not in first[1]:
            raise RuleBroken("administrator_only", person=first[0])
        if first[0] == other[0] or not {"leader", "administrator"} & set(other[1]):
            raise RuleBroken("second_person", person=other[0])
        if one(connection, "SELECT open FROM ld.case_head WHERE id=%s FOR UPDATE", case_id):
            raise RuleBroken("case_still_open", case=case)
        parts = connection.execute(
            "SELECT act FROM ld.act_personal WHERE case_id=%s AND personal IS NOT NULL "
            "UNION SELECT p.act FROM ld.piece p JOIN ld.attachment a ON a.act=p.act WHERE a.case_id=%s",
            (case_id, case_id),
        ).fetchall()
        acts = [act for (act,) in parts]
        connection.cursor().executemany(
            "INSERT INTO ld.erasure(act,case_id,person,second,reason) VALUES(%s,%s,%s,%s,%s) ON CONFLICT DO NOTHING",
            [(act, case_id, first[0], other[0], reason) for act in acts],
        )
        connection.execute(
            "UPDATE ld.act_personal SET personal=NULL WHERE act=ANY(%s) AND personal IS NOT NULL", (acts,)
        )
        files = connection.execute("DELETE FROM ld.piece WHERE act=ANY(%s)", (acts,)).rowcount
        bodies = connection.execute(
            "SELECT body FROM ld.case_body WHERE case_id=%s ORDER BY body", (case_id,)
        ).fetchall()
        said = msgspec.json.encode({"reason": reason, "person": first[0], "second": other[0]})
        for (body,) in bodies if acts else ():
            mark(connection, f"body/{body}", "erased", case_id, said)
    for table in ("act_personal", "piece"):
        connection.execute(f"VACUUM ld.{table}".encode())
    return {"case": str(case_id), "parts": len(acts), "pieces": files, "bodies": [b for (b,) in bodies]}


def _find(connection: Connection, case: str) -> uuid.UUID:
    try:
        wanted = uuid.UUID(case)
    except ValueError:
        found = one(
            connection,
            "SELECT case_id FROM ld.entry WHERE kind IN ('registered','brought-in') "
            "AND convert_from(data,'UTF8')::jsonb->'event'->>'number'=%s",
            case,
        )
        if found is None:
            raise RuleBroken("case_unknown", field="case", value=case) from None
        wanted = found
    if not one(connection, "SELECT 1 FROM ld.case_head WHERE id=%s", wanted):
        raise RuleBroken("case_unknown", field="case", value=case)
    return wanted


def _person(connection: Connection, ref: str) -> tuple[str, list[str]]:
    found = connection.execute(
        "SELECT id, roles FROM ld.person WHERE %s IN (id, name) AND revoked_at IS NULL", (ref,)
    ).fetchone()
    if found is None:
        raise RuleBroken("person_unknown", field="person", value=ref)
    return found[0], found[1]
