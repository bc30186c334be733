"""The clocks of M3, M5, M8, M10, M12 and M13: every clock with an example that was counted by hand."""

from importlib.resources import files
from pathlib import Path

import pytest

from liaison_app.desk.questions import answer_deadline
from liaison_app.mechanism.profile import check_file, load_profile

RULES = {
    "M3": """REP-01 REP-02 REP-03 REP-04 REP-05 REP-06 REP-07 CND-01 CND-02 CND-03 CND-04 CND-05 CND-06 CND-07 CND-08
        CND-09 CND-10 RSP-01 RSP-02 RSP-03 RSP-04 RSP-05 RSP-06 PLN-01 PLN-02 PLN-03 PLN-04""",
    "M5": """SCO-01 SCO-02 SCO-03 LNK-01 LNK-02 LNK-03 LNK-04 DEP-01 DEP-02 HDL-01 HDL-02 HDL-03 SUP-01 SUP-02 SUP-03
        SUP-04 ORG-01 TEC-01 PUB-01""",
    "M8": """OUT-01 OUT-02 OUT-03 OUT-04 OUT-05 OUT-06 FLW-01 FLW-02 FLW-03 FLW-04 FLW-05 ADM-01 ADM-02 ADM-03 ADM-04
        ADM-05 ADM-06 ADM-07 ADM-08 PHA-01 PHA-02 PHA-03 PHA-04 PHA-05 PHA-06 EMG-01 EMG-02 EMG-03 EMG-04 EMG-05""",
    "M10": """NET-01 NET-02 NET-03 NET-04 NET-05 NET-06 RPT-01 RPT-02 RPT-03 RPT-04 APR-01 APR-02 APR-03 APR-04 APR-05
        FBK-01 TRN-01 EVA-01 EVA-02 EVA-03 EVA-04 EVA-05 SCO-01 SCO-02 SCO-03 SCO-04 SCO-05""",
    "M12": "REV-01 REV-02 REV-03 REV-04 REV-05 REV-06 REV-07 REV-08 REV-09 REV-10",
    "M13": """INT-01 INT-02 INT-03 INT-04 INT-05 INT-06 INT-07 LEA-01 LEA-02 LEA-03 ANA-01 ANA-02 ANA-03 LST-01 LST-02
        TGT-01 TGT-02 TGT-03 TGT-04 TGT-05 TGT-06 CRD-01 CRD-02 CRD-03 CRD-04 ENT-01 SUP-01 QUI-01 QUI-02 SRC-01""",
}
MECHANISMS = list(RULES)

# Immediate: due at the start itself, late half an hour after it.
AT_ONCE = [
    ("M3-REP-01", "report_sent", "2026-02-17T23:45", "2026-02-18T00:15"),
    ("M3-REP-04", "report_sent", "2026-05-09T10:00", "2026-05-09T10:30"),
    ("M3-RSP-03", "received", "2025-12-31T23:50", "2026-01-01T00:20"),
    ("M5-SCO-01", "received", "2026-10-01T03:00", "2026-10-01T03:30"),
    ("M5-LNK-01", "diversion", "2026-05-10T12:15", "2026-05-10T12:45"),
    ("M5-LNK-02", "received", "2026-05-10T12:40", "2026-05-10T13:10"),
    ("M5-LNK-04", "received", "2024-02-28T23:55", "2024-02-29T00:25"),
    ("M8-OUT-02", "occurred", "2026-05-09T10:00", "2026-05-09T10:30"),
    ("M8-FLW-04", "over_capacity", "2026-05-03T09:20", "2026-05-03T09:50"),
    ("M8-FLW-04", "queue", "2026-05-03T09:31", "2026-05-03T10:01"),
    ("M8-ADM-02", "mass_admission", "2026-06-20T22:00", "2026-06-20T22:30"),
    ("M8-ADM-07", "ruled", "2026-06-18T17:59", "2026-06-18T18:29"),
    ("M10-RPT-01", "urgent", "2026-09-30T18:10", "2026-09-30T18:40"),
]

# Hours and minutes run to the minute; a day means its last second.
COUNTED = [
    # 及时, one working day: make-up weekends and holidays of 2025 and 2026
    ("M3-REP-05", "received", "2026-05-08T10:00", "2026-05-09"),  # Friday → make-up Saturday
    ("M3-REP-06", "instructed", "2026-09-30T16:00", "2026-10-08"),  # 1-7 October rest
    ("M3-RSP-05", "response_started", "2025-01-24T23:50", "2025-01-26"),  # make-up Sunday
    ("M3-RSP-06", "capacity_exceeded", "2026-02-13T08:00", "2026-02-14"),  # make-up Saturday
    ("M5-SCO-02", "received", "2025-09-26T20:00", "2025-09-28"),  # make-up Sunday
    ("M8-OUT-03", "found", "2026-02-14T11:00", "2026-02-24"),  # a make-up day is day 0; 15-23 February rest
    ("M8-ADM-03", "not_solved", "2026-06-18T10:00", "2026-06-22"),  # 19-21 June rest
    ("M8-ADM-05", "refused", "2025-10-10T10:00", "2025-10-11"),  # make-up Saturday
    ("M8-ADM-06", "discharge", "2025-04-25T23:10", "2025-04-27"),  # make-up Sunday
    ("M8-EMG-01", "arrived", "2026-05-16T12:00", "2026-05-18"),  # Saturday of rest → Monday
    ("M12-REV-06", "found", "2026-01-03T09:00", "2026-01-04"),  # New Year's rest → make-up Sunday
    # hours and minutes, through nights and rest days
    ("M8-OUT-05", "examination_start", "2026-05-01T23:45", "2026-05-02T00:15"),
    ("M8-OUT-06", "examination_start", "2026-02-28T20:30", "2026-03-01T02:30"),
    ("M13-INT-05", "petition", "2026-02-20T18:00", "2026-02-21T18:00"),
    ("M13-INT-05", "emergency", "2026-05-09T10:00", "2026-05-09T10:30"),
    # dates of the year: the day itself still counts, the day after waits for the next one
    ("M3-PLN-01", "year", "2026-06-30T23:59", "2026-06-30"),
    ("M3-PLN-01", "year", "2026-07-01T00:00", "2027-06-30"),
    ("M3-PLN-02", "year", "2026-03-31T08:00", "2026-03-31"),
    ("M3-PLN-02", "year", "2025-04-01T08:00", "2026-03-31"),
    ("M13-TGT-05", "campaign_start", "2026-01-05T08:00", "2026-04-15"),
    ("M13-TGT-05", "campaign_end", "2026-04-15T08:00", "2026-10-31"),
    ("M13-TGT-05", "campaign_end", "2026-10-31T20:00", "2026-10-31"),
    ("M10-SCO-04", "quarter", "2026-01-01T00:00", "2026-03-20"),
    ("M10-SCO-04", "quarter", "2026-06-20T23:00", "2026-06-20"),  # a Saturday, not moved
    ("M10-SCO-04", "quarter", "2026-06-21T00:00", "2026-09-20"),
    ("M10-SCO-04", "quarter", "2026-12-21T09:00", "2027-03-20"),
    ("M10-NET-04", "leaving", "2026-05-31T09:00", "2026-05-31"),
    # the same day years later
    ("M3-PLN-03", "evaluated", "2024-02-29T09:00", "2029-02-28"),
    ("M3-PLN-03", "evaluated", "2021-06-30T09:00", "2026-06-30"),
    ("M3-PLN-04", "drilled", "2024-02-29T09:00", "2027-02-28"),
    ("M3-PLN-04", "drilled", "2023-05-12T14:30", "2026-05-12"),
    ("M13-QUI-01", "reviewed", "2023-08-15T09:00", "2026-08-15"),
    ("M13-SRC-01", "dust", "2024-02-29T09:00", "2026-02-28"),
    # days and weeks (Monday to Sunday)
    ("M8-FLW-02", "day", "2026-05-09T00:00", "2026-05-09"),
    ("M13-ANA-02", "day", "2026-10-01T23:50", "2026-10-01"),
    ("M13-TGT-04", "day", "2026-02-17T06:00", "2026-02-17"),
    ("M13-LEA-01", "reception_day", "2026-05-05T09:00", "2026-05-05"),  # a Tuesday
    ("M13-LEA-01", "reception_day", "2026-05-06T09:00", "2026-05-12"),
    ("M13-ANA-01", "week", "2026-05-10T22:00", "2026-05-10"),
    ("M13-TGT-04", "week", "2026-05-11T00:00", "2026-05-17"),
    ("M13-SRC-01", "week", "2026-12-30T09:00", "2027-01-03"),
    # months, quarters, half-years, years
    ("M10-RPT-01", "month", "2028-02-03T09:00", "2028-02-29"),
    ("M10-SCO-01", "month", "2026-04-30T23:00", "2026-04-30"),
    ("M12-REV-07", "month", "2026-02-01T00:00", "2026-02-28"),
    ("M13-ANA-01", "month", "2026-12-31T09:00", "2026-12-31"),
    ("M13-TGT-04", "month", "2026-09-20T09:00", "2026-09-30"),
    ("M13-SRC-01", "month", "2026-11-02T09:00", "2026-11-30"),
    ("M10-RPT-04", "quarter", "2026-02-10T09:00", "2026-03-31"),
    ("M10-SCO-01", "month_two", "2026-04-30T23:00", "2026-04-30"),
    ("M10-SCO-01", "quarter", "2026-04-01T00:00", "2026-06-30"),
    ("M10-SCO-05", "quarter", "2026-12-20T09:00", "2026-12-31"),
    ("M12-REV-07", "quarter", "2026-09-30T22:00", "2026-09-30"),
    ("M13-TGT-04", "drill", "2026-07-01T00:00", "2026-12-31"),
    ("M13-TGT-04", "drill", "2026-06-30T12:00", "2026-12-31"),
    ("M5-SUP-01", "year", "2026-01-01T00:00", "2026-12-31"),
    ("M10-TRN-01", "year", "2025-11-11T09:00", "2025-12-31"),
    ("M10-TRN-01", "commendation", "2026-11-11T09:00", "2026-12-31"),
    ("M10-EVA-03", "year", "2026-03-11T09:00", "2026-12-31"),
    ("M10-SCO-05", "year", "2026-03-11T09:00", "2026-12-31"),
    ("M12-REV-07", "year", "2026-12-31T23:00", "2026-12-31"),
    ("M12-REV-09", "year", "2026-08-31T09:00", "2026-12-31"),
    ("M13-LST-01", "year", "2026-02-15T09:00", "2026-12-31"),
    ("M13-TGT-02", "year", "2026-02-28T09:00", "2026-12-31"),
]

# No number in the text: a date must be filled in, and stands when it is.
TO_BE_SET = [
    ("M3-REP-01", "learned"),
    ("M3-REP-01", "follow_up"),
    ("M5-HDL-02", "assigned"),
    ("M5-SUP-01", "bulletin"),
    ("M5-SUP-02", "supervised"),
    ("M8-OUT-01", "meeting"),
    ("M8-OUT-04", "appointment"),
    ("M8-FLW-05", "meeting"),
    ("M8-ADM-08", "supervision"),
    ("M8-PHA-03", "evaluation"),
    ("M10-RPT-02", "occurred"),
    ("M10-RPT-03", "publication"),
    ("M10-FBK-01", "instructed"),
    ("M12-REV-06", "listed"),
    ("M13-LEA-02", "taken_on"),
    ("M13-CRD-01", "step"),
    ("M13-SRC-01", "rain"),
]

BY_SETTING = [
    # 20 June 2026 is a Saturday inside 19-21 June
    ("M10-SCO-04", "quarter", "2026-06-20", {"cal.before_date": "exclusive"}, "2026-06-19"),
    ("M10-SCO-04", "quarter", "2026-06-20", {"cal.before_date": "previous_workday"}, "2026-06-18"),
    ("M10-SCO-04", "quarter", "2026-09-20", {"cal.before_date": "previous_workday"}, "2026-09-20"),  # make-up Sunday
    ("M10-SCO-04", "quarter", "2026-12-20", {"cal.before_date": "previous_workday"}, "2026-12-18"),
    ("M10-SCO-04", "quarter", "2025-09-20", {"cal.before_date": "previous_workday"}, "2025-09-19"),
    ("M10-NET-04", "leaving", "2026-05-31", {"cal.before_date": "exclusive"}, "2026-05-30"),
    ("M8-FLW-02", "day", "2026-05-06", {"cal.cadence": "rolling"}, "2026-05-07"),
    ("M13-ANA-01", "week", "2026-05-06", {"cal.cadence": "rolling"}, "2026-05-13"),
    ("M10-RPT-01", "month", "2026-01-31", {"cal.cadence": "rolling"}, "2026-02-28"),
    ("M12-REV-07", "quarter", "2026-11-30", {"cal.cadence": "rolling"}, "2027-02-28"),
    ("M13-TGT-04", "drill", "2026-08-31", {"cal.cadence": "rolling"}, "2027-02-28"),
    ("M5-SUP-01", "year", "2024-02-29", {"cal.cadence": "rolling"}, "2025-02-28"),
    # Saturday of rest counts as Monday, so Tuesday is day 1
    ("M12-REV-06", "found", "2026-05-16", {"cal.nonworking_receipt": "treat_as_next_workday"}, "2026-05-19"),
    ("M5-SCO-02", "received", "2026-05-09", {"cal.nonworking_receipt": "treat_as_next_workday"}, "2026-05-11"),
    ("M3-REP-05", "received", "2026-05-08T10:00", {"grace.in_time": "2 h"}, "2026-05-08T12:00"),
    ("M3-REP-05", "received", "2026-05-08T10:00", {"grace.in_time": "2 WD"}, "2026-05-11"),
]

DEFAULTS = [
    ("M3-REP-01", "learned"),
    ("M5-SUP-01", "year"),
    ("M8-FLW-04", "over_capacity"),
    ("M10-RPT-01", "month"),
    ("M10-TRN-01", "year"),
    ("M10-SCO-01", "month"),
    ("M10-SCO-05", "quarter"),
    ("M12-REV-06", "found"),
    ("M12-REV-07", "month"),
    ("M13-INT-05", "petition"),
    ("M13-ANA-01", "week"),
    ("M13-TGT-04", "day"),
    ("M13-TGT-05", "campaign_end"),
    ("M13-SRC-01", "month"),
]

ALIASES = [
    ("M3-REP-05", "reported", "received"),
    ("M3-REP-01", "reported", "learned"),
    ("M3-REP-01", "copies", "report_sent"),
    ("M3-PLN-03", "issued", "evaluated"),
    ("M3-PLN-04", "last_drill", "drilled"),
    ("M5-LNK-01", "diverted", "diversion"),
    ("M5-HDL-02", "received", "assigned"),
    ("M8-OUT-05", "start", "examination_start"),
    ("M8-FLW-04", "queues", "queue"),
    ("M10-SCO-01", "quarterly", "quarter"),
    ("M10-SCO-04", "due_date", "quarter"),
    ("M12-REV-07", "year_end", "year"),
    ("M12-REV-07", "quarterly", "quarter"),
    ("M13-INT-05", "urgent", "emergency"),
    ("M13-INT-05", "received", "petition"),
    ("M13-LEA-01", "weekly", "reception_day"),
    ("M13-ANA-01", "月通报", "month"),
    ("M13-INT-05", "突发事件", "emergency"),
    ("M12-REV-07", "年终点评", "year"),
    ("M13-TGT-04", "twice_a_year", "drill"),
    ("M13-TGT-05", "start", "campaign_start"),
]


def ask(rule, event, start, settings=None, lang="zh", **more):
    request = {"rule": rule, "start": start, "settings": settings, **more}
    if event:
        request["event"] = event
    return answer_deadline(rule.partition("-")[0], request, lang)


def instant(words):
    return f"{words}:00+08:00" if "T" in words else f"{words}T23:59:59+08:00"


@pytest.mark.parametrize("name", MECHANISMS)
def test_the_profile_is_sound_and_partial(name):
    assert check_file(Path(str(files("resources").joinpath("mechanisms", f"{name}.yaml")))) == []
    profile = load_profile(name)
    assert (profile.meta.id, profile.meta.partial, profile.routing) == (name, True, [])


@pytest.mark.parametrize("name", MECHANISMS)
def test_no_rule_is_missing(name):
    profile = load_profile(name)
    clocks, words = {d.rule for d in profile.deadlines}, {g.rule for g in profile.guidance}
    assert clocks | words == {f"{name}-{rule}" for rule in RULES[name].split()}
    assert not clocks & words


@pytest.mark.parametrize("name", MECHANISMS)
def test_every_clock_has_an_example_here(name):
    shown = {(rule, event) for rule, event, *_ in [*AT_ONCE, *COUNTED, *TO_BE_SET]}
    clocks = {(d.rule, d.event) for d in load_profile(name).deadlines}
    assert clocks == {pair for pair in shown if pair[0].startswith(f"{name}-")}


@pytest.mark.parametrize("name", MECHANISMS)
def test_event_names_of_a_rule_do_not_clash_and_one_clock_leads(name):
    profile = load_profile(name)
    for rule in {d.rule for d in profile.deadlines}:
        clocks = [d for d in profile.deadlines if d.rule == rule]
        names = [n for d in clocks for n in (d.event, *d.aliases)]
        assert len(names) == len(set(names)), rule
        assert sum(d.default for d in clocks) == (len(clocks) > 1), rule
        assert all(d.owner == "post" and d.posts for d in clocks), rule


@pytest.mark.parametrize("name", MECHANISMS)
def test_calendar_and_grace_settings_are_those_of_the_first_mechanism(name):
    def shared(profile):
        return [(s.id, s.values, s.default, s.free) for s in profile.settings if s.id.startswith(("cal.", "grace."))]

    profile = load_profile(name)
    assert shared(profile) == shared(load_profile("M1"))
    own = {s.id: (s.values, s.default) for s in profile.settings if not s.id.startswith(("cal.", "grace."))}
    assert own == {
        "M10": {"m10.approval": (["by_importance", "always_two_steps"], "by_importance")},
        "M13": {"m13.revisit_scope": (["all", "real_name"], "all")},
    }.get(name, {})


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


@pytest.mark.parametrize(("rule", "event"), TO_BE_SET)
def test_a_period_without_a_number_must_be_filled_in(rule, event):
    found = ask(rule, event, "2026-05-09T10:00")
    assert (found["event"], found["due"], found["status"]) == (event, None, "needs_set_period")
    given = ask(rule, event, "2026-05-09T10:00", set_date="2026-05-20T17:30")
    assert (given["due"], given["status"]) == ("2026-05-20T17:30:00+08:00", "definite")


@pytest.mark.parametrize(("rule", "event", "start", "settings", "due"), BY_SETTING)
def test_counted_by_another_setting(rule, event, start, settings, due):
    assert ask(rule, event, start, settings)["due"] == instant(due)


def test_the_grace_of_at_once_is_a_setting():
    found = ask("M8-ADM-07", "ruled", "2026-06-18T17:59", {"grace.immediate": "2 h"})
    assert (found["due"], found["late_after"]) == (instant("2026-06-18T17:59"), instant("2026-06-18T19:59"))


@pytest.mark.parametrize(("rule", "event"), DEFAULTS)
def test_without_an_event_the_natural_clock_answers(rule, event):
    assert ask(rule, "", "2026-05-09T10:00")["event"] == event


def test_every_rule_with_several_clocks_is_among_the_defaults():
    found = {(d.rule, d.event) for name in MECHANISMS for d in load_profile(name).deadlines if d.default}
    assert found == set(DEFAULTS)


@pytest.mark.parametrize(("rule", "said", "event"), ALIASES)
def test_other_names_of_an_event(rule, said, event):
    assert ask(rule, said, "2026-05-09T10:00")["event"] == event


def test_a_working_day_beyond_the_calendar_is_provisional():
    assert ask("M3-REP-05", "received", "2026-12-31T10:00")["status"] == "provisional"


def test_explained_in_english_too():
    found = ask("M13-INT-05", "emergency", "2026-05-09T10:00", lang="en")
    assert "30 minutes" in found["why"]
