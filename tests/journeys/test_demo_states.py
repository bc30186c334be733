"""The demo district holds what the command line promises: a case in every state, a quarter that ended, figures that say something."""

import pytest

from liaison_app.desk import demo, opening, statistics


def test_every_state_has_a_case_and_the_quarter_its_figures(tmp_path):
    opening.found_demo(tmp_path / "desk")
    desk = opening.open_desk(tmp_path / "desk")
    try:
        cases = demo.fill(desk, 1)
        desk.switch_person("p-zhoumin")
        found = {row.state for row in desk.page("all", limit=200).items}
        assert found == {state.code for state in desk.rules.profile.states}
        lists = {one.name: one.count for one in desk.lists()}
        assert all(lists[name] for name in ("listed", "disputes", "to-revisit", "overdue", "closed"))
        desk.switch_person("p-duanhui")
        assert sum(1 for _ in desk.page("all", limit=200).items) <= cases
        desk.switch_person("p-zhoumin")
        figures = {one.id: one for one in statistics.count(desk, "2026-Q3").indicators}
        rated = next(one for one in figures.values() if one.name == "群众满意率")
        assert (rated.numerator, rated.denominator) == (4, 6), "two of six were dissatisfied at the visit"
        assert desk.verify().ok
        assert desk.rebuild(check=True).equal
    finally:
        desk.close()


@pytest.mark.parametrize(("mechanism", "person"), [("M2", "p-gulan"), ("M4", "p-aixin")])
def test_the_districts_of_other_mechanisms_have_a_case_in_every_state_too(tmp_path, mechanism, person):
    opening.found_demo(tmp_path / "desk", mechanism)
    desk = opening.open_desk(tmp_path / "desk")
    try:
        cases = demo.fill(desk, 1)
        desk.switch_person(person)
        rows = desk.page("all", limit=200).items
        assert len(rows) == cases
        assert {row.state for row in rows} == {state.code for state in desk.rules.profile.states}
        assert "to-revisit" not in {one.name for one in desk.lists()}, "a list that nothing ever fills is not shown"
        assert all(len(row.number) < 22 for row in rows), "a body with a long name has its 机关代字"
        assert desk.verify().ok
        assert desk.rebuild(check=True).equal
    finally:
        desk.close()
