"""Ledger records 台账 on the desk: opened, stepped on, listed, shown, owed, and looked up for a complaint."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import ledger_views as lv
from liaison_app.desk import views
from liaison_app.desk.deciding import Deciding, fits, happened_in
from liaison_app.desk.issuing import check_record_paper
from liaison_app.desk.ledger_clocks import record_clocks
from liaison_app.desk.ledger_rows import kind_of_record, record_rows, rules_of_record, understood_record
from liaison_app.desk.ledger_showing import LedgerShower
from liaison_app.desk.likeness import alike
from liaison_app.desk.numbering import Numbers
from liaison_app.desk.owed import Met, Owing, owing
from liaison_app.desk.signing import entries, printable, sign
from liaison_app.domain.case import Actor, Happened
from liaison_app.domain.decide import happened
from liaison_app.domain.decide_ledger import decide_open, decide_step
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Stamped
from liaison_app.domain.ledger import LedgerRecord, fold, moments, readers
from liaison_app.domain.ledger_commands import LedgerCommand, OpenRecord, StepRecord
from liaison_app.domain.ledger_events import RecordStepped
from liaison_app.domain.ledger_kinds import RecordKind
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.records import Entry, record_stream
from liaison_app.domain.text import place_key
from liaison_app.mechanism.cadences import fits as fits_period
from liaison_app.mechanism.cadences import period_of, words
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.store import journal, leasing, projections, queries, shared
from liaison_app.store import ledger_queries as lq
from liaison_app.store.shared import OwnAct
from liaison_app.words import labels

OWN: Final = frozenset(
    {"fields", "personal", "lines", "period", "replaces", "reason", "line", "happened_at", "late_reason", "for", "for_body",
     "evidence"}
)  # fmt: skip
"""Words of a record act that are no fields of its kind."""


def record_of(act: OwnAct) -> str:
    """Return the record that an act is on, '' for one on a case or a register."""
    if act.kind == "open-record":
        return act.id
    streams = (name for name, _ in journal.HEADER.decode(act.header).streams)
    return next((name.removeprefix(shared.RECORD) for name in streams if name.startswith(shared.RECORD)), "")


class Ledger(Deciding):
    """A desk that keeps ledger records beside its cases."""

    # -- kinds ----------------------------------------------------------------------------------

    def record_kinds(self) -> tuple[lv.KindView, ...]:
        """Return the kinds of records and meetings in which the own body has a part, with their forms."""
        body, found = self._person.body, []
        owed = {one.kind.id: one.period for one in reversed(self._owing(body))}
        for kind in self._kinds().values():
            if kind.steps and (
                body in kind.openers or body in {*kind.receivers, *kind.readers, *kind.minutes, kind.approver}
            ):
                found.append(self._kind_view(kind, owed.get(kind.id, "")))
        return tuple(found)

    def _kind_view(self, kind: RecordKind, owed: str) -> lv.KindView:
        show, ledger = self._show(), self._ledger()
        opening, duty = kind.step("open"), kind.owed
        deadlines = {d.rule: d for d in self.rules.profile.deadlines}
        limits = [d.en if self.lang == "en" else d.zh for rule in kind.clocks if (d := deadlines.get(rule))]
        periods: tuple[tuple[str, str], ...] = ()
        if duty is not None and duty.every != "once":
            now = period_of(duty.every, self.now().date())
            periods = tuple((p, words(p, self.lang)) for p in dict.fromkeys([owed, now]) if p)
        begins = next((r.begins for r in self.rules.profile.records if r.id == kind.id), None)
        return lv.KindView(
            begins=begins is not None, filled_by=tuple(n for n in (begins.unit, begins.year) if n) if begins else (), kind=kind.id, group=kind.group, name=ledger.kind_name(kind), rules=tuple(kind.rules),
            kept_by=tuple(map(show.body, kind.openers)), sent_to=tuple(map(show.body, kind.receivers)),
            limits=tuple(limits), owed=labels.choice("every", duty.every, self.lang) if duty else "",
            may_open=self._person.body in kind.openers and kind.cosigns is None, agenda=tuple(kind.agenda), document=kind.document,
            form=ledger.step(kind, opening, None, self._person.body) if opening else None, periods=periods, period=owed,
            opens_for=ledger.opens_for(kind, self._person.body),
        )  # fmt: skip

    # -- reading --------------------------------------------------------------------------------

    def records(self, name: str = "all", *, after: str | None = None, limit: int = 50) -> lv.RecordPageView:
        """Return a page of the records that the own body reads, newest first.

        ``name``: all, open, kind:ID, group:record or group:meeting. Raise RuleBroken ``record_kind_unknown``.
        """
        kind = name.partition(":")[2] if name.startswith("kind:") else ""
        if kind and kind not in self._kinds():
            raise RuleBroken("record_kind_unknown", field="kind", value=kind, known=sorted(self._kinds()))
        key = tuple(after.split("|", 1)) if after else None
        with self._replica.read() as connection:
            rows = lq.page(connection, self._person.body, name, key, limit + 1)  # type: ignore[arg-type]
        ledger = self._ledger()
        items = tuple(ledger.row(self._kinds().get(r[2]), r[1:]) for r in rows[:limit])
        following = f"{rows[limit - 1][0]}|{rows[limit - 1][1]}" if len(rows) > limit else None
        return lv.RecordPageView(items=items, next=following)

    def record(self, ref: str) -> lv.RecordView:
        """Return a record whole. Raise RuleBroken ``record_unknown``."""
        with self._replica.read() as connection:
            story = self._record_happened(connection, self._find_record(connection, ref))
        record, kind = self._folded_record(story)
        if self._person.body not in readers(record, kind):
            raise RuleBroken("record_unknown", field="record", value=ref)
        show = LedgerShower(rules_of_record(self.rules, record), self.lang, self._show())
        return show.record(record, kind, story, self._person.body, self._actor().roles)

    def folded_records(self, seen: Connection | None = None) -> Iterator[tuple[LedgerRecord, RecordKind]]:
        """Yield every record that this desk holds with its kind; those of kinds that no version knows are passed over.

        ``seen``: the state of the replica that is being read, where other things are read of the same.
        """
        with nullcontext(seen) if seen is not None else self._replica.read() as connection:
            stories = [[happened_in(line) for line in lines] for _, lines in journal.all_records(connection)]
        for story in stories:
            record = fold(story)
            kind = None if record is None else kind_of_record(self.rules, record)
            if record is not None and kind is not None:
                yield record, kind

    def owed(self, body: str = "") -> tuple[lv.OwedView, ...]:
        """Return what a body (the own when none is named) owes now: earliest first."""
        return tuple(self._owed_view(one) for one in self._owing(body or self._person.body))

    def owed_to(self, kind_id: str) -> tuple[lv.OwedView, ...]:
        """Return who still owes a kind of record, for whoever collects them (OFFICE C5)."""
        kind = self._kind(kind_id)
        found: list[Owing] = []
        for body in kind.owed.by if kind.owed else ():
            found += self._owing(body, only=kind_id)
        return tuple(self._owed_view(one) for one in found)

    def record_tasks(self) -> list[views.TaskView]:
        """Return what waits for the own body in records, and what it owes: lines of 今日待办."""
        now, ledger, kinds = self.now(), self._ledger(), self._kinds()
        with self._replica.read() as connection:
            rows = queries.rows(connection, lq.RECORD_TASKS, body=self._person.body, limit=200)
            lines = {row[4]: fold(self._record_happened(connection, row[4])) for row in rows if row[2]}
        found = []
        for task, code, line, due, *values in rows:
            kind = kinds.get(values[1])
            step = kind.step(code) if kind else None
            row = ledger.row(kind, values)
            limit = china(due) if due and due != "9999" else None
            level, left = labels.countdown(limit, None, now, self.lang) if limit else ("none", "")
            what = ledger.pick(step.zh, step.en) if step else code
            where = f" {line}" if line else ""
            matter = self._line_words(kind, lines.get(row.record_id), task, line)
            found.append(
                views.TaskView(
                    id=task, kind="record", label=labels.said(row.kind_name, f"{what}{where}", self.lang), case_id="", number=row.number,
                    title=matter or f"{row.body_name} {row.period_words} {row.title}".replace("  ", " ").strip(),
                    due=due if limit else None, level=level, countdown=left, action=code, record_id=row.record_id,
                )
            )  # fmt: skip
        for one in self.owed():
            found.append(
                views.TaskView(
                    id=f"owed/{one.kind}/{one.period}", kind="owed", label=one.kind_name, case_id="", number=one.rule,
                    title=labels.pick(("应报：", "Owed: "), self.lang) + (one.period_words or one.kind_name), due=one.due,
                    level=one.level, countdown=one.countdown, action="open", record_kind=one.kind, period=one.period,
                )
            )  # fmt: skip
        return found

    def _line_words(self, kind: RecordKind | None, record: LedgerRecord | None, task: str, n: int) -> str:
        """Return what a line says that waits (a decision), '' for what waits of the whole record."""
        table = kind.table(task.split("/")[1]) if kind is not None and n else None
        line = record.line(table.name, n) if record is not None and table is not None else None
        return (
            ""
            if table is None or line is None
            else self._ledger().value(table.fields[0], line.values.get(table.fields[0].name))[:60]
        )

    def explained(self, place: str, thing: str) -> tuple[lv.ExplainView, ...]:
        """Return the publicity and night-work records that explain a complaint about a place or an object (OFFICE C4)."""
        wanted = place_key(place), place_key(thing)
        if not any(wanted):
            return ()
        today, found = stamp(self.now())[:10], []
        with self._replica.read() as connection:
            for record_id, since, _until, there, what in queries.rows(connection, lq.PLACES, day=today):
                because = alike(wanted, (there, what))
                if because and (not since or since <= today):
                    found.append((record_id, because, self._record_happened(connection, record_id)))
        ledger, shown = self._ledger(), []
        for record_id, because, story in found[:5]:
            record, kind = self._folded_record(story)
            said = kind.explains
            fields = [f for name in (said.words if said else ()) if (f := kind.field(name))]
            shown.append(
                lv.ExplainView(
                    record_id=record_id, kind_name=ledger.kind_name(kind), number=record.number,
                    title=" ".join(str(record.fields.get(n) or "") for n in ((said.object, said.place) if said else ())),
                    body_name=self._show().body(record.body), because=labels.choice("likeness", because, self.lang),
                    words=tuple(
                        (ledger.pick(f.zh, f.en), ledger.value(f, record.fields.get(f.name)))
                        for f in fields
                        if record.fields.get(f.name)
                    ),
                )
            )  # fmt: skip
        return tuple(shown)

    def read_records(self, kinds: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return every record as plain data for figures: no personal word in it.

        Each: kind, group, number, body, period, state, opened_at, ended, replaced, fields, events (event → first moment),
        steps (step, at, body), lines by table (n, values, added_at, closed_at), clocks (rule, event, owner, start, due,
        met_at, state).
        """
        with self._replica.read() as connection:
            streams = [lines for _, lines in journal.all_records(connection)]
        found = []
        for lines in streams:
            record = fold(map(happened_in, lines))
            kind = kind_of_record(self.rules, record) if record else None
            if record is None or kind is None or (kinds and record.kind not in kinds):
                continue
            row = record_rows(record, self.rules).record_row
            found.append(
                {
                    "record": record.id, "kind": record.kind, "group": kind.group, "number": record.number,
                    "body": record.body, "period": row[6], "state": record.state, "opened_at": record.opened_at,
                    "ended": row[11] == "ended", "replaced": record.replaced, "fields": dict(record.fields),
                    "events": moments(record, kind),
                    "steps": [{"step": t.step, "at": t.at, "body": t.body} for t in record.taken],
                    "lines": {
                        t.name: [
                            {"n": line.n, "values": line.values, "added_at": line.added_at, "closed_at": line.closed_at}
                            for line in record.standing(t.name)
                        ]
                        for t in kind.tables
                    },
                    "clocks": [
                        {
                            "rule": c.clock.rule.rule, "event": c.clock.rule.event, "line": c.line,
                            "owner": c.clock.owner, "start": stamp(c.clock.start),
                            "due": stamp(c.clock.due.due) if c.clock.due.due else None, "met_at": c.clock.met_at,
                            "state": c.clock.state,
                        }
                        for c in record_clocks(record, kind, rules_of_record(self.rules, record))
                    ],
                }
            )  # fmt: skip
        return found

    # -- acting ---------------------------------------------------------------------------------

    def open_record(self, kind: str, data: Mapping[str, Any]) -> lv.RecordOutcome:
        """Open a record given as plain data; what is no word of the act is a field. Raise RuleBroken naming the field."""
        found = self._kind(kind)
        command = self._record_command(OpenRecord, found, data, kind=kind)
        assert isinstance(command, OpenRecord)
        duty = found.owed
        if duty is not None and not command.period and not duty.shared and duty.every != "once":
            body = command.proxy.body if command.proxy and command.proxy.body else self._person.body
            open_ = [one.period for one in self._owing(body, only=kind)]
            period = open_[0] if open_ else period_of(duty.every, self.now().date())
            command = msgspec.structs.replace(command, period=period)
        if command.period and (duty is None or not fits_period(duty.every, command.period)):
            raise RuleBroken("record_period", field="period", value=command.period)
        return self._record_act(None, command)

    def step_record(self, ref: str, step: str, data: Mapping[str, Any]) -> lv.RecordOutcome:
        """Take a step of a record, given as plain data. Raise RuleBroken naming the field."""
        with self._replica.read() as connection:
            record_id = self._find_record(connection, ref)
            record, kind = self._folded_record(self._record_happened(connection, record_id))
        if self._person.body not in readers(record, kind):
            raise RuleBroken("record_unknown", field="record", value=ref)
        return self._record_act(record_id, self._record_command(StepRecord, kind, data, step=step))

    def _record_command(
        self, shape: type[OpenRecord] | type[StepRecord], of: RecordKind, data: Mapping[str, Any], **named: Any
    ) -> LedgerCommand:
        """Return a command from plain data: fields that are personal by their kind travel apart."""
        given = {**{k: v for k, v in data.items() if k not in OWN}, **dict(data.get("fields") or {})}
        given |= dict(data.get("personal") or {})
        personal = {n: v for n, v in given.items() if (f := of.field(n)) and f.personal}
        plain: dict[str, Any] = {k: v for k, v in data.items() if k in OWN - {"for", "for_body", "evidence"}}
        plain |= named | {"fields": {n: v for n, v in given.items() if n not in personal}, "personal": personal}
        if data.get("for"):
            plain["proxy"] = {"person": self._person_id(str(data["for"])), "body": str(data.get("for_body") or ""),
                              "evidence": str(data.get("evidence") or "")}  # fmt: skip
        try:
            return msgspec.convert(plain, shape, strict=False)
        except msgspec.ValidationError as error:
            reason, _, where = str(error).partition(" - at `$.")
            raise RuleBroken("field_type", field=where.rstrip("`") or "data", reason=reason) from None

    def _record_act(self, record_id: str | None, command: LedgerCommand) -> lv.RecordOutcome:
        action = str(type(command).__struct_config__.tag)
        try:
            with self._replica.write() as connection:
                outcome = self._decide_record(connection, record_id, command)
        except RuleBroken as refused:
            self.log.refused(action, refused)
            raise self._in_words(refused) from None
        except Exception as error:
            self.log.refused(action, error)
            raise
        self.log.note("act", action=action)
        self._tell({outcome.record})
        return outcome

    def _decide_record(
        self, connection: Connection, record_id: str | None, command: LedgerCommand, numbers: Numbers | None = None
    ) -> lv.RecordOutcome:
        """The straight walk of a record act: state, decide, sign, entries and projections in one transaction."""
        member, command = self.rules.founding == "member", self._plain(command)
        now, who, pen = self.now(), self._actor(), self._pen(connection)
        numbers = numbers or Numbers(connection, self.rules)
        at, stamped, versions, mechanism = self._decided(connection, record_id, command, who, now, numbers)
        pen.registers["profile"] = mechanism
        act, lines = sign(pen, who, command, record_id, at, now, stamped, versions, "bodies")
        if member:
            fits(act, lines, 1 << 20)
        journal.append(connection, [act], lines, pending=member)
        if member:
            shared.put_outbox(connection, [(act.id, "[]", act.recorded_at)])
            leasing.put_numbers(connection, act.id, numbers.taken())
        changed = dict.fromkeys(line.stream.partition("/")[2] for line in lines)
        folded = [self._folded_record(self._record_happened(connection, one))[0] for one in changed]
        projections.put_records(connection, [record_rows(r, self.rules) for r in folded])
        new = folded[0]
        return lv.RecordOutcome(
            record=new.id, number=new.number, kind=new.kind, state=new.state, entries=tuple(e.id for e in lines),
            act=act.id,
        )  # fmt: skip

    def _plain(self, command: LedgerCommand) -> LedgerCommand:
        found = printable(command)
        assert isinstance(found, OpenRecord | StepRecord)
        return found

    def _decided(
        self, connection: Connection, record_id: str | None, command: LedgerCommand, who: Actor, now: datetime,
        numbers: Numbers,
    ) -> tuple[datetime, tuple[Stamped, ...], dict[str, int], str]:  # fmt: skip
        """Return when the act happened, its events, the versions of its streams and the version of the profile it goes by."""
        record: LedgerRecord | None = None
        old: LedgerRecord | None = None
        if isinstance(command, OpenRecord):
            rules = self.rules.at(happened(command, now))
            kind = kinds_of(rules.profile, rules.settings).get(command.kind) or self._kind(command.kind)
            if command.replaces:
                old_id = self._find_record(connection, command.replaces)
                old, _ = self._folded_record(self._record_happened(connection, old_id))
            at, stamped = decide_open(kind, command, rules, who, now, numbers, old)
        else:
            record, kind = self._folded_record(self._record_happened(connection, record_id or ""))
            rules = rules_of_record(self.rules, record)
            check_record_paper(command, record, rules.profile, who)
            at, stamped = decide_step(record, kind, command, rules, who, now)
        streams = [record_stream(r.id) for r in (record, old) if r is not None]
        versions = {name: journal.version_of(connection, name) for name in streams}
        return at, stamped, versions, rules.mechanism

    def _record_again(self, connection: Connection, act: OwnAct, command: LedgerCommand) -> list[Entry]:
        """Decide a record act again on the present state, with its number. Raise RuleBroken when it is no longer allowed."""
        person = self.roster.person(act.person)
        who = Actor(person=person.id, body=act.body, roles=frozenset(person.roles), device=act.device)
        record_id = act.id if isinstance(command, OpenRecord) else record_of(act)
        numbers = Numbers(connection, self.rules, leasing.numbers_of(connection, act.id))
        _, stamped, versions, _ = self._decided(
            connection, None if isinstance(command, OpenRecord) else record_id, command, who, china(act.recorded_at), numbers
        )  # fmt: skip
        if isinstance(command, StepRecord):
            theirs = journal.stream_acts_since(connection, record_stream(record_id), act.id)
            _same_field(
                stamped[0].event, [h for h in self._record_happened(connection, record_id) if h.act_id in theirs]
            )
        return entries(act.id, record_id, act.body, stamped, versions)[0]

    def _project_records(self, connection: Connection, record_ids: Sequence[str]) -> None:
        """Write the rows of records anew; one without entries leaves the lists."""
        found = {i: understood_record(self._record_happened(connection, i), self.rules) for i in record_ids}
        projections.drop_records(connection, [i for i, one in found.items() if one is None])
        projections.put_records(connection, [one[1] for one in found.values() if one is not None])

    def _in_words(self, refused: RuleBroken) -> RuleBroken:
        """Return a refusal that names bodies as people know them."""
        facts = dict(refused.facts)
        if isinstance(facts.get("body"), str):
            facts["body"] = self._show().body(facts["body"])
        return RuleBroken(refused.code, **facts)

    # -- inside ---------------------------------------------------------------------------------

    def _kinds(self) -> dict[str, RecordKind]:
        return kinds_of(self.rules.profile, self.rules.settings)

    def _kind(self, code: str) -> RecordKind:
        kind = self._kinds().get(code)
        if kind is None:
            raise RuleBroken("record_kind_unknown", field="kind", value=code, known=sorted(self._kinds()))
        return kind

    def _ledger(self) -> LedgerShower:
        return LedgerShower(self.rules, self.lang, self._show())

    def _record_happened(self, connection: Connection, record_id: str) -> list[Happened]:
        return [happened_in(line) for line in journal.stream_lines(connection, record_stream(record_id))]

    def _folded_record(self, happened: Sequence[Happened]) -> tuple[LedgerRecord, RecordKind]:
        record = fold(happened)
        if record is None:
            raise RuleBroken("record_unknown", field="record", value="")
        kind = kind_of_record(self.rules, record)
        if kind is None:
            raise RuleBroken("record_kind_unknown", field="kind", value=record.kind, known=sorted(self._kinds()))
        return record, kind

    def _find_record(self, connection: Connection, ref: str) -> str:
        found = lq.find_record(connection, ref)
        if found is None:
            raise RuleBroken("record_unknown", field="record", value=ref)
        return found

    def _project_record(self, _record_id: str, lines: list[journal.Line]) -> projections.RecordRows | None:
        found = understood_record([happened_in(line) for line in lines], self.rules)
        return None if found is None else found[1]

    def _owing(self, body: str, only: str = "") -> list[Owing]:
        kinds = [k for k in self._kinds().values() if k.owed and k.steps and (not only or k.id == only)]
        if not any(k.owed and body in k.owed.by for k in kinds):
            return []
        now = self.now()
        with self._replica.read() as connection:
            began = queries.rows(connection, lq.BEGAN)[0][0]
            since = min(china(began), now) if began else now

            def met(kind: str, whose: str) -> list[Met]:
                rows = queries.rows(connection, lq.PERIODS, kind=kind, body=whose)
                return [(str(p), str(r), str(m), str(u)) for p, r, m, u in rows]

            return owing(self.rules, kinds, body, since, now, met)

    def _owed_view(self, one: Owing) -> lv.OwedView:
        due: datetime | None = one.due.due if one.due else None
        late = one.due.late_after if one.due else None
        level, left = labels.countdown(due, late, self.now(), self.lang) if due else ("none", "")
        why = "" if one.due is None else one.due.why_en if self.lang == "en" else one.due.why
        return lv.OwedView(
            kind=one.kind.id, kind_name=self._ledger().kind_name(one.kind), body=one.body,
            body_name=self._show().body(one.body), period=one.period, period_words=words(one.period, self.lang),
            due=stamp(due) if due else None, level=level, countdown=left, why=why, rule=one.owed.rule,
        )  # fmt: skip


def _same_field(mine: Any, theirs: Sequence[Happened]) -> None:
    """Raise RuleBroken ``same_field`` when another desk gave a field of this step another value since it was taken."""
    assert isinstance(mine, RecordStepped)
    for one in theirs:
        event = one.stamped.event
        said = event.fields if isinstance(event, RecordStepped) else {}
        both = [name for name in mine.fields if name in said and said[name] != mine.fields[name]]
        if both:
            raise RuleBroken(
                "same_field",
                field=both[0],
                mine=str(mine.fields[both[0]]),
                theirs=str(said[both[0]]),
                person=one.person,
            )
