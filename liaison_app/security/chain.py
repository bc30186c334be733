"""The two chains: a device log's, and a feed's; hashes over bytes as written, tags under the person's device secret.

DESIGN §3 and §5; docs/SYNC.md "What is hashed".
"""

import hashlib
import hmac
from typing import Final

PREFIX: Final = b"LD1"
FEED_PREFIX: Final = b"LF1"
GENESIS: Final = bytes(32)
"""prev_hash of the first act of a device log."""


def act_hash(prev_hash: bytes, header: bytes) -> bytes:
    """Return the hash that chains an act to the one before it."""
    return hashlib.sha256(PREFIX + prev_hash + header).digest()


def open_hash(part: bytes) -> str:
    """Return the hash of the open part as the header carries it."""
    return hashlib.sha256(part).hexdigest()


def personal_hash(salt: bytes, part: bytes) -> str:
    """Return the salted hash of the personal part; erasing the part leaves the chain verifiable."""
    return hashlib.sha256(salt + part).hexdigest()


def tag(secret: bytes, hashed: bytes) -> bytes:
    """Return the tag of an act under the person's secret on this desk."""
    return hmac.new(secret, hashed, hashlib.sha256).digest()


def tag_holds(secret: bytes, hashed: bytes, given: bytes) -> bool:
    """Return whether a tag is right, in constant time; the desk's signature that may follow it is not looked at."""
    return hmac.compare_digest(tag(secret, hashed), given[:32])


def entry_digest(act_id: str, n: int, act_hash: bytes, stream: str, version: int, data: bytes) -> bytes:
    """Return what a feed's chain holds of an entry."""
    parts = (_bytes(act_id), n.to_bytes(4, "big"), act_hash, stream.encode(), version.to_bytes(8, "big"), _sha256(data))
    return _sha256(b"".join(parts))


def item_digest(what: str, ref: str, data: bytes) -> bytes:
    """Return what a feed's chain holds of a result or a mark."""
    return _sha256(what.encode() + _bytes(ref) + _sha256(data))


def feed_hash(previous: bytes, digest: bytes) -> bytes:
    """Return the chain value after one more item."""
    return _sha256(FEED_PREFIX + previous + digest)


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _bytes(told: str) -> bytes:
    """Return the sixteen bytes of an id; a page has tens of thousands, and a UUID object costs more than the hash."""
    return bytes.fromhex(told.replace("-", ""))
