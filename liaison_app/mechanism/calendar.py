"""The working-day calendar: data, not code. Knows rest days by statute and make-up working days (补班)."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import yaml

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism import copies


class Holiday(NamedTuple):
    """A run of rest days around a statutory holiday: its name, first and last day."""

    name: str
    first: date
    last: date


class WorkCalendar(msgspec.Struct, frozen=True):
    """Rest days with their names, make-up working days, and the years that are known."""

    version: str
    rest: Mapping[date, str]
    make_up: frozenset[date]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Return whether a day is a working day; in a year not known only weekends rest."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.rest)

    def workday_after(self, day: date, amount: int) -> date:
        """Return the working day so many after a day, which is not counted itself; 0 is the day. Looked up, not walked."""
        if amount <= 0:
            return day
        days = _workdays(self, day.toordinal() + 2 * amount + 40)
        at = bisect_right(days, day.toordinal()) + amount - 1
        if day.toordinal() < days[0] or at >= len(days):
            return _walked(self, day, amount)
        return date.fromordinal(days[at])

    def known(self, day: date) -> bool:
        """Return whether the notice of the day's year has been entered."""
        return day.year in self.years

    def why_rest(self, day: date) -> str:
        """Return why a rest day rests: the name of the holiday, or 周六 / 周日."""
        return self.rest.get(day) or ("周六" if day.weekday() == 5 else "周日")

    def holiday_ahead(self, day: date, within: int = 7) -> Holiday | None:
        """Return the statutory holiday that a day lies in or that begins within so many days, with its whole run of rest."""
        first = next((d for i in range(within + 1) if (d := day + timedelta(i)) in self.rest), None)
        if first is None:
            return None
        last, name = first, self.rest[first]
        while not self.is_workday(first - timedelta(1)):
            first -= timedelta(1)
        while not self.is_workday(last + timedelta(1)):
            last += timedelta(1)
        return Holiday(name, first, last)

    def last_year(self) -> int:
        """Return the last known year."""
        return max(self.years)

    def show(self, year: int) -> dict[str, Any]:
        """Return rest days and make-up days of a year as the command line shows them."""
        return {
            "year": year,
            "rest": [d.isoformat() for d in sorted(self.rest) if d.year == year],
            "make_up": [d.isoformat() for d in sorted(self.make_up) if d.year == year],
            "provisional": year not in self.years,
        }

    def with_year(self, data: Mapping[str, Any]) -> "WorkCalendar":
        """Return the calendar with one more (or corrected) year. Raise RuleBroken ``calendar_invalid``."""
        year, rest, make_up = _year(data)
        keep = {d: n for d, n in self.rest.items() if d.year != year}
        return WorkCalendar(
            f"{self.version}+{year}",
            {**keep, **rest},
            frozenset(d for d in self.make_up if d.year != year) | make_up,
            self.years | {year},
        )


_TABLES: dict[int, tuple[WorkCalendar, list[int]]] = {}
"""Working days as ordinals, by calendar: a case asks for hundreds of counts. Only a few calendars live at a time."""


def _workdays(calendar: WorkCalendar, until: int) -> list[int]:
    """Return the working days of a calendar in order, from its first known year to beyond a day."""
    kept = _TABLES.get(id(calendar))
    if kept is None or kept[0] is not calendar or kept[1][-1] < until:
        first, last = (
            date(min(calendar.years), 1, 1).toordinal(),
            max(until, date(calendar.last_year() + 1, 12, 31).toordinal()),
        )
        found = [n for n in range(first, last + 1) if calendar.is_workday(date.fromordinal(n))]
        if len(_TABLES) >= 8:
            _TABLES.clear()
        kept = _TABLES[id(calendar)] = (calendar, found)
    return kept[1]


def _walked(calendar: WorkCalendar, day: date, amount: int) -> date:
    while amount > 0:
        day += timedelta(1)
        amount -= calendar.is_workday(day)
    return day


def _invalid(expected: str, value: Any) -> RuleBroken:
    return RuleBroken("calendar_invalid", expected=expected, value=str(value)[:60])


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _invalid("YYYY-MM-DD", value) from None


def _span(item: Any) -> Iterable[tuple[date, str]]:
    if isinstance(item, Mapping):
        first, last = _day(item.get("from")), _day(item.get("to", item.get("from")))
        name = str(item.get("name", ""))
    else:
        first = last = _day(item)
        name = ""
    if last < first or (last - first).days > 31:
        raise _invalid("from ≤ to", f"{first}…{last}")
    for i in range((last - first).days + 1):
        yield first + timedelta(i), name or "法定节假日"


def _year(data: Mapping[str, Any]) -> tuple[int, dict[date, str], frozenset[date]]:
    try:
        year = int(data["year"])
    except (KeyError, TypeError, ValueError):
        raise _invalid("year: 2027", data.get("year") if isinstance(data, Mapping) else data) from None
    rest = {d: n for item in data.get("rest") or [] for d, n in _span(item)}
    make_up = frozenset(_day(d) for d in data.get("make_up") or [])
    for day in (*rest, *make_up):
        if day.year != year:
            raise _invalid(f"{year}-MM-DD", day)
    for day in make_up:
        if day.weekday() < 5 or day in rest:
            raise _invalid("a Saturday or Sunday that is no rest day", day)
    return year, rest, make_up


def calendar_of(data: Mapping[str, Any]) -> WorkCalendar:
    """Return the calendar that a data file holds."""
    calendar = WorkCalendar(str(data["version"]), {}, frozenset(), frozenset())
    for year in data["years"]:
        calendar = calendar.with_year(year)
    return WorkCalendar(str(data["version"]), calendar.rest, calendar.make_up, calendar.years)


@cache
def bundled() -> WorkCalendar:
    """Return the calendar that comes with the program (2004-2026)."""
    text = files("resources").joinpath("calendar", "cn.yaml").read_bytes()
    digest = hashlib.sha256(text).hexdigest()
    said = copies.read(digest, dict)
    if said is None:
        said = yaml.load(text, Loader=yaml.CSafeLoader)
        copies.write(digest, said, said)
    return calendar_of(said)


def parse_notice(text: bytes) -> dict[str, Any]:
    """Return a year's notice from a YAML or JSON file. Raise RuleBroken ``calendar_invalid`` with the line."""
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleBroken("calendar_invalid", line=line, expected="YAML / JSON", value=str(error.problem)) from None
    if not isinstance(data, dict):
        raise _invalid("{year, rest, make_up}", data)
    return data
