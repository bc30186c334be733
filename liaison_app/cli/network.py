"""Commands about the shared database: join it, synchronise, end what is to be checked."""

import getpass
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from liaison_app.cli.session import Result, Session, Usage, bytes_of, plain
from liaison_app.desk.facade import Desk
from liaison_app.desk.ledger_views import RecordOutcome
from liaison_app.domain.errors import RuleBroken
from liaison_app.security.keys import Mode
from liaison_app.sync.rounds import Round


def _progress(session: Session) -> Callable[[str, int, int], None]:
    """Return what writes progress to stderr, only where a person looks at it."""
    if not sys.stderr.isatty():
        return lambda what, n, of: None
    return lambda what, n, of: print(f"\r{what} {n}/{max(n, of)}   ", end="", file=sys.stderr, flush=True)


def join(session: Session) -> Result:
    """Enrol this desk in a district and read it for the first time."""
    from liaison_app.desk.joining import ask_to_join, join_by_file
    from liaison_app.desk.joining import join as join_district

    args = session.args
    if getattr(args, "key_from_env", False):
        mode: Mode = "env"
        secret = os.environ.get("LIAISON_KEY", "")
    elif sys.stdin.isatty():
        mode, secret = "passphrase", getpass.getpass("口令（至少12个字符）: ")
    else:
        raise Usage("--key-from-env (LIAISON_KEY)")
    if args.import_:
        data = bytes_of(args.import_)
        return plain(join_by_file(session.home, data, person=args.person, secret=secret, lang=session.lang))
    code = args.code or (getpass.getpass("入网授权码: ") if sys.stdin.isatty() else "")
    if args.export:
        package, groups = ask_to_join(session.home, person=args.person, code=code, mode=mode, secret=secret)
        Path(args.export).write_bytes(package)
        return {"file": args.export, "bytes": len(package), "recovery": list(groups) or None}
    if not args.url:
        raise Usage("--url URL | --export FILE | --import FILE")
    done = plain(
        join_district(
            session.home, url=args.url, person=args.person, code=code, mode=mode, secret=secret, lang=session.lang,
            password=os.environ.get("LIAISON_PASSWORD") if mode == "env" else None, progress=_progress(session),
        )
    )  # fmt: skip
    return {**done, "recovery": list(done["recovery"])} if done["recovery"] else {**done, "recovery": None}


def sync(session: Session) -> Result:
    """One round, or rounds until interrupted."""
    args = session.args
    desk = session.desk(to_send=bool(args.export or args.import_))
    try:
        if args.watch:
            return _watch(desk)
        before = time.monotonic()
        if args.export:
            package = desk.export_package()
            Path(args.export).write_bytes(package)
            return {"file": args.export, "bytes": len(package), "waiting": desk.sync_state().waiting}
        if args.import_:
            done = desk.import_package(Path(args.import_).read_bytes())
            return told(desk, done, round(time.monotonic() - before, 3))
        done = desk.sync(progress=_progress(session), limit=args.limit)
        return told(desk, done, round(time.monotonic() - before, 3))
    finally:
        desk.close()


def bring_in(session: Session) -> Result:
    """Cases of a desk that worked alone, brought into the district; with --preview only shown."""
    from liaison_app.desk import bringing

    args, old = session.args, Path(session.args.old_home)
    try:
        given = msgspec.json.decode(Path(args.map).read_bytes(), type=bringing.Same) if args.map else None
    except (OSError, msgspec.MsgspecError):
        raise RuleBroken("map_unknown", field="map", value=args.map) from None
    secret = os.environ.get("LIAISON_OLD_KEY") or os.environ.get("LIAISON_KEY")
    if not getattr(args, "key_from_env", False):
        if not sys.stdin.isatty():
            raise Usage("--key-from-env (LIAISON_OLD_KEY)")
        secret = getpass.getpass("原工作台的 PIN / 口令: ")
    desk, report = session.desk(), _progress(session)
    try:
        if args.preview:
            return plain(bringing.preview(desk, old, secret=secret, person=args.person, given=given))
        done = bringing.bring_in(
            desk, old, secret=secret, person=args.person, given=given, cases=args.cases, open_only=args.open_only,
            progress=lambda n, of: report("bring-in", n, of),
        )  # fmt: skip
        return plain(done)
    finally:
        desk.close()


def told(desk: Desk, done: Round, seconds: float) -> dict[str, Any]:
    """Return what a round did, as the contract says; ``code`` and ``message``: what somebody has to do for the rest to go."""
    state = desk.sync_state()
    return {
        "pushed": done.pushed, "pulled": done.pulled, "conflicts": [c.act_id for c in desk.conflicts()],
        "position": state.received, "waiting": state.waiting, "seconds": seconds, "code": state.code, "message": state.message,
    }  # fmt: skip


def _watch(desk: Desk) -> Result:
    """Say each round as a JSON line until the line is closed from outside (Ctrl+C)."""

    def say(done: Round | None, error: RuleBroken | None) -> None:
        line = told(desk, done, 0.0) if done is not None else {"error": error.code if error else ""}
        print(json.dumps(line, ensure_ascii=False), flush=True)

    watcher = desk.watcher(told=say)
    watcher.start()
    try:
        while watcher.is_alive():
            watcher.join(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        watcher.stop()
    return None


def conflicts(session: Session) -> Result:
    """What is to be checked: list, one of them, its end."""
    args = session.args
    desk = session.desk()
    try:
        if args.what == "list":
            return [plain(c) for c in desk.conflicts(everything=args.all)]
        if args.what == "show":
            return plain(desk.conflict(args.act))
        try:
            data = json.loads(args.data)
        except ValueError:
            raise Usage("--data: JSON") from None
        outcome = desk.resolve_conflict(args.act, args.how, args.reason, data)
        of = (
            {"record": outcome.record}
            if isinstance(outcome, RecordOutcome)
            else {"case": outcome.case if outcome else None}
        )
        return {"resolved": args.act, "how": args.how, **of}
    finally:
        desk.close()


COMMANDS: dict[str, Callable[[Session], Result]] = {
    "join": join,
    "bring-in": bring_in,
    "sync": sync,
    "conflicts": conflicts,
}
