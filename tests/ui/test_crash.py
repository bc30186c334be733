"""A program that died says so at its next start, once, with the places of the code and nothing else."""

import subprocess
import sys

from PySide6.QtWidgets import QPushButton

from ui.dialogs import crash

DIES = """
import sys, pathlib, faulthandler
from ui.dialogs.errors import install_crash_handler
install_crash_handler(pathlib.Path(sys.argv[1]), lambda error: None)
whose = "周敏 13900000001"
faulthandler._sigabrt()
"""


def test_it_says_once_that_it_died_and_where(start, home):
    died = subprocess.run([sys.executable, "-c", DIES, str(home / "log")], check=False, capture_output=True)
    assert died.returncode < 0
    driven = start(home)
    dialog = driven.dialog("crashDialog")
    driven.until(lambda: driven.workplace is not None)
    said = dialog.places.toPlainText()
    assert said.startswith("Fatal Python error")
    assert "周敏" not in said
    assert "13900000001" not in said
    dialog.findChild(QPushButton, "crashClose").click()
    driven.settle()
    assert (home / "log" / crash.FORMER).exists()
    assert crash.fell(home / "log") == ""
    driven.program.switch_person()
    driven.settle()
    driven.program.enter("p-zhoumin", "")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert driven.shown("crashDialog") is None


def test_what_was_shown_when_it_happened_is_not_told_again(tmp_path):
    (tmp_path / crash.CRASH).write_text("ValueError\nx.py:3 f\n", encoding="utf-8")
    assert crash.fell(tmp_path) == ""
    assert not (tmp_path / crash.CRASH).exists()
