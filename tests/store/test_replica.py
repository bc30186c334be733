"""The file on disk: encrypted, locked, damaged, newer, full, copied; every list has an index."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from liaison_app.desk import statistics
from liaison_app.desk.opening import open_desk, restore_backup
from liaison_app.domain.errors import RuleBroken
from liaison_app.security import keys
from liaison_app.store import queries, sorting
from liaison_app.store.engine import FILE
from liaison_app.store.ledger_queries import LEDGER
from liaison_app.store.replica import HEAD, REVISIONS, Replica
from liaison_app.store.tables import metadata
from tests.conftest import CALL, NOON


@pytest.fixture
def replica(tmp_path):
    made = Replica.create(tmp_path / "r", bytes(range(32)))
    yield made
    made.close()


def code_of(run):
    with pytest.raises(RuleBroken) as refused:
        run()
    return refused.value.code


def test_the_file_is_not_readable_as_sqlite(home, desk):
    desk.act_from("new", "register", CALL)
    for path in (p for p in home.iterdir() if p.is_file()):
        content = path.read_bytes()
        assert b"SQLite format 3" not in content
        assert "王喆堃".encode() not in content


def test_wrong_key_newer_schema_second_instance(tmp_path, replica):
    replica.close()
    before = (tmp_path / "r" / FILE).read_bytes()
    assert code_of(lambda: Replica.open(tmp_path / "r", bytes(32))) == "wrong_key"
    assert (tmp_path / "r" / FILE).read_bytes() == before
    again = Replica.open(tmp_path / "r", bytes(range(32)))
    with again.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num='9999'")
    again.close()
    assert code_of(lambda: Replica.open(tmp_path / "r", bytes(range(32)))) == "schema_newer"


def test_a_second_program_is_told(home, desk):
    script = "import sys; from liaison_app.cli.main import main; sys.exit(main(sys.argv[1:]))"
    run = subprocess.run(
        [sys.executable, "-c", script, "--home", str(home), "case", "list"], capture_output=True, text=True
    )
    assert run.returncode == 4
    assert "second_instance" in run.stderr
    assert "Traceback" not in run.stderr


def test_flipped_bytes_are_noticed(tmp_path, replica):
    with replica.write() as connection:
        for i in range(200):
            connection.exec_driver_sql("INSERT INTO meta VALUES(?,?)", (f"k{i}", "x" * 500))
    replica.close()
    path = tmp_path / "r" / FILE
    content = bytearray(path.read_bytes())
    for at in range(4096 * 3 + 100, len(content), 4096):
        content[at] ^= 0xFF
    path.write_bytes(content)
    assert code_of(lambda: _scan(tmp_path / "r")) == "replica_damaged"


def _scan(home):
    replica = Replica.open(home, bytes(range(32)))
    try:
        with replica.read() as connection:
            connection.exec_driver_sql("SELECT sum(length(value)) FROM meta").scalar()
    finally:
        replica.close()


def test_a_full_disk_confirms_nothing(home):
    desk = open_desk(home, person="p-zhoumin")
    desk.act_from("new", "register", CALL)
    with desk._replica.write() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count={pages + 2}"))
    assert (
        code_of(lambda: [desk.act_from("new", "register", CALL | {"content": "长" * 20_000}) for _ in range(50)])
        == "disk_full"
    )
    count = len(desk.page("all").items)
    assert desk.verify().ok
    assert desk.rebuild(check=True).equal
    desk.close()
    again = open_desk(home, person="p-zhoumin")
    assert len(again.page("all").items) == count
    again.close()


def test_migration_gives_the_same_schema(tmp_path, replica):
    from alembic import command
    from alembic.config import Config

    import liaison_app.store.migrations as migrations

    other = Replica(tmp_path / "r2", bytes(32))
    (tmp_path / "r2").mkdir()
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with other.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    schemas = [_schema(one) for one in (replica, other)]
    other.close()
    assert schemas[0] == schemas[1]
    assert {t.name for t in metadata.sorted_tables} <= {n for n, _, _ in schemas[0]}


def _schema(one):
    """Return tables with their columns and indexes with their text: a column added later stands behind the keys."""
    with one.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT type,name,tbl_name,sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type,name"
        ).all()
        found = []
        for kind, name, table, sql in names:
            if name == "alembic_version":
                continue
            if kind == "table":
                columns = sorted(tuple(r)[1:] for r in connection.exec_driver_sql(f"PRAGMA table_xinfo({name})"))
                keys = sorted(tuple(r)[1:] for r in connection.exec_driver_sql(f"PRAGMA index_list({name})"))
                found.append((name, "WITHOUT ROWID" in sql, (columns, keys)))
            else:
                found.append((name, table, " ".join(sql.split())))
    return found


def test_backup_and_restore(home, desk, tmp_path):
    number = desk.act_from("new", "register", CALL).number
    desk.backup(tmp_path / "copy.liaison-backup")
    restore_backup(tmp_path / "copy.liaison-backup", tmp_path / "again")
    again = open_desk(tmp_path / "again", person="p-zhoumin")
    assert again.case(number).number == number
    assert again.verify().ok
    again.close()
    assert code_of(lambda: restore_backup(tmp_path / "copy.liaison-backup", tmp_path / "again")) == "replica_exists"
    broken = tmp_path / "broken"
    broken.write_bytes((tmp_path / "copy.liaison-backup").read_bytes()[:5000])
    assert code_of(lambda: restore_backup(broken, tmp_path / "third")) == "backup_damaged"
    shutil.rmtree(tmp_path / "again")


@pytest.mark.parametrize("name", sorted(queries.REGISTRY | sorting.WALKS))
def test_every_list_has_an_index(replica, name):
    names = (
        "body",
        "list",
        "sort",
        "case",
        "until",
        "limit",
        "state",
        "lead",
        "medium",
        "town",
        "ref",
        "kind",
        "key",
        "match",
        "before",
        "folded",
        "first",
        "start",
        "now",
        "words",
        "value",
    )
    values = dict.fromkeys(names, "x") | {"limit": 5, "before": 9, "outer": "{}", "owners": "[]"}
    statement = (queries.REGISTRY | sorting.WALKS)[name]
    used = {k: v for k, v in values.items() if f":{k}" in statement}
    with replica.read() as connection:
        plan = " / ".join(str(r[3]) for r in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, used))
    assert "TEMP B-TREE" not in plan, plan
    for table in ("case_row", "list_row", "clock_row", "task_row", "similar_key", "count_row", " c", " l", " t", " k"):
        assert f"SCAN{table if table[0] == ' ' else ' ' + table} " not in plan + " ", plan


@pytest.mark.parametrize(
    "revision", ["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0011", "0012"]
)
def test_a_replica_of_an_older_schema_is_backed_up_and_brought_up(desk, home, revision):
    case = desk.act_from("new", "register", CALL).case
    desk.attach_file(case, "现场.jpg", b"x" * 100)
    before = desk.case(case)
    desk.close()
    older(home, revision)
    again = open_desk(home, person="p-zhoumin", now=NOON)
    try:
        assert again.case(case) == before
        assert again.rebuild(check=True).equal
        assert again.verify().ok
        assert {f.id: f.numerator for f in statistics.count(again, "2026-09").indicators}["registered_count"] == 1
        assert again.rebuild(check=True).equal
        assert list(home.glob(f"before-{HEAD}-from-{revision}*"))
        again.act_from(case, "note", {"text": "升级后照常"})
        record = again.open_record("monthly", {"work": "查处无照经营"})
        assert again.records("kind:monthly").items[0].number == record.number
        assert again.rebuild(check=True).equal
        with again._replica.read() as connection:
            key = [r[5] for r in connection.exec_driver_sql("PRAGMA table_info(clock_row)")]
            fates = {r[0] for r in connection.exec_driver_sql("SELECT DISTINCT fate FROM act")}
            final = {r[0] for r in connection.exec_driver_sql("SELECT DISTINCT final FROM entry")}
            filled = connection.exec_driver_sql("SELECT count(*) FROM count_row").scalar()
        assert filled == 1, "the facts of figures are made from the journal"
        assert key.count(0) == 6, "five columns are the key now"
        assert (fates, final) == ({"accepted"}, {1})
    finally:
        again.close()


def older(home, revision):
    """Replace the replica of a demo by one of an older schema that holds the same data."""
    from alembic import command
    from alembic.config import Config

    import liaison_app.store.migrations as migrations
    from liaison_app.security import keys

    key = keys.open_as(home, "p-zhoumin", None).replica_key
    (home / "old").mkdir()
    source, target = Replica.open(home, key), Replica(home / "old", key)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with source.read() as here, target.write() as there:
        config.attributes["connection"] = there
        command.upgrade(config, revision)
        for (table,) in there.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'search_text%' "
            "AND name NOT LIKE 'sqlite_%' AND name<>'alembic_version'"
        ).all():
            columns = ",".join(f'"{r[1]}"' for r in there.exec_driver_sql(f"PRAGMA table_info({table})"))
            rows = [tuple(r) for r in here.exec_driver_sql(f"SELECT {columns} FROM {table}")]
            if rows:
                marks = ",".join("?" * len(rows[0]))
                there.exec_driver_sql(f"INSERT INTO {table}({columns}) VALUES({marks})", rows)
        there.exec_driver_sql("INSERT INTO search_text(rowid,words) SELECT doc,folded FROM search_doc")
    source.close()
    target.close()
    for path in home.glob("replica.db*"):
        path.unlink()
    (home / "old" / FILE).replace(home / FILE)


def test_papers_are_found_on_a_desk_that_is_older_than_their_index(home):
    began = open_desk(home, person="p-zhoumin", now=NOON)
    case = began.act_from("new", "register", CALL).case
    began.act_from(case, "propose-transfer", {})
    approval = {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}
    began.act_from(case, "approve", approval)
    began.act_from(case, "transfer", {"method": "fax"})
    began.close()
    older(home, "0008")
    desk = open_desk(home, person="p-zhoumin", now=NOON)
    try:
        with desk._replica.read() as connection:
            names = {r[1] for r in connection.exec_driver_sql("PRAGMA index_list(entry)")}
            sent = connection.exec_driver_sql("SELECT count(*) FROM entry WHERE kind='transfer-sent'").scalar()
            assert "entry_paper" in names
            assert len(queries.rows(connection, queries.SENT, limit=10_000)) == sent > 0
        assert desk.paper_register() == ()
        assert desk.rebuild(check=True).equal
    finally:
        desk.close()


LEDGER_TABLES = (
    "record_row",
    "record_list_row",
    "record_clock_row",
    "record_task_row",
    "record_period_row",
    "record_place_row",
)


@pytest.mark.parametrize("name", sorted(LEDGER))
def test_every_list_of_the_ledger_has_an_index(replica, name):
    values = {
        "body": "x",
        "list": "x",
        "sort": "x",
        "record": "x",
        "limit": 5,
        "ref": "x",
        "kind": "x",
        "day": "2026-10-01",
        "words": b"x",
    }
    used = {k: v for k, v in values.items() if f":{k}" in LEDGER[name]}
    with replica.read() as connection:
        plan = " / ".join(str(r[3]) for r in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + LEDGER[name], used))
    assert "TEMP B-TREE" not in plan, plan
    for table in (*LEDGER_TABLES, "r", "l", "t"):
        assert f"SCAN {table} " not in plan.replace("/", " ") + " ", plan


def test_a_stopped_migration_keeps_what_is_done_and_goes_on_the_next_time(desk, home):
    desk.act_from("new", "register", CALL)
    before = [row.case_id for row in desk.page("all").items]
    desk.close()
    older(home, "0009")
    told = []

    def stop(step, of, share):
        told.append((step, of, share))
        if step == 3 and share == 0.0:
            raise RuleBroken("migration_stopped")

    def revision():
        found = Replica(home, keys.open_as(home, "p-zhoumin", None).replica_key)
        try:
            with found.read() as connection:
                return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        finally:
            found.close()

    with pytest.raises(RuleBroken, match="migration_stopped"):
        open_desk(home, person="p-zhoumin", now=NOON, told=stop)
    of = len(REVISIONS) - REVISIONS.index("0009")
    assert told == [(1, of, 0.0), (2, of, 0.0), (3, of, 0.0)]
    assert revision() == "0010"
    copies = sorted(p.name for p in home.glob("before-*"))
    told.clear()
    again = open_desk(home, person="p-zhoumin", now=NOON, told=lambda *what: told.append(what))
    assert [row.case_id for row in again.page("all").items] == before
    again.close()
    assert told[0] == (1, of - 1, 0.0) and {step for step, *_ in told} == set(range(1, of))
    assert all(0 <= share < 1 for *_, share in told)
    assert sorted(p.name for p in home.glob("before-*")) == copies, "one backup for one move"
    assert revision() == HEAD
