"""Chinese by a real input method (ibus with libpinyin, under Xvfb): nothing reacts before the syllables are ended."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READY = (
    all(shutil.which(name) for name in ("xvfb-run", "dbus-run-session", "ibus-daemon", "xdotool"))
    and Path("/usr/libexec/ibus-engine-libpinyin").exists()
)
UNDER_IBUS = """
export QT_QPA_PLATFORM=xcb QT_IM_MODULE=ibus XMODIFIERS=@im=ibus PYTHON_KEYRING_BACKEND=keyring.backends.fail.Keyring
ibus-daemon -d -x -r --panel=disable --emoji-extension=disable
for n in 1 2 3 4 5 6 7 8 9 10; do ibus engine libpinyin >/dev/null 2>&1 && break; sleep 1; done
timeout "$LONGEST" "$PYTHON" -m tests.ui.composing_hand $WHAT "$DESK"; code=$?
ibus exit
exit $code
"""


def told_by_a_session(home, tmp_path, what="", longest=150):
    env = os.environ | {"PYTHON": sys.executable, "DESK": str(home), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    env |= {"WHAT": what, "LONGEST": str(longest)}
    env.pop("QT_QPA_PLATFORM", None)
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", "dbus-run-session", "--", "sh", "-c", UNDER_IBUS]
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=longest + 70)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(lines[-1])


@pytest.mark.timeout(500)
@pytest.mark.skipif(
    not READY, reason="needs ibus-libpinyin, xdotool, xvfb and dbus (installer/system-packages.sh tests)"
)
def test_nothing_reacts_while_a_real_input_method_composes(home, tmp_path):
    told = told_by_a_session(Path(shutil.copytree(home, tmp_path / "first")), tmp_path)
    if "took no key" in told:  # a session of its own may still come up
        told = told_by_a_session(Path(shutil.copytree(home, tmp_path / "second")), tmp_path)
    if "took no key" in told:
        pytest.skip("ibus is installed and takes no key of an empty window here: nothing can be composed")
    assert told["record"] == ["", 0, "你好"]
    assert told["object"] == ["", 0, "你好"]
    assert told["enter"] == ["lu", True, []], "Enter ends the syllables as letters and does nothing else"
    assert told["search"] == ["", True]
    assert told["found"][0] == "你好"
    assert "你好" in told["found"][1]


@pytest.mark.timeout(2000)
@pytest.mark.skipif(
    not READY or not os.environ.get("LIAISON_EVERY_FIELD"), reason="some minutes long: LIAISON_EVERY_FIELD=1, make soak"
)
def test_no_text_field_of_any_room_reacts_while_a_real_input_method_composes(tmp_path):
    told = told_by_a_session(tmp_path / "desk", tmp_path, "every", 1700)
    if "took no key" in told:
        pytest.skip("ibus is installed and takes no key of an empty window here: nothing can be composed")
    assert (told["moved"], told["dumb"], told["unreached"]) == ([], [], [])
    assert len(told["kept"]) > 80
