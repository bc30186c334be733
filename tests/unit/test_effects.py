"""The table of effects folds a case's entries into the same flags and roles as the desk sees."""

import msgspec
import pytest

from liaison_app.domain.decide import ask_for, flags_of, roles_on
from liaison_app.domain.events import ENCODER, kind_of
from liaison_app.domain.rules import case_facts
from liaison_app.mechanism import effects
from liaison_app.mechanism.compiling import Rows, compile_guards
from liaison_app.mechanism.effects import Board, Effects, Line
from liaison_app.mechanism.profile import load_profile
from tests.walking import Numbers, Walk, rules_for, seeds, start

NAMES = ("M1", "M2", "M4")
PROFILES = {name: load_profile(name) for name in NAMES}
TABLES = {name: compile_guards(profile).effects for name, profile in PROFILES.items()}
ASKED = {one.flag for one in effects.ASKED}

LATE = {
    "archived",
    "evaluated",
    "satisfaction_disputed",
    "dissatisfied",
    "unreachable",
    "revisited",
    "holds_merged",
    "designated_here",
    "reply_unconfirmed",
    "reply_unsigned",
}
"""Flags that a short walk may not reach."""


def used(profile):
    """Return every flag that a guard of a profile asks for."""
    return {flag for g in profile.guards for flag in (*g.needs, *g.forbids)}


def line_of(happened):
    """Return an entry as the shared database holds it: the bytes of its data, read again."""
    stored = msgspec.json.decode(ENCODER.encode(happened.stamped))
    return Line(
        kind=kind_of(happened.stamped.event), data=stored["event"], matter=stored.get("matter", 1),
        acting=stored.get("proxy_body") or happened.body, person=happened.person, act=happened.act_id,
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_folded_flags_and_roles_are_those_of_the_desk(name):
    rules, table = rules_for(name), TABLES[name]
    judged = used(PROFILES[name]) - set(table.claimed) - ASKED
    seen, steps = set(), 0
    for seed, dice in seeds(7_000, 400):
        if seed >= 7_015 and steps > 300 and judged - seen <= LATE:
            break  # it goes on until every flag but the late ones was seen
        walk, board, taken = Walk(rules, dice, Numbers()), Board(table), 0
        start(walk)
        bodies = [p.id for p in rules.profile.posts]
        for _ in range(90):
            for happened in walk.happened[taken:]:
                board.take(line_of(happened))
            if len(walk.happened) > taken:
                steps += 1
            taken = len(walk.happened)
            for matter in walk.case.matters:
                lead = rules.lead(matter.facts, case_facts(walk.case))
                for body in walk.case.bodies() | {dice.choice(bodies)}:
                    desk = flags_of(walk.case, matter, lead, rules, body) & judged
                    folded = board.flags(matter.n, body) & judged
                    assert folded == desk, (seed, matter.n, body, folded ^ desk, walk.trail[-12:])
                    assert board.roles(matter.n, body) == roles_on(walk.case, body, matter.n), (seed, body)
                    seen |= desk
                named = dice.choice(bodies)
                who = rules.roster.actor(rules.roster.people[0].id, "")
                ask = ask_for(walk.case, "", matter, rules, who, given={"body": named})
                assert board.asked(matter.n, {"body": named}) == ask.flags & ASKED, (seed, named)
            walk.step()
    assert steps > 300
    assert judged - seen <= LATE


@pytest.mark.parametrize("name", NAMES)
def test_every_flag_of_a_guard_is_folded_asked_or_claimed(name):
    table = TABLES[name]
    stand = {word for e in table.effects for word in e.sets if word[0] not in "@*"}
    known = stand | {d.name for d in table.flags} | {a.flag for a in table.asked} | set(table.claimed)
    assert used(PROFILES[name]) <= known
    assert all(f in effects.CLAIMED or "=" in f or f.startswith("grade:") for f in table.claimed)


def test_the_table_is_plain_words():
    for name, profile in PROFILES.items():
        rows = compile_guards(profile)
        assert msgspec.json.decode(msgspec.json.encode(rows), type=Rows) == rows
        assert msgspec.json.decode(msgspec.json.encode(TABLES[name]), type=Effects) == rows.effects


def test_every_effect_belongs_to_an_event_and_a_field_of_it():
    from typing import get_args

    from liaison_app.domain.events import AnyEvent

    kinds = {str(k.__struct_config__.tag): set(k.__struct_fields__) for k in get_args(AnyEvent)}
    for table in TABLES.values():
        for effect in table.effects:
            fields = kinds[effect.kind] | {"issue"}
            assert {c.field.partition(".")[0] for c in effect.when} <= fields, effect
            assert effect.of.removesuffix("[0]").partition(".")[0] in fields | {"", "acting", "act"}, effect
