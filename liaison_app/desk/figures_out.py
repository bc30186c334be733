"""Figures that go out as an Excel workbook with live cells; and what workbook, bulletins and meeting papers share."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from liaison_app.desk.paper_phrases import moment
from liaison_app.desk.statistics import (
    ComparedView,
    CountedView,
    FigureView,
    GroupView,
    StatisticsView,
    compared,
    heat,
    named,
)
from liaison_app.domain.papers import Bar, Chart, Field
from liaison_app.words import figures as words

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

CHARTS: Final = 12
"""So many charts at the most: the figures with most to compare come first."""
BARS: Final = 30
"""So many bars a chart has at the most."""
IN_ORDER: Final = frozenset({"hour", "month"})
"""Groupings that have an order of their own."""


def comparable(view: StatisticsView) -> list[FigureView]:
    """Return the figures with at least two groups and something in them, those with most to compare first."""
    found = [f for f in view.indicators if len(lines := charted(f.groups)) > 1 and any(g.numerator for g in lines)]
    return sorted(found, key=lambda f: -len(charted(f.groups)))[:CHARTS]


def charted(groups: Sequence[GroupView]) -> list[GroupView]:
    """Return the groups that make bars: pairs of groupings make tables instead."""
    return [g for g in groups if g.by not in {"town_source", "delay"}]


def chart(groups: Sequence[GroupView]) -> Chart:
    """Return groups as bars, the first :data:`BARS` of them: the longest first, hours in their order."""
    groups = charted(groups)
    if not any(g.by in IN_ORDER for g in groups):
        groups = sorted(groups, key=lambda g: (-(g.value or 0.0), -g.numerator))
    bars = tuple(
        Bar(
            g.name,
            max(0.0, g.value or 0.0),
            g.shown if g.denominator is None else f"{g.shown}（{g.numerator}/{g.denominator}）",
        )
        for g in groups[:BARS]
    )
    return Chart(caption="", bars=bars)


def standing(view: StatisticsView) -> list[Field]:
    """Return what figures are of, as fields of a paper: whose, from when to when, as of when, who was behind."""
    said = [
        Field("统计范围", words.scope(view.scope, frozen=bool(view.frozen_at), lang="zh_CN")),
        Field("数据期间", view.standing),
    ]
    return [*said, Field("截至", moment(view.cut)), Field("当时尚未同步", "、".join(view.missing_desks))]


def workbook(desk: "Desk", view: StatisticsView) -> bytes:
    """Return a workbook: indicators and groups whose values are formulas over their cells, and the cases behind them."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    view = named(desk, view)
    lang = desk.lang
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    name = words.sheet("figures", lang)
    sheet.title = name
    _line(sheet, 1, [f"{view.period}  {view.standing}"])
    _line(sheet, 2, [words.frozen(view.frozen_at, view.frozen_by, view.missing_desks, lang).strip()])
    _heads(sheet, 3, [*words.heads(lang), words.sheet("formula", lang)], Font(bold=True))
    groups = book.create_sheet(words.sheet("groups", lang))
    _heads(
        groups, 1, [words.sheet("indicator", lang), words.sheet("group", lang), *words.heads(lang)[1:]], Font(bold=True)
    )
    at = 2
    for n, one in enumerate(view.indicators, 4):
        _counted(sheet, n, 1, one.name, one, one.reason)
        sheet.cell(n, 6, one.formula)
        for group in one.groups:
            groups.cell(at, 1, one.name)
            rank = words.rank(group.rank, lang)
            _counted(groups, at, 2, group.name, group, f"{rank} {group.among}".strip())
            at += 1
    cases = book.create_sheet(words.sheet("cases", lang))
    _heads(
        cases,
        1,
        [words.sheet("indicator", lang), words.sheet("number", lang), words.sheet("counts", lang)],
        Font(bold=True),
    )
    numbers = {row.case_id: row.number for row in desk.rows(_behind(view.indicators))}
    at = 2
    for one in view.indicators:
        counted = set(one.cases)
        for case in dict.fromkeys([*one.cases, *one.denominator_cases]):
            _line(cases, at, [one.name, numbers.get(case, case), words.counts(yes=case in counted, lang=lang)])
            at += 1
    _beside(book.create_sheet(words.sheet("beside", lang)), compared(desk, view.period, own=not view.frozen_at), lang)
    _heat(book.create_sheet(words.sheet("heat", lang)), view, lang)
    for one_sheet, widths in (
        (sheet, (30, 10, 10, 12, 24, 60)),
        (groups, (30, 26, 10, 10, 12, 20)),
        (cases, (30, 30, 16)),
    ):
        for i, width in enumerate(widths):
            one_sheet.column_dimensions["ABCDEF"[i]].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _beside(sheet: Any, found: Sequence[ComparedView], lang: str) -> None:
    """Write every indicator beside the period before and the year before; changes are formulas over the cells."""
    from openpyxl.styles import Font

    first = found[0] if found else None
    heads = [words.sheet("indicator", lang), words.sheet("now", lang), *((first.before, first.year) if first else ())]
    _heads(sheet, 1, [*heads, words.sheet("before", lang), words.sheet("year", lang)], Font(bold=True))
    for row, one in enumerate(found, 2):
        _text(sheet.cell(row, 1), one.name)
        for column, value in ((2, one.value), (3, one.before_value), (4, one.year_value)):
            cell = sheet.cell(row, column)
            cell.value = value
            cell.number_format = "0.0%" if one.ratio else "0"
        for column, letter in ((5, "C"), (6, "D")):
            now, then = f"B{row}", f"{letter}{row}"
            change = f"{now}-{then}" if one.ratio else f'IF({then}=0,"",({now}-{then})/{then})'
            sheet.cell(row, column).value = f'=IF(OR({now}="",{then}=""),"",{change})'
            sheet.cell(row, column).number_format = "+0.0%;-0.0%;0.0%"
    for name, width in zip("ABCDEF", (30, 12, 12, 12, 12, 12), strict=True):
        sheet.column_dimensions[name].width = width


def _heat(sheet: Any, view: StatisticsView, lang: str) -> None:
    """Write towns by sources, sums as formulas, cells shaded by how much is in them."""
    from openpyxl.formatting.rule import ColorScaleRule
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    found = heat(view)
    if found is None:
        return
    total = words.sheet("total", lang)
    _heads(sheet, 1, [words.sheet("town", lang), *found.columns, total], Font(bold=True))
    last = get_column_letter(len(found.columns) + 1)
    for row, (town, cells) in enumerate(zip(found.rows, found.cells, strict=True), 2):
        _text(sheet.cell(row, 1), town)
        for column, number in enumerate(cells, 2):
            sheet.cell(row, column, number)
        sheet.cell(row, len(cells) + 2).value = f"=SUM(B{row}:{last}{row})"
    bottom = len(found.rows) + 2
    _text(sheet.cell(bottom, 1), total)
    for column in range(2, len(found.columns) + 3):
        letter = get_column_letter(column)
        sheet.cell(bottom, column).value = f"=SUM({letter}2:{letter}{bottom - 1})"
    scale = ColorScaleRule(start_type="num", start_value=0, start_color="FFFFFF", end_type="max", end_color="808080")
    sheet.conditional_formatting.add(f"B2:{last}{bottom - 1}", scale)
    sheet.column_dimensions["A"].width = 16


def _behind(indicators: Sequence[FigureView]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for one in indicators for c in (*one.cases, *one.denominator_cases)))


def _counted(sheet: Any, row: int, column: int, name: str, one: CountedView, remark: str) -> None:
    """Write a number: where it is a fraction its value is a live formula, empty while the denominator is nought (无数据)."""
    _text(sheet.cell(row, column), name)
    sheet.cell(row, column + 1, one.numerator)
    top, base = (sheet.cell(row, column + n).coordinate for n in (1, 2))
    value = sheet.cell(row, column + 3)
    if one.denominator is None:
        value.value = f"={top}"
    else:
        sheet.cell(row, column + 2, one.denominator)
        value.value = f'=IF({base}=0,"{one.shown if not one.denominator else ""}",{top}/{base})'
        value.number_format = "0.0%"
    _text(sheet.cell(row, column + 4), remark)


def _heads(sheet: Any, row: int, heads: Sequence[str], font: Any) -> None:
    _line(sheet, row, heads)
    for at in range(1, len(heads) + 1):
        sheet.cell(row, at).font = font
    sheet.freeze_panes = sheet.cell(row + 1, 1).coordinate


def _line(sheet: Any, row: int, values: Sequence[str]) -> None:
    for at, value in enumerate(values, 1):
        _text(sheet.cell(row, at), value)


def _text(cell: Any, value: str) -> None:
    cell.value, cell.data_type = value, "s"  # what a citizen said is never a formula
