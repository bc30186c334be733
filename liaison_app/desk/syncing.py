"""A desk as member of a district: acts decided again after a pull, what waits, what is to be checked and its end."""

import json
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import sync_views, views
from liaison_app.desk.catching_up import CatchingUp
from liaison_app.desk.deciding import claims_of, folded, happened_in
from liaison_app.desk.issuing import PaperAct, check_issuer
from liaison_app.desk.ledger import record_of
from liaison_app.desk.ledger_rows import rules_of_record
from liaison_app.desk.ledger_showing import LedgerShower
from liaison_app.desk.ledger_views import RecordOutcome
from liaison_app.desk.membership import membership
from liaison_app.desk.numbering import Numbers, blocks_of
from liaison_app.desk.registering import Moved, read_registers
from liaison_app.desk.rules import DeskRules, rules_of
from liaison_app.desk.signing import command_of, entries
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Actor, Case, Happened
from liaison_app.domain.decide import decide, happened
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Completed
from liaison_app.domain.evolving import evolve
from liaison_app.domain.ledger_commands import OpenRecord, StepRecord
from liaison_app.domain.ledger_kinds import RecordField
from liaison_app.domain.moments import china, stamp
from liaison_app.security import keys
from liaison_app.store import desk_tables as small
from liaison_app.store import file_pieces, following, journal, laid_aside, leasing, queries, shared, signed
from liaison_app.store import ledger_queries as lq
from liaison_app.store.laid_aside import Conflict
from liaison_app.store.replica import Replica
from liaison_app.store.shared import RECORD, OwnAct
from liaison_app.sync.link import LinkLost, LinkRefused
from liaison_app.sync.rebase import Again
from liaison_app.sync.rounds import Progress, Round, Rounds
from liaison_app.sync.watching import Watcher as Watcher  # the window names its type
from liaison_app.words import labels
from liaison_app.words.errors import told

if TYPE_CHECKING:
    from liaison_app.sync.wire import Wire

RECOUNTED: Final = frozenset({"register/calendar", "register/settings", "register/profiles"})
"""Registers whose change moves due dates: every case is projected anew."""
LEDGER: Final = frozenset({"open-record", "record-step"})
"""Acts on ledger records."""
UNSAID: Final = frozenset({"do", "matter", "happened_at", "late_reason", "proxy", "source_key", "source_note"})
"""Fields of a command that say nothing to a person who compares two acts."""


class _Story(msgspec.Struct):
    """A case while acts on it are decided again: its events, what they come to, and up to which entry they were read."""

    happened: list[Happened]
    case: Case | None
    upto: int = 0


class Syncing(CatchingUp):
    """Implements :class:`liaison_app.sync.rebase.Decider`, and lets a person see and end what is to be checked."""

    def __init__(
        self, replica: Replica, bundle: keys.Bundle, rules: DeskRules, person: str, *, lang: str, now: datetime | None
    ) -> None:
        super().__init__(replica, bundle, rules, person, lang=lang, now=now)
        self._turn = threading.Lock()
        self._moved_dues: Moved = []
        """The open due dates that the last change of the registers moved."""

    # -- deciding again (inside the transaction that takes a page) --------------------------------

    def decide_again(self, connection: Connection, act: OwnAct, stories: dict[str, Any]) -> Again:
        """Decide an act on the present state with the numbers it carries; a case is read once for all acts that follow.

        Raises RuleBroken when it is no longer allowed, ``same_field`` when another desk changed the same field.
        """
        command = command_of(act.open, act.personal)
        if isinstance(command, OpenRecord | StepRecord):
            return Again(self._record_again(connection, act, command), "[]")
        case_id = act.case_id or act.id
        self._still_ours(connection, case_id)
        story = self._story(connection, stories, case_id, act.body)
        case = None if isinstance(command, cmd.Register) else story.case
        if case is None and not isinstance(command, cmd.Register):
            raise RuleBroken("case_unknown", value="")
        if case is not None and isinstance(command, cmd.Complete):
            theirs = journal.acts_since(connection, case_id, act.id)
            _same_field(command, [h for h in story.happened if h.act_id in theirs and not h.stamped.event.inner])
        person = self.roster.person(act.person)
        who = Actor(person=person.id, body=act.body, roles=frozenset(person.roles), device=act.device)
        now = china(act.recorded_at)
        rules = self.rules.of(case) if case else self.rules.at(happened(command, now))
        if case is not None and isinstance(command, PaperAct):
            told = [h for h in story.happened if not h.stamped.event.inner]
            check_issuer(command, case, told, rules, who, now, self._show().body)
        numbers = Numbers(connection, self.rules, leasing.numbers_of(connection, act.id))
        there = self._other(connection, case, command)
        other = folded(there) if there else None
        _, stamped = decide(case, command, rules, who, now, numbers, other)
        stamped = self._one_sided(connection, stamped)
        versions = self._versions(connection, case_id, act.body)
        if other is not None:
            versions |= self._versions(connection, other.id, act.body)
        lines, _ = entries(act.id, case_id, act.body, stamped, versions)
        return Again(lines, claims_of(case, command, rules, who))

    def _story(self, connection: Connection, stories: dict[str, Any], case_id: str, body: str) -> "_Story":
        """Return what stands of a case: read whole, then only what was decided again since."""
        upto, key = journal.last_place(connection), f"{case_id}/{body}"
        story: _Story | None = stories.get(key)
        if story is None:
            found = self._happened(connection, case_id, body)
            shared_ones = [one for one in found if not one.stamped.event.inner]
            story = stories[key] = _Story(found, folded(shared_ones) if shared_ones else None)
        elif story.upto < upto:
            for one in map(happened_in, journal.case_lines(connection, case_id, body, after=story.upto)):
                story.happened.append(one)
                if not one.stamped.event.inner:
                    story.case = evolve(story.case, one)
        story.upto = upto
        return story

    def registers_changed(self, connection: Connection, streams: Collection[str]) -> None:
        """Go by the registers as they stand now; due dates are counted anew where they may move."""
        rules = rules_of(read_registers(connection))
        if RECOUNTED & set(streams):
            self._moved_dues = self._recount(connection, rules)
        self.rules = rules

    def moment(self) -> str:
        """Return the desk's time."""
        return stamp(self.now())

    # -- rounds ------------------------------------------------------------------------------------

    def rounds(
        self, *, progress: Progress = lambda what, n, of: None, in_use: Callable[[], bool] = lambda: False,
        limit: int | None = None,
    ) -> Rounds:  # fmt: skip
        """Return what runs rounds for this desk. Raise RuleBroken ``not_member``."""
        if self.rules.founding != "member":
            raise RuleBroken("not_member")
        return Rounds(
            self._replica, self, body=self._person.body, in_use=in_use, blocks=blocks_of(self.rules.profile), progress=progress,
            changed=lambda subjects: self._tell({one.removeprefix(RECORD) for one in subjects}), limit=limit,
            turn=self._turn,
        )  # fmt: skip

    def desks_behind(self, until: str) -> tuple[str, ...]:
        """Synchronise, and return whose desks the shared database last heard before a moment: ``body/person``.

        Raises RuleBroken ``register_needs_line``.
        """
        try:
            with self.line() as wire:
                self.remember_round(self.rounds().run(wire, hello=True), None)
                desks = wire.status().get("desks") or ()
        except LinkLost as lost:
            raise RuleBroken("register_needs_line", why=lost.code) from None
        late = [d for d in desks if not d["seen_at"] or stamp(datetime.fromisoformat(d["seen_at"])) < until]
        return tuple(f"{d['body']}/{d['person']}" for d in late)

    def line(self) -> "Wire":
        """Open the line to the shared database. Raises LinkLost or LinkRefused with the reason."""
        from liaison_app.sync.wire import Wire  # the driver is read only where a line is opened

        member = membership(self._replica)
        if member is None:
            raise RuleBroken("not_member")
        if not member.url:
            raise LinkLost("line_by_file")
        try:
            return Wire(member.url, member.role, keys.line_secret(self.home, self._bundle))
        except LinkRefused as refused:
            fresh = keys.next_line_secret(self.home, self._bundle)
            if refused.code != "server_password" or not fresh:
                raise
            wire = Wire(member.url, member.role, fresh)  # the answer to a change of password was lost
            keys.promote_line_secret(self.home, self._bundle)
            return wire

    def sync(self, *, progress: Progress = lambda what, n, of: None, limit: int | None = None) -> Round:
        """Run one round now; what came of it is remembered for the status line. Raises LinkLost, LinkRefused …"""
        rounds = self.rounds(progress=progress, limit=limit)
        try:
            with self.line() as wire:
                done = rounds.run(wire, hello=True)
        except RuleBroken as error:
            self.remember_round(None, error)
            raise
        self.remember_round(done, None)
        return done

    def watcher(
        self, *, told: Callable[[Round | None, RuleBroken | None], None] = lambda done, error: None,
        in_use: Callable[[], bool] = lambda: False, progress: Progress = lambda what, n, of: None,
        only_now: bool = False,
    ) -> Watcher:  # fmt: skip
        """Return the network thread of this desk, not started yet; own acts wake it through :meth:`subscribe`."""

        def remember(done: Round | None, error: RuleBroken | None) -> None:
            self.remember_round(done, error)
            told(done, error)

        return Watcher(self.rounds(progress=progress, in_use=in_use), self.line, told=remember, only_now=only_now)

    def remember_round(self, done: Round | None, error: RuleBroken | None) -> None:
        """Keep when the last round ended, or why it did not."""
        with self._replica.write(lasting=False) as connection:
            if error is None:
                small.put_meta(connection, "sync.last", self.moment())
                small.put_meta(connection, "sync.off", "")
            elif not small.get_meta(connection, "sync.off"):
                small.put_meta(connection, "sync.off", self.moment())
            small.put_meta(connection, "sync.code", error.code if error else "")
            small.put_meta(connection, "sync.facts", json.dumps(dict(error.facts) if error else {}, default=str))
        if error is not None:
            self.log.refused("sync", error)

    # -- what waits --------------------------------------------------------------------------------

    def sync_state(self) -> sync_views.SyncState:
        """Return how this desk stands with the shared database."""
        with self._replica.read() as connection:
            waiting, since = shared.outbox_count(connection)
            points = following.checkpoints(connection).values()
            last = small.get_meta(connection, "sync.last")
            code = small.get_meta(connection, "sync.code") or ""
            off = small.get_meta(connection, "sync.off") or ""
            facts = json.loads(small.get_meta(connection, "sync.facts") or "{}")
            checks = len(laid_aside.conflicts(connection, limit=1000))
            left, files = leasing.leased_left(connection), file_pieces.files_on_the_way(connection)
            wrong = signed.wrong_ones(connection)
            if not code and wrong:
                code, facts = "signature_missing", {"count": len(wrong)}
            if not code and journal.devices(connection, "new"):
                code = "device_new"
            unreadable = (small.get_meta(connection, shared.UNREADABLE) or "").split()
            if not code and unreadable:
                code, facts = "case_unreadable", {"count": len(unreadable), "value": unreadable[0]}
        unread = "、".join(self.rules.unread)
        message = (
            told(code, facts, self.lang)
            if code
            else told("version_unread", {"value": unread}, self.lang)
            if unread
            else ""
        )
        return sync_views.SyncState(
            member=self.rules.founding == "member", waiting=waiting, since=since, last_sync=last, code=code,
            message=message, received=sum(p.pos for p in points), files_out=files[0], files_in=files[1], off_since=off,
            head=sum(max(p.head, p.pos) for p in points), to_check=checks,
            numbers=tuple((f"{body} {kind} {year}", n) for (body, kind, year), n in sorted(left.items())),
        )  # fmt: skip

    def outbox(self) -> tuple[sync_views.WaitingView, ...]:
        """Return 待上传: what waits to be sent, oldest first, and why it still waits."""
        with self._replica.read() as connection:
            found = shared.outbox_rows(connection)
            lost = small.get_meta(connection, "sync.code") or ""
            numbers = {case: queries.rows(connection, queries.ROW, case=case) for case in {r[2] for r in found if r[2]}}
            records = {r[0]: self._record_row(connection, r[0]) for r in found if r[1] in LEDGER}
        return tuple(
            sync_views.WaitingView(
                act_id=act, action=kind, label=labels.label(labels.ACTIONS, kind, self.lang), case_id=case,
                number=str(numbers[case][0][2]) if numbers.get(case) else records.get(act, ("", ""))[0], person=self.roster.name_of(person),
                since=since, state=state, tries=tries,
                why=labels.label(labels.WAITS, why or (lost if state == "new" and lost in labels.WAITS else state), self.lang),
            )
            for act, kind, case, person, since, state, tries, why in found
        )  # fmt: skip

    # -- what is to be checked ---------------------------------------------------------------------

    def conflicts(self, *, everything: bool = False) -> tuple[sync_views.ConflictView, ...]:
        """Return 需核对事项: acts that no longer hold, with their text and what others did meanwhile."""
        with self._replica.read() as connection:
            found = laid_aside.conflicts(connection, everything=everything)
            return tuple(self._conflict(connection, one) for one in found)

    def conflict(self, ref: str) -> sync_views.ConflictView:
        """Return one item. Raise RuleBroken ``conflict_unknown``."""
        with self._replica.read() as connection:
            return self._conflict(connection, self._find_conflict(connection, ref))

    def resolve_conflict(
        self, ref: str, how: str, reason: str = "", data: Mapping[str, Any] | None = None
    ) -> views.Outcome | RecordOutcome | None:
        """End an item: ``note`` keeps its text as a remark, ``redo`` does it again (``data`` over what was said), ``discard``.

        Raises RuleBroken ``conflict_unknown``, ``reason_missing``, ``field_value``, and what the act itself refuses.
        """
        if how not in {"note", "redo", "discard"}:
            raise RuleBroken("field_value", field="how", value=how)
        if how == "discard" and not reason.strip():
            raise RuleBroken("reason_missing", field="reason")
        with self._replica.write() as connection:
            item = self._find_conflict(connection, ref)
            if item.resolved_at is not None:
                raise RuleBroken("conflict_ended", value=item.act_id)
            act = shared.own_act(connection, item.act_id)
            assert act is not None
            outcome: views.Outcome | RecordOutcome | None = None
            if how != "discard":
                command = self._again_as(connection, act, item, how, data or {})
                if isinstance(command, OpenRecord | StepRecord):
                    there = record_of(act) if isinstance(command, StepRecord) else None
                    outcome = self._decide_record(connection, there, command)
                elif isinstance(command, cmd.RegisterCommand):
                    raise RuleBroken("register_again")
                else:
                    case = None if isinstance(command, cmd.Register) else act.case_id
                    outcome = self._decide_all(connection, [(case, command)])[0]
            laid_aside.resolve(connection, item.act_id, how, reason, self.moment())
        changed = outcome.record if isinstance(outcome, RecordOutcome) else outcome.case if outcome else ""
        self._tell({changed} if changed else set())
        return outcome

    def _again_as(
        self, connection: Connection, act: OwnAct, item: Conflict, how: str, data: Mapping[str, Any]
    ) -> cmd.Command:
        command = command_of(act.open, act.personal)
        if how == "note":
            if act.case_id is None or not journal.version_of(connection, f"case/{act.case_id}"):
                raise RuleBroken("case_unknown", field="case", value=act.case_id or "")
            label = labels.label(labels.ACTIONS, act.kind, self.lang)
            said = "；".join(f"{name}：{value}" for name, value in self._said(command))
            head = labels.pick(("未能执行的操作", "Not carried out"), self.lang)
            return cmd.WriteNote(text=f"{head}（{label}，{act.recorded_at[:16].replace('T', ' ')}）{said}")
        plain = {k: v for k, v in msgspec.to_builtins(command).items() if k not in {"happened_at", "late_reason"}}
        try:
            return msgspec.convert({**plain, **data}, type(command), strict=False)
        except msgspec.ValidationError as error:
            raise RuleBroken("field_type", field="data", reason=str(error), action=act.kind) from None

    def _find_conflict(self, connection: Connection, ref: str) -> Conflict:
        found = laid_aside.conflict(connection, ref) if ref else None
        if found is None:
            raise RuleBroken("conflict_unknown", value=ref)
        return found

    def _conflict(self, connection: Connection, item: Conflict) -> sync_views.ConflictView:
        act = shared.own_act(connection, item.act_id)
        assert act is not None
        show, left = self._show(), following.left_since(connection, item.case_id or "")
        number = title = ""
        theirs: tuple[views.TimelineView, ...] = ()
        if item.case_id:
            row = queries.rows(connection, queries.ROW, case=item.case_id)
            if row:
                shown = show.row(row[0][1:])
                number, title = shown.number, shown.title
            others = journal.acts_since(connection, item.case_id, act.id)
            happened = self._happened(connection, item.case_id, act.body)
            theirs = tuple(
                self._with_values(told, one)
                for one in happened
                if one.act_id in others
                for told in show.timeline([one])
            )
        command = command_of(act.open, act.personal)
        if act.kind in LEDGER:
            number, title = self._record_row(connection, act.id)
            theirs = self._record_theirs(connection, act)
        return sync_views.ConflictView(
            act_id=act.id, case_id=item.case_id, number=number, title=title, action=act.kind,
            label=labels.label(labels.ACTIONS, act.kind, self.lang), person=self.roster.name_of(act.person),
            done_at=act.recorded_at, found_at=item.found_at, code=item.code, message=told(item.code, item.facts, self.lang),
            mine=tuple(self._said(command)), theirs=theirs,
            fields={k: v for k, v in msgspec.to_builtins(command).items() if k not in UNSAID and v not in ("", None, [], {})},
            resolution=item.resolution, reason=item.reason, resolved_at=item.resolved_at,
            can_note=bool(number) and item.case_id is not None and not left,
            can_redo=not isinstance(command, cmd.RegisterCommand) and not left,
        )  # fmt: skip

    def _record_row(self, connection: Connection, act_id: str) -> tuple[str, str]:
        """Return number and title of the record that an own act is on, empty when it has gone from the lists."""
        act = shared.own_act(connection, act_id)
        row = queries.rows(connection, lq.RECORD, record=record_of(act)) if act else []
        return (str(row[0][2]), str(row[0][5])) if row else ("", "")

    def _record_theirs(self, connection: Connection, act: OwnAct) -> tuple[views.TimelineView, ...]:
        """Return what others did on the record since an own act was done."""
        stream = RECORD + record_of(act)
        others = journal.stream_acts_since(connection, stream, act.id)
        story = self._record_happened(connection, record_of(act))
        if not others or not story:
            return ()
        record, kind = self._folded_record(story)
        show = LedgerShower(rules_of_record(self.rules, record), self.lang, self._show())
        return show.timeline(kind, [one for one in story if one.act_id in others])

    def _with_values(self, told: views.TimelineView, one: Happened) -> views.TimelineView:
        """Return a line of the other side; a 补正 shows its values, for they are compared."""
        event = one.stamped.event
        if not isinstance(event, Completed):
            return told
        show = self._show()
        pairs = {**event.changes, **event.facts, **one.personal}
        text = "；".join(f"{show.field(name)}：{show.fact_value(name, value)}" for name, value in pairs.items())
        return msgspec.structs.replace(told, text=text)

    def _said(self, command: cmd.Command) -> list[tuple[str, str]]:
        """Return what a command says, in the words of its form."""
        action, show = cmd.action_of(command), self._show()
        found: list[tuple[str, str]] = []
        if isinstance(command, cmd.EnterPerson):
            person = command.person
            roles = "、".join(labels.label(labels.ROLES, role, self.lang) for role in person.roles)
            said = {"name": person.name, "body": show.body(person.body), "title": person.title, "phone": person.phone}
            return [(labels.field_label(action, n, self.lang), v) for n, v in {**said, "roles": roles}.items() if v]
        if isinstance(command, cmd.EnterYear):
            return [(labels.field_label(action, "notice", self.lang), str(command.notice.get("year", "")))]
        for name, value in msgspec.to_builtins(command).items():
            if name in UNSAID or value in ("", None, [], {}):
                continue
            if isinstance(command, OpenRecord | StepRecord):
                found += self._record_said(command, name, value)
                continue
            if name == "facts":
                for fact, answer in value.items():
                    found.append((show.field(fact), show.fact_value(fact, answer)))
                continue
            words = labels.choices_of(action, name)
            if isinstance(value, bool):
                text = show.fact_value(name, value)
            elif isinstance(value, list):
                text = "、".join(show.body(str(v)) for v in value)
            else:
                text = labels.label(words, str(value), self.lang) if words else self.roster.name_of(str(value))
            found.append((labels.field_label(action, name, self.lang), text))
        return found

    def _record_said(self, command: OpenRecord | StepRecord, name: str, value: Any) -> list[tuple[str, str]]:
        """Return what one part of a record act says: its fields under their names, its lines one by one."""
        kinds = self._kinds().values()
        fields = {f.name: f for k in kinds for f in k.fields}
        if isinstance(command, OpenRecord) and command.kind in self._kinds():
            fields |= {f.name: f for f in self._kinds()[command.kind].fields}
        ledger = self._ledger()

        def shown(one: RecordField | None, code: str, said: Any) -> tuple[str, str]:
            return (ledger.pick(one.zh, one.en), ledger.value(one, said)) if one else (code, str(said))

        if name in {"fields", "personal"}:
            return [shown(fields.get(code), code, said) for code, said in value.items()]
        if name == "lines":
            tables = {t.name: t for k in kinds for t in k.tables}
            return [
                shown(tables[code].field(of) if code in tables else None, of, said)
                for code, lines in value.items()
                for line in lines
                for of, said in line.items()
            ]
        if name in {"kind", "step"}:
            steps = {s.code: s for k in kinds for s in k.steps}
            step = steps.get(str(value)) if name == "step" else None
            kind = self._kinds().get(str(value))
            words = ledger.pick(step.zh, step.en) if step else ledger.kind_name(kind) if kind else str(value)
            return [(labels.label(labels.ACTIONS, cmd.action_of(command), self.lang), words)]
        return [(labels.field_label(cmd.action_of(command), name, self.lang), str(value))]


def _same_field(command: cmd.Complete, theirs: list[Happened]) -> None:
    """Raise RuleBroken ``same_field`` when others gave a field of this 补正 another value since it was made."""
    mine = {k: v for k, v in msgspec.to_builtins(command).items() if k not in UNSAID and v is not None and k != "facts"}
    mine |= command.facts
    for one in theirs:
        event = one.stamped.event
        if not isinstance(event, Completed):
            continue
        said = {**event.changes, **event.facts, **one.personal}
        both = [name for name in mine if name in said and said[name] != mine[name]]
        if both:
            raise RuleBroken(
                "same_field", field=both[0], mine=str(mine[both[0]]), theirs=str(said[both[0]]), person=one.person
            )
