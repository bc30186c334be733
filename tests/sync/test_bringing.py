"""From alone to member: an old home's cases come in as data, once, in the state they had, whatever cuts it short."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from liaison_app.cli.main import main
from liaison_app.desk import bringing
from liaison_app.desk.bringing import Same
from liaison_app.desk.opening import found_alone, open_desk
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat

OLD_SECRET = "原来单机上的一句足够长的口令"
ME = Person(id="p-1", name="刘洋", body="C12369", roles=("liaison", "administrator", "leader"))
LEADER = Person(id="p-2", name="老主任", body="C12369", roles=("leader",))
SMOKE = {**CALL, "facts": {"medium": "air", "source": "restaurant"}}


def alone(home, mechanism="M1", body="C12369"):
    me = Person(id=ME.id, name=ME.name, body=body, roles=ME.roles)
    found_alone(home, mechanism, me, [LEADER], "env", OLD_SECRET, "锦溪区")
    return open_desk(home, secret=OLD_SECRET)


def walk(desk, *acts, **fields):
    case = desk.act_from("new", "register", {**CALL, **fields}).case
    for action, data in acts:
        desk.act_from(case, action, data)
    return case


PROPOSE = ("propose-transfer", {"to": ["EPB"], "reason": "按职责"})
APPROVE = ("approve", {"road": "telephone", "leader": "p-2", "words": "同意", "number": "1"})
SEND = ("transfer", {"method": "fax", "to_number": "2"})
DELIVER = ("deliver", {"confirmed_by": "李", "evidence": "传真回执"})
SIGN = ("sign", {"signer": "李", "for": "李", "for_body": "EPB", "evidence": "回执联"})
ACCEPT = ("accept", {"for": "李", "for_body": "EPB", "evidence": "受理单"})
VOID = ("void", {"outcome": "void", "reason": "误登", "approver": "老主任"})


@pytest.fixture
def old(tmp_path):
    desk = alone(tmp_path / "old")
    cases = {
        "INC": walk(desk, place=""),
        "REG": walk(desk),
        "TAP": walk(desk, PROPOSE, APPROVE),
        "TRD": walk(desk, PROPOSE, APPROVE, SEND),
        "DLV": walk(desk, PROPOSE, APPROVE, SEND, DELIVER),
        "ACC": walk(desk, PROPOSE, APPROVE, SEND, DELIVER, ACCEPT),
        "VOI": walk(desk, VOID),
    }
    numbers = {state: desk.case(case).number for state, case in cases.items()}
    dues = {state: [(d.rule, d.due) for d in desk.case(case).deadlines] for state, case in cases.items()}
    desk.close()
    return tmp_path / "old", cases, numbers, dues


@pytest.fixture
def seat(tmp_path, shared_district):
    made = Seat(tmp_path / "member", shared_district, "p-liuyang")
    yield made
    made.close()


def bring(seat, home, **more):
    return bringing.bring_in(seat.desk, home, secret=OLD_SECRET, **more)


def test_each_case_stands_as_it_stood_with_its_limits_and_its_old_number(old, seat, shared_district):
    home, cases, numbers, dues = old
    shown = bringing.preview(seat.desk, home, secret=OLD_SECRET)
    assert {c.case_id for c in shown.cases} == set(cases.values())
    assert next(c for c in shown.cases if c.case_id == cases["ACC"]).why == "foreign_act"
    assert {m.old: m.to for m in shown.people} == {"p-1": "p-liuyang", "p-2": ""}
    done = bring(seat, home)
    assert (done.brought, done.known, done.skipped) == (len(cases), 0, ())
    new = dict(done.numbers)
    for state, number in numbers.items():
        view = seat.desk.case(new[number])
        assert view.state == ("DLV" if state == "ACC" else state), state
        if state != "ACC":
            assert [(d.rule, d.due) for d in view.deadlines] == dues[state], state
        assert view.content == CALL["content"]
        assert view.old_number == number
        assert "登记" in view.history
        assert seat.desk.page("all", search=number).items
    assert seat.sync().waiting == 0
    fates = shared_district.sql("SELECT fate, detail FROM ld.act WHERE kind='bring-in' AND fate <> 'accepted'")
    assert fates == []
    # what was brought in goes on: the next act is judged by the server on the same flags
    seat.act(new[numbers["TAP"]], "transfer", method="fax", to_number="3")
    seat.act(new[numbers["TRD"]], "deliver", confirmed_by="李", evidence="回执")
    seat.act(new[numbers["REG"]], "propose-transfer", to=["EPB"], reason="按职责")
    assert (seat.sync().conflicts, seat.desk.conflicts()) == ([], ())
    seat.check()


def test_the_addressee_gets_the_case_and_accepts_it(old, seat, shared_district, tmp_path):
    home, _, numbers, _ = old
    new = dict(bring(seat, home).numbers)
    seat.sync()
    person = shared_district.sql("SELECT id FROM ld.person WHERE body='EPB' AND 'liaison'=ANY(roles) ORDER BY id")[0][0]
    other = Seat(tmp_path / "epb", shared_district, person)
    other.sync()
    case = other.desk.case(new[numbers["ACC"]])
    assert (case.state, case.content) == ("DLV", CALL["content"])
    other.act(case.case_id, "accept")
    assert other.sync().conflicts == []
    seat.sync()
    assert seat.desk.case(case.case_id).state == "ACC"
    for one in (seat, other):
        one.check()
    other.close()


def test_repeating_adds_nothing_and_the_old_home_is_an_archive(old, seat, tmp_path, shared_district):
    home, cases, numbers, _ = old
    one = bring(seat, home, cases=[numbers["REG"]])
    assert one.brought == 1
    assert bring(seat, home).brought == len(cases) - 1
    again = bring(seat, home)
    assert (again.brought, again.known) == (0, len(cases))
    archive = open_desk(home, secret=OLD_SECRET)
    assert len(archive.page("all").items) == len(cases)
    with pytest.raises(RuleBroken) as refused:
        archive.act_from("new", "register", CALL)
    assert refused.value.code == "archive_read_only"
    archive.close()
    seat.sync()
    person = shared_district.sql("SELECT id FROM ld.person WHERE body='C12369' AND id<>'p-liuyang' ORDER BY id")[0][0]
    second = Seat(tmp_path / "second", shared_district, person)
    told = bring(second, home)
    assert (told.brought, told.known) == (0, len(cases))
    second.close()


def test_what_cannot_be(old, seat, tmp_path, shared_district):
    home = old[0]
    for code, given in (
        ("map_unknown", {"given": Same(bodies={"EPB": "NOBODY"})}),
        ("case_unknown", {"cases": ["没有的"]}),
    ):
        with pytest.raises(RuleBroken) as refused:
            bring(seat, home, **given)
        assert refused.value.code == code
    kept = bring(seat, home, given=Same(bodies={"EPB": ""}))
    assert {c.why for c in kept.skipped} == {"body_unmapped"}
    assert kept.brought == 3
    foreign = Seat(tmp_path / "epb2", shared_district, "p-zhaowenjing")
    with pytest.raises(RuleBroken) as refused:
        bring(foreign, home)
    assert refused.value.code == "archive_elsewhere"
    alone(tmp_path / "other").close()
    with pytest.raises(RuleBroken) as refused:
        bring(foreign, tmp_path / "other")
    assert refused.value.code == "bring_in_other_body"
    foreign.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from liaison_app.desk import bringing
from liaison_app.desk.opening import open_desk
desk = open_desk(Path(sys.argv[1]), secret=sys.argv[3])
def at(done, total):
    if done >= int(sys.argv[5]):
        os.kill(os.getpid(), signal.SIGKILL)
bringing.bring_in(desk, Path(sys.argv[2]), secret=sys.argv[4], progress=at)
"""


def test_five_hundred_cases_killed_half_way(tmp_path, seat, shared_district):
    from liaison_app.domain.commands import Register

    desk = alone(tmp_path / "big")
    desk.register_many([Register(**{**CALL, "external_no": f"X{i}"}) for i in range(500)])
    desk.close()
    seat.close()
    for stop in (140, 160):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(seat.home), str(tmp_path / "big"), SECRET, OLD_SECRET, str(stop)],
            env=os.environ | {"PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == -signal.SIGKILL, done.stderr
    seat.open()
    steps = []
    told = bring(seat, tmp_path / "big", progress=lambda n, of: steps.append((n, of)))
    assert (told.brought, told.known) == (200, 300)
    assert steps[-1] == (200, 200)
    seat.sync()
    (count,) = shared_district.sql(
        "SELECT count(*), count(DISTINCT convert_from(data,'UTF8')::jsonb->'event'->>'old_id') FROM ld.entry "
        "WHERE kind='brought-in' AND convert_from(data,'UTF8')::jsonb->'event'->>'external_no' LIKE 'X%'"
    )
    assert count == (500, 500)
    seat.check()


def test_the_command_line(old, tmp_path, capsys, monkeypatch, shared_district):
    monkeypatch.setenv("LIAISON_KEY", SECRET)
    monkeypatch.setenv("LIAISON_OLD_KEY", OLD_SECRET)
    home = ["--home", str(tmp_path / "cli"), "--key-from-env", "--json"]

    def run(*words):
        code = main([*home, *words])
        said = capsys.readouterr()
        return code, json.loads(said.out or "null"), json.loads(said.err or "null")

    run("join", "--url", shared_district.url(), "--person", "p-liuyang", "--code", shared_district.code("p-liuyang"))
    mapped = tmp_path / "map.json"
    mapped.write_text(json.dumps({"people": {"p-2": "p-liuyang"}}))
    code, said, _ = run("bring-in", str(old[0]), "--preview", "--map", str(mapped))
    assert (code, len(said["cases"])) == (0, 7)
    assert {m["to"] for m in said["people"]} == {"p-liuyang"}
    code, said, _ = run("bring-in", str(old[0]), "--open-only")
    assert (code, said["brought"]) == (0, 6)
    code, said, _ = run("bring-in", str(old[0]))
    assert (said["brought"], said["known"]) == (1, 6)
    code, _, err = run("bring-in", str(tmp_path / "cli"))
    assert (code, err["error"]) == (1, "bring_in_alone_only")
