"""Items of a feed as they come, and the proof that none is missing or altered (SYNC.md: positions dense, chains hold)."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.records import ActHeader, Entry, entry_id
from liaison_app.security import chain
from liaison_app.store import journal
from liaison_app.store.following import Checkpoint, FeedLine


class SyncBroken(RuleBroken):
    """What came does not hold; nothing of it was taken, what is here is safe."""


class Item(msgspec.Struct, frozen=True, gc=False):
    """One row of ``ld.pull`` in its column order; ids as text, times as ISO text."""

    feed: str
    pos: int
    what: str
    ref: str | None
    chain: bytes | None
    act: str | None = None
    n: int | None = None
    stream: str | None = None
    version: int | None = None
    kind: str | None = None
    data: bytes | None = None
    recorded_at: str | None = None
    header: bytes | None = None
    prev: bytes | None = None
    tag: bytes | None = None
    open: bytes | None = None
    salt: bytes | None = None
    personal: bytes | None = None

    def size(self) -> int:
        """Return the bytes that the server reckons for it in a page."""
        return 120 + sum(len(part) for part in (self.data, self.header, self.open, self.personal) if part is not None)

    def entry(self) -> Entry:
        """Return the entry that the item brings."""
        assert self.act is not None and self.n is not None and self.stream is not None and self.version is not None
        return Entry(
            id=entry_id(self.act, self.n), act_id=self.act, n=self.n, stream=self.stream, version=self.version,
            kind=self.kind or "", data=self.data or b"",
        )  # fmt: skip


class Page(msgspec.Struct, frozen=True, gc=False):
    """What one call of ``ld.pull`` gave."""

    items: tuple[Item, ...] = ()
    heads: dict[str, int] = {}
    epoch: str | None = None
    chains: dict[str, bytes] = {}
    """Chain at the head of each feed that has nothing new."""
    whole: bool = False
    """Whether it is known that nothing follows: the server had room for more and gave none."""

    @property
    def empty(self) -> bool:
        """Whether nothing new came: every feed is read to its head."""
        return not self.items and self.epoch is None


class Arrived(msgspec.Struct, frozen=True, gc=False):
    """An act that came with a page, its parts checked against its header.

    ``open`` is None where it also holds another body's inner words; ``personal`` where this body is not its audience.
    """

    id: str
    hash: bytes
    header: ActHeader
    case_id: str | None
    open: bytes | None
    salt: bytes | None
    personal: bytes | None
    item: Item


class Read(msgspec.Struct, frozen=True, gc=False):
    """A page with what it says by itself: the acts whose bytes came, parts checked, and the entry of each item."""

    page: Page
    acts: dict[str, Arrived]
    entries: tuple[Entry | None, ...]


def understood(page: Page) -> Read:
    """Return a page as far as it can be proved without the replica. Raise SyncBroken ``feed_part`` for an altered part."""
    entries = tuple(item.entry() if item.what == "entry" else None for item in page.items)
    return Read(page, arrived(page.items), entries)


def page_of(rows: Iterable[Item], *, whole: bool = False) -> Page:
    """Sort the rows of a pull into items, heads and the word of another epoch; ``whole``: nothing follows."""
    items: list[Item] = []
    heads: dict[str, int] = {}
    chains: dict[str, bytes] = {}
    for row in rows:
        if row.what == "epoch":
            return Page(epoch=row.ref)
        if row.what == "head":
            heads[row.feed] = row.pos
            chains[row.feed] = row.chain or b""
        else:
            items.append(row)
    return Page(tuple(items), heads, None, chains, whole)


def continued(at: Mapping[str, Checkpoint], page: Page) -> None:
    """Raise SyncBroken ``feed_chain`` when a feed ends before what was read of it, or ends otherwise: the server lost
    commits (a standby that lagged, a backup) and nobody said so; what it would write on those positions would be missed."""
    for feed, pos in page.heads.items():
        here = at.get(feed)
        if here is not None and (pos < here.pos or (pos == here.pos and page.chains[feed] != here.chain)):
            raise SyncBroken("feed_chain", feed=feed, pos=pos)


def case_of(stream: str | None) -> str | None:
    """Return the case that a stream belongs to, None for a register."""
    kind, _, rest = (stream or "").partition("/")
    return rest.partition("/")[0] if kind == "case" and rest else None


def arrived(items: Sequence[Item]) -> dict[str, Arrived]:
    """Return the acts whose bytes came, parts checked. Raise SyncBroken ``feed_part`` for an altered one."""
    found: dict[str, Arrived] = {}
    for item in items:
        if item.header is None or item.act is None:
            continue
        assert item.prev is not None and item.tag is not None
        try:
            header = journal.HEADER.decode(item.header)
        except msgspec.DecodeError:
            raise SyncBroken("feed_part", act=item.act, part="header") from None
        if header.id != item.act:
            raise SyncBroken("feed_part", act=item.act, part="header")
        if item.open is not None and chain.open_hash(item.open) != header.open_sha256:
            raise SyncBroken("feed_part", act=item.act, part="open")
        if item.personal is not None and chain.personal_hash(item.salt or b"", item.personal) != header.personal_sha256:
            raise SyncBroken("feed_part", act=item.act, part="personal")
        hashed = chain.act_hash(item.prev, item.header)
        case = next((c for stream, _ in header.streams if (c := case_of(stream))), None)
        before = found.get(item.act)
        if before is None:
            found[item.act] = Arrived(item.act, hashed, header, case, item.open, item.salt, item.personal, item)
        elif before.hash != hashed:
            raise SyncBroken("feed_part", act=item.act, part="chain")
        else:
            found[item.act] = msgspec.structs.replace(
                before, open=before.open or item.open, salt=before.salt or item.salt,
                personal=before.personal or item.personal,
            )  # fmt: skip
    return found


def checked(
    at: Mapping[str, Checkpoint], items: Sequence[Item], hashes: Mapping[str, bytes], entries: Sequence[Entry | None]
) -> tuple[list[Checkpoint], list[FeedLine]]:
    """Return the checkpoints and lines after a page; ``hashes`` are the acts' hashes as computed here, ``entries`` what
    the items bring, item by item.

    Raises SyncBroken ``feed_gap`` (a position is missing or doubled) or ``feed_chain`` (something was altered).
    """
    now: dict[str, tuple[int, bytes]] = {}
    lines: list[FeedLine] = []
    feed, pos, chained = "", 0, b""
    for item, entry in zip(items, entries, strict=True):
        if item.feed != feed:
            feed = item.feed
            if feed not in now and feed not in at:
                raise SyncBroken("feed_unknown", feed=feed)
            pos, chained = now.get(feed) or (at[feed].pos, at[feed].chain)
        pos += 1
        if item.pos != pos:
            raise SyncBroken("feed_gap", feed=feed, expected=pos, found=item.pos)
        if entry is not None:
            act_hash = hashes.get(entry.act_id)
            if act_hash is None:
                raise SyncBroken("feed_part", act=entry.act_id, part="act")
            digest = chain.entry_digest(entry.act_id, entry.n, act_hash, entry.stream, entry.version, entry.data)
            line_id, ref, data = entry.id, entry.act_id, None
        else:
            ref = item.ref or ""
            digest = chain.item_digest(item.what, ref, item.data or b"")
            line_id, data = None, item.data or b""
        chained = chain.feed_hash(chained, digest)
        if chained != item.chain:
            raise SyncBroken("feed_chain", feed=feed, pos=pos)
        now[feed] = (pos, chained)
        lines.append(FeedLine(feed, pos, item.what, ref, line_id, chained, data))
    found = [Checkpoint(name, end, last, at[name].head, at[name].epoch) for name, (end, last) in now.items()]
    return found, lines
