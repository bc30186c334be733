"""A slip that waits for the register (K-05, M1-AIR-09), and who revisits (X-03): each through the façade."""

import pytest

from tests.conftest import NIGHT_NOISE
from tests.journeys.test_whole_walk import Office

CATERING = {
    "object": "川味小馆", "content": "油烟直排，味道很大", "place": "滨河路20号", "complainant_name": "王喆堃",
    "complainant_address": "滨河路10号", "contact": "13900000001", "channel": "phone",
}  # fmt: skip
UNKNOWN = {"medium": "air", "source": "catering", "has_business_licence": True, "has_env_permit": False}


@pytest.fixture
def office(desk):
    return Office(desk)


def registered(office, body, **facts):
    office.sit(body)
    office.case = office.desk.act_from("new", "register", {**CATERING, "facts": {**UNKNOWN, **facts}}).case
    return office.desk.case(office.case)


def waiting(office, body):
    office.sit(body)
    return {t.kind for t in office.desk.today() if t.case_id == office.case}


def test_while_the_opening_date_is_unknown_the_slip_is_held_and_the_register_asked_the_same_day(office):
    view = registered(office, "MUNI")
    assert view.matters[0].row == "A-08" and "held" in view.flags
    assert {d.rule: d.due[:10] for d in view.deadlines} == dict.fromkeys(("M1-AIR-09", "M1-TRF-07"), "2026-09-30")
    refusal = office.refused("field_missing", "MUNI", "propose-transfer")
    assert (refusal.facts["field"], refusal.facts["rule"]) == ("reason", "M1-AIR-09")
    office.do("MUNI", "assist-ask", body="COMMERCE", what="成立日期、住所、经营范围", form="register")
    assert office.clocks("M1-AIR-09")[0][1] == "met"
    office.do("COMMERCE", "assist-give", opinion="2012年3月1日成立")
    office.do("MUNI", "complete", facts={"opened_on": "2012-03-01", "place_type": "standalone"})
    view = office.desk.case(office.case)
    assert (view.matters[0].row, "held" in view.flags) == ("A-07", False)
    office.do("MUNI", "propose-transfer")
    assert office.state() == "TAP"


def test_a_register_that_cannot_say_lets_the_slip_go_on_with_a_reason(office):
    registered(office, "MUNI")
    office.do("MUNI", "propose-transfer", reason="工商查无登记日期，按暂定移送")
    assert office.state() == "TAP"
    assert "工商查无登记日期" in "".join(entry.text for entry in office.desk.case(office.case).timeline)


def test_the_register_itself_looks_into_its_own_book(office):
    view = registered(office, "COMMERCE")
    assert "register_here" in view.flags
    office.refused("already_register_here", "COMMERCE", "assist-ask", body="EPB", what="登记信息", form="register")
    office.do("COMMERCE", "complete", facts={"opened_on": "2006-05-01"})
    assert office.desk.case(office.case).matters[0].row == "A-03"


def test_what_is_the_own_duty_is_not_held(office):
    view = registered(office, "EPB")
    assert "own_duty" in view.flags and "held" not in view.flags
    office.do("EPB", "accept")
    assert office.state() == "ACC"


ANSWER = {"method": "phone", "reached": True, "staff": "satisfied", "result": "dissatisfied", "reason": "夜里又响了"}


@pytest.mark.parametrize(
    ("reading", "first", "lead"),
    [("both", True, True), ("lead", False, True), ("first_receiver", True, False)],
)
def test_who_revisits_is_the_reading_chosen(office, reading, first, lead):
    """X-03, M1-FUP-01, M1-RPL-01."""
    office.desk.choose_setting("m1.revisit_by", reading, "区里通知", running=True)
    office.fed_back()
    offered = ["revisit" in office.offered(*seat) for seat in (("COMMERCE",), ("EPB", "leader"))]
    assert offered == [first, lead]
    assert ("revisit" in waiting(office, "COMMERCE"), "revisit" in waiting(office, "EPB")) == (first, not first)
    if not first:
        office.refused("already_mark", "COMMERCE", "revisit", **ANSWER)


def test_where_the_lead_revisits_it_handles_again_itself(office):
    """M1-FUP-03, X-03."""
    office.desk.choose_setting("m1.revisit_by", "lead", "区里通知", running=True)
    office.fed_back()
    office.do("EPB", "revisit", "leader", **ANSWER)
    assert office.state() == "REV"
    office.do("EPB", "redo", "leader", reason="群众不满意")
    assert office.state() == "RED"


def test_where_the_first_receiver_revisits_the_lead_does_not_send_back(office):
    office.fed_back()
    office.refused("needs_mark", "EPB", "redo", reason="自行重办")


def test_an_urgent_report_that_was_forgotten_waits_until_it_is_made(office):
    office.answered(facts={**NIGHT_NOISE, "health_or_env_threat": True})
    assert office.state() == "ANS" and "report" in waiting(office, "COMMERCE")
    office.do("COMMERCE", "report-urgent", to_person="值班员王珂", method="phone")
    assert "report" not in waiting(office, "COMMERCE")
