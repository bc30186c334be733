"""Ledger records on member desks against a real server: shared with their readers, decided again, judged by the same rows."""

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.sync.seats import Seat

TABLES = (
    "record_row",
    "record_list_row",
    "record_task_row",
    "record_clock_row",
    "record_period_row",
    "record_place_row",
)


@pytest.fixture(scope="module")
def hall(tmp_path_factory, shared_district):
    """Desks by person, joined on first use."""
    seats = {}

    def seat(person):
        if person not in seats:
            seats[person] = Seat(tmp_path_factory.mktemp("desk") / "d", shared_district, person)
            seats[person].sync()
        return seats[person]

    yield seat
    for one in seats.values():
        one.check()
        one.close()


ZHOU, XU, LUO, MO, ZHAO = "p-zhoumin", "p-xuguoqiang", "p-luoxiaolan", "p-moyan", "p-zhaowenjing"


CONTACTS = {"leader": "何建平", "liaison": "周敏", "telephone": "67820015", "from": "2026-01-01"}


def opened(seat, kind, **fields):
    return seat.desk.open_record(kind, fields).record


def rows(seat):
    with seat.desk._replica.read() as connection:
        return {t: sorted(tuple(r) for r in connection.exec_driver_sql(f"SELECT * FROM {t}")) for t in TABLES}


def sent(seat, work="办结三件"):
    """Open a month's information and send it."""
    record = opened(seat, "monthly", work=work)
    seat.desk.step_record(record, "approve", {"approved_by": "何建平"})
    seat.desk.step_record(record, "send", {})
    return record


def fates(seat):
    with seat.desk._replica.read() as connection:
        return dict(
            tuple(r)
            for r in connection.exec_driver_sql("SELECT id,fate FROM act a WHERE device IN (SELECT id FROM device)")
        )


def test_a_record_opened_here_is_received_there(hall):
    a, b, c, outside = hall(ZHOU), hall(XU), hall(LUO), hall(ZHAO)
    record = sent(a)
    number = a.desk.record(record).number
    assert a.desk.sync_state().waiting >= 3
    for seat in (a, c, b, outside):
        seat.sync()
    assert a.desk.sync_state().waiting == 0 and not a.desk.conflicts()
    assert c.desk.record(record).number == number
    assert [t.action for t in c.desk.today() if t.record_id == record] == ["take"]
    with pytest.raises(RuleBroken, match="record_unknown"):
        outside.desk.record(record)
    c.desk.step_record(record, "take", {})
    for seat in (c, a, b):
        seat.sync()
    assert a.desk.record(record).state == "ACC"
    assert rows(a) == rows(b)


def test_what_is_owed_stands_in_today_until_the_record_is_sent_from_either_desk(hall):
    a, b = hall(ZHOU), hall(XU)
    assert [o for o in a.desk.owed() if o.kind == "contacts"]
    assert any(t.kind == "owed" and t.record_kind == "contacts" for t in b.desk.today())
    record = opened(b, "contacts", **CONTACTS)
    b.desk.step_record(record, "send", {})
    b.sync()
    a.sync()
    assert not [o for o in a.desk.owed() if o.kind == "contacts"]
    assert a.desk.owed() == b.desk.owed()


def test_personal_words_reach_the_readers_and_nobody_else(hall, shared_district):
    """The telephone of a contact goes to its owner and to whoever collects the list, to no other feed, not to oversight."""
    a, e, watcher = hall(ZHOU), hall(ZHAO), hall("p-duanhui")
    record = opened(a, "contacts", **{**CONTACTS, "telephone": "13912345678"})
    for seat in (a, e, watcher):
        seat.sync()
    said = [seat.desk._record_happened for seat in (a, e, watcher)]
    found = []
    for seat, story in zip((a, e, watcher), said, strict=True):
        with seat.desk._replica.read() as connection:
            found.append([h.personal.get("personal", {}).get("telephone") for h in story(connection, record)])
    assert found == [["13912345678"], ["13912345678"], []]
    feeds = shared_district.sql(
        "SELECT DISTINCT f.name, i.parts FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed WHERE i.act=%s", record
    )
    assert set(feeds) == {("body/COMMERCE", 3), ("body/EPB", 3)}
    b = hall(XU)
    b.sync()
    assert b.desk.verify().ok


@pytest.mark.parametrize("first", [0, 1])
def test_the_same_step_by_two_desks_is_kept_once_and_the_other_text_is_to_be_checked(hall, first):
    pair = [hall(ZHOU), hall(XU)]
    record = opened(pair[0], "monthly", work="四件")
    for seat in pair:
        seat.sync()
    pair[0].desk.step_record(record, "approve", {"approved_by": "何建平", "problems": "甲"})
    pair[1].desk.step_record(record, "approve", {"approved_by": "何建平", "problems": "乙"})
    winner, loser = pair[first], pair[1 - first]
    before = {c.act_id for c in loser.desk.conflicts(everything=True)}
    for seat in (winner, loser, winner, loser):
        seat.sync()
    (found,) = [c for c in loser.desk.conflicts() if c.act_id not in before]
    assert found.code == "record_state"
    assert "甲乙"[1 - first] in [text for _, text in found.mine]
    assert found.theirs and found.number == loser.desk.record(record).number and not found.can_note
    assert rows(pair[0]) == rows(pair[1])
    with pytest.raises(RuleBroken):
        loser.desk.resolve_conflict(found.act_id, "redo")
    loser.desk.resolve_conflict(found.act_id, "discard", "已由同事办理")


def test_steps_that_both_still_hold_are_kept_both(hall):
    a, c = hall(ZHOU), hall(LUO)
    e = hall(ZHAO)
    meeting = opened(e, "meeting/joint", theme="夜间施工")
    e.desk.step_record(meeting, "call", {"at": "2026-12-01 09:00", "place": "三楼"})
    e.sync()
    for seat in (a, c):
        seat.sync()
        lines = {"attendance": [{"how": "present", "person": seat.desk.person.name}]}
        seat.desk.step_record(meeting, "answer", {"lines": lines})
    own = [i for i, fate in fates(c).items() if fate == "pending"]
    a.sync()
    c.sync()
    e.sync()
    a.sync()
    assert [fates(c)[i] for i in own] == ["accepted"], "decided again on the other answer before it was sent"
    (there,) = [t for t in e.desk.record(meeting).tables if len(t.lines) == 2]
    assert there.lines
    # held, decided, closed line by line; a body named in a decision reads on and reports, whoever confirms closes it
    e.desk.step_record(
        meeting, "hold", {"chair": "孙立群", "lines": {"attendance": [{"body": "EPB", "how": "present"}]}}
    )
    decision = {"what": "错时施工", "kind": "measure", "lead": "COMMERCE", "due": "2026-12-31"}
    e.desk.step_record(meeting, "decide", {"lines": {"decisions": [decision]}})
    e.sync()
    a.sync()
    a.desk.step_record(meeting, "progress", {"lines": {"progress": [{"of": 1, "how": "finished", "words": "已落实"}]}})
    a.sync()
    watcher = hall("p-duanhui")
    watcher.sync()
    assert [t for t in watcher.desk.today() if t.record_id == meeting and t.action == "done"]
    watcher.desk.step_record(meeting, "done", {"line": 1, "reason": "已核实"})
    watcher.sync()
    e.sync()
    a.sync()
    assert [t for t in e.desk.today() if t.record_id == meeting and t.action == "done"] == []
    assert fates(e) and not [f for f in fates(e).values() if f not in {"accepted", "rebased"}]
    hall(XU).sync()
    assert rows(a) == rows(hall(XU))


def test_who_comes_to_read_a_record_receives_all_that_was_before(hall):
    """A body that a later line or step names gets the earlier entries in order; a correction goes to the readers of what it corrects."""
    m, a = hall(LUO), hall(ZHOU)
    record = m.desk.open_record(
        "assessment", {"year": "2026", "unit": "COMMERCE", "rate": "81", "standard": "90"}
    ).record
    m.sync()
    a.sync()
    a.desk.step_record(record, "defend", {"defence": "回访口径不同"})
    again = m.desk.open_record(
        "assessment",
        {"year": "2026", "unit": "EPB", "rate": "82", "standard": "90", "replaces": record, "reason": "单位写错"},
    ).record
    m.sync()
    a.sync()
    (found,) = [c for c in a.desk.conflicts() if ("申辩" in "".join(k for k, _ in c.mine)) or c.action == "record-step"]
    assert found.code == "record_replaced"
    a.desk.resolve_conflict(found.act_id, "discard", "已更正")
    e = hall(ZHAO)
    e.sync()
    assert e.desk.record(again).number
    e.desk.step_record(again, "defend", {"defence": "无"})
    for seat in (e, m, a):
        seat.sync()
    assert m.desk.record(again).state == "DEF"


def test_a_sealed_scan_of_a_record_reaches_its_readers_and_nobody_else(hall):
    """OFFICE A6: the scan lies in pieces beside its act and travels like a file of a case."""
    e, a, reader = hall(ZHAO), hall(ZHOU), hall(LUO)
    record = sent(a, "办结九件")
    content = b"%PDF-1.7\n" + bytes(range(256)) * 9000  # three pieces
    act = a.desk.attach_record_scan(record, "monthly-information", "盖章.pdf", content).act
    for seat in (a, e, reader):
        seat.sync()
    assert a.desk.sync_state().waiting == 0
    line = next(p for p in reader.desk.papers_of_record(record) if p.kind == "monthly-information")
    assert line.scan == act and reader.desk.returned_paper("monthly-information", record).pdf == content
    with reader.desk.line() as line:
        assert line.get_piece(act, 0) == content[: 1 << 20]
    with e.desk.line() as line:
        assert line.get_piece(act, 0) is None, "who does not read the record gets no piece of it"
    with e.desk._replica.read() as connection:
        assert not connection.exec_driver_sql("SELECT count(*) FROM wanted").scalar()
    b = hall(XU)
    b.sync()
    assert b.desk.returned_paper("monthly-information", record).pdf == content and b.desk.verify().ok
