"""修复: what can be done for a desk that does not open or that is not trusted, before anybody is at work on it.

Nothing is ever deleted: a replica that is replaced by a backup is set aside in the home, under the moment it was set aside.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from liaison_app.desk import opening
from liaison_app.security import keys
from liaison_app.store.engine import FILE, HomeLock

PARTS = (FILE, f"{FILE}-wal", f"{FILE}-shm", keys.FILE)
"""The files that make a replica: the data, what was not written back into it yet, and its locked keys."""


@dataclass(frozen=True)
class Checked:
    """What a check of a replica found: entries read, what is broken in the journal, what of the lists differs from it."""

    entries: int
    broken: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.broken and not self.differing


def restore_over(archive: Path, home: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Path | None:
    """Bring a backup back in place of the replica that is there; return where that one lies now, None when there was none.

    Raises RuleBroken ``backup_damaged``, ``schema_newer`` or ``second_instance``; the former replica then stands as before.
    """
    lock = HomeLock(home)
    lock.take()
    try:
        there = [home / name for name in PARTS if (home / name).exists()]
        aside = home / f"set-aside-{now():%Y%m%dT%H%M%S}" if there else None
        if aside is not None:
            aside.mkdir(parents=True)
            for part in there:
                part.rename(aside / part.name)
        try:
            opening.restore_backup(archive, home)
        except BaseException:
            for part in there:
                (home / part.name).unlink(missing_ok=True)
                if aside is not None:
                    (aside / part.name).rename(part)
            if aside is not None:
                aside.rmdir()
            raise
        _settle(home)
        return aside
    finally:
        lock.release()


def check(home: Path, person: str, secret: str, lang: str) -> Checked:
    """Read the whole replica: chains, hashes, tags, and whether the lists are what the journal says.

    Raises RuleBroken: what opening a desk raises.
    """
    desk = opening.open_desk(home, person=person, secret=secret or None, lang=lang)
    try:
        report, lists = desk.verify(), desk.rebuild(check=True)
        return Checked(report.entries, report.broken, lists.differences)
    finally:
        desk.close()


def rebuild(home: Path, person: str, secret: str, lang: str) -> int:
    """Make all lists anew from the journal; return the number of rows.

    Raises RuleBroken: what opening a desk raises.
    """
    desk = opening.open_desk(home, person=person, secret=secret or None, lang=lang)
    try:
        return desk.rebuild(check=False).rows
    finally:
        desk.close()


def _settle(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
