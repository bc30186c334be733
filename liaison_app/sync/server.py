"""The shared database as its administrator meets it: found, upgrade, status; registers written by the server itself."""

import contextlib
import hashlib
import os
import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final

import psycopg
from psycopg import sql

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Actor
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import ENCODER, Person, Stamped, kind_of, read
from liaison_app.domain.moments import stamp
from liaison_app.domain.records import ActHeader
from liaison_app.domain.registers import Registers, decide, fold
from liaison_app.mechanism.profile import bundled_text, invalid, load_profile, parse, read_profile
from liaison_app.mechanism.schema import Profile
from liaison_app.security import chain
from liaison_app.sync import pressing, rows
from liaison_app.sync.link import LinkLost

Connection = psycopg.Connection[Any]

OLDEST: Final = 150014
"""PostgreSQL 15.14: earlier ones have faults in row-level security that this schema must not rest on."""
ROLES: Final = ("ld_tables", "ld_door", "ld_keys", "ld_desk", "ld_newcomer")
SERVER: Final = "server"
"""Role and person under which the registers' own acts stand."""
FEEDS: Final = (("district", 0), ("oversight", 9))
CLOSED: Final = (
    "lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid,bytea)", "lo_open(oid,integer)", "lo_put(oid,bigint,bytea)",
    "lo_get(oid)", "lo_get(oid,bigint,integer)", "lo_unlink(oid)", "loread(integer,integer)", "lowrite(integer,bytea)",
    "pg_sleep(double precision)", "pg_sleep_for(interval)", "pg_sleep_until(timestamp with time zone)",
    "pg_advisory_lock(bigint)", "pg_advisory_lock(integer,integer)", "pg_advisory_lock_shared(bigint)",
    "pg_advisory_lock_shared(integer,integer)", "pg_advisory_xact_lock(bigint)", "pg_advisory_xact_lock(integer,integer)",
    "pg_advisory_xact_lock_shared(bigint)", "pg_advisory_xact_lock_shared(integer,integer)", "pg_try_advisory_lock(bigint)",
    "pg_try_advisory_lock(integer,integer)", "pg_try_advisory_lock_shared(bigint)", "pg_try_advisory_lock_shared(integer,integer)",
    "pg_try_advisory_xact_lock(bigint)", "pg_try_advisory_xact_lock(integer,integer)",
    "pg_try_advisory_xact_lock_shared(bigint)", "pg_try_advisory_xact_lock_shared(integer,integer)",
    "txid_current()", "pg_current_xact_id()", "pg_export_snapshot()", "pg_stat_get_activity(integer)", "pg_lock_status()",
    "pg_stat_get_backend_idset()", "pg_database_size(oid)", "pg_database_size(name)", "pg_relation_size(regclass,text)",
    "pg_total_relation_size(regclass)", "pg_notify(text,text)",
    # what fills the write-ahead log without any right on a table
    "pg_logical_emit_message(boolean,text,text)", "pg_logical_emit_message(boolean,text,bytea)",
    # how much others write, who waits for whom, which transactions run
    "pg_table_size(regclass)", "pg_indexes_size(regclass)", "pg_tablespace_size(oid)", "pg_tablespace_size(name)",
    "pg_current_wal_lsn()", "pg_current_wal_insert_lsn()", "pg_current_wal_flush_lsn()", "pg_current_snapshot()",
    "txid_current_snapshot()", "pg_xact_status(xid8)", "txid_status(bigint)", "pg_last_committed_xact()",
    "pg_xact_commit_timestamp(xid)", "pg_blocking_pids(integer)", "pg_safe_snapshot_blocking_pids(integer)",
    "pg_isolation_test_session_is_blocked(integer,integer[])", "pg_prepared_xact()", "pg_get_replication_slots()",
    "pg_show_all_settings()", "pg_relation_filenode(regclass)", "pg_relation_filepath(regclass)",
)  # fmt: skip
"""Functions of PostgreSQL that a desk has no use for and that cost or tell something."""
COUNTERS: Final = r"""
SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname LIKE 'pg\_stat\_get\_%'
    AND has_function_privilege('public', p.oid, 'execute')
"""
"""The functions behind the statistics views: what others read, wrote and wait for, table by table."""
HIDDEN: Final = (
    "pg_stat_activity", "pg_roles", "pg_user", "pg_group", "pg_locks", "pg_stat_database", "pg_stat_all_tables",
    "pg_stat_user_tables", "pg_stat_xact_all_tables", "pg_stat_xact_user_tables", "pg_statio_all_tables",
    "pg_statio_user_tables", "pg_stat_all_indexes", "pg_stat_user_indexes", "pg_stat_user_functions", "pg_settings",
    "pg_stat_replication", "pg_prepared_xacts", "pg_cursors", "pg_auth_members", "pg_db_role_setting", "pg_seclabels",
    "pg_policies", "pg_policy",
)  # fmt: skip
"""Views and catalogues that tell of other desks."""


def connect(url: str, *, password: str | None = None, timeout: int = 10) -> Connection:
    """Connect as the administrator. Raise LinkLost ``database_unreachable`` with the reason, never with the password."""
    try:
        return psycopg.connect(
            url, autocommit=True, connect_timeout=timeout, application_name="liaison server", keepalives_idle=5,
            keepalives_interval=2, keepalives_count=3, password=password,
        )  # fmt: skip
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise LinkLost("database_unreachable", reason=_reason(error)) from None


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split())
    return re.sub(r"(password=|://[^:/@\s]*:)[^\s@]+", r"\1…", said)[:300]


@contextlib.contextmanager
def as_tables(connection: Connection) -> Iterator[None]:
    """Open a transaction in which one works as the owner of the tables, so that no superuser's right is used."""
    with connection.transaction():
        connection.execute("SET LOCAL ROLE ld_tables")
        connection.execute("SET LOCAL lock_timeout = '10s'")
        yield
        connection.execute("RESET ROLE")  # SET LOCAL would outlive this block inside an outer transaction


def init(connection: Connection, mechanism: str, district: str, without_desk: Collection[str] = ()) -> dict[str, Any]:
    """Found the shared database, or bring a founded one to where it should be: as often as one likes.

    ``without_desk``: bodies that have no desk in this district beside those of the profile; their acts are entered for
    them (代录, OFFICE A2). Only the founding hears it. Raise RuleBroken ``unknown_body``.
    """
    profile = load_profile(mechanism)
    _fit(connection)
    if founded(connection):
        stands = connection.execute("SELECT mechanism FROM ld.server").fetchone()
        if stands and stands[0] != mechanism:
            raise RuleBroken("server_founded_already", mechanism=stands[0])
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(6, 1)")
        _roles(connection)
        pressing.make(connection)
        _schema(connection)
        with as_tables(connection):
            _found(connection, profile, district, without_desk)
            for version in _versions(connection):
                name = rows.load(connection, version)
            _days(connection)
            connection.execute("UPDATE ld.server SET profile=%s", (name,))
        _close(connection)
    return status(connection)


def upgrade(connection: Connection) -> dict[str, Any]:
    """Bring schema, functions, policies and the mechanism's rows to this program's version. Old clients go on."""
    if not founded(connection):
        raise RuleBroken("server_not_founded")
    row = connection.execute("SELECT mechanism, district FROM ld.server").fetchone()
    assert row is not None
    return init(connection, row[0], row[1])


def founded(connection: Connection) -> bool:
    """Return whether the database has been founded."""
    return bool(
        one(
            connection,
            "SELECT to_regclass('ld.server') IS NOT NULL AND EXISTS (SELECT FROM pg_namespace WHERE nspname='ld')",
        )
    )


def _fit(connection: Connection) -> None:
    version = int(one(connection, "SHOW server_version_num"))
    if version < OLDEST:
        raise RuleBroken("server_too_old", version=one(connection, "SHOW server_version"), needed="15.14")
    if one(connection, "SHOW server_encoding") != "UTF8":
        raise RuleBroken("server_encoding", encoding=one(connection, "SHOW server_encoding"))
    if one(connection, "SHOW is_superuser") != "on":
        raise RuleBroken("server_not_administrator")


def one(connection: Connection, statement: str, *values: Any) -> Any:
    """Return the first value of the first row of a statement, None without a row."""
    row = connection.execute(statement.encode(), values or None).fetchone()
    return row[0] if row else None


def _roles(connection: Connection) -> None:
    for role in ROLES:
        if not one(connection, "SELECT 1 FROM pg_authid WHERE rolname=%s", role):
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    connection.execute("ALTER ROLE ld_keys CREATEROLE")
    connection.execute("GRANT ld_desk, ld_newcomer TO ld_keys WITH ADMIN OPTION")


def _schema(connection: Connection) -> None:
    """Run the migrations that were not run yet, then make functions and policies anew."""
    done = set()
    if founded(connection):
        done = {n for (n,) in connection.execute("SELECT n FROM ld.migration")}
        newest = max((int(p[:4]) for p in _scripts() if p[0].isdigit()), default=0)
        if done and max(done) > newest:
            raise RuleBroken("server_newer", schema=max(done), program=newest)
    for name in _scripts():
        text = files("liaison_app.sync").joinpath("schema", name).read_bytes()
        number = int(name[:4]) if name[0].isdigit() else 0
        if number in done:
            continue
        if not number:
            connection.execute("GRANT CREATE ON SCHEMA ld TO ld_door, ld_keys")
        connection.execute(text)
        connection.execute("RESET ROLE")
        if number:
            connection.execute(
                "INSERT INTO ld.migration(n,name,sha256) VALUES(%s,%s,%s)",
                (number, name, hashlib.sha256(text).hexdigest()),
            )
    connection.execute("REVOKE CREATE ON SCHEMA ld FROM ld_door, ld_keys")


def _scripts() -> list[str]:
    names = [p.name for p in files("liaison_app.sync").joinpath("schema").iterdir() if p.name.endswith(".sql")]
    return sorted(names)


def _close(connection: Connection) -> None:
    """Take from everybody what PostgreSQL gives to everybody and a desk has no use for."""
    here = sql.Identifier(str(one(connection, "SELECT current_database()")))
    for database in (here, sql.Identifier("postgres"), sql.Identifier("template1")):
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO ld_desk, ld_newcomer").format(here))
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for function in CLOSED:
        found = one(connection, "SELECT to_regprocedure(%s) IS NOT NULL", f"pg_catalog.{function}")
        if found:
            connection.execute(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC".encode())
    for (function,) in connection.execute(COUNTERS.encode()).fetchall():
        connection.execute(
            f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function.removeprefix('pg_catalog.')} FROM PUBLIC".encode()
        )
    connection.execute("GRANT EXECUTE ON FUNCTION pg_catalog.pg_current_xact_id() TO ld_door")
    connection.execute("GRANT EXECUTE ON FUNCTION pg_catalog.pg_notify(text, text) TO ld_door, ld_tables")
    for view in HIDDEN:
        if one(connection, "SELECT to_regclass(%s) IS NOT NULL", f"pg_catalog.{view}"):
            connection.execute(f"REVOKE ALL ON pg_catalog.{view} FROM PUBLIC".encode())


# -- the registers' own acts ------------------------------------------------------------------------


def _found(connection: Connection, profile: Profile, district: str, without: Collection[str]) -> None:
    unknown = sorted(set(without) - {post.id for post in profile.posts})
    if unknown:
        raise RuleBroken("unknown_body", field="without_desk", value=unknown[0])
    for name, rank in FEEDS:
        connection.execute("INSERT INTO ld.feed(name,rank) VALUES(%s,%s) ON CONFLICT DO NOTHING", (name, rank))
    for post in profile.posts:
        put_body(connection, profile, post.id, post.name, desk=post.desk and post.id not in without, keep=True)
    watching = sorted(rows.watchers(profile))  # a district founded before they were named reads on from now
    connection.execute("UPDATE ld.body SET oversight=true WHERE id=ANY(%s) AND NOT oversight", (watching,))
    if one(connection, "SELECT 1 FROM ld.server"):
        return
    connection.execute(
        "INSERT INTO ld.server(district,mechanism,profile) VALUES(%s,%s,%s)",
        (district, profile.meta.id, profile.version()),
    )
    device, secret = uuid.uuid4(), os.urandom(32)
    feed = one(connection, "INSERT INTO ld.feed(name,rank) VALUES(%s,1) RETURNING id", f"device/{device}")
    connection.execute(
        "INSERT INTO ld.device(id,role,person,body,feed) VALUES(%s,%s,%s,'',%s)", (device, SERVER, SERVER, feed)
    )
    padded = secret + bytes(32)
    pads = [bytes(b ^ with_ for b in padded) for with_ in (0x36, 0x5C)]
    connection.execute("INSERT INTO ld.device_key VALUES(%s,%s,%s)", (device, *pads))
    register(
        connection, "found",
        ev.Founded(
            founding="member", mechanism=profile.meta.id, profile=profile.version(), district=district, people=(),
            text=bundled_text(profile.meta.id).decode(),
            desks=tuple(p.id for p in profile.posts if p.desk and p.id not in without) if without else (),
        ),
    )  # fmt: skip


def registers_of(connection: Connection) -> Registers:
    """Return the registers as the entries of the feed ``district`` say."""
    found = connection.execute("SELECT kind, data FROM ld.entry WHERE stream LIKE 'register/%%' ORDER BY no").fetchall()
    return fold(read(kind, bytes(data)).event for kind, data in found)


def _versions(connection: Connection) -> list[Profile]:
    """Return every version of the mechanism, oldest first, from its text; that of a district founded before texts were
    kept is the program's own."""
    registers = registers_of(connection)
    return [
        read_profile(v.text.encode(), v.name) if v.text else load_profile(registers.mechanism)
        for v in registers.versions
    ]


def _days(connection: Connection) -> None:
    """Write beside the rows of each version from which day on it is in force, as the register says."""
    days = [(v.valid_from, v.name) for v in registers_of(connection).versions if v.valid_from]
    connection.cursor().executemany("UPDATE ld.profile SET valid_from=%s::date WHERE profile=%s", days)


def put_body(connection: Connection, profile: Profile, body: str, name: str, *, desk: bool, keep: bool = False) -> None:
    """Enter a body with its feed, or correct it; ``keep`` leaves one that stands as it is."""
    feed = one(connection, "SELECT id FROM ld.feed WHERE name=%s", f"body/{body}") or one(
        connection, "INSERT INTO ld.feed(name) VALUES(%s) RETURNING id", f"body/{body}"
    )
    sees = body in rows.watchers(profile)
    change = "NOTHING" if keep else "UPDATE SET name=excluded.name, desk=excluded.desk, oversight=excluded.oversight"
    connection.execute(
        f"INSERT INTO ld.body(id,name,desk,oversight,feed) VALUES(%s,%s,%s,%s,%s) ON CONFLICT (id) DO {change}".encode(),
        (body, name, desk, sees, feed),
    )


def register(connection: Connection, kind: str, event: ev.RegisterEvent, person: str = SERVER) -> None:
    """Append one register act of the server itself: act, entry and item of the feed ``district``, chained as any other.

    ``person``: who answers for it; the device log is the server's all the same.
    """
    row = connection.execute("SELECT id, seq, head FROM ld.device WHERE role=%s FOR UPDATE", (SERVER,)).fetchone()
    assert row is not None
    device, seq, head = row[0], row[1] + 1, bytes(row[2])
    stream = event.register
    version = (one(connection, "SELECT version FROM ld.stream WHERE name=%s", stream) or 0) + 1
    act, now = uuid.uuid4(), datetime.now(UTC)
    opened = ENCODER.encode({"do": kind})
    data = ENCODER.encode(Stamped(event=event))  # type: ignore[arg-type]
    header = ENCODER.encode(
        ActHeader(
            id=str(act), device=str(device), seq=seq, person=person, body="", kind=kind, streams=((stream, version - 1),),
            registers={}, happened_at=stamp(now), open_sha256=chain.open_hash(opened),
        )
    )  # fmt: skip
    hashed = chain.act_hash(head, header)
    inner, outer = connection.execute(
        "SELECT inner_key, outer_key FROM ld.device_key WHERE device=%s", (device,)
    ).fetchone() or (b"", b"")
    tag = hashlib.sha256(bytes(outer) + hashlib.sha256(bytes(inner) + hashed).digest()).digest()
    connection.execute(
        "INSERT INTO ld.act(id,device,seq,person,body,kind,header,prev,hash,tag,open,fate,detail,carried_by,recorded_at)"
        " VALUES(%s,%s,%s,%s,'',%s,%s,%s,%s,%s,%s,'accepted','{}',%s,%s)",
        (act, device, seq, person, kind, header, head, hashed, tag, opened, SERVER, now),
    )
    connection.execute("UPDATE ld.device SET seq=%s, head=%s WHERE id=%s", (seq, hashed, device))
    no = one(
        connection,
        "INSERT INTO ld.entry(act,n,stream,version,kind,data,recorded_at) VALUES(%s,0,%s,%s,%s,%s,%s) RETURNING no",
        act, stream, version, kind_of(event), data, now,
    )  # fmt: skip
    connection.execute(
        "INSERT INTO ld.stream VALUES(%s,%s) ON CONFLICT (name) DO UPDATE SET version=excluded.version",
        (stream, version),
    )
    digest = entry_digest(act, 0, hashed, stream, version, data)
    _append(connection, "district", "entry", None, digest, entry=no, act=act, parts=1)


def mark(connection: Connection, feed: str, what: str, ref: uuid.UUID, data: bytes) -> None:
    """Append an item that is no entry to a feed."""
    digest = hashlib.sha256(what.encode() + ref.bytes + hashlib.sha256(data).digest()).digest()
    _append(connection, feed, what, ref, digest, data=data)


def _append(
    connection: Connection, feed: str, what: str, ref: uuid.UUID | None, digest: bytes, *, entry: int | None = None,
    act: uuid.UUID | None = None, parts: int = 0, data: bytes | None = None,
) -> None:  # fmt: skip
    row = connection.execute(
        "SELECT id, head, chain, channel FROM ld.feed WHERE name=%s FOR UPDATE", (feed,)
    ).fetchone()
    if row is None:
        raise RuleBroken("feed_unknown", feed=feed)
    chained = hashlib.sha256(b"LF1" + bytes(row[2]) + digest).digest()
    connection.execute("UPDATE ld.feed SET head=%s, chain=%s WHERE id=%s", (row[1] + 1, chained, row[0]))
    connection.execute(
        "INSERT INTO ld.feed_item(feed,pos,what,ref,entry,act,parts,data,chain) VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s)",
        (row[0], row[1] + 1, what, ref, entry, act, parts, data, chained),
    )
    connection.execute("SELECT pg_notify(%s, '')", (row[3],))


def entry_digest(act: uuid.UUID, n: int, hashed: bytes, stream: str, version: int, data: bytes) -> bytes:
    """Return what the feed chain hashes of an entry (docs/SYNC.md)."""
    said = act.bytes + n.to_bytes(4, "big") + hashed + stream.encode() + version.to_bytes(8, "big")
    return hashlib.sha256(said + hashlib.sha256(data).digest()).digest()


def enter_people(connection: Connection, people: Sequence[Person]) -> int:
    """Enter people into the roster, or correct their entries; return how many were new or changed."""
    changed = 0
    with as_tables(connection):
        for person in people:
            if not one(connection, "SELECT 1 FROM ld.body WHERE id=%s", person.body):
                raise RuleBroken("unknown_body", field="body", value=person.body)
            if not person.name.strip():
                raise RuleBroken("name_missing", field="name")
            said = (person.name, person.body, person.title, person.phone, list(person.roles))
            stands = connection.execute(
                "SELECT name,body,title,phone,roles FROM ld.person WHERE id=%s AND revoked_at IS NULL", (person.id,)
            ).fetchone()
            if stands == said:
                continue
            connection.execute(
                "INSERT INTO ld.person(id,name,body,title,phone,roles) VALUES(%s,%s,%s,%s,%s,%s) ON CONFLICT (id) DO UPDATE SET"
                " name=excluded.name,body=excluded.body,title=excluded.title,phone=excluded.phone,roles=excluded.roles,"
                " revoked_at=NULL,revoked_for=NULL",
                (person.id, *said),
            )
            register(connection, "enter-person", ev.PersonEntered(person=person))
            changed += 1
    return changed


def reload(connection: Connection) -> dict[str, Any]:
    """Compile the rows of every version anew from its text; nothing is published by it."""
    status(connection)
    before = dict(connection.execute("SELECT profile, digest FROM ld.profile").fetchall())
    with as_tables(connection):
        names = [rows.load(connection, version) for version in _versions(connection)]
        _days(connection)
    after = dict(connection.execute("SELECT profile, digest FROM ld.profile").fetchall())
    return {"profile": names[-1], "digest": after[names[-1]], "changed": before != after}


def publish(
    connection: Connection, text: bytes, file: str, *, valid_from: str, person: str, reason: str
) -> dict[str, Any]:
    """Publish a successor of the mechanism, in force from a day on: its rows here, its text to every desk (DESIGN §7).

    ``person`` answers for it: somebody of the roster with the duty administrator. Cases begun before keep their
    version. Raises RuleBroken ``profile_invalid``, ``mechanism_partial``, ``person_unknown``, ``administrator_only``,
    ``reason_missing``, ``version_known``, ``version_other_mechanism``, ``version_before``, ``day_unknown``.
    """
    status(connection)
    profile, findings = parse(text, file)
    if profile is None or findings:
        raise invalid(findings)
    if profile.meta.partial:
        raise RuleBroken("mechanism_partial", field="mechanism", value=profile.meta.id)
    with as_tables(connection):
        connection.execute("SELECT 1 FROM ld.server FOR UPDATE")
        who = connection.execute(
            "SELECT id, body, roles FROM ld.person WHERE %s IN (id, name) AND revoked_at IS NULL", (person,)
        ).fetchone()
        if who is None:
            raise RuleBroken("person_unknown", field="person", value=person)
        actor = Actor(person=who[0], body=who[1], roles=frozenset(who[2]), device="")
        command = cmd.PublishProfile(
            version=profile.version(), valid_from=valid_from, text=text.decode(), reason=reason
        )
        event = decide(registers_of(connection), command, actor, stamp(datetime.now(UTC)))
        for post in profile.posts:
            put_body(connection, profile, post.id, post.name, desk=post.desk, keep=True)
        connection.execute("UPDATE ld.body SET oversight=true WHERE id=ANY(%s)", (sorted(rows.watchers(profile)),))
        name = rows.load(connection, profile)
        connection.execute("UPDATE ld.server SET profile=%s", (name,))
        register(connection, "publish-profile", event, who[0])
        _days(connection)
        digest = one(connection, "SELECT digest FROM ld.profile WHERE profile=%s", name)
    return {"profile": name, "digest": digest, "valid_from": valid_from, "changed": True}


def restored(connection: Connection, reason: str) -> dict[str, Any]:
    """Give a restored database a new epoch: desks offer again what it lost. Numbers are not lent until ``open_leases``."""
    status(connection)
    with as_tables(connection):
        epoch = one(connection, "UPDATE ld.server SET epoch=gen_random_uuid(), leases_closed=true RETURNING epoch")
        connection.execute(
            "INSERT INTO ld.audit(role,minute,what,code,ref) VALUES(%s,date_trunc('minute',now()),'restored','epoch',%s)"
            " ON CONFLICT (role,minute,what,code) DO UPDATE SET times=ld.audit.times+1",
            (SERVER, reason[:80]),
        )
    return {"epoch": str(epoch), "leases_closed": True}


def open_leases(connection: Connection, margin: int) -> dict[str, Any]:
    """Lend numbers again, each register that far above where the restored database stood: one that it does not know, too."""
    status(connection)
    if not 1 <= margin <= 1_000_000:
        raise RuleBroken("field_value", field="margin", value=margin)
    with as_tables(connection):
        raised = connection.execute("UPDATE ld.number_head SET next=next+%s", (margin,)).rowcount
        connection.execute(
            "UPDATE ld.server SET leases_closed=false, numbers_from=numbers_from+%s,"
            " numbers_year=extract(year FROM now() AT TIME ZONE 'Asia/Shanghai' + interval '31 days')",
            (margin,),
        )
    return {"registers": raised, "margin": margin, "leases_closed": False}


# -- how it stands ----------------------------------------------------------------------------------


def status(connection: Connection) -> dict[str, Any]:
    """Return versions, positions, desks with their lag, sizes."""
    if not founded(connection):
        raise RuleBroken("server_not_founded")
    row = connection.execute(
        "SELECT s.epoch,s.district,s.mechanism,s.profile,s.made_at,s.watched_at,s.leases_closed,(SELECT max(n) FROM ld.migration),"
        "(SELECT count(*) FROM ld.person WHERE revoked_at IS NULL),(SELECT count(*) FROM ld.act),(SELECT count(*) FROM ld.case_head),"
        "pg_database_size(current_database()),to_jsonb(s)->'release',clock_timestamp() FROM ld.server s"
    ).fetchone()
    assert row is not None
    desks = connection.execute(
        "SELECT d.role,d.body,d.person,d.enrolled_at,d.seen_at,d.revoked_at,d.until,(SELECT count(*) FROM ld.device v WHERE v.role=d.role),"
        "to_jsonb(d)->>'version' FROM ld.desk d ORDER BY d.body,d.role"
    ).fetchall()
    feeds = connection.execute("SELECT name,head FROM ld.feed WHERE rank<>1 AND head>0 ORDER BY name").fetchall()
    return {
        "version": row[7], "postgresql": one(connection, "SHOW server_version"), "epoch": str(row[0]), "district": row[1],
        "mechanism": row[2], "profile": row[3], "founded_at": stamp(row[4]), "watched_at": stamp(row[5]) if row[5] else None,
        "leases_closed": row[6], "packed": pressing.there(connection), "bodies": one(connection, "SELECT count(*) FROM ld.body"), "people": row[8], "acts": row[9],
        "cases": row[10], "bytes": row[11], "release": row[12], "now": stamp(row[13]), "backup": backup(connection), "feeds": dict(feeds),
        "desks": [
            {"role": d[0], "body": d[1], "person": d[2], "enrolled": bool(d[3]), "seen_at": stamp(d[4]) if d[4] else None,
             "revoked": bool(d[5]), "code_until": None if d[3] else stamp(d[6]), "persons": d[7], "version": d[8]}
            for d in desks
        ],
    }  # fmt: skip


def backup(connection: Connection) -> dict[str, Any]:
    """Return what PostgreSQL says of its archive and standbys: whether WAL is archived, last when, last failed when."""
    row = connection.execute(
        "SELECT current_setting('archive_mode') <> 'off', last_archived_time, last_failed_time,"
        " (SELECT count(*) FROM pg_stat_replication) FROM pg_stat_archiver"
    ).fetchone()
    assert row is not None
    done, failed = (stamp(at) if at else None for at in row[1:3])
    return {"archiving": row[0], "archived_at": done, "failed_at": failed, "standbys": row[3]}
