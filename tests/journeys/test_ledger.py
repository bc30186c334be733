"""Records and meetings of three mechanisms on a real desk: owed, entered, sent, received, corrected, decided, closed."""

import random
from datetime import datetime, timedelta

import pytest

from liaison_app.desk import opening
from liaison_app.desk.beginning import Begun, begun
from liaison_app.desk.gathering import gathered
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from tests.conftest import CALL, NOON


class Ledger:
    """A demo district in which each step is taken by a person of the body that may."""

    def __init__(self, desk):
        self.desk, self.clock = desk, NOON

    def later(self, **span):
        self.clock += timedelta(**span)
        self.desk.state_clock(self.clock)

    def sit(self, body, role="liaison"):
        people = [p for p in self.desk.roster.people if p.body == body]
        self.desk.switch_person(next((p for p in people if role in p.roles), people[0]).id)

    def open(self, body, kind, /, **data):
        self.sit(body)
        self.later(minutes=3)
        return self.desk.open_record(kind, data).record

    def do(self, body, record, step, role="liaison", /, **data):
        self.sit(body, role)
        self.later(minutes=3)
        return self.desk.step_record(record, step, data)

    def refused(self, code, run):
        with pytest.raises(RuleBroken) as refusal:
            run()
        assert refusal.value.code == code, refusal.value.facts
        return refusal.value

    def today(self, body):
        self.sit(body)
        return {
            (t.kind, t.record_kind or t.action, t.period): t for t in self.desk.today() if t.kind in {"record", "owed"}
        }

    def clock_of(self, body, record, rule):
        self.sit(body)
        return [(d.state, d.due) for d in self.desk.record(record).deadlines if d.rule == rule]

    def whole(self):
        assert self.desk.verify().ok
        checked = self.desk.rebuild(check=True)
        assert checked.equal, checked.differences
        assert self.desk.rebuild(check=False).rows == checked.rows
        assert self.desk.rebuild(check=True).equal


@pytest.fixture
def district(tmp_path):
    desks = []

    def make(mechanism):
        opening.found_demo(tmp_path / mechanism, mechanism)
        desk = opening.open_desk(tmp_path / mechanism, now=NOON)
        desks.append(desk)
        return Ledger(desk)

    yield make
    for desk in desks:
        desk.close()


# -- cadence -----------------------------------------------------------------------------------------


def test_monthly_information_is_owed_until_it_is_sent_and_late_after_the_month(district):
    """M1-INF-02, OFFICE-C5."""
    office = district("M1")
    task = office.today("MUNI")["owed", "monthly", "2026-09"]
    assert (task.due, task.level) == ("2026-09-30T23:59:59+08:00", "today")
    record = office.open("MUNI", "monthly", work="管网排查三处")
    assert office.desk.record(record).period == "2026-09"
    today = office.today("MUNI")
    assert ("owed", "monthly", "2026-09") not in today, "the draft waits instead"
    assert today["record", "approve", ""].due == "2026-09-30T23:59:59+08:00"
    office.do("MUNI", record, "approve", approved_by="局长")
    office.do("MODELCITY", record, "urge", comment="请于今日报送")
    office.do("MUNI", record, "send")
    assert office.clock_of("MUNI", record, "M1-INF-02") == [("met", "2026-09-30T23:59:59+08:00")]
    assert not any(key[1] == "monthly" for key in office.today("MUNI"))
    assert office.today("MODELCITY")["record", "take", ""].title.startswith("区市政局 2026年9月")
    office.do("MODELCITY", record, "return", comment="补充渣土车数据")
    office.do("MUNI", record, "approve", approved_by="局长", work="管网排查三处，渣土车二十台次")
    office.do("MUNI", record, "send")
    office.do("MODELCITY", record, "take")
    office.later(days=2)
    assert office.today("EPB")["owed", "monthly", "2026-09"].level == "late"
    assert office.today("EPB")["owed", "monthly", "2026-10"].level != "late"
    assert {v.body for v in office.desk.owed_to("monthly") if v.period == "2026-09"} >= {"EPB", "POLICE"}
    assert "MUNI" not in {v.body for v in office.desk.owed_to("monthly") if v.period == "2026-09"}
    late = office.open("EPB", "monthly", work="执法检查")
    assert office.desk.record(late).period == "2026-09", "the earliest that is owed"
    office.refused("record_period", lambda: office.desk.open_record("monthly", {"work": "x", "period": "2026-Q3"}))
    office.whole()


def test_monthly_information_begins_with_the_figures_of_its_own_body(district):
    """M1-INF-02, OFFICE-C5: the counts of the month that is owed, and until when they are known."""
    office = district("M1")
    office.sit("COMMERCE")
    for _ in range(3):
        office.desk.act_from("new", "register", CALL)
    found = begun(office.desk, "monthly", {})
    assert found.fields["figures"].startswith(
        "登记数3、移送数0、受理数0、办结数0、逾期数0（2026年9月1日至2026年9月30日，截至9月30日"
    )
    assert not found.lines
    office.sit("MUNI")
    assert begun(office.desk, "monthly", {}).fields["figures"].startswith("登记数0、")
    assert begun(office.desk, "monthly", {}, "2026-08").fields["figures"].endswith("（2026年8月1日至2026年8月31日）")
    assert begun(office.desk, "duty-log", {}) == Begun(fields={}, lines={})
    office.refused("record_kind_unknown", lambda: begun(office.desk, "nothing", {}))


def test_a_bulletin_is_put_together_from_the_reports_signed_and_sent(district):
    """M1-INF-01, M1-ANA-02, OFFICE-B7: sources stay with it, a leader signs, the distribution is listed."""
    office = district("M1")
    month = office.open("MUNI", "monthly", work="清理占道烧烤二十处", problems="夜间反弹")
    office.sit("MODELCITY")
    assert gathered(office.desk, "work-bulletin").sources == (), "what was not sent is no source"
    office.do("MUNI", month, "approve", approved_by="局长")
    office.do("MUNI", month, "send")
    office.sit("MODELCITY")
    found = gathered(office.desk, "work-bulletin")
    assert "【区市政局】" in found.text and "夜间反弹" in found.text and found.sources[0]["body"] == "MUNI"
    lines = {"sources": list(found.sources)}
    record = office.open("EPB", "work-bulletin", title="9月环境投诉工作简报", text=found.text, lines=lines)
    office.refused(
        "not_your_office",
        lambda: [
            office.do("EPB", record, "check", checked_by="赵文静"),
            office.do("EPB", record, "sign", signed_by="孙立群"),
        ],
    )
    office.sit("EPB", "leader")
    assert [p.action for p in office.desk.folder() if p.kind == "record"] == ["sign"], "it waits in the 签批夹"
    office.do("EPB", record, "sign", "leader", signed_by="孙立群")
    office.refused("lines_missing", lambda: office.do("EPB", record, "publish", issue="第9期"))
    office.do("EPB", record, "publish", issue="第9期", lines={"distribution": [{"to": "各有关单位", "copies": 30}]})
    paper = office.desk.official("work-bulletin", [record])[0].paper
    assert paper.title == "9月环境投诉工作简报" and "夜间反弹" in str(paper)
    assert paper.number == "第9期" and not paper.fields and not paper.sections[0].heading, "the text stands for itself"
    assert [s.text for s in paper.sections[1:]] == [("信息来源：区市政局",), ("发送范围：各有关单位",)]
    office.sit("COMMERCE")
    assert office.desk.record(record).state == "PUB", "whoever it is sent to reads it"
    office.whole()


def test_a_monthly_ranking_is_owed_by_the_model_city_office_alone(district):
    """M1-INF-03."""
    office = district("M1")
    assert ("owed", "rankings", "2026-09") in office.today("MODELCITY")
    assert ("owed", "rankings", "2026-09") not in office.today("EPB")
    record = office.open("MODELCITY", "rankings", basis="群众回访", cut="2026-09-30T18:00")
    office.do("MODELCITY", record, "publish", issue="第9期", content="满意率排序")
    assert not any(key[1] in {"rankings", "publish"} for key in office.today("MODELCITY"))


def test_a_rolling_period_begins_with_the_record_before(district):
    """cal.cadence: the same length after the previous one."""
    office = district("M1")
    office.sit("MODELCITY")
    office.desk.choose_setting("cal.cadence", "rolling", "试行", running=True)
    assert not any(key[1] == "monthly" for key in office.today("MUNI")), "due a month after the desk began"
    record = office.open("MUNI", "monthly", work="一")
    office.do("MUNI", record, "approve", approved_by="局长")
    office.do("MUNI", record, "send")
    assert not any(key[1] == "monthly" for key in office.today("MUNI"))
    office.later(days=20)
    task = next(t for key, t in office.today("MUNI").items() if key[1] == "monthly")
    assert task.due == "2026-10-30T23:59:59+08:00"


def test_a_roster_once_sent_stands_until_it_is_replaced(district):
    """M4-LIA-01, M4-LIA-03, M4-LIA-04."""
    office = district("M4")
    assert office.today("EDU")["owed", "liaison-roster", "once"].due == "2026-12-23T17:00:00+08:00"
    roster = office.open("EDU", "liaison-roster", person="耿直", duty="科长", telephone="8312001", head="true")
    office.do("EDU", roster, "send")
    office.do("CENTER", roster, "receive")
    assert not any(k[1] == "liaison-roster" for k in office.today("EDU"))
    change = office.open(
        "EDU", "liaison-changes", old="耿直", new="童心", duty="副科长", telephone="8312009", changed_on="2026-09-30"
    )
    assert office.clock_of("EDU", change, "M4-LIA-04") == [("open", "2026-10-08T23:59:59+08:00")], "one working day"
    refusal = office.refused("field_missing", lambda: office.do("EDU", change, "send"))
    assert refusal.facts["field"] == "paper"
    office.do("EDU", change, "send", paper="区教〔2026〕31号")
    assert office.clock_of("EDU", change, "M4-LIA-04")[0][0] == "met"
    office.refused("reason_missing", lambda: office.desk.open_record(
        "liaison-roster", {"replaces": roster, "person": "童心", "duty": "副科长", "telephone": "8312009", "head": "true"}))  # fmt: skip
    new = office.open(
        "EDU", "liaison-roster", replaces=roster, reason="联络员变更", person="童心", duty="副科长", telephone="8312009",
        head="true",
    )  # fmt: skip
    office.sit("EDU")
    assert office.desk.record(roster).ended == "replaced"
    office.refused("record_replaced", lambda: office.do("EDU", roster, "end", reason="x"))
    assert office.today("EDU")["record", "send", ""].due, "the successor is not sent yet: the duty is open again"
    office.do("EDU", new, "send")
    assert not any(k[1] in {"liaison-roster", "send"} for k in office.today("EDU"))
    office.whole()


def test_a_duty_roster_has_somebody_at_every_hour_and_is_checked(district):
    """M4-DTY-01, M4-DTY-02, M4-DTY-05, M4-DTY-06."""
    office = district("M4")
    assert office.today("EDU")["owed", "duty-roster", "once"].due is None, "the source names no date"
    day = {"hotline": "8312000", "from": "2026-10-01T08:00", "until": "2026-10-02T08:00", "leader": "局长"}
    morning = {"from": "2026-10-01T08:00", "until": "2026-10-01T20:00", "person": "耿直"}
    night = {"from": "2026-10-01T20:00", "until": "2026-10-02T08:00", "person": "童心"}
    record = office.open("EDU", "duty-roster", **day, lines={"shifts": [morning]})
    gap = office.refused("duty_gap", lambda: office.do("EDU", record, "send"))
    assert gap.facts["start"].startswith("2026-10-01T20:00")
    office.do("EDU", record, "add-shifts", lines={"shifts": [night]})
    office.do("EDU", record, "send")
    assert not any(k[1] == "duty-roster" for k in office.today("EDU"))
    change = office.open(
        "EDU", "duty-changes", old="童心", new="邓宁", hotline="8312000", changed_at="2026-10-01T21:00"
    )
    assert office.clock_of("EDU", change, "M4-DTY-06")[0][1] == "2026-10-01T21:00:00+08:00", "at the first moment"
    office.do("EDU", change, "send")
    check = office.open(
        "CENTER", "spot-checks", unit="EDU", method="phone", answered="false", result="failed", found="无人接听"
    )
    office.do("CENTER", check, "tell")
    office.do("EDU", check, "correct", corrected="已加装转接")
    office.sit("EDU")
    assert office.desk.record(check).ended == "ended"
    office.sit("HEALTH")
    office.refused("record_unknown", lambda: office.desk.record(check))
    office.later(days=3)
    assert ("owed", "duty-roster", "once") in office.today("EDU"), "the roster has run out"
    office.whole()


# -- supervision, musters, information ---------------------------------------------------------------


def test_a_supervision_round_is_reported_told_and_summed_up_in_time(district):
    """M4-SUP-01..04."""
    office = district("M4")
    record = office.open(
        "LEADGROUP",
        "supervision-rounds",
        occasion="国庆",
        form="joint",
        object=["EDU", "HEALTH"],
        group="组长和两名成员",
    )
    office.do("LEADGROUP", record, "begin")
    office.do("LEADGROUP", record, "finish", responsibility="责任到人", tasks="晨午检落实")
    due = "2026-10-08T23:59:59+08:00"
    assert office.clock_of("LEADGROUP", record, "M4-SUP-03") == [("open", due), ("open", due)]
    assert office.today("CENTER")["record", "summarise", ""].due == due
    office.do("LEADGROUP", record, "report", problems="一处缺岗", opinions="补岗")
    office.do("LEADGROUP", record, "tell")
    office.do("CENTER", record, "summarise", summary="总体良好")
    assert not any(k[0] == "record" for k in office.today("CENTER"))
    assert [s for s, _ in office.clock_of("LEADGROUP", record, "M4-SUP-03")] == ["met", "met"]
    office.do("EDU", record, "improve", improved="已补岗")
    office.refused("not_your_record", lambda: office.do("CENTER", record, "tell"))
    office.do("LEADGROUP", record, "end", reason="督查完结")
    office.whole()


def test_an_order_musters_staff_and_a_command_has_its_groups(district):
    """M4-DTY-03, M4-DTY-04, M4-PRO-04, M4-CMD-01, M4-CMD-02, M4-PRO-01."""
    office = district("M4")
    order = office.open("EMERG", "musters", order="赶赴某校", time="2026-09-30T09:05", plan_at="2026-09-30T09:00")
    assert office.clock_of("EMERG", order, "M4-DTY-03")[0][0] == "open"
    office.do("EMERG", order, "muster", reported_to="局长", mustered="两车八人")
    assert office.clock_of("EMERG", order, "M4-DTY-03")[0][0] == "met"
    office.do("EMERG", order, "depart")
    office.do("EMERG", order, "keep-contact", words="每小时报一次")
    office.do("EMERG", order, "arrive")
    assert office.clock_of("EMERG", order, "M4-PRO-04")[0][0] == "met"
    command = office.open("HQ", "field-commands", place="某校操场", commander="景浩", named_by="leader")
    office.refused("lines_missing", lambda: office.do("HQ", command, "form-groups"))
    office.do(
        "HQ",
        command,
        "form-groups",
        lines={"groups": [{"group": "medical", "lead": ["HEALTH"], "members": ["CULTURE", "REDCROSS"]}]},
    )
    office.do("HEALTH", command, "report-in")
    report = office.open(
        "CENTER", "information-reports", what="聚集性发热", kind="first", learned_at="2026-09-30T09:00", reporter="艾欣"
    )
    office.do("CENTER", report, "send")
    office.do("HEALTH", report, "start-plan")
    assert [s for s, _ in office.clock_of("CENTER", report, "M4-PRO-02")] == ["met"]
    office.whole()


def test_information_is_shared_within_a_working_day_or_the_longer_date_is_told(district):
    """M2-SHR-01, M2-SHR-02, M2-LNK-01."""
    office = district("M2")
    record = office.open("COUNTY_DEPT", "share-dynamics", title="检查记录九月", formed_at="2026-09-30T16:00")
    assert office.clock_of("COUNTY_DEPT", record, "M2-SHR-01") == [("open", "2026-10-08T23:59:59+08:00")]
    office.do("COUNTY_DEPT", record, "extend", extended_to="2026-10-15", why_longer="数据整理")
    assert office.clock_of("COUNTY_DEPT", record, "M2-SHR-01") == [("open", "2026-10-15T23:59:59+08:00")]
    office.do("COUNTY_DEPT", record, "share")
    office.do("TOWN", record, "receive")
    danger = office.open("TOWN", "dangers", danger="堤坝渗水", found_at="2026-09-30T09:00")
    office.do("TOWN", danger, "send")
    assert office.clock_of("TOWN", danger, "M2-LNK-01")[0][0] == "met"
    office.sit("COUNTY_DEPT")
    moved = office.desk.enter_year({"year": 2026, "rest": ["2026-10-01"], "make_up": []})
    assert isinstance(moved, list)
    office.whole()


def test_a_new_calendar_moves_the_due_dates_of_records_too(district):
    office = district("M2")
    record = office.open("COUNTY_DEPT", "share-dynamics", title="检查记录", formed_at="2026-09-29T16:00")
    number = office.desk.record(record).number
    office.sit("TOWN")
    moved = office.desk.enter_year({"year": 2026, "rest": ["2026-09-30", "2026-10-01"], "make_up": []})
    assert {
        "case": number,
        "rule": "M2-SHR-01",
        "old": "2026-09-30T23:59:59+08:00",
        "new": "2026-10-02T23:59:59+08:00",
    } in moved
    office.whole()


def test_lists_have_versions_and_an_entrustment_two_signatures(district):
    """M2-PWR-01, M2-PWR-05, M2-PWR-10."""
    office = district("M2")
    matters = [{"matter": "违法建设", "basis": "条例", "kind": "assigned", "department": "县住建局"}]
    first = office.open("TOWN", "assigned-list", version="2026-1", date="2026-09-30", lines={"matters": matters})
    office.do("TOWN", first, "publish")
    second = office.open(
        "TOWN", "assigned-list", version="2026-2", date="2026-10-01", replaces=first, reason="增列一项",
        lines={"matters": [*matters, {**matters[0], "matter": "占道经营"}]},
    )  # fmt: skip
    office.sit("COUNTY_DEPT")
    assert [t.lines[0].cells[0] for t in office.desk.record(second).tables] == ["违法建设"]
    assert office.desk.record(first).ended == "replaced"
    office.refused(
        "record_replaced",
        lambda: office.open("TOWN", "assigned-list", version="2026-3", date="2026-10-02", replaces=first, reason="x"),
    )
    paper = office.open(
        "COUNTY_DEPT", "entrustments", township="TOWN", powers="农药检查", authority="检查", responsibility="部门承担",
        **{"from": "2026-10-01", "until": "2027-09-30"},
    )  # fmt: skip
    office.refused("not_your_office", lambda: office.do("COUNTY_DEPT", paper, "sign", number="石农委〔2026〕1号"))
    office.do("COUNTY_DEPT", paper, "sign", "leader", number="石农委〔2026〕1号")
    office.do("TOWN", paper, "countersign", "leader")
    office.sit("TOWN")
    assert office.desk.record(paper).state_name == "已生效"
    office.whole()


# -- meetings ----------------------------------------------------------------------------------------


def test_a_half_yearly_meeting_from_approval_to_the_last_closed_decision(district):
    """M4-MTG-01..05, OFFICE-B10, OFFICE-B11, OFFICE-C14."""
    office = district("M4")
    assert office.today("GOV_OFFICE")["owed", "meeting/joint", "2026-H2"].due == "2026-12-31T23:59:59+08:00"
    meeting = office.open("GOV_OFFICE", "meeting/joint", theme="秋冬防控", content="部署", form="工作部署会",
                          lines={"agenda": [{"item": "晨午检情况", "body": "EDU"}]})  # fmt: skip
    assert ("owed", "meeting/joint", "2026-H2") not in office.today("GOV_OFFICE")
    when = {"at": "2026-10-12T09:00", "place": "区政府二楼"}
    office.refused("record_state", lambda: office.do("GOV_OFFICE", meeting, "call", **when))
    office.do("LEADGROUP", meeting, "approve", "leader", approval="同意召开")
    office.do("GOV_OFFICE", meeting, "call", **when)
    assert office.today("EDU")["record", "answer", ""]
    office.do("EDU", meeting, "answer", lines={"attendance": [{"how": "excused"}]})
    office.refused(
        "not_your_record",
        lambda: office.do("HEALTH", meeting, "answer", lines={"attendance": [{"body": "EDU", "how": "present"}]}),
    )
    office.do(
        "HEALTH", meeting, "answer", lines={"attendance": [{"how": "substitute", "person": "戴维", "for": "方晴"}]}
    )
    assert ("record", "answer", "") not in office.today("EDU")
    office.later(days=12)
    office.do(
        "GOV_OFFICE",
        meeting,
        "hold",
        chair="毛健",
        lines={"attendance": [{"body": "EMERG", "how": "present", "person": "霍杰"}]},
    )
    assert office.clock_of("GOV_OFFICE", meeting, "M4-MTG-01")[0][0] == "met"
    decisions = [
        {"what": "校医配齐", "lead": "EDU", "assisting": ["HEALTH"], "due": "2026-10-30"},
        {"what": "储备清单", "lead": "HEALTH", "due": "2026-10-20"},
    ]
    office.do("GOV_OFFICE", meeting, "decide", lines={"decisions": decisions})
    task = office.today("GOV_OFFICE")["record", "tell-absent", ""]
    assert office.desk.record(task.record_id).absent == ("区教育局",), (
        "absent from its own item: decided anyway, told afterwards"
    )
    office.do(
        "GOV_OFFICE", meeting, "tell-absent", lines={"told": [{"body": "EDU", "person": "耿直", "items": "校医"}]}
    )
    assert ("record", "tell-absent", "") not in office.today("GOV_OFFICE")
    office.do("CENTER", meeting, "minutes", minutes="会议议定两项")
    office.refused("record_state", lambda: office.do("CENTER", meeting, "publish", minutes_no="〔2026〕1号"))
    office.do("CENTER", meeting, "sign", approved_by="组长")
    office.do("CENTER", meeting, "publish", minutes_no="〔2026〕1号")
    assert office.desk.record(meeting).paper_title == "区突发公共事件卫生应急工作联席会议纪要"
    assert office.today("EDU")["record", "progress", ""].due == "2026-10-30T23:59:59+08:00"
    office.refused("not_your_record", lambda: office.do("HEALTH", meeting, "done", line=2, reason="清单已报"))
    told = {"progress": [{"of": 2, "how": "finished", "words": "清单已报"}]}
    assert ("record", "done", "") not in office.today("GOV_OFFICE")
    office.do("HEALTH", meeting, "progress", lines=told)
    assert ("record", "progress", "") not in office.today("HEALTH")
    assert ("record", "done", "") in office.today("GOV_OFFICE")
    office.do("GOV_OFFICE", meeting, "done", line=2, reason="清单已核")
    office.refused("line_unknown", lambda: office.do("GOV_OFFICE", meeting, "done", line=2, reason="又一次"))
    office.refused("lines_open", lambda: office.do("GOV_OFFICE", meeting, "close"))
    office.later(days=30)
    assert office.today("EDU")["record", "progress", ""].level == "late"
    office.do("GOV_OFFICE", meeting, "done", line=1, reason="已配齐")
    office.sit("EDU")
    states = {d.state for d in office.desk.record(meeting).deadlines if d.event == "decisions"}
    assert states == {"met", "missed"}
    office.do("GOV_OFFICE", meeting, "close")
    assert office.desk.record(meeting).ended == "ended"
    office.sit("EDU")
    assert not [t for t in office.desk.today() if t.kind == "record" and t.record_id == meeting]
    office.whole()


def test_a_quarterly_meeting_is_met_by_the_quarter_in_which_it_was_held(district):
    """M1-MTG-01, M1-MTG-02, M1-JNT-03."""
    office = district("M1")
    assert ("owed", "meeting/joint", "2026-Q3") in office.today("EPB")
    meeting = office.open("POLICE", "meeting/joint", theme="渣土车噪声")
    assert ("record", "call", "") in office.today("EPB"), "one party proposed it"
    office.do("EPB", meeting, "call", at="2026-09-30T15:00", place="会议室")
    office.do("EPB", meeting, "invite", observers="区广播电视台")
    office.do("EPB", meeting, "hold", chair="局长", lines={"attendance": [{"body": "POLICE", "how": "present"}]})
    assert not any(k[1] == "meeting/joint" for k in office.today("EPB"))
    office.later(days=2)
    assert ("owed", "meeting/joint", "2026-Q4") in office.today("EPB")
    assert ("owed", "meeting/joint", "2026-Q3") not in office.today("EPB")
    office.whole()


# -- a complaint that a publicity explains -----------------------------------------------------------


def test_a_construction_complaint_finds_the_publicity_with_the_words_to_explain(district):
    """OFFICE-C4, M1-PUB-01..03, M1-COO-01, M1-COO-02, M1-NOI-07."""
    office = district("M1")
    plan = {
        "project": "锦绣名城二期",
        "place": "望江街道滨河路8号",
        "builder": "某建设公司",
        "works_start": "2026-10-10",
        "until": "2026-12-31",
    }
    record = office.open("CONSTR", "publicity", **plan, noise_start="2026-10-11")
    assert office.clock_of("CONSTR", record, "M1-PUB-01") == [("open", "2026-10-05T23:59:59+08:00")]
    assert office.clock_of("CONSTR", record, "M1-PUB-03") == [("open", "2026-10-10T23:59:59+08:00")]
    assert office.today("CONSTR")["record", "publish", ""].due == "2026-10-05T23:59:59+08:00"
    assert office.desk.explained("滨河路8号", "") == (), "nothing is published yet"
    told = dict.fromkeys(
        (
            "manager_contact",
            "hotline",
            "cause",
            "points",
            "machines",
            "count",
            "area",
            "reduction",
            "undertaking",
            "media",
        ),
        "有",
    )
    office.do(
        "CONSTR",
        record,
        "publish",
        **told,
        hours="7时至22时",
        explanation="按公示施工，已要求减噪",
        contact="工地王工 13900000009",
    )
    assert office.clock_of("CONSTR", record, "M1-PUB-01")[0][0] == "met"
    office.later(days=12)
    office.sit("COMMERCE")
    (found,) = office.desk.explained(CALL["place"], CALL["object"])
    assert dict(found.words)["解释口径"] == "按公示施工，已要求减噪"
    assert found.because == "对象相同"
    assert office.desk.explained("湖滨路1号", "某饭店") == ()
    night = office.open("CONSTR", "night-work", project="滨河路8号基坑抢险", place="滨河路8号", applicant="某建设公司", cause="danger",
                        quantity="两百立方", machines="两台", hours="22时至次日6时", since="2026-10-12", until="2026-10-20")  # fmt: skip
    office.do("EPB", night, "plan", plan="隔声屏障")
    office.do("CONSTR", night, "approve", approval="建委夜证〔2026〕3号", explanation="排危抢险", contact="王工")
    assert office.clock_of("CONSTR", night, "M1-COO-02") == [("open", "2026-10-13T23:59:59+08:00")]
    office.do("CONSTR", night, "file")
    assert ("record", "receive", "") in office.today("C12369")
    office.do("C12369", night, "receive")
    assert ("record", "receive", "") not in office.today("C12369")
    with office.desk._replica.read() as connection:
        waiting = connection.exec_driver_sql("SELECT body FROM record_task_row WHERE record_id=?", (night,)).scalars()
        assert list(waiting) == ["C12319"], "each centre acknowledges for itself"
    assert {f.kind_name for f in office.desk.explained("滨河路8号", "")} == {"公示和现场公告登记", "夜间施工备案登记"}
    office.later(days=30)
    assert {f.kind_name for f in office.desk.explained("滨河路8号", "")} == {"公示和现场公告登记"}, (
        "the night work is over"
    )
    office.whole()


# -- forms, privacy, those without a desk ------------------------------------------------------------


def test_personal_words_travel_apart_and_only_readers_see_them(district):
    office = district("M4")
    roster = office.open("EDU", "liaison-roster", person="独名氏", duty="科长", telephone="8312001", head="true")
    with office.desk._replica.read() as connection:
        opened, personal = (
            connection.exec_driver_sql(
                f"SELECT {what} FROM act a JOIN act_personal p ON p.act_id=a.id WHERE a.id=?", (roster,)
            ).scalar()
            for what in ("a.open", "p.body")
        )
        entries = b"".join(r[0] for r in connection.exec_driver_sql("SELECT data FROM entry"))
        tables = [
            r[0]
            for r in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type='table' AND name LIKE 'record%'"
            )
        ]
        rows = str([connection.exec_driver_sql(f"SELECT * FROM {t}").fetchall() for t in tables])
    assert "独名氏".encode() not in opened + entries
    assert "独名氏".encode() in personal
    assert "独名氏" not in rows
    assert "独名氏" not in str(office.desk.read_records())
    assert "独名氏" not in (office.desk.home / "log" / "desk.log").read_text(encoding="utf-8")
    office.sit("PUBLICITY")
    office.refused("record_unknown", lambda: office.desk.record(roster))


def test_a_refusal_says_the_field_in_the_words_of_the_kind(district):
    from liaison_app.words.errors import told

    office = district("M4")
    office.sit("EDU")
    given = {"person": "甲", "duty": "科长", "telephone": "1", "head": "perhaps"}
    refusal = office.refused("field_type", lambda: office.desk.open_record("liaison-roster", given))
    assert "综合业务科室负责人" in told(refusal.code, refusal.facts, "zh_CN")
    assert "Head of the unit" in told(refusal.code, refusal.facts, "en")
    office.refused(
        "record_field_unknown",
        lambda: office.desk.open_record("liaison-roster", {**given, "head": "true", "shoe": "9"}),
    )
    office.refused("record_kind_unknown", lambda: office.desk.open_record("agreed-matters", {}))
    office.refused("not_your_record", lambda: office.desk.open_record("spot-checks", {"unit": "EDU"}))
    office.refused(
        "reason_missing",
        lambda: office.do("EDU", office.open("EDU", "liaison-roster", **{**given, "head": "true"}), "end"),
    )


def test_on_a_desk_alone_the_collector_enters_what_came_on_paper(tmp_path):
    """OFFICE-A2, COM-02: a unit without a desk sends its roster on paper; the centre enters it for the unit."""
    me = Person(id="p-1", name="艾欣", body="CENTER", roles=("liaison", "administrator"))
    opening.found_alone(tmp_path / "alone", "M4", me, [], "passphrase", "一个够长的口令呀一二三四", "云岭区")
    desk = opening.open_desk(tmp_path / "alone", secret="一个够长的口令呀一二三四")
    try:
        data = {"person": "耿直", "duty": "科长", "telephone": "8312001", "head": "true"}
        proxy = {"for": "耿直", "for_body": "EDU", "evidence": "名册.pdf"}
        record = desk.open_record("liaison-roster", {**data, **proxy})
        desk.step_record(record.record, "send", proxy)
        desk.step_record(record.record, "receive", {})
        view = desk.record(record.record)
        assert (view.body, view.timeline[0].proxy) == ("EDU", "代录：区教育局 耿直")
        assert "EDU" not in {v.body for v in desk.owed_to("liaison-roster")}
        with pytest.raises(RuleBroken) as refusal:
            desk.open_record(
                "experts-teams",
                {
                    "name": "队",
                    "field": "流调",
                    "telephone": "1",
                    "body": "x",
                    "for": "某",
                    "for_body": "HEALTH",
                    "evidence": "x",
                },
            )
        assert refusal.value.code in {"not_your_record", "stand_in_only"}
        assert desk.verify().ok
        assert desk.rebuild(check=True).equal
    finally:
        desk.close()


def test_pages_run_through_many_records_newest_first(district):
    office = district("M4")
    dice = random.Random(4)
    for n in range(23):
        office.later(minutes=dice.randrange(1, 90))
        office.open("HEALTH", "reserves", goods=f"口罩{n}", number="100", place="库房")
    office.sit("CENTER")
    seen, after = [], None
    while True:
        page = office.desk.records("kind:reserves", after=after, limit=5)
        seen += [row.title for row in page.items]
        after = page.next
        if after is None:
            break
    assert seen == [f"口罩{n}" for n in reversed(range(23))]
    assert office.desk.records("group:meeting").items == ()
    office.refused("record_kind_unknown", lambda: office.desk.records("kind:nothing"))


def test_figures_are_read_as_plain_data(district):
    office = district("M4")
    check = office.open(
        "CENTER", "spot-checks", unit="EDU", method="phone", answered="true", result="passed", found="接通"
    )
    (read,) = office.desk.read_records(["spot-checks"])
    assert read["record"] == check
    assert read["events"]["spot-checked"] == read["opened_at"]
    assert read["fields"]["result"] == "passed"
    assert datetime.fromisoformat(read["steps"][0]["at"])


def test_a_planned_step_is_never_taken_before_the_record_began(district):
    """OFFICE-B4: a late entry says when it happened, and nothing happens before its record."""
    office = district("M4")
    record = office.open("EDU", "duty-changes", old="甲", new="乙", hotline="1", changed_at="2026-09-30T08:00",
                         happened_at="2026-09-30T08:30", late_reason="停电")  # fmt: skip
    early = {"happened_at": "2026-09-30T08:10", "late_reason": "停电"}
    office.refused("time_before_previous", lambda: office.do("EDU", record, "send", **early))
    office.refused("late_reason_missing", lambda: office.do("EDU", record, "send", happened_at="2026-09-30T08:40"))
    office.do("EDU", record, "send", happened_at="2026-09-30T08:40", late_reason="停电")
    assert office.clock_of("EDU", record, "M4-DTY-06")[0][0] == "missed", "forty minutes are not the first moment"
    office.sit("EDU")
    assert [t.late for t in office.desk.record(record).timeline] == [True, True]


@pytest.mark.parametrize(("mechanism", "late"), [("M1", {"monthly", "rankings", "meeting/joint"}), ("M4", set())])
def test_the_demo_has_met_what_fell_due(district, mechanism, late):
    from liaison_app.desk.demo import fill

    office = district(mechanism)
    fill(office.desk, 1, NOON)
    office.desk.state_clock(NOON)
    for body in {"M1": ("COMMERCE", "EPB", "MODELCITY", "MUNI"), "M4": ("HEALTH", "EMERG")}[mechanism]:
        office.sit(body)
        owed = office.desk.owed()
        assert [o for o in owed if o.level == "late"] == [], body
        assert {o.kind for o in owed} <= late | {"duty-roster", "contacts"}
    if mechanism == "M1":
        assert office.desk.explained("滨河路8号", ""), "the publicity explains a complaint in the demo too"
    office.whole()


def test_a_change_reported_before_the_day_on_which_it_holds_is_in_time(district):
    """M4-DTY-06, M4-LIA-04: the report may come before the change."""
    office = district("M4")
    office.sit("EDU")
    change = office.open("EDU", "duty-changes", old="甲", new="乙", hotline="8312001", changed_at="2026-10-09T08:00")
    office.do("EDU", change, "send")
    moved = office.open(
        "EDU", "liaison-changes", old="甲", new="乙", duty="科长", telephone="1", changed_on="2026-10-12"
    )
    office.do("EDU", moved, "send", paper="教函〔2026〕3号")
    for record in (change, moved):
        assert {clock.state for clock in office.desk.record(record).deadlines} == {"met"}
