"""A desk's password for the database, a person's pass-phrase and the recovery sheet can be changed, also when cut."""

import json

import pytest

from liaison_app.cli.main import main
from liaison_app.domain.errors import RuleBroken
from liaison_app.security import keys
from liaison_app.sync import wire
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat

FRESH = "换过之后的另一句足够长的口令"


@pytest.fixture
def seat(tmp_path, shared_district, monkeypatch):
    monkeypatch.delenv("LIAISON_PASSWORD", raising=False)
    made = Seat(tmp_path / "desk", shared_district, "p-zhoumin")
    yield made
    made.close()


def test_the_password_of_the_line(seat, monkeypatch):
    before = keys.line_secret(seat.home, seat.desk._bundle)
    seat.desk.change_line_password()
    after = keys.line_secret(seat.home, seat.desk._bundle)
    assert after != before
    seat.act("new", "register", **CALL)
    assert seat.sync().pushed == 1
    monkeypatch.setenv("LIAISON_PASSWORD", before)
    with pytest.raises(RuleBroken) as refused:
        seat.sync()
    assert refused.value.code == "server_password"
    with pytest.raises(RuleBroken) as refused:
        seat.desk.change_line_password()
    assert refused.value.code == "password_kept_outside"


@pytest.mark.parametrize("heard", [True, False])
def test_a_lost_answer_leaves_the_line_open(seat, monkeypatch, heard):
    real = wire.Wire.change_password

    def lost(self, *args):
        if heard:
            real(self, *args)
        raise wire.LinkLost("server_silent")

    before = keys.line_secret(seat.home, seat.desk._bundle)
    with monkeypatch.context() as patch:
        patch.setattr(wire.Wire, "change_password", lost)
        with pytest.raises(RuleBroken):
            seat.desk.change_line_password()
    seat.act("new", "register", **CALL)
    assert seat.sync().pushed == 1
    seat.desk.change_line_password()
    assert keys.line_secret(seat.home, seat.desk._bundle) != before
    assert keys.next_line_secret(seat.home, seat.desk._bundle) == ""
    assert seat.sync().waiting == 0


def test_pass_phrase_and_sheet_from_the_command_line(seat, monkeypatch, capsys, tmp_path):
    old = seat.joined.recovery
    seat.close()
    monkeypatch.setenv("LIAISON_KEY", SECRET)
    monkeypatch.setenv("LIAISON_NEW_KEY", "短")
    words = ["--home", str(seat.home), "--key-from-env", "--json", "person"]
    assert main([*words, "secret"]) == 1
    assert json.loads(capsys.readouterr().err)["error"] == "passphrase_too_short"
    monkeypatch.setenv("LIAISON_NEW_KEY", FRESH)
    assert main([*words, "secret"]) == 0
    capsys.readouterr()
    assert main([*words, "sheet"]) == 4
    assert json.loads(capsys.readouterr().err)["error"] == "wrong_secret"
    monkeypatch.setenv("LIAISON_KEY", FRESH)
    assert main([*words, "sheet", "--out", str(tmp_path / "sheet.pdf")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (tmp_path / "sheet.pdf").read_bytes()[:5] == b"%PDF-"
    with pytest.raises(RuleBroken) as refused:
        keys.recover(seat.home, " ".join(old))
    assert refused.value.code == "recovery_wrong"
    assert set(keys.recover(seat.home, " ".join(said["recovery"]))) == {"p-zhoumin"}
    assert main([*words, "line"]) == 0
    monkeypatch.setattr("tests.sync.seats.SECRET", FRESH)
    seat.open()
    assert seat.sync().waiting == 0


def test_a_colleague_is_on_the_new_sheet_from_his_next_sign_in(tmp_path):
    groups = keys.found_keys(tmp_path, with_recovery=True)
    one = keys.new_bundle()
    keys.enrol(tmp_path, "a", "甲", "env", SECRET, one)
    keys.enrol(tmp_path, "b", "乙", "env", FRESH, keys.new_bundle(one.replica_key))
    fresh = keys.new_sheet(tmp_path, "a", SECRET)
    assert fresh != groups
    assert set(keys.recover(tmp_path, " ".join(fresh))) == {"a"}
    b = keys.open_as(tmp_path, "b", FRESH)
    assert keys.recover(tmp_path, " ".join(fresh))["b"] == b
