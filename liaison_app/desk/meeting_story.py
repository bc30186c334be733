"""What meetings put on their agenda or decided about a case, as lines of the case's story."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liaison_app.desk.ledger_rows import OF_CASE
from liaison_app.desk.views import TimelineView
from liaison_app.domain.moments import china
from liaison_app.store import ledger_queries as lq

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

MOST = 50
"""Meetings told of one case at the most: the newest."""


def with_meetings(desk: "Desk", number: str, acts: Sequence[TimelineView]) -> tuple[TimelineView, ...]:
    """Return the story of a case with what meetings that the own body reads said of it, by the time it was recorded."""
    with desk._replica.read() as connection:
        rows = lq.page(connection, desk._person.body, f"{OF_CASE}{number}", None, MOST)
        stories = [desk._record_happened(connection, str(row[1])) for row in rows]
    ledger, show, found = desk._ledger(), desk._show(), list[TimelineView]()
    for record, kind in map(desk._folded_record, stories):
        for table in kind.tables:
            names = [f.name for f in table.fields if f.type == "case"]
            for line in record.standing(table.name):
                if not any(line.values.get(name) == number for name in names):
                    continue
                first, body = table.fields[0], str(line.values.get(table.body) or "")
                due = str(line.values.get(table.due) or "")
                said = (
                    ledger.value(first, line.values.get(first.name)),
                    show.body(body) if body else "",
                    due,
                    line.closed_words,
                )
                found.append(
                    TimelineView(
                        act_id=f"{record.id}/{table.name}/{line.n}", kind=f"meeting-{table.name}", inner=False, late=False, proxy="",
                        label=f"{ledger.kind_name(kind)}：{ledger.pick(table.zh, table.en)}", person=record.number,
                        text="　".join(word for word in said if word), body=show.body(record.body), happened_at=line.added_at,
                        recorded_at=line.added_at,
                    )
                )  # fmt: skip
    return tuple(sorted((*acts, *found), key=lambda one: china(one.recorded_at))) if found else tuple(acts)
