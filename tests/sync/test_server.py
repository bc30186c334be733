"""``liaison server …`` as an administrator types it, on a real PostgreSQL."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import openpyxl
import psycopg
import pytest

from liaison_app.cli.main import main
from liaison_app.domain.moments import CHINA
from liaison_app.sync import checking, guardian, server
from liaison_app.sync.attempts import ATTEMPTS


@pytest.fixture
def database(cluster):
    name = f"founded_{os.urandom(5).hex()}"
    with cluster.connect() as boss:
        boss.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield cluster.url(name)
    with cluster.connect() as boss:
        boss.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def run(capsys):
    def do(*words):
        code = main(["server", *words, "--json"])
        said = capsys.readouterr()
        return code, json.loads((said.out if code == 0 else said.err).strip().splitlines()[-1])

    return do


def test_founding_is_repeated_without_harm(database, run):
    assert run("status", "--url", database)[1]["error"] == "server_not_founded"
    code, first = run("init", "--url", database, "--mechanism", "M1", "--district", "锦溪区")
    assert code == 0 and first["mechanism"] == "M1" and first["version"] >= 1 and first["bodies"] == 31
    code, again = run("init", "--url", database, "--mechanism", "M1", "--district", "别名")
    assert (code, again["epoch"], again["district"], again["acts"]) == (0, first["epoch"], "锦溪区", first["acts"])
    assert run("init", "--url", database, "--mechanism", "M2")[1]["error"] == "server_founded_already"
    assert run("upgrade", "--url", database)[1]["epoch"] == first["epoch"]
    assert run("profile", "--url", database)[1]["changed"] is False


def test_what_cannot_be_reached_ends_with_3_and_no_password(run, cluster):
    code, said = run("status", "--url", "postgresql://boss:geheim@127.0.0.1:9/x")
    assert code == 3 and said["error"] == "database_unreachable" and "geheim" not in json.dumps(said)
    code, said = run("status", "--url", cluster.url("postgres", password="falsch"))
    assert code == 3 and "falsch" not in json.dumps(said)


def test_people_come_from_a_workbook_and_wrong_rows_are_named(database, run, tmp_path):
    run("init", "--url", database)
    book = openpyxl.Workbook()
    for row in (
        ["编号", "姓名", "单位", "职务", "电话", "角色"],
        ["a1", "甲某", "区环保局", "科长", "1", "联络员、负责人"],
        ["a2", "乙某", "COMMERCE", "", "", ""],
    ):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    words = ("add-person", "--url", database, "--workbook", str(tmp_path / "people.xlsx"))
    assert run(*words) == (0, {"read": 2, "changed": 2})
    assert run(*words) == (0, {"read": 2, "changed": 0})
    book.active.append(["a3", "丙某", "没有的单位", "", "", ""])
    book.save(tmp_path / "people.xlsx")
    code, said = run(*words)
    assert (code, said["error"], said["details"]["rows"][0]["row"]) == (1, "roster_book", 4)
    assert run("add-person", "b1", "--url", database, "--name", "丁某", "--body", "EPB", "--roles", "leader")[0] == 0
    assert run("add-body", "NEWTOWN", "--url", database, "--name", "新镇", "--no-desk")[0] == 0
    assert run("status", "--url", database)[1]["people"] == 3


def test_a_code_opens_one_desk_once(district, run):
    url = district.url()
    code, issued = run("enrol-code", "--url", url, "--person", "p-zhoumin")
    assert code == 0 and len(issued["code"].replace("-", "")) == 24 and issued["role"].startswith("desk_")
    assert issued["code"].replace("-", "")[7:] not in district.cluster.log_text()
    desk = district.enrol("p-gaoyuan")
    code, second = run("enrol-code", "--url", url, "--person", "leader-MUNI", "--desk", desk.role)
    assert code == 0 and second["role"] == desk.role
    with desk.connect() as connection:
        plain = second["code"].replace("-", "")
        ask = "SELECT ld.enrol_person(%s,'leader-MUNI',gen_random_uuid(),%s)"
        assert "error" not in connection.execute(ask, (plain, bytes(32))).fetchone()[0]
        assert connection.execute(ask, (plain, bytes(32))).fetchone()[0] == {"error": "code"}
    assert run("enrol-code", "--url", url, "--person", "nobody")[1]["error"] == "person_unknown"


def test_a_revoked_desk_is_out_at_once(district, run):
    desk = district.enrol("p-gaoyuan")
    with desk.connect() as connection:
        said = run("revoke", "--url", district.url(), "--desk", desk.role, "--reason", "遗失")[1]
        assert said == {"desk": desk.role, "sessions_ended": 1}
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT ld.status()")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        desk.connect()


def test_check_fails_without_watch_and_passes_with_it(district, run):
    code, said = run("check", "--url", district.url())
    assert code == 1 and said["error"] == "server_check"
    assert [w["name"] for w in said["details"]["wrong"]] == ["watch is alive"], said
    with district.boss() as boss:
        guardian.Guardian(boss).look()
    code, said = run("check", "--url", district.url())
    assert code == 0 and said["tried"] > 90, said
    assert district.sql(
        "SELECT count(*) FROM pg_roles r WHERE rolname LIKE 'desk\\_%' AND NOT EXISTS (SELECT FROM ld.desk WHERE role=r.rolname)"
    )


def test_check_finds_a_door_that_was_left_open(district):
    with district.boss() as boss:
        boss.execute("GRANT SELECT ON ld.act_personal TO ld_desk; GRANT EXECUTE ON FUNCTION ld.history TO PUBLIC")
        boss.execute(
            "ALTER TABLE ld.entry NO FORCE ROW LEVEL SECURITY; GRANT TEMP ON DATABASE " + district.name + " TO PUBLIC"
        )
        wrong = {f.name for f in checking.check(boss) if not f.ok}
    assert {
        "read act_personal",
        "history past the door",
        "row-level security is forced on every table",
        "temporary table",
    } <= wrong


def test_watch_ends_who_holds_a_feed_and_who_dawdles(district, monkeypatch):
    desk = district.enrol("p-zhoumin")
    with district.boss() as boss, desk.connect() as holder, desk.connect() as quiet:
        watcher = guardian.Guardian(boss)
        quiet.execute("BEGIN; SELECT ld.status()")
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM ld.withdraw('{}','{}')")
        assert watcher.look() == []
        time.sleep(1.2)
        ended = watcher.look()
        assert [(e.role, e.why) for e in ended] == [(desk.role, "feed")]
        with pytest.raises(psycopg.OperationalError):
            holder.execute("SELECT 1")
        monkeypatch.setattr(guardian, "TRANSACTION_SECONDS", 1.0)
        assert [e.why for e in watcher.look()] == ["transaction"]
        with pytest.raises(psycopg.OperationalError):
            quiet.execute("SELECT 1")


def noted(district):
    """Return whether a watch notes itself as alive within 20 seconds."""
    for _ in range(100):
        if district.sql("SELECT watched_at FROM ld.server")[0][0] is not None:
            return True
        time.sleep(0.2)
    return False


def test_watch_as_a_service_waits_for_a_restart(district):
    stop, told = threading.Event(), []
    thread = threading.Thread(target=guardian.watch, args=(district.url(), None, told.append, stop))
    thread.start()
    try:
        assert noted(district)
        district.cluster.restart()
        district.sql("UPDATE ld.server SET watched_at = NULL")
        assert noted(district), "watch did not come back"
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_watch_ends_at_a_signal(district):
    words = [sys.executable, "-m", "liaison_app.cli.main", "server", "watch", "--url", district.url()]
    running = subprocess.Popen(words, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL)
    assert noted(district)
    running.terminate()
    assert running.wait(10) == 0


def test_the_district_is_exported_in_open_formats(district, run, tmp_path):
    code, said = run("export", str(tmp_path / "out"), "--url", district.url())
    assert code == 0 and said["acts"] == said["entries"] == 63
    lines = [json.loads(line) for line in (tmp_path / "out" / "entries.jsonl").read_text(encoding="utf-8").splitlines()]
    assert json.loads(lines[0]["data"])["event"]["is"] == "founded"
    assert (tmp_path / "out" / "acts.jsonl").stat().st_mode & 0o077 == 0
    assert run("export", str(tmp_path / "out"), "--url", district.url())[1]["error"] == "folder_not_empty"


def test_a_restored_database_gets_another_epoch_and_lends_no_numbers(district, run):
    desk = district.enrol("p-zhoumin")
    code, said = run("restored", "--url", district.url(), "--reason", "昨日备份")
    assert code == 0 and said["epoch"] != desk.epoch
    with desk.connect() as connection:
        ask = "SELECT ld.lease(gen_random_uuid(),'slip',2026,10)"
        assert connection.execute(ask).fetchone()[0] == {"error": "leases_closed"}
        run("open-leases", "--url", district.url(), "--margin", "500")
        assert connection.execute(ask).fetchone()[0]["first"] == 501, "it does not know what it lent of this register"
        later = ask.replace("2026", str(datetime.now(CHINA).year + 2))
        assert connection.execute(later).fetchone()[0]["first"] == 1, "a year of which it cannot have lent any"
        assert connection.execute(
            "SELECT what, ref::text FROM ld.pull(%s,ARRAY['district'],ARRAY[0]::bigint[],10,1000)", (desk.epoch,)
        ).fetchall() == [("epoch", said["epoch"])]


def test_every_attempt_has_a_name_of_its_own():
    names = [a.name for a in ATTEMPTS]
    assert len(set(names)) == len(names) >= 60
    assert server.ROLES == ("ld_tables", "ld_door", "ld_keys", "ld_desk", "ld_newcomer")
