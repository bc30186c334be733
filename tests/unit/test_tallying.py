"""Sums kept case by case against the counter that goes through all cases: the same figures for every period, cut and grouping."""

import random

import pytest

from liaison_app.mechanism.indicators import BY, evaluate
from liaison_app.mechanism.periods import period, spans_of
from liaison_app.mechanism.tallying import STANDING, Tally
from tests.unit.test_indicators import District, begin_m1
from tests.unit.test_indicators_beside import begin_m2, begin_m4

DAYS = [
    f"{year}-{month:02d}-{day}T12:00:00+08:00" for year in (2026, 2027) for month in range(1, 13) for day in (10, 28)
]
BEGIN = {"M1": begin_m1, "M2": begin_m2, "M4": begin_m4}


def summed(parts, tally, span, by):
    """Return (numerator, denominator, running) of every indicator and group of a period, added up."""
    sums = {}
    for part in parts:
        for (name, n, group, key), more in part.cells.items():
            standing = tally.profile.indicators[n].numerator.standing
            months = {spans_of(d, tally.settings)[0] for d in DAYS if span.start <= d < span.end}
            mine = STANDING < name <= STANDING + min(months) if standing else name in {span.name, *months}
            if mine and group in ("", by):
                cell = (n, group, key)
                sums[cell] = [a + b for a, b in zip(sums.get(cell, (0, 0, 0)), more, strict=True)]
    return {cell: tuple(told) for cell, told in sums.items() if any(told)}


@pytest.mark.parametrize(
    ("mechanism", "seed", "month"),
    [("M1", 1, "calendar"), ("M1", 1001, "from_26"), ("M2", 1, "calendar"), ("M4", 2, "calendar")],
)
def test_the_parts_of_all_cases_come_to_what_counting_them_through_gives(mechanism, seed, month):
    """M1-INF-03, OFFICE-B9: by every grouping, finished and running periods."""
    district = District(mechanism, BEGIN[mechanism], seed, walks=24)
    settings = {**district.rules.settings, "stats.month": month}
    profile, things = district.rules.profile, district.things()
    tally = Tally(profile, settings)
    last = max(i.at for t in things for i in t.items)
    checked = 0
    for cut in (last, "2027-06-01T00:00:00+08:00"):
        parts = [tally.part(t, cut) for t in things]
        for name in ("2026-10", "2026-11", "2026-12", "2027-01", "2026-Q4", "2026-H2", "2026"):
            for by in (BY[random.Random(name).randrange(len(BY))], "department"):
                span = period(name, settings)
                sums = summed(parts, tally, span, by)
                for figure in evaluate(profile, things, span, cut, settings, by=by):
                    n = profile.indicators.index(figure.indicator)
                    if figure.indicator.of != "cases" or figure.indicator.count == "places":
                        continue
                    for group, key, one in [
                        ("", "", figure.counted),
                        *((g.by, g.key, g.counted) for g in figure.groups),
                    ]:
                        wanted = (one.numerator, one.denominator or 0, one.pending)
                        assert sums.pop((n, group, key), (0, 0, 0)) == wanted, (
                            name,
                            cut,
                            figure.indicator.id,
                            group,
                            key,
                        )
                        checked += bool(one.numerator)
                assert not sums, "nothing beside what counting finds"
    assert checked > 40


def test_a_part_stands_still_until_the_next_limit_runs_out():
    district = District("M1", begin_m1, 3001, walks=15)
    tally = Tally(district.rules.profile, district.rules.settings)
    turns = 0
    for thing in district.things():
        cut = max(i.at for i in thing.items)
        part = tally.part(thing, cut)
        while part.ripens:
            again = tally.part(thing, part.ripens[:17] + "00" + part.ripens[19:])
            if again.ripens == part.ripens:
                assert again == part
            after = tally.part(thing, part.ripens)
            assert after.turned == part.ripens and (not after.ripens or after.ripens > part.ripens)
            part, turns = after, turns + 1
    assert turns > 15
