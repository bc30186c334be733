"""Bulletins 通报 of a period as papers: 月度通报 (work), 满意率及排序通报 (satisfaction), 分析评估报告 (analysis).

Which figures a bulletin takes follows from their shape in the profile, not from their names: ratings of return visits and
surveys, groupings of complaints, limits that were missed.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from liaison_app.desk.figures_out import chart, comparable, standing
from liaison_app.desk.paper_phrases import in_full
from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.statistics import FigureView, GroupView, StatisticsView, compared, heat
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import OfficialPaper, Section, Table
from liaison_app.mechanism.cadences import words
from liaison_app.mechanism.indicators import ARROW

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

KIND: Final = "bulletin"
TITLES: Final = {"work": "工作情况通报", "satisfaction": "满意率及排序通报", "analysis": "分析评估报告"}
"""Kinds of bulletins and how each is called."""
WIDEST: Final = 8
"""So many columns a heat table has on a page; the rest is added up as 其他."""
LONGEST: Final = 20
"""So many places complained of again, and so many stages that were late, are named."""


def bulletin(desk: "Desk", view: StatisticsView, kind: str = "work") -> PaperView:
    """Return a bulletin of a period as PDF. The view must be in Chinese and grouped as the profile says.

    Raises RuleBroken ``renderer_missing``, ``field_value`` for a kind that is none of :data:`TITLES`.
    """
    if desk.renderer is None:
        raise RuleBroken("renderer_missing")
    if kind not in TITLES:
        raise RuleBroken("field_value", field="bulletin", value=kind)
    paper = bulletin_paper(desk, view, kind)
    done = desk.renderer.official([paper])
    return PaperView(
        name=paper.title.replace("\n", " "), number="", pdf=done.pdf, pages=done.pages, fonts=done.fonts,
        missing_glyphs=done.missing_glyphs,
    )  # fmt: skip


def bulletin_paper(desk: "Desk", view: StatisticsView, kind: str) -> OfficialPaper:
    """Return a bulletin of a kind of :data:`TITLES` as plain data."""
    sections = {"work": _work, "satisfaction": _satisfaction, "analysis": _analysis}[kind](desk, view)
    post = desk.rules.post(desk._person.body)
    return OfficialPaper(
        kind=KIND, form="table", title=f"{desk.rules.profile.meta.name}\n{words(view.period, 'zh_CN')}{TITLES[kind]}",
        issuer=in_full(post.name if post else desk._person.body, desk.rules.roster.district), date=stamp(desk.now())[:10], fields=tuple(standing(view)),
        sections=tuple(sections), seal=False, mechanism=desk.rules.profile.meta.name, demo=desk.rules.founding == "demo",
    )  # fmt: skip


def _work(desk: "Desk", view: StatisticsView) -> list[Section]:
    found = [Section(heading="工作数据", level=1, table=figures_table(view.indicators))]
    beside = _beside(desk, view, {f.id for f in view.indicators})
    found += [beside] if beside else []
    found += _rankings(view)
    return [*found, *_charts(comparable(view))]


def _satisfaction(desk: "Desk", view: StatisticsView) -> list[Section]:
    """Rates of return visits and of the office's own survey apart, each saying which it is (OFFICE C6); order; not reached."""
    rated = _rated(desk, view)
    visits, surveys = ([f for f in rated if f.of_cases is of_cases] for of_cases in (True, False))
    found = []
    for name, figures in (("回访满意率", visits), ("区创模办测评满意率" if surveys else "", surveys)):
        if figures:
            said = f"口径：{name.removesuffix('满意率')}；满意、基本满意计入，未联系到的不入分母。"
            found.append(Section(heading=name, level=1, text=(said,), table=figures_table(figures)))
    beside = _beside(desk, view, {f.id for f in rated})
    found += [beside] if beside else []
    found += _rankings(view)
    for one in rated:
        lines = [g for g in one.groups if g.by == "department"]
        if lines and all(g.rank is None for g in lines):
            found.append(Section(heading=f"各部门{one.name}", level=1, text=(one.formula,), table=_groups(lines)))
    found += _charts([f for f in rated if any(g.rank is not None for g in f.groups)])
    return found or [Section(heading="满意率", level=1, text=("本期没有满意率指标。",))]


def _analysis(desk: "Desk", view: StatisticsView) -> list[Section]:
    """What is complained of, where, when, and where work was late and whose (M1-ANA-01)."""
    apart = {
        "department",
        "department_pair",
        "direction",
        "district",
        "outcome",
        "town_source",
        "delay",
        "place_or_object",
    }
    content = [
        f for f in view.indicators if f.denominator is None and f.of_cases and any(g.by not in apart for g in f.groups)
    ]
    found = []
    for one in content:
        lines = sorted(
            (g for g in one.groups if g.by not in apart), key=lambda g: (g.by == "hour" and g.key, -g.numerator)
        )
        if any(g.numerator for g in lines):
            found.append(
                Section(heading=one.name, level=1, text=(f"{one.formula}，共{one.numerator}件。",), chart=chart(lines))
            )
    table = _heat(view)
    found += [table] if table else []
    for one in view.indicators:
        places = [g for g in one.groups if g.by == "place_or_object"][:LONGEST]
        if places:
            rows = tuple((str(i), g.name, str(g.numerator)) for i, g in enumerate(places, 1))
            shown = Table(heads=("序号", "地点或对象", "件数"), rows=rows, widths=(0.12, 0.68, 0.2), left=(1,))
            said = f"{one.formula}：共{one.numerator}处" + (
                f"，列前{len(places)}处。" if one.numerator > len(places) else "。"
            )
            found.append(Section(heading=one.name, level=1, text=(said,), table=shown))
    for one in view.indicators:
        delays = sorted((g for g in one.groups if g.by == "delay"), key=lambda g: -g.numerator)
        if delays:
            rows = tuple((*_pair(g.name), str(g.numerator)) for g in delays[:LONGEST])
            shown = Table(heads=("逾期环节", "责任单位", "件数"), rows=rows, widths=(0.5, 0.32, 0.18), left=(0, 1))
            said = f"{one.formula}，共{one.numerator}件；一件在几个环节逾期的，各环节分别列入" + (
                f"；列前{LONGEST}项。" if len(delays) > LONGEST else "。"
            )
            found.append(Section(heading="逾期环节及责任单位", level=1, text=(said,), table=shown))
    beside = _beside(desk, view, {f.id for f in view.indicators if f.denominator is None})
    found += [beside] if beside else []
    return found or [Section(heading="分析", level=1, text=("本期没有可分析的案件。",))]


def figures_table(figures: Sequence[FigureView]) -> Table:
    """Return indicators as a table of a paper."""
    rows = tuple((f.name, str(f.numerator), _or(f.denominator), f.shown, f.reason) for f in figures)
    heads = ("指标", "分子", "分母", "数值", "说明")
    return Table(heads=heads, rows=rows, widths=(0.4, 0.13, 0.13, 0.16, 0.18), left=(0,))


def _rated(desk: "Desk", view: StatisticsView) -> list[FigureView]:
    """Return the figures whose parts are answers of citizens: both sides of the fraction ask for values of one field."""
    ids = {
        i.id for i in desk.rules.profile.indicators
        if i.denominator is not None and i.numerator.values and i.numerator.values.keys() == i.denominator.values.keys()
    }  # fmt: skip
    return [f for f in view.indicators if f.id in ids]


def _beside(desk: "Desk", view: StatisticsView, ids: set[str]) -> Section | None:
    rows = tuple(
        (c.name, c.shown, c.before_shown, _moved(c.change), c.year_shown, _moved(c.change_year))
        for c in compared(desk, view.period, own=not view.frozen_at)
        if c.id in ids and (c.change is not None or c.change_year is not None)
    )
    if not rows:
        return None
    columns = ("指标", "本期", "上期", "环比", "去年同期", "同比")
    table = Table(heads=columns, rows=rows, widths=(0.34, 0.13, 0.13, 0.13, 0.14, 0.13), left=(0,))
    said = "比率的变化为百分点，件数的变化为百分比；任一方无数据的指标不列。"
    return Section(heading="环比、同比", level=1, text=(said,), table=table)


def _rankings(view: StatisticsView) -> list[Section]:
    """Return a table for each ranked figure and each group of departments that is ranked apart."""
    found = []
    for one in view.indicators:
        ranked = [g for g in one.groups if g.rank is not None]
        for among in dict.fromkeys(g.among for g in ranked):
            lines = [g for g in ranked if g.among == among]
            order = tuple((str(g.rank), g.name, g.shown, f"{g.numerator}/{g.denominator}") for g in lines)
            table = Table(heads=("名次", "单位", "数值", "件数"), rows=order, widths=(0.12, 0.48, 0.2, 0.2), left=(1,))
            found.append(
                Section(
                    heading=f"{one.name}（{among}）" if among else one.name, level=1, text=(one.formula,), table=table
                )
            )
    return found


def _groups(lines: Sequence[GroupView]) -> Table:
    rows = tuple((g.name, g.shown, f"{g.numerator}/{g.denominator}") for g in lines)
    return Table(heads=("单位", "数值", "件数"), rows=rows, widths=(0.5, 0.25, 0.25), left=(0,))


def _heat(view: StatisticsView) -> Section | None:
    """Return the table of towns and sources: the darkest cells of a screen are here the numbers in rank."""
    found = heat(view)
    if found is None:
        return None
    shown = found.columns[:WIDEST]
    rest = len(found.columns) > WIDEST
    rows = tuple(
        (
            town,
            *(str(n) if n else "—" for n in cells[:WIDEST]),
            *((str(sum(cells[WIDEST:])),) if rest else ()),
            str(sum(cells)),
        )
        for town, cells in zip(found.rows, found.cells, strict=True)
    )
    table = Table(heads=("镇街", *shown, *(("其他",) if rest else ()), "合计"), rows=rows, left=(0,))
    return Section(heading="镇街与来源", level=1, text=("各镇街按污染来源的登记件数，多者在前。",), table=table)


def _charts(figures: Sequence[FigureView]) -> list[Section]:
    return [Section(heading=f"{f.name}（图）", level=1, text=(f.formula,), chart=chart(f.groups)) for f in figures]


def _pair(name: str) -> tuple[str, str]:
    first, _, second = name.partition(f" {ARROW} ")
    return first, second


def _moved(change: float | None) -> str:
    return "—" if change is None else f"{change:+.1f}"


def _or(number: int | None) -> str:
    return "" if number is None else str(number)
