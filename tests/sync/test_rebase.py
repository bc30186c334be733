"""Two desks, one case: same and different fields, both orders; nothing typed is lost, both end with equal projections."""

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.store import journal
from liaison_app.sync import rebase
from tests.conftest import CALL
from tests.sync.seats import Seat


@pytest.fixture
def seats(tmp_path, shared_district):
    made = [Seat(tmp_path / "a", shared_district, "p-zhoumin"), Seat(tmp_path / "b", shared_district, "p-xuguoqiang")]
    yield made
    for seat in made:
        seat.check()
        seat.close()


def test_an_act_of_one_desk_is_seen_at_the_other(seats):
    a, b = seats
    case = a.act("new", "register", **CALL).case
    a.act(case, "note", text="记一笔")
    assert a.desk.sync_state().waiting == 2
    a.sync()
    assert a.desk.sync_state().waiting == 0
    b.sync()
    assert b.desk.case(case).content == CALL["content"]
    assert a.rows() == b.rows()
    assert b.desk.page("all", search="打桩").items


@pytest.mark.parametrize("first", [0, 1])
def test_different_fields_merge(seats, first):
    a, b = seats
    case = a.act(
        "new", "register", **{k: v for k, v in CALL.items() if k not in {"object", "complainant_address"}}
    ).case
    a.sync()
    b.sync()
    a.act(case, "complete", object="锦绣名城")
    b.act(case, "complete", complainant_address="滨河路12号")
    order = [seats[first], seats[1 - first]]
    for seat in [*order, *order]:
        seat.sync()
    for seat in seats:
        shown = seat.desk.case(case)
        assert (shown.object, shown.complainant_address, shown.missing) == ("锦绣名城", "滨河路12号", ())
        assert not seat.desk.conflicts()
    assert a.rows() == b.rows()


def test_acts_that_wait_on_one_case_are_decided_again_on_each_other_with_the_case_read_once(seats, monkeypatch):
    a, b = seats
    case = a.act(
        "new", "register", **{k: v for k, v in CALL.items() if k not in {"object", "complainant_address"}}
    ).case
    a.sync()
    b.sync()
    b.act(case, "complete", complainant_address="滨河路12号")
    b.sync()
    a.act(case, "complete", object="甲工地")
    a.act(case, "note", text="一")
    a.act(case, "propose-transfer", to=["MUNI"], reason="理由")
    a.act(case, "approve", road="telephone", leader="p-hejianping", number="1", words="同意")
    a.act(case, "transfer", method="fax")  # allowed only after the two before it
    read, real = [], journal.case_lines

    def lines(connection, case_id, body, *, after=0):
        read.append(after)
        return real(connection, case_id, body, after=after)

    monkeypatch.setattr(journal, "case_lines", lines)
    rebase_all, decided = rebase.decide_all_again, []

    def again(connection, act_ids, decider):
        begun = len(read)
        found = rebase_all(connection, act_ids, decider)
        if act_ids:
            decided.append((len(act_ids), read[begun:].count(0)))
        return found

    monkeypatch.setattr(rebase, "decide_all_again", again)
    a.sync()
    monkeypatch.undo()
    assert decided[0] == (5, 1)
    b.sync()
    assert not a.desk.conflicts() and not a.desk.sync_state().waiting
    assert (b.desk.case(case).object, a.desk.case(case).complainant_address) == ("甲工地", "滨河路12号")
    assert a.rows() == b.rows()


@pytest.mark.parametrize("first", [0, 1])
def test_the_same_field_shows_both_values(seats, first):
    a, b = seats
    case = a.act("new", "register", **{k: v for k, v in CALL.items() if k != "object"}).case
    a.sync()
    b.sync()
    a.act(case, "complete", object="甲工地")
    b.act(case, "complete", object="乙工地")
    winner, loser = seats[first], seats[1 - first]
    said = ("甲工地", "乙工地")
    for seat in (winner, loser, winner, loser):
        seat.sync()
    for seat in seats:
        assert seat.desk.case(case).object == said[first]
    (found,) = loser.desk.conflicts()
    assert found.code == "same_field"
    assert ("投诉对象", said[1 - first]) in found.mine
    assert found.theirs[0].kind == "completed"
    assert not winner.desk.conflicts()
    assert a.rows() == b.rows()
    loser.desk.resolve_conflict(found.act_id, "redo")
    for seat in (loser, winner):
        seat.sync()
    for seat in seats:
        assert seat.desk.case(case).object == said[1 - first]
        assert not seat.desk.conflicts()


def test_an_act_no_longer_allowed_stands_with_its_text(seats):
    a, b = seats
    case = a.act("new", "register", **CALL).case
    a.sync()
    b.sync()
    a.act(case, "void", outcome="withdrawn", reason="投诉人撤回", approver="李")
    b.act(case, "propose-transfer", remark="请尽快到场，工地在桥边")
    a.sync()
    b.sync()
    (found,) = b.desk.conflicts()
    assert ("备注", "请尽快到场，工地在桥边") in found.mine or any("请尽快到场" in v for _, v in found.mine)
    assert b.desk.sync_state().waiting == 0
    assert a.rows() == b.rows()
    b.sync()
    with pytest.raises(RuleBroken) as refused:
        b.desk.resolve_conflict(found.act_id, "discard")
    assert refused.value.code == "reason_missing"
    b.desk.resolve_conflict(found.act_id, "discard", "已撤回")
    assert not b.desk.conflicts()
    assert b.desk.conflicts(everything=True)[0].mine == found.mine


def test_own_pending_acts_stay_visible_and_later_ones_follow(seats):
    a, b = seats
    case = a.act("new", "register", **CALL).case
    a.sync()
    b.sync()
    a.act(case, "inquire", words="什么时候处理")
    b.act(case, "inquire", words="第一次")
    b.act(case, "inquire", words="第二次")
    b.act(case, "note", text="内部")
    a.sync()
    assert len([t for t in b.desk.case(case).timeline if t.kind in {"inquired", "note-written"}]) == 3
    b.sync(limit=1)
    a.sync()
    counts = [t.text for t in a.desk.case(case).timeline if t.kind == "inquired"]
    assert len(counts) == 3
    assert [t.text for t in b.desk.case(case).timeline if t.kind == "inquired"] == counts
    assert a.rows() == b.rows()
    assert not b.desk.conflicts()


def test_merging_is_seen_from_both_cases_at_every_desk(seats):
    a, b = seats
    first = a.act("new", "register", **CALL).case
    second = a.act("new", "register", **CALL).case
    a.act(second, "merge", into=first, reason="同一工地")
    a.act(first, "note", text="记一笔")
    a.sync()
    b.sync()
    for seat in seats:
        assert [(x.kind, x.case_id) for x in seat.desk.case(second).links] == [("merged_into", first)]
        assert [(x.kind, x.case_id) for x in seat.desk.case(first).links] == [("joined", second)]
        assert not seat.desk.conflicts()
    assert a.rows() == b.rows()


def test_merging_that_no_longer_holds_is_to_be_checked(seats):
    a, b = seats
    first = a.act("new", "register", **CALL).case
    second = a.act("new", "register", **CALL).case
    a.sync()
    b.sync()
    b.act(second, "void", outcome="void", reason="重复登记", approver="何建平")
    b.sync()
    a.act(second, "merge", into=first, reason="同一工地")
    assert a.desk.case(first).links
    a.sync()
    assert len(a.desk.conflicts()) == 1
    for seat in seats:
        seat.sync()
        assert seat.desk.case(second).state == "VOI"
        assert seat.desk.case(first).links == seat.desk.case(second).links == ()
    assert a.rows() == b.rows()
