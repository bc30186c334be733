"""Local safety in the window: nobody works, the desk locks; a citizen's words stand in no title and in no file outside the key."""

import tempfile
import time

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from liaison_app.desk.file_views import NewFile
from tests.conftest import CALL
from tests.ui.test_founding import MINE, alone, enter, no_keyring

__all__ = ["alone", "no_keyring"]
PLANTED = {
    "complainant_name": "欧阳暮雨", "complainant_address": "落霞巷九十七号", "contact": "13912340987",
    "content": "深夜在窗下倒运渣土，彻夜难眠",
}  # fmt: skip
FILE = "欧阳暮雨的录音.wav"
WORDS = (*PLANTED.values(), "窗下倒运", "欧阳暮雨的录音")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Folders of a person of the computer, empty: whatever the program or Qt leaves there is seen."""
    found = tmp_path / "person"
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"):
        (found / name).mkdir(parents=True)
        monkeypatch.setenv(name, str(found / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return found


def shown(driven):
    """Return every word that a window of the program shows now."""
    found = []
    for top in driven.program.app.topLevelWidgets():
        if top.isVisible():
            found.append(top.windowTitle())
            for kind, said in ((QLabel, "text"), (QLineEdit, "text"), (QPlainTextEdit, "toPlainText")):
                found += [getattr(one, said)() for one in top.findChildren(kind) if one.isVisible()]
    return "\n".join(found)


def titles(driven):
    return [top.windowTitle() for top in driven.program.app.topLevelWidgets()]


def planted_in(data):
    return [w for w in WORDS if any(w.encode(code) in data for code in ("utf-8", "gb18030", "utf-16-le"))]


def test_nothing_of_a_citizen_in_titles_or_files(start, alone, place):
    driven = enter(start, alone)
    desk = driven.program.desk
    case = desk.act_from("new", "register", {**CALL, **PLANTED}).case
    desk.attach_files(case, [NewFile(name=FILE, content=b"RIFF0000WAVEfmt " + PLANTED["content"].encode())])
    driven.workplace.open_case(case)
    driven.until(lambda: getattr(driven.page, "case", None) is not None)
    driven.settle()
    assert PLANTED["complainant_name"] in shown(driven), "the story shows what it plants"
    page = driven.page
    driven.until(lambda: page.files.card is not None)
    [one] = desk.files(case).files
    page.files.show(one)
    opened = driven.dialog("fileDialog")
    assert not planted_in("\n".join(titles(driven)).encode())
    opened.reject()
    driven.workplace.open_case_window()
    driven.settle()
    driven.workplace.row.search.setText(f"{PLANTED['complainant_name']} {PLANTED['contact']}")
    driven.bot.wait(400)
    driven.settle()
    assert not planted_in("\n".join(titles(driven)).encode())
    driven.key("register")
    driven.page.fields["complainant_name"].setText(PLANTED["complainant_name"])
    driven.bot.wait(2_300)  # what is typed is kept every two seconds
    driven.settle()
    assert not planted_in("\n".join(titles(driven)).encode())
    driven.program.close()
    looked = 0
    for folder in (place, alone):
        for path in folder.rglob("*"):
            assert not planted_in(str(path.relative_to(folder)).encode()), path.name
            if path.is_file():
                looked += 1
                assert not planted_in(path.read_bytes()), path
    assert looked > 3


def test_when_nobody_works_the_desk_locks_and_shows_nothing(start, alone):
    driven = enter(start, alone)
    desk = driven.program.desk
    case = desk.act_from("new", "register", {**CALL, **PLANTED}).case
    driven.workplace.open_case(case)
    driven.until(lambda: getattr(driven.page, "case", None) is not None)
    driven.workplace.open_case_window()
    driven.settle()
    assert PLANTED["complainant_name"] in shown(driven)
    idle = driven.program.idle
    idle.check()
    assert driven.workplace is not None, "not before its time"
    idle._last = time.monotonic() - idle.minutes * 60
    idle.check()
    driven.until(lambda: driven.window.chooser is not None)
    driven.settle()
    assert driven.workplace is None
    assert not planted_in(shown(driven).encode())
    chooser = driven.window.chooser
    chooser.secret.setText("not her pass-phrase")
    chooser.go()
    driven.until(lambda: chooser.findChild(QLabel, "chooserWrong").text() != "")
    assert driven.workplace is None
    chooser.secret.setText(MINE)
    chooser.go()
    driven.until(lambda: driven.workplace is not None)
