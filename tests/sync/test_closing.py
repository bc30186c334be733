"""A revoked person or desk: locked at the next contact, its acts brought over first, then its keys destroyed for good."""

import base64
import json

import pytest

from liaison_app.cli.main import main
from liaison_app.desk.opening import open_desk, recover_desk
from liaison_app.domain.errors import RuleBroken
from liaison_app.security import keys
from liaison_app.store.engine import StoreError
from liaison_app.store.replica import Replica
from liaison_app.sync import access, posting
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat


def refused(call):
    with pytest.raises(RuleBroken) as found:
        call()
    return found.value.code


def role_of(district, person):
    return district.sql("SELECT role FROM ld.desk WHERE person=%s ORDER BY issued_at", person)[-1][0]


def revoke(district, *, person="", desk=""):
    with district.boss() as boss:
        if desk:
            access.revoke_desk(boss, desk, "电脑丢失")
        else:
            access.revoke_person(boss, person, "离任")


def left_on_disk(home):
    return b"".join(p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file())


def unreadable(home, secrets):
    """Nothing on the disk opens the replica: no key in plain or wrapped, no way in, no recovery."""
    held = left_on_disk(home)
    for secret in secrets:
        assert secret not in held and base64.b64encode(secret) not in held
    data = json.loads((home / keys.FILE).read_bytes())
    assert not data["people"] and "recovery" not in data and "line" not in data
    for value in (v for v in data.values() if isinstance(v, str)):
        with pytest.raises((StoreError, ValueError)):
            Replica.open(home, base64.b64decode(value + "===")[:32].ljust(32, b"\0"))
    assert CALL["complainant_name"].encode() not in held


def wrapped(home):
    data = json.loads((home / keys.FILE).read_bytes())
    return [base64.b64decode(slot["wrapped"]) for slot in data["people"].values()]


def test_a_person_who_left_is_locked_out_after_his_acts_went_over(tmp_path, district):
    seat = Seat(tmp_path / "r", district, "p-liaojun")
    seat.sync()
    act = seat.act("new", "register", **CALL).act
    bundle = seat.desk._bundle
    before = [bundle.replica_key, bundle.device_secret, bundle.person_key, *wrapped(seat.home)]
    seat.desk.save_draft("register", None, {"content": "没写完"})
    revoke(district, person="p-liaojun")
    assert seat.desk.closed() is None
    seat.sync()
    assert district.sql("SELECT fate FROM ld.act WHERE id=%s", act) == [("refused",)]
    assert seat.desk.closed().code == "person_closed"
    seat.close()
    assert refused(lambda: open_desk(seat.home, person="p-liaojun", secret=SECRET)) in {
        "person_unknown",
        "replica_closed",
        "copy_closed",
    }
    held = left_on_disk(seat.home)
    for secret in before:
        assert secret not in held and base64.b64encode(secret) not in held
    (tmp_path / "code").write_text(" ".join(seat.joined.recovery))
    with pytest.raises((RuleBroken, IndexError)):
        recover_desk(seat.home, " ".join(seat.joined.recovery), "p-liaojun", SECRET)


def test_colleagues_of_the_same_desk_go_on(tmp_path, district):
    seat = Seat(tmp_path / "r", district, "p-zhoumin")
    role = role_of(district, "p-zhoumin")
    seat.desk.admit("p-xuguoqiang", district.code("p-xuguoqiang", role), secret=SECRET, mode="env")
    case = seat.act("new", "register", **CALL).case
    seat.sync()
    revoke(district, person="p-zhoumin")
    seat.act(case, "note", text="离任那天写的")
    seat.sync()
    assert seat.desk.closed().code == "person_closed"
    assert refused(lambda: seat.desk.switch_person("p-zhoumin", SECRET)) == "person_closed"
    seat.desk.switch_person("p-xuguoqiang", SECRET)
    assert seat.desk.closed() is None
    assert [p.id for p in seat.desk.people()] == ["p-xuguoqiang"]
    (item,) = seat.desk.conflicts()
    assert item.code == "person_revoked"
    seat.act(case, "note", text="接着办")
    seat.sync()
    seat.check()
    assert seat.desk.sync_state().waiting == 0
    seat.close()
    with district.boss() as boss:
        from liaison_app.sync import server

        server.enter_people(boss, [p for p in district.people() if p.id == "p-zhoumin"])
    seat.desk = open_desk(seat.home, person="p-xuguoqiang", secret=SECRET)
    seat.sync()
    seat.desk.admit("p-zhoumin", district.code("p-zhoumin", role), secret=SECRET, mode="env")
    seat.desk.switch_person("p-zhoumin", SECRET)
    seat.act(case, "note", text="又回来了")
    seat.sync()
    assert seat.desk.sync_state().waiting == 0
    seat.close()


def test_without_contact_nothing_is_lost_and_the_next_opening_closes(tmp_path, district):
    proxy = Proxy(district.cluster.port)
    seat = Seat(tmp_path / "r", district, "p-liaojun", proxy.port)
    seat.sync()
    act = seat.act("new", "register", **CALL).act
    revoke(district, person="p-liaojun")
    with seat.desk.line() as line:  # the news comes, then the line breaks before anything went over
        seat.desk.rounds()._pull(line, type("Done", (), {"pulled": 0, "cases": set(), "conflicts": []})())
    proxy.closed = proxy.hole = True
    assert refused(seat.sync) in {"server_port", "server_silent", "server_unreachable"}
    assert seat.desk.closed().code == "person_closed_waits"
    assert keys.people(seat.home), "the way in stays while an act of his is here alone"
    seat.close()
    assert refused(lambda: open_desk(seat.home, person="p-liaojun", secret=SECRET)) == "person_closed_waits"
    proxy.heal()
    assert refused(lambda: open_desk(seat.home, person="p-liaojun", secret=SECRET)) == "person_closed"
    assert district.sql("SELECT count(*) FROM ld.act WHERE id=%s", act) == [(1,)]
    assert not keys.people(seat.home)
    proxy.stop()


def test_a_lost_laptop_opens_no_more_and_its_owner_goes_on_elsewhere(tmp_path, district):
    lost = Seat(tmp_path / "lost", district, "p-liaojun")
    case = lost.act("new", "register", **CALL).case
    lost.sync()
    bundle = lost.desk._bundle
    secrets = [bundle.replica_key, bundle.device_secret, bundle.person_key, *wrapped(lost.home)]
    revoke(district, desk=role_of(district, "p-liaojun"))
    fresh = Seat(tmp_path / "new", district, "p-liaojun")
    assert fresh.desk.case(case).number
    fresh.act(case, "note", text="在新电脑上接着办")
    fresh.sync()
    assert refused(lost.sync) == "desk_closed"
    assert lost.desk.closed().code == "copy_closed"
    assert refused(lost.desk.sync) == "copy_closed", "said as it is, not as a missing password"
    lost.close()
    unreadable(lost.home, secrets)
    assert refused(lambda: open_desk(lost.home, person="p-liaojun", secret=SECRET)) == "copy_closed"
    fresh.check()
    assert not fresh.desk.conflicts()
    fresh.close()


def test_what_a_closed_desk_still_held_comes_over_by_the_administrator(tmp_path, district, capsys, monkeypatch):
    seat = Seat(tmp_path / "r", district, "p-zhoumin")
    other = Seat(tmp_path / "o", district, "p-xuguoqiang")
    case = seat.act("new", "register", **CALL).case
    seat.sync()
    seat.desk.attach_file(case, "照片.jpg", b"x" * 2000)
    late = seat.act(case, "note", text="还没有上传的备注").act
    secrets = [seat.desk._bundle.replica_key, *wrapped(seat.home)]
    revoke(district, desk=role_of(district, "p-zhoumin"))
    assert refused(seat.sync) == "desk_closed"
    assert seat.desk.closed().code == "desk_closed_waits"
    seat.close()
    assert keys.people(seat.home)
    assert refused(lambda: open_desk(seat.home, person="p-zhoumin", secret=SECRET)) == "desk_closed_waits"
    package = (seat.home / "last-acts.ldp").read_bytes()
    with district.boss() as boss:
        answer, counts = posting.exchange(boss, package)
        assert counts["acts"] == 2 and counts["items"] == 0
        assert posting.exchange(boss, package)[1]["acts"] == 2, "twice changes nothing"
        assert not boss.execute(
            "SELECT pg_has_role(%s,'ld_desk','MEMBER')", (role_of(district, "p-zhoumin"),)
        ).fetchone()[0]
    assert district.sql("SELECT fate, detail->>'code' FROM ld.act WHERE id=%s", late) == [("refused", "revoked")]
    other.sync()
    assert sorted(c.action for c in other.desk.conflicts()) == ["attach", "note"], "its body looks at it"
    (tmp_path / "answer").write_bytes(answer)
    monkeypatch.setenv("LIAISON_KEY", SECRET)
    code = main(["sync", "--import", str(tmp_path / "answer"), "--home", str(seat.home), "--key-from-env", "--json"])
    assert code == 0, capsys.readouterr().err
    unreadable(seat.home, secrets)
    assert refused(lambda: open_desk(seat.home, person="p-zhoumin", secret=SECRET)) == "copy_closed"
    other.check()
    other.close()
