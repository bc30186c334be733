"""Handing cases over in a district: it stays inside the body, the server judges as the desk does; one who moved works on elsewhere."""

import pytest

from liaison_app.desk.opening import open_desk
from liaison_app.desk.signing import sign
from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.sync import server
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat

CHIEF = Person(id="p-hejianping", name="何建平", body="COMMERCE", title="副局长", roles=("leader", "administrator"))


@pytest.fixture
def seats(tmp_path, district):
    with district.boss() as boss:
        server.enter_people(boss, [CHIEF])
    made = [Seat(tmp_path / p, district, p) for p in ("p-zhoumin", "p-xuguoqiang", "p-zhaowenjing", "p-hejianping")]
    yield made
    for seat in made:
        seat.check()
        seat.close()


def sync(*seats):
    for seat in seats:
        seat.sync()


def test_a_deputy_on_another_desk_of_the_body_gets_list_and_cases(seats):
    a, b, outside, _ = seats
    cases = [a.act("new", "register", **CALL).case for _ in range(3)]
    sync(a, b)
    done = a.desk.hand_over("p-zhoumin", "许国强", "出差", until="2999-12-31")
    sync(a, b, outside)
    assert a.desk.sync_state().waiting == 0 and not a.desk.conflicts()
    [task] = [t for t in b.desk.today() if t.kind == "charge"]
    assert {one.case_id for one in b.desk.charge(task.batch).cases} == set(cases)
    assert b.desk.receive(done.batch).received
    sync(b, a)
    assert a.desk.charge(done.batch).received
    assert {one.case_id for one in a.desk.charges("p-xuguoqiang")} == set(cases)
    assert not outside.desk.handed_over()
    there = a.district.sql("SELECT count(*) FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed JOIN ld.entry e ON e.no=i.entry "
                           "WHERE e.kind IN ('handed-over','charge-received') AND f.name<>'body/COMMERCE'")  # fmt: skip
    assert there == [(0,)], "an inner matter of the body goes into its own feed only"


def test_two_hand_the_same_case_over_while_cut_off_and_both_desks_agree(seats):
    a, b, *_ = seats
    case = a.act("new", "register", **CALL).case
    sync(a, b)
    a.act(case, "hand-over", to="许国强", reason="出差")
    b.act(case, "hand-over", to="何建平", reason="分工")
    sync(a, b, a)
    assert a.desk.case(case).in_charge == b.desk.case(case).in_charge == "何建平"
    assert not a.desk.conflicts() and not b.desk.conflicts()


def test_the_server_takes_no_hand_over_to_a_stranger(seats):
    a, *_ = seats
    case = a.act("new", "register", **CALL).case
    a.sync()
    command = cmd.HandOver(to="p-zhaowenjing", reason="出差", before="p-zhoumin", batch="x")
    event = ev.HandedOver(to="p-zhaowenjing", reason="出差", before="p-zhoumin", batch="x")
    desk = a.desk
    with pytest.raises(RuleBroken, match="not_a_colleague"):
        desk.act(case, command)
    with desk._replica.write() as connection:
        pen, now = desk._pen(connection), desk.now()
        act, lines = sign(
            pen,
            desk._actor(),
            command,
            case,
            now,
            now,
            [ev.Stamped(event=event)],
            desk._versions(connection, case),
            "bodies",
        )
        from liaison_app.store import journal, shared

        journal.append(connection, [act], lines, pending=True)
        shared.put_outbox(connection, [(act.id, "[]", act.recorded_at)])
    a.sync()
    [item] = desk.conflicts()
    assert item.code == "refused_there" and "entries" in item.message


def test_a_liaison_who_moved_leaves_his_pending_acts_and_his_cases_to_the_old_body(seats, tmp_path):
    a, b, _, chief = seats
    case = a.act("new", "register", **CALL).case
    sync(a, b)
    a.act(case, "note", text="走之前写的备注，还没有上传")
    moved = chief.desk.correct_person("p-zhoumin", body="EPB")
    assert moved.body == "EPB"
    with pytest.raises(RuleBroken):
        a.desk.enter_person("某人")
    a.sync()
    sync(b, chief)
    items = [c for c in b.desk.conflicts() if c.code == "person_moved"]
    assert [c.action for c in items] == ["note"]
    assert "走之前写的备注" in str(items[0].mine), "readable to his successor, with all its words"
    done = b.desk.hand_over("p-zhoumin", "p-xuguoqiang", "调离")
    assert [one.case_id for one in done.cases] == [case]
    b.sync()
    fresh = Seat(tmp_path / "new", a.district, "p-zhoumin")
    try:
        assert fresh.desk.person.body == "EPB"
        mine = fresh.act("new", "register", **CALL).case
        fresh.sync()
        assert not fresh.desk.conflicts()
        assert a.district.sql("SELECT first FROM ld.case_head WHERE id=%s", mine) == [("EPB",)]
    finally:
        fresh.close()


def test_several_persons_of_one_desk_hand_over_to_one_another(seats):
    a, *_ = seats
    role = a.district.sql("SELECT role FROM ld.desk WHERE person='p-zhoumin'")[0][0]
    a.desk.admit("p-xuguoqiang", a.district.code("p-xuguoqiang", role), secret=SECRET, mode="env")
    case = a.act("new", "register", **CALL).case
    batch = a.desk.hand_over("p-zhoumin", "p-xuguoqiang", "休假").batch
    a.desk.switch_person("p-xuguoqiang", SECRET)
    a.desk.receive(batch)
    a.sync()
    assert a.desk.case(case).in_charge == "许国强"
    assert not a.desk.conflicts() and a.desk.sync_state().waiting == 0
    a.close()
    a.desk = open_desk(a.home, person="p-xuguoqiang", secret=SECRET)
