"""Faults of the line and of the server's process: F2, F3, F4, F13. After each all ten invariants hold (tests/sync/invariants.py)."""

import random
import threading
import time

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.store import following, leasing, shared
from liaison_app.sync import rebase, rounds, watching, wire
from liaison_app.sync.rounds import pushed_act
from tests.conftest import CALL
from tests.sync.conftest import healed


def some_acts(seat, cases, n=6):
    """Register a case, and ask and remark on the cases so far."""
    out = seat.act("new", "register", **CALL)
    cases.append(out.case)
    acts = [out.act]
    for i in range(n - 1):
        case = cases[i % len(cases)]
        acts.append(seat.act(case, "note", text=f"备注{i}").act if i % 2 else seat.act(case, "inquire", words=f"催问{i}" * 200).act)  # fmt: skip
    return acts


def before(monkeypatch, name, what):
    """Let something happen when a call of the line begins."""
    real = getattr(wire.Wire, name)

    def armed(self, *args, **more):
        what()
        return real(self, *args, **more)

    monkeypatch.setattr(wire.Wire, name, armed)


def waiting_batch(seat):
    """Return the epoch and the acts that wait, as they go over the line."""
    with seat.desk._replica.read() as connection:
        waiting = shared.waiting_acts(connection, 100)
        entries = shared.entries_of(connection, [w.id for w in waiting])
        epoch = following.checkpoints(connection)["district"].epoch
    return epoch, [pushed_act(w, entries[w.id]) for w in waiting]


def test_f03_cut_after_every_so_many_bytes(pair, proxy):
    """F3: reset at any byte, both ways, 40 places."""
    a, _b = pair
    cases, dice, before_ = [], random.Random(11), proxy.cuts
    for k in [*range(0, 6000, 400), *(dice.randrange(0, 30_000) for _ in range(25))]:
        some_acts(a, cases, 3)
        up = dice.random() < 0.5
        proxy.cut_after(up=k if up else None, down=None if up else k)
        a.try_sync()
        proxy.heal()
        if k % 1200 == 0:
            a.check()
    assert proxy.cuts - before_ >= 10, "the first places lie inside of what every round says"
    healed(pair)
    assert not a.desk.conflicts()


@pytest.mark.parametrize("call", ["push", "pull", "withdraw", "leases", "put_piece", "status"])
def test_f03_exactly_the_answer_of_a_call_is_lost(pair, proxy, monkeypatch, call):
    """F3: the server has done the work, the desk does not hear it; for push it is the answer of the COMMIT."""
    a, b = pair
    cases = []
    acts = some_acts(a, cases)
    if call == "withdraw":
        healed(pair)
        b.act(cases[0], "void", outcome="withdrawn", reason="撤回", approver="李")
        b.sync()
        a.act(cases[0], "propose-transfer", remark="请到场")
    if call == "put_piece":
        a.desk.attach_file(cases[0], "现场.jpg", b"photo" * 1000)
    if call == "leases":
        with a.desk._replica.write() as connection:
            leasing.drop_leases(connection)
    cuts = proxy.cuts
    with monkeypatch.context() as patch:
        before(patch, call, proxy.swallow_answer)
        heard = a.try_sync()
    assert proxy.cuts == cuts + 1
    assert not heard
    proxy.heal()
    if call == "push":
        assert set(acts) <= {r[0] for r in a.district.sql("SELECT id::text FROM ld.act")}, (
            "the server has done the work"
        )
        assert a.desk.sync_state().waiting == len(acts), "the desk does not know it yet"
    a.check()
    later = [a.act(cases[0], "inquire", words="以后").act] if call != "withdraw" else []
    healed(pair)
    assert {a.own_acts()[i] for i in later} <= {"accepted"}
    assert len(a.desk.conflicts()) == (call == "withdraw")
    for item in a.desk.conflicts():
        a.desk.resolve_conflict(item.act_id, "discard", "核对过")


@pytest.mark.timeout(90)  # libpq alone would wait for many minutes
@pytest.mark.parametrize("way", [True, "up", "down"], ids=["both", "up", "down"])
@pytest.mark.parametrize("call", ["pull", "push"])
def test_f03_a_black_hole_or_one_way_loss_ends_at_the_deadline(pair, proxy, monkeypatch, way, call):
    """F3: libpq would wait for ever; here it is said in time, and the next round goes on."""
    a, _ = pair
    monkeypatch.setattr(wire, "DEADLINE", 1.0)
    some_acts(a, [])
    with monkeypatch.context() as patch:
        before(patch, call, lambda: setattr(proxy, "hole", way))
        with pytest.raises(wire.LinkLost) as lost:
            a.sync()
    assert lost.value.code == a.desk.sync_state().code == "server_silent"
    proxy.heal()
    healed(pair)


def test_f03_half_open_after_sleep(pair, proxy, monkeypatch):
    """F3: the machine slept, the server closed its end long ago, the desk's end still looks open."""
    a, _ = pair
    monkeypatch.setattr(wire, "DEADLINE", 1.0)
    runner = a.desk.rounds()
    with a.desk.line() as line:
        runner.run(line, hello=True)
        some_acts(a, [])
        proxy.half_open = True
        with pytest.raises(wire.LinkLost) as lost:
            runner.run(line)
        assert lost.value.code in {"server_silent", "server_unreachable"}
    proxy.heal()
    healed(pair)


def test_f03_a_flapping_line_wedges_nothing(pair, proxy, monkeypatch):
    """F3: up for a moment, down for a moment; the network thread empties the queue by itself when it stays up."""
    a, _b = pair
    monkeypatch.setattr(watching, "BACKOFF", (0.05, 0.2))
    monkeypatch.setattr(wire, "DEADLINE", 1.0)
    watcher = a.desk.watcher()
    stop, dice, cases = threading.Event(), random.Random(5), []

    def flap():
        while not stop.is_set():
            proxy.cut_after(up=dice.randrange(0, 4000))
            time.sleep(0.02 + dice.random() * 0.1)
            proxy.heal()
            time.sleep(0.02 + dice.random() * 0.15)

    thread = threading.Thread(target=flap)
    watcher.start()
    thread.start()
    for _ in range(12):
        some_acts(a, cases, 2)
        watcher.kick()
        time.sleep(0.15)
    stop.set()
    thread.join()
    proxy.heal()
    try:
        quiet(a)
    finally:
        watcher.stop()
    healed(pair)


def quiet(seat, seconds=90.0):
    """Wait until the queue of a desk is empty; nobody acts, nobody restarts."""
    end = time.monotonic() + seconds
    while seat.desk.sync_state().waiting or seat.desk.sync_state().code:
        assert time.monotonic() < end, seat.desk.sync_state()
        time.sleep(0.05)


@pytest.mark.parametrize("call", ["push", "pull"])
def test_f13_an_upload_error_and_then_nobody_does_anything(pair, proxy, monkeypatch, call):
    """F13: one failure, then idle: no new act, no restart, and still the queue empties."""
    a, _ = pair
    monkeypatch.setattr(watching, "BACKOFF", (0.1, 0.2))
    failures = []

    def fail_once():
        if not failures:
            failures.append(1)
            raise wire.LinkLost("server_unreachable")

    some_acts(a, [])
    before(monkeypatch, call, fail_once)
    watcher = a.desk.watcher()
    watcher.start()
    try:
        quiet(a)
    finally:
        watcher.stop()
    assert failures
    healed(pair)


def test_f04_a_batch_twice_and_a_page_again(pair):
    """F4: the same batch is known with its fates, a page that was taken is refused whole."""
    a, b = pair
    some_acts(a, [])
    with a.desk.line() as line:
        epoch, batch = waiting_batch(a)
        assert {x.fate for x in line.push(epoch, batch)} == {"accepted"}
        assert {(x.fate, x.detail["fate"]) for x in line.push(epoch, batch)} == {("known", "accepted")}
    healed(pair)
    with b.desk.line() as line:
        page = line.pull(epoch, {"body/COMMERCE": 0}, 1000)
        with pytest.raises(RuleBroken) as refused, b.desk._replica.write() as connection:
            rebase.take(connection, page, b.desk)
        assert refused.value.code == "feed_gap"


def test_f04_two_processes_push_the_same_acts_at_once(pair):
    """F4: two lines of one device push one batch in the same moment; each act stands once."""
    a, _ = pair
    some_acts(a, [])
    epoch, batch = waiting_batch(a)
    fates, start = [], threading.Barrier(3)

    def push():
        with a.desk.line() as line:
            start.wait()
            fates.append([x.fate for x in line.push(epoch, batch)])

    threads = [threading.Thread(target=push) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(tuple(sorted(set(one))) for one in fates) == [("accepted",), ("known",), ("known",)]
    healed(pair)


END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'desk\\_%' AND state='active'"


def test_f02_a_backend_is_killed_in_the_middle_of_a_push(pair, monkeypatch):
    """F2: sessions are ended while the function runs; what was not committed is done again."""
    a, _ = pair
    real, ended = wire.Wire.push, []

    def push(self, epoch, acts):
        def end(held):
            with a.district.boss() as boss, boss.transaction():
                if not ended:  # the first is held where it takes the feeds' locks, and surely ended there
                    boss.execute("LOCK TABLE ld.feed")
                held.set()
                with a.district.boss() as watcher:
                    for _ in range(200):
                        if watcher.execute(END).fetchall():
                            ended.append(1)
                            return
                        time.sleep(0.001)

        if len(ended) < 3:
            held = threading.Event()
            thread = threading.Thread(target=end, args=(held,))
            thread.start()
            held.wait()
            try:
                return real(self, epoch, acts)
            finally:
                thread.join()
        return real(self, epoch, acts)

    monkeypatch.setattr(wire.Wire, "push", push)
    cases = []
    for _ in range(40):
        some_acts(a, cases, 4)
    for _ in range(5):
        a.try_sync()
        a.check()
    assert ended
    healed(pair)


@pytest.mark.parametrize("how", ["kill", "immediate"])
def test_f02_the_server_is_killed_in_the_middle_and_started_at_once(pair, cluster, how):
    """F2: signal 9 to the whole server while a desk pushes; it recovers from its log, the desk goes on."""
    a, _ = pair
    cases = []
    for _ in range(30):
        some_acts(a, cases, 4)
    thread = threading.Thread(target=a.try_sync)
    thread.start()
    time.sleep(0.15)
    if how == "kill":
        cluster.kill()
    else:
        cluster.stop("immediate")
    thread.join()
    cluster.start()
    a.check()
    healed(pair)


@pytest.mark.parametrize("ends", ["well", "cut", "killed"])
def test_f03_a_long_pull_writes_its_rows_when_it_has_caught_up(pair, monkeypatch, ends):
    """F3: the rows of a long pull are put off; cut or killed before they are written, they are written later."""
    a, b = pair
    monkeypatch.setattr(rounds, "IDLE_PAGE", 5)
    monkeypatch.setattr(rounds, "FIRST_PAGE", 12)
    monkeypatch.setattr(rounds, "CATCH_UP", 3)
    monkeypatch.setattr(rounds, "HELPED", 10 if ends == "well" else rounds.HELPED)  # another program makes the rows
    monkeypatch.setattr(rebase, "ENDING", frozenset({"registered", "inquired"}))  # and in the middle of the pull too
    cases = []
    for _ in range(8):
        some_acts(a, cases, 5)
    a.sync()
    pulls, real, catch_up = [], wire.Wire.pull, rounds.Rounds._catch_up

    def pull(self, *args):
        pulls.append(1)
        if ends != "well" and len(pulls) == 4:
            raise wire.LinkLost("server_silent")
        return real(self, *args)

    monkeypatch.setattr(wire.Wire, "pull", pull)
    if ends == "killed":
        monkeypatch.setattr(rounds.Rounds, "_catch_up", lambda self, later: None)
    assert b.try_sync() is (ends == "well")
    if ends == "killed":
        assert not b.desk.rebuild(check=True).equal
        b.close()
        b.open()
        monkeypatch.setattr(rounds.Rounds, "_catch_up", catch_up)
    b.check()
    healed(pair)
    assert set(cases) <= {i.case_id for i in b.desk.page("all", limit=200).items}
    assert b.desk.page("all", search="打桩").items
