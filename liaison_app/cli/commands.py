"""What each command of ``liaison`` does: plain data in, one JSON value out."""

import getpass
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from liaison_app.cli.keeping import backup, log, rebuild, recover, restore, verify
from liaison_app.cli.session import Result, Session, Usage, bytes_of, data_of, plain
from liaison_app.desk import bulletins, demo, figures_out, freezing, opening, statistics
from liaison_app.desk.facade import Desk
from liaison_app.desk.listing import LISTS
from liaison_app.desk.paper_desk import paper_kinds
from liaison_app.desk.questions import answer_deadline, answer_route, check_profile, profiles, read_notice, show_year
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.domain.moments import stamp
from liaison_app.words import figures
from liaison_app.words.errors import SENTENCES, localised, told
from liaison_app.words.finding_words import shown


def init(session: Session) -> Result:
    """A new replica: a demo with its cases, or a desk alone."""
    args, home = session.args, session.home
    if args.demo:
        opening.found_demo(home, args.mechanism)
        desk = opening.open_desk(home, lang=session.lang)
        try:
            cases = demo.fill(desk, args.seed)
            bodies = len(desk.bodies())
        finally:
            desk.close()
        return {"home": str(home), "mechanism": args.mechanism, "bodies": bodies, "cases": cases}
    person = Person(id="p-1", name=args.person, body=args.body, roles=("liaison", "administrator"))
    others = [Person(id="p-2", name=args.leader, body=args.body, roles=("leader",))] if args.leader else []
    if getattr(args, "key_from_env", False):
        mode, secret = "env", os.environ.get("LIAISON_KEY", "")
    elif sys.stdin.isatty():
        mode, secret = "passphrase", getpass.getpass("口令（至少12个字符）: ")
    else:
        raise Usage("--key-from-env (LIAISON_KEY)")
    settings = dict(one.partition("=")[::2] for one in args.setting)
    groups = opening.found_alone(home, args.mechanism, person, others, mode, secret, args.district, settings)  # type: ignore[arg-type]
    desk = opening.open_desk(home, secret=secret, lang=session.lang)
    bodies = len(desk.bodies())
    paper = session.renderer().recovery(desk.recovery_sheet(groups)) if args.sheet else None
    desk.close()
    if paper is not None:
        Path(args.sheet).write_bytes(paper.pdf)
    return {"home": str(home), "mechanism": args.mechanism, "bodies": bodies, "cases": 0, "recovery": list(groups)}


def person(session: Session) -> Result:
    """Who works at this desk: list, add, leave."""
    args = session.args
    desk = session.desk()
    try:
        if args.what == "add" and not args.code and desk.status().founding == "member":
            roles = _roles(args.roles)
            return plain(desk.enter_person(args.name, body=args.body, title=args.title, phone=args.phone, roles=roles))
        if args.what == "change":
            given = {n: getattr(args, n) for n in ("name", "title", "phone", "body")}
            changes = {n: v.strip() for n, v in given.items() if v is not None}
            more = {} if args.roles is None else {"roles": _roles(args.roles)}
            return plain(desk.correct_person(args.person, **changes, **more))
        if args.what == "add":
            secret = os.environ.get("LIAISON_NEW_KEY", "")
            if not secret and sys.stdin.isatty():
                secret = getpass.getpass("新口令（至少12个字符）: ")
            if args.code:
                return plain(desk.admit(args.name, args.code, secret=secret))
            return plain(desk.enrol_person(args.name, title=args.title, roles=_roles(args.roles), secret=secret))
        if args.what == "line":
            desk.change_line_password()
            return {"changed": "line"}
        if args.what in {"secret", "sheet"}:
            return _own_keys(session, desk)
        if args.what == "leave":
            desk.let_go(args.person, args.reason)
        return [plain(c) for c in desk.colleagues()]
    finally:
        desk.close()


def _roles(words: str) -> tuple[str, ...]:
    return tuple(r for r in words.split(",") if r)


def open_window(session: Session) -> Result:
    """The window: opened, or raised with the files handed over to it."""
    beside = Path(sys.executable).with_name("liaison-desk.exe" if os.name == "nt" else "liaison-desk")
    call = [str(beside)] if beside.exists() else [sys.executable, "-m", "ui.start"]
    args = session.args
    said = ["--home", str(session.home), *(["--lang", session.lang] if hasattr(args, "lang") else [])]
    said += ["--as", args.as_] if hasattr(args, "as_") else []
    said += ["--now", args.now] if hasattr(args, "now") else []
    code = subprocess.call([*call, *said, "--", *args.files])  # noqa: S603
    if code:
        raise SystemExit(code)


def hand_over(session: Session) -> Result:
    """Open cases that pass from one colleague to another."""
    args = session.args
    desk = session.desk()
    try:
        if args.what == "show":
            return [plain(one) for one in desk.charges(args.person)]
        if args.what == "list":
            return [plain(one) for one in desk.handed_over()]
        if args.what == "receive":
            return plain(desk.receive(args.batch))
        if args.what == "paper":
            return _handover_paper(session, desk, args.batch)
        if args.out:
            session.renderer()  # nothing is handed over before the list can be written
        done = desk.hand_over(args.from_, args.to, args.reason, until=args.until)
        return {**plain(done), **(_handover_paper(session, desk, done.batch) if args.out else {})}
    finally:
        desk.close()


def _handover_paper(session: Session, desk: Desk, batch: str) -> dict[str, Any]:
    desk.renderer, file = session.renderer(), Path(session.args.out)
    paper = desk.handover_paper(batch, docx=file.suffix.lower() == ".docx")
    file.write_bytes(paper.pdf)
    return {"file": str(file), "pages": paper.pages}


def _own_keys(session: Session, desk: Desk) -> Result:
    """Another PIN or pass-phrase of the person at work, or another recovery sheet."""
    args, tty = session.args, sys.stdin.isatty()
    old = os.environ.get("LIAISON_KEY", "") or (getpass.getpass("PIN / 口令: ") if tty else "")
    if args.what == "secret":
        desk.change_secret(old, os.environ.get("LIAISON_NEW_KEY", "") or (getpass.getpass("新口令: ") if tty else ""))
        return {"changed": "secret"}
    if args.out:
        session.renderer()  # nothing is made void before the new sheet can be written
    sheet = desk.new_recovery_sheet(old)
    if args.out:
        Path(args.out).write_bytes(session.renderer().recovery(sheet).pdf)
    return {"recovery": list(sheet.groups), "file": args.out or None}


def mechanisms(session: Session) -> Result:
    """The profiles, or what is wrong in a file."""
    if session.args.check:
        check_profile(Path(session.args.check))
        return {"file": session.args.check, "ok": True}
    if session.args.versions or session.args.publish or session.args.export or session.args.move:
        return _versions(session)
    return [
        {**one, "invalid": [shown(found, session.lang) for found in one["invalid"]]} if "invalid" in one else one
        for one in profiles()
    ]


def _versions(session: Session) -> Result:
    """The versions of the desk's profile: list, publish, write out, move cases."""
    args = session.args
    text = bytes_of(args.publish) if args.publish else b""
    desk = session.desk()
    try:
        if args.publish:
            return plain(desk.publish_version(text, args.from_ or stamp(desk.now())[:10], args.reason))
        if args.export:
            desk.export_version(args.export[0], Path(args.export[1]))
            return {"version": args.export[0], "file": args.export[1]}
        if args.move:
            moved, refused, dues = desk.move_cases(args.move[1:], args.move[0], args.reason)
            said = [{"error": r.code, "message": told(r.code, r.facts, session.lang)} for r in refused]
            return {"moved": list(moved), "refused": said, "recomputed": dues}
        return [plain(v) for v in desk.versions()]
    finally:
        desk.close()


def _lines() -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Yield each line of stdin that is not blank with its number; None for one that is no JSON object."""
    for n, line in enumerate(sys.stdin, 1):
        words = line.lstrip("\ufeff").strip()
        if not words:
            continue
        try:
            value = json.loads(words)
        except (ValueError, RecursionError):
            value = None
        yield n, value if isinstance(value, dict) else None


def _each(session: Session, answer: Callable[[str, dict[str, Any], str], dict[str, Any]]) -> Result:
    """Answer each line in its order; a refused line is answered with its error and the call ends with 1."""
    refused = False
    for n, request in _lines():
        try:
            if request is None:
                raise RuleBroken("line_invalid", line=n)
            reply = answer(session.args.mechanism, request, session.lang)
        except RuleBroken as error:
            refused = True
            reply = {
                "id": (request or {}).get("id"), "line": n, "error": error.code,
                "message": told(error.code, error.facts, session.lang), "details": plain(localised(error.facts, session.lang)),
            }  # fmt: skip
        print(json.dumps(reply, ensure_ascii=False), flush=True)
    if refused:
        raise SystemExit(1)
    return None


def route(session: Session) -> Result:
    """Who is responsible."""
    return _each(session, answer_route)


def deadline(session: Session) -> Result:
    """When a clock runs out."""
    return _each(session, answer_deadline)


def calendar(session: Session) -> Result:
    """Working days of a year; a year's notice."""
    if session.args.what == "show":
        desk = session.desk() if opening.founded(session.home) else None
        try:
            return show_year(session.args.year, desk.rules.calendar if desk else None)
        finally:
            if desk:
                desk.close()
    notice = read_notice(bytes_of(session.args.file))
    desk = session.desk()
    try:
        return {"recomputed": desk.enter_year(notice)}
    finally:
        desk.close()


def imports(session: Session) -> Result:
    """Complaints from a file."""
    from liaison_app.desk.importing import import_file

    desk = session.desk()
    try:
        return plain(import_file(desk, Path(session.args.file), session.args.map, dry_run=session.args.dry_run))
    finally:
        desk.close()


def case(session: Session) -> Result:
    """Lists, search, one case; its personal parts erased by two persons of a desk alone."""
    args = session.args
    if args.what == "list" and args.names:
        return list(LISTS)
    desk = session.desk()
    try:
        if args.what == "show":
            shown = desk.case(args.case)
            return {**plain(shown), "lead": shown.matters[0].lead, "replies": plain(desk.replies(args.case))}
        if args.what == "erase":
            said = f"{args.second} PIN / 口令: "
            his = os.environ.get("LIAISON_SECOND_KEY", "") or (getpass.getpass(said) if sys.stdin.isatty() else "")
            done = desk.erase_personal(args.case, args.second, his, args.reason)
            return {k: v for k, v in plain(done).items() if k != "changed"}
        return plain(desk.page(args.list, after=args.after, limit=max(1, min(args.limit, 1000)), search=args.search))
    finally:
        desk.close()


def act(session: Session) -> Result:
    """Any act."""
    args = session.args
    data = data_of(args)
    desk = session.desk()
    try:
        done = desk.act_from(args.case, args.action, data)
        return {k: v for k, v in plain(done).items() if k != "changed"}
    finally:
        desk.close()


def actions(session: Session) -> Result:
    """What may be done now."""
    desk = session.desk()
    try:
        return plain(desk.actions(session.args.case))
    finally:
        desk.close()


def doc(session: Session) -> Result:
    """A paper of one or several cases."""
    args = session.args
    if args.kinds:
        return _kinds(session)
    if not args.kind or not args.ids or not args.out:
        raise Usage("liaison doc KIND ID [ID…] --out FILE")
    desk = session.desk()
    try:
        desk.renderer = session.renderer()
        file = Path(args.out)
        docx = file.suffix.lower() == ".docx"
        if args.draft:
            paper = desk.draft(args.kind, args.ids, outside=args.outside, docx=docx)
            file.write_bytes(paper.pdf)
        else:
            paper = desk.put_out(
                args.kind, args.ids, way="saved", outside=args.outside, docx=docx, write=file.write_bytes
            )
    finally:
        desk.close()
    return {
        "file": args.out, "pages": paper.pages, "number": paper.number, "fonts": list(paper.fonts),
        "missing_glyphs": list(paper.missing_glyphs),
    }  # fmt: skip


def _kinds(session: Session) -> list[str]:
    """Return the kinds of papers of the desk's mechanism; of every mechanism where there is no desk yet."""
    try:
        desk = session.desk()
    except RuleBroken:
        return paper_kinds()
    try:
        return paper_kinds(desk.rules.profile)
    finally:
        desk.close()


def stats(session: Session) -> Result:
    """The indicators of a period, as JSON or as a table to read."""
    args = session.args
    desk = session.desk()
    try:
        if args.freeze:
            freezing.freeze(desk, args.period)
        found = statistics.count(desk, args.period, args.by, own=args.own)
        later = freezing.corrections(desk, args.period) if args.corrections else ()
        beside = statistics.compared(desk, args.period, own=args.own) if args.compare else ()
        if getattr(args, "json", False):
            found = statistics.named(desk, found)
        if args.out:
            _figures_out(session, desk, Path(args.out))
    finally:
        desk.close()
    if getattr(args, "json", False):
        more = {"corrections": plain(later)} if args.corrections else {}
        return {**plain(found), **more, **({"compared": plain(beside)} if args.compare else {})}
    rows = [figures.heads(session.lang)]
    for one in found.indicators:
        rows.append(_line(one.name, one, one.reason or figures.pending(one.pending, session.lang)))
        told = one.groups if args.by or (one.groups and one.groups[0].by != "department") else ()
        rows += [_line(f"  {g.name}", g, figures.rank(g.rank, session.lang)) for g in told]
    print(
        f"{found.period}  {found.standing}\n{figures.frozen(found.frozen_at, found.frozen_by, found.missing_desks, session.lang)}{figures.table(rows)}"
    )
    for two in beside:
        print(f"{two.name}  {two.shown}  {two.before} {two.before_shown}  {two.year} {two.year_shown}")
    for new in later:
        print(figures.correction(new.name, new.shown, new.now_shown, len(new.came), len(new.went), session.lang))
    return None


def _figures_out(session: Session, desk: Desk, file: Path) -> None:
    """Write figures as a workbook or as the bulletin, which is Chinese whatever the language."""
    args = session.args
    if file.suffix.lower() == ".xlsx":
        file.write_bytes(figures_out.workbook(desk, statistics.count(desk, args.period, args.by, own=args.own)))
    elif file.suffix.lower() == ".pdf":
        desk.renderer, desk.lang = session.renderer(), "zh_CN"
        file.write_bytes(bulletins.bulletin(desk, statistics.count(desk, args.period, own=args.own), args.bulletin).pdf)
    else:
        raise Usage("liaison stats --out FILE.xlsx|FILE.pdf")


def _line(name: str, one: statistics.CountedView, remark: str) -> list[str]:
    return [name, str(one.numerator), "" if one.denominator is None else str(one.denominator), one.shown, remark]


def bench(session: Session) -> Result:
    """A benchmark of the source tree, one JSON line each."""
    sys.path.append(str(Path(__file__).parents[2]))
    try:
        benches = importlib.import_module("tests.bench.__main__")
    except ModuleNotFoundError:
        raise RuleBroken("bench_missing") from None
    name = session.args.name
    if name not in benches.BENCHES:
        raise Usage("liaison bench " + "|".join(benches.BENCHES))
    benches.run(name, session.args.size)


def errors(session: Session) -> Result:
    """Every error code with its sentences."""
    return {code: {"zh_CN": zh, "en": en} for code, (zh, en) in SENTENCES.items()}


def book(session: Session) -> Result:
    """A register of the office, shown or written as .pdf, .xlsx or .csv."""
    args = session.args
    desk = session.desk()
    try:
        found = desk.book(args.book, args.since, args.until, args.search)
        if args.out:
            desk.renderer = session.renderer()
            file = Path(args.out)
            table = file.suffix.lower() in (".csv", ".xlsx")
            file.write_bytes(desk.book_file(found, file.suffix) if table else desk.book_paper(found).pdf)
    finally:
        desk.close()
    return plain(found)


COMMANDS: dict[str, Callable[[Session], Result]] = {
    "init": init, "person": person, "desk": open_window, "hand-over": hand_over, "mechanisms": mechanisms, "route": route, "deadline": deadline, "calendar": calendar,
    "import": imports, "case": case, "act": act, "actions": actions, "doc": doc, "book": book, "stats": stats, "verify": verify, "rebuild": rebuild,
    "backup": backup, "restore": restore, "recover": recover, "log": log, "bench": bench, "errors": errors,
}  # fmt: skip
