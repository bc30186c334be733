"""Tables: rows of cells that grow with their words, long ones cut over pages, heads repeated, columns by content."""

import itertools
import math
import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from liaison_app.domain.papers import Table
from reports.composer import Line, is_cell
from reports.official.flow import Row
from reports.official.page import Press
from reports.strokes import mm
from reports.tags import Element, heads, spans

PAD: Final = 4.0
LEADING: Final = 1.4
LONG: Final = 8
"""A row of more lines than this is cut where a page ends; a shorter one goes to the next page whole."""
JUSTIFIED: Final = 16
"""Cells narrower than so many signs stay ragged: their gaps would gape."""
PEN: Final = 6.0
"""How wide, in em, an empty column is at the least."""
SHORT: Final = 8.0
"""Words up to so many em, a date among them, had better not be split in a cell."""
TIGHT: Final = 3.0
"""How wide an empty column may become so that the words of others stay whole."""
_FIGURE: Final = re.compile(r"[+\-−]?\d[\d,.]*[%％件次起天日人户处元页份分]?(?:个百分点)?")
_NO_FIGURE: Final = frozenset(["", "—", "－", "/", "无", "无数据"])
_NUMBER: Final = re.compile(r"\S{1,24}(?:〔\d{4}〕\d+号|-\d{8}-\d{4,})")
"""The number of a paper or a case: set smaller rather than broken."""
THIN: Final = 0.5
WHOLE: Final = 40
LEAST: Final = 0.7
"""Numbers of up to so many signs are set smaller, down to this share, before they are broken."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell: words, style, width in points, whether its lines stand in the middle."""

    text: str
    width: float
    style: str = "fang"
    middle: bool = False
    heads: Literal["", "Row", "Column"] = ""
    """What a head heads: its row or its column."""
    columns: int = 1
    """How many columns of the table it is wide."""
    figures: float = 0.0
    """The width of the widest figure of its column: figures stand under each other by their last digit. 0: no figure."""


def grid_row(
    press: Press, into: Element, cells: Sequence[Cell], size: float, *, least: float = 0.0, hand: str = "", head: Sequence[Row] = (),
) -> list[Row]:  # fmt: skip
    """Return one row of a table (``into`` is its element), or its slices line by line when it is long.

    ``hand`` are words at the lower right of the last cell, where somebody signs; ``least`` is the height in points.
    """
    sizes = [_whole_number(press, c, size) for c in cells]
    set_lines = [
        press.lines([(c.text, c.style)], fit, c.width - 2 * PAD, justify=c.width > JUSTIFIED * size) if c.text else []
        for c, fit in zip(cells, sizes, strict=True)
    ]
    row = into.add("TR")
    elements = [row.add("TH", heads(c.heads, c.columns)) if c.heads else row.add("TD", spans(c.columns)) for c in cells]
    count = max(1, *(len(lines) for lines in set_lines))
    pitch = size * LEADING
    height = max(least, count * pitch + 1.5 * PAD) + (pitch if hand else 0.0)
    if count <= LONG:

        def draw(at: Press, top: float) -> None:
            _frame(at, cells, top, height, ends=True)
            _fill(
                at,
                cells,
                elements,
                set_lines,
                sizes,
                pitch,
                top,
                height - (pitch if hand and least < height - pitch else 0.0),
            )
            if hand:
                at.mark(elements[-1])
                at.put_right(hand, at.left + sum(c.width for c in cells) - 2 * PAD, top - height + pitch, "fang", size)

        return [Row(height=height, draw=draw, grid=False, head=tuple(head), cut=None)]
    return _slices(cells, elements, set_lines, sizes, size * LEADING, count, hand, tuple(head))


def _whole_number(press: Press, cell: Cell, size: float) -> float:
    """Return the size at which a number without a place to break stands in its cell, when it is not much too wide."""
    plain = cell.text.isascii() and " " not in cell.text and len(cell.text) <= WHOLE
    if not plain and not _NUMBER.fullmatch(cell.text):
        return size
    room, wide = cell.width - 2 * PAD, press.measure(cell.text, cell.style, size)
    return size * room / wide if room < wide <= room / LEAST else size


def _slices(
    cells: Sequence[Cell],
    elements: Sequence[Element],
    set_lines: Sequence[Sequence[Line]],
    sizes: Sequence[float],
    pitch: float,
    count: int,
    hand: str,
    head: tuple[Row, ...],
) -> list[Row]:
    total = sum(c.width for c in cells)

    def border(at: Press, top: float) -> None:
        at.rule(at.left, at.left + total, top, THIN)

    rows = []
    for i in range(count + bool(hand)):
        first, last = i == 0, i == count + bool(hand) - 1

        def draw(at: Press, top: float, i: int = i, first: bool = first, last: bool = last) -> None:
            height = pitch + (PAD if first else 0.0) + (PAD if last else 0.0)
            _frame(at, cells, top, height, ends=False)
            if first:
                border(at, top)
            if last:
                border(at, top - height)
            x = at.left
            for cell, element, lines, size in zip(cells, elements, set_lines, sizes, strict=True):
                if i < len(lines):
                    line = lines[i]
                    at.mark(element)
                    at.line(line, x + _shift(cell, line), top - (PAD if first else 0.0) - (pitch - size) / 2, size)
                x += cell.width
            if last and hand:
                at.mark(elements[-1])
                at.put_right(hand, x - 2 * PAD, top - 2, "fang", pitch / LEADING)

        height = pitch + (PAD if first else 0.0) + (PAD if last else 0.0)
        keep = i < 2 or i == count + bool(hand) - 2
        rows.append(Row(height=height, draw=draw, grid=False, keep=keep and not last, head=head, cut=border))
    return rows


def _frame(at: Press, cells: Sequence[Cell], top: float, height: float, *, ends: bool) -> None:
    places = list(itertools.accumulate((c.width for c in cells), initial=at.left))
    if ends:
        at.box(places, top, top - height, THIN)
    else:
        at.uprights(places, top, top - height, THIN)


def _fill(
    at: Press,
    cells: Sequence[Cell],
    elements: Sequence[Element],
    set_lines: Sequence[Sequence[Line]],
    sizes: Sequence[float],
    pitch: float,
    top: float,
    height: float,
) -> None:
    x = at.left
    for cell, element, lines, size in zip(cells, elements, set_lines, sizes, strict=True):
        if lines:
            at.mark(element)
        y = top - (height - len(lines) * pitch) / 2 - (pitch - size) / 2
        for line in lines:
            at.line(line, x + _shift(cell, line), y, size)
            y -= pitch
        x += cell.width


def _shift(cell: Cell, line: Line) -> float:
    """Return where a line of a cell begins, from the cell's left edge."""
    if cell.figures:
        return (cell.width + cell.figures) / 2 - line.end
    return (cell.width - line.end) / 2 if cell.middle else PAD


def columns(area: float, table: Table, size: float) -> tuple[float, ...]:
    """Return the widths of the columns in points: the table's own shares, else by what the columns hold."""
    count = max([len(table.heads), *(len(r) for r in table.rows)], default=1)
    if table.widths and len(table.widths) == count and sum(table.widths) > 0:
        return tuple(area * w / sum(table.widths) for w in table.widths)
    cells = [[_wide(t) for t in _even(row, range(count))] for row in (table.heads, *table.rows)]
    natural = [max(2.0, *(row[i] for row in cells)) for i in range(count)]
    for i in range(count):  # a column that waits for the pen has room for a name
        if table.rows and not is_wide(table) and not any(row[i] for row in cells[1:]):
            natural[i] = max(natural[i], PEN)
    bare = [bool(table.rows) and not any(row[i] for row in cells[1:]) for i in range(count)]
    found = [
        _shared(area, size, [min(n, most) for n in natural], natural) for most in (13.0, 10.0, 8.0, 6.0, 4.0)
    ]  # fmt: skip
    for most in (10.0, 8.0, 7.0, 6.0, 5.0, 4.0):  # dates and short names whole, the long ones broken for their sake
        least = [
            min(n, TIGHT) if no else n if n <= SHORT else min(n, most) for n, no in zip(natural, bare, strict=True)
        ]
        found.append(_shared(area, size, least, natural))
    fitting = [widths for widths in found if widths]
    if not fitting:
        least = [min(n, 4.0) for n in natural]
        return tuple(area * n / sum(least) for n in least)
    return min(fitting, key=lambda widths: _depth(cells, widths, size))


def _shared(area: float, size: float, least: Sequence[float], natural: Sequence[float]) -> tuple[float, ...]:
    """Return the widths of columns that are at least so many em wide, what is spare going to the long ones."""
    widths = [n * size + 2 * PAD + 2 for n in least]
    spare = area - sum(widths)
    if spare < 0:
        return ()
    more = [math.sqrt(max(0.0, min(n, 200.0) - w)) for n, w in zip(natural, least, strict=True)]
    if not any(more):
        more = widths
    return tuple(w + spare * m / sum(more) for w, m in zip(widths, more, strict=True))


def _depth(cells: Sequence[Sequence[float]], widths: Sequence[float], size: float) -> float:
    """Return about how many lines a table takes; a date or a short name on two lines counts one more."""
    lines = 0.0
    for row in cells:
        each = [math.ceil(n * size / (w - 2 * PAD)) for n, w in zip(row, widths, strict=True)]
        lines += max(each) + sum(k > 1 and n <= SHORT for k, n in zip(each, row, strict=True))
    return lines


def size_of(table: Table) -> float:
    """Return the size of a table's words: 小四, 五号 where it has many columns."""
    return 12.0 if len(table.heads) <= 5 else 10.5


def is_wide(table: Table) -> bool:
    """Return whether a table needs the sheet lying: many columns, or heads that would not fit upright."""
    return len(table.heads) > 7 or sum(max(3, len(h)) for h in table.heads) > 42


def table_rows(press: Press, table: Table, size: float, *, empty: str = "（无）") -> list[Row]:
    """Return a table as rows: caption, head repeated on each page, body."""
    widths = columns(press.area, table, size)
    rows: list[Row] = []
    into = press.tag("Table")
    if table.caption:
        named = into.add("Caption")
        captions = press.lines([(table.caption, "hei")], size, press.area)
        for line in captions:

            def draw(at: Press, top: float, line: Line = line) -> None:
                at.mark(named)
                at.line(line, at.left + (at.area - line.end) / 2, top - 3, size)

            rows.append(Row(height=size * 1.7, draw=draw, grid=False, keep=True))
    head: list[Row] = []
    if table.heads:
        cells = [
            Cell(text=t, width=w, style="hei", middle=True, heads="Column")
            for t, w in zip(_even(table.heads, widths), widths, strict=True)
        ]
        head = [msgspec.structs.replace(r, keep=True) for r in grid_row(press, into, cells, size, least=8 * mm)]
    rows += head
    if not table.rows:
        rows += grid_row(
            press, into, [Cell(text=empty, width=sum(widths), middle=True, columns=len(widths))], size, least=8 * mm
        )
    body = [_even(words, widths) for words in table.rows]
    middle = [
        n not in table.left and all(_wide(row[n]) * size <= w - 2 * PAD or len(row[n]) <= 4 for row in body)
        for n, w in enumerate(widths)
    ]
    figures = [_figures(press, [row[n] for row in body], w - 2 * PAD, size) for n, w in enumerate(widths)]
    for words in body:
        cells = [
            Cell(text=t, width=w, middle=middle[n], figures=figures[n] if _FIGURE.fullmatch(t) else 0.0)
            for n, (t, w) in enumerate(zip(words, widths, strict=True))
        ]
        rows += grid_row(press, into, cells, size, least=7.5 * mm, head=head)
    return rows


def _figures(press: Press, column: Sequence[str], room: float, size: float) -> float:
    """Return the width of the widest figure of a column that holds nothing else, 0 for any other column."""
    found = [t for t in column if t not in _NO_FIGURE]
    if not found or not all(_FIGURE.fullmatch(t) for t in found):
        return 0.0
    widest = max(press.measure(t, "fang", size) for t in found)
    return widest if widest <= room else 0.0


def _wide(text: str) -> float:
    """Return about how wide a text is, in em."""
    return sum(1.0 if is_cell(sign) else 0.62 for sign in text)


def _even(words: Sequence[str], widths: Sequence[float]) -> list[str]:
    return [*words, *[""] * (len(widths) - len(words))]
