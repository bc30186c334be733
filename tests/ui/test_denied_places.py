"""A data folder that is there but may not be read or written: said as what it is, in both languages; nothing in it changes.

Never as "there are no data": whoever believed that would begin anew beside his cases.
"""

import json
import subprocess
from contextlib import contextmanager

import pytest

from liaison_app.desk.opening import open_desk
from liaison_app.store.engine import FILE
from tests import powerless

SAYS = """
import sys
from liaison_app.cli.main import main
for lang in ("zh_CN", "en"):
    print(main(["--home", sys.argv[1], "--lang", lang, *sys.argv[2:]]))
"""
SHOWS = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton
from ui import start
from ui.app import Program
from ui.options import Options
app = start.make_application(["denied"])
for lang in ("zh_CN", "en"):
    program = Program(app, Options(Path(sys.argv[1]), False, "", lang))
    def look():
        window = program.window
        if window.isVisible() and window.findChild(QPushButton, "splashAgain") is not None:
            print(json.dumps([one.text() for one in window.findChildren(QLabel)]))
            app.quit()
        elif window.founding is not None or window.workplace is not None:
            print(json.dumps(["it asked how to begin"]))
            app.quit()
    again = QTimer()
    again.timeout.connect(look)
    again.start(20)
    program.start()
    app.exec()
    again.stop()
    program.close()
"""
WORDS = {
    "zh_CN": ("没有权限读写数据文件夹", "没有改变", "不要另外新建"),
    "en": ("may not read and write the data folder", "nothing in it has changed", "do not begin anew"),
}


@contextmanager
def denied(home, what, mode=0o000):
    place = home / what
    former = place.stat().st_mode & 0o777
    place.chmod(mode)
    try:
        yield
    finally:
        place.chmod(former)


def all_files(home):
    return {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.parent.name != "log"}


def told(home, *ask):
    """Return (exit code, words) of a command in Chinese and in English."""
    done = powerless.run("-c", SAYS, home, *ask)
    assert done.returncode == 0, done.stderr
    codes, said = done.stdout.split(), [json.loads(line) for line in done.stderr.splitlines()]
    return dict(zip(WORDS, zip(codes, said, strict=True), strict=True))


def shown(home):
    """Return what the window shows in Chinese and in English."""
    done = powerless.run("-c", SHOWS, home, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    return dict(zip(WORDS, (" ".join(json.loads(line)) for line in lines), strict=True))


@pytest.mark.parametrize("what", [".", FILE, "keys.json", "desk.lock"])
def test_an_existing_folder_that_may_not_be_read_is_no_empty_one(home, what):
    (home / "desk.lock").touch()
    before = all_files(home)
    with denied(home, what):
        for lang, (code, said) in told(home, "case", "list").items():
            assert (code, said["error"]) == ("4", "home_denied")
            assert all(word in said["message"] for word in (*WORDS[lang], str(home))), said
        for code, _ in told(home, "init", "--demo").values():
            assert code != "0", "nothing is founded over it"
    assert all_files(home) == before
    desk = open_desk(home)
    assert desk.verify().ok
    desk.close()


def test_the_window_says_it_and_offers_to_try_again(home):
    before = all_files(home)
    for what in (".", FILE):
        with denied(home, what):
            for lang, words in shown(home).items():
                assert all(word.lower() in words.lower() for word in WORDS[lang]), words
    assert all_files(home) == before


def test_a_home_on_a_disk_that_became_read_only_is_named_and_kept(home, tmp_path):
    desk = open_desk(home)
    entries = desk.verify().entries
    desk.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "--bind", str(home), str(disk)], capture_output=True).returncode:
        pytest.skip("binding a folder read-only needs root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(disk)], check=True)
        for lang, (code, said) in told(disk, "case", "list").items():
            assert code == "4"
            assert all(word in said["message"] for word in WORDS[lang])
        for lang, words in shown(disk).items():
            assert all(word.lower() in words.lower() for word in WORDS[lang]), words
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    desk = open_desk(home)
    assert (desk.verify().ok, desk.verify().entries) == (True, entries)
    desk.close()
