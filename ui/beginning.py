"""What the program begins with: what was said on the command line, and the work of opening a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from liaison_app.domain.errors import RuleBroken
from ui.language import CHINESE
from ui.options import Options
from ui.views.chooser import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from liaison_app.desk.facade import Desk
    from liaison_app.desk.papers import Renderer

    Told = Callable[[int, int, float], None]


@dataclass(frozen=True)
class Opened:
    """What the writer found when it opened the desk; ``desk`` is None while a secret is still to be typed."""

    desk: "Desk | None"
    choices: tuple[Choice, ...]
    district: str


def is_founded(home: Path) -> bool:
    """Whether a desk was founded in this folder; one that may not be looked into counts as one, and opening it says why not."""
    from liaison_app.desk.opening import asked_by_file, founded

    try:
        return founded(home) and not asked_by_file(home)
    except RuleBroken:
        return True


def asked_by_file(home: Path) -> bool:
    """Whether a desk in this folder waits for the answer to its request to be let in."""
    from liaison_app.desk import opening

    return opening.asked_by_file(home)


def open_first(options: Options, renderer: "Renderer", lang: str, told: "Told | None" = None) -> Opened:
    """Found the demo when there is nothing yet; open at once where no secret is asked (runs on the writer)."""
    from liaison_app.desk import opening
    from liaison_app.desk.demo import fill

    if not opening.founded(options.home):
        if not options.demo:
            raise RuleBroken("replica_missing", home=str(options.home))
        opening.found_demo(options.home)
        desk = opening.open_desk(options.home, lang=CHINESE)
        try:
            fill(desk, 1, _afternoon(options.now or datetime.now(ZoneInfo("Asia/Shanghai"))))
        finally:
            desk.close()
    slots = opening.enrolled(options.home)
    if any(slot.mode != "demo" for slot in slots):
        return Opened(None, tuple(Choice(slot.id, slot.name, "", "", True) for slot in slots), "")
    opened = open_as(options, renderer, None, "", lang, told)
    choices = tuple(Choice(one.id, one.name, one.body_name, one.title, False) for one in opened.people())
    return Opened(opened, choices, opened.status().district)


def _afternoon(now: datetime) -> datetime:
    """Return a moment in office hours, at or before ``now``, at which the demo's story has arrived."""
    if now.hour < 9:
        return (now - timedelta(days=1)).replace(hour=16, minute=40)
    return min(now, now.replace(hour=16, minute=40))


def doubts_at_start(lang: str, demo: bool) -> list[str]:
    """Return in words which profiles are not used because their files were altered wrongly, and that the PC's zone is another."""
    from liaison_app.desk.opening import left_out, other_zone
    from liaison_app.words.errors import told

    said = [told(one.code, one.facts, lang) for one in left_out()]
    zone = "" if demo else other_zone()
    return [*said, told("zone_other", {"zone": zone}, lang)] if zone else said


def open_as(
    options: Options, renderer: "Renderer", person: str | None, secret: str, lang: str, told: "Told | None" = None
) -> "Desk":
    """Open the desk for a person (runs on the writer); ``told`` hears of a migration: step, steps, share."""
    from liaison_app.desk import opening

    return opening.open_desk(
        options.home, person=person, secret=secret or None, lang=lang, now=options.now, renderer=renderer, told=told
    )


def take_answer(home: Path, person: str, secret: str, file: Path) -> RuleBroken | None:
    """Take the administrator's answer to a closed desk's last acts (runs on the writer); return why it is closed now."""
    from liaison_app.desk import opening

    desk = opening.open_desk(home, person=person, secret=secret or None, to_send=True)
    try:
        return answered(desk, file)
    finally:
        desk.close()


def answered(desk: "Desk", file: Path) -> RuleBroken | None:
    """The same on a desk that is still open."""
    desk.import_package(file.read_bytes())
    return desk.closed()


def with_bodies(desk: "Desk", choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choice of persons with the names of their bodies, which only an open desk knows."""
    secret = {one.id: one.secret for one in choices}
    return tuple(Choice(one.id, one.name, one.body_name, one.title, secret.get(one.id, True)) for one in desk.people())
