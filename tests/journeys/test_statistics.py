"""Every indicator of table T6 over cases made by hand: each line of the table with the fraction that it must give."""

import io
import threading
from datetime import datetime

import msgspec
import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from liaison_app.desk import bulletins, figures_out, freezing, keeping, statistics, tallying
from liaison_app.desk.opening import open_desk
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.indicators import BY
from liaison_app.mechanism.periods import before
from liaison_app.mechanism.periods import period as period_of
from liaison_app.store import tallies
from reports import renderer
from tests.conftest import CALL, NOON
from tests.journeys.test_whole_walk import Office

URGENT = {**CALL["facts"], "health_or_env_threat": True}


def numbers(one):
    """Return everything of a figure but the cases behind it, which the sums do not name."""
    groups = [(g.by, g.name, g.numerator, g.denominator, g.value, g.pending, g.rank) for g in one.groups]
    return (one.id, one.numerator, one.denominator, one.value, one.shown, one.pending, one.reason, groups)


class Counting(Office):
    """An office that asks for the figures of a period at a moment."""

    def at(self, moment):
        self.clock = datetime.fromisoformat(f"{moment}:00+08:00")
        self.desk.state_clock(self.clock)

    def figures(self, period, asked="2026-12-31T12:00", by="", *, own=False):
        """Return the figures of a period: the sums, compared with what counting through every case gives."""
        self.at(asked)
        view = statistics.count(self.desk, period, by, own=own)
        if view.frozen_at:
            return view
        counting = statistics.Counting(self.desk, period_of(period, self.desk.rules.settings))
        show = statistics.Words(self.desk.rules, self.desk.lang)
        through = [show.figure(f) for f in counting.figures(by)]
        for one, other in zip(view.indicators, through, strict=True):
            assert numbers(one) == numbers(other), one.id
            if other.of_cases:
                assert {r.case_id for r in statistics.behind(self.desk, view, one, one)} == set(other.cases), one.id
                for group, same in zip(one.groups, other.groups, strict=True):
                    found = {r.case_id for r in statistics.behind(self.desk, view, one, group, "base")}
                    assert found == set(same.denominator_cases or same.cases), (one.id, group.key)
        return msgspec.structs.replace(view, indicators=tuple(through))

    def figure(self, name, period="2026-10", asked="2026-12-31T12:00", by=""):
        return next(f for f in self.figures(period, asked, by).indicators if f.id == name)

    def new(self, moment, **more):
        self.at(moment)
        self.register(**more)
        return self.case

    def sent(self, moment, **more):
        case = self.new(moment, **more)
        self.transfer()
        return case

    def reply(self, kind="formal", **more):
        self.do("EPB", "draft-reply", kind=kind, text="处理情况")
        self.do("EPB", "submit-reply")
        self.do("EPB", "approve-reply", "leader", road="own_desk")
        self.do("EPB", "send-reply", kind=kind, method="letter", **more)

    def rated(self, moment, result, **more):
        self.at(moment)
        self.fed_back()
        self.do("COMMERCE", "revisit", method="phone", staff="satisfied", result=result, **more)
        return self.case


@pytest.fixture
def office(desk):
    return Counting(desk)


def satisfaction(office):
    office.rated("2026-10-12T09:00", "satisfied")
    office.rated("2026-10-13T09:00", "dissatisfied", reason="仍有噪声")
    office.rated("2026-11-02T09:00", "satisfied")


def three_aspects(office):
    office.rated("2026-10-12T09:00", "dissatisfied", site="basically", reason="仍有噪声")
    office.rated("2026-10-13T09:00", "satisfied")


def missed_visits(office):
    for at, answers in (("2026-10-12T09:00", [False, True]), ("2026-10-13T09:00", [True])):
        office.at(at)
        office.fed_back()
        for unreached in answers:
            told = (
                {"reached": False, "reason": "无人接听"} if unreached else {"staff": "satisfied", "result": "satisfied"}
            )
            if unreached or len(answers) == 1:
                office.do("COMMERCE", "revisit", method="phone", **told)
    office.at("2026-10-14T09:00")
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", reached=False, reason="停机")
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="satisfied")


def redone_then_content(office):
    office.rated("2026-10-12T09:00", "dissatisfied", reason="仍有噪声")
    office.do("COMMERCE", "redo", reason="投诉人不满意")
    office.do("EPB", "take-over", handler="刘洋")
    office.reply()
    office.do("EPB", "feedback", result="再次整改", rating="satisfied")
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="satisfied")


def transfers(office):
    office.sent("2026-10-12T09:00")
    office.sent("2026-10-13T23:50")
    office.new("2026-10-14T09:00")


def urgent_transfers(office):
    office.new("2026-10-12T09:00", facts=URGENT)
    office.transfer()
    office.do("COMMERCE", "report-urgent", to_person="尹华", method="phone")
    office.new("2026-10-13T09:00", facts=URGENT)
    office.transfer()
    office.new("2026-10-14T09:00", facts=URGENT)
    office.later(hours=3)
    office.transfer()
    office.do("COMMERCE", "report-urgent", to_person="尹华", method="phone")


def acceptances(office):
    for day, hours in (("12", 1), ("13", 30), ("14", 80)):
        office.sent(f"2026-10-{day}T09:00")
        office.do("EPB", "accept")
        office.later(hours=hours)
        office.do("EPB", "inform", what="acceptance", method="phone")
    office.sent("2026-10-15T09:00")
    office.do("EPB", "accept")


def arrivals(office):
    for day, minutes in (("12", 5), ("13", 90)):
        office.at(f"2026-10-{day}T09:00")
        office.accepted()
        office.later(minutes=minutes)
        office.do("EPB", "arrive", officers="刘洋")
    office.at("2026-10-14T09:00")
    office.accepted()
    office.sent("2026-10-15T09:00")


def written_replies(office):
    for day, hours in (("12", 2), ("14", 40)):
        office.at(f"2026-10-{day}T09:00")
        office.accepted()
        office.do("EPB", "investigate", findings="属实", verified=True)
        office.later(hours=hours)
        office.reply("written")


def two_rounds_of_visits(office):
    office.at("2026-10-12T09:00")
    office.accepted()
    office.do("EPB", "investigate", findings="属实")
    office.later(hours=2)
    office.reply("written")
    office.later(days=2)
    office.do("EPB", "investigate", findings="复查属实")


def completions(office):
    office.at("2026-09-10T09:00")
    office.fed_back()
    office.at("2026-09-10T11:00")
    office.answered()
    office.at("2026-10-27T09:00")
    office.do("EPB", "feedback", result="已整改", rating="satisfied")
    office.at("2026-09-11T09:00")
    office.accepted()


def filings(office):
    for day, days in (("12", 1), ("13", 6)):
        office.at(f"2026-10-{day}T09:00")
        office.accepted()
        office.do("EPB", "investigate", findings="属实", verified=True)
        office.later(days=days)
        office.do("EPB", "file-case", number=f"立〔2026〕{day}号", offence="夜间施工")
    office.at("2026-10-14T09:00")
    office.accepted()
    office.do("EPB", "investigate", findings="不属实")


def handled_again(office):
    office.rated("2026-10-12T09:00", "dissatisfied", reason="仍有噪声")
    office.do("COMMERCE", "redo", reason="投诉人不满意")
    office.rated("2026-10-13T09:00", "satisfied")
    office.rated("2026-11-13T09:00", "satisfied")


def urgings(office):
    office.at("2026-10-12T09:00")
    office.accepted()
    office.later(days=40)
    office.do("COMMERCE", "urge", reason="逾期未办结")
    office.do("COMMERCE", "urge", reason="仍未办结")


def listings(office):
    items = {"target": "停工", "responsible": "区环保局", "supervisor": "区政府督查室", "procedure": "每周报告"}
    for day, until in (("12", "2026-10-20T18:00"), ("13", "2026-12-20T18:00")):
        office.at(f"2026-10-{day}T09:00")
        office.accepted()
        office.do("SUPERV", "list", until=until, **items)
    office.reply(solved=True)
    office.do("SUPERV", "unlist", evidence="照片", verified_by="段辉")


def disputes(office):
    office.sent("2026-10-12T09:00")
    office.do("EPB", "object", reasons="不属本局", proposed="CONSTR")
    office.do("COMMERCE", "dispute", kind="transfer", reasons="意见不一", proposed="CONSTR")
    office.do("GOVT_DUTY", "designate", "duty", body="CONSTR", reasons="属人为噪声")
    office.do("COMMERCE", "transfer", method="recorded_phone")


def repeats(office):
    for at in ("2026-08-20T09:00", "2026-09-10T09:00", "2026-10-12T09:00"):
        office.new(at)
    for at in ("2026-10-13T09:00", "2026-10-14T09:00"):
        office.new(at, object="好味道火锅店", place="石桥街道老街3号")
    office.new("2026-10-15T09:00", object="欢乐KTV", place="锦湖街道湖滨路1号")


def other_ends(office):
    first = office.desk.case(office.sent("2026-10-12T09:00")).number
    office.new("2026-10-13T09:00")
    office.do("COMMERCE", "void", outcome="void", reason="重复登记", approver="何建平")
    office.new("2026-10-14T09:00")
    office.do("COMMERCE", "void", outcome="out_of_scope", reason="不属本机制", approver="何建平")
    office.new("2026-10-15T09:00")
    office.do("COMMERCE", "merge", into=first, reason="同一工地")
    office.new("2026-10-16T09:00")
    office.transfer()
    office.do("COMMERCE", "void", outcome="withdrawn", reason="投诉人撤回", approver="何建平")


def late_entries(office):
    """A call of Friday evening, entered on Monday with its real times (OFFICE B4)."""
    office.at("2026-10-19T09:00")
    reason = {"late_reason": "系统停电补录"}
    office.register(happened_at="2026-10-16T17:00", received_at="2026-10-16T16:50", **reason)
    office.do("COMMERCE", "propose-transfer", happened_at="2026-10-16T17:10", **reason)
    approval = {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}
    office.do("COMMERCE", "approve", happened_at="2026-10-16T17:20", **approval, **reason)
    office.do("COMMERCE", "transfer", method="fax", happened_at="2026-10-16T17:30", **reason)


def carried(office):
    office.at("2026-09-10T09:00")
    office.accepted()
    office.at("2026-09-11T09:00")
    office.fed_back()
    office.at("2026-09-14T09:00")
    office.fed_back()
    office.at("2026-10-14T09:00")
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="dissatisfied", reason="仍有噪声")
    office.do("COMMERCE", "redo", reason="投诉人不满意")
    office.new("2026-09-15T09:00")
    office.do("COMMERCE", "void", outcome="void", reason="重复登记", approver="何建平")


LINES = (
    (satisfaction, "satisfaction_rate", (1, 2)), (satisfaction, "satisfaction_rank", (1, 2)),
    (satisfaction, "result_rate", (1, 2)), (redone_then_content, "satisfaction_rate", (1, 1)),
    (three_aspects, "reception_rate", (2, 2)), (three_aspects, "site_rate", (1, 1)),
    (three_aspects, "result_rate", (1, 2)), (missed_visits, "not_reached", (2, 3)),
    (missed_visits, "satisfaction_rate", (1, 1)),
    (transfers, "registered_count", (3, None)), (transfers, "transferred_count", (2, None)),
    (transfers, "same_day_transfer_rate", (1, 2)), (acceptances, "accepted_count", (4, None)),
    (completions, "closed_count", (1, None)),
    (urgent_transfers, "urgent_transfer_rate", (1, 3)), (acceptances, "acceptance_notice_rate", (2, 4)),
    (arrivals, "arrival_rate", (1, 3)), (written_replies, "written_reply_rate", (1, 2)),
    (two_rounds_of_visits, "written_reply_rate", (1, 2)), (completions, "closed_15_rate", (1, 3)),
    (filings, "filing_rate", (1, 2)), (handled_again, "redo_rate", (1, 2)),
    (listings, "listed_count", (2, None)), (listings, "delisted_count", (1, None)),
    (listings, "listed_overdue_count", (1, None)), (disputes, "disputed_count", (1, None)),
    (disputes, "designated_count", (1, None)), (repeats, "repeat_hot", (1, None)),
    (repeats, "repeat_listing", (1, None)), (repeats, "hot_medium", (4, None)), (repeats, "hot_source", (4, None)),
    (repeats, "hot_town", (4, None)), (repeats, "hot_hour", (4, None)), (other_ends, "ended_otherwise", (4, None)),
    (other_ends, "registered_count", (1, None)), (other_ends, "same_day_transfer_rate", (1, 1)),
    (late_entries, "same_day_transfer_rate", (1, 1)), (carried, "carried_over", (1, None)),
)  # fmt: skip


@pytest.mark.parametrize(("story", "name", "expected"), LINES, ids=[f"{s.__name__}-{n}" for s, n, _ in LINES])
def test_each_line_of_the_table_counts_as_it_says(office, story, name, expected):
    """M1-INF-03, M1-SAT-03, M1-FUP-02, M1-FUP-03, M1-FUP-04, M1-TRF-05, M1-TRF-06, M1-TRF-07, M1-ACC-03, M1-HDL-01,
    M1-HDL-04, M1-HDL-06, M1-RPL-04, M1-LST-02, M1-LST-04, M1-OVL-07."""
    story(office)
    found = office.figure(name)
    assert (found.numerator, found.denominator) == expected
    if expected[1]:
        assert found.value == round(expected[0] / expected[1], 4)
        assert len(found.denominator_cases) <= found.denominator
    assert len(set(found.cases)) == len(found.cases)
    assert office.desk.rebuild(check=True).equal


def test_sixty_days_run_out_three_months_later(office):
    completions(office)
    found = office.figure("closed_60_rate", "2026-12", "2027-01-20T12:00")
    assert (found.numerator, found.denominator) == (2, 3)


def test_urging_and_lateness_are_counted_in_the_month_in_which_they_fell(office):
    urgings(office)
    assert office.figure("urged_count", "2026-10").numerator == 0
    found = office.figure("urged_count", "2026-11", by="department")
    assert (found.numerator, [(g.key, g.numerator) for g in found.groups]) == (2, [("EPB", 2)])
    assert office.figure("overdue_count", "2026-10").cases == (office.case,)
    assert office.figure("closed_15_rate", "2026-11").numerator == 0


def test_pairs_of_departments_stand_behind_disputes(office):
    disputes(office)
    figures = {f.id: f for f in office.figures("2026-10").indicators}
    assert [(g.key, g.numerator) for g in figures["disputed_count"].groups] == [("COMMERCE→EPB", 1)]
    assert [(g.key, g.numerator) for g in figures["designated_count"].groups] == [("EPB→CONSTR", 1)]


def test_no_case_is_no_data_and_never_a_percentage(office):
    for found in office.figures("2026-10").indicators:
        assert found.value is None if found.denominator == 0 else found.value == 0, found.id
        assert found.shown in {"无数据", "0"}
        assert bool(found.reason) is (found.denominator == 0), found.id


def test_an_unfinished_period_says_until_when_and_leaves_out_what_is_not_due(office):
    office.at("2026-10-12T09:00")
    office.accepted()
    early = office.figures("2026-10", "2026-10-13T10:30")
    assert not early.finished and "截至10月13日10时30分（未终结）" in early.standing
    assert next(f for f in early.indicators if f.id == "closed_15_rate").denominator == 0
    notice = next(f for f in early.indicators if f.id == "acceptance_notice_rate")
    assert (notice.numerator, notice.denominator, notice.pending) == (1, 1, 0)
    office.sent("2026-10-13T11:00")
    office.do("EPB", "accept")
    running = office.figure("acceptance_notice_rate", "2026-10", "2026-10-14T09:00")
    assert (running.numerator, running.denominator, running.pending) == (1, 2, 1)
    assert office.figures("2026-10").finished


def test_the_statistical_month_is_a_setting(office):
    office.new("2026-09-27T09:00")
    office.new("2026-10-25T23:59")
    office.new("2026-10-26T00:00")
    assert office.figure("registered_count").numerator == 2
    office.desk.choose_setting("stats.month", "from_26", "区政府统计口径")
    assert office.figure("registered_count").numerator == 2
    assert office.figures("2026-10").start == "2026-09-26T00:00:00+08:00"
    assert office.figure("registered_count", "2026-Q4").numerator == 3


def test_what_is_reopened_counts_again(office):
    office.new("2026-10-12T09:00")
    office.do("COMMERCE", "void", outcome="void", reason="重复登记", approver="何建平")
    assert office.figure("registered_count").numerator == 0
    office.do("COMMERCE", "reopen", "leader", reason="不是重复")
    assert office.figure("registered_count").numerator == 1
    assert office.figure("ended_otherwise").numerator == 0


def test_groups_by_every_word_of_the_command_line(office):
    office.sent("2026-10-12T09:00", town="望江街道", channel="visit")
    office.new("2026-10-13T22:10", town="石桥街道", facts={"medium": "air", "source": "catering"})
    wanted = {
        "department": {"COMMERCE": 2}, "town": {"望江街道": 1, "石桥街道": 1}, "category": {"noise": 1, "air": 1},
        "channel": {"visit": 1, "phone": 1}, "source": {"construction": 1, "catering": 1}, "hour": {"09": 1, "22": 1},
    }  # fmt: skip
    for by, groups in wanted.items():
        found = office.figure("registered_count", by=by)
        assert {g.key: g.numerator for g in found.groups} == groups, by
    with pytest.raises(RuleBroken) as refused:
        office.figures("2026-10", by="colour")
    assert refused.value.code == "field_value"


@pytest.mark.parametrize("words", ["2026-13", "2026-Q5", "2026-H3", "26-10", "", "今年", "2026-1"])
def test_a_period_that_is_none_is_refused_with_the_cure(desk, words):
    with pytest.raises(RuleBroken) as refused:
        statistics.count(desk, words)
    assert refused.value.code == "period_unknown"


def test_sums_are_made_anew_in_pieces_that_go_on_after_a_stop_and_take_acts_in_between(office, monkeypatch):
    satisfaction(office)
    transfers(office)
    before = [numbers(f) for f in office.figures("2026-10").indicators]
    with office.desk._replica.write() as connection:
        tallies.begin(connection, "")
    monkeypatch.setattr(tallying, "ANEW", 2)
    monkeypatch.setattr(tallying, "BATCH", 2)
    told = []
    with pytest.raises(RuleBroken) as refused:
        statistics.count(office.desk, "2026-10", progress=lambda done, of: told.append((done, of)) or len(told) < 2)
    assert refused.value.code == "figures_stopped" and told == [(2, 6), (4, 6)]
    with office.desk._replica.read() as connection:
        reached = tallies.state(connection)[1]
    counted = min(row.case_id for row in office.desk.page("all").items)
    assert counted <= reached
    office.sit("COMMERCE")
    office.desk.act_from(counted, "note", {"text": "整理期间照常"})
    office.register(happened_at="2026-10-16T10:00", received_at="2026-10-16T09:50", late_reason="整理期间登记")
    after = [numbers(f) for f in office.figures("2026-10").indicators]
    assert office.desk.rebuild(check=True).equal
    names = [one[0] for one in before]
    at = names.index("registered_count")
    assert after[at][1] == before[at][1] + 1 and len(after) == len(before)


def test_a_desk_of_the_old_form_makes_its_facts_anew(office, home):
    satisfaction(office)
    before = office.figures("2026-10")
    with office.desk._replica.write() as connection:
        connection.exec_driver_sql("DELETE FROM count_row")
        connection.exec_driver_sql("UPDATE meta SET value='0' WHERE key='count_form'")
    office.desk.close()
    again = open_desk(home, person="p-zhoumin", now=NOON)
    try:
        assert again.rebuild(check=True).equal
        again.state_clock(office.clock)
        assert list(map(numbers, statistics.count(again, "2026-10").indicators)) == list(
            map(numbers, before.indicators)
        )
    finally:
        again.close()


def test_making_rows_anew_tells_how_far_it_is_and_goes_on_where_it_was_stopped(office, home, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    for _ in range(3):
        office.new("2026-10-12T09:00")
    cases = len(office.desk.page("all", limit=1000).items)
    with office.desk._replica.write() as connection:
        connection.exec_driver_sql("DELETE FROM count_row")
        connection.exec_driver_sql("DELETE FROM task_row")
        connection.exec_driver_sql("UPDATE meta SET value='0' WHERE key='count_form'")
    office.desk.close()
    seen = []

    def told(step, of, share):
        seen.append(share)
        if len(seen) == 3:
            raise RuleBroken("migration_stopped", step=step, of=of)

    with pytest.raises(RuleBroken, match="migration_stopped"):
        open_desk(home, person="p-zhoumin", now=NOON, told=told)
    again = open_desk(home, person="p-zhoumin", now=NOON, told=told)
    try:
        assert seen == [n / cases for n in (0, 1, 2, *range(2, cases))], "nothing is done twice"
        assert again.rebuild(check=True).equal
    finally:
        again.close()


def test_a_frozen_period_stays_and_later_entries_are_corrections(office):
    office.rated("2026-10-12T09:00", "satisfied")
    office.new("2026-10-20T09:00")
    office.at("2026-11-05T09:00")
    office.sit("COMMERCE")
    with pytest.raises(RuleBroken) as refused:
        freezing.freeze(office.desk, "2026-10")
    assert refused.value.code == "not_overseeing"
    office.sit("C12369")
    with pytest.raises(RuleBroken) as refused:
        freezing.freeze(office.desk, "2026-11")
    assert refused.value.code == "period_running"
    before = office.figures("2026-10", "2026-11-05T09:00")
    kept = freezing.freeze(office.desk, "2026-10")
    assert kept.frozen_at and kept.cut == "2026-11-05T09:00:00+08:00"
    assert _numbers(kept) == _numbers(before)
    by = {name: statistics.count(office.desk, "2026-10", name, own=True) for name in BY}
    assert before == office.figures("2026-10", "2026-11-05T09:00", own=True)
    office.at("2026-11-06T09:00")
    with pytest.raises(RuleBroken) as refused:
        freezing.freeze(office.desk, "2026-10")
    assert refused.value.code == "period_frozen"

    office.at("2026-11-07T09:00")
    office.sit("COMMERCE")
    office.register(happened_at="2026-10-21T17:00", received_at="2026-10-21T16:50", late_reason="当时断网")
    late = office.case
    again = statistics.count(office.desk, "2026-10")
    assert again == kept, "frozen figures stay to the letter"
    for name in BY:
        grouped = statistics.count(office.desk, "2026-10", name)
        assert list(map(numbers, grouped.indicators)) == list(map(numbers, by[name].indicators))
    later = freezing.corrections(office.desk, "2026-10")
    assert any(late in one.came and one.now_numerator == one.numerator + 1 for one in later)
    assert _numbers(office.figures("2026-10", "2026-11-07T09:00", own=True)) != _numbers(kept)


def _numbers(view):
    return [
        (
            *(f.id, f.numerator, f.denominator, sorted(f.cases), sorted(f.denominator_cases), f.pending),
            *((g.by, g.key, g.numerator, g.denominator, g.rank, sorted(g.cases)) for g in f.groups),
        )
        for f in view.indicators
    ]


def test_figures_go_out_as_a_workbook_with_live_cells_and_as_a_bulletin(office, tmp_path):
    """M1-INF-03: every value in the workbook is a formula over its cells; the bulletin has the ranking."""
    office.rated("2026-10-12T09:00", "satisfied")
    office.rated("2026-10-13T09:00", "dissatisfied", reason="仍有噪声")
    view = office.figures("2026-10")
    book = load_workbook(io.BytesIO(figures_out.workbook(office.desk, view)))
    sheet, groups, cases, beside, heat = book.worksheets
    assert beside.cell(2, 5).value.startswith("=IF(OR(B2=") and heat.cell(2, heat.max_column).value.startswith(
        "=SUM(B2:"
    )
    for n, one in enumerate(view.indicators, 4):
        assert (sheet.cell(n, 1).value, sheet.cell(n, 2).value, sheet.cell(n, 3).value) == (
            one.name, one.numerator, one.denominator,
        )  # fmt: skip
        assert sheet.cell(n, 4).value.startswith(f"=IF(C{n}=0," if one.denominator is not None else f"=B{n}")
        assert ("无数据" in sheet.cell(n, 4).value) is (one.denominator == 0)
    assert groups.max_row - 1 == sum(len(f.groups) for f in view.indicators)
    numbers = {office.desk.case(c).number for f in view.indicators for c in f.cases}
    assert numbers <= {cases.cell(n, 2).value for n in range(2, cases.max_row + 1)}
    office.desk.renderer = renderer(bundled_only=True)
    expected = {
        "work": ("2026年10月工作情况通报", "名次", "群众满意率", "环比"),
        "satisfaction": ("满意率及排序通报", "口径：回访", "名次", "未联系到", "受理人员态度满意率"),
        "analysis": ("分析评估报告", "镇街与来源", "逾期环节及责任单位", "污染来源", "重复投诉热点"),
    }
    office.new("2026-09-20T09:00"), office.new("2026-10-20T09:00"), office.at("2026-12-31T12:00")
    view = statistics.count(office.desk, "2026-10")
    for kind, words in expected.items():
        made = bulletins.bulletin(office.desk, view, kind)
        text = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(made.pdf)).replace("\r\n", "")
        assert not [word for word in words if word not in text], kind
        assert CALL["complainant_name"] not in text and not made.missing_glyphs
    with pytest.raises(RuleBroken) as refused:
        bulletins.bulletin(office.desk, view, "song")
    assert refused.value.code == "field_value"


@pytest.mark.parametrize(("name", "last", "year"), [
    ("2026-10", "2026-09", "2025-10"), ("2026-01", "2025-12", "2025-01"), ("2026-Q1", "2025-Q4", "2025-Q1"),
    ("2026-H2", "2026-H1", "2025-H2"), ("2026", "2025", "2025"),
])  # fmt: skip
def test_periods_before(name, last, year):
    assert (before(name), before(name, years=1)) == (last, year)


def test_figures_stand_beside_the_period_before_and_a_year_earlier(office):
    office.rated("2026-09-29T09:00", "dissatisfied", reason="仍有噪声")
    office.rated("2026-10-12T09:00", "satisfied")
    office.rated("2026-10-13T09:00", "satisfied")
    office.at("2026-12-31T12:00")
    found = {c.id: c for c in statistics.compared(office.desk, "2026-10")}
    rate, number = found["satisfaction_rate"], found["registered_count"]
    assert (rate.shown, rate.before_shown, rate.change, rate.year_shown, rate.change_year) == (
        "100.0%",
        "0.0%",
        100.0,
        "无数据",
        None,
    )
    assert (number.shown, number.before_shown, number.change) == ("2", "1", 100.0)
    assert number.change_year is None, "from nought nothing can be said in per cent"


def test_what_a_round_brings_while_figures_are_read_is_in_all_of_them_or_in_none(office, monkeypatch):
    """OFFICE-B9: a consistent cut. A case is kept by another thread between two readings of one and the same answer."""
    office.new("2026-10-12T09:00")
    plain, kept = statistics.records, []

    def meanwhile(desk, span, connection):
        if not kept:
            other = threading.Thread(target=lambda: kept.append(desk.act_from("new", "register", CALL).case))
            other.start()
            other.join(30)
        return plain(desk, span, connection)

    monkeypatch.setattr(statistics, "records", meanwhile)
    before = {f.id: f for f in statistics.count(office.desk, "2026-10").indicators}
    assert kept and before["registered_count"].numerator == before["hot_town"].numerator == 1
    now = {f.id: f.numerator for f in statistics.count(office.desk, "2026-10").indicators}
    assert now["registered_count"] == 2
