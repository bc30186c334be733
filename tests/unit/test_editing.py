"""Rows of a profile's text are changed, added, taken out and moved; all other words of the file stay."""

import random
from typing import get_args

import pytest
import yaml

from liaison_app.mechanism.editing import EDITED, cell, composed, flow, rows_of, shorter, typed
from liaison_app.mechanism.profile import bundled_text, parse
from liaison_app.mechanism.schema import Unit
from liaison_app.words.profile_words import UNITS

NAMES = ("M1", "M2", "M4")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changed_is_the_same_text(name):
    text = bundled_text(name).decode()
    assert composed(text, rows_of(text)) == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", EDITED)
def test_one_changed_row_changes_one_row_of_the_text(name, part):
    text = bundled_text(name).decode()
    rows = rows_of(text)
    if not rows[part]:
        pytest.skip("the mechanism has no such rows")
    at = len(rows[part]) // 2
    field = next(k for k, v in rows[part][at].items() if isinstance(v, str))
    rows[part][at] = {**rows[part][at], field: "改过的"}
    made = composed(text, rows)
    assert rows_of(made) == rows
    gone = [line for line in text.splitlines() if line not in made.splitlines()]
    new = [line for line in made.splitlines() if line not in text.splitlines()]
    assert len(new) == 1
    assert "改过的" in new[0]
    item = yaml.compose(text, Loader=yaml.CSafeLoader)
    node = next(v for k, v in item.value if k.value == part).value[at]
    assert len(gone) <= node.end_mark.line - node.start_mark.line + 1
    assert [c for c in text.splitlines() if c.strip().startswith("#")] == [
        c for c in made.splitlines() if c.strip().startswith("#")
    ]


@pytest.mark.parametrize("seed", range(12))
def test_any_changes_are_what_the_text_says_afterwards(seed):
    dice = random.Random(seed)
    text = bundled_text(dice.choice(NAMES)).decode()
    parts = rows_of(text)
    for _ in range(dice.randrange(1, 12)):
        rows = parts[dice.choice([p for p in EDITED if parts[p]])]
        at = dice.randrange(len(rows)) if rows else 0
        match dice.randrange(4):
            case 0 if len(rows) > 1:
                del rows[at]
            case 1:
                rows.insert(at, {**rows[at], "note": "新：'引号'，\"双\" #号 {括号}"} if rows else {"id": "x"})
            case 2 if len(rows) > 1:
                rows.insert(dice.randrange(len(rows)), rows.pop(at))
            case _ if rows:
                rows[at] = dict(reversed(rows[at].items()))
    made = composed(text, parts, version="9")
    said = yaml.safe_load(made)
    assert {p: said.get(p) or [] for p in EDITED} == parts
    assert said["meta"]["version"] == "9"
    rest = yaml.safe_load(text)
    assert {k: v for k, v in said.items() if k not in (*EDITED, "meta")} == {
        k: v for k, v in rest.items() if k not in (*EDITED, "meta")
    }
    assert made.count("\n#") >= text.count("\n#") - 2


@pytest.mark.parametrize(
    "text",
    [
        "meta: {id: X, version: 1}\nposts: [{id: A}, {id: B}]\n",
        "meta: {id: X, version: 1}\nposts: []\n",
        "meta: {id: X, version: 1}\n",
        "meta: {id: X, version: 1}\nposts:\n  - &a {id: A}\n  - *a\n",
        "meta: {id: X, version: 1}\nposts:\n- id: A\n  # why\n\n- id: B\n# the end\nstates: []",
        "posts:\n  - id: A\n    name: |\n      long\n      words\nmeta:\n  id: X\n  version: '1'  # the first\n",
    ],
)
def test_however_rows_are_written(text):
    said = yaml.safe_load(text)
    rows = [{"id": "C", "name": "丙"}, *(said.get("posts") or [])[:1], {"id": "D"}]
    made = composed(text, {"posts": rows}, "2")
    assert yaml.safe_load(made) == {**said, "posts": rows, "meta": {**said["meta"], "version": "2"}}


def test_a_text_with_a_changed_limit_is_a_profile():
    text = bundled_text("M1").decode()
    rows = rows_of(text)
    at = next(i for i, d in enumerate(rows["deadlines"]) if d.get("amount") == 15)
    rows["deadlines"][at]["amount"] = 12
    profile, found = parse(composed(text, rows, "2").encode(), "")
    assert (found, profile.deadlines[at].amount, profile.version()) == ([], 12, "M1@2")


def test_what_is_typed_is_what_is_shown():
    for kind, value in (("text", "甲局"), ("list", ["A", "B"]), ("number", 15), ("data", {"kind": "one", "n": [1, 2]})):
        assert typed(cell(value), kind) == value
    assert typed("A，B, C", "list") == ["A", "B", "C"]
    for words, kind in (("fifteen", "number"), ("{a: [", "data")):
        with pytest.raises(ValueError, match=r"."):
            typed(words, kind)


def test_empty_fields_are_not_written():
    assert shorter({"co": [], "lead": "A", "row": "R", "when": {}, "unit": ""}, ("row", "when", "lead")) == {
        "row": "R", "when": {}, "lead": "A",
    }  # fmt: skip
    assert flow({"a": "是", "b": "1"}) == "{a: 是, b: '1'}"


def test_a_unit_is_typed_by_its_code_and_nothing_else():
    assert [typed(said, "unit") for said in ("WD", "wd", " nd_before ", "half_year")] == [
        "WD",
        "WD",
        "ND_before",
        "half_year",
    ]
    with pytest.raises(ValueError, match="WD"):
        typed("weeks", "unit")
    assert set(UNITS) == set(get_args(Unit)), "every unit has its words"


def test_an_amount_that_its_setting_overrides_is_told():
    """A changed amount that would change nothing is a finding, with the setting that decides."""
    text = bundled_text("M1").decode()
    rows = rows_of(text)["deadlines"]
    at = next(i for i, row in enumerate(rows) if row["rule"] == "M1-FUP-03")
    rows[at] = {**rows[at], "amount": 10}
    found = parse(composed(text, {"deadlines": rows}).encode(), "")[1]
    assert [(f.path, f.expected) for f in found] == [
        (f"deadlines[{at}]", "the amount of its setting m1.redo_limit (15 WD) instead of 10 WD")
    ]
