"""到期删除 on a desk alone: two persons decide, one act says so, the words are in no file any more and every chain verifies."""

import json

import pytest

from liaison_app.cli.main import main
from liaison_app.desk import opening
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from tests.conftest import CALL

MINE, HIS = "correct horse battery", "staple of the second person"


@pytest.fixture
def desk(tmp_path):
    first = Person(id="p-1", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
    opening.found_alone(tmp_path / "desk", "M1", first, [], "passphrase", MINE, "渝北区")
    opened = opening.open_desk(tmp_path / "desk", secret=MINE)
    opened.enrol_person("何建平", title="科长", roles=("leader",), secret=HIS)
    opened.enrol_person("许国强", roles=("liaison",), secret=HIS)
    yield opened
    opened.close()


def ended(desk):
    case = desk.act_from("new", "register", CALL).case
    desk.attach_file(case, "照片.jpg", b"face" * 500)
    desk.act_from(case, "void", {"outcome": "void", "reason": "误登", "approver": "何建平"})
    return case


def refused(desk, case, second="何建平", secret=HIS, reason="保管期满"):
    with pytest.raises(RuleBroken) as error:
        desk.erase_personal(case, second, secret, reason)
    return error.value.code


def test_two_persons_erase_what_is_over_and_an_act_says_so(desk):
    case = ended(desk)
    other = desk.act_from("new", "register", {**CALL, "complainant_name": "另一位"}).case
    assert desk.case(case).may_erase and not desk.case(other).may_erase
    assert [p.name for p in desk.second_persons()] == ["何建平"]
    assert [i.case_id for i in desk.page("all", search=CALL["contact"]).items]
    desk.erase_personal(case, "何建平", HIS, "保管期满")
    view = desk.case(case)
    assert not view.content and not view.contact and not view.complainant_name and not view.may_erase
    assert "保管期满" in view.erased
    line = view.timeline[-1]
    assert (line.kind, line.person) == ("personal-erased", "周敏") and "何建平" in line.text and "保管期满" in line.text
    assert desk.verify().ok and desk.rebuild(check=True).equal
    assert desk.case(other).complainant_name == "另一位"
    with desk._replica.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar() == 0
    assert desk.status().district, "the desk goes on"
    assert desk.undo_view() is None or desk.undo_view().action != "erase-personal"
    for path in desk.home.rglob("*"):
        if path.is_file():
            assert CALL["complainant_name"].encode() not in path.read_bytes(), path.name


def test_who_may_not_and_what_is_not_over(desk):
    case = ended(desk)
    running = desk.act_from("new", "register", CALL).case
    assert refused(desk, running) == "case_still_open"
    assert refused(desk, case, secret=MINE) == "wrong_secret"
    assert refused(desk, case, reason="  ") == "reason_missing"
    for second in ("周敏", "许国强", "无此人", ""):
        assert refused(desk, case, second=second) == "second_person"
    with pytest.raises(RuleBroken, match="second_person"):  # not by the plain road either
        desk.act_from(case, "erase-personal", {"second": "p-2", "reason": "保管期满"})
    desk.switch_person("何建平", HIS)
    assert not desk.case(case).may_erase
    with pytest.raises(RuleBroken, match="administrator_only"):
        desk.erase_personal(case, "周敏", MINE, "保管期满")
    assert desk.case(case).content == CALL["content"]


def test_erased_from_the_command_line(desk, monkeypatch, capsys):
    case = ended(desk)
    desk.close()
    words = ["case", "erase", case, "--second", "何建平", "--home", str(desk.home), "--key-from-env", "--json"]
    monkeypatch.setenv("LIAISON_KEY", MINE)
    monkeypatch.setenv("LIAISON_SECOND_KEY", MINE)
    assert main([*words, "--reason", "保管期满"]) == 4
    assert json.loads(capsys.readouterr().err)["error"] == "wrong_secret"
    monkeypatch.setenv("LIAISON_SECOND_KEY", HIS)
    assert main([*words, "--reason", "保管期满"]) == 0
    assert json.loads(capsys.readouterr().out)["case"] == case
    again = opening.open_desk(desk.home, secret=MINE)
    try:
        assert not again.case(case).contact and "保管期满" in again.case(case).erased
        assert again.verify().ok
    finally:
        again.close()
