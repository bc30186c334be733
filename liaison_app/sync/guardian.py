"""``server watch``: a system service that ends desks' sessions which stall others (DESIGN §5).

A desk's session that holds the lock of a feed for more than a second, or has a transaction open for more than ten, is
ended. The service notes itself as alive, so that ``server check`` can fail without it.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
import psycopg

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.server import Connection, as_tables, connect, founded

FEED_SECONDS: Final = 1.0
TRANSACTION_SECONDS: Final = 10.0
EVERY: Final = 0.25
NOTED_EVERY: Final = 10.0
AGAIN: Final = 2.0

LOOK: Final = """
SELECT a.pid, a.usename, a.xact_start, extract(epoch FROM clock_timestamp() - a.xact_start)::float,
    EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.relation = 'ld.feed'::regclass
            AND l.mode IN ('RowShareLock', 'RowExclusiveLock'))
FROM pg_stat_activity a
WHERE a.datname = current_database() AND a.usename LIKE 'desk\\_%' AND a.xact_start IS NOT NULL
"""


class Ended(msgspec.Struct, frozen=True):
    """A session that was ended and why."""

    role: str
    why: str
    seconds: float


class Guardian:
    """Looks at the sessions again and again; remembers since when each holds a feed."""

    def __init__(self, connection: Connection) -> None:
        if not founded(connection):
            connection.close()
            raise RuleBroken("server_not_founded")
        self._connection = connection
        self._holding: dict[tuple[int, Any], float] = {}
        self._noted = 0.0

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def look(self) -> list[Ended]:
        """Look once; end what stalls; note that this service lives."""
        now = time.monotonic()
        if now - self._noted >= NOTED_EVERY or not self._noted:
            with as_tables(self._connection):
                self._connection.execute("UPDATE ld.server SET watched_at=clock_timestamp()")
            self._noted = now
        holding: dict[tuple[int, Any], float] = {}
        ended = []
        for pid, role, began, seconds, feed in self._connection.execute(LOOK.encode()).fetchall():
            key = (pid, began)
            if feed:
                holding[key] = self._holding.get(key, now)
            held = now - holding[key] if feed else 0.0
            if seconds > TRANSACTION_SECONDS or held > FEED_SECONDS:
                self._connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid=%s AND xact_start=%s",
                    (pid, began),
                )
                ended.append(
                    Ended(role, "feed" if held > FEED_SECONDS else "transaction", round(max(held, seconds), 1))
                )
        self._holding = holding
        return ended


def watch(url: str, password: str | None, tell: Callable[[Ended], None], stop: threading.Event) -> None:
    """Watch until told to stop; a database that goes away is waited for. Raise RuleBroken when it is not there at first."""
    guardian: Guardian | None = Guardian(connect(url, password=password))
    while not stop.is_set():
        try:
            if guardian is None:
                guardian = Guardian(connect(url, password=password))
            for one in guardian.look():
                tell(one)
            stop.wait(EVERY)
        except (psycopg.Error, RuleBroken):
            if guardian is not None:
                guardian.close()
            guardian = None
            stop.wait(AGAIN)
    if guardian is not None:
        guardian.close()
