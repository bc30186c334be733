"""From the call to the slip on the disk over the real accessibility bus, by two persons, by names and actions only."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from liaison_app.desk.opening import open_desk
from tests.documents.reading import text_of

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
BUS = "/usr/libexec/at-spi-bus-launcher"
READY = (
    all(shutil.which(name) for name in ("xvfb-run", "dbus-run-session"))
    and Path(BUS).exists()
    and subprocess.run([SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"], check=False, capture_output=True).returncode == 0
)  # fmt: skip
ON_THE_BUS = """
export QT_QPA_PLATFORM=xcb QT_ACCESSIBILITY=1 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
"$BUS" --launch-immediately >/dev/null 2>&1 & bus=$!
"$PYTHON" -m ui.start --home "$DESK" --as p-zhoumin --lang zh_CN & window=$!
timeout 200 "$READER" tests/ui/reader.py "$SLIP"; code=$?
kill $window; wait $window 2>/dev/null; kill $bus 2>/dev/null
exit $code
"""


@pytest.mark.timeout(400)
@pytest.mark.skipif(
    not READY,
    reason="needs at-spi2-core, gir1.2-atspi-2.0, python3-gi, xvfb and dbus (installer/system-packages.sh tests)",
)
def test_who_cannot_see_walks_from_the_call_to_the_slip_on_the_disk(home, tmp_path):
    slip = tmp_path / "slip.pdf"
    with tempfile.TemporaryDirectory() as place:
        env = os.environ | {
            "BUS": BUS, "PYTHON": sys.executable, "READER": SYSTEM_PYTHON, "DESK": str(home), "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": place, "SLIP": str(slip),
            "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", "dbus-run-session", "--", "sh", "-c", ON_THE_BUS]
        done = subprocess.run(command, check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1500:]
    for _ in range(50):
        if not (home / "desk.lock").read_text(encoding="ascii") or not _runs(
            int((home / "desk.lock").read_text(encoding="ascii"))
        ):
            break
        time.sleep(0.1)
    desk = open_desk(home, person="p-zhoumin")
    try:
        case = desk.case(desk.page("all").items[0].case_id)
        assert (case.object, case.complainant_name, case.contact) == ("锦绣名城工地", "王喆堃", "13900000001")
        assert case.transfers[0].to_names == ("区环保局",)
        assert not case.missing
        assert case.state == "DLV"
        words = "".join(text_of(slip.read_bytes()))
        assert "锦绣名城工地" in words and case.transfers[0].slip_no in words and "何建平" in words
        assert desk.verify().ok
    finally:
        desk.close()


def _runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
