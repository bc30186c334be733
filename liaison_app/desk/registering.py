"""Register acts of a desk: who works here, the calendar's years, the readings chosen. Open cases are counted anew."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import projecting, views
from liaison_app.desk.deciding import happened_in
from liaison_app.desk.keeping import Keeping
from liaison_app.desk.ledger_rows import understood_record
from liaison_app.desk.rules import DeskRules, rules_of
from liaison_app.desk.signing import Pen, new_id, sign
from liaison_app.desk.tallying import put_cases
from liaison_app.domain import commands as cmd
from liaison_app.domain import registers as reg
from liaison_app.domain.case import Actor
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Event, Person, RegisterEvent, Stamped, read
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.chain_schema import LONGEST, OF_BODY, ChainStep, own_chain_doubt, packed
from liaison_app.mechanism.settings import checked_reading
from liaison_app.security import keys
from liaison_app.store import following, journal, projections, shared

Moved = list[dict[str, str | None]]


def read_registers(connection: Connection) -> reg.Registers:
    """Return the registers as the journal says. Raise RuleBroken ``founding_missing`` when it begins without one."""
    events: list[Event] = []
    waits = shared.unanswered_registers(connection)
    for stream in reg.STREAMS:
        lines = journal.stream_lines(connection, stream)
        events += [read(line.kind, line.data).event for line in lines if line.act_id not in waits]
    found = reg.fold(events)
    if not found.founding:
        raise RuleBroken("founding_missing")
    return found


def write_register(
    connection: Connection, pen: Pen, who: Actor, command: cmd.RegisterCommand, event: RegisterEvent, at: datetime,
    *, waits: bool = False,
) -> str:  # fmt: skip
    """Append a register act with its one entry and return its id; ``waits`` until the shared database took it."""
    stamped = Stamped(event=event)  # type: ignore[arg-type]  # one of the union by its base
    stream = event.register
    versions = {stream: journal.version_of(connection, stream)}
    act, lines = sign(pen, who, command, None, at, at, [stamped], versions, "bodies")
    journal.append(connection, [act], lines, pending=waits)
    if waits:
        shared.put_outbox(connection, [(act.id, "[]", act.recorded_at)])
    return act.id


def moved_dues(number: str, before: projections.CaseRows, after: projections.CaseRows) -> Moved:
    """Return the due dates of a case that changed: case, rule, old, new."""
    old = {(r[1], r[2], r[3], r[4]): r[6] for r in before.clocks}
    found: Moved = []
    for row in after.clocks:
        was = old.get((row[1], row[2], row[3], row[4]))
        if was is not None and was != row[6]:
            found.append({"case": number, "rule": row[2], "old": was, "new": row[6]})
    return found


def _new_person(name: str, body: str, title: str, phone: str, roles: tuple[str, ...]) -> Person:
    return Person(
        id=f"p-{uuid.uuid4().hex[:8]}",
        name=name.strip(),
        body=body,
        title=title.strip(),
        phone=phone.strip(),
        roles=roles,
    )


class Registering(Keeping):
    """A desk whose registers are written by its administrator (on a demo by anybody)."""

    def colleagues(self) -> tuple[views.ColleagueView, ...]:
        """Return everybody of the own body's roster, whether he can open this desk, and whether he left.

        On a member's desk its administrator sees the whole district: he keeps its roster.
        """
        mine = {slot.id for slot in keys.people(self.home)}
        everybody = self.rules.founding == "member" and "administrator" in self._actor().roles
        return tuple(
            views.ColleagueView(
                person=self._person_view(p.id), opens=p.id in mine and p.id not in self.roster.left,
                left=p.id in self.roster.left,
            )
            for p in self.roster.people
            if everybody or p.body == self._person.body
        )  # fmt: skip

    def enrol_person(
        self, name: str, *, title: str = "", roles: tuple[str, ...] = ("liaison",), secret: str = "",
        mode: keys.Mode = "passphrase",
    ) -> views.PersonView:  # fmt: skip
        """Enter a colleague and let him open this desk with a secret of his own (OFFICE A4).

        Raises RuleBroken ``administrator_only``, ``person_exists``, ``passphrase_too_short``, ``pin_too_short`` …
        """
        keys.check_strength(mode, secret)
        known = next((p for p in self.roster.people if p.name == name.strip() and p.id not in self.roster.left), None)
        slots = {slot.id for slot in keys.people(self.home)}
        if known is not None and known.id in slots:
            raise RuleBroken("person_exists", field="name", person=name)
        person = known or _new_person(name, self._person.body, title, "", roles)
        if self.rules.founding == "member":
            raise RuleBroken("code_needed", person=person.name)
        with self._replica.write() as connection:
            self._register(connection, cmd.EnterPerson(person=person))
            if journal.device_of(connection, person.id) is None:
                journal.add_device(connection, new_id(), person.id, person.body)
        keys.enrol(self.home, person.id, person.name, mode, secret, keys.new_bundle(self._bundle.replica_key))
        self._reread()
        return self._person_view(person.id)

    def enter_person(
        self, name: str, *, body: str = "", title: str = "", phone: str = "", roles: tuple[str, ...] = ("liaison",)
    ) -> views.PersonView:
        """Enter a person into the roster, of the own body or another; he opens no desk by that.

        Raises RuleBroken ``administrator_only``, ``name_missing``, ``person_exists``, ``unknown_body``.
        """
        person = _new_person(name, body or self._person.body, title, phone, roles)
        return self._put_person(person)

    def correct_person(self, ref: str, **changes: Any) -> views.PersonView:
        """Correct a person's entry: name, title, phone, roles, or the body to which he moved 调动.

        On a member's desk one who moved works on at a desk of his new body; what he did here and was not sent yet goes
        to 需核对事项 of the old one. Raises as :meth:`enter_person`, and ``person_unknown``, ``moved_alone``.
        """
        found = self.roster.person(ref)
        person = msgspec.structs.replace(found, **changes)
        if person.body != found.body and self.rules.founding != "member":
            raise RuleBroken("moved_alone", person=found.name)
        return self._put_person(person)

    def _put_person(self, person: Person) -> views.PersonView:
        if not self.rules.known_body(person.body):
            raise RuleBroken("unknown_body", field="body", value=person.body)
        self._enter(cmd.EnterPerson(person=person))
        return self._person_view(person.id)

    def let_go(self, person: str, reason: str) -> None:
        """A colleague leaves: he opens this desk no more; his acts stay under his name."""
        found = self.roster.person(person)
        if found.id == self._person.id:
            raise RuleBroken("not_yourself", person=found.name)
        self._enter(cmd.LetPersonGo(person=found.id, reason=reason))
        if self.rules.founding != "member":  # there a round does it, once all he did is over
            keys.close_slot(self.home, found.id)

    def choose_setting(self, setting: str, value: str, reason: str, *, running: bool = False) -> Moved:
        """Choose a reading of the profile from now on; return the open due dates that moved.

        Cases already registered keep the reading they began with unless ``running``. Raises RuleBroken
        ``setting_value``, ``administrator_only``, ``reason_missing``.
        """
        value = checked_reading(self.rules.profile, setting, value)
        return self._enter(cmd.ChooseSetting(setting=setting, value=value, reason=reason, running=running))

    def choose_chain(self, body: str, steps: Sequence[ChainStep], reason: str) -> None:
        """Choose the own chain 签发流程 of a body with named persons (OFFICE B7); no steps: the district's holds again.

        It holds at once, also for texts that are submitted. Raises RuleBroken ``own_chain_end``, ``own_chain_twice``,
        ``own_chain_cosign``, ``own_chain_person``, ``administrator_only``, ``reason_missing``.
        """
        doubt = own_chain_doubt(steps) if steps else ""
        if doubt:
            raise RuleBroken(doubt, field="steps", most=LONGEST)
        for step in steps:
            strangers = [p for p in step.people if p in self.roster.left or self.roster.person(p).body != body]
            if strangers:
                raise RuleBroken("own_chain_person", field="people", person=self.roster.name_of(strangers[0]))
        self._enter(cmd.ChooseSetting(setting=f"{OF_BODY}{body}", value=packed(steps), reason=reason))

    def enter_year(self, notice: Mapping[str, Any]) -> Moved:
        """Enter a year's notice of rest days; return the open due dates that moved (case, rule, old, new)."""
        self.rules.calendar.with_year(notice)
        return self._enter(cmd.EnterYear(notice=msgspec.to_builtins(dict(notice))))

    def _enter(self, command: cmd.RegisterCommand) -> Moved:
        """Do a register act; return the open due dates that it moved. A member's desk asks the shared database."""
        with self._replica.write() as connection:
            self._register(connection, command)
            rules = rules_of(read_registers(connection))
            chain = isinstance(command, cmd.ChooseSetting) and command.setting.startswith(OF_BODY)
            counted = isinstance(command, cmd.ChooseSetting | cmd.EnterYear) and not chain  # a chain moves no date
            moved = self._recount(connection, rules) if counted else []
        self.rules = rules
        self._tell(set())
        return moved

    def _recount(self, connection: Connection, rules: DeskRules) -> Moved:
        moved: Moved = []
        gone = following.left_cases(connection)
        for case_id, lines in list(journal.all_cases(connection)):
            happened = [happened_in(line) for line in lines]
            found = [projecting.understood(happened, r) for r in (self.rules, rules)]
            if found[0] is None or found[1] is None:
                continue
            (case, before), (_, after) = found[0], found[1]
            if case_id in gone:
                before, after = projecting.left_rows(before), projecting.left_rows(after)
            if before == after:
                continue
            moved += moved_dues(case.number, before, after)
            put_cases(self, connection, [after])
        return moved + self._recount_records(connection, rules)

    def _recount_records(self, connection: Connection, rules: DeskRules) -> Moved:
        """Count the clocks of open ledger records anew; they go by the readings in force."""
        moved: Moved = []
        for _, lines in list(journal.all_records(connection)):
            found = [understood_record([happened_in(line) for line in lines], r) for r in (self.rules, rules)]
            if found[0] is None or found[1] is None:
                continue
            (record, before), (_, after) = found[0], found[1]
            if before == after:
                continue
            old = {row[1:4]: row[6] for row in before.clocks}
            for row in after.clocks:
                if row[1:4] in old and old[row[1:4]] != row[6]:
                    moved.append({"case": record.number, "rule": row[1], "old": old[row[1:4]], "new": row[6]})
            projections.put_records(connection, [after])
        return moved

    def _register(self, connection: Connection, command: cmd.RegisterCommand) -> str:
        now = self.now()
        since = stamp(now + timedelta(seconds=1))  # moments are kept to the second: what is in this one came before
        event = reg.decide(read_registers(connection), command, self._actor(), since)
        waits = self.rules.founding == "member"
        return write_register(connection, self._pen(connection), self._actor(), command, event, now, waits=waits)

    def _reread(self) -> None:
        with self._replica.read() as connection:
            self.rules = rules_of(read_registers(connection))
        self._tell(set())
