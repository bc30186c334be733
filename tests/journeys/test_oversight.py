"""督查总览 through the façade: who may see it, what is late, whose clock it is, orders on many at once."""

from datetime import datetime

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china
from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    made = Office(desk)
    made.cases = []
    for n in range(3):
        made.accepted(contact=f"1390000020{n}")
        made.cases.append(made.case)
    made.later(days=50)
    return made


def test_only_posts_that_may_order_see_all_bodies(office):
    may = set()
    for body in {p.body for p in office.desk.roster.people}:
        office.sit(body)
        if office.desk.oversees():
            may.add(body)
            office.desk.overview()
        else:
            for read in (office.desk.overview, office.desk.late):
                with pytest.raises(RuleBroken) as refusal:
                    read()
                assert refusal.value.code == "not_overseeing"
    assert may == {"SUPERV", "EFFICIENCY", "C12369"}


def test_what_is_late_stands_under_the_body_whose_clock_it_is_and_agrees_with_the_cases(office):
    desk = office.desk
    wanted = {}
    for case in office.cases:
        for due in desk.case(case).deadlines:
            if due.state == "open" and due.due and due.level in {"late", "passed"}:
                wanted.setdefault(due.owner, set()).add((case, due.rule, due.event))
    assert "区环保局" in wanted and len(wanted) > 1
    office.sit("SUPERV")
    found = {}
    for line in desk.late():
        if line.case_id in office.cases:
            found.setdefault(line.body_name, set()).add((line.case_id, line.rule, line.label))
    assert {body: len(lines) for body, lines in found.items()} == {body: len(lines) for body, lines in wanted.items()}
    assert {b: {(c, r) for c, r, _ in lines} for b, lines in found.items()} == {
        b: {(c, r) for c, r, _ in lines} for b, lines in wanted.items()
    }
    environment = next(one for one in desk.overview() if one.body == "EPB")
    lines = desk.late("EPB")
    assert environment.late == len(lines) and environment.earliest == min(line.due for line in lines)
    assert {line.body for line in lines} == {"EPB"}
    assert [line.due for line in lines] == sorted(line.due for line in lines)


def test_what_still_stands_inside_its_outer_limit_is_amber(desk):
    office = Office(desk)
    office.accepted()
    due = next(d.due for d in desk.case(office.case).deadlines if d.rule == "M1-RPL-04")
    outer = max(d.due for d in desk.case(office.case).deadlines if d.due and d.owner == "区环保局")
    office.sit("SUPERV")
    desk.state_clock(china(due).replace(hour=23, minute=59) + (china(outer) - china(due)) / 2)
    levels = {(line.rule, line.level) for line in desk.late("EPB") if line.case_id == office.case}
    assert ("M1-RPL-04", "passed") in levels
    desk.state_clock(datetime.fromisoformat("2027-12-01T09:00:00+08:00"))
    assert {line.level for line in desk.late("EPB") if line.case_id == office.case} == {"late"}


def test_one_order_goes_to_many_cases_and_is_shown(office):
    office.sit("SUPERV")
    desk = office.desk
    made = desk.act_many(office.cases, "urge", {"reason": "逾期未答复"})
    assert len(made.done) == 3
    ordered = {line.case_id: line.ordered for line in desk.late() if line.case_id in office.cases}
    assert set(ordered.values()) == {"催办"}
    desk.act_many(office.cases[:1], "supervise", {"reason": "催办后仍未答复"})
    ordered = {line.case_id: line.ordered for line in desk.late() if line.case_id in office.cases}
    assert sorted(ordered.values()) == ["催办", "催办", "督办、催办"]
