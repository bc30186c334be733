"""Counting: worked examples, the calendar, settings, provisional dates, explanations."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_app.desk.questions import answer_deadline
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.calendar import bundled, parse_notice
from liaison_app.mechanism.deadlines import count, moment
from liaison_app.mechanism.finding_clocks import clock
from liaison_app.mechanism.profile import load_profile

M1, CALENDAR = load_profile("M1"), bundled()


def due(rule, start, settings=None, event=None):
    return count(clock(M1, rule, event), moment(start), CALENDAR, {**M1.defaults(), **(settings or {})})


@pytest.mark.parametrize(
    ("rule", "start", "wanted"),
    [
        ("M1-RPL-04", "2025-06-10T11:00", "2025-07-01T23:59:59+08:00"),
        ("M1-HDL-03", "2025-03-03T09:00", "2025-05-29T23:59:59+08:00"),
        ("M1-HDL-04", "2026-05-09T10:00", "2026-05-13T23:59:59+08:00"),
        ("M1-ACC-03", "2026-05-01T10:00", "2026-05-03T23:59:59+08:00"),
        ("M1-HDL-06", "2026-02-20T18:00", "2026-02-21T18:00:00+08:00"),
        ("M1-PUB-01", "2026-05-06T08:00", "2026-05-01T23:59:59+08:00"),
        ("M1-ACC-02", "2026-06-18T10:00", "2026-06-22T23:59:59+08:00"),
        ("M1-TRF-07", "2025-08-08T23:40", "2025-08-08T23:59:59+08:00"),
        ("M1-RPL-04", "2026-09-30T09:36", "2026-10-27T23:59:59+08:00"),
        ("M1-HDL-03", "2026-09-09T10:20", "2026-12-08T23:59:59+08:00"),
        ("M1-HDL-01", "2026-09-30T09:36", "2026-09-30T10:36:00+08:00"),
        ("OFFICE-A1", "2026-09-30T09:16", "2026-10-08T23:59:59+08:00"),
        ("M1-MTG-01", "2026-09-30T14:30", "2026-09-30T23:59:59+08:00"),
        ("M1-INF-02", "2024-02-03T14:30", "2024-02-29T23:59:59+08:00"),
        ("M1-TRF-07", "2026-04-30T16:30:00+00:00", "2026-05-01T23:59:59+08:00"),
    ],
)
def test_due_dates(rule, start, wanted):
    found = due(rule, start)
    assert found.due.isoformat() == wanted
    assert found.status == "definite"


def test_settings_change_the_count():
    assert due("M1-ACC-03", "2026-05-01T10:00", {"cal.natural_day_roll": "next_workday"}).due.date() == date(2026, 5, 6)
    assert due("M1-ACC-03", "2026-05-01T10:00", {"m1.acc_notice_unit": "wd"}).due.date() == date(2026, 5, 7)
    rest = due("M1-HDL-04", "2026-05-16T10:00", {"cal.nonworking_receipt": "treat_as_next_workday"})
    assert rest.due.date() == date(2026, 5, 21)


def test_beyond_the_calendar_is_provisional_and_a_promise_needs_a_date():
    assert due("M1-RPL-04", "2026-12-28T09:00").status == "provisional"
    assert due("M1-HDL-03", "2027-03-01T09:00").status == "provisional"
    assert due("M1-LST-02", "2026-03-01T09:00").status == "needs_set_period"


def test_at_once_has_a_grace():
    found = due("M1-TRF-05", "2026-09-30T17:27")
    assert found.due.isoformat() == "2026-09-30T17:27:00+08:00"
    assert found.late_after.isoformat() == "2026-09-30T17:57:00+08:00"


def test_the_explanation_names_every_rest_day_and_make_up_day():
    found = due("M1-RPL-04", "2026-09-30T09:36")
    skipped = [s["date"] for s in found.counted if s["what"] == "skipped"]
    assert skipped[:7] == [f"2026-10-0{i}" for i in range(1, 8)]
    assert [s["date"] for s in found.counted if s["what"] == "make_up"] == ["2026-10-10"]
    assert "10月10日补班计入" in found.why
    assert "国庆节" in found.why


@given(st.dates(date(2004, 1, 1), date(2026, 9, 1)))
def test_working_days_equal_a_naive_count(start):
    found = due("M1-RPL-04", f"{start}T10:00").due.date()
    days = [start + timedelta(i) for i in range(1, (found - start).days + 1)]
    assert sum(map(CALENDAR.is_workday, days)) == 15
    assert CALENDAR.is_workday(found)


def test_calendar_knows_make_up_weekends_from_2004_on():
    assert CALENDAR.years == frozenset(range(2004, 2027))
    assert CALENDAR.is_workday(date(2015, 9, 6))
    assert not CALENDAR.is_workday(date(2015, 9, 3))
    assert not CALENDAR.is_workday(date(2020, 1, 31))
    assert CALENDAR.show(2030) == {"year": 2030, "rest": [], "make_up": [], "provisional": True}


@pytest.mark.parametrize(
    "notice",
    [b"- 1", b"year: x", b"{year: 2027, rest: ['2026-01-01']}", b"{year: 2027, make_up: ['2027-01-04']}", b"a: [", b"{year: 2027, rest: [soon]}"],
)  # fmt: skip
def test_a_wrong_notice_is_refused(notice):
    with pytest.raises(RuleBroken) as refused:
        CALENDAR.with_year(parse_notice(notice))
    assert refused.value.code == "calendar_invalid"


def test_the_command_line_names_unknown_rules_and_bad_starts():
    for request, code in [
        ({"rule": "X", "start": "2026-01-01"}, "rule_unknown"),
        ({"rule": "M1-RPL-04", "start": "soon"}, "bad_time"),
        ({"rule": "M1-RPL-04"}, "field_missing"),
        ({"rule": "M1-RPL-04", "start": "2026-01-01", "settings": {"x": "y"}}, "setting_value"),
    ]:
        with pytest.raises(RuleBroken) as refused:
            answer_deadline("M1", request, "zh_CN")
        assert refused.value.code == code


@pytest.mark.parametrize("mechanism", ["M1", "M2", "M3", "M4", "M5", "M8", "M12"])
def test_in_time_may_be_read_as_due_at_once_with_its_period_as_a_grace(mechanism):
    """0.3 against T3: 及时 is a period by default, or due at the start and late after it (G-01)."""
    profile = load_profile(mechanism)
    clocks = [d for d in profile.deadlines if d.amount_setting == "grace.in_time"]
    start = datetime.fromisoformat("2026-06-18T16:00:00+08:00")
    assert clocks
    for one in clocks:
        usual = count(one, start, bundled(), profile.defaults())
        at_once = count(one, start, bundled(), profile.defaults() | {"cal.in_time": "at_once"})
        assert (usual.due, usual.late_after) == (datetime.fromisoformat("2026-06-22T23:59:59+08:00"),) * 2
        assert (at_once.due, at_once.late_after) == (start, usual.due)
