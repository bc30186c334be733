"""PgBouncer between desks and server: session and transaction pooling, what works and what is said when it does not."""

import time

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import access, wire
from liaison_app.sync.packed import unpacked
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.pooler import Pooler
from tests.sync.seats import Seat


@pytest.fixture(params=["session", "transaction"])
def pooled(request, tmp_path, district):
    """Two desks that joined through a pooler, and the pooler."""
    pooler = Pooler(district, request.param)
    seats = []
    try:
        seats += [Seat(tmp_path / p, district, p, pooler.port) for p in ("p-zhoumin", "p-xuguoqiang")]
        yield seats, pooler, request.param
    finally:
        for seat in seats:
            seat.close()
        pooler.stop()


def test_a_whole_round_through_a_pooler(pooled, monkeypatch):
    """Joining, acts, attachments, numbers, a changed password, many statements on one line, two lines of one desk at once."""
    (a, b), _, _ = pooled
    case = a.act("new", "register", **CALL).case
    a.desk.attach_file(case, "现场.jpg", b"photo" * 3000)
    healed([a, b])
    for n in range(8):
        a.act(case, "inquire", words=f"第{n}次")
        with a.desk.line() as line, a.desk.line() as other:
            for _ in range(6):
                line.status()
                other.status()
            a.desk.rounds().run(line, hello=True)
        b.sync()
    a.desk.change_line_password()
    a.act(case, "inquire", words="换了口令以后")
    healed([a, b])
    assert len([t for t in b.desk.case(case).timeline if t.kind == "inquired"]) == 9
    assert a.district.sql("SELECT count(DISTINCT carried_by) FROM ld.act WHERE person <> 'server'") == [(1,)]
    b.act(case, "inquire", words="各有各的名字")
    opened = []
    monkeypatch.setattr(wire, "MANY", 0)  # pages come compressed
    monkeypatch.setattr(wire, "FAST", 1e15)
    monkeypatch.setattr(wire, "unpacked", lambda message, kinds: opened.append(message) or unpacked(message, kinds))
    healed([a, b])
    assert opened
    assert a.district.sql("SELECT count(DISTINCT carried_by) FROM ld.act WHERE person <> 'server'") == [(2,)], "the desk is known through the pooler"  # fmt: skip


def test_hints_come_through_a_session_only_and_the_poll_serves_the_rest(pooled):
    """LISTEN holds in session mode, where the clock is set too far off to help; in transaction mode the clock brings the act."""
    (a, b), _, mode = pooled
    case = a.act("new", "register", **CALL).case
    healed([a, b])
    watcher = b.desk.watcher()
    watcher._poll = (600.0, 601.0) if mode == "session" else (3.0, 3.2)
    watcher.start()
    try:
        for n in range(1, 4):
            a.act(case, "inquire", words="催问")
            a.sync()
            began = time.monotonic()
            while len([t for t in b.desk.case(case).timeline if t.kind == "inquired"]) < n:
                assert time.monotonic() - began < 60, mode
                time.sleep(0.02)
    finally:
        watcher.stop()
    healed([a, b])


def test_what_the_pooler_refuses_is_said_in_words(pooled, district):
    """A pooler that is gone, a revoked desk: a code with a sentence, nothing lost, then it goes on."""
    (a, b), pooler, _ = pooled
    healed([a, b])
    act = a.act("new", "register", **CALL).act
    pooler.process.terminate()
    pooler.process.wait(10)
    with pytest.raises(wire.LinkLost) as lost:
        a.sync()
    assert lost.value.code in {"server_port", "server_unreachable"}
    assert a.own_acts()[act] == "pending"
    pooler.start()
    healed([a, b])
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-xuguoqiang'")[0][0]
    with district.boss() as boss:
        access.revoke_desk(boss, role, "遗失")
    with pytest.raises(RuleBroken) as refused:
        b.sync()
    assert refused.value.code in {"desk_closed", "server_password", "server_unreachable"}
    assert b.desk.sync_state().message
