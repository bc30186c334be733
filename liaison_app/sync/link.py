"""What a desk and the shared database say to each other, without the driver that carries it (docs/SYNC.md)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Protocol

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import CHINA, china, stamp
from liaison_app.security.signatures import Shown
from liaison_app.sync.items import Item, Page


class LinkLost(RuleBroken):
    """The shared database cannot be reached; what is here is safe and goes on waiting."""


class LinkRefused(RuleBroken):
    """The shared database answered and does not take this desk, person or code."""


class PushedAct(msgspec.Struct, frozen=True):
    """One act of a batch with the entries proposed for it."""

    header: bytes
    prev: bytes
    tag: bytes
    open: bytes
    salt: bytes | None
    personal: bytes | None
    claims: str
    entries: tuple[tuple[int, str, int, str, bytes], ...]
    """n, stream, version, kind, data."""

    def size(self) -> int:
        """Return about how many bytes it takes on the line."""
        return (
            len(self.header) + len(self.open) + len(self.personal or b"") + sum(len(e[4]) for e in self.entries) + 200
        )


class Answer(msgspec.Struct, frozen=True):
    """What became of one act of a batch."""

    act: str
    fate: str
    detail: dict[str, Any]


Asking = tuple[str, str, int, int]
"""A block of numbers that is asked for: request, kind, year, how many."""


class Link(Protocol):
    """What a desk asks of the shared database."""

    def status(self) -> dict[str, Any]:
        """Return server time, epoch, feeds with heads, whether desk or person were revoked."""

    def pull(self, epoch: str, after: dict[str, int], limit: int) -> Page:
        """Return what follows in each feed."""

    def push(self, epoch: str, acts: Sequence[PushedAct]) -> list[Answer]:
        """Hand a batch over; one answer an act."""

    def open_cases(self, epoch: str, limit: int, after: str) -> list[Item]:
        """Return all entries of some open cases after a case id, without their places in a feed."""

    def withdraw(self, acts: Sequence[tuple[str, str]]) -> list[Answer]:
        """Say that acts (id, reason) are kept here as 需核对事项."""

    def leases(self, asked: Sequence[Asking]) -> list[dict[str, Any]]:
        """Return the block of numbers for each request."""

    def put_piece(self, act: str, n: int, sha256: bytes, content: bytes) -> dict[str, Any]:
        """Hand a piece of an attachment over."""

    def get_piece(self, act: str, n: int) -> bytes | None:
        """Return a piece of an attachment, None when it is not there or not for this desk."""

    def show_key(self, key: Shown) -> dict[str, Any]:
        """Show the public half of the key with which a device log of this desk is signed."""


class Line(Link, Protocol):
    """A link that hints wake: what the network thread holds."""

    def listen(self) -> None:
        """Ask for hints."""

    def hints(self) -> int:
        """Take the hints that came; return how many."""

    def fileno(self) -> int:
        """Return the socket, to wait for hints on it."""

    def cut(self) -> None:
        """Cut the line from another thread: a call that waits ends at once."""

    def close(self) -> None:
        """Close the line."""


CLOCKS_APART: Final = 300
"""Seconds by which this PC and the server may differ: dates and limits are counted by both."""


def clocks_apart(there: str) -> LinkRefused | None:
    """Return what is wrong when this PC's clock and a moment of the server are too far apart."""
    here = datetime.now(CHINA)
    if abs((here - china(there)).total_seconds()) <= CLOCKS_APART:
        return None
    return LinkRefused("clocks_apart", here=f"{here:%Y-%m-%d %H:%M}", there=stamp(china(there))[:16].replace("T", " "))
