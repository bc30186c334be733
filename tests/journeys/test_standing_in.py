"""代录: a body without a desk works through the first receiver's liaison, from the receipt to the feedback (OFFICE A2)."""

import pytest

from liaison_app.desk.opening import open_desk
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL, NOON
from tests.journeys.test_meeting_room import meeting
from tests.journeys.test_whole_walk import Office

KEY_PROJECT = {"medium": "noise", "source": "construction", "project_class": "city_key"}
BY_TELEPHONE = {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意"}
THERE = "KEYPROJ_CITY"
WORK = (
    ("deliver", {"confirmed_by": "收发室"}),
    ("accept", {"handler": "李科长"}),
    ("inform", {"what": "acceptance", "method": "phone", "reached": True}),
    ("take-over", {}),
    ("investigate", {"findings": "夜间噪声超标", "verified": True}),
    ("draft-reply", {"kind": "formal", "text": "已责令夜间停工。"}),
    ("submit-reply", {}),
    ("approve-reply", {"road": "paper", "leader": "李主任", "scan": "批件.pdf"}),
    ("send-reply", {"kind": "formal", "method": "letter"}),
    ("feedback", {"result": "办结", "unrated": "没有接电话"}),
)
"""What the city key-projects office did, as its papers and telephone calls told it."""


@pytest.fixture
def sent(desk):
    """A case that was sent to a body without a desk."""
    case = desk.act_from("new", "register", {**CALL, "facts": KEY_PROJECT}).case
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "approve", BY_TELEPHONE)
    desk.act_from(case, "transfer", {"method": "fax"})
    desk.act_from(case, "inform", {"what": "transfer", "method": "phone", "reached": True})
    return case


def filled(action, data):
    """Fill in an offered act as its form does: what is required and not said is a choice's first or a word."""
    said = {"for": "王处长", "evidence": "传真件 8 月 3 号"}
    for field in action.fields:
        if field.required and field.name not in {**said, **data}:
            said[field.name] = field.choices[0][0]
    return {**said, **data}


def test_every_step_is_offered_and_done_with_both_names(desk, sent):
    done = []
    for name, data in WORK:
        shown = desk.case(sent)
        fits = [a for a in shown.standing_in if a.action == name and a.for_body == THERE]
        fits = [a for a in fits if all(v in dict(f.choices) for f in a.fields if f.choices and (v := data.get(f.name)))]
        assert fits, f"{name} in {shown.state}"
        assert {"for", "for_body", "evidence"} <= {f.name for f in fits[0].fields if f.required}
        assert shown.awaits, f"the case waits for nobody before {name}"
        done.append(desk.act_from(sent, name, filled(fits[0], data)).act)
    told = {t.act_id: t for t in desk.case(sent).timeline}
    assert all("代录" in told[act].proxy and "王处长" in told[act].proxy for act in done)
    assert {told[act].person for act in done} == {"周敏"}


def test_what_waits_for_the_body_lies_before_who_enters_it(desk, sent):
    desk.act_from(sent, "deliver", {"confirmed_by": "收发室", "evidence": "传真回执"})
    shown = desk.case(sent)
    assert "accept" in shown.awaits and "accept" not in {a.action for a in shown.actions}
    assert "accept" in {t.action for t in desk.today() if t.case_id == sent}


def test_the_command_line_lists_them_with_their_body(desk, sent):
    offered = [a for a in desk.actions(sent) if a.for_body]
    assert offered and all(
        dict(f.choices) == {THERE: a.for_name} for a in offered for f in a.fields if f.name == "for_body"
    )


def test_several_cases_at_once_offer_own_acts_only(desk, sent):
    assert not [a for a in desk.common_actions([sent]) if a.for_body]


def test_who_is_not_the_first_receiver_enters_nothing(home, desk, sent):
    desk.close()
    other = open_desk(home, person="p-chenqiang", now=NOON)
    try:
        assert not other.case(sent).standing_in
        with pytest.raises(RuleBroken):
            other.act_from(
                sent, "deliver", {"confirmed_by": "x", "for": "王处长", "for_body": THERE, "evidence": "传真"}
            )
    finally:
        other.close()


def test_without_evidence_nothing_is_entered(desk, sent):
    with pytest.raises(RuleBroken) as refused:
        desk.act_from(sent, "deliver", {"confirmed_by": "收发室", "for": "王处长", "for_body": THERE, "evidence": " "})
    assert refused.value.code == "proxy_evidence_missing"


def test_a_body_with_a_desk_is_offered_nothing(desk):
    case = desk.act_from("new", "register", CALL).case
    assert not desk.case(case).standing_in


def test_a_town_that_has_no_desk_reports_its_progress_through_who_keeps_the_minutes(desk):
    """OFFICE-C14: a decision of the joint meeting binds a body without a desk as well."""
    office = Office(desk)
    ref = meeting(office)
    step = office.desk.step_record
    step(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    step(ref, "hold", {"chair": "孙立群", "lines": {"attendance": [{"body": "TOWN", "how": "present"}]}})
    decided = {"what": "清理露天焚烧点", "kind": "measure", "lead": "TOWN", "due": "2026-10-20"}
    step(ref, "decide", {"lines": {"decisions": [decided]}})
    offered = {s.step: s for s in office.desk.record(ref).standing_in if s.for_body == "TOWN"}
    table = offered["progress"].tables[0]
    line = {f.name: f.choices[0][0] if f.choices else "已清理两处" for f in table.fields if f.required}
    proof = {"for": "刘镇长", "for_body": "TOWN", "evidence": "镇政府来函"}
    step(ref, "progress", {"lines": {"progress": [line | {"body": "TOWN"}]}, **proof})
    entry = office.desk.record(ref).timeline[-1]
    assert "刘镇长" in entry.proxy and entry.person == office.desk.person.name
    assert not [s for s in office.desk.record(ref).standing_in if s.for_body == "EPB"], (
        "who has a desk speaks for himself"
    )
