"""The only file that crosses threads: one writer, a few readers, a pool for pure functions.

A view hands in a function without arguments and what to do with its result; the function runs on the worker, the
rest on the window's thread. ``run`` keeps the order of writes, ``read`` may overtake, ``work`` is for functions that
touch neither store nor screen (rendering a paper, reading a workbook, computing a proposal).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

Result = TypeVar("Result")
Then = Callable[[Result], None]
Failed = Callable[[BaseException], None]

READERS = 2
COALESCE_MS = 40
"""Changes that come within this time (milliseconds) are announced together."""


@dataclass(frozen=True)
class _Delivery:
    """What a worker sends back: the result or the error, and who waits for it."""

    then: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    key: tuple[str, int] | None
    value: Any
    error: BaseException | None


class Bridge(QObject):
    """Carries work to the workers and results back to the window, in order, one queued signal each."""

    cases_changed = Signal(object)
    """frozenset of case ids whose rows may be stale (empty: everything may be)."""
    synced = Signal()
    """A round with the shared database ended, well or not, or a part of it came."""
    busy_changed = Signal(bool)
    """True while a write or a pure job is under way."""

    _delivered = Signal(object)
    _announced = Signal(object)
    _came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="reader")
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pure")
        self._on_error: Failed | None = None
        self._latest: dict[str, int] = {}
        self._open = 0
        self._heavy = 0
        self._stopped = False
        self._changed: set[str] = set()
        self._everything = False
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._announced.connect(self._collect, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self.synced, Qt.ConnectionType.QueuedConnection)
        self._coalesce = QTimer(self)
        self._coalesce.setSingleShot(True)
        self._coalesce.setInterval(COALESCE_MS)
        self._coalesce.timeout.connect(self._tell)

    def on_error(self, failed: Failed) -> None:
        """Say what shows an error that its caller does not handle."""
        self._on_error = failed

    @property
    def idle(self) -> bool:
        """True when nothing is under way and every result has arrived."""
        return self._open == 0 and not self._coalesce.isActive()

    @property
    def stopped(self) -> bool:
        """True when the window closes: what runs for long gives up."""
        return self._stopped

    def run(
        self,
        job: Callable[[], Result],
        then: Then[Result] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run a write on the one writer thread; ``then`` or ``failed`` follow on the window's thread."""
        self._send(self._writer, job, then, failed, owner, None, heavy=True)

    def read(
        self,
        job: Callable[[], Result],
        then: Then[Result] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        key: str | None = None,
    ) -> None:
        """Read on a reader thread. Of several reads with the same ``key`` only the last one's result arrives."""
        self._send(self._readers, job, then, failed, owner, self._ticket(key), heavy=False)

    def work(
        self,
        job: Callable[[], Result],
        then: Then[Result] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        key: str | None = None,
    ) -> None:
        """Run a pure function on the pool; ``key`` as in :meth:`read`."""
        self._send(self._pool, job, then, failed, owner, self._ticket(key), heavy=True)

    def announce(self, case_ids: frozenset[str]) -> None:
        """Tell the window which cases changed. Called by the desk in any thread."""
        if not self._stopped:
            self._announced.emit(case_ids)

    def announce_round(self) -> None:
        """Tell the window that a round ended or came further. Called by the network thread."""
        if not self._stopped:
            self._came.emit()

    def stop(self) -> None:
        """Finish the writes that were asked for, drop the reads that nobody waits for any more."""
        self._stopped = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _ticket(self, key: str | None) -> tuple[str, int] | None:
        if key is None:
            return None
        self._latest[key] = self._latest.get(key, 0) + 1
        return key, self._latest[key]

    def _send(
        self,
        workers: ThreadPoolExecutor,
        job: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Failed | None,
        owner: QObject | None,
        key: tuple[str, int] | None,
        *,
        heavy: bool,
    ) -> None:
        if self._stopped:
            return
        self._open += 1
        if heavy:
            self._busy(1)
        done = self._delivered

        def walk() -> None:
            value: Any = None
            error: BaseException | None = None
            if key is None or self._latest[key[0]] == key[1]:
                try:
                    value = job()
                except BaseException as broken:  # everything a worker meets is told in the window, nothing is lost
                    error = broken
            if not self._stopped:
                done.emit((heavy, _Delivery(then, failed, owner, key, value, error)))

        workers.submit(walk)

    def _busy(self, step: int) -> None:
        before = self._heavy > 0
        self._heavy += step
        if before != (self._heavy > 0):
            self.busy_changed.emit(self._heavy > 0)

    @Slot(object)
    def _deliver(self, parcel: tuple[bool, _Delivery]) -> None:
        heavy, delivery = parcel
        self._open -= 1
        if heavy:
            self._busy(-1)
        if delivery.owner is not None and not shiboken6.isValid(delivery.owner):
            return
        if delivery.key is not None and self._latest[delivery.key[0]] != delivery.key[1]:
            return
        if delivery.error is None:
            if delivery.then is not None:
                delivery.then(delivery.value)
        elif delivery.failed is not None:
            delivery.failed(delivery.error)
        elif self._on_error is not None:
            self._on_error(delivery.error)
        else:
            raise delivery.error

    @Slot(object)
    def _collect(self, case_ids: frozenset[str]) -> None:
        if case_ids:
            self._changed |= case_ids
        else:
            self._everything = True
        if not self._coalesce.isActive():
            self._coalesce.start()

    def _tell(self) -> None:
        changed = frozenset() if self._everything else frozenset(self._changed)
        self._changed.clear()
        self._everything = False
        self.cases_changed.emit(changed)
