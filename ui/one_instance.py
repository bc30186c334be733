"""One window per person of the computer and folder of the desk: a second start hands its file to the first and ends.

A local socket with a name of user and folder says whether a window is there. Who finds nobody behind a name that a
crash left takes it over; a lock file keeps two starts in the same moment apart.
"""

import getpass
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS = 1_000
ANSWER_MS = 10_000
"""How long (milliseconds) a busy first window may take to answer."""
LOCK_MS = 5_000
LONGEST = 64 * 1024
"""A longer message (bytes) is none of ours."""
TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  # what a desktop gives a start so that a window may come to the front
TAKEN = b"taken\n"


def name_of(home: Path) -> str:
    """Return the full name of the socket of a folder and the user: in his runtime folder, else among temporary files."""
    who = f"{getpass.getuser()}\0{home.expanduser().resolve()}"
    mark = f"liaison-desk-{hashlib.sha256(who.encode()).hexdigest()[:20]}"
    if os.name == "nt":
        return mark
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(runtime if runtime and Path(runtime).is_dir() else QDir.tempPath()) / mark)


class OneInstance(QObject):
    """Either hands over to the window that is there already, or is the one that others hand over to."""

    asked = Signal(object)
    """A later start asks for the window: the files it brought (tuple of str, often empty)."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = name_of(home)
        self._server: QLocalServer | None = None
        self._half: dict[QLocalSocket, bytes] = {}

    def first(self, files: Sequence[str]) -> bool:
        """Return True when this start is the one that stays; False when a window took over what was asked."""
        lock = QLockFile(f"{self._lock_name()}.lock")
        lock.setStaleLockTime(LOCK_MS)
        locked = lock.tryLock(LOCK_MS)
        try:
            if self._hand_over(files):
                return False
            self._listen()
        finally:
            if locked:
                lock.unlock()
        return True

    def close(self) -> None:
        """Take no more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _lock_name(self) -> str:
        return self.name if Path(self.name).is_absolute() else str(Path(QDir.tempPath()) / self.name)

    def _own(self) -> bool:
        """Say whether the socket is this user's: nobody else is told which file is opened."""
        if os.name == "nt":
            return True
        try:
            return Path(self.name).stat().st_uid == os.getuid()
        except OSError:
            return False

    def _hand_over(self, files: Sequence[str]) -> bool:
        if not self._own():
            return False
        line = QLocalSocket()
        line.connectToServer(self.name)
        if not line.waitForConnected(CONNECT_MS):
            return False
        said = {"files": [str(Path(one).absolute()) for one in files], "token": os.environ.get(TOKEN, "")}
        line.write(json.dumps(said).encode() + b"\n")
        line.waitForBytesWritten(CONNECT_MS)
        answered = line.bytesAvailable() >= len(TAKEN) or line.waitForReadyRead(ANSWER_MS)
        line.disconnectFromServer()
        return answered

    def _listen(self) -> None:
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self.name)
        if not server.listen(self.name):
            server.deleteLater()  # without a socket the lock on the data still keeps a second window out
            return
        server.newConnection.connect(self._come)
        self._server = server

    def _come(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            line = self._server.nextPendingConnection()
            self._half[line] = b""
            line.readyRead.connect(lambda line=line: self._read(line))
            line.disconnected.connect(lambda line=line: self._gone(line))
            if line.bytesAvailable():
                self._read(line)

    def _read(self, line: QLocalSocket) -> None:
        if line not in self._half:
            return
        self._half[line] += bytes(line.readAll().data())
        came = self._half[line]
        if b"\n" not in came:
            if len(came) > LONGEST:
                self._half.pop(line)
                line.abort()
            return
        self._half.pop(line)
        try:
            said = json.loads(came.partition(b"\n")[0])
            files, token = tuple(str(one) for one in said["files"]), str(said["token"])
        except (ValueError, KeyError, TypeError):
            line.abort()
            return
        line.write(TAKEN)
        line.flush()
        if token:
            os.environ[TOKEN] = token
        self.asked.emit(files)

    def _gone(self, line: QLocalSocket) -> None:
        self._half.pop(line, None)
        line.deleteLater()
