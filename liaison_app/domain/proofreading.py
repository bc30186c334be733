"""校对: what in a letter does not agree with its case — names, dates, amounts, numbers. Pure; doubts never stop anyone."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal

import msgspec

from liaison_app.domain.text import sounds_alike

DoubtKind = Literal["name", "absent", "date", "no_date", "number", "amount"]
_DATE: Final = re.compile(r"(?:(\d{4})\s*[年-]\s*)?(\d{1,2})\s*[月-]\s*(\d{1,2})(?:\s*日|(?!\d))")
_AMOUNT: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万元|亿元|元|分贝|平方米|立方米|公斤|毫克|米|%|％|dB)")
_NUMBER: Final = re.compile(
    r"[^\s，。；：、（）()“”]{1,12}〔\d{4}〕\d+号|(?<!\d)(?:0\d{2,3}-)?\d{7,12}(?!\d)|(?<!\d)12\d{3}(?!\d)"
)
_CASE: Final = re.compile(r"[^\s，。；：、（）()“”]{1,12}-\d{8}-\d{3,6}")
"""A case's own number: the short name of the office that registered it, the day, which one of that day."""
_TITLE: Final = re.compile(r"先生|女士|同志|老师|同学")
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """One doubt: the words in question, where they stand (-1: nowhere), and what the case has instead ('' if nothing)."""

    kind: DoubtKind
    words: str
    at: int
    case_has: str = ""


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """What a case knows: names of people and things, whom the letter is for, dates, and every word that bears numbers."""

    names: tuple[str, ...] = ()
    addressee: str = ""
    dates: frozenset[str] = frozenset()
    """ISO dates."""
    texts: tuple[str, ...] = ()
    """Findings, words of the call, telephone numbers, document numbers."""


def doubts(text: str, grounds: Grounds) -> tuple[Doubt, ...]:
    """Return what does not agree with the case, in the order of the text; what is missing altogether comes last."""
    found = [*_names(text, grounds.names), *_dates(text, grounds.dates), *_numbers(text, grounds.texts)]
    here = sorted(found, key=lambda one: one.at)
    if text.strip() and grounds.addressee and not _addressed(text, grounds.addressee):
        said = any(one.kind == "name" and one.case_has == grounds.addressee for one in here)
        if not said:
            here.append(Doubt(kind="absent", words=grounds.addressee, at=-1, case_has=grounds.addressee))
    return tuple(here)


def _addressed(text: str, name: str) -> bool:
    """A citizen is spoken to by name, or by surname and title (王女士)."""
    return name in text or any(text[: m.start()].endswith(name[:1]) for m in _TITLE.finditer(text))


def _names(text: str, names: Iterable[str]) -> Iterator[Doubt]:
    known = sorted({one for one in names if len(one) > 1}, key=len, reverse=True)
    taken = [False] * len(text)
    for found in (
        *_NUMBER.finditer(text),
        *_CASE.finditer(text),
    ):  # an office's short name in a number is no misspelling
        taken[found.start() : found.end()] = [True] * len(found[0])
    for name in known:  # what stands there rightly is no misspelling of something shorter
        at = text.find(name)
        while at >= 0:
            taken[at : at + len(name)] = [True] * len(name)
            at = text.find(name, at + 1)
    for name in known:
        size = len(name)
        for at in range(len(text) - size + 1):
            window = text[at : at + size]
            if any(taken[at : at + size]) or not _like(window, name, text[at + size : at + size + 2]):
                continue
            taken[at : at + size] = [True] * size
            yield Doubt(kind="name", words=window, at=at, case_has=name)


def _like(window: str, name: str, after: str) -> bool:
    """Say whether words are a name with one sign wrong, or another spelling of the same sound."""
    wrong = [(a, b) for a, b in zip(window, name, strict=True) if a != b]
    if not wrong or len(wrong) > max(1, len(name) // 3) + (len(name) == 3):
        return False
    if not all(_HAN.match(a) for a, _ in wrong):
        return False
    if len(wrong) == 1 and len(name) > 2:
        return True
    titled = window[0] == name[0] and bool(_TITLE.match(after))
    return titled or all(sounds_alike(a, b) for a, b in wrong)


def _dates(text: str, known: frozenset[str]) -> Iterator[Doubt]:
    days = {one[5:] for one in known}
    for found in _DATE.finditer(text):
        year, month, day = found.groups()
        if year is None and "月" not in found[0]:
            continue  # 3-5 is no date
        try:
            asked = date(int(year or 2024), int(month), int(day)).isoformat()
        except ValueError:
            yield Doubt(kind="no_date", words=found[0], at=found.start())
            continue
        if not (asked in known if year else asked[5:] in days):
            yield Doubt(kind="date", words=found[0], at=found.start())


def _numbers(text: str, texts: Iterable[str]) -> Iterator[Doubt]:
    whole = "\n".join(texts)
    amounts = {_plain(m) for m in _AMOUNT.finditer(whole)}
    for found in _AMOUNT.finditer(text):
        if _plain(found) not in amounts:
            yield Doubt(kind="amount", words=found[0], at=found.start())
    for found in _NUMBER.finditer(text):
        if (
            found[0][max(0, found[0].find("〔") - 2) :] not in whole
        ):  # words run into the number: two signs tell offices apart
            yield Doubt(kind="number", words=found[0], at=found.start())


def _plain(found: re.Match[str]) -> tuple[float, str]:
    unit = {"％": "%", "dB": "分贝"}.get(found[2], found[2])
    return float(found[1].replace(",", "")), unit
