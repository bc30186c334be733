"""What a body owes per period (monthly information, quarterly meeting, rosters): due, overdue, or not shown because done."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from liaison_app.desk.rules import DeskRules
from liaison_app.domain.ledger_kinds import Owed, RecordKind
from liaison_app.domain.moments import china, stamp
from liaison_app.mechanism.cadences import ONCE, after, end_of, period_of, start_of
from liaison_app.mechanism.deadlines import Due, count
from liaison_app.mechanism.finding_clocks import clock

SHOWN: Final = 12
"""Periods shown at the most: the newest that were missed, and the present one."""

Met = tuple[str, str, str, str]
"""A record that meets a duty: period, record, when, until when it does."""


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that is not met yet: of which kind, for which period, until when."""

    kind: RecordKind
    owed: Owed
    body: str
    period: str
    due: Due | None


def owing(
    rules: DeskRules, kinds: Sequence[RecordKind], body: str, since: datetime, now: datetime,
    met: Callable[[str, str], Sequence[Met]],
) -> list[Owing]:  # fmt: skip
    """Return what a body owes at a moment: every period since the desk began that no record meets, earliest first.

    ``met(kind, body)`` gives the records that meet the duty of a kind. Under the rolling reading a period lasts as long
    after the record before (cal.cadence).
    """
    found: list[Owing] = []
    for kind in kinds:
        owed = kind.owed
        if owed is None or body not in owed.by:
            continue
        done = met(kind.id, "*" if owed.shared else body)
        if owed.every == ONCE:
            found += [] if any(m[3] > stamp(now) for m in done) else [_owing(rules, kind, owed, body, ONCE, since)]
        elif rules.settings.get("cal.cadence") == "rolling":
            last = max((china(m[2]) for m in done if m[2]), default=since)
            if any(not m[2] for m in done):
                continue
            one = _owing(rules, kind, owed, body, period_of(owed.every, now.date()), last)
            late = one.due is None or one.due.due is None or end_of(period_of(owed.every, now.date())) >= one.due.due
            found += [one] if late else []
        else:
            have, period = {m[0] for m in done}, period_of(owed.every, since.date())
            open_: list[Owing] = []
            while start_of(period) <= now:
                if period not in have:
                    open_.append(_owing(rules, kind, owed, body, period, start_of(period)))
                period = after(period)
            found += open_[-SHOWN:]
    return sorted(found, key=_when)


def _owing(rules: DeskRules, kind: RecordKind, owed: Owed, body: str, period: str, start: datetime) -> Owing:
    due = None
    if owed.clock:
        rule = clock(rules.profile, owed.clock)
        due = count(rule, start, rules.calendar, rules.settings)
    return Owing(kind=kind, owed=owed, body=body, period=period, due=due)


def _when(one: Owing) -> str:
    return stamp(one.due.due) if one.due is not None and one.due.due is not None else "9999"
