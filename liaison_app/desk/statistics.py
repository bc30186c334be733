"""Figures 统计: every indicator of the mechanism for a period, with the cases behind each number."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk.counting_records import duties, record_things
from liaison_app.desk.describing_words import MechanismWords
from liaison_app.desk.frozen import frozen, frozen_figures, said_frozen
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.sums import cases_behind, detailed, figures, no_more_than
from liaison_app.desk.tallying import Progress, bring_up, only_of
from liaison_app.desk.views import RowView, View
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china, stamp
from liaison_app.mechanism.countable import DECODER, Thing
from liaison_app.mechanism.freezing import CASES
from liaison_app.mechanism.indicators import ARROW, BY, Counted, Figure, Group, evaluate
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.mechanism.periods import Period, before, period
from liaison_app.store import desk_tables as small
from liaison_app.store import ledger_queries, projections
from liaison_app.store.shared import BEHIND
from liaison_app.words import figures as words
from liaison_app.words import labels

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

SHOWN: Final = 500
"""So many cases behind a number are listed at once."""


class CountedView(View, frozen=True, kw_only=True):
    """A number: how many of how many, its value (None = 无数据), in words.

    ``cases``, ``denominator_cases``: the cases behind both where they were frozen with it; else :func:`behind` finds them.
    """

    numerator: int
    denominator: int | None
    value: float | None
    shown: str
    pending: int
    cases: tuple[str, ...]
    denominator_cases: tuple[str, ...]


class GroupView(CountedView, frozen=True, kw_only=True):
    """A line of a grouped figure: by what, which one, its rank; ``among``: the posts it is ranked with, '' for the most."""

    by: str
    key: str
    name: str
    rank: int | None
    among: str = ""


class FigureView(CountedView, frozen=True, kw_only=True):
    """An indicator counted: formula in words, ``reason`` why there is no data, groups."""

    id: str
    name: str
    formula: str
    reason: str
    rules: tuple[str, ...]
    of_cases: bool
    groups: tuple[GroupView, ...]


class CorrectionView(View, frozen=True, kw_only=True):
    """What came after a period was frozen: an indicator as it was frozen and as it stands now, cases that came and went."""

    id: str
    name: str
    numerator: int
    denominator: int | None
    shown: str
    now_numerator: int
    now_denominator: int | None
    now_shown: str
    came: tuple[str, ...]
    went: tuple[str, ...]


class ComparedView(View, frozen=True, kw_only=True):
    """An indicator beside itself: now, in the period before (环比), in the same period a year earlier (同比).

    ``change``, ``change_year``: in percentage points of a fraction, in per cent of a number; None where one side has no data.
    """

    id: str
    name: str
    shown: str
    before: str
    before_shown: str
    change: float | None
    year: str
    year_shown: str
    change_year: float | None
    ratio: bool
    value: float | None
    before_value: float | None
    year_value: float | None


class StatisticsView(View, frozen=True, kw_only=True):
    """The figures of a period: from when, until when, as known at ``cut``; ``standing`` says it in words (截至…).

    ``frozen_at``, ``frozen_by``: when and by whom the period was frozen, '' while it is not; then the figures are the
    same for ever, ``scope`` is ``district``, and ``missing_desks`` names who had not synchronised past the period.
    """

    period: str
    start: str
    end: str
    finished: bool
    standing: str
    scope: str
    cut: str
    missing_desks: tuple[str, ...]
    by: str
    indicators: tuple[FigureView, ...]
    frozen_at: str = ""
    frozen_by: str = ""
    syncing: bool = False
    """Whether records were received that are not in the lists yet: a sync was running at the cut."""


class Counting:
    """The figures of a period over what this desk has, as known at one cut; asked for by several groupings."""

    def __init__(self, desk: "Desk", span: Period) -> None:
        self._rules, self._span, self.cut = desk.rules, span, stamp(desk.now())
        with desk._replica.read() as connection:
            self._things, self._records = things(desk, span, connection), records(desk, span, connection)

    def figures(self, by: str = "") -> tuple[Figure, ...]:
        """Return every indicator, grouped as the profile says or by one grouping."""
        rules = self._rules
        return evaluate(rules.profile, self._things, self._span, self.cut, rules.settings, by=by, records=self._records)


def count(
    desk: "Desk", name: str, by: str = "", *, own: bool = False, progress: Progress | None = None
) -> StatisticsView:
    """Return every indicator of a period: as it was frozen, else as this desk's sums say (``own``: always so).

    The cases behind a number that is not frozen are asked for one by one (:func:`behind`). ``progress`` is told while
    sums are made anew, and may stop it. Raises RuleBroken ``period_unknown``, ``field_value``, ``figures_broken``,
    ``figures_stopped``.
    """
    if by and by not in BY:
        raise RuleBroken("field_value", field="by", value=by)
    span = period(name, desk.rules.settings)
    kept, syncing = None if own else frozen(desk, span.name), False
    if kept is not None:
        found, cut, scope = frozen_figures(desk, kept, by), kept.event.cut, kept.event.scope
        rules = msgspec.structs.replace(desk.rules, profile=desk.rules.edition(kept.event.version).profile)
        more = said_frozen(desk, kept)
    else:
        rules, cut, scope, more = desk.rules, stamp(desk.now()), scope_of(desk), {"missing_desks": ()}
        found, syncing = summed(desk, span, cut, by, progress)
    show = Words(rules, desk.lang)
    return StatisticsView(
        period=span.name, start=span.start, end=span.end, finished=span.finished(cut), scope=scope, cut=cut,
        standing=words.standing(span.start, span.end, cut, desk.lang), by=by, indicators=tuple(map(show.figure, found)),
        syncing=syncing, **more,
    )  # fmt: skip


def summed(
    desk: "Desk", span: Period, cut: str, by: str = "", progress: Progress | None = None
) -> tuple[tuple[Figure, ...], bool]:
    """Return every indicator of a period from the sums, and whether a sync was running: records came, rows are to follow.

    All is read of one state of the replica, so that what a round brings meanwhile is in all figures or in none. An
    archive is counted through.
    """
    if desk._replica.archived:
        return Counting(desk, span).figures(by), False
    if not bring_up(desk, cut, progress):
        raise RuleBroken("figures_stopped")
    with desk._replica.read() as connection:
        syncing = small.get_meta(connection, BEHIND) is not None
        return _whole(desk, span, cut, by, connection, figures), syncing


def whole(desk: "Desk", span: Period, cut: str, bys: Sequence[str] = ("",)) -> dict[str, tuple[Figure, ...]]:
    """Return every indicator of a period by some groupings, of one state of the replica, with the cases behind each number
    as long as they are no more than a frozen period can keep."""
    if desk._replica.archived:
        counter = Counting(desk, span)
        return {by: counter.figures(by) for by in bys}
    bring_up(desk, cut)
    with desk._replica.read() as connection:
        kept = no_more_than(desk, connection, span, CASES)
        return {by: _whole(desk, span, cut, by, connection, detailed if kept else figures) for by in bys}


def _whole(
    desk: "Desk", span: Period, cut: str, by: str, connection: Connection,
    of_cases: Callable[["Desk", Connection, Period, str], dict[str, Figure]],
) -> tuple[Figure, ...]:  # fmt: skip
    """Put the indicators over cases and those over meetings and records together, as the profile orders them."""
    profile, settings = desk.rules.profile, desk.rules.settings
    beside = msgspec.structs.replace(profile, indicators=[i for i in profile.indicators if i.of == "records"])
    kept = records(desk, span, connection)
    told = {f.indicator.id: f for f in evaluate(beside, (), span, cut, settings, by=by, records=kept)}
    told |= of_cases(desk, connection, span, by)
    return tuple(told[one.id] for one in profile.indicators)


def scope_of(desk: "Desk") -> str:
    """Return whose figures this desk counts: ``body`` on the desk of a department of a district (本单位), else ``desk``."""
    return "body" if only_of(desk) else "desk"


def compared(desk: "Desk", name: str, *, own: bool = False) -> tuple[ComparedView, ...]:
    """Return every indicator beside the period before and the same period a year earlier. Raise RuleBroken ``period_unknown``."""
    now = count(desk, name, own=own)
    last, year = before(now.period), before(now.period, years=1)
    then, ago = ({f.id: f for f in count(desk, p, own=own).indicators} for p in (last, year))
    return tuple(
        ComparedView(
            id=f.id, name=f.name, shown=f.shown, before=last, before_shown=then[f.id].shown if f.id in then else "",
            change=_change(f, then.get(f.id)), year=year, year_shown=ago[f.id].shown if f.id in ago else "",
            change_year=_change(f, ago.get(f.id)), ratio=f.denominator is not None, value=f.value,
            before_value=then[f.id].value if f.id in then else None, year_value=ago[f.id].value if f.id in ago else None,
        )
        for f in now.indicators
    )  # fmt: skip


def _change(now: FigureView, then: FigureView | None) -> float | None:
    if then is None or now.value is None or then.value is None:
        return None
    if now.denominator is not None:
        return round(100 * (now.value - then.value), 1)
    return round(100 * (now.value - then.value) / then.value, 1) if then.value else None


def records(desk: "Desk", span: Period, connection: Connection) -> tuple[Thing, ...]:
    """Return the meetings and records beside the cases, and what was owed of them in a period."""
    rules, kinds = desk.rules, kinds_of(desk.rules.profile, desk.rules.settings)
    kept = list(desk.folded_records(connection))
    began = connection.exec_driver_sql(ledger_queries.BEGAN).scalar()
    since = china(str(began)) if began else desk.now()
    return (*record_things(kept, rules), *duties(kept, kinds, rules, since, span))


def behind(
    desk: "Desk", view: StatisticsView, figure: FigureView, line: CountedView, part: str = "counts"
) -> tuple[RowView, ...]:
    """Return the first :data:`SHOWN` cases behind a number of a view: a figure's, or that of one of its groups.

    ``part``: ``counts`` (numerator), ``base`` (denominator), ``rest`` (in the denominator only).
    """
    return desk.rows(ids_behind(desk, view, figure, line, part, SHOWN))


def ids_behind(
    desk: "Desk", view: StatisticsView, figure: FigureView, line: CountedView, part: str, limit: int
) -> tuple[str, ...]:
    """Return the first cases behind a number: those that were frozen with it, else as the sums find them."""
    if view.frozen_at or line.cases or line.denominator_cases or desk._replica.archived:
        counted = set(line.cases)
        rest = tuple(i for i in line.denominator_cases if i not in counted)
        return {"counts": line.cases, "base": line.denominator_cases, "rest": rest}[part][:limit]
    if not figure.of_cases or not (line.numerator or line.denominator):
        return ()
    by, key = (line.by, line.key) if isinstance(line, GroupView) else ("", "")
    return cases_behind(desk, view.period, figure.id, by, key, part, limit)


class HeatView(View, frozen=True, kw_only=True):
    """A table of two groupings (镇街 × 来源): names of rows and columns with most first, and the number in each cell."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def heat(view: StatisticsView) -> HeatView | None:
    """Return the first figure that is grouped by town and source as a table; None where a profile groups none so."""
    for one in view.indicators:
        pairs = {tuple(g.name.split(f" {ARROW} ")): g.numerator for g in one.groups if g.by == "town_source"}
        if pairs:
            towns, sources = Counter[str](), Counter[str]()
            for (town, source), number in pairs.items():
                towns[town] += number
                sources[source] += number
            rows, columns = (tuple(name for name, _ in told.most_common()) for told in (towns, sources))
            cells = tuple(tuple(pairs.get((town, source), 0) for source in columns) for town in rows)
            return HeatView(name=one.name, rows=rows, columns=columns, cells=cells)
    return None


def named(desk: "Desk", view: StatisticsView) -> StatisticsView:
    """Return a view whose figures name the first :data:`SHOWN` cases behind them; those of groups are left out."""
    if view.frozen_at:
        return view
    return msgspec.structs.replace(
        view,
        indicators=tuple(
            msgspec.structs.replace(
                one,
                cases=ids_behind(desk, view, one, one, "counts", SHOWN),
                denominator_cases=() if one.denominator is None else ids_behind(desk, view, one, one, "base", SHOWN),
            )
            for one in view.indicators
        ),
    )


def now_period(desk: "Desk", kind: str = "month", back: int = 0) -> str:
    """Return the name of the period that the desk's clock stands in, or one so many before: month, quarter, half_year, year."""
    at = desk.now()
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[kind]
    n = (at.year * 12 + at.month - 1) // months - back
    year, part = divmod(n * months, 12)
    part = part // months + 1
    names = {
        "month": f"{year}-{part:02d}",
        "quarter": f"{year}-Q{part}",
        "half_year": f"{year}-H{part}",
        "year": f"{year}",
    }
    return names[kind]


def things(desk: "Desk", span: Period, connection: Connection) -> list[Thing]:
    """Return the facts of every case that may count in a period, and of a quarter before it for what is alike."""
    return [DECODER.decode(facts) for facts in projections.counted(connection, _reach(desk.rules, span), span.end)]


def _reach(rules: DeskRules, span: Period) -> str:
    """Return from when on cases matter: the period's start, or as many days before as a threshold looks back (G-22)."""
    named = {i.numerator.alike_setting for i in rules.profile.indicators} - {""}
    days = [int(rules.settings[n].split("/")[1]) for n in named]
    return stamp(china(span.start) - timedelta(days=max(days, default=0)))


class Words:
    """Says figures in the language of the desk."""

    def __init__(self, rules: DeskRules, lang: str) -> None:
        self._rules, self._lang = rules, lang
        self._words = MechanismWords(rules, lang)
        self._apart = {
            post: one.en if lang == "en" else one.zh for one in rules.profile.ranked_apart for post in one.posts
        }
        self._clocks = {
            name: d.en if lang == "en" else d.zh
            for d in reversed(rules.profile.deadlines)
            for name in (*d.rules, d.rule)
        }
        self._bodies = {p.id: p.en if lang == "en" else p.name for p in rules.profile.posts}

    def figure(self, found: Figure) -> FigureView:
        """Return an indicator counted, in words."""
        one = found.indicator
        said = self._words.indicator(one)
        return FigureView(
            **self._counted(found.counted), id=one.id, name=said.name, formula=said.formula, rules=tuple(one.rules), of_cases=one.of == "cases",
            reason=words.reason(found.reason, self._lang), groups=tuple(map(self._group, found.groups)),
        )  # fmt: skip

    def _counted(self, one: Counted) -> dict[str, Any]:
        return {
            "numerator": one.numerator, "denominator": one.denominator,
            "value": None if one.value is None else round(one.value, 4), "pending": one.pending, "cases": one.cases,
            "denominator_cases": one.base_cases,
            "shown": words.value(one.value, ratio=one.denominator is not None, lang=self._lang),
        }  # fmt: skip

    def _group(self, one: Group) -> GroupView:
        return GroupView(
            **self._counted(one.counted), by=one.by, key=one.key, name=self.name(one.by, one.key), rank=one.rank,
            among=self._apart.get(one.key, "") if one.rank is not None else "",
        )  # fmt: skip

    def name(self, by: str, key: str) -> str:
        """Return a group in words."""
        if by in {"department", "department_pair", "direction"}:
            return f" {ARROW} ".join(self._bodies.get(b, b) or self._none for b in key.split(ARROW))
        if by == "delay":
            rule, _, owner = key.partition(ARROW)
            return f"{self._clocks.get(rule, rule)} {ARROW} {self._bodies.get(owner, owner) or self._none}"
        if by == "town_source":
            town, _, source = key.partition(ARROW)
            return f"{self.name('town', town)} {ARROW} {self.name('source', source)}"
        if not key:
            return self._none
        if by in {"town", "place_or_object"}:
            return key
        if by == "hour":
            return f"{key}:00–{key}:59"
        if by == "channel":
            return labels.choice("channel", key, self._lang)
        if by in {"district", "outcome"}:
            return words.group(key, self._lang)
        gates = [*self._rules.profile.gates, "", ""]
        fact = self._rules.profile.fact({"category": gates[0], "source": gates[1]}.get(by, by))
        named = fact.values.get(key) if fact else None
        return named[self._lang == "en"] if named and len(named) > 1 else (named or [key])[0]

    @property
    def _none(self) -> str:
        return words.group("", self._lang)
