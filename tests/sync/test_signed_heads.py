"""Each head of a device log carries the desk's own signature: what who rules the database makes in its name is found out."""

import hashlib
import json
import uuid

import msgspec
import pytest

from liaison_app.desk import signing
from liaison_app.desk.deciding import Deciding
from liaison_app.domain.errors import RuleBroken
from liaison_app.security import chain, signatures
from liaison_app.store import following, signed
from liaison_app.sync import packages, posting, server
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import Seat


@pytest.fixture
def seats(tmp_path, district):
    made = [Seat(tmp_path / p, district, p) for p in ("p-zhoumin", "p-xuguoqiang")]
    yield made
    for seat in made:
        seat.close()


def by_the_administrator(district, device):
    """Return what tags in a device's name with what lies in the database alone."""
    inner, outer = map(bytes, district.sql("SELECT inner_key, outer_key FROM ld.device_key WHERE device=%s", device)[0])
    return lambda pen, hashed: hashlib.sha256(outer + hashlib.sha256(inner + hashed).digest()).digest()


def test_heads_are_signed_with_a_key_that_is_shown_once(seats, district):
    a, b = seats
    case = a.act("new", "register", **CALL).case
    a.act(case, "inquire", words="问过")
    healed(seats)
    shown = district.sql("SELECT device::text, public, after FROM ld.device_public ORDER BY at")
    assert {d for d, _, _ in shown} == {a.device(), b.device()} and {after for _, _, after in shown} == {0}
    publics = {d: bytes(p) for d, p, _ in shown}
    for hashed, tag, device in district.sql(
        "SELECT hash, tag, device::text FROM ld.act WHERE carried_by LIKE 'desk%%'"
    ):
        assert signatures.head_holds(publics[device], bytes(hashed), bytes(tag))
    for seat in seats:
        with seat.desk._replica.read() as connection:
            assert {d: k.public for d, k in signed.keys(connection).items()} == publics
        assert seat.desk.verify().ok
    marks = "SELECT count(*) FROM ld.feed_item WHERE what='key'"
    assert district.sql(marks) == [(2,)]
    healed(seats)
    assert district.sql(marks) == [(2,)], "shown once"


@pytest.mark.parametrize("signature", [b"", bytes(64)], ids=["no signature", "a false one"])
def test_an_act_that_the_administrator_of_the_database_made_is_found_out(seats, district, monkeypatch, signature):
    a, b = seats
    case = a.act("new", "register", **CALL).case
    healed(seats)
    tagging = by_the_administrator(district, a.device())
    monkeypatch.setattr(signing.Pen, "tag", lambda pen, hashed: tagging(pen, hashed) + signature)
    forged = a.act(case, "inquire", words="并非本人").act
    monkeypatch.undo()
    a.sync()
    assert a.own_acts()[forged] == "accepted", "the database cannot tell it: he has its keys"
    b.sync()
    assert b.desk.sync_state().code == "signature_missing"
    report = b.desk.verify()
    assert not report.ok and report.broken == (f"act {forged}: signature",)


def test_another_key_for_the_same_log_is_told(seats, district):
    a, b = seats
    a.act("new", "register", **CALL)
    healed(seats)
    other = signatures.shown(signatures.key_of(b"x" * 32, a.device()), a.device(), 0)
    said = {"person": "p-zhoumin", "public": other.public.hex(), "after": 0, "proof": other.proof.hex()}
    with district.boss() as boss, server.as_tables(boss):
        server.mark(boss, "district", "key", uuid.UUID(a.device()), json.dumps(said).encode())
    b.sync()
    assert b.desk.verify().broken == (f"device {a.device()}: another key",)


def test_what_the_door_takes(seats, district):
    """A key once shown stays; nobody shows one for another's log, or one of another length."""
    a, b = seats
    healed(seats)
    mine = signatures.shown(signatures.key_of(b"y" * 32, a.device()), a.device(), 0)
    with a.desk.line() as line:
        assert line.show_key(a.desk.shown_key()) == {"shown": True}
        assert line.show_key(mine) == {"error": "key"}
        absent = msgspec.structs.replace(mine, device="00000000-0000-4000-8000-000000000000")
        assert line.show_key(b.desk.shown_key()) == line.show_key(absent) == {"error": "key"}
        for wrong in ({"public": b"x"}, {"proof": b""}, {"after": -1}):
            assert line.show_key(msgspec.structs.replace(mine, **wrong)) == {"error": "key"}
    assert district.sql("SELECT sum(times) FROM ld.audit WHERE what='show_key'") == [(6,)]


def test_a_package_is_signed_by_its_desk(seats, district):
    a, _ = seats
    healed(seats)
    case = a.act("new", "register", **CALL).case
    package = a.desk.export_package()
    secret = a.desk._bundle.device_secret
    up = packages.open_up(package, secret)
    altered = msgspec.structs.replace(up, withdraw=[(case, "并非本机所说")])
    with district.boss() as boss:
        for false in (altered, msgspec.structs.replace(up, signature=b"")):
            with pytest.raises(RuleBroken, match="package_unsigned"):
                posting.exchange(boss, packages.seal(false, a.device(), secret))
        answer, counts = posting.exchange(boss, package)
    assert counts["acts"] == 1
    a.desk.import_package(answer)
    healed(seats)


def test_acts_of_a_program_without_signatures_stand_before_those_with(tmp_path, district, monkeypatch):
    """An earlier program's acts are tagged only; the key is shown with the place from which on all are signed."""
    monkeypatch.setattr(signing.Pen, "tag", lambda pen, hashed: chain.tag(pen.secret, hashed))
    monkeypatch.setattr(Deciding, "shown_key", lambda desk: None)
    a, b = (Seat(tmp_path / p, district, p) for p in ("p-zhoumin", "p-xuguoqiang"))
    case = a.act("new", "register", **CALL).case
    a.act(case, "inquire", words="旧程序")
    a.sync()
    a.act(case, "inquire", words="旧程序，还没有送出")
    monkeypatch.undo()
    a.act(case, "inquire", words="新程序")
    healed([a, b])
    assert district.sql("SELECT after FROM ld.device_public WHERE device=%s", a.device()) == [(3,)]
    assert b.desk.verify().ok and a.desk.verify().ok and not b.desk.sync_state().code
    for seat in (a, b):
        seat.close()


def test_what_went_to_a_server_of_before_stands_before_the_signed(tmp_path, district, monkeypatch):
    """The desk signs from the start, the server took tags alone: once it takes signatures, those after count."""
    monkeypatch.setattr(following, "newer", lambda connection: False)
    monkeypatch.setattr(Deciding, "shown_key", lambda desk: None)
    a, b = (Seat(tmp_path / p, district, p) for p in ("p-zhoumin", "p-xuguoqiang"))
    case = a.act("new", "register", **CALL).case
    a.act(case, "inquire", words="没有带签名送出")
    a.sync()
    monkeypatch.undo()
    a.act(case, "inquire", words="带签名")
    healed([a, b])
    assert district.sql("SELECT after FROM ld.device_public WHERE device=%s", a.device()) == [(2,)]
    assert district.sql("SELECT array_agg(length(tag) ORDER BY seq) FROM ld.act WHERE device=%s", a.device()) == [([32, 32, 96],)]  # fmt: skip
    assert b.desk.verify().ok and a.desk.verify().ok and not b.desk.sync_state().code
    for seat in (a, b):
        seat.close()
