"""新手导览: walked by the keyboard, left and resumed, in both languages; it does no act and leaves nothing open."""

import json
import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import register
from ui.widgets.newcomer import STEP


def walk(driven, key=Qt.Key.Key_Return):
    bar = driven.workplace.newcomer
    driven.until(lambda: QApplication.focusWidget() is bar.next)
    driven.bot.keyClick(bar.next, key)
    driven.settle()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_walk_shows_every_page_is_left_and_resumed(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.until(driven.window.isActiveWindow)
    driven.settle()
    desk, bar = driven.program.desk, driven.workplace.newcomer
    register(desk, 1)
    with desk._replica.read() as connection:
        acts = connection.exec_driver_sql("SELECT count(*) FROM act").scalar()
    driven.key("newcomer")
    for step in range(4):
        driven.until(lambda: not bar._spot.isHidden())
        assert f"{step + 1}/8" in bar.title.text()
        assert any("\u4e00" <= c <= "\u9fff" for c in bar.words.text()) == (lang == "zh_CN")
        if step == 3:
            break
        walk(driven)
    driven.until(lambda: driven.page.case_ref() != "")
    driven.settle()
    driven.until(lambda: QApplication.focusWidget() is bar.next)
    driven.bot.keyClick(bar.next, Qt.Key.Key_Escape)
    assert bar.isHidden() and bar._spot.isHidden()
    driven.settle()
    assert json.loads(desk.setting(STEP)) == 3
    driven.key("list_1")
    driven.key("newcomer")
    assert "4/8" in bar.title.text(), "it goes on where it was left"
    driven.key("language")
    other = "en" if lang == "zh_CN" else "zh_CN"
    driven.until(lambda: driven.workplace is not None and driven.workplace.context.lang == other)
    driven.settle()
    bar = driven.workplace.newcomer
    assert bar.isVisible() and "4/8" in bar.title.text(), "also in the other language"
    names = []
    while bar.at >= 0:
        names.append(type(driven.page).__name__)
        walk(driven)
    assert names[1:] == ["RegistrationView", "FolderPage", "MechanismPage", "TodayView"]
    assert json.loads(desk.setting(STEP)) == 0
    with desk._replica.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar() == acts
    assert not desk.drafts(), "an empty form leaves no draft"
    assert len(driven.workplace._history) <= 1


def test_who_begins_with_the_demo_is_led_once(start, tmp_path):
    driven = start(tmp_path / "none", person="p-zhoumin", demo=False)
    driven.until(lambda: driven.window.founding is not None)
    driven.window.founding.demo_asked.emit()
    driven.until(lambda: driven.workplace is not None, 120)
    driven.settle()
    assert driven.workplace.newcomer.isVisible()
    driven.workplace.newcomer.put_away()
    driven.program.switch_person()
    driven.until(lambda: driven.window.chooser is not None)
    driven.program.enter("p-zhoumin", "")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert not driven.workplace.newcomer.isVisible()


def test_who_goes_on_by_himself_keeps_the_keyboard(start, home):
    """The walk waits for what a page reads; somebody who begins to register meanwhile types into the form."""
    driven = start(home)
    driven.until(lambda: driven.workplace is not None)
    driven.until(driven.window.isActiveWindow)
    driven.settle()
    bar = driven.workplace.newcomer
    driven.key("newcomer")
    driven.until(lambda: QApplication.focusWidget() is bar.next)
    bar.frame_again()
    QApplication.processEvents()
    driven.program.bridge.read(lambda: time.sleep(0.5), owner=bar)
    QTimer.singleShot(0, bar, bar._arrive)
    driven.program.actions.action("register").trigger()
    driven.settle()
    driven.bot.wait(300)
    assert QApplication.focusWidget() is driven.page.record
    assert bar.isVisible() and bar._spot.isHidden()
