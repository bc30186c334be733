"""The network thread: alive after every fault without a restart; a later program's records; quick from desk to desk."""

import errno
import time
import uuid

import pytest

from liaison_app.desk.joining import join
from liaison_app.domain.events import ENCODER
from liaison_app.domain.records import ActHeader
from liaison_app.security import chain
from liaison_app.store import following
from liaison_app.sync import rebase, watching, wire
from liaison_app.sync.items import Item, Page
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat


@pytest.fixture
def pair(tmp_path, district, monkeypatch):
    monkeypatch.setattr(watching, "BACKOFF", (0.2, 1.0))
    made = [Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    watchers = []
    for seat in made:
        watcher = seat.desk.watcher()
        watcher._poll = (600.0, 601.0)  # hints wake it, or nothing does in time
        seat.desk.subscribe(lambda cases, w=watcher: None if w.ident == _me() else w.kick())
        watcher.start()
        watchers.append(watcher)
    yield made
    for watcher in watchers:
        watcher.stop()
        assert not watcher.is_alive()
    for seat in made:
        seat.check()
        seat.close()


def _me():
    import threading

    return threading.get_ident()


def until(holds, seconds=60.0):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.005)


def sees(seat, case, n):
    try:
        return len([t for t in seat.desk.case(case).timeline if t.kind == "inquired"]) >= n
    except Exception:
        return False


def test_an_act_here_is_seen_there_without_anybody_asking(pair):
    a, b = pair
    case = a.act("new", "register", **CALL).case
    until(lambda: sees(b, case, 0))
    for n in range(1, 13):
        a.act(case, "inquire", words="催问")
        until(lambda n=n: sees(b, case, n))


def test_the_queue_empties_after_the_server_came_back(pair, cluster):
    a, b = pair
    case = a.act("new", "register", **CALL).case
    until(lambda: sees(b, case, 0))
    cluster.stop("immediate")
    try:
        a.act(case, "inquire", words="断网时")
        until(lambda: a.desk.sync_state().code != "")
        assert a.desk.sync_state().waiting == 1
    finally:
        cluster.start()
    until(lambda: a.desk.sync_state().waiting == 0 and a.desk.sync_state().code == "")
    until(lambda: sees(b, case, 1))
    with cluster.connect() as boss:
        boss.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'desk_%'")
    a.act(case, "inquire", words="连接被断开以后")
    until(lambda: sees(b, case, 2))


def test_a_file_beside_the_replica_that_cannot_be_written_ends_no_network_thread(pair, monkeypatch):
    """What a round has to write beside the journal (keys, the package of a closed desk) fails once; the next round goes on."""
    a, b = pair
    case = a.act("new", "register", **CALL).case
    until(lambda: sees(b, case, 0))
    real, failed = a.desk.close_copies, []

    def full():
        failed.append(1)
        raise OSError(errno.ENOSPC, "No space left on device", "keys.json.new")

    monkeypatch.setattr(a.desk, "close_copies", full)
    a.act(case, "inquire", words="磁盘满时")
    until(lambda: failed)
    monkeypatch.setattr(a.desk, "close_copies", real)
    until(lambda: a.desk.sync_state().waiting == 0 and a.desk.sync_state().code == "")
    a.act(case, "inquire", words="以后")
    until(lambda: sees(b, case, 2))


def test_a_kind_of_a_later_program_is_kept_and_passed_over(tmp_path, district):
    seat = Seat(tmp_path / "c", district, "p-zhoumin")
    case = seat.act("new", "register", **CALL).case
    seat.sync()
    with seat.desk._replica.read() as connection:
        point = following.checkpoints(connection)["body/COMMERCE"]
        version = connection.exec_driver_sql("SELECT version FROM stream WHERE name=?", (f"case/{case}",)).scalar()
    act, opened, data = str(uuid.uuid4()), b'{"do":"teleport"}', b'{"event":{"is":"teleported","to":"Mars"}}'
    header = ENCODER.encode(
        ActHeader(
            id=act, device=str(uuid.uuid4()), seq=1, person="p-xuguoqiang", body="COMMERCE", kind="teleport",
            streams=((f"case/{case}", version),), registers={}, happened_at="2030-01-01T08:00:00+08:00",
            open_sha256=chain.open_hash(opened),
        )
    )  # fmt: skip
    hashed = chain.act_hash(chain.GENESIS, header)
    digest = chain.entry_digest(act, 0, hashed, f"case/{case}", version + 1, data)
    item = Item(
        point.feed, point.pos + 1, "entry", None, chain.feed_hash(point.chain, digest), act, 0, f"case/{case}",
        version + 1, "teleported", data, "2030-01-01T08:00:00+08:00", header, chain.GENESIS, b"t" * 32, opened,
    )  # fmt: skip
    with seat.desk._replica.write() as connection:
        rebase.take(connection, Page((item,)), seat.desk)
    assert "升级" in seat.desk.case(case).timeline[-1].text
    assert seat.desk.verify().ok
    assert seat.desk.rebuild(check=True).equal
    with seat.desk._replica.read() as connection:
        assert bytes(connection.exec_driver_sql("SELECT data FROM entry WHERE act_id=?", (act,)).scalar()) == data
    seat.close()


def test_an_own_act_goes_out_in_the_middle_of_a_long_pull(tmp_path, district, monkeypatch):
    """A desk far behind offers what its person does meanwhile between two pages; others need not wait for the pull's end."""
    a, b = Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")
    case = a.act("new", "register", **CALL).case
    a.sync()
    b.sync()
    for n in range(30):
        a.act(case, "note", text=f"内部{n}")
    a.sync()
    calls, done = [], []
    pull, push = wire.Wire.pull, wire.Wire.push

    def pulled(self, *args):
        calls.append("pull")
        if calls.count("pull") == 3:
            done.append(b.act("new", "register", **CALL))
        return pull(self, *args)

    def pushed(self, *args):
        calls.append("push")
        return push(self, *args)

    monkeypatch.setattr(wire.Wire, "pull", pulled)
    monkeypatch.setattr(wire.Wire, "push", pushed)
    b.sync(limit=5)
    assert "push" in calls[:6]
    assert calls.count("push") == 1
    assert calls.count("pull") > 6
    assert b.own_acts()[done[0].act] == "accepted"
    a.sync()
    assert a.desk.case(done[0].case).number == done[0].number
    for seat in (a, b):
        seat.check(healed=True)
        seat.close()


def test_a_hint_that_came_with_an_answer_is_not_missed(tmp_path, district):
    """The driver takes a hint off the socket while it reads an answer: nothing on the socket wakes who waits for it."""
    seat = Seat(tmp_path / "a", district, "p-zhoumin")
    seat.sync()
    with seat.desk.line() as line:
        line.listen()
        channel = line.status()["feeds"][0]["channel"]
        assert line.hints() == 0
        district.sql(f'NOTIFY "{channel}"')
        line.status()
        assert line.hints() == 1
        district.sql(f'NOTIFY "{channel}"')
        line.status()
        with seat.desk._replica.read() as connection:
            points = following.checkpoints(connection)
        epoch = next(iter(points.values())).epoch
        page = line.pull(epoch, {p.feed: p.pos for p in points.values()}, 100)
        assert page.empty
        assert line.hints() == 0  # the page answered it
    seat.close()


def test_a_case_shown_ahead_is_not_decided_again_when_its_place_in_the_feed_comes(tmp_path, district, monkeypatch):
    """The mark that a body comes on a case stands before it in the feed; it changes nothing where nobody had left."""
    a = Seat(tmp_path / "a", district, "p-zhoumin")
    case = a.act("new", "register", **CALL).case
    a.act(case, "propose-transfer", to=["MUNI"], reason="理由")
    a.act(case, "approve", road="telephone", leader="p-hejianping", number="1", words="同意")
    a.act(case, "transfer", method="fax")
    a.sync()
    home, code = tmp_path / "b", district.code("p-gaoyuan")
    join(home, url=district.url(), person="p-gaoyuan", code=code, mode="env", secret=SECRET, all_at_once=False)
    b = Seat.at(home, district, "p-gaoyuan")
    b.act(case, "note", text="先看到的")
    again, decide_again = [], b.desk.decide_again
    monkeypatch.setattr(b.desk, "decide_again", lambda *given: again.append(given) or decide_again(*given))
    done = b.sync()
    assert done.pulled > 0
    assert not again
    for seat in (a, b):
        seat.sync()
        seat.check(healed=True)
        seat.close()
