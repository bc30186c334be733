"""Rules of the source that no other journey names, each shown by acts of the bodies it binds."""

import pytest

from tests.conftest import CALL
from tests.journeys.test_ledger import district as district
from tests.journeys.test_other_mechanisms import MATTER
from tests.journeys.test_other_mechanisms import seat as seat
from tests.journeys.test_whole_walk import Office

OWN = {"matter_kind": "assigned", "town": "other", "found_by": "TOWN"}


@pytest.fixture
def office(desk):
    return Office(desk)


def test_the_township_asks_for_guidance_and_a_joint_action_and_penalises(seat):
    """M2-PWR-08, M2-LNK-03, M2-LNK-07, M2-ORG-01."""
    office = seat("M2", "TOWN", **MATTER, facts=OWN)
    office.do("TOWN", "accept")
    office.do("TOWN", "take-over", handler="顾岚")
    office.do("TOWN", "assist-ask", form="opinion", body="COUNTY_DEPT", what="采砂量如何认定")
    office.do("COUNTY_DEPT", "assist-give", opinion="按方量折算")
    office.do("TOWN", "assist-ask", form="joint-enforcement", body="COUNTY_DEPT", what="请派员联合执法")
    assert office.state() == "JNT"
    office.do("TOWN", "investigate", findings="采砂属实", officers="顾岚、余禾")
    office.do("JUSTICE", "supervise", reason="进展缓慢")
    office.do("TOWN", "step", step="joint-done", words="联合执法结束")
    office.do("TOWN", "file-case", number="恩执立〔2026〕4号", offence="非法采砂")
    office.do("TOWN", "close", outcome="penalised", reason="责令停止并罚款")
    assert office.state() == "CLS"
    office.sit("COUNTY_DEPT")
    assert "file-case" not in office.offered("COUNTY_DEPT"), "the power is the township's (M2-PWR-08)"


@pytest.mark.parametrize(
    ("body", "kind", "fields", "rule", "reader"),
    [
        ("COUNTY_DEPT", "enforcement-basis", {"matter": "采砂", "basis": "条例", "procedure": "一般程序", "standard": "方量",
         "discretion": "三档", "date": "2026-10-09"}, "M2-PWR-09", "TOWN"),
        ("TOWN", "roster", {"person": "顾岚", "duty": "执法队长", "telephone": "1"}, "M2-LNK-08", "COUNTY_DEPT"),
        ("JUSTICE", "leading-group", {"paper": "县政办〔2026〕8号", "lines": {"members": [{"body": "JUSTICE", "person": "甲",
         "duty": "办公室主任"}]}}, "M2-ORG-01", "TOWN"),
    ],
)  # fmt: skip
def test_what_one_side_keeps_or_sends_the_other_reads(district, body, kind, fields, rule, reader):
    """M2-PWR-09, M2-LNK-08, M2-ORG-01."""
    office = district("M2")
    assert rule in next(r.rules for r in office.desk.rules.profile.records if r.id == kind)
    record = office.open(body, kind, **fields)
    if any(s.step == "send" for s in office.desk.record(record).steps):
        office.do(body, record, "send")
    office.sit(reader)
    assert record in {line.record_id for line in office.desk.records().items}


def test_a_special_consultation_ends_in_minutes(district):
    """M2-CON-01."""
    office = district("M2")
    meeting = office.open("TOWN", "meeting/special-consultation", theme="河道采砂")
    office.do("TOWN", meeting, "call", at="2026-10-12T09:00", place="镇政府")
    present = {"attendance": [{"body": "COUNTY_DEPT", "how": "present", "person": "余禾"}]}
    office.do("TOWN", meeting, "hold", chair="冯涛", lines=present)
    agreed = [{"what": "每周联合巡查", "lead": "TOWN", "due": "2026-10-30"}]
    office.do("TOWN", meeting, "decide", lines={"decisions": agreed})
    office.do("TOWN", meeting, "minutes", minutes="议定每周联合巡查")
    assert office.desk.record(meeting).state == "MIN"


def test_an_emergency_is_handled_by_the_scheme_and_told_by_one_voice(seat):
    """M4-PRO-05, M4-MEM-02, M4-LIA-06, M4-PRO-06."""
    office = seat("M4", "HEALTH", **MATTER, facts={"event_level": "general", "sector": "school"})
    office.do("HEALTH", "report-urgent", to_person="区政府值班室", method="phone")
    office.do("HEALTH", "step", step="plan-started", words="启动Ⅳ级响应")
    office.do("HEALTH", "step", "leader", step="scheme-proposed", words="救治、流调、消毒")
    office.do("HEALTH", "arrive", officers="救治组")
    office.do("HEALTH", "investigate", findings="流调完成", measures="隔离治疗")
    office.do("EDU", "step", step="opinion-sent", words="建议推迟集会")
    text = {"where": "发布会", "text": "处置情况"}
    office.refused("needs_mark", "PUBLICITY", "publish", **text)
    office.do("HEALTH", "mark", marks=["information_verified"])
    office.refused("not_your_case", "HEALTH", "publish", **text)
    office.do("PUBLICITY", "publish", **text)
    assert office.state() == "PUB"


@pytest.mark.parametrize(
    ("body", "kind", "fields", "rule"),
    [
        ("LEADGROUP", "supervision-rounds", {"occasion": "国庆节", "form": "joint", "object": ["EDU"], "group": "一组"}, "M4-ORG-01"),
        ("HEALTH", "reserves", {"goods": "防护服", "number": "500", "place": "一号库"}, "M4-PRO-09"),
    ],
)  # fmt: skip
def test_members_keep_what_their_duty_asks(district, body, kind, fields, rule):
    """M4-ORG-01, M4-PRO-09."""
    office = district("M4")
    assert rule in next(r.rules for r in office.desk.rules.profile.records if r.id == kind)
    record = office.open(body, kind, **fields)
    assert office.desk.record(record).number
    office.sit("POLICE" if body == "POLICE" else "EMERG" if kind == "reserves" else "HQ")
    office.refused("not_your_record", lambda: office.desk.open_record(kind, fields))


def test_the_supervision_office_orders_and_the_accepting_body_publishes_without_names(office):
    """M1-FUP-06, M1-DUT-01, M1-ACC-01, M1-LVL-06."""
    office.accepted()
    office.refused("not_your_case", "MUNI", "supervise", reason="推诿")
    office.do("SUPERV", "supervise", reason="反映强烈、推诿拖延", until="2026-10-30T18:00")
    office.do("EPB", "mark", marks=["great_influence"])
    assert {"supervised", "great_influence"} <= set(office.desk.case(office.case).flags)
    office.do("EPB", "draft-reply", kind="formal", text="已责令停工整改。")
    office.do("EPB", "submit-reply")
    office.do("EPB", "approve-reply", "leader", road="own_desk")
    office.do("EPB", "send-reply", kind="formal", method="letter", solved=True)
    office.do("EPB", "publish", where="区政府网站", text="已办结")
    office.refused("already_published", "EPB", "publish", where="再次", text="重复")


@pytest.mark.parametrize(
    ("outcome", "rule"),
    [("reasonable_no_policy", "M1-ARC-02"), ("no_conditions_yet", "M1-ARC-03"), ("excessive", "M1-ARC-04"), ("compensation", "M1-ARC-05")],
)  # fmt: skip
def test_a_case_is_closed_with_what_became_of_the_demand(office, outcome, rule):
    """M1-ARC-02, M1-ARC-03, M1-ARC-04, M1-ARC-05."""
    assert next(o.rule for o in office.desk.rules.profile.outcomes if o.code == outcome) == rule
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="satisfied")
    if outcome == "no_conditions_yet":
        assert office.refused("field_missing", "EPB", "close", outcome=outcome).facts["field"] == "limit"
        office.do("EPB", "close", outcome=outcome, limit="2026-12-31T18:00")
    else:
        office.do("EPB", "close", outcome=outcome)
    assert office.state() == "CLS"


def test_a_case_of_two_districts_asks_for_a_letter_to_the_city(office):
    """M1-OVL-02, M1-LVL-04."""
    office.accepted(facts={**CALL["facts"], "cross_district": True})
    assert office.clocks("M1-LVL-04")[0][1] == "open"
    office.do("EPB", "city-letter", department="市生态环境局", request="请协调邻区")
    assert office.clocks("M1-LVL-04")[0][1] == "met"


def test_nothing_registered_is_deleted_and_a_note_is_struck_not_lost(office):
    """M1-REC-03, COM-01."""
    office.register()
    office.refused("deletion_forbidden", "COMMERCE", "delete")
    office.do("COMMERCE", "note", text="来电人口音重")
    note = next(e for e in office.desk.case(office.case).timeline if "来电人口音重" in e.text)
    office.do("COMMERCE", "strike-note", note=note.act_id, reason="记错")
    assert office.desk.verify().ok
