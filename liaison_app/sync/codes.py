"""Authorisation codes 入网授权码: the name of the desk's role and its first password, as people type them."""

import base64
import hashlib
import hmac
import os
import secrets
from typing import Final

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.security.keys import ALPHABET

SIGNS: Final = 24
ROLE_SIGNS: Final = 7
"""The first signs name the role; the other 17 are 84 bits of secret."""
ITERATIONS: Final = 4096


class Code(msgspec.Struct, frozen=True):
    """A code: the role it opens and the secret."""

    role: str
    secret: str

    @property
    def text(self) -> str:
        """The code as it is printed: six groups of four."""
        signs = self.role.removeprefix("desk_").upper() + self.secret
        return "-".join(signs[i : i + 4] for i in range(0, SIGNS, 4))

    @property
    def plain(self) -> str:
        """The code without hyphens, as ``enrol_person`` takes it."""
        return self.text.replace("-", "")

    def __repr__(self) -> str:
        return f"Code({self.role}, …)"


def new_code() -> Code:
    """Return a fresh code."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return Code(f"desk_{signs[:ROLE_SIGNS].lower()}", signs[ROLE_SIGNS:])


def read_code(text: str) -> Code:
    """Return the code that was typed; case, spaces and hyphens do not matter. Raise RuleBroken ``code_form``."""
    signs = "".join(text.upper().replace("-", "").split())
    if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
        raise RuleBroken("code_form", field="code")
    return Code(f"desk_{signs[:ROLE_SIGNS].lower()}", signs[ROLE_SIGNS:])


def verifier(password: str, iterations: int = ITERATIONS) -> str:
    """Return the SCRAM-SHA-256 verifier of an ASCII password (RFC 5803), so that the password is in no statement."""
    salt = os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, iterations)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt_, stored_, server_ = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${iterations}:{salt_}${stored_}:{server_}"
