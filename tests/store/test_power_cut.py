"""A power cut: the file is cut back to what had been synced when the screen confirmed; the act must be there.

strace records every write and sync of a real process. Replaying only what an fsync or fdatasync of the same file had
carried before each confirmation gives the disk as it would be found. With synchronous=OFF the same check must fail.
"""

import re
import shutil
import subprocess
import sys

import pytest

from liaison_app.desk.opening import found_demo, open_desk
from liaison_app.domain.errors import RuleBroken

CHILD = """
import os, sys
from pathlib import Path
from liaison_app.desk.opening import open_desk
desk = open_desk(Path(sys.argv[1]), person="p-zhoumin", synchronous=sys.argv[2])
for n in range(6):
    done = desk.act_from("new", "register", {"object": f"对象{n}", "content": "夜间噪声", "place": f"滨河路{n}号"})
    os.write(1, f"CONFIRMED {done.number}\\n".encode())
os._exit(0)
"""
CALL = re.compile(
    r"^\d+ +(\w+)\((\d+)<([^>]*)>(?:, \"((?:\\x[0-9a-f]{2})*)\", (\d+)(?:, (\d+))?)?(?:, (\d+))?\)\s+= (-?\d+)"
)


def recorded(home, synchronous, tmp_path):
    """Return the numbers confirmed and the files as synced at the last confirmation."""
    log = tmp_path / f"trace-{synchronous}"
    before = {p.name: p.read_bytes() for p in home.iterdir() if p.name.startswith("replica.db")}
    trace = "trace=pwrite64,write,fsync,fdatasync,ftruncate"
    run = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "70000",
        "-e",
        trace,
        "-o",
        str(log),
        sys.executable,
        "-c",
        CHILD,
        str(home),
        synchronous,
    ]
    subprocess.run(run, check=True, capture_output=True)
    live = {name: bytearray(content) for name, content in before.items()}
    synced = {name: bytes(content) for name, content in before.items()}
    confirmed, disk = [], {}
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        found = CALL.match(line)
        if not found:
            continue
        call, fd, path, data, _size, offset, length, _result = found.groups()
        path = re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), path)
        raw = bytes.fromhex(data.replace("\\x", "")) if data else b""
        name = path.rsplit("/", 1)[-1]
        if call == "write" and fd == "1" and raw.startswith(b"CONFIRMED"):
            confirmed.append(raw.decode().split()[1])
            disk = dict(synced)
        if not name.startswith("replica.db") or name.endswith("-shm"):
            continue
        content = live.setdefault(name, bytearray())
        if call == "pwrite64":
            at = int(offset)
            content.extend(bytes(max(0, at + len(raw) - len(content))))
            content[at : at + len(raw)] = raw
        elif call == "ftruncate":
            size = int(length or 0)
            del content[size:]
        elif call in {"fsync", "fdatasync"}:
            synced[name] = bytes(content)
    return confirmed, disk


def found_after_cut(home, confirmed, disk, folder):
    """Return which confirmed acts a program finds on the disk as it was synced."""
    folder.mkdir()
    shutil.copy(home / "keys.json", folder / "keys.json")
    for name, content in disk.items():
        (folder / name).write_bytes(content)
    try:
        desk = open_desk(folder, person="p-zhoumin")
    except RuleBroken:
        return []
    try:
        there = [i.number for i in desk.page("all", limit=100).items]
        assert desk.verify().ok
        assert desk.rebuild(check=True).equal
    finally:
        desk.close()
    return [n for n in confirmed if n in there]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is installed by make test on Debian-like systems")
@pytest.mark.parametrize(("synchronous", "safe"), [("FULL", True), ("OFF", False)])
def test_f16_confirmed_acts_survive_a_power_cut(tmp_path, synchronous, safe):
    """F16: the disk as it was synced when the screen confirmed: the act is there, chains verify (I1), rows are its fold (I7)."""
    home = tmp_path / "desk"
    found_demo(home)
    confirmed, disk = recorded(home, synchronous, tmp_path)
    assert len(confirmed) == 6
    there = found_after_cut(home, confirmed, disk, tmp_path / "after")
    assert (there == confirmed) is safe
