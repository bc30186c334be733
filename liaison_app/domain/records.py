"""What the journal holds: acts, their headers and the entries that deciding them gave (DESIGN §3).

An act 操作 is what a person did at this desk and never changes; entries 记载 are what it meant for the streams.
"""

import uuid
from functools import lru_cache
from hashlib import sha1
from typing import Final

import msgspec

ENTRY_SPACE: Final = uuid.UUID("6f0d4f7e-3b52-5d0e-9a5e-0b8a3f1f5c11")
"""Name space of entry ids: an entry is UUIDv5(act, n), so deciding twice gives the same id."""


class ActHeader(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Header of an act: who, where, what kind, on which versions, with the hashes of its parts."""

    v: int = 1
    id: str
    device: str
    seq: int
    person: str
    body: str
    kind: str
    streams: tuple[tuple[str, int], ...]
    registers: dict[str, str]
    happened_at: str
    open_sha256: str
    personal_sha256: str | None = None
    audience: str | None = None
    after: str | None = None


class SignedAct(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An act with its bytes as written, chained to the device log and tagged under the person's device secret."""

    id: str
    device: str
    seq: int
    person: str
    body: str
    kind: str
    case_id: str | None
    happened_at: str
    recorded_at: str
    header: bytes
    open: bytes
    salt: bytes | None
    personal: bytes | None
    audience: str | None
    prev_hash: bytes
    hash: bytes
    tag: bytes


class Entry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One line of a stream: the event that an act caused there."""

    id: str
    act_id: str
    n: int
    stream: str
    version: int
    kind: str
    data: bytes


@lru_cache(maxsize=16384)
def entry_id(act_id: str, n: int) -> str:
    """Return the id of entry ``n`` of an act."""
    # uuid5 by hand: a first synchronisation asks a hundred thousand times, and a UUID object costs three times the hash
    raw = sha1(ENTRY_SPACE.bytes + f"{act_id}/{n}".encode(), usedforsecurity=False).digest()
    told = (raw[:6] + bytes([raw[6] & 0x0F | 0x50, raw[7], raw[8] & 0x3F | 0x80]) + raw[9:16]).hex()
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


def case_stream(case_id: str) -> str:
    """Return the name of the shared stream of a case."""
    return f"case/{case_id}"


def record_stream(record_id: str) -> str:
    """Return the name of the stream of a ledger record 台账记录."""
    return f"record/{record_id}"


def inner_stream(case_id: str, body: str) -> str:
    """Return the name of the stream that only one body of the case reads."""
    return f"case/{case_id}/{body}"
