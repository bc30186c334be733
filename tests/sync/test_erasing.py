"""到期删除: personal parts and files go from the database and from every desk; acts, hashes and chains still verify."""

import json

import pytest

from liaison_app.cli.main import main
from liaison_app.domain.events import Person
from liaison_app.sync import server
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import Seat
from tests.sync.test_faults_people import send
from tests.sync.test_leaving import given_away

CHIEF = Person(id="p-zhoumin", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
WORDS = (CALL["complainant_name"], CALL["content"], CALL["contact"], CALL["complainant_address"])


@pytest.fixture
def seats(tmp_path, district):
    with district.boss() as boss:
        server.enter_people(boss, [CHIEF])
    made = [Seat(tmp_path / p, district, p) for p in ("p-zhoumin", "p-xuguoqiang")]
    yield made
    for seat in made:
        seat.check()
        seat.close()


@pytest.fixture
def run(district, capsys):
    def do(*words):
        code = main(["server", "erase", *words, "--url", district.url(), "--json"])
        said = capsys.readouterr()
        return code, json.loads((said.out if code == 0 else said.err).strip().splitlines()[-1])

    return do


def everything(seat):
    """Return every value of every table of a desk, decrypted, as one text."""
    with seat.desk._replica.read() as connection:
        names = [
            r[0]
            for r in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'search_text%'"
            )
        ]
        rows = [row for name in names for row in connection.exec_driver_sql(f"SELECT * FROM {name}").all()]
    return "\n".join(v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for row in rows for v in row)


def decide(reason="保存期满", person="周敏", second="何建平"):
    return ("--person", person, "--second", second, "--reason", reason)


def test_personal_parts_go_everywhere_and_the_chains_still_verify(seats, run, tmp_path):
    a, b = seats
    case = a.act("new", "register", **CALL).case
    second = {
        **CALL,
        "complainant_name": "赵钱孙",
        "contact": "13900000002",
        "content": "粉尘",
        "complainant_address": "别处",
    }
    other = a.act("new", "register", **second).case
    a.desk.attach_file(case, "照片.jpg", b"face" * 500)
    b.sync()
    for seat in (a, b):
        seat.sync()
    number = a.desk.case(case).number
    assert run(number, *decide())[1]["error"] == "case_still_open"
    a.act(case, "void", outcome="withdrawn", reason="投诉人撤回", approver="何建平")
    for seat in (a, b):
        seat.sync()
    assert run(number, *decide(second="周敏"))[1]["error"] == "second_person"
    assert run(number, *decide(second="许国强"))[1]["error"] == "second_person"
    assert run(number, *decide(person="何建平"))[1]["error"] == "administrator_only"
    assert run(number, *decide(reason=" "))[1]["error"] == "reason_missing"
    assert run("X-1", *decide())[1]["error"] == "case_unknown"
    code, done = run(number, *decide())
    assert code == 0 and done["parts"] >= 2 and done["pieces"] == 1 and done["bodies"] == ["COMMERCE"]
    assert run(number, *decide())[1]["parts"] == 0, "twice changes nothing"
    held = a.district.sql("SELECT count(*) FROM ld.act_personal WHERE case_id=%s AND personal IS NOT NULL", case)
    assert held == [(0,)]
    assert a.district.sql("SELECT person, second, reason FROM ld.erasure LIMIT 1") == [
        ("p-zhoumin", "p-hejianping", "保存期满")
    ]
    assert WORDS[0] in everything(a)
    late = b.act(case, "note", text="删除以前写的，还没有上传").act
    for seat in (b, a, b):
        seat.sync()
        said = everything(seat)
        assert "赵钱孙" in said, "only that case"
        for words in WORDS:
            assert words not in said, words
        view = seat.desk.case(case)
        assert view.complainant_name == view.content == view.contact == ""
        assert "保存期满" in view.erased
        assert not [r for r in seat.desk.page("all").items if r.case_id == case and "王" in r.title]
        assert case not in {r.case_id for r in seat.desk.page("all", search="王喆堃").items}
        assert seat.desk.verify(case).ok
        wal = seat.home / "replica.db-wal"
        assert not wal.exists() or wal.stat().st_size < 200_000
    with a.desk._replica.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM act WHERE id=?", (late,)).scalar() == 1
    assert a.desk.case(other).complainant_name == "赵钱孙"
    fresh = Seat(tmp_path / "later", a.district, "p-hejianping")
    assert fresh.desk.case(case).complainant_name == "" and fresh.desk.case(case).erased
    fresh.check()
    fresh.close()
    assert not a.desk.conflicts() and not b.desk.conflicts()


def test_the_copy_of_a_body_that_left_the_case_goes_too(seats, run, tmp_path):
    """Who had it once is told as well: words of the citizen stay nowhere."""
    first = seats[0]
    muni, duty, constr = (
        Seat(tmp_path / p, first.district, p) for p in ("p-gaoyuan", "liaison-GOVT_DUTY", "p-liaojun")
    )
    try:
        case = first.act("new", "register", **CALL).case
        send(first, case, "MUNI")
        healed([first, muni])
        given_away(first, duty, constr, case)
        first.act(case, "void", outcome="withdrawn", reason="投诉人撤回", approver="何建平")
        healed([first, muni, constr])
        assert muni.desk.case(case).left and CALL["content"] in everything(muni)
        code, done = run(first.desk.case(case).number, *decide())
        assert code == 0 and {"MUNI", "CONSTR", "COMMERCE"} <= set(done["bodies"])
        healed([first, muni, constr, duty])
        for seat in (first, muni, constr, duty):
            said = everything(seat)
            assert not [words for words in WORDS if words in said], seat.person
            assert seat.desk.verify().ok
    finally:
        for seat in (muni, duty, constr):
            seat.close()


def test_nothing_else_can_be_deleted(seats):
    a, _ = seats
    case = a.act("new", "register", **CALL).case
    a.desk.attach_file(case, "照片.jpg", b"x" * 10)
    a.sync()
    for statement in (
        "DELETE FROM ld.piece", "UPDATE ld.act_personal SET personal='x'", "DELETE FROM ld.act_personal", "DELETE FROM ld.erasure",
        "UPDATE ld.erasure SET reason='x'", "TRUNCATE ld.erasure",
    ):  # fmt: skip
        with a.district.boss() as boss:
            boss.execute(
                "INSERT INTO ld.erasure(act,case_id,person,second,reason) VALUES(gen_random_uuid(),%s,'a','b','c')",
                (case,),
            )
            with pytest.raises(Exception, match="append only"):
                boss.execute(statement)
