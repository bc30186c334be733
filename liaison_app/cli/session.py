"""One call of the command line: where, who, when, in which language, and what it was handed."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from liaison_app.desk import opening
from liaison_app.desk.facade import Desk
from liaison_app.desk.papers import Renderer
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china
from liaison_app.words.errors import told

Args = argparse.Namespace


Result = Any


class Usage(Exception):
    """Wrong usage: exit code 2."""


def plain(value: Any) -> Any:
    """Return plain data for JSON."""
    return msgspec.to_builtins(value)


class Session:
    """One call of the command line: where, who, when, in which language."""

    def __init__(self, args: Args, home: Path, lang: str, renderer: Callable[[], Renderer]) -> None:
        self.args, self.home, self.lang, self.renderer = args, home, lang, renderer

    def desk(self, *, to_send: bool = False) -> Desk:
        """Open the desk; ``to_send``: for packages, which a closed desk still gives and takes."""
        args = self.args
        as_, now = getattr(args, "as_", None), getattr(args, "now", None)
        if not opening.founded(self.home):
            raise RuleBroken("replica_missing", home=str(self.home))
        mode = opening.enrolled(self.home)[0].mode
        if mode != "demo" and (as_ or now):
            raise Usage(told("not_demo", {}, self.lang))
        secret = os.environ.get("LIAISON_KEY") if getattr(args, "key_from_env", False) else None
        if mode in {"keyring", "passphrase"} and secret is None:
            if not sys.stdin.isatty():
                raise RuleBroken("secret_missing", mode=mode)
            secret = getpass.getpass("PIN / 口令: ")
        when = china(now, "now") if now else None
        return opening.open_desk(self.home, person=as_, secret=secret, lang=self.lang, now=when, to_send=to_send)


def bytes_of(name: str) -> bytes:
    """Return what a file holds. Raise RuleBroken ``file_missing``."""
    try:
        return Path(name).read_bytes()
    except OSError:
        raise RuleBroken("file_missing", file=name) from None


def data_of(args: Args) -> dict[str, Any]:
    """Return the fields of an act from ``--data`` (JSON, or ``-`` for stdin), with whom it is entered for. Raise Usage."""
    text = sys.stdin.read() if args.data == "-" else args.data
    try:
        data = json.loads(text)
    except ValueError:
        raise Usage("--data: JSON") from None
    if not isinstance(data, dict):
        raise Usage("--data: JSON object")
    if getattr(args, "for_", None):
        data["for"], data["evidence"] = args.for_, getattr(args, "evidence", "")
    return data
