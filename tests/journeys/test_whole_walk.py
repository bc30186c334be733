"""A case from the call to the archive, and the ways it can turn: every act through the façade, by the right body."""

from datetime import datetime, timedelta

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL, NOON

SLIP = "telephone"


class Office:
    """A demo district in which each act is done by a person of the body that may."""

    def __init__(self, desk):
        self.desk, self.clock, self.case = desk, NOON, ""

    def later(self, **span):
        self.clock += timedelta(**span)
        self.desk.state_clock(self.clock)

    def sit(self, body, role="liaison"):
        people = [p for p in self.desk.roster.people if p.body == body]
        self.desk.switch_person(next((p for p in people if role in p.roles), people[0]).id)

    def do(self, seat, action, role="liaison", /, **fields):
        self.sit(seat, role)
        self.later(minutes=7)
        return self.desk.act_from(self.case, action, fields)

    def refused(self, code, seat, action, role="liaison", /, **fields):
        self.sit(seat, role)
        with pytest.raises(RuleBroken) as refusal:
            self.desk.act_from(self.case, action, fields)
        assert refusal.value.code == code
        return refusal.value

    def offered(self, body, role="liaison"):
        self.sit(body, role)
        return {a.action for a in self.desk.actions(self.case)}

    def state(self):
        return self.desk.case(self.case).state

    def clocks(self, rule):
        return [(d.owner, d.state, d.due) for d in self.desk.case(self.case).deadlines if d.rule == rule]

    def register(self, **more):
        self.sit("COMMERCE")
        self.case = self.desk.act_from("new", "register", {**CALL, **more}).case

    def transfer(self):
        self.do("COMMERCE", "propose-transfer")
        approval = {"road": SLIP, "leader": "p-hejianping", "words": "同意", "number": "67820001"}
        self.do("COMMERCE", "approve", **approval)
        self.do("COMMERCE", "transfer", method="fax")
        self.do("COMMERCE", "deliver", confirmed_by="刘洋", evidence="传真回执")

    def accepted(self, **more):
        self.register(**more)
        self.transfer()
        self.do("EPB", "accept")
        self.do("EPB", "inform", what="acceptance", method="phone")
        self.do("EPB", "take-over", handler="刘洋")

    def answered(self, **more):
        self.accepted(**more)
        self.do("EPB", "investigate", findings="夜间打桩属实", verified=True, officers="刘洋、范敏")
        self.do("EPB", "draft-reply", kind="formal", text="已责令停工整改。")
        self.do("EPB", "submit-reply")
        self.do("EPB", "approve-reply", "leader", road="own_desk")
        self.do("EPB", "send-reply", kind="formal", method="letter", solved=True)

    def fed_back(self, **more):
        self.answered(**more)
        self.do("EPB", "feedback", result="已停工整改", rating="satisfied")


@pytest.fixture
def office(desk):
    return Office(desk)


def test_from_the_call_to_the_archive(office):
    """M1-HDL-04, M1-HDL-05, M1-HDL-06, M1-RPL-08, M1-RPL-09, M1-ARC-01."""
    office.accepted()
    office.do("EPB", "investigate", findings="夜间打桩属实", verified=True, arrived_at=office.clock.isoformat())
    assert office.clocks("M1-HDL-06")[0][2] == (office.clock + timedelta(hours=24)).isoformat()
    office.do("EPB", "inform", what="onsite", method="phone")
    assert office.clocks("M1-HDL-05")[0][1] == "met"
    office.do("EPB", "file-case", number="渝北环立〔2026〕3号", offence="夜间施工")
    assert office.clocks("M1-HDL-04")[0][1] == "met"
    office.do("EPB", "draft-reply", kind="written", text="现场情况如下。")
    office.do("EPB", "submit-reply")
    office.do("EPB", "approve-reply", road=SLIP, leader="p-sunliqun", words="同意")
    office.do("EPB", "send-reply", kind="written", method="network")
    assert office.clocks("M1-HDL-06")[0][1] == "met"
    office.do("EPB", "draft-reply", kind="formal", text="第一稿")
    office.do("EPB", "submit-reply")
    office.do("EPB", "return-reply", "leader", comment="写明整改期限")
    office.do("EPB", "draft-reply", kind="formal", text="已责令停工，今后夜间不再施工。")
    office.do("EPB", "submit-reply")
    office.refused("needs_reply_approved", "EPB", "send-reply", kind="formal", method="letter")
    office.do("EPB", "approve-reply", "leader", road="own_desk")
    office.refused("already_reply_open", "EPB", "draft-reply", kind="formal", text="偷偷改一句")
    office.refused("reply_changed_after_approval", "EPB", "send-reply", kind="formal", method="letter", text="另一句话")
    office.do("EPB", "send-reply", kind="formal", method="letter", solved=True)
    assert office.state() == "ANS"
    office.do("EPB", "feedback", result="已停工整改", rating="basically")
    written = office.desk.official("feedback", [office.case])[0].paper
    assert {f.caption: f.value for f in written.fields}["群众评价"] == "基本满意"
    assert {s for _, s, _ in office.clocks("M1-RPL-04")} == {"met"}
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    assert office.state() == "REV"
    office.do("EPB", "close", outcome="solved")
    office.do("EPB", "archive", fonds="012", keep="30", item="7", pages=12)
    assert office.state() == "CLS"
    view = office.desk.case(office.case)
    assert [t.label for t in view.timeline][-2:] == ["结案", "归档"]
    assert office.desk.verify().ok
    assert office.desk.rebuild(check=True).equal
    assert office.case in [r.case_id for r in office.desk.page("all").items]


def test_an_offence_is_filed_late_too_and_a_closed_case_is_late_no_more(office):
    """M1-HDL-04, M1-HDL-06: what was not done in time is told as never done, not counted on for ever."""
    office.fed_back()
    assert "file-case" in office.offered("EPB"), "the limit runs, so it can still be done"
    assert office.clocks("M1-HDL-06")[0][1] == "open"
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    office.do("EPB", "close", outcome="solved")
    assert {office.clocks(rule)[0][1] for rule in ("M1-HDL-04", "M1-HDL-06")} == {"stopped"}
    office.later(days=40)
    office.sit("EPB")
    assert office.case not in {row.case_id for row in office.desk.page("overdue", limit=50).items}
    assert office.desk.case(office.case).awaits in ((), ("archive",))
    assert office.desk.rebuild(check=True).equal


def test_the_text_of_a_reply_stays_in_the_personal_part_and_a_returned_one_in_the_body(office):
    office.accepted()
    office.do("EPB", "draft-reply", kind="formal", text="王喆堃同志：已处理。")
    office.do("EPB", "submit-reply")
    office.do("EPB", "return-reply", "leader", comment="称谓有误")
    with office.desk._replica.read() as connection:
        opens = [bytes(r[0]).decode() for r in connection.exec_driver_sql("SELECT open FROM act")]
        data = [bytes(r[0]).decode() for r in connection.exec_driver_sql("SELECT data FROM entry")]
    assert not any("王喆堃" in text for text in (*opens, *data))
    office.sit("COMMERCE")
    assert "称谓有误" not in str(office.desk.case(office.case).timeline)
    office.sit("EPB")
    assert "称谓有误" in str(office.desk.case(office.case).timeline)


def test_the_handler_cannot_rate_himself(office):
    """M1-FUP-01: the unit visits, another than who handled."""
    office.fed_back()
    refusal = office.refused(
        "not_the_same_person", "EPB", "revisit", method="phone", staff="satisfied", result="satisfied"
    )
    assert refusal.facts["kind"] == "taken-over"


def test_a_visit_that_reached_nobody_counts_and_closing_then_needs_the_reason(office):
    """M1-RPL-01, M1-ARC-01."""
    office.fed_back()
    office.refused("needs_unreachable", "EPB", "close", outcome="solved", reason="联系不上")
    office.do("COMMERCE", "revisit", method="phone", reached=False, reason="无人接听")
    assert office.state() == "FED"
    office.do("COMMERCE", "revisit", method="phone", reached=False, reason="停机", last_attempt=True)
    office.do("EPB", "close", outcome="solved", reason="三次联系未果")
    assert office.state() == "CLS"


def test_dissatisfied_goes_back_with_a_new_limit_and_thrice_proposes_supervision(office):
    """M1-FUP-03, M1-RPL-02, G-17."""
    office.fed_back()
    for round_ in range(3):
        who = {"staff": "satisfied", "result": "dissatisfied", "reason": "夜里还在打桩"}
        office.do("COMMERCE", "revisit", method="phone", **who)
        office.do("COMMERCE", "redo", reason="投诉人不满意")
        assert office.state() == "RED"
        owner, state, due = office.clocks("M1-FUP-03")[0]
        assert (owner, state) == ("区环保局", "open")
        assert datetime.fromisoformat(due) > office.clock + timedelta(days=14)
        if round_ == 2:
            break
        office.do("EPB", "take-over", handler="刘洋")
        office.do("EPB", "draft-reply", kind="formal", text=f"第{round_ + 2}次处理情况")
        office.do("EPB", "submit-reply")
        office.do("EPB", "approve-reply", "leader", road="own_desk")
        office.do("EPB", "send-reply", kind="formal", method="letter")
        office.do("EPB", "feedback", result="再次整改", rating="dissatisfied")
    assert "returned_thrice" in office.desk.case(office.case).flags
    assert office.desk.rebuild(check=True).equal


def test_a_dispute_about_satisfaction_is_evaluated_by_the_centre(office):
    """M1-RPL-10, M1-OVL-03."""
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="dissatisfied", reason="仍有噪声")
    office.refused("not_your_case", "COMMERCE", "dispute", kind="satisfaction", reasons="已整改到位")
    office.do("EPB", "dispute", kind="satisfaction", reasons="监测达标，附报告")
    office.refused("already_satisfaction_disputed", "EPB", "close", outcome="solved")
    office.do("C12369", "evaluate", panel="人大代表、政协委员、邻居各一名", result="basically")
    assert office.state() == "EVA"
    office.do("EPB", "close", outcome="explained")


def test_an_objection_is_answered_and_the_duty_office_designates_another(office):
    """OFFICE-B1, K-11, M1-TRF-13."""
    office.register()
    office.transfer()
    office.do("EPB", "object", reasons="该工地属市重点工程", proposed="KEYPROJ_DIST", clause="四(四)1(1)")
    assert office.state() == "DLV"
    office.sit("COMMERCE")
    assert ("object", office.case) in {(t.kind, t.case_id) for t in office.desk.today()}
    office.refused("not_your_case", "EPB", "keep-transfer", reasons="x")
    office.do("COMMERCE", "dispute", kind="transfer", reasons="意见不一", proposed="CONSTR")
    assert office.state() == "DIS"
    assert office.offered("COMMERCE") & {"designate", "transfer"} == set()
    office.do("GOVT_DUTY", "designate", "duty", body="CONSTR", reasons="属人为噪声")
    assert office.state() == "TAP"
    office.do("COMMERCE", "transfer", method="recorded_phone")
    office.do("COMMERCE", "deliver", confirmed_by="值班员", evidence="录音")
    office.refused("not_your_case", "EPB", "accept")
    office.do("CONSTR", "accept")
    assert office.desk.case(office.case).transfers[-1].to == ("CONSTR",)
    assert [c[:2] for c in office.clocks("M1-TRF-13")] == [("区政府值班室", "met")]


def test_the_same_body_designated_keeps_the_first_delivery(office):
    """K-11, M1-TRF-13."""
    office.register()
    office.transfer()
    delivered = office.desk.case(office.case).transfers[0].delivered_at
    office.do("EPB", "object", reasons="不属本局")
    office.do("COMMERCE", "dispute", kind="transfer", reasons="意见不一")
    office.do("GOVT_DUTY", "designate", "duty", body="EPB")
    assert office.state() == "DLV"
    office.do("EPB", "accept")
    starts = [d.start for d in office.desk.case(office.case).deadlines if d.rule == "M1-ACC-03"]
    assert starts == [delivered]


def test_three_kinds_of_dispute_have_three_deciders(office):
    """X-11, M1-LVL-02, M1-DUT-02.1."""
    office.accepted()
    office.do("EPB", "dispute", kind="handling", reasons="两部门意见不一")
    office.refused("not_your_case", "GOVT_DUTY", "rule", "duty", decision="由环保局办理")
    office.do("GOVT", "rule", decision="由环保局牵头，建委配合")
    assert office.state() == "HND"
    office.do("EPB", "dispute", kind="law", reasons="适用条款不一")
    office.refused("already_law_dispute", "GOVT", "rule", decision="适用条例")
    office.do("LEGAL", "rule", decision="适用噪声法第四十条")
    assert office.state() == "HND"


def test_lead_and_assistant_each_have_a_clock(office):
    """M1-LVL-01."""
    office.accepted()
    office.do("EPB", "assist-ask", body="CONSTR", what="提供夜间施工审批情况", form="opinion")
    assert office.clocks("M1-LVL-01")[0][:2] == ("区城乡建委", "open")
    office.do("CONSTR", "assist-give", opinion="没有审批")
    assert office.clocks("M1-LVL-01")[0][:2] == ("区城乡建委", "met")


def test_a_listed_case_leaves_the_list_only_when_solved(office):
    """M1-LST-02, M1-LST-04."""
    office.accepted()
    items = {"target": "停止夜间施工", "responsible": "区环保局", "supervisor": "区政府督查室", "procedure": "每周报告"}
    for left in items:
        office.refused(
            "field_missing", "SUPERV", "list", until="2026-10-20T18:00", **{k: v for k, v in items.items() if k != left}
        )
    office.refused("field_missing", "SUPERV", "list", **items)
    office.do("SUPERV", "list", until="2026-10-20T18:00", **items)
    assert office.clocks("M1-LST-02") == [("区环保局", "open", "2026-10-20T18:00:00+08:00")]
    office.refused("needs_solved", "SUPERV", "unlist", evidence="照片", verified_by="督查员")
    office.do("EPB", "draft-reply", kind="formal", text="已解决")
    office.do("EPB", "submit-reply")
    office.do("EPB", "approve-reply", "leader", road="own_desk")
    office.do("EPB", "send-reply", kind="formal", method="letter", solved=True)
    office.do("EPB", "feedback", result="已解决", rating="satisfied")
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="satisfied")
    office.refused("already_listed", "EPB", "close", outcome="solved")
    office.do("SUPERV", "unlist", evidence="现场照片", verified_by="督查员")
    office.do("EPB", "close", outcome="solved")


def test_a_preliminary_reply_makes_the_promised_date_the_due_date_under_the_outer_limit(office):
    """M1-RPL-07, X-01."""
    office.accepted()
    promise = {"reasons": "需更换设备", "measures": "先限时作业", "promised": "2026-12-01T18:00"}
    office.do("EPB", "preliminary-reply", **promise)
    assert office.state() == "PRE"
    assert office.clocks("M1-RPL-04")[0][2] == "2026-12-01T18:00:00+08:00"
    assert office.clocks("M1-HDL-03")[0][2] != "2026-12-01T18:00:00+08:00"


def test_a_clock_stands_still_and_is_extended_only_as_far_as_the_profile_allows(office):
    """G-16."""
    office.accepted()
    before = office.clocks("M1-RPL-04")[0][2]
    office.do("EPB", "pause", rule="M1-RPL-04", reason="monitoring", approver="范敏")
    assert office.clocks("M1-RPL-04")[0][2] is None
    office.refused("clock_paused", "EPB", "pause", rule="M1-RPL-04", reason="monitoring", approver="范敏")
    office.later(days=12)
    office.do("EPB", "resume", rule="M1-RPL-04")
    after = office.clocks("M1-RPL-04")[0][2]
    assert after > before
    office.do("EPB", "ask-extension", rule="M1-RPL-04", until="2027-06-30T18:00", reason="设备未到")
    refusal = office.refused("extension_too_far", "EPB", "grant-extension", "leader", rule="M1-RPL-04")
    assert refusal.facts["latest"] > after
    office.do("EPB", "ask-extension", rule="M1-RPL-04", until="2026-11-13T18:00", reason="设备未到")
    office.do("EPB", "grant-extension", "leader", rule="M1-RPL-04")
    assert office.clocks("M1-RPL-04")[0][2] == "2026-11-13T18:00:00+08:00"


def test_merging_is_one_act_over_two_cases(office):
    """OFFICE-B2."""
    desk = office.desk
    office.accepted()
    first, number = office.case, desk.case(office.case).number
    office.register(second_issue=[{"medium": "dust", "source": "construction"}])
    second = office.case
    assert office.refused("case_unknown", "COMMERCE", "merge", into="没有的号", reason="同一工地")
    assert office.refused("merge_with_itself", "COMMERCE", "merge", into=second, reason="同一工地")
    told = []
    desk.subscribe(told.append)
    done = office.do("COMMERCE", "merge", into=number, reason="同一工地")
    assert told[-1] == {first, second}
    assert {m.state for m in desk.case(second).matters} == {"MRG"}, "the case goes as a whole"
    assert [(x.kind, x.case_id, x.number) for x in desk.case(second).links] == [("merged_into", first, number)]
    assert [(x.kind, x.case_id) for x in desk.case(first).links] == [("joined", second)]
    assert "holds_merged" in desk.case(first).flags
    entry = next(line for line in desk.case(first).timeline if line.kind == "joined")
    assert entry.act_id == done.act and desk.case(second).number in entry.text
    assert not [c for c in desk.case(second).deadlines if c.state == "open"]
    assert desk.case(second).awaits == ()
    office.sit("COMMERCE")
    assert second not in {row.case_id for row in desk.page("to-transfer", limit=50).items}
    assert desk.verify().ok
    assert desk.rebuild(check=True).equal

    office.case = first
    assert office.refused(
        "already_holds_merged", "COMMERCE", "void", outcome="withdrawn", reason="撤回", approver="何建平"
    )
    office.register()
    third = office.case
    assert office.refused("merge_into_ended", "COMMERCE", "merge", into=second, reason="同一工地")
    office.do("COMMERCE", "merge", into=first, reason="同一工地")
    office.do("COMMERCE", "unmerge", reason="不是同一工地")
    office.do("COMMERCE", "merge", into=first, reason="核对后仍是同一工地")
    joined = [x.case_id for x in desk.case(first).links]
    assert sorted(joined) == sorted([second, third]), "each case counts once, however often it came"

    office.case = second
    office.do("COMMERCE", "unmerge", reason="不是同一工地")
    assert {m.state for m in desk.case(second).matters} == {"REG"}
    assert desk.case(second).links == ()
    assert [x.case_id for x in desk.case(first).links] == [third]
    assert desk.verify().ok
    assert desk.rebuild(check=True).equal


def test_an_act_over_two_cases_is_taken_whole_or_not_at_all(office, monkeypatch):
    from liaison_app.store import projections

    desk = office.desk
    office.register()
    first = office.case
    office.register()
    before = desk.verify()

    def fails(connection, rows, **more):
        raise OSError("disk")

    monkeypatch.setattr(projections, "put", fails)
    with pytest.raises(OSError, match="disk"):
        office.do("COMMERCE", "merge", into=first, reason="同一工地")
    monkeypatch.undo()
    assert desk.verify() == before
    assert desk.case(first).links == desk.case(office.case).links == ()


def test_a_repeat_is_seen_from_both_sides(office):
    desk = office.desk
    office.register()
    first, number = office.case, desk.case(office.case).number
    office.register(repeat_of=number)
    assert [(x.kind, x.case_id, x.number) for x in desk.case(office.case).links] == [("repeat_of", first, number)]
    assert [(x.kind, x.case_id) for x in desk.case(first).links] == [("repeated_by", office.case)]
    assert desk.rebuild(check=True).equal


def test_an_end_takes_every_matter_or_none(office):
    office.register(second_issue=[{"medium": "dust", "source": "construction"}])
    office.transfer()
    refusal = office.refused(
        "matter_forbids", "COMMERCE", "void", outcome="void", reason="重复", approver="何建平", matter=2
    )
    assert (refusal.facts["matter"], refusal.facts["state"]) == (1, "DLV")
    office.do("COMMERCE", "void", outcome="withdrawn", reason="来电撤回", approver="何建平")
    assert {m.state for m in office.desk.case(office.case).matters} == {"WDR"}
    office.do("COMMERCE", "reopen", "leader", reason="投诉人改变主意")
    assert [m.state for m in office.desk.case(office.case).matters] == ["DLV", "REG"], "each where it stood"


def test_a_designation_of_the_first_receiver_leaves_it_with_the_work(office):
    office.register()
    office.transfer()
    office.do("COMMERCE", "dispute", kind="transfer", reasons="双方都认为不属本单位")
    office.do("GOVT_DUTY", "designate", body="COMMERCE", reasons="首接负责")
    assert office.state() == "REG"
    assert office.refused("already_designated_here", "COMMERCE", "propose-transfer")
    office.do("COMMERCE", "accept", handler="卫青")
    assert office.state() == "ACC"


def test_ends_besides_closing_and_the_way_back(office):
    """OFFICE-B2, K-11."""
    office.register()
    first = office.case
    office.register()
    office.do("COMMERCE", "merge", into=first, reason="同一工地")
    assert office.state() == "MRG"
    office.do("COMMERCE", "unmerge", reason="不是同一工地")
    assert office.state() == "REG"
    office.do("COMMERCE", "void", outcome="void", reason="重复登记", approver="何建平")
    assert office.offered("COMMERCE") & {"propose-transfer"} == set()
    office.do("COMMERCE", "reopen", "leader", reason="不是重复")
    assert office.state() == "REG"
    assert "propose-transfer" in office.offered("COMMERCE")


def test_a_body_without_a_desk_acts_through_the_first_receiver_only(office):
    """OFFICE-A2, K-11."""
    facts = {"medium": "noise", "source": "construction", "project_class": "city_key"}
    office.register(facts=facts)
    office.transfer()
    proxy = {"for": "王处长", "for_body": "KEYPROJ_CITY", "evidence": "传真件.pdf"}
    office.refused("stand_in_only", "POLICE", "accept", **proxy)
    office.do("COMMERCE", "accept", **proxy)
    view = office.desk.case(office.case)
    assert view.state == "ACC"
    assert "代录" in view.timeline[-1].proxy


def waiting_at(office, body):
    """Return what a body's desk says: the kinds in Today, and the smart lists in which the case stands."""
    office.sit(body)
    kinds = {t.kind for t in office.desk.today() if t.case_id == office.case}
    found = {
        one.name
        for one in office.desk.lists()
        if one.name != "today" and office.case in {r.case_id for r in office.desk.page(one.name, limit=200).items}
    }
    return kinds, found


def test_posts_that_must_decide_and_bodies_that_assist_have_the_case_on_their_desks(office):
    """M1-TRF-13, M1-LVL-02, M1-LVL-01: who is waited for finds it in 今日待办 while he is, and no longer."""
    office.register()
    office.transfer()
    assert waiting_at(office, "GOVT_DUTY") == (set(), set())
    office.do("COMMERCE", "dispute", kind="transfer", reasons="意见不一", proposed="CONSTR")
    kinds, lists = waiting_at(office, "GOVT_DUTY")
    assert kinds == {"designate"}
    assert {"all", "disputes"} <= lists
    office.do("GOVT_DUTY", "designate", body="EPB")
    assert waiting_at(office, "GOVT_DUTY") == (set(), set())
    office.do("EPB", "accept")
    office.do("EPB", "assist-ask", form="opinion", body="CONSTR", what="核实夜间施工手续")
    kinds, lists = waiting_at(office, "CONSTR")
    assert "assist" in kinds
    assert "all" in lists
    assert office.desk.rebuild(check=True).equal
