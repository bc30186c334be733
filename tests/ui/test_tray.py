"""The sign in the tray: closing puts the window away only where the person wants it and a tray is there."""

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from liaison_app.desk.views import AlarmView, TaskView


@pytest.fixture
def tray(monkeypatch):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _self: None)
    shown = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _self, *words: shown.append(words))
    return shown


def stay(driven):
    driven.program.settings.put("window.stay", True)
    driven.program.setting_changed("window.stay")


def test_closing_ends_the_program_unless_the_person_wants_it_to_stay(tray, driven):
    program, window = driven.program, driven.window
    assert not window.stays
    stay(driven)
    window.close()
    driven.settle()
    assert not window.isVisible() and not program._closed
    assert len(tray) == 1 and "文件→退出" in tray[0][1]
    program.come_up()
    window.close()
    assert len(tray) == 1, "said once"
    program.come_up()
    assert window.isVisible()
    driven.program.actions.action("quit").trigger()
    assert program._closed


def test_without_a_tray_closing_ends_the_program_whatever_was_set(driven):
    stay(driven)
    assert not driven.window.stays
    driven.window.close()
    assert driven.program._closed


def task(level, n):
    return TaskView(
        id=str(n), kind="x", label="待签收", case_id=f"c{n}", number="渝〔2026〕1号", title="王家饭店油烟", due=None,
        level=level, countdown="", action="sign",
    )  # fmt: skip


def test_what_rings_brings_the_window_back_and_names_nobody(tray, driven):
    stay(driven)
    driven.window.close()
    tray.clear()
    alarm = AlarmView(
        case_id="c1", number="渝〔2026〕1号", title="王家饭店油烟", matter=1, what="urgent-transfer",
        label="特急移送", since="2026-09-30T09:00:00+08:00",
    )  # fmt: skip
    driven.program.tray._take(((alarm,), (task("late", 1), task("today", 2), task("calm", 3))))
    assert driven.window.isVisible()
    assert len(tray) == 1 and "1 件" in tray[0][1] and "09:00" in tray[0][1]
    assert "王家" not in str(tray) and "渝〔2026〕" not in str(tray)
    driven.program.tray._take(((alarm,), ()))
    assert len(tray) == 1, "the same alarm is told once; the window rings on"


def test_ordinary_reminders_are_off_until_they_are_wanted(tray, driven, monkeypatch):
    monkeypatch.setattr(driven.window, "isActiveWindow", lambda: False)
    sign = driven.program.tray
    due = ((), (task("late", 1), task("today", 2)))
    sign._take(due)
    assert tray == []
    driven.program.settings.put("reminders.ordinary", True)
    sign._take(due)
    sign._take(due)
    assert len(tray) == 1 and "今天到期 1 件，逾期 1 件" in tray[0][1]
    sign._take(((), ()))
    assert len(tray) == 1
