"""What is doubtful in the transition table and in what hangs on it: guards that never decide, words that no act says,
offices and bodies that nobody has, states from which no end is reached, what waits for an act that nobody can do."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, get_args

import msgspec

from liaison_app.domain.commands import COMMANDS
from liaison_app.domain.event_base import InnerEvent
from liaison_app.domain.events import AnyEvent
from liaison_app.domain.flags import FLAGS
from liaison_app.mechanism.coverage import cited_in, expand, rule_list
from liaison_app.mechanism.schema import Deadline, Guard, Profile

Doubt = tuple[str, str]
ROLES: Final = frozenset({"first_receiver", "addressee", "acceptor", "assistant", "outsider"})
OFFICES: Final = ("liaison", "leader", "duty", "administrator")
PROXIES: Final = ("own_leader", "body_without_desk")
KINDS: Final = {str(k.__struct_config__.tag): k for k in get_args(AnyEvent)}
HOURS: Final = {"WD": 24 * 60, "ND": 24 * 60, "h": 60, "min": 1}
TIMELESS: Final = frozenset({"same_day", "immediate", "by_date", "set_date", "fixed"})


def guard_doubts(profile: Profile) -> Iterator[Doubt]:
    """Yield (path, expected) for everything doubtful in guards, states, waiting, posts and clocks."""
    yield from _guards(profile)
    yield from _shadowed(profile)
    yield from _ends(profile)
    yield from _waiting(profile)
    yield from _posts(profile)
    yield from _codes(profile)
    yield from _form(profile)
    yield from _rules(profile)
    facts = {f.id for f in profile.facts if f.type == "date"}
    for i, clock in enumerate(profile.deadlines):
        if clock.set_by.startswith("facts.") and clock.set_by.removeprefix("facts.") not in facts:
            yield f"deadlines[{i}]", f"a fact of type date instead of {clock.set_by}"
        yield from ((f"deadlines[{i}]", doubt) for doubt in _clock(clock, {p.id for p in profile.posts}))


def _unknown(at: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Doubt]:
    listed = sorted(known)
    for name in names:
        if name not in listed:
            few = f" ({', '.join(listed)})" if len(listed) <= 12 else ""
            yield at, f"{what}{few} instead of {name}"


def _guards(profile: Profile) -> Iterator[Doubt]:
    told = {name for name, kind in KINDS.items() if not issubclass(kind, InnerEvent)}
    for i, guard in enumerate(profile.guards):
        at = f"guards[{i}]"
        if not guard.rule.strip():
            yield at, "the rule of the source that the guard stands for (rule)"
        if not guard.states:
            yield at, "the states in which the act is possible, or ['*']"
        yield from _unknown(at, "an office", guard.persons, OFFICES)
        yield from _unknown(at, "a kind of 代录", guard.proxy, PROXIES)
        yield from _unknown(at, "the kind of an event that all bodies see", (*guard.kinds, *guard.not_actor_of), told)
        both = sorted(set(guard.needs) & set(guard.forbids))
        if both:
            yield at, f"a flag either needed or forbidden; {both[0]} is both"
        for name, values in guard.given.items():
            yield from _given(at, guard, name, values, profile)
    if profile.guards and not any(g.action == "register" for g in profile.guards):
        yield "guards[0]", "a guard for register, with which every case begins"
    for i, ban in enumerate(profile.forbidden):
        yield from _unknown(f"forbidden[{i}]", "a role", ban.roles, ROLES)


def _given(at: str, guard: Guard, name: str, values: Iterable[str | bool], profile: Profile) -> Iterator[Doubt]:
    own = {
        "step": [s.code for s in profile.steps],
        "marks": [m.code for m in profile.marks],
        "outcome": [o.code for o in profile.outcomes] if guard.action == "close" else [],
    }
    known = own.get(name) or _choices(guard.action, name)
    if known:
        yield from _unknown(at, f"a value of {name}", (str(v) for v in values if not isinstance(v, bool)), known)
    if not list(values):
        yield at, f"at least one value of {name}"


def _choices(action: str, name: str) -> list[str]:
    """Return the words that a field of an act may be, [] when it is free."""
    kind = COMMANDS.get(action)
    if kind is None or name not in kind.__struct_fields__:
        return []
    field = next(f for f in msgspec.structs.fields(kind) if f.name == name)
    return [v for v in get_args(field.type) if isinstance(v, str)]


def _shadowed(profile: Profile) -> Iterator[Doubt]:
    """Yield guards that never decide: whenever they hold, an earlier one holds."""
    for i, guard in enumerate(profile.guards):
        above = next((n for n, one in enumerate(profile.guards[:i]) if _wider(one, guard)), None)
        if above is not None:
            yield f"guards[{i}]", f"a guard that can decide; guards[{above}] ({guard.action}) holds whenever it does"


def _wider(one: Guard, other: Guard) -> bool:
    if one.action != other.action or not (one.states == ["*"] or set(other.states) <= set(one.states)):
        return False
    anybody = not one.roles and not one.posts
    mine = (
        bool(other.roles or other.posts) and set(other.roles) <= set(one.roles) and set(other.posts) <= set(one.posts)
    )
    return (
        (anybody or mine)
        and (not one.persons or (bool(other.persons) and set(other.persons) <= set(one.persons)))
        and set(other.proxy) <= set(one.proxy)
        and all(set(getattr(one, n)) <= set(getattr(other, n)) for n in ("needs", "forbids", "kinds", "not_actor_of", "fields"))
        and all(n in other.given and set(other.given[n]) <= set(v) for n, v in one.given.items())
    )  # fmt: skip


def _ends(profile: Profile) -> Iterator[Doubt]:
    """Yield states from which no end can be reached, and holders that nobody is."""
    posts = {p.id for p in profile.posts}
    good = {s.code for s in profile.states if s.end}
    if profile.guards and profile.states and not good:
        yield "states[0]", "at least one state with end: true"
        return
    before = -1
    while len(good) != before:
        before = len(good)
        for guard in profile.guards:
            if guard.to in good:
                good |= {s.code for s in profile.states} if guard.states == ["*"] else set(guard.states)
    for i, state in enumerate(profile.states):
        if profile.guards and state.code not in good:
            yield f"states[{i}]", f"a way from {state.code} to a state with end: true"
        if state.holder and state.holder not in posts | ROLES:
            yield f"states[{i}]", f"a role or a post of this profile as holder instead of {state.holder}"


def _waiting(profile: Profile) -> Iterator[Doubt]:
    acts, posts = {g.action for g in profile.guards}, {p.id for p in profile.posts}
    stops = {stop for d in profile.deadlines for stop in d.stop}
    for i, one in enumerate(profile.waiting):
        at = f"waiting[{i}]"
        yield from _unknown(at, "an act that some guard allows", [one.action], acts)
        yield from _unknown(at, "a post of this profile", one.posts, posts)
        if one.role == "post" and not one.posts:
            yield at, "the posts for which it waits (posts)"
        twin = next((o for o in profile.waiting[:i] if (o.kind, o.action) == (one.kind, one.action)), None)
        if twin is not None and twin.zh != one.zh:
            yield at, f"another kind than {one.kind}: with {one.action} it already says {twin.zh}"
        if one.clock and one.clock not in stops:
            yield at, f"the event that stops a clock of this profile instead of {one.clock}"


def _posts(profile: Profile) -> Iterator[Doubt]:
    posts = {p.id: p for p in profile.posts}
    for i, post in enumerate(profile.posts):
        at = f"posts[{i}]"
        for field in ("part_of", "stands_in"):
            seen, name = {post.id}, getattr(post, field)
            if name:
                yield from _unknown(at, "a post of this profile", [name], posts)
            while name in posts:
                if name in seen:
                    yield at, f"a chain of {field} that ends; {post.id} comes back to {name}"
                    break
                seen.add(name)
                name = getattr(posts[name], field)
    yield from _unknown("stand_ins", "a role or a post of this profile", profile.stand_ins, set(posts) | ROLES)


def _codes(profile: Profile) -> Iterator[Doubt]:
    """Yield codes that stand twice or that the program uses for something else."""
    parts = {
        "marks": [m.code for m in profile.marks], "steps": [s.code for s in profile.steps],
        "outcomes": [o.code for o in profile.outcomes], "groups": [g.id for g in profile.groups],
    }  # fmt: skip
    for part, codes in parts.items():
        for i, code in enumerate(codes):
            if code in codes[:i]:
                yield f"{part}[{i}]", f"each code once; {code} stands twice"
            if part in {"marks", "steps"} and code.replace("-", "_") in FLAGS:
                yield f"{part}[{i}]", f"another code than {code}, which is a flag of the program"
    for i, fact in enumerate(profile.facts):
        if fact.id in FLAGS:
            yield f"facts[{i}]", f"another id than {fact.id}, which is a flag of the program"
        if fact.type == "enum" and not fact.values:
            yield f"facts[{i}]", f"the values of {fact.id}"
    for i, setting in enumerate(profile.settings):
        if not setting.values and not setting.free:
            yield f"settings[{i}]", f"the values of {setting.id}, or free: true"
    for i, document in enumerate(profile.documents):
        names = [f.name for f in document.fields]
        twice = next((n for k, n in enumerate(names) if n in names[:k]), "")
        if twice:
            yield f"documents[{i}]", f"each field once; {twice} stands twice"
    for i, meeting in enumerate(profile.meetings):
        if not meeting.convenor and not meeting.convenor_setting:
            yield f"meetings[{i}]", "who calls the meeting (convenor or convenor_setting)"


def _rules(profile: Profile) -> Iterator[Doubt]:
    """Yield rule ids of a mechanism whose rules the program lists, which are not in that list."""
    ids = [rule.id for rule in rule_list()]
    listed = {i.partition("-")[0] for i in ids}
    for part in (
        "guards",
        "waiting",
        "forbidden",
        "deadlines",
        "states",
        "marks",
        "steps",
        "outcomes",
        "overlays",
        "duties",
    ):
        for i, line in enumerate(getattr(profile, part)):
            for cited in cited_in(getattr(line, "rule", "")):
                if cited.partition("-")[0] in listed and not expand(cited, ids):
                    yield f"{part}[{i}]", f"a rule of the source instead of {cited}"


def _form(profile: Profile) -> Iterator[Doubt]:
    form, posts, said = profile.registration, {p.id for p in profile.posts}, profile.urgency
    kind = COMMANDS["register"]
    yield from _unknown("registration", "a field of register", form.items, kind.__struct_fields__)
    for together in form.blocking:
        yield from _unknown("registration", "an item of the registration", together, form.items)
    if form.watchdog:
        yield from _unknown("registration", "a post of this profile", [form.watchdog], posts)
    yield from _unknown("urgency", "a post of this profile", said.report_to, posts)
    if said.both_setting:
        yield from _unknown(
            "urgency", "a setting of this profile", [said.both_setting], [s.id for s in profile.settings]
        )
    if profile.meta.valid_from:
        try:
            date.fromisoformat(profile.meta.valid_from)
        except ValueError:
            yield "meta.valid_from", f"a date such as 2026-01-01 instead of {profile.meta.valid_from}"


def _clock(clock: Deadline, posts: set[str]) -> Iterator[str]:
    if clock.amount < 0:
        yield f"an amount above 0 instead of {clock.amount}"
    if clock.unit in TIMELESS and clock.amount:
        yield f"no amount for {clock.unit}, or another unit"
    found = re.fullmatch(r"(\d+) (WD|ND|h|min)", clock.warn)
    if found and clock.unit in HOURS and clock.amount > 0:
        before, whole = int(found[1]) * HOURS[found[2]], clock.amount * HOURS[clock.unit]
        if before >= whole:
            yield f"a warning shorter than the limit itself instead of {clock.warn}"
    if clock.extension:
        for name in clock.extension.by:
            if name not in {*OFFICES, *ROLES, *posts}:
                yield f"an office, a role or a post that may extend instead of {name}"
