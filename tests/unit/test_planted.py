"""Mistakes planted one by one into copies of whole profiles: each is named with its line and its cure, never a traceback."""

import json
import re
from importlib.resources import files

import pytest

from liaison_app.cli.main import main

NAMES = ("M1", "M2", "M4")
TEXTS = {n: files("resources").joinpath("mechanisms", f"{n}.yaml").read_text(encoding="utf-8") for n in NAMES}
PLANTED = {
    "unknown lead": (r"(\n {4}lead: )[A-Z]\w+", r"\1NOBODY", "a post"),
    "unknown fact in a condition": (r"(\n {4}when: \{)(\w+):", r"\1colour: x, \2:", "a fact"),
    "unknown state": (r"(states: \[)\w+(, \w+\], )", r"\1NIX\2", "a state"),
    "guard to an unknown state": (r"(\{action: [^\n]*to: )\w+", r"\1NIX", "a state"),
    "state that nothing leads to": (r"\nguards:\n", "\n  - {code: LOST, name: 丢, en: Lost, order: 99, end: true}\nguards:\n", "leads to"),
    "state without exit": (r"\nguards:\n(?:  #[^\n]*\n)?(  - \{action: register, states: \[\"\"\], )to: \w+", "\n  - {code: PIT, name: 坑, en: Pit, order: 98}\nguards:\n\\1to: PIT", "a way"),
    "unknown role": (r"(\{action: [^\n]*roles: \[)\w+", r"\1boss", "instead of boss"),
    "unknown office": (r"(\{action: [^\n]*persons: \[)\w+", r"\1king", "an office"),
    "unknown proxy": (r"(\{action: [^\n]*proxy: \[)\w+", r"\1anybody", "代录"),
    "unknown flag needed": (r"(\{action: [^\n]*)(, rule: )", r"\1, needs: [blue]\2", "instead of blue"),
    "unknown act": (r"(\{action: )note", r"\1remark", "an act"),
    "unknown field": (r"(\{action: note[^\n]*fields: \[)text", r"\1colour", "a field of note"),
    "guard behind a wider one": (r"\n( {2}- \{action: note[^\n]*)", r"\n\1\n\1", "a guard that can decide"),
    "kind of event that nobody sees": (r"(\{action: note, )", r"\1kinds: [note-written], ", "the kind of an event"),
    "needed and forbidden": (r"(\{action: note, )", r"\1needs: [sent], forbids: [sent], ", "is both"),
    "rule that the source has not": (r"(\{action: note[^\n]*rule: )[A-Z0-9-]+", r"\1COM-99", "a rule of the source"),
    "wrong type": (r"(\n {2}- \{code: \w+, [^\n]*order: )\d+", r"\1first", "Expected `int`"),
    "id twice": (r"\nguards:\n", "\n  - {code: VOI, name: 又, en: Again, order: 97, end: true}\nguards:\n", "stands twice"),
    "key twice": (r"\nguards:\n", "\nguards: []\nguards:\n", "stands twice"),
    "unknown word": (r"\nguards:\n", "\nguardes: []\nguards:\n", "instead of guardes"),
    "clock without start": (r"(\{rule: [^\n]*start: )\[[^\]]*\]", r"\1[]", "starts the clock"),
    "clock without amount": (r"(\{rule: [^\n]*unit: WD, )amount: \d+(?![^\n]*amount_setting)", r"\1amount: 0", "an amount"),
    "negative amount": (r"(\{rule: [^\n]*unit: WD, )amount: \d+", r"\1amount: -3", "above 0"),
    "amount where none counts": (r"(\{rule: [^\n]*unit: immediate, )", r"\1amount: 5, ", "no amount"),
    "unknown unit": (r"(\{rule: [^\n]*unit: )WD", r"\1weeks", "Invalid enum value"),
    "warning after the due date": (r"(\{rule: [^\n]*unit: WD, amount: )\d+", r"\g<1>1, warn: 30 h", "a warning shorter"),
    "unknown setting of a clock": (r"(\{rule: [^\n]*unit: WD, )", r"\1only: {x.none: [a]}, ", "a setting"),
    "unknown extension": (r"(\{rule: [^\n]*unit: WD, )", r"\1extension: {by: [king], rule: G-16}, ", "may extend"),
    "default that is no value": (r"(values: \[[^\]]+\], default: )[^,}]+", r"\1nix", "a default among"),
    "unknown flag that waits": (r"(\{kind: \w+, role: [^\n]*)(, action: )", r"\1, needs: [blue]\2", "instead of blue"),
    "waits for an act that nobody can do": (r"(\{kind: \w+, role: [^\n]*action: )[\w-]+", r"\1evaluate-all", "some guard allows"),
    "unknown clock of what waits": (r"(\{kind: \w+, role: [^\n]*clock: )[\w/-]+", r"\1nothing-ends", "stops a clock"),
    "unknown holder": (r"(\{code: \w+, [^\n]*holder: )\w+", r"\1NOBODY", "as holder"),
    "circular part_of": (r"\n( {2}- \{id: )(\w+)(, name: )", r"\n\1\2, part_of: \2\3", "a chain of part_of"),
    "unknown stand-in": (r"(\nstand_ins: \[)", r"\1nobody, ", "instead of nobody"),
    "date that is none": (r"(\nmeta:[^\n]*\n?(?: {2}[^\n]*\n)*?)( {2}id: )", r"\1  valid_from: 2026-02-30\n\2", "a date"),
    "circular computed facts": (r"\ngates:", "\ncomputed: [{set: {anonymous: true}, when: {blue: true}}]\ngates:", "a fact of this profile"),
    "tab indentation": (r"\nguards:\n {2}", "\nguards:\n\t", "cannot start any token"),
    "unclosed bracket": (r"(\nguards:\n[^\n]*)\}\n", r"\1\n", "expected"),
    "mark named as a flag": (r"\nmarks:\n", "\nmarks:\n  - {code: accepted, zh: 标, en: Mark, rule: COM-01}\n", "a flag of the program"),
    "document field twice": (r"(\n {6}- \{name: (\w+), zh: [^\n]*\}\n)", r"\1      - {name: \2, zh: 又}\n", "each field once"),
    "document without word": (r"(\n {4}form: notice\n(?: {4}(?!word)[^\n]*\n| {6}[^\n]*\n)*? {4}word: )[^\n]+", r'\1""', "the character"),
    "unknown convenor": (r"(convenor: \[)\w+", r"\1NOBODY", "a post"),
    "indicator that names no clock": (r"(numerator: \{event: [\w/-]+)(?!, clock)(?=[,}])", r"\1, clock: M1-NIX-01", "the rule of a clock"),
}  # fmt: skip


def checked(path, capsys):
    """Return exit code and findings of ``liaison mechanisms --check``."""
    code = main(["--json", "--lang", "en", "mechanisms", "--check", str(path)])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return code, json.loads(told.err)["details"].get("findings", []) if code else []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_planted_mistake_is_named_with_line_and_cure(name, tmp_path, capsys):
    missed, planted = [], 0
    for what, (good, bad, expected) in PLANTED.items():
        text = re.sub(good, bad, TEXTS[name], count=1)
        if text == TEXTS[name]:
            continue
        planted += 1
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        code, found = checked(path, capsys)
        hits = [f for f in found if expected in f["expected"]]
        changed = next(
            i for i, (a, b) in enumerate(zip(text.splitlines(), TEXTS[name].splitlines(), strict=False), 1) if a != b
        )
        near = [f for f in hits if abs(f["line"] - changed) <= 30]
        if code != 1 or not near:
            missed.append((what, code, changed, found[:3]))
    assert not missed, "\n".join(map(str, missed))
    assert planted >= 30, planted


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("a.yaml", b"", "parts such as"), ("a.yaml", b"x" * 5_000_000, "at most"), ("a.toml", b"meta = {id = 'X'\n", "TOML"),
        ("a.toml", b"\n\n[meta]\nid = 'a'\nid = 'b'\n", "TOML"), ("a.toml", b"", "meta"), ("a.toml", "甲".encode("gbk"), "UTF-8"),
        ("a.yaml", "posts: 甲".encode("gbk"), "UTF-8"), ("a.yaml", b"\x00\x01", "UTF-8"), ("a.yaml", b"- 1\n- 2\n", "parts such as"),
    ],
)  # fmt: skip
def test_files_that_are_no_profile(file, content, expected, tmp_path, capsys):
    path = tmp_path / file
    path.write_bytes(content)
    code, found = checked(path, capsys)
    assert code == 1
    assert any(expected in f["expected"] and f["line"] >= 1 for f in found), found


def test_a_directory_or_nothing_is_told(tmp_path, capsys):
    assert checked(tmp_path, capsys)[0] == 1
    assert checked(tmp_path / "none.yaml", capsys)[0] == 1


def test_a_byte_order_mark_does_no_harm(tmp_path, capsys):
    path = tmp_path / "M4.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXTS["M4"].encode())
    assert checked(path, capsys) == (0, [])


TOML = """\
[meta]
id = "X1"
name = "试行机制"
name_en = "Trial"
version = "1"

[[posts]]
id = "A"
name = "甲局"
en = "A"

[[routing]]
row = "R1"
when = {}
lead = "A"
clauses = ["一"]
rules = ["X1-A-01"]

[[states]]
code = "END"
name = "结束"
en = "Ended"
order = 2
end = true

[[guards]]
action = "register"
states = [""]
to = "END"
rule = "X1-A-01"
"""


def test_toml_says_the_same_and_its_mistakes_have_lines(tmp_path, capsys):
    path = tmp_path / "x.toml"
    path.write_text(TOML, encoding="utf-8")
    assert checked(path, capsys) == (0, [])
    path.write_text(TOML.replace('lead = "A"', 'lead = "Z"').replace('to = "END"', 'to = "GONE"'), encoding="utf-8")
    code, found = checked(path, capsys)
    assert code == 1
    assert {(f["line"], f["path"]) for f in found} >= {(12, "routing[0]"), (26, "guards[0]")}, found
