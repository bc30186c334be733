"""A desk behind a fence: packages by file, any order, twice, late, altered; the same end as over the line."""

import json

import pytest

from liaison_app.cli.main import main
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync import posting
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import SECRET, Seat


@pytest.fixture
def pair(tmp_path, district):
    made = [Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    yield made
    for seat in made:
        if seat.desk is not None:
            seat.check()
            seat.close()


def carried(seat, package):
    with seat.district.boss() as boss:
        return posting.exchange(boss, package)[0]


def code_of(run):
    with pytest.raises(RuleBroken) as refused:
        run()
    return refused.value.code


def test_a_whole_life_by_file(pair):
    fenced, online = pair
    case = fenced.act("new", "register", **CALL).case
    photo = b"x" * (1 << 20) + b"end"
    fenced.desk.attach_file(case, "现场.jpg", photo)
    down = carried(fenced, fenced.desk.export_package())
    done = fenced.desk.import_package(down)
    assert (done.pushed, done.waiting) == (2, 0)
    online.sync()
    assert online.desk.case(case).content == CALL["content"]
    online.act(case, "inquire", words="别处先问")
    online.sync()
    fenced.act(case, "inquire", words="这里也问")
    fenced.act(case, "note", text="备注")
    first = carried(fenced, fenced.desk.export_package())  # goes as behind: the other question came before
    fenced.desk.import_package(first)
    assert fenced.desk.sync_state().waiting >= 1
    fenced.desk.import_package(carried(fenced, fenced.desk.export_package()))
    assert fenced.desk.sync_state().waiting == 0
    up = fenced.desk.export_package()
    fenced.desk.import_package(carried(fenced, up))
    online.sync()
    healed([fenced, online])
    assert fenced.rows() == online.rows()
    with online.desk._replica.read() as connection:
        from liaison_app.store import desk_tables

        act = connection.exec_driver_sql("SELECT act_id FROM attachment LIMIT 1").scalar()
        assert desk_tables.pieces(connection, act) == photo


def test_twice_late_in_any_order_altered_or_for_another(pair):
    fenced, online = pair
    case = fenced.act("new", "register", **CALL).case
    up_1 = fenced.desk.export_package()
    later = fenced.act(case, "inquire", words="第二次").act
    up_2 = fenced.desk.export_package()
    down_2, down_1 = carried(fenced, up_2), carried(fenced, up_1)  # the second arrives first
    again = carried(fenced, up_2)
    flipped = bytearray(down_2)
    flipped[-1] ^= 1
    assert code_of(lambda: fenced.desk.import_package(bytes(flipped))) == "package_damaged"
    assert code_of(lambda: fenced.desk.import_package(b"nothing")) == "package_damaged"
    assert code_of(lambda: fenced.desk.import_package(up_1)) == "package_damaged"
    assert code_of(lambda: online.desk.import_package(down_2)) == "package_not_mine"
    assert code_of(lambda: carried(fenced, up_2[:4] + bytes(16) + up_2[20:])) == "device_unknown"
    for package in (down_1, down_2, again, down_1, down_2):
        fenced.desk.import_package(package)
        assert fenced.desk.verify().ok
    assert fenced.own_acts()[later] == "accepted"
    online.sync()
    online.act(case, "inquire", words="第三次")
    online.sync()
    early_base = carried(fenced, fenced.desk.export_package())
    fenced.desk.import_package(early_base)
    late = fenced.desk.export_package()
    online.act(case, "inquire", words="第四次")
    online.sync()
    newest = carried(fenced, late)
    fenced.desk.import_package(newest)
    fenced.desk.import_package(early_base)
    assert fenced.rows() == online.rows()
    healed([fenced, online])


def test_words_of_the_people_are_not_readable_in_a_package(pair):
    fenced, _ = pair
    fenced.act("new", "register", **CALL)
    up = fenced.desk.export_package()
    assert CALL["complainant_name"].encode() not in up
    assert CALL["content"].encode() not in carried(fenced, up)


def test_from_the_command_line(pair, tmp_path, capsys, monkeypatch):
    fenced, online = pair
    fenced.act("new", "register", **CALL)
    fenced.close()
    monkeypatch.setenv("LIAISON_KEY", SECRET)
    up, down = str(tmp_path / "up.ldp"), str(tmp_path / "down.ldp")

    def run(*words):
        assert main([*words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    desk = ("--home", str(fenced.home), "--key-from-env", "sync")
    assert run(*desk, "--export", up)["waiting"] == 1
    assert run("server", "exchange", up, "--out", down, "--url", fenced.district.url())["acts"] == 1
    said = run(*desk, "--import", down)
    assert (said["waiting"], said["conflicts"]) == (0, [])
    online.sync()
    assert len(online.desk.page("all").items) == 1
