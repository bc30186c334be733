"""How long the window takes to its first picture and to its first real page, against an empty window, in pairs.

`python -m tests.bench.start` prints one JSON line. Each run is a process of its own; times are from its start. As in
an installed program the bytecode is there: it is written by a first run that does not count, whatever the environment says.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from liaison_app.desk import demo, opening

EMPTY = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1320, 720)
window.show()
app.processEvents()
print(time.monotonic())
"""
OURS = """
import sys, time
from ui import start
app = start.make_application([])
options, _ = start.parse(["--home", sys.argv[1], "--as", "p-zhoumin"])
instance = start.OneInstance(options.home, app)
assert instance.first(options.files)
picture = start.show_picture()
app.processEvents()
print(time.monotonic())
reader = start.Reader(app, picture, options, instance)
reader.begin()
while True:
    app.processEvents()
    program = reader.program
    if program is not None and program.window.workplace is not None and program.bridge.idle:
        break
    time.sleep(0.001)
app.processEvents()
print(time.monotonic())
program.window.close()
program.close()
"""


def once(code, compiled, *more):
    """Return the moments that a fresh process prints, in seconds after its start."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(compiled)
    began = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-c", code, *more], check=False, capture_output=True, text=True, timeout=120, env=env
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return [float(line) - began for line in told.stdout.split()]


def measure(rounds=9):
    """Return the medians of paired rounds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        home, compiled = Path(folder) / "desk", Path(folder) / "compiled"
        opening.found_demo(home)
        desk = opening.open_desk(home)
        demo.fill(desk, 1)
        desk.close()
        once(EMPTY, compiled)
        once(OURS, compiled, str(home))
        empty, first, page = [], [], []
        for _ in range(rounds):
            empty += once(EMPTY, compiled)
            a, b = once(OURS, compiled, str(home))
            first.append(a)
            page.append(b)
    blank, picture, real = (statistics.median(x) for x in (empty, first, page))
    return {
        "name": "start", "n": rounds, "seconds": round(picture, 3), "per_second": round(1 / picture, 2), "empty": round(blank, 3), "first_paint": round(picture, 3), "page": round(real, 3),
        "limit": round(2 * blank, 3), "ratio": round(picture / blank, 2), "page_limit": round(2 * blank + 0.6, 3),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure()), flush=True)
