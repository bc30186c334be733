"""Ctrl+Z in the window: named before it is done, many as one, and a plain sentence where it cannot be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import register


def words(dialog):
    return " ".join(one.text() for one in dialog.findChildren(QLabel))


def test_many_proposals_are_taken_back_by_one_key(driven):
    desk = driven.program.desk
    ids = register(desk, 3)
    desk.act_many(ids, "propose-transfer", {})
    driven.settle()
    driven.key("undo")
    dialog = driven.dialog("undoDialog")
    assert "收回“拟移送”（3 件一起）" in words(dialog) and "撤回" in words(dialog)
    assert all(desk.case(ref).number in words(dialog) for ref in ids)
    dialog.why.setText("单位有误")
    driven.bot.keyClick(dialog, Qt.Key.Key_Return)
    driven.until(lambda: driven.shown("undoDialog") is None)
    assert {desk.case(ref).state for ref in ids} == {"REG"}
    assert "单位有误" in desk.case(ids[0]).timeline[-1].text


def test_what_cannot_be_taken_back_is_said(driven):
    desk = driven.program.desk
    driven.key("undo")
    dialog = driven.dialog("undoDialog")
    assert "没有可以收回的办理" in words(dialog)
    driven.bot.keyClick(dialog, Qt.Key.Key_Escape)
    driven.until(lambda: driven.shown("undoDialog") is None)
    (ref,) = register(desk, 1)
    desk.act_from(ref, "inquire", {})
    driven.key("undo")
    dialog = driven.dialog("undoDialog")
    assert "不能收回" in words(dialog)
    assert "说过的话收不回" in words(dialog)
    assert dialog.findChild(QPushButton, "undoDo") is None
    dialog.findChild(QPushButton, "undoClose").click()


def test_a_struck_note_stays_on_the_page_struck_through(driven):
    desk = driven.program.desk
    (ref,) = register(desk, 1)
    desk.act_from(ref, "note", {"text": "写错的备注"})
    desk.undo()
    driven.workplace.open_case(ref)
    driven.settle()
    note = next(one for one in driven.page.findChildren(QLabel) if one.text() == "写错的备注")
    assert note.font().strikeOut()
    assert any(one.text() == "已更正" for one in driven.page.findChildren(QLabel))
