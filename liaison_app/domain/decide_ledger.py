"""What opening a record or taking a step of it gives, or why it is not allowed. Pure: the kind says everything."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from liaison_app.domain import ledger as ld
from liaison_app.domain import ledger_events as le
from liaison_app.domain.case import Actor
from liaison_app.domain.decide import happened, proxy_kind
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Stamped
from liaison_app.domain.ledger_commands import LedgerCommand, OpenRecord, StepRecord
from liaison_app.domain.ledger_kinds import RecordKind, RecordStep, RecordTable
from liaison_app.domain.ledger_values import about, first_gap, taken_fields, taken_lines
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.rules import Numbers, Rules

Decision = tuple[datetime, tuple[Stamped, ...]]


def decide_open(
    kind: RecordKind, command: OpenRecord, rules: Rules, who: Actor, now: datetime, numbers: Numbers,
    old: ld.LedgerRecord | None = None,
) -> Decision:  # fmt: skip
    """Return when a record was opened and its events; ``old`` is the record that it replaces.

    Raises RuleBroken ``record_not_opened``, ``not_your_record``, ``not_your_office``, ``field_missing``, ``field_type``,
    ``reason_missing``, ``record_replaced`` …
    """
    at = happened(command, now)
    body = _acting(kind, command, rules, who)
    step = kind.step("open")
    if step is None:
        raise RuleBroken("record_not_opened", kind=kind.id, kind_zh=kind.zh, kind_en=kind.en)
    if body not in kind.openers:
        raise RuleBroken("not_your_record", rule=step.rule, action="open", body=body)
    _office(step, who, command)
    if command.replaces:
        _may_replace(kind, old, body, command.reason)
    blank = ld.LedgerRecord(
        id="", kind=kind.id, mechanism=rules.mechanism, number="", body=body, state="", opened_at=stamp(at),
        opened_by=who.person,
    )  # fmt: skip
    fields, lines, _ = _taken(blank, kind, step, command, rules, body)
    _whole(blank, kind, step, fields, command.personal, lines)
    opened = le.RecordOpened(
        kind=kind.id, mechanism=rules.mechanism, number=numbers.take(f"record/{kind.id}", body, stamp(at)), body=body,
        state=step.to, period=command.period, fields=fields, lines=lines, replaces=command.replaces,
        reason=command.reason,
    )  # fmt: skip
    events: tuple[le.AnyLedger, ...] = (opened,)
    if old is not None and command.replaces:
        events = (opened, le.RecordReplaced(record=old.id, reason=command.reason))
    return at, _stamped(command, who, events)


def decide_step(
    record: ld.LedgerRecord, kind: RecordKind, command: StepRecord, rules: Rules, who: Actor, now: datetime
) -> Decision:
    """Return when a step was taken and its events.

    Raises RuleBroken ``record_replaced``, ``action_unknown``, ``record_state``, ``not_your_record``, ``not_your_office``,
    ``line_unknown``, ``lines_open``, ``duty_gap``, ``field_missing``, ``reason_missing``, ``time_before_previous`` …
    """
    at = happened(command, now)
    body = _acting(kind, command, rules, who)
    if record.replaced:
        raise RuleBroken("record_replaced", number=record.number)
    step = kind.step(command.step, record.state)
    if step is None or command.step == "open":
        raise RuleBroken("action_unknown", action=command.step)
    if record.state not in step.states:
        state = kind.state(record.state)
        words = {"state_zh": state.zh, "state_en": state.en} if state else {}
        other = kind.step(step.instead, record.state) if step.instead else None
        if other is not None and record.state in other.states:
            words |= {"instead": other.code, "instead_zh": other.zh, "instead_en": other.en}
            raise RuleBroken("record_state_instead", rule=step.rule, action=step.code, **words)
        raise RuleBroken("record_state", rule=step.rule, action=step.code, **words)
    if not ld.may(record, kind, step, body, command.line):
        raise RuleBroken("not_your_record", rule=step.rule, action=step.code, body=body)
    _office(step, who, command)
    if at < china(record.opened_at):
        raise RuleBroken("time_before_previous", field="happened_at", value=stamp(at), previous=record.opened_at)
    if step.reason and not command.reason.strip():
        raise RuleBroken("reason_missing", field="reason")
    fields, lines, drops = _taken(record, kind, step, command, rules, body)
    closes = _closed(record, kind, step, command)
    _whole(record, kind, step, {**record.fields, **fields}, {**record.personal, **command.personal}, lines)
    event = le.RecordStepped(
        step=step.code, state=step.to or record.state, fields=fields, lines=lines, drops=drops, closes=closes,
        reason=command.reason,
    )  # fmt: skip
    return at, _stamped(command, who, (event,))


def _acting(kind: RecordKind, command: LedgerCommand, rules: Rules, who: Actor) -> str:
    """Return the body that acts: the own one, or one without a desk whose paper came to a receiver (OFFICE A2)."""
    proxy, body = proxy_kind(command, rules, who)
    if proxy == "body_without_desk" and who.body not in {*kind.receivers, *kind.minutes, *rules.stand_ins}:
        raise RuleBroken("stand_in_only", body=who.body)
    return body


def _office(step: RecordStep, who: Actor, command: LedgerCommand) -> None:
    roles = who.roles | ({"leader"} if command.proxy is not None else set())
    if step.persons and not roles & set(step.persons):
        raise RuleBroken("not_your_office", needed=step.persons, rule=step.rule, action=step.code)


def _may_replace(kind: RecordKind, old: ld.LedgerRecord | None, body: str, reason: str) -> None:
    if old is None:
        raise RuleBroken("record_unknown", field="replaces")
    if old.kind != kind.id:
        raise RuleBroken("field_value", field="replaces", value=old.number)
    if old.body != body:
        raise RuleBroken("not_your_record", action="open", body=body)
    if old.replaced:
        raise RuleBroken("record_replaced", number=old.number)
    if not reason.strip():
        raise RuleBroken("reason_missing", field="reason")


def _taken(
    record: ld.LedgerRecord, kind: RecordKind, step: RecordStep, command: LedgerCommand, rules: Rules, body: str
) -> tuple[dict[str, Any], le.Lines, tuple[str, ...]]:
    """Return fields and lines that a step takes, checked, and the lines that they drop."""
    allowed = {*step.fields, *step.optional}
    for name in (*command.fields, *command.personal):
        if kind.field(name) is not None and name not in allowed:
            raise RuleBroken("record_field_unknown", field=name, kind=kind.id)
    fields = taken_fields(kind, command.fields, personal=False, known_body=rules.known_body)
    taken_fields(kind, command.personal, personal=True, known_body=rules.known_body)
    lines: dict[str, tuple[dict[str, Any], ...]] = {}
    drops: list[str] = []
    for name, given in command.lines.items():
        table = kind.table(name)
        if table is None or name not in step.adds:
            raise RuleBroken("record_field_unknown", field=name, kind=kind.id)
        if given:
            rows = [{table.body: body, **row} for row in given] if step.own and table.body else given
            rows = _counted(record, table, rows)
            lines[name] = taken_lines(table, rows, rules.known_body)
        if step.own and any(row.get(table.body) != body for row in lines.get(name, ())):
            raise RuleBroken("not_your_record", rule=step.rule, action=step.code, body=body)
        if table.once:
            said = [line.get(table.once) for line in lines.get(name, ())]
            if len(said) != len(set(map(str, said))):
                raise RuleBroken("line_twice", table=table.zh, table_en=table.en)
            drops += [f"{name}/{old.n}" for old in record.standing(name) if old.values.get(table.once) in said]
            _among(record, kind, table, said, command.lines)
    return fields, lines, tuple(drops)


def _among(
    record: ld.LedgerRecord, kind: RecordKind, table: RecordTable, said: list[Any], given: Mapping[str, list[dict[str, Any]]]
) -> None:  # fmt: skip
    """Refuse lines about what stands in no line of the table that they take up; where that one is empty anything goes."""
    of = kind.table(table.among) if table.among else None
    if of is None:
        return
    known = {line.values.get(table.once) for line in record.standing(of.name)} | {
        row.get(table.once) for row in given.get(of.name, ())
    }
    strange = [one for one in said if one not in known]
    if known and strange:
        raise RuleBroken("line_not_among", value=strange[0], table=of.zh, table_en=of.en)


def _counted(record: ld.LedgerRecord, table: RecordTable, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return lines numbered on where nobody gave a number."""
    if not table.counts:
        return rows
    said = [line.values.get(table.counts) for line in record.standing(table.name)] + [r.get(table.counts) for r in rows]
    n, found = max((int(str(one)) for one in said if str(one).isdecimal()), default=0), []
    for row in rows:
        if row.get(table.counts) in (None, ""):
            n += 1
            row = {**row, table.counts: n}
        found.append(row)
    return found


def _whole(
    record: ld.LedgerRecord, kind: RecordKind, step: RecordStep, fields: Mapping[str, Any],
    personal: Mapping[str, Any], lines: le.Lines,
) -> None:  # fmt: skip
    """Refuse a step after which something is missing: a field, a line, an hour without anybody on duty."""
    for name in step.fields:
        field = kind.field(name)
        said = personal if field is not None and field.personal else fields
        if field is not None and said.get(name) in (None, "", []):
            raise RuleBroken("field_missing", **about(field, action=step.code))
    for name, wanted in step.whole.items():
        there = kind.table(name)
        for line, blank in ld.lacking(record, there, wanted) if there is not None else ():
            field = there.field(blank) if there is not None else None
            if there is not None and field is not None:
                raise RuleBroken("line_incomplete", table=there.zh, table_en=there.en, line=line.values.get(there.counts) or line.n,
                                 field_zh=field.zh, field_en=field.en or field.zh)  # fmt: skip
    for name in step.needs_lines:
        table = kind.table(name)
        if table is not None and not record.standing(name) and not lines.get(name):
            raise RuleBroken("lines_missing", table=table.zh, table_en=table.en)
    blocking = kind.table(step.all_closed) if step.all_closed else None
    if blocking is not None and ld.open_lines(record, blocking):
        raise RuleBroken("lines_open", count=len(ld.open_lines(record, blocking)), table=blocking.zh,
                         table_en=blocking.en)  # fmt: skip
    if step.covers:
        rows = [line.values for line in record.standing(step.covers)] + list(lines.get(step.covers, ()))
        spans = [(str(row.get("from")), str(row.get("until"))) for row in rows]
        gap = first_gap(spans, str(fields.get("from")), str(fields.get("until")))
        if gap is not None:
            raise RuleBroken("duty_gap", start=gap[0], end=gap[1])


def _closed(record: ld.LedgerRecord, kind: RecordKind, step: RecordStep, command: StepRecord) -> str:
    table = kind.table(step.closes) if step.closes else None
    if table is None:
        return ""
    line = record.line(table.name, command.line or 0)
    if line is None or line.closed_at:
        raise RuleBroken("line_unknown", field="line", value=command.line or "", table=table.zh, table_en=table.en)
    return f"{table.name}/{line.n}"


def _stamped(command: LedgerCommand, who: Actor, events: tuple[le.AnyLedger, ...]) -> tuple[Stamped, ...]:
    proxy = command.proxy
    return tuple(
        Stamped(
            event=event, late_reason=command.late_reason, proxy_person=proxy.person if proxy else "",
            proxy_body=(proxy.body or who.body) if proxy else "", proxy_evidence=proxy.evidence if proxy else "",
        )
        for event in events
    )  # fmt: skip
