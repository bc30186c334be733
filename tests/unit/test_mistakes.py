"""A profile with many mistakes planted gives as many messages; each names the line and what was expected there."""

import json

import pytest
import yaml

from liaison_app.mechanism.profile import parse

GOOD = """\
meta: {id: X1, name: 试行机制, name_en: Trial, version: '1'}
posts:
  - {id: A, name: 甲局, en: A}
  - {id: B, name: 乙局, en: B}
facts:
  - {id: kind, ask: 哪一类, en: Kind, type: enum, values: {one: [一, one], two: [二, two]}}
  - {id: near, ask: 是否临近, en: Near, type: bool}
gates: [kind]
routing:
  - {row: R1, when: {kind: one}, lead: A, clauses: [一], rules: [X1-A-01]}
  - {row: R2, when: {}, lead: B, clauses: [二], rules: [X1-A-02]}
settings:
  - {id: x.reading, values: [a, b], default: a, zh: 读法}
states:
  - {code: REG, name: 登记, en: Registered, order: 1}
  - {code: END, name: 结束, en: Ended, order: 2, end: true}
guards:
  - {action: register, states: [''], to: REG, rule: X1-A-01}
  - {action: close, states: [REG], to: END, roles: [first_receiver], fields: [outcome], rule: X1-A-02}
deadlines:
  - {rule: X1-A-01, event: end, start: [registered], stop: [closed], unit: WD, amount: 3, zh: 三日办结, en: Three days}
documents:
  - {kind: slip, name: 单, en: Slip, rules: [X1-A-01], word: 移, fields: [{name: a, zh: 甲}]}
indicators:
  - {id: i, name: 率, en: Rate, rules: [X1-A-01], formula: a/b, numerator: {event: registered, clock: X1-A-01}}
"""
LAUGHS = b"a0: &a0 [x]\n" + b"".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n".encode() for n in range(1, 9))
MISTAKES = (
    ("lead: A, clauses", "lead: Z, clauses", "routing[0]", "a post"),
    ("when: {kind: one}", "when: {colour: red}", "routing[0]", "a fact"),
    ("when: {kind: one}", "when: {kind: three}", "routing[0]", "a value of kind"),
    ("when: {kind: one}", "when: {}", "routing[1]", "can be reached"),
    ("row: R2, when: {}", "row: R2, when: {kind: two}", "routing[1]", "a last row"),
    ("row: R2", "row: R1", "routing[1]", "twice"),
    ("rules: [X1-A-02]}\nsettings", "rules: X1-A-02}\nsettings", "routing[1]", "Expected `array`"),
    ("lead: B, clauses", "lead: '@nobody', clauses", "routing[1]", "a fact"),
    ("clauses: [二], rules", "klauses: [二], clauses: [二], rules", "routing[1]", "klauses"),
    ("type: bool}", "type: boolean}", "facts[1]", "Invalid enum value"),
    ("{id: near,", "{id: kind,", "facts[1]", "twice"),
    ("{id: B,", "{id: A,", "posts[1]", "twice"),
    ("gates: [kind]", "gates: [colour]", "gates", "a fact"),
    ("default: a,", "default: c,", "settings[0]", "a default among"),
    ("values: [a, b], default: a", "default: a", "settings[0]", "missing required"),
    ("to: END, roles", "to: GONE, roles", "guards[1]", "a state"),
    ("states: [REG], to", "states: [NIX], to", "guards[1]", "a state"),
    ("roles: [first_receiver]", "roles: [boss]", "guards[1]", "one of"),
    ("fields: [outcome], rule", "fields: [colour], rule", "guards[1]", "a field of close"),
    ("action: close", "action: finish", "guards[1]", "an act of this program"),
    ("fields: [outcome], rule", "fields: [outcome], needs: [blue], rule", "guards[1]", "a flag"),
    ("order: 2, end: true}", "order: 2}", "states[1]", "a way out"),
    ("order: 1}\n", "order: 1}\n  - {code: LOST, name: 丢, en: Lost, order: 3, end: true}\n", "states[1]", "leads to"),
    ("start: [registered], stop", "start: [], stop", "deadlines[0]", "starts the clock"),
    ("unit: WD, amount: 3", "unit: WD", "deadlines[0]", "an amount"),
    ("unit: WD, amount: 3", "unit: weeks, amount: 3", "deadlines[0]", "Invalid enum value"),
    ("unit: WD, amount: 3", "unit: fixed, dates: [02-30]", "deadlines[0]", "a date such as"),
    ("amount: 3, zh", "amount: 3, amount_setting: x.reading, zh", "deadlines[0]", "the amount of its setting"),
    ("amount: 3, zh", "amount: 3, only: {x.other: [a]}, zh", "deadlines[0]", "a setting"),
    ("word: 移, fields", "fields", "documents[0]", "the character"),
    ("clock: X1-A-01}}", "clock: X1-A-09}}", "indicators[0]", "the rule of a clock"),
    ("posts:\n", "mistake: 1\nposts:\n", "mistake", "instead of mistake"),
    ("gates: [kind]\n", "gates: [kind]\ncomputed: [{set: {near: true}, when: {kind: one}}, {set: {kind: one}, when: {near: true}}]\n",
     "computed", "feed back"),
    ("gates: [kind]\n", "gates: [kind]\ngates: [near]\n", "", "stands twice"),
    ("type: bool}", "type: bool, words: {'true': ['re:(']}}", "facts[1]", "re:"),
)  # fmt: skip


def test_the_profile_without_mistakes_is_right():
    assert parse(GOOD.encode(), "x.yaml")[1] == []


@pytest.mark.parametrize(("good", "bad", "where", "expected"), MISTAKES)
def test_each_mistake_is_named_with_its_place_and_cure(good, bad, where, expected):
    assert GOOD.count(good) == 1
    found = parse(GOOD.replace(good, bad).encode(), "x.yaml")[1]
    hit = [f for f in found if f.path.startswith(where) and expected in f.expected]
    assert hit, found
    line = GOOD.replace(good, bad).splitlines()[hit[0].line - 1]
    assert hit[0].line == 1 or line.strip(), line


PLANTED = (
    ("    lead: MUNI\n", "    lead: MUNIX\n", 5), ("    lead: POLICE\n", "    lead: POLIZEI\n", 3),
    ("unit: WD, amount: 3, ", "unit: WD, amount: 0, ", 2), ("unit: same_day,", "unit: sameday,", 3),
    ("stop: [informed/transfer], unit", "stop: informed, unit", 1), ("roles: [acceptor], needs: [verified]", "roles: [akzeptor], needs: [verified]", 1),
    ("action: urge,", "action: urgence,", 1), ("states: [ANS], to: FED", "states: [ANZ], to: FED", 1),
    ("needs: [listed, solved]", "needs: [listed, sold]", 1), ("default: EPB,", "default: EPP,", 3),
    ("type: bool}", "type: boule}", 4), ("numbered: ours", "numbered: mine", 4), ("form: sheet", "form: sheat", 8),
)  # fmt: skip


def test_thirty_mistakes_in_a_real_profile_give_thirty_messages():
    from importlib.resources import files

    lines = files("resources").joinpath("mechanisms", "M1.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    planted = []
    for good, bad, times in PLANTED:
        hits = [i for i, line in enumerate(lines) if good in line and i not in planted][:times]
        for i in hits:
            lines[i] = lines[i].replace(good, bad, 1)
        planted += hits
    found = parse("".join(lines).encode(), "M1.yaml")[1]
    assert len(planted) >= 30
    items = [
        i for i, line in enumerate(lines) if line.lstrip().startswith("- ") and len(line) - len(line.lstrip()) == 2
    ]
    told = {f.line - 1 for f in found}
    for i in planted:
        begin = max(n for n in items if n <= i)
        assert told & set(range(begin, i + 1)), (i + 1, lines[i].strip()[:80])
    assert len(found) >= len(planted)
    assert all(f.expected and f.line > 1 for f in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"meta: {id: X1\nposts: [", "expected"), (b"x" * 5_000_000, "at most"), (b"just words", "parts such as"),
        (b"\xff\xfe\x00", "UTF-8"), (b"meta: {id: X}\n", "missing required"), (LAUGHS, "aliases"),
        (b"", "parts such as"),
    ],
)  # fmt: skip
def test_what_is_no_profile_at_all_is_told(text, expected):
    found = parse(text, "x.yaml")[1]
    assert any(expected in f.expected for f in found), found


def test_yaml_and_json_say_the_same():
    data = yaml.safe_load(GOOD)
    assert parse(json.dumps(data).encode(), "x.json")[1] == []
