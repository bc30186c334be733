"""Compiled copies of profiles and of the calendar: reading their YAML takes long, reading what it held as MessagePack does not.

A copy lies in the platform's cache folder under the sha256 of its text and says its own checksum. It is a convenience
only: damaged, unreadable or not written at all, the text is read instead. A copy never says that a text is right.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import platformdirs

Kept = TypeVar("Kept")
DAY: Final = 1
"""Code by which a date is marked."""
MOST: Final = 24
"""Copies that are kept: every profile of the program and some versions of desks."""


def folder() -> Path:
    """Return the folder of the copies."""
    return platformdirs.user_cache_path("liaison-desk") / "profiles"


def read(sha256: str, kind: type[Kept]) -> Kept | None:
    """Return what a text held, None when there is no whole copy of it."""
    try:
        content = (folder() / sha256).read_bytes()
    except OSError:
        return None
    check, _, data = content.partition(b"\n")
    if hashlib.sha256(sha256.encode() + data).hexdigest().encode() != check:
        return None
    try:
        return _decode(data, kind)
    except (msgspec.MsgspecError, ValueError):
        return None


def _decode(data: bytes, kind: type[Kept]) -> Kept:
    return msgspec.msgpack.decode(data, type=kind, ext_hook=_day)


def _day(code: int, data: memoryview) -> date:
    if code != DAY:
        raise ValueError(code)
    return date.fromisoformat(bytes(data).decode())


def _packed(said: Any) -> Any:
    """Return what YAML read with its dates marked: MessagePack has none."""
    if isinstance(said, dict):
        return {_packed(k): _packed(v) for k, v in said.items()}
    if isinstance(said, list):
        return [_packed(v) for v in said]
    if isinstance(said, date) and not isinstance(said, datetime):
        return msgspec.msgpack.Ext(DAY, said.isoformat().encode())
    return said


def write(sha256: str, said: Any, made: Any) -> None:
    """Keep what a text held, where the copy says exactly the same; whatever prevents it is no matter."""
    try:
        data = msgspec.msgpack.encode(_packed(said))
        if _decode(data, type(made)) != made:
            return
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError):
        return
    check = hashlib.sha256(sha256.encode() + data).hexdigest().encode()
    with suppress(OSError):
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(check + b"\n" + data)
            Path(name).replace(place / sha256)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        old = sorted(place.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)[MOST:]
        for path in old:
            path.unlink(missing_ok=True)
