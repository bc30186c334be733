"""From rows to pages: rows keep together, tables repeat their heads, and the page that is signed carries text."""

import math
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from reports.official.page import EM, PITCH, Press

Draw = Callable[[Press, float], None]
SPILL: Final = PITCH - EM
"""What hangs under the type area when all its lines are counted with their gaps; only words' gaps may."""
SQUEEZE: Final = 0.08
"""By how much the lines of the last page may move together so that the signature stays with its text."""
SQUEEZE_FOOT: Final = 0.12
"""The same so that the imprint 版记 needs no page of its own."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A strip of a page: its height in points and how it is drawn from its upper edge down."""

    height: float
    draw: Draw | None = None
    keep: bool = False
    """Stays on the page of the next row."""
    snap: bool = False
    """Begins on a line of the grid."""
    grid: bool = True
    """Is a line of the grid, and may move closer to its neighbours."""
    sign: bool = False
    """Belongs to the signature."""
    bound: bool = False
    """Is kept with the next row for the signature's sake alone: a line of text, no heading."""
    head: tuple["Row", ...] = ()
    """Rows drawn again when a page begins with this one."""
    cut: Draw | None = None
    """Drawn where a page begins or ends inside a table's row: the border."""

    @property
    def blank(self) -> bool:
        """Whether the row is an empty line, which no page begins with."""
        return self.draw is None


class PageRows(msgspec.Struct, frozen=True):
    """The rows of one page, and the factor its grid lines are moved together by."""

    rows: tuple[Row, ...]
    factor: float = 1.0
    repeated: int = 0
    """How many of them were drawn before: heads of a table that goes on."""


def blank(lines: float = 1.0, *, keep: bool = False) -> Row:
    """Return empty lines of the grid."""
    return Row(height=lines * PITCH, keep=keep)


def _placed(used: float, row: Row) -> float:
    """Return how deep a page is filled with one row more."""
    start = math.ceil(used / PITCH - 0.01) * PITCH if row.snap else used
    return start + row.height


def depth(rows: Sequence[Row]) -> float:
    """Return how deep rows fill a page."""
    used = 0.0
    for row in rows:
        used = _placed(used, row)
    return used


def paginate(rows: Sequence[Row], first: float, room: float) -> list[PageRows]:
    """Return pages; ``first`` and ``room`` are the depths of the first and of the further pages, in whole lines.

    A row deeper than a page stands alone on one: callers cut rows before.
    """
    pages: list[PageRows] = []
    start, space = 0, first
    while start < len(rows):
        if pages and rows[start].blank:
            start += 1
            continue
        head = rows[start].head if pages else ()
        end, used = start, depth(head)
        while end < len(rows) and (filled := _placed(used, rows[end])) <= space + 0.01 - (
            0 if rows[end].grid else SPILL
        ):
            used, end = filled, end + 1
        factor = 1.0
        if end < len(rows):
            over = depth((*head, *rows[start:])) - space
            if rows[-1].sign and over <= SQUEEZE * _grid(rows[start:]):
                factor, end = 1 - over / _grid(rows[start:]), len(rows)
            else:
                end = _whole(rows, start, end, may_be_empty=not pages and first < room)
        pages.append(PageRows((*head, *rows[start:end]), factor, len(head)))
        start, space = end, room
    return pages


def footed(pages: Sequence[PageRows], first: float, room: float, need: float) -> list[PageRows]:
    """Return pages with the lines of the last moved together as far as an imprint of a depth needs, where that is enough;
    else with its last lines and the signature on a further page, so that the imprint does not stand on one alone.

    ``first`` and ``room`` are the depths of the type area on the first and on the further pages.
    """
    last = pages[-1]
    grid = _grid(last.rows)
    used = (
        depth(last.rows) if last.factor == 1.0 else sum(r.height * (last.factor if r.grid else 1.0) for r in last.rows)
    )
    over = used + need - (room if len(pages) > 1 else first)
    if not need or over <= 0 or not grid:
        return list(pages)
    factor = last.factor - over / grid
    if factor >= 1 - SQUEEZE_FOOT:
        return [*pages[:-1], PageRows(last.rows, factor, last.repeated)]
    for cut in (_last_cut(last, bound=False), _last_cut(last, bound=True)):
        moved = last.rows[cut:]
        if cut and depth(moved) + need <= room:
            return [*pages[:-1], PageRows(last.rows[:cut], last.factor, last.repeated), PageRows(moved)]
    return list(pages)


def _last_cut(page: PageRows, *, bound: bool) -> int:
    """Return where the last lines of a page can go to a further one, 0 where they cannot: text above and below, no table.

    ``bound``: the signature may take one line of text with it in place of two.
    """
    lines = 0
    for cut in range(len(page.rows) - 1, page.repeated, -1):
        row, before = page.rows[cut], page.rows[cut - 1]
        if row.head or row.cut:
            return 0
        lines += not row.blank and not row.sign
        free = not before.keep or (bound and before.bound)
        if free and not row.blank and not row.sign and lines >= (1 if bound else 2):
            return cut
    return 0


def _whole(rows: Sequence[Row], start: int, end: int, *, may_be_empty: bool) -> int:
    """Return where to break at or before ``end`` so that what keeps together does; somewhere, when nothing can."""
    cut = end
    while cut > start and rows[cut - 1].keep:
        cut -= 1
    if cut > start or may_be_empty:
        return cut
    return max(end, start + 1)


def _grid(rows: Sequence[Row]) -> float:
    return sum(r.height for r in rows if r.grid)


def draw_rows(press: Press, page: PageRows, top: float, *, resumed: bool, broken: bool) -> float:
    """Draw the rows of a page; return the edge under the last. Borders are closed where a table is cut."""
    y = top
    rows = page.rows
    for i, row in enumerate(rows):
        if row.snap and page.factor == 1.0:  # lines moved together stand on no grid
            y = top - math.ceil((top - y) / PITCH - 0.01) * PITCH
        if row.cut and resumed and i == page.repeated:
            row.cut(press, y)
        if row.draw:
            press.repeating = i < page.repeated
            row.draw(press, y)
        y -= row.height * (page.factor if row.grid else 1.0)
    press.repeating = False
    if broken and rows and (cut := rows[-1].cut):
        cut(press, y)
    return y
