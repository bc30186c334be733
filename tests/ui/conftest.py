"""The real program over a real desk, driven from tests."""

import itertools
import os
import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.conftest import NOON
from ui import app as program_module

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class Driven:
    """A running program and the waits that a test needs."""

    def __init__(self, qtbot, program):
        self.bot, self.program = qtbot, program

    @property
    def window(self):
        return self.program.window

    @property
    def workplace(self):
        return self.program.window.workplace

    @property
    def page(self):
        return self.workplace.page()

    def take_keys(self):
        """A window of an earlier test may still hold the activation: without it no shortcut of this one is heard."""
        window = self.window
        if window.isVisible() and not window.isMinimized() and QApplication.activeWindow() is None:
            window.activateWindow()

    def settle(self):
        self.take_keys()
        self.bot.wait(30)
        self.bot.waitUntil(lambda: self.program.bridge.idle, timeout=30_000)
        self.bot.wait(20)

    def key(self, action):
        self.program.actions.action(action).trigger()
        self.settle()

    def shown(self, name):
        found = [w for w in self.program.app.topLevelWidgets() if w.objectName() == name and w.isVisible()]
        return found[-1] if found else None

    def dialog(self, name):
        self.bot.waitUntil(lambda: self.shown(name) is not None, timeout=30_000)
        return self.shown(name)

    def name_file(self, path, kind=0):
        """Answer the question for a file that stands open: its kind by place, its name, Return."""
        self.until(lambda: self._file_question() is not None)
        asked = self._file_question()
        asked.selectNameFilter(asked.nameFilters()[kind])
        edit = asked.findChild(QLineEdit, "fileNameEdit")
        edit.setText(str(path))
        self.bot.keyClick(edit, Qt.Key.Key_Return)
        self.until(lambda: self._file_question() is None)

    def _file_question(self):
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()), None)

    def until(self, holds, seconds=30):
        self.bot.waitUntil(holds, timeout=seconds * 1000)


@pytest.fixture
def start(qtbot, monkeypatch):
    monkeypatch.setattr(program_module, "install_crash_handler", lambda folder, shown: None)
    running = []

    def begin(home, *, person="p-zhoumin", lang="zh_CN", now=NOON, demo=True):
        app = program_module.make_application(["test"])
        options = program_module.Options(home=home, demo=demo, person=person, lang=lang, now=now)
        program = program_module.Program(app, options)
        running.append(program)
        program.start()
        program.window.resize(1366, 768)
        program.window.activateWindow()
        return Driven(qtbot, program)

    yield begin
    for program in running:
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()  # a widget of a closed window must not take the next test's keys
        program.window.close()
        program.close()
        program.languages.use("zh_CN")
        for translator in program.languages._installed:  # Qt's own Chinese must not speak into a later English window
            program.app.removeTranslator(translator)
        for widget in program.app.topLevelWidgets():
            widget.deleteLater()
        program.window.deleteLater()
        program.deleteLater()
    qtbot.wait(10)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def driven(start, home):
    made = start(home)
    made.until(lambda: made.workplace is not None)
    made.window.activateWindow()
    made.until(made.window.isActiveWindow)
    made.settle()
    return made


def register(desk, count, *, first=0):
    """Register complaints through the façade; return their case ids."""
    from liaison_app.domain.commands import Register

    calls = [
        Register(
            object=f"测试饭店{n}",
            content="油烟扰民",
            place=f"锦湖街道湖滨路{n}号",
            complainant_name="王喆堃",
            complainant_address="湖滨路1号",
            contact=f"1390000{n:04d}",
            facts={"medium": "noise", "source": "construction", "project_class": "building"},
        )
        for n in range(first, first + count)
    ]
    return [outcome.case for outcome in desk.register_many(calls)]


def slept(bot, begin, done, tries=5):
    """Return the share of some work's time in which the window's thread gave no sign, the least of some tries.

    Work that is done on the window's thread is one long silence in every try; a busy machine silences a try now and
    then. How many milliseconds it is on a quiet machine ``make bench`` says.
    """
    from PySide6.QtCore import QTimer

    found = 1.0
    for _ in range(tries):
        beats = [time.monotonic()]
        timer = QTimer()
        timer.setInterval(5)
        timer.timeout.connect(lambda beats=beats: beats.append(time.monotonic()))
        timer.start()
        begin()
        bot.waitUntil(done, timeout=120_000)
        timer.stop()
        beats.append(time.monotonic())
        found = min(found, max(b - a for a, b in itertools.pairwise(beats)) / (beats[-1] - beats[0]))
        if found < 0.3:
            break
    return found
