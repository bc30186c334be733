"""The list of rule ids and the map of where each rule lives."""

from collections import Counter

import msgspec
import pytest

from liaison_app.mechanism.coverage import Place, citations, coverage, expand, read_list, rule_list
from liaison_app.mechanism.profile import available, load_profile
from liaison_app.mechanism.schema import Duty, Guidance, Meta, Profile, Row, Setting
from tests import coverage_pages
from tests.coverage_pages import PAGES, main, shown_by_tests, stale

IDS = [r.id for r in rule_list()]


def test_every_id_stands_once_with_a_short_title_in_both_languages():
    assert [i for i, n in Counter(IDS).items() if n > 1] == []
    assert [r.id for r in rule_list() if not r.zh.strip() or len(r.zh) > 12] == []
    assert [r.id for r in rule_list() if not r.en.strip() or len(r.en.split()) > 8] == []


def test_the_list_is_whole():
    numbers = Counter(r.mechanism for r in rule_list() if r.kind == "rule")
    assert sum(numbers.values()) == 525
    assert {m: numbers[m] for m in PAGES} == {"M1": 205, "M2": 43, "M4": 44}
    kinds = Counter(r.kind for r in rule_list() if r.kind != "rule")
    assert kinds == {"common": 7, "contradiction": 28, "gap": 33, "correction": 12, "office": 38}


@pytest.mark.parametrize("name", PAGES)
def test_no_rule_is_missing_from_its_profile(name):
    assert name in available(), f"resources/mechanisms/{name}.yaml does not exist yet: its rules live nowhere"
    missing = coverage(load_profile(name)).missing()
    assert not missing, f"{len(missing)} rules of {name} are cited by no line of {name}.yaml: {', '.join(missing)}"


@pytest.mark.parametrize("name", available())
def test_every_id_a_profile_cites_is_in_the_list(name):
    unknown = [f"{c.text} in {c.place.text()}" for c in coverage(load_profile(name)).unknown]
    assert unknown == []


def test_the_pages_are_current():
    assert stale() == [], "run: python -m tests.coverage_pages"


def test_a_page_is_stale_until_it_is_written_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(coverage_pages, "DOCS", tmp_path)
    monkeypatch.setattr(coverage_pages, "PAGES", ("M1",))
    assert main(["--check"]) == 1
    assert "stale: M1.md" in capsys.readouterr().err
    assert main([]) == 0
    (tmp_path / "M1.md").write_text("old", encoding="utf-8")
    assert main(["--check"]) == 1
    monkeypatch.setattr(coverage_pages, "PAGES", ("M1", "M99"))
    assert main([]) == 1
    assert "M99.yaml" in capsys.readouterr().err


def test_a_range_and_a_sub_point_cover_what_they_name():
    assert expand("M1-NOI-01..03", IDS) == ["M1-NOI-01", "M1-NOI-02", "M1-NOI-03"]
    assert expand("M1-NOI-01…M1-NOI-02", IDS) == ["M1-NOI-01", "M1-NOI-02"]
    assert expand("M1-DUT-08..09", IDS) == ["M1-DUT-08.1", "M1-DUT-08.2", "M1-DUT-09.1", "M1-DUT-09.2"]
    assert expand("M1-DUT-11.5..12.1", IDS) == ["M1-DUT-11.5", "M1-DUT-11.6", "M1-DUT-12.1"]
    assert expand("M1-DUT-08", IDS) == ["M1-DUT-08.1", "M1-DUT-08.2"]
    assert expand("M1-DUT-05.2", IDS) == ["M1-DUT-05"]
    assert expand("OFFICE-B1", IDS) == ["OFFICE-B1"]
    for wrong in ("M1-NOI-99", "M1-DUT-07.9", "M1-NOI-19..29", "M1-NOI-01..M1-AIR-03", "M1-DUT-0", "G-99"):
        assert expand(wrong, IDS) == [], wrong


def small(**parts):
    return Profile(meta=Meta(id="M1", name="测试", name_en="Test", version="1"), **parts)


def test_each_part_says_where_a_rule_lives():
    found = coverage(
        small(
            settings=[Setting(id="m1.x", values=["a"], default="a", zh="甲", because="two readings, X-02 and G-01")],
            duties=[Duty(rule="M1-DUT-01", post="SUPERV", zh="督查", en="Supervises")],
            guidance=[Guidance(rule="M1-PRI-01..02", zh="原则", en="Principles")],
            routing=[Row(row="G-02", when={}, lead="EPB", clauses=["一"], rules=["M1-DUT-08.1, K-06"])],
        )
    )
    lines = {x.rule.id: x for x in (*found.rules, *found.others)}
    assert lines["X-02"].places == lines["G-01"].places == (Place("settings", "m1.x"),)
    assert lines["M1-DUT-01"].state == lines["M1-PRI-02"].state == "guidance"
    assert [p.text() for p in lines["M1-DUT-08.1"].places] == ["routing: G-02"]
    assert lines["K-06"].state == "encoded"
    assert lines["G-12"].places == ()
    assert "G-02" not in lines
    assert (found.count("encoded"), found.count("guidance"), found.count("missing")) == (1, 3, 201)
    assert found.unknown == ()


def test_what_the_list_does_not_know_is_named_with_its_place():
    rows = [Row(row="N-01", when={}, lead="EPB", clauses=[], rules=["M1-NOI-77", "see above", "M1-NOI-01 (b)"])]
    assert [f"{c.text}|{c.place.text()}" for c in coverage(small(routing=rows)).unknown] == [
        "M1-NOI-77|routing: N-01", "see above|routing: N-01", "M1-NOI-01 (b)|routing: N-01",
    ]  # fmt: skip


def test_a_rule_taken_out_of_a_profile_is_missed():
    whole = msgspec.json.encode(load_profile("M1"))
    without = msgspec.json.decode(whole.replace(b'"M1-TRF-06"', b'""'), type=Profile)
    assert set(coverage(without).missing()) - set(coverage(load_profile("M1")).missing()) == {"M1-TRF-06"}


def test_lines_are_named_as_people_look_for_them():
    places = {c.place.text() for c in citations(load_profile("M1"))}
    assert {"deadlines: M1-TRF-05/urgent", "guards: transfer", "routing: N-05", "settings: m1.onsite_1h"} <= places


def test_a_row_that_bears_the_name_of_a_gap_proves_no_gap():
    shown = shown_by_tests()
    assert "unit/test_routing.py" not in shown.get("G-01", [])
    assert "unit/test_deadlines.py" in shown["M1-TRF-05"]


@pytest.mark.parametrize("text", ["id\tzh\n", "id\tmechanism\tkind\tzh\ten\nX-01\tM1\tcontradiction\t甲\n",
                                  "id\tmechanism\tkind\tzh\ten\nX-01\tM1\tguess\t甲\ta\n"])  # fmt: skip
def test_a_broken_table_names_its_line(text):
    with pytest.raises(ValueError, match=r"rules\.tsv:[12]:"):
        read_list(text)
