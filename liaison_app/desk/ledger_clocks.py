"""The clocks of a ledger record: which run, for whom, since when, until when. Pure; the clocks are the profile's own."""

from datetime import datetime, timedelta

import msgspec

from liaison_app.desk.clocks import Clock, ClockRules
from liaison_app.domain.ledger import LedgerRecord, ended, moments, open_lines
from liaison_app.domain.ledger_kinds import RecordKind, RecordTable
from liaison_app.domain.moments import china
from liaison_app.mechanism.cadences import period_of, start_of
from liaison_app.mechanism.deadlines import count
from liaison_app.mechanism.schema import Deadline

BACKWARD = "ND_before"


class RecordClock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of a record or (``line`` above 0) of one of its lines; ``steps`` are those that stop it."""

    clock: Clock
    line: int = 0
    steps: tuple[str, ...] = ()


def period_of_record(record: LedgerRecord, kind: RecordKind) -> str:
    """Return the period that a record is for: the one named, else that of its event, else that of its opening."""
    if kind.owed is None:
        return record.period
    met = moments(record, kind).get(kind.owed.event)
    return record.period or period_of(kind.owed.every, china(met or record.opened_at).date())


def record_clocks(record: LedgerRecord, kind: RecordKind, rules: ClockRules) -> tuple[RecordClock, ...]:
    """Return every clock of a record, counted with the calendar and the readings chosen."""
    found, when = [], moments(record, kind)
    for rule in rules.profile.deadlines:
        off = any(rules.settings.get(s) not in values for s, values in rule.only.items())
        if rule.rule in kind.clocks and not off:
            clock = _clock(record, kind, rule, rules, when)
            if clock is not None:
                found.append(clock)
    for table in kind.tables:
        if table.due:
            found += _lines(record, kind, table, rules)
    return tuple(found)


def _clock(
    record: LedgerRecord, kind: RecordKind, rule: Deadline, rules: ClockRules, when: dict[str, str]
) -> RecordClock | None:
    owed = kind.owed is not None and kind.owed.clock == rule.rule
    steps = tuple(s.code for s in kind.steps if {s.code, s.event} & set(rule.stop))
    if owed and kind.owed is not None:
        period = period_of_record(record, kind)
        start: str | None = record.opened_at if kind.owed.every == "once" else start_of(period).isoformat()
        met = when.get(kind.owed.event)
    else:
        begun = max(((when[name], name) for name in rule.start if name in when), default=None)
        start, event = begun or (None, "")
        said = any(f.event == event for f in kind.fields)  # a change may be reported before the day on which it holds
        free = said or rule.unit == BACKWARD
        met = next((when[n] for n in rule.stop if n in when and (free or when[n] >= (start or ""))), None)
    if start is None:
        return None
    due = count(rule, china(start), rules.calendar, rules.settings, _set_date(record, kind, rule))
    state = "met" if met else "stopped" if ended(record, kind) else "open"
    if met and due.late_after and china(met) > due.late_after:
        state = "missed"
    clock = Clock(
        matter=0,
        rule=rule,
        owner=_owner(record, kind, steps, rule),
        start=china(start),
        due=due,
        met_at=met,
        state=state,
    )
    return RecordClock(clock=clock, steps=steps)


def _set_date(record: LedgerRecord, kind: RecordKind, rule: Deadline) -> datetime | None:
    """Return the date that a field says instead of the count: its end (24:00)."""
    names = [f.name for f in kind.fields if f.sets == rule.rule]
    said = next((str(record.fields[n]) for n in names if record.fields.get(n)), "")
    if not said:
        return None
    return china(said) if len(said) > 10 else china(said) + timedelta(hours=23, minutes=59, seconds=59)


def _owner(record: LedgerRecord, kind: RecordKind, steps: tuple[str, ...], rule: Deadline) -> str:
    """Return whose clock it is: whoever takes the step that stops it."""
    for code in steps:
        step = kind.step(code)
        for who in step.who if step else ():
            if who == "receiver":
                return next((b for b in kind.receivers if b != record.body), record.body)
            if who in {"owner", "opener", "reader", "named", "approver", "minutes"}:
                return {"approver": kind.approver, "minutes": next(iter(kind.minutes), record.body)}.get(
                    who, record.body
                )
            return who
    return next(iter(rule.posts), record.body)


def _lines(record: LedgerRecord, kind: RecordKind, table: RecordTable, rules: ClockRules) -> list[RecordClock]:
    """Return a clock for each line with a date: it runs until the line is closed (销号)."""
    still = {line.n for line in open_lines(record, table)}
    steps = tuple(s.code for s in kind.steps if s.closes == table.name)
    rule_id = next((s.rule for s in kind.steps if s.closes == table.name), kind.rules[0])
    found = []
    for line in record.standing(table.name):
        said = str(line.values.get(table.due) or "")
        if not said:
            continue
        rule = Deadline(
            rule=rule_id, event=table.name, start=["added"], stop=list(steps), unit="set_date", zh=table.zh, en=table.en
        )
        until = china(said) if len(said) > 10 else china(said) + timedelta(hours=23, minutes=59, seconds=59)
        due = count(rule, china(line.added_at), rules.calendar, rules.settings, until)
        state = "met" if line.closed_at else "open" if line.n in still and not ended(record, kind) else "stopped"
        if line.closed_at and due.late_after and china(line.closed_at) > due.late_after:
            state = "missed"
        clock = Clock(
            matter=0, rule=rule, owner=str(line.values.get(table.body) or record.body), start=china(line.added_at),
            due=due, met_at=line.closed_at or None, state=state,
        )  # fmt: skip
        found.append(RecordClock(clock=clock, line=line.n, steps=steps))
    return found
