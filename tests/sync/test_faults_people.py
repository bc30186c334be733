"""Faults of clocks, of people and of what they do: F6, F7, F9, F12. After each all ten invariants hold."""

from datetime import datetime, timedelta

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.mechanism.deadlines import CHINA
from liaison_app.sync import access, server, wire
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import Seat

APPROVAL = {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}


@pytest.fixture
def seated(tmp_path, district):
    """What seats people of a district of this test's own."""
    seats = {}

    def seat(person, name=""):
        seats[name or person] = made = Seat(tmp_path / (name or person), district, person)
        return made

    yield seat
    for one in seats.values():
        one.close()


def send(seat, case, to=None):
    """Walk a case from its registration to another body's desk."""
    seat.act(case, "propose-transfer", **({"to": [to], "reason": "按职责"} if to else {}), remark="请办理")
    seat.act(case, "approve", **APPROVAL)
    return seat.act(case, "transfer", method="fax")


@pytest.mark.parametrize("off", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=3653), timedelta(days=-3653)], ids=str)  # fmt: skip
def test_f06_a_clock_that_is_wrong_orders_nothing(pair, off):
    """F6: hours and years ahead and behind; both desks act on one case, the positions alone give the order."""
    a, b = pair
    case = a.act("new", "register", **CALL).case
    healed(pair)
    a.desk._stated = datetime.now(CHINA) + off
    try:
        a.act(case, "inquire", words="时钟不对")
        b.act(case, "inquire", words="时钟对")
        b.sync()
        a.sync()
        a.act(case, "inquire", words="时钟还是不对")
        healed(pair)
        assert not a.desk.conflicts()
        said = [t.text for s in pair for t in s.desk.case(case).timeline if t.kind == "inquired"]
        assert len(said) == 6
        assert said[:3] == said[3:]
        recorded = a.district.sql("SELECT bool_and(recorded_at > now() - interval '10 minutes') FROM ld.act WHERE case_id=%s", case)  # fmt: skip
        assert recorded == [(True,)], "the server's time stands beside the desk's"
    finally:
        a.desk._stated = None


def test_f06_a_clock_that_goes_backwards_between_two_acts(pair):
    """F6: each act a year before the one before it: the log keeps the order in which they were done."""
    a, _ = pair
    case = a.act("new", "register", **CALL).case
    acts = []
    try:
        for years in range(4):
            a.desk._stated = datetime.now(CHINA) - timedelta(days=366 * years)
            acts.append(a.act(case, "inquire", words=f"第{years}次").act)
        a.sync()
    finally:
        a.desk._stated = None
    order = [r[0] for r in a.district.sql("SELECT act::text FROM ld.entry WHERE case_id=%s AND kind='inquired' ORDER BY version", case)]  # fmt: skip
    assert order == acts


@pytest.mark.parametrize("first", [0, 1], ids=["closes first", "comments first"])
@pytest.mark.parametrize("what", ["close", "same field", "other field"])
def test_f07_two_devices_of_one_person_on_one_case(seated, what, first):
    """F7: one person, two PCs, both offline: same field, different fields, an end against a comment, both orders."""
    seats = [seated("p-zhoumin", "office"), seated("p-zhoumin", "home")]
    case = seats[0].act("new", "register", **{k: v for k, v in CALL.items() if k not in {"object", "complainant_address"}}).case  # fmt: skip
    healed(seats)
    if what == "close":
        seats[0].act(case, "void", outcome="withdrawn", reason="撤回", approver="李")
        seats[1].act(case, "inquire", words="什么时候到场")
    else:
        seats[0].act(case, "complete", object="甲工地")
        seats[1].act(case, "complete", **({"object": "乙工地"} if what == "same field" else {"complainant_address": "滨河路12号"}))  # fmt: skip
    order = [seats[first], seats[1 - first]]
    for seat in order:
        seat.sync()
    healed(order)
    told = [c.code for s in seats for c in s.desk.conflicts()]
    if what == "same field":
        assert told == ["same_field"]
    elif what == "other field":
        assert told == []
    else:
        assert told == [], "a question may stand beside an end, before and after it"
        assert all(any(t.kind == "inquired" for t in s.desk.case(case).timeline) for s in seats)
    for item in order[1].desk.conflicts():
        assert item.mine, "both texts can be read"
        assert item.theirs
        order[1].desk.resolve_conflict(item.act_id, "discard", "核对过")
    healed(seats)


def test_f09_a_revoked_person_keeps_his_text_and_his_body_has_it(seated, district):
    """F9: revoked while offline with acts that wait: refused, kept here with their text, laid before his body."""
    gone, colleague = seated("p-xuguoqiang"), seated("p-zhoumin")
    healed([gone, colleague])
    act = gone.act("new", "register", **CALL).act
    with district.boss() as boss:
        access.revoke_person(boss, "p-xuguoqiang", "调离")
    gone.sync()
    colleague.sync()
    for seat in (gone, colleague):
        (found,) = seat.desk.conflicts()
        assert found.act_id == act
        assert found.code in {"person_revoked"}
        assert ("内容", CALL["content"]) in found.mine
    healed([gone, colleague])


def test_f09_a_revoked_person_whose_answer_was_lost(seated, district, monkeypatch):
    """F9: the refusal comes back with the body's feed instead of the answer: the act leaves the lists all the same."""
    gone, colleague = seated("p-xuguoqiang"), seated("p-zhoumin")
    case = gone.act("new", "register", **CALL).case
    healed([gone, colleague])
    gone.act(case, "inquire", words="不再有效")
    with district.boss() as boss:
        access.revoke_person(boss, "p-xuguoqiang", "调离")
    real = wire.Wire.push

    def deaf(self, *args):
        real(self, *args)
        raise wire.LinkLost("server_silent")

    with monkeypatch.context() as patch:
        patch.setattr(wire.Wire, "push", deaf)
        assert not gone.try_sync()
    healed([gone, colleague])
    assert [c.code for c in gone.desk.conflicts()] == ["person_revoked"]
    assert not [t for t in gone.desk.case(case).timeline if t.kind == "inquired"]


def test_f09_a_revoked_desk_keeps_what_waits(seated, district):
    """F9: the PC counts as lost: its role is closed, what waits stays here, encrypted and readable to its person."""
    lost, other = seated("p-xuguoqiang"), seated("p-zhoumin")
    healed([lost, other])
    act = lost.act("new", "register", **CALL).act
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-xuguoqiang'")[0][0]
    with district.boss() as boss:
        access.revoke_desk(boss, role, "电脑丢失")
    with pytest.raises(RuleBroken) as refused:
        lost.sync()
    assert refused.value.code in {"desk_closed", "server_password"}
    assert lost.desk.sync_state().waiting == 1
    assert lost.own_acts()[act] == "pending"
    lost.check()
    healed([other])


def test_f09_moved_to_another_body_while_offline(seated, district):
    """F9: acts made before the news reached the desk go to the old body's 需核对事项."""
    mover, colleague = seated("p-xuguoqiang"), seated("p-zhoumin")
    healed([mover, colleague])
    act = mover.act("new", "register", **CALL).act
    with district.boss() as boss:
        server.enter_people(boss, [Person(id="p-xuguoqiang", name="徐国强", body="EPB", roles=("liaison",))])
    mover.sync()
    colleague.sync()
    assert [c.act_id for c in colleague.desk.conflicts()] == [act]
    assert [(c.act_id, c.code) for c in mover.desk.conflicts()] == [(act, "person_moved")]
    assert district.sql("SELECT fate, detail->>'code' FROM ld.act WHERE id=%s", act) == [("refused", "body")]
    mover.check()
    healed([colleague])


def test_f09_a_body_granted_a_case_with_an_old_history(seated, district):
    """F9: forty entries and an attachment stood before the body came on the case; it gets all of them once, in order."""
    a, muni = seated("p-zhoumin"), seated("p-gaoyuan")
    case = a.act("new", "register", **CALL).case
    for n in range(38):
        a.act(case, "inquire", words=f"第{n}次催问")
    a.desk.attach_file(case, "现场.jpg", b"photo" * 5000)
    healed([a, muni])
    with pytest.raises(RuleBroken):
        muni.desk.case(case)
    send(a, case, "MUNI")
    a.sync()
    muni.sync(limit=3)
    healed([a, muni])
    assert [t.text for t in muni.desk.case(case).timeline if t.kind == "inquired"] == [t.text for t in a.desk.case(case).timeline if t.kind == "inquired"]  # fmt: skip
    assert muni.desk.case(case).content == CALL["content"], "the citizen's words came with the case"
    assert district.sql("SELECT count(*) FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed WHERE f.name='body/MUNI' AND i.what='joined'") == [(1,)]  # fmt: skip
    muni.act(case, "sign")
    healed([a, muni])


def test_f09_a_case_withdrawn_while_another_body_worked_on_it_offline(seated):
    """F9: the citizen withdrew; what the other department did meanwhile stands with its text in its 需核对事项."""
    a, epb = seated("p-zhoumin"), seated("p-zhaowenjing")
    case = a.act("new", "register", **CALL).case
    send(a, case)
    healed([a, epb])
    epb.act(case, "sign")
    text = epb.act(case, "accept", handler="赵文静").act
    a.act(case, "void", outcome="withdrawn", reason="投诉人撤回", approver="李")
    a.sync()
    healed([epb, a])
    assert text in {c.act_id for c in epb.desk.conflicts()}
    assert epb.desk.case(case).state == a.desk.case(case).state
    for item in epb.desk.conflicts():
        epb.desk.resolve_conflict(item.act_id, "discard", "已撤回")
    healed([a, epb])


def test_f09_a_case_given_to_another_body_while_one_worked_on_it_offline(seated):
    """F9: designated elsewhere: who had it keeps what he saw, gets nothing more, does nothing more; comes back, gets the rest."""
    a, muni, duty, constr = (seated(p) for p in ("p-zhoumin", "p-gaoyuan", "liaison-GOVT_DUTY", "p-liaojun"))
    case = a.act("new", "register", **CALL).case
    send(a, case, "MUNI")
    a.act(case, "deliver", confirmed_by="赵", evidence="传真回执")
    healed([a, muni, duty, constr])
    note, object_ = muni.act(case, "note", text="现场看过").act, muni.act(case, "object", reasons="不归我局").act
    seen = [t.text for t in muni.desk.case(case).timeline if t.kind not in {"note-written", "objected"}]
    a.act(case, "dispute", kind="transfer", reasons="两家都说不归自己")
    a.sync()
    duty.sync()
    duty.act(case, "designate", body="CONSTR", reasons="归建委")
    duty.sync()
    a.sync()
    a.act(case, "transfer", method="fax")
    healed([a, muni, duty, constr])
    assert {c.act_id for c in muni.desk.conflicts()} == {note, object_}, (
        "what it did meanwhile stands there with its text"
    )
    assert {c.code for c in muni.desk.conflicts()} == {"case_left"}
    assert not any(c.can_note or c.can_redo for c in muni.desk.conflicts()), "nothing can be done on it any more"
    assert "现场看过" in [text for c in muni.desk.conflicts() for _, text in c.mine]
    view = muni.desk.case(case)
    assert view.left and not view.actions and not view.next and not view.awaits
    assert [t.text for t in view.timeline][: len(seen)] == seen and view.content == CALL["content"]
    assert view.timeline[-1].kind == "designated", "the act that took it off is the last that it gets"
    assert [i.case_id for i in muni.desk.page("closed").items] == [case]
    assert not [t for t in muni.desk.today() if t.case_id]
    for action, said in (("note", {"text": "再看"}), ("object", {"reasons": "再看"})):
        with pytest.raises(RuleBroken) as refused:
            muni.desk.act_from(case, action, said)
        assert refused.value.code == "case_left"
    for item in muni.desk.conflicts():
        muni.desk.resolve_conflict(item.act_id, "discard", "已改由建委办理")
    constr.act(case, "sign")
    constr.act(case, "accept", handler="廖军")
    healed([a, muni, duty, constr])
    assert muni.desk.case(case).timeline == view.timeline and constr.desk.case(case).timeline[-1].kind != "designated"
    again = seated("p-gaoyuan", "second")  # its second PC reads the same from the start
    healed([a, muni, duty, constr, again])
    assert again.desk.case(case).left == view.left and again.desk.case(case).content == CALL["content"]
    constr.act(case, "assist-ask", body="MUNI", what="监测油烟浓度")
    healed([a, muni, duty, constr, again])
    for one in (muni, again):
        assert not one.desk.case(case).left
        assert [t.kind for t in one.desk.case(case).timeline][-2:] == [t.kind for t in a.desk.case(case).timeline][-2:]
    muni.act(case, "assist-give", opinion="超标")
    healed([a, muni, duty, constr, again])
    assert not muni.desk.conflicts() and a.desk.case(case).timeline[-1].kind == "assist-given"


def test_f12_what_no_database_keeps_never_blocks_the_queue(pair):
    """F12: NUL signs and halves of signs, pasted by mistake, are left out before anything is signed."""
    a, b = pair
    case = a.act("new", "register", **{**CALL, "content": "粘贴\x00来的\ud83d字\\u0000"}).case
    a.act(case, "note", text="\x00备注")
    a.act(case, "inquire", words="后面的照常")
    healed(pair)
    assert not a.desk.conflicts()
    assert b.desk.case(case).content == "粘贴来的字\\u0000"


def test_f12_a_poisonous_command_among_good_ones(seated, district):
    """F12: one act makes the server's function fail; it alone stands in 需核对事项 with its text, all others are taken."""
    a, b = seated("p-zhoumin"), seated("p-xuguoqiang")
    district.sql(
        "CREATE FUNCTION public.chokes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'chokes' USING ERRCODE='22023'; END $$;"
        "CREATE TRIGGER chokes BEFORE INSERT ON ld.entry FOR EACH ROW WHEN (NEW.kind = 'note-written') EXECUTE FUNCTION public.chokes();"
        "GRANT USAGE ON SCHEMA public TO ld_door"
    )
    case = a.act("new", "register", **CALL).case
    good = [a.act(case, "inquire", words=f"第{n}次").act for n in range(4)]
    poison = a.act(case, "note", text="毒").act
    good += [a.act(case, "inquire", words=f"第{n}次").act for n in range(4)]
    healed([a, b])
    assert [(c.act_id, c.code) for c in a.desk.conflicts()] == [(poison, "server_refused")]
    assert "毒" in [text for _, text in a.desk.conflicts()[0].mine]
    assert {a.own_acts()[i] for i in good} <= {"accepted", "rebased"}


def test_f12_a_text_too_long_is_told_while_it_can_be_shortened(pair):
    """F12: what the server would refuse for its size is refused at the desk, before it is confirmed."""
    a, _ = pair
    case = a.act("new", "register", **CALL).case
    with pytest.raises(RuleBroken) as refused:
        a.act(case, "note", text="长" * 120_000)
    assert refused.value.code == "text_too_long"
    a.act(case, "note", text="长" * 60_000)
    healed(pair)
    assert not a.desk.conflicts()
