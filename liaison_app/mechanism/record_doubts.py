"""What is doubtful in the ledger records and meetings of a profile: unknown words, states nobody reaches, idle clocks."""

from collections.abc import Iterator

from liaison_app.domain.ledger_kinds import RecordField, RecordKind, RecordStep, RecordTable
from liaison_app.mechanism.kinds import CASE_ROLES, MEETING, kinds_of
from liaison_app.mechanism.record_schema import Begins, Record
from liaison_app.mechanism.schema import Deadline, Profile

Doubt = tuple[str, str]
WHO = frozenset({"owner", "opener", "receiver", "reader", "named", "minutes", "approver", "convenor", "confirmer"})
DUTIES = frozenset({"liaison", "leader", "duty", "administrator"})
CADENCES = frozenset({"month", "quarter", "half_year", "year", "fixed"})


def record_doubts(profile: Profile) -> Iterator[Doubt]:
    """Yield (path, expected) for everything doubtful in records, meetings and their lives."""
    posts = {p.id for p in profile.posts}
    lives = {life.id for life in profile.lives}
    settings = {s.id for s in profile.settings}
    places = {r.id: f"records[{i}]" for i, r in enumerate(profile.records)}
    places |= {f"{MEETING}{m.id}": f"meetings[{i}]" for i, m in enumerate(profile.meetings)}
    for i, record in enumerate(profile.records):
        known = {p for p in record.by + record.to if p in posts | CASE_ROLES} | posts
        if record.drawn and (record.life or record.steps or record.owed):
            yield f"records[{i}]", f"no life, steps or owed for what is drawn from {record.drawn}"
        if not record.drawn and not record.life and not record.steps:
            yield f"records[{i}]", "a life of this profile, own states and steps, or drawn: cases, meetings or papers"
        for name in [*record.readers, *(record.owed.by if record.owed else [])]:
            if name not in known | CASE_ROLES:
                yield f"records[{i}]", f"a post of this profile instead of {name}"
        if record.life and record.life not in lives:
            yield f"records[{i}]", f"a life of this profile instead of {record.life}"
        if record.begins is not None:
            yield from ((f"records[{i}].begins", doubt) for doubt in _begins(record, record.begins, profile))
        if not record.fields and not record.tables:
            yield f"records[{i}]", "at least one field"
    for i, meeting in enumerate(profile.meetings):
        if meeting.life not in lives:
            yield f"meetings[{i}]", f"a life of this profile instead of {meeting.life or 'none'}"
        for name in meeting.pack:
            if name not in {d.kind for d in profile.documents if d.subject == "meeting"}:
                yield f"meetings[{i}]", f"a paper of meetings instead of {name}"
        for name in (meeting.minutes_by.removeprefix("convenor"), meeting.approval, *meeting.confirmed_by):
            if name and name not in posts:
                yield f"meetings[{i}]", f"a post of this profile instead of {name}"
        if meeting.cadence != "on_request" and not meeting.clock:
            yield f"meetings[{i}]", f"the rule of the clock that counts each {meeting.cadence} (clock)"
    if any(m.convenor_setting and m.convenor_setting not in settings for m in profile.meetings):
        return  # already said; kinds cannot be compiled on it
    for kind in kinds_of(profile, profile.defaults()).values():
        if kind.steps:
            for expected in (*_shape(kind, posts), *_states(kind), *_clocks(kind, profile)):
                yield places[kind.id], expected


def _begins(record: Record, begins: Begins, profile: Profile) -> Iterator[str]:
    """Yield what the desk is to fill in and cannot."""
    fields, figures = {f.name for f in record.fields}, {one.id for one in profile.indicators}
    named = [
        *begins.figures,
        *begins.counts,
        *begins.rates,
        *(n for n in (begins.triggers, begins.unit, begins.year) if n),
    ]
    draw = begins.draw
    named += [draw.seed, draw.said] if draw else []
    yield from (f"a field of {record.id} instead of {name}" for name in named if name not in fields)
    for name in [
        *(i for some in begins.figures.values() for i in some),
        *begins.counts.values(),
        *begins.rates.values(),
    ]:
        if name not in figures:
            yield f"an indicator of this profile instead of {name}"
    table = next((t for t in record.tables if draw and t.name == draw.table), None)
    if draw and (table is None or table.field(draw.case) is None or table.field(draw.stratum) is None):
        yield f"a table of {record.id} with {draw.case} and {draw.stratum} instead of {draw.table}"


def _shape(kind: RecordKind, posts: set[str]) -> Iterator[str]:
    """Yield names in steps, tables and fields that nobody knows."""
    seen: set[str] = set()
    for field in kind.fields:
        if field.name in seen:
            yield f"each field once; {field.name} stands twice"
        seen.add(field.name)
        yield from _field(field)
    for table in kind.tables:
        yield from _table(kind, table)
    for step in kind.steps:
        yield from _step(kind, step, posts)
    for name in kind.title:
        if kind.field(name) is None:
            yield f"a field of {kind.id} as title instead of {name}"
    said = kind.explains
    if said is not None:
        for name in (said.place, said.object, *said.words, *(n for n in (said.since, said.until) if n)):
            if kind.field(name) is None:
                yield f"a field of {kind.id} in explains instead of {name}"
    sent = kind.cosigns
    if sent is not None:
        for name in (sent.to, sent.case, sent.reply, sent.sha256, sent.text, sent.words):
            if kind.field(name) is None:
                yield f"a field of {kind.id} in cosigns instead of {name}"
        for code in (sent.agree, sent.object):
            if kind.step(code) is None:
                yield f"a step of {kind.id} in cosigns instead of {code}"


def _field(field: RecordField) -> Iterator[str]:
    if field.type == "choice" and not field.choices:
        yield f"choices for {field.name}"
    for code, words in field.choices.items():
        if len(words) != 2:
            yield f"two words (zh, en) for the choice {code} of {field.name}"
    if field.personal and (field.source or field.type not in {"line", "text"} or field.event or field.sets):
        yield f"words that a person types in a personal field; {field.name} is more than that"


def _table(kind: RecordKind, table: RecordTable) -> Iterator[str]:
    for field in table.fields:
        yield from _field(field)
        if field.personal:
            yield f"open fields in the lines of {table.name}; {field.name} is personal"
    for word, name in (("due", table.due), ("body", table.body), ("once", table.once)):
        found = table.field(name) if name else None
        if name and found is None:
            yield f"a field of {table.name} as {word} instead of {name}"
        if word == "due" and found is not None and found.type not in {"date", "moment"}:
            yield f"a date as due of {table.name} instead of {name}"
    if table.open and not any(step.closes == table.name for step in kind.steps):
        yield f"a step that closes the lines of {table.name}, one by one"
    of = kind.table(table.among) if table.among else None
    if table.among and (of is None or not table.once or of.field(table.once) is None):
        yield f"a table with the field {table.once or 'that is once'} in among of {table.name} instead of {table.among}"
    counted = table.field(table.counts) if table.counts else None
    if table.counts and (counted is None or counted.type != "int"):
        yield f"a whole number (int) of {table.name} in counts instead of {table.counts}"
    said = table.follows
    if said is not None:
        there = kind.table(said.table)
        if there is None or not there.open or table.field(said.line) is None or table.field(said.field) is None:
            yield f"an open table, and fields of {table.name}, in follows of {table.name}"
    heard = table.heard
    if heard is not None:
        rows, told = kind.table(heard.table), kind.table(heard.told)
        if rows is None or told is None or rows.field(heard.field) is None or not rows.body or not told.body:
            yield f"tables with a body, and a field of {heard.table}, in heard of {table.name}"


def _step(kind: RecordKind, step: RecordStep, posts: set[str]) -> Iterator[str]:
    for name in step.who:
        if name not in WHO | posts:
            yield f"a post or one of {', '.join(sorted(WHO))} for step {step.code} instead of {name}"
        if name == "approver" and not kind.approver:
            yield f"an approver (approval) for step {step.code}"
    for name in step.persons:
        if name not in DUTIES:
            yield f"one of {', '.join(sorted(DUTIES))} for step {step.code} instead of {name}"
    for name in (*step.fields, *step.optional):
        field = kind.field(name)
        if field is None or field not in kind.asked():
            yield f"a field of {kind.id} that people fill, for step {step.code}, instead of {name}"
    for name in (*step.adds, *step.needs_lines, *(n for n in (step.closes, step.all_closed, step.covers) if n)):
        if kind.table(name) is None:
            yield f"a table of {kind.id} for step {step.code} instead of {name}"
    for name, wanted in step.whole.items():
        rows = kind.table(name)
        for one in wanted:
            if rows is None or rows.field(one) is None:
                yield f"fields of a table of {kind.id} in whole of step {step.code} instead of {name}.{one}"
    if step.instead and kind.step(step.instead) is None:
        yield f"a step of {kind.id} instead of {step.instead}, for step {step.code}"
    covered = kind.table(step.covers) if step.covers else None
    if covered is not None and not all(f and f.type == "moment" for f in _spans(kind, covered)):
        yield f"moments from and until in {kind.id} and in {step.covers}, for step {step.code}"


def _spans(kind: RecordKind, table: RecordTable) -> list[RecordField | None]:
    return [where.field(name) for where in (kind, table) for name in ("from", "until")]


def _states(kind: RecordKind) -> Iterator[str]:
    """Yield states that nothing reaches or leaves, and steps of states that are not."""
    codes = {s.code for s in kind.states}
    openings = [s for s in kind.steps if s.code == "open"]
    if len(openings) != 1 or openings[0].states != [""] or openings[0].to not in codes:
        yield f"one step open of {kind.id}, from '' to a state"
    for step in kind.steps:
        for code in (*step.states, *([step.to] if step.to else [])):
            if code not in codes | {""} or (code == "" and step.code != "open"):
                yield f"a state of {kind.id} for step {step.code} instead of {code or 'none'}"
    reached = {""}
    for _ in kind.states:
        reached |= {s.to for s in kind.steps if s.to and reached & set(s.states)}
    for state in kind.states:
        if state.code not in reached:
            yield f"a state of {kind.id} that some step leads to; nothing leads to {state.code}"
        if not state.end and not any(state.code in s.states and s.to not in {"", state.code} for s in kind.steps):
            yield f"a way out of {state.code} of {kind.id}, or end: true"


def events_of(kind: RecordKind) -> set[str]:
    """Return every event that a record of a kind can raise."""
    found = {s.code for s in kind.steps} | {s.event for s in kind.steps if s.event}
    return found | {f.event for f in kind.fields if f.event}


def _clocks(kind: RecordKind, profile: Profile) -> Iterator[str]:
    """Yield clocks that can never start or stop, and duties that no clock counts."""
    raised = events_of(kind)
    owed = kind.owed
    for rule in kind.clocks:
        found = [d for d in profile.deadlines if d.rule == rule]
        counted = owed is not None and owed.clock == rule
        if found and not counted and not any(_runs(d, raised) for d in found):
            yield f"an event of {kind.id} that starts and one that stops {rule}"
    for field in kind.fields:
        if field.sets and field.sets not in kind.clocks:
            yield f"a clock of {kind.id} that {field.name} sets, instead of {field.sets}"
    if owed is None:
        return
    if owed.event not in raised:
        yield f"an event of {kind.id} by which the duty is met, instead of {owed.event}"
    units = {d.unit for d in profile.deadlines if d.rule == owed.clock}
    if owed.clock and not units & CADENCES:
        yield f"the rule of a clock with a period for the duty of {kind.id} instead of {owed.clock}"


def _runs(clock: Deadline, raised: set[str]) -> bool:
    return bool(raised & set(clock.start)) and bool(raised & set(clock.stop))
