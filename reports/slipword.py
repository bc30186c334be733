"""The slip 移送单 as .docx: stub, slip and receipt with their tear lines on one sheet, as the PDF has them.

A part that does not fit the sheet goes on by itself: Word breaks the page, the rows stay whole.
"""

import itertools
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from liaison_app.domain.paper_code import RECEIPT, check_digits, slip_code
from liaison_app.domain.papers import Cell, OfficialPaper, Slip
from reports.numbers import chinese_date
from reports.official.wordfile import MM, WordFile
from reports.qr import picture
from reports.slip import BLANK, CAPTION, in_rows

SIZE: Final = 10.5
WIDE: Final = 170.0
"""Width of the parts in millimetres."""
CODE: Final = 20.0
"""Side of a QR in millimetres."""
LABEL: Final = CAPTION * SIZE / MM
PITCH: Final = 16.5
ROW: Final = 7.0
"""Least height of a row in millimetres."""
FOOT: Final = 150
"""Signs of the foot."""


def slip_docx(slip: Slip) -> bytes:
    """Return a slip as .docx. The same slip gives the same bytes."""
    plain = OfficialPaper(kind="slip", form="sheet", title=slip.title, issuer=slip.first_receiver, date=slip.date, demo=slip.demo,
                          mechanism=slip.mechanism, basis=slip.rule, reprint=slip.reprint)  # fmt: skip
    made = _SlipFile(plain)
    made.write(slip)
    return made.bytes()


class _SlipFile(WordFile):
    """The file while it is written."""

    def write(self, slip: Slip) -> None:
        """Write the three parts."""
        section = self.out.sections[0]
        section.top_margin, section.bottom_margin = Mm(11), Mm(12)
        section.left_margin = section.right_margin = Mm(20)
        section.header_distance, section.footer_distance = Mm(4), Mm(6)
        self._air = self._spare(slip) / 3
        self._heading(slip, 0)
        self._rows(slip.stub, WIDE)
        self._tear(slip)
        self._heading(slip, 1)
        self.say([(("、".join(slip.addressees) or BLANK) + "：", "fang")], 11, align=ALIGN.LEFT, pitch=PITCH)
        opening = self.say([(slip.opening, "fang")], 11, first=22, pitch=PITCH)
        opening.paragraph_format.space_after = Pt(4)
        self._rows(slip.sent, WIDE)
        self._signature(slip)
        self._tear(slip)
        self._heading(slip, 2)
        self._receipt(slip)
        self._tear(slip)
        self._foot(slip)

    def _spare(self, slip: Slip) -> float:
        """Return what the sheet leaves beside the three parts, in points, as far as their words tell."""
        deep = 3 * 45.0 + 2 * 2 * PITCH + 3 * 14 + 24 * MM + 8
        for cells, wide in ((slip.stub, WIDE), (slip.sent, WIDE), (slip.receipt, WIDE - CODE - 3)):
            for row in in_rows(cells):
                signs = (wide / len(row) - LABEL - 4) * MM / SIZE
                deep += max(ROW * MM, 4 + SIZE * 1.4 * max(-(-len(c.value) // max(1, int(signs))) for c in row))
        return min(max(0.0, (297 - 23 - 8) * MM - deep), 3 * 14 * MM)

    def _heading(self, slip: Slip, at: int) -> None:
        spans = [(slip.title, "biao")]
        if at == 1 and slip.urgent:
            urgent = self.say([(f"{slip.urgent}\t", "hei"), *spans], 17, align=ALIGN.LEFT, pitch=22, keep=True)
            self.middle(urgent, WIDE * MM / 2)
        else:
            self.say(spans, 17, align=ALIGN.CENTER, pitch=22, keep=True)
        number = f"编号：{slip.number or '（移送后编号）'}"
        line = self.say([(f"{number}\t（{slip.parts[at]}）\t{chinese_date(slip.date)}", "fang")], 11, align=ALIGN.LEFT, pitch=17, keep=True)  # fmt: skip
        self.middle(line, WIDE * MM / 2)
        self.ends(line, WIDE * MM)
        line.paragraph_format.space_after = Pt(4)

    def _rows(self, cells: tuple[Cell, ...], wide: float, inside: Any = None) -> None:
        """Write the cells of a part: one table whose columns suit thirds, halves and whole lines."""
        rows = in_rows(cells)
        if not rows:
            return
        edges = sorted({
            round(x, 3) for row in rows for i in range(len(row)) for x in (i * wide / len(row), i * wide / len(row) + LABEL)
        } | {wide})  # fmt: skip
        grid = self.grid(len(rows), [b - a for a, b in itertools.pairwise(edges)], inside=inside)
        for n, row in enumerate(rows):
            for i, cell in enumerate(row):
                begin = edges.index(round(i * wide / len(row), 3))
                label = edges.index(round(i * wide / len(row) + LABEL, 3))
                end = edges.index(round((i + 1) * wide / len(row), 3))
                for words, first, last, style, align in (
                    (cell.caption, begin, label, "hei", ALIGN.CENTER), (cell.value, label, end, "fang", ALIGN.LEFT)
                ):  # fmt: skip
                    into = grid.cell(n, first)
                    into = into.merge(grid.cell(n, last - 1)) if last - 1 > first else into
                    self.cell(into, words, SIZE, style, align)
            grid.rows[n].height = Mm(ROW)
            grid.rows[n]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))

    def _beside(self, widths: list[float]) -> list[Any]:
        """Return the cells of one line without frames: what stands beside one another."""
        grid = self.grid(1, widths, pad=0)
        grid.style = self.out.styles["Normal Table"]
        return list(grid._cells)

    def _signature(self, slip: Slip) -> None:
        number = slip.number or slip.case_number
        self.say([("", "fang")], 2, pitch=2)  # two tables that touch are one table to Word
        code, words, office = self._beside([CODE, 60, WIDE - CODE - 60])
        self._qr(code, slip_code(number))
        for i, said in enumerate((f"案件编号 {slip.case_number}", f"校验码 {check_digits(number)}")):
            into = words.paragraphs[0] if i == 0 else words.add_paragraph()
            self.say([(said, "fang")], 9, align=ALIGN.LEFT, left=8, before=4 if i == 0 else 0, pitch=13, into=into)
        for i, (said, size) in enumerate(
            ((slip.first_receiver, 12), (chinese_date(slip.date), 12), ("（印章位置）", 7.5))
        ):
            into = office.paragraphs[0] if i == 0 else office.add_paragraph()
            self.say([(said, "fang")], size, align=ALIGN.CENTER, before=4 if i == 0 else 0, pitch=size * 1.5, into=into)
        into.runs[0].font.color.rgb = RGBColor(0x73, 0x73, 0x73)

    def _receipt(self, slip: Slip) -> None:
        wide = WIDE - CODE - 3 if slip.number else WIDE
        left, *right = self._beside([wide, *([CODE + 3] if slip.number else [])])
        self.say(
            [(f"{slip.first_receiver or BLANK}：", "fang")], 11, align=ALIGN.LEFT, pitch=PITCH, into=left.paragraphs[0]
        )
        received = self.say([(slip.received, "fang")], 11, first=22, pitch=PITCH, into=left.add_paragraph())
        received.paragraph_format.space_after = Pt(4)
        self._rows(slip.receipt, wide, left)
        self.say([("", "fang")], 2, pitch=2, into=left.add_paragraph())
        for cell in right:
            self._qr(cell, slip_code(slip.number, RECEIPT), align=ALIGN.RIGHT)

    def _tear(self, slip: Slip) -> None:
        words = "　".join(w for w in ("（骑缝章）", slip.number, "沿此线撕开") if w)
        line = self.say([(words, "fang")], 7.5, align=ALIGN.CENTER, before=4 + self._air * 0.65, pitch=10)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(-12)
        line.paragraph_format.space_after = Pt(6 + self._air * 0.35)
        self.border(line, "bottom", "dashed", 4, "000000")

    def _foot(self, slip: Slip) -> None:
        words = "　".join(w for w in (f"{slip.mechanism}　{slip.rule}".strip(), slip.reprint) if w)
        line = self.out.sections[0].footer.paragraphs[0]
        self.say([(words[:FOOT], "song")], 7.5, align=ALIGN.LEFT, into=line, pitch=10)
        if slip.demo:
            header = self.out.sections[0].header.paragraphs[0]
            self.say([("演示", "hei")], 9, align=ALIGN.RIGHT, into=header, pitch=10)
            header.runs[0].font.color.rgb = RGBColor(0xA0, 0xA0, 0xA0)

    @staticmethod
    def _qr(cell: Any, words: str, align: Any = ALIGN.LEFT) -> None:
        """Put a QR into a cell, with the words that stand for it."""
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.space_before = Pt(3)
        paragraph.add_run().add_picture(picture(words), width=Mm(CODE))
        paragraph._p.find(f".//{qn('wp:docPr')}").set("descr", f"二维码：{words}")
