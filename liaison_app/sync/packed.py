"""A page that came compressed: an OpenPGP message with a word that everybody knows, read here without the driver.

PostgreSQL's line has no compression and its functions have none but that of ``pgcrypto``'s messages (RFC 4880: a key made
of a word, a block of ciphertext with its SHA-1, zlib inside, the bytes inside that). The cipher is a wrapper and no
secret: TLS protects the line, and what comes out is proved like every page, by chains and hashes.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES

from liaison_app.domain.moments import stamp

EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Where the moments of the shared database count from."""
MOST: Final = 64 << 20
"""Bytes that a page may have once it is unpacked: twice what ``ld.pull`` ever gives, so no answer fills the memory."""
KEY: Final = hashlib.sha256(b"LDZ1").digest()[:16]
WITH: Final = bytes((4, 7, 0, 8))
"""What the key is made with: version 4, AES-128, simple, SHA-256."""
KEYED, SEALED, PRESSED, LITERAL = 3, 18, 8, 11
"""Kinds of OpenPGP packets."""
NEW: Final = 0xC0
"""Added to the kind in the first byte of a packet of the newer form."""
BLOCK: Final = 16
CLOSING: Final = b"\xd3\x14"
"""Head of the packet with the SHA-1 of all that stands before it."""
SHA1: Final = 20
ZLIB: Final = 2


class Damaged(Exception):
    """What came is no page of ours, or a byte of it was altered."""


def unpacked(message: bytes, kinds: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a packed page; ``kinds`` names the type of each column. Raise Damaged."""
    try:
        columns = list(_columns(_opened(message), kinds))
        return list(zip(*columns, strict=True))
    except (ValueError, IndexError, OverflowError, struct.error, zlib.error) as error:
        raise Damaged from error


def _opened(message: bytes) -> bytes:
    """Return what a message holds, its SHA-1 and zlib's own sum checked, not longer than MOST."""
    (keyed, head), (sealed, body) = _packets(message)
    if keyed != KEYED or head != WITH or sealed != SEALED or body[:1] != b"\x01":
        raise ValueError("another form")
    reader = Cipher(AES(KEY), CFB(bytes(BLOCK))).decryptor()
    text = reader.update(body[1:]) + reader.finalize()
    told, inside = text[:-SHA1], text[BLOCK + 2 : -SHA1 - len(CLOSING)]
    if told[-len(CLOSING) :] != CLOSING or hashlib.sha1(told, usedforsecurity=False).digest() != text[-SHA1:]:
        raise ValueError("altered")
    ((pressed, body),) = _packets(inside)
    if pressed != PRESSED or body[0] != ZLIB:
        raise ValueError("another form")
    inflate = zlib.decompressobj()
    literal = inflate.decompress(body[1:], MOST)
    if not inflate.eof:
        raise ValueError("cut, or too long")
    ((kind, body),) = _packets(literal)
    if kind != LITERAL:
        raise ValueError("another form")
    return body[6 + body[1] :]


def _packets(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each packet; a body may come in parts."""
    at = 0
    while at < len(data):
        if data[at] < NEW:
            raise ValueError("another form")
        kind, at, parts, more = data[at] - NEW, at + 1, [], True
        while more:
            first = data[at]
            more = 224 <= first < 255
            if more:
                size, at = 1 << (first & 31), at + 1
            elif first < 192:
                size, at = first, at + 1
            elif first < 224:
                size, at = ((first - 192) << 8) + data[at + 1] + 192, at + 2
            else:
                size, at = int.from_bytes(data[at + 1 : at + 5], "big"), at + 5
            if at + size > len(data):
                raise ValueError("cut")
            parts.append(data[at : at + size])
            at += size
        yield kind, b"".join(parts)


def _columns(record: bytes, kinds: Sequence[str]) -> Iterator[list[Any]]:
    """Yield the columns of a record of arrays, as PostgreSQL sends one: type and length before each, NULL for no rows."""
    (count,) = struct.unpack_from(">i", record)
    if count != len(kinds):
        raise ValueError("another form")
    at = 4
    for kind in kinds:
        oid, size = struct.unpack_from(">ii", record, at)
        if oid != KINDS[kind][0]:
            raise ValueError("another form")
        at += 8 + max(0, size)
        yield _column(record, at - size, at, KINDS[kind][1]) if size >= 0 else []
    if at != len(record):
        raise ValueError("another length")


def _column(data: bytes, at: int, end: int, read: Callable[[bytes], Any]) -> list[Any]:
    """Return the values of one array: dimensions, whether one is NULL, type, how many, from which number, then each."""
    dimensions, _, _, count, _ = struct.unpack_from(">iiIii", data, at)
    if dimensions != 1:
        raise ValueError("another form")
    at += 20
    found: list[Any] = []
    length = struct.Struct(">i").unpack_from
    for _ in range(count):
        (size,) = length(data, at)
        at += 4
        if size < 0:
            found.append(None)
            continue
        found.append(read(data[at : at + size]))
        at += size
    if at != end:
        raise ValueError("another length")
    return found


def told_id(data: bytes) -> str:
    """Return an id in its usual form; a page has tens of thousands."""
    told = data.hex()
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


@lru_cache(maxsize=4096)
def told_moment(data: bytes) -> str:
    """Return a timestamptz (microseconds since 2000, UTC) as stored, in China time."""
    return stamp(EPOCH + timedelta(microseconds=int.from_bytes(data, "big", signed=True)))


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big", signed=True)


KINDS: Final[dict[str, tuple[int, Callable[[bytes], Any]]]] = {
    "bytes": (1001, bytes), "int": (1007, _number), "text": (1009, bytes.decode), "bigint": (1016, _number), "moment": (1185, told_moment),
    "id": (2951, told_id),
}  # fmt: skip
"""PostgreSQL's number of each array type, and how one of its values is read."""
