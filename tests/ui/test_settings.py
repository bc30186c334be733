"""设置: found by words, changed at once, set back one by one and all together; kept over a restart."""

import json

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton

from ui import theme
from ui.dialogs.settings import offered
from ui.settings import KEYS


@pytest.fixture
def opened(driven):
    driven.key("settings")
    yield driven, driven.dialog("settingsDialog")
    theme.apply(driven.program.app, driven.program.look.family, large=False)


def shown(dialog):
    return [frame for frame, _ in dialog._lines if not frame.isHidden()]


def test_every_offered_setting_is_one_that_is_kept_and_is_explained():
    assert {one.key for one in offered()} <= set(KEYS)
    assert all(one.name and one.why for one in offered())
    assert all(KEYS[one.key] in dict(one.values) for one in offered() if one.values)


def test_words_find_a_setting_and_half_composed_ones_hide_nothing(opened):
    _driven, dialog = opened
    everything = len(shown(dialog))
    QApplication.sendEvent(dialog.box, QInputMethodEvent("suo", []))
    assert len(shown(dialog)) == everything
    done = QInputMethodEvent()
    done.setCommitString("锁定")
    QApplication.sendEvent(dialog.box, done)
    assert len(shown(dialog)) == 1


def test_a_change_holds_at_once_stays_and_can_be_set_back(opened):
    driven, dialog = opened
    ground = theme.GROUND
    dialog.choices["window.theme"].setCurrentIndex(2)
    dialog.choices["window.idle_minutes"].setCurrentIndex(dialog.choices["window.idle_minutes"].findData(30))
    driven.settle()
    assert theme.is_dark()
    assert ground != theme.GROUND
    assert driven.program.idle.minutes == 30
    assert json.loads(driven.program.desk.setting("window.theme")) == "dark"
    assert driven.program.actions.action("dark").isChecked()
    dialog.resets["window.idle_minutes"].click()
    assert driven.program.idle.minutes == 10
    assert theme.is_dark()
    dialog.findChild(QPushButton, "settingsReset").click()
    driven.settle()
    assert not theme.is_dark()
    assert dialog.choices["window.theme"].currentData() == "system"
    assert not any(back.isEnabled() for back in dialog.resets.values())


def test_the_language_changes_under_the_page_of_settings(opened):
    driven, dialog = opened
    dialog.choices["window.language"].setCurrentIndex(2)
    driven.until(lambda: driven.workplace is not None and driven.workplace.context.lang == "en")
    driven.settle()
    driven.program.languages.use("zh_CN")


def test_the_window_follows_the_system_only_while_it_is_told_to(driven, monkeypatch):
    look = driven.program.look
    monkeypatch.setattr(look, "_dark", lambda: look._chosen in {"system", "dark"})
    look._turned()
    driven.settle()
    assert theme.is_dark()
    driven.program.use_dark(False)
    driven.settle()
    look._turned()
    driven.settle()
    assert not theme.is_dark()
    monkeypatch.undo()
    theme.apply(driven.program.app, look.family, large=False)
