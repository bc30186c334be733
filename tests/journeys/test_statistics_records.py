"""Indicators over meetings and records beside the cases, and over the cases of the other two mechanisms."""

from datetime import datetime, timedelta

from liaison_app.desk import statistics
from tests.conftest import CALL
from tests.journeys.test_ledger import district as district
from tests.journeys.test_other_mechanisms import COUNTY, MATTER
from tests.journeys.test_other_mechanisms import seat as seat


def figures(desk, period, asked):
    desk.state_clock(datetime.fromisoformat(f"{asked}+08:00"))
    found = statistics.count(desk, period).indicators
    return {f.id: (f.numerator, f.denominator) for f in found}


def at(office, moment):
    office.clock = datetime.fromisoformat(f"{moment}:00+08:00")
    office.desk.state_clock(office.clock)


def test_the_records_of_a_health_emergency_district_are_counted(district):
    """M4-MTG-01, M4-MTG-05, M4-LIA-03, M4-DTY-05, M4-DTY-06."""
    office = district("M4")
    before = figures(office.desk, "2026-H2", "2027-01-15T09:00")
    assert before["meetings-held"] == (0, 1), "due once in the half-year, not held"
    assert before["roster-complete"][0] == 0 and before["roster-complete"][1] > 8
    assert before["spot-checks-passed"] == (0, 0)
    at(office, "2026-10-12T09:00")
    meeting = office.open("GOV_OFFICE", "meeting/joint", theme="秋冬防控", content="部署", form="工作部署会")
    office.do("LEADGROUP", meeting, "approve", "leader", approval="同意召开")
    office.do("GOV_OFFICE", meeting, "call", at="2026-10-14T09:00", place="区政府二楼")
    office.do("EDU", meeting, "answer", lines={"attendance": [{"how": "excused"}]})
    present = [{"body": "EMERG", "how": "present"}, {"body": "HEALTH", "how": "substitute", "for": "方晴"}]
    at(office, "2026-10-14T09:00")
    office.do("GOV_OFFICE", meeting, "hold", chair="毛健", lines={"attendance": present})
    decisions = [
        {"what": "校医配齐", "lead": "EDU", "due": "2026-10-30"}, {"what": "储备清单", "lead": "HEALTH", "due": "2026-11-20"},
    ]  # fmt: skip
    office.do("GOV_OFFICE", meeting, "decide", lines={"decisions": decisions})
    office.do("GOV_OFFICE", meeting, "done", line=2, reason="清单已报")
    for result in ("passed", "failed", "passed"):
        office.open("CENTER", "spot-checks", unit="EDU", method="phone", answered="true", result=result, found="情况")
    roster = office.open("EDU", "liaison-roster", person="甲", duty="科长", telephone="1", head="true")
    office.do("EDU", roster, "send")
    for changed, sent in (("2026-11-02T08:55", "2026-11-02T09:00"), ("2026-11-03T07:00", "2026-11-03T09:00")):
        at(office, sent)
        change = office.open("EDU", "duty-changes", old="甲", new="乙", hotline="8312001", changed_at=changed)
        office.do("EDU", change, "send")
    found = figures(office.desk, "2026-H2", "2027-01-15T09:00")
    assert found["meetings-held"] == (1, 1)
    assert found["attendance"] == (2, 3)
    assert found["agreed-done"] == (1, 2)
    assert found["spot-checks-passed"] == (2, 3)
    assert found["roster-complete"] == (1, before["roster-complete"][1])
    assert found["duty-changes-in-time"] == (1, 2)
    assert figures(office.desk, "2026-H1", "2027-01-15T09:00")["meetings-held"] == (0, 0), "over before the desk began"


def test_quarterly_meetings_decisions_and_the_own_survey_are_counted(district):
    """M1-MTG-01, M1-MTG-05, M1-SAT-01, OFFICE-C6."""
    office = district("M1")
    meeting = office.open("POLICE", "meeting/joint", theme="渣土车噪声")
    office.do("EPB", meeting, "call", at="2026-09-30T15:00", place="会议室")
    office.do("EPB", meeting, "hold", chair="局长", lines={"attendance": [{"body": "POLICE", "how": "present"}]})
    due = [
        {"what": "夜查", "kind": "measure", "lead": "POLICE", "due": "2026-10-20"},
        {"what": "清洗", "kind": "measure", "lead": "MUNI", "due": "2026-10-25"},
    ]
    office.do("EPB", meeting, "decide", lines={"decisions": due})
    office.do("SUPERV", meeting, "done", line=1, reason="已查三次")
    q3, q4 = (figures(office.desk, p, "2027-01-15T09:00") for p in ("2026-Q3", "2026-Q4"))
    assert (q3["meetings_held"], q4["meetings_held"]) == ((1, 1), (0, 1))
    assert (q3["decisions_done"], q4["decisions_done"]) == ((0, 0), (1, 2))
    assert q4["survey_rate"] == (0, 0)
    at(office, "2026-10-12T09:00")
    office.sit("COMMERCE")
    cases = [office.desk.act_from("new", "register", CALL).number for _ in range(3)]
    told = [{"case": cases[0], "reached": "true", "result": "satisfied"}, {"case": cases[1], "reached": "false"},
            {"case": cases[2], "reached": "true", "result": "dissatisfied"}]  # fmt: skip
    survey = office.open("MODELCITY", "survey", sample="按镇街分层抽样", seed="7", lines={"calls": told[:1]})
    office.do("MODELCITY", survey, "call", lines={"calls": told[1:]})
    found = figures(office.desk, "2026-Q4", "2027-01-15T09:00")
    assert (found["survey_rate"], found["satisfaction_rate"]) == ((1, 2), (0, 0)), "the survey stands apart (X-14)"


def test_transfers_of_the_linkage_are_counted_by_grade_and_direction(seat):
    """M2-TRF-02, M2-TRF-06, M2-TRF-08, M2-TRF-09, M2-DSP-01, M2-DSP-02."""
    office = seat("M2", "TOWN", **MATTER, facts=COUNTY)
    office.do("TOWN", "propose-transfer")
    office.do("TOWN", "approve", road="telephone", leader="p-fengtao", words="同意", number="5512002")
    office.do("TOWN", "mark", marks=["materials_complete"])
    office.later(days=20)
    office.do("TOWN", "transfer", method="letter")
    office.do("COUNTY_DEPT", "sign")
    office.later(days=1)
    office.do("COUNTY_DEPT", "inform", what="refusal", method="letter", words="属乡镇事项")
    office.do("TOWN", "dispute", kind="jurisdiction", reasons="不在承接事项目录")
    office.do("TOWN", "dispute", kind="justice", reasons="协商未果")
    found = figures(office.desk, "2026-Q4", "2027-01-15T09:00")
    assert (found["transfers"], found["on-time-3wd"], found["on-time-24h"]) == ((1, None), (0, 1), (0, 0))
    assert found["acceptance-notices"] == (1, 1)
    assert (found["disputes-negotiated"], found["disputes-justice"], found["disputes-government"]) == (
        (1, None), (1, None), (0, None),
    )  # fmt: skip
    groups = next(f for f in statistics.count(office.desk, "2026-Q4").indicators if f.id == "transfers").groups
    assert [(g.key, g.numerator) for g in groups] == [("TOWN→COUNTY_DEPT", 1)]


def test_appraisals_and_oral_transfers_are_counted(seat):
    """M2-TRF-07, M2-LNK-04, M2-LNK-06."""
    office = seat("M2", "TOWN", **MATTER, facts={**COUNTY, "urgency": "major", "specially_urgent": True})
    office.do("TOWN", "transfer", method="oral", to="COUNTY_DEPT", to_person="余禾", attempts="堤坝有险情")
    office.do("TOWN", "mark", marks=["materials_complete"])
    office.do("TOWN", "step", step="papers-made", evidence="移送函.pdf", officers="顾岚")
    own = {"matter_kind": "assigned", "town": "other", "found_by": "TOWN"}
    office.sit("TOWN")
    office.case = office.desk.act_from("new", "register", {**MATTER, "facts": own}).case
    office.do("TOWN", "accept")
    office.do("TOWN", "take-over", handler="顾岚")
    office.do("TOWN", "assist-ask", form="appraisal", body="COUNTY_DEPT", what="砂石量鉴定")
    office.do("COUNTY_DEPT", "assist-give", opinion="需送检", extended_to="2026-11-02T18:00")
    office.do("COUNTY_DEPT", "assist-give", opinion="约三百立方米")
    found = figures(office.desk, "2026", "2027-01-15T09:00")
    assert (found["on-time-immediate"], found["oral-papers"]) == ((1, 1), (1, 1))
    assert (found["appraisals-on-time"], found["appraisals-extended"]) == ((1, 1), (1, None))


def test_a_sign_reported_at_once_counts_as_reported_at_once(seat):
    """M4-PRO-01."""
    office = seat("M4", "CENTER", **{**MATTER, "object": "某小学聚集性发热"}, facts={"sector": "school"})
    office.do("CENTER", "report-urgent", to_person="区政府值班室", method="phone")
    office.sit("CENTER")
    office.case = office.desk.act_from("new", "register", {**MATTER, "facts": {"sector": "school"}}).case
    office.clock += timedelta(hours=2)
    office.desk.state_clock(office.clock)
    office.do("CENTER", "report-urgent", to_person="区政府值班室", method="phone")
    assert figures(office.desk, "2026", "2027-01-15T09:00")["reported-at-once"] == (1, 2)
