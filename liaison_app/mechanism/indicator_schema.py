"""Indicators 指标 as formulas: a small closed language over what happened in a case, a meeting or a record.

An indicator takes items (acts, matters, cases, places) of which an event lies in the period, and says which of them
count. Nothing in it can be written twice: the numerator is always a part of the denominator.
"""

from typing import Literal

import msgspec

from liaison_app.mechanism.part import Part

DUE = "due"
"""The event of a limit that ran out: its moment is the end of the limit, grace included."""


class Measure(Part, frozen=True):
    """Which items count: those with an event in the period that meet every condition.

    ``others``: further events that count the same. ``clock``: the limit of that rule which the event started,
    stopped or stands under; ``met``: whether it was kept. ``flags``, ``without``: marks, facts and kinds of the matter.
    ``values``: what the act said. ``also``: events that the matter has too; ``after``: that it had at or after this one.
    ``standing``: what was there before the period and had none of these events before it (上月结转).
    ``times``: the matter has at least so many such items. ``alike``: places or objects with so many cases; ``alike_setting`` names a setting such as ``3 / 90`` (cases, days).
    """

    event: str
    others: list[str] = []
    clock: str = ""
    met: bool | None = None
    flags: list[str] = []
    without: list[str] = []
    values: dict[str, list[str]] = {}
    also: list[str] = []
    after: list[str] = []
    standing: list[str] = []
    times: int = 1
    alike: int = 0
    alike_setting: str = ""

    def events(self) -> tuple[str, ...]:
        """Return every event that counts."""
        return (self.event, *self.others)


class Indicator(Part, frozen=True):
    """An indicator 指标 as a formula. An empty denominator is 无数据, never 0 % or 100 %.

    ``count``: every act, each matter or each case once (its last item stands), or places. ``whose``: the body that an
    item belongs to when it is grouped by department. ``of``: cases, or the meetings and records beside them.
    """

    id: str
    name: str
    en: str
    rules: list[str]
    formula: str
    numerator: Measure
    denominator: Measure | None = None
    of: Literal["cases", "records"] = "cases"
    count: Literal["acts", "matters", "cases", "places"] = "acts"
    whose: Literal["actor", "other", "lead", "first_receiver"] = "actor"
    group: list[str] = msgspec.field(default_factory=lambda: ["department"])
    period: Literal["month", "quarter", "half_year", "year"] = "month"
    rank: bool = False
    express: bool = False
