"""The demo's cases: a quarter of a fictitious district, the same for the same seed, entered through the façade."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Final

import yaml

from liaison_app.desk.demo_records import fill_records
from liaison_app.desk.demo_ways import fill_ways
from liaison_app.desk.facade import Desk
from liaison_app.domain.moments import CHINA

NAMES: Final = ("李㛃", "闫䶮", "王喆堃", "𬱖", "周㙍", "龑文", "陈静", "吴晓雨", "郑国庆", "单雨桐", "仇明", "冯丽")
TOWNS: Final = ("锦湖街道", "望江街道", "石桥街道", "青杠镇", "白果镇")


def fill(desk: Desk, seed: int, today: datetime | None = None, count: int = 36) -> int:
    """Enter the demo's cases and records, `count` of a random length and those that are told to the end; return how many cases. ``today`` is where the story has arrived."""
    told = _told(desk.rules.profile.meta.id)
    stories, receivers = told.get("stories", []), told.get("receivers", [])
    end = (today or datetime(2026, 9, 30, 8, 5, tzinfo=CHINA)).astimezone(CHINA)
    dice = random.Random(seed)  # noqa: S311 - a story, no secret
    count = count if stories else 0
    for i in range(count):
        days = (count - i) * 92 / count
        at = (end - timedelta(days=days)).replace(hour=8 + dice.randrange(9), minute=dice.randrange(60), second=0)
        if i >= count - 6:
            at = end - timedelta(minutes=(count - i) * 11)
        receiver = _first(desk, receivers[0 if i % 3 else 1], "liaison")
        _story(
            desk, dice, stories[i % len(stories)], i, at, end, receiver, steps=9 if i < count - 14 else dice.randrange(8)
        )  # fmt: skip
    further = fill_ways(desk, dice, end, NAMES)
    fill_records(desk, end)
    desk.state_clock(None)
    return count + further


def _told(mechanism: str) -> dict[str, Any]:
    """Return the stories of a mechanism and who receives the calls, nothing when nobody wrote any."""
    path = files("resources").joinpath("demo", f"{mechanism}.stories.yaml")
    if not path.is_file():
        return {}
    told: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return told


def _first(desk: Desk, body: str, role: str) -> str:
    """Return the first person of a body in a role, nobody as ''."""
    return next((p.id for p in desk.roster.people if p.body == body and role in p.roles), "")


def _story(
    desk: Desk, dice: random.Random, story: dict[str, Any], i: int, at: datetime, end: datetime, receiver: str,
    steps: int,
) -> None:  # fmt: skip
    thing, words, place, facts = (story[name] for name in ("object", "words", "place", "facts"))
    desk.state_clock(at)
    desk.switch_person(receiver)
    data = {
        "object": thing, "content": words, "place": place.format(n=dice.randrange(2, 200)) if i % 11 != 7 else "",
        "complainant_name": NAMES[i % len(NAMES)], "complainant_address": f"{TOWNS[i % 5]}某小区{i + 1}栋",
        "contact": f"1390000{dice.randrange(10_000):04d}", "channel": dice.choice(["phone", "phone", "visit", "web"]),
        "town": next((t for t in TOWNS if t in place), ""), "facts": facts, "record": words,
        "confidential": "strict" if i == 12 else "none",
    }  # fmt: skip
    case = desk.act_from("new", "register", data).case
    clock = [at]

    def go(minutes: int, action: str, person: str = receiver, **fields: Any) -> None:
        clock[0] = min(clock[0] + timedelta(minutes=minutes), end)
        desk.state_clock(clock[0])
        desk.switch_person(person)
        desk.act_from(case, action, fields)

    view = desk.case(case)
    if view.missing:
        return
    if "own_duty" in view.flags:
        _own(go, steps)
    else:
        _transferred(desk, case, go, receiver, steps)


def _own(go: Callable[..., None], steps: int) -> None:
    plan: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {}),
        ("inform", {"what": "acceptance", "method": "phone"}),
        ("take-over", {}),
    )
    for action, fields in plan[:steps]:
        go(20, action, **fields)


def _transferred(desk: Desk, case: str, go: Callable[..., None], receiver: str, steps: int) -> None:
    leader = _first(desk, desk.roster.person(receiver).body, "leader")
    there = _first(desk, desk.case(case).matters[0].lead, "liaison")
    urgent = "report_needed" in desk.case(case).flags
    plan: list[tuple[int, str, str, dict[str, Any]]] = [
        (2, "propose-transfer", receiver, {}),
        (3, "approve", leader, {"road": "own_desk"}),
        (2, "transfer", receiver, {"method": "fax"}),
    ]
    if urgent:
        plan.append((1, "report-urgent", receiver, {"to_person": "值班员王珂", "method": "phone"}))
    plan += [
        (6, "deliver", receiver, {"confirmed_by": "值班员", "evidence": "传真回执", "contact_person": "值班员"}),
        (5, "inform", receiver, {"what": "transfer", "method": "phone"}),
    ]
    if there:
        plan += [
            (9, "sign", there, {}),
            (10, "accept", there, {}),
            (15, "inform", there, {"what": "acceptance", "method": "phone"}),
            (5, "take-over", there, {}),
        ]
    for minutes, action, person, fields in plan[: steps + (1 if urgent else 0)]:
        go(minutes, action, person, **fields)
