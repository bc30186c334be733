"""Whether a complaint and a record speak of the same place or object: one holds the other, or most of their signs agree."""

from typing import Final

SHARE: Final = 0.6
"""Share of the pairs of signs of the shorter words that the longer must hold."""
SHORTEST: Final = 4


def alike(wanted: tuple[str, str], known: tuple[str, str]) -> str:
    """Return by what two (place, object) pairs of keys are alike: ``place``, ``object`` or ''."""
    place, thing = wanted
    there, what = known
    if _like(thing, what) or (what and _holds(place, what)) or (there and _holds(thing, there)):
        return "object"
    return "place" if _like(place, there) else ""


def _holds(long: str, short: str) -> bool:
    return len(short) >= SHORTEST and short in long


def _like(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST:
        return False
    if short in long:
        return True
    digits = ["".join(c for c in text if c.isdigit()) for text in (short, long)]
    if all(digits) and digits[0] != digits[1]:
        return False  # another house of the same street is another place
    pairs, there = _pairs(short), _pairs(long)
    return len(pairs & there) >= SHARE * len(pairs)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
