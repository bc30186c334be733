"""The demo's records and meetings: every duty that fell due before the story's end was met, as a file of the demo says."""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import yaml

from liaison_app.desk.beginning import begins, begun
from liaison_app.desk.facade import Desk
from liaison_app.domain.events import Person
from liaison_app.domain.moments import china


def fill_records(desk: Desk, end: datetime) -> int:
    """Meet what the demo's bodies owed until a moment, each the day before it was due; return how many records."""
    path = files("resources").joinpath("demo", f"{desk.rules.profile.meta.id}.records.yaml")
    if not path.is_file():
        return 0
    told: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    made = 0
    for body in told["bodies"]:
        desk.state_clock(end)
        _sit(desk, body)
        for owed in desk.owed():
            how = told["met"].get(owed.kind)
            once = owed.period == "once"
            at = end - timedelta(days=60) if once or not owed.due else china(owed.due) - timedelta(days=1)
            if how is not None and (once or (owed.due and china(owed.due) < end)):
                _meet(desk, {"kind": owed.kind, "by": body, "period": "" if once else owed.period, **how}, at, end)
                made += 1
    for one in told.get("also", ()):
        _meet(desk, one, end - timedelta(days=one["days"]), end)
        made += 1
    desk.state_clock(None)
    return made


def _meet(desk: Desk, how: dict[str, Any], at: datetime, end: datetime) -> None:
    """Open a record and take its steps, some minutes apart, each by the body that may."""
    desk.state_clock(at)
    person = _sit(desk, how["by"])
    data = {name: said(how[name], person, end) for name in ("fields", "lines", "period") if how.get(name)}
    if begins(desk, how["kind"]) is not None:  # what the window would have filled in
        data["fields"] = begun(desk, how["kind"], data.get("fields", {}), how.get("period", "")).fields | data.get(
            "fields", {}
        )
    record = desk.open_record(how["kind"], data).record
    for n, step in enumerate(how["steps"], 1):
        desk.state_clock(at + timedelta(minutes=9 * n))
        person = _sit(desk, step.get("by") or how["by"])
        given = {name: said(step[name], person, end) for name in ("fields", "lines") if name in step}
        desk.step_record(record, step["step"], given)


def _sit(desk: Desk, body: str) -> Person:
    person = next(p for p in desk.roster.people if p.body == body and "liaison" in p.roles)
    desk.switch_person(person.id)
    return person


def said(value: Any, person: Person, end: datetime) -> Any:
    """Return what a file of the demo says, for a person and the story's end."""
    if isinstance(value, dict):
        return {name: said(inner, person, end) for name, inner in value.items()}
    if isinstance(value, list):
        return [said(inner, person, end) for inner in value]
    if isinstance(value, str) and value.startswith("@"):
        days, _, hour = value[1:].partition(" ")
        day = (end + timedelta(days=int(days))).date().isoformat()
        return f"{day}T{hour}" if hour else day
    return value.format(name=person.name, phone=person.phone) if isinstance(value, str) else value
