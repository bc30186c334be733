"""Facts as given by people and files: checked and brought to one form."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.conditions import test
from liaison_app.mechanism.schema import Fact, Profile

UNKNOWN = (None, "", "unknown?", "不详", "null")
TRUE_WORDS = {"true", "yes", "1", "是", "有"}
FALSE_WORDS = {"false", "no", "0", "否", "无", "没有"}


def checked(profile: Profile, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts in canonical form, unknown ones left out.

    Raises RuleBroken ``fact_unknown`` or ``fact_value`` naming the fact.
    """
    facts: dict[str, Any] = {}
    for name, value in given.items():
        fact = profile.fact(name)
        if fact is None:
            raise RuleBroken("fact_unknown", field=name, value=str(value)[:60])
        if value is None or (isinstance(value, str) and value.strip() in UNKNOWN):
            continue
        if value == "unknown" and "unknown" not in fact.values:
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


def _value(profile: Profile, fact: Fact, value: Any) -> Any:
    refuse = RuleBroken("fact_value", field=fact.id, value=str(value)[:60], expected=_expected(fact))
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
            by_label = {label: code for code, labels in fact.values.items() for label in labels}
            code = str(value).strip()
            code = code if code in fact.values else by_label.get(code, "")
            if not code:
                raise refuse
            return code
        case "date":
            return _date(value, refuse)
        case "bodies":
            items = value if isinstance(value, list) else [value]
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
            return [checked(profile, i) for i in issues]
        case _:
            return str(value)


def _expected(fact: Fact) -> str:
    words = {"bool": "true / false", "date": "YYYY-MM-DD", "int": "0, 1, 2 …", "enum": ", ".join(fact.values)}
    return words.get(fact.type, fact.type)


def _date(value: Any, refuse: RuleBroken) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise refuse from None


def _body(profile: Profile, value: Any, refuse: RuleBroken) -> str:
    name = str(value).strip()
    found = next((p.id for p in profile.posts if name in (p.id, p.name)), None)
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
