"""通讯录 and the palette in the window: found by initials, copied, unverified numbers without a button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import register


def test_a_body_is_found_by_initials_and_its_number_copied(driven):
    driven.key("directory")
    page = driven.page
    driven.until(lambda: len(page.contacts) > 20)
    driven.bot.keyClicks(page.box, "gsfj")
    driven.until(lambda: [one.body for one in page.contacts] == ["COMMERCE"])
    driven.settle()
    said = " ".join(one.text() for one in page.findChildren(QLabel))
    assert "未核实，请勿拨打" in said and "何建平" in said
    assert page.findChild(QPushButton, "copy_678489922") is None
    page.findChild(QPushButton, "copy_12315").click()
    assert QGuiApplication.clipboard().text() == "12315"


def test_the_palette_finds_cases_by_number_and_people_by_initials(driven):
    desk = driven.program.desk
    (ref,) = register(desk, 1)
    driven.program.actions.action("palette").trigger()
    palette = driven.dialog("commandPalette")
    driven.bot.keyClicks(palette.box, "xgq")
    driven.until(lambda: palette.list.count() == 1)
    assert "许国强" in palette.list.item(0).text()
    driven.bot.keyClick(palette.box, Qt.Key.Key_Return)
    driven.until(lambda: driven.page.objectName() == "directoryPage" and len(driven.page.contacts) == 1)
    driven.program.actions.action("palette").trigger()
    palette = driven.dialog("commandPalette")
    driven.bot.keyClicks(palette.box, desk.case(ref).number.partition("-")[2])  # QTest types no Han
    driven.until(lambda: palette.list.count() == 1)
    driven.bot.keyClick(palette.box, Qt.Key.Key_Return)
    driven.until(lambda: driven.page.case_ref() == ref)
