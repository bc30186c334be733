"""Hundreds of limits counted twice: a table of answers found without the program, held against the naive count, and the
program held against the table through the function behind ``liaison deadline``."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from liaison_app.desk.questions import answer_deadline
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.profile import load_profile
from tests.naive_clock import MADE_UP, REST, naive_due, naive_late, naive_status, works

TABLE = Path(__file__).parents[1] / "data" / "deadlines.tsv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
MECHANISMS = ("M1", "M2", "M3", "M4", "M5", "M8", "M10", "M12", "M13")

INDEX = """
M1-TRF-04 M1-TRF-05 M1-TRF-06 M1-TRF-07 M1-TRF-13 M1-ACC-02 M1-ACC-03 M1-LVL-04 M1-HDL-01 M1-HDL-03 M1-HDL-04 M1-HDL-05
M1-HDL-06 M1-RPL-03 M1-RPL-04 M1-PUB-01 M1-PUB-03 M1-INF-02 M1-INF-03 M1-MTG-01 M1-RPL-07 M1-ARC-03 M1-AIR-17 M1-LST-02
M2-TRF-02 M2-TRF-03 M2-TRF-04 M2-TRF-05 M2-TRF-07 M2-TRF-09 M2-LNK-01 M2-LNK-04 M2-SHR-01
M3-REP-01 M3-REP-05 M3-RSP-03 M3-PLN-01 M3-PLN-02 M3-PLN-03 M3-PLN-04
M4-MTG-01 M4-LIA-03 M4-DTY-06 M4-PRO-01 M4-PRO-02 M5-SCO-02 M5-LNK-01 M5-HDL-02
M8-OUT-02 M8-OUT-05 M8-OUT-06 M8-FLW-04 M8-ADM-06
M10-RPT-01 M10-RPT-04 M10-FBK-01 M10-SCO-01 M10-SCO-04 M12-REV-07
M13-INT-05 M13-LEA-01 M13-ANA-01 M13-ANA-02 M13-TGT-04
"""
"""The index of time limits, as far as it is of these nine mechanisms, and the dates of the first one's own table."""
LIMITS = INDEX.split()


def settings_of(row):
    return json.loads(row["settings"]) if row["settings"] else {}


def request_of(row, n=0):
    asked = {"id": n, "rule": row["rule"], "start": row["start"]}
    if row["event"]:
        asked["event"] = row["event"]
    return asked | ({"settings": settings_of(row)} if row["settings"] else {})


def test_the_table_is_what_a_naive_count_gives():
    for row in ROWS:
        due = naive_due(row["shape"], row["start"], settings_of(row))
        assert row["due"] == (due.isoformat() if due else ""), row
        assert row["status"] == naive_status(row["shape"], due), row


def test_the_table_is_broad():
    assert len(ROWS) >= 800
    assert {row["mechanism"] for row in ROWS} == set(MECHANISMS)
    assert not set(LIMITS) - {row["rule"] for row in ROWS}


def test_the_calendar_is_that_of_the_two_notices():
    calendar = bundled()
    assert {d for d in calendar.rest if d.year in (2025, 2026)} == REST
    assert {d for d in calendar.make_up if d.year in (2025, 2026)} == MADE_UP


@pytest.mark.parametrize("name", MECHANISMS)
def test_every_answer_is_that_of_the_table(name):
    wrong = []
    for row in (r for r in ROWS if r["mechanism"] == name):
        found = answer_deadline(name, request_of(row), "zh_CN")
        if (found["due"] or "", found["status"]) != (row["due"], row["status"]) or row["rule"] not in found["why"]:
            wrong.append((row, found["due"], found["status"], found["why"]))
    assert not wrong


def test_what_has_no_number_is_late_after_its_grace():
    for row in ROWS:
        if row["shape"] in ("immediate", "first_moment"):
            found = answer_deadline(row["mechanism"], request_of(row), "zh_CN")
            assert found["late_after"] == naive_late(row["shape"], row["start"], settings_of(row)).isoformat(), row


def test_every_day_of_a_count_is_told_once_and_rightly():
    for row in (r for r in ROWS if r["shape"].endswith("WD")):
        found = answer_deadline(row["mechanism"], request_of(row), "zh_CN")
        counted = [s["date"] for s in found["counted"] if s["what"] in ("counted", "make_up")]
        skipped = [s["date"] for s in found["counted"] if s["what"] == "skipped"]
        assert len(counted) == int(row["shape"].split()[0]), row
        assert counted[-1] == row["due"][:10], row
        assert not set(counted) & set(skipped), row


def test_every_limit_of_the_index_answers_with_or_without_an_event():
    for rule in LIMITS:
        name = rule.partition("-")[0]
        first = answer_deadline(name, {"rule": rule, "start": "2026-05-09T10:00"}, "zh_CN")
        assert first["rule"] == rule
        for clock in load_profile(name).deadlines:
            for event in (clock.event, *clock.aliases) if rule in (clock.rule, *clock.rules) else ():
                assert answer_deadline(name, {"rule": rule, "start": "2026-05-09", "event": event}, "en")["status"]


def test_names_of_an_event_never_lead_to_two_clocks_that_count_otherwise():
    for name in MECHANISMS:
        profile = load_profile(name)
        for rule in {d.rule for d in profile.deadlines}:
            clocks = [d for d in profile.deadlines if rule in (d.rule, *d.rules)]
            for one in clocks:
                for event in (one.event, *one.aliases):
                    found = answer_deadline(name, {"rule": rule, "start": "2026-05-09T10:00", "event": event}, "zh_CN")
                    meant = [d for d in clocks if event in (d.event, *d.aliases)]
                    assert found["event"] in {d.event for d in meant}, (rule, event)
                    assert len({(d.unit, d.amount, d.times) for d in meant}) == 1, (rule, event)


@pytest.mark.parametrize(
    ("mechanism", "asked", "code", "named"),
    [
        ("M1", {"rule": "M1-XYZ-01"}, "rule_unknown", "M1-XYZ-01"),
        ("M1", {"rule": "M2-TRF-02"}, "rule_unknown", "M2-TRF-02"),
        ("M13", {"rule": "M13-ANA-01", "event": "不存在"}, "event_unknown", "不存在"),
        ("M12", {"rule": "M12-REV-07", "event": "holiday"}, "event_unknown", "month"),
        ("M1", {"rule": ""}, "field_missing", "rule"),
    ],
)
def test_what_nobody_knows_is_refused_by_name(mechanism, asked, code, named):
    with pytest.raises(RuleBroken) as refused:
        answer_deadline(mechanism, {"start": "2026-05-09T10:00", **asked}, "zh_CN")
    assert refused.value.code == code
    assert named in str(refused.value.facts)


@pytest.mark.parametrize(
    ("rule", "value", "runs"),
    [
        ("M1-RPL-04", "dual", True), ("M1-RPL-04", "15wd", True), ("M1-RPL-04", "by_origin", True),
        ("M1-RPL-04", "60wd", False), ("M1-HDL-03", "dual", True), ("M1-HDL-03", "60wd", True),
        ("M1-HDL-03", "by_origin", True), ("M1-HDL-03", "15wd", False),
    ],
)  # fmt: skip
def test_a_limit_that_a_reading_switches_off_says_so(rule, value, runs):
    asked = {"rule": rule, "start": "2026-03-02T09:00", "settings": {"m1.ordinary_deadline": value}}
    found = answer_deadline("M1", asked, "zh_CN")
    assert found.get("in_force", True) is runs
    assert ("不适用" in found["why"]) is not runs


def test_a_rest_day_at_the_end_is_said_in_words():
    stay = answer_deadline("M1", {"rule": "M1-ACC-03", "start": "2026-05-01T10:00"}, "zh_CN")["why"]
    roll = {"rule": "M1-ACC-03", "start": "2026-05-01T10:00", "settings": {"cal.natural_day_roll": "next_workday"}}
    assert "末日为休息日" in stay
    assert "不顺延" in stay
    assert "第二百零三条" in answer_deadline("M1", roll, "zh_CN")["why"]
    assert not works(naive_due("2 ND", "2026-05-01T10:00", {}).date())


def test_the_command_line_answers_a_sample_line_by_line_and_names_a_bad_line():
    sample = [row for row in ROWS if row["mechanism"] == "M13"][::7]
    lines = [json.dumps(request_of(row, n), ensure_ascii=False) for n, row in enumerate(sample)]
    lines[1:1] = ["{no json", json.dumps({"id": "x", "rule": "M13-ANA-01", "start": "2026-05-09", "event": "nie"})]
    done = subprocess.run(
        [sys.executable, "-m", "liaison_app.cli.main", "deadline", "--mechanism", "M13"],
        input="\n".join(lines), capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [(a["line"], a["error"]) for a in answers[1:3]] == [(2, "line_invalid"), (3, "event_unknown")]
    assert "nie" in answers[2]["message"]
    given = [answers[0], *answers[3:]]
    assert [(a["id"], a["due"] or "", a["status"]) for a in given] == [
        (n, row["due"], row["status"]) for n, row in enumerate(sample)
    ]
