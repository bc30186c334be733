"""F2: the primary is lost in the middle of a synchronisation and a streaming standby promoted: real PostgreSQL, both ways."""

import threading
import time

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import server, wire
from tests.conftest import CALL
from tests.sync.cluster import Cluster, Standby
from tests.sync.conftest import District, healed
from tests.sync.seats import Seat
from tests.sync.test_faults_line import some_acts


@pytest.fixture
def twin(tmp_path):
    """A primary with a standby, a district, two desks that know both addresses."""
    primary = Cluster()
    district = District(primary)
    standby = Standby(primary)
    both = (
        f"postgresql://localhost:{primary.port},localhost:{standby.port}/{district.name}"
        f"?sslmode=verify-full&sslrootcert={primary.home}/server.crt&hostaddr=127.0.0.1,127.0.0.1"
    )
    seats = [Seat(tmp_path / p, district, p, url=both) for p in ("p-zhoumin", "p-xuguoqiang")]
    yield primary, standby, district, seats
    for seat in seats:
        seat.close()
    standby.remove()
    primary.remove()


def caught_up(primary):
    """Wait until the standby has all that the primary wrote."""
    with primary.connect() as boss:
        for _ in range(200):
            if boss.execute("SELECT count(*) FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_lsn()").fetchone() == (1,):  # fmt: skip
                return
            time.sleep(0.05)
    raise AssertionError("the standby does not follow")


@pytest.mark.parametrize("delay", [0.05, 0.3])
def test_f02_primary_lost_and_a_synchronous_standby_promoted_in_the_middle(twin, delay):
    """F2: with synchronous replication nothing that was answered is lost; the desks find the other address by themselves."""
    primary, standby, district, seats = twin
    a, _ = seats
    with primary.connect() as boss:
        boss.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        boss.execute("SELECT pg_reload_conf()")
    cases = []
    some_acts(a, cases, 4)
    healed(seats)
    for _ in range(40):
        some_acts(a, cases, 4)
    thread = threading.Thread(target=a.try_sync)
    thread.start()
    time.sleep(delay)
    primary.kill()
    thread.join()
    with pytest.raises(wire.LinkLost):
        a.sync()
    district.cluster = standby
    standby.promote()
    healed(seats)
    assert a.desk.sync_state().waiting == 0
    a.act(cases[0], "inquire", words="换了主库以后")
    healed(seats)


def test_f02_a_standby_that_lagged_is_noticed_and_declared(twin):
    """F2: an asynchronous standby lacked commits: no desk goes on as if nothing were; ``server restored`` says it, all come again."""
    primary, standby, district, seats = twin
    a, b = seats
    case = a.act("new", "register", **CALL).case
    healed(seats)
    caught_up(primary)
    with standby.connect() as boss:
        boss.execute("ALTER SYSTEM SET primary_conninfo = ''")
        boss.execute("SELECT pg_reload_conf()")
    lost = [a.act(case, "inquire", words=f"第{n}次").act for n in range(3)]
    healed(seats)
    primary.kill()
    district.cluster = standby
    standby.promote()
    for seat in seats:
        with pytest.raises(RuleBroken) as broken:
            seat.sync()
        assert (broken.value.code, seat.desk.sync_state().code) == ("feed_chain",) * 2
    with district.boss() as boss:
        server.restored(boss, "备库缺少提交")
    healed(seats)
    assert {a.own_acts()[i] for i in lost} <= {"accepted", "rebased"}
    assert {r[0] for r in district.sql("SELECT id::text FROM ld.act")} >= set(lost)
    assert len([t for t in b.desk.case(case).timeline if t.kind == "inquired"]) == 3
