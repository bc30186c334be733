"""Commands that keep the replica: looked through, written anew, backed up, restored; the log."""

import getpass
import os
import sys
from pathlib import Path

from liaison_app.cli.session import Result, Session, plain
from liaison_app.desk import opening
from liaison_app.domain.errors import RuleBroken


def verify(session: Session) -> Result:
    """Chains and hashes."""
    desk = session.desk()
    try:
        report = plain(desk.verify(session.args.case))
    finally:
        desk.close()
    if not report["ok"]:
        raise RuleBroken("verify_failed", **report)
    return report


def rebuild(session: Session) -> Result:
    """Projections from the journal."""
    desk = session.desk()
    try:
        return plain(desk.rebuild(check=session.args.check))
    finally:
        desk.close()


def backup(session: Session) -> Result:
    """An encrypted copy."""
    desk = session.desk()
    try:
        return desk.backup(Path(session.args.file))
    finally:
        desk.close()


def restore(session: Session) -> Result:
    """A copy brought back into an empty home."""
    return opening.restore_backup(Path(session.args.file), session.home)


def recover(session: Session) -> Result:
    """A new pass-phrase by the recovery sheet."""
    code = session.args.code or (getpass.getpass("恢复单: ") if sys.stdin.isatty() else sys.stdin.readline())
    secret = os.environ.get("LIAISON_KEY", "") or (getpass.getpass("新口令: ") if sys.stdin.isatty() else "")
    return {"home": str(session.home), "person": opening.recover_desk(session.home, code, session.args.person, secret)}


def log(session: Session) -> Result:
    """Where the log is; a support bundle without personal data."""
    path = session.home / "log" / "desk.log"
    if session.args.bundle:
        return opening.support_bundle(session.home, Path(session.args.bundle))
    return {"log": str(path), "exists": path.exists()}
