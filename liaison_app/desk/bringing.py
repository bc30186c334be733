"""旧案移入: from alone to member. What a desk alone knows comes in as data, case by case, never as acts again (DESIGN §4).

The old home becomes an archive that is read only; the shared database learns of each chosen case by one act, with the
state it had as long as no other body's act lies in between, else the last state before that.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import msgspec

from liaison_app.desk import bringing_views as bring
from liaison_app.desk.archive import archived_for, make_archive
from liaison_app.desk.facade import Desk
from liaison_app.desk.membership import membership
from liaison_app.desk.opening import open_desk
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Case, Happened, standing_of
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import kind_of
from liaison_app.domain.evolving import evolve
from liaison_app.mechanism.effects import FREE, OPENING, Board, Effects, Line, effects_of, key_of
from liaison_app.store import journal, leasing
from liaison_app.words import labels

BATCH: Final = 20
"""Cases that come in with one transaction."""
HISTORY: Final = 60_000
"""Signs of a case's history that come along; the whole of it stays in the archive."""
PERSONAL: Final = ("content", "record", "complainant_name", "complainant_address", "contact", "salutation")


class Same(msgspec.Struct, frozen=True, kw_only=True):
    """Which body and which person of the old desk is which of the district."""

    bodies: dict[str, str] = {}
    people: dict[str, str] = {}


class _Stand(msgspec.Struct, frozen=True, kw_only=True):
    """A case at the end of one of its acts."""

    case: Case
    state: str
    has: tuple[str, ...]
    own: tuple[str, ...]
    held: dict[str, tuple[str, ...]]
    alike: bool
    """Whether every matter of the case stands alike."""
    foreign: bool
    """Whether another body's act lies in it, or another body holds what only its own act gives."""


class _Old:
    """An old desk, open for reading, beside the member's desk that takes its cases."""

    def __init__(self, old: Desk, desk: Desk, given: Same) -> None:
        self.old, self.desk = old, desk
        if old.rules.founding != "alone":
            raise RuleBroken("bring_in_alone_only", founding=old.rules.founding)
        if desk.rules.founding != "member":
            raise RuleBroken("not_member")
        self.own = old.person.body
        self.effects: Effects = effects_of(desk.rules.profile)
        self.begun = {word.lstrip("@") for e in self.effects.effects if e.kind in OPENING[:1] for word in e.sets}
        self.states = {
            str(v) for g in desk.rules.profile.guards if g.action == "bring-in" for v in g.given.get("state", ())
        }
        self.map = self._mapping(given)

    def _mapping(self, given: Same) -> Same:
        """Return what was given, completed: the own body is the own body; same code or same name is the same."""
        new = {name: code for code, name in self.desk.bodies()}
        codes = set(new.values())
        bodies = {code: code if code in codes else new.get(name, "") for code, name in self.old.bodies()}
        people = {}
        for person in self.old.roster.people:
            found = [
                p.id for p in self.desk.roster.people if p.name == person.name and p.id not in self.desk.roster.left
            ]
            people[person.id] = found[0] if len(found) == 1 else ""
        wrong = [v for v in given.bodies.values() if v and v not in codes]
        wrong += [v for v in given.people.values() if v and all(v != p.id for p in self.desk.roster.people)]
        if wrong:
            raise RuleBroken("map_unknown", field="map", value=wrong[0])
        bodies |= {k: v for k, v in given.bodies.items() if k in bodies}
        if bodies[self.own] != self.desk.person.body:
            names = dict(self.desk.bodies())
            raise RuleBroken(
                "bring_in_other_body", old=self.old.person.body_name, here=names.get(self.desk.person.body, "")
            )
        return Same(bodies=bodies, people=people | {k: v for k, v in given.people.items() if k in people})

    # -- one case ----------------------------------------------------------------------------------

    def line(self, case_id: str) -> tuple[bring.BringLine, cmd.BringIn | None]:
        """Return how a case comes in, and the command; None where it stays in the archive."""
        with self.old._replica.read() as connection:
            happened = self.old._happened(connection, case_id)
        told = [h for h in happened if not h.stamped.event.inner]
        now, stands, why = self._stands(told)
        rules = self.old.rules.of(now.case)
        over = bool(now.case.ended) or all(rules.ended(m.state) for m in now.case.matters)
        if now.case.handling.merged_into:
            chosen, why = None, "merged"
        elif over and now.state in self.states:
            chosen = now
        else:
            chosen, why = self._nearest(stands)
        shown = self.desk._show()
        old_words = self.old._show(case=now.case)
        line = bring.BringLine(
            case_id=case_id, number=now.case.number, title=now.case.object or now.case.place,
            registered_at=now.case.registered_at, open=not over, state_name=old_words.state(now.state),
            comes_in=shown.state(chosen.state) if chosen else "", why=why,
            because=labels.label(labels.BRINGING, why, self.desk.lang) if why else "",
        )  # fmt: skip
        if chosen is None:
            return line, None
        missing = [b for b in self._bodies_in(chosen) if not self.map.bodies.get(b)]
        if missing:
            name = old_words.body(missing[0])
            because = labels.said(labels.label(labels.BRINGING, "body_unmapped", self.desk.lang), name, self.desk.lang)
            return msgspec.structs.replace(line, comes_in="", why="body_unmapped", because=because), None
        history = self._history(happened, now.case)
        return line, self._command(chosen, now, why, history, known_repeat="")

    def _stands(self, told: Sequence[Happened]) -> tuple[_Stand, list[_Stand], str]:
        board, case, foreign, found = Board(self.effects), None, False, list[_Stand]()
        for n, one in enumerate(told):
            case = evolve(case, one)
            foreign = foreign or one.acting != self.own
            event = one.stamped.event
            data = msgspec.to_builtins(event)
            board.take(
                Line(
                    kind=kind_of(event),
                    data=data,
                    matter=one.stamped.matter,
                    acting=one.acting,
                    person=one.person,
                    act=one.act_id,
                )
            )
            if n + 1 == len(told) or told[n + 1].act_id != one.act_id:
                found.append(self._stand(case, board, foreign))
        if not found:
            raise RuleBroken("case_unknown", value="")
        return found[-1], found, ""

    def _stand(self, case: Case, board: Board, foreign: bool) -> _Stand:
        sides = []
        for matter in case.matters:
            has, own, held = set[str](), set[str](), dict[str, set[str]]()
            for n, holder, word in board.words:
                if n not in (0, matter.n) or word in self.begun or word == "case.joined":
                    continue
                if not holder:
                    has.add(word)
                elif word not in FREE and holder == self.own:
                    own.add(word)
                else:
                    held.setdefault(word, set()).add(holder)
            sides.append(
                (matter.state, sorted(has), sorted(own), {w: tuple(sorted(h)) for w, h in sorted(held.items())})
            )
        state, words, mine, others = sides[0]
        return _Stand(
            case=case, state=state, has=tuple(words), own=tuple(mine), held=others, alike=all(s == sides[0] for s in sides),
            foreign=foreign or any(word not in FREE for word in others),
        )  # fmt: skip

    def _nearest(self, stands: Sequence[_Stand]) -> tuple[_Stand | None, str]:
        """Return the latest stand that may come in, and why it is not the last one."""
        why = ""
        for stand in reversed(stands):
            if stand.foreign:
                why = why or "foreign_act"
            elif not stand.alike:
                why = why or "matters_differ"
            elif stand.state not in self.states:
                why = why or "state_unknown"
            else:
                return stand, why
        return None, why

    def _bodies_in(self, stand: _Stand) -> list[str]:
        named = [b for t in stand.case.transfers for b in t.to]
        return [*named, *(b for word, found in stand.held.items() if word not in FREE for b in found)]

    def _mapped(self, value: Any) -> Any:
        """Return plain data with the bodies and people of the district in place of the old desk's."""
        if isinstance(value, dict):
            return {k: v if k == "facts" else self._mapped(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self._mapped(v) for v in value]
        if not isinstance(value, str):
            return value
        if value in self.map.people:
            return self.map.people[value] or self.old.roster.name_of(value)
        return self.map.bodies.get(value) or value

    def _command(self, stand: _Stand, now: _Stand, why: str, history: str, known_repeat: str) -> cmd.BringIn:
        case = now.case
        issues = [self._facts(m.facts) for m in stand.case.matters]
        standing = self._mapped(standing_of(stand.case))
        for matter, facts in zip(standing["matters"], issues, strict=True):
            matter["facts"] = facts
        held = {key_of(w): tuple(self.map.bodies.get(b) or b for b in h) for w, h in stand.held.items()}
        personal: dict[str, Any] = {name: case.personal[name] for name in PERSONAL if case.personal.get(name)}
        return cmd.BringIn(
            object=case.object, place=case.place, channel=case.channel, received_at=case.received_at,
            facts=issues[0], second_issue=issues[1:], confidential=case.confidential,  # type: ignore[arg-type]
            town=case.town, headcount=case.headcount, external_no=case.external_no, repeat_of=known_repeat,
            old_id=case.id, old_number=case.number, old_state=now.state, state=stand.state,
            registered_at=case.registered_at, registered_by=self._mapped(case.registered_by), why=why, has=stand.has,
            own=stand.own, held=held, standing=standing, history=history, **personal,
        )  # fmt: skip

    def _facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts that the district's version of the mechanism asks for; the others stand in the history."""
        found: dict[str, Any] = {}
        for name, value in facts.items():
            try:
                found |= self.desk.rules.checked_facts({name: value})
            except RuleBroken:
                continue
        return found

    def _history(self, happened: Sequence[Happened], case: Case) -> str:
        lines = []
        for one in self.old._show(case=case).timeline(happened):
            said = " ".join(part for part in (one.label, one.text, one.proxy, one.person, one.body) if part)
            lines.append(f"{one.happened_at[:16].replace('T', ' ')} {said}")
        return "\n".join(lines)[-HISTORY:]


def _case_ids(old: Desk) -> list[str]:
    with old._replica.read() as connection:
        return [case for case, _ in journal.all_cases(connection)]


def preview(
    desk: Desk, home: Path, *, secret: str | None, person: str | None = None, given: Same | None = None
) -> bring.BringPreview:
    """Return how the cases of an old home would come in, and which body and person is which. Nothing is changed.

    Raises RuleBroken ``bring_in_alone_only``, ``not_member``, ``archive_elsewhere``, ``wrong_secret``, ``map_unknown`` …
    """
    _allowed(desk, home)
    with closing(open_desk(home, person=person, secret=secret, lang=desk.lang)) as old:
        side = _Old(old, desk, given or Same())
        with desk._replica.read() as connection:
            known = journal.brought_in(connection)
        lines = []
        for case_id in _case_ids(old):
            line, _ = side.line(case_id)
            lines.append(msgspec.structs.replace(line, here=case_id in known))
        names = dict(desk.bodies())
        used = {b for c in _case_ids(old) for b in _bodies_of(side, c)} | {side.own}
        return bring.BringPreview(
            home=str(home),
            bodies=tuple(
                bring.MapLine(old=code, name=name, to=side.map.bodies[code], to_name=names.get(side.map.bodies[code], ""))
                for code, name in old.bodies()
                if code in used
            ),
            people=tuple(
                bring.MapLine(old=p.id, name=p.name, to=to, to_name=desk.roster.name_of(to) if to else "")
                for p in old.roster.people
                for to in (side.map.people[p.id],)
            ),
            cases=tuple(lines),
        )  # fmt: skip


def _bodies_of(side: _Old, case_id: str) -> set[str]:
    with side.old._replica.read() as connection:
        happened = side.old._happened(connection, case_id)
    return {one.acting for one in happened} | {
        body for one in happened for body in getattr(one.stamped.event, "to", ()) if isinstance(body, str)
    } & set(side.map.bodies)


def bring_in(
    desk: Desk, home: Path, *, secret: str | None, person: str | None = None, given: Same | None = None,
    cases: Collection[str] | None = None, open_only: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None, cancelled: Callable[[], bool] = lambda: False,
) -> bring.BringReport:  # fmt: skip
    """Bring cases of an old home in; what is here already stays as it is, so it may be called again after any cut.

    ``cases``: ids or numbers of the old desk, None for all. The old home is an archive from the first case on. Raises
    as :func:`preview`; LinkLost when more numbers are needed and the shared database cannot be reached: what came in
    until then stays.
    """
    _allowed(desk, home)
    with closing(open_desk(home, person=person, secret=secret, lang=desk.lang)) as old:
        side = _Old(old, desk, given or Same())
        with desk._replica.read() as connection:
            known = journal.brought_in(connection)
        wanted, skipped, already = list[cmd.BringIn](), list[bring.BringLine](), 0
        named = set[str]()
        for case_id in _case_ids(old):
            line, command = side.line(case_id)
            if cases is not None and not {case_id, line.number} & set(cases):
                continue
            named |= {case_id, line.number}
            if case_id in known:
                already += 1
            elif command is None:
                skipped.append(line)
            elif line.open or not open_only:
                wanted.append(command)
        absent = sorted(set(cases or ()) - named)
        if absent:
            raise RuleBroken("case_unknown", field="cases", value=absent[0])
        if wanted:
            member = membership(desk._replica)
            assert member is not None
            make_archive(home, district=desk.roster.district, body=member.body, desk=member.role, at=desk.moment())
        numbers, stopped = list[tuple[str, str]](), False
        for n in range(0, len(wanted), BATCH):
            if cancelled():
                stopped = True
                break
            batch = wanted[n : n + BATCH]
            _numbers_for(desk, len(batch))
            outcomes = desk.register_many(batch)
            numbers += [(c.old_number, o.number) for c, o in zip(batch, outcomes, strict=True)]
            progress(len(numbers), len(wanted))
    return bring.BringReport(
        brought=len(numbers), known=already, skipped=tuple(skipped), numbers=tuple(numbers), cancelled=stopped
    )


def _numbers_for(desk: Desk, count: int) -> None:
    """Ask for the next block where this batch would not get through with the numbers that are left."""
    with desk._replica.read() as connection:
        left = leasing.leased_left(connection)
    if left.get((desk.person.body, "case", int(desk.moment()[:4])), 0) < count:
        desk.sync()


def _allowed(desk: Desk, home: Path) -> None:
    member = membership(desk._replica)
    if member is None:
        raise RuleBroken("not_member")
    if home.resolve() == desk.home.resolve():
        raise RuleBroken("bring_in_alone_only", founding="member")
    before = archived_for(home)
    if before is None or before.get("desk") == member.role:
        return
    if (before.get("district"), before.get("body")) != (desk.roster.district, member.body):
        raise RuleBroken("archive_elsewhere", district=before.get("district", ""), body=before.get("body", ""))
    desk.sync()  # another desk of this body began: what it brought in must be here before anything is added
