"""The network thread: rounds one after another, woken by an own act, a hint of the server, or the clock (SYNC.md §1.8)."""

import contextlib
import random
import selectors
import socket
import threading
import time
from collections.abc import Callable
from typing import Final

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.link import Line, LinkRefused
from liaison_app.sync.rounds import Round, Rounds, Stopped

POLL: Final = (30.0, 60.0)
"""Seconds between two rounds when nothing wakes the desk."""
BACKOFF: Final = (1.0, 60.0)
"""Seconds to wait after a first and at most after many failures."""
GREETING: Final = 300.0
"""Seconds after which a line that stands greets again: the server knows when it last heard each desk."""
SETTLE: Final = 0.005
"""Seconds in which several own acts become one round, when the last round is not longer ago than :data:`QUIET`."""
QUIET: Final = 0.05


class Watcher(threading.Thread):
    """Keeps one desk in step until it is stopped. Every failure is told and tried again; nothing needs a restart."""

    def __init__(
        self, rounds: Rounds, line: Callable[[], Line], *, told: Callable[[Round | None, RuleBroken | None], None],
        poll: tuple[float, float] = POLL, only_now: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(name="network", daemon=True)
        self._rounds, self._line, self._told, self._poll = rounds, line, told, poll
        self.only_now = only_now
        self._mine, self._theirs = socket.socketpair()
        for end in (self._mine, self._theirs):
            end.setblocking(False)
        self._over = False
        self._asked = not only_now
        self._greeted = 0.0
        self._wire: Line | None = None
        self._dice = random.Random()  # noqa: S311

    def kick(self) -> None:
        """There is something to send; with 只现在同步 it waits until a person asks. What this thread itself took and told is
        nothing to send."""
        if not self.only_now and threading.current_thread() is not self:
            self._poke()

    def now(self) -> None:
        """A person asked for a round now."""
        self._asked = True
        self._poke()

    def stop(self, seconds: float = 5.0) -> None:
        """End: the round under way is cut, what it took stands."""
        self._over = True
        self._rounds.stop.set()
        wire = self._wire
        if wire is not None:
            wire.cut()
        self._poke()
        self.join(seconds)

    def run(self) -> None:
        """Run until stopped."""
        failures = 0
        while not self._over:
            try:
                if self.only_now and not self._asked:
                    self._sleep(3600.0)
                    continue
                self._asked = False
                fresh = self._wire is None or time.monotonic() - self._greeted > GREETING
                if self._wire is None:
                    self._wire = self._line()
                    self._wire.listen()
                done = self._rounds.run(self._wire, hello=fresh)
                failures = 0
                self._greeted = time.monotonic() if fresh else self._greeted
                self._told(done, None)
                self._sleep(self._dice.uniform(*self._poll))
            except Stopped:
                break
            except (RuleBroken, OSError) as error:
                self._close()
                failures += 1
                if not self._over:
                    self._failed(error)
                    least, most = BACKOFF
                    wait = most if isinstance(error, LinkRefused) else min(most, least * 2 ** min(failures - 1, 10))
                    self._sleep(wait * self._dice.uniform(0.8, 1.2))
        self._close()
        for end in (self._mine, self._theirs):
            end.close()

    def _failed(self, error: RuleBroken | OSError) -> None:
        """Tell why a round did not end well; a file that could not be written beside the replica ends no thread."""
        if isinstance(error, OSError):
            reason = error.strerror or type(error).__name__
            error = RuleBroken("file_trouble", file=str(error.filename or ""), reason=reason, reason_en=reason)
        with contextlib.suppress(OSError):
            self._told(None, error)

    def _sleep(self, seconds: float) -> None:
        """Wait until woken: by an own act, by the server's hint, by the clock; the first after a while goes out at once."""
        began = time.monotonic()
        if self._wire is None or not self._wire.hints():
            with selectors.DefaultSelector() as waits:
                waits.register(self._theirs, selectors.EVENT_READ)
                if self._wire is not None:
                    waits.register(self._wire.fileno(), selectors.EVENT_READ)
                waits.select(seconds)
        with contextlib.suppress(BlockingIOError):
            while self._theirs.recv(64):
                pass
        if self._wire is not None:
            self._wire.hints()
        if not self._over and time.monotonic() - began < QUIET:
            time.sleep(SETTLE)

    def _poke(self) -> None:
        with contextlib.suppress(OSError):
            self._mine.send(b".")

    def _close(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None
