"""Text forms: what is shown, what is searched, keys of likeness. The stored original is never touched."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from typing import Any, Final, NamedTuple

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE: Final = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_HAN: Final = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS: Final = re.compile(rf"[{_HAN}]+|[0-9]+|[a-z]+")
_SPACES: Final = re.compile(r"[^\S\n]+")
DIGITS: Final = 4


def clean(text: str) -> str:
    """Return text as it is shown: spreadsheet escapes, odd spaces and invisible characters resolved."""
    if text.isprintable() and "_x" not in text and "  " not in text:
        return text.strip()  # most words are plain: nothing in them is odd
    text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    lines = [_SPACES.sub(" ", _visible(line)).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c for c in line if c == "\t" or unicodedata.category(c)[0] != "C" or ord(c) > 0xFFFF)


@cache
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Return the form that search compares: half-width, lower case, simplified, radicals as Han."""
    folded = unicodedata.normalize("NFKC", clean(text)).lower()
    return str(_simplifier().convert(folded)) if not folded.isascii() else folded


def _token(word: str) -> str:
    if max(word) < "\U00020000":
        return word
    return "".join(c if ord(c) < 0x20000 else f"u{ord(c):x}" for c in word)


def tokens(text: str) -> list[str]:
    """Return the words of the text index: Han bigrams and the last sign alone, four-digit windows, Latin words."""
    return _tokens(fold(text))


def _tokens(folded: str) -> list[str]:
    words: list[str] = []
    for run in _RUNS.findall(folded):
        if run[0].isascii():
            size = DIGITS if run[0].isdigit() else len(run)
            words += [run[i : i + size] for i in range(max(1, len(run) - size + 1))]
        else:
            words += [_token(run[i : i + 2]) for i in range(len(run))]
    return words


class SearchText(NamedTuple):
    """What the text index is to hold of a case, as it was written: its words and the complainant's name."""

    case_id: str
    text: str
    name: str

    def words(self, folded: str) -> str:
        """Return the words by which it is found; ``folded``: its folded text."""
        return " ".join(dict.fromkeys(_tokens(folded) + sorted(initials(self.name))))


def query(text: str) -> tuple[str, str]:
    """Return the index query for what was typed, and the run that hits must hold ('' = none)."""
    folded = fold(text)
    parts: list[str] = []
    for run in _RUNS.findall(folded):
        if run[0].isascii():
            if run[0].isdigit() and len(run) > DIGITS:
                parts += [f'"{run[i : i + DIGITS]}"' for i in range(len(run) - DIGITS + 1)]
            else:
                parts.append(f'"{run}"*')
        elif len(run) == 1:
            parts.append(f'"{_token(run)}"*')
        else:
            parts += [f'"{_token(run[i : i + 2])}"' for i in range(len(run) - 1)]
    runs = _RUNS.findall(folded)
    long = DIGITS if runs and runs[0].isdigit() else 2
    alone = len(runs) == 1 and len(runs[0]) > long and not (runs[0].isascii() and runs[0].isalpha())
    return " ".join(parts), runs[0] if alone else ""


@cache
def _readings(sign: str) -> tuple[str, ...]:
    import pypinyin

    found = pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(r[0] for r in found[0] if r)) if found else ()


SURNAMES: Final = {"单": "s", "仇": "q", "解": "x", "曾": "z", "区": "o", "查": "z", "尉": "y", "盖": "g", "朴": "p"}


def initials(name: str, most: int = 4) -> frozenset[str]:
    """Return the pinyin initials of a name in all readings of its first signs (单 → d, s, c)."""
    signs = [c for c in fold(name) if re.match(f"[{_HAN}]", c)][:most]
    if not signs:
        return frozenset()
    choices = [set(_readings(c)) for c in signs]
    if signs[0] in SURNAMES:
        choices[0].add(SURNAMES[signs[0]])
    if not all(choices):
        return frozenset()
    return frozenset("".join(p) for _, p in zip(range(32), product(*choices), strict=False))


def sounds_alike(one: str, other: str) -> bool:
    """Say whether two signs have a reading in common, whatever the tone (哲, 喆)."""
    return not set(_readings(one)).isdisjoint(_readings(other))


def phone_key(contact: str) -> str:
    """Return the digits by which two contacts are the same, '' under seven digits."""
    digits = "".join(re.findall(r"\d", unicodedata.normalize("NFKC", contact)))
    return digits[-11:] if len(digits) >= 7 else ""


@lru_cache(maxsize=1024)
def place_key(place: str) -> str:
    """Return the signs by which two places are the same, '' when too short to tell."""
    key = "".join(_RUNS.findall(fold(place)))
    return key if len(key) >= 4 else ""
