"""Sealing small texts under a key: drafts and opened personal data of a person (OFFICE A4)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

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
