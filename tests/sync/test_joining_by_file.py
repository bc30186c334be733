"""A desk that never sees the network (OFFICE A8): let in, worked at, revoked, all by files on a stick."""

import json

import pytest

from liaison_app.cli.main import main
from liaison_app.desk.opening import open_desk
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import access
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("LIAISON_KEY", SECRET)

    def do(*words):
        code = main([*map(str, words), "--json"])
        said = capsys.readouterr()
        return code, json.loads((said.out if code == 0 else said.err).strip().splitlines()[-1])

    return do


def test_a_desk_lives_its_whole_life_by_file(tmp_path, district, run):
    other = Seat(tmp_path / "o", district, "p-zhaowenjing")
    home, ask, answer = tmp_path / "fenced", tmp_path / "申请.ldp", tmp_path / "答复.ldp"
    here = ("--home", home, "--key-from-env")
    code = district.code("p-zhoumin")
    asked = run("join", *here, "--person", "p-zhoumin", "--code", code, "--export", ask)
    assert asked[0] == 0 and len(asked[1]["recovery"]) == 8
    again = run("join", *here, "--person", "p-zhoumin", "--code", code, "--export", ask)
    assert again[1]["recovery"] == asked[1]["recovery"], (
        "until the answer is here: the first words may not have been seen"
    )
    url = ("--url", district.url())
    assert run("server", "unpack", *url, ask, "--out", answer)[0] == 2, "the code is asked"
    wrong = district.code("p-gaoyuan")
    assert run("server", "unpack", *url, ask, "--out", answer, "--code", wrong)[1]["error"] == "code_refused"
    done = run("server", "unpack", *url, ask, "--out", answer, "--code", code)
    assert done[0] == 0 and done[1]["person"] == "p-zhoumin"
    assert run("server", "unpack", *url, ask, "--out", answer, "--code", code)[0] == 0, "a lost answer is given again"
    held = ask.read_bytes() + answer.read_bytes()
    assert "周敏".encode() not in held and b"SCRAM" not in held
    joined = run("join", *here, "--person", "p-zhoumin", "--import", answer)
    assert joined[0] == 0, joined
    assert run("join", *here, "--person", "p-zhoumin", "--import", answer)[0] == 0, "twice changes nothing"
    done = run("act", "new", "register", *here, "--data", json.dumps(CALL))
    assert done[0] == 0, done

    desk = open_desk(home, person="p-zhoumin", secret=SECRET)
    assert desk.person.name == "周敏" and desk.status().founding == "member"
    with pytest.raises(RuleBroken, match="line_by_file"):
        desk.sync()
    desk.close()
    up, down = tmp_path / "up.ldp", tmp_path / "down.ldp"
    for _ in range(2):
        assert run("sync", *here, "--export", up)[0] == 0
        assert run("server", "pack", *url, up, "--out", down)[0] == 0
        assert run("sync", *here, "--import", down)[1]["waiting"] == 0
    desk = open_desk(home, person="p-zhoumin", secret=SECRET)
    assert not desk.conflicts()
    assert desk.sync_state().numbers, "numbers were lent by file"
    assert desk.verify().ok and desk.rebuild(check=True).equal
    [case] = [r.case_id for r in desk.page("all").items]
    desk.close()
    assert district.sql("SELECT first FROM ld.case_head WHERE id=%s", case) == [("COMMERCE",)]

    with district.boss() as boss:  # he leaves: the news comes by file too
        access.revoke_person(boss, "p-zhoumin", "离任")
    run("sync", *here, "--export", up)
    run("server", "exchange", *url, up, "--out", down)
    assert run("sync", *here, "--import", down)[0] == 0
    assert run("case", "list", *here)[1]["error"] in {"person_closed", "person_unknown", "copy_closed"}
    other.check()
    other.close()


def test_a_request_opens_for_nobody_else(tmp_path, district, run):
    ask, answer = tmp_path / "a", tmp_path / "b"
    code, second = district.code("p-zhoumin"), district.code("p-xuguoqiang")
    for who, given, home in (("p-zhoumin", code, "1"), ("p-xuguoqiang", second, "2")):
        run(
            "join",
            "--home",
            tmp_path / home,
            "--key-from-env",
            "--person",
            who,
            "--code",
            given,
            "--export",
            tmp_path / f"ask{home}",
        )
        run(
            "server",
            "unpack",
            "--url",
            district.url(),
            tmp_path / f"ask{home}",
            "--out",
            tmp_path / f"ans{home}",
            "--code",
            given,
        )
    said = run(
        "join", "--home", tmp_path / "1", "--key-from-env", "--person", "p-zhoumin", "--import", tmp_path / "ans2"
    )
    assert said[1]["error"] == "package_not_mine"
    altered = bytearray((tmp_path / "ans1").read_bytes())
    altered[60] ^= 1
    answer.write_bytes(altered)
    said = run("join", "--home", tmp_path / "1", "--key-from-env", "--person", "p-zhoumin", "--import", answer)
    assert said[1]["error"] == "package_damaged"
    ask.write_bytes(b"LDJ1" + b"x" * 80)
    said = run("server", "unpack", "--url", district.url(), ask, "--out", answer, "--code", district.code("p-gaoyuan"))
    assert said[1]["error"] == "code_refused"
