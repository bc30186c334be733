"""`liaison record`: kinds, lists, one record, what is owed; open one, take a step. JSON like the commands of cases."""

from collections.abc import Callable

from liaison_app.cli.commands import Result, Session, data_of, plain


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


COMMANDS: dict[str, Callable[[Session], Result]] = {"record": record}
