"""Sealing small texts under a key: drafts and opened personal data of a person (OFFICE A4)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from liaison_app.security.errors import SecurityRefusal


def seal(key: bytes, text: bytes, context: bytes) -> bytes:
    """Return ``text`` encrypted and bound to ``context``; 12 bytes of nonce stand before it."""
    nonce = os.urandom(12)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, text, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Return the text of :func:`seal`. Raise SecurityRefusal ``wrong_secret`` when key or context differ."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], context)
    except (InvalidTag, ValueError):
        raise SecurityRefusal("wrong_secret") from None


def package_key(secret: bytes, way: str) -> bytes:
    """Return the key of synchronisation packages of one way (``up``, ``down``) from a person's device secret.

    Desk and shared database both hold the secret, so a package that opens comes from the other and nobody else.
    """
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"liaison package " + way.encode()).derive(secret)
