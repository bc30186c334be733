"""`liaison record`: kinds, lists, one record, what is owed; open one, take a step. JSON like the commands of cases."""

from collections.abc import Callable
from pathlib import Path

from liaison_app.cli.session import Result, Session, data_of, plain
from liaison_app.desk import candidates, pack


def record(session: Session) -> Result:
    """Records and meetings beside the cases."""
    args = session.args
    data = data_of(args) if args.what in {"new", "do"} else {}
    desk = session.desk()
    try:
        match args.what:
            case "kinds":
                return plain(desk.record_kinds())
            case "list":
                name = f"kind:{args.kind}" if args.kind else args.list
                return plain(desk.records(name, after=args.after, limit=max(1, min(args.limit, 1000))))
            case "show":
                return plain(desk.record(args.record))
            case "owed":
                return plain(desk.owed_to(args.kind) if args.kind else desk.owed())
            case "new":
                return plain(desk.open_record(args.kind, data))
            case _:
                return plain(desk.step_record(args.record, args.step, data))
    finally:
        desk.close()


STEPS = {
    "call": "call",
    "attend": "attend",
    "decide": "decide",
    "minutes": "minutes",
    "publish": "publish",
    "done": "done",
}
"""Words of `liaison meeting` for steps of a meeting."""


def meeting(session: Session) -> Result:
    """The joint meeting: what it should speak about, called, held, decided, its pack, its minutes, what is not done."""
    args = session.args
    data = data_of(args) if hasattr(args, "data") else {}
    desk = session.desk()
    try:
        match args.what:
            case "candidates":
                return plain(candidates.candidates(desk, args.kind))
            case "track":
                return plain(candidates.undone(desk))
            case "new":
                return plain(desk.open_record(f"meeting/{args.kind.removeprefix('meeting/')}", data))
            case "pack":
                desk.renderer = session.renderer()
                made = pack.make(desk, args.meeting)
                Path(args.out).write_bytes(made.pdf)
                return {
                    "file": args.out,
                    "pages": made.pages,
                    "fonts": list(made.fonts),
                    "missing_glyphs": list(made.missing_glyphs),
                }
            case "attend" if any(s.step == "hold" for s in desk.record(args.meeting).steps):
                return plain(desk.step_record(args.meeting, "hold", data))
            case step:
                return plain(desk.step_record(args.meeting, STEPS[step], data))
    finally:
        desk.close()


COMMANDS: dict[str, Callable[[Session], Result]] = {"record": record, "meeting": meeting}
