"""What the QR of a paper holds: which paper it is, with two check digits; a code that was misread or forged is refused. Pure.

A slip says ``LD1|slip|NUMBER|dd``, its third part ``LD1|receipt|NUMBER|dd``, every other paper ``CASE KIND NUMBER|dd``.
"""

import re
from typing import Final

import msgspec

from liaison_app.domain.errors import RuleBroken

SLIP: Final = "slip"
RECEIPT: Final = "receipt"
CODE: Final = re.compile(r"LD1\|(slip|receipt)\|([^|\s]+)\|(\d\d)|((\S+) ([a-z0-9-]+)(?: ([^|\s]+))?)\|(\d\d)")


class PaperCode(msgspec.Struct, frozen=True):
    """A code as read: how the case is found, the kind and number of the paper, whether it is the receipt 回执联."""

    ref: str
    kind: str
    number: str
    receipt: bool = False


def check_digits(text: str) -> str:
    """Return two check digits over the signs of a number (ISO 7064 MOD 97-10 over code points)."""
    value = 0
    for sign in text:
        value = (value * 1000 + ord(sign) % 1000) % 97
    return f"{98 - (value * 100) % 97:02d}"


def slip_code(number: str, part: str = SLIP) -> str:
    """Return what the QR of a part of a slip holds."""
    return f"LD1|{part}|{number}|{check_digits(number)}"


def codes_in(text: str) -> tuple[PaperCode, ...]:
    """Return the codes of ours that a text holds. Raise RuleBroken ``code_wrong`` when check digits do not fit."""
    found = []
    for match in CODE.finditer(text):
        part, slip, slip_digits, whole, case, kind, number, digits = match.groups()
        if check_digits(slip or whole) != (slip_digits or digits):
            raise RuleBroken("code_wrong", value=slip or number or case)
        found.append(PaperCode(slip, SLIP, slip, part == RECEIPT) if slip else PaperCode(case, kind, number or ""))
    return tuple(found)
