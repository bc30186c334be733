"""A real print queue: slip, batch, both sides, copies, no paper, stopped, gone. The window runs in a process of its own."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.ui.print_queue import PrintService, can_run


@pytest.mark.slow
@pytest.mark.skipif(not can_run(), reason="CUPS is not installed, or not root (installer/system-packages.sh tests)")
def test_the_window_prints_on_a_real_queue():
    with tempfile.TemporaryDirectory(prefix="liaison-cups-") as folder:  # pytest's own folders are closed to others
        printed(PrintService(Path(folder)))


def printed(service):
    """Let the window print on a service."""
    service.start()
    try:
        around = {**service.env, "LIAISON_PRINTER": str(service.out), "LIAISON_CUPSD": str(service.process.pid)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/ui/printing_hand.py"],
            env=around, capture_output=True, text=True, timeout=280,
        )  # fmt: skip
        log = (service.folder / "log/error").read_text() if done.returncode else ""
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:] + log[-2000:]
    finally:
        service.stop()
