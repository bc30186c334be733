"""Facts → answer, reasoned out from the rules alone before any answer of the program was seen (tests/data).

Each case goes through ``answer_route``, the function that ``liaison route`` calls; a sample goes through the process.
What a case does not state is expected to be ordinary: handled ordinarily, transferred in the usual time, no report, no unit.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from liaison_app.desk.questions import answer_route

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
            have = [d["rule"] for d in answer["duties"]] if name == "duty" else answer["rules" if name == "rule" else "hints"]
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
            check(str(answer.get(PLAIN[name], "-")).removeprefix("True") in (wanted, wanted.removeprefix("true")), token, answer.get(PLAIN[name]))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.request['id']}-{c.rule}")
def test_the_answer_is_what_the_rules_say(case):
    answer = answer_route(case.mechanism, case.request, "zh_CN")
    assert not differences(case, answer), f"{case.why}: {case.request}"
