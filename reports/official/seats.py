"""What stands on the tables of a meeting: name cards 桌签 to be folded, and the plan of seats 座次图.

Both are drawn from the first table of the paper: a name and a body in each row, in the order of seats.
"""

from functools import partial
from typing import Final, NamedTuple

from liaison_app.domain.papers import Field, OfficialPaper
from reports.composer import Line
from reports.numbers import chinese_date
from reports.official.page import FOURTH, Press
from reports.strokes import HEIGHT, SMALL, WIDTH, mm

PANEL: Final = HEIGHT / 3
"""A sheet is folded twice: back, front and foot of a tent, each a third."""
NAME: Final = 110.0
BODY: Final = 28.0
INSIDE: Final = 18 * mm
ABREAST: Final = (6, 8, 10, 12)
"""Seats of a row: the fewest with which all rows fit one sheet."""
GAP: Final = 3 * mm
FACTS: Final = 10.5
MOST: Final = 2
"""Lines of facts over the plan; what is longer stands whole on a further page."""


class Seat(NamedTuple):
    """Who sits in a place: a name (empty where nobody was named) and a body."""

    name: str
    body: str


def seats_of(paper: OfficialPaper) -> list[Seat]:
    """Return the seats of a paper in their order."""
    rows = [row for part in paper.sections if part.table is not None for row in part.table.rows]
    made = [Seat(row[0].strip(), row[1].strip() if len(row) > 1 else "") for row in rows if row]
    return [seat for seat in made if seat.name or seat.body]


def spread(name: str) -> str:
    """Return a name as a card shows it: one of two signs with a space between them, as wide as one of three."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


def cards(press: Press, paper: OfficialPaper) -> int:
    """Draw a card a page: the front upright, the back turned around, so that both sides read when it stands."""
    for seat in seats_of(paper) or [Seat("", "")]:
        press.open_page()
        element = press.tag("P")
        press.mark(element)
        _card(press, seat, PANEL)
        press.mark(None)  # the back says the same: a reader need not hear it twice
        press.repeating = True
        press.turned(WIDTH, 3 * PANEL, partial(_card, press, seat, 0.0))
        press.repeating = False
        for n in (1, 2):
            press.rule(4 * mm, 14 * mm, n * PANEL, 0.4, dash="2 2")
            press.rule(WIDTH - 14 * mm, WIDTH - 4 * mm, n * PANEL, 0.4, dash="2 2")
        press.mark(None)
        press.put("折线", 15 * mm, PANEL + SMALL / 2, "song", SMALL)
        press.put("折线", 15 * mm, 2 * PANEL + SMALL / 2, "song", SMALL)
        press.book.show_page()
    return press.page


def _card(press: Press, seat: Seat, foot: float) -> None:
    """Draw name and body in the panel whose lower edge is ``foot``."""
    large, small = (spread(seat.name), seat.body) if seat.name else (seat.body, "")
    width = WIDTH - 2 * INSIDE
    lines, size = press.display(large, min(NAME, width / max(1, len(large))), width, PANEL * 0.55)
    under, low = press.display(small, BODY, width, 2.6 * BODY) if small else ([], 0.0)
    deep = len(lines) * size * 1.2 + (8 * mm if under else 0) + len(under) * low * 1.25
    y = foot + (PANEL + deep) / 2
    for line in lines:
        press.line(line, (WIDTH - line.end) / 2, y, size, bold=press.display_bold)
        y -= size * 1.2
    y -= 8 * mm if under else 0
    for line in under:
        press.line(line, (WIDTH - line.end) / 2, y, low)
        y -= low * 1.25


def plan(press: Press, paper: OfficialPaper) -> list[Field]:
    """Draw the plan: the chair above, rows of seats below, in each row the first in the middle, then left and right.

    Return the seats whose names do not fit: they are said whole on a further page.
    """
    cut: list[Field] = []
    seats, chair = seats_of(paper), next((f.value for f in paper.fields if f.value and "主持" in f.caption), "")
    room = press.height - press.upper - press.lower - 52 * mm
    abreast = next((n for n in ABREAST if -(-len(seats) // n) * (16 * mm + GAP) <= room), ABREAST[-1])
    rows = [seats[i : i + abreast] for i in range(0, len(seats), abreast)] or [[]]
    high = 16 * mm
    drawn = 0
    while drawn < len(rows):
        press.open_page()
        top, shortened = _head(press, paper, chair, first=drawn == 0)
        cut += [] if drawn else shortened
        fit = max(1, int((top - press.lower + GAP) / (high + GAP)))
        for k, row in enumerate(rows[drawn : drawn + fit]):
            cut += _row(press, row, drawn + k + 1, abreast, top - k * (high + GAP), high)
        drawn += fit
        press.close_page(number=len(rows) > fit)
    return cut


def _head(press: Press, paper: OfficialPaper, chair: str, *, first: bool) -> tuple[float, list[Field]]:
    """Draw title, facts and the chair's table; return the edge under them, and what was cut short."""
    cut: list[Field] = []
    y, middle = press.height - press.upper, press.left + press.area / 2
    press.mark(press.tag("H1") if first else None)
    lines, size = press.titled(paper.title, press.area)
    for i, line in enumerate(lines):
        press.line(line, middle - line.end / 2, y - i * size * 1.25, size, bold=press.display_bold)
    y -= size * (1.6 + 1.25 * (len(lines) - 1))
    press.mark(press.tag("P") if first else None)
    facts = [f for f in paper.fields if f.value and "主持" not in f.caption]
    said = "　".join(f"{f.caption}：{f.value}" for f in facts)
    made = f"{paper.issuer}　{chinese_date(paper.date)}".strip("　")
    beside = press.measure(f"{said}　　{made}", "fang", FACTS) <= press.area
    told = f"{said}　　{made}" if said and beside else f"{said}\n{made}".strip()
    lines = press.lines([(told, "fang")], FACTS, press.area, justify=False)
    if len(lines) > MOST:
        cut += [*facts, Field("制作单位", paper.issuer)]
        kept = "".join(run.text for line in lines[:MOST] for run in line.runs)
        lines = press.lines([(f"{kept[:-8]}……（见续页）", "fang")], FACTS, press.area, justify=False)[:MOST]
    for i, line in enumerate(lines):
        press.line(line, press.left, y - i * FACTS * 1.4, FACTS)
    y -= 9 * mm + (len(lines) - 1) * FACTS * 1.4
    wide, high = press.area * 0.34, 13 * mm
    press.frames([(middle - wide / 2, y - high, wide, high)], 1.0)
    press.mark(press.tag("P") if first else None)
    words = f"主席台　{chair}" if chair else "主席台"
    shown, size = _held(press, words, "hei", FOURTH, wide - 8, 2)
    if any("…" in run.text for line in shown for run in line.runs):
        cut.append(Field("主席台", chair))
    for i, line in enumerate(shown):
        press.line(
            line, middle - line.end / 2, y - (high - size * (1 + 1.2 * (len(shown) - 1))) / 2 - i * size * 1.2, size
        )
    return float(y - high - 9 * mm), cut


def _row(press: Press, row: list[Seat], number: int, abreast: int, top: float, high: float) -> list[Field]:
    cut = []
    begin = 14 * mm
    wide = (press.area - begin) / abreast
    press.mark(press.tag("P"))
    press.put(f"第{number}排", press.left, top - (high - 9) / 2, "song", 9)
    middle = press.left + begin + (press.area - begin) / 2
    for seat, step in zip(row, _steps(len(row)), strict=True):
        x = middle + step * wide - wide / 2
        press.frames([(x + 1, top - high, wide - 2, high)], 0.6)
        press.mark(press.tag("P"))
        names, size = _held(press, spread(seat.name) or "　", "hei", 12.0, wide - 8, 1)
        bodies, small = _held(press, seat.body, "fang", 9.0, wide - 8, 2) if seat.body else ([], 9.0)
        if any("…" in run.text for line in (*names, *bodies) for run in line.runs):
            cut.append(Field(f"第{number}排", f"{seat.name}　{seat.body}".strip("　")))
        y = top - (high - size * 1.2 - len(bodies) * small * 1.15) / 2
        for line in names:
            press.line(line, x + (wide - line.end) / 2, y, size)
        y -= size * 1.3
        for line in bodies:
            press.line(line, x + (wide - line.end) / 2, y, small)
            y -= small * 1.15
    return cut


def _held(press: Press, words: str, style: str, size: float, width: float, most: int) -> tuple[list[Line], float]:
    """Return words in so many lines, smaller where they must be, cut with …… where even that is not enough."""
    lines, fit = press.fitted(words, style, size, width, most)
    if len(lines) > most:
        kept = sum(len(run.text) for line in lines[:most] for run in line.runs)
        lines = press.lines([(words[: max(1, kept - 3)] + "……", style)], fit, width, justify=False)[:most]
    return list(lines), fit


def _steps(count: int) -> list[float]:
    """Return where the seats of a row stand from its middle: the first in the middle, then one left, one right."""
    places = [0.0]
    for n in range(1, count):
        places.append((n + 1) // 2 * (-1.0 if n % 2 else 1.0))
    return [p + (0.5 if count % 2 == 0 else 0.0) for p in places[:count]]
