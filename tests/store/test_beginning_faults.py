"""A first start that fails leaves an empty place and a sentence; the next start begins as if nothing had been."""

import os
import signal
import subprocess
import sys

import pytest

from liaison_app.cli.main import main
from liaison_app.desk import opening
from liaison_app.store.engine import FILE

DIES = """
import os, signal, sys
from pathlib import Path
from liaison_app.desk import opening
left = int(sys.argv[2])
def look(event, args):
    global left
    if event == "open" and sys.argv[1] in str(args[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(look)
opening.found_demo(Path(sys.argv[1]), "M4")
print("founded")
"""


def test_a_first_start_killed_at_any_file_begins_anew(tmp_path):
    died = 0
    for at in (1, 2, 3, 5, 8, 40):
        home = tmp_path / f"desk-{at}"
        ended = subprocess.run([sys.executable, "-c", DIES, str(home), str(at)], capture_output=True, check=False)
        assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
        died += ended.returncode != 0
        if ended.returncode:
            assert not opening.founded(home)
            opening.found_demo(home, "M4")
        opening.open_desk(home).close()
        assert not (home / "not-yet-founded").exists()
    assert died >= 4


def test_a_full_disk_at_the_first_start_leaves_nothing_and_says_so(tmp_path, capsys):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        for lang, words in (("zh_CN", "磁盘已满"), ("en", "The disk is full")):
            assert main(["--home", str(disk / "desk"), "--lang", lang, "init", "--demo"]) != 0
            assert words in capsys.readouterr().err
            assert list((disk / "desk").iterdir()) == []
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        assert main(["--home", str(disk / "desk"), "init", "--demo"]) == 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_place_that_cannot_be_a_folder_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert main(["--home", str(tmp_path / "file" / "desk"), "init", "--demo"]) != 0
    said = capsys.readouterr().err
    assert "folder_is_file" in said
    assert "请换一个位置" in said
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_place_that_may_not_be_written_is_named(tmp_path, capsys):
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() == 0:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(disk)], capture_output=True).returncode:
            pytest.skip("a read-only disk cannot be mounted here")
    else:
        disk.chmod(0o500)
    try:
        for lang, words in (("zh_CN", "没有权限"), ("en", "may not be read or written")):
            assert main(["--home", str(disk / "desk"), "--lang", lang, "init", "--demo"]) != 0
            assert words in capsys.readouterr().err
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(disk)], check=True)


def test_another_time_zone_of_the_pc_counts_the_same_days(tmp_path):
    answers = set()
    for zone in ("Asia/Shanghai", "America/New_York", "Nowhere/Land", "Pacific/Kiritimati"):
        ask = [sys.executable, "-m", "liaison_app.cli.main", "--home", str(tmp_path), "deadline", "--mechanism", "M1"]
        line = '{"id":1,"rule":"M1-RPL-04","start":"2025-09-30T23:30"}\n'
        told = subprocess.run(
            ask, input=line, capture_output=True, text=True, check=True, env={**os.environ, "TZ": zone}
        )
        answers.add(told.stdout)
    assert len(answers) == 1
    assert '"due":"2025-10-' in answers.pop().replace(" ", "")


def test_a_backup_brought_back_half_is_no_desk(tmp_path, capsys):
    opening.found_demo(tmp_path / "desk", "M4")
    desk = opening.open_desk(tmp_path / "desk")
    desk.backup(tmp_path / "copy.backup")
    desk.close()
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        assert main(["--home", str(disk / "new"), "restore", str(tmp_path / "copy.backup")]) != 0
        assert "磁盘已满" in capsys.readouterr().err
        assert not (disk / "new" / FILE).exists()
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        assert main(["--home", str(disk / "new"), "restore", str(tmp_path / "copy.backup")]) == 0
        opening.open_desk(disk / "new").close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
