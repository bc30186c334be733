"""台账 as sheets of a workbook: a line a record with its fields, and a sheet for each table of lines. Pure."""

from collections.abc import Collection, Sequence
from typing import Final

from liaison_app.desk.ledger_showing import LedgerShower
from liaison_app.desk.ledger_views import RecordRowView
from liaison_app.desk.workbooks import Grid, Kind
from liaison_app.domain.ledger import LedgerRecord
from liaison_app.domain.ledger_kinds import PAPERS, RecordKind

KINDS: Final[dict[str, Kind]] = {"date": "moment", "moment": "moment", "int": "number", "money": "number"}
"""What a type of field is in a workbook."""


def record_grids(
    show: LedgerShower, kind: RecordKind, records: Sequence[tuple[RecordRowView, LedgerRecord]],
    told: Collection[str] = (),
) -> list[Grid]:  # fmt: skip
    """Return the sheets of a kind of record, the oldest record first; words about people only of records ``told`` by id."""
    rows = []
    for n, (row, record) in enumerate(records, 1):
        stands = {**record.fields, **(record.personal if record.id in told else {})}
        rows.append((
            str(n), row.number, row.body_name, row.opened_at, row.period_words,
            *(show.value(f, stands.get(f.name)) for f in kind.fields), row.state_name, row.due or "",
        ))  # fmt: skip
    named = tuple(show.pick(*pair) for pair in (
        ("序号", "No."), ("编号", "Number"), ("单位", "Body"), ("登记时间", "Registered"), ("期间", "Period"),
    ))  # fmt: skip
    heads = (
        *named,
        *(show.pick(f.zh, f.en) for f in kind.fields),
        show.pick("状态", "State"),
        show.pick("期限", "Due"),
    )
    kinds: tuple[Kind, ...] = ("number", "", "", "moment", "", *(KINDS.get(f.type, "") for f in kind.fields), "", "moment")  # fmt: skip
    struck = frozenset(n for n, (_, record) in enumerate(records) if record.replaced)
    made = [Grid(title=show.kind_name(kind), heads=heads, rows=rows, kinds=kinds, struck=struck)]
    for table in kind.tables:
        if table.name == PAPERS:
            continue
        lines = [
            (row.number, str(n), *(show.value(f, line.values.get(f.name)) for f in table.fields), line.closed_at, line.closed_words)
            for row, record in records
            for n, line in enumerate(record.standing(table.name), 1)
        ]  # fmt: skip
        own = tuple(show.pick(f.zh, f.en) for f in table.fields)
        made.append(Grid(
            title=show.pick(table.zh, table.en), rows=lines,
            heads=(show.pick("编号", "Number"), show.pick("序号", "No."), *own, show.pick("销号时间", "Closed"), show.pick("销号情况", "How")),
            kinds=("", "number", *(KINDS.get(f.type, "") for f in table.fields), "moment", ""),
        ))  # fmt: skip
    return made
