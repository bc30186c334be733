"""Facts proposed from the caller's own words: plain, explainable, never filled silently.

A profile lists words for the values of a fact. A word is a phrase, or a regular expression after ``re:``,
in which ``.{…}`` stays within one clause of the sentence.
At one place of the text only the longest phrase counts, so that 没有执照 beats 执照 and 烧烤摊 beats 烧烤.
Each phrase found adds its length to its value, what is named first a little more; a clear winner is proposed.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from liaison_app.mechanism.conditions import test
from liaison_app.mechanism.schema import Fact, Profile

MARK = "re:"
WITHIN_CLAUSE = r"[^，。！？；,!?;\n]{"
LONGEST, LOOSE = 6, 4
"""A phrase counts by its length, up to this; what a regular expression spans is no better a clue for being long."""
OPENING, TWICE = 40, 2.0
"""What is said in the first so many characters counts double: complaints begin with what matters."""
REPEATED, REPEATS = 1.0, 2
FIRST, LEAD = 1.5, 1.0
"""What is named first counts a little more; a winner is clear when it is so far ahead."""
DENIED = re.compile(r"(?:(?<!是)不是|并非|不像|不算|而非)(?:因为|由于|说|什么)?\Z")
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
YEAR, MONTH, DAY = "y", "m", "d"


class Hit(msgspec.Struct, frozen=True):
    """A phrase of the text that speaks for a value."""

    start: int
    end: int
    value: Any
    phrase: str
    weight: int


def suggested(profile: Profile, text: str) -> dict[str, tuple[Any, str]]:
    """Return the facts that the words of a text propose: fact → (value, the phrase that led to it).

    Values are JSON-friendly and as ``facts.checked`` accepts them; a person confirms each of them.
    """
    plain = text.translate(HALF_WIDTH)
    found: dict[str, tuple[Any, str]] = {}
    for fact in profile.facts if text else ():
        hits = _longest([h for h in _hits(fact, plain) if not DENIED.search(plain, max(0, h.start - 6), h.start)])
        best = _winner(hits)
        if best is not None:
            found[fact.id] = (best.value, text[best.start : best.end])
    for fact in profile.facts:
        for other, values in fact.usual.items():
            value, phrase = found.get(other, (None, ""))
            if fact.id not in found and value in values:
                found[fact.id] = (values[value], phrase)
    for reading in profile.readings:
        if test(reading.when, {name: value for name, (value, _) in found.items()}, {}).holds:
            phrase = found[list(reading.when)[-1]][1]
            found.update({name: (value, phrase) for name, value in reading.set.items()})
    return found


def word_doubts(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield (path, expected) for words that cannot be used."""
    for i, fact in enumerate(profile.facts):
        at = f"facts[{i}].words"
        for value, words in fact.words.items():
            if fact.type == "bool" and value not in {"true", "false"}:
                yield at, f'"true" or "false" instead of {value}'
            for word in words:
                try:
                    groups = _pattern(word).groupindex
                except re.error as error:
                    yield at, f"a regular expression instead of {word} ({error})"
                    continue
                if not word.removeprefix(MARK):
                    yield at, "a word that is not empty"
                if fact.type == "date" and YEAR not in groups:
                    yield at, f"an expression with a year (?P<{YEAR}>…) instead of {word}"


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    plain = not word.startswith(MARK)
    return re.compile(re.escape(word) if plain else word[len(MARK) :].replace(".{", WITHIN_CLAUSE), re.IGNORECASE)


def _hits(fact: Fact, text: str) -> Iterator[Hit]:
    for value, words in fact.words.items():
        for word in words:
            for match in _pattern(word).finditer(text):
                said = _said(fact, value, match)
                if said is not None and match.end() > match.start():
                    weight = min(match.end() - match.start(), LOOSE if word.startswith(MARK) else LONGEST)
                    yield Hit(match.start(), match.end(), said, match.group(), weight)


def _said(fact: Fact, value: str, match: re.Match[str]) -> Any:
    if fact.type == "bool":
        return value == "true"
    if fact.type == "date":
        return _date(match.groupdict())
    return value


def _date(groups: dict[str, str | None]) -> str | None:
    year = groups.get(YEAR) or ""
    if len(year) == 2:
        year = ("20" if int(year) < 50 else "19") + year
    try:
        return date(int(year), int(groups.get(MONTH) or 1), int(groups.get(DAY) or 1)).isoformat()
    except ValueError:
        return None


def _longest(hits: list[Hit]) -> list[Hit]:
    """Return the hits without those that lie across a longer one: the longest phrase at a place says what is meant."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        across = (k for k in kept if hit.start < k.end and k.start < hit.end)
        if all((k.start, k.end) == (hit.start, hit.end) and k.value != hit.value for k in across):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _winner(hits: list[Hit]) -> Hit | None:
    if not hits:
        return None
    score: dict[Any, float] = {h.value: FIRST for h in hits if h.start == hits[0].start}
    times: dict[tuple[Any, str], int] = {}
    for hit in hits:
        known = times[hit.value, hit.phrase] = times.get((hit.value, hit.phrase), 0) + 1
        gain = float(hit.weight) if known == 1 else REPEATED if known <= REPEATS else 0.0
        score[hit.value] = score.get(hit.value, 0.0) + gain * (TWICE if hit.start < OPENING else 1.0)
    first, *others = sorted(score, key=lambda v: -score[v])
    if others and score[first] < score[others[0]] + LEAD:
        return None
    return max((h for h in hits if h.value == first), key=lambda h: (h.weight, -h.start))
