"""Turns of the first journey: two addressees of one slip, a look behind the mask, a complaint about the addressee."""

import pytest

from liaison_app.desk import opening
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.deadlines import count, moment
from liaison_app.mechanism.finding_clocks import clock
from liaison_app.mechanism.profile import load_profile
from tests.conftest import CALL, NOON

GAS = {"medium": "air", "source": "unknown_gas"}


def transferred(desk, **more):
    case = desk.act_from("new", "register", {**CALL, **more}).case
    desk.act_from(case, "propose-transfer", {})
    approval = {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}
    desk.act_from(case, "approve", approval)
    desk.act_from(case, "transfer", {"method": "fax"})
    return case


def offered(desk, case):
    return {a.action for a in desk.actions(case)}


def at(desk, person):
    found = next(p for p in desk.roster.people if p.body == person and "liaison" in p.roles)
    desk.switch_person(found.id)


def test_each_of_two_addressees_is_delivered_signed_and_accepted_by_itself(desk):
    case = transferred(desk, facts=GAS)
    assert desk.case(case).transfers[0].to == ("EPB", "MUNI")
    desk.act_from(case, "deliver", {"confirmed_by": "刘洋", "evidence": "传真回执"})
    assert "deliver" in offered(desk, case), "the second copy is not confirmed yet"
    at(desk, "MUNI")
    with pytest.raises(RuleBroken, match="needs_delivered"):
        desk.act_from(case, "accept", {})
    desk.act_from(case, "sign", {})
    desk.act_from(case, "accept", {})
    assert desk.case(case).state == "ACC"
    at(desk, "EPB")
    assert {"sign", "accept"} <= offered(desk, case)
    desk.act_from(case, "sign", {})
    desk.act_from(case, "accept", {})
    view = desk.case(case)
    assert view.matters[0].accept_no.count("〔2026〕") == 2
    told = {(d.owner, d.state) for d in view.deadlines if d.rule == "M1-ACC-03"}
    assert told == {("区环保局", "open"), ("区市政局", "open")}, "each addressee has a clock of his own"
    desk.act_from(case, "inform", {"what": "acceptance", "method": "phone"})
    told = {(d.owner, d.state) for d in desk.case(case).deadlines if d.rule == "M1-ACC-03"}
    assert told == {("区环保局", "met"), ("区市政局", "open")}
    assert "inform" not in {a.action for a in desk.actions(case) if a.rule == "M1-ACC-03"}
    assert desk.rebuild(check=True).equal


def test_both_addressees_find_it_in_their_lists(desk):
    case = transferred(desk, facts=GAS)
    for body in ("EPB", "MUNI"):
        at(desk, body)
        assert case in [r.case_id for r in desk.page("to-sign").items]
        assert ("sign", case) in {(t.kind, t.case_id) for t in desk.today()}


def test_an_outsider_sees_nothing_until_he_says_why_and_only_till_he_leaves(desk):
    case = desk.act_from("new", "register", CALL).case
    at(desk, "CULTURE")
    assert (desk.case(case).masked, desk.case(case).complainant_name) == (True, "")
    desk.act_from(case, "reveal", {"reason": "投诉人到本局当面询问"})
    assert desk.case(case).complainant_name == "王喆堃"
    assert desk.case(case).timeline[-1].kind == "revealed"
    at(desk, "COMMERCE")
    at(desk, "CULTURE")
    assert desk.case(case).masked, "the next person at the desk begins behind the mask"


def test_strict_confidence_is_not_revealed(desk):
    case = desk.act_from("new", "register", {**CALL, "confidential": "strict"}).case
    at(desk, "CULTURE")
    with pytest.raises(RuleBroken, match="already_strict"):
        desk.act_from(case, "reveal", {"reason": "想看看"})
    assert desk.case(case).complainant_name == ""


def test_a_complaint_about_the_addressee_warns_and_needs_a_reason(desk):
    data = {**CALL, "object": "区环保局执法人员"}
    said = desk.propose(data)
    assert "区监察局" in said.warnings[0]
    case = desk.act_from("new", "register", data).case
    with pytest.raises(RuleBroken, match="about_addressee"):
        desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "propose-transfer", {"to": ["SUPV_BUREAU"], "reason": "投诉对象为受理单位本身"})
    assert desk.propose(CALL).warnings == ()


@pytest.mark.parametrize(
    ("reading", "transferred_rules", "own_rules"),
    [
        ("dual", {"M1-RPL-04", "M1-HDL-03"}, {"M1-RPL-04", "M1-HDL-03"}),
        ("15wd", {"M1-RPL-04"}, {"M1-RPL-04"}),
        ("60wd", {"M1-HDL-03"}, {"M1-HDL-03"}),
        ("by_origin", {"M1-RPL-04"}, {"M1-HDL-03"}),
    ],
)
def test_the_ordinary_limit_follows_the_reading(desk, reading, transferred_rules, own_rules):
    desk.choose_setting("m1.ordinary_deadline", reading, "区里通知", running=True)
    case = transferred(desk)
    desk.act_from(case, "deliver", {"confirmed_by": "刘洋", "evidence": "传真回执"})
    at(desk, "EPB")
    desk.act_from(case, "accept", {})
    rules = {"M1-RPL-04", "M1-HDL-03"}
    assert {d.rule for d in desk.case(case).deadlines} & rules == transferred_rules
    at(desk, "COMMERCE")
    own = {**CALL, "facts": {"medium": "noise", "source": "product_sale"}}
    case = desk.act_from("new", "register", own).case
    desk.act_from(case, "accept", {})
    assert {d.rule for d in desk.case(case).deadlines} & rules == own_rules


def test_a_clock_that_stood_still_runs_on_by_as_many_working_days():
    from liaison_app.mechanism.deadlines import Pause

    m1 = load_profile("M1")
    ask = (clock(m1, "M1-RPL-04"), moment("2025-06-10T11:00"), bundled(), m1.defaults())
    assert count(*ask).due.isoformat() == "2025-07-01T23:59:59+08:00"
    stood = Pause(start=moment("2025-06-12T10:00"), end=moment("2025-06-16T10:00"), reason="监测")
    again = count(*ask, pauses=[stood])
    assert again.due.isoformat() == "2025-07-03T23:59:59+08:00"
    assert [s["what"] for s in again.counted[-3:]] == ["paused", "resumed", "due"]
    still = count(*ask, pauses=[Pause(start=moment("2025-06-12T10:00"), end=None, reason="监测")])
    assert (still.due, still.status) == (None, "paused")


def test_a_mechanism_with_clocks_only_founds_no_desk(tmp_path):
    with pytest.raises(RuleBroken, match="mechanism_partial"):
        opening.found_demo(tmp_path / "d", "M13")
    assert not opening.founded(tmp_path / "d")


def test_the_stated_clock_is_the_demos(desk):
    assert desk.now() == NOON
