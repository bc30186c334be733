"""From ledger records and meetings to what can be counted: their steps, their lines, and what was owed in a period."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from liaison_app.desk.ledger_clocks import period_of_record, record_clocks
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.ledger import LedgerRecord, moments
from liaison_app.domain.ledger_kinds import Owed, RecordKind
from liaison_app.domain.moments import china, stamp
from liaison_app.mechanism.cadences import MONTHS, ONCE, after, end_of, period_of, start_of
from liaison_app.mechanism.countable import Item, Limit, MatterFacts, Thing
from liaison_app.mechanism.deadlines import count
from liaison_app.mechanism.finding_clocks import clock
from liaison_app.mechanism.periods import Period

Kept = Sequence[tuple[LedgerRecord, RecordKind]]


def record_things(kept: Kept, rules: DeskRules) -> Iterator[Thing]:
    """Yield what can be counted of each record that stands.

    Events: each step and event of the kind; a table's name when a line was added, with ``-due`` on its date and
    ``-closed`` when it was closed. Each line is a matter of its own; the kind's id is a flag of all.
    """
    for record, kind in kept:
        if record.replaced:
            continue
        numbers: dict[tuple[str, int], int] = {}
        items = [
            Item(event=name, at=stamp(china(at)), body=record.body, values=_values(record.fields))
            for name, at in moments(record, kind).items()
        ]
        for table in kind.tables:
            for line in record.standing(table.name):
                n = numbers[table.name, line.n] = len(numbers) + 2
                body = str(line.values.get(table.body) or record.body) if table.body else record.body
                happened = {"": line.added_at, "-due": _end(line.values.get(table.due)), "-closed": line.closed_at}
                items += [
                    Item(event=table.name + name, at=stamp(china(at)), matter=n, body=body, values=_values(line.values))
                    for name, at in happened.items()
                    if at
                ]
        limits = []
        for one in record_clocks(record, kind, rules):
            if kind.owed is not None and one.line == 0 and one.clock.rule.rule == kind.owed.clock:
                continue  # what is owed in a period counts once, whether or not a record was made
            late = one.clock.due.late_after or one.clock.due.due
            table_name = one.clock.rule.event
            limits.append(
                Limit(
                    rule=one.clock.rule.rule, matter=numbers.get((table_name, one.line), 1), owner=one.clock.owner,
                    start=stamp(one.clock.start), late_after=stamp(late) if late else None,
                    met_at=stamp(china(one.clock.met_at)) if one.clock.met_at else None,
                )
            )  # fmt: skip
        facts = MatterFacts(flags=(kind.id,))
        yield Thing(id=record.id, matters=(facts,) * (1 + len(numbers)), items=tuple(items), limits=tuple(limits))


def duties(
    kept: Kept, kinds: Mapping[str, RecordKind], rules: DeskRules, since: datetime, span: Period
) -> Iterator[Thing]:
    """Yield what was owed and fell due in a span: a meeting each quarter, a roster of each unit; met or not."""
    for kind in kinds.values():
        owed = kind.owed
        if owed is None or not owed.clock:
            continue
        for period, start in _owed_periods(owed, since, span):
            due = count(clock(rules.profile, owed.clock), start, rules.calendar, rules.settings)
            late = due.late_after or due.due
            for body in owed.by[:1] if owed.shared else owed.by:
                made = [
                    (at, r.id)
                    for r, k in kept
                    if r.kind == kind.id and not r.replaced and (owed.shared or r.body == body)
                    and (owed.every == ONCE or period_of_record(r, k) == period) and (at := moments(r, k).get(owed.event))
                ]  # fmt: skip
                met, record = min(made, default=("", f"{kind.id}/{period}/{body}"))
                limit = Limit(
                    rule=owed.clock, matter=1, owner=body, start=stamp(start), late_after=stamp(late) if late else None,
                    met_at=stamp(china(met)) if met else None,
                )  # fmt: skip
                yield Thing(id=record, matters=(MatterFacts(flags=(kind.id,)),), limits=(limit,))


def _owed_periods(owed: Owed, since: datetime, span: Period) -> Iterator[tuple[str, datetime]]:
    """Yield the periods that end in a span, none that was over when the desk began."""
    if owed.every == ONCE:
        yield ONCE, since
        return
    first = max(since, china(span.start) - timedelta(days=31 * MONTHS[owed.every]))
    period = period_of(owed.every, first.date())
    while stamp(start_of(period)) < span.end:
        if stamp(end_of(period)) >= span.start:
            yield period, start_of(period)
        period = after(period)


def _values(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the choices and other plain values of fields; a yes-or-no is ``yes`` or ``no``."""
    plain = {k: ("yes" if v else "no") if isinstance(v, bool) else v for k, v in fields.items()}
    return {k: str(v) for k, v in plain.items() if isinstance(v, str | int) and str(v)}


def _end(day: Any) -> str:
    """Return the last moment of a date, a moment as it is, '' for none."""
    return "" if not day else str(day) if len(str(day)) > 10 else f"{day}T23:59:59+08:00"
