"""The transition table at work: which guard allows an act, and what a person may do now."""

from collections.abc import Iterator
from typing import Any

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.flags import FLAGS
from liaison_app.domain.rules import Ask, Granted
from liaison_app.mechanism.schema import Guard, Profile


def permit(profile: Profile, ask: Ask) -> Granted:
    """Return the guard that allows the act. Raise RuleBroken with the nearest reason otherwise."""
    for ban in profile.forbidden:
        outsider = bool(ban.roles) and not set(ban.roles) & ask.roles
        if ban.action == ask.action and not (outsider or ("first_receiver" in ask.roles and ban.roles)):
            raise RuleBroken(ban.code, rule=ban.rule, action=ask.action)
    guards = [g for g in judged(profile) if g.action == ask.action]
    if not guards:
        raise RuleBroken("action_unknown", action=ask.action)
    nearest: tuple[int, RuleBroken] | None = None
    for guard in guards:
        refused = _refusal(guard, ask)
        if refused is None:
            return Granted(to=guard.to or None, rule=guard.rule)
        if nearest is None or refused[0] > nearest[0]:
            nearest = refused
    if nearest is None:
        raise RuleBroken("action_unknown", action=ask.action)
    refusal = nearest[1]
    facts = dict(refusal.facts)
    if "mark" in facts:
        facts["mark"], facts["mark_en"] = _words(profile, str(facts["mark"]))
    if "state" in facts:
        state = profile.state(str(facts["state"]))
        facts["state_zh"], facts["state_en"] = (state.name, state.en) if state else ("", "")
    raise RuleBroken(refusal.code, **facts)


_JUDGED: dict[int, tuple[Profile, list[Guard]]] = {}


def judged(profile: Profile) -> list[Guard]:
    """Return the guards as desk and database judge by them: an end whose outcome promises a date asks for that date.

    A guard that leaves the outcome open stands twice here: for the outcomes without a date, and for those with one.
    """
    kept = _JUDGED.get(id(profile))
    if kept is None or kept[0] is not profile:
        if len(_JUDGED) >= 32:
            _JUDGED.clear()
        kept = _JUDGED[id(profile)] = (profile, [one for guard in profile.guards for one in _parted(profile, guard)])
    return kept[1]


def _parted(profile: Profile, guard: Guard) -> Iterator[Guard]:
    dated: list[str | bool] = [o.code for o in profile.outcomes if o.limit]
    if not dated or "outcome" not in guard.fields or "outcome" in guard.given:
        yield guard
        return
    plain: list[str | bool] = [o.code for o in profile.outcomes if not o.limit]
    yield msgspec.structs.replace(guard, given={**guard.given, "outcome": plain})
    fields = [*guard.fields, "limit"]
    yield msgspec.structs.replace(guard, given={**guard.given, "outcome": dated}, fields=fields)


def _refusal(guard: Guard, ask: Ask) -> tuple[int, RuleBroken] | None:
    """Return how far an act came with a guard and why it was stopped there, or None when it is allowed."""
    about = {"action": ask.action, "rule": guard.rule}
    if any(_other(guard, ask, name) for name in guard.given):
        return 0, RuleBroken("field_value", field=next(iter(guard.given)), **about)
    if guard.states != ["*"] and ask.state not in guard.states:
        return 1, RuleBroken("not_in_this_state", state=ask.state, **about)
    role = bool(set(guard.roles) & ask.roles) or ask.body in guard.posts
    if (guard.roles or guard.posts) and not role:
        return 2, RuleBroken("not_your_case", roles=sorted(ask.roles), **about)
    if guard.persons and not set(guard.persons) & ask.person_roles:
        return 3, RuleBroken("not_your_office", needed=guard.persons, **about)
    if ask.proxy and ask.proxy not in guard.proxy:
        return 4, RuleBroken("proxy_forbidden", proxy=ask.proxy, **about)
    missing = [flag for flag in guard.needs if flag not in ask.flags]
    if missing:
        return 5, _flag("needs", missing[0], about)
    present = [flag for flag in guard.forbids if flag in ask.flags]
    if present:
        return 5, _flag("already", present[0], about)
    if any(kind not in ask.done for kind in guard.kinds):
        return 6, RuleBroken("earlier_act_missing", kind=guard.kinds[0], **about)
    if any(ask.person in ask.done.get(kind, ()) for kind in guard.not_actor_of):
        return 6, RuleBroken("not_the_same_person", kind=guard.not_actor_of[0], **about)
    for name in guard.fields:
        if ask.given.get(name) in (None, "", [], {}):
            return 7, RuleBroken("field_missing", field=name, **about)
    return None


def _other(guard: Guard, ask: Ask, name: str) -> bool:
    """Return whether a field says something else than the guard is for; a field left empty is missing, not other."""
    said = ask.given.get(name)
    return said not in guard.given[name] and not (said in (None, "") and name in guard.fields)


def fillings(profile: Profile, action: str) -> Iterator[dict[str, Any]]:
    """Yield for each guard of an act its fields as if they were filled in: what is left to refuse is not the form."""
    for guard in judged(profile):
        if guard.action == action:
            given = {name: values[0] for name, values in guard.given.items()}
            yield {**dict.fromkeys(guard.fields, "?"), **given}


def refusal(guard: Guard, ask: Ask) -> tuple[int, str]:
    """Return how far a request came with a guard and the code of its refusal, '' when it is allowed."""
    refused = _refusal(guard, ask)
    return (refused[0], refused[1].code) if refused else (0, "")


def _flag(word: str, flag: str, about: dict[str, Any]) -> RuleBroken:
    """Return a refusal for a flag: those of every mechanism have sentences of their own, the others name it."""
    if flag in FLAGS:
        return RuleBroken(f"{word}_{flag}", **about)
    return RuleBroken(f"{word}_mark", mark=flag, **about)


def _words(profile: Profile, flag: str) -> tuple[str, str]:
    """Return what a profile calls a mark, a step, a fact or a reading, in both languages."""
    said = [(m.zh, m.en) for m in profile.marks if m.code == flag]
    said += [(s.zh, s.en) for s in profile.steps if s.code.replace("-", "_") == flag]
    said += [(f.ask, f.en) for f in profile.facts if f.id == flag]
    said += [(s.zh, s.en or s.zh) for s in profile.settings if flag.startswith(f"{s.id}=")]
    return said[0] if said else (flag, flag)


_BY_STATE: dict[int, tuple[Profile, dict[str, list[Guard]]]] = {}


def _in_state(profile: Profile, state: str) -> list[Guard]:
    """Return the guards of a state in their order; found once a profile."""
    kept = _BY_STATE.get(id(profile))
    if kept is None or kept[0] is not profile:
        if len(_BY_STATE) >= 32:
            _BY_STATE.clear()
        kept = _BY_STATE[id(profile)] = (profile, {})
    found = kept[1].get(state)
    if found is None:
        found = kept[1][state] = [g for g in profile.guards if g.states == ["*"] or state in g.states]
    return found


def offered(profile: Profile, ask: Ask) -> Iterator[Guard]:
    """Yield the guards that would allow an act now, once the person fills in the fields."""
    for guard in _in_state(profile, ask.state):
        if not ask.flags.issuperset(guard.needs) or not ask.flags.isdisjoint(guard.forbids):
            continue
        if guard.persons and ask.person_roles.isdisjoint(guard.persons):
            continue
        if (guard.roles or guard.posts) and ask.roles.isdisjoint(guard.roles) and ask.body not in guard.posts:
            continue
        filled = {name: values[0] for name, values in guard.given.items()}
        filled = {**dict.fromkeys(guard.fields, "?"), **filled}
        if _refusal(guard, msgspec.structs.replace(ask, action=guard.action, given=filled)) is None:
            yield guard
