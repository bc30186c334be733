"""Every person of every body asks to number, void and seal every paper of a case: only who issues it may (OFFICE A5, A6)."""

import re

import pytest

from liaison_app.desk import opening
from liaison_app.domain.errors import RuleBroken
from liaison_app.words.errors import told
from tests.conftest import NOON
from tests.journeys.test_papers import drawing, ways
from tests.journeys.test_whole_walk import Office

HAN = re.compile("[\u4e00-\u9fff]")
HOLE = re.compile(r"\{\w*\}|None")

ISSUES = {
    "COMMERCE": "register approval-sheet slip notice-transfer designation-proposal delivery-receipt fax-cover incoming-sheet revisit urging redo",
    "EPB": "objection notice-acceptance site-record reply-24h case-filing assist-request consultation joint-notice joint-record city-letter "
    "preliminary-reply reply feedback satisfaction-statement draft-sheet case-cover case-contents case-note",
    "CONSTR": "assist-opinion",
    "GOVT_DUTY": "designation",
    "SUPERV": "supervision listing delisting",
    "C12369": "panel",
}  # fmt: skip
"""Who issues which paper of the cases of ``ways``, written down by hand from what happens in them."""
WHO = {kind: body for body, kinds in ISSUES.items() for kind in kinds.split()}
TOLD_LAST = {0: "COMMERCE", 1: "EPB", 2: "EPB"}
"""Whose call the telephone record of each case is about: his who told the complainant last."""
MAY_VOID = {"liaison", "leader"}


def test_only_who_issues_a_paper_numbers_voids_and_seals_it(desk):
    """OFFICE-A5, OFFICE-A6."""
    office = Office(desk)
    cases = list(dict.fromkeys(ways(office)))
    people, refusals, done, seen, typed = desk.roster.people, {}, [], set(), 100

    def asks(person, case, action, **fields):
        desk.switch_person(person.id)
        try:
            desk.act_from(case, action, fields)
        except RuleBroken as refused:
            refusals.setdefault(refused.code, refused.facts)
            return refused.code
        done.append(action)
        return ""

    for at, case in enumerate(cases):
        office.sit("COMMERCE")
        for line in desk.papers(case):
            kind, issuer = line.kind, TOLD_LAST[at] if line.kind == "phone-record" else WHO[line.kind]
            about, carried = {"kind": kind, "of": line.of}, line.number
            if kind in seen:
                continue
            seen.add(kind)
            for person in people:
                if person.body != issuer:
                    assert asks(person, case, "issue-paper", **about) == "paper_of_others", (kind, person)
            other = next(p for p in people if p.body != issuer)
            assert asks(other, case, "issue-paper", kind=kind) == "paper_of_others", kind
            assert asks(other, case, "issue-paper", **about, number=f"锦函〔2026〕{typed}号") == "paper_of_others", kind
            assert asks(other, case, "issue-paper", **about, fields={"note": "说明"}) == "paper_of_others", kind
            own = [p for p in people if p.body == issuer]
            another = next(one.of for one in desk.papers(case) if one.of != line.of)
            assert asks(own[0], case, "issue-paper", kind=kind, of=another) == "paper_not_yet" or kind == "register"
            typed += 1
            number = {"number": f"锦函〔2026〕{typed}号"} if line.numbered == "office" and not carried else {}
            if not carried:
                assert asks(own[-1], case, "issue-paper", **about, **number) == "", kind
            office.sit(issuer)
            given = next(one.number for one in desk.papers(case) if (one.kind, one.of) == (kind, line.of))
            assert bool(given) == (line.numbered in {"ours", "office"} or bool(carried)), kind
            if not given or carried:
                continue
            on = {"kind": kind, "number": given}
            for person in people:
                if person.body != issuer:
                    assert asks(person, case, "seal-paper", **on, approver="某", sealed_by="某") == "paper_of_others"
                    wanted = (
                        {"paper_of_others"} if MAY_VOID & set(person.roles) else {"not_your_office", "paper_of_others"}
                    )
                    assert asks(person, case, "void-paper", **on, reason="打错") in wanted
            assert asks(own[0], case, "seal-paper", **on, approver="某", sealed_by="某") == "", kind
            for person in own:
                if not MAY_VOID & set(person.roles):
                    assert asks(person, case, "void-paper", **on, reason="打错") == "not_your_office", kind
            able = next((p for p in own if MAY_VOID & set(p.roles)), None)
            if able is not None:
                assert asks(able, case, "void-paper", **on, reason="打错") == "", kind
                assert asks(able, case, "void-paper", **on, reason="打错") == "paper_unknown", kind
    assert seen >= set(WHO) | {"phone-record"}
    assert min(done.count(action) for action in ("issue-paper", "seal-paper", "void-paper")) >= 15
    for code, facts in refusals.items():
        zh, en = told(code, facts, "zh_CN"), told(code, facts, "en")
        assert HAN.search(zh), (code, zh)
        assert not HOLE.search(zh + en), (code, zh, en)
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_a_paper_of_another_body_is_offered_to_nobody_else(desk):
    """OFFICE-A5: what the form of an act offers is what the person may do."""
    office = Office(desk)
    office.answered()
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    office.do("COMMERCE", "issue-paper", kind="urging")
    number = next(line.number for line in desk.papers(office.case) if line.kind == "urging")
    assert number

    def offered(seat, action, field):
        office.sit(seat)
        found = next(a for a in desk.actions(office.case) if a.action == action)
        return {code for code, _ in next(f for f in found.fields if f.name == field).choices}

    assert offered("COMMERCE", "void-paper", "number") == {number}
    assert offered("EPB", "void-paper", "number") == set()
    assert "reply-24h" in offered("EPB", "issue-paper", "kind")
    assert "reply-24h" not in offered("COMMERCE", "issue-paper", "kind")
    assert offered("SUPERV", "seal-paper", "number") == set()


MATTER = {
    "object": "河道非法采砂点", "content": "夜间有人采砂", "place": "恩江镇下游河段", "complainant_name": "王喆堃",
    "complainant_address": "恩江镇", "contact": "13900000001",
}  # fmt: skip


def township(office):
    """A matter of the township's that climbs from talks to the justice bureau (M2)."""
    office.do("TOWN", "propose-transfer")
    office.do("TOWN", "approve", road="telephone", leader="p-fengtao", words="同意", number="5512002")
    office.do("TOWN", "mark", marks=["materials_complete"])
    office.do("TOWN", "transfer", method="letter")
    office.do("COUNTY_DEPT", "sign")
    office.do("COUNTY_DEPT", "inform", what="refusal", method="letter", words="属乡镇事项")
    office.do("TOWN", "dispute", kind="jurisdiction", reasons="不在承接事项目录")
    office.do("TOWN", "dispute", kind="justice", reasons="协商未果")
    office.do("JUSTICE", "rule", outcome="proposal", decision="建议由县直部门办理")


def emergency(office):
    """An event from its first sign to the inquiry (M4)."""
    office.do("CENTER", "report-urgent", to_person="区政府值班室", method="phone")
    office.do("HEALTH", "step", step="plan-started", words="启动四级响应")
    office.do("HEALTH", "step", step="scheme-proposed", words="停课、采样、消毒")
    office.do("HEALTH", "arrive", officers="流调组")
    office.do("HEALTH", "mark", marks=["information_verified"])
    office.do("PUBLICITY", "publish", where="官方微信", text="情况通报")
    office.do("HQ", "rule", outcome="ended", decision="终止应急响应")
    office.do("HEALTH", "step", step="inquiry-reported", words="调查报告已报区政府和指挥部")


OTHERS = {
    "M2": (township, "TOWN", {"matter_kind": "none", "town": "other", "zone": "built_up", "urgency": "ordinary"}, {
        "TOWN": "register slip approval-sheet stop-order evidence-list dispute-application dispute-decision-request",
        "COUNTY_DEPT": "notice-acceptance", "JUSTICE": "dispute-proposal",
    }),
    "M4": (emergency, "CENTER", {"sector": "school"}, {
        "CENTER": "information-report", "HEALTH": "overall-scheme inquiry-report", "PUBLICITY": "release-sheet", "HQ": "end-notice",
    }),
}  # fmt: skip
"""Who issues which paper of another mechanism, by hand."""


@pytest.mark.parametrize("mechanism", OTHERS)
def test_so_it_is_in_every_mechanism(tmp_path, mechanism):
    """OFFICE-A5, OFFICE-A6: every person asks to number, seal and void every paper of a case of M2 and M4."""
    walk, first, facts, issues = OTHERS[mechanism]
    opening.found_demo(tmp_path / mechanism, mechanism)
    desk = opening.open_desk(tmp_path / mechanism, now=NOON)
    office, people, seen = Office(desk), desk.roster.people, set()
    office.sit(first)
    office.case = desk.act_from("new", "register", {**MATTER, "facts": facts}).case
    walk(office)
    who = {kind: body for body, kinds in issues.items() for kind in kinds.split()}

    def asks(person, action, **fields):
        desk.switch_person(person.id)
        try:
            desk.act_from(office.case, action, fields)
        except RuleBroken as refused:
            return refused.code
        return ""

    for n, line in enumerate(desk.papers(office.case), 1):
        kind, about = line.kind, {"kind": line.kind, "of": line.of}
        seen.add(kind)
        for person in people:
            if person.body != who[kind]:
                assert asks(person, "issue-paper", **about) == "paper_of_others", (kind, person)
        own = [p for p in people if p.body == who[kind]]
        number = {"number": f"恩府〔{office.clock.year}〕{n}号"} if line.numbered == "office" else {}
        if not line.number:
            assert asks(own[0], "issue-paper", **about, **number) == "", kind
        given = next(one.number for one in desk.papers(office.case) if (one.kind, one.of) == (kind, line.of))
        if not given or line.number:
            continue
        on = {"kind": kind, "number": given}
        for person in people:
            if person.body != who[kind]:
                assert asks(person, "seal-paper", **on, approver="某", sealed_by="某") == "paper_of_others"
                assert asks(person, "void-paper", **on, reason="打错") in {"paper_of_others", "not_your_office"}
        assert asks(own[0], "seal-paper", **on, approver="某", sealed_by="某") == "", kind
        able = next(p for p in own if MAY_VOID & set(p.roles))
        assert asks(able, "void-paper", **on, reason="打错") == "", kind
    assert seen == set(who)
    assert desk.verify().ok and desk.rebuild(check=True).equal
    desk.close()


def test_only_its_owner_numbers_a_paper_of_a_record(desk):
    """OFFICE-A5: whoever reads a record prints its papers, with the number that they have; its owner gives it, once."""
    office = Office(desk)
    desk.renderer = drawing()
    office.sit("EPB")
    meeting = desk.open_record("meeting/joint", {"theme": "三季度联席会议", "period": "2026-Q3"}).record
    desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})

    def line(seat, way, number="", paper="meeting-notice"):
        office.sit(seat)
        said = {"paper": paper, "number": number, "copies": 1, "way": way, "at": office.clock.isoformat(), "by": "某"}
        try:
            desk.step_record(
                meeting, "issue-paper", {"lines": {"issued-papers": [{k: v for k, v in said.items() if v}]}}
            )
        except RuleBroken as refused:
            return refused.code
        return ""

    reader = next(p.body for p in desk.roster.people if p.body != "EPB" and reads(desk, p, meeting))
    assert line(reader, "numbered", "锦环保局会〔2026〕1号") == "paper_of_others"
    assert line(reader, "printed", "锦环保局会〔2026〕1号") == "paper_unknown"
    assert line(reader, "printed") == "", "a draft is printed without a number"
    office.sit("EPB")
    number = desk.put_out("meeting-notice", [meeting]).number
    assert number and line("EPB", "numbered", "锦环保局会〔2026〕9号") == "paper_numbered"
    assert line("EPB", "numbered", "锦环保局函〔2026〕9号", paper="minutes") == "number_form", (
        "the office gives that one"
    )
    assert line("EPB", "numbered", "1", paper="slip") == "field_value", "a paper of cases"
    assert line(reader, "printed", number) == ""
    assert desk.verify().ok and desk.rebuild(check=True).equal


def reads(desk, person, record):
    """Return whether a person's body reads a record."""
    desk.switch_person(person.id)
    try:
        return bool(desk.record(record))
    except RuleBroken:
        return False
