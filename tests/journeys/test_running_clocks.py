"""Clocks of running cases: pauses, extensions, years entered, two limits, undelivered slips, designations, holidays."""

from datetime import date, datetime, timedelta

import pytest

from liaison_app.domain.errors import RuleBroken
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
    assert all("2026-10-01" <= i.due[:10] <= "2026-10-08" for i in listed.items)
    assert "末日为休息日" in told.why
    assert "不顺延" in told.why
    office.do("EPB", "accept")
    office.do("EPB", "inform", what="acceptance", method="phone")
    assert not [i for i in office.desk.before_holiday().items if (i.case_id, i.rule) == (office.case, "M1-ACC-03")]
    office.desk.state_clock(datetime.fromisoformat("2026-11-03T09:00:00+08:00"))
    assert office.desk.before_holiday() is None


def test_past_the_ordinary_limit_is_amber_and_past_the_outer_limit_red(office):
    office.accepted()
    ordinary, outer = due_of(office, "M1-RPL-04"), due_of(office, "M1-HDL-03")
    assert ordinary.due < outer.due
    office.desk.state_clock(datetime.fromisoformat(ordinary.due) + timedelta(minutes=1))
    assert (due_of(office, "M1-RPL-04").level, due_of(office, "M1-HDL-03").level) == ("passed", "calm")
    office.desk.state_clock(datetime.fromisoformat(outer.due) + timedelta(minutes=1))
    assert (due_of(office, "M1-RPL-04").level, due_of(office, "M1-HDL-03").level) == ("late", "late")


def test_the_queue_and_today_are_amber_until_the_outer_limit_has_passed(office):
    office.accepted()
    office.do("COMMERCE", "inform", what="transfer", method="phone")
    office.do("EPB", "arrive")
    office.sit("COMMERCE")
    signing = next(a for a in office.desk.actions(office.case) if a.action == "countersign")
    approval = next(f.choices[0][0] for f in signing.fields if f.name == "approval")
    office.do("COMMERCE", "countersign", approval=approval, scan="呈批单.pdf")
    office.sit("EPB")
    ordinary, outer = due_of(office, "M1-RPL-04"), due_of(office, "M1-HDL-03")
    for clock in office.desk.case(office.case).deadlines:
        assert clock.state != "open" or clock.due >= ordinary.due, clock.rule
    seen = []
    for until in (ordinary, outer):
        office.desk.state_clock(datetime.fromisoformat(until.due) + timedelta(minutes=1))
        row = office.desk.rows([office.case])[0]
        tasks = [t.level for t in office.desk.today() if t.case_id == office.case and t.due == ordinary.due]
        seen.append((row.level, set(tasks) - {"none"}))
    assert [level for level, _ in seen] == ["passed", "late"]
    assert all(levels <= {level} for level, levels in seen)


def test_nothing_on_a_case_happens_before_it_was_registered(office):
    office.register()
    with pytest.raises(RuleBroken) as refused:
        office.desk.act_from(
            office.case, "note", {"text": "x", "happened_at": "2026-09-29T10:00", "late_reason": "补录"}
        )
    assert refused.value.code == "time_before_previous"


def test_without_an_outer_limit_late_is_late(office):
    office.desk.choose_setting("m1.ordinary_deadline", "15wd", "区里通知", running=True)
    office.accepted()
    office.desk.state_clock(datetime.fromisoformat(due_of(office, "M1-RPL-04").due) + timedelta(minutes=1))
    assert due_of(office, "M1-RPL-04").level == "late"


def test_a_slip_that_nobody_signs_leaves_a_clock_with_the_sender_and_then_with_the_addressee(office):
    office.register()
    office.do("COMMERCE", "propose-transfer")
    approval = {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}
    office.do("COMMERCE", "approve", **approval)
    office.do("COMMERCE", "transfer", method="fax")
    office.do("COMMERCE", "inform", what="transfer", method="phone")
    waiting = due_of(office, "M1-TRF-03")
    assert (waiting.owner, waiting.state, waiting.due) == ("区工商分局", "open", "2026-10-08T23:59:59+08:00")
    office.sit("COMMERCE")
    assert next(t.due for t in office.desk.today() if t.case_id == office.case and t.kind == "deliver") == waiting.due
    office.do("COMMERCE", "deliver", confirmed_by="刘洋", evidence="传真回执")
    assert due_of(office, "M1-TRF-03").state == "met"
    running = {d.rule for d in office.desk.case(office.case).deadlines if d.state == "open" and d.owner == "区环保局"}
    assert {"M1-ACC-03", "M1-RPL-04"} <= running, "delivered but not signed: the limits of the addressee run"
    assert office.desk.case(office.case).transfers[0].signed_by == ""


def disputed(office, designated):
    office.register()
    office.transfer()
    first = office.desk.case(office.case).transfers[0].delivered_at
    office.later(days=1)
    office.do("EPB", "object", reasons="不属本局")
    office.do("COMMERCE", "dispute", kind="transfer", reasons="意见不一")
    before = office.clock
    office.do("GOVT_DUTY", "designate", "duty", body=designated)
    return first, before


@pytest.mark.parametrize("reading", ["first_delivery", "designation"])
def test_the_same_body_designated_counts_from_delivery_or_from_the_designation(office, reading):
    office.desk.choose_setting("m1.designated_same", reading, "区里通知", running=True)
    first, before = disputed(office, "EPB")
    started = {due_of(office, rule).start for rule in ("M1-ACC-03", "M1-RPL-04")}
    assert len(started) == 1
    assert (started == {first}) is (reading == "first_delivery")
    assert (min(started) > before.isoformat()) is (reading == "designation")
    assert office.desk.rebuild(check=True).equal


@pytest.mark.parametrize("reading", ["own_delivery", "first_delivery"])
def test_another_body_designated_counts_from_its_own_delivery_or_from_the_first(office, reading):
    office.desk.choose_setting("m1.designated_other", reading, "区里通知", running=True)
    first, _before = disputed(office, "CONSTR")
    office.do("COMMERCE", "transfer", method="recorded_phone")
    office.later(hours=2)
    office.do("COMMERCE", "deliver", confirmed_by="值班员", evidence="录音")
    own = office.desk.case(office.case).transfers[-1].delivered_at
    notice = due_of(office, "M1-ACC-03")
    assert notice.owner == "区城乡建委"
    assert notice.start == (own if reading == "own_delivery" else first)
    assert first < own


def test_setting_out_meets_the_hour_under_that_reading(office):
    office.desk.choose_setting("m1.onsite_1h", "set_out", "区里通知", running=True)
    office.register(
        facts={"medium": "noise", "source": "construction", "project_class": "building", "serious_noise": True}
    )
    office.transfer()
    limit = due_of(office, "M1-HDL-01")
    assert (limit.event, limit.state) == ("set_out", "open")
    office.do("EPB", "accept")
    office.do("EPB", "take-over", handler="刘洋")
    office.later(hours=1)
    left = office.clock - timedelta(minutes=50)
    office.do("EPB", "arrive", officers="刘洋、范敏", set_out_at=left.isoformat())
    assert due_of(office, "M1-HDL-01").state == "met"


def test_a_pause_says_why_and_the_outer_limit_runs_on(office):
    office.accepted()
    outer = due_of(office, "M1-HDL-03").due
    office.do("EPB", "pause", rule="M1-RPL-04", reason="monitoring", approver="范敏")
    stood = due_of(office, "M1-RPL-04")
    assert (stood.due, stood.status, stood.counted[0]["what"]) == (None, "paused", "paused")
    assert "暂停（监测）" in stood.why
    assert due_of(office, "M1-HDL-03").due == outer
    office.later(days=12)
    office.do("EPB", "resume", rule="M1-RPL-04")
    told = [s["what"] for s in due_of(office, "M1-RPL-04").counted]
    assert told[-3:] == ["paused", "resumed", "due"]
