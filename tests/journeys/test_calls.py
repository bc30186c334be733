"""Return visits through the façade: what a caller sees, what stays masked, who may not rate."""

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    made = Office(desk)
    made.fed_back()
    return made


def test_the_call_shows_phone_answer_and_result_and_leaves_the_list_when_it_is_made(office):
    office.sit("COMMERCE")
    desk = office.desk
    (line,) = desk.call_list().items
    assert (line.case_id, line.attempts, line.name) == (office.case, 0, "王喆堃")
    call = desk.call(office.case)
    assert (call.contact, call.masked, call.refused) == ("13900000001", False, "")
    assert call.lead_name == "区环保局"
    assert call.answered == "已责令停工整改。"
    assert "正式回复" in call.promised[0] and "问题已解决" in call.promised[0]
    assert "已停工整改" in call.result
    assert [a.name for a in call.aspects] == ["staff", "site", "result"]
    office.do("COMMERCE", "revisit", method="phone", reached=False, reason="无人接听")
    first = desk.call(office.case).attempts
    assert [(a.reached, a.words, a.last) for a in first] == [(False, "无人接听", False)]
    assert first[0].at == office.clock.isoformat()
    office.do(
        "COMMERCE",
        "revisit",
        method="phone",
        staff="satisfied",
        site="basically",
        result="dissatisfied",
        reason="夜里又响",
    )
    made = desk.call(office.case)
    assert len(made.attempts) == 2
    assert made.attempts[1].words.endswith("不满意；夜里又响")
    assert made.refused != ""
    assert made.redo is not None
    assert desk.call_list().items == ()
    office.do("COMMERCE", "redo", reason="投诉人不满意")
    assert desk.call(office.case).redo is None


def test_the_handler_is_told_in_words_that_he_cannot_be_his_own_judge(office):
    office.sit("EPB")
    assert "不能给自己评价" in office.desk.call(office.case).refused
    office.sit("COMMERCE")
    assert office.desk.call(office.case).refused == ""


def test_a_body_outside_the_case_sees_no_phone_until_it_asks_for_it(office):
    office.sit("CULTURE")
    call = office.desk.call(office.case)
    assert (call.masked, call.contact, call.name, call.content, call.answered) == (True, "", "", "", "")
    assert call.reveal is not None
    office.desk.act_from(office.case, "reveal", {"reason": "市民来电核对"})
    assert office.desk.call(office.case).contact == "13900000001"
    office.sit("CULTURE")
    assert office.desk.call(office.case).masked


def test_strict_confidence_shows_the_phone_to_the_first_receiver_only(desk):
    office = Office(desk)
    office.fed_back(confidential="strict")
    office.sit("EPB")
    assert (desk.call(office.case).masked, desk.call(office.case).reveal) == (True, None)
    office.sit("COMMERCE")
    assert desk.call(office.case).contact == "13900000001"


def test_dissatisfied_without_a_reason_is_refused(office):
    office.sit("COMMERCE")
    with pytest.raises(RuleBroken) as refusal:
        office.desk.act_from(
            office.case, "revisit", {"method": "phone", "staff": "satisfied", "result": "dissatisfied"}
        )
    assert refusal.value.facts["field"] == "reason"
