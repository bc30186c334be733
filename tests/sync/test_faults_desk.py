"""Faults of the desk's program, disk and file: F1, F5, F8, F15, F16, F17. After each all ten invariants hold."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from liaison_app.desk.joining import join
from liaison_app.desk.opening import open_desk, restore_backup
from liaison_app.domain.errors import RuleBroken
from liaison_app.store.engine import FILE
from tests.conftest import CALL
from tests.sync import invariants
from tests.sync.conftest import healed
from tests.sync.seats import SECRET, Seat
from tests.sync.test_faults_line import some_acts

ROUNDS = int(os.environ.get("LIAISON_KILL_SYNC", "6"))
CHILD = """
import os, signal, sys
from pathlib import Path
from liaison_app.desk.opening import open_desk
from liaison_app.store import following, journal, leasing, projections, shared
from liaison_app.sync import wire
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
if point == "mid_file":
    print(desk.attach_file(case, "现场.jpg", b"x" * (1 << 20) + b"end").act, flush=True)
{"after_append": lambda: after(journal, "append"),
 "before_push": lambda: setattr(wire.Wire, "push", die),
 "after_commit": lambda: after(wire.Wire, "push"),
 "before_ack": lambda: setattr(shared, "settle_all", die),
 "mid_pull": lambda: after(wire.Wire, "pull"),
 "mid_projection": lambda: after(projections, "put"),
 "mid_checkpoint": lambda: after(following, "put_checkpoints"),
 "mid_withdraw": lambda: after(wire.Wire, "withdraw"),
 "mid_lease": lambda: after(wire.Wire, "leases"),
 "mid_file": lambda: after(wire.Wire, "put_piece"),
 "nowhere": lambda: None}[point]()
if point == "after_append":
    desk.act_from(case, "note", {"text": "没有确认"})
if point == "mid_lease":
    with desk._replica.write() as connection:
        leasing.drop_leases(connection)
if point == "nowhere":
    while True:
        print(desk.act_from(case, "inquire", {"words": "催问"}).act, flush=True)
        desk.sync()
desk.sync()
print("ended", flush=True)
"""
POINTS = ["after_append", "before_push", "after_commit", "before_ack", "mid_pull", "mid_projection", "mid_checkpoint",
          "mid_withdraw", "mid_lease", "mid_file"]  # fmt: skip


def child(seat, point, case, **more):
    words = [sys.executable, "-c", CHILD, str(seat.home), seat.person, SECRET, point, case]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


@pytest.mark.parametrize("point", POINTS)
def test_f01_killed_at(pair, point):
    """F1: kill -9 at every named point of an act, a push, a pull, a withdrawal, a lease, an attachment."""
    a, b = pair
    case = a.act("new", "register", **CALL).case
    healed(pair)
    b.act(case, "inquire", words="别处先问")
    if point == "mid_withdraw":
        b.act(case, "void", outcome="withdrawn", reason="撤回", approver="李")
    b.sync()
    before = {c.act_id for c in a.desk.conflicts(everything=True)}
    a.close()
    killed = child(a, point, case)
    out, err = killed.communicate()
    assert killed.returncode == -signal.SIGKILL, err
    a.confirmed.update({key: {} for key in out.split()})
    assert len(out.split()) == 6 + (point in {"mid_withdraw", "mid_file"})
    a.open()
    a.check()
    healed(pair)
    told = {c.act_id for c in a.desk.conflicts(everything=True)} - before
    assert len(told) == (point == "mid_withdraw")


def test_f01_killed_at_random_moments_of_rounds(pair):
    """F1: kill -9 whenever, while it acts and synchronises without pause."""
    a, _ = pair
    case = a.act("new", "register", **CALL).case
    a.sync()
    dice = random.Random(13)
    for _ in range(ROUNDS):
        a.close()
        killed = child(a, "nowhere", case)
        first = [killed.stdout.readline().strip() for _ in range(7)]
        time.sleep(dice.random() * 0.25)
        killed.kill()
        out, _ = killed.communicate()
        a.confirmed.update({key: {} for key in [i for i in (*first, *out.split()) if len(i) == 36]})
        a.open()
        a.check()
    healed(pair)


def test_f01_killed_while_joining_again_and_again(pair, tmp_path, shared_district):
    """F1: the first minutes of a desk; called again it goes on, with the same code."""
    home, district, person = tmp_path / "j", shared_district, "p-hejianping"
    code = district.code(person)
    script = (
        "import sys; from pathlib import Path; from liaison_app.desk.joining import join\n"
        "join(Path(sys.argv[1]), url=sys.argv[2], person=sys.argv[3], code=sys.argv[4], mode='env', secret=sys.argv[5])\n"
        "print('joined')"
    )
    words = [sys.executable, "-c", script, str(home), district.url(), person, code, SECRET]
    dice = random.Random(3)
    for _ in range(5):
        killed = subprocess.Popen(words, stdout=subprocess.PIPE)
        time.sleep(0.3 + dice.random() * 2.0)
        killed.kill()
        killed.communicate()
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.stdout.strip() == "joined", done.stderr
    late = Seat.at(home, district, person)
    healed([*pair, late])
    late.close()


def test_f05_a_full_disk_takes_nothing_of_a_page(pair):
    """F5: the database may not grow; the page is refused whole, said in words, taken when there is room again."""
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


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root; max_page_count is tried above")
def test_f05_a_small_disk_that_is_full(tmp_path, district):
    """F5: a real disk of 24 MB runs full while the desk pulls and while somebody writes."""
    home = tmp_path / "disk"
    home.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(home)], capture_output=True).returncode:
        pytest.skip("this machine does not let root mount")
    a = b = None
    try:
        a, b = Seat(tmp_path / "a", district, "p-zhoumin"), Seat(home / "b", district, "p-xuguoqiang")
        for _ in range(4):
            case = a.act("new", "register", **{**CALL, "content": "长" * 60_000}).case
            for _ in range(6):
                a.act(case, "inquire", words="问" * 60_000)
        a.sync()
        filler = home / "filler"
        with contextlib.suppress(OSError), filler.open("wb") as out:
            out.write(b"x" * (shutil.disk_usage(home).free - 300_000))
        with pytest.raises(RuleBroken) as full:
            b.sync()
        assert full.value.code == "disk_full"
        with contextlib.suppress(OSError), filler.open("ab") as out:
            out.write(b"x" * shutil.disk_usage(home).free)
        with pytest.raises(RuleBroken) as full:
            for _ in range(20):
                b.act("new", "register", **{**CALL, "content": "满" * 60_000})
        assert full.value.code == "disk_full"
        invariants.hold(district, [a, b], healed=False)
        filler.unlink()
        healed([a, b])
    finally:
        for seat in (a, b):
            if seat is not None:
                seat.close()
        subprocess.run(["umount", "-l", str(home)], check=True)


def test_f08_a_restored_backup_takes_a_new_identity_and_pulls(pair, tmp_path):
    """F8: what the backup did not hold comes back with the feed; the desk writes a new log and needs a new code."""
    a, _b = pair
    cases = []
    some_acts(a, cases, 3)
    a.sync()
    late = some_acts(a, cases, 2)
    a.desk.backup(tmp_path / "copy")
    lost = some_acts(a, cases, 2)
    a.sync()
    before, old = a.rows(), a.device()
    a.close()
    a.home = tmp_path / "restored"
    restore_backup(tmp_path / "copy", a.home)
    a.open()
    a.memory = {}
    assert a.device() is None
    assert a.desk.sync_state().numbers == ()
    a.inherited |= {*late, *lost}
    a.sync()
    assert a.rows() == before, "what the backup did not hold came back with the feed"
    assert {a.own_acts()[i] for i in late} == {"accepted"}
    assert a.desk.sync_state().code == "device_new"
    new = a.act(cases[0], "inquire", words="恢复以后").act
    a.sync()
    assert a.own_acts()[new] == "pending", "not sent before the administrator knows the new device"
    role = a.district.sql("SELECT role FROM ld.device WHERE id=%s", old)[0][0]
    a.close()
    join(a.home, url=a.url, person=a.person, code=a.district.code(a.person, role), mode="env", secret=SECRET)
    a.open()
    healed(pair)
    assert a.own_acts()[new] == "accepted"
    assert set(lost) <= {r[0] for r in a.district.sql("SELECT id::text FROM ld.act WHERE device=%s", old)}


def test_f08_a_copy_of_a_desk_is_quarantined_and_nothing_is_overwritten(tmp_path, district):
    """F8: the files were copied to another PC and both write on; the second is found out, its text is kept."""
    seats = [Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    a, b = seats
    cases = []
    some_acts(a, cases, 3)
    a.sync()
    a.close()
    shutil.copytree(a.home, tmp_path / "copy")
    a.open()
    first = a.act(cases[0], "note", text="原来的电脑").act
    a.sync()
    device = a.device()
    copy = Seat.at(tmp_path / "copy", district, a.person)
    copy.url = a.url
    second = copy.act(cases[0], "note", text="拷贝的电脑").act
    copy.sync()
    assert copy.own_acts()[second] == "quarantined"
    (found,) = copy.desk.conflicts()
    assert any("拷贝的电脑" in v for _, v in found.mine)
    assert copy.device() != device
    assert copy.desk.sync_state().code == "device_new"
    copy.unsent, copy.expected_code = {second}, "device_new"
    b.sync()
    texts = [t.text for t in b.desk.case(cases[0]).timeline]
    assert "原来的电脑" in texts
    assert "拷贝的电脑" not in texts
    assert a.own_acts()[first] == "accepted"
    role = district.sql("SELECT role FROM ld.device WHERE id=%s", device)[0][0]
    copy.close()
    join(copy.home, url=copy.url, person=a.person, code=district.code(a.person, role), mode="env", secret=SECRET)
    copy.open()
    copy.expected_code = ""
    again = copy.act(cases[0], "note", text="以新的身份").act
    healed([a, b, copy])
    assert copy.own_acts()[again] == "accepted"
    for seat in (a, b, copy):
        seat.close()


def test_f08_reinstalled_with_the_same_person(pair, tmp_path, shared_district):
    """F8: the disk was lost; a new desk of the same person reads everything that the shared database has."""
    a, _ = pair
    cases = []
    sent = some_acts(a, cases, 4)
    a.sync()
    fresh = Seat(tmp_path / "fresh", shared_district, a.person)
    done = fresh.act(cases[0], "inquire", words="新电脑").act
    healed([*pair, fresh])
    assert fresh.own_acts() == {done: "accepted"}
    with fresh.desk._replica.read() as connection:
        here = set(connection.exec_driver_sql("SELECT id FROM act").scalars())
    assert set(sent) <= here
    fresh.close()


def test_f08_the_key_is_lost_and_the_sheet_opens(pair):
    """F8: no keyring, no pass-phrase: the recovery sheet opens the desk, what waited is still there and goes."""
    from liaison_app.desk.opening import recover_desk

    a, _ = pair
    act = a.act("new", "register", **CALL).act
    a.close()
    with pytest.raises(RuleBroken) as refused:
        open_desk(a.home, person=a.person, secret="不是这一句口令的口令")
    assert refused.value.code == "wrong_secret"
    recover_desk(a.home, " ".join(a.joined.recovery), a.person, SECRET)
    a.open()
    assert a.own_acts()[act] == "pending"


def test_f15_an_altered_entry_here_is_found_and_its_case_named(pair):
    """F15: somebody wrote into the desk's file with its key; ``verify`` finds it and names the case."""
    a, b = pair
    cases = []
    some_acts(a, cases, 2)
    some_acts(a, cases, 2)
    healed(pair)
    assert b.desk.verify(cases[0]).ok
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


@pytest.mark.parametrize("what", ["data", "header", "position", "personal"])
def test_f15_an_altered_entry_at_the_server_is_not_taken(pair, what):
    """F15: whoever rules the database alters an entry: the desk takes nothing of the page, says so, and goes on when it is right again."""
    a, b = pair
    case = a.act("new", "register", **CALL)
    a.sync()
    table, column, changed, key, one = {
        "data": ("entry", "data", "convert_to(replace(convert_from(data,'UTF8'),'锦绣','别处'),'UTF8')", "act", "no"),
        "header": ("act", "header", "convert_to(replace(convert_from(header,'UTF8'),'COMMERCE','EPB'),'UTF8')", "id", "id"),
        "position": ("feed_item", "pos", "pos+100000", "act", "feed"),
        "personal": ("act_personal", "personal", "convert_to('{}','UTF8')", "act", "act"),
    }[what]  # fmt: skip
    with a.district.boss() as boss:
        boss.execute("SET session_replication_role = replica")
        was = boss.execute(f"SELECT {one}, {column} FROM ld.{table} WHERE {key}=%s", (case.act,)).fetchall()
        boss.execute(f"UPDATE ld.{table} SET {column}={changed} WHERE {key}=%s", (case.act,))
    points = b.desk.sync_state().received
    with pytest.raises(RuleBroken) as broken:
        b.sync()
    said = b.desk.sync_state()
    with a.district.boss() as boss:
        boss.execute("SET session_replication_role = replica")
        if what == "position":
            boss.execute("UPDATE ld.feed_item SET pos=pos-100000 WHERE act=%s", (case.act,))
        for row, value in was if what != "position" else []:
            boss.execute(f"UPDATE ld.{table} SET {column}=%s WHERE {one}=%s", (value, row))
    assert broken.value.code in {"feed_chain", "feed_part", "feed_gap"}
    assert (said.code, said.received) == (broken.value.code, points)


def test_f15_a_truncated_write_ahead_log(tmp_path, district):
    """F15: the end of the log is gone with acts that the server has: the copy that is left is no fork, nothing is overwritten."""
    seats = [Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    a, _b = seats
    cases = []
    some_acts(a, cases, 2)
    healed(seats)
    with a.desk._replica.write() as connection:
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint=0")
    kept = some_acts(a, cases, 2)
    a.sync()
    copy = tmp_path / "cut"
    shutil.copytree(a.home, copy)
    log = copy / f"{FILE}-wal"
    with log.open("rb+") as file:
        file.truncate(log.stat().st_size // 3 + 17)
    (copy / f"{FILE}-shm").unlink(missing_ok=True)
    a.close()
    shutil.rmtree(a.home)
    copy.rename(a.home)
    a.open()
    a.memory = {}
    a.inherited |= set(kept)
    a.sync()
    mine = a.act(cases[0], "inquire", words="断电以后").act
    a.sync()
    fate = a.own_acts()[mine]
    if fate == "quarantined":
        a.unsent, device = (
            {mine},
            next(r[0] for r in district.sql("SELECT device::text FROM ld.act WHERE id=%s", kept[0])),
        )
        role = district.sql("SELECT role FROM ld.device WHERE id=%s", device)[0][0]
        a.close()
        join(a.home, url=a.url, person=a.person, code=district.code(a.person, role), mode="env", secret=SECRET)
        a.open()
    healed(seats)
    assert fate in {"accepted", "rebased", "quarantined"}
    assert {r[0] for r in district.sql("SELECT id::text FROM ld.act")} >= set(kept)
    for seat in seats:
        seat.close()


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_f16_the_power_goes_while_it_synchronises(pair, moment, tmp_path):
    """F16: the files as they lie there at some moment of a round are what the desk finds again."""

    a, _ = pair
    cases = []
    for _ in range(6):
        some_acts(a, cases, 4)
    thread = threading.Thread(target=a.try_sync)
    thread.start()
    time.sleep(moment)
    copy = tmp_path / "copy"
    # one moment for both files: while nobody may write; a log that tore in the middle is F15
    with a.desk._replica.write():
        shutil.copytree(a.home, copy)
    thread.join()
    a.close()
    shutil.rmtree(a.home)
    shutil.move(copy, a.home)
    a.open()
    a.memory = {}
    a.check()


def test_f17_a_second_program_on_one_file_is_told(pair):
    """F17: two processes on one home: the second is refused with words, the first works on."""
    a, _ = pair
    script = (
        "import sys; from pathlib import Path; from liaison_app.desk.opening import open_desk\n"
        "from liaison_app.domain.errors import RuleBroken\n"
        "try: open_desk(Path(sys.argv[1]), person=sys.argv[2], secret=sys.argv[3])\n"
        "except RuleBroken as refused: print(refused.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(a.home), a.person, SECRET], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "second_instance"
    a.act("new", "register", **CALL)
