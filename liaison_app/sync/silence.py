"""A line that fell silent during a call is cut; one that is only slow is let go on (SYNC.md §1.9)."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import psycopg

if TYPE_CHECKING:
    from psycopg.abc import RV, PQGen


class Heard(psycopg.Connection[Any]):
    """A connection that knows when its line last moved a byte, either way."""

    moved = 0.0

    def wait(self, gen: "PQGen[RV]", *args: Any, **more: Any) -> "RV":
        """Wait as psycopg does, and note each time the socket was ready."""
        return super().wait(self._noting(gen), *args, **more)

    def _noting(self, gen: "PQGen[RV]") -> "PQGen[RV]":
        try:
            asked = next(gen)
            while True:
                ready = yield asked
                if ready:
                    self.moved = time.monotonic()
                asked = gen.send(ready)
        except StopIteration as end:
            return cast("RV", end.value)


class Watch:
    """Closes the socket of a connection that was silent for so many seconds during a call: ``with watch`` around each.

    One thread looks after all calls of a connection, so that a call waits for no thread to begin; it ends with :meth:`end`
    or with the connection.
    """

    def __init__(self, connection: "psycopg.Connection[Any]", seconds: float) -> None:
        self._connection, self._seconds, self._descriptor = connection, seconds, connection.fileno()
        self._guard, self._over = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None
        self._began: float | None = None
        """When the call under way began, None between calls."""
        self.cut = False
        """Whether the last call was cut."""

    def __enter__(self) -> "Watch":
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
            self._thread.start()
        self._began, self.cut = time.monotonic(), False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._began = None

    def end(self) -> None:
        """Look no more: the connection is closed."""
        self._over.set()

    def _look(self) -> None:
        wait = self._seconds
        while not self._over.wait(wait) and not self._connection.closed:
            wait = self._seconds
            with self._guard:  # a call that ends meanwhile was not silent
                if self._began is None:
                    continue
                moved = self._connection.moved if isinstance(self._connection, Heard) else self._began
                left = self._seconds - (time.monotonic() - max(moved, self._began))
                if left > 0:
                    wait = left
                    continue
                self.cut = True
                with contextlib.suppress(OSError), socket_of(self._descriptor) as line:
                    line.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def socket_of(descriptor: int) -> Iterator[socket.socket]:
    """Lend the socket of a connection; it stays the driver's."""
    line = socket.socket(fileno=descriptor)
    try:
        yield line
    finally:
        line.detach()
