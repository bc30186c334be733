"""``liaison server …``: the shared database for its administrator (CONTRACT)."""

import argparse
import getpass
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from liaison_app.cli.session import Result, Session, Usage, bytes_of, plain
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.mechanism.profile import load_profile


def parser(server: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the words of ``liaison server``."""
    what = server.add_subparsers(dest="what", required=True)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        made = what.add_parser(name, help=words, parents=[common])
        made.add_argument(
            "--url", required=True, help="postgresql://USER@HOST/DATABASE?sslmode=verify-full&sslrootcert=FILE"
        )
        return made

    init = add("init", "建立共享数据库 / found the shared database")
    init.add_argument("--mechanism", default="M1")
    init.add_argument("--district", default="本区")
    init.add_argument(
        "--no-desk", action="append", default=[], metavar="BODY", help="没有终端的单位 / a body without a desk"
    )
    add("upgrade", "升级 / bring it to this program's version")
    add("status", "状态 / positions, desks, sizes")
    add("check", "自查 / try what must be refused")
    body = add("add-body", "单位 / enter or correct a body")
    body.add_argument("body")
    body.add_argument("--name", required=True)
    body.add_argument("--no-desk", action="store_true")
    person = add("add-person", "人员 / enter or correct people")
    person.add_argument("person", nargs="?")
    person.add_argument("--name", default="")
    person.add_argument("--body", default="")
    person.add_argument("--title", default="")
    person.add_argument("--phone", default="")
    person.add_argument("--roles", default="liaison")
    person.add_argument("--workbook", metavar="FILE", help="名册表格 / a workbook with one row a person")
    code = add("enrol-code", "入网授权码 / a one-time code")
    code.add_argument("--person", required=True)
    code.add_argument(
        "--desk", default="", help="已入网工作台的角色名 / the role of an enrolled desk: another person there"
    )
    revoke = add("revoke", "撤销 / revoke a person or a desk")
    which = revoke.add_mutually_exclusive_group(required=True)
    which.add_argument("--person", default="")
    which.add_argument("--desk", default="")
    revoke.add_argument("--reason", required=True)
    tell = add("announce", "新版本通知 / tell the desks of a newer version; without VERSION: take it back")
    tell.add_argument("version", nargs="?", default="", metavar="VERSION")
    tell.add_argument("--where", default="", help="到哪里取 / where it is to be had")
    tell.add_argument("--notes", default="", help="有什么新内容 / what is new in it")
    add("watch", "看护服务 / the service that ends stalling sessions")
    profile = add("profile", "发布机制新版本 / publish a version; without FILE: compile the rows anew")
    profile.add_argument("file", nargs="?", metavar="FILE")
    profile.add_argument("--from", dest="from_", default="", metavar="DATE", help="施行日期 / in force from that day")
    profile.add_argument("--person", default="", help="谁决定发布（管理员）/ who answers for it, an administrator")
    profile.add_argument("--reason", default="", help="依据 / on what ground")
    add("export", "导出全区 / the district in open formats").add_argument("folder")
    for name in ("exchange", "unpack", "pack"):  # one act: what a desk says is taken out, the answer is packed
        exchange = add(name, "同步包 / answer a desk's package, or its request to be let in")
        exchange.add_argument("file", metavar="FILE")
        exchange.add_argument("--out", required=True, metavar="FILE")
        exchange.add_argument("--code", default="", help="入网申请的授权码 / the code of a request to be let in")
    erase = add("erase", "到期删除个人信息 / erase the personal parts of an ended case")
    erase.add_argument("case", help="案件编号 / number or id")
    erase.add_argument("--person", required=True, help="管理员 / an administrator")
    erase.add_argument(
        "--second", required=True, help="另一人：领导或别的管理员 / another one who leads or administers"
    )
    erase.add_argument("--reason", required=True)
    restored = add("restored", "恢复备份之后 / after a backup was restored: a new epoch")
    restored.add_argument("--reason", required=True)
    leases = add("open-leases", "恢复发号 / lend numbers again after a restore")
    leases.add_argument("--margin", type=int, default=1000)


def run(session: Session) -> Result:
    """Do one of the administrator's commands."""
    from liaison_app.sync import server

    args = session.args
    password = os.environ.get("LIAISON_PASSWORD") if getattr(args, "key_from_env", False) else None
    if password is None and _needs_password(args.url) and sys.stdin.isatty():
        password = getpass.getpass("数据库口令 / password: ")
    if args.what == "watch":
        return _watch(args.url, password)
    with server.connect(args.url, password=password) as connection:
        return _DO[args.what](connection, args, session)


def _needs_password(url: str) -> bool:
    before = url.partition("://")[2].partition("@")[0]
    return (
        "@" in url
        and ":" not in before
        and "PGPASSWORD" not in os.environ
        and not Path("~/.pgpass").expanduser().exists()
    )


def _watch(url: str, password: str | None) -> None:
    from liaison_app.sync import guardian

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    guardian.watch(url, password, lambda one: print(json.dumps(plain(one), ensure_ascii=False), flush=True), stop)


def _init(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    return server.init(connection, args.mechanism, args.district, args.no_desk)


def _upgrade(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    return server.upgrade(connection)


def _status(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    return server.status(connection)


def _check(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import checking

    found = [plain(f) for f in checking.check(connection)]
    wrong = [f for f in found if not f["ok"]]
    if wrong:
        raise RuleBroken("server_check", count=len(wrong), tried=len(found), first=wrong[0]["name"], wrong=wrong)
    return {"tried": len(found), "wrong": 0, "found": found}


def _add_body(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    mechanism = server.status(connection)["mechanism"]
    with server.as_tables(connection):
        server.put_body(connection, load_profile(mechanism), args.body, args.name, desk=not args.no_desk)
    return {"body": args.body, "name": args.name, "desk": not args.no_desk}


def _add_person(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import roster_book, server

    server.status(connection)
    if args.workbook:
        people = roster_book.of_district(connection, Path(args.workbook).name, Path(args.workbook).read_bytes())
    elif args.person and args.name and args.body:
        roles = tuple(r for r in args.roles.split(",") if r)
        if not set(roles) <= roster_book.KNOWN:
            raise Usage("--roles " + ",".join(sorted(roster_book.KNOWN)))
        people = [
            Person(id=args.person, name=args.name, body=args.body, title=args.title, phone=args.phone, roles=roles)
        ]
    else:
        raise Usage("PERSON --name NAME --body BODY | --workbook FILE")
    return {"read": len(people), "changed": server.enter_people(connection, people)}


def _enrol_code(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import access, server

    server.status(connection)
    return plain(access.issue(connection, args.person, args.desk))


def _revoke(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import access, server

    server.status(connection)
    if args.desk:
        return access.revoke_desk(connection, args.desk, args.reason)
    return access.revoke_person(connection, args.person, args.reason)


def _announce(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import announcing

    return announcing.announce(connection, args.version, args.where, args.notes)


def _profile(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    if not args.file:
        return server.reload(connection)
    if not (args.from_ and args.person):
        raise Usage("profile FILE --from DATE --person PERSON --reason WORDS")
    return server.publish(
        connection, bytes_of(args.file), args.file, valid_from=args.from_, person=args.person, reason=args.reason
    )


def _export(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import exporting

    return exporting.export(connection, Path(args.folder))


def _erase(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import erasing

    return erasing.erase(connection, args.case, person=args.person, second=args.second, reason=args.reason)


def _restored(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    return server.restored(connection, args.reason)


def _open_leases(connection: Any, args: argparse.Namespace, session: Session) -> Result:
    from liaison_app.sync import server

    return server.open_leases(connection, args.margin)


def _exchange(connection: Any, args: argparse.Namespace, _session: Session) -> Result:
    from liaison_app.sync import packages, posting

    data = bytes_of(args.file)
    if packages.asks(data):
        if not args.code:
            raise Usage("--code: 入网申请 / a request to be let in")
        answer, counts = posting.admit(connection, data, args.code)
    else:
        answer, counts = posting.exchange(connection, data)
    Path(args.out).write_bytes(answer)
    return {"file": args.out, **counts}


_DO: dict[str, Callable[[Any, argparse.Namespace, Session], Result]] = {
    "init": _init, "upgrade": _upgrade, "status": _status, "check": _check, "add-body": _add_body, "add-person": _add_person,
    "enrol-code": _enrol_code, "revoke": _revoke, "announce": _announce, "profile": _profile, "export": _export, "restored": _restored,
    "erase": _erase, "open-leases": _open_leases, "exchange": _exchange, "unpack": _exchange, "pack": _exchange,
}  # fmt: skip
COMMANDS: dict[str, Callable[[Session], Result]] = {"server": run}
