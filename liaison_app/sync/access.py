"""Who comes in and who goes: the administrator's own line, authorisation codes, revocation of a person or a desk."""

import contextlib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
import psycopg
from psycopg import errors, sql

from liaison_app.domain import events as ev
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.sync import wire
from liaison_app.sync.codes import Code, new_code, verifier
from liaison_app.sync.link import LinkRefused
from liaison_app.sync.server import Connection, as_tables, mark, one, register

VALID: Final = timedelta(hours=72)


class Issued(msgspec.Struct, frozen=True):
    """A code as it is handed over, once."""

    code: str
    role: str
    person: str
    body: str
    until: str


@contextlib.contextmanager
def administrator(url: str, user: str, password: str) -> Iterator[Connection]:
    """Open the address of a desk as an administrator, under its rules for certificates; nothing is kept.

    Raises LinkLost or LinkRefused with the reason, as a desk's own line does: ``administrator_password`` for a role or
    password that is refused, ``server_not_administrator`` for a role that may not do what was asked.
    """
    values = wire.parameters(url, user, password) | {"application_name": "liaison server"}
    try:
        connection = psycopg.connect(autocommit=True, **values)
    except psycopg.Error as error:
        why = wire.named(error, values)
        raise (LinkRefused("administrator_password", role=user) if why.code == "server_password" else why) from None
    try:
        with connection:
            yield connection
    except (errors.InsufficientPrivilege, errors.UndefinedTable, errors.InvalidSchemaName):
        raise LinkRefused("server_not_administrator") from None
    except psycopg.Error as error:
        raise wire.named(error) from None


def issue(connection: Connection, person: str, desk: str = "") -> Issued:
    """Make a one-time code: for a new desk of a person, or for another person on an enrolled desk.

    The role has the code's secret as password until it is enrolled or 72 hours have gone. Raises RuleBroken
    ``person_unknown``, ``desk_unknown``.
    """
    found = connection.execute(
        "SELECT id, body FROM ld.person WHERE %s IN (id, name) AND revoked_at IS NULL", (person,)
    ).fetchone()
    if found is None:
        raise RuleBroken("person_unknown", field="person", value=person)
    until = datetime.now(UTC) + VALID
    code = new_code()
    if desk:
        return _second(connection, code, found[0], found[1], desk, until)
    role = sql.Identifier(code.role)
    with connection.transaction():
        connection.execute(
            sql.SQL(
                "CREATE ROLE {} LOGIN NOCREATEROLE NOCREATEDB INHERIT CONNECTION LIMIT 1 VALID UNTIL {} PASSWORD {}"
            ).format(role, sql.Literal(until.isoformat()), sql.Literal(verifier(code.secret)))
        )
        connection.execute(sql.SQL("GRANT ld_newcomer TO {}").format(role))
        if int(one(connection, "SHOW server_version_num")) >= 160000:
            connection.execute(sql.SQL("GRANT {} TO ld_keys WITH ADMIN OPTION, INHERIT FALSE, SET FALSE").format(role))
        for name, value in (
            ("statement_timeout", "60s"),
            ("idle_in_transaction_session_timeout", "10s"),
            ("lock_timeout", "5s"),
            ("temp_file_limit", "64MB"),
        ):
            connection.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.SQL(name), sql.Literal(value)))
        with as_tables(connection):
            connection.execute(
                "INSERT INTO ld.desk(role,body,person,until) VALUES(%s,%s,%s,%s)",
                (code.role, found[1], found[0], until),
            )
    return Issued(code.text, code.role, found[0], found[1], stamp(until))


def _second(connection: Connection, code: Code, person: str, body: str, desk: str, until: datetime) -> Issued:
    with as_tables(connection):
        known = one(
            connection,
            "SELECT body FROM ld.desk WHERE role=%s AND enrolled_at IS NOT NULL AND revoked_at IS NULL",
            desk,
        )
        if known is None or known != body:
            raise RuleBroken("desk_unknown", field="desk", value=desk)
        connection.execute(
            "INSERT INTO ld.code(sha256,role,person,until) VALUES(sha256(convert_to(%s,'UTF8')),%s,%s,%s)",
            (code.plain, desk, person, until),
        )
    return Issued(code.text, desk, person, body, stamp(until))


def revoke_desk(connection: Connection, role: str, reason: str) -> dict[str, Any]:
    """Close a desk: its role cannot log in, its sessions end. What it holds stays encrypted where it is."""
    with connection.transaction():
        with as_tables(connection):
            known = one(
                connection,
                "UPDATE ld.desk SET revoked_at=coalesce(revoked_at,now()), revoked_for=%s WHERE role=%s RETURNING role",
                reason,
                role,
            )
            if known is None:
                raise RuleBroken("desk_unknown", field="desk", value=role)
        name = sql.Identifier(role)
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(name))
        connection.execute(sql.SQL("REVOKE ld_desk, ld_newcomer FROM {}").format(name))
    ended = connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename=%s", (role,)
    ).fetchall()
    return {"desk": role, "sessions_ended": len(ended)}


def revoke_person(connection: Connection, person: str, reason: str) -> dict[str, Any]:
    """Revoke a person: what he signs from now on is refused and stands in his body's 需核对事项; his desks are told."""
    with as_tables(connection):
        found = connection.execute(
            "SELECT id FROM ld.person WHERE %s IN (id, name) AND revoked_at IS NULL", (person,)
        ).fetchone()
        if found is None:
            raise RuleBroken("person_unknown", field="person", value=person)
        devices = [
            d
            for (d,) in connection.execute(
                "SELECT id FROM ld.device WHERE person=%s ORDER BY id FOR UPDATE", (found[0],)
            )
        ]
        connection.execute("UPDATE ld.person SET revoked_at=now(), revoked_for=%s WHERE id=%s", (reason, found[0]))
        register(connection, "let-person-go", ev.PersonLeft(person=found[0], reason=reason))
        for device in devices:
            mark(
                connection, f"device/{device}", "revoked", uuid.UUID(str(device)), msgspec.json.encode({"why": reason})
            )
    return {"person": found[0], "devices": len(devices)}
