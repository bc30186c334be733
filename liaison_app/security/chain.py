"""The two chains: a device log's, and a feed's; hashes over bytes as written, tags under the person's device secret.

DESIGN §3 and §5; docs/SYNC.md "What is hashed".
"""

import hashlib
import hmac
import uuid
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
    """Return whether a tag is right, in constant time."""
    return hmac.compare_digest(tag(secret, hashed), given)


def entry_digest(act_id: str, n: int, act_hash: bytes, stream: str, version: int, data: bytes) -> bytes:
    """Return what a feed's chain holds of an entry."""
    parts = (uuid.UUID(act_id).bytes, n.to_bytes(4, "big"), act_hash, stream.encode(), version.to_bytes(8, "big"))
    return hashlib.sha256(b"".join(parts) + hashlib.sha256(data).digest()).digest()


def item_digest(what: str, ref: str, data: bytes) -> bytes:
    """Return what a feed's chain holds of a result or a mark."""
    return hashlib.sha256(what.encode() + uuid.UUID(ref).bytes + hashlib.sha256(data).digest()).digest()


def feed_hash(previous: bytes, digest: bytes) -> bytes:
    """Return the chain value after one more item."""
    return hashlib.sha256(FEED_PREFIX + previous + digest).digest()
