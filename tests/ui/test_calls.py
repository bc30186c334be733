"""回访电话单 in the window: by keyboard from list to list, dissatisfied → 重新办理, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QWidget

from tests.conftest import NOON
from tests.journeys.test_whole_walk import Office
from ui.widgets.fields import set_value


@pytest.fixture
def calls(driven):
    desk = driven.program.desk
    refs = []
    office = Office(desk)
    for n in range(3):
        office.fed_back(object=f"工地{n}", contact=f"1390000000{n}")
        refs.append(office.case)
    office.sit("COMMERCE")
    driven.workplace.open_list("to-revisit")
    driven.until(lambda: driven.workplace.queue.model.rowCount() == 3)
    driven.settle()
    return driven, refs


def open_calls(driven):
    driven.key("calls")
    page = driven.page
    driven.until(lambda: page.call is not None)
    driven.settle()
    return page


def test_a_call_is_recorded_in_place_and_the_next_one_comes(calls):
    driven, refs = calls
    assert driven.workplace.queue.calls.isVisibleTo(driven.workplace.queue)
    page = open_calls(driven)
    assert [one.case_id for one in page.lines] == sorted(refs, key=[one.case_id for one in page.lines].index)
    first = page.call.case_id
    assert page.findChild(QWidget, "callPhone").text() == page.call.contact
    box = page.inputs["staff"]
    box.setFocus()
    for name in ("staff", "site", "result"):
        field = page.inputs[name]
        assert isinstance(field, QComboBox)
        driven.bot.keyClick(field, Qt.Key.Key_Down)
        assert field.currentData() == "satisfied"
    driven.key("next_act")
    driven.until(lambda: page.call is not None and page.call.case_id != first and len(page.lines) == 2)
    assert driven.program.desk.case(first).state == "REV"
    second = page.call.case_id
    driven.key("next_call")
    driven.until(lambda: page.call.case_id not in (first, second))
    page.missed.setChecked(True)
    assert page.inputs["staff"].isHidden()
    assert not page.inputs["last_attempt"].isHidden()
    page.inputs["reason"].setText("停机")
    driven.bot.mouseClick(page.findChild(QPushButton, "callRecord"), Qt.MouseButton.LeftButton)
    driven.until(lambda: page.call is not None and page.call.case_id == second)
    driven.until(lambda: sorted(one.attempts for one in page.lines) == [0, 1])


def test_dissatisfied_asks_the_reason_and_offers_to_send_it_back(calls):
    driven, _refs = calls
    page = open_calls(driven)
    ref = page.call.case_id
    set_value(page.inputs["staff"], "satisfied")
    set_value(page.inputs["result"], "dissatisfied")
    page.record()
    driven.settle()
    assert page.wrong.isVisibleTo(page)
    assert page.inputs["result"].currentData() == "dissatisfied"
    page.inputs["reason"].setText("晚11点后仍有低音炮")
    page.record()
    driven.until(lambda: bool(page.call.attempts) and page.findChild(QPushButton, "callRedo") is not None)
    assert not page.inputs  # recorded: nothing to fill in
    assert page.call.case_id == ref
    page.findChild(QPushButton, "callRedo").click()
    dialog = driven.dialog("act_redo")
    assert isinstance(dialog.inputs["reason"], QLineEdit)
    assert "低音炮" in dialog.inputs["reason"].text()
    dialog.findChild(QPushButton, "doAct").click()
    driven.until(lambda: driven.program.desk.case(ref).state == "RED")


def test_what_is_typed_stays_when_others_act(calls):
    driven, refs = calls
    page = open_calls(driven)
    page.inputs["words"].setPlainText("说了一半")
    other = next(ref for ref in refs if ref != page.call.case_id)
    driven.program.desk.act_from(other, "note", {"text": "x"})
    driven.program.desk.act_from(page.call.case_id, "note", {"text": "x"})
    driven.settle()
    assert page.inputs["words"].toPlainText() == "说了一半"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_every_control_has_a_name_and_nothing_is_wider_than_the_small_screen(start, home, lang, tmp_path):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    office = Office(driven.program.desk)
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", reached=False, reason="无人接听")
    driven.program.desk.state_clock(NOON.replace(hour=16))
    driven.workplace.open_list("to-revisit")
    driven.settle()
    page = open_calls(driven)
    controls = [w for w in page.findChildren(QWidget) if isinstance(w, QAbstractButton | QComboBox | QLineEdit)]
    named = [w for w in controls if w.isVisibleTo(page) and w.objectName() != "qt_spinbox_lineedit"]
    assert len(named) > 6
    assert all(w.accessibleName() or getattr(w, "text", lambda: "")() for w in named)
    assert all(w.height() >= 32 for w in named if isinstance(w, QPushButton))
    assert driven.window.width() == 1366
    picture = tmp_path / "calls.png"
    assert driven.window.grab().save(str(picture))
