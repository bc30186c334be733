"""The encrypted SQLite file behind the replica: opened, checked, locked; its errors named (SYNC §3)."""

import errno
import os
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from liaison_app.domain.errors import RuleBroken

FILE: Final = "replica.db"
FULL: Final = 2
"""``PRAGMA synchronous`` of a writer whose transactions are on the disk when they end."""
STATEMENTS: Final = 400
"""So many statements a connection keeps prepared: more than an act and a round have between them."""
CHUNK: Final = 400
"""Ids that one IN list takes."""
OLDEST_SQLITE: Final = (3, 51, 3)
"""Earlier ones can lose a committed transaction when the write-ahead log is reset."""


class StoreError(RuleBroken):
    """The replica cannot be opened, read or written; what was confirmed before is safe."""


def assert_sqlite() -> None:
    """Raise StoreError ``sqlite_too_old`` when the SQLite library has the log-reset race."""
    version = tuple(int(p) for p in dbapi2.sqlite_version.split("."))
    if version < OLDEST_SQLITE:
        raise StoreError("sqlite_too_old", found=dbapi2.sqlite_version)


def make_engine(path: Path, key: bytes, *, writer: bool, synchronous: str = "FULL") -> Engine:
    """Return an engine on the encrypted file; a writer has one connection, readers cannot write."""

    def creator() -> Any:
        raw = dbapi2.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=10, cached_statements=STATEMENTS
        )
        cursor = raw.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("SELECT count(*) FROM sqlite_master")
        cursor.execute("PRAGMA cache_size = -65536")
        if writer:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA synchronous = {synchronous}")
        else:
            cursor.execute("PRAGMA query_only = ON")
        return raw

    engine = create_engine(
        "sqlite+pysqlite://", creator=creator, module=dbapi2, poolclass=QueuePool,
        pool_size=1 if writer else 4, max_overflow=0 if writer else 4,
    )  # fmt: skip

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def fetched(
    connection: Connection, statement: str, values: tuple[Any, ...] | Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Return all rows as the driver gives them: reading a hundred thousand one by one costs three times the reading."""
    raw = connection.connection.driver_connection
    assert raw is not None
    rows: list[tuple[Any, ...]] = raw.execute(statement, values).fetchall()
    return rows


def first(connection: Connection, statement: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return the first row as the driver gives it, None when there is none: the way by SQLAlchemy costs seven times the reading."""
    rows = fetched(connection, statement, values)
    return rows[0] if rows else None


def written(connection: Connection, statement: str, values: tuple[Any, ...] | list[Any]) -> None:
    """Write as the driver does: once, or once for each of a list; an act has two dozen such statements."""
    raw = connection.connection.driver_connection
    assert raw is not None
    if isinstance(values, list):
        raw.executemany(statement, values)
    else:
        raw.execute(statement, values)


def parts(ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return ids in such parts as one IN list takes."""
    return [tuple(ids[i : i + CHUNK]) for i in range(0, len(ids), CHUNK)]


def marks(part: Sequence[str]) -> str:
    """Return the question marks of an IN list."""
    return ",".join("?" * len(part))


@contextmanager
def lasting_or_not(connection: Connection, lasting: bool) -> Iterator[None]:
    """Let the next transaction end without waiting for the disk where it need not last (called outside a transaction).

    What a later transaction forces to the disk holds all before it; without one a cut of power may lose the newest.
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    if lasting or raw.execute("PRAGMA synchronous").fetchone()[0] < FULL:
        yield
        return
    raw.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous = FULL")


class Turns:
    """Whose turn it is to write: what must last (an own act) before what need not (a page of a long pull), each first come,
    first served."""

    def __init__(self) -> None:
        self._guard, self._busy = threading.Lock(), False
        self._first: deque[threading.Lock] = deque()
        self._then: deque[threading.Lock] = deque()

    @contextmanager
    def turn(self, *, first: bool = True) -> Iterator[None]:
        """Wait for a turn and have it."""
        with self._guard:
            free, self._busy = not self._busy, True
            mine = threading.Lock()
            if not free:
                mine.acquire()
                (self._first if first else self._then).append(mine)
        if not free:
            mine.acquire()
        try:
            yield
        finally:
            with self._guard:
                if following := self._first or self._then:
                    following.popleft().release()
                else:
                    self._busy = False

    @property
    def wanted(self) -> bool:
        """Whether somebody waits who goes first: whoever has the turn and can end early does."""
        return bool(self._first)


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn the driver's errors into StoreError with a stable code."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        raise named(error) from error


def named(error: Exception) -> StoreError:
    """Return the StoreError that a driver's error means."""
    words = str(getattr(error, "orig", None) or error).lower()
    for part, code in (
        ("file is not a database", "wrong_key"),
        ("hmac check", "replica_damaged"),
        ("malformed", "replica_damaged"),
        ("disk image", "replica_damaged"),
        ("disk i/o", "replica_damaged"),
        ("is full", "disk_full"),
        ("locked", "replica_busy"),
        ("readonly", "replica_readonly"),
        ("unable to open", "home_denied"),
    ):
        if part in words:
            return StoreError(code, reason=words[:80])
    return StoreError("replica_damaged", reason=words[:80])


class HomeLock:
    """One program on one home: an operating-system lock that a crash releases."""

    def __init__(self, home: Path) -> None:
        self._path = home / "desk.lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock. Raise StoreError ``second_instance`` when another program holds it, ``home_denied``."""
        try:
            file = self._path.open("a+", encoding="ascii")
        except OSError as error:
            if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}:
                raise
            raise StoreError("home_denied", home=str(self._path.parent)) from None
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            else:
                import fcntl

                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise StoreError("second_instance", home=str(self._path.parent)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None


def quick_check(connection: Connection) -> None:
    """Raise StoreError ``replica_damaged`` when SQLite finds the file broken."""
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise StoreError("replica_damaged", reason=str(found)[:80])
