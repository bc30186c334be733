"""The words of the command line (a contract: they do not change without a deprecation)."""

import argparse


def build() -> argparse.ArgumentParser:
    """Return the parser of ``liaison``."""
    common = argparse.ArgumentParser(add_help=False)
    for name in ("--home", "--lang", "--as", "--now", "--for", "--evidence"):
        common.add_argument(
            name, default=argparse.SUPPRESS, dest="as_" if name == "--as" else name[2:].replace("for", "for_")
        )
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    common.add_argument("--key-from-env", action="store_true", default=argparse.SUPPRESS)
    parser = argparse.ArgumentParser(prog="liaison", description="联络员工作台 · Liaison Desk", parents=[common])
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, parents=[common])

    init = add("init", "新建本机数据 / a new replica")
    init.add_argument("--mechanism", default="M1")
    init.add_argument("--demo", action="store_true")
    init.add_argument("--seed", type=int, default=1)
    init.add_argument("--body", default="C12369")
    init.add_argument("--person", default="联络员")
    init.add_argument("--leader", default="")
    init.add_argument("--district", default="本区")
    mechanisms = add("mechanisms", "机制 / the profiles")
    mechanisms.add_argument("--check", metavar="FILE")
    for name in ("route", "deadline"):
        add(name, "JSON Lines").add_argument("--mechanism", default="M1")
    calendar = add("calendar", "工作日历 / working days")
    which = calendar.add_subparsers(dest="what", required=True)
    which.add_parser("show", parents=[common]).add_argument("year", type=int)
    which.add_parser("import", parents=[common]).add_argument("file")
    imports = add("import", "导入 / complaints from a file")
    imports.add_argument("file")
    imports.add_argument("--map", default="")
    imports.add_argument("--dry-run", action="store_true")
    case = add("case", "案件 / cases")
    kinds = case.add_subparsers(dest="what", required=True)
    listing = kinds.add_parser("list", parents=[common])
    listing.add_argument("--list", default="all")
    listing.add_argument("--search", default="")
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--after")
    listing.add_argument("--names", action="store_true")
    kinds.add_parser("show", parents=[common]).add_argument("case")
    act = add("act", "操作 / any act")
    act.add_argument("case")
    act.add_argument("action")
    act.add_argument("--data", default="{}")
    add("actions", "可做的操作 / what may be done").add_argument("case")
    doc = add("doc", "文书 / papers")
    doc.add_argument("kind", nargs="?")
    doc.add_argument("ids", nargs="*")
    doc.add_argument("--out", default="")
    doc.add_argument("--kinds", action="store_true")
    add("verify", "校验 / chains and hashes").add_argument("--case", default="")
    add("rebuild", "重建 / projections").add_argument("--check", action="store_true")
    add("backup", "备份").add_argument("file")
    add("restore", "恢复备份").add_argument("file")
    recover = add("recover", "用恢复单打开 / open with the recovery sheet")
    recover.add_argument("--code", default="")
    recover.add_argument("--person", default="")
    log = add("log", "日志 / the log")
    log.add_argument("--bundle", default="")
    add("errors", "错误代码 / error codes")
    return parser
