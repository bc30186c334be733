"""Periods of figures: a month, a quarter, a half-year, a year; by the calendar or by the statistical month (OFFICE B9)."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Final

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import CHINA, stamp

SETTING: Final = "stats.month"
"""The setting of a profile that says when its statistical month begins: ``calendar`` or ``from_21``, ``from_26``."""
_FORM = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|-Q([1-4])|-H([12]))?")


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A period: its name, its first moment, and the first moment after it (both as they are stored)."""

    name: str
    start: str
    end: str

    def finished(self, cut: str) -> bool:
        """Return whether it was over at a moment."""
        return cut >= self.end


def period(name: str, settings: Mapping[str, str]) -> Period:
    """Return a period by name: ``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``. Raise RuleBroken ``period_unknown``."""
    return _period(name.strip(), _first_day(settings))


@cache
def _period(name: str, day: int) -> Period:
    found = _FORM.fullmatch(name)
    if found is None or not 2000 <= int(found[1]) <= 2999:
        raise RuleBroken("period_unknown", field="period", value=name[:40])
    year, month, quarter, half = int(found[1]), found[2], found[3], found[4]
    if month:
        first, months = int(month), 1
    elif quarter:
        first, months = 3 * int(quarter) - 2, 3
    elif half:
        first, months = 6 * int(half) - 5, 6
    else:
        first, months = 1, 12
    return Period(name=name, start=stamp(_begin(year, first, day)), end=stamp(_begin(year, first + months, day)))


def before(name: str, *, years: int = 0) -> str:
    """Return the period just before one (上期), or the same period so many years earlier (同期). Raise RuleBroken."""
    found = _FORM.fullmatch(name.strip())
    if found is None:
        raise RuleBroken("period_unknown", field="period", value=name[:40])
    year, parts = int(found[1]), ((found[2], 12, "-{:02d}"), (found[3], 4, "-Q{}"), (found[4], 2, "-H{}"))
    part, many, form = next(((int(p), n, f) for p, n, f in parts if p), (1, 1, ""))
    at = (year - years) * many + part - 1 - (0 if years else 1)
    return f"{at // many}{form.format(at % many + 1)}"


def spans_of(at: str, settings: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Return the month, quarter, half-year and year in which a moment lies."""
    return _spans(at[:10], _first_day(settings))


@cache
def _spans(date: str, day: int) -> tuple[str, str, str, str]:
    year, month = int(date[:4]), int(date[5:7])
    n = year * 12 + month - 1 + (1 if day > 1 and int(date[8:10]) >= day else 0)
    year, month = divmod(n, 12)
    return f"{year}-{month + 1:02d}", f"{year}-Q{month // 3 + 1}", f"{year}-H{month // 6 + 1}", f"{year}"


def _first_day(settings: Mapping[str, str]) -> int:
    said = settings.get(SETTING, "calendar").removeprefix("from_")
    return int(said) if said.isdigit() and 1 < int(said) <= 28 else 1


def _begin(year: int, month: int, day: int) -> datetime:
    """Return where a statistical month begins: a month that starts on day 26 began in the month before."""
    month -= 1 if day > 1 else 0
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, day, tzinfo=CHINA)
