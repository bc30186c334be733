"""Acts on a case as a whole from a member's desk: every matter moves, or none; the server judges each by its own rows."""

import msgspec
import pytest

from liaison_app.desk import deciding
from liaison_app.desk.deciding import Deciding
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.store import shared
from liaison_app.sync import server
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import Seat
from tests.sync.test_faults_people import send

change = msgspec.structs.replace
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


def kinds(seat, case):
    return [t.kind for t in seat.desk.case(case).timeline if t.kind != "state-changed"]


def test_merging_is_written_on_both_cases_in_one_act_and_taken_back_on_both(seats, district, tmp_path):
    """Also a body that is on the other case alone sees it there, verifies it, and what follows on its side."""
    a, b = seats
    muni = Seat(tmp_path / "muni", district, "p-gaoyuan")
    first = a.act("new", "register", **CALL).case
    send(a, first, "MUNI")
    second = a.act("new", "register", **CALL).case
    healed([a, b, muni])
    done = a.act(second, "merge", into=a.desk.case(first).number, reason="同一工地").act
    healed([a, b, muni])
    for seat in (a, b, muni):
        assert kinds(seat, first)[-1] == "joined" and "holds_merged" in seat.desk.case(first).flags
    with pytest.raises(RuleBroken, match="case_unknown"):
        muni.desk.case(second)
    rows = "SELECT stream, kind FROM ld.entry WHERE act=%s AND kind IN ('merged','joined') ORDER BY n"
    assert district.sql(rows, done) == [(f"case/{second}", "merged"), (f"case/{first}", "joined")]
    again = Seat(tmp_path / "again", district, "p-gaoyuan")  # a second PC of that body: open cases first, then the feed
    a.desk.undo("不是同一工地")
    healed([a, b, muni, again])
    for seat in (a, b, muni, again):
        assert kinds(seat, first)[-2:] == ["joined", "parted"] and "holds_merged" not in seat.desk.case(first).flags
    assert not any(seat.desk.conflicts() for seat in (a, b, muni))
    for seat in (muni, again):
        seat.close()


def test_merging_offline_into_a_case_that_another_desk_ended(seats):
    """Decided again it is allowed no more: as a whole, on neither case; two that merge into one are both taken."""
    a, b = seats
    first, second, third = (a.act("new", "register", **CALL).case for _ in range(3))
    healed(seats)
    for seat, case in ((a, second), (b, third)):
        seat.act(case, "merge", into=first, reason="同一工地")
    healed(seats)
    assert kinds(a, first)[-2:] == kinds(b, first)[-2:] == ["joined", "joined"]
    fourth = a.act("new", "register", **CALL).case
    healed(seats)
    act = a.act(fourth, "merge", into=first, reason="又并").act
    for case in (second, third):
        b.act(case, "unmerge", reason="分开")
    b.act(first, "void", outcome="void", reason="误登", approver="何建平")
    b.sync()
    healed(seats)
    assert [c.act_id for c in a.desk.conflicts()] == [act]
    assert states(a, fourth) == states(b, fourth) == there(a, fourth) and kinds(a, first) == kinds(b, first)


def test_a_server_of_before_gets_the_one_side(seats, monkeypatch):
    """It judges an act on one case: the link is shown from both sides all the same."""
    a, b = seats
    first, second = (a.act("new", "register", **CALL).case for _ in range(2))
    healed(seats)
    monkeypatch.setattr(
        Deciding, "_one_sided", lambda desk, connection, stamped: tuple(s for s in stamped if not s.case)
    )
    a.act(second, "merge", into=first, reason="同一工地")
    a.sync()
    monkeypatch.undo()
    healed(seats)
    assert kinds(a, first)[-1] != "joined" and [link.case_id for link in b.desk.case(first).links] == [second]
    b.act(second, "unmerge", reason="分开")
    healed(seats)
    assert kinds(b, first)[-1] != "parted" and not a.desk.conflicts() and not b.desk.conflicts()


FAR = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (lambda joined, hidden: change(joined, case=hidden), "case_unknown"),
        (lambda joined, hidden: change(joined, case=FAR), "case_unknown"),
        (lambda joined, hidden: change(joined, event=change(joined.event, case=FAR)), "entries"),
        (lambda joined, hidden: change(joined, event=he.Parted(case=joined.event.case, number="1", reason="x")), "entries"),
        (lambda joined, hidden: change(joined, event=ev.Ended(outcome="void", reason="x", approver="x")), "entries"),
    ],
    ids=["a case of others", "no case", "another case merged", "parted", "an end for the other"],
)  # fmt: skip
def test_what_a_tampered_desk_writes_on_the_other_case(district, tmp_path, monkeypatch, tamper, code):
    """Of a case that is not its own it hears what it hears of none; on its own it writes nothing but the other side."""
    a, epb = (Seat(tmp_path / p, district, p) for p in ("p-xuguoqiang", "p-zhaowenjing"))
    hidden = epb.act("new", "register", **CALL).case
    first, second = (a.act("new", "register", **CALL).case for _ in range(2))
    healed([a, epb])
    before = district.sql("SELECT version, words, states FROM ld.case_head ORDER BY id")
    real = deciding.decide

    def tampered(*args):
        at, events = real(*args)
        return at, (*events[:-1], tamper(events[-1], hidden))

    monkeypatch.setattr(deciding, "decide", tampered)
    act = a.act(second, "merge", into=first, reason="同一工地").act
    monkeypatch.undo()
    a.sync()
    assert district.sql("SELECT fate, detail->>'code' FROM ld.act WHERE id=%s", act) == [("refused", code)]
    assert district.sql("SELECT version, words, states FROM ld.case_head ORDER BY id") == before
    for seat in (a, epb):
        seat.close()


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
    "tamper",
    [
        lambda events: [e for e in events if not (isinstance(e.event, ev.StateChanged) and e.event.matter == 2)],
        lambda events: [*events, msgspec.structs.replace(events[-1], event=ev.StateChanged(matter=2, to="REG"))],
        lambda events: [msgspec.structs.replace(e, event=ev.StateChanged(matter=e.event.matter, to="ARC")) if isinstance(e.event, ev.StateChanged) else e for e in events],
        lambda events: [msgspec.structs.replace(events[0], matter=2), *events[1:]],
    ],
)  # fmt: skip
def test_what_a_tampered_desk_moves_besides(seats, monkeypatch, tamper):
    a, _ = seats
    case = a.act("new", "register", **TWO).case
    a.sync()
    real = deciding.decide
    monkeypatch.setattr(
        deciding, "decide", lambda *args: (lambda at, events: (at, tuple(tamper(list(events)))))(*real(*args))
    )
    act = a.act(case, "void", outcome="withdrawn", reason="撤回", approver="何建平").act
    monkeypatch.undo()
    a.sync()
    alone = there(a, case) == ["WDR", "REG"]
    if not alone:  # an earlier program moves its own matter alone: that is let through, nothing else is
        assert there(a, case) == ["REG", "REG"]
        with a.desk._replica.read() as connection:
            assert shared.own_act(connection, act).fate == "refused"
