"""Helpers beside a first synchronisation: what they make is what this program makes, of what stands when it is written."""

import pytest

from liaison_app.desk import catching_up
from liaison_app.desk.helping import Helpers
from liaison_app.desk.tallying import bring_up, differences
from liaison_app.store import tallies
from tests.conftest import CALL

NAMES = ("纸箱厂", "轧钢厂", "酱菜厂", "砖瓦窑")


@pytest.fixture
def helped(desk):
    """A desk with four cases, the rows of the first two written and a helper at work on the others."""
    cases = [desk.act_from("new", "register", {**CALL, "object": name}).case for name in NAMES]
    desk._helpers = Helpers(1)
    with desk._replica.write() as connection:
        desk.project(connection, cases[:2], ahead=cases[2:])
    yield desk, cases
    desk.end_helpers()


def test_a_helper_makes_the_rows_that_this_program_makes(helped, monkeypatch):
    desk, cases = helped
    monkeypatch.setattr(catching_up, "made", lambda lines, rules: pytest.fail("made here"))
    for _ in range(2):  # the registers were told once
        with desk._replica.write() as connection:
            desk.project(connection, cases[2:], ahead=cases[2:])
    monkeypatch.undo()
    assert desk.rebuild(check=True).equal
    assert [len(desk.page("all", search=name).items) for name in NAMES] == [1] * 4


def test_what_a_helper_made_before_an_own_act_is_not_written(helped):
    desk, cases = helped
    desk.act_from(cases[3], "complete", {"place": "新华路旧货市场"})
    with desk._replica.write() as connection:
        desk.project(connection, cases[2:])
    assert [row.case_id for row in desk.page("all", search="旧货市场").items] == [cases[3]]
    assert desk.rebuild(check=True).equal


def test_a_helper_that_died_is_done_without(helped):
    desk, cases = helped
    program = desk._helpers._helpers[0]._program
    program.kill()
    program.wait()
    for _ in range(2):
        with desk._replica.write() as connection:
            desk.project(connection, cases[2:], ahead=cases[:2])
    assert desk._helpers is None
    assert desk.rebuild(check=True).equal


def test_an_empty_desk_adds_up_when_figures_are_asked_for(desk):
    desk.begin_helpers()
    desk.end_helpers()
    desk.act_from("new", "register", CALL)
    with desk._replica.read() as connection:
        assert tallies.state(connection)[0] == ""
        assert not tallies.every(connection, "count_turn")
    assert bring_up(desk, desk.moment())
    with desk._replica.read() as connection:
        assert len(tallies.every(connection, "count_turn")) == 1
    assert not differences(desk)
    desk.begin_helpers()
    desk.end_helpers()
    with desk._replica.read() as connection:
        assert tallies.state(connection)[0], "a desk with cases keeps its sums"


def test_of_many_cases_this_program_makes_a_share(helped):
    desk, cases = helped
    with desk._replica.read() as connection:
        lines = {case: catching_up.journal.lines_of(connection, [case])[case] for case in cases}
    desk._helpers.ask(lines, desk.rules, share=True)
    assert [case for case, _ in desk._helpers._mine] == cases[:1]
    assert desk._helpers.take() == {case: catching_up.made(lines[case], desk.rules) for case in cases}
    assert desk._helpers.take() == {}
