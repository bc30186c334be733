"""Values of record fields in their stored form: days and moments as ISO text, bodies by post, choices by code."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger_kinds import RecordField, RecordKind, RecordTable
from liaison_app.domain.moments import china, stamp

LONGEST: Final = 20_000
"""Signs of a value at the most."""


def about(field: RecordField, **facts: Any) -> dict[str, Any]:
    """Return the facts of a refusal that names a field: its code and its words."""
    return {"field": field.name, "field_zh": field.zh, "field_en": field.en or field.zh, **facts}


def checked(field: RecordField, value: Any, known_body: Callable[[str], bool]) -> Any:
    """Return a value as it is stored. Raise RuleBroken ``field_type``, ``field_value`` or ``unknown_body``."""
    text = str(value).strip()
    if len(text) > LONGEST:
        raise RuleBroken("field_type", **about(field, reason=f"{LONGEST}"))
    match field.type:
        case "date":
            return _day(field, text)
        case "moment":
            try:
                return stamp(china(text))
            except RuleBroken:
                raise RuleBroken("field_type", **about(field, reason="2026-09-30 09:08")) from None
        case "int":
            if not re.fullmatch(r"-?\d{1,9}", text):
                raise RuleBroken("field_type", **about(field, reason="123"))
            return int(text)
        case "bool":
            if text.lower() not in {"true", "false"}:
                raise RuleBroken("field_type", **about(field, reason="true / false"))
            return text.lower() == "true"
        case "choice":
            if text not in field.choices:
                raise RuleBroken("field_value", **about(field, value=text, expected=sorted(field.choices)))
            return text
        case "body":
            return _body(text, known_body)
        case "bodies":
            parts = value if isinstance(value, list | tuple) else re.split(r"[、,，\n]", text)
            return [_body(str(one).strip(), known_body) for one in parts if str(one).strip()]
        case _:
            return text


def _day(field: RecordField, text: str) -> str:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()
    except ValueError:
        raise RuleBroken("field_type", **about(field, reason="2026-09-30")) from None
    return day.isoformat()


def _body(text: str, known_body: Callable[[str], bool]) -> str:
    if not known_body(text):
        raise RuleBroken("unknown_body", field="body", value=text)
    return text


def taken_fields(
    kind: RecordKind, given: Mapping[str, Any], personal: bool, known_body: Callable[[str], bool]
) -> dict[str, Any]:
    """Return the open or the personal fields that were given, checked.

    Raises RuleBroken ``record_field_unknown``, ``record_field_personal`` and what :func:`checked` raises.
    """
    found: dict[str, Any] = {}
    for name, value in given.items():
        field = kind.field(name)
        if field is None or field not in kind.asked():
            raise RuleBroken("record_field_unknown", field=name, kind=kind.id)
        if field.personal is not personal:
            raise RuleBroken("record_field_personal", **about(field))
        if value not in (None, "", []):
            found[name] = checked(field, value, known_body)
    return found


def taken_lines(
    table: RecordTable, lines: list[dict[str, Any]], known_body: Callable[[str], bool]
) -> tuple[dict[str, Any], ...]:
    """Return the lines of a table, checked. Raise RuleBroken ``record_field_unknown``, ``field_missing`` …"""
    found = []
    for line in lines:
        values: dict[str, Any] = {}
        for name, value in line.items():
            field = table.field(name)
            if field is None:
                raise RuleBroken("record_field_unknown", field=name, kind=table.name)
            if value not in (None, "", []):
                values[name] = checked(field, value, known_body)
        for field in table.fields:
            if field.required and field.name not in values:
                raise RuleBroken("field_missing", **about(field))
        found.append(values)
    return tuple(found)


def first_gap(spans: list[tuple[str, str]], start: str, end: str) -> tuple[str, str] | None:
    """Return the first stretch between two moments that no span covers (a duty without anybody), None when there is none."""
    reached = start
    for since, until in sorted(spans):
        if since > reached:
            return reached, min(since, end)
        reached = max(reached, until)
        if reached >= end:
            return None
    return None if reached >= end else (reached, end)
