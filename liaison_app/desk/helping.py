"""Rows of many cases made by programs beside this one: a first synchronisation folds on every core (SYNC.md §4, T1).

Folding is pure: what a helper makes of a case's entries is what this program makes of them. A helper is this same Python with
this module, fed over its pipes; it writes nothing, opens nothing, and ends when its input does. One that fails is done
without: its cases are made here.
"""

import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import IO, Final

import msgspec

from liaison_app.desk import projecting
from liaison_app.desk.deciding import happened_in, search_text
from liaison_app.desk.rules import DeskRules, rules_of
from liaison_app.domain.registers import Registers
from liaison_app.domain.text import SearchText
from liaison_app.store.journal import Line
from liaison_app.store.projections import CaseRows

MOST: Final = 3
"""Helpers at the most; each holds program and rules in its own memory (some 150 MB)."""
KEPT: Final = 0.3
"""What share of the cases this program makes itself while one helper makes the rest: it writes the rows besides."""
HEAD: Final = struct.Struct(">I")

Made = tuple[CaseRows, SearchText]


class Task(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a helper is told: the registers where they changed, and the shared entries of cases."""

    registers: Registers | None
    cases: list[tuple[str, list[Line]]]


TASK: Final = msgspec.msgpack.Decoder(Task)
MADE: Final = msgspec.msgpack.Decoder(list[Made])


class HelperGone(Exception):
    """A helper ended or answered nothing that can be read."""


def made(lines: Sequence[Line], rules: DeskRules) -> Made | None:
    """Return the rows of a case and what the text index is to hold of it; None where its entries make no case here."""
    found = projecting.understood([happened_in(line) for line in lines], rules)
    return None if found is None else (found[1], search_text(found[0]))


def cores() -> int:
    """Return how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Helpers:
    """Programs that fold cases; asked for some, they work until their answer is taken. Close them."""

    def __init__(self, count: int) -> None:
        self._helpers = [_Helper() for _ in range(count)]
        self._mine: list[tuple[str, list[Line]]] = []
        self._rules: DeskRules | None = None
        self.asked = False
        """Whether an answer is still to be taken."""

    @classmethod
    def beside(cls) -> "Helpers | None":
        """Begin one for each core beside the one that writes; None where there is but one, or none can be begun."""
        count = min(MOST, cores() - 1)
        try:
            return cls(count) if count > 0 else None
        except OSError:
            return None

    def ask(self, cases: Mapping[str, list[Line]], rules: DeskRules, *, share: bool) -> None:
        """Let the helpers begin with some cases, without waiting for them; ``share``: some are left for this program.

        Raises HelperGone.
        """
        self.forget()
        registers = None if rules is self._rules else rules.registers
        count = len(self._helpers)
        kept = int(len(cases) * KEPT) if share and count == 1 else 0
        waiting = iter(cases.items())
        self._mine = list(islice(waiting, kept))
        each = -(-(len(cases) - kept) // count)
        for helper in self._helpers:
            helper.ask(Task(registers, list(islice(waiting, each))))
        self._rules, self.asked = rules, True

    def answered(self) -> bool:
        """Return whether taking the answer would not wait; where a pipe cannot be asked, it may."""
        return not self.asked or os.name == "nt" or all(helper.answered() for helper in self._helpers)

    def take(self) -> dict[str, Made]:
        """Return what was made of the cases asked for; empty when nothing was. Raises HelperGone."""
        if not self.asked or self._rules is None:
            return {}
        self.asked = False
        found = [one for _, lines in self._mine if (one := made(lines, self._rules)) is not None]
        for helper in self._helpers:
            found += helper.answer()
        return {rows.case_id: (rows, text) for rows, text in found}

    def forget(self) -> None:
        """Let go of what was asked for: it no longer holds. Raise HelperGone."""
        if self.asked:
            self.asked = False
            for helper in self._helpers:
                helper.answer()

    def close(self) -> None:
        """End the helpers."""
        for helper in self._helpers:
            helper.close()


class _Helper:
    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._program = subprocess.Popen(
            [sys.executable, "-m", "liaison_app.desk.helping"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": paths},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        self._telling: threading.Thread | None = None

    def ask(self, task: Task) -> None:
        """Tell a task in a thread: a helper that still begins reads nothing, and whoever asks holds the turn to write."""
        self._telling = threading.Thread(target=self._tell, args=(task,), name="helper's task", daemon=True)
        self._telling.start()

    def _tell(self, task: Task) -> None:
        assert self._program.stdin is not None
        with suppress(OSError):  # it is gone: it will give no answer
            _send(self._program.stdin, msgspec.msgpack.encode(task))

    def answered(self) -> bool:
        assert self._program.stdout is not None
        return bool(select.select([self._program.stdout], [], [], 0)[0])

    def answer(self) -> list[Made]:
        assert self._program.stdout is not None
        try:
            found = _read(self._program.stdout)
            return MADE.decode(found)
        except (OSError, EOFError, msgspec.DecodeError) as error:
            raise HelperGone from error

    def close(self) -> None:
        if self._telling is not None and self._telling.is_alive():
            self._program.kill()  # it does not read any more, or not yet
            self._telling.join()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            self._program.wait(2)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(HEAD.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """Return the next message. Raise EOFError where the pipe ends."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (size,) = HEAD.unpack(head)
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content


def main() -> None:
    """Answer tasks until the input ends; what makes no case is left out, and who asked looks at it himself."""
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    rules: DeskRules | None = None
    with suppress(EOFError, OSError):
        while True:
            task = TASK.decode(_read(tasks))
            if task.registers is not None:
                rules = rules_of(task.registers)
            assert rules is not None
            found = [one for _, lines in task.cases if (one := made(lines, rules)) is not None]
            _send(answers, msgspec.msgpack.encode(found))


if __name__ == "__main__":
    main()
