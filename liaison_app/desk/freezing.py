"""Freezing 冻结: the figures of a finished period are kept for ever, and what came later is shown beside them (OFFICE B9)."""

from typing import TYPE_CHECKING

from liaison_app.desk import statistics
from liaison_app.desk.frozen import frozen, frozen_figures
from liaison_app.domain import commands as cmd
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.mechanism import freezing
from liaison_app.mechanism.indicators import BY
from liaison_app.mechanism.periods import period

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


def may_freeze(desk: "Desk") -> bool:
    """Say whether the person at work may freeze a period: who reads the whole district; on a desk alone its liaison or leader."""
    watches = any(desk._person.body in guard.posts for guard in desk.rules.profile.guards)
    return watches or (desk.rules.founding == "alone" and bool({"liaison", "leader"} & desk._actor().roles))


def freeze(desk: "Desk", name: str) -> "statistics.StatisticsView":
    """Keep the figures of a finished period for ever; return them.

    A member's desk asks the shared database first for what came meanwhile and which desks are behind. Raises RuleBroken
    ``not_overseeing``, ``period_unknown``, ``period_running``, ``period_frozen``, and what a register act may raise.
    """
    if not may_freeze(desk):
        raise RuleBroken("not_overseeing", body=desk._person.body)
    span = period(name, desk.rules.settings)
    if not span.finished(stamp(desk.now())):
        raise RuleBroken("period_running", field="period", value=span.name, day=span.end[:10])
    if frozen(desk, span.name) is not None:
        raise RuleBroken("period_frozen", field="period", value=span.name)
    member = desk.rules.founding == "member"
    missing = desk.desks_behind(span.end) if member else ()
    cut = stamp(desk.now())
    found = statistics.whole(desk, span, cut, ("", *BY))
    text, sha256 = freezing.pack(found[""], {by: found[by] for by in BY})
    desk._enter(
        cmd.FreezePeriod(
            period=span.name, cut=cut, version=desk.rules.mechanism, figures=text, sha256=sha256,
            scope="district" if member or desk.rules.founding == "demo" else "desk", missing=missing,
        )
    )  # fmt: skip
    return statistics.count(desk, span.name)


def corrections(desk: "Desk", name: str) -> tuple["statistics.CorrectionView", ...]:
    """Return what changed since a period was frozen: per indicator the old and the new number, cases that came and went."""
    one = frozen(desk, name)
    if one is None or (one.event.scope == "district" and statistics.scope_of(desk) == "body"):
        return ()  # the desk of a department knows its own cases only
    span = period(name, desk.rules.settings)
    now = {f.indicator.id: f for f in statistics.whole(desk, span, stamp(desk.now()))[""]}
    show = statistics.Words(desk.rules, desk.lang)
    found = []
    for old in frozen_figures(desk, one, ""):
        new = now.get(old.indicator.id)
        if new is None:
            continue
        was, stands = show.figure(old), show.figure(new)
        if (was.numerator, was.denominator) == (stands.numerator, stands.denominator):
            continue
        before, after = ({*f.cases, *f.denominator_cases} for f in (was, stands))
        found.append(
            statistics.CorrectionView(
                id=was.id, name=was.name, numerator=was.numerator, denominator=was.denominator, shown=was.shown,
                now_numerator=stands.numerator, now_denominator=stands.denominator, now_shown=stands.shown,
                came=tuple(sorted(after - before)) if before or not was.numerator else (), went=tuple(sorted(before - after)),
            )
        )  # fmt: skip
    return tuple(found)
