"""A period frozen over a real server: by who reads the whole district, once, the same on every desk, who was behind by name."""

import pytest

from liaison_app.desk import freezing, statistics
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat

LATE = {"happened_at": "2026-10-12T10:00:00+08:00", "received_at": "2026-10-12T09:50:00+08:00", "late_reason": "补录"}


@pytest.fixture
def proxy(cluster):
    made = Proxy(cluster.port)
    yield made
    made.stop()


@pytest.fixture
def seats(tmp_path, district, proxy):
    """A registering desk, one that reads the whole district (behind a proxy), and one that does neither."""
    made = [
        Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-duanhui", proxy.port),
        Seat(tmp_path / "c", district, "p-zhaowenjing"),
    ]  # fmt: skip
    yield made
    for seat in made:
        seat.check()
        seat.close()


def refused(call):
    with pytest.raises(RuleBroken) as found:
        call()
    return found.value.code


def numbers(view):
    return [
        (f.id, f.numerator, f.denominator, f.cases, [(g.key, g.numerator) for g in f.groups]) for f in view.indicators
    ]


def test_frozen_figures_are_the_same_on_every_desk_for_ever(seats, proxy):
    a, b, c = seats
    case = a.act("new", "register", **{**CALL, **LATE}).case
    a.sync()
    b.district.sql("UPDATE ld.desk SET seen_at = '2026-10-03' WHERE person = 'p-zhaowenjing'")
    assert refused(lambda: freezing.freeze(c.desk, "2026-10")) == "not_overseeing"
    proxy.closed = proxy.hole = True
    assert refused(lambda: freezing.freeze(b.desk, "2026-10")) == "register_needs_line"
    proxy.heal()
    kept = freezing.freeze(b.desk, "2026-10")
    assert kept.scope == "district" and kept.frozen_by == b.desk.person.name
    assert any(case in f.cases for f in kept.indicators), (
        "what was on the server counts, though this desk had not pulled it"
    )
    assert len(kept.missing_desks) == 1 and "赵文静" in kept.missing_desks[0]
    for seat in (a, c):
        assert not statistics.count(seat.desk, "2026-10").frozen_at
        seat.sync()
        seen = statistics.count(seat.desk, "2026-10")
        assert numbers(seen) == numbers(kept) and seen.missing_desks == kept.missing_desks
        assert refused(lambda desk=seat.desk: freezing.freeze(desk, "2026-10")) in {"not_overseeing", "period_frozen"}
    mine = statistics.count(c.desk, "2026-10", own=True)
    registered = next(f for f in mine.indicators if f.id == "registered_count")
    assert (mine.scope, registered.numerator) == ("body", 0), (
        "a department counts its own only: this was registered by another"
    )
    assert (
        next(
            f for f in statistics.count(a.desk, "2026-10", own=True).indicators if f.id == "registered_count"
        ).numerator
        == 1
    )
    assert freezing.corrections(c.desk, "2026-10") == ()
    a.act("new", "register", **{**CALL, **LATE})
    a.sync(), b.sync()
    assert numbers(statistics.count(b.desk, "2026-10")) == numbers(kept)
    grown = [one for one in freezing.corrections(b.desk, "2026-10") if one.now_numerator == one.numerator + 1]
    assert any(one.id == "registered_count" and len(one.came) == 1 for one in grown)


def test_the_shared_database_refuses_who_may_not_and_a_second_freezing(seats, monkeypatch):
    """The desk's own check is taken away: the database stands alone."""
    a, b, _ = seats
    monkeypatch.setattr(freezing, "may_freeze", lambda desk: True)
    assert refused(lambda: freezing.freeze(a.desk, "2026-09")) == "not_overseeing"
    freezing.freeze(b.desk, "2026-09")
    monkeypatch.setattr(freezing, "frozen", lambda desk, name: None)
    assert refused(lambda: freezing.freeze(b.desk, "2026-09")) == "period_frozen"
    assert not b.desk.outbox() and not b.desk.conflicts()
