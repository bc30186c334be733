"""移交在办案件: all open cases of a colleague pass to another, for good or for a span of days; received, printed, taken back."""

import json
from datetime import timedelta

import pytest

import reports
from liaison_app.cli.main import main
from liaison_app.desk import opening
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL, NOON
from tests.documents.test_slip import words_of
from tests.journeys.test_other_mechanisms import MATTER
from tests.journeys.test_whole_walk import Office

SEATS = {
    "M1": ("p-zhoumin", "p-xuguoqiang", "p-zhaowenjing", CALL),
    "M2": ("p-gulan", "p-fengtao", "p-ningbo", {**MATTER, "facts": {}}),
    "M4": ("p-aixin", "p-cenlei", "p-dawei", {**MATTER, "facts": {}}),
}


def refused(call):
    with pytest.raises(RuleBroken) as found:
        call()
    return found.value.code


@pytest.fixture(params=sorted(SEATS))
def seat(request, tmp_path):
    giver, taker, stranger, call = SEATS[request.param]
    opening.found_demo(tmp_path / "desk", request.param)
    desk = opening.open_desk(tmp_path / "desk", person=giver, now=NOON)
    desk.cases = [desk.act_from("new", "register", {**call, "place": f"滨河路{n}号"}).case for n in range(3)]
    yield desk, giver, taker, stranger
    desk.close()


def mine(desk, person):
    return {one.case_id for one in desk.charges(person)}


def test_all_open_cases_pass_to_a_colleague_who_receives_them(seat):
    desk, giver, taker, stranger = seat
    assert set(desk.cases) <= mine(desk, giver)
    before = len(desk.charges(giver))
    assert refused(lambda: desk.hand_over(giver, stranger, "调离")) == "not_a_colleague"
    assert refused(lambda: desk.hand_over(giver, giver, "调离")) == "same_charge"
    assert refused(lambda: desk.hand_over(giver, taker, " ")) == "reason_missing"
    done = desk.hand_over(giver, taker, "调离")
    assert (len(done.cases), done.received, done.until) == (before, False, "")
    assert mine(desk, giver) == set()
    assert refused(lambda: desk.hand_over(giver, taker, "再来")) == "nothing_in_charge"
    assert not [t for t in desk.today() if t.kind == "charge"], "the giver has nothing to receive"
    assert refused(lambda: desk.receive(done.batch)) == "charge_unknown"
    desk.switch_person(taker)
    [task] = [t for t in desk.today() if t.kind == "charge"]
    assert (task.batch, task.action) == (done.batch, "receive-charge")
    assert str(before) in task.title
    assert desk.receive(done.batch).received
    assert not [t for t in desk.today() if t.kind == "charge"]
    assert desk.case(desk.cases[0]).in_charge == desk.person.name
    desk.switch_person(stranger)
    assert desk.handed_over() == (), "it stays inside the body"
    desk.switch_person(giver)
    assert desk.rebuild(check=True).equal
    assert desk.verify().ok


def test_a_deputy_has_them_until_the_day_and_not_longer(seat):
    desk, giver, taker, _ = seat
    until = (NOON + timedelta(days=5)).date().isoformat()
    assert refused(lambda: desk.hand_over(giver, taker, "出差", until="2026-09-01")) == "date_not_ahead"
    assert refused(lambda: desk.hand_over(giver, taker, "出差", until="下周")) == "day_unknown"
    desk.hand_over(giver, taker, "出差", until=until)
    assert set(desk.cases) <= mine(desk, taker)
    assert until in desk.case(desk.cases[0]).in_charge
    desk.state_clock(NOON + timedelta(days=5))
    assert set(desk.cases) <= mine(desk, taker)
    desk.state_clock(NOON + timedelta(days=6))
    assert set(desk.cases) <= mine(desk, giver), "back by itself"
    assert mine(desk, taker) == set()


def test_a_handing_over_is_taken_back_as_a_whole(seat):
    desk, giver, taker, _ = seat
    had = mine(desk, giver)
    desk.hand_over(giver, taker, "出差")
    assert desk.undo_view().action == "hand-over" and not desk.undo_view().refused
    desk.undo("没有走成")
    assert mine(desk, giver) == had
    desk.act_from(desk.cases[0], "hand-over", {"to": desk.roster.name_of(taker), "reason": "分工"})
    assert mine(desk, taker) == {desk.cases[0]}, "one case alone, by the act of its page"


def test_the_list_is_a_paper_for_both_to_sign(seat, tmp_path):
    desk, giver, taker, _ = seat
    desk.renderer = reports.renderer(bundled_only=True)
    batch = desk.hand_over(giver, taker, "调离").batch
    paper = desk.handover_paper(batch)
    _, said = words_of(paper.pdf)
    for words in (
        "经办案件交接清单",
        desk.roster.name_of(giver),
        desk.roster.name_of(taker),
        "调离",
        desk.case(desk.cases[0]).number,
    ):
        assert words in said, words
    assert not paper.missing_glyphs
    assert "王喆堃" not in said, "no citizen on the list"


def test_who_left_leaves_no_case_behind(desk):
    office = Office(desk)
    office.register()
    desk.let_go("p-xuguoqiang", "退休")
    desk.switch_person("p-zhoumin")
    assert refused(lambda: desk.hand_over("p-zhoumin", "p-xuguoqiang", "退休")) == "not_a_colleague"


def test_the_command_line_does_it(home, tmp_path, capsys):
    def run(*words):
        code = main([*words, "--home", str(home), "--as", "p-zhoumin", "--now", NOON.isoformat(), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out if code == 0 else said.err)

    for n in range(2):
        run("act", "new", "register", "--data", json.dumps({**CALL, "place": f"滨河路{n}号"}))
    shown = run("hand-over", "show", "--person", "周敏")[1]
    file = tmp_path / "清单.pdf"
    code, done = run("hand-over", "all", "--from", "周敏", "--to", "许国强", "--reason", "出差", "--out", str(file))
    assert (code, len(done["cases"])) == (0, len(shown)) and file.read_bytes()[:4] == b"%PDF"
    assert run("hand-over", "receive", done["batch"])[1]["error"] == "charge_unknown"
    assert run("hand-over", "list")[1][0]["batch"] == done["batch"]
    assert run("hand-over", "paper", done["batch"], "--out", str(tmp_path / "清单.docx"))[0] == 0
    assert run("hand-over", "show", "--person", "周敏")[1] == []
