"""What was said on the command line. Read before anything heavy is."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ui.language import CHINESE, ENGLISH


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
    started: Path | None = None
    """Where to note how long the start took; the window closes then."""
    files: tuple[str, ...] = ()
    """Files that were opened with the program: a paper of ours, a 同步包, a workbook."""


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
    parser.add_argument(
        "--started", type=Path, metavar="FILE", help="add to FILE the seconds until the first page stood, and leave"
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a paper of ours, a package 同步包, a workbook to import"
    )
    said = parser.parse_args(argv)
    demo_home = default_home() / "demo" if said.home is None else said.home
    home = demo_home if said.demo else said.home or default_home()
    files = tuple(said.files)
    return Options(
        home, said.demo, said.person, said.lang, said.now, demo_home=demo_home, started=said.started, files=files
    ), said.tour
