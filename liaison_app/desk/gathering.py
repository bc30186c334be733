"""A bulletin 简报 put together from what the units reported of a month: its text and its sources, to be edited."""

from typing import TYPE_CHECKING, Any, Final

from liaison_app.desk.views import View
from liaison_app.domain import ledger as ld
from liaison_app.mechanism.cadences import period_of

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

SOURCES: Final = "sources"
"""The table of a kind whose records are put together from others."""


class Gathered(View, frozen=True, kw_only=True):
    """Text and lines of sources with which a bulletin begins."""

    text: str
    sources: tuple[dict[str, Any], ...]


def gathered(desk: "Desk", kind_id: str, period: str = "") -> Gathered:
    """Return what the reports of a month (the present one when none is named) say, body by body, with each as a source.

    Reports are the records that bodies owe to this one each month and that were sent; nothing personal is in them.
    """
    month, parts, found = period or period_of("month", desk.now().date()), [], []
    names = {p.id: p.name for p in desk.rules.profile.posts}
    for record, kind in sorted(desk.folded_records(), key=lambda one: (one[0].body, one[0].opened_at)):
        owed = kind.owed
        sent = (
            owed is not None
            and owed.every == "month"
            and record.period == month
            and owed.event in ld.moments(record, kind)
        )
        if not sent or record.replaced or desk._person.body not in ld.readers(record, kind):
            continue
        said = [
            (f.zh, str(record.fields[f.name]))
            for f in kind.fields
            if f.type == "text" and not f.personal and record.fields.get(f.name)
        ]
        parts.append(
            "\n".join(
                [f"【{names.get(record.body, record.body)}】", *(f"{caption}：{words}" for caption, words in said)]
            )
        )
        source = {
            "kind": "monthly",
            "body": record.body,
            "ref": record.number,
            "words": said[0][1][:120] if said else "",
        }
        found.append({name: value for name, value in source.items() if value})
    own = desk._kind(kind_id).table(SOURCES)
    known = {f.name for f in own.fields} if own is not None else set()
    return Gathered(text="\n".join(parts), sources=tuple({k: v for k, v in one.items() if k in known} for one in found))
