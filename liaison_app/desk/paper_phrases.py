"""The words a paper's field is filled with, and how dates and braces become words ready to print. Pure."""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from liaison_app.domain.moments import china
from liaison_app.mechanism.paper_sources import BRACES

MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$")


class Word(msgspec.Struct, frozen=True):
    """What a source says: words, or a column of cells; ``personal`` words are the citizen's."""

    text: str = ""
    cells: tuple[str, ...] = ()
    personal: bool = False


NOTHING: Final = Word()


def in_full(name: str, district: str) -> str:
    """Return the name of a body as its own papers bear it (GB/T 9704-2012, 7.2.4): 区环保局 of 锦江区 is 锦江区环保局."""
    return f"{district}{name[1:]}" if district and name[:1] == district[-1] else name


def moment(value: str) -> str:
    """Return a moment as a paper says it: 2026年10月9日14:05; a day without its time."""
    at = china(value)
    if len(value) == 10:
        return f"{at.year}年{at.month}月{at.day}日"
    clock = "24时" if (at.hour, at.minute, at.second) == (23, 59, 59) else f"{at:%H:%M}"
    return f"{at.year}年{at.month}月{at.day}日{clock}"


def full_width(words: str) -> str:
    """Return the number of a clause with the brackets of Chinese print: 四（四）1（1）."""
    return re.sub(r" ?\(", "（", words).replace(")", "）")


def filled(text: str, told: Callable[[str], Word], *, hide: bool) -> str:
    """Return words with the sources in their braces filled; '' when one of them says nothing."""
    open_places = False

    def one(match: re.Match[str]) -> str:
        nonlocal open_places
        word = told(match[1])
        said = "" if word.personal and hide else word.text
        open_places |= not said
        return said

    done = BRACES.sub(one, text)
    return "" if open_places else done
