"""What the program begins with: what was said on the command line, and the work of opening a desk."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from liaison_app.domain.errors import RuleBroken
from ui.language import CHINESE, ENGLISH
from ui.views.chooser import Choice

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk
    from liaison_app.desk.papers import Renderer


@dataclass(frozen=True)
class Options:
    """What was said on the command line."""

    home: Path
    demo: bool
    person: str = ""
    lang: str = ""
    now: datetime | None = None
    demo_home: Path | None = None
    """Where a demo asked for at the first start is founded; None: in ``home`` itself."""


@dataclass(frozen=True)
class Opened:
    """What the writer found when it opened the desk; ``desk`` is None while a secret is still to be typed."""

    desk: "Desk | None"
    choices: tuple[Choice, ...]
    district: str


def is_founded(home: Path) -> bool:
    """Whether a desk was founded in this folder."""
    from liaison_app.desk.opening import asked_by_file, founded

    return founded(home) and not asked_by_file(home)


def asked_by_file(home: Path) -> bool:
    """Whether a desk in this folder waits for the answer to its request to be let in."""
    from liaison_app.desk import opening

    return opening.asked_by_file(home)


def open_first(options: Options, renderer: "Renderer", lang: str) -> Opened:
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
    opened = open_as(options, renderer, None, "", lang)
    choices = tuple(Choice(one.id, one.name, one.body_name, one.title, False) for one in opened.people())
    return Opened(opened, choices, opened.status().district)


def _afternoon(now: datetime) -> datetime:
    """Return a moment in office hours, at or before ``now``, at which the demo's story has arrived."""
    if now.hour < 9:
        return (now - timedelta(days=1)).replace(hour=16, minute=40)
    return min(now, now.replace(hour=16, minute=40))


def profiles_left_out(lang: str) -> list[str]:
    """Return in words which profiles of the program are not used because their files were altered wrongly."""
    from liaison_app.desk.opening import left_out
    from liaison_app.words.errors import told

    return [told(one.code, one.facts, lang) for one in left_out()]


def open_as(options: Options, renderer: "Renderer", person: str | None, secret: str, lang: str) -> "Desk":
    """Open the desk for a person (runs on the writer)."""
    from liaison_app.desk import opening

    return opening.open_desk(
        options.home, person=person, secret=secret or None, lang=lang, now=options.now, renderer=renderer
    )


def with_bodies(desk: "Desk", choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choice of persons with the names of their bodies, which only an open desk knows."""
    secret = {one.id: one.secret for one in choices}
    return tuple(Choice(one.id, one.name, one.body_name, one.title, secret.get(one.id, True)) for one in desk.people())


def default_home() -> Path:
    """Return the folder of the own desk in the platform's place for data, the same as the command line takes."""
    from platformdirs import user_data_path

    return Path(os.environ.get("LIAISON_HOME") or user_data_path("liaison-desk"))


def moment(text: str) -> datetime:
    """Return a moment said on the command line, in China's time where it names no other. Raise ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def parse(argv: Sequence[str]) -> tuple[Options, str]:
    """Return the options and the folder of the tour ('' = no tour)."""
    parser = argparse.ArgumentParser(prog="liaison-desk")
    parser.add_argument("--home", type=Path, help="folder of the desk")
    parser.add_argument("--demo", action="store_true", help="found a demo district where nothing is yet")
    parser.add_argument("--as", dest="person", default="", help="person of the demo (id or name)")
    parser.add_argument("--lang", choices=(CHINESE, ENGLISH), default="")
    parser.add_argument("--tour", metavar="FOLDER", default="", help="walk the journey and leave pictures in FOLDER")
    parser.add_argument("--now", type=moment, help="stated clock of a demo, e.g. 2026-10-15T09:00")
    said = parser.parse_args(argv)
    demo_home = default_home() / "demo" if said.home is None else said.home
    home = demo_home if said.demo else said.home or default_home()
    return Options(home, said.demo, said.person, said.lang, said.now, demo_home=demo_home), said.tour
