"""The demo's cases that went further, as a file of the demo tells them: one in every state of the mechanism, a quarter that ended."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Final

import yaml

from liaison_app.desk.demo_records import said
from liaison_app.desk.facade import Desk
from liaison_app.domain.events import Person

SPANS: Final = {"m": "minutes", "h": "hours", "d": "days"}
PAUSE: Final = "10m"
"""Between two steps where the file says nothing."""


def fill_ways(desk: Desk, dice: random.Random, end: datetime, names: tuple[str, ...]) -> int:
    """Enter the cases of the file for this mechanism, none where nobody wrote any; return how many."""
    path = files("resources").joinpath("demo", f"{desk.rules.profile.meta.id}.ways.yaml")
    if not path.is_file():
        return 0
    told: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    earlier = ""
    for n, way in enumerate(told["ways"]):
        at = (end - timedelta(days=way["days"])).replace(hour=8 + n % 4, minute=dice.randrange(60))
        given = {
            "channel": dice.choice(("phone", "phone", "web")), "complainant_name": names[(n * 5 + 2) % len(names)],
            "complainant_address": f"{way['complaint']['place']}旁", "contact": f"1390000{dice.randrange(10_000):04d}",
            "record": way["complaint"]["content"], **way["complaint"],
        }  # fmt: skip
        steps = list(_flat(told["stretches"], way["steps"]))
        earlier = _walk(desk, told["receiver"], given, steps, at, end, earlier)
    return len(told["ways"])


def _flat(stretches: dict[str, Any], steps: list[Any]) -> Iterator[dict[str, Any]]:
    for step in steps:
        if isinstance(step, str):
            yield from _flat(stretches, stretches[step])
        else:
            yield step


def _walk(
    desk: Desk, receiver: str, complaint: dict[str, Any], steps: list[dict[str, Any]], at: datetime, end: datetime, earlier: str
) -> str:  # fmt: skip
    """Register and take the steps, none later than the story's end; return the case's number."""
    desk.state_clock(at)
    desk.switch_person(_seat(desk, receiver, "liaison").id)
    case = desk.act_from("new", "register", complaint).case
    for step in steps:
        at = min(at + _span(step.get("after", PAUSE)), end)
        bodies = {"receiver": receiver, "lead": desk.case(case).matters[0].lead, "": ""}
        by = step.get("by", "")
        person = (
            desk.roster.person(step["person"])
            if "person" in step
            else _seat(desk, bodies.get(by, by), step.get("role", "liaison"))
        )
        desk.state_clock(at)
        desk.switch_person(person.id)
        fields = {k: v if v != "{earlier}" else earlier for k, v in step.get("with", {}).items()}
        desk.act_from(case, step["do"], said(fields, person, end))
    return desk.case(case).number


def _span(words: str) -> timedelta:
    """Return the time that words such as 20m, 3h, 2d say."""
    return timedelta(**{SPANS[words[-1]]: int(words[:-1])})


def _seat(desk: Desk, body: str, role: str) -> Person:
    return next(p for p in desk.roster.people if p.body == body and role in p.roles)
