"""环境污染投诉移送单: stub (存根联), slip (移送联) and receipt (回执联) on one A4 sheet, with tear lines."""

from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from liaison_app.domain.papers import Slip
from reports.fonts import StyleFont, normal
from reports.lines import breaks
from reports.strokes import FULL, HEIGHT, LEFT, RIGHT, WIDTH, Drawn, Strokes, drawn, mm

CAPTION: Final = 21 * mm
SMALL: Final = 9.0
FURTHER: Final = 8.5
MOST_LINES: Final = {"投诉内容": 8, "办理时限": 3}
"""Lines that a cell may take on the sheet (two where nothing is said); the rest goes on a further page."""
Row = tuple[tuple[str, str, float], ...]


def check_digits(text: str) -> str:
    """Return two check digits over the signs of a number (ISO 7064 MOD 97-10 over code points)."""
    value = 0
    for sign in text:
        value = (value * 1000 + ord(sign) % 1000) % 97
    return f"{98 - (value * 100) % 97:02d}"


class SlipPage(Strokes):
    """Draws one slip, and its content on a further page when it does not fit."""

    def __init__(self, canvas: Canvas, fonts: dict[str, StyleFont]) -> None:
        super().__init__(canvas, fonts)
        self._cut: dict[str, str] = {}

    def draw(self, slip: Slip) -> int:
        """Draw a slip; return how many pages it took."""
        if slip.demo:
            self._across("演示")
        bottom = self._stub(slip, HEIGHT - 12 * mm)
        self._tear(slip, bottom - 5 * mm)
        bottom = self._slip(slip, bottom - 13 * mm)
        self._tear(slip, bottom - 5 * mm)
        bottom = self._receipt(slip, bottom - 13 * mm)
        self._tear(slip, bottom - 5 * mm)
        further = self._further_pages()
        self._foot(slip, 1, 1 + len(further))
        self._canvas.showPage()
        for i, lines in enumerate(further):
            self._further(slip, lines, 2 + i, 1 + len(further))
        return 1 + len(further)

    # -- parts ----------------------------------------------------------------------------------

    def _stub(self, slip: Slip, top: float) -> float:
        top = self._head(slip, top, "存根联")
        fields = {f.caption: f.value for f in slip.fields}
        half = FULL / 2
        rows: list[Row] = [
            (("投诉人", fields.get("投诉人", ""), half), ("联系方式", fields.get("联系方式", ""), half)),
            (("投诉对象", slip.object, half), ("事发地点", slip.place, half)),
            (("移送单位", slip.first_receiver, half), ("接收单位", "、".join(slip.addressees), half)),
            (("拟办人", slip.proposer, half), ("批准", slip.approved, half)),
            (("移送方式", f"{slip.method} {slip.sent_at}".strip(), half), ("送达确认", slip.delivered, half)),
        ]
        return self._table(rows, top)

    def _slip(self, slip: Slip, top: float) -> float:
        top = self._head(slip, top, "移送联")
        names = "、".join(slip.addressees)
        top = self._text(f"{names}：", LEFT, top, FULL, "song", 10.5)
        top = self._text("　　" + slip.opening, LEFT, top, FULL, "song", 10.5) - 1.5 * mm
        third, half = FULL / 3, FULL / 2
        known = [(f.caption, f.value) for f in slip.fields if f.value]
        rows: list[Row] = []
        for i in range(0, len(known), 3):
            part = known[i : i + 3]
            width = {3: third, 2: half, 1: FULL}[len(part)]
            rows.append(tuple((c, v, width) for c, v in part))
        rows.append((("投诉对象", slip.object, half), ("事发地点", slip.place, half)))
        rows.append((("投诉内容", slip.content, FULL),))
        rows.append((("移送依据", slip.basis + (f"；{slip.reason}" if slip.reason else ""), FULL),))
        if slip.supporting:
            rows.append((("配合单位", "、".join(slip.supporting), FULL),))
        rows.append((("办理时限", slip.limits or "自确认送达之日起计算", FULL),))
        bottom = self._table(rows, top) - 2 * mm
        number = slip.number or slip.case_number
        self._qr(f"LD1|slip|{number}|{check_digits(number)}", LEFT, bottom - 21 * mm, 21 * mm)
        self._put(f"案件编号 {slip.case_number}", LEFT + 24 * mm, bottom - 6 * mm, "song", SMALL)
        self._put(
            f"校验码 {check_digits(slip.number or slip.case_number)}", LEFT + 24 * mm, bottom - 11 * mm, "song", SMALL
        )
        self._right(slip.first_receiver, RIGHT - 16 * mm, bottom - 8 * mm, "song", 11)
        self._right(_date(slip.date), RIGHT - 16 * mm, bottom - 14.5 * mm, "song", 11)
        self._right("（印章位置）", RIGHT - 20 * mm, bottom - 20 * mm, "song", 7.5, grey=0.55)
        return bottom - 21 * mm

    def _receipt(self, slip: Slip, top: float) -> float:
        top = self._head(slip, top, "回执联")
        top = self._text(f"{slip.first_receiver}：", LEFT, top, FULL, "song", 10.5)
        top = (
            self._text(
                f"　　你单位移送的{slip.number or '（编号）'}投诉及所附材料已收悉。", LEFT, top, FULL, "song", 10.5
            )
            - 1.5 * mm
        )
        half = FULL / 2
        rows: list[Row] = [
            (("接收单位", "、".join(slip.addressees), half), ("签收人及时间", slip.signed, half)),
            (("联系人及电话", "", half), ("备注", "", half)),
        ]
        return self._table(rows, top)

    def _head(self, slip: Slip, top: float, part: str) -> float:
        if slip.urgent and part == "移送联":
            self._put(slip.urgent, LEFT, top - 6 * mm, "hei", 15)
        self._centre(slip.title, top - 6 * mm, "song", 17, bold=True)
        self._put(f"编号：{slip.number or '（移送后编号）'}", LEFT, top - 12.5 * mm, "song", 10)
        self._centre(f"（{part}）", top - 12.5 * mm, "song", 10)
        self._right(_date(slip.date), RIGHT, top - 12.5 * mm, "song", 10)
        return top - 15 * mm

    def _further_pages(self) -> list[list[str]]:
        """Return the lines of what was cut on the sheet, page by page."""
        lines: list[str] = []
        for caption, value in self._cut.items():
            lines += [f"{caption}：", *breaks(value, FULL, lambda t: self._width(t, "song", FURTHER)), ""]
        room = int((HEIGHT - 52 * mm) / (FURTHER * 1.35))
        return [lines[i : i + room] for i in range(0, len(lines), room)]

    def _further(self, slip: Slip, lines: Sequence[str], page: int, pages: int) -> None:
        if slip.demo:
            self._across("演示")
        self._centre(f"{slip.title}（续页）", HEIGHT - 20 * mm, "song", 15, bold=True)
        self._put(f"编号：{slip.number}", LEFT, HEIGHT - 28 * mm, "song", 10)
        top = HEIGHT - 34 * mm
        for line in lines:
            self._put(line, LEFT, top, "song", FURTHER)
            top -= FURTHER * 1.35
        self._foot(slip, page, pages)
        self._canvas.showPage()

    def _shown(self, caption: str, value: str, width: float) -> list[str]:
        """Return the lines of a cell; what does not fit is remembered for a further page."""
        lines = breaks(normal(value), width - CAPTION - 3 * mm, lambda t: self._width(t, "song", SMALL))
        most = MOST_LINES.get(caption, 2)
        if len(lines) <= most:
            return lines
        self._cut[caption] = normal(value)
        return [*lines[: most - 1], lines[most - 1][:-8] + "……（见续页）"]

    # -- strokes --------------------------------------------------------------------------------

    def _table(self, rows: Sequence[Row], top: float) -> float:
        canvas = self._canvas
        canvas.setLineWidth(0.6)
        for row in rows:
            cells = [(c, self._shown(c, v, w), w) for c, v, w in row]
            height = max(6 * mm, max(len(lines) for _, lines, _ in cells) * SMALL * 1.35 + 2.2 * mm)
            x = LEFT
            for caption, lines, width in cells:
                canvas.rect(x, top - height, width, height)
                canvas.line(x + CAPTION, top, x + CAPTION, top - height)
                middle = top - height / 2
                self._centre_at(caption, x + CAPTION / 2, middle - SMALL * 0.36, "hei", SMALL)
                y = middle + len(lines) * SMALL * 1.35 / 2 - SMALL * 1.03
                for line in lines:
                    self._put(line, x + CAPTION + 1.5 * mm, y, "song", SMALL)
                    y -= SMALL * 1.35
                x += width
            top -= height
        return top

    def _tear(self, slip: Slip, y: float) -> None:
        canvas = self._canvas
        canvas.setDash(3, 2)
        canvas.setLineWidth(0.5)
        canvas.line(8 * mm, y, WIDTH - 8 * mm, y)
        canvas.setDash()
        self._centre(f"（骑缝章）　{slip.number}　沿此线撕开", y + 1.2 * mm, "song", 7.5)

    def _foot(self, slip: Slip, page: int, pages: int) -> None:
        self._put(f"{slip.mechanism}　{slip.rule}".strip(), LEFT, 8 * mm, "song", 7)
        self._centre(slip.reprint, 8 * mm, "song", 7)
        self._right(f"第{page}页 共{pages}页", RIGHT, 8 * mm, "song", 7)


def _date(iso: str) -> str:
    year, month, day = iso[:10].split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def draw_all(slips: Sequence[Slip], fonts: dict[str, StyleFont]) -> Drawn:
    """Return one PDF of all slips, with bookmarks, the same bytes for the same slips."""

    def draw(canvas: Canvas) -> int:
        pages = 0
        for slip in slips:
            key = f"p{pages}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(slip.number or slip.case_number, key)
            pages += SlipPage(canvas, fonts).draw(slip)
        return pages

    codes = [f"LD1|slip|{s.number}|{check_digits(s.number)}" for s in slips if s.number and not s.strict]
    return drawn("、".join(s.number or s.case_number for s in slips)[:200], fonts, draw, codes)
