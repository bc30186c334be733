"""The device log's chain: hashes over bytes as written, tags under the person's device secret (DESIGN §3, §5)."""

import hashlib
import hmac
from typing import Final

PREFIX: Final = b"LD1"
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
