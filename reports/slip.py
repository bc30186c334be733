"""环境污染投诉移送单: stub (存根联), slip (移送联) and receipt (回执联) on one A4 sheet, with tear lines."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from liaison_app.domain.paper_code import RECEIPT, check_digits, slip_code
from liaison_app.domain.papers import Field, Slip
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


class _Fit(NamedTuple):
    """A way to fit the sheet: size of words, lines a cell may take (of the complaint, of others), rows of facts."""

    size: float
    content: int
    other: int
    rows: int


FITS: Final = (
    _Fit(10.5, 99, 99, 99),
    _Fit(9.5, 99, 99, 99),
    _Fit(9.0, 8, 3, 9),
    _Fit(8.5, 5, 2, 6),
    _Fit(8.0, 3, 1, 4),
)
"""Tried in turn; what the last ones cut stands on a further page."""


class _Cell(NamedTuple):
    caption: str
    value: str
    width: float


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
        self._cut: dict[str, str] = {}
        self._paragraphs: dict[str, Element] = {}

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
        made: list[tuple[list[list[_Block]], list[list[tuple[str, Line]]]]] = []
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

    def _rest(self, further: Sequence[list[tuple[str, Line]]], before: int) -> int:
        for i, lines in enumerate(further, 1):
            self._further(lines, before + i, before + len(further), first=i == 1)
        return before + len(further)

    # -- parts ----------------------------------------------------------------------------------

    def _stub(self) -> list[_Block]:
        slip, half = self._slip, FULL / 2
        fields = {f.caption: f.value for f in slip.fields}
        rows = [
            (_Cell("投诉人", fields.get("投诉人", ""), half), _Cell("联系方式", fields.get("联系方式", ""), half)),
            (_Cell("投诉对象", slip.object, half), _Cell("事发地点", slip.place, half)),
            (_Cell("移送单位", slip.first_receiver, half), _Cell("接收单位", "、".join(slip.addressees), half)),
            (_Cell("拟办人", slip.proposer, half), _Cell("批准", slip.approved, half)),
            (_Cell("移送方式", f"{slip.method} {slip.sent_at}".strip(), half), _Cell("送达确认", slip.delivered, half)),
        ]
        return [self._head("存根联"), self._table(rows, most=2)]

    def _sent(self) -> list[_Block]:
        slip, half = self._slip, FULL / 2
        known = [f for f in slip.fields if f.value]
        rows = [tuple(_Cell(f.caption, f.value, FULL / len(part)) for f in part) for part in _threes(known)]
        for row in rows[self._fit.rows :]:
            self._cut.update((cell.caption, cell.value) for cell in row)
        rows = rows[: self._fit.rows]
        rows.append((_Cell("投诉对象", slip.object, half), _Cell("事发地点", slip.place, half)))
        rows.append((_Cell("投诉内容", slip.content, FULL),))
        rows.append((_Cell("移送依据", slip.basis + (f"；{slip.reason}" if slip.reason else ""), FULL),))
        if slip.supporting:
            rows.append((_Cell("配合单位", "、".join(slip.supporting), FULL),))
        rows.append((_Cell("办理时限", slip.limits or "自确认送达之日起计算", FULL),))
        names = "、".join(slip.addressees) or BLANK
        return [
            self._head("移送联"), self._words({"主送单位": f"{names}：", "正文": f"　　{slip.opening}"}), self._table(rows), self._signature(),
        ]  # fmt: skip

    def _receipt(self) -> list[_Block]:
        slip, width = self._slip, FULL - (self.code_size + 3 * mm if self._slip.number else 0)
        half = width / 2
        rows = [
            (_Cell("接收单位", "、".join(slip.addressees), half), _Cell("签收人及时间", slip.signed, half)),
            (_Cell("联系人及电话", "", half), _Cell("备注", "", half)),
        ]
        said = f"　　你单位移送的{slip.number or '（编号）'}投诉及所附材料已收悉。"
        parts = [
            self._words({"首接单位": f"{slip.first_receiver or BLANK}：", "回执": said}, width),
            self._table(rows, most=2),
        ]
        return [self._head("回执联"), *([self._filed()] if slip.number else []), *parts]

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

    def _head(self, part: str) -> _Block:
        slip = self._slip

        number = f"编号：{slip.number or '（移送后编号）'}"
        names, size = self.fitted(slip.title, "biao", 17, FULL - 9 * 17, 2)
        numbers, small = self.fitted(number, "fang", 11, FULL / 2 - 4 * 11, 2)

        def draw(top: float) -> None:
            self.mark(self.tag("H1" if part == "存根联" else "P"))
            for i, line in enumerate(names):
                y = top - (i - (len(names) - 1) / 2) * size * 1.1
                self.line(line, (WIDTH - line.end) / 2, y, size, bold=self.display_bold)
            if slip.urgent and part == "移送联":
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
                self._cut[caption] = words.strip("　：")
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

    def _table(self, rows: Sequence[tuple[_Cell, ...]], *, most: int = 0) -> _Block:
        size = self._fit.size
        caption = 6.5 * size
        pitch = size * LEADING
        wide = max(len(row) for row in rows) * 2
        laid = []
        for row in rows:
            named = [self.fitted(c.caption, "hei", size, caption - 3, 1) for c in row]
            cells = [self._shown(c, c.width - caption, most) for c in row]
            height = max(6.2 * mm, max(map(len, cells)) * pitch + 2 * mm)
            laid.append((row, named, cells, height))

        def draw(top: float) -> None:
            table = self.tag("Table")
            for row, named, cells, height in laid:
                into = table.add("TR")
                frames = []
                x = LEFT
                for cell in row:
                    frames += [
                        (x, top - height, caption, height),
                        (x + caption, top - height, cell.width - caption, height),
                    ]
                    x += cell.width
                self.frames(frames, THIN)
                x = LEFT
                for cell, (names, small), lines in zip(row, named, cells, strict=True):
                    self._cell(into.add("TH", heads("Row")), names, x + caption / 2, top, height, small, middle=True)
                    value = into.add("TD", spans(wide // len(row) - 1))
                    self._cell(value, lines, x + caption + 1.5 * mm, top, height, size, middle=False)
                    x += cell.width
                top -= height

        return _Block(sum(height for *_, height in laid), draw)

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

    def _shown(self, cell: _Cell, width: float, most: int) -> list[Line]:
        """Return the lines of a cell; what does not fit is remembered for a further page."""
        if not cell.value:
            return []
        size = self._fit.size
        room = width - 3 * mm
        most = self._fit.content if cell.caption == "投诉内容" else min(self._fit.other, most or 99)
        lines = self.lines([(cell.value, "fang")], size, room, justify=room > JUSTIFIED * size)
        if len(lines) <= most:
            return lines
        self._cut[cell.caption] = cell.value
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
        self.put_right(f"第{page}页 共{pages}页", self.right, top, "song", SMALL)
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

    def _further_lines(self) -> list[list[tuple[str, Line]]]:
        """Return the lines of what was cut on the sheet, page by page, each with its caption."""
        made: list[tuple[str, Line]] = []
        for caption, value in self._cut.items():
            made += [(caption, line) for line in self.lines([(f"{caption}：", "hei"), (value, "fang")], FURTHER, FULL)]
        room = int((HEIGHT - 55 * mm) / (FURTHER * 1.5))
        return [made[i : i + room] for i in range(0, len(made), room)]

    def _further(self, lines: Sequence[tuple[str, Line]], page: int, pages: int, *, first: bool) -> None:
        self._begin()
        if first:
            self.top = self._whole.add("Sect")
        self.mark(self.tag("H2") if first else None)
        self.put_centre(f"{self._slip.title}（续页）", WIDTH / 2, HEIGHT - 18 * mm, "biao", 15, bold=self.display_bold)
        self.put(f"编号：{self._slip.number}", LEFT, HEIGHT - 26 * mm, "fang", 11)
        top = HEIGHT - 34 * mm
        shown = ""
        for caption, line in lines:
            if caption != shown:
                shown, element = caption, self._paragraph(caption)
            self.mark(element)
            self.line(line, LEFT, top, FURTHER)
            top -= FURTHER * 1.5
        self._end(page, pages)

    def _paragraph(self, caption: str) -> Element:
        """Return the element of a text that may go over pages."""
        known = self._paragraphs.get(caption)
        if known is None:
            known = self._paragraphs[caption] = self.tag("P")
        return known


def _threes(fields: Sequence[Field]) -> list[Sequence[Field]]:
    return [fields[i : i + 3] for i in range(0, len(fields), 3)]


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
