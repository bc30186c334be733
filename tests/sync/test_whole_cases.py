"""Acts on a case as a whole from a member's desk: every matter moves, or none; the server judges each by its own rows."""

import msgspec
import pytest

from liaison_app.domain import events as ev
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.store import shared
from liaison_app.sync import server
from tests.conftest import CALL
from tests.sync.seats import Seat

TWO = {**CALL, "second_issue": [{"medium": "dust", "source": "construction"}]}
CHIEF = Person(id="p-zhoumin", name="周敏", body="COMMERCE", roles=("liaison", "leader"))


@pytest.fixture
def seats(tmp_path, district):
    with district.boss() as boss:
        server.enter_people(boss, [CHIEF])
    made = [Seat(tmp_path / p, district, p) for p in ("p-zhoumin", "p-xuguoqiang")]
    yield made
    for seat in made:
        seat.check()
        seat.close()


def states(seat, case):
    return [m.state for m in seat.desk.case(case).matters]


def there(seat, case):
    return seat.district.sql("SELECT states FROM ld.case_head WHERE id=%s", case)[0][0]


def test_merging_and_separating_a_case_of_two_matters(seats):
    a, b = seats
    first = a.act("new", "register", **CALL).case
    second = a.act("new", "register", **TWO).case
    a.sync()
    done = a.act(second, "merge", into=a.desk.case(first).number, reason="同一工地")
    a.confirmed[done.act] = {"reason": "同一工地"}  # the number that was typed stands as the id of its case
    a.sync()
    b.sync()
    assert not a.desk.conflicts() and a.desk.sync_state().waiting == 0
    assert states(a, second) == states(b, second) == there(a, second) == ["MRG", "MRG"]
    assert a.district.sql("SELECT open FROM ld.case_head WHERE id=%s", second) == [(False,)]
    b.act(second, "unmerge", reason="不是同一工地")
    b.sync()
    a.sync()
    assert states(a, second) == there(a, second) == ["REG", "REG"]
    assert not b.desk.conflicts()


def test_ending_and_reopening_each_matter_where_it_stood(seats):
    a, b = seats
    case = a.act("new", "register", **TWO).case
    a.act(case, "propose-transfer")
    a.act(case, "approve", road="own_desk")
    a.act(case, "transfer", method="fax")
    a.act(case, "deliver", confirmed_by="刘", evidence="传真回执")
    a.sync()
    stood = there(a, case)
    assert stood == ["DLV", "REG"]
    with pytest.raises(RuleBroken, match="matter_forbids"):
        a.act(case, "void", outcome="void", reason="重复", approver="何建平", matter=2)
    a.act(case, "void", outcome="withdrawn", reason="来电撤回", approver="何建平")
    a.sync()
    assert states(a, case) == there(a, case) == ["WDR", "WDR"]
    a.act(case, "reopen", reason="改变主意")
    a.sync()
    b.sync()
    assert states(a, case) == states(b, case) == there(a, case) == stood
    assert not a.desk.conflicts() and not b.desk.conflicts()


@pytest.mark.parametrize(
    "change",
    [
        lambda events: [e for e in events if not (isinstance(e.event, ev.StateChanged) and e.event.matter == 2)],
        lambda events: [*events, msgspec.structs.replace(events[-1], event=ev.StateChanged(matter=2, to="REG"))],
        lambda events: [msgspec.structs.replace(e, event=ev.StateChanged(matter=e.event.matter, to="ARC")) if isinstance(e.event, ev.StateChanged) else e for e in events],
        lambda events: [msgspec.structs.replace(events[0], matter=2), *events[1:]],
    ],
)  # fmt: skip
def test_what_a_tampered_desk_moves_besides(seats, monkeypatch, change):
    from liaison_app.desk import deciding

    a, _ = seats
    case = a.act("new", "register", **TWO).case
    a.sync()
    real = deciding.decide
    monkeypatch.setattr(
        deciding, "decide", lambda *args: (lambda at, events: (at, tuple(change(list(events)))))(*real(*args))
    )
    act = a.act(case, "void", outcome="withdrawn", reason="撤回", approver="何建平").act
    monkeypatch.undo()
    a.sync()
    alone = there(a, case) == ["WDR", "REG"]
    if not alone:  # an earlier program moves its own matter alone: that is let through, nothing else is
        assert there(a, case) == ["REG", "REG"]
        with a.desk._replica.read() as connection:
            assert shared.own_act(connection, act).fate == "refused"
