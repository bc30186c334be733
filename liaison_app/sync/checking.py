"""``server check``: try as a throw-away desk what must be refused, look at what must stand, report each."""

import secrets
import uuid
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.attempts import ATTEMPTS, Attempt
from liaison_app.sync.codes import new_code, verifier
from liaison_app.sync.server import Connection, as_tables, founded, one

FRESH: Final = "interval '1 minute'"


class Found(msgspec.Struct, frozen=True):
    """One thing that was tried or looked at: whether it is as it must be, and what was seen."""

    name: str
    ok: bool
    seen: str


def check(connection: Connection) -> list[Found]:
    """Return everything that was tried. Raise RuleBroken ``server_not_founded``."""
    if not founded(connection):
        raise RuleBroken("server_not_founded")
    return [*_standing(connection), *_tried(connection)]


def _standing(connection: Connection) -> Iterator[Found]:
    def look(name: str, statement: str) -> Found:
        seen = one(connection, statement)
        return Found(name, seen is True or (seen is not False and seen == 0), str(seen))

    yield look("watch is alive", f"SELECT coalesce(watched_at > now() - {FRESH}, false) FROM ld.server")
    yield look("row-level security is forced on every table", "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname='ld' AND c.relkind='r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)")  # fmt: skip
    yield look("every definer's function has a fixed search_path", "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid=p.pronamespace WHERE n.nspname='ld' AND p.prosecdef AND NOT coalesce(array_to_string(p.proconfig,','),'') LIKE '%search_path=ld, pg_temp%'")  # fmt: skip
    yield look("no function is open to everybody", "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid=p.pronamespace WHERE n.nspname IN ('ld','ld_press') AND has_function_privilege('public', p.oid, 'execute')")  # fmt: skip
    yield look("no table is open to a desk", "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname='ld' AND c.relkind IN ('r','v','S') AND (has_table_privilege('ld_desk', c.oid, 'select') OR has_table_privilege('ld_newcomer', c.oid, 'select'))")  # fmt: skip
    yield look("nobody logs in as an owner", "SELECT count(*) FROM pg_authid WHERE rolname IN ('ld_tables','ld_door','ld_keys','ld_desk','ld_newcomer') AND (rolcanlogin OR rolsuper OR rolbypassrls)")  # fmt: skip
    yield look(
        "everybody may not connect here", "SELECT NOT has_database_privilege('public', current_database(), 'connect')"
    )
    yield look("desks may connect to no other database", "SELECT count(*) FROM pg_database WHERE datallowconn AND datname<>current_database() AND has_database_privilege('public', oid, 'connect')")  # fmt: skip
    yield look("no transaction can be left prepared", "SELECT current_setting('max_prepared_transactions') = '0'")
    yield look(
        "passwords are kept as SCRAM",
        "SELECT count(*) FROM pg_authid WHERE rolname LIKE 'desk\\_%' AND rolpassword NOT LIKE 'SCRAM-SHA-256$%'",
    )
    yield look("this line is encrypted", "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid=pg_backend_pid()),false) OR inet_client_addr() IS NULL OR inet_client_addr() << '127.0.0.0/8'")  # fmt: skip
    yield look("the network is open to encrypted lines with SCRAM only", "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL OR (type IN ('host','hostnossl') AND coalesce(address,'') NOT IN ('127.0.0.1','::1') AND auth_method<>'reject') OR (auth_method IN ('trust','password','md5') AND type<>'local')")  # fmt: skip


def _tried(connection: Connection) -> Iterator[Found]:
    person = connection.execute(
        "SELECT id, body FROM ld.person WHERE revoked_at IS NULL ORDER BY id LIMIT 1"
    ).fetchone()
    if person is None:
        yield Found("attempts as a desk", False, "no person in the roster yet: enter one, then check again")
        return
    role, password = f"desk_{new_code().role[5:]}", secrets.token_hex(20)
    name = sql.Identifier(role)
    url = make_conninfo("", **{**conninfo_to_dict(connection.info.dsn), "user": role, "password": password})
    try:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN CONNECTION LIMIT 2 IN ROLE ld_desk PASSWORD {}").format(
                name, sql.Literal(verifier(password))
            )
        )
        connection.execute(sql.SQL("ALTER ROLE {} SET temp_file_limit = '64MB'").format(name))
        with as_tables(connection):
            connection.execute(
                "INSERT INTO ld.desk(role,body,person,until,enrolled_at) VALUES(%s,%s,%s,now(),now())",
                (role, person[1], person[0]),
            )
        with psycopg.connect(url, autocommit=True, application_name="liaison server check") as desk:
            yield Found("a desk comes in", True, role)
            for attempt in ATTEMPTS:
                yield tried(desk, attempt)
            yield from _answers(desk)
    except psycopg.OperationalError as error:
        yield Found("a desk comes in", False, str(error).splitlines()[0])
    finally:
        with as_tables(connection):
            connection.execute("DELETE FROM ld.audit WHERE role=%s", (role,))
            connection.execute("DELETE FROM ld.desk WHERE role=%s", (role,))
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))


def tried(desk: psycopg.Connection[Any], attempt: Attempt) -> Found:
    """Try one statement as a desk; what it would have changed is taken back."""
    try:
        with desk.transaction(force_rollback=True):
            done = desk.execute(attempt.statement.encode())
            rows = done.fetchall() if done.description else []
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedObject,
            psycopg.errors.InvalidParameterValue, psycopg.errors.FeatureNotSupported) as error:  # fmt: skip
        return Found(attempt.name, True, error.diag.message_primary or "refused")
    except psycopg.Error as error:
        return Found(attempt.name, False, error.diag.message_primary or str(error))
    return Found(attempt.name, attempt.nothing and not rows, f"done, {len(rows)} rows")


def _answers(desk: psycopg.Connection[Any]) -> Iterator[Found]:
    """Call the doors for what is not there or not this desk's: the answers must tell nothing."""
    absent = uuid.uuid4()
    epoch = (desk.execute("SELECT ld.status()->>'epoch'").fetchone() or ("",))[0]
    calls: tuple[tuple[str, str, tuple[Any, ...], Any], ...] = (
        ("pull of a foreign feed", "SELECT count(*) FROM ld.pull(%s,ARRAY['body/NOBODY','oversight-x'],ARRAY[0,0]::bigint[],10,1000)", (epoch,), 0),
        ("a piece that is not there", "SELECT ld.get_piece(%s,0)", (absent,), None),
        ("reveal of a case that is not there", "SELECT ld.reveal(%s,'reason')->>'error'", (absent,), "case_unknown"),
        ("withdrawing another's act", "SELECT fate FROM ld.withdraw(ARRAY[%s]::uuid[],ARRAY['x'])", (absent,), "unknown"),
        ("a person's code that was never issued", "SELECT ld.enrol_person('X','x',%s,'x')->>'error'", (absent,), "code"),
        ("a verifier that is none", "SELECT ld.change_password('secret')->>'error'", (), "verifier"),
        ("a million numbers", "SELECT ld.lease(%s,'slip',2026,1000000)->>'error'", (absent,), "shape"),
    )  # fmt: skip
    for name, statement, values, wanted in calls:
        row = desk.execute(statement.encode(), values).fetchone()
        seen = row[0] if row else None
        yield Found(name, seen == wanted, str(seen))
