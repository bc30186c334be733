"""同步包: what a round says, as an encrypted and signed file for desks behind a fence (OFFICE A8).

A package up holds everything that waits and how far each feed was read; a package down the answers, what followed in
the feeds, blocks of numbers, pieces of attachments. Both may be carried in any order, twice, late, by anybody: what was
known is passed over, what comes too early is refused with words and taken when the one before it came.
"""

import hashlib
import uuid
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.security import sealing
from liaison_app.security.errors import SecurityRefusal
from liaison_app.security.signatures import TAG, Key, Shown, over_package, package_holds
from liaison_app.sync.codes import Code
from liaison_app.sync.items import Item, Page
from liaison_app.sync.link import Answer, Link, PushedAct

MARK: Final = b"LDP1"
ASKS: Final = b"LDJ1"
PAGE: Final = 2_000
MOST: Final = 200_000
"""Items that one package down holds at the most; the next one goes on."""
LARGEST: Final = 1 << 30
"""Bytes that a package may hold unpacked."""


class Up(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk says."""

    id: str
    made_at: str
    epoch: str
    after: dict[str, int]
    acts: list[PushedAct] = []
    withdraw: list[tuple[str, str]] = []
    leases: list[tuple[str, str, int, int]] = []
    pieces: list[tuple[str, int, bytes]] = []
    wanted: list[tuple[str, int]] = []
    key: Shown | None = None
    """The key with which the desk signs."""
    signature: bytes = b""
    """Over all this without the signature, under that key."""


class Down(msgspec.Struct, frozen=True, kw_only=True):
    """What the shared database answers."""

    answers_to: str
    made_at: str
    epoch: str
    feeds: dict[str, int]
    answers: list[Answer] = []
    withdrawn: list[Answer] = []
    items: list[Item] = []
    whole: bool = True
    leases: list[tuple[str, str, int, dict[str, Any]]] = []
    kept: list[tuple[str, int]] = []
    pieces: list[tuple[str, int, bytes]] = []
    signed: bool = False
    """Whether the shared database takes signatures behind the tags of acts."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """入网申请: what a desk without a network says to be let in; sealed under its one-time code."""

    person: str
    device: str
    secret: bytes
    verifier: str
    leases: list[tuple[str, str, int, int]] = []


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """入网答复: the body it stands at, and the district so far; sealed under the device secret."""

    body: str
    down: Down


def seal_ask(ask: Ask, code: Code) -> bytes:
    """Return a request to be let in as the bytes of its file; the role stands outside."""
    head = ASKS + code.role.encode()
    body = zlib.compress(msgspec.msgpack.encode(ask), 6)
    return head + sealing.seal(sealing.package_key(code.secret.encode(), "join"), body, head)


def asks(data: bytes) -> bool:
    """Return whether a file is a request to be let in."""
    return data[:4] == ASKS


def open_ask(data: bytes, code: Code) -> Ask:
    """Return what a desk says to be let in. Raise RuleBroken ``code_refused`` when the code is not the one it was sealed with."""
    head = ASKS + code.role.encode()
    try:
        if not data.startswith(head):
            raise RuleBroken("code_refused")
        body = sealing.unseal(sealing.package_key(code.secret.encode(), "join"), data[len(head) :], head)
        return msgspec.msgpack.decode(_unpacked(body), type=Ask)
    except (SecurityRefusal, msgspec.MsgspecError):
        raise RuleBroken("code_refused") from None


def seal_welcome(welcome: Welcome, device: str, secret: bytes) -> bytes:
    """Return the answer to a request as the bytes of its file."""
    head = MARK + uuid.UUID(device).bytes
    body = zlib.compress(msgspec.msgpack.encode(welcome), 6)
    return head + sealing.seal(sealing.package_key(secret, "welcome"), body, head + b"welcome")


def open_welcome(data: bytes, secret: bytes) -> Welcome:
    """Return the answer to a request. Raise RuleBroken ``package_damaged``."""
    return msgspec.msgpack.decode(_unsealed(data, secret, "welcome"), type=Welcome)


def seal(package: Up | Down, device: str, secret: bytes) -> bytes:
    """Return a package as the bytes of its file; the device stands outside so that the right secret is found."""
    way = "up" if isinstance(package, Up) else "down"
    head = MARK + uuid.UUID(device).bytes
    body = zlib.compress(msgspec.msgpack.encode(package), 6)
    return head + sealing.seal(sealing.package_key(secret, way), body, head + way.encode())


def signed(up: Up, key: Key) -> Up:
    """Return a package up with the desk's signature."""
    return msgspec.structs.replace(up, signature=over_package(key, _unsigned(up)))


def check_signature(up: Up, public: bytes | None) -> None:
    """Raise RuleBroken ``package_unsigned`` for a package that the desk with this key did not sign."""
    if public is not None and not package_holds(public, _unsigned(up), up.signature):
        raise RuleBroken("package_unsigned")


def _unsigned(up: Up) -> bytes:
    return msgspec.msgpack.encode(msgspec.structs.replace(up, signature=b""))


def device_of(data: bytes) -> str:
    """Return the device whose secret opens a package. Raise RuleBroken ``package_damaged``."""
    if len(data) < 48 or data[:4] != MARK:
        raise RuleBroken("package_damaged")
    return str(uuid.UUID(bytes=data[4:20]))


def open_up(data: bytes, secret: bytes) -> Up:
    """Return what a desk says. Raise RuleBroken ``package_damaged`` when it is not from this desk or was altered."""
    return msgspec.msgpack.decode(_unsealed(data, secret, "up"), type=Up)


def open_down(data: bytes, secret: bytes) -> Down:
    """Return what the shared database answers. Raise RuleBroken ``package_damaged``."""
    return msgspec.msgpack.decode(_unsealed(data, secret, "down"), type=Down)


def _unsealed(data: bytes, secret: bytes, way: str) -> bytes:
    device_of(data)
    try:
        body = sealing.unseal(sealing.package_key(secret, way), data[20:], data[:20] + way.encode())
    except SecurityRefusal:
        raise RuleBroken("package_damaged") from None
    return _unpacked(body)


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(body, LARGEST)
    if unpacking.unconsumed_tail:
        raise RuleBroken("package_damaged")
    return found


def answer(link: Link, up: Up, made_at: str) -> Down:
    """Do with the shared database what a package asks, as the desk that made it; return the package down."""
    said = link.status()
    epoch, takes = str(said["epoch"]), bool(said.get("signatures"))
    feeds = {str(f["name"]): int(f["head"]) for f in said.get("feeds", ())}
    answers: list[Answer] = []
    withdrawn: list[Answer] = []
    if up.epoch == epoch:
        for batch in batches(up.acts):
            answers += link.push(epoch, batch if takes else unsigned(batch))
        withdrawn = link.withdraw(up.withdraw) if up.withdraw else []
    if takes and up.key and any(d["device"] == up.key.device and not d.get("signed") for d in said.get("devices", ())):
        link.show_key(up.key)
    after = {feed: up.after.get(feed, 0) if up.epoch == epoch else 0 for feed in _ordered(feeds)}
    items: list[Item] = []
    whole = False
    while len(items) < MOST and not whole:
        page: Page = link.pull(epoch, after, PAGE)
        whole = page.empty
        items += page.items
        after |= {item.feed: item.pos for item in page.items}
    blocks = link.leases(up.leases) if up.leases else []
    kept = []
    for act, n, content in up.pieces:
        if "error" not in link.put_piece(act, n, hashlib.sha256(content).digest(), content):
            kept.append((act, n))
    return Down(
        answers_to=up.id, made_at=made_at, epoch=epoch, feeds=feeds, answers=answers, withdrawn=withdrawn, items=items,
        whole=whole, leases=[(*asked[:3], lent) for asked, lent in zip(up.leases, blocks, strict=True)], kept=kept,
        pieces=[(act, n, piece) for act, n in up.wanted if (piece := link.get_piece(act, n)) is not None], signed=takes,
    )  # fmt: skip


def unsigned(acts: Sequence[PushedAct]) -> list[PushedAct]:
    """Return acts with their tags alone, for a database that takes no signatures yet."""
    return [msgspec.structs.replace(act, tag=act.tag[:TAG]) for act in acts]


def batches(acts: Sequence[PushedAct]) -> list[list[PushedAct]]:
    """Return acts in batches of at most 500; an act on a register stands alone, as it does on the line."""
    found: list[list[PushedAct]] = []
    alone = True
    for act in acts:
        mine = any(stream.startswith("register/") for _, stream, *_ in act.entries)
        if not found or alone or mine or len(found[-1]) >= 500:
            found.append([])
        found[-1].append(act)
        alone = mine
    return found


def pages(items: Sequence[Item], at: Mapping[str, int]) -> list[Page]:
    """Return what is new of the items of a package, in pages. Raise RuleBroken ``package_early`` when some are missing."""
    fresh = [item for item in items if item.pos > at.get(item.feed, 0)]
    seen = dict(at)
    for item in fresh:
        if item.pos != seen.get(item.feed, 0) + 1:
            raise RuleBroken("package_early", feed=item.feed, expected=seen.get(item.feed, 0) + 1, found=item.pos)
        seen[item.feed] = item.pos
    return [Page(tuple(fresh[i : i + PAGE])) for i in range(0, len(fresh), PAGE)]


def _ordered(feeds: Mapping[str, int]) -> list[str]:
    return sorted(feeds, key=lambda feed: (feed != "district", feed == "oversight", feed))
