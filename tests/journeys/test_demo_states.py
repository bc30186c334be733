"""The demo district holds what the command line promises: a case in every state, a quarter that ended, figures that say something."""

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
