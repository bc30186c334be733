"""What a round does beside acts: blocks of numbers are asked for, attachments go over and come (docs/SYNC.md)."""

import hashlib
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from liaison_app.store import desk_tables as small
from liaison_app.store import file_pieces, leasing
from liaison_app.store.replica import Replica
from liaison_app.sync.link import Asking, Link
from liaison_app.sync.rebase import Decider

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, of how much: ``pull`` and ``push`` in entries and acts, ``files`` in pieces."""


class Stopped(Exception):
    """Somebody asked the round to end; what was taken so far stands."""


class Supplies:
    """Numbers and attachments of one desk; between two pieces a round may be ended."""

    _replica: Replica
    _decider: Decider
    _body: str
    _blocks: Mapping[str, int]
    _progress: Progress
    stop: threading.Event

    def _halt(self) -> None:
        if self.stop.is_set():
            raise Stopped

    def _numbers(self, link: Link) -> None:
        year = int(self._decider.moment()[:4])
        with self._replica.read() as connection:
            left = leasing.leased_left(connection)
        short = {k: n for k, n in self._blocks.items() if left.get((self._body, k, year), 0) * 2 < n}
        if short:
            asked = self.lease_requests(short, year)
            self.leased([(r, k, y, said) for (r, k, y, _), said in zip(asked, link.leases(asked), strict=True)])

    def lease_requests(self, counts: Mapping[str, int], year: int) -> list[Asking]:
        """Return the requests by which blocks of some kinds are asked for; kept first: asked twice, each is one block."""
        asked: list[Asking] = []
        with self._replica.write() as connection:
            for kind, count in counts.items():
                request = small.get_meta(connection, f"lease.{kind}.{year}") or str(uuid.uuid4())
                small.put_meta(connection, f"lease.{kind}.{year}", request)
                asked.append((request, kind, year, count))
        return asked

    def leased(self, lent: Sequence[tuple[str, str, int, Mapping[str, Any]]]) -> None:
        """Keep the blocks that were lent (request, kind, year, answer); a request answered before changes nothing."""
        with self._replica.write() as connection:
            for request, kind, year, said in lent:
                if small.get_meta(connection, f"lease.{kind}.{year}") != request:
                    continue
                small.drop_meta(connection, f"lease.{kind}.{year}")
                if "first" in said:
                    leasing.put_lease(
                        connection, request, self._body, kind, year, int(said["first"]), int(said["last"])
                    )

    def _files(self, link: Link) -> None:
        refused: set[str] = set()  # what a server of before does not take stays here and is offered again
        while True:
            self._halt()
            with self._replica.read() as connection:
                pieces = file_pieces.unsent_pieces(connection, 4, refused)
            if not pieces:
                break
            for act, n, content in pieces:
                self._halt()
                if act in refused or "error" in link.put_piece(act, n, hashlib.sha256(content).digest(), content):
                    refused.add(act)
                    continue
                with self._replica.write() as connection:
                    file_pieces.piece_sent(connection, act, n)
                self._progress("files", n + 1, n + 1)
        with self._replica.read() as connection:
            wanted = file_pieces.wanted_files(connection, 50)
        for act, size, sha256, here in wanted:
            self._fetch(link, act, size, sha256, here)

    def pieces_came(self, kept: Sequence[tuple[str, int]], pieces: Sequence[tuple[str, int, bytes]]) -> None:
        """Take what a package says of attachments: which pieces the server holds, and pieces that came."""
        if not kept and not pieces:
            return
        with self._replica.write() as connection:
            for act, n in kept:
                file_pieces.piece_sent(connection, act, n)
            for act, n, content in pieces:
                file_pieces.put_piece(connection, act, n, content)
            for act, size, sha256, here in file_pieces.wanted_files(connection, 1000):
                if here * (1 << 20) >= size:
                    whole = small.pieces(connection, act)
                    file_pieces.file_done(connection, act, good=hashlib.sha256(whole).hexdigest() == sha256)

    def _fetch(self, link: Link, act: str, size: int, sha256: str, here: int) -> None:
        count = -(-size // (1 << 20))
        for n in range(here, count):
            self._halt()
            content = link.get_piece(act, n)
            if content is None:
                return
            with self._replica.write() as connection:
                file_pieces.put_piece(connection, act, n, content)
            self._progress("files", n + 1, count)
        with self._replica.write() as connection:
            whole = small.pieces(connection, act)
            file_pieces.file_done(connection, act, good=hashlib.sha256(whole).hexdigest() == sha256)
