"""Founding a desk once and for ever (demo, alone), opening it, recovering it."""

import platform
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

import yaml

from liaison_app.desk import founding_views, tallying
from liaison_app.desk.archive import archived_for
from liaison_app.desk.counting import FORM
from liaison_app.desk.facade import Desk
from liaison_app.desk.membership import membership
from liaison_app.desk.papers import Renderer
from liaison_app.desk.registering import read_registers, write_register
from liaison_app.desk.roster import Roster, roster_of
from liaison_app.desk.rules import DeskRules, rules_of
from liaison_app.desk.signing import Pen, new_id
from liaison_app.domain import commands as cmd
from liaison_app.domain import registers as reg
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.domain.moments import CHINA
from liaison_app.mechanism.profile import available, bundled_text, load_profile, stamped
from liaison_app.mechanism.schema import Profile
from liaison_app.mechanism.settings import checked_reading
from liaison_app.security import chain, keyring_store, keys
from liaison_app.security.errors import SecurityRefusal
from liaison_app.store import desk_tables as small
from liaison_app.store import journal, leasing
from liaison_app.store.appearing import appearing
from liaison_app.store.engine import FILE
from liaison_app.store.replica import HEAD, Replica, Told, restore

RESTORED: Final = "restored"
ASKED: Final = "asked-by-file"
"""A file that says: this home came out of a backup and was not opened since."""
Founding = Literal["demo", "alone"]
"""What a desk can be founded as by itself; ``member`` needs the shared database."""


def founded(home: Path) -> bool:
    """Return whether a folder holds a desk. Raise RuleBroken ``home_denied`` where it may not be looked into."""
    try:
        return (home / FILE).exists()
    except PermissionError:
        raise RuleBroken("home_denied", home=str(home)) from None


def asked_by_file(home: Path) -> bool:
    """Return whether a folder holds a desk that asked by file to be let in and has no answer yet."""
    return (home / ASKED).exists()


def found_demo(home: Path, mechanism: str = "M1") -> None:
    """Found a demo: a fictitious district, everybody enrolled, no secret needed."""
    if load_profile(mechanism).meta.partial:
        raise RuleBroken("mechanism_partial", field="mechanism", value=mechanism)
    text = files("resources").joinpath("demo", f"{mechanism}.yaml").read_bytes()
    roster = roster_of(yaml.load(text, Loader=yaml.CSafeLoader))
    _found(home, "demo", mechanism, roster, [(p.id, p.name) for p in roster.people], "demo", "")


def found_alone(
    home: Path, mechanism: str, person: Person, others: Sequence[Person], mode: keys.Mode, secret: str, district: str,
    settings: Mapping[str, str] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Found a desk alone with the readings chosen; return the eight groups of the recovery sheet (恢复单).

    Raises RuleBroken ``setting_value`` for a reading that the mechanism does not have.
    """
    everybody, profile = (person, *others), load_profile(mechanism)
    chosen = {name: checked_reading(profile, name, value) for name, value in (settings or {}).items()}
    roster = Roster(district=district, people=everybody, desks=(person.body,))
    return _found(home, "alone", mechanism, roster, [(person.id, person.name)], mode, secret, chosen)


def _found(
    home: Path, founding: Founding, mechanism: str, roster: Roster, enrolled: Sequence[tuple[str, str]], mode: keys.Mode,
    secret: str, settings: dict[str, str] | None = None,
) -> tuple[str, ...]:  # fmt: skip
    profile = load_profile(mechanism)
    if profile.meta.partial:
        raise RuleBroken("mechanism_partial", field="mechanism", value=mechanism)
    if founded(home):
        raise RuleBroken("replica_exists", home=str(home))
    with appearing(home) as half:
        groups = keys.found_keys(half, with_recovery=founding != "demo")
        first = keys.new_bundle()
        for i, (person, name) in enumerate(enrolled):
            bundle = first if i == 0 else keys.new_bundle(first.replica_key)
            keys.enrol(half, person, name, mode, secret, bundle)
        replica = Replica.create(half, first.replica_key)
        try:
            with replica.write() as connection:
                small.put_meta(connection, "count_form", FORM)
                bodies = {p.id: p.body for p in roster.people}
                for person, _ in enrolled:
                    journal.add_device(connection, new_id(), person, bodies[person])
                founder = roster.person(enrolled[0][0])
                device = journal.device_of(connection, founder.id) or ""
                command = cmd.Found(
                    founding=founding, mechanism=profile.meta.id, profile=profile.version(), district=roster.district,
                    people=roster.people, towns=roster.towns, desks=roster.desks, settings=settings or {},
                    text=bundled_text(mechanism).decode(),
                )  # fmt: skip
                pen = Pen(device=device, seq=0, head=chain.GENESIS, secret=first.device_secret, registers={})
                who = roster.actor(founder.id, device)
                event = reg.decide(reg.Registers(), command, who)
                write_register(connection, pen, who, command, event, datetime.now(CHINA))
        finally:
            replica.close()
    return groups


def keyring_works() -> bool:
    """Return whether the system keyring keeps a secret, so that a PIN can lock a desk."""
    try:
        keyring_store.probe()
    except SecurityRefusal:
        return False
    return True


def beginnings(lang: str) -> tuple[founding_views.Beginning, ...]:
    """Return what a desk can be founded on: each whole mechanism with its bodies and what is asked at the start."""
    from liaison_app.words.mechanism_words import SETTINGS  # read when a desk is founded, not when one is opened

    en = lang == "en"
    found = []
    for profile in _right_ones():
        if profile.meta.partial:
            continue
        asked = tuple(
            founding_views.FirstQuestion(
                setting=one.id, name=(one.en or SETTINGS.get(one.id.rpartition(".")[2], ("", ""))[1] if en else "") or one.zh, words=one.asked.en if en else one.asked.zh, default=one.default,
                choices=tuple((value, one.asked.values[value][1 if en else 0]) for value in one.values),
            )
            for one in profile.settings
            if one.asked
        )  # fmt: skip
        found.append(
            founding_views.Beginning(
                mechanism=profile.meta.id, name=profile.meta.name_en if en else profile.meta.name, asked=asked,
                bodies=tuple((post.id, post.en if en else post.name) for post in profile.posts if post.desk),
                demo=files("resources").joinpath("demo", f"{profile.meta.id}.yaml").is_file(),
            )
        )  # fmt: skip
    return tuple(found)


def _right_ones() -> Iterator[Profile]:
    """Yield the profiles that come with the program and are right; see :func:`left_out` for the others."""
    for name in available():
        with suppress(RuleBroken):
            yield load_profile(name)


def left_out() -> tuple[RuleBroken, ...]:
    """Return why profiles that come with the program are not used: someone altered their files wrongly."""
    found = []
    for name in (n for n in available() if not stamped(n)):
        try:
            load_profile(name)
        except RuleBroken as refused:
            found.append(refused)
    return tuple(found)


def other_zone() -> str:
    """Return the time zone of this PC as ``UTC-05:00`` where it is not China's; days and limits go by China's all the same."""
    here = datetime.now(UTC).astimezone()
    return "" if here.utcoffset() == here.astimezone(CHINA).utcoffset() else f"UTC{here.isoformat()[-6:]}"


def enrolled(home: Path) -> tuple[keys.PersonSlot, ...]:
    """Return who may open a desk, before anybody did. Raise RuleBroken ``copy_closed`` where nobody may any more."""
    found = keys.people(home)
    if not found:
        raise RuleBroken("copy_closed", count=0)
    return found


def open_desk(
    home: Path, *, person: str | None = None, secret: str | None = None, lang: str = "zh_CN",
    now: datetime | None = None, renderer: Renderer | None = None, synchronous: str = "FULL", to_send: bool = False,
    told: Told | None = None,
) -> Desk:  # fmt: skip
    """Open a desk as a person (the first of it when none is named).

    ``to_send``: only to export and import packages; a desk that was closed to the person is opened for that too.
    ``told`` hears of each piece of a migration to a newer schema or to rows of a newer form: step, steps, share of the step.
    Raises RuleBroken: ``replica_missing``, ``home_denied``, ``wrong_secret``, ``second_instance``, ``not_demo``, ``copy_closed`` …
    """
    if not founded(home):
        raise RuleBroken("replica_missing", home=str(home))
    slots = enrolled(home)
    slot = slots[0] if person is None else next((s for s in slots if person in (s.id, s.name)), None)
    if slot is None:
        raise RuleBroken("person_unknown", field="as", value=person)
    if slot.mode != "demo" and now is not None:
        raise RuleBroken("not_demo")
    bundle = keys.open_as(home, slot.id, secret)
    replica = Replica.open(home, bundle.replica_key, synchronous=synchronous, told=told)
    try:
        if (home / RESTORED).exists():
            _begin_again(replica)
            (home / RESTORED).unlink()
        rules = _rules(replica)
        desk = Desk(replica, bundle, rules, slot.id, lang=lang, now=now, renderer=renderer)
        try:
            _make_ready(desk, to_send, told)
            replica.archived = archived_for(home) is not None
        except BaseException:
            desk.log.close()
            raise
        return desk
    except BaseException:
        replica.close()
        raise


def _make_ready(desk: Desk, to_send: bool, told: Told | None) -> None:
    """Bring rows and sums up to this program's form. Raise RuleBroken where the desk is closed to the person."""
    desk.recount(told)
    tallying.adopt(desk)
    desk.catch_up()
    refused = None if to_send else desk.turn_away()
    if refused is not None:
        raise refused


def _rules(replica: Replica) -> DeskRules:
    with replica.read() as connection:
        registers = read_registers(connection)
    try:
        return rules_of(registers)
    except RuleBroken as refused:
        if refused.code == "profile_invalid":
            raise RuleBroken("desk_profile_invalid", **refused.facts) from None
        raise


def _begin_again(replica: Replica) -> None:
    """A restored member takes new device identities and drops its leases; what waited is still offered under the old."""
    if membership(replica) is None:
        return
    with replica.write() as connection:
        for _, person in journal.devices(connection, "open"):
            journal.renew_device(connection, person, new_id())
        leasing.drop_leases(connection)


def restore_backup(archive: Path, home: Path) -> dict[str, object]:
    """Bring a backup back into an empty home. A member's desk begins new device logs there: history cannot fork."""
    return restore(archive, home, RESTORED)


def recover_desk(
    home: Path, code: str, person: str, secret: str, lock: Literal["passphrase", "keyring"] = "passphrase"
) -> str:
    """Give a person a new PIN or pass-phrase by the recovery sheet; return who it was."""
    slots = enrolled(home)
    chosen = next((s.id for s in slots if person in (s.id, s.name)), slots[0].id)
    mode = next(s.mode for s in slots if s.id == chosen)
    keys.reset_secret(home, code, chosen, "env" if mode == "env" else lock, secret)
    return chosen


def support_bundle(home: Path, target: Path) -> dict[str, object]:
    """Write log, places of crashes and versions into one file; no data of any person is in it, no folder names him."""
    log = home / "log" / "desk.log"
    said = {
        "program": version("liaison-desk") if _installed("liaison-desk") else "from source", "python": sys.version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}", "schema": HEAD, "rows": FORM,
        **{name: version(name) for name in ("PySide6-Essentials", "SQLAlchemy", "reportlab") if _installed(name)},
        "size": (home / FILE).stat().st_size if (home / FILE).exists() else 0,
    }  # fmt: skip
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("versions.txt", "".join(f"{name} {value}\n" for name, value in said.items()))
        for part in (*sorted(log.parent.glob("desk.log*")), *sorted(log.parent.glob("crash*.txt"))):
            if part.is_file():
                out.write(part, part.name)
    return {"file": str(target), "bytes": target.stat().st_size}


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
