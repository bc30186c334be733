"""Signatures of a desk over the head of its log: what even who rules the database cannot make (DESIGN §5).

An act's tag is a keyed hash under a secret that the shared database shares. Behind it stands an Ed25519 signature over
the act's hash, which is the head of the device log with that act, under a key that never leaves the desk: it is derived
from the person's key, for each device log another. Its public half is shown once, in the feed ``district``.
"""

from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TAG: Final = 32
"""Bytes of the tag; what follows them is the signature."""
SIGNED: Final = TAG + 64
HEAD: Final = b"LS1"
SHOWN: Final = b"LK1"
PACKAGE: Final = b"LP1"

Key = Ed25519PrivateKey


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of a device log's key: acts of a greater sequence than ``after`` are signed.

    ``proof``: a signature over all this under the key itself.
    """

    device: str
    public: bytes
    after: int
    proof: bytes


def key_of(person_key: bytes, device: str) -> Key:
    """Return the key with which a person signs in a device log; the same every time, nowhere stored."""
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=device.encode(), info=b"liaison-desk signature")
    return Ed25519PrivateKey.from_private_bytes(made.derive(person_key))


def shown(key: Key, device: str, after: int) -> Shown:
    """Return the public half of a key as it is shown."""
    public = key.public_key().public_bytes_raw()
    return Shown(device=device, public=public, after=after, proof=key.sign(_said(device, public, after)))


def proved(one: Shown) -> bool:
    """Return whether who shows a key has it."""
    return _holds(one.public, _said(one.device, one.public, one.after), one.proof)


def over_head(key: Key, hashed: bytes) -> bytes:
    """Return the signature over the head of a log, the hash of its newest act."""
    return key.sign(HEAD + hashed)


def head_holds(public: bytes, hashed: bytes, tag: bytes) -> bool:
    """Return whether a tag carries the signature of a key over a head."""
    return len(tag) == SIGNED and _holds(public, HEAD + hashed, tag[TAG:])


def over_package(key: Key, content: bytes) -> bytes:
    """Return the signature over what a package says."""
    return key.sign(PACKAGE + content)


def package_holds(public: bytes, content: bytes, signature: bytes) -> bool:
    """Return whether a package is signed by the desk whose key is shown."""
    return _holds(public, PACKAGE + content, signature)


def _said(device: str, public: bytes, after: int) -> bytes:
    return SHOWN + device.encode() + public + after.to_bytes(8, "big")


def _holds(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
