"""Strokes that all papers share: composed lines, rules and frames, QR, the demo's mark, each marked for the structure.

Lengths are points; places of text are the upper edge of its em-box, measured from the foot of the paper as PDF does.
Strokes are written as PDF operators into ReportLab's page: its own text objects cost more than all the rest.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm as _mm

from liaison_app.domain.papers import PLAIN, PrintStyle
from reports.book import Book
from reports.composer import Line, balanced, compose
from reports.fonts import normal
from reports.qr import modules
from reports.tags import LAYOUT, PAGINATION, Element, figure

WIDTH, HEIGHT = A4
mm: Final = float(_mm)
RISE: Final = 0.88
"""From the upper edge of the em-box to the baseline, in em."""
SMALL: Final = 7.5
_RUNS: Final = re.compile(b"\x01+")
Colour = tuple[float, float, float]
BLACK: Final = (0.0, 0.0, 0.0)
GREY: Final = (0.45, 0.45, 0.45)
Spans = Sequence[tuple[str, str]]


class Strokes:
    """A book with the styles of a paper."""

    def __init__(self, book: Book, *, left: float, area: float, top: Element) -> None:
        self.book, self.left, self.area = book, left, area
        self._fonts, self._measures = book.fonts, book.fonts.measures
        self.top = top
        """The element that holds the paper, or its part that is drawn."""
        self.style: PrintStyle = PLAIN
        self.repeating = False
        """Whether what is drawn was drawn before (heads of a table on its further pages)."""
        self._levels: set[tuple[float, float]] = set()

    @property
    def right(self) -> float:
        """The right edge of the type area."""
        return self.left + self.area

    def moved(self, dx: float = 0.0, dy: float = 0.0) -> None:
        """Begin a page moved as the paper in the printer asks for, by millimetres of the style and points given."""
        self._levels.clear()
        dx, dy = dx + self.style.dx * mm, dy + self.style.dy * mm
        if dx or dy:
            self._code(f"1 0 0 1 {dx:.3f} {dy:.3f} cm")

    def turned(self, width: float, height: float, draw: Callable[[], object]) -> None:
        """Draw turned around by half a circle, in a field of a width and height."""
        self._code(f"q -1 0 0 -1 {width:.3f} {height:.3f} cm")
        draw()
        self._code("Q")

    def ink(self, colour: Colour) -> Colour | None:
        """Return the colour as it is printed on the stock: none where it stands on the paper already."""
        if self.style.stock == "fax":  # a fax machine makes dots of grey
            return BLACK
        grey = max(colour) == min(colour)
        return colour if grey or self.style.stock == "plain" else None

    @property
    def code_size(self) -> float:
        """The side of a QR: larger where a fax machine has to carry it."""
        return 25 * mm if self.style.stock == "fax" else 20 * mm

    def _code(self, words: str) -> None:
        self.book.canvas._code.append(words)

    # -- structure ------------------------------------------------------------------------------

    def tag(self, kind: str, attributes: str = "") -> Element:
        """Return a new element of the paper, behind those it has."""
        return self.top.add(kind, attributes)

    def mark(self, element: Element | None) -> None:
        """Say which element the following strokes belong to; none: they are furniture of the page."""
        self.book.tags.mark(PAGINATION if element is None or self.repeating else element)

    # -- words ----------------------------------------------------------------------------------

    def words(self, text: str, style: str) -> str:
        """Return text as it can be drawn: radicals as Han, a character no font has as □ and its number."""
        return self._fonts[style].drawable(normal(text))

    def lines(
        self, spans: Spans, size: float, width: float, *, first: float = 0.0, hang: float = 0.0, justify: bool = True,
    ) -> list[Line]:  # fmt: skip
        """Return the lines of one paragraph; a line feed in it begins a new line at ``hang``."""
        lines: list[Line] = []
        parts: list[list[tuple[str, str]]] = [[]]
        for text, style in spans:
            for i, piece in enumerate(self.words(text, style).split("\n")):
                if i:
                    parts.append([])
                if piece:
                    parts[-1].append((piece, style))
        for part in parts:
            lines += compose(
                part, size, width, self._measures, first=hang if lines else first, hang=hang, justify=justify
            )  # fmt: skip
        return lines

    def measure(self, text: str, style: str, size: float) -> float:
        """Return the width of text set without squeezing, in points."""
        return self._measures.width(self.words(text, style), style) * size

    def line(
        self, line: Line, x: float, top: float, size: float, *, colour: Colour = BLACK, bold: bool = False
    ) -> None:
        """Draw a composed line; ``top`` is the upper edge of its em-boxes."""
        printed = self.ink(colour)
        if not line.runs or printed is None:
            return
        colour = printed
        ink = f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f}"
        begin = "" if colour == BLACK and not bold else f"q {ink} rg "
        if bold:
            begin += f"{ink} RG {size * 0.02:.3f} w "
        parts = [f"{begin}BT{' 2 Tr' if bold else ''}"]
        y, last, spaced = top - RISE * size, "", 0.0
        doc = self.book.doc
        for run in line.runs:
            spacing = round(run.spacing, 4)
            parts.append(f"1 0 0 1 {x + run.x:.3f} {y:.3f} Tm")
            if spacing != spaced:
                parts.append(f"{spacing:.4f} Tc")
                spaced = spacing
            for name, codes in self._fonts[run.style].codes(run.text, doc):
                if name != last:
                    parts.append(f"/{name} {size:.6g} Tf")
                    last = name
                parts.append(f"<{codes}> Tj")
        if spaced:
            parts.append("0 Tc")
        parts.append("ET" if not begin else "ET Q")
        self._code(" ".join(parts))

    def put(self, text: str, x: float, top: float, style: str, size: float, *, colour: Colour = BLACK) -> None:
        """Draw text from a left edge, smaller where it would leave the type area."""
        for line, drawn in self._one(text, style, size):
            self.line(line, x, top, drawn, colour=colour)

    def put_right(
        self, text: str, right: float, top: float, style: str, size: float, *, colour: Colour = BLACK
    ) -> None:
        """Draw text up to a right edge."""
        for line, drawn in self._one(text, style, size):
            self.line(line, right - line.end, top, drawn, colour=colour)

    def put_centre(self, text: str, middle: float, top: float, style: str, size: float, *, bold: bool = False) -> None:
        """Draw text around a middle."""
        for line, drawn in self._one(text, style, size):
            self.line(line, middle - line.end / 2, top, drawn, bold=bold)

    def _one(self, text: str, style: str, size: float) -> list[tuple[Line, float]]:
        room = self.area - 2 * size
        lines = self.lines([(text, style)], size, 10_000, justify=False)[:1]
        if lines and lines[0].end > room:
            size *= room / lines[0].end
            lines = self.lines([(text, style)], size, 10_000, justify=False)[:1]
        return [(line, size) for line in lines]

    def fitted(self, text: str, style: str, size: float, width: float, most: int) -> tuple[list[Line], float]:
        """Return a name in at most so many lines, and the size at which it fits them; captions come again and again."""
        key = (text, style, size, width, most)
        known = self._measures.fitted.get(key)
        while known is None:
            lines = self.lines([(text, style)], size, width, justify=False)
            if len(lines) <= most or size < 5:
                known = self._measures.remember(key, lines, size)
            size *= 0.92
        return known

    def display(self, text: str, size: float, width: float, depth: float) -> tuple[list[Line], float]:
        """Return large words in lines broken by sense, and the size at which they fit a depth (1.25 em a line)."""
        words = self.words(text, "biao")
        while True:
            pieces = [p for part in words.split("\n") for p in balanced(part, max(1, int(width / size)))]
            if len(pieces) * size * 1.25 <= depth or size < 6:
                break
            size *= 0.92
        return [x for p in pieces for x in self.lines([(p, "biao")], size, 10_000, justify=False)], size

    @property
    def display_bold(self) -> bool:
        """Whether 小标宋 is drawn by thickening the bundled 宋."""
        return self._fonts.bold

    # -- rules and pictures ---------------------------------------------------------------------

    def rule(self, x0: float, x1: float, y: float, thick: float, *, colour: Colour = BLACK, dash: str = "") -> None:
        """Draw a level rule."""
        printed = self.ink(colour)
        if printed is None:
            return
        colour = printed
        self.book.tags.mark(LAYOUT)
        look = f"{thick:.3f} w "
        if colour != BLACK:
            look += f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f} RG "
        if dash:
            look += f"[{dash}] 0 d "
        self._code(f"q {look}{x0:.3f} {y:.3f} m {x1:.3f} {y:.3f} l S Q")

    def frames(self, boxes: Sequence[tuple[float, float, float, float]], thick: float) -> None:
        """Draw frames (left, lower edge, width, height)."""
        self.book.tags.mark(LAYOUT)
        drawn = " ".join(f"{x:.3f} {y:.3f} {w:.3f} {h:.3f} re" for x, y, w, h in boxes)
        self._code(f"{thick:.3f} w {drawn} S")

    def segments(self, lines: Sequence[tuple[float, float, float, float]], thick: float) -> None:
        """Draw straight rules (x0, y0, x1, y1) in one stroke, each once: what is drawn twice looks thicker."""
        self.book.tags.mark(LAYOUT)
        drawn = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines)
        self._code(f"{thick:.3f} w {drawn} S")

    def bar(self, x: float, top: float, width: float, height: float) -> None:
        """Draw a bar of a chart from its upper left corner: grey with an outline."""
        self.book.tags.mark(LAYOUT)
        self._code(
            f"q {1 if self.style.stock == 'fax' else 0.72} g 0.5 w {x:.3f} {top - height:.3f} {width:.3f} {height:.3f} re B Q"
        )

    def box(self, places: Sequence[float], top: float, foot: float, thick: float) -> None:
        """Draw a row of cells: uprights at places, a level rule above (unless the row before drew it) and one below."""
        left, right = places[0] - thick / 2, places[-1] + thick / 2
        levels = [y for y in (top, foot) if (round(left, 1), round(y, 1)) not in self._levels]
        self._levels.update((round(left, 1), round(y, 1)) for y in levels)
        self.segments([*((x, top, x, foot) for x in places), *((left, y, right, y) for y in levels)], thick)

    def uprights(self, places: Sequence[float], top: float, foot: float, thick: float) -> None:
        """Draw upright rules from an upper to a lower edge."""
        self.book.tags.mark(LAYOUT)
        drawn = " ".join(f"{x:.3f} {top:.3f} m {x:.3f} {foot:.3f} l" for x in places)
        self._code(f"{thick:.3f} w {drawn} S")

    def qr(self, element: Element, words: str, x: float, top: float, size: float) -> None:
        """Draw a QR code from its upper left corner; its element, a Figure, says what it holds."""
        path, side = _qr(words)
        element.attributes = figure(f"二维码：{words}", (x, top - size, x + size, top))
        self.mark(element)
        step = size / side
        self._code(f"q {step:.5f} 0 0 {-step:.5f} {x:.3f} {top:.3f} cm {path} f Q")

    def across(self, words: str, width: float = WIDTH, height: float = HEIGHT) -> None:
        """Draw large grey words across the sheet, under everything."""
        self.mark(None)
        if self.style.stock == "fax":
            self.put_right(words, self.right, height - 5 * mm, "hei", 14)
            return
        size = 150.0
        turn = "0.81915 0.57358 -0.57358 0.81915"
        self._code(f"q 0.9 g {turn} {width / 2:.3f} {height / 2:.3f} cm BT")
        x = -self.measure(words, "hei", size) / 2
        self._code(f"1 0 0 1 {x:.3f} -50 Tm")
        for name, codes in self._fonts["hei"].codes(words, self.book.doc):
            self._code(f"/{name} {size} Tf <{codes}> Tj")
        self._code("ET Q")


@lru_cache(maxsize=64)
def _qr(words: str) -> tuple[str, int]:
    """Return a QR code as rectangles of runs of dark modules, and how many modules a side has."""
    lines = modules(words)
    parts = []
    for i, line in enumerate(lines):
        for run in _RUNS.finditer(line):
            begin, end = run.span()
            parts.append(f"{begin} {i} {end - begin} 1 re")
    return " ".join(parts), len(lines)
