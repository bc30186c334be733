"""Bars of a chart 图, readable when printed in black and white: a word, a grey bar with an outline, the value behind it."""

from functools import partial

from liaison_app.domain.papers import Chart
from reports.composer import Line
from reports.official.flow import Row
from reports.official.page import Press
from reports.tags import Element

SIZE = 10.5
HEIGHT = 18.0
SHORT = 12
"""So many bars stay together on a page; a longer chart begins with four of them."""
NAMES = 0.27
"""Share of the type area for the words before the bars, and behind them for the values."""


def chart_rows(press: Press, chart: Chart) -> list[Row]:
    """Return a chart as rows: each bar a paragraph of its own, so that it breaks over pages and is read aloud in order."""
    rows: list[Row] = []
    if chart.caption:
        title = press.tag("P")
        for line in press.lines([(chart.caption, "hei")], SIZE, press.area):
            rows.append(Row(height=SIZE * 1.9, draw=partial(_line, line, title), grid=False, keep=True))
    kept = len(chart.bars) - 1 if len(chart.bars) <= SHORT else 3
    most = max((bar.size for bar in chart.bars), default=0.0)
    for i, bar in enumerate(chart.bars):
        element = press.tag("P")
        share = bar.size / most if most > 0 else 0.0
        draw = partial(_bar, press.words(bar.name, "song"), press.words(bar.words, "song"), share, element)
        rows.append(Row(height=HEIGHT, draw=draw, grid=False, keep=i < kept))
    if not chart.bars:
        element = press.tag("P")
        for line in press.lines([("（无数据）", "fang")], SIZE, press.area):
            rows.append(Row(height=HEIGHT, draw=partial(_line, line, element), grid=False))
    return rows


def _line(line: Line, element: Element, at: Press, top: float) -> None:
    at.mark(element)
    at.line(line, at.left, top, SIZE)


def _bar(name: str, words: str, share: float, element: Element, at: Press, top: float) -> None:
    names = at.area * NAMES
    lines, size = at.fitted(name, "song", SIZE, names - 6, 1)
    at.mark(element)
    at.line(lines[0], at.left, top + (SIZE - size) / 2 - 2, size)
    begin, room = at.left + names, at.area * (1 - NAMES - 0.16)
    at.bar(begin, top - 1, max(0.4, share * room), HEIGHT - 6)
    at.mark(element)
    at.put(words, begin + share * room + 5, top - 2, "song", SIZE)
