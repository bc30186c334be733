"""The two chains: a device log's, and a feed's; hashes over bytes as written, tags under the person's device secret.

DESIGN §3 and §5; docs/SYNC.md "What is hashed".
"""

import hmac
from hashlib import sha256
from typing import Final

PREFIX: Final = b"LD1"
FEED_PREFIX: Final = b"LF1"
GENESIS: Final = bytes(32)
"""prev_hash of the first act of a device log."""


def act_hash(prev_hash: bytes, header: bytes) -> bytes:
    """Return the hash that chains an act to the one before it."""
    return sha256(PREFIX + prev_hash + header).digest()


def open_hash(part: bytes) -> str:
    """Return the hash of the open part as the header carries it."""
    return sha256(part).hexdigest()


def personal_hash(salt: bytes, part: bytes) -> str:
    """Return the salted hash of the personal part; erasing the part leaves the chain verifiable."""
    return sha256(salt + part).hexdigest()


def tag(secret: bytes, hashed: bytes) -> bytes:
    """Return the tag of an act under the person's secret on this desk."""
    return hmac.new(secret, hashed, sha256).digest()


def tag_holds(secret: bytes, hashed: bytes, given: bytes) -> bool:
    """Return whether a tag is right, in constant time; the desk's signature that may follow it is not looked at."""
    return hmac.compare_digest(tag(secret, hashed), given[:32])


def entry_digest(act_id: str, n: int, act_hash: bytes, stream: str, version: int, data: bytes) -> bytes:
    """Return what a feed's chain holds of an entry."""
    # written out: a first synchronisation comes here for each of its entries
    said = bytes.fromhex(act_id.replace("-", "")) + n.to_bytes(4, "big") + act_hash + stream.encode()
    return sha256(said + version.to_bytes(8, "big") + sha256(data).digest()).digest()


def item_digest(what: str, ref: str, data: bytes) -> bytes:
    """Return what a feed's chain holds of a result or a mark."""
    return sha256(what.encode() + bytes.fromhex(ref.replace("-", "")) + sha256(data).digest()).digest()


def feed_hash(previous: bytes, digest: bytes) -> bytes:
    """Return the chain value after one more item."""
    return sha256(FEED_PREFIX + previous + digest).digest()
