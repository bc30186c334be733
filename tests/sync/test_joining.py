"""Joining a district from the command line, with what goes wrong on the way."""

import json
import stat

import pytest

from liaison_app.cli.main import main
from liaison_app.desk import joining
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import wire
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat


@pytest.fixture
def liaison(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LIAISON_KEY", SECRET)

    def run(home, *words):
        code = main(["--home", str(tmp_path / home), "--key-from-env", "--json", *words])
        said = capsys.readouterr()
        return code, json.loads(said.out or "null"), json.loads(said.err or "null")

    return run


def test_join_register_sync_conflict_resolve(liaison, shared_district):
    district = shared_district
    for home, person in (("a", "p-zhoumin"), ("b", "p-xuguoqiang")):
        code, said, _ = liaison(
            home, "join", "--url", district.url(), "--person", person, "--code", district.code(person)
        )
        assert (code, said["cases"], len(said["recovery"])) == (0, 0, 8)
        assert said["pulled"] >= 0
    case = liaison("a", "act", "new", "register", "--data", json.dumps(CALL))[1]["case"]
    code, said, _ = liaison("a", "sync")
    assert (code, said["pushed"], said["waiting"], said["conflicts"]) == (0, 1, 0, [])
    assert liaison("b", "sync")[1]["pulled"] >= 2
    assert liaison("b", "case", "show", case)[1]["content"] == CALL["content"]
    for home, value in (("a", "甲"), ("b", "乙")):
        assert liaison(home, "act", case, "complete", "--data", json.dumps({"object": value}))[0] == 0
    assert liaison("a", "sync")[1]["pushed"] == 1
    (act,) = liaison("b", "sync")[1]["conflicts"]
    shown = liaison("b", "conflicts", "show", act[:13])[1]
    assert shown["code"] == "same_field"
    assert ["投诉对象", "乙"] in shown["mine"]
    assert liaison("b", "conflicts", "resolve", act, "discard")[0] == 1
    assert liaison("b", "conflicts", "resolve", act, "redo")[1]["how"] == "redo"
    assert liaison("b", "conflicts", "list")[1] == []
    assert len(liaison("b", "conflicts", "list", "--all")[1]) == 1
    liaison("b", "sync")
    liaison("a", "sync")
    assert liaison("a", "case", "show", case)[1]["object"] == "乙"
    for home in "ab":
        assert liaison(home, "verify")[1]["ok"]
        assert liaison(home, "rebuild", "--check")[1]["equal"]


def test_a_code_that_was_refused_loses_no_recovery_sheet(liaison, shared_district):
    """The keys are made before the code is spent: whoever mistyped it gets the sheet with the try that succeeds, once."""
    url, good = shared_district.url(), shared_district.code("p-zhoumin")
    joining_ = ("join", "--url", url, "--person", "p-zhoumin", "--code")
    assert liaison("d", *joining_, "2222-2222-2222-2222-2222-2222")[0] == 1
    code, said, _ = liaison("d", *joining_, good)
    assert (code, len(said["recovery"])) == (0, 8)
    again = liaison("d", *joining_, shared_district.code("p-zhoumin"))[1]
    assert not (again or {}).get("recovery"), "once"


def test_a_restored_desk_says_what_it_needs(liaison, shared_district, tmp_path):
    """A round that sends nothing must say why: the desk that came out of a backup waits for a code."""
    url, good = shared_district.url(), shared_district.code("p-zhoumin")
    assert liaison("e", "join", "--url", url, "--person", "p-zhoumin", "--code", good)[0] == 0
    case = liaison("e", "act", "new", "register", "--data", json.dumps(CALL))[1]["case"]
    assert liaison("e", "sync")[1]["waiting"] == 0
    assert liaison("e", "backup", str(tmp_path / "copy"))[0] == 0
    assert liaison("f", "restore", str(tmp_path / "copy"))[0] == 0
    assert liaison("f", "act", case, "note", "--data", json.dumps({"text": "恢复以后写的"}))[0] == 0
    code, said, _ = liaison("f", "sync")
    assert (code, said["pushed"], said["waiting"], said["code"]) == (0, 0, 1, "device_new")
    assert "授权码" in said["message"]
    fresh = shared_district.code("p-zhoumin")
    assert liaison("f", "join", "--url", url, "--person", "p-zhoumin", "--code", fresh)[0] == 0
    code, said, _ = liaison("f", "sync")
    assert (code, said["waiting"], said["code"], said["message"]) == (0, 0, "", "")


def test_every_reason_has_its_own_words(liaison, shared_district, tmp_path):
    district, person = shared_district, "p-zhaowenjing"
    good = district.url()

    def refused(url, code=None):
        out = liaison("c", "join", "--url", url, "--person", person, "--code", code or district.code(person))
        assert out[2]["message"]
        return out[0], out[2]["error"]

    closed = good.replace(f":{district.cluster.port}/", ":9/")
    assert refused("https://x") == (1, "server_address")
    assert refused(good, "ABC") == (1, "code_form")
    assert refused(closed) == (3, "server_port")
    assert refused("postgresql://no-such-host.invalid/x") == (3, "server_name")
    assert refused(good, "2222-2222-2222-2222-2222-2222") == (1, "server_password")
    assert refused(good.replace("sslrootcert=", "sslrootcert=/nowhere")) == (1, "server_certificate")
    assert refused(good.replace(district.name, "nothing")) in {(1, "server_password"), (1, "server_database")}
    assert liaison("c", "join", "--url", good, "--person", person, "--code", district.code(person))[0] == 0


def test_a_line_that_leaves_this_machine_checks_the_certificate():
    away = wire.parameters("postgresql://db.example:5433/district?sslmode=disable", "r", "p")
    assert (away["sslmode"], away["sslrootcert"]) == ("verify-full", "system")
    with pytest.raises(RuleBroken):
        wire.parameters("postgresql://db.example:x/district", "r", "p")


def test_no_secret_lies_open(tmp_path, shared_district):
    code = shared_district.code("p-gaoyuan")
    seat = Seat.__new__(Seat)
    seat.home, seat.district, seat.person = tmp_path / "g", shared_district, "p-gaoyuan"
    joining.join(seat.home, url=shared_district.url(), person="p-gaoyuan", code=code, mode="env", secret=SECRET)
    seat.open()
    password = joining.keys.line_secret(seat.home, seat.desk._bundle)
    seat.close()
    plain = code.replace("-", "")
    for path in (p for p in seat.home.rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert password.encode() not in content, path
        assert plain[7:].encode() not in content, path
    assert stat.S_IMODE((seat.home / "keys.json").stat().st_mode) == 0o600
    log = shared_district.cluster.log_text()
    assert password not in log
    assert plain[7:] not in log


@pytest.mark.parametrize("cut", ["before", "after", "registers"])
def test_joining_goes_on_where_it_was_cut(tmp_path, shared_district, monkeypatch, cut):
    person = {"before": "p-liaojun", "after": "p-tangxue", "registers": "p-liuyang"}[cut]
    district, code = shared_district, shared_district.code(person)
    real = wire.Wire.enrol

    def lost(self, *args):
        if cut == "after":
            real(self, *args)
        raise joining_lost

    joining_lost = wire.LinkLost("server_silent")
    with monkeypatch.context() as patch:
        if cut == "registers":
            patch.setattr(joining, "_read_registers", lambda *a: (_ for _ in ()).throw(joining_lost))
        else:
            patch.setattr(wire.Wire, "enrol", lost)
        with pytest.raises(RuleBroken):
            joining.join(tmp_path / "d", url=district.url(), person=person, code=code, mode="env", secret=SECRET)
    joining.join(tmp_path / "d", url=district.url(), person=person, code=code, mode="env", secret=SECRET)
    seat = Seat.at(tmp_path / "d", district, person)
    seat.act("new", "register", **CALL)
    assert seat.sync().pushed == 1
    seat.check()
    seat.close()
