"""What a desk's own login must not be able to do, as plain statements: ``server check`` and the attack tests try them all.

Each is tried as a real desk over the line. It holds when PostgreSQL refuses it or when it answers nothing.
"""

from typing import Final

import msgspec


class Attempt(msgspec.Struct, frozen=True):
    """A statement that must be refused, or must answer no row (``nothing``)."""

    name: str
    statement: str
    nothing: bool = False


def _each(what: str, statement: str, tables: tuple[str, ...]) -> tuple[Attempt, ...]:
    return tuple(Attempt(f"{what} {t}", statement.format(t=t)) for t in tables)


JOURNAL: Final = (
    "act",
    "act_personal",
    "entry",
    "feed_item",
    "case_head",
    "piece",
    "device_key",
    "device_public",
    "person",
    "desk",
    "code",
    "audit",
)

ATTEMPTS: Final = (
    *_each("read", "SELECT * FROM ld.{t} LIMIT 1", JOURNAL),
    *_each("insert into", "INSERT INTO ld.{t} DEFAULT VALUES", ("act", "entry", "feed_item", "person", "device", "guard")),
    *_each("update", "UPDATE ld.{t} SET id = id", ("act", "case_head", "device")),
    *_each("delete from", "DELETE FROM ld.{t}", ("act", "entry", "feed_item", "guard", "yield")),
    *_each("truncate", "TRUNCATE ld.{t}", ("act", "entry", "guard")),
    Attempt("copy out", "COPY ld.act_personal TO STDOUT"),
    Attempt("copy to a program", "COPY (SELECT 1) TO PROGRAM 'id'"),
    Attempt("copy from a file", "COPY ld.act FROM '/etc/passwd'"),
    Attempt("read a file", "SELECT pg_read_file('/etc/passwd')"),
    Attempt("list a folder", "SELECT pg_ls_dir('.')"),
    Attempt("large object from a file", "SELECT lo_import('/etc/passwd')"),
    Attempt("large object", "SELECT lo_create(0)"),
    Attempt("large object with content", "SELECT lo_from_bytea(0, 'x')"),
    Attempt("temporary table", "CREATE TEMP TABLE person(id text)"),
    Attempt("temporary view", "CREATE TEMP VIEW person AS SELECT 1"),
    Attempt("table in public", "CREATE TABLE public.x(i int)"),
    Attempt("table in ld", "CREATE TABLE ld.x(i int)"),
    Attempt("schema", "CREATE SCHEMA mine"),
    Attempt("function", "CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'"),
    Attempt("operator", "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)"),
    Attempt("extension", "CREATE EXTENSION dblink"),
    Attempt("anonymous block", "DO $$ BEGIN PERFORM * FROM ld.person; END $$"),
    Attempt("become the tables' owner", "SET ROLE ld_tables"),
    Attempt("become the doors' owner", "SET ROLE ld_door"),
    Attempt("become the keys' owner", "SET ROLE ld_keys"),
    Attempt("become the superuser", "SET SESSION AUTHORIZATION DEFAULT; SET ROLE administrator"),
    Attempt("take another desk's session", "SET SESSION AUTHORIZATION ld_tables"),
    Attempt("give itself a role", "GRANT ld_tables TO CURRENT_USER"),
    Attempt("make a role", "CREATE ROLE mine LOGIN"),
    Attempt("raise its own limit", "ALTER ROLE CURRENT_USER CONNECTION LIMIT 100"),
    Attempt("make itself superuser", "ALTER ROLE CURRENT_USER SUPERUSER"),
    Attempt("set a verifier past the door", "SELECT ld.set_verifier('x', true)"),
    Attempt("enrol again", "SELECT ld.enrol('x', 'x', gen_random_uuid(), 'x')"),
    Attempt("judge past the door", "SELECT ld.judge('{}',1,'M1@1','','{}','EPB','{}',NULL,'{}','{}','x','{}')"),
    Attempt("history past the door", "SELECT * FROM ld.history(gen_random_uuid(), 'EPB', true, 0)"),
    Attempt("personal parts past the log", "SELECT ld.revealed(gen_random_uuid())"),
    Attempt("fates past the door", "SELECT ld.set_fates('{}', '{}', '{}', '{}')"),
    Attempt("another's act by its place", "SELECT * FROM ld.stored_act(gen_random_uuid(), 1)"),
    Attempt("begin a device past the door", "SELECT ld.begin_device('p', 'EPB', gen_random_uuid(), 'x')"),
    Attempt("leavers past the door", "SELECT ld.leavers('M1@1', '{}', 1, '{}', 'EPB')"),
    Attempt("put another key", "UPDATE ld.device_public SET public = sha256('x')"),
    Attempt("take a key away", "DELETE FROM ld.device_public"),
    Attempt("show another's key past the door", "INSERT INTO ld.device_public SELECT gen_random_uuid(), sha256('x'), 0, 'x'"),
    Attempt("compress past the door", "SELECT ld.pressed(ROW(1))"),
    Attempt("cipher past the door", "SELECT ld_press.pgp_sym_encrypt_bytea('x', 'y', '')"),
    Attempt("inflate what it likes", "SELECT ld_press.pgp_sym_decrypt_bytea('x', 'y')"),
    Attempt("change a function", "ALTER FUNCTION ld.status() SECURITY INVOKER"),
    Attempt("drop a function", "DROP FUNCTION ld.status()"),
    Attempt("switch row-level security off", "ALTER TABLE ld.act DISABLE ROW LEVEL SECURITY"),
    Attempt("drop a policy", "DROP POLICY owner ON ld.act"),
    Attempt("drop a trigger", "DROP TRIGGER append_only ON ld.act"),
    Attempt("triggers off", "SET session_replication_role = replica"),
    Attempt("next of a sequence", "SELECT nextval('ld.entry_no_seq')"),
    Attempt("value of a sequence", "SELECT last_value FROM ld.entry_no_seq"),
    Attempt("who is connected", "SELECT * FROM pg_stat_activity"),
    Attempt("who is connected, by the function", "SELECT * FROM pg_stat_get_activity(NULL)"),
    Attempt("names of the desks", "SELECT rolname FROM pg_roles"),
    Attempt("passwords", "SELECT rolpassword FROM pg_authid"),
    Attempt("sizes by the statistics", "SELECT * FROM pg_stat_all_tables"),
    Attempt("size of the database", "SELECT pg_database_size(current_database())"),
    Attempt("size of a table", "SELECT pg_total_relation_size('ld.act'::regclass)"),
    Attempt("values by the planner's statistics", "SELECT * FROM pg_stats WHERE schemaname = 'ld'", nothing=True),
    Attempt("the planner's statistics", "SELECT * FROM pg_statistic"),
    Attempt("locks", "SELECT * FROM pg_locks"),
    Attempt("plan of a query on a table", "EXPLAIN SELECT * FROM ld.act_personal"),
    Attempt("plan with counts", "EXPLAIN ANALYZE SELECT * FROM ld.act"),
    Attempt("lock a table", "LOCK TABLE ld.feed IN ACCESS EXCLUSIVE MODE"),
    Attempt("lock a row", "SELECT 1 FROM ld.feed FOR UPDATE"),
    Attempt("sleep", "SELECT pg_sleep(0.01)"),
    Attempt("advisory lock", "SELECT pg_advisory_lock(1)"),
    Attempt("transaction id", "SELECT txid_current()"),
    Attempt("snapshot", "SELECT pg_export_snapshot()"),
    Attempt("false hint by the function", "SELECT pg_notify('x', '')"),
    Attempt("positions of a feed", "UPDATE ld.feed SET head = 0"),
    Attempt("settings of the server", "SET log_statement = 'all'"),
    Attempt("reload", "SELECT pg_reload_conf()"),
    Attempt("end another's session", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"),
    Attempt("prepared transaction left behind", "SELECT * FROM pg_prepared_xacts"),
    Attempt("log of the server", "SELECT pg_current_logfile()"),
    Attempt("subscribe to changes", "SELECT pg_create_logical_replication_slot('x', 'test_decoding')"),
    Attempt("more temporary files", "SET temp_file_limit = -1"),
)  # fmt: skip
