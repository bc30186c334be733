"""Public-health emergencies (M4): routing, clocks, the walk of an event, meetings, records, groups, every rule cited."""

from importlib.resources import files
from pathlib import Path

import pytest

from liaison_app.desk.questions import answer_deadline
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Ask
from liaison_app.mechanism.coverage import citations, coverage, rule_list
from liaison_app.mechanism.profile import check_file, load_profile
from liaison_app.mechanism.routing import route

M4 = load_profile("M4")
MEMBERS = {
    "EMERG", "PUBLICITY", "ECON", "FINANCE", "HEALTH", "CULTURE", "CONSTR", "MARKET", "REDCROSS", "EDU", "GOV_OFFICE",
    "TOWN",
}  # fmt: skip
RULES = [rule.id for rule in rule_list() if rule.id.startswith("M4-")]


def test_the_profile_is_sound_and_whole():
    assert check_file(Path(str(files("resources").joinpath("mechanisms", "M4.yaml")))) == []
    assert (M4.meta.id, M4.meta.name, M4.meta.partial) == ("M4", "突发公共事件卫生应急部门协调联动机制", False)


def test_every_rule_of_the_mechanism_is_cited():
    assert len(RULES) == 44
    assert set(RULES) <= {c.text for c in citations(M4)}
    found = coverage(M4)
    assert (found.missing(), found.unknown) == ([], ())
    assert [line.rule.id for line in found.rules if line.state == "guidance"] == []
    assert "X-21" in {line.rule.id for line in found.others if line.places}


def test_posts():
    posts = {p.id: p for p in M4.posts}
    assert MEMBERS | {"LEADGROUP", "HQ", "CENTER", "FIELD_HQ", "EXPERTS"} <= set(posts)
    assert not posts["EXPERTS"].desk
    assert {posts[p].part_of for p in ("CENTER", "HQ_OFFICE")} == {"HEALTH"}


# Routing: the task of a group before the sector, the sector before the level.
ROWS = [
    ({"task_type": "coordination"}, "M4-R1", "GOV_OFFICE", ("EMERG", "ECON", "HEALTH", "EXPERTS")),
    ({"task_type": "medical"}, "M4-R2", "HEALTH", ("CULTURE", "REDCROSS")),
    ({"task_type": "logistics"}, "M4-R3", "ECON", ("FINANCE", "HEALTH", "MARKET")),
    ({"task_type": "publicity"}, "M4-R4", "PUBLICITY", ("HEALTH", "CULTURE")),
    ({"task_type": "scheme"}, "M4-R5", "HEALTH", ("EXPERTS",)),
    ({"task_type": "funds"}, "M4-R6", "FINANCE", ("ECON",)),
    ({"task_type": "donation"}, "M4-R7", "REDCROSS", ("FINANCE",)),
    ({"task_type": "supervision"}, "M4-R8", "LEADGROUP", ("CENTER",)),
    ({"task_type": "roster"}, "M4-R9", "CENTER", ()),
    ({"task_type": "meeting"}, "M4-R10", "GOV_OFFICE", ("CENTER",)),
    ({"sector": "school"}, "M4-R11", "EDU", ("HEALTH",)),
    ({"sector": "building_site"}, "M4-R12", "CONSTR", ("HEALTH",)),
    ({"sector": "dangerous_goods"}, "M4-R13", "EMERG", ()),
    ({"event_level": "major"}, "M4-R14", "HQ", ("CENTER", "HEALTH")),
    ({"event_level": "especially_major"}, "M4-R14", "HQ", ("CENTER", "HEALTH")),
    ({"event_level": "general"}, "M4-R15", "CENTER", ("HEALTH",)),
    ({"event_level": "larger"}, "M4-R15", "CENTER", ("HEALTH",)),
    ({}, "M4-R0", "CENTER", ()),
    # several facts: the narrowest decides
    ({"task_type": "medical", "sector": "school", "event_level": "major"}, "M4-R2", "HEALTH", ("CULTURE", "REDCROSS")),
    ({"task_type": "whole", "sector": "school", "event_level": "major"}, "M4-R14a", "HQ", ("EDU", "HEALTH", "CENTER")),
    ({"sector": "building_site", "event_level": "major"}, "M4-R14b", "HQ", ("CONSTR", "HEALTH", "CENTER")),
    ({"sector": "dangerous_goods", "event_level": "especially_major"}, "M4-R14c", "HQ", ("EMERG", "HEALTH", "CENTER")),
    ({"task_type": "whole", "sector": "other", "event_level": "major"}, "M4-R14", "HQ", ("CENTER", "HEALTH")),
    ({"task_type": "whole", "sector": "other", "event_level": "larger"}, "M4-R15", "CENTER", ("HEALTH",)),
    ({"task_type": "whole", "sector": "other"}, "M4-R0", "CENTER", ()),
]


@pytest.mark.parametrize(("facts", "row", "lead", "supporting"), ROWS)
def test_rows(facts, row, lead, supporting):
    found = route(M4, facts)
    assert (found.row, found.lead, found.supporting) == (row, lead, supporting)
    assert found.provisional == (row == "M4-R0")
    assert found.clauses


def test_every_row_is_reached():
    assert {row for _, row, *_ in ROWS} == {r.row for r in M4.routing}


@pytest.mark.parametrize(
    ("facts", "ask"),
    [
        ({}, ("task_type", "sector", "event_level")),
        ({"event_level": "major"}, ("task_type", "sector")),
        ({"sector": "school"}, ("task_type", "event_level")),
        ({"sector": "other"}, ("task_type", "event_level")),
        ({"task_type": "whole"}, ("sector", "event_level")),
        ({"task_type": "publicity"}, ()),
        ({"task_type": "whole", "sector": "school"}, ("event_level",)),
        ({"task_type": "whole", "sector": "other", "event_level": "general"}, ()),
    ],
)
def test_what_is_unknown_is_asked(facts, ask):
    assert route(M4, facts).ask == ask


def test_the_supply_group_has_two_leads():
    assert route(M4, {"task_type": "logistics"}).addressees == ("ECON", "FINANCE")


@pytest.mark.parametrize("facts", [facts for facts, *_ in ROWS])
def test_everything_known_is_passed_on_at_once(facts):
    found = route(M4, facts)
    office = facts.get("task_type") in {"supervision", "roster", "meeting"}
    assert found.transfer == "immediate"
    assert found.urgency == ("ordinary" if office else "immediate")
    assert set(found.report_to) >= (set() if office else {"PARTY", "GOVT"})


def test_what_the_first_who_knew_handles_itself_is_not_passed_on():
    assert route(M4, {"sector": "school", "first_receiver": "EDU"}).transfer == "none_own_duty"


def test_an_unknown_place_holds_nothing_up():
    assert route(M4, {"sector": "school", "no_place": True, "no_content": True}).transfer == "immediate"


def test_headquarters_not_yet_set_up_the_leading_group_is_told():
    assert route(M4, {"event_level": "major"}).report_to == ("LEADGROUP", "PARTY", "GOVT")


def test_other_readings_by_setting():
    major = {"task_type": "medical", "sector": "school", "event_level": "major"}
    assert route(M4, major, {"m4.routing_precedence": "level_first"}).lead == "HQ"
    larger = {**major, "event_level": "larger"}
    assert route(M4, larger, {"m4.routing_precedence": "level_first"}).lead == "HEALTH"
    school = route(M4, {"sector": "school"}, {"m4.members": "as_listed"})
    assert (school.lead, school.supporting) == ("HEALTH", ("EDU",))
    assert route(M4, {"task_type": "meeting"}, {"m4.convenor": "HQ_OFFICE"}).lead == "HQ_OFFICE"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"event_level": "especially_major"}, "M4-ORG-02"),
        ({"field_command": True}, "M4-CMD-01"),
        ({"situation_out_of_control": True}, "M4-PRO-07"),
        ({"release_asked": True}, "M4-PRO-06"),
        ({"isolation_needed": True}, "M4-MEM-05"),
        ({"poisoning_suspected": True}, "M4-MEM-01"),
        ({"passage_needed": True}, "M4-PRO-04"),
        ({"goods_short": True}, "M4-PRO-09"),
        ({"mobilising_order": True}, "M4-DTY-03"),
        ({"special_period": True}, "M4-SUP-01"),
    ],
)
def test_duties_are_added_to_whatever_lead_was_found(facts, rule):
    assert [d[0] for d in route(M4, {"sector": "school", **facts}).duties] == [rule]
    no = {name: False for name, value in facts.items() if value is True}
    assert route(M4, {"sector": "school", **no}).duties == ()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("某中学多名学生呕吐，已送医救治，事态未失控", "M4-R11"),
        ("工地工人集体腹泻", "M4-R12"),
        ("危化品车辆侧翻，多人不适", "M4-R13"),
        ("特别重大突发公共卫生事件", "M4-R14"),
        ("较大突发事件", "M4-R15"),
        ("请宣传组发布信息", "M4-R4"),
        ("小区居民发热", "M4-R0"),
    ],
)
def test_facts_from_the_words_of_a_report(text, row):
    assert route(M4, {}, text=text).row == row


def test_one_event_with_several_tasks():
    found = route(M4, {"task_type": ["medical", "publicity"], "event_level": "major"})
    assert found.lead == "HEALTH"
    found = route(M4, {"task_type": "medical", "second_issue": {"task_type": "logistics"}})
    assert (found.lead, found.issues[0].lead) == ("HEALTH", "ECON")


def test_every_question_is_asked_in_both_languages():
    assert all(f.ask and f.en for f in M4.facts)
    assert all(len(words) >= 2 and all(words) for f in M4.facts for words in f.values.values())


def test_what_a_case_says_of_itself_is_known_to_the_table():
    facts = {"first_receiver": "EDU", "channel": "phone", "town": "某办事处", "headcount": 12, "no_place": True}
    assert route(M4, {**facts, "no_content": True}).row == "M4-R0"
    with pytest.raises(RuleBroken, match="fact_unknown"):
        route(M4, {"medium": "noise"})


# Immediate: due at the start itself, late half an hour after it, at night and on holidays too.
AT_ONCE = [
    ("M4-PRO-01", "learned", "2026-02-17T23:45", "2026-02-18T00:15"),
    ("M4-PRO-02", "reported", "2026-10-01T03:00", "2026-10-01T03:30"),
    ("M4-PRO-04", "plan_started", "2025-12-31T23:50", "2026-01-01T00:20"),
    ("M4-DTY-03", "ordered", "2024-02-28T23:55", "2024-02-29T00:25"),
    ("M4-DTY-06", "changed", "2026-05-09T10:00", "2026-05-09T10:30"),
]
# A day means its last second.
COUNTED = [
    ("M4-MTG-01", "half_year", "2026-01-01T00:00", "2026-06-30"),
    ("M4-MTG-01", "half_year", "2026-06-30T23:59", "2026-06-30"),
    ("M4-MTG-01", "half_year", "2026-07-01T00:00", "2026-12-31"),
    ("M4-MTG-01", "half_year", "2025-12-31T09:00", "2025-12-31"),
    ("M4-LIA-03", "roster", "2026-11-02T09:00", "2026-12-23T17:00"),
    ("M4-LIA-03", "roster", "2026-12-23T17:00", "2026-12-23T17:00"),
    ("M4-LIA-03", "roster", "2026-12-23T17:01", "2027-12-23T17:00"),
    ("M4-LIA-04", "changed", "2026-05-08T10:00", "2026-05-09"),  # Friday → make-up Saturday
    ("M4-LIA-04", "changed", "2026-09-30T16:00", "2026-10-08"),  # 1-7 October rest
    ("M4-LIA-04", "changed", "2026-06-18T10:00", "2026-06-22"),  # 19-21 June rest
    ("M4-SUP-03", "ended", "2026-02-13T08:00", "2026-02-14"),  # make-up Saturday
    ("M4-SUP-03", "report", "2026-02-14T11:00", "2026-02-24"),  # a make-up day is day 0; 15-23 February rest
    ("M4-SUP-04", "ended", "2025-10-10T10:00", "2025-10-11"),  # make-up Saturday
]


def ask(rule, event, start, settings=None, **more):
    return answer_deadline("M4", {"rule": rule, "event": event, "start": start, "settings": settings, **more}, "zh")


def instant(words):
    return f"{words}:00+08:00" if "T" in words else f"{words}T23:59:59+08:00"


def test_every_clock_has_an_example_here():
    assert {(d.rule, d.event) for d in M4.deadlines} == {(rule, event) for rule, event, *_ in AT_ONCE + COUNTED}


@pytest.mark.parametrize(("rule", "event", "start", "late"), AT_ONCE)
def test_at_once(rule, event, start, late):
    found = ask(rule, event, start)
    assert (found["event"], found["due"], found["late_after"]) == (event, instant(start), instant(late))


@pytest.mark.parametrize(("rule", "event", "start", "due"), COUNTED)
def test_counted_by_hand(rule, event, start, due):
    found = ask(rule, event, start)
    status = "provisional" if due > "2027" else "definite"  # no notice for 2027 yet
    assert (found["event"], found["due"], found["status"]) == (event, instant(due), status)
    assert rule in found["why"]


@pytest.mark.parametrize(
    ("rule", "start", "setting", "late"),
    [
        ("M4-PRO-01", "2026-05-09T10:00", {"grace.immediate": "10 min"}, "2026-05-09T10:10"),
        ("M4-PRO-02", "2026-05-09T10:00", {"grace.immediate": "2 h"}, "2026-05-09T12:00"),
        ("M4-DTY-06", "2026-05-09T10:00", {"grace.first_moment": "1 h"}, "2026-05-09T11:00"),
        ("M4-PRO-04", "2026-05-09T10:00", {"grace.first_moment": "15 min"}, "2026-05-09T10:15"),
    ],
)
def test_the_grace_is_a_setting(rule, start, setting, late):
    assert ask(rule, None, start, setting)["late_after"] == instant(late)


def test_other_counts_by_setting():
    assert ask("M4-LIA-04", None, "2026-05-08T10:00", {"grace.in_time": "3 WD"})["due"] == instant("2026-05-12")
    rolling = {"cal.cadence": "rolling"}
    assert ask("M4-MTG-01", None, "2026-02-10T09:00", rolling)["due"] == instant("2026-08-10")
    assert ask("M4-MTG-01", None, "2026-08-31T09:00", rolling)["due"] == instant("2027-02-28")


def test_the_roster_may_be_due_on_a_date_that_is_entered():
    other = {"m4.roster_due": "set_date"}
    assert ask("M4-LIA-03", None, "2026-11-02T09:00", other)["status"] == "needs_set_period"
    found = ask("M4-LIA-03", None, "2026-11-02T09:00", other, set_date="2026-12-18T12:00")
    assert found["due"] == instant("2026-12-18T12:00")


def test_a_working_day_beyond_the_calendar_is_provisional():
    assert ask("M4-LIA-04", "changed", "2026-12-31T10:00")["status"] == "provisional"


def test_event_names_of_a_rule_do_not_clash():
    for rule in {d.rule for d in M4.deadlines}:
        clocks = [d for d in M4.deadlines if d.rule == rule]
        names = [n for d in clocks for n in (d.event, *d.aliases)]
        assert len(names) == len(set(names)), rule
        assert sum(d.default for d in clocks) == (len(clocks) > 1), rule
        assert all(d.owner == "first_receiver" or d.posts for d in clocks), rule


def test_calendar_and_grace_settings_are_those_of_the_first_mechanism():
    def shared(profile):
        return [s for s in profile.settings if s.id.startswith(("cal.", "grace."))]

    assert shared(M4) == shared(load_profile("M1"))
    own = {s.id: s.default for s in M4.settings if s not in shared(M4)}
    assert own == {
        "m4.roster_due": "12-23 17:00", "m4.convenor": "GOV_OFFICE", "m4.members": "all",
        "m4.routing_precedence": "specific_first", "m4.major_sector": "headquarters", "stats.month": "calendar",
    }  # fmt: skip


# The walk of an event: action, what is given, the state it leads to (None: the state stays).
WALK = [
    ("register", {}, "SGN"),
    ("report-urgent", {"to_person": "区政府办值班员", "method": "phone"}, "RPT"),
    ("arrive", {}, None),
    ("start-plan", {"level": "larger", "plan": "应急预案"}, "PLN"),
    ("muster", {"order_of": "区政府办", "reported_to": "值班领导", "mustered": "救护车2辆"}, None),
    ("draft-scheme", {"words": "总体方案"}, "SCH"),
    ("arrive", {"officers": "2人"}, "FLD"),
    ("investigate", {"what": "survey", "words": "毒源普查"}, None),
    ("publish", {"words": "情况通报", "verified_by": "区卫健委", "approver": "宣传组组长"}, "PUB"),
    ("rule", {"outcome": "ask_higher", "commander": "总指挥", "reason": "事态失控"}, "ASK"),
    ("rule", {"outcome": "resume", "commander": "总指挥"}, "FLD"),
    ("rule", {"outcome": "end", "commander": "总指挥"}, "TRM"),
    ("investigate", {"what": "inquiry", "cause": "原因", "course": "经过", "lessons": "教训"}, "INV"),
    ("close", {"outcome": "已办结"}, "CLS"),
]
ROLES = frozenset({"first_receiver", "addressee", "acceptor"})
PERSONS = frozenset({"liaison", "leader", "duty"})


def request(action, state, given, flags=()):
    return Ask(
        action=action, state=state, roles=ROLES, person_roles=PERSONS, flags=frozenset(flags), done={}, person="p",
        proxy=None, given=given,
    )  # fmt: skip


def test_the_states_stand_in_the_order_of_the_procedure():
    codes = [s.code for s in sorted(M4.states, key=lambda s: s.order)]
    assert codes == ["SGN", "RPT", "PLN", "SCH", "FLD", "PUB", "ASK", "TRM", "INV", "CLS", "VOI", "OUT", "MRG"]
    posts = {p.id for p in M4.posts} | {"first_receiver"}
    assert all(s.holder in posts for s in M4.states if not s.end)


def test_the_joint_meeting():
    (meeting,) = M4.meetings
    assert meeting.minutes_title == "区突发公共事件卫生应急工作联席会议纪要"
    assert meeting.forms == ["工作总结会", "工作部署会", "座谈会", "研讨会", "现场会"]
    assert (meeting.cadence, meeting.on_request, meeting.minutes_by) == ("half_year", True, "CENTER")
    assert (meeting.convenor, meeting.approval) == (["GOV_OFFICE", "HQ_OFFICE"], "LEADGROUP")
    assert set(meeting.attendees) == MEMBERS | {"LEADGROUP", "CENTER"}
    setting = next(s for s in M4.settings if s.id == meeting.convenor_setting)
    assert setting.values == meeting.convenor
    minutes = next(d for d in M4.documents if d.form == "minutes")
    assert (minutes.kind, minutes.name, minutes.by) == ("minutes", meeting.minutes_title, ["CENTER"])
    assert [f.name for f in minutes.fields] == meeting.minutes_fields
    assert {"form", "theme", "content", "approval", "decisions"} <= set(meeting.minutes_fields)


def test_the_four_groups():
    assert {g.name: (g.lead, g.members) for g in M4.groups} == {
        "综合组": (["GOV_OFFICE"], ["EMERG", "ECON", "HEALTH", "EXPERTS"]),
        "医疗防疫组": (["HEALTH"], ["CULTURE", "REDCROSS"]),
        "保障组": (["ECON", "FINANCE"], ["HEALTH", "MARKET"]),
        "宣传组": (["PUBLICITY"], ["HEALTH", "CULTURE"]),
    }
    for group in M4.groups:
        found = route(M4, {"task_type": group.id})
        assert found.lead == group.lead[0]
        assert set(found.supporting) == {*group.lead[1:], *group.members}


def test_papers():
    names = {d.name for d in M4.documents}
    assert {
        "会议报批单", "区突发公共事件卫生应急工作联席会议纪要", "联络员变更书面报告", "督查情况报告", "通报", "总结材料",
        "值班表", "调集命令记录", "抽查记录", "总体方案", "调查报告", "联络员名册", "突发公共事件信息报告",
    } <= names  # fmt: skip
    fields = {d.kind: {f.name for f in d.fields} for d in M4.documents}
    assert {"person", "duty", "telephone"} <= fields["liaison-roster"]
    assert {"old", "new", "date"} <= fields["liaison-change"]
    assert {"object", "period", "responsibility", "tasks", "problems", "opinions"} <= fields["supervision-report"]
    assert {"order", "time", "reported_to", "mustered", "departed", "arrived"} <= fields["muster-record"]
    assert {"cause", "course", "lessons"} <= fields["inquiry-report"]
    assert {g.id for g in M4.groups} <= fields["overall-scheme"]


def test_records():
    records = {r.id: r for r in M4.records}
    assert [r.id for r in M4.records if r.round_the_clock] == ["duty-roster"]
    assert {name: r.clocks for name, r in records.items() if r.clocks} == {
        "information-reports": ["M4-PRO-01", "M4-PRO-02"], "liaison-roster": ["M4-LIA-03"],
        "liaison-changes": ["M4-LIA-04"], "duty-changes": ["M4-DTY-06"], "musters": ["M4-DTY-03", "M4-PRO-04"],
        "supervision-rounds": ["M4-SUP-03", "M4-SUP-04"],
    }  # fmt: skip
    assert records["liaison-changes"].document == "liaison-change"
    assert records["supervision-rounds"].document == "supervision-report"
    assert "spot-checks" in records


def test_duties_of_every_member():
    assert {d.post for d in M4.duties} >= MEMBERS
    assert {d.rule for d in M4.duties} >= {f"M4-MEM-0{n}" for n in range(1, 9)} | {"X-21"}


def test_indicators_count_what_the_clocks_know():
    rules = {r for i in M4.indicators for r in i.rules}
    assert rules == {
        "M4-MTG-01", "M4-MTG-05", "M4-LIA-01", "M4-LIA-03", "M4-LIA-04", "M4-DTY-05", "M4-DTY-06", "M4-SUP-03",
        "M4-SUP-04", "M4-PRO-01",
    }  # fmt: skip
    starts = {d.rule: d.start for d in M4.deadlines}
    clocked = [m for i in M4.indicators for m in (i.numerator, i.denominator) if m is not None and m.clock]
    assert [m.event for m in clocked if m.event not in [*starts[m.clock], "due"]] == []
