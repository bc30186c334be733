"""The straight walk of every act: state, decide, sign, entries and projections in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import projecting, views
from liaison_app.desk.chains import check_chain, passes
from liaison_app.desk.charge import charged
from liaison_app.desk.drafting import check_own_note, filled
from liaison_app.desk.issuing import PaperAct, check_issuer
from liaison_app.desk.ledger_rows import OF_CASE
from liaison_app.desk.logbook import Logbook
from liaison_app.desk.numbering import Numbers
from liaison_app.desk.roster import Roster
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.showing import Shower
from liaison_app.desk.signing import Pen, printable, sign
from liaison_app.desk.tallying import put_cases
from liaison_app.domain import commands as cmd
from liaison_app.domain import handling_commands as hc
from liaison_app.domain.case import Actor, Case, Happened
from liaison_app.domain.decide import asked, decide, happened
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Stamped, read
from liaison_app.domain.evolving import evolve, fold
from liaison_app.domain.ledger_kinds import RecordKind
from liaison_app.domain.moments import CHINA
from liaison_app.domain.records import Entry, SignedAct, record_stream
from liaison_app.domain.text import SearchText
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.security import keys, signatures
from liaison_app.store import following, journal, leasing, queries, shared
from liaison_app.store import ledger_queries as lq
from liaison_app.store.replica import HEAD, Replica

MOST_SENT = 50
"""Records of texts sent to other bodies that are read of one case at the most: the newest."""


class Deciding:
    """A desk with a person at work that can decide acts. Safe to read from several threads; one thread writes."""

    def __init__(
        self, replica: Replica, bundle: keys.Bundle, rules: DeskRules, person: str, *, lang: str, now: datetime | None
    ) -> None:
        self._replica, self._bundle, self._rules = replica, bundle, rules
        self.lang, self._stated = lang, now
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._person = rules.roster.person(person)
        self._revealed: set[str] = set()
        self._opened: dict[str, bytes] = {}
        """Personal parts that the shared database opened for the person at work; in memory only, gone with him."""
        self.log = Logbook(replica.home)
        self.log.note("opened", founding=rules.founding, mechanism=rules.mechanism, lang=lang, schema=HEAD)

    @property
    def rules(self) -> DeskRules:
        """The rules of today: what is registered now goes by them; ``rules.of(case)`` are those of a case."""
        return self._rules.at(self.now())

    @rules.setter
    def rules(self, rules: DeskRules) -> None:
        self._rules = rules

    # -- the person, the clock ------------------------------------------------------------------

    @property
    def home(self) -> Path:
        """The folder of this desk."""
        return self._replica.home

    @property
    def roster(self) -> Roster:
        """Who is who."""
        return self.rules.roster

    @property
    def person(self) -> views.PersonView:
        """The person at work."""
        return self._person_view(self._person.id)

    def now(self) -> datetime:
        """Return the desk's time: the stated clock of a demo, else the machine's."""
        return self._stated or datetime.now(CHINA)

    def state_clock(self, now: datetime | None) -> None:
        """Set the stated clock of a demo. Raise RuleBroken ``not_demo`` on any other desk."""
        if self.rules.founding != "demo":
            raise RuleBroken("not_demo")
        self._stated = now

    def close(self) -> None:
        """Close the replica and the log."""
        self.log.note("closed")
        self.log.close()
        self._replica.close()

    def people(self) -> tuple[views.PersonView, ...]:
        """Return who may open this desk."""
        return tuple(self._person_view(slot.id) for slot in keys.people(self.home))

    def switch_person(self, person: str, secret: str | None = None) -> views.PersonView:
        """换人: another person takes the desk. Raise RuleBroken ``wrong_secret``; the first stays at work then."""
        found = self.roster.person(person)
        self._bundle = keys.open_as(self.home, found.id, secret)
        self._person = found
        self._revealed.clear()
        self._opened.clear()
        return self.person

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` with the ids of cases that changed, in the writer's thread."""
        self._listeners.append(listener)

    def _person_id(self, ref: str) -> str:
        return next((p.id for p in self.roster.people if ref in (p.id, p.name)), ref)

    def _person_view(self, person: str) -> views.PersonView:
        found = self.roster.person(person)
        return views.PersonView(
            id=found.id, name=found.name, body=found.body, body_name=self._show(found.body).body(found.body),
            title=found.title, roles=found.roles, phone=found.phone,
        )  # fmt: skip

    def _show(self, body: str = "", case: Case | None = None) -> Shower:
        rules = self.rules.of(case) if case else self.rules
        return Shower(rules, self.lang, self.now(), body or self._person.body)

    def _remember(self, action: str, commands: Sequence[cmd.Command], outcomes: Sequence[views.Outcome]) -> None:
        """Be told what the person at work did at once; a desk that can take it back keeps it in mind."""

    def _tell(self, changed: set[str]) -> None:
        for listener in self._listeners:
            listener(frozenset(changed))

    # -- the straight walk ----------------------------------------------------------------------

    def _decide_all(
        self, connection: Connection, items: Sequence[tuple[str | None, cmd.Command]]
    ) -> list[views.Outcome]:
        now, numbers, member = self.now(), Numbers(connection, self.rules), self.rules.founding == "member"
        pen, who = self._pen(connection), self._actor()
        acts, entries, rows, docs, outcomes, waiting = [], [], [], [], [], []
        for case_id, command in items:
            if case_id is not None and member:
                self._still_ours(connection, case_id)
            before = None if case_id is None else self._happened(connection, case_id)
            told = [h for h in before or () if not h.stamped.event.inner]
            case = None if before is None else folded(told)
            text = search_text(case) if case else None
            if case is not None and case.mechanism in self.rules.unread:
                raise RuleBroken("version_unread", value=case.mechanism)
            command = filled(printable(command), case, before or (), who.body)
            check_own_note(command, before or (), who.person)
            command = charged(command, before or (), who, self.roster, now)
            if case is not None and isinstance(command, hc.ApproveReply | hc.PassReply):
                answered = self._cosigned(connection, case)
                check_chain(command, case, [*(before or ()), *answered], self.rules.of(case), who)
            if case is not None and isinstance(command, PaperAct):
                check_issuer(command, case, told, self.rules.of(case), who, now, self._show().body)
            if isinstance(command, cmd.Register) and command.repeat_of:
                earlier = self._find(connection, command.repeat_of)
                command = msgspec.structs.replace(command, repeat_of=earlier)
            if isinstance(command, hc.Merge) and (into := queries.find_case(connection, command.into)):
                command = msgspec.structs.replace(command, into=into)  # as the event names it
            there = self._other(connection, case, command)
            other = folded(there) if there else None
            rules = self.rules.of(case) if case else self.rules.at(happened(command, now))
            pen.registers["profile"] = rules.mechanism
            at, stamped = decide(case, command, rules, who, now, numbers, other)
            stamped = self._one_sided(connection, stamped)
            versions = {} if case_id is None else self._versions(connection, case_id)
            if other is not None:
                versions |= self._versions(connection, other.id)
            audience = "first" if _strict(case, command) else "bodies"
            act, lines = sign(pen, who, command, case_id, at, now, stamped, versions, audience)
            if member:
                fits(act, lines)
                waiting.append((act.id, claims_of(case, command, rules, who), act.recorded_at))
            taken = numbers.taken()
            if member:
                leasing.put_numbers(connection, act.id, taken)
            personal = msgspec.json.decode(act.personal) if act.personal else {}
            for entry, event in zip(lines, stamped, strict=True):
                if event.event.inner:
                    continue
                one = Happened(
                    stamped=event, act_id=act.id, entry_id=entry.id, person=who.person, body=who.body,
                    happened_at=act.happened_at, recorded_at=act.recorded_at, personal=personal,
                )  # fmt: skip
                if event.case:
                    there.append(one)
                    other = evolve(other, one)
                else:
                    told.append(one)
                    case = evolve(case, one)
            assert case is not None
            acts.append(act)
            entries += lines
            moved = [(case, told)] if other is None else [(case, told), (other, there)]
            if not all(one.event.inner for one in stamped):  # rows say what shared entries say
                rows += [projecting.rows_of(one, self.rules, of_it) for one, of_it in moved]
                texts = [search_text(one) for one, _ in moved]
                docs += [one for one in texts if one != text]
            transfer = case.transfer(command.matter)
            outcomes.append(
                views.Outcome(
                    case=case.id, number=case.number, state=projecting.shown_matter(case, self.rules).state,
                    entries=tuple(e.id for e in lines), act=act.id, slip_no=transfer.slip_no if transfer else "",
                    changed=tuple(one.id for one, _ in moved),
                )
            )  # fmt: skip
        journal.append(connection, acts, entries, pending=member)
        if waiting:
            shared.put_outbox(connection, waiting)
        put_cases(self, connection, rows, fresh=all(i is None for i, _ in items))
        queries.index_case(connection, docs)
        return outcomes

    def _still_ours(self, connection: Connection, case_id: str) -> None:
        """Raise RuleBroken ``case_left`` for a case that this body has no part in any more: it is read only."""
        if since := following.left_since(connection, case_id):
            raise RuleBroken("case_left", since=since[:16].replace("T", " "))

    def _one_sided(self, connection: Connection, stamped: tuple[Stamped, ...]) -> tuple[Stamped, ...]:
        """Return events without those on a second case where the shared database judges an act on one case only."""
        if self.rules.founding != "member" or following.newer(connection):
            return stamped
        return tuple(one for one in stamped if not one.case)

    def _other(self, connection: Connection, case: Case | None, command: cmd.Command) -> list[Happened]:
        """Return the shared events of the second case of an act over two: to merge into, or to separate from."""
        if case is None or not isinstance(command, hc.Merge | hc.Unmerge):
            return []
        ref = command.into if isinstance(command, hc.Merge) else case.handling.merged_into
        found = queries.find_case(connection, ref)
        if found is None:
            return []
        return [h for h in self._happened(connection, found) if not h.stamped.event.inner]

    def _happened(self, connection: Connection, case_id: str, body: str = "", *, shown: bool = False) -> list[Happened]:
        """Return the events of a case; ``shown``: for the eyes only, with parts that were opened for the person."""
        lines = journal.case_lines(connection, case_id, body or self._person.body)
        if shown and self._opened:
            opened = self._opened
            lines = [msgspec.structs.replace(one, personal=one.personal or opened.get(one.act_id)) for one in lines]
        return [happened_in(line) for line in lines]

    def _cosign_stories(self, connection: Connection, case: Case) -> list[list[Happened]]:
        """Return the records by which texts of a case went to other bodies, newest first; only the own body's."""
        kind = cosign_kind(self.rules)
        if kind is None:
            return []
        rows = lq.page(connection, self._person.body, f"{OF_CASE}{case.number}", None, MOST_SENT)
        mine = [str(row[1]) for row in rows if row[2] == kind.id and row[4] == self._person.body]
        return [[happened_in(line) for line in journal.stream_lines(connection, record_stream(one))] for one in mine]

    def _cosigned(self, connection: Connection, case: Case) -> list[Happened]:
        """Return the steps 会签 that other bodies took on their own desks, as events of the chain."""
        kind = cosign_kind(self.rules)
        stories = self._cosign_stories(connection, case)
        return [one for story in stories for one in passes(story, kind, case)] if kind is not None else []

    def _versions(self, connection: Connection, case_id: str, body: str = "") -> dict[str, int]:
        names = (f"case/{case_id}", f"case/{case_id}/{body or self._person.body}")
        return {name: journal.version_of(connection, name) for name in names}

    def _pen(self, connection: Connection) -> Pen:
        device = journal.device_of(connection, self._person.id)
        if device is None:
            raise RuleBroken("device_unknown", person=self._person.id)
        seq, head = journal.device_head(connection, device)
        registers = {"profile": self.rules.mechanism, "calendar": self.rules.calendar.version}
        member = self.rules.founding == "member"
        return Pen(
            device=device, seq=seq, head=head, secret=self._bundle.device_secret, registers=registers,
            key=signatures.key_of(self._bundle.person_key, device) if member else None,
        )  # fmt: skip

    def shown_key(self) -> signatures.Shown | None:
        """Return the public half of the key with which the person at work signs, None where he has no open log."""
        with self._replica.read() as connection:
            device = journal.device_of(connection, self._person.id)
            after = journal.last_unsigned(connection, device) if device else 0
        return signatures.shown(signatures.key_of(self._bundle.person_key, device), device, after) if device else None

    def _actor(self) -> Actor:
        return self.roster.actor(self._person.id, "")

    def _find(self, connection: Connection, ref: str) -> str:
        found = queries.find_case(connection, ref)
        if found is None:
            raise RuleBroken("case_unknown", field="case", value=ref)
        return found


def folded(happened: Sequence[Happened]) -> Case:
    """Return the case of a stream. Raise RuleBroken ``case_unknown`` when there is none, ``case_unreadable`` where its
    entries make none here (another desk wrote them)."""
    try:
        case = fold(happened)
    except ValueError:
        raise RuleBroken("case_unreadable", count=1, value=happened[0].act_id if happened else "") from None
    if case is None:
        raise RuleBroken("case_unknown", value="")
    return case


def happened_in(line: journal.Line) -> Happened:
    """Return the event that a line of the journal holds."""
    return Happened(
        stamped=read(line.kind, line.data), act_id=line.act_id, entry_id=line.entry_id, person=line.person,
        body=line.body, happened_at=line.happened_at, recorded_at=line.recorded_at,
        personal=_words(line.personal) if line.personal else {},
    )  # fmt: skip


def _words(personal: bytes) -> dict[str, Any]:
    """Return a personal part; one of another desk that cannot be read (nested without end) says nothing."""
    try:
        return msgspec.json.decode(personal, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return {}


def cosign_kind(rules: DeskRules) -> RecordKind | None:
    """Return the kind of record by which a text goes to another body to be co-signed, None where the profile has none."""
    return next((kind for kind in kinds_of(rules.profile, rules.settings).values() if kind.cosigns is not None), None)


def _strict(case: Case | None, command: cmd.Command) -> bool:
    grade = command.confidential if isinstance(command, cmd.Register) else case.confidential if case else "none"
    return grade == "strict"


def fits(act: SignedAct, lines: Sequence[Entry], most_of_line: int = 1 << 18) -> None:
    """Raise RuleBroken ``text_too_long`` for an act that the shared database would not take (docs/SYNC.md, sizes)."""
    sizes = (
        (len(act.open), 1 << 20),
        (len(act.personal or b""), 4 << 20),
        *((len(e.data), most_of_line) for e in lines),
    )
    for size, most in sizes:
        if size > most:
            raise RuleBroken("text_too_long", kilobytes=size // 1024, most=most // 1024)


def claims_of(case: Case | None, command: cmd.Command, rules: DeskRules, who: Actor) -> str:
    """Return the flags of the matter as the desk sees them, a JSON list: the database cannot compute them itself."""
    matter = None if case is None else case.matter(command.matter)
    if case is None or matter is None:
        return "[]"
    return msgspec.json.encode(sorted(asked(case, matter, command, rules, who).flags)).decode()


def search_text(case: Case) -> SearchText:
    """Return what the text index holds of a case."""
    personal = case.personal
    transfer = case.transfer(1)
    parts = [
        case.number, case.old_number, transfer.slip_no if transfer else "", case.external_no, case.object, case.place, case.town,
        personal.get("complainant_name", "") or "-", personal.get("contact", ""), personal.get("content", ""),
        personal.get("record", ""),
    ]  # fmt: skip
    # the place of the name is never empty: the same text is the same name, and so the same words of the index
    return SearchText(case.id, "\n".join(p for p in parts if p), personal.get("complainant_name", ""))
