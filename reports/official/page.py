"""The sheet of an official paper: its measures (GB/T 9704-2012, 5 and 6), and drawing composed lines on it.

Lengths are points; places of text are the upper edge of its em-box, measured from the foot of the paper as PDF does.
"""

from typing import Final

from liaison_app.domain.paper_code import check_digits
from liaison_app.domain.papers import OfficialPaper
from reports.book import Book
from reports.composer import Line, balanced
from reports.strokes import HEIGHT, SMALL, WIDTH, Strokes, mm
from reports.tags import Element

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
PROSE: Final = ("letter", "upward", "notice", "minutes")
"""Forms that the standard sets; sheets and tables have more room."""
SECOND: Final = 22.0
"""2号."""
TITLE_LINES: Final = 5
FOURTH: Final = 14.0
"""4号."""
RED: Final = (0.86, 0.0, 0.0)


class Press(Strokes):
    """A canvas for one official paper: composed lines, marks in the margins, page after page."""

    def __init__(self, book: Book, paper: OfficialPaper, *, wide: bool = False) -> None:
        left, area = (35 * mm, DEPTH) if wide else (LEFT, AREA)
        super().__init__(book, left=left, area=area, top=book.tags.root.add("Sect"))
        self.paper, self.page = paper, 0
        self.style = paper.style or self.style
        self.wide = wide
        self.width, self.height = (HEIGHT, WIDTH) if wide else (WIDTH, HEIGHT)
        prose = paper.form in PROSE
        self.upper, self.lower = (28 * mm, 26 * mm) if wide else (37 * mm, 35 * mm) if prose else (25 * mm, 30 * mm)

    def titled(self, words: str, width: float) -> tuple[list[Line], float]:
        """Return a title in lines broken by sense, and its size: 2号, less where it would take more than five lines."""
        size = SECOND
        while True:
            lines = [
                line
                for piece in words.split("\n")
                for part in balanced(self.words(piece, "biao"), max(1, int(width / size)))
                for line in self.lines([(part, "biao")], size, width, justify=False)
            ]
            if len(lines) <= TITLE_LINES or size < 11:
                return lines, size
            size *= 0.9

    # -- marks and pages ------------------------------------------------------------------------

    def code(self, element: Element, x: float, top: float, size: float = 20 * mm) -> None:
        """Draw the QR of the paper, its check digits under it."""
        digits = check_digits(self.paper.code)
        self.qr(element, f"{self.paper.code}|{digits}", x, top, size)
        self.put_centre(f"校验码 {digits}", x + size / 2, top - size - 2, "song", SMALL)

    def open_page(self) -> None:
        """Begin a page: the demo's mark lies under everything."""
        self.page += 1
        self.book.canvas.setPageSize((self.width, self.height))
        self.moved()
        if self.paper.demo:
            self.across("演示", self.width, self.height)

    def close_page(self, *, number: bool = True) -> None:
        """End a page: number —1— outside, seven millimetres under the type area; what the foot carries."""
        paper = self.paper
        self.mark(None)
        if number or paper.run_on is not None:
            shown = self.page + (paper.run_on or 0)
            words = f"第{shown}页 共{paper.of}页" if paper.of else f"— {shown} —"
            top = self.lower - 7 * mm + FOURTH * 0.5
            if shown % 2:
                self.put_right(words, self.right - FOURTH, top, "song", FOURTH)
            else:
                self.put(words, self.left + FOURTH, top, "song", FOURTH)
        if paper.outside:
            self.mark(self.tag("P") if self.page == 1 else None)
            self.put("复印件与原件一致　　核对人：　　　　　　　　年　　月　　日", self.left, 13.5 * mm, "song", 9)
            self.put_right("（核对章）", self.right, 13.5 * mm, "song", 9)
            self.mark(None)
        foot = "　".join(w for w in (paper.mechanism, paper.basis if self.short_basis else "") if w)
        if foot and self.measure(foot, "song", SMALL) < self.area * 0.7:
            self.put(foot, self.left, 8 * mm, "song", SMALL)
        if paper.reprint:
            self.mark(self.tag("P") if self.page == 1 else None)
            self.put_right(paper.reprint, self.right, 8 * mm, "song", SMALL)
        self.book.show_page()

    @property
    def short_basis(self) -> bool:
        """Whether the clause relied on fits the foot; a longer one belongs to the paper."""
        words = f"{self.paper.mechanism}　{self.paper.basis}"
        return self.measure(words, "song", SMALL) < self.area * 0.7


def number_of(paper: OfficialPaper) -> str:
    """Return the number, or its place for the pen: 锦环函〔2026〕　　号 (the office gives it, OFFICE A5)."""
    return paper.number or f"{paper.word}〔{paper.date[:4]}〕　　号"
