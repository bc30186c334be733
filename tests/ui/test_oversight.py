"""督查总览 in the window: one body chosen, several cases chosen, one order for all."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QMenu, QPushButton

from tests.journeys.test_whole_walk import Office


def test_an_order_is_given_to_several_late_cases_from_the_overview(start, home):
    driven = start(home, person="p-duanhui")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    desk = driven.program.desk
    office = Office(desk)
    cases = []
    for n in range(2):
        office.accepted(contact=f"1390000030{n}")
        cases.append(office.case)
    office.later(days=50)
    desk.switch_person("p-duanhui")
    assert driven.program.actions.action("oversee").isEnabled()
    driven.key("oversee")
    page = driven.page
    driven.until(lambda: bool(page.bodies) and bool(page.lines))
    at = next(i for i, one in enumerate(page.bodies, 1) if one.body == "EPB")
    page.sheet.setCurrentCell(at, 0)
    driven.until(lambda: {one.body for one in page.lines} == {"EPB"})
    assert page.chosen.isHidden()
    rows = [next(i for i, one in enumerate(page.lines) if one.case_id == case) for case in cases]
    flags = QItemSelectionModel.SelectionFlag
    for row in rows:
        page.late.selectionModel().select(page.late.model().index(row, 0), flags.Select | flags.Rows)
    assert not page.chosen.isHidden()
    page.chosen.acts.click()
    driven.until(lambda: page.chosen.findChild(QMenu, "manyMenu") is not None)
    offered = [one.text() for one in page.chosen.findChild(QMenu, "manyMenu").actions()]
    assert offered == ["催办", "督办", "挂牌督办"]
    page.chosen.findChild(QMenu, "manyMenu").actions()[0].trigger()
    dialog = driven.dialog("many_urge")
    dialog.inputs["reason"].setText("逾期未答复")
    dialog.findChild(QPushButton, "doAct").click()
    driven.until(lambda: all("urged" in desk.case(case).flags for case in cases))
    driven.until(lambda: all(one.ordered == "催办" for one in page.lines if one.case_id in cases))
    assert all(page.late.item(row, 4).text() for row in range(len(page.lines)))


def test_who_oversees_nothing_cannot_open_it(driven):
    assert not driven.program.actions.action("oversee").isEnabled()
