"""Register acts from a member's desk over a real server: taken at once, refused whole, asked again after a lost answer."""

import pytest

from liaison_app.desk.chains import chain_of
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.mechanism.chain_schema import USUAL
from liaison_app.sync import access, server, wire
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat

CHIEF = Person(
    id="p-zhoumin",
    name="周敏",
    body="COMMERCE",
    title="联络员（A角）",
    roles=("liaison", "administrator"),
    phone="67820015",
)
YEAR = {"year": 2027, "holidays": [{"name": "元旦", "days": ["2027-01-01"]}]}


@pytest.fixture
def proxy(cluster):
    made = Proxy(cluster.port)
    yield made
    made.stop()


@pytest.fixture
def office(tmp_path, district, proxy):
    """The administrator's desk behind a proxy, and a colleague's desk of another body."""
    with district.boss() as boss:
        server.enter_people(boss, [CHIEF])
    seats = [Seat(tmp_path / "a", district, "p-zhoumin", proxy.port), Seat(tmp_path / "b", district, "p-zhaowenjing")]
    yield seats
    for seat in seats:
        seat.check()
        seat.close()


def people(seat):
    return {p.id: (p.name, p.body) for p in seat.desk.roster.people if p.id not in seat.desk.roster.left}


def refused(call):
    with pytest.raises(RuleBroken) as found:
        call()
    return found.value.code


def test_an_administrator_enters_corrects_lets_go_chooses_and_enters_a_year(office):
    a, b = office
    a.act("new", "register", **CALL)
    fresh = a.desk.enter_person("新同事", body="EPB", title="联络员", phone="86006212", roles=("liaison",))
    assert people(a)[fresh.id] == ("新同事", "EPB")
    moved = a.desk.correct_person(fresh.id, body="MUNI", name="新同事甲")
    assert moved.body == "MUNI"
    a.desk.choose_setting("m1.meeting_convenor", "MODELCITY", "分工调整")
    a.desk.choose_chain("EPB", [USUAL["review"], USUAL["sign"]], "局务会定")
    a.desk.enter_year(YEAR)
    a.desk.let_go("p-tangxue", "退休")
    assert a.desk.sync_state().waiting == 0, "what waited went with it"
    b.sync()
    assert people(b) == people(a)
    assert "p-tangxue" not in people(b)
    assert b.desk.rules.settings["m1.meeting_convenor"] == "MODELCITY"
    assert [s.code for s in chain_of(b.desk.rules, "formal", "EPB")] == ["review"], (
        "the chain of a body is known to all"
    )
    assert b.desk.rules.calendar.last_year() == 2027
    assert a.district.sql("SELECT revoked_at IS NOT NULL FROM ld.person WHERE id='p-tangxue'") == [(True,)]
    assert not a.desk.conflicts()


def test_a_person_without_the_duty_is_refused_before_the_line_is_asked(office, proxy):
    _, b = office
    assert refused(lambda: b.desk.enter_person("某人")) == "administrator_only"
    assert refused(lambda: b.desk.enrol_person("某人", secret=SECRET)) == "code_needed"


def test_without_the_line_nothing_is_done_and_it_says_so(office, proxy):
    a, _ = office
    proxy.closed = proxy.hole = True
    before = a.desk.verify().entries
    assert refused(lambda: a.desk.enter_person("某人")) == "register_needs_line"
    assert a.desk.verify().entries == before
    assert not a.desk.outbox()
    proxy.heal()
    assert a.desk.enter_person("某人").name == "某人"


@pytest.mark.parametrize("taken", [True, False])
def test_a_lost_answer_is_asked_for_again(office, proxy, monkeypatch, taken):
    a, b = office
    real = wire.Wire.push

    def push(self, epoch, acts):
        if taken:
            proxy.swallow_answer()
        else:
            proxy.cut_after(up=10)
        return real(self, epoch, acts)

    with monkeypatch.context() as patch:
        patch.setattr(wire.Wire, "push", push)
        assert refused(lambda: a.desk.enter_person("等答复")) == "register_unanswered"
    proxy.heal()
    assert "等答复" not in {name for name, _ in people(a).values()}, "nobody goes by it yet"
    assert [w.action for w in a.desk.outbox()] == ["enter-person"]
    a.close()
    a.open()
    a.act("new", "register", **CALL)
    a.sync()
    b.sync()
    assert "等答复" in {name for name, _ in people(a).values()}
    assert people(a) == people(b)
    assert not a.desk.outbox() and not a.desk.conflicts()


def test_another_administrator_was_quicker_while_the_answer_was_lost(office, proxy, monkeypatch):
    a, _ = office
    real = wire.Wire.push

    def push(self, epoch, acts):
        proxy.cut_after(up=10)
        return real(self, epoch, acts)

    with monkeypatch.context() as patch:
        patch.setattr(wire.Wire, "push", push)
        assert refused(lambda: a.desk.enter_person("慢一步")) == "register_unanswered"
    proxy.heal()
    with a.district.boss() as boss:
        access.revoke_person(boss, "p-tangxue", "退休")
    a.sync()
    a.sync()
    [item] = a.desk.conflicts()
    assert item.code == "register_behind"
    assert dict(item.mine)["姓名"] == "慢一步", "its words are kept"
    assert refused(lambda: a.desk.resolve_conflict(item.act_id, "redo")) == "register_again"
    a.desk.resolve_conflict(item.act_id, "discard", "重做")
    assert a.desk.enter_person("慢一步").name == "慢一步"
    assert a.desk.sync_state().waiting == 0


def test_what_the_server_refuses_is_taken_back_and_said(office):
    a, _ = office
    with a.district.boss() as boss:
        boss.execute("INSERT INTO ld.person(id,name,body,roles) VALUES('p-secret','同名','EPB','{liaison}')")
    before = people(a)
    assert refused(lambda: a.desk.enter_person("同名")) == "person_exists"
    assert people(a) == before
    assert not a.desk.outbox() and not a.desk.conflicts()
    assert [c.code for c in a.desk.conflicts(everything=True)] == ["person_exists"]
    assert a.desk.enter_person("不同名").name == "不同名"


def test_publishing_is_for_the_server(office):
    a, _ = office
    assert refused(lambda: a.desk.publish_version(b"", "2027-01-01", "试")) == "registers_by_server"
