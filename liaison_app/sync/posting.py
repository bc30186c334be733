"""At the server: open a desk's package, do what it asks as that desk, seal the answer (OFFICE A8)."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec
import psycopg
from psycopg import sql

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.sync import packages, server
from liaison_app.sync.codes import read_code
from liaison_app.sync.link import Answer
from liaison_app.sync.wire import Wire


def exchange(connection: "psycopg.Connection[Any]", data: bytes) -> tuple[bytes, dict[str, Any]]:
    """Take a package up and return the package down with counts; the administrator's connection acts as the desk's role.

    The functions judge as they do on the line: nothing of the administrator's rights is used. Raises RuleBroken
    ``package_damaged``, ``device_unknown``. Of a closed desk its acts are kept for its body
    to look at, and nothing is given.
    """
    device = packages.device_of(data)
    row = connection.execute(
        "SELECT d.role, k.inner_key, x.revoked_at IS NOT NULL FROM ld.device d JOIN ld.device_key k ON k.device=d.id "
        "JOIN ld.desk x ON x.role=d.role WHERE d.id=%s", (device,),
    ).fetchone()  # fmt: skip
    if row is None:
        raise RuleBroken("device_unknown", person=device)
    role, inner, revoked = row
    secret = bytes(b ^ 0x36 for b in bytes(inner)[:32])
    up = packages.open_up(data, secret)
    takes = server.one(connection, "SELECT to_regclass('ld.device_public') IS NOT NULL")
    if takes:
        packages.check_signature(
            up, server.one(connection, "SELECT public FROM ld.device_public WHERE device=%s", device)
        )
    else:
        up = msgspec.structs.replace(up, acts=packages.unsigned(up.acts))
    if revoked:
        down = _last_words(connection, up, str(role))
        return packages.seal(down, device, secret), {"acts": len(up.acts), "items": 0, "device": device, "whole": False}
    connection.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role)))
    try:
        down = packages.answer(Wire.over(connection), up, stamp(datetime.now(UTC)))
    finally:
        connection.execute("RESET SESSION AUTHORIZATION")
    counts = {"acts": len(up.acts), "items": len(down.items), "device": device, "whole": down.whole}
    return packages.seal(down, device, secret), counts


def admit(connection: "psycopg.Connection[Any]", data: bytes, code: str) -> tuple[bytes, dict[str, Any]]:
    """Let a desk without a network in by its request and the code it was given; return the answer with the district.

    The same request again gives the answer again: it may have been lost on its way. Raises RuleBroken ``code_refused``,
    ``code_form``, ``package_damaged``.
    """
    given = read_code(code)
    ask = packages.open_ask(data, given)
    known = server.one(
        connection, "SELECT 1 FROM ld.device WHERE id=%s AND role=%s AND person=%s", ask.device, given.role, ask.person
    )
    if not server.one(connection, "SELECT 1 FROM ld.desk WHERE role=%s AND revoked_at IS NULL", given.role):
        raise RuleBroken("code_refused")
    connection.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(given.role)))
    try:
        wire = Wire.over(connection)
        if not known:
            said = wire.enrol(ask.verifier, ask.person, ask.device, ask.secret)
            if "error" in said:
                raise RuleBroken("code_refused")
        stands = wire.status()
        up = packages.Up(id=ask.device, made_at="", epoch=str(stands["epoch"]), after={}, leases=ask.leases)
        down = packages.answer(wire, up, stamp(datetime.now(UTC)))
    finally:
        connection.execute("RESET SESSION AUTHORIZATION")
    welcome = packages.Welcome(body=str(stands["body"]), down=down)
    counts = {"person": ask.person, "items": len(down.items), "device": ask.device, "whole": down.whole}
    return packages.seal_welcome(welcome, ask.device, ask.secret), counts


def _last_words(connection: "psycopg.Connection[Any]", up: packages.Up, role: str) -> packages.Down:
    """Take the acts of a closed desk: each is refused, kept with its text and shown to its body; its files are kept."""
    epoch = str(server.one(connection, "SELECT epoch FROM ld.server"))
    answers: list[Answer] = []
    name = sql.Identifier(role)
    if up.epoch == epoch:
        with connection.transaction():  # the right is given and taken inside: nobody else ever sees it
            connection.execute(sql.SQL("GRANT ld_desk TO {}").format(name))
            connection.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(name))
            try:
                for batch in packages.batches(up.acts):
                    answers += Wire.over(connection).push(epoch, batch)
            finally:
                connection.execute("RESET SESSION AUTHORIZATION")
            connection.execute(sql.SQL("REVOKE ld_desk FROM {}").format(name))
    kept = []
    with server.as_tables(connection):
        for act, n, content in up.pieces:
            known = server.one(
                connection,
                "SELECT t.size FROM ld.attachment t JOIN ld.device v ON v.id=t.device WHERE t.act=%s AND v.role=%s",
                act,
                role,
            )
            if known is not None and len(content) <= min(1 << 20, int(known)):
                connection.execute(
                    "INSERT INTO ld.piece(act,n,sha256,bytes,role) VALUES(%s,%s,%s,%s,%s) ON CONFLICT DO NOTHING",
                    (act, n, hashlib.sha256(content).digest(), content, role),
                )
                kept.append((act, n))
    return packages.Down(
        answers_to=up.id,
        made_at=stamp(datetime.now(UTC)),
        epoch=epoch,
        feeds={},
        answers=answers,
        whole=False,
        kept=kept,
    )
