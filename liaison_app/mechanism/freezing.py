"""Frozen figures 冻结: the indicators of a period packed into one text, numbers and the cases behind them. Pure.

Case ids stand once; every set of cases is a list of their places in that list, in order, as differences.
"""

import base64
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.indicators import Counted, Figure, Group
from liaison_app.mechanism.schema import Profile

MOST: Final = 450_000
"""So many signs a packed period may have: it stands in an act and in its entry, and an act's open part holds 1 MB."""

CASES: Final = MOST // 20
"""Of more cases the ids alone would not fit: twenty signs each."""


class _Line(msgspec.Struct, frozen=True, array_like=True):
    numerator: int
    denominator: int | None
    value: float | None
    pending: int
    cases: list[int] | None
    base: list[int] | None
    rank: int | None = None


class _Figure(msgspec.Struct, frozen=True, array_like=True):
    id: str
    reason: str
    counted: _Line
    groups: dict[str, dict[str, _Line]]


class _Frozen(msgspec.Struct, frozen=True, array_like=True):
    ids: list[str]
    own: dict[str, list[str]]
    """Which groups each indicator has of its own, in order."""
    figures: list[_Figure]


def pack(own: Sequence[Figure], by: Mapping[str, Sequence[Figure]]) -> tuple[str, str]:
    """Return figures as text and the sha256 of what is inside.

    ``own``: grouped as the profile says; ``by``: the same figures by each grouping that one may ask for. Where all the
    cases would not fit (:data:`MOST`), those of the groups are left out first, then all; the numbers always stay.
    """
    for keep in ("all", "whole", "none"):
        held = _Packer(keep).pack(own, by)
        text = base64.b85encode(zlib.compress(held, 9)).decode()
        if len(text) <= MOST or keep == "none":
            return text, hashlib.sha256(held).hexdigest()
    raise AssertionError


def unpack(text: str, sha256: str, profile: Profile, by: str = "") -> tuple[Figure, ...]:
    """Return frozen figures, grouped as the profile said or by one grouping. Raise RuleBroken ``figures_broken``.

    Indicators that the profile does not know are left out.
    """
    try:
        held = zlib.decompress(base64.b85decode(text))
        found = msgspec.msgpack.decode(held, type=_Frozen)
    except (ValueError, zlib.error, msgspec.DecodeError):
        raise RuleBroken("figures_broken") from None
    if hashlib.sha256(held).hexdigest() != sha256:
        raise RuleBroken("figures_broken")
    known = {one.id: one for one in profile.indicators}
    return tuple(
        Figure(
            indicator=known[one.id], reason=one.reason, counted=_counted(one.counted, found.ids),
            groups=tuple(
                Group(by=name, key=key, rank=line.rank, counted=_counted(line, found.ids))
                for name in ([by] if by else found.own[one.id])
                for key, line in one.groups.get(name, {}).items()
            ),
        )
        for one in found.figures
        if one.id in known
    )  # fmt: skip


def _counted(line: _Line, ids: Sequence[str]) -> Counted:
    return Counted(
        numerator=line.numerator, denominator=line.denominator, value=line.value, pending=line.pending,
        cases=_cases(line.cases, ids), base_cases=_cases(line.base, ids),
    )  # fmt: skip


def _cases(steps: list[int] | None, ids: Sequence[str]) -> tuple[str, ...]:
    at, found = 0, []
    for step in steps or ():
        at += step
        found.append(ids[at])
    return tuple(found)


class _Packer:
    """Numbers the cases in the order in which the figures name them first, so that differences stay small."""

    def __init__(self, keep: str) -> None:
        self._keep, self._places = keep, dict[str, int]()

    def pack(self, own: Sequence[Figure], by: Mapping[str, Sequence[Figure]]) -> bytes:
        for figure in own if self._keep != "none" else ():
            for case in sorted({*figure.counted.cases, *figure.counted.base_cases}):
                self._places.setdefault(case, len(self._places))
        more = {name: {f.indicator.id: f for f in figures} for name, figures in by.items()}
        made = []
        for one in own:
            groups: dict[str, dict[str, _Line]] = {}
            for group in (*one.groups, *(g for figures in more.values() for g in figures[one.indicator.id].groups)):
                groups.setdefault(group.by, {})[group.key] = self._line(group.counted, group.rank, self._keep == "all")
            whole = self._line(one.counted, None, self._keep != "none")
            made.append(_Figure(one.indicator.id, one.reason, whole, groups))
        names = {f.indicator.id: list(dict.fromkeys(g.by for g in f.groups)) for f in own}
        return msgspec.msgpack.encode(_Frozen(list(self._places), names, made))

    def _line(self, one: Counted, rank: int | None, cases: bool) -> _Line:
        return _Line(
            one.numerator, one.denominator, one.value, one.pending, self._steps(one.cases) if cases else None,
            self._steps(one.base_cases) if cases else None, rank,
        )  # fmt: skip

    def _steps(self, cases: Sequence[str]) -> list[int]:
        places = sorted(self._places.setdefault(c, len(self._places)) for c in cases)
        return [b - a for a, b in zip([0, *places], places, strict=False)]
