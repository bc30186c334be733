"""M2, township and county enforcement: rows, grades, own duty, blocked slips, clocks counted by hand, guards."""

from datetime import datetime
from pathlib import Path

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Ask
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.coverage import rule_list
from liaison_app.mechanism.deadlines import count, moment
from liaison_app.mechanism.finding_clocks import clock
from liaison_app.mechanism.guards import permit
from liaison_app.mechanism.profile import check_file, load_profile
from liaison_app.mechanism.routing import route

FILE = Path(__file__).resolve().parents[2] / "resources" / "mechanisms" / "M2.yaml"
M2, CALENDAR = load_profile("M2"), bundled()
ASSIGNED = {"matter_kind": "assigned"}
OTHER_TOWN = {**ASSIGNED, "town": "other"}
RULES = [rule.id for rule in rule_list() if rule.id.startswith("M2-")]


def due(rule, start, settings=None, event=None, promised=None):
    chosen = {**M2.defaults(), **(settings or {})}
    return count(clock(M2, rule, event), moment(start), CALENDAR, chosen, moment(promised) if promised else None)


def duties(facts):
    return [rule for rule, _, _ in route(M2, facts).duties]


def ask(action, state, roles="first_receiver", flags=(), persons=("liaison",), proxy=None, **given):
    return Ask(
        action=action, state=state, roles=frozenset([roles]), person_roles=frozenset(persons), flags=frozenset(flags),
        done={}, person="p1", proxy=proxy, given=given,
    )  # fmt: skip


def refused(request):
    with pytest.raises(RuleBroken) as stop:
        permit(M2, request)
    return stop.value.code


def test_the_profile_has_no_finding():
    assert check_file(FILE) == []
    assert (M2.meta.id, M2.version()) == ("M2", "M2@1")


def cited():
    """Return every rule that a part of the profile names as its rule."""
    parts = [
        M2.routing, M2.overlays, M2.urgency.grades, M2.guards, M2.deadlines, M2.documents, M2.meetings, M2.records,
        M2.indicators, M2.accountability, M2.duties, M2.guidance,
    ]  # fmt: skip
    found = {M2.registration.rule}
    for part in (p for some in parts for p in some):
        found |= {getattr(part, "rule", ""), *getattr(part, "rules", ())}
    return {rule for rule in found if rule.startswith("M2-")}


def test_every_rule_of_the_mechanism_is_cited_and_no_other():
    assert len(RULES) == 43
    assert cited() == set(RULES)


def test_settings_of_every_profile_and_of_this_one():
    m1 = load_profile("M1").defaults()
    common = {k: v for k, v in m1.items() if k.startswith(("cal.", "grace."))}
    assert len(common) == 9
    own = {"m2.dispute_path": "via_justice", "m2.outside_plan": "TOWN", "stats.month": "calendar"}
    assert M2.defaults() == {**common, **own}


def test_towns_are_part_of_the_post_and_organs_outside_have_no_desk():
    assert {p.id for p in M2.posts if p.part_of == "TOWN"} == {"ENJIANG", "ZUOLONG"}
    assert {p.id for p in M2.posts if not p.desk} == {"HIGHER", "PROCURATORATE", "COURT"}


# Routing ------------------------------------------------------------------------------------------------------------

ROWS = [
    ({"matter_kind": "none"}, "M2-R1", "COUNTY_DEPT", "M2-PWR-06"),
    ({"matter_kind": "entrusted"}, "M2-R2", "TOWN", "M2-PWR-05"),
    ({**ASSIGNED, "town": "ENJIANG", "zone": "built_up"}, "M2-R3", "COUNTY_DEPT", "M2-PWR-03"),
    ({**ASSIGNED, "town": "ZUOLONG", "zone": "built_up"}, "M2-R3", "COUNTY_DEPT", "M2-PWR-03"),
    ({**ASSIGNED, "town": "ENJIANG", "zone": "planned_outside"}, "M2-R4", "TOWN", "M2-PWR-04"),
    ({**ASSIGNED, "town": "ZUOLONG", "zone": "outside_plan"}, "M2-R5", "TOWN", "M2-PWR-02"),
    (OTHER_TOWN, "M2-R6", "TOWN", "M2-PWR-02"),
    ({**OTHER_TOWN, "zone": "built_up"}, "M2-R6", "TOWN", "M2-PWR-02"),
    ({}, "M2-R0", "TOWN", "M2-PWR-01"),
]


@pytest.mark.parametrize(("facts", "row", "lead", "rule"), ROWS)
def test_rows(facts, row, lead, rule):
    found = route(M2, facts)
    assert (found.row, found.lead, found.rules[0]) == (row, lead, rule)
    assert found.provisional is (row == "M2-R0")


def test_every_row_is_reached_by_an_example():
    assert {row for _, row, _, _ in ROWS} == {r.row for r in M2.routing}


def test_helpers_and_alternatives():
    assert route(M2, {"matter_kind": "none"}).supporting == ("TOWN",)
    assert route(M2, {"matter_kind": "entrusted"}).alternatives == ("COUNTY_DEPT",)


def test_values_may_be_given_in_chinese():
    found = route(M2, {"matter_kind": "赋权事项", "town": "恩江镇", "zone": "县城建成区内"})
    assert found.row == "M2-R3"


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, ("matter_kind",)),
        ({"town": "ENJIANG", "zone": "built_up"}, ("matter_kind",)),
        (ASSIGNED, ("town", "zone")),
        ({**ASSIGNED, "town": "ENJIANG"}, ("zone",)),
        ({**ASSIGNED, "zone": "built_up"}, ("town",)),
        (OTHER_TOWN, ()),
        ({"matter_kind": "none"}, ()),
    ],
)
def test_unknown_facts_are_asked(facts, asked):
    found = route(M2, facts)
    assert found.ask == asked
    assert found.provisional is bool(asked)


def test_outside_the_planning_area_is_a_setting():
    facts = {**ASSIGNED, "town": "ENJIANG", "zone": "outside_plan"}
    assert route(M2, facts).lead == "TOWN"
    other = route(M2, facts, {"m2.outside_plan": "COUNTY_DEPT"})
    assert (other.row, other.lead) == ("M2-R5", "COUNTY_DEPT")


def test_the_callers_words_propose_facts():
    assert route(M2, {**ASSIGNED, "zone": "built_up"}, text="恩江街上有人违建").row == "M2-R3"
    assert route(M2, OTHER_TOWN, text="学校食堂食物中毒").transfer == "immediate"


# Grades, own duty, blocked slips ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "transfer", "handling"),
    [
        ({"urgency": "major"}, "immediate", "immediate"),
        ({"urgency": "urgent"}, "24h", "ordinary"),
        ({"urgency": "ordinary"}, "3wd", "ordinary"),
        ({}, "3wd", "ordinary"),
        ({"specially_urgent": True}, "24h", "ordinary"),
        ({"specially_urgent": True, "urgency": "major"}, "immediate", "immediate"),
        ({"specially_urgent": False}, "3wd", "ordinary"),
    ],
)
def test_three_grades_of_transfer(facts, transfer, handling):
    found = route(M2, {**OTHER_TOWN, "found_by": "COUNTY_DEPT", **facts})
    assert (found.transfer, found.urgency) == (transfer, handling)


@pytest.mark.parametrize(
    ("facts", "transfer"),
    [
        ({**OTHER_TOWN, "found_by": "TOWN"}, "none_own_duty"),
        ({**OTHER_TOWN, "first_receiver": "TOWN"}, "none_own_duty"),
        ({**OTHER_TOWN, "first_receiver": "COUNTY_DEPT"}, "3wd"),
        ({"matter_kind": "none", "first_receiver": "COUNTY_DEPT"}, "none_own_duty"),
        ({"matter_kind": "none", "found_by": "TOWN", "urgency": "urgent"}, "24h"),
        ({**ASSIGNED, "town": "ENJIANG", "zone": "planned_outside", "first_receiver": "ENJIANG"}, "none_own_duty"),
        ({**ASSIGNED, "town": "ZUOLONG", "zone": "built_up", "first_receiver": "ZUOLONG"}, "3wd"),
        ({**OTHER_TOWN, "found_by": "TOWN", "urgency": "major"}, "none_own_duty"),
    ],
)
def test_the_finder_that_is_responsible_transfers_nothing(facts, transfer):
    assert route(M2, facts).transfer == transfer


def test_a_slip_of_an_internal_unit_is_held_until_issued_again():
    facts = {**OTHER_TOWN, "found_by": "COUNTY_DEPT", "urgency": "major"}
    assert route(M2, {**facts, "sender_is_internal_unit": True}).transfer == "not_transferred"
    assert route(M2, {**facts, "sender_is_internal_unit": False}).transfer == "immediate"
    assert "M2-TRF-01" in duties({**facts, "sender_is_internal_unit": True})


def test_matters_left_from_history_wait_for_consultation():
    facts = {**OTHER_TOWN, "found_by": "COUNTY_DEPT", "legacy_matter": True}
    assert route(M2, facts).transfer == "not_transferred"
    assert route(M2, {**facts, "consulted_before": False}).transfer == "not_transferred"
    assert route(M2, {**facts, "consulted_before": True}).transfer == "3wd"


def test_without_object_and_content_nothing_is_transferred():
    assert route(M2, {**OTHER_TOWN, "found_by": "COUNTY_DEPT", "no_content": True}).transfer == "not_transferred"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"matter_kind": "none"}, "M2-PWR-06"),
        ({"matter_kind": "entrusted"}, "M2-PWR-05"),
        ({**OTHER_TOWN, "found_by": "COUNTY_DEPT"}, "M2-PWR-07"),
        ({"offence_in_progress": True}, "M2-TRF-05"),
        ({"specially_urgent": True}, "M2-TRF-07"),
        ({"serious_danger": True, "first_receiver": "ENJIANG"}, "M2-LNK-01"),
        ({"urgency": "major", "found_by": "TOWN"}, "M2-LNK-02"),
        ({"needs_appraisal": True}, "M2-LNK-04"),
        ({"evidence_may_vanish": True}, "M2-LNK-05"),
        ({"obstruction": True}, "M2-JUD-01"),
        ({"suspected_crime": True}, "M2-JUD-02"),
    ],
)
def test_duties_that_come_on_top(facts, rule):
    assert duties(facts) == [rule]


def test_the_county_punishes_in_the_built_up_area_itself():
    assert duties({**ASSIGNED, "town": "ENJIANG", "zone": "built_up", "found_by": "COUNTY_DEPT"}) == []


@pytest.mark.parametrize(
    ("facts", "ladder"),
    [
        ({}, ["M2-DSP-01", "M2-TRF-10", "M2-DSP-02"]),
        ({"dispute_about": "jurisdiction"}, ["M2-DSP-01", "M2-TRF-10", "M2-DSP-02"]),
        ({"dispute_about": "assistance"}, ["M2-DSP-01", "M2-DSP-02"]),
        ({"dispute_about": "basis", "dispute_level": "government"}, ["M2-DSP-01", "M2-DSP-02", "M2-DSP-03"]),
    ],
)
def test_the_ladder_of_a_dispute(facts, ladder):
    assert duties({**OTHER_TOWN, "disputed": True, **facts}) == ladder


def test_who_decides_a_dispute():
    decides = {(o.rule, o.when.get("dispute_level", "")): o.decides for o in M2.overlays if o.decides}
    assert decides == {
        ("M2-TRF-10", ""): "COUNTY_GOVT",
        ("M2-DSP-02", ""): "JUSTICE",
        ("M2-DSP-03", "government"): "COUNTY_GOVT",
        ("M2-DSP-03", "higher"): "HIGHER",
    }


# Clocks, counted by hand over the notices of 2025 and 2026 ----------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "start", "wanted"),
    [
        # Fri; Sat rest; Sun 27 make-up = 1, Mon 28 = 2, Tue 29 = 3
        ("M2-TRF-02", "2025-04-25T10:00", "2025-04-29T23:59:59+08:00"),
        # Wed; 10-01…07 rest; Thu 8 = 1, Fri 9 = 2, Sat 10 make-up = 3
        ("M2-TRF-02", "2026-09-30T17:55", "2026-10-10T23:59:59+08:00"),
        # Fri; Sat 14 make-up = 1; 15…23 rest; Tue 24 = 2, Wed 25 = 3
        ("M2-TRF-02", "2026-02-13T09:00", "2026-02-25T23:59:59+08:00"),
        # Sat, a rest day: Mon 18 = 1, Wed 20 = 3
        ("M2-TRF-02", "2026-05-16T10:00", "2026-05-20T23:59:59+08:00"),
        # Sat 9 is a make-up day and day 0: Mon 11, Tue 12, Wed 13
        ("M2-TRF-02", "2026-05-09T10:00", "2026-05-13T23:59:59+08:00"),
        ("M2-TRF-03", "2025-09-30T18:20", "2025-10-01T18:20:00+08:00"),
        ("M2-TRF-03", "2026-02-20T18:00", "2026-02-21T18:00:00+08:00"),
        ("M2-TRF-04", "2026-06-19T23:50", "2026-06-19T23:50:00+08:00"),
        ("M2-TRF-05", "2025-05-01T08:05", "2025-05-01T08:05:00+08:00"),
        ("M2-TRF-07", "2026-12-31T22:00", "2027-01-01T22:00:00+08:00"),
        # Fri; Sat rest; Sun 26 make-up = 1, Mon 27 = 2; 01-28…02-04 rest; Wed 02-05 = 3
        ("M2-TRF-09", "2025-01-24T16:00", "2025-02-05T23:59:59+08:00"),
        # Thu before Dragon Boat 2026: 19…21 rest, Mon 22 = 1
        ("M2-LNK-01", "2026-06-18T10:00", "2026-06-22T23:59:59+08:00"),
        # Fri; 05-31…06-02 rest; Tue 3, Wed 4, Thu 5
        ("M2-LNK-04", "2025-05-30T15:00", "2025-06-05T23:59:59+08:00"),
        # Fri; Sat 28 is a make-up day
        ("M2-SHR-01", "2026-02-27T12:00", "2026-02-28T23:59:59+08:00"),
        # Fri; Sat 11 is a make-up day
        ("M2-FIR-02", "2025-10-10T12:00", "2025-10-11T23:59:59+08:00"),
    ],
)
def test_due_dates(rule, start, wanted):
    found = due(rule, start)
    assert found.due.isoformat() == wanted
    assert found.status == "definite"


def test_every_clock_has_an_example():
    assert {d.rule for d in M2.deadlines} == {
        "M2-TRF-02", "M2-TRF-03", "M2-TRF-04", "M2-TRF-05", "M2-TRF-07", "M2-TRF-09", "M2-LNK-01", "M2-LNK-04",
        "M2-SHR-01", "M2-FIR-02",
    }  # fmt: skip


@pytest.mark.parametrize("rule", ["M2-TRF-04", "M2-TRF-05"])
def test_at_once_is_late_after_half_an_hour(rule):
    assert due(rule, "2026-06-19T23:50").late_after.isoformat() == "2026-06-20T00:20:00+08:00"
    longer = due(rule, "2026-06-19T23:50", {"grace.immediate": "1 h"})
    assert longer.late_after.isoformat() == "2026-06-20T00:50:00+08:00"


def test_in_time_is_a_setting():
    assert due("M2-LNK-01", "2026-06-18T10:00", {"grace.in_time": "4 h"}).due.isoformat() == "2026-06-18T14:00:00+08:00"
    assert due("M2-FIR-02", "2026-06-18T10:00", {"grace.in_time": "2 WD"}).due.date().isoformat() == "2026-06-23"


def test_a_find_on_a_rest_day_may_count_as_the_next_working_day():
    found = due("M2-TRF-02", "2026-05-16T10:00", {"cal.nonworking_receipt": "treat_as_next_workday"})
    assert found.due.date().isoformat() == "2026-05-21"


def test_beyond_the_calendar_is_provisional():
    assert due("M2-TRF-02", "2026-12-30T10:00").status == "provisional"


def test_an_appraisal_may_be_extended_when_told_beforehand():
    ruled = clock(M2, "M2-LNK-04")
    assert ruled.extension.rule == "M2-LNK-06"
    assert ruled.extension.tell_before
    assert ruled.extension.by == ["COUNTY_DEPT"]
    found = due("M2-LNK-04", "2025-05-30T15:00", promised="2025-06-20T17:00")
    assert found.due.isoformat() == "2025-06-20T17:00:00+08:00"


@pytest.mark.parametrize(
    ("rule", "event"),
    [
        ("M2-TRF-02", "found"), ("M2-TRF-02", "discovered"), ("M2-TRF-03", "urgent"), ("M2-TRF-03", "found"),
        ("M2-TRF-04", "major"), ("M2-TRF-05", "in_progress"), ("M2-TRF-07", "oral"), ("M2-TRF-07", "oral_transfer"),
        ("M2-TRF-09", "received"), ("M2-TRF-09", "delivered"), ("M2-LNK-01", "found"), ("M2-LNK-04", "requested"),
        ("M2-SHR-01", "formed"), ("M2-SHR-01", "created"), ("M2-FIR-02", "closed"),
    ],
)  # fmt: skip
def test_clocks_answer_to_natural_names(rule, event):
    found = clock(M2, rule, event)
    assert found.rule == rule
    assert event in (found.event, *found.aliases)


def test_the_explanation_says_how_it_was_counted():
    found = due("M2-TRF-02", "2026-09-30T17:55")
    assert [s["date"] for s in found.counted if s["what"] == "skipped"] == [f"2026-10-0{i}" for i in range(1, 8)]
    assert [s["date"] for s in found.counted if s["what"] == "make_up"] == ["2026-10-10"]
    assert "M2-TRF-02" in found.why
    assert isinstance(found.due, datetime)


# Guards -------------------------------------------------------------------------------------------------------------


def test_registrations_are_never_deleted():
    assert refused(ask("delete", "REG")) == "deletion_forbidden"


# Papers, records, meetings ------------------------------------------------------------------------------------------


def test_papers_named_by_the_source():
    names = {d.name for d in M2.documents}
    assert names >= {
        "涉嫌违法案件移送函", "口头移交记录", "受理情况书面告知", "责令停止通知", "证据固定清单", "行政执法委托书",
        "书面意见（鉴定结论）", "延期告知", "行政执法争议协调申请", "行政执法争议处理建议", "会议纪要",
        "责任清单、权力清单、承接事项目录", "清单变更记录", "联络员名册",
    }  # fmt: skip
    slip = next(d for d in M2.documents if d.kind == "slip")
    assert {f.name for f in slip.fields} >= {
        "case", "offence", "jurisdiction", "facts_found", "source_material", "evidence", "grade", "leader", "contact", "stub",
    }  # fmt: skip


def test_eight_kinds_of_information_share_one_clock():
    shared = [r for r in M2.records if r.id.startswith("share-")]
    assert len(shared) == 8
    assert all(r.clocks == ["M2-SHR-01"] for r in shared)
    assert {"assigned-list", "power-list", "duty-list", "roster"} <= {r.id for r in M2.records}


def test_consultation_is_called_when_needed():
    meeting = next(m for m in M2.meetings if m.id == "special-consultation")
    assert (meeting.cadence, meeting.name, "JUSTICE" in meeting.attendees) == ("on_request", "专题会商", True)
