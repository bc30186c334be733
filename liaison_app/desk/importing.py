"""Import of a file of complaints: previewed, in small transactions, repeatable without doubles, cancellable."""

import gc
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from liaison_app.desk import views
from liaison_app.desk.facade import Desk
from liaison_app.domain.commands import Register
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china
from liaison_app.intake.registrations import Read, Rejected, propose_mapping, registrations
from liaison_app.intake.tables import SourceTable, read

BATCH: Final = 20
"""Rows a transaction. An act of the person at work never waits longer than one of these; and while SQLite writes one it
lets go of the interpreter so often and so shortly that a waiting window loses every race: few rows keep that short."""


class ImportPreview(msgspec.Struct, frozen=True):
    """What a file holds before anything is imported."""

    columns: tuple[str, ...]
    mapping: dict[str, str]
    sample: tuple[tuple[str, ...], ...]
    rows: int


def preview(path: Path) -> tuple[SourceTable, ImportPreview]:
    """Return the table of a file and its proposed mapping. Raise RuleBroken naming what is wrong."""
    table = read_file(path)
    sample = tuple(tuple(str(c)[:60] for c in row.cells) for row in table.rows[:20])
    return table, ImportPreview(table.columns, propose_mapping(table), sample, len(table.rows))


def read_file(path: Path) -> SourceTable:
    """Return the table of a file. Raise RuleBroken ``file_missing`` or an intake code."""
    try:
        content = path.read_bytes()
    except OSError:
        raise RuleBroken("file_missing", file=str(path)) from None
    return read(path.name, content)


def import_file(desk: Desk, path: Path, map_file: str = "", *, dry_run: bool = False) -> views.ImportReport:
    """Import a file; ``map_file`` is JSON {field: column}."""
    table = read_file(path)
    mapping = propose_mapping(table)
    if map_file:
        try:
            given = json.loads(Path(map_file).read_bytes())
        except (OSError, ValueError):
            raise RuleBroken("map_invalid", file=map_file) from None
        unknown = [c for c in given.values() if c not in table.columns]
        if unknown:
            raise RuleBroken("map_invalid", file=map_file, columns=unknown)
        mapping = given
    return import_table(desk, table, mapping, dry_run=dry_run)


def import_table(
    desk: Desk, table: SourceTable, mapping: Mapping[str, str], *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False, dry_run: bool = False,
) -> views.ImportReport:  # fmt: skip
    """Register every row that was not imported before; a cancelled import keeps what it said."""
    rejected: list[dict[str, Any]] = []
    duplicates: list[dict[str, Any]] = []
    fresh: list[Read] = []
    seen: set[str] = set()
    now = desk.now()
    rows = list(registrations(table, mapping))
    known = desk.known_sources([r.command.source_key for r in rows if isinstance(r, Read)])
    for row in rows:
        if isinstance(row, Rejected):
            rejected.append({"row": row.row, "field": row.field, "reason": row.reason})
        elif row.command.source_key in known | seen:
            duplicates.append({"row": row.row, "external_no": row.command.external_no})
        elif row.command.received_at and china(row.command.received_at) > now:
            rejected.append({"row": row.row, "field": "received_at", "reason": "time_in_future"})
        else:
            seen.add(row.command.source_key)
            fresh.append(row)
    done = incomplete = 0
    stopped = False
    gc.freeze()  # what was read stays until the end: a full collection need not walk it and stall the window
    for i in range(0, len(fresh), BATCH):
        if cancelled():
            stopped = True
            break
        batch: list[Register] = [r.command for r in fresh[i : i + BATCH]]
        if not dry_run:
            desk.register_many(batch)
        done += len(batch)
        incomplete += sum(bool(desk.rules.missing(msgspec.structs.asdict(c))) for c in batch)
        progress(done, len(fresh))
    return views.ImportReport(
        read=len(table.rows), registered=0 if dry_run else done, incomplete=incomplete, duplicates=tuple(duplicates),
        rejected=tuple(rejected), cancelled=stopped,
    )  # fmt: skip
