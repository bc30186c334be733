"""补正 in the window: items and facts that became known later, by the keyboard; typed words outlive Esc."""

from PySide6.QtWidgets import QApplication, QComboBox

from tests.conftest import CALL
from tests.ui.test_hands import CTRL, Key, Keyboard
from ui.views.case_acts import steps_of


def _opened(driven, **more):
    case = driven.program.desk.act_from("new", "register", {**CALL, **more}).case
    driven.workplace.open_case(case)
    driven.settle()
    driven.until(lambda: driven.page.case is not None)
    return case


def test_facts_asked_later_change_who_is_responsible(driven):
    hands = Keyboard(driven)
    case = _opened(driven, facts={"medium": "air"})
    page = driven.page
    assert page.case.matters[0].lead != "MUNI"
    page.do_named("complete")
    form = driven.dialog("act_complete")
    driven.until(lambda: bool(form.questions.parts()))
    assert hands.focus is form.inputs["object"]
    assert form.inputs["object"].placeholderText() and not form.inputs["town"].placeholderText()
    medium = form.findChild(QComboBox, "fact_medium")
    assert medium.currentData() == "air"
    hands.tab_to("fact_source")
    hands.choose("street_stall")
    driven.settle()
    hands.press(Key.Key_Return, CTRL)
    driven.until(lambda: driven.shown("act_complete") is None)
    driven.settle()
    driven.until(lambda: page.case.matters[0].lead == "MUNI")
    assert driven.program.desk.paper_case(case).case.matters[0].facts == {"medium": "air", "source": "street_stall"}


def test_what_was_typed_into_a_form_outlives_escape_and_is_gone_when_it_was_done(driven):
    hands = Keyboard(driven)
    case = _opened(driven)
    page = driven.page
    page.do_named("note")
    form = driven.dialog("act_note")
    driven.until(form.isActiveWindow)
    hands.type("half a remark")
    hands.press(Key.Key_Escape)
    driven.until(lambda: driven.shown("act_note") is None)
    driven.settle()
    assert [d.kind for d in driven.program.desk.drafts()] == ["note"]
    page.do_named("note")
    form = driven.dialog("act_note")
    driven.until(lambda: form.inputs["text"].toPlainText() == "half a remark")
    hands.press(Key.Key_Return, CTRL)
    driven.until(lambda: driven.shown("act_note") is None)
    driven.settle()
    driven.until(lambda: driven.program.desk.drafts() == ())
    assert "half a remark" in str(driven.program.desk.case(case).timeline)


def test_the_palette_holds_every_act_and_every_paper_of_the_case_in_sight(driven):
    _opened(driven)
    page = driven.page
    driven.until(lambda: bool(page._lines))
    words = [one.words for one in page.here()]
    shown = [a for part in steps_of(page.case) for a in part]
    assert len(words) == len(shown) + len(page._lines) and len(set(words)) == len(words)
    # what records itself, or needs a paper with a number
    assert {a.action for a in page.case.actions} - {a.action for a in shown} <= {
        "print-paper", "issue-paper", "void-paper", "seal-paper", "take-out"
    }  # fmt: skip
    driven.program.actions.action("palette").trigger()
    box = driven.dialog("commandPalette")
    assert [box.list.item(n).text() for n in range(len(words))] == words


def test_ctrl_down_goes_from_case_to_case_of_today(driven):
    desk = driven.program.desk
    for n in range(3):
        desk.act_from("new", "register", {**CALL, "contact": f"1390000000{n}", "place": f"锦湖街道{n}号"})
    driven.key("refresh")
    driven.until(lambda: len(driven.page._lines) >= 3)
    hands = Keyboard(driven)
    lines = driven.page._order
    cases = [task.case_id for task in lines if task.case_id]
    for _ in lines:
        hands.press(Key.Key_Up)  # the keyboard stays on its line while others come before it
    assert hands.focus is driven.page._lines[0]
    hands.press(Key.Key_Return)
    driven.dialog(f"act_{lines[0].action}")
    hands.press(Key.Key_Escape)
    driven.until(lambda: driven.shown(f"act_{lines[0].action}") is None)
    hands.back_in_window()
    driven.settle()
    seen = [driven.page.case_ref()]
    for _ in range(2):
        hands.press(Key.Key_Down, CTRL)
        driven.settle()
        driven.until(lambda: QApplication.activeModalWidget() is not None)
        hands.press(Key.Key_Escape)
        hands.back_in_window()
        driven.settle()
        seen.append(driven.page.case_ref())
    assert seen == cases[:3] and len(set(seen)) == 3
