"""A replica on disk: created, opened, migrated after a backup, copied and brought back."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from liaison_app.store import engine as eng
from liaison_app.store.appearing import appearing
from liaison_app.store.engine import FILE, StoreError
from liaison_app.store.shared import BEHIND
from liaison_app.store.tables import SEARCH_SQL, metadata

HEAD: Final = "0013"
"""The newest schema this program knows."""
REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
)

MOVING: Final = "schema.moving"
"""Set to the newest schema from the backup on until the file has it: an interrupted migration backs up once."""
Told = Callable[[int, int, float], None]
"""Is told the step, how many there are, and which share of it is done; what it raises stops the migration safely."""


class Replica:
    """The open replica: one writer, several readers. Close it to release the home."""

    def __init__(self, home: Path, key: bytes, *, synchronous: str = "FULL") -> None:
        self.home, self._key = home, key
        path = home / FILE
        self._writer: Engine = eng.make_engine(path, key, writer=True, synchronous=synchronous)
        self._reader: Engine = eng.make_engine(path, key, writer=False)
        self._lock, self._turns = eng.HomeLock(home), eng.Turns()
        self.written = 0
        """How many transactions wrote since it was opened, the one under way with them."""
        self.archived = False
        """Whether nothing may be written any more: the cases went to a district (DESIGN §4)."""

    @classmethod
    def create(cls, home: Path, key: bytes) -> "Replica":
        """Make a new replica. Raise StoreError ``replica_exists`` rather than overwrite one."""
        eng.assert_sqlite()
        home.mkdir(parents=True, exist_ok=True)
        if (home / FILE).exists():
            raise StoreError("replica_exists", home=str(home))
        replica = cls(home, key)
        replica._lock.take()
        try:
            with replica.write() as connection:
                metadata.create_all(connection)
                connection.exec_driver_sql(SEARCH_SQL)
                connection.exec_driver_sql("CREATE TABLE alembic_version(version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
                connection.exec_driver_sql("INSERT INTO alembic_version VALUES(?)", (HEAD,))
        except BaseException:
            replica.close()
            raise
        return replica

    @classmethod
    def open(cls, home: Path, key: bytes, *, synchronous: str = "FULL", told: Told | None = None) -> "Replica":
        """Open a replica; migrate an older one after a backup, ``told`` at each piece of it.

        Raises StoreError: ``replica_missing``, ``home_denied``, ``second_instance``, ``wrong_key``, ``replica_damaged``,
        ``schema_newer`` (nothing is changed), ``migration_stopped`` (what was done stays, the rest follows next time).
        """
        eng.assert_sqlite()
        if not (home / FILE).is_file():
            raise StoreError("replica_missing", home=str(home))
        try:
            with (home / FILE).open("rb"):
                pass  # SQLite would only say that it cannot open it
        except PermissionError:
            raise StoreError("home_denied", home=str(home)) from None
        replica = cls(home, key, synchronous=synchronous)
        replica._lock.take()
        try:
            with replica.read() as connection:
                revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if revision not in REVISIONS:
                raise StoreError("schema_newer", found=str(revision), known=HEAD)
            if revision != HEAD:
                replica._migrate(str(revision), told or (lambda _step, _of, _part: None))
        except BaseException:
            replica.close()
            raise
        return replica

    @contextmanager
    def write(self, *, lasting: bool = True) -> Iterator[Connection]:
        """Yield the writer in one transaction; on return it is on the disk. Raise StoreError ``archive_read_only``.

        Not ``lasting``: what came from the shared database or was computed, and comes again after a cut of power.
        """
        if self.archived:
            raise StoreError("archive_read_only", home=str(self.home))
        with (
            eng.named_errors(), self._turns.turn(first=lasting), self._writer.connect() as connection,
            eng.lasting_or_not(connection, lasting), connection.begin(),
        ):  # fmt: skip
            self.written += 1
            yield connection

    @property
    def wanted(self) -> bool:
        """Whether an own act waits for the transaction under way: a long one that can end early does."""
        return self._turns.wanted

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a reader that sees one consistent state."""
        with eng.named_errors(), self._reader.connect() as connection, connection.begin():
            yield connection

    def empty_log(self) -> None:
        """Write the log beside the file (WAL) into it and empty it: what was erased is not to be found there."""
        with eng.named_errors(), self._turns.turn(), self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection and release the home."""
        self._writer.dispose()
        self._reader.dispose()
        self._lock.release()

    def _migrate(self, revision: str, told: Told) -> None:
        """Back up once, then revision after revision, each in a transaction of its own: what is done is not done again."""
        from alembic import command
        from alembic.config import Config

        todo = REVISIONS[REVISIONS.index(revision) + 1 :]
        of = len(todo) + 1
        told(1, of, 0.0)
        with self.read() as connection:
            begun = connection.exec_driver_sql("SELECT value FROM meta WHERE key=?", (MOVING,)).scalar()
        if begun != HEAD:
            self.backup(self.home / f"before-{HEAD}-from-{revision}.liaison-backup", b"")
            with self.write() as connection:
                connection.exec_driver_sql(
                    "INSERT INTO meta(key,value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                    (MOVING, HEAD),
                )
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        for step, one in enumerate(todo, 2):
            told(step, of, 0.0)
            with self.write() as connection:
                config.attributes["connection"] = connection
                config.attributes["part"] = partial(told, step, of)
                command.upgrade(config, one)
                if one == HEAD:
                    connection.exec_driver_sql("DELETE FROM meta WHERE key=?", (MOVING,))
                    connection.exec_driver_sql(
                        "INSERT INTO meta(key,value) SELECT ?,'1' WHERE EXISTS (SELECT 1 FROM checkpoint) ON CONFLICT(key) DO NOTHING",
                        (BEHIND,),
                    )

    def backup(self, target: Path, keys: bytes) -> dict[str, object]:
        """Write an encrypted copy with the wrapped keys, and test it. Raise StoreError ``backup_failed``."""
        with tempfile.TemporaryDirectory(dir=self.home) as folder:
            copy = Path(folder) / FILE
            with eng.named_errors(), self._turns.turn(), self._writer.connect() as connection:
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute("VACUUM INTO ?", (f"file:{copy}?key=x%27{self._key.hex()}%27",))
            digest = hashlib.sha256(copy.read_bytes()).hexdigest()
            fresh = target.with_name(target.name + ".new")
            with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as out:
                out.write(copy, FILE)
                out.writestr("keys.json", keys)
                out.writestr("manifest.json", json.dumps({"version": 1, "sha256": digest, "schema": HEAD}))
            with fresh.open("rb+") as file:
                os.fsync(file.fileno())
            self._test_copy(fresh, digest)
            fresh.replace(target)
        return {"file": str(target), "sha256": digest, "bytes": target.stat().st_size}

    def _test_copy(self, archive: Path, digest: str) -> None:
        with tempfile.TemporaryDirectory(dir=self.home) as folder, zipfile.ZipFile(archive) as box:
            box.extract(FILE, folder)
            path = Path(folder) / FILE
            if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                raise StoreError("backup_failed", reason="hash")
            engine = eng.make_engine(path, self._key, writer=False)
            try:
                with eng.named_errors(), engine.connect() as connection:
                    eng.quick_check(connection)
            finally:
                engine.dispose()


def restore(archive: Path, home: Path, mark: str) -> dict[str, object]:
    """Bring a backup back into an empty home, whole or not at all; an empty file ``mark`` says there that it came from one.

    Raise StoreError ``backup_damaged`` or ``replica_exists``.
    """
    if (home / FILE).exists():
        raise StoreError("replica_exists", home=str(home))
    try:
        with zipfile.ZipFile(archive) as box:
            manifest = json.loads(box.read("manifest.json"))
            content, keys = box.read(FILE), box.read("keys.json")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise StoreError("backup_damaged", file=str(archive), reason=type(error).__name__) from None
    if hashlib.sha256(content).hexdigest() != manifest.get("sha256"):
        raise StoreError("backup_damaged", file=str(archive), reason="hash")
    if manifest.get("schema") not in REVISIONS:
        raise StoreError("schema_newer", found=str(manifest.get("schema")), known=HEAD)
    with appearing(home) as half:
        for name, data in ((FILE, content), ("keys.json", keys), (mark, b"")):
            (half / name).write_bytes(data)
    return {"home": str(home), "bytes": len(content)}
