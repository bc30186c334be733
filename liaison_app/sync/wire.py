"""The line itself, over psycopg: few calls, plain parameters, a deadline on each round trip (SYNC.md §1.9).

libpq waits for ever on a black hole. Each call runs under a watch that closes the socket when the line was silent for its
time; TCP keepalives and ``tcp_user_timeout`` find a dead line between calls. A line that is only slow is let go on: what
moves is no silence, and pages are measured so that one takes seconds.
"""

import contextlib
import socket
import time
import uuid
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

import msgspec
import psycopg
from psycopg import errors as pg
from psycopg import sql
from psycopg.adapt import Loader
from psycopg.pq import Format

from liaison_app.domain.errors import RuleBroken
from liaison_app.security.signatures import Shown
from liaison_app.sync import releases
from liaison_app.sync.items import Item, Page, page_of
from liaison_app.sync.link import Answer, Asking, LinkLost, LinkRefused, PushedAct
from liaison_app.sync.packed import Damaged, told_id, told_moment, unpacked
from liaison_app.sync.silence import Heard, Watch, socket_of

if TYPE_CHECKING:
    from psycopg.abc import Buffer

DEADLINE: Final = 30.0
"""Seconds for which a round trip may be silent."""
CONNECT_DEADLINE: Final = 10.0
UNSEEN: Final = 64 << 10
"""Bytes that the system may hold back on their way up: with more of them a slow line would look silent."""
FIRST_BYTES: Final = 256 << 10
LEAST_BYTES: Final = 32 << 10
MOST_BYTES: Final = 4 << 20
"""Bytes of the first page of a line, of one on the slowest line, and of one on a fast line."""
SHORT_PAGE: Final = 200
"""Items of a page from which on nobody looks whether it was cut short: another one follows anyhow."""
QUICK: Final = 2.0
SLOW: Final = 8.0
"""Seconds under which a page asks for a larger one, and over which for a smaller one."""
FAST: Final = 512 << 10
"""Bytes a second from which on a line carries pages as they are: compressing them would cost more than it saves."""
TELLING: Final = 16 << 10
"""Bytes of an answer from which on its slowness is the line's; of a shorter one it may be the way's."""
MANY: Final = 20
"""Items to come from which on a page is compressed on a line that was not measured yet."""
ROW: Final = 120
"""Bytes that an item has at the least."""
PREPARED: Final = 3
"""After so many times a statement is prepared, on a line without a pooler."""
ENTRY: Final = {
    "act": "id", "n": "int", "stream": "text", "version": "bigint", "kind": "text", "data": "bytes", "recorded_at": "moment",
    "header": "bytes", "prev": "bytes", "tag": "bytes", "open": "bytes", "salt": "bytes", "personal": "bytes",
}  # fmt: skip
ITEM: Final = {"feed": "text", "pos": "bigint", "what": "text", "ref": "id", "chain": "bytes", **ENTRY}
"""Columns of an entry of an open case and of an item of a feed, each with its type."""
LOCAL: Final = frozenset({"", "localhost", "127.0.0.1", "::1"})
"""Hosts to which the line needs no certificate: it does not leave this machine."""


def parameters(url: str, user: str, password: str) -> dict[str, Any]:
    """Return the parameters of a connection. Raise LinkRefused ``server_address`` for an address that is none.

    A line that leaves this machine is encrypted and the server's certificate is checked against its name; the address
    may name the authority's certificate (``sslrootcert``) but cannot switch the check off.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise LinkRefused("server_address", url=url.split("@")[-1])
    query = dict(parse_qsl(parts.query))
    try:
        named = [urlsplit(f"//{one}") for one in parts.netloc.rpartition("@")[2].split(",")]
        hosts, ports = [one.hostname or "" for one in named], [str(one.port or 5432) for one in named]
    except ValueError:
        raise LinkRefused("server_address", url=url.split("@")[-1]) from None
    host, port = query.get("host", ",".join(hosts)), query.get("port", ",".join(ports))
    address = {"hostaddr": query["hostaddr"]} if query.get("hostaddr") else {}
    if "," in host:  # a primary and its standbys: the one that may be written to
        address["target_session_attrs"] = "read-write"
    local = all(one in LOCAL or one.startswith("/") for one in host.split(","))
    secure = {"sslmode": "prefer" if local else "verify-full"}
    if not local:
        secure["sslrootcert"] = query.get("sslrootcert", "system")
    if local and query.get("sslmode"):
        secure = {k: query[k] for k in ("sslmode", "sslrootcert") if k in query}
    return {
        "host": host, "port": port, "dbname": parts.path.strip("/"), "user": user, "password": password,
        "application_name": f"liaison-desk {releases.own()}", "connect_timeout": int(CONNECT_DEADLINE), "keepalives": 1,
        "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": int(DEADLINE * 1000),
        "client_encoding": "utf8", **secure, **address,
    }  # fmt: skip


class Wire:
    """The line itself: one connection, autocommit, every call one statement and one round trip."""

    def __init__(self, url: str, user: str, password: str, *, deadline: float | None = None) -> None:
        self._deadline, self._page = deadline or DEADLINE, FIRST_BYTES
        self._packs: bool | None = None
        self._slow: bool | None = None
        self._heads: dict[str, int] = {}
        self._connection: psycopg.Connection[Any] = _connected(parameters(url, user, password))
        self._watch, self._hints = Watch(self._connection, self._deadline), 0

    @classmethod
    def over(cls, connection: "psycopg.Connection[Any]") -> "Wire":
        """Return a line over a connection that is open already (packages, at the server)."""
        made = cls.__new__(cls)
        made._deadline, made._page, made._connection = DEADLINE, MOST_BYTES, connection
        made._packs, made._slow, made._heads = False, False, {}
        made._watch, made._hints = Watch(connection, DEADLINE), 0
        return made

    def close(self) -> None:
        """Close the line."""
        self._watch.end()
        with contextlib.suppress(psycopg.Error):
            self._connection.close()

    def cut(self) -> None:
        """Cut the line from another thread: a call that waits ends at once."""
        with contextlib.suppress(OSError, psycopg.Error), socket_of(self._connection.fileno()) as line:
            line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "Wire":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fileno(self) -> int:
        """Return the socket, to wait for hints on it."""
        return self._connection.fileno()

    def listen(self) -> None:
        """Ask for hints: one channel a feed, its name a random word; a hint says only that something came."""
        self._connection.add_notify_handler(self._note)
        for feed in self.status().get("feeds", ()):
            channel = feed.get("channel")
            if channel:
                self._do(sql.SQL("LISTEN {}").format(sql.Identifier(str(channel))))

    def hints(self) -> int:
        """Take the hints that came since the last page was asked for; return how many.

        One that came with an answer lies on the socket no more: nothing there would wake who waits for it.
        """
        try:
            self._connection.pgconn.consume_input()
            while self._connection.pgconn.notifies() is not None:
                self._hints += 1
        except psycopg.Error as error:
            raise LinkLost("server_unreachable") from error
        came, self._hints = self._hints, 0
        return came

    def _note(self, hint: psycopg.Notify) -> None:
        self._hints += 1

    def _do(self, statement: sql.Composed) -> None:
        try:
            with self._watch:
                self._connection.execute(statement)
        except psycopg.Error as error:
            raise named(error) from error

    def enrol(self, verifier: str, person: str, device: str, secret: bytes) -> dict[str, Any]:
        """Enrol desk and first person with the one-time code this line was opened with."""
        return self._json("SELECT ld.enrol(%s,%s,%s,%s)", (verifier, person, uuid.UUID(device), secret))

    def enrol_person(self, code: str, person: str, device: str, secret: bytes) -> dict[str, Any]:
        """Enrol another person, or a new device log of one, on this desk."""
        return self._json("SELECT ld.enrol_person(%s,%s,%s,%s)", (code, person, uuid.UUID(device), secret))

    def change_password(self, verifier: str) -> dict[str, Any]:
        """Give the desk another password."""
        return self._json("SELECT ld.change_password(%s)", (verifier,))

    def show_key(self, key: Shown) -> dict[str, Any]:
        """Show the public half of the key with which a device log of this desk is signed."""
        said = (uuid.UUID(key.device), key.public, key.after, key.proof)
        return self._json("SELECT ld.show_key(%s,%s,%s,%s)", said)

    def who_is_there(self) -> tuple[bool, str]:
        """Return whether this is a shared database of ours, and its clock; a code that was not used yet may ask."""
        ours, at = self._rows("SELECT to_regprocedure('ld.enrol(text,text,uuid,bytea)') IS NOT NULL, now()", ())[0]
        return bool(ours), str(at)

    def status(self) -> dict[str, Any]:
        """Return server time, epoch, feeds with heads, whether desk or person were revoked.

        A pooler shows itself by another process than the one that greeted; behind one that pools transactions, statements
        prepared on this line are not there the next time, or are another's. So they are prepared on a direct line only.
        """
        began = time.monotonic()
        text, process = self._rows("SELECT ld.status()::text, pg_backend_pid()", ())[0]
        self._measured(len(text), time.monotonic() - began)
        self._connection.prepare_threshold = PREPARED if process == self._connection.info.backend_pid else None
        said: dict[str, Any] = msgspec.json.decode(text)
        self._packs = bool(said.get("packed"))
        self._heads = {str(feed["name"]): int(feed["head"]) for feed in said.get("feeds", ())}
        return said

    def pull(self, epoch: str, after: dict[str, int], limit: int) -> Page:
        """Return what follows in each feed; the first page of a line is small, what it took measures the next."""
        self._greet()
        began, self._hints = time.monotonic(), 0  # the page answers what hinted before
        values = (uuid.UUID(epoch), list(after), list(after.values()), limit, self._page)
        left = sum(max(0, self._heads.get(feed, 0) - pos) for feed, pos in after.items())
        rows = self._items("pull", "%s,%s::text[],%s::bigint[],%s,%s", values, ITEM, many=left >= MANY)
        items = [Item(*row) for row in rows]
        whole = len(items) < min(limit, SHORT_PAGE) and sum(one.size() for one in items) < self._page // 2
        took = time.monotonic() - began
        if took > SLOW:
            self._page = max(LEAST_BYTES, int(self._page * max(0.25, SLOW / 2 / took)))
        elif took < QUICK:
            self._page = min(MOST_BYTES, self._page * 4)
        return page_of(items, whole=whole)

    def push(self, epoch: str, acts: Sequence[PushedAct]) -> list[Answer]:
        """Hand a batch over; one answer an act."""
        began = time.monotonic()
        flat = [(i, *entry) for i, act in enumerate(acts, 1) for entry in act.entries]
        rows = self._rows(
            "SELECT act,fate,detail FROM ld.push(%b::uuid,%b::bytea[],%b::bytea[],%b::bytea[],%b::bytea[],%b::bytea[],"
            "%b::bytea[],%b::text[],%b::int[],%b::int[],%b::text[],%b::bigint[],%b::text[],%b::bytea[]) ORDER BY n",
            (
                uuid.UUID(epoch), [a.header for a in acts], [a.prev for a in acts], [a.tag for a in acts],
                [a.open for a in acts], [a.salt for a in acts], [a.personal for a in acts], [a.claims for a in acts],
                [e[0] for e in flat], [e[1] for e in flat], [e[2] for e in flat], [e[3] for e in flat],
                [e[4] for e in flat], [e[5] for e in flat],
            ),
        )  # fmt: skip
        self._measured(sum(act.size() for act in acts), time.monotonic() - began)
        whole = next((fate for act, fate, _ in rows if act is None), None)
        if whole == "epoch":
            raise LinkLost("server_epoch")
        if whole is not None:
            detail = next(d for act, _, d in rows if act is None) or {}
            if detail.get("code") == "desk":
                raise LinkRefused("desk_revoked")
            raise LinkRefused("server_refused", state=str(detail.get("code", whole)))
        return [Answer(str(act), str(fate), detail or {}) for act, fate, detail in rows]

    def withdraw(self, acts: Sequence[tuple[str, str]]) -> list[Answer]:
        """Say that acts (id, reason) are kept here as 需核对事项."""
        rows = self._rows(
            "SELECT act,fate FROM ld.withdraw(%s::uuid[],%s::text[])",
            ([uuid.UUID(a) for a, _ in acts], [reason for _, reason in acts]),
        )
        return [Answer(str(act), str(fate), {}) for act, fate in rows]

    def leases(self, asked: Sequence[Asking]) -> list[dict[str, Any]]:
        """Return the block of numbers for each request; the same request twice is the same block."""
        rows = self._rows(
            "SELECT ld.lease(u.r,u.k,u.y,u.c) FROM unnest(%s::uuid[],%s::text[],%s::int[],%s::int[]) WITH ORDINALITY u(r,k,y,c,z) "
            "ORDER BY u.z",
            (
                [uuid.UUID(r) for r, *_ in asked],
                [k for _, k, *_ in asked],
                [y for *_, y, _ in asked],
                [c for *_, c in asked],
            ),
        )
        return [dict(said or {}) for (said,) in rows]

    def put_piece(self, act: str, n: int, sha256: bytes, content: bytes) -> dict[str, Any]:
        """Hand a piece of an attachment over."""
        return self._json("SELECT ld.put_piece(%s,%s,%s,%s)", (uuid.UUID(act), n, sha256, content))

    def get_piece(self, act: str, n: int) -> bytes | None:
        """Return a piece of an attachment, None when it is not there or not for this desk."""
        found = self._rows("SELECT ld.get_piece(%s,%s)", (uuid.UUID(act), n))[0][0]
        return None if found is None else bytes(found)

    def reveal(self, case: str, reason: str) -> dict[str, Any]:
        """Return the personal parts of a case; the server logs before it answers."""
        return self._json("SELECT ld.reveal(%s,%s)", (uuid.UUID(case), reason))

    def open_cases(self, epoch: str, limit: int, after: str) -> list[Item]:
        """Return all entries of some open cases after a case id: the first synchronisation shows them ahead."""
        self._greet()
        rows = self._items("open_cases", "%s,%s,%s", (uuid.UUID(epoch), limit, after or None), ENTRY, many=True)
        return [Item("", 0, "entry", None, None, *row) for row in rows]

    def _greet(self) -> None:
        """Ask once on a line what the server offers."""
        if self._packs is None:
            self.status()

    def _items(
        self, function: str, places: str, values: Sequence[Any], columns: Mapping[str, str], *, many: bool
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a function, compressed on their way over a slow line; ``many``: over one not measured yet, too.

        What cannot be opened, or made, is asked for as it is, and so is all that comes after it on this line.
        """
        if self._packs and (many if self._slow is None else self._slow):
            with contextlib.suppress(Damaged, LinkRefused):
                began = time.monotonic()
                message = bytes(self._rows(f"SELECT ld.{function}_packed({places})", values)[0][0] or b"")
                took = time.monotonic() - began
                rows = unpacked(message, tuple(columns.values()))
                self._measured(len(message), took)
                return rows
            self._packs = False
        began = time.monotonic()
        rows = self._rows(f"SELECT {','.join(columns)} FROM ld.{function}({places})", values)
        took, size = time.monotonic() - began, ROW * len(rows)
        if size < FAST * took:
            size += sum(len(value) for row in rows for value in row if isinstance(value, bytes))
        self._measured(size, took)
        return rows

    def _measured(self, size: int, took: float) -> None:
        """Learn of the line from an answer of some bytes that took some seconds, the server's work among them."""
        if size >= FAST * took:
            self._slow = False
        elif size >= TELLING:
            self._slow = True

    def _json(self, statement: str, values: Sequence[Any]) -> dict[str, Any]:
        found = self._rows(statement, values)[0][0]
        return dict(found or {})

    def _rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        watch = self._watch
        try:
            with watch, self._connection.cursor(binary=True) as cursor:
                cursor.adapters.register_loader("uuid", _Uuid)
                cursor.adapters.register_loader("timestamptz", _Moment)
                cursor.execute(statement, values)
                return cursor.fetchall()
        except psycopg.Error as error:
            if watch.cut:
                raise LinkLost("server_silent", seconds=int(self._deadline)) from error
            raise named(error) from error


class _Uuid(Loader):
    """Ids come as the words that the journal keeps; a page has tens of thousands."""

    format = Format.BINARY

    def load(self, data: "Buffer") -> str:
        """Return the id in its usual form."""
        return told_id(bytes(data))


class _Moment(Loader):
    """Moments come as they are stored; a push gives the same one to all its entries."""

    format = Format.BINARY

    def load(self, data: "Buffer") -> str:
        """Return the moment in China time."""
        return told_moment(bytes(data))


def _connected(values: dict[str, Any]) -> "psycopg.Connection[Any]":
    try:
        made = Heard.connect(autocommit=True, prepare_threshold=None, **values)
    except psycopg.Error as error:
        raise named(error, values) from error
    if made.info.host and not made.info.host.startswith("/"):
        with contextlib.suppress(OSError), socket_of(made.fileno()) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNSEEN)
    return made


_SAID: Final[tuple[tuple[str, str, type[RuleBroken]], ...]] = (
    ("password authentication failed", "server_password", LinkRefused),
    ("no password supplied", "server_password", LinkRefused),
    ("sasl authentication failed", "server_password", LinkRefused),  # so PgBouncer says it
    ("no such user", "server_password", LinkRefused),
    ("is not permitted to log in", "desk_closed", LinkRefused),
    ("too many connections for role", "server_busy", LinkLost),
    ("no pg_hba.conf entry", "server_password", LinkRefused),
    ("certificate", "server_certificate", LinkRefused),
    ("root.crt", "server_certificate", LinkRefused),
    ("server does not support ssl", "server_certificate", LinkRefused),
    ("translate host name", "server_name", LinkLost),
    ("name or service not known", "server_name", LinkLost),
    ("failed to resolve", "server_name", LinkLost),
    ("connection refused", "server_port", LinkLost),
    ("permission denied for database", "server_other_database", LinkRefused),
    # the same from a server that speaks Chinese; ADMIN.md asks for lc_messages = 'C'
    ("认证失败", "server_password", LinkRefused),
    ("不允许角色", "desk_closed", LinkRefused),
    ("发起的连接太多", "server_busy", LinkLost),
    ("pg_hba.conf 记录", "server_password", LinkRefused),
    ("的权限不够", "server_other_database", LinkRefused),
    ("数据库", "server_database", LinkRefused),
    ("database", "server_database", LinkRefused),
    ("timeout", "server_silent", LinkLost),
)
"""What the driver says while connecting, and what it means for a person."""


def named(error: Exception, values: dict[str, Any] | None = None) -> RuleBroken:
    """Return the refusal that an error of the driver means; statements and parameters never stand in it."""
    place = {"host": values["host"], "port": values["port"]} if values else {}
    words = str(error).lower()
    if values is not None:
        for part, code, kind in _SAID:
            if part in words and (code != "server_database" or "does not exist" in words or "不存在" in words):
                return kind(code, **place)
        return LinkLost("server_unreachable", **place)
    if isinstance(error, pg.LockNotAvailable | pg.QueryCanceled | pg.DeadlockDetected | pg.SerializationFailure):
        return LinkLost("server_busy")
    if isinstance(error, pg.InsufficientPrivilege):
        return LinkRefused("desk_revoked")
    if isinstance(error, pg.UndefinedFunction | pg.UndefinedTable | pg.InvalidSchemaName | pg.UndefinedColumn):
        return LinkRefused("server_version")
    state = getattr(error, "sqlstate", None)
    if state is None or str(state)[:2] in {"08", "57", "53", "58", "XX"}:
        return LinkLost("server_unreachable")
    return LinkRefused("server_refused", state=str(state))
