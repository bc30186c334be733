"""A profile with settings, calendar and roster applied: what the domain asks while deciding."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from liaison_app.desk.clocks import latest_extension
from liaison_app.desk.roster import Roster
from liaison_app.domain.case import Case
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import WHOLE_CASE
from liaison_app.domain.registers import Registers, Version, settings_of
from liaison_app.domain.rules import Ask, Granted, Lead
from liaison_app.mechanism import facts as fact_forms
from liaison_app.mechanism import guards
from liaison_app.mechanism.calendar import WorkCalendar, bundled
from liaison_app.mechanism.profile import load_profile, read_profile
from liaison_app.mechanism.routing import Routing, named_bodies, route
from liaison_app.mechanism.schema import Post, Profile, State

KEPT: Final = 4096
"""Answers of the routing table that are kept: a case asks for the same one many times."""
_ROUTED: dict[tuple[str, bytes], Routing] = {}
_OF: dict[tuple[str, bytes], dict[str, str]] = {}
"""Readings of older cases: the same object for the same readings."""
_READ: dict[int, tuple[Mapping[str, str], frozenset[str]]] = {}


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the desk's profile as it is read: the name that cases cite, the day from which it is in force."""

    name: str
    profile: Profile
    digest: str
    valid_from: str = ""
    reason: str = ""
    since: str = ""


class DeskRules(msgspec.Struct, frozen=True, kw_only=True):
    """Implements :class:`liaison_app.domain.rules.Rules` over the version of the profile that ``profile`` is.

    ``at`` gives the rules of a day, ``of`` those of a case; every question about a case is put to the latter.
    """

    profile: Profile
    calendar: WorkCalendar
    roster: Roster
    settings: Mapping[str, str]
    founding: str
    registers: Registers = Registers()
    past: tuple[tuple[str, WorkCalendar], ...] = ()
    """Calendars that a later year's notice replaced, with the moment until which each was in force."""
    digest: str = ""
    """What tells the text of this version from every other."""
    editions: tuple[Edition, ...] = ()
    """Every version of the desk's profile, oldest first."""
    settled: bool = False
    """Whether these are the rules of one case: version and readings stand."""
    unread: tuple[str, ...] = ()
    """Versions that the district published and this program is too old to read: passed over."""

    @property
    def mechanism(self) -> str:
        """Name and version of the mechanism, as acts cite it."""
        return self.profile.version()

    def at(self, moment: datetime) -> "DeskRules":
        """Return the rules by which a case registered at a moment goes: the newest version in force on that day."""
        if len(self.editions) <= 1:
            return self
        day = stamp(moment)[:10]
        found = next(e for e in reversed(self.editions) if e.valid_from <= day)
        if found.profile is self.profile:
            return self
        settings = fitting(found.profile, self.registers.settings)
        return msgspec.structs.replace(self, profile=found.profile, digest=found.digest, settings=settings)

    def of(self, case: Case) -> "DeskRules":
        """Return the rules of one case: its version, and the readings it began with unless later ones were for all."""
        if self.settled or (len(self.editions) <= 1 and not self.registers.choices):
            return self
        return self.settle(self.edition(case.mechanism), settings_of(self.registers, case.registered_at))

    def settle(self, edition: Edition, chosen: Mapping[str, str]) -> "DeskRules":
        """Return the rules of a version under readings, for one case."""
        settings = fitting(edition.profile, chosen)
        if len(self.editions) <= 1 and settings == self.settings:
            return self
        key = (edition.digest, msgspec.json.encode(settings))
        kept = _OF.get(key)
        if kept is None:
            if len(_OF) >= 64:
                _OF.clear()
            kept = _OF[key] = settings
        return msgspec.structs.replace(
            self, profile=edition.profile, digest=edition.digest, settings=kept, settled=True
        )

    def edition(self, name: str) -> Edition:
        """Return a version by the name that a case cites; one that nobody knows is the one the desk began with."""
        return next((e for e in self.editions if name in (e.name, e.profile.version())), self.editions[0])

    def states_in(self, version: str, day: str) -> frozenset[str]:
        """Return the states of another version. Raise RuleBroken ``version_unknown``, ``version_not_yet``."""
        found = self.edition(version)
        if version not in (found.name, found.profile.version()):
            known = [e.name for e in self.editions]
            raise RuleBroken("version_unknown", field="to", value=version, expected=", ".join(known))
        if found.valid_from > day:
            raise RuleBroken("version_not_yet", field="to", value=version, day=found.valid_from)
        return frozenset(s.code for s in found.profile.states)

    def state_words(self, code: str) -> dict[str, str]:
        """Return the name of a state as facts of a refusal."""
        found = self.state(code)
        return {"state_zh": found.name if found else code, "state_en": found.en if found else code}

    def post(self, code: str) -> Post | None:
        """Return a post of this version, else of the newest that has it: what an older paper names stays named."""
        profiles = (self.profile, *(e.profile for e in reversed(self.editions)))
        return next((p for p in (one.post(code) for one in profiles) if p), None)

    def state(self, code: str) -> State | None:
        """Return a state of this version, else of the newest that has it."""
        profiles = (self.profile, *(e.profile for e in reversed(self.editions)))
        return next((s for s in (one.state(code) for one in profiles) if s), None)

    @property
    def readings(self) -> frozenset[str]:
        """Every setting with the reading chosen."""
        kept = _READ.get(id(self.settings))
        if kept is None or kept[0] is not self.settings:
            _READ.clear()
            kept = (self.settings, frozenset(f"{name}={value}" for name, value in self.settings.items()))
            _READ[id(self.settings)] = kept
        return kept[1]

    @property
    def stand_ins(self) -> Sequence[str]:
        """Who may enter the acts of a body without a desk."""
        return self.profile.stand_ins

    def permit(self, ask: Ask) -> Granted:
        """Return the guard that allows an act."""
        return guards.permit(self.profile, ask)

    def routing(self, facts: Mapping[str, Any], case_facts: Mapping[str, Any]) -> Routing:
        """Return all that the table says."""
        asked = {**self._shared(case_facts), **facts}
        key = (self.digest or self.profile.version(), msgspec.json.encode([asked, self.settings]))
        found = _ROUTED.get(key)
        if found is None:
            if len(_ROUTED) >= KEPT:
                _ROUTED.clear()
            if self.settled:  # a case moved to another version may hold a fact that this one does not ask for
                asked = fact_forms.known(self.profile, asked)
            found = _ROUTED[key] = route(self.profile, asked, self.settings)
        return found

    def _shared(self, case_facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts of the case that the profile asks for; a free word that a fact does not list is ``other``."""
        shared: dict[str, Any] = {}
        for name, value in case_facts.items():
            fact = self.profile.fact(name)
            if fact is None:
                continue
            listed = fact.type != "enum" or value in fact.values or any(value in v for v in fact.values.values())
            if listed or "other" in fact.values:
                shared[name] = value if listed else "other"
        return shared

    def lead(self, facts: Mapping[str, Any], case_facts: Mapping[str, Any]) -> Lead:
        """Return lead, addressees and urgency."""
        found = self.routing(facts, case_facts)
        urgent = "immediate" if found.report_to and not found.own else found.transfer
        return Lead(
            row=found.row, addressees=found.addressees, lead=found.lead, transfer=urgent, handling=found.urgency,
            report_to=found.report_to, own=found.own, asks=found.asks, blocked=found.transfer == "not_transferred",
        )  # fmt: skip

    def checked_facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts in the form that entries keep: dates as text."""
        checked = fact_forms.checked(self.profile, facts)
        plain: dict[str, Any] = msgspec.to_builtins(checked)
        return plain

    def missing(self, items: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the items of the registration that are missing, in the order of the form."""
        return tuple(name for name in self.profile.registration.items if not str(items.get(name) or "").strip())

    def blocked(self, items: Mapping[str, Any]) -> bool:
        """Return whether what is missing stops a transfer (registration.blocking of the profile)."""
        missing = set(self.missing(items))
        return any(set(together) <= missing for together in self.profile.registration.blocking)

    def has_desk(self, body: str) -> bool:
        """Return whether a body has a desk; on a desk alone nobody else has one."""
        post = self.post(body)
        if self.founding == "alone":
            return body in self.roster.desks
        return bool(post and post.desk) and (not self.roster.desks or body in self.roster.desks)

    def is_leader(self, person: str, body: str) -> bool:
        """Return whether a person leads a body; known by id or by name."""
        return any(
            person in (p.id, p.name) and p.body == body and "leader" in p.roles and p.id not in self.roster.left
            for p in self.roster.people
        )

    def has_leader(self, body: str) -> bool:
        """Return whether anybody in the roster leads a body; of one without a desk often nobody is known."""
        return any(p.body == body and "leader" in p.roles and p.id not in self.roster.left for p in self.roster.people)

    def works_at(self, person: str, body: str) -> bool:
        """Return whether a person (by id) is of a body and has not left."""
        return person not in self.roster.left and any(p.id == person and p.body == body for p in self.roster.people)

    def known_body(self, body: str) -> bool:
        """Return whether a body stands in the roster."""
        return self.post(body) is not None

    def named_bodies(self, words: str) -> tuple[str, ...]:
        """Return the bodies that the object of a complaint names."""
        return named_bodies(self.profile, words)

    def knows_clock(self, rule: str) -> bool:
        """Return whether the mechanism has a clock of that rule."""
        return any(rule in (d.rule, *d.rules) for d in self.profile.deadlines)

    def ended(self, state: str) -> bool:
        """Return whether a state is an end."""
        found = self.profile.state(state)
        return found is not None and found.end

    def knows_outcome(self, code: str) -> bool:
        """Return whether a case may be closed with that outcome code."""
        return any(o.code == code for o in self.profile.outcomes)

    def outcome_needs_limit(self, code: str) -> bool:
        """Return whether closing with that outcome promises a date."""
        return any(o.code == code and o.limit for o in self.profile.outcomes)

    def paper_numbering(self, kind: str) -> str | None:
        """Return who numbers a kind of paper, None when the profile has no such paper."""
        found = next((d for d in self.profile.documents if d.kind == kind), None)
        if found is None:
            return "none" if kind == WHOLE_CASE else None
        return "carried" if found.number_source and found.numbered == "ours" else found.numbered

    def latest_extension(self, case: Case, matter: int, rule: str) -> datetime | None:
        """Return the last moment to which a clock may be extended."""
        return latest_extension(case, self, matter, rule)


def rules_of(registers: Registers) -> DeskRules:
    """Return the rules by which a desk goes: its profile with calendar, roster and settings as the registers say."""
    versions = registers.versions or (Version(name=registers.profile, text=""),)
    editions, unread = _editions(registers, versions)
    newest = editions[-1]
    calendar = bundled()
    past = []
    for entered in registers.years:
        past.append((entered.since, calendar))
        calendar = calendar.with_year(entered.notice)
    roster = Roster(
        district=registers.district, people=registers.people, towns=registers.towns, desks=registers.desks,
        left=registers.left,
    )  # fmt: skip
    return DeskRules(
        profile=newest.profile, digest=newest.digest, editions=editions, calendar=calendar, past=tuple(past), roster=roster, founding=registers.founding,
        settings=fitting(newest.profile, registers.settings), registers=registers, unread=unread,
    )  # fmt: skip


def regimes(rules: DeskRules, case: Case) -> tuple[tuple[str, DeskRules], ...]:
    """Return the rules that a case went by earlier, each with the moment until which: another calendar, a reading chosen
    for running cases, another version. Oldest first; the rules of now are not among them."""
    running = [c for c in rules.registers.choices if c.running and c.since > case.registered_at]
    turns = {until for until, _ in rules.past} | {c.since for c in running} | {until for until, _ in case.moves}
    found = []
    for until in sorted(t for t in turns if t > case.registered_at):
        choices = tuple(c for c in rules.registers.choices if c.since <= case.registered_at or c.since < until)
        chosen = settings_of(msgspec.structs.replace(rules.registers, choices=choices), case.registered_at)
        version = next((name for end, name in case.moves if end >= until), case.mechanism)
        calendar = next((c for end, c in rules.past if end >= until), rules.calendar)
        old = rules.settle(rules.edition(version), chosen)
        found.append((until, msgspec.structs.replace(old, calendar=calendar, settled=True)))
    return tuple(found)


def fitting(profile: Profile, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return every setting of a version with its reading: the one chosen where the version offers it."""
    found = profile.defaults()
    for setting in profile.settings:
        value = chosen.get(setting.id)
        if value is not None and (setting.free or value in setting.values):
            found[setting.id] = value
    return found


def _editions(registers: Registers, versions: Sequence[Version]) -> tuple[tuple[Edition, ...], tuple[str, ...]]:
    """Return the versions as they are read; a member passes over one that a newer program wrote, a desk alone wrote all."""
    found, unread = [], []
    for version in versions:
        try:
            found.append(_edition(version, registers.mechanism))
        except RuleBroken:
            if registers.founding != "member" or not found:
                raise
            unread.append(version.name)
    return tuple(found), tuple(unread)


def _edition(version: Version, mechanism: str) -> Edition:
    """Return a version as it is read: from the text of the journal, or for an older desk from the program's own file."""
    text = version.text.encode()
    profile = read_profile(text, version.name) if text else load_profile(mechanism)
    return Edition(
        name=version.name or profile.version(), profile=profile, valid_from=version.valid_from,
        digest=hashlib.sha256(text).hexdigest() if text else f"bundled {profile.version()}",
        reason=version.reason, since=version.since,
    )  # fmt: skip
