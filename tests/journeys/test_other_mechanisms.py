"""Mechanisms of another shape on a desk of their own: the township's linkage (M2), the public-health emergency (M4)."""

import re
from datetime import timedelta

import msgspec
import pytest

import reports
from liaison_app.desk import opening
from liaison_app.desk.papers import make
from tests.conftest import NOON
from tests.documents.test_slip import words_of
from tests.journeys.test_papers import texts
from tests.journeys.test_whole_walk import Office
from tests.unit.test_walk import broken
from tests.walking import Numbers, Walk, rules_for, seeds

MATTER = {
    "object": "河道非法采砂点", "content": "夜间有人采砂", "place": "恩江镇下游河段", "complainant_name": "王喆堃",
    "complainant_address": "恩江镇", "contact": "13900000001",
}  # fmt: skip
COUNTY = {"matter_kind": "none", "town": "other", "zone": "built_up", "urgency": "ordinary"}


@pytest.fixture
def seat(tmp_path):
    desks = []

    def make(mechanism, first, **case):
        opening.found_demo(tmp_path / mechanism, mechanism)
        desk = opening.open_desk(tmp_path / mechanism, now=NOON)
        desks.append(desk)
        office = Office(desk)
        office.sit(first)
        office.case = desk.act_from("new", "register", case).case
        return office

    yield make
    for desk in desks:
        desk.close()


def test_a_township_transfers_in_writing_after_materials_and_approval(seat):
    office = seat("M2", "TOWN", **MATTER, facts={**COUNTY, "found_by": "TOWN"})
    office.do("TOWN", "step", step="verified-first", words="现场核实采砂属实")
    office.do("TOWN", "propose-transfer")
    office.do("TOWN", "approve", road="telephone", leader="p-fengtao", words="同意", number="5512002")
    refusal = office.refused("needs_mark", "TOWN", "transfer", method="letter")
    assert "移送材料齐全" in refusal.facts["mark"]
    office.do("TOWN", "mark", marks=["materials_complete"])
    assert office.clocks("M2-TRF-02")[0][2] == "2026-10-10T23:59:59+08:00", (
        "three working days, the make-up Saturday too"
    )
    office.do("TOWN", "transfer", method="letter")
    text = words_of(make(office.desk, reports.renderer(bundled_only=True), "slip", [office.case]).pdf)[1]
    assert "涉嫌违法案件移送函" in text, "the paper bears the name that its own mechanism gives it"
    assert "乡镇综合行政执法协调联动机制三（三）" in text and "M2-" not in text, "the clause, not the id of its rule"
    assert "环境污染" not in text
    office.do("COUNTY_DEPT", "sign")
    assert office.clocks("M2-TRF-09")[0][:2] == ("县直行政执法部门", "open")
    office.do("COUNTY_DEPT", "accept")
    office.do("COUNTY_DEPT", "inform", what="acceptance", method="letter")
    assert office.clocks("M2-TRF-09")[0][1] == "met"
    office.do("COUNTY_DEPT", "take-over", handler="余禾")
    office.do("COUNTY_DEPT", "close", outcome="penalised", reason="已处罚并恢复")
    office.do("COUNTY_DEPT", "draft-reply", kind="formal", text="已依法处理。")
    office.do("COUNTY_DEPT", "submit-reply")
    office.do("COUNTY_DEPT", "approve-reply", "leader", road="own_desk")
    office.do("COUNTY_DEPT", "send-reply", kind="formal", method="phone")
    assert office.state() == "ANS"
    assert office.desk.verify().ok
    assert office.desk.rebuild(check=True).equal


def test_a_specially_urgent_matter_goes_by_word_of_mouth_with_papers_within_a_day(seat):
    office = seat("M2", "TOWN", **MATTER, facts={**COUNTY, "urgency": "major", "specially_urgent": True})
    office.do("TOWN", "transfer", method="oral", to="COUNTY_DEPT", to_person="余禾", attempts="堤坝有险情")
    sent = office.clock
    assert office.clocks("M2-TRF-07")[0][2] == (sent + timedelta(hours=24)).isoformat()
    papers = {"step": "papers-made", "evidence": "移送函.pdf", "officers": "顾岚"}
    office.refused("needs_mark", "TOWN", "step", **papers)
    office.do("TOWN", "mark", marks=["materials_complete"])
    office.do("TOWN", "step", **papers)
    assert office.clocks("M2-TRF-07")[0][1] == "met"


def test_a_dispute_climbs_from_talks_to_the_justice_bureau_to_the_county(seat):
    office = seat("M2", "TOWN", **MATTER, facts=COUNTY)
    office.do("TOWN", "propose-transfer")
    office.do("TOWN", "approve", road="telephone", leader="p-fengtao", words="同意", number="5512002")
    office.do("TOWN", "mark", marks=["materials_complete"])
    office.do("TOWN", "transfer", method="letter")
    office.do("COUNTY_DEPT", "sign")
    office.do("COUNTY_DEPT", "inform", what="refusal", method="letter", words="属乡镇事项")
    office.do("TOWN", "dispute", kind="jurisdiction", reasons="不在承接事项目录")
    office.refused("needs_mark", "TOWN", "dispute", kind="government", reasons="直接报县政府")
    office.do("TOWN", "dispute", kind="justice", reasons="协商未果")
    office.refused("not_your_case", "COUNTY_GOVT", "rule", outcome="proposal", decision="x")
    office.do("JUSTICE", "rule", outcome="proposal", decision="建议由县直部门办理")
    office.do("COUNTY_GOVT", "designate", body="COUNTY_DEPT", reasons="依据清单")
    assert office.state() == "DLV"


def test_what_a_refusal_sends_back_was_transferred_in_its_time(seat):
    """M2-TRF-02: the first transfer ended the three days; a second one has no limit of its own, and says so."""
    office = seat("M2", "TOWN", **MATTER, facts=COUNTY)
    approval = {"road": "telephone", "leader": "p-fengtao", "words": "同意", "number": "5512002"}
    for times in (1, 2):
        office.do("TOWN", "propose-transfer")
        office.do("TOWN", "approve", **approval)
        if times == 2:
            assert [state for _, state, _ in office.clocks("M2-TRF-02")] == ["met"]
            steps = office.desk.case(office.case).next
            assert steps and all(step.due is None for step in steps)
        if "mark" in office.offered("TOWN"):
            office.do("TOWN", "mark", marks=["materials_complete"])
        office.do("TOWN", "transfer", method="letter")
        if times == 1:
            office.do("COUNTY_DEPT", "sign")
            office.do("COUNTY_DEPT", "inform", what="refusal", method="letter", words="属乡镇事项")
            office.later(days=20)
    assert office.desk.rebuild(check=True).equal


def test_an_opinion_of_another_body_does_not_end_the_wait_for_the_appraisal(seat):
    """M2-LNK-04, M2-LNK-07: who was asked something else answers, and the case still waits for the appraisal."""
    own = {"matter_kind": "assigned", "town": "other", "found_by": "TOWN"}
    office = seat("M2", "TOWN", **MATTER, facts=own)
    office.do("TOWN", "accept")
    office.do("TOWN", "take-over", handler="顾岚")
    office.do("TOWN", "assist-ask", form="appraisal", body="COUNTY_DEPT", what="砂石量鉴定")
    office.do("TOWN", "assist-ask", form="opinion", body="JUSTICE", what="程序是否合法")
    office.do("JUSTICE", "assist-give", opinion="程序合法")
    assert office.state() == "APR"
    assert office.clocks("M2-LNK-04")[0][:2] == ("县直行政执法部门", "open")
    office.refused("needs_assistance_mine", "JUSTICE", "assist-give", opinion="再说一遍")
    office.do("COUNTY_DEPT", "assist-give", opinion="鉴定为河砂")
    assert office.state() == "HND"


def test_an_appraisal_has_three_working_days_and_an_extension_told_before(seat):
    own = {"matter_kind": "assigned", "town": "other", "found_by": "TOWN"}
    office = seat("M2", "TOWN", **MATTER, facts=own)
    office.do("TOWN", "accept")
    office.do("TOWN", "take-over", handler="顾岚")
    office.do("TOWN", "assist-ask", form="appraisal", body="COUNTY_DEPT", what="砂石量鉴定")
    assert office.clocks("M2-LNK-04")[0][:2] == ("县直行政执法部门", "open")
    office.do("COUNTY_DEPT", "assist-give", opinion="需送检", extended_to="2026-11-02T18:00")
    assert office.state() == "APR"
    assert (
        next(d for d in office.desk.case(office.case).deadlines if d.rule == "M2-LNK-04").due[:16] == "2026-11-02T18:00"
    )
    office.do("COUNTY_DEPT", "assist-give", opinion="约三百立方米")
    assert office.state() == "HND"


def test_a_public_health_event_walks_from_the_sign_to_the_file(seat):
    office = seat("M4", "CENTER", **{**MATTER, "object": "某小学聚集性发热"}, facts={"sector": "school"})
    assert office.clocks("M4-PRO-01")[0][1] == "open"
    office.do("CENTER", "report-urgent", to_person="区政府值班室", method="phone")
    office.do("HEALTH", "step", step="plan-started", words="启动四级响应")
    office.do("HEALTH", "step", step="scheme-proposed", words="停课、采样、消毒")
    office.do("HEALTH", "arrive", officers="流调组")
    office.refused("needs_mark", "PUBLICITY", "publish", where="官方微信", text="某小学疫情通报")
    office.do("HEALTH", "mark", marks=["information_verified"])
    office.do("PUBLICITY", "publish", where="官方微信", text="情况通报")
    office.refused("not_your_case", "EDU", "rule", outcome="ended", decision="结束")
    office.do("HQ", "rule", outcome="ended", decision="终止应急响应")
    office.do("HEALTH", "step", step="inquiry-reported", words="调查报告已报区政府和指挥部")
    office.do("CENTER", "close", outcome="ended")
    assert office.state() == "CLS"
    assert office.desk.rebuild(check=True).equal


@pytest.mark.parametrize(
    ("mechanism", "facts"),
    [("M2", COUNTY), ("M2", {**COUNTY, "urgency": "major", "specially_urgent": True}), ("M4", {"sector": "school"})],
)
def test_random_acts_of_other_mechanisms_never_lead_astray(mechanism, facts):
    rules, taken = rules_for(mechanism), 0
    for seed, dice in seeds(1, 40):
        walk = Walk(rules, dice, Numbers())
        walk.people = [p for p in walk.people if mechanism == "M2" or p.body != "HIGHER"]
        first = {"M2": "TOWN", "M4": "CENTER"}[mechanism]
        walk.begin(facts, first=first, **MATTER)
        for _ in range(30):
            before = walk.case
            guard = walk.step()
            if guard is None:
                continue
            taken += 1
            wrong = list(broken(mechanism, walk, before, guard))
            assert not wrong, (seed, wrong, walk.trail[-10:])
    assert taken > 300


def test_the_papers_of_the_township_say_what_was_done(seat):
    office = seat("M2", "TOWN", **MATTER, facts={**COUNTY})
    desk = office.desk
    kinds = {line.kind for line in desk.papers(office.case)}
    assert "register" in kinds
    assert not kinds & {"slip", "assist-opinion", "extension-notice"}
    for line in desk.papers(office.case):
        if line.kind != "slip":
            made = desk.official(line.kind, [office.case], outside=True)[0].paper
            assert made.title and "13900000001" not in str(made) and "王喆堃" not in str(made)
    register = {f.caption: f.value for f in desk.official("register", [office.case])[0].paper.fields}
    assert register["反映对象"] == "河道非法采砂点"
    assert register["投诉人及联系方式"] == "王喆堃 13900000001"


CODE = re.compile(r"[MGX]\d?-[A-Z0-9]|第[^，。]{0,12}行，|[a-z]{3,}[-_][a-z]")


def test_no_paper_of_the_others_says_a_code_of_the_program(seat):
    town = seat("M2", "TOWN", **MATTER, facts={**COUNTY, "found_by": "TOWN"})
    town.do("TOWN", "step", step="verified-first", words="现场核实采砂属实")
    town.do("TOWN", "propose-transfer")
    slip = town.desk.slip(town.case)
    assert slip.parts == ("存根", "移送函", "送达回执")
    assert not CODE.search(" ".join(c.value for c in (*slip.stub, *slip.sent, *slip.receipt)))
    centre = seat("M4", "CENTER", **{**MATTER, "object": "某小学聚集性发热"}, facts={"sector": "school"})
    centre.do("CENTER", "report-urgent", to_person="区政府值班室", method="phone")
    centre.do("HEALTH", "step", step="plan-started", words="启动四级响应")
    centre.do("HEALTH", "step", step="scheme-proposed", words="停课、采样、消毒")
    centre.do("HEALTH", "arrive", officers="流调组")
    centre.do("HEALTH", "mark", marks=["information_verified"])
    centre.do("PUBLICITY", "publish", where="官方微信", text="情况通报")
    centre.do("HQ", "rule", outcome="ended", decision="终止应急响应")
    centre.do("HEALTH", "step", step="inquiry-reported", words="调查报告已报区政府和指挥部")
    for office in (town, centre):
        for line in office.desk.papers(office.case):
            if line.kind != "slip":
                made = office.desk.official(line.kind, [office.case])[0].paper
                said = "\n".join(texts(msgspec.to_builtins(msgspec.structs.replace(made, code="", kind=""))))
                found = CODE.search(said.replace("TOWN-", "").replace("CENTER-", ""))
                assert not found, (line.kind, found)
    report = centre.desk.official("inquiry-report", [centre.case])[0].paper
    assert "启动" in str(report.sections) and "办理步骤" not in str(report.sections), "the step by its name"


def test_the_first_report_of_an_emergency_is_a_paper(seat):
    office = seat("M4", "HEALTH", **MATTER, facts={"event_level": "larger"}, headcount=12)
    report = office.desk.official("information-report", [office.case])[0].paper
    said = {f.caption: f.value for f in report.fields}
    assert (said["地点"], said["初判级别"], said["涉及人数和伤病情况"]) == ("恩江镇下游河段", "较大", "12")
    assert report.form == "upward" and len(report.to) == 1


ENDS = [
    ("M2", "TOWN", {**COUNTY, "found_by": "TOWN"}, "REG"),
    ("M4", "HEALTH", {"event_level": "general", "sector": "school"}, "SGN"),
]


@pytest.mark.parametrize(("mechanism", "first", "facts", "begins"), ENDS)
def test_every_end_beside_closing_is_taken_back_by_one_act(seat, mechanism, first, facts, begins):
    """OFFICE-B2 holds in every mechanism: void, not of this mechanism, merged."""
    office = seat(mechanism, first, **MATTER, facts=facts)
    leader = next(p.id for p in office.desk.roster.people if p.body == first and "leader" in p.roles)
    for outcome, state in (("void", "VOI"), ("out_of_scope", "OUT")):
        office.do(first, "void", outcome=outcome, reason="登记有误", approver=leader)
        assert office.state() == state
        office.do(first, "reopen", "leader", reason="核实后继续办理")
        assert office.state() == begins
    office.sit(first)
    other = office.desk.act_from("new", "register", {**MATTER, "facts": facts}).case
    office.do(first, "merge", into=other, reason="同一事")
    assert office.state() == "MRG"
    office.do(first, "unmerge", reason="两件事")
    assert office.state() == begins
    assert office.desk.rebuild(check=True).equal


def test_papers_of_an_oral_transfer_are_made_up_while_it_is_disputed(seat):
    facts = {**COUNTY, "found_by": "TOWN", "urgency": "urgent", "specially_urgent": True}
    office = seat("M2", "TOWN", **MATTER, facts=facts)
    office.do("TOWN", "transfer", method="oral", to_person="值班员", attempts="电话两次")
    office.do("COUNTY_DEPT", "sign")
    office.do("COUNTY_DEPT", "dispute", kind="jurisdiction", reasons="不属本部门")
    assert office.state() == "DIS"
    office.do("TOWN", "mark", marks=["materials_complete"])
    office.do("TOWN", "step", step="papers-made", evidence="移送函", officers="冯涛")
    assert office.clocks("M2-TRF-07")[0][1] == "met"
