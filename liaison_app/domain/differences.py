"""Two versions of a text laid side by side: what stayed, what came, what went. Pure."""

import re
from difflib import SequenceMatcher
from typing import Literal

import msgspec

SMALL = 2
"""So few signs between two changes belong to the change: a reader sees words, not crumbs."""


class Piece(msgspec.Struct, frozen=True):
    """A run of signs that stayed (``same``), came (``in``) or went (``out``)."""

    kind: Literal["same", "in", "out"]
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order: without ``out`` they are the later text, without ``in`` the earlier."""
    old, new = _parts(before), _parts(after)
    rough = [
        (tag, "".join(old[a:b]), "".join(new[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    found: list[Piece] = []
    went = came = ""
    for at, (tag, out, into) in enumerate(rough):
        between = 0 < at < len(rough) - 1
        if tag == "equal" and not (between and len(out) <= SMALL and out.strip()):
            found += [Piece("out", went)] * bool(went) + [Piece("in", came)] * bool(came) + [Piece("same", out)]
            went = came = ""
        else:
            went, came = went + out, came + into
    return (*found, *([Piece("out", went)] if went else []), *([Piece("in", came)] if came else []))


def _parts(text: str) -> list[str]:
    """Signs for a letter; sentences for what is longer than any letter (time grows with the square)."""
    return list(text) if len(text) <= 4000 else re.findall(r"[^。；\n]*[。；\n]?", text)
