"""Workbooks .xlsx: what is shown as a table, and an office's own form 台账 filled with cases. Pure: bytes in, bytes out."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.text import fold

SEARCHED: Final = 12
"""Rows from the top in which the heading row of a form is looked for."""
WIDEST: Final = 48
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


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet: headings that stay in sight, everything as text, nothing counted as a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "".join("_" if c in "[]:*?/\\" else c for c in title)[:31] or "1"
    for at, head in enumerate(heads, 1):
        _put(sheet, 1, at, head)
        sheet.cell(1, at).font = Font(bold=True)
    for n, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            _put(sheet, n, at, value)
            sheet.cell(n, at).alignment = Alignment(wrap_text=True, vertical="top")
    for at, head in enumerate(heads, 1):
        widest = max(
            [len(head), *(max((len(part) for part in str(row[at - 1]).split("\n")), default=0) for row in rows)]
        )
        sheet.column_dimensions[get_column_letter(at)].width = min(WIDEST, max(8, widest * 1.8))
    sheet.freeze_panes = "A2"
    if rows:
        sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return _bytes(book)


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
