"""The registers of a desk alone: founded once by its first act, colleagues enrolled, readings chosen, years entered."""

import time
from datetime import datetime

import pytest

from liaison_app.desk import opening
from liaison_app.desk.registering import read_registers
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.security import keys
from tests.conftest import CALL

MINE, HERS = "correct horse battery", "staple of the second person"


@pytest.fixture
def home(tmp_path):
    first = Person(id="p-1", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
    opening.found_alone(tmp_path / "desk", "M1", first, [], "passphrase", MINE, "渝北区")
    return tmp_path / "desk"


@pytest.fixture
def desk(home):
    opened = opening.open_desk(home, secret=MINE)
    yield opened
    opened.close()


def test_the_first_act_founds_the_desk_for_ever(desk):
    with desk._replica.read() as connection:
        first = connection.exec_driver_sql("SELECT kind,seq,case_id FROM act ORDER BY pos").first()
        assert tuple(first) == ("found", 1, None)
        assert read_registers(connection).founding == "alone"
    assert desk.verify().ok


def test_a_second_person_gets_a_secret_and_a_log_of_his_own(desk, home):
    new = desk.enrol_person("何建平", title="科长", roles=("leader",), secret=HERS)
    case = desk.act_from("new", "register", CALL).case
    desk.save_draft("register", None, {"record": "半句话"})
    with pytest.raises(RuleBroken, match="wrong_secret"):
        desk.switch_person(new.id, MINE)
    assert desk.switch_person(new.id, HERS).name == "何建平"
    assert desk.drafts() == ()
    desk.act_from(case, "note", {"text": "知道了"})
    assert desk.verify().ok
    assert [s.name for s in keys.people(home)] == ["周敏", "何建平"]


def test_only_an_administrator_enters_people(desk):
    desk.enrol_person("何建平", secret=HERS)
    desk.switch_person("何建平", HERS)
    with pytest.raises(RuleBroken, match="administrator_only"):
        desk.enrol_person("范敏", secret="another long passphrase")
    with pytest.raises(RuleBroken, match="administrator_only"):
        desk.choose_setting("m1.onsite_1h", "set_out", "照新规定")
    with pytest.raises(RuleBroken, match="administrator_only"):
        desk.enter_year({"year": 2027, "rest": ["2027-01-01"], "make_up": []})


def test_a_short_secret_is_refused_before_anything_is_written(desk):
    with pytest.raises(RuleBroken, match="passphrase_too_short"):
        desk.enrol_person("何建平", secret="short")
    assert [c.person.name for c in desk.colleagues()] == ["周敏"]


def test_who_left_opens_the_desk_no_more_and_keeps_his_acts(desk, home):
    new = desk.enrol_person("何建平", secret=HERS)
    desk.switch_person(new.id, HERS)
    case = desk.act_from("new", "register", CALL).case
    desk.switch_person("p-1", MINE)
    desk.let_go(new.id, "调离")
    with pytest.raises(RuleBroken, match="person_unknown"):
        desk.switch_person(new.id, HERS)
    assert desk.case(case).timeline[0].person == "何建平"
    assert {c.person.name: c.left for c in desk.colleagues()} == {"周敏": False, "何建平": True}
    with pytest.raises(RuleBroken, match="not_yourself"):
        desk.let_go("p-1", "试试")
    assert desk.verify().ok


def test_the_last_administrator_stays(desk):
    desk.enrol_person("何建平", roles=("liaison", "administrator"), secret=HERS)
    desk.switch_person("何建平", HERS)
    desk.let_go("p-1", "退休")
    desk.enrol_person("范敏", secret="another long passphrase")
    with pytest.raises(RuleBroken, match="not_yourself"):
        desk.let_go("何建平", "退休")


def test_a_chosen_reading_moves_open_clocks_and_survives_reopening(desk, home):
    data = {**CALL, "facts": {}, "happened_at": "2026-05-01T10:00", "late_reason": "补录"}
    desk.act_from("new", "register", {**data, "received_at": "2026-05-01T09:30"})
    desk.choose_setting("cal.natural_day_roll", "next_workday", "按民法典第二百零三条")
    desk.close()
    again = opening.open_desk(home, secret=MINE)
    try:
        assert again.rules.settings["cal.natural_day_roll"] == "next_workday"
        assert again.verify().ok
        assert again.rebuild(check=True).equal
    finally:
        again.close()
    with pytest.raises(RuleBroken, match="replica_exists"):
        opening.found_demo(home)


def test_a_running_case_keeps_the_reading_it_began_with_unless_it_is_moved(desk):
    case = desk.act_from("new", "register", {**CALL, "facts": {"medium": "noise", "source": "product_sale"}}).case
    desk.act_from(case, "accept", {})

    def limits(ref):
        return {d.rule for d in desk.case(ref).deadlines} & {"M1-RPL-04", "M1-HDL-03"}

    assert desk.choose_setting("m1.ordinary_deadline", "15wd", "区里通知") == []
    assert limits(case) == {"M1-RPL-04", "M1-HDL-03"}, "it began under both limits"
    time.sleep(1.1)
    later = desk.act_from("new", "register", {**CALL, "facts": {"medium": "noise", "source": "product_sale"}}).case
    desk.act_from(later, "accept", {})
    assert limits(later) == {"M1-RPL-04"}
    assert desk.rebuild(check=True).equal
    desk.choose_setting("m1.ordinary_deadline", "60wd", "统一办理", running=True)
    assert limits(case) == limits(later) == {"M1-HDL-03"}
    assert desk.rebuild(check=True).equal
    assert desk.verify().ok


def test_a_year_entered_moves_provisional_dates_with_old_and_new(tmp_path):
    opening.found_demo(tmp_path / "d")
    desk = opening.open_desk(tmp_path / "d", now=datetime.fromisoformat("2026-12-31T09:00:00+08:00"))
    try:
        data = CALL
        case = desk.act_from("new", "register", data).case
        desk.switch_person(desk.case(case).first_receiver and "p-zhoumin")
        desk.act_from(case, "propose-transfer", {})
        desk.act_from(case, "approve", {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "1"})
        moved = desk.enter_year({"year": 2027, "rest": ["2027-01-01", "2027-01-04"], "make_up": []})
        assert {"case": desk.case(case).number, "rule": "OFFICE-A1", "old": "2027-01-01T23:59:59+08:00",
                "new": "2027-01-05T23:59:59+08:00"} in moved  # fmt: skip
        assert desk.rebuild(check=True).equal
        due = next(d for d in desk.case(case).deadlines if d.rule == "OFFICE-A1")
        assert [old for old, _until in due.was] == ["2027-01-01T23:59:59+08:00"], "the old date stays visible"
        assert all(d.was == () for d in desk.case(case).deadlines if d.rule != "OFFICE-A1")
    finally:
        desk.close()
