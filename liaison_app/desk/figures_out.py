"""Figures that go out: an Excel workbook with live cells, and the bulletin 通报 as a paper with table, ranking and charts."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.statistics import CountedView, FigureView, StatisticsView, compared, named
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import Bar, Chart, Field, OfficialPaper, Section, Table
from liaison_app.words import figures as words

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

CHARTS: Final = 12
"""So many charts at the most: the figures with most to compare come first."""
KIND: Final = "bulletin"


def comparable(view: StatisticsView) -> list[FigureView]:
    """Return the figures with at least two groups and something in them, those with most to compare first."""
    found = [f for f in view.indicators if len(f.groups) > 1 and any(g.numerator for g in f.groups)]
    return sorted(found, key=lambda f: -len(f.groups))[:CHARTS]


def chart(one: FigureView) -> Chart:
    """Return the groups of a figure as bars."""
    bars = tuple(
        Bar(
            g.name,
            max(0.0, g.value or 0.0),
            g.shown if g.denominator is None else f"{g.shown}（{g.numerator}/{g.denominator}）",
        )
        for g in one.groups
    )
    return Chart(caption="", bars=bars)


def standing(view: StatisticsView) -> list[Field]:
    """Return what figures are of, as fields of a paper: whose, from when to when, as of when, who was behind."""
    said = [Field("统计范围", "全区（已冻结）" if view.frozen_at else "本终端"), Field("数据期间", view.standing)]
    return [*said, Field("截至", view.cut[:16].replace("T", " ")), Field("当时尚未同步", "、".join(view.missing_desks))]


def bulletin(desk: "Desk", view: StatisticsView) -> PaperView:
    """Return the bulletin of a period as PDF. The view must be in Chinese. Raise RuleBroken ``renderer_missing``."""
    if desk.renderer is None:
        raise RuleBroken("renderer_missing")
    rows = tuple((f.name, str(f.numerator), _or(f.denominator), f.shown, f.reason) for f in view.indicators)
    heads = ("指标", "分子", "分母", "数值", "说明")
    sections = [
        Section(
            heading="工作数据",
            level=1,
            table=Table(heads=heads, rows=rows, widths=(0.4, 0.13, 0.13, 0.16, 0.18), left=(0,)),
        )
    ]
    beside = tuple(
        (c.name, c.shown, c.before_shown, _moved(c.change), c.year_shown, _moved(c.change_year))
        for c in compared(desk, view.period, own=view.scope == "desk")
        if c.change is not None or c.change_year is not None
    )
    if beside:
        columns = ("指标", "本期", "上期", "环比", "去年同期", "同比")
        table = Table(heads=columns, rows=beside, widths=(0.34, 0.13, 0.13, 0.13, 0.14, 0.13), left=(0,))
        said = "比率的变化为百分点，件数的变化为百分比；任一方无数据的指标不列。"
        sections.append(Section(heading="环比、同比", level=1, text=(said,), table=table))
    for one in view.indicators:
        ranked = [g for g in one.groups if g.rank is not None]
        if ranked:
            order = tuple((str(g.rank), g.name, g.shown, f"{g.numerator}/{g.denominator}") for g in ranked)
            table = Table(heads=("名次", "单位", "数值", "件数"), rows=order, widths=(0.12, 0.48, 0.2, 0.2), left=(1,))
            sections.append(Section(heading=one.name, level=1, text=(one.formula,), table=table))
    sections += [
        Section(heading=f"{f.name}（图）", level=1, text=(f.formula,), chart=chart(f)) for f in comparable(view)
    ]
    post = desk.rules.post(desk._person.body)
    paper = OfficialPaper(
        kind=KIND, form="table", title=f"{desk.rules.profile.meta.name}\n{view.period}工作情况通报",
        issuer=post.name if post else desk._person.body, date=stamp(desk.now())[:10], fields=tuple(standing(view)),
        sections=tuple(sections), seal=False, mechanism=desk.rules.profile.meta.name, demo=desk.rules.founding == "demo",
    )  # fmt: skip
    done = desk.renderer.official([paper])
    return PaperView(
        name=paper.title.replace("\n", " "), number="", pdf=done.pdf, pages=done.pages, fonts=done.fonts,
        missing_glyphs=done.missing_glyphs,
    )  # fmt: skip


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
            _counted(groups, at, 2, group.name, group, words.rank(group.rank, lang))
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


def _moved(change: float | None) -> str:
    return "—" if change is None else f"{change:+.1f}"


def _or(number: int | None) -> str:
    return "" if number is None else str(number)
