"""Entry of ``liaison``: parse, run one command, say the result; never a traceback for a user's mistake."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import platformdirs

from liaison_app.cli import commands, ledger, network, server
from liaison_app.cli.parser import build
from liaison_app.cli.session import Session, Usage, plain
from liaison_app.desk.papers import Renderer
from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.link import LinkLost
from liaison_app.words.errors import localised, of_files, told

DAMAGED = {"desk_profile_invalid", "wrong_key", "replica_damaged", "replica_missing", "home_denied", "schema_newer", "keys_damaged", "keys_newer", "sqlite_too_old", "second_instance", "verify_failed", "wrong_secret", "keyring_lost", "keyring_locked", "keyring_missing", "secret_missing"}  # fmt: skip
"""Codes that end with 4: the replica is damaged or cannot be opened."""
COMMANDS = {**commands.COMMANDS, **ledger.COMMANDS, **network.COMMANDS, **server.COMMANDS}


def _renderer() -> Renderer:
    import reports

    return reports.renderer()


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit code of the contract."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else None)
    args = build().parse_args(argv)
    lang = getattr(args, "lang", None) or _system_lang()
    home = getattr(args, "home", None) or os.environ.get("LIAISON_HOME") or platformdirs.user_data_dir("liaison-desk")
    try:
        result = COMMANDS[args.command](Session(args, Path(home), lang, _renderer))
        if result is not None:
            _say(result, args)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has enough: what was done is done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Usage as wrong:
        _complain("usage", {"reason": str(wrong)}, lang)
        return 2
    except RuleBroken as refused:
        _complain(refused.code, refused.facts, lang)
        return 3 if isinstance(refused, LinkLost) else 4 if refused.code in DAMAGED else 1
    except OSError as error:
        _complain(*of_files(error, str(error)), lang)
        return 1
    return 0


def _system_lang() -> str:
    said = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if said.startswith("en") else "zh_CN"


def _say(result: Any, args: argparse.Namespace) -> None:
    indent = None if getattr(args, "json", False) else 2
    print(json.dumps(plain(result), ensure_ascii=False, indent=indent))


def _complain(code: str, facts: Any, lang: str) -> None:
    words = told(code, facts, lang)
    details = json.loads(json.dumps(localised(facts, lang), ensure_ascii=False, default=str))
    print(json.dumps({"error": code, "message": words, "details": details}, ensure_ascii=False), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
