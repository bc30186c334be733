"""The disk is full, or may not be written, while the first desk is founded in the window: one sentence, nothing left, nothing typed lost."""

import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.test_founding import MINE, Hand, begin, filled, go_to_form, no_keyring, words_of

__all__ = ["no_keyring"]


@pytest.fixture
def disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize(("lang", "words"), [("zh_CN", "磁盘"), ("en", "disk")])
@pytest.mark.parametrize("how", ["size=300k", "ro"])
def test_the_form_says_it_and_goes_on_when_it_is_mended(start, disk, no_keyring, lang, words, how):
    home = disk / "desk"
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)
    driven = begin(start, home, lang)
    hand = Hand(driven)
    go_to_form(driven, hand)
    filled(hand)
    driven.until(lambda: words in words_of(driven).lower(), seconds=30)
    assert not list(home.iterdir()) if home.exists() else True
    typed = {line.objectName(): line.text() for line in driven.window.founding.findChildren(QLineEdit)}
    assert (typed["foundDistrict"], typed["newSecret"]) == ("锦溪区", MINE)
    subprocess.run(["mount", "-o", "remount,rw,size=64m", str(disk)], check=True)
    hand.tab_to("newSecretAgain")
    hand.press(Qt.Key.Key_Return)
    driven.until(lambda: driven.window.founding.begun.page == "sheet", seconds=30)
