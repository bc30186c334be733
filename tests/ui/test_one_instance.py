"""One window per folder and user: real processes, a workbook handed over, a crash taken over."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from ui.one_instance import OneInstance, name_of
from ui.start import make_application

PATIENCE = 60


class First:
    """The first window and what it said so far."""

    def __init__(self, process, said):
        self.process, self._said = process, said

    def lines(self):
        return self._said.read_text(encoding="utf-8").splitlines()

    def until(self, words):
        until = time.monotonic() + PATIENCE
        while words not in self.lines():
            assert self.process.poll() is None, self.lines()
            assert time.monotonic() < until, (words, self.lines())
            time.sleep(0.05)


@contextmanager
def first(home, tmp_path, n=1):
    said = tmp_path / f"said{n}"
    with said.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "tests.ui.instance_hand", str(home)], stdout=out)
    try:
        yield First(process, said)
    finally:
        process.kill()
        process.wait()


def second(*said):
    return subprocess.run([sys.executable, "-m", *said], capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_second_start_hands_its_file_over_and_a_crash_is_taken_over(home, tmp_path):
    table = tmp_path / "投诉.csv"
    table.write_text("投诉对象,投诉内容,地点\n某饭店,油烟,湖滨路1号\n", encoding="utf-8")
    with first(home, tmp_path) as one:
        one.until("first")
        one.until("page TodayView")
        raised = second("ui.start", "--home", str(home))
        assert raised.returncode == 0 and not raised.stderr, raised.stderr
        one.until("asked 0")
        one.until("up")
        handed = second("liaison_app.cli.main", "--home", str(home), "desk", str(table))
        assert handed.returncode == 0 and not handed.stderr, handed.stderr
        one.until("asked 1")
        one.until("page ImportView")
        one.until("said 共 1 行；请核对各列的用途")
        one.process.send_signal(signal.SIGKILL)
        one.process.wait()
        assert Path(name_of(home)).exists(), "a crash leaves its socket"
    with first(home, tmp_path, 2) as two:
        two.until("first")
        two.until("page TodayView")


def test_another_folder_has_a_window_of_its_own_and_broken_words_are_passed_over(tmp_path, qtbot):
    from PySide6.QtNetwork import QLocalSocket

    make_application(["test"])
    here, there = OneInstance(tmp_path / "a"), OneInstance(tmp_path / "b")
    assert here.first(()) and there.first(())
    came = []
    here.asked.connect(came.append)
    for words in (b"\x00\xff\n", b'{"files": 3}\n', b"[]\n", b"x" * 70_000):
        line = QLocalSocket()
        line.connectToServer(here.name)
        line.write(words)
        qtbot.waitUntil(
            lambda line=line: line.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=30_000
        )
    assert came == []
    here.close()
    there.close()
    again = OneInstance(tmp_path / "a")
    assert again.first(()), "a window that was closed leaves nobody behind its name"
    again.close()


@pytest.mark.skipif(not hasattr(Path, "owner"), reason="who owns a file")
def test_the_name_is_of_folder_and_user(tmp_path, monkeypatch):
    own = name_of(tmp_path)
    assert name_of(tmp_path / "x" / "..") == own and name_of(tmp_path / "x") != own
    monkeypatch.setenv("LOGNAME", "another")
    assert name_of(tmp_path) != own
