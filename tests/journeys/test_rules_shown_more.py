"""Rules that no other test names, most of them of the first mechanism: its registers, papers, duties, what it asks in between."""

import msgspec
import pytest

import reports
from liaison_app.desk import statistics
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.mechanism.profile import load_profile
from liaison_app.mechanism.routing import route
from tests.conftest import CALL
from tests.documents.test_slip import words_of
from tests.journeys.test_ledger import Ledger
from tests.journeys.test_ledger import district as district
from tests.journeys.test_papers import texts
from tests.journeys.test_whole_walk import Office

M1 = load_profile("M1")
HOTLINES = {
    "110": "POLICE",
    "86006200": "EPB",
    "67822449": "MUNI",
    "12315": "COMMERCE",
    "12318": "CULTURE",
    "12336": "LAND",
}
"""From table T1b."""
MEDIA = {
    k: zh
    for k, (zh, _) in next(
        f for r in M1.records if r.id == "media" for f in r.fields if f.name == "kind"
    ).choices.items()
}
AIR = {"medium": "air", "source": "catering"}
WORKS = {"medium": "noise", "source": "construction", "project_class": "building"}


@pytest.fixture
def office(desk):
    return Office(desk)


def said_of(desk, kind, ref):
    """Return what stands on a paper, by the name of its place."""
    paper = desk.official(kind, [ref])[0].paper
    found = {f.caption: f.value for f in paper.fields}
    found |= {s.heading: "".join(s.text) for s in paper.sections if s.heading}
    return found, "\n".join(texts(msgspec.to_builtins(paper)))


def kind_of(name):
    return kinds_of(M1, M1.defaults())[name]


# -- who is responsible -------------------------------------------------------------------------------

ROUTED = [
    # rule, facts, lead, who helps
    ("M1-NOI-14", {"medium": "noise", "source": "entertainment", "has_entertainment_licence": True, "has_business_licence": True},
     "EPB", "CULTURE"),
    ("M1-DUT-03.2", {"medium": "water", "source": "industry", "channel": "petition", "petition_scope": "mass_incident"}, "PETITION", ""),
    ("M1-DUT-05", {"medium": "water", "source": "industry"}, "EPB", ""),
    ("M1-DUT-05", {"medium": "noise", "source": "industry"}, "EPB", ""),
    ("M1-DUT-07.2", {"medium": "noise", "source": "loudspeaker"}, "POLICE", ""),
    ("M1-DUT-07.3", {"medium": "noise", "source": "public_place_activity"}, "POLICE", ""),
    ("M1-DUT-09.1", {"medium": "dust", "source": "demolition", "demolition_kind": "house_acquisition"}, "HOUSING", ""),
    ("M1-DUT-11.6", {**WORKS, "construction_cause": "machinery"}, "EPB", "CONSTR"),
    ("M1-DUT-12.2", {"medium": "water", "source": "septic_sewer"}, "MUNI", ""),
    ("M1-DUT-12.7", {"medium": "noise", "source": "municipal_maintenance", "at_night": True}, "MUNI", ""),
    ("M1-DUT-13.3", {"medium": "noise", "source": "vehicle"}, "POLICE", "TRANSPORT"),
    ("M1-DUT-14.2", {"medium": "water", "source": "livestock", "breeding_zone": "restricted"}, "AGRI", "EPB"),
    ("M1-DUT-16.3", {**AIR, "has_business_licence": True, "opened_on": "2012-03-01", "place_type": "residential_building",
                     "inside_main_city": True, "has_shared_flue": True, "has_env_permit": True}, "EPB", "COMMERCE"),
    ("M1-DUT-17.2", {"medium": "water", "source": "safety_accident"}, "SAFETY", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "facts", "lead", "helps"), ROUTED, ids=[f"{r[0]}-{n}" for n, r in enumerate(ROUTED)])
def test_the_department_whose_duty_it_is_leads(rule, facts, lead, helps):
    found = route(M1, facts)
    assert (found.lead, helps in found.supporting or not helps) == (lead, True), (found.row, found.supporting)


def test_of_a_licensed_venue_the_other_reading_lets_the_culture_bureau_lead():
    """M1-NOI-14: X-05 is a setting."""
    facts = next(r[1] for r in ROUTED if r[0] == "M1-NOI-14")
    assert route(M1, facts, {"m1.entertainment_licensed_lead": "CULTURE"}).lead == "CULTURE"
    unlicensed = {**facts, "has_entertainment_licence": False}
    assert route(M1, unlicensed).row != "N-14"


def test_a_project_goes_to_who_approved_it_first():
    """M1-TRF-10: without an environmental approval the first approver leads; by the other reading the slip goes to him at any rate."""
    project = {"medium": "other", "source": "other_project", "project_exists": True, "has_env_permit": False}
    for approvers in (["PLANNING", "COMMERCE"], ["LAND", "PLANNING"]):
        found = route(M1, {**project, "project_approved_by": approvers})
        assert (found.lead, found.addressees) == (approvers[0], (approvers[0],))
    works = {**WORKS, "project_exists": True, "project_approved_by": ["PLANNING", "EPB"]}
    usual, always = route(M1, works), route(M1, works, {"m1.special_transfer": "always"})
    assert (usual.lead, usual.addressees) == ("EPB", ("EPB",))
    assert (always.lead, always.addressees) == ("EPB", ("PLANNING",))


def test_what_must_be_transferred_at_once_is_reported_at_the_same_moment(office):
    """M1-OVL-01: the report to the emergency office begins and ends with the immediate transfer."""
    ordinary, urgent = route(M1, WORKS), route(M1, {**WORKS, "health_or_env_threat": True})
    assert (ordinary.transfer, ordinary.report_to) == ("same_day", ())
    assert (urgent.transfer, urgent.report_to) == ("immediate", ("GOVT_EMERG",))
    office.register(facts={**CALL["facts"], "health_or_env_threat": True})
    due = {d.rule: (d.due, d.state) for d in office.desk.case(office.case).deadlines}
    assert due["M1-TRF-06"] == due["M1-TRF-05"] and due["M1-TRF-06"][1] == "open"
    office.do("COMMERCE", "report-urgent", to_person="尹华", method="phone")
    assert [state for _, state, _ in office.clocks("M1-TRF-06")] == ["met"]
    assert "区政府应急办" in said_of(office.desk, "urgent-report", office.case)[1]


@pytest.mark.parametrize("rule", ["M1-DUT-11.2", "M1-DUT-16.1", "M1-DUT-17.2", "M1-DUT-03.2", "M1-DUT-12.7"])
def test_a_duty_that_no_case_decides_is_told_of_its_department(rule):
    owner = {"11": "CONSTR", "16": "COMMERCE", "17": "SAFETY", "03": "PETITION", "12": "MUNI"}[rule[7:9]]
    words = {"11": "夜间施工", "16": "执照", "17": "安全生产许可证", "03": "突发环境事件", "12": "提前公告"}[rule[7:9]]
    (duty,) = [d for d in M1.duties if d.rule == rule]
    assert duty.post == owner and words in duty.zh and duty.en


# -- registers ----------------------------------------------------------------------------------------


def test_every_member_unit_answers_its_telephone_and_stands_in_the_roster(district):
    """M1-SCO-02: who picks up the public telephone is the first receiver; the number is that of table T1b."""
    office = district("M1")
    for body in ("MUNI", "POLICE", "CULTURE"):
        office.sit(body)
        case = office.desk.act_from("new", "register", CALL).case
        assert office.desk.case(case).first_receiver == body
    office.refused("field_missing", lambda: office.open("MUNI", "contacts", leader="局长"))
    record = office.open(
        "MUNI", "contacts", leader="局长", liaison="高远", telephone="67822450", **{"from": "2026-09-01"}
    )
    office.do("MUNI", record, "send")
    office.sit("EPB")
    assert record in {line.record_id for line in office.desk.records("kind:contacts").items}
    said = {h: p.id for p in M1.posts if not p.part_of for h in p.hotlines}
    assert HOTLINES.items() <= said.items()


def test_great_or_urgent_matters_are_told_at_once(district):
    """M1-INF-01: in time is one working day after they arise; read by the office of the leading group and the model-city office."""
    office = district("M1")
    record = office.open(
        "MUNI", "urgent-matters", matter="管网爆裂", arose_at="2026-09-30T09:00", bodies=["EPB"], content="污水外溢"
    )
    assert office.clock_of("MUNI", record, "M1-INF-01") == [("open", "2026-10-08T23:59:59+08:00")], (
        "及时: one working day"
    )
    office.refused("record_state", lambda: office.do("MUNI", record, "follow-up", follow_up="已抢修"))
    office.do("MUNI", record, "send")
    office.do("MUNI", record, "follow-up", follow_up="已抢修")
    for body in ("EPB", "MODELCITY"):
        office.sit(body)
        assert record in {line.record_id for line in office.desk.records("kind:urgent-matters").items}
    office.refused("not_your_record", lambda: office.do("EPB", record, "follow-up", follow_up="代写"))


@pytest.mark.parametrize(
    ("rule", "kind"),
    [("M1-QLT-03", "reporters"), ("M1-QLT-06", "result"), ("M1-LST-03", "listed"), ("M1-ANA-02", "exposed")],
)
def test_what_the_media_are_told_is_kept_with_its_kind(district, rule, kind):
    """M1-QLT-03, M1-QLT-06, M1-LST-03, M1-ANA-02."""
    office = district("M1")
    said = {
        "matter": "锦绣名城工地夜间施工",
        "media": "锦溪日报",
        "published_on": "2026-09-30",
        "content": "已责令停工",
    }
    record = office.open("EPB", "media", kind=kind, **said)
    office.sit("MODELCITY")
    assert {name: value for name, _, value in office.desk.record(record).fields}["kind"] == MEDIA[kind]
    assert rule in kind_of("media").rules
    office.refused("field_value", lambda: office.open("EPB", "media", kind="gossip", **said))


def test_signs_of_misconduct_go_to_the_supervision_bureau_and_nobody_else(district):
    """M1-QLT-04: reported to discipline inspection; whom it concerns is read only there."""
    office = district("M1")
    record = office.open("EPB", "misconduct", summary="通风报信", person="某甲", content="检查前透露时间")
    office.do("EPB", record, "send")
    for body, reads in (("EFFICIENCY", True), ("COMMERCE", False), ("MODELCITY", False)):
        office.sit(body)
        assert (record in {line.record_id for line in office.desk.records("kind:misconduct").items}) is reads, body


def test_leaflets_the_permit_and_somebody_who_explains(district):
    """M1-PUB-04: handed out once it is announced, with the permit's number where night work is allowed."""
    office = district("M1")
    record = office.open(
        "MUNI",
        "publicity",
        project="滨河路管网",
        place="滨河路",
        builder="某公司",
        works_start="2026-10-20",
        until="2026-12-01",
    )
    office.refused("record_state", lambda: office.do("MUNI", record, "hand-out", leaflets="300份"))
    told = dict.fromkeys(("manager_contact", "hotline", "cause", "hours", "points", "machines", "count", "area", "reduction",
                          "undertaking", "explanation", "contact", "media"), "有")  # fmt: skip
    office.do("MUNI", record, "publish", **told)
    office.refused("field_missing", lambda: office.do("MUNI", record, "hand-out", permit="夜字12号"))
    office.do("MUNI", record, "hand-out", leaflets="沿街300份", permit="夜字12号", contact="王工 138")
    fields = {name: value for name, _, value in office.desk.record(record).fields}
    assert (fields["leaflets"], fields["permit"], fields["contact"]) == (
        "沿街300份",
        "夜字12号",
        "王工 138",
    )


def test_every_unit_analyses_its_complaints_and_sends_it(district):
    """M1-ANA-01: content and results, hot points, causes, measures, opinions; figures by kind, source, town and hour."""
    office = district("M1")
    said = {
        "span": "2026年第三季度",
        "results": "受理12件",
        "hot": "夜间施工",
        "causes": "赶工期",
        "measures": "联合夜查",
        "opinions": "提前公示",
    }
    for left in ("hot", "causes", "measures", "opinions"):
        some = {k: v for k, v in said.items() if k != left}
        office.refused("field_missing", lambda some=some: office.open("MUNI", "analysis", **some))
    record = office.open("MUNI", "analysis", **said)
    office.do("MUNI", record, "send")
    office.sit("MODELCITY")
    assert record in {line.record_id for line in office.desk.records("kind:analysis").items}
    figures = {i.id: i.group[0] for i in M1.indicators if "M1-ANA-01" in i.rules}
    assert figures == {"hot_medium": "medium", "hot_source": "source", "hot_town": "town", "hot_hour": "hour"}


def test_a_body_defends_itself_before_its_year_is_decided_and_counted(district):
    """M1-ACT-01, M1-ACT-02: put forward with its triggers, defended by the body named, found, counted in the target assessment."""
    office = district("M1")
    put = {"year": "2026", "unit": "MUNI", "rate": "71%", "standard": "80%", "triggers": "推诿2件"}
    office.refused("not_your_record", lambda: office.open("MUNI", "assessment", **put))
    record = office.open("MODELCITY", "assessment", **put)
    office.refused("record_state", lambda: office.do("MODELCITY", record, "count", result="扣2分"))
    office.refused("record_unknown", lambda: office.do("POLICE", record, "defend", defence="并非推诿"))
    office.do("MUNI", record, "defend", defence="并非推诿，当日已到场")
    office.refused("not_your_record", lambda: office.do("MUNI", record, "decide", decision="不成立"))
    office.do("MODELCITY", record, "decide", decision="推诿1件成立")
    office.do("MODELCITY", record, "count", result="扣1分")
    assert office.desk.record(record).state == "END"
    assert [t.zh for t in M1.accountability] == [
        "拒绝受理",
        "遗失",
        "拒不办理",
        "推诿",
        "未按时办理",
        "未依法办理",
        "办理不到位",
    ]


def test_units_revisit_themselves_and_the_survey_stays_apart(district, desk):
    """M1-SAT-02: the rating of a visit is the case's own; the survey is the model-city office's alone."""
    office = Office(desk)
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="basically")
    assert any(t.kind == "revisited" for t in desk.case(office.case).timeline)
    assert desk.records("kind:survey").items == ()
    books = district("M1")
    drawn = {"sample": "随机2件", "seed": "7"}
    books.refused("not_your_record", lambda: books.open("EPB", "survey", **drawn))
    assert books.open("MODELCITY", "survey", **drawn)


# -- papers -------------------------------------------------------------------------------------------


def test_the_register_says_when_how_and_by_whom_a_complaint_came(office):
    """M1-REC-05: time, channel, first receiver, officer, urgency, facts, what it repeats, attachments."""
    office.register()
    first = office.desk.case(office.case).number
    office.later(days=1)
    office.register(channel="visit", repeat_of=first, headcount=6)
    said, _ = said_of(office.desk, "register", office.case)
    assert said["来源"] == "来访" and said["首接单位"] == "区工商分局" and said["登记人"].startswith("周敏")
    assert said["来件时间"].startswith("2026年10月1日") and said["人数"].startswith("6")
    assert first in said["重复投诉"]
    assert "夜间" in said["判定事实"] and said["紧急程度"]
    assert "附件" in said


def test_the_slip_carries_what_the_unified_form_would(office):
    """M1-TRF-12: number, class, facts, clause, lead and helpers, method, proposer, approver, addressee, dates, stub."""
    office.register()
    office.transfer()
    office.desk.renderer = reports.renderer(bundled_only=True)
    office.sit("COMMERCE")
    case = office.desk.case(office.case)
    text = words_of(office.desk.paper("slip", [office.case]).pdf)[1]
    for words in (case.transfers[0].slip_no, case.number, "锦绣名城工地", "王喆堃", "13900000001", "区工商分局", "区环保局", "周敏", "何建平",
                  "存根", "传真", "加急", "移送依据", "配合单位区城乡建委", "办理时限", "联系人及电话"):  # fmt: skip
        assert words in text, words
    for due in ("M1-ACC-03", "M1-HDL-01"):
        assert due in {d.rule for d in case.deadlines}


def test_evidence_is_taken_on_the_scene_and_signed(office):
    """M1-QLT-01, M1-QLT-02: officers, findings, evidence, signatures; who was invited with the complainant's consent."""
    office.accepted()
    office.refused("field_missing", "EPB", "investigate", officers="刘洋、范敏")
    office.do("EPB", "investigate", findings="夜间打桩属实", officers="刘洋、范敏", evidence="照片3张", verified=True)
    _, text = said_of(office.desk, "site-record", office.case)
    assert "刘洋、范敏" in text and "照片3张" in text and "夜间打桩属实" in text
    document = next(d for d in M1.documents if d.kind == "site-record")
    typed = {f.zh for f in document.fields if not f.source}
    assert {"受邀参加人及投诉人同意情况", "当事人意见及签名"} <= typed, "filled by hand, on the scene"
    assert "当事人意见及签名" in text


def test_the_result_is_told_and_the_opinion_sought_and_both_places_have_it(office):
    """M1-QLT-05, M1-RPL-11: the reply asks for the opinion; the centre has its written feedback before anybody closes."""
    office.answered()
    _, text = said_of(office.desk, "reply", office.case)
    assert "满意" in text and "王喆堃" in text
    office.refused("not_in_this_state", "EPB", "close", outcome="solved")
    office.do("EPB", "feedback", result="已停工整改", rating="satisfied")
    _, told = said_of(office.desk, "feedback", office.case)
    assert "区12369" in told or "12369" in told
    office.refused("needs_unreachable", "EPB", "close", outcome="solved")
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="satisfied")
    office.do("EPB", "close", outcome="solved")
    office.sit("COMMERCE")
    assert office.desk.case(office.case).state == "CLS", "the first receiver sees its end"


def test_poor_quality_is_ordered_again_with_its_limit(office):
    """M1-FUP-05: sent back with what was wrong; fifteen working days; counted as not thorough."""
    office.fed_back()
    office.do("COMMERCE", "redo", reason="办理不到位：未复测")
    assert office.state() == "RED"
    (clock,) = office.clocks("M1-FUP-03")
    assert clock[1] == "open" and clock[2].startswith("2026-10-2"), (
        "fifteen working days from 30 September, after the holiday"
    )
    said, _ = said_of(office.desk, "redo", office.case)
    assert said["发回事由"] == "办理不到位：未复测" and said["第几次重办"] == "1"
    triggers = {t.id for t in M1.accountability if "M1-FUP-05" in t.rules}
    assert triggers == {"not_lawful", "not_thorough"}


@pytest.mark.parametrize("form", ["joint-enforcement", "joint-search"])
def test_who_cannot_cope_alone_leads_the_others(office, form):
    """M1-OVL-05, M1-JNT-02: the competent department asks, those asked help, the case stays its own."""
    office.accepted()
    office.refused("not_your_case", "MUNI", "assist-ask", body="CONSTR", what="联合执法", form=form)
    office.do("EPB", "assist-ask", body="CONSTR", what="夜间联合检查", form=form)
    assert "investigate" in office.offered("CONSTR")
    office.do("CONSTR", "assist-give", opinion="已派员参加")
    assert office.desk.case(office.case).matters[0].lead == "EPB"
    _, text = said_of(office.desk, "joint-notice", office.case)
    assert "区城乡建委" in text and "夜间联合检查" in text


def test_on_the_environmental_opinion_alone_a_caterer_is_registered(desk):
    """M1-AIR-03, M1-AIR-04: the bureau's opinion with conclusion and reasons, read by who registers and by nobody else."""
    said = {"applicant": "某甲", "place": "湖滨路9号", "business": "火锅", "building": "商住综合楼", "flue": "无公共烟道",
            "conclusion": "refused", "reasons": "无公共烟道"}  # fmt: skip
    books = Ledger(desk)
    books.refused("not_your_record", lambda: books.open("COMMERCE", "conformity", **said))
    for left in ("conclusion", "reasons", "flue"):
        some = {k: v for k, v in said.items() if k != left}
        books.refused("field_missing", lambda some=some: books.open("EPB", "conformity", **some))
    record = books.open("EPB", "conformity", **said)
    books.do("EPB", record, "send")
    paper = desk.official("conformity-opinion", [record])[0].paper
    text = "\n".join(texts(msgspec.to_builtins(paper)))
    assert "不予登记" in text and "无公共烟道" in text and paper.to == ("区工商分局",)
    for body, reads in (("COMMERCE", True), ("MUNI", False)):
        books.sit(body)
        assert (record in {line.record_id for line in desk.records("kind:conformity").items}) is reads


def test_the_joint_meeting_hears_of_listed_cases_supervision_and_satisfaction(district):
    """M1-MTG-04."""
    office = district("M1")
    meeting = next(m for m in M1.meetings if m.id == "joint")
    assert {"审议挂牌督办事项", "通报督办和满意度测评结果"} <= set(meeting.agenda)
    record = office.open("EPB", "meeting/joint", theme="四季度联席会议", period="2026-Q4")
    office.do("EPB", record, "call", at="2026-10-20T09:00", place="三会议室", chair="何建平")
    office.do(
        "EPB",
        record,
        "hold",
        chair="何建平",
        lines={"attendance": [{"body": "EPB", "how": "present", "person": "赵文静"}]},
    )
    offered = {s.step for s in office.desk.record(record).steps}
    assert "report-results" in offered


def test_a_listed_case_past_its_limit_is_held_against_its_unit(office):
    """M1-LST-05: missed without reason it is counted; nobody closes it while it is listed."""
    office.fed_back()
    items = {"target": "停工", "responsible": "区环保局", "supervisor": "区政府督查室", "procedure": "每周报告"}
    office.do("SUPERV", "list", until="2026-10-20T18:00", **items)
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="satisfied")
    office.refused("already_listed", "EPB", "close", outcome="solved")
    office.later(days=30)
    (clock,) = office.clocks("M1-LST-02")
    assert (clock[1], clock[2]) == ("open", "2026-10-20T18:00:00+08:00"), "nothing ends it but the list"
    assert "M1-LST-05" in next(i.rules for i in M1.indicators if i.id == "listed_overdue_count")
    office.sit("SUPERV")
    view = statistics.named(office.desk, statistics.count(office.desk, "2026-10"))
    figure = next(f for f in view.indicators if f.id == "listed_overdue_count")
    assert figure.numerator == 1 and office.case in figure.cases


# -- the few of the others that nothing named ------------------------------------------------------------


def test_each_locality_says_which_command_it_has_set_up(district):
    """M4-ORG-04: the township enters it, the centre reads it, no member enters it for the township."""
    office = district("M4")
    said = {"name": "青杠镇突发公共卫生事件应急指挥部", "head": "某镇长", "telephone": "67829000"}
    office.sit("HEALTH")
    office.refused("not_your_record", lambda: office.desk.open_record("local-commands", said))
    (kind,) = [r for r in load_profile("M4").records if r.id == "local-commands"]
    assert (kind.by, kind.to) == (["TOWN"], ["CENTER"])
    assert {"name", "head", "telephone"} <= {f.name for f in kind.fields if f.required}


def test_the_economy_member_keeps_the_reserves_and_leads_supply(district):
    """M4-MEM-03: goods, number and place; a task of supply is its own."""
    office = district("M4")
    goods = {"goods": "疫苗", "number": "2000支", "place": "冷库"}
    for left in goods:
        some = {k: v for k, v in goods.items() if k != left}
        office.refused("field_missing", lambda some=some: office.open("HEALTH", "reserves", **some))
    record = office.open("HEALTH", "reserves", **goods)
    office.sit("CENTER")
    assert record in {line.record_id for line in office.desk.records("kind:reserves").items}
    assert "ECON" in next(r for r in load_profile("M4").records if r.id == "reserves").by
    assert route(load_profile("M4"), {"task_type": "logistics"}).lead == "ECON"


def test_the_roster_says_whether_the_liaison_heads_the_unit_in_charge_of_safety(district):
    """M4-LIA-02: normally it is he; the roster asks, and another may be named."""
    office = district("M4")
    named = {"person": "某甲", "duty": "安保科科长", "telephone": "1"}
    office.refused("field_missing", lambda: office.open("EDU", "liaison-roster", **named))
    for head in ("true", "false"):
        record = office.open("EDU", "liaison-roster", **named, head=head)
        shown = {name: value for name, _, value in office.desk.record(record).fields}
        assert shown["head"] == ("是" if head == "true" else "否")


def test_shirking_in_the_linkage_has_its_consequence():
    """M2-ACT-01: weak progress, and shirking or quarrelling; persons are held responsible according to the case."""
    triggers = {t.zh: t for t in load_profile("M2").accountability}
    assert {"联动工作推进不力", "推诿扯皮"} == set(triggers)
    assert all("追究有关人员责任" in t.consequence and t.evidence for t in triggers.values())
