"""Figures read from the sums that are kept up to date, and the cases behind each number, a page at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from liaison_app.desk.tallying import tally_of
from liaison_app.mechanism.countable import DECODER
from liaison_app.mechanism.indicator_schema import Indicator
from liaison_app.mechanism.indicators import BY, Counted, Figure, Group, ranked
from liaison_app.mechanism.periods import Period, period, spans_of
from liaison_app.mechanism.tallying import Tally
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
    column = "" if not by else by if by in BY or by == "town_source" else "own"
    first = spans_of(span.start, tally.settings)[0]
    if one.numerator.standing:
        yield from tallies.hits_standing(connection, n, first, column, key, CANDIDATES)
        return
    counts = {"counts": 1, "rest": 0, "base": None}[part]
    last = max(name for name in inside(span, tally.settings) if name != span.name or name == first)
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


def _at_places(connection: Connection, tally: Tally, n: int, span: Period, key: str) -> Iterator[str]:
    first = next(one for one, same in tally.places.items() if n in same)
    seen: dict[str, None] = {}
    for kind, place, words, _ in tallies.places(connection, n, span.name, PLACES)[1]:
        if not key or words == key:
            calls = [(at, case) for at, case, _ in tallies.calls_at(connection, first, kind, place)]
            seen |= dict.fromkeys(tally.alike(n, span.name, calls))
    yield from seen
