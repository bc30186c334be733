"""Clocks of running cases: pauses, extensions, years entered, two limits, undelivered slips, designations, holidays."""

from datetime import date, datetime

import pytest

from liaison_app.mechanism.calendar import bundled
from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    return Office(desk)


def due_of(office, rule):
    return next(d for d in office.desk.case(office.case).deadlines if d.rule == rule)


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 9, 30), "国庆节", date(2026, 10, 1), date(2026, 10, 7)),
        (date(2026, 9, 24), "中秋节", date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 2, 10), "春节", date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 2, 20), "春节", date(2026, 2, 15), date(2026, 2, 23)),  # inside it
        (date(2025, 5, 29), "端午节", date(2025, 5, 31), date(2025, 6, 2)),
        (date(2026, 11, 2), None, None, None),
    ],
)
def test_the_holiday_ahead_is_found_with_all_its_rest_days(day, name, first, last):
    found = bundled().holiday_ahead(day)
    assert (tuple(found) if found else (None, None, None)) == (name, first, last)


def test_what_falls_due_inside_the_holiday_stands_in_the_list_before_it(office):
    office.register()
    office.transfer()
    office.sit("EPB")
    listed = office.desk.before_holiday()
    assert (listed.name, listed.first, listed.last, listed.back) == ("国庆节", "2026-10-01", "2026-10-07", "2026-10-08")
    told = due_of(office, "M1-ACC-03")
    assert told.due == "2026-10-02T23:59:59+08:00"
    assert [(i.rule, i.due, i.case_id) for i in listed.items if i.case_id == office.case and i.rule == told.rule] == [
        ("M1-ACC-03", told.due, office.case)
    ]
    assert all("2026-10-01" <= i.due[:10] <= "2026-10-07" for i in listed.items)
    assert "末日为休息日" in told.why
    assert "不顺延" in told.why
    office.do("EPB", "accept")
    office.do("EPB", "inform", what="acceptance", method="phone")
    assert not [i for i in office.desk.before_holiday().items if (i.case_id, i.rule) == (office.case, "M1-ACC-03")]
    office.desk.state_clock(datetime.fromisoformat("2026-11-03T09:00:00+08:00"))
    assert office.desk.before_holiday() is None
