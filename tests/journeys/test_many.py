"""One act on many cases: all or none, or those that allow it; numbers leave no hole, the journal stays whole."""

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL


@pytest.fixture
def three(desk):
    return [desk.act_from("new", "register", CALL | {"object": f"工地{n}"}).case for n in range(3)]


def test_one_act_goes_to_all(desk, three):
    made = desk.act_many(three, "propose-transfer", {})
    assert [one.case for one in made.done] == three
    assert made.refused == ()
    assert {desk.case(ref).state for ref in three} == {"TAP"}
    names = {one.action for one in desk.common_actions(three)}
    assert "note" in names
    assert "propose-transfer" not in names
    assert desk.verify().ok
    assert desk.rebuild(check=True).equal


def test_a_refusal_takes_all_back_and_names_the_case(desk, three):
    desk.act_from(three[1], "propose-transfer", {})
    made = desk.act_many(three, "propose-transfer", {})
    assert made.done == ()
    assert [ref for ref, _ in made.refused] == [three[1]]
    assert [desk.case(ref).state for ref in three] == ["REG", "TAP", "REG"]
    made = desk.act_many(three, "propose-transfer", {}, those_allowed=True)
    assert [one.case for one in made.done] == [three[0], three[2]]
    assert {desk.case(ref).state for ref in three} == {"TAP"}
    assert desk.verify().ok


def test_slip_numbers_stay_dense_when_one_of_many_is_refused(desk, three):
    desk.act_many(three, "propose-transfer", {})
    desk.switch_person("p-hejianping")
    desk.act_many([three[0], three[2]], "approve", {"road": "own_desk"})
    desk.switch_person("p-zhoumin")
    made = desk.act_many(three, "transfer", {"method": "fax"}, those_allowed=True)
    assert len(made.done) == 2
    numbers = sorted(int(one.slip_no.split("〕")[1].rstrip("号")) for one in made.done)
    assert numbers[1] == numbers[0] + 1
    assert desk.rebuild(check=True).equal


def test_the_same_case_twice_is_done_once_and_a_wrong_field_is_named(desk, three):
    made = desk.act_many([three[0], three[0]], "note", {"text": "一并处理"})
    assert len(made.done) == 1
    refused = desk.act_many(three, "note", {"text": 7, "matter": "x"})
    assert {error.code for _, error in refused.refused} <= {"field_type"}
    assert isinstance(refused.refused[0][1], RuleBroken)
