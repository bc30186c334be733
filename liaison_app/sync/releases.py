"""Versions of the program: this one's own, and what the administrator announced as newer (never forced)."""

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import msgspec

_FORM: Final = re.compile(r"\d{1,5}(\.\d{1,5}){0,3}")


class Release(msgspec.Struct, frozen=True):
    """What is announced: a version, where it is to be had, what is new in it. An empty version takes it back."""

    version: str
    where: str = ""
    notes: str = ""


@cache
def own() -> str:
    """Return the version of this program, 0 where it runs from a source that was never installed."""
    try:
        return version("liaison-desk")
    except PackageNotFoundError:
        return "0"


def is_version(words: str) -> bool:
    """Return whether words are a version: one to four numbers with dots."""
    return _FORM.fullmatch(words) is not None


def newer(one: str, than: str) -> bool:
    """Return whether a version is newer than another; missing numbers are 0, what is no version is never newer."""
    if not is_version(one) or not is_version(than):
        return False
    left, right = ([*map(int, said.split(".")), 0, 0, 0][:4] for said in (one, than))
    return left > right
