"""Faults of the line, of the program and of the desk; after each the invariants hold and nothing is lost or doubled."""

import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from liaison_app.desk.joining import join
from liaison_app.desk.opening import restore_backup
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import access, rounds, server, wire
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat


@pytest.fixture
def proxy(shared_district):
    made = Proxy(shared_district.cluster.port)
    yield made
    made.stop()


@pytest.fixture
def pair(tmp_path, shared_district, proxy):
    """A desk behind the proxy and one with a good line, both of one body."""
    made = [
        Seat(tmp_path / "a", shared_district, "p-zhoumin", proxy.port),
        Seat(tmp_path / "b", shared_district, "p-xuguoqiang"),
    ]
    yield made
    proxy.heal()
    for seat in made:
        if seat.desk is not None:
            seat.check()
            seat.close()


def server_acts(district, device):
    """Return how often each act of a device log stands at the server, with its fate."""
    rows = district.sql("SELECT id::text, fate, seq FROM ld.act WHERE device=%s ORDER BY seq", device)
    assert [r[2] for r in rows] == list(range(1, len(rows) + 1)), "the device log is dense"
    return {r[0]: r[1] for r in rows}


def device_of(seat):
    with seat.desk._replica.read() as connection:
        return connection.exec_driver_sql("SELECT id FROM device WHERE state='open'").scalar()


def own_acts(seat):
    with seat.desk._replica.read() as connection:
        rows = connection.exec_driver_sql("SELECT a.id,a.fate FROM act a JOIN device d ON d.id=a.device")
        return {r[0]: r[1] for r in rows}


def once_each(seat):
    """Every act of the desk is at the server exactly once, and its entries are there exactly once."""
    here, there = own_acts(seat), server_acts(seat.district, device_of(seat))
    assert set(here) == set(there)
    doubled = seat.district.sql("SELECT act, n FROM ld.entry GROUP BY act, n HAVING count(*)>1")
    assert doubled == []


def some_acts(seat, cases, n=6):
    """Register a case, and ask and remark on the cases so far."""
    out = seat.act("new", "register", **CALL)
    cases.append(out.case)
    acts = [out.act]
    for i in range(n - 1):
        case = cases[i % len(cases)]
        if i % 2:
            acts.append(seat.act(case, "note", text=f"备注{i}").act)
        else:
            acts.append(seat.act(case, "inquire", words=f"催问{i}" * 200).act)
    return acts


def try_round(seat):
    try:
        seat.sync()
    except wire.LinkLost:
        return False
    return True


def test_cut_after_every_so_many_bytes(pair, proxy):
    a, b = pair
    cases, dice = [], random.Random(11)
    for k in [*range(0, 6000, 400), *(dice.randrange(0, 30_000) for _ in range(25))]:
        some_acts(a, cases, 3)
        up = dice.random() < 0.5
        proxy.cut_after(up=k if up else None, down=None if up else k)
        try_round(a)
        proxy.heal()
    assert proxy.cuts >= 20
    assert try_round(a)
    b.sync()
    once_each(a)
    assert not a.desk.conflicts()
    assert a.desk.sync_state().waiting == 0
    assert a.rows() == b.rows()


def test_exactly_the_answer_of_the_commit_is_lost(pair, proxy, monkeypatch):
    a, b = pair
    cases = []
    acts = some_acts(a, cases)
    real = wire.Wire.push

    def push(self, *args):
        proxy.swallow_answer()
        return real(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(wire.Wire, "push", push)
        assert not try_round(a)
    assert proxy.cuts == 1
    assert set(acts) <= set(server_acts(a.district, device_of(a))), "the server has done the work"
    assert a.desk.sync_state().waiting == len(acts), "the desk does not know it yet"
    later = some_acts(a, cases, 3)
    a.sync()
    b.sync()
    once_each(a)
    assert {own_acts(a)[i] for i in (*acts, *later)} == {"accepted"}
    assert a.rows() == b.rows()


def test_a_black_hole_ends_at_the_deadline_and_the_desk_goes_on(pair, proxy, monkeypatch):
    a, b = pair
    monkeypatch.setattr(wire, "DEADLINE", 1.0)
    cases = []
    real = wire.Wire.pull
    some_acts(a, cases)

    def pull(self, *args, **more):
        proxy.hole = True
        return real(self, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(wire.Wire, "pull", pull)
        began = time.monotonic()
        with pytest.raises(wire.LinkLost) as lost:
            a.sync()
        assert time.monotonic() - began < 8
    assert lost.value.code == "server_silent"
    assert a.desk.sync_state().code == "server_silent"
    proxy.heal()
    a.sync()
    b.sync()
    once_each(a)
    assert a.desk.sync_state().code == ""
    assert a.rows() == b.rows()


def test_a_batch_twice_and_a_page_again(pair):
    a, b = pair
    cases = []
    some_acts(a, cases)
    with a.desk.line() as line:
        from liaison_app.store import shared
        from liaison_app.sync.rounds import pushed_act

        with a.desk._replica.read() as connection:
            waiting = shared.waiting_acts(connection, 100)
            entries = shared.entries_of(connection, [w.id for w in waiting])
            epoch = shared.checkpoints(connection)["district"].epoch
        batch = [pushed_act(w, entries[w.id]) for w in waiting]
        assert {x.fate for x in line.push(epoch, batch)} == {"accepted"}
        assert {(x.fate, x.detail["fate"]) for x in line.push(epoch, batch)} == {("known", "accepted")}
    a.sync()
    b.sync()
    before = b.rows()
    with b.desk.line() as line:
        page = line.pull(epoch, {"body/COMMERCE": 0}, 1000)
        from liaison_app.sync import rebase

        with pytest.raises(RuleBroken) as refused, b.desk._replica.write() as connection:
            rebase.take(connection, page, b.desk)
        assert refused.value.code == "feed_gap"
    assert b.rows() == before == a.rows()
    once_each(a)


CHILD = """
import os, signal, sys
from pathlib import Path
from liaison_app.desk.opening import open_desk
from liaison_app.desk.syncing import Syncing
from liaison_app.store import journal, projections, shared
from liaison_app.sync import rebase, wire
home, person, secret, point, case = sys.argv[1:]
def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)
def after(owner, name):
    real = getattr(owner, name)
    def call(*args, **more):
        real(*args, **more)
        die()
    setattr(owner, name, call)
desk = open_desk(Path(home), person=person, secret=secret)
for n in range(3):
    done = desk.act_from("new", "register", {"object": f"对象{n}", "content": "夜间噪声", "place": f"滨河路{n}号"})
    print(done.act, flush=True)
    print(desk.act_from(case, "inquire", {"words": "催问" * 50}).act, flush=True)
if point == "mid_withdraw":
    print(desk.act_from(case, "propose-transfer", {"remark": "请到场"}).act, flush=True)
{"after_append": lambda: after(journal, "append"),
 "before_push": lambda: setattr(wire.Wire, "push", die),
 "after_commit": lambda: after(wire.Wire, "push"),
 "before_ack": lambda: setattr(rebase, "settle", die),
 "mid_pull": lambda: after(wire.Wire, "pull"),
 "mid_projection": lambda: after(projections, "put"),
 "mid_checkpoint": lambda: after(shared, "put_checkpoints"),
 "mid_withdraw": lambda: after(wire.Wire, "withdraw")}[point]()
if point == "after_append":
    desk.act_from(case, "note", {"text": "没有确认"})
desk.sync()
print("ended", flush=True)
"""


@pytest.mark.parametrize(
    "point",
    [
        "after_append",
        "before_push",
        "after_commit",
        "before_ack",
        "mid_pull",
        "mid_projection",
        "mid_checkpoint",
        "mid_withdraw",
    ],
)
def test_killed_at(pair, point):
    a, b = pair
    case = a.act("new", "register", **CALL).case
    a.sync()
    b.sync()
    b.act(case, "inquire", words="别处先问")
    if point == "mid_withdraw":
        b.act(case, "void", outcome="withdrawn", reason="撤回", approver="李")
    b.sync()
    a.close()
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(a.home), a.person, SECRET, point, case], capture_output=True, text=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    confirmed = child.stdout.split()
    assert len(confirmed) == (7 if point == "mid_withdraw" else 6)
    a.open()
    a.check()
    assert set(confirmed) <= set(own_acts(a))
    a.sync()
    b.sync()
    a.sync()
    once_each(a)
    told = {c.act_id for c in a.desk.conflicts()}
    for act in confirmed:
        assert (own_acts(a)[act] in {"accepted", "rebased"}) != (act in told)
    assert len(told) == (1 if point == "mid_withdraw" else 0)
    assert a.rows() == b.rows()


def test_killed_while_joining_again_and_again(tmp_path, shared_district):
    home = tmp_path / "j"
    district, person = shared_district, "p-gaoyuan"
    code = district.code(person)
    script = (
        "import sys; from pathlib import Path; from liaison_app.desk.joining import join\n"
        "join(Path(sys.argv[1]), url=sys.argv[2], person=sys.argv[3], code=sys.argv[4], mode='env', secret=sys.argv[5])\n"
        "print('joined')"
    )
    dice = random.Random(3)
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(home), district.url(), person, code, SECRET], stdout=subprocess.PIPE
        )
        time.sleep(0.3 + dice.random() * 2.0)
        child.kill()
        child.communicate()
    done = subprocess.run(
        [sys.executable, "-c", script, str(home), district.url(), person, code, SECRET], capture_output=True, text=True
    )
    assert done.stdout.strip() == "joined", done.stderr


def test_a_revoked_person_keeps_his_text(tmp_path, district):
    seat = Seat(tmp_path / "r", district, "p-liaojun")
    seat.sync()
    act = seat.act("new", "register", **CALL).act
    with district.boss() as boss:
        access.revoke_person(boss, "p-liaojun", "调离")
    seat.sync()
    (found,) = seat.desk.conflicts()
    assert (found.act_id, found.code) == (act, "person_revoked")
    assert ("内容", CALL["content"]) in found.mine
    seat.check()
    seat.close()


def test_a_revoked_desk_is_told_and_keeps_what_waits(tmp_path, district):
    seat = Seat(tmp_path / "r", district, "p-liaojun")
    seat.act("new", "register", **CALL)
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-liaojun'")[0][0]
    with district.boss() as boss:
        access.revoke_desk(boss, role, "电脑丢失")
    with pytest.raises(RuleBroken) as refused:
        seat.sync()
    assert refused.value.code in {"desk_revoked", "server_password"}
    assert seat.desk.sync_state().waiting == 1
    seat.check()
    seat.close()


def test_a_restored_backup_takes_a_new_identity_and_pulls(pair, tmp_path):
    a, b = pair
    cases = []
    some_acts(a, cases, 3)
    a.sync()
    late = some_acts(a, cases, 2)
    a.desk.backup(tmp_path / "copy")
    lost = some_acts(a, cases, 2)
    a.sync()
    before, old = a.rows(), device_of(a)
    a.close()
    a.home = tmp_path / "restored"
    restore_backup(tmp_path / "copy", a.home)
    a.open()
    assert device_of(a) != old
    assert a.desk.sync_state().numbers == ()
    a.sync()
    assert a.rows() == before, "what the backup did not hold came back with the feed"
    assert {own_acts(a)[i] for i in late} == {"accepted"}
    assert a.desk.sync_state().code == "device_new"
    new = a.act(cases[0], "inquire", words="恢复以后").act
    a.sync()
    assert own_acts(a)[new] == "pending", "not sent before the administrator knows the new device"
    role = a.district.sql("SELECT role FROM ld.device WHERE id=%s", old)[0][0]
    a.close()
    join(a.home, url=a.district.url(), person=a.person, code=a.district.code(a.person, role), mode="env", secret=SECRET)
    a.open()
    b.sync()
    assert own_acts(a)[new] == "accepted"
    assert a.desk.sync_state().code == ""
    assert a.rows() == b.rows()
    assert set(lost) <= set(server_acts(a.district, old))


def test_a_copy_of_a_desk_is_quarantined_and_nothing_is_overwritten(pair, tmp_path):
    a, b = pair
    cases = []
    some_acts(a, cases, 3)
    a.sync()
    a.close()
    shutil.copytree(a.home, tmp_path / "copy")
    a.open()
    first = a.act(cases[0], "note", text="原来的电脑").act
    a.sync()
    a.check()
    a.close()
    device = a.district.sql("SELECT device FROM ld.act WHERE id=%s", first)[0][0]
    original, a.home = a.home, tmp_path / "copy"
    a.open()
    second = a.act(cases[0], "note", text="拷贝的电脑").act
    a.sync()
    assert own_acts(a)[second] == "quarantined"
    (found,) = a.desk.conflicts()
    assert ("内容", "拷贝的电脑") in found.mine or any("拷贝的电脑" in v for _, v in found.mine)
    assert str(device_of(a)) != str(device)
    assert a.desk.sync_state().code == "device_new"
    b.sync()
    texts = [t.text for t in b.desk.case(cases[0]).timeline]
    assert "原来的电脑" in texts
    assert "拷贝的电脑" not in texts
    a.check()
    a.close()
    a.home = original
    a.open()


def test_another_person_works_at_the_same_desk(pair, tmp_path):
    a, b = pair
    role = a.district.sql("SELECT role FROM ld.device WHERE id=%s", device_of(a))[0][0]
    with pytest.raises(RuleBroken) as refused:
        a.desk.admit("p-hejianping", "2222-2222-2222-2222-2222-2222", mode="env", secret=SECRET)
    assert refused.value.code == "code_refused"
    a.desk.admit("p-hejianping", a.district.code("p-hejianping", role), mode="env", secret=SECRET)
    case = a.act("new", "register", **CALL).case
    a.act(case, "propose-transfer", remark="请批")
    a.desk.switch_person("p-hejianping", SECRET)
    a.act(case, "approve")
    a.sync()
    b.sync()
    assert b.desk.case(case).transfers[0].approved_by == "何建平"
    assert a.rows() == b.rows()


def test_registers_belong_to_the_district(pair):
    a, _ = pair
    for run in (
        lambda: a.desk.enrol_person("某人", secret="一句足够长的口令用来测试"),
        lambda: a.desk.choose_setting("x", "y", "z"),
    ):
        with pytest.raises(RuleBroken):
            run()


def test_a_server_restored_from_yesterday(tmp_path, cluster, district):
    seats = [Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    a, b = seats
    cases = []
    some_acts(a, cases, 4)
    a.sync()
    b.sync()
    for seat in seats:
        seat.close()
    with cluster.connect() as boss:
        boss.execute(f"CREATE DATABASE {district.name}_saved TEMPLATE {district.name}")
    for seat in seats:
        seat.open()
    lost = some_acts(a, cases, 3)
    a.sync()
    b.sync()
    on_top = b.act(cases[0], "inquire", words="在丢失的记载之后").act
    b.sync()
    pending = b.act(cases[0], "note", text="还没有上传").act
    a.sync()
    before = a.rows()
    with cluster.connect() as boss:
        boss.execute(f"DROP DATABASE {district.name} WITH (FORCE)")
        boss.execute(f"ALTER DATABASE {district.name}_saved RENAME TO {district.name}")
    with district.boss() as boss, server.as_tables(boss):
        boss.execute("UPDATE ld.server SET epoch=gen_random_uuid()")
    for seat in (b, a, b, a):
        seat.sync()
    for seat in seats:
        seat.check()
        assert not seat.desk.conflicts()
        assert seat.desk.sync_state().waiting == 0
        once_each(seat)
    assert {own_acts(a)[i] for i in lost} <= {"accepted", "rebased"}
    assert {own_acts(b)[i] for i in (on_top, pending)} <= {"accepted", "rebased"}
    assert a.rows() == b.rows()
    assert {r[0] for r in a.rows()["case_row"]} == {r[0] for r in before["case_row"]}
    for seat in seats:
        seat.close()


def test_the_open_cases_come_first(pair, tmp_path):
    a, b = pair
    cases = []
    for _ in range(4):
        some_acts(a, cases, 5)
    a.act(cases[0], "void", outcome="withdrawn", reason="撤回", approver="李")
    a.sync()
    home, person = tmp_path / "late", "p-hejianping"
    join(
        home, url=a.district.url(), person=person, code=a.district.code(person), mode="env", secret=SECRET,
        all_at_once=False,
    )  # fmt: skip
    late = Seat.__new__(Seat)
    late.home, late.person, late.district = home, person, a.district
    late.open()
    try:
        state = late.desk.sync_state()
        assert state.received < state.head
        shown = {i.case_id for i in late.desk.page("all", limit=100).items}
        assert set(cases[1:]) <= shown
        assert cases[0] not in shown
        assert late.desk.case(cases[1]).content == CALL["content"]
        mine = late.act(cases[1], "note", text="已经可以工作").act
        late.sync(limit=7)
        b.sync()
        late.sync()
        assert own_acts(late)[mine] == "accepted"
        assert late.rows() == b.rows()
        late.check()
    finally:
        late.close()


def test_what_no_database_keeps_never_blocks_the_queue(pair):
    a, b = pair
    case = a.act("new", "register", **{**CALL, "content": "粘贴\x00来的\ud83d字\\u0000"}).case
    a.act(case, "note", text="\x00备注")
    a.act(case, "inquire", words="后面的照常")
    a.sync()
    b.sync()
    assert a.desk.sync_state().waiting == 0
    assert not a.desk.conflicts()
    assert b.desk.case(case).content == "粘贴来的字\\u0000"


def test_a_full_disk_takes_nothing_of_a_page(pair):
    a, b = pair
    for _ in range(3):
        case = a.act("new", "register", **{**CALL, "content": "长" * 60_000}).case
        a.act(case, "inquire", words="问" * 60_000)
    a.sync()
    with b.desk._replica.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
    with pytest.raises(RuleBroken) as full:
        b.sync()
    assert full.value.code == "disk_full"
    b.check()
    with b.desk._replica.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")
    b.sync()
    assert a.rows() == b.rows()


def test_an_altered_entry_is_found_and_its_case_named(pair):
    a, b = pair
    cases = []
    some_acts(a, cases, 2)
    some_acts(a, cases, 2)
    a.sync()
    b.sync()
    whole = b.desk.verify(cases[0])
    assert whole.ok
    assert whole.entries >= 2
    with b.desk._replica.write() as connection:
        row = connection.exec_driver_sql(
            "SELECT id,data FROM entry WHERE stream=? AND version=1", (f"case/{cases[0]}",)
        ).one()
        connection.exec_driver_sql(
            "UPDATE entry SET data=? WHERE id=?", (bytes(row[1]).replace(b"phone", b"visit"), row[0])
        )
    try:
        assert not b.desk.verify().ok
        assert any("feed" in line for line in b.desk.verify(cases[0]).broken)
    finally:
        with b.desk._replica.write() as connection:
            connection.exec_driver_sql("UPDATE entry SET data=? WHERE id=?", (bytes(row[1]), row[0]))


def test_a_text_too_long_is_told_while_it_can_be_shortened(pair):
    a, _ = pair
    case = a.act("new", "register", **CALL).case
    with pytest.raises(RuleBroken) as refused:
        a.act(case, "note", text="长" * 120_000)
    assert refused.value.code == "text_too_long"
    a.act(case, "note", text="长" * 60_000)
    a.sync()
    assert not a.desk.conflicts()


@pytest.mark.parametrize("ends", ["well", "cut", "killed"])
def test_a_long_pull_writes_its_rows_when_it_has_caught_up(pair, monkeypatch, ends):
    a, b = pair
    monkeypatch.setattr(rounds, "IDLE_PAGE", 5)
    monkeypatch.setattr(rounds, "FIRST_PAGE", 12)
    monkeypatch.setattr(rounds, "CATCH_UP", 3)
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
    assert try_round(b) is (ends == "well")
    if ends == "killed":
        assert not b.desk.rebuild(check=True).equal
        b.close()
        b.open()
        monkeypatch.setattr(rounds.Rounds, "_catch_up", catch_up)
    assert b.desk.rebuild(check=True).equal
    assert len(b.desk.page("all", limit=50).items) >= (8 if ends == "well" else 2)
    b.sync()
    assert a.rows() == b.rows()
    assert b.desk.page("all", search="打桩").items
