"""Which clock of a rule is meant: by the event named (Chinese or English) and by the readings chosen. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.deadlines import resolved
from liaison_app.mechanism.schema import Deadline, Profile


def in_force(deadline: Deadline, settings: Mapping[str, str]) -> bool:
    """Return whether a clock runs at all under the readings chosen."""
    return all(settings.get(setting) in values for setting, values in deadline.only.items())


def clock(profile: Profile, rule: str, event: str | None = None, settings: Mapping[str, str] | None = None) -> Deadline:
    """Return the clock of a rule; ``event`` tells several apart, without it the natural one answers.

    A clock that runs under the readings chosen goes before one that does not. Where all clocks of a rule count alike,
    any event will do. Raise RuleBroken ``rule_unknown`` or ``event_unknown``.
    """
    wanted = rule.strip().upper()
    found = [d for d in profile.deadlines if wanted in (d.rule, *d.rules)]
    if not found:
        known = sorted({r for d in profile.deadlines for r in (d.rule, *d.rules)})
        raise RuleBroken("rule_unknown", field="rule", value=rule, known=known)
    chosen = profile.defaults() | dict(settings or {})
    found.sort(key=lambda d: (not in_force(d, chosen), not d.default))
    if not event:
        return found[0]
    counts = {id(d): _count(d, chosen) for d in found}
    named = _named(found, _plain(event), counts)
    if named:
        return named[0]
    if len(set(counts.values())) == 1:
        return found[0]
    raise RuleBroken("event_unknown", field="event", value=event, rule=wanted, known=sorted(d.event for d in found))


def _named(found: Sequence[Deadline], wanted: str, counts: Mapping[int, tuple[Any, ...]]) -> list[Deadline]:
    """Return the clocks that bear a name, else those whose name shares the longest part with it."""
    exact = [d for d in found if wanted in _names(d)]
    if exact:
        return exact
    shared = {id(d): max((_shared(n, wanted) for n in _names(d)), default=0) for d in found}
    best = max(shared.values())
    near = [d for d in found if shared[id(d)] == best]
    return near if best and len({counts[id(d)] for d in near}) == 1 else []


def _names(deadline: Deadline) -> Iterator[str]:
    return map(_plain, (deadline.event, *deadline.aliases))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).lower())


def _shared(name: str, wanted: str) -> int:
    """Return how much two names share: the shorter one, if it is a whole part of the other and no mere syllable."""
    short, long = sorted((name, wanted), key=len)
    return len(short) if short in long and len(short) >= (4 if short.isascii() else 2) else 0


def _count(deadline: Deadline, settings: Mapping[str, str]) -> tuple[Any, ...]:
    d = deadline
    return resolved(d, settings), d.grace, tuple(d.dates), d.weekday, d.times
