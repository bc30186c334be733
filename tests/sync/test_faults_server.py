"""Faults of the server's disk, of its restoration and of hostile roles: F5, F11, F14. After each all ten invariants hold."""

import contextlib
import os
import shutil
import subprocess
import threading
import time

import psycopg
import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import guardian, server, watching
from tests.conftest import CALL
from tests.sync.conftest import District, healed
from tests.sync.seats import Seat
from tests.sync.test_faults_line import before, quiet, some_acts, waiting_batch
from tests.sync.test_ordering import waiting_for_a_lock


@pytest.fixture
def seated(tmp_path):
    """What seats people; all are closed in the end."""
    seats = []

    def seat(district, person, **more):
        seats.append(made := Seat(tmp_path / person, district, person, **more))
        return made

    yield seat
    for one in seats:
        one.close()


def test_f05_a_server_that_may_not_write(seated, district):
    """F5: the server's disk has no room: every push fails whole, pulls go on, what waits goes when there is room again."""
    a, b = seated(district, "p-zhoumin"), seated(district, "p-xuguoqiang")
    healed([a, b])
    district.sql(
        "CREATE FUNCTION public.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;"
        "CREATE TRIGGER no_room BEFORE INSERT ON ld.feed_item FOR EACH ROW EXECUTE FUNCTION public.no_room();"
        "GRANT USAGE ON SCHEMA public TO ld_door"
    )
    acts = some_acts(a, [], 6)
    for _ in range(2):
        with pytest.raises(RuleBroken) as lost:
            a.sync()
        assert lost.value.code == a.desk.sync_state().code == "server_unreachable"
    b.sync()
    assert a.desk.sync_state().waiting == len(acts)
    a.check()
    district.sql("DROP TRIGGER no_room ON ld.feed_item")
    healed([a, b])
    assert {a.own_acts()[i] for i in acts} == {"accepted"}


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root; a server without room is tried above")
def test_f05_a_small_disk_of_the_server_that_is_full(seated, cluster, tmp_path):
    """F5: the tables of the district lie on a real disk of 48 MB that runs full in the middle of pushes."""
    disk = cluster.home / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("this machine does not let root mount")
    made = None
    try:
        os.chown(disk, cluster.user.pw_uid, cluster.user.pw_gid)
        with cluster.connect() as boss:
            boss.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        made = District(cluster, tablespace="small")
        a, b = seated(made, "p-zhoumin"), seated(made, "p-xuguoqiang")
        case = a.act("new", "register", **CALL).case
        healed([a, b])
        filler = disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb") as out:
            out.write(b"x" * (shutil.disk_usage(disk).free - 400_000))
        with contextlib.suppress(OSError), filler.open("ab") as out:
            out.write(b"x" * max(0, shutil.disk_usage(disk).free - 400_000))
        for _ in range(12):
            a.act(case, "inquire", words=os.urandom(15_000).hex())
        with pytest.raises(RuleBroken) as lost:
            a.sync()
        assert lost.value.code == "server_unreachable"
        assert a.desk.sync_state().waiting > 0
        filler.unlink()
        healed([a, b])
    finally:
        if made is not None:
            made.remove()
        with cluster.connect() as boss:
            boss.execute("DROP TABLESPACE IF EXISTS small")
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def saved(cluster, district):
    """What saves the database as it stands and brings it back later, as from a backup."""

    def save():
        with cluster.connect() as boss:
            boss.execute(f"CREATE DATABASE {district.name}_saved TEMPLATE {district.name}")

    def restore():
        with cluster.connect() as boss:
            boss.execute(f"DROP DATABASE {district.name} WITH (FORCE)")
            boss.execute(f"ALTER DATABASE {district.name}_saved RENAME TO {district.name}")
        with district.boss() as boss:
            server.restored(boss, "昨日备份")

    return save, restore


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["writer first", "reader first"])
def test_f11_a_server_restored_from_yesterday(seated, district, saved, order):
    """F11: another epoch; both desks offer again what the backup did not have, in any order, nothing is lost or doubled."""
    a, b = seats = [seated(district, "p-zhoumin"), seated(district, "p-xuguoqiang")]
    save, restore = saved
    cases = []
    some_acts(a, cases, 4)
    healed(seats)
    save()
    lost = some_acts(a, cases, 3)
    healed(seats)
    on_top = b.act(cases[0], "inquire", words="在丢失的记载之后").act
    b.sync()
    pending = b.act(cases[0], "note", text="还没有上传").act
    a.sync()
    before_ = {r[0] for r in a.rows()["case_row"]}
    restore()
    for _ in range(2):
        for n in order:
            seats[n].sync()
    healed(seats)
    assert not a.desk.conflicts() and not b.desk.conflicts()
    assert {a.own_acts()[i] for i in lost} | {b.own_acts()[i] for i in (on_top, pending)} <= {"accepted", "rebased"}
    assert {r[0] for r in a.rows()["case_row"]} == before_
    with district.boss() as boss:
        server.open_leases(boss, 500)
    a.act("new", "register", **CALL)
    healed(seats)


def test_f14_a_sleeping_role_holds_a_feed(seated, district):
    """F14: a session took an early position and does not commit: others are told, nobody skips it, watch ends it."""
    a, b = seats = [seated(district, "p-zhoumin"), seated(district, "p-xuguoqiang")]
    case = a.act("new", "register", **CALL).case
    healed(seats)
    first = a.act(case, "inquire", words="早").act
    epoch, batch = waiting_batch(a)
    with a.desk.line() as sleeper:
        sleeper._connection.autocommit = False
        assert [x.fate for x in sleeper.push(epoch, batch)] == ["accepted"]
        later = b.act(case, "inquire", words="晚").act
        with pytest.raises(RuleBroken) as busy:
            b.sync()
        assert busy.value.code == "server_busy"
        with district.boss() as boss:
            watcher = guardian.Guardian(boss)
            watcher.look()
            time.sleep(1.1)
            assert [e.why for e in watcher.look()] == ["feed"]
        with contextlib.suppress(psycopg.Error):
            sleeper._connection.rollback()
    b.sync()
    healed(seats)
    order = district.sql("SELECT act::text FROM ld.entry WHERE case_id=%s AND kind='inquired' ORDER BY version", case)
    assert [r[0] for r in order] == [later, first], "what was rolled back came after, on a position of its own"


def until_it_comes_in(seat):
    """Run a round; a machine that stands still for longer than the server lets wait says so, and one tries again."""
    while True:
        try:
            return seat.sync()
        except RuleBroken as busy:
            assert busy.code == "server_busy"


def test_f14_a_slow_transaction_on_an_early_position_is_waited_for(seated, district):
    """F14: it commits in the end, within the time that others wait: its position is read before the later one."""
    a, b = seats = [seated(district, "p-zhoumin"), seated(district, "p-xuguoqiang")]
    case = a.act("new", "register", **CALL).case
    healed(seats)
    first = a.act(case, "inquire", words="早").act
    later = b.act("new", "register", **CALL).act
    epoch, batch = waiting_batch(a)
    with a.desk.line() as slow:
        slow._connection.autocommit = False
        slow.push(epoch, batch)
        thread = threading.Thread(target=until_it_comes_in, args=(b,))
        thread.start()
        waiting_for_a_lock(district)
        assert thread.is_alive(), "the later one waits"
        slow._connection.commit()
        thread.join()
    healed(seats)
    order = district.sql("SELECT i.act::text FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed WHERE f.name='body/COMMERCE' AND i.act = ANY (%s::uuid[]) ORDER BY i.pos", [first, later])  # fmt: skip
    assert [r[0] for r in order][:1] == [first]


def test_f14_a_flood_of_false_hints(seated, district, monkeypatch):
    """F14: a colleague's login floods the feed's channel: hints are only hints, rounds stay bounded, acts go through."""
    monkeypatch.setattr(watching, "BACKOFF", (0.1, 0.2))
    a, b = seats = [seated(district, "p-zhoumin"), seated(district, "p-xuguoqiang")]
    case = a.act("new", "register", **CALL).case
    healed(seats)
    rounds = []
    before(monkeypatch, "pull", lambda: rounds.append(1))
    channel = district.sql("SELECT channel FROM ld.feed WHERE name='body/COMMERCE'")[0][0]
    stop, sent = threading.Event(), []

    def flood():
        with b.desk.line() as line:
            while not stop.is_set():
                line._connection.execute("; ".join(f"NOTIFY \"{channel}\", '{n}'" for n in range(50)))
                sent.extend([1] * 50)

    watcher, thread = a.desk.watcher(), threading.Thread(target=flood)
    watcher.start()
    thread.start()
    try:
        for n in range(5):
            a.act(case, "inquire", words=f"第{n}次")
            watcher.kick()
            time.sleep(0.3)
        quiet(a)
        while len(sent) < 500 and thread.is_alive():
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join()
        watcher.stop()
    print("false hints", len(sent), "pulls", len(rounds))
    assert len(sent) >= 500
    assert len(rounds) < len(sent)
    healed(seats)
