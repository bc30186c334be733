"""The words of the command line (a contract: they do not change without a deprecation)."""

import argparse

from liaison_app.cli import server


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
    init.add_argument("--setting", action="append", default=[], metavar="ID=VALUE", help="机制设置 / a reading chosen")
    init.add_argument("--sheet", metavar="FILE", help="恢复单 PDF / the recovery sheet as PDF")
    window = add("desk", "打开窗口 / open the window; one that is open already takes the file over")
    window.add_argument(
        "files", nargs="*", metavar="FILE", help="移送单 PDF、同步包、表格 / a slip, a package, a workbook"
    )
    person = add("person", "本机工作人员 / who works at this desk").add_subparsers(dest="what", required=True)
    person.add_parser("list", parents=[common])
    entered = person.add_parser("add", parents=[common])
    entered.add_argument("name")
    entered.add_argument("--title", default="")
    entered.add_argument("--roles", default="liaison")
    entered.add_argument("--code", default="", help="入网后：此人的授权码 / on a member's desk: the person's own code")
    entered.add_argument("--body", default="", help="入网后：所在单位 / on a member's desk: his body")
    entered.add_argument("--phone", default="")
    changed = person.add_parser("change", parents=[common], help="更正、调动 / correct an entry, move to another body")
    changed.add_argument("person")
    for name in ("--name", "--title", "--phone", "--body", "--roles"):
        changed.add_argument(name, default=None)
    left = person.add_parser("leave", parents=[common])
    left.add_argument("person")
    left.add_argument("--reason", required=True)
    person.add_parser("secret", parents=[common], help="换口令 / another PIN or pass-phrase (LIAISON_NEW_KEY)")
    sheet = person.add_parser("sheet", parents=[common], help="新恢复单，旧的作废 / another recovery sheet")
    sheet.add_argument("--out", metavar="FILE", default="", help="PDF")
    person.add_parser("line", parents=[common], help="更换数据库口令 / another password for the shared database")
    handing = add("hand-over", "移交在办案件 / hand a colleague's open cases over").add_subparsers(
        dest="what", required=True
    )
    handing.add_parser("show", parents=[common], help="经办人名下的在办案件 / who has which open cases").add_argument(
        "--person", default=""
    )
    handing.add_parser("list", parents=[common], help="历次移交 / what was handed over")
    handed = handing.add_parser("all", parents=[common], help="全部移交 / all open cases of a colleague")
    handed.add_argument("--from", dest="from_", required=True, metavar="PERSON")
    handed.add_argument("--to", required=True, metavar="PERSON")
    handed.add_argument("--reason", required=True)
    handed.add_argument("--until", default="", metavar="DATE", help="代办至 / he stands in until that day")
    handed.add_argument("--out", default="", metavar="FILE", help="交接清单 / the list, PDF or docx")
    taken_over = handing.add_parser("receive", parents=[common], help="接收 / take over what was handed to me")
    taken_over.add_argument("batch")
    printed = handing.add_parser("paper", parents=[common], help="交接清单 / the list, PDF or docx")
    printed.add_argument("batch")
    printed.add_argument("--out", required=True, metavar="FILE")
    mechanisms = add("mechanisms", "机制 / the profiles")
    versions = mechanisms.add_mutually_exclusive_group()
    versions.add_argument("--check", metavar="FILE", help="校验文件 / what is wrong in a file")
    versions.add_argument("--versions", action="store_true", help="本机各版本 / the versions of the desk")
    versions.add_argument("--publish", metavar="FILE", help="发布新版本 / a successor version (--from, --reason)")
    versions.add_argument("--export", nargs=2, metavar=("VERSION", "FILE"), help="导出版本 / the text of a version")
    versions.add_argument("--move", nargs="+", metavar=("VERSION", "CASE"), help="转用版本 / move cases (--reason)")
    mechanisms.add_argument("--from", dest="from_", default="", metavar="DATE")
    mechanisms.add_argument("--reason", default="")
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
    erased = kinds.add_parser(
        "erase",
        parents=[common],
        help="到期删除个人信息，两人决定（单机）/ erase personal parts, two persons (LIAISON_SECOND_KEY)",
    )
    erased.add_argument("case")
    erased.add_argument("--second", required=True)
    erased.add_argument("--reason", required=True)
    act = add("act", "操作 / any act")
    act.add_argument("case")
    act.add_argument("action")
    act.add_argument("--data", default="{}")
    add("actions", "可做的操作 / what may be done").add_argument("case")
    record = add("record", "台账与会议 / records and meetings").add_subparsers(dest="what", required=True)
    record.add_parser("kinds", parents=[common])
    records = record.add_parser("list", parents=[common])
    records.add_argument("--kind", default="")
    records.add_argument("--list", default="all", choices=("all", "open", "group:record", "group:meeting"))
    records.add_argument("--limit", type=int, default=50)
    records.add_argument("--after")
    record.add_parser("show", parents=[common]).add_argument("record")
    record.add_parser("owed", parents=[common]).add_argument("--kind", default="")
    opened = record.add_parser("new", parents=[common])
    opened.add_argument("kind")
    opened.add_argument("--data", default="{}")
    taken = record.add_parser("do", parents=[common])
    taken.add_argument("record")
    taken.add_argument("step")
    taken.add_argument("--data", default="{}")
    meeting = add("meeting", "会议 / meetings").add_subparsers(dest="what", required=True)
    meeting.add_parser("candidates", parents=[common]).add_argument("kind", nargs="?", default="joint")
    meeting.add_parser("track", parents=[common])
    begun = meeting.add_parser("new", parents=[common])
    begun.add_argument("kind", nargs="?", default="joint")
    begun.add_argument("--data", default="{}")
    packed = meeting.add_parser("pack", parents=[common])
    packed.add_argument("meeting")
    packed.add_argument("--out", required=True)
    for step in ("call", "attend", "decide", "minutes", "publish", "done"):
        one = meeting.add_parser(step, parents=[common])
        one.add_argument("meeting")
        one.add_argument("--data", default="{}")
    doc = add("doc", "文书 / papers")
    doc.add_argument("kind", nargs="?")
    doc.add_argument("ids", nargs="*")
    doc.add_argument("--out", default="")
    doc.add_argument("--kinds", action="store_true")
    doc.add_argument("--outside", action="store_true", help="对外复印件 / a copy for outside, without personal data")
    doc.add_argument("--draft", action="store_true", help="不编号不登记 / a preview: no number, no entry")
    book = add("book", "登记簿 / registers of the office: outgoing, incoming, delivery, seal")
    book.add_argument("book", choices=("outgoing", "incoming", "delivery", "seal"))
    book.add_argument("--since", default="", metavar="YYYY-MM-DD")
    book.add_argument("--until", default="", metavar="YYYY-MM-DD")
    book.add_argument("--search", default="", metavar="WORDS")
    book.add_argument("--out", default="", metavar="FILE.pdf|.xlsx|.csv")
    stats = add("stats", "统计 / figures of a period")
    stats.add_argument("--period", required=True, metavar="2026-10|2026-Q3|2026-H1|2026")
    stats.add_argument(
        "--compare", action="store_true", help="环比、同比 / beside the period before and a year earlier"
    )
    stats.add_argument("--by", default="", choices=["department", "town", "category", "channel", "source", "hour"])
    stats.add_argument(
        "--out", default="", metavar="FILE.xlsx|FILE.pdf", help="工作簿或通报 / a workbook, or the bulletin"
    )
    stats.add_argument(
        "--bulletin", default="work", choices=["work", "satisfaction", "analysis"],
        help="月度通报、满意率及排序通报、分析评估报告 / which bulletin --out FILE.pdf is",
    )  # fmt: skip
    stats.add_argument(
        "--freeze", action="store_true", help="冻结已结束的统计期 / keep the figures of a finished period for ever"
    )
    stats.add_argument(
        "--own", action="store_true", help="只算本终端 / count this desk's cases even where the period is frozen"
    )
    stats.add_argument("--corrections", action="store_true", help="冻结后的变化 / what came after the freezing")
    add("verify", "校验 / chains and hashes").add_argument("--case", default="")
    add("rebuild", "重建 / projections").add_argument("--check", action="store_true")
    add("backup", "备份").add_argument("file")
    add("restore", "恢复备份").add_argument("file")
    recover = add("recover", "用恢复单打开 / open with the recovery sheet")
    recover.add_argument("--code", default="")
    recover.add_argument("--person", default="")
    log = add("log", "日志 / the log")
    log.add_argument("--bundle", default="")
    bench = add("bench", "性能测试 / benchmarks of the source tree")
    bench.add_argument("name")
    bench.add_argument("--size", type=int, default=200_000)
    server.parser(add("server", "共享数据库 / the shared database"), common)
    add("errors", "错误代码 / error codes")
    joining = add("join", "入网 / join a district")
    joining.add_argument("--url", default="")
    joining.add_argument(
        "--export", metavar="FILE", default="", help="不联网：入网申请 / without a network: the request"
    )
    joining.add_argument(
        "--import", metavar="FILE", default="", dest="import_", help="不联网：入网答复 / the answer to it"
    )
    joining.add_argument("--person", required=True)
    joining.add_argument("--code", default="")
    bringing = add("bring-in", "旧案移入 / bring the cases of a desk alone in")
    bringing.add_argument("old_home", metavar="OLD_HOME")
    bringing.add_argument("--preview", action="store_true", help="只看不改 / show only")
    bringing.add_argument("--map", default="", metavar="FILE", help='{"bodies": {…}, "people": {…}}')
    bringing.add_argument("--cases", nargs="+", metavar="CASE", help="案件编号 / numbers of the old desk")
    bringing.add_argument("--open-only", action="store_true", help="只移入未办结的 / open cases only")
    bringing.add_argument("--person", default=None, help="原工作台的人 / who opens the old desk")
    sync = add("sync", "同步 / synchronise")
    sync.add_argument("--watch", action="store_true")
    sync.add_argument("--export", metavar="FILE", default="", help="同步包 / a package for the shared database")
    sync.add_argument("--import", metavar="FILE", default="", dest="import_", help="同步包 / the package that answers")
    sync.add_argument("--limit", type=int, help="每页条数 / entries a page")
    conflicts = add("conflicts", "需核对事项 / what is to be checked").add_subparsers(dest="what", required=True)
    conflicts.add_parser("list", parents=[common]).add_argument("--all", action="store_true")
    conflicts.add_parser("show", parents=[common]).add_argument("act")
    ended = conflicts.add_parser("resolve", parents=[common])
    ended.add_argument("act")
    ended.add_argument("how", choices=("note", "redo", "discard"))
    ended.add_argument("--reason", default="")
    ended.add_argument("--data", default="{}")
    return parser
