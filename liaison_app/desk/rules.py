"""A profile with settings, calendar and roster applied: what the domain asks while deciding."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from liaison_app.desk.clocks import latest_extension
from liaison_app.desk.roster import Roster
from liaison_app.domain.case import Case
from liaison_app.domain.registers import Registers, settings_of
from liaison_app.domain.rules import Ask, Granted, Lead
from liaison_app.mechanism import facts as fact_forms
from liaison_app.mechanism import guards
from liaison_app.mechanism.calendar import WorkCalendar, bundled
from liaison_app.mechanism.profile import load_profile
from liaison_app.mechanism.routing import Routing, named_bodies, route
from liaison_app.mechanism.schema import Profile

KEPT: Final = 4096
"""Answers of the routing table that are kept: a case asks for the same one many times."""
_ROUTED: dict[tuple[str, bytes], Routing] = {}
_OF: dict[bytes, dict[str, str]] = {}
"""Readings of older cases: the same object for the same readings."""
_READ: dict[int, tuple[Mapping[str, str], frozenset[str]]] = {}


class DeskRules(msgspec.Struct, frozen=True, kw_only=True):
    """Implements :class:`liaison_app.domain.rules.Rules` over one profile."""

    profile: Profile
    calendar: WorkCalendar
    roster: Roster
    settings: Mapping[str, str]
    founding: str
    registers: Registers = Registers()
    past: tuple[tuple[str, WorkCalendar], ...] = ()
    """Calendars that a later year's notice replaced, with the moment until which each was in force."""

    @property
    def mechanism(self) -> str:
        """Name and version of the mechanism, as acts cite it."""
        return self.profile.version()

    def of(self, case: Case) -> "DeskRules":
        """Return the rules of one case: the readings it began with, unless a later one was chosen for running cases."""
        if not self.registers.choices:
            return self
        settings = {**self.profile.defaults(), **settings_of(self.registers, case.registered_at)}
        if settings == self.settings:
            return self
        key = msgspec.json.encode(settings)
        kept = _OF.get(key)
        if kept is None:
            if len(_OF) >= 64:
                _OF.clear()
            kept = _OF[key] = settings
        return msgspec.structs.replace(self, settings=kept, registers=Registers())

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
        key = (self.profile.version(), msgspec.json.encode([asked, self.settings]))
        found = _ROUTED.get(key)
        if found is None:
            if len(_ROUTED) >= KEPT:
                _ROUTED.clear()
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
        own = found.transfer == "none_own_duty" or found.addressees[0] == case_facts.get("first_receiver")
        urgent = "immediate" if found.report_to and not own else found.transfer
        return Lead(
            row=found.row, addressees=found.addressees, lead=found.lead, transfer=urgent, handling=found.urgency,
            report_to=found.report_to, own=own, blocked=found.transfer == "not_transferred",
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
        post = self.profile.post(body)
        if self.founding == "alone":
            return body in self.roster.desks
        return bool(post and post.desk) and (not self.roster.desks or body in self.roster.desks)

    def is_leader(self, person: str, body: str) -> bool:
        """Return whether a person leads a body; known by id or by name."""
        return any(
            person in (p.id, p.name) and p.body == body and "leader" in p.roles and p.id not in self.roster.left
            for p in self.roster.people
        )

    def known_body(self, body: str) -> bool:
        """Return whether a body stands in the roster."""
        return self.profile.post(body) is not None

    def named_bodies(self, words: str) -> tuple[str, ...]:
        """Return the bodies that the object of a complaint names."""
        return named_bodies(self.profile, words)

    def knows_clock(self, rule: str) -> bool:
        """Return whether the mechanism has a clock of that rule."""
        return any(rule in (d.rule, *d.rules) for d in self.profile.deadlines)

    def knows_outcome(self, code: str) -> bool:
        """Return whether a case may be closed with that outcome code."""
        return any(o.code == code for o in self.profile.outcomes)

    def latest_extension(self, case: Case, matter: int, rule: str) -> datetime | None:
        """Return the last moment to which a clock may be extended."""
        return latest_extension(case, self, matter, rule)


def rules_of(registers: Registers) -> DeskRules:
    """Return the rules by which a desk goes: its profile with calendar, roster and settings as the registers say."""
    profile = load_profile(registers.mechanism)
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
        profile=profile, calendar=calendar, past=tuple(past), roster=roster, founding=registers.founding,
        settings={**profile.defaults(), **registers.settings}, registers=registers,
    )  # fmt: skip
