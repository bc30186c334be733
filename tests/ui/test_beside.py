"""Beside a case in the window: both sides of a dispute, similar cases joined and separated again, hot places."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tests.conftest import CALL, NOON
from tests.journeys.test_whole_walk import Office


def opened(driven, case):
    driven.workplace.open_case(case)
    driven.settle()
    driven.until(lambda: driven.page.case is not None and driven.page._beside is not None)
    driven.settle()
    return driven.page


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_dispute_shows_both_sides_and_the_designation(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    office = Office(driven.program.desk)
    office.register()
    office.transfer()
    office.do("EPB", "object", reasons="施工噪声由城管部门处罚", clause="第二十条", proposed="GOVT")
    office.do("COMMERCE", "keep-transfer", reasons="夜间施工属环保部门职责")
    office.do("COMMERCE", "dispute", kind="transfer", reasons="双方意见不一", proposed="EPB")
    office.sit("GOVT_DUTY", "duty")
    page = opened(driven, office.case)
    card = page.findChild(object, "dispute1")
    said = words(card)
    for one in ("施工噪声由城管部门处罚", "第二十条", "夜间施工属环保部门职责", "双方意见不一"):
        assert one in said, one
    assert ("待决定" if lang == "zh_CN" else "To be decided") in said
    assert page._beside.disputes[0].open
    sides = {p.body for p in page._beside.disputes[0].positions}
    assert len(sides) == 2
    office.do("GOVT_DUTY", "designate", "duty", body="EPB", reasons="由环保局办理，不得再移送")
    driven.settle()
    driven.until(lambda: not driven.page._beside.disputes[0].open)
    driven.settle()
    assert "由环保局办理" in words(driven.page.findChild(object, "dispute1"))
    office.sit("EPB")
    assert "object" not in {a.action for a in office.desk.case(office.case).actions}, "afterwards no return"


def test_a_similar_case_is_joined_from_its_card_and_separated_again_by_one_key(driven, home):
    office = Office(driven.program.desk)
    office.register()
    first, number = office.case, driven.program.desk.case(office.case).number
    office.later(minutes=30)
    office.register(contact="13900000077", complainant_name="李四光明")
    second = office.case
    page = opened(driven, second)
    assert [row.case_id for row in page._beside.alike] == [first]
    page.findChild(QPushButton, f"merge_{first}").click()
    dialog = driven.dialog("act_merge")
    assert dialog.inputs["into"].text() == number
    reason = dialog.inputs["reason"]
    (reason.setText if isinstance(reason, QLineEdit) else reason.setPlainText)("同一工地，同一晚上")
    dialog.submit()
    driven.settle()
    driven.until(lambda: any(link.kind == "merged_into" for link in driven.page.case.links))
    assert [link.kind for link in driven.program.desk.case(first).links] == ["joined"]
    assert driven.program.desk.beside(second).alike == ()
    driven.key("undo")
    undo = driven.dialog("undoDialog")
    next(b for b in undo.findChildren(QPushButton) if b.property("kind") == "primary").click()
    driven.settle()
    assert driven.program.desk.case(first).links == ()
    assert [row.case_id for row in driven.program.desk.beside(second).alike] == [first]


def test_places_complained_of_again_are_proposed_within_ninety_days(driven, home):
    office = Office(driven.program.desk)
    desk = driven.program.desk
    before = {p.place for p in desk.hot_places()}
    office.clock = NOON - timedelta(days=120)
    desk.state_clock(office.clock)
    office.register(place="凤鸣街道长安路77号")
    office.clock = NOON
    desk.state_clock(NOON)
    office.register(place="凤鸣街道长安路77号", contact="13900000021")
    assert {p.place for p in desk.hot_places()} == before, "120 days ago is too long ago"
    office.register(place="凤鸣街道 长安路77号", contact="13900000022")
    found = next(p for p in desk.hot_places() if "长安路77号" in p.place)
    assert (found.count, found.level) == (2, "repeated")
    office.register(**{**CALL, "place": "凤鸣街道长安路77号", "contact": "13900000023"})
    desk.choose_setting("m1.listing_threshold", "4 / 30", "试", running=True)
    assert next(p for p in desk.hot_places() if "长安路77号" in p.place).level == "repeated", (
        "the mechanism says how often"
    )
    desk.choose_setting("m1.listing_threshold", "3 / 90", "试", running=True)
    driven.key("hot_places")
    driven.until(lambda: driven.page.places is not None)
    hot = driven.page.places[0]
    assert (hot.count, hot.level, "长安路77号" in hot.place) == (3, "hot", True)
    driven.page.findChild(QPushButton, f"hot_{hot.cases[0].case_id}").click()
    driven.settle()
    assert driven.page.objectName() == "casePage"
