"""Facts as given by people and files: checked and brought to one form."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.conditions import test
from liaison_app.mechanism.schema import Fact, Profile

UNKNOWN = {"", "unknown", "null", "不详", "不明", "不清楚", "不知道", "未知"}
TRUE_WORDS = {"true", "yes", "y", "1", "是", "有", "对"}
FALSE_WORDS = {"false", "no", "n", "0", "否", "不是", "无", "没有", "未"}
DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})[日号]?(?:[T ].*)?|(\d{4})(\d\d)(\d\d)")
SEVERAL = re.compile(r"[,，、;；]\s*")
_WORDS: dict[int, tuple[Fact, dict[str, str]]] = {}
"""The words of a fact, found once."""
PARTS = re.compile(r"[、/（）()]")


def checked(profile: Profile, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts in canonical form, unknown ones left out.

    Raises RuleBroken ``fact_unknown`` or ``fact_value`` naming the fact.
    """
    facts: dict[str, Any] = {}
    for name, value in given.items():
        fact = profile.fact(name)
        if fact is None:
            near = get_close_matches(name, [f.id for f in profile.facts], n=3)
            raise RuleBroken("fact_unknown", field=name, value=str(value)[:60], expected=", ".join(near))
        if value is None or (isinstance(value, str) and _unsaid(fact, value)) or (value == [] and fact.type == "enum"):
            continue
        facts[name] = _value(profile, fact, value)
    return facts


def known(profile: Profile, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that a profile asks for, with values that it knows; others are left out."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        try:
            found.update(checked(profile, {name: value}))
        except RuleBroken:
            continue
    return found


def _unsaid(fact: Fact, value: str) -> bool:
    """Return whether words say that nobody knows; a fact may list such a word as a value of its own."""
    word = value.strip().casefold()
    return word in UNKNOWN and word not in _by_word(fact)


def _by_word(fact: Fact) -> dict[str, str]:
    """Return word → value: the code, its labels, the parts of a label that no other value shares, and last the plain
    words of the caller that propose one value only."""
    kept = _WORDS.get(id(fact))
    if kept is None or kept[0] is not fact:
        if len(_WORDS) >= 1024:
            _WORDS.clear()
        kept = _WORDS[id(fact)] = (fact, _all_words(fact))
    return kept[1]


def _all_words(fact: Fact) -> dict[str, str]:
    words = {code.casefold(): code for code in fact.values}
    labels = [(label.casefold(), code) for code, said in fact.values.items() for label in said]
    for label, code in labels:
        words.setdefault(label, code)
    parts = [(part.strip(), code) for label, code in labels for part in PARTS.split(label) if part.strip()]
    said = [(w.casefold(), c) for c, of in fact.words.items() for w in of if c in fact.values and w[:3] != "re:"]
    for pairs in (parts, said):
        codes: dict[str, set[str]] = {}
        for word, code in pairs:
            codes.setdefault(word, set()).add(code)
        for word, of in codes.items():
            if len(of) == 1:
                words.setdefault(word, *of)
    return words


def _value(profile: Profile, fact: Fact, value: Any) -> Any:
    refuse = RuleBroken("fact_value", field=fact.id, value=str(value)[:60], expected=_expected(profile, fact))
    match fact.type:
        case "bool":
            if isinstance(value, bool):
                return value
            word = str(value).strip().lower()
            if word in TRUE_WORDS | FALSE_WORDS:
                return word in TRUE_WORDS
            raise refuse
        case "enum":
            if isinstance(value, list):
                return [_value(profile, fact, v) for v in value]
            code = _by_word(fact).get(str(value).strip().casefold())
            if code is None:
                raise refuse
            return code
        case "date":
            return _date(value, refuse)
        case "bodies":
            items = value if isinstance(value, list) else SEVERAL.split(str(value))
            return [_body(profile, v, refuse) for v in items if v]
        case "body":
            return _body(profile, value, refuse)
        case "int":
            if isinstance(value, bool) or not str(value).strip().isdigit():
                raise refuse
            return int(value)
        case "issue":
            issues = value if isinstance(value, list) else [value]
            if not all(isinstance(i, Mapping) for i in issues):
                raise refuse
            return [said for i in issues if (said := checked(profile, i))]
        case _:
            return str(value)


def _expected(profile: Profile, fact: Fact) -> str:
    if fact.type in {"body", "bodies"}:
        return ", ".join(p.id for p in profile.posts)
    words = {"bool": "true / false", "date": "YYYY-MM-DD", "int": "0, 1, 2 …", "enum": ", ".join(fact.values)}
    return words.get(fact.type, fact.type)


def _date(value: Any, refuse: RuleBroken) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = DATE.fullmatch(str(value).strip())
    if said is None:
        raise refuse
    try:
        return date(*(int(part) for part in said.groups() if part))
    except ValueError:
        raise refuse from None


def _body(profile: Profile, value: Any, refuse: RuleBroken) -> str:
    name = str(value).strip()
    found = next((p.id for p in profile.posts if name in (p.id, p.name, p.name.removeprefix("区"))), None)
    if found is None:
        found = next((p.id for p in profile.posts if name.upper() == p.id), None)
    if found is None and name.startswith("市"):  # the city department by the name of its counterpart
        found = next((f"CITY_{p.id}" for p in profile.posts if p.name == f"区{name[1:]}"), None)
    if found is None and not name.startswith("CITY_"):
        raise refuse
    return found or name


def with_computed(profile: Profile, facts: Mapping[str, Any], settings: Mapping[str, str]) -> dict[str, Any]:
    """Return facts together with those that follow from them."""
    full = dict(facts)
    for fact in profile.facts:
        if fact.default_from and full.get(fact.id) is None and full.get(fact.default_from) is not None:
            full[fact.id] = full[fact.default_from]
    for rule in profile.computed:
        if test(rule.when, full, settings).holds:
            full.update(rule.set)
    return full
