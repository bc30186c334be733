"""What one case adds to every number of every period, so that figures are sums and nothing is scanned. Pure.

The figure of many cases is the sum of the figures of each, but for places complained of again: those are found from
the moments at which each place was complained of. A case's part stands still between two ends of its limits.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import msgspec

from liaison_app.domain.moments import china, stamp
from liaison_app.mechanism.countable import Thing
from liaison_app.mechanism.indicator_schema import DUE, Indicator, Measure
from liaison_app.mechanism.indicators import BY, Counter, Hit, asked, clocks_of, crowd, key_of, threshold
from liaison_app.mechanism.periods import Period, period, spans_of
from liaison_app.mechanism.schema import Profile

FORM: Final = "1"
MOST_KEPT: Final = 64
"""Of so many cases that changed last it is kept what they add."""
"""Raise it when the part of a case changes though the rules do not: desks count their figures anew."""
ALWAYS: Final = "9999"
STANDING: Final = "="
"""Stands before the month in cells that hold changes of what stands at the beginning of months."""
_EVER: Final = Period(name="", start="", end=ALWAYS)

Cell = tuple[str, int, str, str]
"""Period, place of the indicator in the profile, grouping ('' for all), group."""
HitRow = tuple[int, str, str, str, int, str, str, str, str, str, str, str]
"""Indicator, month, case, until which month (standing cases), counts?, then the groups of :data:`BY` and the own one."""
Keys = tuple[tuple[str, str], ...]
"""Groups of an item: those of :data:`BY` in order, then its indicator's own."""
Spot = tuple[int, str, str, str, str, str]
"""Measure, kind of likeness, key, moment, case, words."""


class Part(msgspec.Struct, frozen=True):
    """What a case adds: to cells (numerator, denominator, still running), rows of what counts, places.

    It holds from ``turned``, the last limit that had run out, until ``ripens``, the next one that will ('' for none).
    """

    cells: dict[Cell, tuple[int, int, int]]
    hits: frozenset[HitRow]
    spots: frozenset[Spot]
    turned: str
    ripens: str


class _Plan(msgspec.Struct, frozen=True):
    """An indicator made ready: what is counted, and by which groups."""

    n: int
    one: Indicator
    base: Measure
    department: Callable[[Hit], str]
    own: tuple[tuple[str, Callable[[Hit], str]], ...]
    events: frozenset[str]
    timed: bool
    """Whether its figures change by time alone."""


class Tally:
    """Adds up the indicators of a profile over cases, case by case."""

    def __init__(self, profile: Profile, settings: Mapping[str, str], only: str = "") -> None:
        """``only``: count what is this body's (本单位), '' for all."""
        self.profile, self.settings, self._only = profile, settings, only
        self._clocks, self._gates = clocks_of(profile), [*profile.gates, "", ""]
        self.form = hashlib.sha256(self._said()).hexdigest()
        self._kept: dict[str, tuple[bytes, Part]] = {}
        """What the cases that changed last add, by their facts: the next change takes it out again."""
        self._plans = [self._plan(n, one) for n, one in enumerate(profile.indicators) if one.of == "cases"]
        self.places: dict[int, list[int]] = defaultdict(list)
        """Indicators of places by the first that takes the same cases."""
        plain: dict[bytes, int] = {}
        for plan in self._plans:
            if plan.one.count == "places":
                same = msgspec.json.encode(msgspec.structs.replace(plan.base, alike=0, alike_setting=""))
                self.places[plain.setdefault(same, plan.n)].append(plan.n)

    def _said(self) -> bytes:
        rules = [(r.rule, r.rules, r.start, r.stop) for r in self.profile.deadlines]
        readings = sorted((k, v) for k, v in self.settings.items() if k == "stats.month" or "/" in v)
        return msgspec.json.encode((FORM, self._only, self.profile.indicators, self.profile.gates, rules, readings, BY))

    def _plan(self, n: int, one: Indicator) -> _Plan:
        base = one.denominator or one.numerator
        own = tuple((name, key_of(name, one, self.profile)) for name in one.group if name not in BY)
        timed = base.event == DUE or bool(one.numerator.met)
        department = key_of("department", one, self.profile)
        return _Plan(n, one, base, department, own, frozenset(base.events()), timed)

    def keep(self, case: str, facts: bytes, part: Part) -> None:
        """Keep for a while what a case adds with these facts."""
        self._kept.pop(case, None)
        while len(self._kept) >= MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[case] = facts, part

    def kept(self, case: str, facts: bytes, turned: str) -> Part | None:
        """Return what a case adds with facts that were counted up to a moment (``Part.turned``), None when it is not kept."""
        stood, part = self._kept.get(case, (b"", None))
        return part if part is not None and stood == facts and part.turned == turned else None

    def part(self, thing: Thing, cut: str, *, timed: bool = False) -> Part:
        """Return what a case adds to the figures as they are known at a moment; ``timed``: to those that time changes."""
        cut = max([cut, *(i.at for i in thing.items)])  # another desk's clock may be ahead
        counter = Counter(self._clocks, (thing,), _EVER, cut, self.settings)
        seen = {i.event for i in thing.items}
        made = _Maker(thing, self.settings, self._gates)
        for plan in self._plans:
            if timed and not plan.timed:
                continue
            if plan.base.event == DUE:
                if not thing.limits:
                    continue
            elif seen.isdisjoint(plan.events):
                continue
            if plan.one.count == "places":
                self._spots(plan, counter, thing, made)
            elif plan.base.standing:
                self._standing(plan, counter, thing, made)
            else:
                self._plain(plan, counter, made)
        late = [c.late_after for c in thing.limits if c.late_after]
        return Part(
            made.cells, frozenset(made.hits), frozenset(made.spots), max((m for m in late if m <= cut), default=""),
            min((m for m in late if m > cut), default=""),
        )  # fmt: skip

    def _mine(self, plan: _Plan, counter: Counter) -> list[Hit]:
        hits = counter.select(plan.base)
        return [h for h in hits if plan.department(h) == self._only] if self._only else hits

    def _plain(self, plan: _Plan, counter: Counter, made: "_Maker") -> None:
        """Add an indicator's items: to the cells of their months, and to longer periods what differs from the months' sum."""
        hits = self._mine(plan, counter)
        if not hits:
            return
        one, told = plan.one, [(1, 0, 0)] * len(hits)
        if one.denominator is not None:
            told = [self._told(plan, hit, counter) for hit in hits]
        keys = [made.keys(plan, hit) for hit in hits]
        spans = [made.spans(hit.item.at) for hit in hits]
        for (month, *_), more, key in zip(spans, told, keys, strict=True):
            made.hits.add((plan.n, month, made.case, "", more[0], *_told_keys(key)))
        if len(hits) == 1:
            made.add_all(spans[0][0], plan, keys[0], told[0], 1)
            return
        same = [
            h.item.matter if one.count == "matters" else 0 if one.count == "cases" else i for i, h in enumerate(hits)
        ]
        for month in dict.fromkeys(span[0] for span in spans):
            made.add_each(month, plan, keys, told, same, [i for i, span in enumerate(spans) if span[0] == month], 1)
        if one.count == "acts":
            return
        for level in (1, 2, 3):
            for name in dict.fromkeys(span[level] for span in spans):
                inside = [i for i, span in enumerate(spans) if span[level] == name]
                months = dict.fromkeys(spans[i][0] for i in inside)
                if len(months) > 1:
                    made.add_each(name, plan, keys, told, same, inside, 1)
                    for month in months:
                        mine = [i for i in inside if spans[i][0] == month]
                        made.add_each(name, plan, keys, told, same, mine, -1)

    def _told(self, plan: _Plan, hit: Hit, counter: Counter) -> tuple[int, int, int]:
        """Return whether an item counts, that it is of the denominator, and whether its limit is still running."""
        measure = plan.one.numerator
        limit = asked(hit, measure, counter)
        meets = counter.meets(hit if limit is hit.limit else Hit(hit.thing, hit.item, limit), measure)
        missed = limit if measure.met and limit is not None and limit.met_at is None else None
        running = missed is not None and (missed.late_after is None or missed.late_after > counter.cut)
        return int(meets), 1, int(running)

    def _standing(self, plan: _Plan, counter: Counter, thing: Thing, made: "_Maker") -> None:
        """Add what stands at the beginning of months (上月结转): as changes from month to month."""
        moved = {i.at for i in thing.items if i.event in plan.events or i.event in plan.base.standing}
        moved |= {i.undone for i in thing.items if i.undone and i.event in plan.base.standing}
        before: dict[tuple[str, str], int] = {}
        open_rows: dict[HitRow, str] = {}
        for month in sorted({made.next_month(at) for at in moved}):
            counter.period = period(month, self.settings)
            hits = self._mine(plan, counter)
            now: dict[tuple[str, str], int] = defaultdict(int)
            keys = [made.keys(plan, hit) for hit in hits]
            same = [
                h.item.matter if plan.one.count == "matters" else 0 if plan.one.count == "cases" else i
                for i, h in enumerate(hits)
            ]
            for pair in {(name, key, one) for mine, one in zip(keys, same, strict=True) for name, key in mine} | {
                ("", "", one) for one in same
            }:
                now[pair[:2]] += 1
            rows = {(plan.n, "", made.case, "", 1, *_told_keys(key)) for key in keys}
            for cell in {*before, *now}:
                made.change((STANDING + month, plan.n, *cell), now.get(cell, 0) - before.get(cell, 0))
            for row in [r for r in open_rows if r not in rows]:
                made.hits.add((row[0], open_rows.pop(row), row[2], month, *row[4:]))
            open_rows |= dict.fromkeys(rows - open_rows.keys(), month)
            before = now
        for row, since in open_rows.items():
            made.hits.add((row[0], since, row[2], ALWAYS, *row[4:]))
        counter.period = _EVER

    def _spots(self, plan: _Plan, counter: Counter, thing: Thing, made: "_Maker") -> None:
        if plan.n not in self.places:
            return
        moments = [h.item.at for h in counter.all_of(plan.base)]
        if moments:
            made.spots |= {(plan.n, kind, key, min(moments), thing.id, words) for kind, key, words in thing.places}

    # -- places complained of again ---------------------------------------------------------------------

    def touched(self, n: int, moments: Sequence[str]) -> dict[int, set[str]]:
        """Return by indicator the periods whose places may change when complaints at these moments come or go."""
        made = _Maker(Thing(id=""), self.settings, self._gates)
        found: dict[int, set[str]] = {}
        for one in self.places[n]:
            _, days = threshold(self.profile.indicators[one].numerator, self.settings)
            spans = found[one] = set()
            for at in moments:
                end = stamp(china(at) + timedelta(days=days or 0))
                while at <= end:
                    spans |= {*made.spans(at)}
                    at = period(made.spans(at)[0], self.settings).end
        return found

    def least(self, n: int) -> int:
        """Return how many complaints a place has at least before it matters to any indicator."""
        return min(threshold(self.profile.indicators[one].numerator, self.settings)[0] for one in self.places[n])

    def alike(self, n: int, span: str, calls: Sequence[tuple[str, str]]) -> list[str]:
        """Return the cases that together make a place one that is complained of again in a period; none: it is not.

        ``calls``: moment and case of every complaint there, earliest first.
        """
        least, days = threshold(self.profile.indicators[n].numerator, self.settings)
        inside = period(span, self.settings)
        known = [c for c in calls if c[0] < inside.end]
        return [known[i][1] for i in crowd([at for at, _ in known], inside.start, least, days)]


def mark_of(cases: Sequence[str]) -> int:
    """Return a number that tells a set of cases from every other."""
    mark = 0
    for case in cases:
        mark ^= int.from_bytes(hashlib.blake2b(case.encode(), digest_size=7).digest())
    return mark


class _Maker:
    """Collects the part of one case."""

    def __init__(self, thing: Thing, settings: Mapping[str, str], gates: Sequence[str]) -> None:
        self.case, self._thing, self._settings, self._gates = thing.id, thing, settings, gates
        self.cells: dict[Cell, tuple[int, int, int]] = {}
        self.hits: set[HitRow] = set()
        self.spots: set[Spot] = set()
        self._fixed: dict[int, Keys] = {}

    def spans(self, at: str) -> tuple[str, str, str, str]:
        return spans_of(at, self._settings)

    def next_month(self, at: str) -> str:
        return self.spans(period(self.spans(at)[0], self._settings).end)[0]

    def keys(self, plan: _Plan, hit: Hit) -> "Keys":
        """Return the groups of an item: what is the same for a whole matter is found once."""
        n = hit.item.matter
        fixed = self._fixed.get(n)
        if fixed is None:
            thing, facts = self._thing, self._thing.matter(n).facts
            fixed = self._fixed[n] = (
                ("town", thing.town), ("category", facts.get(self._gates[0], "")), ("channel", thing.channel),
                ("source", facts.get(self._gates[1], "")), ("hour", thing.received_at[11:13]),
            )  # fmt: skip
        return (("department", plan.department(hit)), *fixed, *((name, key(hit)) for name, key in plan.own))

    def add_all(self, span: str, plan: _Plan, keys: "Keys", more: tuple[int, int, int], sign: int) -> None:
        """Add one item to the cell of all and to those of its groups."""
        cells, n = self.cells, plan.n
        x, y, z = more
        if sign < 0:
            x, y, z = -x, -y, -z
        for name, key in (("", ""), *keys):
            cell = (span, n, name, key)
            old = cells.get(cell)
            cells[cell] = (x, y, z) if old is None else (old[0] + x, old[1] + y, old[2] + z)

    def add_each(
        self, span: str, plan: _Plan, keys: Sequence["Keys"], told: Sequence[tuple[int, int, int]], same: Sequence[int],
        inside: Sequence[int], sign: int,
    ) -> None:  # fmt: skip
        """Add items of one period: of what counts once in a group the last one stands."""
        if len(inside) == 1:
            self.add_all(span, plan, keys[inside[0]], told[inside[0]], sign)
            return
        for i in {same[i]: i for i in inside}.values():
            self.change((span, plan.n, "", ""), *(sign * x for x in told[i]))
        last: dict[tuple[str, str, int], int] = {}
        for i in inside:
            for name, key in keys[i]:
                last[name, key, same[i]] = i
        for (name, key, _), i in last.items():
            self.change((span, plan.n, name, key), *(sign * x for x in told[i]))

    def change(self, cell: Cell, x: int, y: int = 0, z: int = 0) -> None:
        old = self.cells.get(cell, (0, 0, 0))
        self.cells[cell] = (old[0] + x, old[1] + y, old[2] + z)


def _told_keys(keys: "Keys") -> tuple[str, str, str, str, str, str, str]:
    """Return the groups of an item in the order of the columns: those of :data:`BY`, then its own."""
    first = [key for _, key in keys[:6]]
    return (first[0], first[1], first[2], first[3], first[4], first[5], keys[6][1] if len(keys) > 6 else "")
