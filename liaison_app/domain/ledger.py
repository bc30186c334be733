"""The state of a ledger record 台账记录, and how each event moves it. Pure; what its words mean, its kind says."""

from collections.abc import Iterable
from typing import Any

import msgspec

from liaison_app.domain import ledger_events as le
from liaison_app.domain.case import Happened
from liaison_app.domain.ledger_kinds import RecordKind, RecordStep, RecordTable


class RecordLine(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """明细: one line of a table; dropped when a later line of the same value stood in its place."""

    table: str
    n: int
    values: dict[str, Any]
    added_at: str
    dropped: bool = False
    closed_at: str = ""
    closed_by: str = ""
    closed_words: str = ""


class Taken(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A step that was taken: by whom, for which body, when."""

    step: str
    at: str
    person: str
    body: str


class LedgerRecord(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A record as folded from its entries."""

    id: str
    kind: str
    mechanism: str
    number: str
    body: str
    state: str
    opened_at: str
    opened_by: str
    period: str = ""
    fields: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    lines: tuple[RecordLine, ...] = ()
    taken: tuple[Taken, ...] = ()
    replaces: str = ""
    replaced: bool = False
    changed_at: str = ""
    version: int = 0

    def standing(self, table: str) -> tuple[RecordLine, ...]:
        """Return the lines of a table that stand."""
        return tuple(line for line in self.lines if line.table == table and not line.dropped)

    def line(self, table: str, n: int) -> RecordLine | None:
        """Return a line of a table, None when it does not stand."""
        return next((line for line in self.standing(table) if line.n == n), None)

    def took(self, step: str, body: str) -> bool:
        """Return whether a body has taken a step."""
        return any(t.step == step and t.body == body for t in self.taken)


def evolve(record: LedgerRecord | None, happened: Happened) -> LedgerRecord:
    """Return the record after one more event. The first event of a stream must be ``RecordOpened``."""
    event, at = happened.stamped.event, happened.happened_at
    personal = dict(happened.personal.get("personal") or {})
    if isinstance(event, le.RecordOpened):
        fields = ("kind", "mechanism", "number", "body", "state", "period", "fields", "replaces")
        return LedgerRecord(
            id=happened.act_id, opened_at=at, opened_by=happened.person, personal=personal,
            lines=_added((), event.lines, at), changed_at=happened.recorded_at, version=1,
            taken=(Taken(step="open", at=at, person=happened.person, body=event.body),),
            **{name: getattr(event, name) for name in fields},
        )  # fmt: skip
    if record is None:
        raise ValueError("a record begins with its opening")
    change = msgspec.structs.replace
    record = change(record, changed_at=happened.recorded_at, version=record.version + 1)
    match event:
        case le.RecordStepped():
            return _stepped(record, event, happened, personal)
        case le.RecordReplaced():
            return change(record, replaced=True)
        case _:
            return record


def fold(events: Iterable[Happened]) -> LedgerRecord | None:
    """Return the record that a stream of events gives."""
    record: LedgerRecord | None = None
    for happened in events:
        record = evolve(record, happened)
    return record


def _stepped(
    record: LedgerRecord, event: le.RecordStepped, happened: Happened, personal: dict[str, Any]
) -> LedgerRecord:
    at, lines = happened.happened_at, []
    for line in record.lines:
        key = f"{line.table}/{line.n}"
        if key in event.drops:
            line = msgspec.structs.replace(line, dropped=True)
        if key == event.closes:
            line = msgspec.structs.replace(
                line, closed_at=at, closed_by=happened.acting, closed_words=event.reason
            )  # fmt: skip
        lines.append(line)
    new = Taken(step=event.step, at=at, person=happened.person, body=happened.acting)
    return msgspec.structs.replace(
        record, state=event.state, fields={**record.fields, **event.fields}, taken=(*record.taken, new),
        personal={**record.personal, **personal}, lines=_added(tuple(lines), event.lines, at),
    )  # fmt: skip


def _added(lines: tuple[RecordLine, ...], new: le.Lines, at: str) -> tuple[RecordLine, ...]:
    found = list(lines)
    for table, values in new.items():
        first = 1 + max((line.n for line in lines if line.table == table), default=0)
        found += [RecordLine(table=table, n=first + i, values=v, added_at=at) for i, v in enumerate(values)]
    return tuple(found)


# -- what a record says of itself, by its kind ------------------------------------------------------


def ended(record: LedgerRecord, kind: RecordKind) -> bool:
    """Return whether nothing more is asked of a record: replaced, or in an end state."""
    state = kind.state(record.state)
    return record.replaced or (state is not None and state.end)


def live(record: LedgerRecord, kind: RecordKind) -> bool:
    """Return whether a record is in force (a roster, a publicity)."""
    state = kind.state(record.state)
    return not ended(record, kind) and (state is None or state.live)


def named_bodies(record: LedgerRecord, kind: RecordKind) -> frozenset[str]:
    """Return the bodies that fields and standing lines of a record name."""
    found: set[str] = set()
    places = [(kind.fields, record.fields)]
    places += [(t.fields, line.values) for t in kind.tables for line in record.standing(t.name)]
    for fields, values in places:
        for field in fields:
            value = values.get(field.name) if field.type in {"body", "bodies"} else None
            found |= {value} if isinstance(value, str) else set(value or ())
    return frozenset(found - {""})


def readers(record: LedgerRecord, kind: RecordKind) -> frozenset[str]:
    """Return the bodies that read a record."""
    office = {*kind.receivers, *kind.readers, *kind.minutes, *([kind.approver] if kind.approver else [])}
    return frozenset({record.body} | office | named_bodies(record, kind))


def may(record: LedgerRecord, kind: RecordKind, step: RecordStep, body: str, line: int | None = None) -> bool:
    """Return whether a body may take a step of a record, by the words of ``step.who``."""
    return any(_is(record, kind, step, who, body, line) for who in step.who)


def _is(record: LedgerRecord, kind: RecordKind, step: RecordStep, who: str, body: str, line: int | None) -> bool:
    match who:
        case "owner":
            return body == record.body
        case "opener":
            return body in kind.openers
        case "receiver":
            others = [b for b in kind.receivers if b != record.body]
            return body in (others or kind.receivers)
        case "reader":
            return body in readers(record, kind)
        case "minutes":
            return body in kind.minutes if kind.minutes else body == record.body
        case "approver":
            return body == kind.approver
        case "named":
            table = kind.table(step.closes) if step.closes else None
            if table is None:
                return body in named_bodies(record, kind)
            lines = [record.line(table.name, line)] if line else record.standing(table.name)
            return any(found is not None and found.values.get(table.body) == body for found in lines)
        case _:
            return body == who


def open_lines(record: LedgerRecord, table: RecordTable) -> tuple[RecordLine, ...]:
    """Return the lines of a table that must still be closed one by one (销号)."""
    return tuple(line for line in record.standing(table.name) if not line.closed_at) if table.open else ()


def unheard(record: LedgerRecord, kind: RecordKind) -> tuple[str, ...]:
    """Return the bodies that answer for a line, were not there and have not been told yet (OFFICE B10)."""
    found: dict[str, None] = {}
    for table in kind.tables:
        heard = table.heard
        if heard is None:
            continue
        rows, told = kind.table(heard.table), kind.table(heard.told)
        if rows is None or told is None:
            continue
        there = {
            line.values.get(rows.body)
            for line in record.standing(rows.name)
            if line.values.get(heard.field) in heard.values
        }
        there |= {line.values.get(told.body) for line in record.standing(told.name)}
        left = {
            line.values.get(rows.body): line.added_at
            for line in record.standing(rows.name)
            if line.values.get(heard.field) in heard.until
        }
        for line in record.standing(table.name):
            body = line.values.get(table.body)
            if body and body not in there and line.added_at > left.get(body, ""):
                found[str(body)] = None
    return tuple(found)


def reported(record: LedgerRecord, kind: RecordKind, table: RecordTable, n: int) -> RecordLine | None:
    """Return the newest line by which somebody says that a line is carried out, None while nobody does."""
    for other in kind.tables:
        said = other.follows
        if said is not None and said.table == table.name:
            lines = [one for one in record.standing(other.name) if one.values.get(said.line) == n]
            if lines and lines[-1].values.get(said.field) in said.values:
                return lines[-1]
    return None


def reporting(kind: RecordKind, table: RecordTable) -> RecordStep | None:
    """Return the step by which a body reports how far a line of a table is."""
    names = {t.name for t in kind.tables if t.follows is not None and t.follows.table == table.name}
    return next((s for s in kind.steps if names & set(s.adds)), None)


def lacking(record: LedgerRecord, table: RecordTable, names: list[str]) -> tuple[tuple[RecordLine, str], ...]:
    """Return the standing lines of a table that have not said a field, each with the first such field."""
    found = []
    for line in record.standing(table.name):
        blank = next((name for name in names if line.values.get(name) in (None, "", [])), "")
        if blank:
            found.append((line, blank))
    return tuple(found)


def offered(record: LedgerRecord, kind: RecordKind, body: str, person_roles: frozenset[str]) -> tuple[RecordStep, ...]:
    """Return the steps that a person of a body may take now, once the fields are filled."""
    if record.replaced:
        return ()
    found = []
    for step in kind.steps:
        fits = record.state in step.states and may(record, kind, step, body)
        fits = fits and (not step.persons or bool(person_roles & set(step.persons)))
        table = kind.table(step.closes) if step.closes else None
        if fits and table is not None:
            fits = any(may(record, kind, step, body, line.n) for line in open_lines(record, table))
        blocking = kind.table(step.all_closed) if step.all_closed else None
        if fits and not (blocking is not None and open_lines(record, blocking)):
            found.append(step)
    return tuple(found)


def awaited(record: LedgerRecord, kind: RecordKind, body: str) -> tuple[RecordStep, ...]:
    """Return the steps that wait for a body, whoever of it may take them."""
    if ended(record, kind):
        return ()
    found = []
    for step in offered(record, kind, body, frozenset(p for s in kind.steps for p in s.persons)):
        asked = step.awaited and not step.closes and not (step.repeat and record.took(step.code, body))
        if asked and (not step.unheard or unheard(record, kind)):
            found.append(step)
    return tuple(found)


def moments(record: LedgerRecord, kind: RecordKind) -> dict[str, str]:
    """Return when each event that starts or stops a clock of the record happened: its first time."""
    found: dict[str, str] = {}
    for taken in record.taken:
        found.setdefault(taken.step, taken.at)
        for step in kind.steps:
            if step.code == taken.step and step.event:
                found.setdefault(step.event, taken.at)
    for field in kind.fields:
        value = record.fields.get(field.name)
        if field.event and value:
            found[field.event] = value if len(str(value)) > 10 else f"{value}T00:00:00+08:00"
    return found
