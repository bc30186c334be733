"""From rows of a foreign table to registrations: columns mapped, times read, the same row recognised again."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import msgspec

from liaison_app.domain.commands import Register
from liaison_app.domain.text import clean
from liaison_app.intake.tables import CELL_LIMIT, IntakeError, SourceRow, SourceTable

CHINA: Final = timezone(timedelta(hours=8))
HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "external_no": ("留言编号", "编号", "工单号", "工单编号", "信件编号", "受理编号", "id", "number"),
    "title": ("留言主题", "主题", "标题", "topic", "title", "subject"),
    "content": ("留言详情", "内容", "投诉内容", "诉求内容", "详情", "body", "content"),
    "received_at": ("留言时间", "来电时间", "时间", "登记时间", "submitted_at", "received_at", "date"),
    "complainant_name": ("留言用户", "投诉人", "投诉人姓名", "姓名", "来电人", "name"),
    "complainant_address": ("地址", "投诉人地址", "address"),
    "contact": ("联系方式", "联系电话", "电话", "手机", "来电号码", "phone", "contact"),
    "place": ("事发地点", "地点", "事发地址", "place"),
    "object": ("投诉对象", "被投诉单位", "对象", "object"),
    "town": ("所属镇街", "镇街", "town"),
    "headcount": ("人数", "headcount"),
    "salutation": ("称谓", "salutation"),
    "reply": ("答复意见", "回复", "答复", "reply"),
    "replied_at": ("答复时间", "回复时间", "replied_at"),
}
"""Fields with the column names under which offices keep them."""


class Read(msgspec.Struct, frozen=True):
    """A row that became a registration."""

    row: int
    command: Register


class Rejected(msgspec.Struct, frozen=True):
    """A row that could not: which field, why."""

    row: int
    field: str
    reason: str


def propose_mapping(table: SourceTable) -> dict[str, str]:
    """Return field → column for the columns that are known. Raise IntakeError ``no_header`` when none is."""
    found: dict[str, str] = {}
    for field, names in HEADERS.items():
        for column in table.columns:
            if clean(column).lower() in names and column not in found.values():
                found[field] = column
                break
    if not {"content", "title"} & set(found):
        raise IntakeError("no_header", columns=list(table.columns[:20]))
    return found


def registrations(table: SourceTable, mapping: Mapping[str, str]) -> Iterator[Read | Rejected]:
    """Yield a registration or the reason against it for every row. The stored text is as it came."""
    places = {field: table.columns.index(column) for field, column in mapping.items() if column in table.columns}
    for row in table.rows:
        yield _row(row, places)


def _row(row: SourceRow, places: Mapping[str, int]) -> Read | Rejected:
    def cell(field: str) -> Any:
        at = places.get(field, -1)
        return row.cells[at] if 0 <= at < len(row.cells) else ""

    def words(field: str) -> str:
        value = cell(field)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    for field in places:
        if len(words(field)) > CELL_LIMIT:
            return Rejected(row.number, field, "row_too_large")
    received = moment(cell("received_at"))
    if received is None and words("received_at").strip():
        return Rejected(row.number, "received_at", "bad_time")
    title, body = words("title"), words("content")
    content = f"{title}\n{body}" if title and body else title or body
    headcount = words("headcount").strip()
    if headcount and not headcount.isdigit():
        return Rejected(row.number, "headcount", "bad_number")
    long = next((f for f in LINES if len(words(f)) > 2_000), None)
    if long:
        return Rejected(row.number, long, "row_too_large")
    reply = words("reply")
    lines: dict[str, Any] = {name: words(name) for name in LINES}
    return Read(
        row.number,
        Register(
            **lines, content=content, received_at=received.isoformat() if received else None, channel="transferred",
            headcount=int(headcount) if headcount else None, source_key=source_key(words("external_no"), content),
            source_note=f"{words('replied_at')}\n{reply}" if reply else "",
        ),
    )  # fmt: skip


LINES: Final = (
    "object",
    "place",
    "complainant_name",
    "complainant_address",
    "contact",
    "salutation",
    "town",
    "external_no",
)


def source_key(number: str, content: str) -> str:
    """Return the key by which the same row is recognised in another file: number and text."""
    return hashlib.sha256(f"{clean(number)}\x1f{clean(content)}".encode()).hexdigest()[:32]


_DATE: Final = re.compile(
    r"^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[T\s]*"
    r"(?:(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?秒?分?)?(?:\.\d+)?\s*$"
)


def moment(value: Any) -> datetime | None:
    """Return a moment in China time from a date cell, ISO text, Chinese text or an Excel serial; None if none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=CHINA)
    if hasattr(value, "isoformat") and hasattr(value, "year"):
        return datetime(value.year, value.month, value.day, tzinfo=CHINA)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 20_000 < value < 80_000:
            return datetime(1899, 12, 30, tzinfo=CHINA) + timedelta(seconds=round(value * 86400))
        return None
    found = _DATE.match(clean(str(value or "")))
    if not found:
        return None
    numbers = [int(g) if g else 0 for g in found.groups()]
    try:
        return datetime(*numbers, tzinfo=CHINA)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
