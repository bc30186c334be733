"""Old and new programs together, and migrations that are killed: F10. The old program is real frozen code (old_program.py)."""

import subprocess
import sys
import threading
import time

import psycopg
import pytest

from liaison_app.desk.joining import join
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import posting, server
from tests.conftest import CALL
from tests.sync import old_program
from tests.sync.conftest import District, healed
from tests.sync.seats import SECRET, Seat

CONTACTS = {"leader": "何建平", "liaison": "周敏", "telephone": "67820015", "from": "2026-01-01"}


class OldDistrict(District):
    """A district founded by the old program."""

    def __init__(self, cluster, program):
        self.program = program
        super().__init__(cluster)

    def found(self):
        old_program.found(self.program, self.url(), self.mechanism, self.people())
        with self.boss() as boss:
            self.status = {"epoch": str(boss.execute("SELECT epoch FROM ld.server").fetchone()[0])}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return old_program.unpack(tmp_path_factory.mktemp("old"))


@pytest.fixture
def old_district(cluster, program):
    made = OldDistrict(cluster, program)
    yield made
    made.remove()


@pytest.fixture
def desks(tmp_path, program):
    """What starts old and new desks; all are closed in the end."""
    running = []

    def old(district, person, home=None):
        running.append(
            desk := old_program.OldDesk(program, tmp_path / (home or person), district.url(), person, SECRET)
        )
        return desk

    def new(district, person):
        running.append(seat := Seat(tmp_path / person, district, person))
        return seat

    yield old, new
    for one in running:
        one.close()


def settled(desk, *, knows=True):
    """What must hold of an old desk after its rounds; records of others lie in its journal, it does not list them yet."""
    for _ in range(5):
        done = desk.do("sync")
        if done == [0, 0, 0]:
            break
    state = desk.do("state")
    assert "waiting" in state, state
    assert (state["waiting"], state["code"], state["ok"]) == (0, "", True), state
    assert state["equal"] or not knows, state
    return state


def walked(desk, case):
    """Let an old desk carry a case to another body."""
    desk.do("act", case, "propose-transfer", {"remark": "请办理"})
    desk.do(
        "act", case, "approve", {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}
    )
    return desk.do("act", case, "transfer", {"method": "fax"})


@pytest.fixture
def raised_district(old_district):
    """A district of the old program that was brought up by the new one."""
    with old_district.boss() as boss:
        assert server.upgrade(boss)["version"] >= 2
    return old_district


def test_f10_an_old_client_at_a_new_server(desks, raised_district, tmp_path):
    """F10: the old program joins, acts, is overtaken, pulls what it does not know; then its home is opened by the new program."""
    old, new = desks
    district = raised_district
    a, b, epb = old(district, "p-xuguoqiang"), new(district, "p-zhoumin"), new(district, "p-zhaowenjing")
    assert a.do("join", district.code("p-xuguoqiang")) is None
    case, first = a.do("act", "new", "register", CALL)
    walked(a, case)
    settled(a)
    healed([b, epb])
    assert b.desk.case(case).content == CALL["content"]
    epb.act(case, "sign")
    b.act(case, "inquire", words="新的程序")
    record = b.desk.open_record("contacts", CONTACTS).record
    b.desk.step_record(record, "send", {})
    a.do("act", case, "inquire", {"words": "旧的程序"})
    healed([b, epb])
    state = settled(a, knows=False)
    healed([b, epb])
    assert set(state["fates"].values()) <= {"accepted", "rebased"}
    assert len([k for k, _ in a.do("case", case) if k == "inquired"]) == 2, (
        "kinds it knows are shown beside those it does not"
    )
    a.close()
    raised = Seat.at(tmp_path / "p-xuguoqiang", district, "p-xuguoqiang")
    healed([b, epb, raised])
    assert raised.desk.record(record).number == b.desk.record(record).number
    assert raised.own_acts()[first] == "accepted"
    raised.close()


def test_f10_a_new_client_at_an_old_server_and_its_upgrade_with_data(desks, old_district):
    """F10: cases go, a record the old server does not know is refused with its text kept; after the upgrade it goes too."""
    old, new = desks
    a, b, epb = old(old_district, "p-xuguoqiang"), new(old_district, "p-zhoumin"), new(old_district, "p-zhaowenjing")
    assert a.do("join", old_district.code("p-xuguoqiang")) is None
    assert old_district.sql("SELECT max(n) FROM ld.migration") == [(1,)], "the first schema"
    case = b.act("new", "register", **CALL).case
    b.desk.attach_file(case, "现场.jpg", b"photo" * 3000)
    theirs, _ = a.do("act", "new", "register", {**CALL, "object": "别的工地"})
    settled(a)
    healed([b, epb])
    walked(a, theirs)
    settled(a)
    record = b.desk.open_record("contacts", CONTACTS)
    b.act(case, "inquire", words="后面的照常")
    healed([b, epb])
    (refused,) = b.desk.conflicts()
    assert refused.act_id == record.act
    assert refused.mine
    assert refused.message
    counts = "SELECT (SELECT count(*) FROM ld.act), (SELECT count(*) FROM ld.entry), (SELECT count(*) FROM ld.feed_item), (SELECT count(*) FROM ld.piece)"
    before = old_district.sql(counts)
    late = a.do("act", theirs, "inquire", {"words": "升级之前"})[1]
    b.act(theirs, "inquire", words="升级之前，新的程序")
    with old_district.boss() as boss:
        newest = server.upgrade(boss)["version"]
    assert newest >= 2
    assert old_district.sql(counts) == before, "an upgrade alters no act"
    redone = b.desk.resolve_conflict(refused.act_id, "redo")
    b.desk.step_record(redone.record, "send", {})
    healed([b, epb])
    assert settled(a, knows=False)["fates"][late] in {"accepted", "rebased"}
    healed([b, epb])
    assert epb.desk.record(redone.record).number
    assert epb.desk.case(theirs).content == CALL["content"]
    with old_district.boss() as boss:
        assert server.upgrade(boss)["version"] == newest


def test_f10_packages_made_before_a_desk_hears_of_the_upgrade_are_signed(desks, old_district):
    """F10: two packages of a desk that still believes in the old server come to the new one; every desk finds all signed."""
    _, new = desks
    a, b = new(old_district, "p-zhoumin"), new(old_district, "p-xuguoqiang")
    a.sync()
    case = a.act("new", "register", **CALL).case
    with old_district.boss() as boss:
        posting.exchange(boss, a.desk.export_package())
        server.upgrade(boss)
        for words in ("第一包", "第二包"):
            a.act(case, "inquire", words=words)
            posting.exchange(boss, a.desk.export_package())
    healed([a, b])
    assert b.desk.verify().ok and a.desk.verify().ok


@pytest.mark.parametrize("moment", [0.02, 0.15, 0.4, 0.8])
def test_f10_an_upgrade_of_the_server_killed_in_the_middle(desks, old_district, moment):
    """F10: whenever it is killed, the old server stands as it stood or the new one does; desks go on, a second try ends."""
    old, new = desks
    a, b = old(old_district, "p-xuguoqiang"), new(old_district, "p-zhoumin")
    assert a.do("join", old_district.code("p-xuguoqiang")) is None
    case = b.act("new", "register", **CALL).case
    healed([b])
    settled(a)

    def upgrade():
        with old_district.boss() as boss:
            pid.append(boss.info.backend_pid)
            try:
                server.upgrade(boss)
            except psycopg.Error as error:
                ended.append(error)

    pid, ended = [], []
    thread = threading.Thread(target=upgrade)
    thread.start()
    while not pid:
        time.sleep(0.005)
    time.sleep(moment)
    old_district.sql("SELECT pg_terminate_backend(%s)", pid[0])
    thread.join()
    a.do("act", case, "inquire", {"words": "中断以后"})
    b.act(case, "inquire", words="中断以后，新的程序")
    settled(a)
    healed([b])
    with old_district.boss() as boss:
        assert server.upgrade(boss)["version"] >= 2
    b.act(case, "inquire", words="升级以后")
    healed([b])
    settled(a)


def test_f10_an_old_client_at_a_district_whose_rules_it_cannot_read(desks, district, tmp_path):
    """F10: founded by the new program with a text the old one does not understand: refused with words; a new program goes on with the same home and code."""
    old, new = desks
    a, b = old(district, "p-xuguoqiang"), new(district, "p-zhoumin")
    code = district.code("p-xuguoqiang")
    assert a.do("join", code) == {"code": "desk_profile_invalid"}
    a.close()
    home = tmp_path / "p-xuguoqiang"
    join(home, url=district.url(), person="p-xuguoqiang", code=code, mode="env", secret=SECRET)
    raised = Seat.at(home, district, "p-xuguoqiang")
    raised.act("new", "register", **CALL)
    healed([raised, b])
    raised.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from alembic.operations import Operations
from liaison_app.desk.opening import open_desk
left = int(sys.argv[4])
real = Operations.invoke
def invoke(self, *args):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, *args)
Operations.invoke = invoke
open_desk(Path(sys.argv[1]), person=sys.argv[2], secret=sys.argv[3])
print("opened")
"""


def test_f10_a_migration_of_the_desk_killed_at_every_step(desks, raised_district, tmp_path):
    """F10: a home of the old program, brought up by the new one and killed at step after step; it opens whole."""
    old, new = desks
    district = raised_district
    a, b = old(district, "p-xuguoqiang"), new(district, "p-zhoumin")
    assert a.do("join", district.code("p-xuguoqiang")) is None
    case, sent = a.do("act", "new", "register", CALL)
    settled(a)
    waiting = a.do("act", case, "inquire", {"words": "还没有上传"})[1]
    a.close()
    home, killed = tmp_path / "p-xuguoqiang", 0
    for step in (1, 4, 11, 400):
        done = subprocess.run([sys.executable, "-c", KILLED, str(home), "p-xuguoqiang", SECRET, str(step)], capture_output=True, text=True)  # fmt: skip
        killed += done.returncode == -9
        assert done.returncode == -9 or done.stdout.strip() == "opened", done.stderr
    assert killed >= 1
    raised = Seat.at(home, district, "p-xuguoqiang")
    assert raised.own_acts() == {sent: "accepted", waiting: "pending"}
    healed([raised, b])
    raised.close()


def test_f10_what_a_server_does_not_have_is_said_in_words(desks, old_district):
    """F10: a function that the server has not got yet is named as its age, not as a fault of the desk."""
    _, new = desks
    b = new(old_district, "p-zhoumin")
    healed([b])
    with b.desk.line() as line, pytest.raises(RuleBroken) as refused:
        line._rows("SELECT ld.of_a_later_program(%s)", (1,))
    assert refused.value.code == "server_version"
    with old_district.boss() as boss, server.as_tables(boss):
        boss.execute("INSERT INTO ld.migration(n,name,sha256) VALUES(9999,'later','x')")
    with old_district.boss() as boss, pytest.raises(RuleBroken) as refused:
        server.upgrade(boss)
    assert refused.value.code == "server_newer"
    healed([b])
