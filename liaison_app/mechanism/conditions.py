"""Conditions over facts with three-valued logic: an unknown fact never satisfies ``= false``."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

Condition = Mapping[str, Any]


class Verdict(msgspec.Struct, frozen=True):
    """Outcome of a condition: True, False or None (unknown), the facts that were unknown, and those that were taken
    to be absent because nobody said anything of them: an answer could turn the outcome."""

    holds: bool | None
    unknown: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


YES, NO = Verdict(True), Verdict(False)


def test(condition: Condition, facts: Mapping[str, Any], settings: Mapping[str, str]) -> Verdict:
    """Return whether all parts of a condition hold."""
    return _all([_part(name, wanted, facts, settings) for name, wanted in condition.items()])


def _part(name: str, wanted: Any, facts: Mapping[str, Any], settings: Mapping[str, str]) -> Verdict:
    if name == "any":
        return _any([test(c, facts, settings) for c in wanted])
    if name == "not":
        inner = test(wanted, facts, settings)
        return inner if inner.holds is None else Verdict(not inner.holds)
    return _fact(name, wanted, facts.get(name), settings)


def _fact(name: str, wanted: Any, value: Any, settings: Mapping[str, str]) -> Verdict:
    absent = value is None or value == [] or value == ""
    if isinstance(wanted, Mapping):
        silent = (name,) if value is None else ()
        if "given" in wanted:
            return Verdict(absent != wanted["given"])
        if "empty" in wanted:
            return Verdict(absent == wanted["empty"], assumed=silent)
        if "unknown_or" in wanted:
            return Verdict(absent or value == wanted["unknown_or"], assumed=silent)
    if absent:
        return Verdict(None, (name,))
    if isinstance(wanted, Mapping):
        if "contains" in wanted:
            return Verdict(wanted["contains"] in value)
        return Verdict(_dated(value, wanted, settings))
    options = wanted if isinstance(wanted, list) else [wanted]
    values = value if isinstance(value, list) else [value]
    return Verdict(any(v in options and type(v) is type(options[options.index(v)]) for v in values))


def _dated(value: date, wanted: Mapping[str, Any], settings: Mapping[str, str]) -> bool:
    boundary_is_before = settings.get(str(wanted.get("boundary", ""))) == "before"
    if "before" in wanted:
        return bool(value <= wanted["before"] if boundary_is_before else value < wanted["before"])
    return bool(value > wanted["from"] if boundary_is_before else value >= wanted["from"])


def _all(parts: list[Verdict]) -> Verdict:
    failed = [p for p in parts if p.holds is False]
    unknown = tuple(dict.fromkeys(u for p in parts for u in p.unknown if p.holds is None))
    assumed = tuple(dict.fromkeys(a for p in parts for a in p.assumed))
    if failed:
        return Verdict(False, assumed=assumed) if not unknown and all(p.assumed for p in failed) else NO
    return Verdict(None, unknown, assumed) if unknown else Verdict(True, assumed=assumed)


def _any(parts: list[Verdict]) -> Verdict:
    held = [p for p in parts if p.holds]
    if held:
        return min(held, key=lambda p: len(p.assumed))
    unknown = tuple(dict.fromkeys(u for p in parts for u in p.unknown if p.holds is None))
    return Verdict(None, unknown) if any(p.holds is None for p in parts) else NO
