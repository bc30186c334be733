"""What `make bench` says of the start can be said: the measuring goes the way of the program's own start."""

import os
import subprocess
import sys

import pytest

from tests.bench.start import measure


@pytest.mark.slow
def test_first_picture_and_first_page_are_both_reached():
    told = measure(rounds=1)
    assert 0 < told["first_paint"] < told["page"]
    assert told["empty"] > 0


def test_an_installed_program_says_itself_how_long_its_start_took(home, tmp_path):
    told = tmp_path / "started"
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "ui.start", "--home", str(home), "--as", "p-zhoumin", "--started", str(told)],
            capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    lines = [tuple(map(float, line.split())) for line in told.read_text("ascii").splitlines()]
    assert len(lines) == 2
    assert all(cpu > 0 and wall > 0 for wall, cpu in lines)
