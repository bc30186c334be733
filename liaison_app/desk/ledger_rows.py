"""From a ledger record to the rows that lists show: row, lists, clocks, tasks, periods, places. Pure; no clock is read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from liaison_app.desk.ledger_clocks import RecordClock, period_of_record, record_clocks
from liaison_app.desk.projecting import newest_first
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Happened
from liaison_app.domain.ledger import (
    LedgerRecord,
    RecordLine,
    awaited,
    ended,
    fold,
    live,
    may,
    moments,
    open_lines,
    readers,
    reported,
    reporting,
)
from liaison_app.domain.ledger_kinds import RecordKind, RecordStep, RecordTable
from liaison_app.domain.moments import stamp
from liaison_app.domain.text import clean, place_key
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.store.projections import RecordRows

EVER: Final = "9999-12-31"
ANYBODY: Final = "*"
OF_CASE: Final = "case:"
"""What the name of the list of meetings begins with that speak of a case."""


def title_of(record: LedgerRecord, kind: RecordKind) -> str:
    """Return the words by which a record is known in lists; open fields only."""
    said = []
    for name in kind.title:
        field, value = kind.field(name), record.fields.get(name)
        if field is not None and value and not field.personal:
            said.append(field.choices[str(value)][0] if str(value) in field.choices else str(value))
    return clean(" ".join(said))[:80].replace("\n", " ")


def rules_of_record(rules: DeskRules, record: LedgerRecord) -> DeskRules:
    """Return the rules of a record: the version it began with, under the readings of today."""
    edition = rules.edition(record.mechanism)
    return rules if edition.profile is rules.profile else rules.settle(edition, rules.registers.settings)


def kind_of_record(rules: DeskRules, record: LedgerRecord) -> RecordKind | None:
    """Return the kind of a record as the version knows it that the record began with."""
    own = rules_of_record(rules, record)
    return kinds_of(own.profile, own.settings).get(record.kind)


def understood_record(happened: Sequence[Happened], rules: DeskRules) -> tuple[LedgerRecord, RecordRows] | None:
    """Return a record with its rows; None where its entries, written elsewhere, make no record here."""
    try:
        record = fold(happened)
        return None if record is None else (record, record_rows(record, rules))
    except Exception:
        return None


def record_rows(record: LedgerRecord, rules: DeskRules) -> RecordRows:
    """Return every projection row of a record; of a kind that its version does not know only the plain row."""
    rules, kind = rules_of_record(rules, record), kind_of_record(rules, record)
    if kind is None:
        plain = (record.id, record.kind, record.number, record.body, record.state, "", record.period, record.opened_at,
                 None, None, "", "", record.changed_at)  # fmt: skip
        return RecordRows(record_id=record.id, record_row=plain)
    found = record_clocks(record, kind, rules)
    running = sorted((c for c in found if c.clock.state == "open"), key=lambda c: c.clock.sort())
    first = running[0].clock if running else None
    how = "replaced" if record.replaced else "ended" if ended(record, kind) else ""
    row = (
        record.id, record.kind, record.number, record.body, record.state, title_of(record, kind),
        period_of_record(record, kind), record.opened_at, _iso(first.due.due) if first else None,
        _iso(first.due.late_after) if first else None, first.rule.rule if first else "", how, record.changed_at,
    )  # fmt: skip
    key = newest_first(record.opened_at)
    names = {"all", f"kind:{record.kind}", f"group:{kind.group}", *([] if how else ["open"])}
    names |= {f"{OF_CASE}{number}" for number in cases_of(record, kind)}
    lists = tuple((body, name, key, record.id) for body in sorted(readers(record, kind)) for name in sorted(names))
    tasks: list[tuple[Any, ...]] = []
    for body in sorted(readers(record, kind)):
        for step in awaited(record, kind, body):
            due = _due_of(step.code, body, running)
            tasks.append((f"{record.id}/{body}/{step.code}", body, record.id, step.code, 0, due))
    for table in kind.tables:
        closing = next((s for s in kind.steps if s.closes == table.name), None)
        if closing is None or how or not table.body or record.state not in closing.states:
            continue
        for line in open_lines(record, table):
            due = min(
                (c.clock.sort() for c in running if c.line == line.n and c.clock.rule.event == table.name),
                default="9999",
            )
            key = f"{record.id}/{table.name}/{line.n}"
            for body, step_code in _asked(record, kind, table, line, closing):
                tasks.append((f"{key}/{body}", body, record.id, step_code, line.n, due))
    return RecordRows(
        record_id=record.id, record_row=row, lists=lists, tasks=tuple(tasks),
        clocks=tuple(
            (record.id, c.clock.rule.rule, c.clock.rule.event, c.line, c.clock.owner, stamp(c.clock.start),
             _iso(c.clock.due.due), _iso(c.clock.due.late_after), c.clock.due.status, c.clock.met_at, c.clock.state)
            for c in found
        ),
        periods=_periods(record, kind), places=_places(record, kind),
    )  # fmt: skip


def cases_of(record: LedgerRecord, kind: RecordKind) -> frozenset[str]:
    """Return the numbers of the cases that lines of a meeting name (agenda, decisions) or whose text a record carries."""
    if kind.cosigns is not None:
        return frozenset({str(record.fields.get(kind.cosigns.case) or "")} - {""})
    places = [(t, f.name) for t in kind.tables for f in t.fields if f.type == "case"] if kind.group == "meeting" else []
    found = {str(line.values.get(name) or "") for table, name in places for line in record.standing(table.name)}
    return frozenset(found - {""})


def _asked(
    record: LedgerRecord, kind: RecordKind, table: RecordTable, line: RecordLine, closing: RecordStep
) -> list[tuple[str, str]]:
    """Return who must do what with an open line: its body closes it, or reports on it until whoever confirms closes it."""
    body = str(line.values.get(table.body) or record.body)
    report = reporting(kind, table)
    if report is None or record.state not in report.states or may(record, kind, closing, body, line.n):
        return [(body, closing.code)]
    if reported(record, kind, table, line.n) is None:
        return [(body, report.code)] if line.values.get(table.body) else []
    return [(one, closing.code) for one in sorted(readers(record, kind)) if may(record, kind, closing, one, line.n)]


def _due_of(step: str, body: str, running: list[RecordClock]) -> str:
    """Return by when a step must be taken: the clock that it stops, else the nearest of the body's own on the record."""
    mine = [c for c in running if c.clock.owner == body and not c.line]
    stopped = [c.clock.sort() for c in mine if step in c.steps]
    return min(stopped or [c.clock.sort() for c in mine], default="9999")


def _periods(record: LedgerRecord, kind: RecordKind) -> tuple[tuple[Any, ...], ...]:
    """Return for which period a record is; ``met_at`` is empty while it is still being made."""
    owed = kind.owed
    met = moments(record, kind).get(owed.event) if owed is not None else None
    if owed is None or record.replaced or (met is None and ended(record, kind)):
        return ()
    if met is not None and owed.every == "once" and not live(record, kind):
        return ()
    until = str(record.fields.get(owed.until) or EVER) if owed.until else EVER
    period = period_of_record(record, kind)
    return ((record.kind, ANYBODY if owed.shared else record.body, period, record.id, met or "", until),)


def _places(record: LedgerRecord, kind: RecordKind) -> tuple[tuple[Any, ...], ...]:
    said = kind.explains
    if said is None or not live(record, kind):
        return ()
    since = str(record.fields.get(said.since) or "")[:10]
    until = str(record.fields.get(said.until) or EVER)[:10]
    place, thing = (place_key(str(record.fields.get(name) or "")) for name in (said.place, said.object))
    return ((record.id, until, since, place, thing),) if place or thing else ()


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
