"""A desk, a pair of hands, and the two languages in which every story is walked."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.ui.walks.hands import Person
from ui import app as program_module

LANGS = ("zh_CN", "en")


@pytest.fixture(params=LANGS)
def person(request, qtbot, tmp_path, monkeypatch):
    """Somebody in front of a computer on which nothing was begun yet."""
    monkeypatch.setattr(program_module, "install_crash_handler", lambda folder, shown: None)
    made = Person(qtbot, tmp_path / "desk", request.param, tmp_path, request.node.originalname.removeprefix("test_"))
    yield made
    program = made.program
    if program is not None:
        program.window.close()
        program.close()
        program.languages.use("zh_CN")
        program.window.deleteLater()
        program.deleteLater()
    qtbot.wait(10)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def at_demo(person, founded):
    """The same, on whose computer the demo district was founded earlier."""
    shutil.copytree(founded, person.home)
    return person
