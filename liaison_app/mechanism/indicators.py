"""Counting indicators: from the facts of cases and records to fractions with the cases behind them. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from liaison_app.domain.moments import stamp
from liaison_app.mechanism.countable import Item, Limit, MatterFacts, Thing
from liaison_app.mechanism.indicator_schema import DUE, Indicator, Measure
from liaison_app.mechanism.periods import Period
from liaison_app.mechanism.schema import Profile

RANKING: Final = "stats.rank"
"""The setting of a profile that says whether departments are ranked: ``on`` or ``off``."""
ARROW: Final = "→"
"""Stands between the bodies of a pair."""
BY: Final = ("department", "town", "category", "channel", "source", "hour")
"""What figures can be grouped by, beside the groups that a profile names."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A fraction: how many count (``numerator``) of how many (``denominator``, None for a mere number), as a value
    (None = 无数据), with the cases behind both; ``pending``: whose limit was still running."""

    numerator: int
    denominator: int | None
    value: float | None
    pending: int = 0
    cases: tuple[str, ...] = ()
    base_cases: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a grouped figure; ``rank`` where the figure is ranked and the group has cases: equals share it."""

    by: str
    key: str
    counted: Counted
    rank: int | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator counted. ``reason`` says why there is no data: ``empty``."""

    indicator: Indicator
    counted: Counted
    groups: tuple[Group, ...] = ()
    reason: str = ""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An item that counts, with its case and the limit that the measure asks for."""

    thing: Thing
    item: Item
    limit: Limit | None = None

    def facts(self) -> MatterFacts:
        """Return what is known of the item's matter."""
        return self.thing.matter(self.item.matter)


def threshold(measure: Measure, settings: Mapping[str, str]) -> tuple[int, int | None]:
    """Return how many cases alike a measure asks for, and inside how many days (None: inside the period) (G-22)."""
    if not measure.alike_setting:
        return measure.alike, None
    words = settings.get(measure.alike_setting, "3 / 90").split("/")
    return int(words[0]), int(words[1])


def clocks_of(profile: Profile) -> dict[str, set[str]]:
    """Return the events that start and stop the limits of each rule."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in profile.deadlines:
        for name in (rule.rule, *rule.rules):
            found[name] |= {*rule.start, *rule.stop}
    return found


class Counter:
    """The items of many things by event, and the measures of one period over them."""

    def __init__(
        self,
        clocks: Mapping[str, set[str]],
        things: Iterable[Thing],
        period: Period,
        cut: str,
        settings: Mapping[str, str],
    ) -> None:
        self.period, self.cut, self.settings, self._clocks = period, cut, settings, clocks
        self._events: dict[str, list[tuple[Thing, Item]]] = defaultdict(list)
        self._due: list[Hit] = []
        for thing in things:
            self._take(thing)

    def _take(self, thing: Thing) -> None:
        """Sort a thing's items in; one that ended outside the mechanism has its end only (OFFICE B2)."""
        for item in thing.items:
            if not thing.ended or item.event == "ended":
                self._events[item.event].append((thing, item))
        if thing.ended:
            return
        start, end = self.period.start, min(self.period.end, self.cut)
        for limit in thing.limits:
            late = limit.late_after
            if late is None or not start <= late < self.period.end or late > end:
                continue
            if not limit.kept and limit.gone_at is not None and limit.gone_at <= late:
                continue
            item = Item(event=DUE, at=late, matter=limit.matter, body=limit.owner, lead=limit.owner)
            self._due.append(Hit(thing, item, limit))

    def select(self, measure: Measure) -> list[Hit]:
        """Return what counts in the period, earliest first."""
        if measure.event == DUE:
            hits = [h for h in self._due if not measure.clock or _names(h.limit) == measure.clock]
        else:
            found = [p for name in measure.events() for p in self._events.get(name, ()) if self._lies(p[1], measure)]
            hits = [Hit(t, i, self.limit(t, i, measure.clock)) for t, i in found]
            if measure.clock and measure.met is None:
                hits = [h for h in hits if h.limit is not None]
        return sorted((h for h in hits if self.meets(h, measure)), key=lambda h: (h.item.at, h.thing.id))

    def _lies(self, item: Item, measure: Measure) -> bool:
        if measure.standing:
            return item.at < self.period.start
        return self.period.start <= item.at < self.period.end and item.at <= self.cut

    def meets(self, hit: Hit, measure: Measure) -> bool:
        """Return whether an item meets every condition of a measure."""
        item = hit.item
        if measure.met is not None and (hit.limit is not None and hit.limit.kept) is not measure.met:
            return False
        if measure.flags or measure.without:
            flags = set(hit.facts().flags)
            if not flags.issuperset(measure.flags) or not flags.isdisjoint(measure.without):
                return False
        if any(item.values.get(name, "") not in wanted for name, wanted in measure.values.items()):
            return False
        if measure.standing and self._done(hit, measure.standing):
            return False
        if measure.times > 1 and self._times(hit, measure) < measure.times:
            return False
        mine = [i for i in hit.thing.items if i.matter == item.matter] if measure.also or measure.after else []
        has = {i.event for i in mine if i.at <= self.cut}
        since = {i.event for i in mine if item.at <= i.at <= self.cut}
        return has.issuperset(measure.also) and since.issuperset(measure.after)

    def _times(self, hit: Hit, measure: Measure) -> int:
        """Return how many such items the matter has until the cut, whenever they were."""
        return sum(
            i.event in measure.events() and i.matter == hit.item.matter and i.at <= self.cut
            and all(i.values.get(name, "") in wanted for name, wanted in measure.values.items())
            for i in hit.thing.items
        )  # fmt: skip

    def _done(self, hit: Hit, events: Sequence[str]) -> bool:
        start = self.period.start
        return any(
            i.event in events and i.matter == hit.item.matter and i.at < start and not (i.undone and i.undone < start)
            for i in hit.thing.items
        )

    def limit(self, thing: Thing, item: Item, clock: str) -> Limit | None:
        """Return the limit of a rule that an item started or stopped; of another item, the one its body stood under."""
        if not clock:
            return None
        mine = [c for c in thing.limits if c.rule == clock and c.matter == item.matter]
        if item.event in self._clocks[clock]:
            mine = [c for c in mine if item.at in (c.start, c.met_at)]
            return next((c for c in mine if c.owner == item.body), mine[0] if mine else None)
        mine = sorted((c for c in mine if c.owner == item.body), key=lambda c: c.start)
        before = [c for c in mine if c.start <= item.at]
        return before[-1] if before else mine[0] if mine else None  # entered late, an act may stand before its limit

    def all_of(self, measure: Measure) -> list[Hit]:
        """Return every item that meets a measure, whenever it was."""
        found = [Hit(t, i) for name in measure.events() for t, i in self._events.get(name, ())]
        return [h for h in found if self.meets(h, measure)]

    def spots(self, measure: Measure) -> list[tuple[str, list[Hit]]]:
        """Return places and objects with enough cases alike (G-22), and the cases at each."""
        least, days = threshold(measure, self.settings)
        at: dict[tuple[str, str], list[Hit]] = defaultdict(list)
        names: dict[tuple[str, str], str] = {}
        for name in measure.events():
            for thing, item in self._events.get(name, ()):
                hit = Hit(thing, item)
                if item.at >= self.period.end or item.at > self.cut or not self.meets(hit, measure):
                    continue
                for kind, key, words_of in thing.places:
                    at[kind, key].append(hit)
                    names[kind, key] = words_of
        found: dict[frozenset[str], tuple[str, list[Hit]]] = {}
        for spot, hits in at.items():
            behind = self._crowd(hits, least, days)
            ids = frozenset(h.thing.id for h in behind)
            if behind and ids not in found:
                found[ids] = (names[spot], behind)
        return sorted(found.values(), key=lambda f: (-len(f[1]), f[0]))

    def _crowd(self, hits: list[Hit], least: int, days: int | None) -> list[Hit]:
        """Return the cases that together reach the number: inside the period, or inside days before one of it."""
        each = sorted({h.thing.id: h for h in reversed(hits)}.values(), key=lambda h: h.item.at)
        return [each[n] for n in crowd([h.item.at for h in each], self.period.start, least, days)]


def crowd(moments: Sequence[str], start: str, least: int, days: int | None) -> list[int]:
    """Return which of some cases alike, by when they came, earliest first, together reach a number (G-22).

    ``days`` None: those from ``start`` on; else those that many days before one from ``start`` on.
    """
    first_inside = bisect_left(moments, start)
    if days is None:
        return list(range(first_inside, len(moments))) if len(moments) - first_inside >= least else []
    until, found = 0, list[int]()
    for n in range(first_inside, len(moments)):
        since = stamp(datetime.fromisoformat(moments[n]) - timedelta(days=days))
        first, last = bisect_left(moments, since), bisect_right(moments, moments[n])
        if last - first >= least:
            found += range(max(first, until), last)
            until = last
    return found


def _names(limit: Limit | None) -> str:
    return limit.rule if limit else ""


def evaluate(
    profile: Profile, things: Iterable[Thing], period: Period, cut: str, settings: Mapping[str, str], *,
    by: str = "", records: Iterable[Thing] = (),
) -> tuple[Figure, ...]:  # fmt: skip
    """Return every indicator of a profile for a period, as known at ``cut``.

    ``by`` groups every indicator (one of :data:`BY`); without it each is grouped as the profile says. ``records``: the
    meetings and records beside the cases, and what was owed of them.
    """
    clocks = clocks_of(profile)
    cases = Counter(clocks, things, period, cut, settings)
    beside = Counter(clocks, records, period, cut, settings)
    return tuple(
        _figure(one, cases if one.of == "cases" else beside, profile, [by] if by else one.group)
        for one in profile.indicators
    )


def behind(
    profile: Profile, things: Iterable[Thing], period: Period, cut: str, settings: Mapping[str, str],
    measures: Mapping[str, Measure],
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Return for each measure the cases with an item in the period that meets it, earliest first; of places, every case alike."""
    counter = Counter(clocks_of(profile), things, period, cut, settings)
    found = {}
    for name, measure in measures.items():
        if measure.alike or measure.alike_setting:
            found[name] = _ids([h for _, hits in counter.spots(measure) for h in hits])
        else:
            found[name] = _ids(counter.select(measure))
    return found


def _figure(one: Indicator, counter: Counter, profile: Profile, groups: Sequence[str]) -> Figure:
    if one.count == "places":
        return _hot(one, counter, groups)
    base = counter.select(one.denominator or one.numerator)
    counted = _fraction(one, base, counter)
    made: list[Group] = []
    for name in groups:
        key = key_of(name, one, profile)
        parts: dict[str, list[Hit]] = defaultdict(list)
        for hit in base:
            parts[key(hit)].append(hit)
        lines = [Group(by=name, key=k, counted=_fraction(one, parts[k], counter)) for k in sorted(parts)]
        made += ranked(lines, profile, counter.settings) if one.rank and name == "department" else lines
    reason = "empty" if one.denominator and not counted.denominator else ""
    return Figure(indicator=one, counted=counted, groups=tuple(made), reason=reason)


def _fraction(one: Indicator, base: list[Hit], counter: Counter) -> Counted:
    """Return the fraction of a set of items. Where each case counts once its last item stands for it."""
    if one.count == "matters":
        base = list({(h.thing.id, h.item.matter): h for h in base}.values())
    elif one.count == "cases":
        base = list({h.thing.id: h for h in base}.values())
    if one.denominator is None:
        return Counted(numerator=len(base), denominator=None, value=float(len(base)), cases=_ids(base))
    clocked = [msgspec.structs.replace(h, limit=asked(h, one.numerator, counter)) for h in base]
    hits = [h for h in clocked if counter.meets(h, one.numerator)]
    missed = [h.limit for h in clocked if one.numerator.met and h.limit is not None and h.limit.met_at is None]
    return Counted(
        numerator=len(hits), denominator=len(base), value=len(hits) / len(base) if base else None,
        pending=sum(c.late_after is None or c.late_after > counter.cut for c in missed), cases=_ids(hits),
        base_cases=_ids(base),
    )  # fmt: skip


def asked(hit: Hit, measure: Measure, counter: Counter) -> Limit | None:
    """Return the limit of an item that a measure asks for, None where it asks for none or the item has none."""
    if hit.item.event == DUE or not measure.clock:
        return hit.limit
    return counter.limit(hit.thing, hit.item, measure.clock)


def _hot(one: Indicator, counter: Counter, groups: Sequence[str]) -> Figure:
    spots = counter.spots(one.numerator)
    ids = _ids([h for _, hits in spots for h in hits])
    counted = Counted(numerator=len(spots), denominator=None, value=float(len(spots)), cases=ids)
    lines = tuple(
        Group(by="place_or_object", key=name, counted=Counted(
            numerator=len(hits), denominator=None, value=float(len(hits)), cases=_ids(hits)
        ))
        for name, hits in spots
    )  # fmt: skip
    return Figure(indicator=one, counted=counted, groups=lines if "place_or_object" in groups else ())


def _ids(hits: list[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.thing.id for h in hits))


def key_of(name: str, one: Indicator, profile: Profile) -> Callable[[Hit], str]:
    """Return what finds the group of an item, for a grouping by name."""
    gates = [*profile.gates, "", ""]
    fact = {"category": gates[0], "source": gates[1]}.get(name, name)
    plain: dict[str, Callable[[Hit], Any]] = {
        "department": lambda h: _whose(h, one.whose),
        "department_pair": lambda h: f"{h.item.body}{ARROW}{h.item.other}",
        "direction": lambda h: f"{h.item.body}{ARROW}{h.item.other}",
        "district": lambda h: "district",
        "hour": lambda h: h.thing.received_at[11:13],
        "town": lambda h: h.thing.town,
        "channel": lambda h: h.thing.channel,
        "delay": lambda h: f"{h.limit.rule if h.limit else ''}{ARROW}{h.item.body}",
        "outcome": lambda h: h.item.values.get("outcome", ""),
        "town_source": lambda h: f"{h.thing.town}{ARROW}{h.facts().facts.get(gates[1], '')}",
    }  # fmt: skip
    return plain.get(name, lambda h: h.facts().facts.get(fact, ""))


def _whose(hit: Hit, whose: str) -> str:
    if whose == "first_receiver":
        return hit.thing.first_receiver
    return {"actor": hit.item.body, "other": hit.item.other, "lead": hit.item.lead}[whose]


def ranked(lines: list[Group], profile: Profile, settings: Mapping[str, str]) -> list[Group]:
    """Return groups in order of value: equals share a rank, a group without cases has none.

    Posts that the profile ranks apart are ranked among themselves; the reading ``stats.rank=off`` ranks nobody.
    """
    if settings.get(RANKING) == "off":
        return lines
    apart = {post: n for n, one in enumerate(profile.ranked_apart, 1) for post in one.posts}
    among: dict[int, list[float]] = defaultdict(list)
    for group in lines:
        if group.counted.value is not None:
            among[apart.get(group.key, 0)].append(group.counted.value)
    found = []
    for group in lines:
        value = group.counted.value
        better = [v for v in among[apart.get(group.key, 0)] if value is not None and v > value]
        found.append(msgspec.structs.replace(group, rank=None if value is None else 1 + len(better)))
    return sorted(found, key=lambda g: (g.rank is None, apart.get(g.key, 0), g.rank or 0, g.key))
