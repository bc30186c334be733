"""Figures read from the sums that are kept up to date, and the cases behind each number, a page at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk.tallying import tally_of
from liaison_app.mechanism.countable import DECODER
from liaison_app.mechanism.indicator_schema import Indicator
from liaison_app.mechanism.indicators import BY, Counted, Figure, Group, ranked
from liaison_app.mechanism.periods import Period, period, spans_of
from liaison_app.mechanism.tallying import Cell, Tally
from liaison_app.store import tallies

if TYPE_CHECKING:
    from liaison_app.desk.deciding import Deciding

PLACES: Final = 500
"""So many places complained of again are named."""
CANDIDATES: Final = 50_000
"""So many cases are looked at for one page of the cases behind a number."""


def figures(desk: "Deciding", connection: Connection, span: Period, by: str = "") -> dict[str, Figure]:
    """Return every indicator over cases for a period, grouped as the profile says or by one grouping."""
    profile = desk.rules.profile
    wanted = {n: [by] if by else one.group for n, one in enumerate(profile.indicators) if one.of == "cases"}
    names = {"", *(name for groups in wanted.values() for name in groups)}
    cells: dict[int, dict[str, dict[str, Counted]]] = defaultdict(lambda: defaultdict(dict))
    for n, name, key, counts, base, running in tallies.cells(
        connection, inside(span, desk.rules.settings), sorted(names)
    ):
        if n in wanted:
            cells[n][name][key] = _counted(profile.indicators[n], counts, base, running)
    found: dict[str, Figure] = {}
    for n, groups in wanted.items():
        one = profile.indicators[n]
        if one.count == "places":
            found[one.id] = _places(connection, n, one, span, groups)
            continue
        if one.numerator.standing or (one.denominator and one.denominator.standing):
            month = spans_of(span.start, desk.rules.settings)[0]
            for name, key, counts in tallies.standing(connection, n, month, ["", *groups]):
                cells[n][name][key] = _counted(one, counts, counts, 0)
        whole = cells[n][""].get("", _counted(one, 0, 0, 0))
        lines: list[Group] = []
        for name in groups:
            mine = [Group(by=name, key=key, counted=counted) for key, counted in sorted(cells[n][name].items())]
            lines += ranked(mine, profile, desk.rules.settings) if one.rank and name == "department" else mine
        reason = "empty" if one.denominator and not whole.denominator else ""
        found[one.id] = Figure(indicator=one, counted=whole, groups=tuple(lines), reason=reason)
    return found


def inside(span: Period, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the periods whose cells add up to one: its months, and itself for what months do not say."""
    at, found = span.start, dict[str, None]()
    while at < span.end:
        month = spans_of(at, settings)[0]
        found[month] = None
        at = period(month, settings).end
    return tuple(dict.fromkeys([*found, span.name]))


def _counted(one: Indicator, counts: int, base: int, running: int) -> Counted:
    if one.denominator is None:
        return Counted(numerator=counts, denominator=None, value=float(counts))
    return Counted(numerator=counts, denominator=base, value=counts / base if base else None, pending=running)


def _places(connection: Connection, n: int, one: Indicator, span: Period, groups: Sequence[str]) -> Figure:
    number, found = tallies.places(connection, n, span.name, PLACES)
    lines = tuple(
        Group(by="place_or_object", key=words, counted=Counted(numerator=cases, denominator=None, value=float(cases)))
        for _, _, words, cases in found
    )  # fmt: skip
    counted = Counted(numerator=number, denominator=None, value=float(number))
    return Figure(indicator=one, counted=counted, groups=lines if "place_or_object" in groups else ())


def detailed(desk: "Deciding", connection: Connection, span: Period, by: str = "") -> dict[str, Figure]:
    """Return the figures of :func:`figures` with all the cases behind each number, as the sums know them."""
    behind = _Behind(connection, tally_of(desk), span)
    return {
        name: msgspec.structs.replace(
            one, counted=behind.filled(one, one.counted, "", ""),
            groups=tuple(
                msgspec.structs.replace(g, counted=behind.filled(one, g.counted, g.by, g.key)) for g in one.groups
            ),
        )
        for name, one in figures(desk, connection, span, by).items()
    }  # fmt: skip


def no_more_than(desk: "Deciding", connection: Connection, span: Period, most: int) -> bool:
    """Return whether no more than so many cases stand behind the numbers of a period."""
    return tallies.how_many_behind(connection, months_of(span, desk.rules.settings), most + 1) <= most


class _Behind:
    """The cases behind all numbers of a period, read grouping by grouping."""

    def __init__(self, connection: Connection, tally: Tally, span: Period) -> None:
        self._connection, self._tally, self._span = connection, tally, span
        self._places = {one.id: n for n, one in enumerate(tally.profile.indicators)}
        self._first, self._last = months_of(span, tally.settings)
        self._known: dict[str, dict[tuple[int, str], list[tuple[str, int, int]]]] = {}
        self._standing: dict[str, dict[tuple[int, str], list[str]]] = {}
        self._cells: dict[str, dict[Cell, tuple[int, int, int]]] = {}

    def filled(self, figure: Figure, counted: Counted, by: str, key: str) -> Counted:
        """Return a number with the cases behind it."""
        one, n = figure.indicator, self._places[figure.indicator.id]
        if one.count == "places":
            found = tuple(_at_places(self._connection, self._tally, n, self._span, key, limit=-1))
            return msgspec.structs.replace(counted, cases=found)
        column = column_of(by)
        if one.numerator.standing:
            return msgspec.structs.replace(counted, cases=tuple(self._stand(column).get((n, key), ())))
        rows = self._rows(column).get((n, key), [])
        base = tuple(case for case, _, _ in rows)
        if one.denominator is None:
            return msgspec.structs.replace(counted, cases=base)
        mine = (case for case, least, most in rows if most and (least or self._last_counts(one, n, case, by, key)))
        return msgspec.structs.replace(counted, cases=tuple(mine), base_cases=base)

    def _rows(self, column: str) -> dict[tuple[int, str], list[tuple[str, int, int]]]:
        if column not in self._known:
            found = self._known[column] = defaultdict(list)
            for n, key, case, least, most in tallies.cases_of(self._connection, (self._first, self._last), column):
                found[n, key].append((case, least, most))
        return self._known[column]

    def _stand(self, column: str) -> dict[tuple[int, str], list[str]]:
        if column not in self._standing:
            found = self._standing[column] = defaultdict(list)
            for n, key, case in tallies.cases_standing(self._connection, self._first, column):
                found[n, key].append(case)
        return self._standing[column]

    def _last_counts(self, one: Indicator, n: int, case: str, by: str, key: str) -> bool:
        """Return whether a case counts of which one item does and another does not: the last one may stand for it."""
        if one.count == "acts":
            return True
        if case not in self._cells:
            facts, turned = tallies.facts_of(self._connection, [case])[case]
            self._cells[case] = self._tally.part(DECODER.decode(facts), turned).cells
        cells, spans = self._cells[case], inside(self._span, self._tally.settings)
        return sum(cells.get((name, n, by, key), (0, 0, 0))[0] for name in spans) > 0


def months_of(span: Period, settings: Mapping[str, str]) -> tuple[str, str]:
    """Return the first and the last month of a period."""
    first = spans_of(span.start, settings)[0]
    return first, max(name for name in inside(span, settings) if name != span.name or name == first)


def column_of(by: str) -> str:
    """Return the column in which the groups of a grouping stand."""
    return by if not by or by in BY or by == "town_source" else "own"


def cases_behind(
    desk: "Deciding", name: str, indicator: str, by: str, key: str, part: str, limit: int
) -> tuple[str, ...]:
    """Return the first cases behind a number of a period, newest first.

    ``part``: ``counts`` (numerator), ``base`` (denominator), ``rest`` (what of the denominator does not count).
    """
    tally, span = tally_of(desk), period(name, desk.rules.settings)
    n = next(i for i, one in enumerate(tally.profile.indicators) if one.id == indicator)
    with desk._replica.read() as connection:
        if tally.profile.indicators[n].count == "places":
            return tuple(_at_places(connection, tally, n, span, key))[:limit]
        found: list[str] = []
        for case in _candidates(connection, tally, n, span, by, key, part):
            if _counts(connection, tally, case, n, span, (by, key), part):
                found.append(case)
            if len(found) == limit:
                break
    return tuple(found)


def _candidates(
    connection: Connection, tally: Tally, n: int, span: Period, by: str, key: str, part: str
) -> Iterator[str]:
    one = tally.profile.indicators[n]
    column, (first, last) = column_of(by), months_of(span, tally.settings)
    if one.numerator.standing:
        yield from tallies.hits_standing(connection, n, first, column, key, CANDIDATES)
        return
    counts = {"counts": 1, "rest": 0, "base": None}[part]
    yield from tallies.hits(connection, n, (first, last), column, key, counts, CANDIDATES)


def _counts(
    connection: Connection, tally: Tally, case: str, n: int, span: Period, group: tuple[str, str], part: str
) -> bool:
    """Return whether a case counts in a cell of a period, by what it adds itself."""
    if tally.profile.indicators[n].numerator.standing:
        return True
    facts, turned = tallies.facts_of(connection, [case])[case]
    cells = tally.part(DECODER.decode(facts), turned).cells
    mine = [cells.get((name, n, *group), (0, 0, 0)) for name in inside(span, tally.settings)]
    counts, base = sum(c[0] for c in mine), sum(c[1] for c in mine)
    if tally.profile.indicators[n].denominator is None:
        return counts > 0
    return {"counts": counts > 0, "base": base > 0, "rest": base > 0 and not counts}[part]


def _at_places(
    connection: Connection, tally: Tally, n: int, span: Period, key: str, limit: int = PLACES
) -> Iterator[str]:
    first = next(one for one, same in tally.places.items() if n in same)
    seen: dict[str, None] = {}
    for kind, place, words, _ in tallies.places(connection, n, span.name, limit)[1]:
        if not key or words == key:
            calls = [(at, case) for at, case, _ in tallies.calls_at(connection, first, kind, place)]
            seen |= dict.fromkeys(tally.alike(n, span.name, calls))
    yield from seen
