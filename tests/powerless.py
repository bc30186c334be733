"""A child process that may read and write only what the file modes allow, also where the tests run as root."""

import ctypes
import os
import subprocess
import sys

CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, PR_CAPBSET_DROP = 1, 2, 24


def bound() -> None:
    """Give up, before the child begins, the powers by which root passes over file modes (Linux)."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for power in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if libc.prctl(PR_CAPBSET_DROP, power, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def run(*words, **env):
    """Run Python with these words and without those powers; return the ended process."""
    return subprocess.run(
        [sys.executable, *map(str, words)], preexec_fn=bound, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONUTF8": "1", **env},
    )  # fmt: skip
