"""Random allowed acts on random cases: no forbidden state, always somebody next, always a limit or a reason."""

import os

import pytest

from liaison_app.mechanism.calendar import bundled
from tests.unit.test_routing import M1, satisfying
from tests.walking import Numbers, Walk, limits, next_in_line, rules_for, seeds

STEPS = int(os.environ.get("LIAISON_WALK_STEPS", "4000"))
ITEMS = {
    "object": "锦绣名城工地", "content": "半夜打桩", "place": "滨河路8号", "complainant_name": "王喆堃",
    "complainant_address": "滨河路10号", "contact": "13900000001",
}  # fmt: skip
FORWARD_ONLY = {"TRD", "TAP", "REG", "INC", "DLV", "DIS"}
"""States that nothing may lead back to once a matter was accepted."""


def broken(walk, before):
    """Yield what is wrong with a case after a step."""
    case, rules = walk.case, walk.rules
    for matter in case.matters:
        state = rules.profile.state(matter.state)
        was = before.matter(matter.n) if before else None
        if state is None:
            yield f"{matter.state} is no state"
            continue
        if was and was.acceptances and matter.state in FORWARD_ONLY and matter.state != was.state:
            yield f"{was.state} → {matter.state} after acceptance"
        closed = matter.state == "CLS"
        handling = case.handling
        visited = handling.moment(matter.n, "revisited")
        if closed and not visited and not matter.facts.get("anonymous"):
            yield "closed without a return visit"
        if closed and any(o.kind == "listing" and not o.lifted_at and o.matter == matter.n for o in handling.orders):
            yield "closed while listed"
        lifted = [o for o in handling.orders if o.lifted_at and o.matter == matter.n]
        if (
            lifted
            and before
            and len(lifted) > len([o for o in before.handling.orders if o.lifted_at and o.matter == matter.n])
        ):
            solved = before.handling.moment(matter.n, "solved")
            if not solved:
                yield "taken off the list unsolved"
        if not state.end and not next_in_line(case, rules)[matter.n]:
            yield f"nobody is next in {matter.state}"
        if not state.end and not limits(case, rules)[matter.n]:
            yield f"no limit and no reason in {matter.state}"
    sent = [t for t in case.transfers if t.sent_at]
    if any(t.from_body != case.first_receiver for t in sent):
        yield "a receiver transferred again"


@pytest.mark.timeout(10_800)
def test_random_allowed_acts_never_lead_astray():
    rules, taken, states, used = rules_for("M1"), 0, set(), set()
    rows = [satisfying(row.when) for row in M1.routing]
    for seed, dice in seeds(1, 10_000):
        if taken >= STEPS:
            break
        walk = Walk(rules, dice, Numbers())
        facts = {k: v for k, v in dice.choice(rows).items() if k not in {"first_receiver", "channel"}}
        items = dict(ITEMS)
        if dice.random() < 0.2:
            items.pop(dice.choice(list(items)))
        if dice.random() < 0.2:
            facts["anonymous"] = True
        if dice.random() < 0.3:
            facts["health_or_env_threat"] = True
        walk.begin(facts, **items)
        for _ in range(120):
            before = walk.case
            guard = walk.step()
            if guard is None:
                continue
            taken += 1
            assert guard.rule, guard
            used.add(guard.action)
            states |= {m.state for m in walk.case.matters}
            wrong = list(broken(walk, before))
            assert not wrong, (seed, wrong, walk.trail[-12:])
    assert taken >= STEPS
    rare = {"OUT", "WDR", "EVA", "CLS", "REV"} if STEPS < 20_000 else set()
    assert {s.code for s in M1.states} - states <= rare, "every state is reached by walking"
    if not rare:
        unused = {"register", "note", "attach", "inquire", "reveal", "confirm-proxy", "countersign"}
        assert {g.action for g in M1.guards} - used <= unused
    print(f"{taken} acts, {len(states)} states, {len(used)} kinds of act")


@pytest.mark.parametrize("seed", range(6))
def test_changing_calendar_and_settings_under_open_cases_moves_only_due_dates(seed):
    import random

    import msgspec

    from liaison_app.desk.clocks import clocks
    from liaison_app.mechanism.doubts import doubts_of

    dice = random.Random(seed)
    rules = rules_for("M1")
    walk = Walk(rules, dice, Numbers())
    walk.begin({"medium": "noise", "source": "entertainment"}, **ITEMS)
    for _ in range(40):
        walk.step()
    assert not list(doubts_of(M1))
    moving = {  # settings that are there to move the start of a clock
        name for d in M1.deadlines for name, cases in d.by.items() for c in cases.values() if {"start", "start_too"} & set(c)
    }  # fmt: skip
    assert moving == {"m1.designated_same", "m1.designated_other"}
    notice = {"year": 2027, "rest": ["2027-01-01", "2027-02-08"], "make_up": ["2027-01-30"]}
    for change in (
        {"calendar": bundled().with_year(notice)},
        *(
            {"settings": {**rules.settings, s.id: v}}
            for s in M1.settings
            if not s.free and s.id not in moving
            for v in s.values
        ),
    ):
        other = msgspec.structs.replace(rules, **change)
        before = {(c.matter, c.rule.rule, c.rule.event, c.owner): (c.start, c.met_at) for c in clocks(walk.case, rules)}
        after = {(c.matter, c.rule.rule, c.rule.event, c.owner): (c.start, c.met_at) for c in clocks(walk.case, other)}
        shared = before.keys() & after.keys()
        assert {k: before[k] for k in shared} == {k: after[k] for k in shared}
        for clock in clocks(walk.case, other):
            assert clock.due.due is None or clock.due.why
