"""Why the routing table decides as it does: for each row which condition fails, which fact is unknown, what matches."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from liaison_app.mechanism.conditions import test
from liaison_app.mechanism.facts import checked, with_computed
from liaison_app.mechanism.routing import ordered_rows
from liaison_app.mechanism.schema import Fact, Profile, Row

Pair = tuple[str, str]
Outcome = Literal["matched", "not_matched", "unknown", "below"]


class ConditionVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of a row in words (Chinese, English), whether it holds, what was given, what was unknown."""

    words: Pair
    holds: bool | None
    given: Pair = ("", "")
    unknown: tuple[str, ...] = ()


class RowVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A row against the facts. ``below``: a row above matched already, so this one was not asked."""

    row: str
    verdict: Outcome
    conditions: tuple[ConditionVerdict, ...]
    failed: tuple[ConditionVerdict, ...] = ()
    ask: tuple[str, ...] = ()


def explain(profile: Profile, facts: Mapping[str, Any], settings: Mapping[str, str]) -> tuple[RowVerdict, ...]:
    """Return every row in the order in which it is asked, down to the first that matches and those below it.

    Raises RuleBroken ``fact_unknown`` or ``fact_value`` for facts that the profile does not know.
    """
    chosen = {**profile.defaults(), **settings}
    known = checked(profile, facts)
    category = profile.gates[0] if profile.gates else ""
    if isinstance(known.get(category), list) and known[category]:
        known[category] = known[category][0]  # several categories are several matters: the first one is explained
    full = with_computed(profile, known, chosen)
    found: list[RowVerdict] = []
    matched = False
    for row in ordered_rows(profile, full, chosen):
        found.append(_row(profile, row, full, chosen, below=matched))
        matched = matched or found[-1].verdict == "matched"
    return tuple(found)


def matched_row(verdicts: tuple[RowVerdict, ...]) -> str:
    """Return the row that matched, '' when none did."""
    return next((v.row for v in verdicts if v.verdict == "matched"), "")


def in_words(profile: Profile, condition: Mapping[str, Any]) -> Pair:
    """Return a condition in both languages; an empty one holds for everything."""
    parts = [_part_words(profile, name, wanted) for name, wanted in condition.items()]
    if not parts:
        return "其他情形", "anything else"
    return "；".join(p[0] for p in parts), "; ".join(p[1] for p in parts)


def _row(
    profile: Profile, row: Row, facts: Mapping[str, Any], settings: Mapping[str, str], *, below: bool
) -> RowVerdict:
    conditions = tuple(_condition(profile, name, wanted, facts, settings) for name, wanted in row.when.items())
    failed = tuple(c for c in conditions if c.holds is False)
    whole = test(row.when, facts, settings)
    ask = tuple(dict.fromkeys(s for name in whole.unknown for s in _sources(profile, name, facts)))
    verdict: Outcome = "matched" if whole.holds else "unknown" if whole.holds is None else "not_matched"
    return RowVerdict(row=row.row, verdict="below" if below else verdict, conditions=conditions, failed=failed, ask=ask)


def _condition(
    profile: Profile, name: str, wanted: Any, facts: Mapping[str, Any], settings: Mapping[str, str]
) -> ConditionVerdict:
    verdict = test({name: wanted}, facts, settings)
    fact = profile.fact(name)
    given = _value(profile, fact, facts[name]) if fact and facts.get(name) not in (None, "", []) else ("", "")
    return ConditionVerdict(
        words=_part_words(profile, name, wanted), holds=verdict.holds, given=given, unknown=verdict.unknown
    )


def _sources(profile: Profile, name: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what to ask for an unknown fact: itself, or the unknown facts that it follows from."""
    fact = profile.fact(name)
    return tuple(s for s in fact.derived_from if facts.get(s) is None) or (name,) if fact else (name,)


def _part_words(profile: Profile, name: str, wanted: Any) -> Pair:
    if name == "any":
        inner = [in_words(profile, c) for c in wanted]
        return "（" + "）或（".join(w[0] for w in inner) + "）", "(" + ") or (".join(w[1] for w in inner) + ")"
    if name == "not":
        zh, en = in_words(profile, wanted)
        return f"非（{zh}）", f"not ({en})"
    fact = profile.fact(name) or Fact(id=name, ask=name, en=name, type="text")
    zh, en = _wanted(profile, fact, wanted)
    return f"{fact.ask}：{zh}", f"{fact.en}: {en}"


def _wanted(profile: Profile, fact: Fact, wanted: Any) -> Pair:
    if not isinstance(wanted, Mapping):
        options = wanted if isinstance(wanted, list) else [wanted]
        inner = [_value(profile, fact, o) for o in options]
        return "或".join(i[0] for i in inner), " or ".join(i[1] for i in inner)
    if "given" in wanted or "empty" in wanted:
        known = wanted["given"] if "given" in wanted else not wanted["empty"]
        return ("有记载", "is known") if known else ("没有记载", "is not known")
    if "unknown_or" in wanted:
        zh, en = _value(profile, fact, wanted["unknown_or"])
        return f"不清楚或{zh}", f"unknown or {en}"
    if "contains" in wanted:
        zh, en = _value(profile, fact, wanted["contains"])
        return f"含{zh}", f"includes {en}"
    if "before" in wanted:
        zh, en = _value(profile, fact, wanted["before"])
        return f"早于{zh}", f"before {en}"
    zh, en = _value(profile, fact, wanted.get("from"))
    return f"{zh}起", f"from {en}"


def _value(profile: Profile, fact: Fact, value: Any) -> Pair:
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    if isinstance(value, list):
        inner = [_value(profile, fact, v) for v in value]
        return "、".join(i[0] for i in inner), ", ".join(i[1] for i in inner)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日", value.isoformat()
    labels = fact.values.get(str(value))
    if labels:
        return labels[0], labels[1]
    post = profile.post(str(value))
    return (post.name, post.en) if post else (str(value), str(value))
