"""A system without any font: the window draws Chinese with the font that comes with the program."""

import json
import os
import subprocess
import sys

HAND = """
import json, sys
from pathlib import Path
from PySide6.QtGui import QFontDatabase, QRawFont
from tests.conftest import NOON
from tests.ui.gallery import Hand
from ui.app import Program
from ui.options import Options
from ui.start import make_application
app = make_application(["bare"])
before = QFontDatabase.families()
program = Program(app, Options(Path(sys.argv[1]), True, "p-zhoumin", "zh_CN", NOON))
hand = Hand(program)
program.start()
hand.until(lambda: hand.workplace is not None)
hand.settle()
heading = program.window.font()
drawn = QRawFont.fromFont(heading)
told = {"before": before, "signs": all(drawn.supportsCharacter(ord(sign)) for sign in "待移送喆堃〔2026〕"), "family": drawn.familyName()}
program.window.close()
program.close()
print(json.dumps(told))
"""
BARE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>'


def test_the_window_needs_no_font_of_the_system(home, tmp_path):
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    (tmp_path / "fonts.conf").write_text(BARE.format(nothing))
    env = os.environ | {
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "HOME": str(nothing), "XDG_DATA_HOME": str(nothing), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", HAND, str(home)], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert not set(told["before"]) - {"Monospace", "Sans Serif", "Serif"}, (
        "the system is really bare but for names that stand for nothing"
    )
    assert told["signs"], told
    assert told["family"].startswith("Noto Sans SC") or "SC" in told["family"], told
