"""The registers 登记簿 of a desk: what it was founded as, who is who, the calendar's years, the readings chosen.

They are streams like any other: written by acts, folded from entries, never changed in place (DESIGN §3, §4).
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Actor
from liaison_app.domain.errors import RuleBroken

FIGURES: Final = ev.REGISTER_OF[ev.PeriodFrozen]
"""The stream of frozen periods: read when figures are asked for, for it grows large."""
STREAMS: Final = tuple(dict.fromkeys(s for s in ev.REGISTER_OF.values() if s != FIGURES))
"""Names of the register streams that everybody goes by."""

_FROZEN: Final = frozenset(ev.PeriodFrozen.__struct_fields__)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the desk's profile: its name (M1@2), its text, the day from which registrations go by it.

    The first is the one that the desk was founded with; its text is '' on desks founded before texts were kept, and
    the file that comes with the program stands for it.
    """

    name: str
    text: str
    valid_from: str = ""
    reason: str = ""
    since: str = ""


class Registers(msgspec.Struct, frozen=True, kw_only=True):
    """All registers as folded from their entries; ``people`` in the order in which they came."""

    founding: str = ""
    mechanism: str = ""
    profile: str = ""
    district: str = ""
    people: tuple[ev.Person, ...] = ()
    left: frozenset[str] = frozenset()
    towns: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    settings: dict[str, str] = {}
    begun: dict[str, str] = {}
    """Readings chosen when the desk was founded."""
    choices: tuple[ev.SettingChosen, ...] = ()
    years: tuple[ev.YearEntered, ...] = ()
    versions: tuple[Version, ...] = ()


def evolve(registers: Registers, event: ev.Event) -> Registers:
    """Return the registers after one more event."""
    change = msgspec.structs.replace
    match event:
        case ev.Founded():
            return Registers(
                founding=event.founding, mechanism=event.mechanism, profile=event.profile, district=event.district,
                people=event.people, towns=event.towns, desks=event.desks, settings=event.settings, begun=event.settings,
                versions=(Version(name=event.profile, text=event.text),),
            )  # fmt: skip
        case ev.ProfilePublished():
            new = Version(
                name=event.version, text=event.text, valid_from=event.valid_from, reason=event.reason, since=event.since
            )
            return change(registers, versions=(*registers.versions, new))
        case ev.PersonEntered():
            others = {p.id: p for p in registers.people} | {event.person.id: event.person}
            return change(registers, people=tuple(others.values()), left=registers.left - {event.person.id})
        case ev.PersonLeft():
            return change(registers, left=registers.left | {event.person})
        case ev.YearEntered():
            return change(registers, years=(*registers.years, event))
        case ev.SettingChosen():
            settings = {**registers.settings, event.setting: event.value}
            return change(registers, settings=settings, choices=(*registers.choices, event))
        case _:
            return registers


def fold(events: Iterable[ev.Event]) -> Registers:
    """Return the registers that the entries of their streams give."""
    registers = Registers()
    for event in events:
        registers = evolve(registers, event)
    return registers


def settings_of(registers: Registers, registered_at: str) -> dict[str, str]:
    """Return the readings by which a case registered then is judged: those of its day, and later ones that say so."""
    found = dict(registers.begun)
    for one in registers.choices:
        if one.running or one.since <= registered_at:
            found[one.setting] = one.value
    return found


def decide(registers: Registers, command: cmd.RegisterCommand, who: Actor, at: str = "") -> ev.RegisterEvent:
    """Return what a register act gives, at a moment.

    Raises RuleBroken ``founded_already``, ``administrator_only``, ``person_exists``, ``person_unknown``,
    ``last_person``, ``reason_missing``, ``name_missing``, ``version_known``, ``version_other_mechanism``,
    ``version_before``, ``day_unknown``.
    """
    if isinstance(command, cmd.Found):
        if registers.founding:
            raise RuleBroken("founded_already", founding=registers.founding)
        fields = {name: getattr(command, name) for name in ev.Founded.__struct_fields__}
        return ev.Founded(**fields)
    if isinstance(command, cmd.FreezePeriod):
        fields = {name: getattr(command, name) for name in cmd.FreezePeriod.__struct_fields__ if name in _FROZEN}
        return ev.PeriodFrozen(**fields, since=at)
    if registers.founding != "demo" and "administrator" not in who.roles:
        raise RuleBroken("administrator_only", person=who.person)
    match command:
        case cmd.EnterPerson():
            return _entered(registers, command.person)
        case cmd.LetPersonGo():
            return _left(registers, command)
        case cmd.EnterYear():
            return ev.YearEntered(notice=command.notice, since=at)
        case cmd.PublishProfile():
            return _published(registers, command, at)
        case cmd.ChooseSetting():
            if not command.reason.strip():
                raise RuleBroken("reason_missing", field="reason")
            return ev.SettingChosen(
                setting=command.setting, value=command.value, reason=command.reason, since=at, running=command.running
            )


def _entered(registers: Registers, person: ev.Person) -> ev.PersonEntered:
    if not person.name.strip():
        raise RuleBroken("name_missing", field="name")
    same = next((p for p in registers.people if p.name == person.name and p.id != person.id), None)
    if same is not None and same.id not in registers.left:
        raise RuleBroken("person_exists", field="name", person=person.name)
    return ev.PersonEntered(person=person)


def _published(registers: Registers, command: cmd.PublishProfile, at: str) -> ev.ProfilePublished:
    if not command.reason.strip():
        raise RuleBroken("reason_missing", field="reason")
    mechanism = command.version.partition("@")[0]
    if mechanism != registers.mechanism:
        raise RuleBroken("version_other_mechanism", field="version", value=mechanism, expected=registers.mechanism)
    if any(v.name == command.version for v in registers.versions):
        raise RuleBroken("version_known", field="version", value=command.version)
    try:
        day = date.fromisoformat(command.valid_from).isoformat()
    except ValueError:
        raise RuleBroken("day_unknown", field="valid_from", value=command.valid_from) from None
    latest = registers.versions[-1]
    if day < latest.valid_from:
        raise RuleBroken("version_before", field="valid_from", value=day, version=latest.name, day=latest.valid_from)
    return ev.ProfilePublished(
        version=command.version, valid_from=day, text=command.text, reason=command.reason, since=at,
        sha256=hashlib.sha256(command.text.encode()).hexdigest(),
    )  # fmt: skip


def _left(registers: Registers, command: cmd.LetPersonGo) -> ev.PersonLeft:
    if not any(p.id == command.person for p in registers.people):
        raise RuleBroken("person_unknown", person=command.person)
    administrators = [
        p.id for p in registers.people if "administrator" in p.roles and p.id not in {*registers.left, command.person}
    ]
    if registers.founding != "demo" and not administrators:
        raise RuleBroken("last_administrator", person=command.person)
    if not command.reason.strip():
        raise RuleBroken("reason_missing", field="reason")
    return ev.PersonLeft(person=command.person, reason=command.reason)
