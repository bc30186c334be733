"""Facts → answer, reasoned out from the rules alone before any answer of the program was seen (tests/data).

Each case goes through ``answer_route``, the function that ``liaison route`` calls; a sample goes through the process.
What a case does not state is expected to be ordinary: handled ordinarily, transferred in the usual time, no report, no unit.
"""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from liaison_app.desk.questions import answer_route
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.facts import checked, with_computed
from liaison_app.mechanism.profile import load_profile
from liaison_app.mechanism.routing import route

DATA = Path(__file__).resolve().parents[1] / "data"
USUAL = {"M1": "same_day", "M2": "3wd", "M4": "same_day"}
SETS = {"sup": "supporting", "alt": "alternatives", "report": "report_to", "to": "addressees", "ask": "ask"}
PLAIN = {"unit": "handling_unit", "lead": "lead", "urgency": "urgency", "transfer": "transfer", "prov": "provisional"}


class Case(NamedTuple):
    mechanism: str
    rule: str
    request: dict
    expect: list
    why: str


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def parts(words):
    return [] if words == "-" else words.split("+")


def request(facts, settings):
    said = {}
    for pair in facts.split():
        if pair == "-":
            continue
        name, value = pair.split("=", 1)
        value = {"true": True, "false": False}.get(value, value)
        value = parts(value) if isinstance(value, str) and (name == "project_approved_by" or "+" in value) else value
        inner, _, fact = name.rpartition(".")
        (said.setdefault(inner, {}) if inner else said)[fact] = value
    return {"facts": said, "settings": dict(pair.split("=") for pair in settings.split())}


TABLE = {row["row"]: row for row in rows("table_m1.tsv")}
CASES = [
    Case(m, row["rule"], {"id": f"{m}-{n}"} | request(row["facts"], row["settings"]), row["expect"].split(), row["why"])
    for m in ("M1", "M2", "M4")
    for n, row in enumerate(rows(f"cases_{m.lower()}.tsv"), 1)
]


def expected(case):
    """Return the tokens of a case, completed from table T2 and by what is usual."""
    row, *tokens = case.expect
    said = {t.split("=")[0] for t in tokens if "=" in t} | {t.split("~")[0] for t in tokens if "~" in t}
    table = TABLE.get(row, {})
    more = {"urgency": "ordinary", "transfer": USUAL[case.mechanism], "unit": "-"}
    if case.mechanism == "M1":
        more |= {"report": "-", "lead": table.get("lead", "*"), "sup": table.get("supporting", "*")}
    return row, tokens + [f"{k}={v}" for k, v in more.items() if k not in said]


def differences(case, answer):
    """Return what an answer has otherwise than the case expects, one line each."""
    row, tokens = expected(case)
    found = []

    def check(ok, token, got):
        if not ok:
            found.append(f"{token}: {got}")

    check(row in ("*", answer["row"]), row, answer["row"])
    if row in TABLE:
        check(answer["clauses"] == TABLE[row]["clauses"].split(";"), TABLE[row]["clauses"], answer["clauses"])
        cited = {r for r in parts(TABLE[row]["rules"]) if r.startswith("M1-")}
        check(all(any(g.startswith(r) for g in answer["rules"]) for r in cited), cited, answer["rules"])
    for token in tokens:
        sign = next(s for s in token if s in "=~!")
        name, wanted = token.split(sign, 1)
        if wanted == "*":
            continue
        if name in ("duty", "hint", "rule"):
            have = (
                [d["rule"] for d in answer["duties"]]
                if name == "duty"
                else answer["rules" if name == "rule" else "hints"]
            )
            hit = any(w in h if name == "hint" else w == h for w in wanted.split("|") for h in have)
            check(hit == (sign == "~"), token, have)
        elif name == "issues":
            check([i["row"] for i in answer.get("issues", [])] == parts(wanted), token, answer.get("issues"))
        elif name in SETS:
            have = answer[SETS[name]]
            if sign == "=":
                check(sorted(have) == sorted(parts(wanted)) and (name != "to" or have == parts(wanted)), token, have)
            else:
                hits = [any(w in have for w in one.split("|")) for one in parts(wanted)]
                check(all(hits) if sign == "~" else not any(hits), token, have)
        else:
            check(
                str(answer.get(PLAIN[name], "-")).removeprefix("True") in (wanted, wanted.removeprefix("true")),
                token,
                answer.get(PLAIN[name]),
            )
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.request['id']}-{c.rule}")
def test_the_answer_is_what_the_rules_say(case):
    answer = answer_route(case.mechanism, case.request, "zh_CN")
    assert not differences(case, answer), f"{case.why}: {case.request}"


# What is known on receipt, not asked of a caller: it may turn the lead without being a question.
ON_RECEIPT = {"from_city_department", "channel", "first_receiver"}
TRIED = {"bool": [True, False], "date": ["2000-01-01", "2020-01-01"]}


@pytest.mark.parametrize(
    "case", [c for c in CASES if "second_issue" not in c.request["facts"]][::3], ids=lambda c: c.request["id"]
)
def test_an_unknown_fact_that_would_turn_the_lead_is_asked(case):
    profile = load_profile(case.mechanism)
    facts, settings = case.request["facts"], case.request["settings"]
    answer = route(profile, facts, settings)
    if set(answer.ask) & set(profile.gates):
        return
    known = with_computed(profile, checked(profile, facts), settings)
    for fact in profile.facts:
        if fact.id in known or fact.id in answer.ask or fact.id in ON_RECEIPT or fact.derived_from:
            continue
        for value in TRIED.get(fact.type, list(fact.values)):
            turned = route(profile, {**facts, fact.id: value}, settings).lead
            heirs = {f.id for f in profile.facts if f.default_from == fact.id}
            assert turned == answer.lead or heirs & set(answer.ask), f"{fact.id}={value} gives {turned}"


def test_three_answers_decide():
    """Answered truthfully, in the order asked, three questions give the lead that all the facts give."""
    right = total = 0
    for case in CASES:
        facts, settings = case.request["facts"], case.request["settings"]
        profile = load_profile(case.mechanism)
        whole = route(profile, facts, settings)
        known = {n: v for n, v in facts.items() if n in (*profile.gates, *ON_RECEIPT, "petition_scope", "second_issue")}
        asked = set()
        for _ in range(3):
            fresh = next((f for f in route(profile, known, settings).ask if f not in asked), None)
            if fresh is None:
                break
            asked.add(fresh)
            known |= {fresh: facts[fresh]} if fresh in facts else {}
        total += 1
        right += route(profile, known, settings).lead == whole.lead
    assert right / total >= 0.95, f"{right} of {total}"


FORMS = [
    ({"at_night": "true"}, {"at_night": True}),
    (
        {"at_night": "是", "sporadic_strong": 0, "has_shared_flue": "没有"},
        {"at_night": True, "sporadic_strong": False, "has_shared_flue": False},
    ),
    ({"at_night": "不清楚", "medium": None, "source": "", "opened_on": "unknown"}, {}),
    ({"source": "unknown"}, {"source": "unknown"}),
    ({"medium": "噪声", "source": "施工"}, {"medium": "noise", "source": "construction"}),
    ({"medium": " NOISE ", "source": "Loudspeaker"}, {"medium": "noise", "source": "loudspeaker"}),
    (
        {"medium": "油烟", "source": "餐饮", "place_type": "综合楼"},
        {"medium": "air", "source": "catering", "place_type": "complex_building"},
    ),
    ({"source": "水吧"}, {"source": "bar"}),
    ({"source": "转运"}, None),
    ({"source": "中转站"}, {"source": "garbage_facility"}),
    ({"opened_on": "2007/9/1"}, {"opened_on": date(2007, 9, 1)}),
    ({"opened_on": "2007年9月1日"}, {"opened_on": date(2007, 9, 1)}),
    ({"opened_on": "2007-09-01T10:00:00+08:00"}, {"opened_on": date(2007, 9, 1)}),
    ({"opened_on": "20070901"}, {"opened_on": date(2007, 9, 1)}),
    ({"opened_on": "2007年9月1号"}, {"opened_on": date(2007, 9, 1)}),
    ({"from_city_department": "市环保局"}, {"from_city_department": "CITY_EPB"}),
    ({"from_city_department": "市气象局"}, None),
    ({"medium": "噪音", "source": "网吧"}, {"medium": "noise", "source": "entertainment"}),
    (
        {"construction_cause": "渣土车", "place_type": "广场"},
        {"construction_cause": "muck_truck", "place_type": "square_park"},
    ),
    ({"channel": "电话", "assigned_by": "人大议案"}, {"channel": "phone", "assigned_by": "npc"}),
    ({"source": "加油站"}, None),
    ({"opened_on": "2007-09"}, None),
    ({"opened_on": "2007-13-01"}, None),
    ({"opened_on": "2007-09-012"}, None),
    ({"project_approved_by": "规划分局、区工商分局"}, {"project_approved_by": ["PLANNING", "COMMERCE"]}),
    ({"project_approved_by": ["planning"]}, {"project_approved_by": ["PLANNING"]}),
    ({"first_receiver": "区环保局"}, {"first_receiver": "EPB"}),
    ({"first_receiver": "NOBODY"}, None),
    ({"headcount": "12"}, {"headcount": 12}),
    ({"headcount": -1}, None),
    ({"at_night": [True]}, None),
    ({"medium": {"a": 1}}, None),
    ({"second_issue": "noise"}, None),
    ({"second_issue": {}}, {"second_issue": []}),
    ({"second_issue": [{"medium": None}, {"medium": "dust"}]}, {"second_issue": [{"medium": "dust"}]}),
    ({"medium": []}, {}),
    ({"medium": ["noise", "bogus"]}, None),
]


@pytest.mark.parametrize(("given", "canonical"), FORMS)
def test_facts_are_taken_in_the_forms_people_and_files_give_them(given, canonical):
    if canonical is None:
        with pytest.raises(RuleBroken) as refused:
            checked(load_profile("M1"), given)
        assert refused.value.code == "fact_value"
        assert refused.value.facts["field"] in given
        assert refused.value.facts["expected"]
    else:
        assert checked(load_profile("M1"), given) == canonical


@pytest.mark.parametrize(
    ("mechanism", "given", "canonical"),
    [
        ("M2", {"matter_kind": "赋权", "town": "恩江", "zone": "县城建成区"}, {"matter_kind": "assigned", "town": "ENJIANG", "zone": "built_up"}),
        ("M2", {"matter_kind": "无", "urgency": "重大", "found_by": "部门"}, {"matter_kind": "none", "urgency": "major", "found_by": "COUNTY_DEPT"}),
        ("M2", {"town": "其他", "zone": "规划区内建成区外"}, {"town": "other", "zone": "planned_outside"}),
        ("M4", {"event_level": "特别重大", "sector": "幼儿园", "task_type": "总体方案"}, {"event_level": "especially_major", "sector": "school", "task_type": "scheme"}),
    ],
)  # fmt: skip
def test_every_mechanism_takes_its_own_words(mechanism, given, canonical):
    assert checked(load_profile(mechanism), given) == canonical


def asked_of_the_process(lines, *options):
    env = {**os.environ, "PYTHONPATH": str(DATA.parents[1]), "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "liaison_app.cli.main", "route", *options],
        input="\n".join(lines).encode(), capture_output=True, env=env, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("mechanism", ["M1", "M2", "M4"])
def test_the_process_answers_as_the_function_in_the_order_of_the_lines(mechanism):
    sample = [c for c in CASES if c.mechanism == mechanism][::7]
    run = asked_of_the_process([json.dumps(c.request, ensure_ascii=False) for c in sample], "--mechanism", mechanism)
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert run.returncode == 0, run.stderr.decode()
    assert answers == [answer_route(mechanism, c.request, "zh_CN") for c in sample]
    must = {
        "id",
        "lead",
        "lead_name",
        "alternatives",
        "supporting",
        "urgency",
        "transfer",
        "report_to",
        "row",
        "clauses",
        "ask",
        "why",
    }
    assert all(must <= set(a) for a in answers)


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered():
    good = json.dumps({"id": "good", "facts": {"medium": "noise", "source": "loudspeaker"}})
    lines = [
        "\ufeff" + good,
        "",
        "no json",
        "[1]",
        '{"id": "fact", "facts": {"mediun": "noise"}}',
        '{"id": "facts", "facts": 3}',
        '{"id": "null", "facts": null}',
        good,
    ]
    run = asked_of_the_process(lines, "--mechanism", "M1", "--lang", "en")
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert run.returncode == 1
    assert [(a["id"], a.get("error", "")) for a in answers] == [
        ("good", ""), (None, "line_invalid"), (None, "line_invalid"), ("fact", "fact_unknown"), ("facts", "field_type"), ("null", ""), ("good", ""),
    ]  # fmt: skip
    assert [a["line"] for a in answers if "error" in a] == [3, 4, 5, 6]
    assert "mediun" in answers[3]["message"]
    assert answers[3]["details"]["expected"] == "medium"
    assert answers[0]["why"].startswith("Which kind of pollution: noise")
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize(("mechanism", "code"), [("M3", "mechanism_partial"), ("M99", "mechanism_unknown")])
def test_a_mechanism_that_routes_nothing_says_so(mechanism, code):
    run = asked_of_the_process(['{"id": 1, "facts": {}}'], "--mechanism", mechanism)
    assert run.returncode == 1
    assert json.loads(run.stdout)["error"] == code


def test_a_body_among_the_reasons_is_named_not_coded():
    facts = {"source": "other_project", "project_exists": True, "project_approved_by": ["MIIT", "LAND"]}
    zh, en = (answer_route("M1", {"facts": facts | {"medium": "other"}}, lang)["why"] for lang in ("zh_CN", "en"))
    assert "审批部门（按先后）：区经信委、区国土分局" in zh
    assert "Approving bodies in order: Economy and information committee, Land bureau" in en and "、" not in en
