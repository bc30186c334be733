"""The sheet of an official paper: its measures (GB/T 9704-2012, 5 and 6), and drawing composed lines on it.

Lengths are points; places of text are the upper edge of its em-box, measured from the foot of the paper as PDF does.
"""

from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from liaison_app.domain.papers import OfficialPaper
from reports.composer import Line, balanced, compose, is_cell
from reports.fonts import StyleFont, normal
from reports.slip import check_digits
from reports.strokes import HEIGHT, WIDTH, Strokes, mm

AREA: Final = 156 * mm
"""Width of the type area 版心."""
DEPTH: Final = 225 * mm
"""Height of the type area."""
LEFT: Final = 28 * mm
"""订口."""
TOP: Final = HEIGHT - 37 * mm
"""天头."""
EM: Final = AREA / 28
"""3号: 28 signs fill a line."""
PITCH: Final = (DEPTH - EM) / 21
"""Line pitch: the first of 22 em-boxes stands on the upper edge of the type area, the last on the lower one."""
SECOND: Final = 22.0
"""2号."""
FOURTH: Final = 14.0
"""4号."""
SMALL: Final = 7.5
RISE: Final = 0.88
"""From the upper edge of the em-box to the baseline, in em."""
RED: Final = (0.86, 0.0, 0.0)


class Press(Strokes):
    """A canvas for one official paper: composed lines, marks in the margins, page after page."""

    def __init__(
        self, canvas: Canvas, fonts: dict[str, StyleFont], paper: OfficialPaper, *, wide: bool = False
    ) -> None:
        super().__init__(canvas, fonts)
        self.paper, self.page = paper, 0
        self.wide = wide
        self.width, self.height = (HEIGHT, WIDTH) if wide else (WIDTH, HEIGHT)
        self.left, self.area = (35 * mm, DEPTH) if wide else (LEFT, AREA)
        self._em: dict[tuple[str, str], float] = {}

    @property
    def right(self) -> float:
        """The right edge of the type area."""
        return self.left + self.area

    @property
    def canvas(self) -> Canvas:
        """The canvas, for rules and boxes."""
        return self._canvas

    # -- words ----------------------------------------------------------------------------------

    def advance(self, sign: str, style: str) -> float:
        """Return the width of a sign in em."""
        key = (sign, style)
        found = self._em.get(key)
        if found is None:
            found = self._em[key] = self._fonts[style].stringWidth(sign, 1)
        return found

    def words(self, text: str, style: str) -> str:
        """Return text as it can be drawn: radicals as Han, a character no font has as □ and its number."""
        return self._fonts[style].drawable(normal(text))

    def lines(
        self, spans: Sequence[tuple[str, str]], size: float, width: float,
        *, first: float = 0.0, hang: float = 0.0, justify: bool = True,
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
                part, size, width, self.advance, first=hang if lines else first, hang=hang, justify=justify
            )  # fmt: skip
        return lines

    def measure(self, text: str, style: str, size: float) -> float:
        """Return the width of text set without squeezing, in points."""
        return sum(1.0 if is_cell(s) else self.advance(s, style) for s in self.words(text, style)) * size

    def line(
        self, line: Line, x: float, top: float, size: float,
        *, colour: tuple[float, float, float] = (0, 0, 0), bold: bool = False,
    ) -> None:  # fmt: skip
        """Draw a composed line; ``top`` is the upper edge of its em-boxes."""
        canvas = self._canvas
        text = canvas.beginText()
        coloured = colour != (0, 0, 0)
        if coloured or bold:
            canvas.saveState()
            canvas.setFillColorRGB(*colour)
        if bold:
            canvas.setStrokeColorRGB(*colour)
            canvas.setLineWidth(size * 0.02)
            text.setTextRenderMode(2)
        for run in line.runs:
            text.setTextOrigin(x + run.x, top - RISE * size)
            text.setFont(self._fonts[run.style].fontName, size)
            text.setCharSpace(round(run.spacing, 4))
            text.textOut(run.text)
        text.setCharSpace(0)
        if bold:
            text.setTextRenderMode(0)
        canvas.drawText(text)
        if coloured or bold:
            canvas.restoreState()

    def put(self, text: str, x: float, top: float, style: str, size: float) -> None:
        """Draw text from a left edge, smaller where it would leave the type area."""
        for line, drawn in self._one(text, style, size):
            self.line(line, x, top, drawn)

    def put_right(self, text: str, right: float, top: float, style: str, size: float) -> None:
        """Draw text up to a right edge."""
        for line, drawn in self._one(text, style, size):
            self.line(line, right - line.end, top, drawn)

    def put_centre(self, text: str, middle: float, top: float, style: str, size: float) -> None:
        """Draw text around a middle."""
        for line, drawn in self._one(text, style, size):
            self.line(line, middle - line.end / 2, top, drawn)

    def _one(self, text: str, style: str, size: float) -> list[tuple[Line, float]]:
        wide = self.measure(text, style, size)
        room = self.area - 2 * size
        drawn = size if wide <= room else size * room / wide
        return [(line, drawn) for line in self.lines([(text, style)], drawn, 10_000, justify=False)[:1]]

    def fitted(self, text: str, style: str, size: float, width: float, most: int) -> tuple[list[Line], float]:
        """Return a name in at most so many lines, and the size at which it fits them."""
        while True:
            lines = self.lines([(text, style)], size, width, justify=False)
            if len(lines) <= most or size < 5:
                return lines, size
            size *= 0.92

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
        return self._fonts["biao"] is self._fonts["song"]

    def rule(self, x0: float, x1: float, y: float, thick: float, *, red: bool = False) -> None:
        """Draw a level rule."""
        canvas = self._canvas
        canvas.saveState()
        if red:
            canvas.setStrokeColorRGB(*RED)
        canvas.setLineWidth(thick)
        canvas.line(x0, y, x1, y)
        canvas.restoreState()

    def code(self, x: float, top: float, size: float = 20 * mm) -> None:
        """Draw the QR of the paper, its check digits under it."""
        digits = check_digits(self.paper.code)
        self._qr(f"{self.paper.code}|{digits}", x, top - size, size)
        self.put_centre(f"校验码 {digits}", x + size / 2, top - size - 2, "song", SMALL)

    # -- pages ----------------------------------------------------------------------------------

    def open_page(self) -> None:
        """Begin a page: the demo's mark lies under everything."""
        self.page += 1
        self._canvas.setPageSize((self.width, self.height))
        if self.paper.demo:
            self._canvas.saveState()
            self._canvas.translate((self.width - WIDTH) / 2, (self.height - HEIGHT) / 2)
            self._across("演示")
            self._canvas.restoreState()

    def close_page(self, *, number: bool = True) -> None:
        """End a page: number —1— outside, seven millimetres under the type area; what the foot carries."""
        paper = self.paper
        if number:
            words = f"— {self.page} —"
            top = (26 if self.wide else 35) * mm - 7 * mm + FOURTH * 0.5
            if self.page % 2:
                self.put_right(words, self.right - FOURTH, top, "song", FOURTH)
            else:
                self.put(words, self.left + FOURTH, top, "song", FOURTH)
        if paper.outside:
            self.put("复印件与原件一致　　核对人：　　　　　　　　年　　月　　日", self.left, 13.5 * mm, "song", 9)
            self.put_right("（核对章）", self.right, 13.5 * mm, "song", 9)
        foot = "　".join(w for w in (paper.mechanism, paper.basis if self.short_basis else "") if w)
        if foot and self.measure(foot, "song", SMALL) < self.area * 0.7:
            self.put(foot, self.left, 8 * mm, "song", SMALL)
        if paper.reprint:
            self.put_right(paper.reprint, self.right, 8 * mm, "song", SMALL)
        self._canvas.showPage()

    @property
    def short_basis(self) -> bool:
        """Whether the clause relied on fits the foot; a longer one belongs to the paper."""
        words = f"{self.paper.mechanism}　{self.paper.basis}"
        return self.measure(words, "song", SMALL) < self.area * 0.7


def chinese_date(iso: str) -> str:
    """Return an ISO date as 2026年9月3日, without leading zeros; other words as they are."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return iso
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"


def number_of(paper: OfficialPaper) -> str:
    """Return the number, or its place for the pen: 锦环函〔2026〕　　号 (the office gives it, OFFICE A5)."""
    return paper.number or f"{paper.word}〔{paper.date[:4]}〕　　号"
