"""PIN and the machine's real Secret Service, in a session bus and a home of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason="needs the system packages gnome-keyring and dbus"
)
START = 'printf "%s" "$PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
BARE = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; exec "$@"'
BEGIN = """
import json, sys, keyring
from pathlib import Path
from liaison_app.security import keys, keyring_store
from liaison_app.security.errors import SecurityRefusal
home = Path(sys.argv[1])
def code(call, *args):
    try:
        call(*args)
    except SecurityRefusal as refusal:
        return refusal.code
    return "done"
"""
FOUND = (
    BEGIN
    + """
keyring_store.probe()
groups = keys.found_keys(home, with_recovery=True)
(home / "sheet").write_text("-".join(groups))
bundle = keys.new_bundle()
keys.enrol(home, "p1", "林若溪", "keyring", "2468", bundle)
keys.enrol(home, "p2", "高远", "keyring", "高远的码", keys.new_bundle(bundle.replica_key))
assert keys.open_as(home, "p1", "2468") == bundle
assert keys.open_as(home, "p2", "高远的码").replica_key == bundle.replica_key
assert code(keys.open_as, home, "p1", "2469") == "wrong_secret"
assert code(keys.open_as, home, "p2", "2468") == "wrong_secret"
keys.change_secret(home, "p1", "2468", "135790")
assert keys.open_as(home, "p1", "135790") == bundle
assert code(keys.open_as, home, "p1", "2468") == "wrong_secret"
name = json.loads((home / "keys.json").read_bytes())["home"]
held = keyring.get_password("liaison-desk", f"{name}/p2")
assert len(held) == 44, "32 bytes in base64"
assert held not in (home / "keys.json").read_text()
print("founded", bundle.replica_key.hex())
"""
)
AGAIN = BEGIN + "print('opened', keys.open_as(home, 'p1', '135790').replica_key.hex())\n"
LOST = (
    BEGIN
    + """
assert code(keys.open_as, home, "p1", "135790") == "keyring_lost"
bundle = keys.reset_secret(home, (home / "sheet").read_text(), "p1", "keyring", "8642")
assert keys.open_as(home, "p1", "8642") == bundle
print("recovered", bundle.replica_key.hex())
"""
)
CLOSED = BEGIN + "print(code(keyring_store.probe), code(keys.open_as, home, 'p1', '135790'))\n"
PROBE = BEGIN + "print(code(keyring_store.probe))\n"
UNANSWERED = {"keyring_locked", "keyring_missing"}


class Machine:
    """A user's account on a machine: its home, and sign-ins to it that end with the program run."""

    def __init__(self, place: Path) -> None:
        self.place, self.desk = place, place / "desk"
        self.desk.mkdir()
        (place / "run").mkdir(mode=0o700)

    def run(self, program: str, *, password: str = "sign-in", start: str = START) -> list[str]:
        """Sign in, run a program with the desk's folder as argument, return the words it printed."""
        surroundings = {
            "PATH": os.environ["PATH"], "HOME": str(self.place), "XDG_RUNTIME_DIR": str(self.place / "run"),
            "XDG_DATA_HOME": str(self.place / "share"), "PASSWORD": password, "PYTHONUTF8": "1",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }  # fmt: skip
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", start, "sh", sys.executable, "-c", program, str(self.desk)],
            env=surroundings, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_pin_releases_what_the_keyring_holds_and_the_sheet_helps_when_it_is_lost(machine: Machine) -> None:
    word, key = machine.run(FOUND)
    assert word == "founded"
    assert machine.run(AGAIN) == ["opened", key]
    shutil.rmtree(machine.place / "share" / "keyrings")
    assert machine.run(LOST) == ["recovered", key]


def test_locked_keyring_leads_to_a_passphrase_and_spends_no_try(machine: Machine) -> None:
    _, key = machine.run(FOUND)
    for _ in range(2):
        assert set(machine.run(CLOSED, password="another password")) <= UNANSWERED
    assert machine.run(AGAIN) == ["opened", key]


def test_account_without_any_keyring_yet(machine: Machine) -> None:
    assert machine.run(PROBE, start=BARE)[0] in UNANSWERED
