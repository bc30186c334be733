"""Every person of every body asks to number, void and seal every paper of a case: only who issues it may (OFFICE A5, A6)."""

import re

from liaison_app.domain.errors import RuleBroken
from liaison_app.words.errors import told
from tests.journeys.test_papers import ways
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
