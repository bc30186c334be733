"""批注: a leader's comments at places of a text, as the one comment that a returned paper carries. Pure."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

QUOTED: Final = 60
"""Signs of a passage that a remark quotes at the most: it names the place, the text itself is there."""
_REMARK: Final = re.compile(r"对“(.+?)”：(.*)", re.DOTALL)


class Remark(msgspec.Struct, frozen=True):
    """A comment and the passage that it is about ('' for the whole text)."""

    quote: str
    words: str


def said(remarks: Iterable[Remark]) -> str:
    """Return the comment: a line for each remark, the passage quoted before it."""
    return "\n".join(f"对“{one.quote}”：{_flat(one.words)}" if one.quote else _flat(one.words) for one in remarks)


def remarks(comment: str) -> tuple[Remark, ...]:
    """Return the remarks of a comment; what quotes nothing is about the whole text."""
    found = []
    for line in filter(None, comment.split("\n")):
        match = _REMARK.fullmatch(line)
        found.append(Remark(match[1], match[2]) if match else Remark("", line))
    return tuple(found)


def quoted(passage: str) -> str:
    """Return a passage as a remark quotes it: one line, from its beginning, without marks of quotation."""
    return re.split(r"[\n\u2029]", passage.strip())[0].translate({ord("“"): None, ord("”"): None})[:QUOTED]


def _flat(words: str) -> str:
    return " ".join(words.split("\n")).strip()
