"""Workbooks .xlsx: what is shown as a table, and an office's own form 台账 filled with cases. Pure: bytes in, bytes out."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.text import fold

SEARCHED: Final = 12
"""Rows from the top in which the heading row of a form is looked for."""
WIDEST: Final = 60
Kind = Literal["", "number", "moment"]
WHEN: Final = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?(?:[T ]?(\d{1,2}:\d\d)(?::\d\d)?(?:\+08:00)?)?")
"""A day or a moment as papers and records write it."""
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "serial": ("序号", "no."), "number": ("编号", "案件编号", "受理编号", "登记号", "number"),
    "external_no": ("外部编号", "工单号", "工单编号", "来件编号", "external no."),
    "received_at": ("来电时间", "来件时间", "投诉时间", "受理时间", "日期", "received"),
    "channel": ("来源", "投诉方式", "来件渠道", "channel"), "complainant_name": ("投诉人", "姓名", "投诉人姓名", "来电人", "complainant"),
    "contact": ("联系方式", "联系电话", "电话", "contact"), "complainant_address": ("投诉人地址", "住址", "address"),
    "object": ("投诉对象", "被投诉单位", "被投诉对象", "单位名称", "object"), "place": ("地点", "事发地点", "地址", "place"),
    "town": ("镇街", "所属镇街", "街道", "town"), "content": ("投诉内容", "内容", "主要内容", "反映问题", "content"),
    "first_receiver": ("首接单位", "受理单位", "first receiver"), "lead": ("责任单位", "牵头单位", "承办单位", "办理单位", "lead"),
    "state": ("状态", "办理状态", "办理情况", "state"), "due": ("办理时限", "期限", "截止时间", "到期时间", "due"),
    "findings": ("调查情况", "现场检查情况", "查处情况", "findings"), "result": ("办理结果", "处理结果", "result"),
    "replied_at": ("回复时间", "答复时间", "办结时间", "replied"), "rating": ("满意度", "群众评价", "是否满意", "rating"),
}  # fmt: skip
"""Headings of forms, and what of a case is meant by them."""
KNOWN: Final = {fold(name): code for code, names in NAMES.items() for name in names}


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table as a sheet of a workbook: what each column holds (text where nothing is said), the rows struck through."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    kinds: Sequence[Kind] = ()
    struck: frozenset[int] = frozenset()


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet, everything as text."""
    return book([Grid(title=title, heads=heads, rows=rows)])


def book(grids: Sequence[Grid]) -> bytes:
    """Return a workbook: headings that stay in sight and are printed on each page, days and numbers as such, nothing that
    was said counted as a formula; made to print on A4 lying."""
    from openpyxl import Workbook

    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    titles: list[str] = []
    for grid in grids:
        title = "".join("_" if c in "[]:*?/\\" else c for c in grid.title)[:31].strip("'") or "1"
        title = title if title not in titles else f"{title[:27]} {len(titles) + 1}"
        titles.append(title)
        _sheet(made.create_sheet(title), grid)
    return _bytes(made)


def _sheet(sheet: Any, grid: Grid) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    edge = Side(style="thin", color="999999")
    frame, ground = Border(left=edge, right=edge, top=edge, bottom=edge), PatternFill("solid", fgColor="E8ECF0")
    for at, head in enumerate(grid.heads, 1):
        _put(sheet, 1, at, head)
        cell = sheet.cell(1, at)
        cell.font, cell.fill, cell.border = Font(bold=True), ground, frame
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for n, row in enumerate(grid.rows, 2):
        for at, value in enumerate(row, 1):
            kind = grid.kinds[at - 1] if at <= len(grid.kinds) else ""
            _typed(sheet, n, at, value, kind)
            cell = sheet.cell(n, at)
            cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), frame
            if n - 2 in grid.struck:
                cell.font = Font(strike=True, color="808080")
    for at, head in enumerate(grid.heads, 1):
        said = [part for row in grid.rows if at <= len(row) for part in str(row[at - 1]).split("\n")]
        widest = max([_wide(head), *map(_wide, said)])
        sheet.column_dimensions[get_column_letter(at)].width = min(WIDEST, max(8, widest + 2))
    sheet.freeze_panes = "A2"
    if grid.rows:
        sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _wide(words: str) -> int:
    """Return how many narrow signs wide words are: a Han sign counts two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in words)


def _typed(sheet: Any, row: int, column: int, value: str, kind: Kind) -> None:
    """Put a value as what its column holds; one that is nothing of the kind stays words."""
    if kind == "number" and (value.isascii() and value.lstrip("-").replace(".", "", 1).isdigit()) and len(value) < 15:
        sheet.cell(row, column).value = float(value) if "." in value else int(value)
        return
    if kind == "moment" and (found := WHEN.fullmatch(value)):
        day, clock = [int(n) for n in found.groups()[:3]], found.group(4)
        try:
            at = datetime(*day, *(int(n) for n in clock.split(":")) if clock else (0, 0))  # type: ignore[arg-type]  # noqa: DTZ001
        except ValueError:
            _put(sheet, row, column, value)
            return
        cell = sheet.cell(row, column)
        cell.value, cell.number_format = at, "yyyy-mm-dd hh:mm" if clock else "yyyy-mm-dd"
        return
    _put(sheet, row, column, value)


def fill(content: bytes, cases: Sequence[Mapping[str, str]]) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """Return an office's form filled with cases under its heading row, the headings filled, and those nobody knows.

    The form keeps its look; rows that hold something already are left, the cases come after them. Raises RuleBroken
    ``form_unreadable`` or ``form_without_heads``.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
    except Exception:  # a damaged workbook raises whatever its parts raise
        raise RuleBroken("form_unreadable") from None
    sheet = book.active
    if sheet is None or not hasattr(sheet, "iter_rows"):
        raise RuleBroken("form_unreadable")
    best: tuple[int, dict[int, str], list[str]] = (0, {}, [])
    for n, row in enumerate(sheet.iter_rows(min_row=1, max_row=SEARCHED, values_only=True), 1):
        heads = {at: str(v).strip() for at, v in enumerate(row, 1) if v not in (None, "")}
        known = {
            at: KNOWN[key]
            for at, head in heads.items()
            if (key := fold(head.replace(" ", "").replace("\n", ""))) in KNOWN
        }
        if len(known) > len(best[1]):
            best = (n, known, [h for at, h in heads.items() if at not in known])
    head_row, known, unknown = best
    if len(known) < 2:
        raise RuleBroken("form_without_heads")
    first = head_row + 1
    while any(sheet.cell(first, at).value not in (None, "") for at, code in known.items() if code != "serial"):
        first += 1
    for n, case in enumerate(cases):
        for at, code in known.items():
            _put(sheet, first + n, at, str(first + n - head_row) if code == "serial" else case.get(code, ""))
    named = tuple(str(sheet.cell(head_row, at).value) for at in known)
    return _bytes(book), named, tuple(unknown)


def _put(sheet: Any, row: int, column: int, value: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = "".join(c for c in str(value) if c.isprintable() or c == "\n")
    cell.data_type = "s"  # what a citizen said is never a formula


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
