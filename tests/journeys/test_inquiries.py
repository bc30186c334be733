"""催问 through the façade: found by number, phone or name; what may be told; the third proposes 催办 (OFFICE C1, C2)."""

import pytest

from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    return Office(desk)


def told(office, body="COMMERCE"):
    office.sit(body)
    return office.desk.inquiry(office.case).sentence


def test_a_caller_is_found_by_number_by_phone_and_by_name(office):
    """OFFICE-C1."""
    office.register()
    desk = office.desk
    number = desk.case(office.case).number
    for words in (number, "13900000001", "王喆堃", "滨河路8号"):
        assert [row.case_id for row in desk.find(words)] == [office.case], words
    assert desk.find("没有这样的人") == ()
    assert desk.find("  ") == ()


def test_what_may_be_told_follows_the_case_and_names_no_one(office):
    office.register()
    assert told(office).endswith("已于9月30日登记，正在确定负责办理的单位。")
    office.transfer()
    sent = told(office)
    assert "移送区环保局" in sent and "联系电话12369" in sent
    office.do("EPB", "accept", handler="刘洋", contact_number="86006211")
    accepted = told(office)
    assert "已由区环保局于9月30日受理，正在办理" in accepted and "联系电话86006211" in accepted
    due = next(d.due for d in office.desk.case(office.case).deadlines if d.rule == "M1-RPL-04" and d.state == "open")
    assert f"应在{int(due[5:7])}月{int(due[8:10])}日前答复您" in accepted
    office.later(days=60)
    late = told(office)
    assert "应在" not in late and "催促" in late
    for words in (sent, accepted, late):
        assert not any(name in words for name in ("王喆堃", "13900000001", "刘洋", "何建平", "锦绣名城"))


def test_an_answer_is_told_until_the_case_goes_back(office):
    office.fed_back()
    assert "以信函方式答复" in told(office)
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="dissatisfied", reason="仍有噪声")
    office.do("COMMERCE", "redo", reason="不满意")
    assert "重新办理" in told(office) and "方式答复" not in told(office)


def test_a_wrong_registration_and_a_merged_case_say_where_to_ask(office):
    office.register()
    first = office.case
    number = office.desk.case(first).number
    office.register(contact="13900000002")
    office.do("COMMERCE", "merge", into=number, reason="同一工地")
    assert f"与{number}号投诉一并办理" in told(office)
    office.do("COMMERCE", "unmerge", reason="不是同一工地")
    assert "已于9月30日登记" in told(office)
    office.case = first
    office.do("COMMERCE", "void", outcome="void", reason="重复登记", approver="何建平")
    assert told(office).endswith("已经终止：误登作废。")


def test_strict_confidence_sends_the_caller_to_the_first_receiver(office):
    office.accepted(confidential="strict")
    words = told(office, "EPB")
    assert "由区工商分局负责向您答复" in words and "12315" in words and "受理" not in words
    assert "受理" in told(office, "COMMERCE")
    office.sit("EPB")
    found = office.desk.inquiry(office.case)
    assert (found.masked, found.name, found.contact) == (True, "", "")


def test_the_third_inquiry_proposes_to_urge_and_names_who_may(office):
    """OFFICE-C1."""
    office.accepted()
    for n in range(1, 4):
        office.do("COMMERCE", "inquire", words=f"第{n}次问", told="x")
        found = office.desk.inquiry(office.case)
        assert (found.count, found.proposes_urging) == (n, n == 3)
    assert [one.words for one in found.earlier] == ["第1次问", "第2次问", "第3次问"]
    assert found.earlier[2].at == office.clock.isoformat()
    assert found.urge is not None and found.urge_by == ""
    office.sit("EPB")
    there = office.desk.inquiry(office.case)
    assert there.urge is None
    assert there.urge_by.split("、") == ["区工商分局", "区政府督查室", "12369中心"]
    office.do("COMMERCE", "urge", reason="投诉人已催问3次")
    office.sit("CULTURE")
    outside = office.desk.inquiry(office.case)
    assert [one.words for one in outside.earlier] == ["", "", ""]
