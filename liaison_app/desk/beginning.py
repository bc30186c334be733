"""What the desk fills in when a record begins 预填: figures of a body in words, evidence of triggers, a sample that is drawn.

People look at it and change it before they keep it; nothing here is written by itself.
"""

import hashlib
import secrets
from collections import Counter as Count
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from liaison_app.desk import statistics
from liaison_app.desk.views import RowView, View
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.cadences import period_of
from liaison_app.mechanism.indicators import Counter, Hit, behind, clocks_of
from liaison_app.mechanism.periods import Period, period
from liaison_app.mechanism.record_schema import Begins, Draw, Record
from liaison_app.mechanism.schema import Trigger
from liaison_app.words import figures as words
from liaison_app.words import labels

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

NAMED: Final = 20
"""So many cases are named by number behind a trigger; how many there are stands always."""


class Begun(View, frozen=True, kw_only=True):
    """Fields and lines with which a record begins."""

    fields: dict[str, str]
    lines: dict[str, tuple[dict[str, Any], ...]]


class Evidence(View, frozen=True, kw_only=True):
    """A trigger of accountability and the cases that speak for it; ``derived`` False: people find it, no entry shows it."""

    id: str
    name: str
    derived: bool
    numbers: tuple[str, ...]


def begins(desk: "Desk", kind_id: str) -> Begins | None:
    """Return what the desk can fill in of a kind; None: nothing."""
    return next((r.begins for r in desk.rules.profile.records if r.id == kind_id), None)


def begun(desk: "Desk", kind_id: str, given: Mapping[str, Any], name: str = "") -> Begun:
    """Return what the desk fills in, from what is ``given`` so far (the body, the year, the seed) and the record's period.

    What hangs on something not given yet is left out. Raises RuleBroken ``record_kind_unknown``, ``period_unknown``.
    """
    record = next((r for r in desk.rules.profile.records if r.id == kind_id), None)
    if record is None:
        raise RuleBroken("record_kind_unknown", field="kind", value=kind_id, known=[])
    what = record.begins
    if what is None:
        return Begun(fields={}, lines={})
    fields: dict[str, str] = {}
    body = str(given.get(what.unit) or "") if what.unit else desk._person.body
    span = str(given.get(what.year) or "") if what.year else name or _present(desk, record)
    if body and span and (what.figures or what.counts or what.rates):
        fields |= _said(desk, what, body, statistics.count(desk, span))
    if body and span and what.triggers:
        fields[what.triggers] = _in_words(desk, evidence(desk, span, body))
    drawn = _drawn(desk, what.draw, span, str(given.get(what.draw.seed) or "")) if what.draw and span else None
    if drawn is None or what.draw is None:
        return Begun(fields=fields, lines={})
    return Begun(fields=fields | drawn.fields, lines=drawn.lines)


def _present(desk: "Desk", record: Record) -> str:
    if record.begins is not None and record.begins.draw is not None:
        return period_of(record.begins.draw.every, desk.now().date())
    every = record.owed.every if record.owed else "month"
    return period_of("month" if every == "once" else every, desk.now().date())


# -- figures of one body (OFFICE C5, C7) ----------------------------------------------------------------


def _said(desk: "Desk", what: Begins, body: str, view: "statistics.StatisticsView") -> dict[str, str]:
    """Return the fields that say figures of a body: counts in one sentence, a rate with its fraction."""
    of = {f.id: f for f in view.indicators}
    pick = labels.pick

    def mine(indicator: str) -> "statistics.CountedView | None":
        return next((g for g in of[indicator].groups if g.by == "department" and g.key == body), None)

    found = {}
    for field, indicators in what.figures.items():
        parts = [
            f"{of[i].name}{pick(('', ' '), desk.lang)}{one.numerator if (one := mine(i)) else 0}" for i in indicators
        ]
        found[field] = (
            f"{pick(('、', ', '), desk.lang).join(parts)}{pick(('（{0}）', ' ({0})'), desk.lang).format(view.standing)}"
        )
    for field, indicator in what.counts.items():
        found[field] = str(one.numerator if (one := mine(indicator)) else 0)
    for field, indicator in what.rates.items():
        one = mine(indicator)
        shown = words.value(None, ratio=True, lang=desk.lang)
        form = labels.pick(("{0}（{1}/{2}）", "{0} ({1}/{2})"), desk.lang)
        found[field] = form.format(one.shown, one.numerator, one.denominator) if one and one.denominator else shown
    return found


# -- evidence of the triggers (M1-ACT-03, OFFICE C7) -----------------------------------------------------


def evidence(desk: "Desk", name: str, body: str) -> tuple[Evidence, ...]:
    """Return for each trigger of the profile the cases of a period that speak for it against a body."""
    return evidences(desk, name, (body,))[body]


def evidences(desk: "Desk", name: str, bodies: Sequence[str]) -> dict[str, tuple[Evidence, ...]]:
    """Return the same for several bodies."""
    span, cut = period(name, desk.rules.settings), stamp(desk.now())
    with desk._replica.read() as connection:
        counter = Counter(
            clocks_of(desk.rules.profile), statistics.things(desk, span, connection), span, cut, desk.rules.settings
        )
    against: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for trigger in desk.rules.profile.accountability:
        for hit in _hits(trigger, counter):
            against[_against(trigger, hit), trigger.id][hit.thing.id] = None
    return {
        body: tuple(
            Evidence(
                id=trigger.id, name=labels.pick((trigger.zh, trigger.en), desk.lang), derived=bool(trigger.measures),
                numbers=tuple(row.number for row in desk.rows(tuple(against[body, trigger.id]))),
            )
            for trigger in desk.rules.profile.accountability
        )
        for body in bodies
    }  # fmt: skip


def _hits(trigger: Trigger, counter: Counter) -> list[Hit]:
    found = [hit for measure in trigger.measures for hit in counter.select(measure)]
    return [hit for hit in found if not _stands(trigger, hit, counter)]


def _stands(trigger: Trigger, hit: Hit, counter: Counter) -> bool:
    """Return whether something happened in the matter that takes the evidence away."""
    return any(
        i.event in trigger.unless and i.matter == hit.item.matter and i.at <= counter.cut for i in hit.thing.items
    )


def _against(trigger: Trigger, hit: Hit) -> str:
    """Return the body against which an item speaks; '' where it did not itself do before what the trigger asks for."""
    item = hit.item
    body = {"actor": item.body, "other": item.other, "lead": item.lead}[trigger.whose]
    own = {i.event for i in hit.thing.items if i.matter == item.matter and i.body == body and i.at <= item.at}
    return body if own.issuperset(trigger.own) else ""


def _in_words(desk: "Desk", found: Sequence[Evidence]) -> str:
    lines = []
    for one in found:
        if not one.derived:
            said = labels.pick(("由考核单位认定", "to be found by the assessors"), desk.lang)
        elif not one.numbers:
            said = labels.pick(("无", "none"), desk.lang)
        else:
            more = labels.pick(("等", " and others"), desk.lang) if len(one.numbers) > NAMED else ""
            cases = labels.pick(("{0}件", "{0} cases"), desk.lang).format(len(one.numbers))
            named = labels.pick(("、", ", "), desk.lang).join(one.numbers[:NAMED]) + more
            said = labels.pick((f"{cases}（{named}）", f"{cases} ({named})"), desk.lang)
        lines.append(labels.pick((f"{one.name}：{said}", f"{one.name}: {said}"), desk.lang))
    return "\n".join(lines)


# -- a sample drawn by strata (OFFICE C6) ----------------------------------------------------------------


def _drawn(desk: "Desk", draw: Draw, name: str, seed: str) -> Begun:
    """Draw a sample from the cases of a period: each stratum its share, in it the cases that the seed brings first.

    Whoever has the seed and the case numbers draws the same: in each stratum stands first whose SHA-256 of
    ``seed/number`` is least. Cases of strict secrecy are left out: only their first receiver may speak to the complainant.
    """
    seed = seed or secrets.token_hex(4)
    span = period(name, desk.rules.settings)
    strata: dict[str, list[RowView]] = defaultdict(list)
    for row in desk.rows(_population(desk, draw, span)):
        if row.confidential != "strict":
            strata[{"department": row.lead_name, "town": row.town}[draw.strata] or "—"].append(row)
    size = min(draw.size, sum(map(len, strata.values())))
    share = shares({stratum: len(rows) for stratum, rows in strata.items()}, size)
    lines = [
        {draw.case: row.number, draw.stratum: stratum}
        for stratum, rows in sorted(strata.items())
        for row in sorted(rows, key=lambda r: order_of(seed, r.number))[: share[stratum]]
    ]
    said = labels.pick(
        ("{period}办结{of}件，按{strata}分{n}层，抽取{size}件", "{of} cases completed in {period}, {n} strata by {strata}, {size} drawn"),
        desk.lang,
    ).format(
        period=name, of=sum(map(len, strata.values())), n=len(strata), size=len(lines),
        strata=labels.pick({"department": ("办理单位", "department"), "town": ("镇街", "town")}[draw.strata], desk.lang),
    )  # fmt: skip
    parts = [f"{stratum}{share[stratum]}/{len(rows)}" for stratum, rows in sorted(strata.items())]
    return Begun(
        fields={draw.seed: seed, draw.said: f"{said}：{'、'.join(parts)}" if parts else said},
        lines={draw.table: tuple(lines)},
    )


def _population(desk: "Desk", draw: Draw, span: Period) -> tuple[str, ...]:
    rules, cut = desk.rules, stamp(desk.now())
    with desk._replica.read() as connection:
        things = statistics.things(desk, span, connection)
    return behind(rules.profile, things, span, cut, rules.settings, {"drawn": draw.measure})["drawn"]


def order_of(seed: str, number: str) -> str:
    """Return by what a case stands in the order of a draw."""
    return hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()


def shares(strata: Mapping[str, int], size: int) -> dict[str, int]:
    """Return how many of each stratum are drawn: one at least where there are enough to draw, the rest by largest remainders."""
    total = sum(strata.values())
    if not total or size <= 0:
        return dict.fromkeys(strata, 0)
    found = Count({one: int(Fraction(size * many, total)) for one, many in strata.items()})
    if size >= len(strata):
        for one in strata:
            found[one] = max(1, found[one])
    remainder = {one: Fraction(size * many, total) - found[one] for one, many in strata.items()}
    while sum(found.values()) < size:
        one = max((o for o in strata if found[o] < strata[o]), key=lambda o: (remainder[o], strata[o], o))
        found[one] += 1
        remainder[one] -= 1
    while sum(found.values()) > size:
        one = min((o for o in strata if found[o] > 1), key=lambda o: (remainder[o], o))
        found[one] -= 1
        remainder[one] += 1
    return dict(found)
