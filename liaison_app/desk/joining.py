"""Becoming a member 入网: one code, one password that only this desk knows, the registers first (docs/SYNC.md)."""

import secrets
import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import Connection

from liaison_app.desk.membership import Membership, membership, put_membership
from liaison_app.desk.numbering import BLOCKS
from liaison_app.desk.opening import ASKED, founded, open_desk
from liaison_app.desk.signing import new_id
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import CHINA, stamp
from liaison_app.domain.text import SearchText
from liaison_app.security import keys
from liaison_app.security.signatures import Shown
from liaison_app.store import desk_tables as small
from liaison_app.store import following, journal
from liaison_app.store.appearing import appearing
from liaison_app.store.replica import Replica
from liaison_app.store.shared import OwnAct
from liaison_app.sync import packages, rebase
from liaison_app.sync.codes import Code, read_code, verifier
from liaison_app.sync.link import LinkRefused, clocks_apart
from liaison_app.sync.rebase import Again
from liaison_app.sync.rounds import Progress, Round
from liaison_app.sync.wire import CONNECT_DEADLINE, Wire

GROUPS = "recovery.groups"
"""The groups of the recovery sheet that nobody was shown yet, inside the encrypted replica."""


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """What joining gave."""

    home: str
    pulled: int
    cases: int
    seconds: float
    recovery: tuple[str, ...] = ()


def try_line(url: str, code: str) -> None:
    """Open the line with a code, look who is there and close it.

    Raises LinkLost or LinkRefused with the reason: name, port, certificate, password, database, version, clock.
    """
    given = read_code(code)
    with Wire(url, given.role, given.secret, deadline=CONNECT_DEADLINE) as wire:
        ours, there = wire.who_is_there()
    if not ours:
        raise LinkRefused("server_other_database", name=urlsplit(url).path.strip("/"))
    if (apart := clocks_apart(there)) is not None:
        raise apart


def join(
    home: Path, *, url: str, person: str, code: str, mode: keys.Mode, secret: str, password: str | None = None,
    lang: str = "zh_CN", progress: Progress = lambda what, n, of: None, all_at_once: bool = True,
) -> Joined:  # fmt: skip
    """Enrol this desk and read the district: registers, then everything. Cut at any point, called again it goes on.

    ``password``: the desk's password where the caller keeps it (unattended); else one is made and kept by the keyring
    or under the replica's key. Without ``all_at_once`` it ends when the open cases are here; the rest comes with the
    next rounds. Raises RuleBroken ``code_form``, ``replica_exists``, LinkLost, LinkRefused …
    """
    began = datetime.now(CHINA)
    given = read_code(code)
    if not founded(home):
        _prepare(home, Membership(url=url, role=given.role, person=person), mode, secret, password)
    bundle = keys.open_as(home, person, secret)
    replica = Replica.open(home, bundle.replica_key)
    try:
        member = membership(replica)
        if member is None:
            raise RuleBroken("replica_exists", home=str(home))
        if member.state == "asked":
            member = msgspec.structs.replace(member, url=url, role=given.role)
            _enrol(replica, home, bundle, member, given.secret)
        else:
            _enrol_again(replica, home, bundle, member, url, given, mode, kept=password is not None)
        _read_registers(replica, home, bundle, progress)
    finally:
        replica.close()
    desk = open_desk(home, person=person, secret=secret, lang=lang)
    try:
        keys.rename(home, person, desk.person.name)
        with desk._replica.read() as connection:
            groups = _groups(connection)
        with desk.line() as line:
            desk.rounds(progress=progress).ahead(line)
        done = desk.sync(progress=progress) if all_at_once else Round()
        with desk._replica.read() as connection:
            cases = len(journal.case_ids(connection))
        with desk._replica.write() as connection:
            small.drop_meta(connection, GROUPS)
    finally:
        desk.close()
    seconds = (datetime.now(CHINA) - began).total_seconds()
    return Joined(home=str(home), pulled=done.pulled, cases=cases, seconds=round(seconds, 2), recovery=groups)


def ask_to_join(home: Path, *, person: str, code: str, mode: keys.Mode, secret: str) -> tuple[bytes, tuple[str, ...]]:
    """入网申请 by file: prepare this desk and return its request with the groups of the recovery sheet.

    Called again it gives both again. Raises RuleBroken ``code_form``, ``replica_exists``.
    """
    given = read_code(code)
    if not founded(home):
        _prepare(home, Membership(url="", role=given.role, person=person), mode, secret, None)
    bundle = keys.open_as(home, person, secret)
    replica = Replica.open(home, bundle.replica_key)
    try:
        member = membership(replica)
        if member is None or member.state != "asked":
            raise RuleBroken("replica_exists", home=str(home))
        with replica.write() as connection:
            put_membership(connection, msgspec.structs.replace(member, role=given.role))
            device = journal.device_of(connection, person) or ""
            leases, groups = _first_blocks(connection), _groups(connection)
    finally:
        replica.close()
    ask = packages.Ask(
        person=person, device=device, secret=bundle.device_secret, verifier=verifier(keys.line_secret(home, bundle)),
        leases=leases,
    )  # fmt: skip
    (home / ASKED).touch()
    return packages.seal_ask(ask, given), groups


def _first_blocks(connection: Connection) -> list[tuple[str, str, int, int]]:
    """Return the requests for the numbers that every desk needs on its first day; asked again they are the same."""
    year, found = datetime.now(CHINA).year, []
    for kind, count in BLOCKS.items():
        request = small.get_meta(connection, f"lease.{kind}.{year}") or str(uuid.uuid4())
        small.put_meta(connection, f"lease.{kind}.{year}", request)
        found.append((request, kind, year, count))
    return found


def join_by_file(home: Path, data: bytes, *, person: str, secret: str, lang: str = "zh_CN") -> Joined:
    """入网答复: take the answer to this desk's request: registers first, then what the district has for it.

    Called again it goes on. Raises RuleBroken ``package_damaged``, ``package_not_mine``, ``replica_missing``.
    """
    began = datetime.now(CHINA)
    if not founded(home):
        raise RuleBroken("replica_missing", home=str(home))
    bundle = keys.open_as(home, person, secret)
    replica = Replica.open(home, bundle.replica_key)
    try:
        with replica.read() as connection:
            device = journal.device_of(connection, person) or ""
        if packages.device_of(data) != device:
            raise RuleBroken("package_not_mine")
        welcome = packages.open_welcome(data, bundle.device_secret)
        down, member = welcome.down, membership(replica)
        if member is None:
            raise RuleBroken("replica_exists", home=str(home))
        with replica.write() as connection:
            following.follow(connection, down.feeds, down.epoch)
            following.put_heads(connection, down.feeds)
            small.put_meta(connection, "sync.epoch", down.epoch)
            journal.place_device(connection, device, welcome.body)
            put_membership(connection, msgspec.structs.replace(member, state="joined", body=welcome.body))
            small.drop_meta(connection, GROUPS)
            at = {p.feed: p.pos for p in following.checkpoints(connection).values()}
        registers = [item for item in down.items if item.feed == "district"]
        for page in packages.pages(registers, at):
            with replica.write() as connection:
                rebase.take(connection, page, _Before())
    finally:
        replica.close()
    desk = open_desk(home, person=person, secret=secret, lang=lang)
    try:
        keys.rename(home, person, desk.person.name)
        (home / ASKED).unlink(missing_ok=True)
        pulled = len(registers) + desk.take_items([item for item in down.items if item.feed != "district"], down)
        desk.rounds().leased(down.leases)
        with desk._replica.read() as connection:
            cases = sum(1 for _ in journal.all_cases(connection))
    finally:
        desk.close()
    seconds = (datetime.now(CHINA) - began).total_seconds()
    return Joined(home=str(home), pulled=pulled, cases=cases, seconds=round(seconds, 2))


def _prepare(home: Path, member: Membership, mode: keys.Mode, secret: str, password: str | None) -> None:
    """Make keys and an empty replica first: the secrets are on the disk before the code is spent. The groups of the recovery
    sheet stay in the replica until they were handed over: a code that is refused or a line that is cut loses them not."""
    keys.check_strength(mode, secret)
    with appearing(home) as half:
        groups = keys.found_keys(half, with_recovery=True)
        bundle = keys.new_bundle()
        keys.enrol(half, member.person, member.person, mode, secret, bundle)
        if password is None:
            keys.keep_line_secret(half, bundle, secrets.token_urlsafe(32), mode)
        replica = Replica.create(half, bundle.replica_key)
        try:
            with replica.write() as connection:
                journal.add_device(connection, new_id(), member.person, "")
                put_membership(connection, member)
                small.put_meta(connection, GROUPS, " ".join(groups))
        finally:
            replica.close()


def _groups(connection: Connection) -> tuple[str, ...]:
    return tuple((small.get_meta(connection, GROUPS) or "").split())


def _enrol(replica: Replica, home: Path, bundle: keys.Bundle, member: Membership, first: str) -> None:
    password = keys.line_secret(home, bundle)
    with replica.read() as connection:
        device = journal.device_of(connection, member.person) or ""
    try:  # the answer to an earlier try may have been lost: then the desk's own password holds already
        with Wire(member.url, member.role, password) as wire:
            said = wire.status()
    except LinkRefused as refused:
        if refused.code != "server_password":
            raise
        with Wire(member.url, member.role, first) as wire:
            said = wire.enrol(verifier(password), member.person, device, bundle.device_secret)
    if "error" in said:
        raise LinkRefused("code_refused" if said.get("error") == "code" else "server_refused", state=str(said))
    body = str(said["body"])
    with replica.write() as connection:
        heads = {str(f["name"]): int(f["head"]) for f in said["feeds"]}
        following.follow(connection, heads, str(said["epoch"]))
        following.put_heads(connection, heads)
        journal.place_device(connection, device, body)
        put_membership(connection, msgspec.structs.replace(member, state="joined", body=body))


def _enrol_again(
    replica: Replica, home: Path, bundle: keys.Bundle, member: Membership, url: str, code: Code, mode: keys.Mode,
    *, kept: bool,
) -> None:  # fmt: skip
    """Let new device logs of a restored or forked desk in: as a second device of this desk, or with a role of its own."""
    with replica.read() as connection:
        fresh = [device for device, person in journal.devices(connection, "new") if person == member.person]
    if not fresh:
        return
    with suppress(RuleBroken), Wire(url, member.role, keys.line_secret(home, bundle)) as wire:
        if any(d["device"] == fresh[0] for d in wire.status().get("devices", ())):  # an answer was lost before
            with replica.write() as connection:
                journal.admit_device(connection, fresh[0])
            return
    try:
        newcomer = Wire(url, code.role, code.secret)
    except LinkRefused as refused:
        if refused.code != "server_password":
            raise
        with Wire(url, member.role, keys.line_secret(home, bundle)) as wire:
            said = wire.enrol_person(code.plain, member.person, fresh[0], bundle.device_secret)
    else:
        if not kept:
            keys.keep_line_secret(home, bundle, secrets.token_urlsafe(32), mode)
        with newcomer:
            own = verifier(keys.line_secret(home, bundle))
            said = newcomer.enrol(own, member.person, fresh[0], bundle.device_secret)
        member = msgspec.structs.replace(member, role=code.role)
    if "error" in said:
        raise LinkRefused("code_refused" if said["error"] == "code" else "server_refused", state=str(said))
    with replica.write() as connection:
        following.follow(connection, [str(f["name"]) for f in said["feeds"]], str(said["epoch"]))
        journal.admit_device(connection, fresh[0])
        put_membership(connection, msgspec.structs.replace(member, url=url))


def _read_registers(replica: Replica, home: Path, bundle: keys.Bundle, progress: Progress) -> None:
    """Read ``district`` to its head: before it nothing else can be understood."""
    member = membership(replica)
    assert member is not None
    password = keys.line_secret(home, bundle)
    with Wire(member.url, member.role, password) as wire:
        while True:
            with replica.read() as connection:
                point = following.checkpoints(connection)["district"]
            page = wire.pull(point.epoch, {"district": point.pos}, 2_000)
            if page.empty:
                return
            with replica.write() as connection:
                if page.epoch is not None:
                    following.forget_feeds(connection, page.epoch)
                else:
                    rebase.take(connection, page, _Before())
            progress("registers", point.pos + len(page.items), point.head)


class _Before:
    """What a desk decides before it has registers: nothing."""

    def decide_again(self, connection: Connection, act: OwnAct, stories: dict[str, Any]) -> Again:
        raise RuleBroken("join_unfinished")

    def project(
        self, connection: Connection, cases: Collection[str], *, unindexed: dict[str, SearchText] | None = None
    ) -> None:
        return None

    def put_off(self, cases: Collection[str], ended: Collection[str]) -> None:
        return None

    def begin_helpers(self) -> None:
        return None

    def catch_up_some(
        self, connection: Connection, cases: Sequence[str], texts: dict[str, SearchText], *, ahead: Sequence[str] = (),
        piece: int,
    ) -> list[str]:  # fmt: skip
        return []

    def fold_beside(
        self, connection: Connection, texts: dict[str, SearchText], *, most: int, piece: int, last: bool = False
    ) -> frozenset[str]:
        return frozenset()

    def helped(self) -> bool:
        return True

    def gather(self) -> None:
        return None

    def end_helpers(self) -> None:
        return None

    def index(self, connection: Connection, texts: Sequence[SearchText]) -> None:
        return None

    def registers_changed(self, connection: Connection, streams: Collection[str]) -> None:
        return None

    def moment(self) -> str:
        return stamp(datetime.now(CHINA))

    def shown_key(self) -> Shown | None:
        return None
