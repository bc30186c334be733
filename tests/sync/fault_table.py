"""The table fault → tests → invariants in docs/FAULTS.md: ``python -m tests.sync.fault_table`` writes it, a test compares.

A test of a fault is named ``test_fNN_…``; its docstring says what happens. In tests/sync all ten invariants are checked by
each (``all_ten`` in conftest.py); elsewhere the docstring names those that are.
"""

import ast
import re
from pathlib import Path

from tests.sync import invariants

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "FAULTS.md"
FAULTS = {
    1: "kill -9 of the desk at every step and at random", 2: "a server's session, or the whole server, killed and started again",
    3: "the line: reset at any byte, lost answers, black holes, one-way loss, half-open, flapping", 4: "the same batch or page twice, two processes of one device",
    5: "full disk at the desk and at the server", 6: "clocks wrong by hours and years, backwards", 7: "two devices of one person on one case",
    8: "re-installed, key lost, backup restored, files copied to another PC", 9: "revoked, moved, granted, a case withdrawn while offline",
    10: "old program and new server, new program and old server, killed migrations", 11: "server restored from yesterday", 12: "a poisonous command",
    13: "an error, then nobody does anything", 14: "sleeping and hostile roles, floods of hints", 15: "altered bytes at the desk and at the server, a truncated log",
    16: "power loss", 17: "two programs on one file", 18: "everything at once, for long",
}  # fmt: skip
HEAD = """# Faults, the tests that make them happen, and what holds afterwards

Written by `python -m tests.sync.fault_table`; a test compares. The faults are F1 to F18, the invariants I1 to I10. A test of a fault in
tests/sync ends in error unless every one of the ten was checked on the desks and on the server after it ([invariants.py](../tests/sync/invariants.py)).
"""
MEANS = {
    "I1": "every act that the screen confirmed is in the device log (dense, chained) with one fate, its text readable", "I2": "exactly once",
    "I3": "feeds dense, chains verify, a desk is a prefix of the server", "I4": "a checkpoint is never ahead of the data, never goes back but by another epoch",
    "I5": "the order of a device is kept within each stream", "I6": "healed: equal grants, equal projections", "I7": "projection = fold of the journal; own pending acts visible; reads monotonic",
    "I8": "healed: the queue empties without a new act or a restart; the status line tells the truth", "I9": "no personal part outside its audience, no readable file",
    "I10": "no transaction, lock or temporary object left on the server",
}  # fmt: skip


def tests():
    """Return fault → [(file, test, what it says, invariants)], by reading the tests."""
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = re.match(r"test_f(\d\d)_", getattr(node, "name", ""))
            if isinstance(node, ast.FunctionDef) and named:
                said = (ast.get_docstring(node) or "").replace("\n", " ")
                held = "I1–I10" if path.parent.name == "sync" else ", ".join(re.findall(r"I\d+", said))
                line = (path.relative_to(ROOT).as_posix(), node.name, re.sub(r"^F\d+: ", "", said), held)
                found.setdefault(int(named[1]), []).append(line)
    return found


def page():
    """Return the page."""
    lines = [HEAD, "| invariant | shown by (tests/sync/invariants.py) |", "|---|---|"]
    for name in invariants.ALL:
        shown = ", ".join(f"`{f.__name__}`" for f in invariants.SHOWN[name])
        lines.append(f"| {name} {MEANS[name]} | {shown} |")
    lines += ["", "| fault | test | what happens | invariants |", "|---|---|---|---|"]
    for number, found in sorted(tests().items()):
        for n, (file, name, said, held) in enumerate(found):
            fault = f"F{number} {FAULTS[number]}" if n == 0 else f"F{number}"
            lines.append(f"| {fault} | `{name}` {file.removeprefix('tests/')} | {said} | {held} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
