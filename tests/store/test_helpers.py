"""Helpers beside a first synchronisation: what they make is what this program makes, of what stands when it is written."""

import os
import signal
import threading
import time

import pytest

from liaison_app.desk import catching_up
from liaison_app.desk.helping import Helpers
from liaison_app.desk.tallying import bring_up, differences
from liaison_app.store import tallies
from tests.conftest import CALL

NAMES = ("纸箱厂", "轧钢厂", "酱菜厂", "砖瓦窑")


def write(desk, cases, **more):
    """Write the rows of cases that were put off, in a transaction of their own; return what was left."""
    texts = {}
    with desk._replica.write(lasting=False) as connection:
        left = desk.catch_up_some(connection, cases, texts, piece=2, **more)
        desk.index(connection, list(texts.values()))
    return left


@pytest.fixture
def helped(desk):
    """A desk with four cases, the rows of the first two written and a helper at work on the others."""
    cases = [desk.act_from("new", "register", {**CALL, "object": name}).case for name in NAMES]
    desk._helpers = Helpers(1)
    write(desk, cases[:2], ahead=cases[2:])
    yield desk, cases
    desk.end_helpers()


def test_a_helper_makes_the_rows_that_this_program_makes(helped, monkeypatch):
    desk, cases = helped
    monkeypatch.setattr(catching_up, "made", lambda lines, rules: pytest.fail("made here"))
    for part, ahead in ((cases[2:], cases[:2]), (cases[:2], ())):  # the registers were told once
        assert write(desk, part, ahead=ahead) == []
    monkeypatch.undo()
    assert desk.rebuild(check=True).equal
    assert [len(desk.page("all", search=name).items) for name in NAMES] == [1] * 4


def test_what_a_helper_made_before_an_own_act_is_not_written(helped, monkeypatch):
    """Nor is it made anew what the act did not touch."""
    desk, cases = helped
    desk.act_from(cases[3], "complete", {"place": "新华路旧货市场"})
    here, real = [], catching_up.made
    monkeypatch.setattr(catching_up, "made", lambda lines, rules: here.append(1) or real(lines, rules))
    write(desk, cases[2:])
    assert len(here) == 1
    assert [row.case_id for row in desk.page("all", search="旧货市场").items] == [cases[3]]
    assert desk.rebuild(check=True).equal


def test_a_helper_that_died_is_done_without(helped):
    desk, cases = helped
    program = desk._helpers._helpers[0]._program
    program.kill()
    program.wait()
    for _ in range(2):
        write(desk, cases[2:], ahead=cases[:2])
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


def test_a_transaction_that_does_not_tell_what_it_changed_makes_all_of_it_void(helped, monkeypatch):
    desk, cases = helped
    with desk._replica.write() as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES('a','b')")
    here, real = [], catching_up.made
    monkeypatch.setattr(catching_up, "made", lambda lines, rules: here.append(1) or real(lines, rules))
    write(desk, cases[2:])
    assert len(here) == 2
    assert desk.rebuild(check=True).equal


def test_an_own_act_that_waits_ends_a_long_transaction_after_a_piece(helped, monkeypatch):
    """The rest follows in the next one, with what the helper made of it already."""
    desk, cases = helped
    acts, real = [], desk._write_rows

    def act():
        desk.act_from(cases[0], "complete", {"place": "新华路旧货市场"})

    def rows(*args):
        real(*args)
        if not acts:
            acts.append(threading.Thread(target=act))
            acts[0].start()
            while not desk._replica.wanted:
                time.sleep(0.001)

    monkeypatch.setattr(desk, "_write_rows", rows)
    left = write(desk, cases, ahead=cases)
    assert left == cases[2:]
    acts[0].join()
    assert [row.case_id for row in desk.page("all", search="旧货市场").items] == [cases[0]]
    assert write(desk, left) == []
    assert desk.rebuild(check=True).equal


def test_a_task_is_told_without_waiting_for_a_helper_that_reads_nothing(helped):
    desk, cases = helped
    desk._helpers.forget()
    with desk._replica.read() as connection:
        lines = catching_up.journal.lines_of(connection, cases[:1])
    (helper,) = desk._helpers._helpers
    os.kill(helper._program.pid, signal.SIGSTOP)
    many = {str(n): lines[cases[0]] * 50 for n in range(100)}  # far more than a pipe holds
    desk._helpers.ask(many, desk.rules, share=False)
    assert helper._telling.is_alive()
    assert not desk._helpers.answered()
    desk.end_helpers()
    assert helper._program.returncode == -signal.SIGKILL


def beside(desk, touched=(), ended=(), **more):
    """Say in a transaction of its own what a page brought; return of which cases rows stand."""
    desk._texts = getattr(desk, "_texts", {})
    with desk._replica.write() as connection:
        desk.put_off(touched, ended)
        return desk.fold_beside(connection, desk._texts, most=250, piece=50, **more)


@pytest.fixture
def asked(helped, monkeypatch):
    """A desk whose helper was given the last two cases at the end of a page; this program makes none itself."""
    desk, cases = helped
    desk._helpers.forget()
    assert beside(desk, cases[2:], cases[2:]) == frozenset()
    monkeypatch.setattr(catching_up, "made", lambda lines, rules: pytest.fail("made here"))
    return desk, cases


def test_rows_are_made_while_pages_come(asked):
    desk, cases = asked
    stand = frozenset()
    while not stand:  # pages come; the helper's answer is not waited for
        stand = beside(desk, cases[:1])
    assert stand == set(cases[2:])
    assert set(desk._texts) == stand
    assert beside(desk, last=True) == frozenset()


def test_what_a_page_touched_since_is_not_written(asked):
    desk, cases = asked
    assert beside(desk, cases[3:], last=True) == {cases[2]}


def test_what_an_own_act_touched_since_is_not_written(asked):
    desk, cases = asked
    desk.act_from(cases[3], "complete", {"place": "新华路旧货市场"})
    assert beside(desk, last=True) == {cases[2]}


def test_the_last_page_waits_for_the_answer(asked):
    desk, cases = asked
    assert beside(desk, last=True) == set(cases[2:])


def test_a_helper_that_died_while_pages_came_is_done_without(asked):
    desk, cases = asked
    program = desk._helpers._helpers[0]._program
    program.kill()
    program.wait()
    beside(desk, last=True)  # its answer may have come before
    beside(desk, (), cases[:1])
    desk.gather()
    assert desk._helpers is None, "nobody asks it again; what it had is made here when it is needed"
