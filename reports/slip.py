"""环境污染投诉移送单: stub (存根联), slip (移送联) and receipt (回执联) on one A4 sheet, with tear lines."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from liaison_app.domain.paper_code import RECEIPT, check_digits, slip_code
from liaison_app.domain.papers import Cell, CellWidth, Slip
from reports.archive import Identity
from reports.book import Book, Drawn, drawn
from reports.composer import Line
from reports.fonts import Styles
from reports.numbers import chinese_date
from reports.strokes import GREY, HEIGHT, SMALL, WIDTH, Strokes, mm
from reports.tags import Element, heads, spans

LEFT: Final = 20 * mm
FULL: Final = WIDTH - 2 * LEFT
HEAD: Final = 12 * mm
FOOT: Final = 13 * mm
TEAR: Final = 9 * mm
PLY: Final = (241 * mm, 279.4 * mm)
"""Three-ply continuous paper, with its edges for the tractor."""
LEADING: Final = 1.35
FURTHER: Final = 10.5
THIN: Final = 0.6
BLANK: Final = "＿" * 8
"""Where a name is to be written by pen."""
JUSTIFIED: Final = 16
"""Cells narrower than so many signs stay ragged."""
CAPTION: Final = 7.0
"""Width of a caption, in signs."""
SHARES: Final[dict[CellWidth, int]] = {"third": 3, "half": 2, "full": 1}
"""How many cells of a width stand side by side."""
_Further = tuple[tuple[str, str], Line]
"""A line of a further page, with the caption and the words that it belongs to."""


class _Fit(NamedTuple):
    """A way to fit the sheet: size of words, lines a cell may take (the longest of the slip, others), rows of each part."""

    size: float
    content: int
    other: int
    stub: int
    sent: int
    receipt: int


FITS: Final = (
    _Fit(10.5, 99, 99, 99, 99, 99),
    _Fit(9.5, 99, 99, 99, 99, 99),
    _Fit(9.0, 8, 3, 9, 14, 5),
    _Fit(8.5, 5, 2, 7, 11, 4),
    _Fit(8.0, 3, 1, 6, 9, 3),
)
"""Tried in turn; what the last ones cut stands on a further page."""


class _Block(NamedTuple):
    """A strip of the sheet: how high it is, and how it is drawn from its upper edge."""

    height: float
    draw: Callable[[float], None]


class SlipPage(Strokes):
    """Draws one slip, and its content on a further page when it does not fit."""

    def __init__(self, book: Book, slip: Slip) -> None:
        super().__init__(book, left=LEFT, area=FULL, top=book.tags.root.add("Sect"))
        self._slip = slip
        self.style = slip.style or self.style
        self._whole = self.top
        self._fit = FITS[0]
        self._cut: dict[tuple[str, str], None] = {}
        """What stands on a further page: captions with their words, in order."""
        self._paragraphs: dict[tuple[str, str], Element] = {}

    def draw(self) -> int:
        """Draw the slip; return how many pages it took."""
        return self._sheet() if self.style.parts == "sheet" else self._pages()

    def _sheet(self) -> int:
        """Draw the three parts on one sheet, with tear lines between them."""
        parts = self._fitted(lambda: [self._stub(), self._sent(), self._receipt()], HEIGHT - HEAD - FOOT - 3 * TEAR)
        spare = HEIGHT - HEAD - FOOT - 3 * TEAR - sum(block.height for part in parts for block in part)
        further = self._further_lines()
        self._begin()
        y = HEIGHT - HEAD
        air = min(max(spare, 0.0) / 3, 14 * mm)
        for part in parts:
            y = self._part(part, y) - air * 0.65
            self._tear(y - 5 * mm)
            y -= TEAR + air * 0.35
        self._end(1, 1 + len(further))
        return self._rest(further, 1)

    def _pages(self) -> int:
        """Draw a page for each part; on three-ply paper one print goes through all plies (slip, then receipt)."""
        ply = self.style.parts == "ply"
        ways = [lambda: [self._sent(), self._receipt()]] if ply else [
            lambda: [self._stub()], lambda: [self._sent()], lambda: [self._receipt()]
        ]  # fmt: skip
        made: list[tuple[list[list[_Block]], list[list[_Further]]]] = []
        for way in ways:
            parts = self._fitted(way, (PLY[1] if ply else HEIGHT) - HEAD - FOOT - 2 * TEAR)
            made.append((parts, self._further_lines()))
        further = max((rest for _, rest in made), key=len)
        for n, (parts, _) in enumerate(made, 1):
            self._begin()
            y = HEIGHT - HEAD
            for part in parts:
                y = self._part(part, y)
                if ply:
                    self._tear(y - 5 * mm)
                y -= TEAR
            self._end(n, len(made) + len(further))
        return self._rest(further, len(made))

    def _fitted(self, make: Callable[[], list[list[_Block]]], room: float) -> list[list[_Block]]:
        """Return parts in the largest words with which they fit a depth."""
        parts: list[list[_Block]] = []
        for fit in FITS:
            self._fit, self._cut = fit, {}
            parts = make()
            spare = room - sum(block.height for part in parts for block in part)
            if spare >= 0 and not (self._cut and fit.content > 8):
                break
        return parts

    def _part(self, part: Sequence[_Block], y: float) -> float:
        self.top = self._whole.add("Sect")
        for block in part:
            block.draw(y)
            y -= block.height
        return y

    def _rest(self, further: Sequence[list[_Further]], before: int) -> int:
        for i, lines in enumerate(further, 1):
            self._further(lines, before + i, before + len(further), first=i == 1)
        return before + len(further)

    # -- parts ----------------------------------------------------------------------------------

    def _stub(self) -> list[_Block]:
        return [self._head(0), self._table(self._slip.stub, FULL, self._fit.stub, most=2)]

    def _sent(self) -> list[_Block]:
        slip = self._slip
        names = "、".join(slip.addressees) or BLANK
        return [
            self._head(1), self._words({"主送单位": f"{names}：", "正文": f"　　{slip.opening}"}),
            self._table(slip.sent, FULL, self._fit.sent), self._signature(),
        ]  # fmt: skip

    def _receipt(self) -> list[_Block]:
        slip, width = self._slip, FULL - (self.code_size + 3 * mm if self._slip.number else 0)
        parts = [
            self._words({"首接单位": f"{slip.first_receiver or BLANK}：", "回执": f"　　{slip.received}"}, width),
            self._table(slip.receipt, width, self._fit.receipt, most=2),
        ]
        return [self._head(2), *([self._filed()] if slip.number else []), *parts]

    def _filed(self) -> _Block:
        """Draw the QR by which the receipt that comes back is filed to its slip; it takes no height of its own."""

        def draw(top: float) -> None:
            self.qr(
                self.tag("Figure"),
                slip_code(self._slip.number, RECEIPT),
                self.right - self.code_size,
                top,
                self.code_size,
            )

        return _Block(0.0, draw)

    def _head(self, at: int) -> _Block:
        slip, part = self._slip, self._slip.parts[at]
        number = f"编号：{slip.number or '（移送后编号）'}"
        names, size = self.fitted(slip.title, "biao", 17, FULL - 9 * 17, 2)
        numbers, small = self.fitted(number, "fang", 11, FULL / 2 - 4 * 11, 2)

        def draw(top: float) -> None:
            self.mark(self.tag("P" if at else "H1"))
            for i, line in enumerate(names):
                y = top - (i - (len(names) - 1) / 2) * size * 1.1
                self.line(line, (WIDTH - line.end) / 2, y, size, bold=self.display_bold)
            if slip.urgent and at == 1:
                self.mark(self.tag("P"))
                self.put(slip.urgent, LEFT, top + 1, "hei", 15)
            under = top - 8 * mm
            self.mark(self.tag("H2"))
            self.put_centre(f"（{part}）", WIDTH / 2, under, "fang", 11)
            self.mark(self.tag("P"))
            for i, line in enumerate(numbers):
                self.line(line, LEFT, under - (i - (len(numbers) - 1) / 2) * small * 1.1, small)
            self.put_right(chinese_date(slip.date), self.right, under, "fang", 11)

        return _Block(14.5 * mm, draw)

    def _words(self, paragraphs: dict[str, str], width: float = FULL) -> _Block:
        size = self._fit.size + 0.5
        made = []
        for caption, words in paragraphs.items():
            lines = self.lines([(words, "fang")], size, width)
            if len(lines) > 3 and self._fit.content < 99:
                self._cut[caption, words.strip("　：")] = None
                lines = self.lines([(self._shortened(words, lines, 3), "fang")], size, width)
            made.append(lines)

        def draw(top: float) -> None:
            for lines in made:
                self.mark(self.tag("P"))
                for line in lines:
                    self.line(line, LEFT, top, size)
                    top -= size * 1.5

        return _Block(sum(map(len, made)) * size * 1.5 + 1.5 * mm, draw)

    def _signature(self) -> _Block:
        slip = self._slip
        number = slip.number or slip.case_number
        digits = check_digits(number)
        names, size = self.fitted(slip.first_receiver, "fang", 12, FULL / 2, 2)
        if len(names) > 3:
            words = self._shortened(slip.first_receiver, self.lines([(slip.first_receiver, "fang")], 9, FULL / 2), 2)
            names, size = self.lines([(words, "fang")], 9, FULL / 2, justify=False), 9.0

        def draw(top: float) -> None:
            top -= 2 * mm
            figure = self.tag("Figure")
            self.mark(self.tag("P"))
            self.put(f"案件编号 {slip.case_number}", LEFT + self.code_size + 3 * mm, top - 2 * mm, "fang", 9)
            self.put(f"校验码 {digits}", LEFT + self.code_size + 3 * mm, top - 7 * mm, "fang", 9)
            y = top - 2 * mm
            date = chinese_date(slip.date)
            middle = self.right - 14 * mm - self.measure(date, "fang", 12) / 2
            middle = min(middle, self.right - max(n.end for n in names) / 2) if names else middle
            self.mark(self.tag("P"))
            for line in names:
                self.line(line, middle - line.end / 2, y, size)
                y -= size * 1.5
            self.mark(self.tag("P"))
            self.put_centre(date, middle, y, "fang", 12)
            self.mark(None)
            self.put_right("（印章位置）", middle + 5 * SMALL / 2, y - 18, "fang", SMALL, colour=GREY)
            self.qr(figure, slip_code(number), LEFT, top, self.code_size)

        return _Block(self.code_size + 2 * mm, draw)

    # -- cells ----------------------------------------------------------------------------------

    def _table(self, cells: Sequence[Cell], width: float, rows: int, *, most: int = 0) -> _Block:
        """Return the cells of a part in at most so many rows; ``most``: lines that each may take."""
        size = self._fit.size
        caption = CAPTION * size
        pitch = size * LEADING
        longest = max(cells, key=lambda c: len(c.value), default=None) if not most else None
        laid = []
        kept = self._kept(in_rows(cells), rows)
        wide = 2 * max(map(len, kept), default=1)
        wide = 12 if wide > 4 and any(len(row) == 2 for row in kept) else wide
        for row in kept:
            share = width / len(row)
            named = [self.fitted(c.caption, "hei", size, caption - size, 1) for c in row]
            shown = [self._shown(c, share - caption, most, longest=c is longest) for c in row]
            height = max(6.2 * mm, max(map(len, shown)) * pitch + 2 * mm)
            laid.append((row, share, named, shown, height))

        def draw(top: float) -> None:
            table = self.tag("Table")
            edges = [(LEFT - THIN / 2, top, LEFT + width + THIN / 2, top)] if laid else []
            y = top
            for row, share, _, _, height in laid:
                y -= height
                edges.append((LEFT - THIN / 2, y, LEFT + width + THIN / 2, y))
                for i in range(len(row)):
                    x = LEFT + i * share
                    edges += [(x, y + height, x, y), (x + caption, y + height, x + caption, y)]
            edges.append((LEFT + width, top, LEFT + width, y))
            self.segments(edges, THIN)
            for row, share, named, shown, height in laid:
                into = table.add("TR")
                over = wide // len(row)
                for i, ((names, small), lines) in enumerate(zip(named, shown, strict=True)):
                    x = LEFT + i * share
                    self._cell(into.add("TH", heads("Row")), names, x + caption / 2, top, height, small, middle=True)
                    value = into.add("TD", spans(over - 1))
                    self._cell(value, lines, x + caption + 1.5 * mm, top, height, size, middle=False)
                top -= height

        return _Block(sum(height for *_, height in laid), draw)

    def _kept(self, rows: Sequence[Sequence[Cell]], most: int) -> list[Sequence[Cell]]:
        """Return the rows that stay: those of many small cells go first, the one of the longest words never."""
        longest = max(range(len(rows)), key=lambda i: max(len(c.value) for c in rows[i]), default=0)
        order = sorted((i for i in range(len(rows)) if i != longest), key=lambda i: (-len(rows[i]), -i))
        gone = set(order[: max(0, len(rows) - most)])
        self._cut.update({(c.caption, c.value): None for i in sorted(gone) for c in rows[i]})
        return [row for i, row in enumerate(rows) if i not in gone]

    def _cell(
        self, element: Element, lines: Sequence[Line], x: float, top: float, height: float, size: float, *, middle: bool
    ) -> None:
        if not lines:
            return
        self.mark(element)
        pitch = size * LEADING
        y = top - (height - len(lines) * pitch) / 2 - (pitch - size) / 2
        for line in lines:
            self.line(line, x - line.end / 2 if middle else x, y, size)
            y -= pitch

    def _shown(self, cell: Cell, width: float, most: int, *, longest: bool) -> list[Line]:
        """Return the lines of a cell; what does not fit is remembered for a further page."""
        if not cell.value:
            return []
        size = self._fit.size
        room = width - 3 * mm
        most = self._fit.content if longest else min(self._fit.other, most or 99)
        lines = self.lines([(cell.value, "fang")], size, room, justify=room > JUSTIFIED * size)
        if len(lines) <= most:
            return lines
        self._cut[cell.caption, cell.value] = None
        return self.lines([(self._shortened(cell.value, lines, most), "fang")], size, room)

    def _shortened(self, words: str, lines: Sequence[Line], most: int) -> str:
        """Return the beginning of words, and that the whole stands on a further page."""
        kept = sum(len(run.text) for line in lines[:most] for run in line.runs)
        return self.words(words, "fang").replace("\n", "")[: max(0, kept - 8)] + "……（见续页）"

    # -- page -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.style.parts == "ply":
            self.book.canvas.setPageSize(PLY)
            self.moved((PLY[0] - WIDTH) / 2, PLY[1] - HEIGHT)
        else:
            self.book.canvas.setPageSize((WIDTH, HEIGHT))
            self.moved()
        if self._slip.demo:
            self.across("演示")

    def _tear(self, y: float) -> None:
        self.rule(8 * mm, WIDTH - 8 * mm, y, 0.5, dash="3 2")
        self.mark(None)
        words = "　".join(w for w in ("（骑缝章）", self._slip.number, "沿此线撕开") if w)
        self.put_centre(words, WIDTH / 2, y + 1.2 * mm + SMALL, "fang", SMALL)

    def _end(self, page: int, pages: int) -> None:
        slip = self._slip
        self.mark(None)
        top = 9 * mm + SMALL + (HEIGHT - PLY[1] if self.style.parts == "ply" else 0)
        self._small(f"{slip.mechanism}　{slip.rule}".strip(), LEFT, top, 0.0)
        self.put_right(f"第{page + slip.run_on}页 共{slip.of or pages}页", self.right, top, "song", SMALL)
        if slip.reprint:
            self.top = self._whole
            self.mark(self.tag("P") if page == 1 else None)
            self._small(slip.reprint, WIDTH / 2, top, 0.5)
        self.book.show_page()

    def _small(self, words: str, x: float, top: float, at: float) -> None:
        """Draw what the foot says, beside what else it says; ``at``: 0 from its left edge, 0.5 around a middle."""
        room = FULL * (0.3 if self._slip.reprint else 0.7)
        lines, size = self.fitted(words, "song", SMALL, room, 2)
        if len(lines) > 3:
            lines = self.lines(
                [(words[: sum(len(r.text) for x in lines[:3] for r in x.runs) - 2] + "……", "song")], size, FULL * 0.3
            )
        for i, line in enumerate(lines):
            self.line(line, x - line.end * at, top - i * size * 1.15, size)

    def _further_lines(self) -> list[list[_Further]]:
        """Return the lines of what was cut on the sheet, page by page, each with what it belongs to."""
        made: list[_Further] = []
        for key in self._cut:
            made += [(key, line) for line in self.lines([(f"{key[0]}：", "hei"), (key[1], "fang")], FURTHER, FULL)]
        room = int((HEIGHT - 55 * mm) / (FURTHER * 1.5))
        return [made[i : i + room] for i in range(0, len(made), room)]

    def _further(self, lines: Sequence[_Further], page: int, pages: int, *, first: bool) -> None:
        self._begin()
        if first:
            self.top = self._whole.add("Sect")
        self.mark(self.tag("H2") if first else None)
        self.put_centre(f"{self._slip.title}（续页）", WIDTH / 2, HEIGHT - 18 * mm, "biao", 15, bold=self.display_bold)
        self.put(f"编号：{self._slip.number}", LEFT, HEIGHT - 26 * mm, "fang", 11)
        top = HEIGHT - 34 * mm
        shown = None
        for key, line in lines:
            if key != shown:
                shown, element = key, self._paragraph(key)
            self.mark(element)
            self.line(line, LEFT, top, FURTHER)
            top -= FURTHER * 1.5
        self._end(page, pages)

    def _paragraph(self, key: tuple[str, str]) -> Element:
        """Return the element of a text that may go over pages."""
        known = self._paragraphs.get(key)
        if known is None:
            known = self._paragraphs[key] = self.tag("P")
        return known


def in_rows(cells: Sequence[Cell]) -> list[Sequence[Cell]]:
    """Return cells row by row: neighbours of one width share a line as far as it reaches."""
    rows: list[list[Cell]] = []
    for cell in cells:
        if rows and rows[-1][0].width == cell.width and len(rows[-1]) < SHARES[cell.width]:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return list(rows)


def draw_all(slips: Sequence[Slip], fonts: Styles, data: bytes | None) -> Drawn:
    """Return one PDF of all slips, with bookmarks and ``data`` attached, the same bytes for the same slips."""

    def draw(book: Book) -> None:
        for slip in slips:
            book.bookmark(slip.number or slip.case_number)
            SlipPage(book, slip).draw()

    identity = Identity(
        title="、".join(s.number or s.case_number for s in slips)[:200], date=max((s.date for s in slips), default=""), data=data,
        codes=tuple(slip_code(s.number) for s in slips if s.number and not s.strict),
    )  # fmt: skip
    return drawn(identity, fonts, draw)
