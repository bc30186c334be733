"""Deadlines read from the source a second time by a hand that had not seen the profiles, counted with a list of days.

Nothing here comes from the program, its calendar or the other naive counter: working days are put down one by one from
the two notices, the n-th of them after a day is looked up by its place, and each line says the limit in the source's words.
"""

from datetime import date, datetime, timedelta

import pytest

from liaison_app.desk.questions import answer_deadline
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.deadlines import Pause, count
from liaison_app.mechanism.finding_clocks import clock
from liaison_app.mechanism.profile import load_profile

PROFILE = load_profile("M1")
REST = "2025 0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008 2026 0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007"  # fmt: skip
WORK = "2025 0126 0208 0427 0928 1011 2026 0104 0214 0228 0509 0920 1010"


def _put_down(text):
    year, days = "", set()
    for part in text.split():
        if len(part) == 4 and part.startswith("20"):
            year = part
            continue
        first, _, last = part.partition("-")
        day, end = (date(int(year), int(one[:2]), int(one[2:])) for one in (first, last or first))
        while day <= end:
            days.add(day)
            day += timedelta(days=1)
    return days


DAYS = [date(2024, 12, 1) + timedelta(days=n) for n in range(1500)]
FREE, EXTRA = _put_down(REST), _put_down(WORK)
WORKING = [d for d in DAYS if d in EXTRA or (d.isoweekday() <= 5 and d not in FREE)]


def end(day):
    return f"{day.isoformat()}T23:59:59+08:00"


def wd(amount, start):
    """Return the end of the n-th working day after the day of a moment."""
    return end([d for d in WORKING if d > _day(start)][amount - 1])


def nd(amount, start, roll=False):
    last = DAYS[DAYS.index(_day(start)) + amount]
    return end(next(d for d in WORKING if d >= last) if roll else last)


def back(amount, start):
    return end(DAYS[DAYS.index(_day(start)) - amount])


def plus(start, **time):
    return (datetime.fromisoformat(start) + timedelta(**time)).isoformat()


def _day(start):
    return datetime.fromisoformat(start).date()


def at(text):
    return f"{text}+08:00"


def period(start, months):
    """Return the end of the calendar month, quarter, half-year or year in which a moment lies."""
    day = _day(start)
    last = (day.month - 1) // months * months + months
    return end(date(day.year + last // 12, last % 12 + 1, 1) - timedelta(days=1))


FRIDAY, SATURDAY = "2026-03-13T09:30:00", "2026-03-14T10:00:00"
MADE_UP, EVE = "2026-05-09T10:00:00", "2026-09-30T16:40:00"
SPRING, LATE = "2026-02-13T23:55:00", "2025-09-30T23:59:59"
GOLDEN, ROUND = "2025-10-03T08:00:00", "2025-12-31T12:00:00"
STARTS = (FRIDAY, SATURDAY, MADE_UP, EVE, SPRING, LATE, GOLDEN, ROUND)

COUNTED = [
    # working days: the day of the event never counts, whatever it is; make-up days do
    *(("M1", "M1-HDL-04", "", {}, s, wd(3, at(s))) for s in STARTS),
    *(("M2", "M2-TRF-02", "", {}, s, wd(3, at(s))) for s in STARTS),
    *(("M2", "M2-TRF-09", "", {}, s, wd(3, at(s))) for s in STARTS),
    *(("M2", "M2-LNK-04", "", {}, s, wd(3, at(s))) for s in STARTS),
    *(("M2", "M2-SHR-01", "", {}, s, wd(1, at(s))) for s in STARTS),
    # fifteen from the hand-over, sixty from acceptance, each read alone where one reading is chosen
    *(("M1", "M1-RPL-04", "delivered", {"m1.ordinary_deadline": "15wd"}, s, wd(15, at(s))) for s in STARTS),
    *(("M1", "M1-HDL-03", "accepted", {"m1.ordinary_deadline": "60wd"}, s, wd(60, at(s))) for s in STARTS),
    # two natural days stay on a rest day, or roll, or are working days where that is the reading
    *(("M1", "M1-ACC-03", "", {}, s, nd(2, at(s))) for s in STARTS),
    *(("M1", "M1-ACC-03", "", {"cal.natural_day_roll": "next_workday"}, s, nd(2, at(s), roll=True)) for s in STARTS),
    *(("M1", "M1-ACC-03", "", {"m1.acc_notice_unit": "wd"}, s, wd(2, at(s))) for s in STARTS),
    # hours and minutes run through nights and holidays
    *(("M1", "M1-HDL-06", "", {}, s, plus(at(s), hours=24)) for s in STARTS),
    *(("M1", "M1-HDL-01", "taken_over", {}, s, plus(at(s), hours=1)) for s in STARTS),
    *(("M2", "M2-TRF-03", "", {}, s, plus(at(s), hours=24)) for s in STARTS[:5]),
    *(("M2", "M2-TRF-07", "", {}, s, plus(at(s), hours=24)) for s in STARTS[:5]),
    *(("M8", "M8-OUT-05", "", {}, s, plus(at(s), minutes=30)) for s in STARTS[:5]),
    *(("M8", "M8-OUT-06", "", {}, s, plus(at(s), hours=6)) for s in STARTS[:5]),
    # the same calendar day, also at five to midnight and on a holiday
    *(("M1", "M1-TRF-07", "", {}, s, end(_day(s))) for s in STARTS),
    *(("M1", "M1-TRF-04", "", {}, s, end(_day(s))) for s in STARTS[:4]),
    *(("M1", "M1-TRF-13", "ordinary", {}, s, end(_day(s))) for s in STARTS[:4]),
    # no number: due when it begins
    *(("M1", r, e, {}, FRIDAY, at(FRIDAY)) for r, e in (("M1-TRF-05", ""), ("M1-TRF-06", ""), ("M1-HDL-05", ""), ("M1-TRF-13", "urgent"))),
    *(("M2", r, "", {}, EVE, at(EVE)) for r in ("M2-TRF-04", "M2-TRF-05")),
    *(("M4", r, "", {}, SPRING, at(SPRING)) for r in ("M4-PRO-01", "M4-PRO-02", "M4-DTY-06")),
    ("M3", "M3-RSP-03", "", {}, LATE, at(LATE)), ("M5", "M5-LNK-01", "", {}, LATE, at(LATE)),
    ("M8", "M8-OUT-02", "", {}, LATE, at(LATE)), ("M8", "M8-FLW-04", "", {}, LATE, at(LATE)),
    # so many days before: the day of the event does not count, never moved
    *(("M1", "M1-PUB-01", "", {}, s, back(5, at(s))) for s in STARTS),
    *(("M1", "M1-PUB-03", "", {}, s, back(1, at(s))) for s in STARTS),
    # calendar periods
    *(("M1", "M1-INF-02", "", {}, s, period(s, 1)) for s in (FRIDAY, ROUND, "2026-02-01T00:00:00")),
    *(("M1", "M1-MTG-01", "", {}, s, period(s, 3)) for s in (FRIDAY, EVE, ROUND, "2026-04-01T00:00:00")),
    *(("M4", "M4-MTG-01", "", {}, s, period(s, 6)) for s in (FRIDAY, EVE, ROUND, "2026-06-30T23:59:59", "2026-07-01T00:00:00")),
    *(("M10", "M10-RPT-01", "", {}, s, period(s, 1)) for s in (FRIDAY, ROUND)),
    *(("M10", "M10-RPT-04", "", {}, s, period(s, 3)) for s in (FRIDAY, EVE)),
    *(("M12", "M12-REV-07", e, {}, s, period(s, m)) for s in (FRIDAY, ROUND) for e, m in (("month", 1), ("quarter", 3), ("year", 12))),
    # by a date of the year
    ("M3", "M3-PLN-01", "", {}, "2026-01-05T09:00:00", end(date(2026, 6, 30))),
    ("M3", "M3-PLN-02", "", {}, "2026-01-05T09:00:00", end(date(2026, 3, 31))),
    ("M4", "M4-LIA-03", "", {}, "2026-11-01T09:00:00", at("2026-12-23T17:00:00")),
    ("M10", "M10-SCO-04", "", {}, "2026-06-01T09:00:00", end(date(2026, 6, 20))),
    ("M10", "M10-SCO-04", "", {"cal.before_date": "exclusive"}, "2026-06-01T09:00:00", end(date(2026, 6, 19))),
    ("M10", "M10-SCO-04", "", {"cal.before_date": "previous_workday"}, "2026-06-01T09:00:00", end(date(2026, 6, 18))),
    # every so many years, the 29th of February on the 28th
    ("M3", "M3-PLN-03", "", {}, "2024-12-10T09:00:00", end(date(2029, 12, 10))),
    ("M3", "M3-PLN-04", "", {}, "2024-12-10T09:00:00", end(date(2027, 12, 10))),
    ("M3", "M3-PLN-03", "", {}, "2024-02-29T09:00:00", end(date(2029, 2, 28))),
    # arrival within a day or half an hour
    ("M13", "M13-INT-05", "petition", {}, SPRING, plus(at(SPRING), hours=24)),
    ("M13", "M13-INT-05", "emergency", {}, SPRING, plus(at(SPRING), minutes=30)),
    ("M13", "M13-ANA-02", "", {}, SATURDAY, end(_day(SATURDAY))),
    ("M13", "M13-LEA-01", "", {}, FRIDAY, end(date(2026, 3, 17))),  # every Tuesday
    ("M13", "M13-LEA-01", "", {}, "2026-03-18T00:00:00", end(date(2026, 3, 24))),
    ("M13", "M13-ANA-01", "week", {}, FRIDAY, end(date(2026, 3, 15))),
    ("M13", "M13-ANA-01", "month", {}, FRIDAY, end(date(2026, 3, 31))),
    *(("M13", "M13-TGT-04", e, {}, FRIDAY, end(date(2026, 3, d))) for e, d in (("day", 13), ("week", 15), ("month", 31))),
    # so long after the one before, where cadences roll
    ("M1", "M1-MTG-01", "", {"cal.cadence": "rolling"}, "2025-11-30T10:00:00", end(date(2026, 2, 28))),
    ("M4", "M4-MTG-01", "", {"cal.cadence": "rolling"}, "2025-08-31T10:00:00", end(date(2026, 2, 28))),
    ("M1", "M1-INF-02", "", {"cal.cadence": "rolling"}, "2026-01-31T10:00:00", end(date(2026, 2, 28))),
    # a case that is sent back is done again in fifteen working days
    *(("M1", "M1-FUP-03", "", {}, s, wd(15, at(s))) for s in STARTS),
]  # fmt: skip

SHIFTED = [
    # where what comes on a rest day counts as coming on the next working day, day one is the working day after that
    ("M1", "M1-HDL-04", "", SATURDAY, end(date(2026, 3, 19))),
    ("M2", "M2-TRF-02", "", "2026-10-03T10:00:00", end(date(2026, 10, 12))),
    ("M2", "M2-SHR-01", "", MADE_UP, end(date(2026, 5, 11))),
]


STOOD = [
    # a limit that stood still from one moment to another: the working days in between are not counted
    (FRIDAY, 15, [("2026-03-17T10:00:00", "2026-03-20T10:00:00")], 3),
    (FRIDAY, 15, [("2026-03-17T10:00:00", "2026-03-17T18:00:00")], 0),
    (EVE, 15, [("2026-10-08T09:00:00", "2026-10-12T09:00:00")], 3),  # Friday, the make-up Saturday, Monday
    (FRIDAY, 60, [("2026-04-03T09:00:00", "2026-04-07T09:00:00"), ("2026-04-30T09:00:00", "2026-05-06T09:00:00")], 2),
]


@pytest.mark.parametrize(("start", "amount", "stretches", "stood"), STOOD)
def test_what_stands_still_counts_no_day(start, amount, stretches, stood):
    """G-16: monitoring, appraisal or a reply awaited stops a limit; the days that stood still come after it."""
    rule = {15: ("M1-RPL-04", "delivered"), 60: ("M1-HDL-03", "accepted")}[amount]
    settings = {**PROFILE.defaults(), "m1.ordinary_deadline": f"{amount}wd"}
    deadline = clock(PROFILE, rule[0], rule[1], settings)
    pauses = [
        Pause(start=datetime.fromisoformat(at(a)), end=datetime.fromisoformat(at(b)), reason="监测")
        for a, b in stretches
    ]
    found = count(deadline, datetime.fromisoformat(at(start)), bundled(), settings, pauses=pauses)
    assert found.due.isoformat() == wd(amount + stood, at(start))


@pytest.mark.parametrize(
    ("mechanism", "rule", "said", "due"),
    [
        ("M1", "M1-ARC-03", "2026-12-31", end(date(2026, 12, 31))),
        ("M1", "M1-AIR-17", "2026-10-04", end(date(2026, 10, 4))),
        ("M1", "M1-LST-02", "2026-11-20T17:00:00", at("2026-11-20T17:00:00")),
        ("M5", "M5-HDL-02", "2026-11-20", end(date(2026, 11, 20))),
        ("M10", "M10-FBK-01", "2026-11-20", end(date(2026, 11, 20))),
    ],
)
def test_what_the_source_leaves_to_a_date_has_none_until_it_is_set(mechanism, rule, said, due):
    asked = {"id": 0, "rule": rule, "start": at(FRIDAY)}
    assert answer_deadline(mechanism, asked, "zh_CN")["due"] is None
    assert answer_deadline(mechanism, asked | {"set_date": said}, "zh_CN")["due"] == due


def test_the_list_of_days_counts_as_the_worked_examples_of_the_source_do():
    assert wd(15, at("2025-06-10T11:00:00")) == end(date(2025, 7, 1))
    assert wd(60, at("2025-03-03T09:00:00")) == end(date(2025, 5, 29))
    assert wd(3, at(MADE_UP)) == end(date(2026, 5, 13))
    assert nd(2, at("2026-05-01T10:00:00")) == end(date(2026, 5, 3))
    assert nd(2, at("2026-05-01T10:00:00"), roll=True) == end(date(2026, 5, 6))
    assert back(5, at("2026-05-06T08:00:00")) == end(date(2026, 5, 1))
    assert wd(1, at("2026-06-18T10:00:00")) == end(date(2026, 6, 22))
    assert period("2026-06-18T10:00:00", 12) == end(date(2026, 12, 31))


@pytest.mark.parametrize("mechanism", sorted({case[0] for case in COUNTED}))
def test_each_limit_is_what_the_source_says(mechanism):
    wrong = []
    for name, rule, event, settings, start, due in COUNTED:
        if name != mechanism:
            continue
        asked = {"id": 0, "rule": rule, "start": at(start)} | ({"event": event} if event else {})
        found = answer_deadline(name, asked | ({"settings": settings} if settings else {}), "zh_CN")
        if found["due"] != due:
            wrong.append((rule, event, settings, start, "source", due, "program", found["due"]))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize(("mechanism", "rule", "event", "start", "due"), SHIFTED)
def test_what_comes_on_a_rest_day_may_count_as_coming_on_the_next_working_day(mechanism, rule, event, start, due):
    settings = {"cal.nonworking_receipt": "treat_as_next_workday"}
    asked = {"id": 0, "rule": rule, "start": at(start), "settings": settings} | ({"event": event} if event else {})
    assert answer_deadline(mechanism, asked, "zh_CN")["due"] == due
