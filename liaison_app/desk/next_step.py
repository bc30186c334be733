"""Who must move an open case on, with what and by when; or the words that say why nobody or no date can be named. Pure.

First what the profile says waits for somebody, the nearest limit first; then the holder of the state; then whoever can
move it on at all; then whatever of the daily work the holder may do. Only what somebody of the roster may really do now is named.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import msgspec

from liaison_app.desk.clocks import Clock, clocks
from liaison_app.desk.projecting import awaited
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Actor, Case, Matter
from liaison_app.domain.decide import ask_for, roles_on
from liaison_app.domain.rules import Ask
from liaison_app.mechanism import guards
from liaison_app.mechanism.schema import Guard, Waiting

HOLDERS = ("first_receiver", "addressee", "acceptor", "assistant")
ASIDE = frozenset(
    {
        "void",
        "merge",
        "unmerge",
        "reopen",
        "return",
        "withdraw",
        "unmark",
        "answer-alarm",
        "dispute",
        "urge",
        "redo",
        "assist-ask",
    }
)
"""Acts that take a matter out of its way: never proposed as the next step by themselves."""


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """The next step of one matter.

    ``body`` is responsible, ``by`` the body whose desk enters it (another one: 代录). ``persons`` are those of the roster
    who may do it, ``role`` in which office. ``due`` with the rule of its clock, else ``reason``: ``state`` (the profile
    says in ``zh``/``en`` why nothing runs), ``set_period`` (the limit is still to be set), ``paused``, ``no_clock``.
    ``action`` is '' when nobody may act now; ``refused`` then is the code that says why.
    """

    matter: int
    body: str
    action: str
    rule: str
    by: str = ""
    role: str = ""
    persons: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    due: datetime | None = None
    late_after: datetime | None = None
    due_rule: str = ""
    reason: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    refused: str = ""


class _Can(msgspec.Struct, frozen=True):
    """An act that people of a body may do now."""

    guard: Guard
    by: str
    role: str
    persons: tuple[str, ...]


NOTHING: Final = "nothing_waits"
REASONS: Final = {
    "set_period": ("期限由本单位确定，尚未登记。", "The body sets the limit; none is recorded yet."),
    "paused": ("计时已暂停。", "The clock is paused."),
    "no_clock": ("没有正在计时的期限。", "No clock runs."),
}


def next_steps(case: Case, rules: DeskRules) -> tuple[NextStep, ...]:
    """Return the next step of every matter that is still open, in the order of the matters."""
    rules = rules.of(case)
    if case.ended:
        return ()
    running = [c for c in clocks(case, rules) if c.state == "open"]
    waiting = _waiting(case, rules)
    return tuple(
        _next(case, matter, rules, [c for c in running if c.matter == matter.n], waiting)
        for matter in case.matters
        if not rules.ended(matter.state)
    )


def _waiting(case: Case, rules: DeskRules) -> list[tuple[int, str, Waiting]]:
    posts = {post for one in rules.profile.waiting for post in one.posts}
    assistants = {a.body for a in case.handling.assistances}
    bodies = [case.first_receiver, *sorted((case.bodies() | posts | assistants) - {case.first_receiver})]
    return [(matter.n, body, one) for body in bodies for matter, one in awaited(case, rules, body)]


def _next(
    case: Case, matter: Matter, rules: DeskRules, running: Sequence[Clock],
    waiting: Sequence[tuple[int, str, Waiting]],
) -> NextStep:  # fmt: skip
    order = {id(one): n for n, one in enumerate(rules.profile.waiting)}
    mine = [(body, one) for n, body, one in waiting if n == matter.n]
    mine.sort(key=lambda pair: (_limit(running, *pair), order[id(pair[1])]))
    can: dict[str, list[_Can]] = {}

    def able(body: str) -> list[_Can]:
        if body not in can:
            can[body] = list(_able(case, matter, rules, body))
        return can[body]

    for body, one in mine:
        found = next((c for c in able(body) if c.guard.action == one.action), None)
        if found:
            return _step(case, matter, rules, running, body, found, one)
    holders = _holders(case, matter, rules)
    for body in holders:
        for found in able(body):
            if found.guard.to and found.guard.to != matter.state and found.guard.action not in ASIDE:
                return _step(case, matter, rules, running, body, found)
    for body in _all(case, rules):
        for found in able(body):
            if _forward(rules, matter, found.guard):
                return _step(case, matter, rules, running, body, found)
    for one in rules.profile.waiting:
        for body in holders:
            found = next((c for c in able(body) if c.guard.action == one.action and one.action not in ASIDE), None)
            if found:
                return _step(case, matter, rules, running, body, found)
    held = [(body, one, _why(case, matter, rules, body, one.action)) for body, one in mine]
    stuck = next(((body, one, code) for body, one, code in held if code != NOTHING), None)
    if stuck is not None:
        body, one, code = stuck
        step = NextStep(matter=matter.n, body=body, action="", rule="", zh=one.zh, en=one.en, refused=code)
    else:
        body = holders[0] if holders else ""
        step = NextStep(matter=matter.n, body=body, action="", rule="", refused=NOTHING)
    return _with_limit(step, case, matter, rules, running, "")


def _limit(running: Sequence[Clock], body: str, one: Waiting) -> str:
    own = [c.sort() for c in running if c.owner == body and one.clock in c.rule.stop]
    return min(own, default="9999")


def _holders(case: Case, matter: Matter, rules: DeskRules) -> list[str]:
    """Return the bodies that hold a matter in its state: by role on the case, or the post that the state names."""
    state = rules.profile.state(matter.state)
    holder = state.holder if state else ""
    if holder in HOLDERS:
        return [b for b in sorted(case.bodies()) if holder in roles_on(case, b, matter.n)]
    return [holder] if holder else []


def _all(case: Case, rules: DeskRules) -> list[str]:
    posts = {post for guard in rules.profile.guards for post in guard.posts}
    return [*sorted(case.bodies()), *sorted(posts - case.bodies())]


def _forward(rules: DeskRules, matter: Matter, guard: Guard) -> bool:
    here, there = rules.profile.state(matter.state), rules.profile.state(guard.to)
    return bool(here and there and there.order > here.order) and guard.action not in ASIDE


def _asks(case: Case, matter: Matter, rules: DeskRules, body: str) -> Iterator[tuple[Actor, str, Ask]]:
    """Yield everybody who may act for a body, with the body at whose desk he sits."""
    people = [p for p in rules.roster.people if p.id not in rules.roster.left]
    if rules.has_desk(body):
        for person in people:
            if person.body == body:
                who = rules.roster.actor(person.id, "")
                yield who, body, ask_for(case, "", matter, rules, who)
        return
    stands = set(rules.stand_ins)
    for person in people:
        if stands & (roles_on(case, person.body, matter.n) | {person.body}):
            who = rules.roster.actor(person.id, "")
            yield who, person.body, ask_for(case, "", matter, rules, who, proxy="body_without_desk", body=body)


def _able(case: Case, matter: Matter, rules: DeskRules, body: str) -> Iterator[_Can]:
    found: dict[tuple[int, str], tuple[Guard, list[str], str]] = {}
    for who, by, ask in _asks(case, matter, rules, body):
        for guard in guards.offered(rules.profile, ask):
            role = next((r for r in guard.persons if r in who.roles), next(iter(sorted(who.roles)), ""))
            found.setdefault((id(guard), by), (guard, [], role))[1].append(who.person)
    for (_, by), (guard, persons, role) in found.items():
        yield _Can(guard, by, role, tuple(persons))


def _why(case: Case, matter: Matter, rules: DeskRules, body: str, action: str) -> str:
    """Return the code that says why nobody of a body may do what waits for it: of the person who came nearest."""
    people = list(_asks(case, matter, rules, body))
    if not people:
        return "no_person"
    nearest = (-1, NOTHING)
    for _, _, ask in people:
        for guard in rules.profile.guards:
            if guard.action == action and (guard.states == ["*"] or ask.state in guard.states):
                filled = {**dict.fromkeys(guard.fields, "?"), **{n: v[0] for n, v in guard.given.items()}}
                refused = guards.refusal(guard, msgspec.structs.replace(ask, action=action, given=filled))
                if refused[1] and refused[0] > nearest[0]:
                    nearest = refused
    return nearest[1]


def _step(
    case: Case, matter: Matter, rules: DeskRules, running: Sequence[Clock], body: str, can: _Can,
    one: Waiting | None = None,
) -> NextStep:  # fmt: skip
    step = NextStep(
        matter=matter.n, body=body, action=can.guard.action, rule=can.guard.rule, by=can.by, role=can.role,
        persons=can.persons, zh=one.zh if one else "", en=one.en if one else "",
    )  # fmt: skip
    return _with_limit(step, case, matter, rules, running, one.clock if one else "")


def _with_limit(
    step: NextStep, case: Case, matter: Matter, rules: DeskRules, running: Sequence[Clock], event: str
) -> NextStep:
    """Return a step with its date: of the clock that it stops, else the body's next, else the matter's next."""
    change = msgspec.structs.replace
    dated = sorted((c for c in running if c.due.due), key=lambda c: (c.rule.outer, c.sort()))
    choices = (
        [c for c in dated if c.owner == step.body and event and event in c.rule.stop],
        [c for c in dated if c.owner == step.body],
        dated,
    )
    clock = next((found[0] for found in choices if found), None)
    if clock is not None:
        return change(step, due=clock.due.due, late_after=clock.due.late_after, due_rule=clock.rule.rule)
    if running:
        return _because(step, "set_period", running[0].rule.rule)
    if any(n == matter.n and stretch.end is None for n, stretch in case.handling.pauses):
        return _because(step, "paused")
    state = rules.profile.state(matter.state)
    if state and state.waits:
        return change(step, reason="state", reason_zh=state.waits, reason_en=state.waits_en or state.waits)
    return _because(step, "no_clock")


def _because(step: NextStep, code: str, rule: str = "") -> NextStep:
    zh, en = REASONS[code]
    return msgspec.structs.replace(step, reason=code, reason_zh=zh, reason_en=en, due_rule=rule)
