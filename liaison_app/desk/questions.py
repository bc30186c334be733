"""Questions that need no desk: routing, deadlines, profiles, years. JSON-ready answers (CONTRACT)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.calendar import WorkCalendar, bundled, parse_notice
from liaison_app.mechanism.deadlines import count, moment
from liaison_app.mechanism.finding_clocks import clock, in_force
from liaison_app.mechanism.profile import available, check_file, invalid, load_profile
from liaison_app.mechanism.routing import Routing, route
from liaison_app.mechanism.schema import Profile
from liaison_app.mechanism.settings import checked_reading
from liaison_app.words import counted


def _settings(profile: Profile, given: Any) -> dict[str, str]:
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        raise RuleBroken("field_type", field="settings", reason="object")
    return profile.defaults() | {name: checked_reading(profile, name, value) for name, value in given.items()}


def answer_route(mechanism: str, request: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Answer one line of ``liaison route``. Raise RuleBroken for unknown facts or values."""
    profile = load_profile(mechanism)
    facts = request.get("facts") or {}
    if not isinstance(facts, Mapping):
        raise RuleBroken("field_type", field="facts", reason="object")
    found = route(profile, facts, _settings(profile, request.get("settings")), text=str(request.get("text") or ""))
    return {"id": request.get("id"), **_routing(found, lang)}


def _routing(found: Routing, lang: str) -> dict[str, Any]:
    english = lang == "en"
    answer: dict[str, Any] = {
        "lead": found.lead, "lead_name": found.lead_name, "alternatives": list(found.alternatives),
        "supporting": list(found.supporting), "urgency": found.urgency, "transfer": found.transfer,
        "report_to": list(found.report_to), "row": found.row, "clauses": list(found.clauses), "rules": list(found.rules),
        "ask": list(found.ask), "provisional": found.provisional, "addressees": list(found.addressees),
        "hints": [h[1 if english else 0] for h in found.hints],
        "duties": [{"rule": r, "words": en if english else zh} for r, zh, en in found.duties],
        "why": found.why_en if english else found.why,
    }  # fmt: skip
    if found.handling_unit:
        answer["handling_unit"] = found.handling_unit
    if found.issues:
        answer["issues"] = [_routing(i, lang) for i in found.issues]
    return answer


def answer_deadline(mechanism: str, request: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Answer one line of ``liaison deadline``. Raise RuleBroken for an unknown rule or a bad start."""
    profile = load_profile(mechanism)
    settings = _settings(profile, request.get("settings"))
    for name in ("rule", "start"):
        if not request.get(name):
            raise RuleBroken("field_missing", field=name)
    event, asked = request.get("event"), str(request["rule"]).strip().upper()
    rule = clock(profile, asked, str(event) if event else None, settings)
    runs = in_force(rule, settings)
    rule = msgspec.structs.replace(rule, rule=asked)  # one clock may serve several rules: cite the one asked for
    promised = request.get("set_date") or request.get("promised")
    due = count(rule, moment(request["start"]), bundled(), settings, _promised(promised))
    answer: dict[str, Any] = {
        "id": request.get("id"), "rule": request["rule"], "event": rule.event, "due": due.due.isoformat() if due.due else None,
        "status": due.status, "counted": [counted.step(one, lang) for one in due.counted], "why": due.why_en if lang == "en" else due.why,
    }  # fmt: skip
    if not runs:
        chosen = "、".join(f"{name}={settings[name]}" for name in rule.only)
        answer["in_force"] = False
        answer["why"] += f" (does not run with {chosen})" if lang == "en" else f"（按所选设置{chosen}，此期限不适用）"
    if due.late_after and due.late_after != due.due:
        answer["late_after"] = due.late_after.isoformat()
    return answer


def _promised(words: Any) -> datetime | None:
    """Return a date promised; a date without a time means its end (24:00)."""
    if not words:
        return None
    at = moment(words)
    return at.replace(hour=23, minute=59, second=59) if len(str(words).strip()) == 10 else at


def profiles() -> list[dict[str, Any]]:
    """Return the profiles that come with the program; one that is invalid is listed with what is wrong in it."""
    found: list[dict[str, Any]] = []
    for name in available():
        try:
            meta = load_profile(name).meta
        except RuleBroken as invalid:
            found.append({"id": name, "invalid": list(invalid.facts["findings"])})
            continue
        found.append(
            {
                "id": meta.id,
                "name": meta.name,
                "name_en": meta.name_en,
                "version": meta.version,
                "partial": meta.partial,
            }
        )
    return found


def check_profile(path: Path) -> None:
    """Search a profile file for doubts. Raise RuleBroken ``file_missing``, ``profile_invalid`` with all of them."""
    if not path.is_file():
        raise RuleBroken("file_missing", file=str(path))
    found = check_file(path)
    if found:
        raise invalid(found)


def show_year(year: int, calendar: WorkCalendar | None) -> dict[str, Any]:
    """Return rest days and make-up days of a year."""
    return (calendar or bundled()).show(year)


def read_notice(text: bytes) -> dict[str, Any]:
    """Return a year's notice from a file. Raise RuleBroken ``calendar_invalid``."""
    notice = parse_notice(text)
    bundled().with_year(notice)
    return notice
