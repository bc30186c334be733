"""The alarm bar in the window: it stands on every page, rings, and goes when it is answered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from tests.journeys.test_whole_walk import Office


def test_it_rings_on_every_page_until_it_is_answered(start, home, monkeypatch):
    heard = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: heard.append(1)))
    driven = start(home, person="p-zhaowenjing")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    desk = driven.program.desk
    bar = driven.workplace.alarm
    while bar.alarms:  # what the demo's own story left ringing
        before = len(bar.alarms)
        bar.answer()
        driven.until(lambda before=before: len(bar.alarms) < before)
    assert bar.isHidden()
    heard.clear()
    office = Office(desk)
    office.register()
    office.do("COMMERCE", "propose-transfer")
    office.do("COMMERCE", "approve", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    office.do("COMMERCE", "transfer", method="fax")
    desk.switch_person("p-zhaowenjing")
    driven.workplace.alarm.refresh()
    driven.until(lambda: bar.isVisible())
    assert heard and bar.rung == len(heard)
    assert desk.case(office.case).number in bar.words.text() and "紧急移送" in bar.words.text()
    assert bar.words.accessibleName()
    for page in ("ledger", "calendar", "directory"):
        driven.key(page)
        assert bar.isVisible()
    bar._ring_timer.timeout.emit()
    assert len(heard) == bar.rung >= 2
    assert all(one.height() >= 32 for one in bar.findChildren(QPushButton))
    driven.bot.mouseClick(bar.findChild(QPushButton, "alarmAnswer"), Qt.MouseButton.LeftButton)
    driven.until(lambda: bar.isHidden())
    assert not bar._ring_timer.isActive()
    assert desk.case(office.case).timeline[-1].label == "应答"


def test_nothing_ordinary_rings(driven, monkeypatch):
    heard = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: heard.append(1)))
    office = Office(driven.program.desk)
    office.register(facts={"medium": "noise", "source": "entertainment", "has_business_licence": True})
    office.sit("COMMERCE")
    driven.key("refresh")
    assert driven.workplace.alarm.isHidden() and heard == []


def test_a_locked_window_rings_and_says_nothing_of_the_case(start, home, monkeypatch):
    heard = []
    monkeypatch.setattr(QApplication, "beep", staticmethod(lambda: heard.append(1)))
    driven = start(home, person="p-zhaowenjing")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    bar = driven.workplace.alarm
    while bar.alarms:
        before = len(bar.alarms)
        bar.answer()
        driven.until(lambda before=before: len(bar.alarms) < before)
    driven.key("lock")
    driven.until(lambda: driven.window.chooser is not None)
    lock = driven.window.chooser.findChild(QFrame, "lockAlarm")
    driven.settle()
    assert lock.isHidden() and heard == []
    desk = driven.program.desk
    office = Office(desk)
    office.register()
    office.do("COMMERCE", "propose-transfer")
    office.do("COMMERCE", "approve", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    office.do("COMMERCE", "transfer", method="fax")
    desk.switch_person("p-zhaowenjing")
    lock.refresh()
    driven.until(lambda: lock.isVisible() and lock.rung == 1)
    assert heard and "紧急移送" in lock.words.text() and "1 件" in lock.words.text()
    for word in ("锦绣名城", "王喆堃", "滨河路", desk.case(office.case).number):
        assert word not in lock.words.text()
    lock._ring_timer.timeout.emit()
    assert lock.rung == len(heard) == 2
    driven.window.chooser.chosen.emit("p-zhaowenjing", "")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    driven.until(lambda: driven.workplace.alarm.isVisible())
