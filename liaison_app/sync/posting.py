"""At the server: open a desk's package, do what it asks as that desk, seal the answer (OFFICE A8)."""

from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.sync import packages
from liaison_app.sync.wire import Wire


def exchange(connection: "psycopg.Connection[Any]", data: bytes) -> tuple[bytes, dict[str, Any]]:
    """Take a package up and return the package down with counts; the administrator's connection acts as the desk's role.

    The functions judge as they do on the line: nothing of the administrator's rights is used. Raises RuleBroken
    ``package_damaged``, ``device_unknown``, ``desk_revoked``.
    """
    device = packages.device_of(data)
    row = connection.execute(
        "SELECT d.role, k.inner_key, x.revoked_at IS NOT NULL FROM ld.device d JOIN ld.device_key k ON k.device=d.id "
        "JOIN ld.desk x ON x.role=d.role WHERE d.id=%s", (device,),
    ).fetchone()  # fmt: skip
    if row is None:
        raise RuleBroken("device_unknown", person=device)
    role, inner, revoked = row
    if revoked:
        raise RuleBroken("desk_revoked")
    secret = bytes(b ^ 0x36 for b in bytes(inner)[:32])
    up = packages.open_up(data, secret)
    connection.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role)))
    try:
        down = packages.answer(Wire.over(connection), up, stamp(datetime.now(UTC)))
    finally:
        connection.execute("RESET SESSION AUTHORIZATION")
    counts = {"acts": len(up.acts), "items": len(down.items), "device": device, "whole": down.whole}
    return packages.seal(down, device, secret), counts
