"""查询和催问 in the window: typed, found, read aloud, recorded; the third offers 催办; from a case by its own act."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tests.journeys.test_whole_walk import Office


def test_three_inquiries_by_keyboard_then_the_urging(driven):
    office = Office(driven.program.desk)
    office.accepted()
    office.sit("COMMERCE")
    driven.key("inquiry")
    page = driven.page
    assert page.objectName() == "inquiryPage"
    driven.bot.keyClicks(page.box, "13900000001")
    driven.until(lambda: page.shown is not None)
    assert page.shown.case_id == office.case
    assert "正在办理" in page.findChild(QLabel, "inquirySentence").text()
    for n in range(3):
        assert page.findChild(QPushButton, "inquiryUrge") is None
        page.said.setPlainText(f"第{n + 1}次来问")
        driven.key("next_act")
        driven.until(lambda n=n: page.shown.count == n + 1)
        assert page.said.toPlainText() == ""
    driven.settle()
    urge = page.findChild(QPushButton, "inquiryUrge")
    driven.bot.mouseClick(urge, Qt.MouseButton.LeftButton)
    dialog = driven.dialog("act_urge")
    assert isinstance(dialog.inputs["reason"], QLineEdit)
    assert dialog.inputs["reason"].text() == "投诉人已催问 3 次"
    dialog.findChild(QPushButton, "doAct").click()
    driven.until(lambda: "urged" in driven.program.desk.case(office.case).flags)


def test_the_act_on_a_case_page_opens_what_may_be_told(driven):
    office = Office(driven.program.desk)
    office.register()
    driven.workplace.open_case(office.case)
    driven.settle()
    driven.page.do_named("inquire")
    driven.until(lambda: driven.page.objectName() == "inquiryPage" and driven.page.shown is not None)
    assert driven.page.shown.case_id == office.case
    assert driven.page.box.accessibleName()
    driven.key("back")
    assert driven.page.objectName() == "casePage"
