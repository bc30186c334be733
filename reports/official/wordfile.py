"""Official papers as .docx that WPS and Word open: the same measures, named fonts, grid, red head, tables.

Fonts are named, not embedded: an office has 仿宋_GB2312 and 方正小标宋简体, and edits there. The same paper gives the same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from liaison_app.domain.paper_code import check_digits
from liaison_app.domain.papers import Chart, Field, OfficialPaper, Table
from reports.composer import balanced
from reports.numbers import chinese_date
from reports.official.forms import lies
from reports.official.grid import PAD, columns, size_of
from reports.official.heads import INK, LEAST_MARK, MARK, line_after, mark_of
from reports.official.page import FOURTH, PITCH, SECOND, number_of
from reports.official.prose import STYLES, numbered
from reports.qr import picture
from reports.strokes import HEIGHT

NAMES: Final = {"fang": "仿宋_GB2312", "biao": "方正小标宋简体", "kai": "楷体_GB2312", "hei": "黑体", "song": "宋体"}
"""The fonts that WPS and Word look for."""
THIRD: Final = 16.0
"""3号 in Word."""
LINE: Final = 28.95
"""Line pitch in Word: 22 lines fill the 225 mm between the margins that an office expects to find (the PDF has 29.61 pt)."""
TIGHT: Final = -5
"""Twentieths of a point between signs of 3号, so that 28 fill a line; a grid of characters is read differently by each program."""
RED: Final = "DB0000"
MOST: Final = 255
"""Signs that a property of a .docx may have."""
AREA: Final = 156.0
MM: Final = 72 / 25.4
"""A millimetre in points."""
TWIPS: Final = 1440 / 25.4
"""A millimetre in twentieths of a point."""
Spans = Sequence[tuple[str, str]]


class WordFile:
    """One .docx while it is written."""

    def __init__(self, paper: OfficialPaper) -> None:
        self.paper = paper
        self.out: Any = docx.Document()
        self.wide = lies(paper)
        self.area = 225.0 if self.wide else AREA
        self._begin = 0.0
        self._page()

    def _page(self) -> None:
        paper, section = self.paper, self.out.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if self.wide else (Mm(210), Mm(297))
        prose = paper.form in ("letter", "upward", "notice", "minutes")
        top, right, bottom, left = (37, 26, 35, 28) if prose else (28, 37, 26, 35) if self.wide else (25, 26, 30, 28)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.footer_distance = Mm(bottom - 7 - 5)
        if self.wide:
            section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
        old = section._sectPr.find(qn("w:docGrid"))
        if old is not None:
            section._sectPr.remove(old)
        kind = "lines" if prose else "default"
        grid = f'<w:docGrid {nsdecls("w")} w:type="{kind}" w:linePitch="{LINE * 20:.0f}"/>'
        section._sectPr.append(parse_xml(grid))
        normal = self.out.styles["Normal"]
        normal.font.name, normal.font.size = NAMES["fang"], Pt(THIRD)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), NAMES["fang"])
        normal.paragraph_format.space_after = Pt(0)
        words = self.out.core_properties
        words.title, words.author, words.language = paper.title[:MOST], paper.issuer[:MOST], "zh-CN"
        words.comments = ""
        when = datetime.strptime(paper.date[:10], "%Y-%m-%d").replace(tzinfo=UTC).replace(tzinfo=None)
        words.created = words.modified = when
        words.last_modified_by, words.revision = "Liaison Desk", 1

    @property
    def short_basis(self) -> bool:
        """Whether the clause relied on fits the foot."""
        return len(self.paper.mechanism + self.paper.basis) <= 40

    # -- paragraphs -----------------------------------------------------------------------------

    def say(
        self, spans: Spans, size: float = THIRD, *, align: Any = ALIGN.JUSTIFY, first: float = 0.0, left: float = 0.0,
        right: float = 0.0, before: float = 0.0, keep: bool = False, red: bool = False, pitch: float = LINE,
        into: Any = None,
    ) -> Any:  # fmt: skip
        """Add a paragraph of (text, style) spans; lengths in points, ``first`` may be negative (hanging)."""
        made = self.out.add_paragraph() if into is None else into
        look = made.paragraph_format
        look.alignment, look.keep_with_next = align, keep
        look.first_line_indent, look.left_indent, look.right_indent = Pt(first), Pt(left), Pt(right)
        look.space_before, look.line_spacing = Pt(before), Pt(round(pitch, 2))
        for kind in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):  # no air between Han and digits, as on the PDF
            made._p.get_or_add_pPr().insert_element_before(
                parse_xml(f'<w:{kind} {nsdecls("w")} w:val="0"/>'), "w:spacing", "w:ind", "w:jc", "w:rPr"
            )
        for text, style in spans:
            run = made.add_run(text)
            run.font.name, run.font.size = NAMES[style], Pt(round(size * 2) / 2)
            run._element.rPr.rFonts.set(qn("w:eastAsia"), NAMES[style])
            if size == THIRD:
                _spaced(run, TIGHT)
            if red:
                run.font.color.rgb = RGBColor.from_string(RED)
        return made

    def text(self, words: str, *, style: str = "fang", keep: bool = False) -> None:
        """Add paragraphs of the text, first line indented by two signs."""
        for part in words.split("\n"):
            self.say([(part, style)], first=2 * THIRD, keep=keep)

    def border(self, paragraph: Any, side: str, kind: str, eighths: int, colour: str, space: int = 1) -> None:
        """Draw a border of a paragraph; thickness in eighths of a point."""
        look = paragraph._p.get_or_add_pPr()
        frame = look.find(qn("w:pBdr"))
        if frame is None:
            frame = parse_xml(f"<w:pBdr {nsdecls('w')}/>")
            look.insert_element_before(
                frame, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )  # fmt: skip
        frame.append(
            parse_xml(
                f'<w:{side} {nsdecls("w")} w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'
            )
        )

    def place(
        self,
        paragraph: Any,
        *,
        x: float,
        width: float,
        y: float | None = None,
        beside: bool = False,
        below: bool = False,
    ) -> None:
        """Take a paragraph out of the text: its place in millimetres from the paper's edges.

        Without ``y`` it stands on the lower edge of the type area, or ``beside`` the line that follows it.
        """
        if beside:
            at = f'w:vAnchor="text" w:y="{-1.6 * PITCH * 20:.0f}" w:wrap="around"'
        elif y is None:
            at = 'w:vAnchor="margin" w:yAlign="bottom" w:wrap="notBeside"'
        else:
            at = f'w:vAnchor="page" w:y="{y * TWIPS:.0f}" w:wrap="through"'
        frame = parse_xml(
            f'<w:framePr {nsdecls("w")} w:w="{width * TWIPS:.0f}" w:hSpace="0" w:hAnchor="page" w:x="{x * TWIPS:.0f}" {at}/>'
        )
        look = paragraph._p.get_or_add_pPr()
        look.insert_element_before(
            frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def framed(
        self, spans: Spans, size: float, top: float, *, x: float = 28.0, width: float = AREA, **look: Any
    ) -> Any:
        """Write a line whose em-boxes begin ``top`` points above the foot of the paper, as on the PDF."""
        pitch = size * 1.2
        made = self.say(spans, size, pitch=pitch, **look)
        self.place(made, x=x, width=width, y=(HEIGHT - top - size * 0.14) / MM)
        return made

    # -- parts ----------------------------------------------------------------------------------

    def head(self) -> None:
        """Write mark, number, signer and red rules of a form where the PDF has them; the title begins under them."""
        lines = self._letter() if self.paper.form == "letter" else self._red()
        self._begin = lines * PITCH

    def _mark(self, top: float, x: float, width: float) -> float:
        """Write the mark; return the lower edge of its ink."""
        words = mark_of(self.paper)
        size = min(MARK, (AREA * MM - 4) / max(1, len(words)))
        rows = 1
        if size < LEAST_MARK:
            size = LEAST_MARK - 4
            rows = -(-len(words) // int(AREA * MM / size))
        mark = self.framed([(words, "biao")], size, top + INK * size, x=x, width=width, align=ALIGN.CENTER, red=True)
        if rows == 1 and len(words) > 1:
            gap = min(size * 0.25, (AREA * MM - 4 - size * len(words)) / (len(words) - 1) / 2)
            _spaced(mark.runs[0], round(gap * 20))
        return top - size * (1.2 * (rows - 1) + 1 - 2 * INK)

    def _left_marks(self, top: float) -> float:
        for words in (self.paper.secrecy, self.paper.urgency):
            if words:
                shown = words if len(words) != 2 else f"{words[0]}　{words[1]}"
                self.framed([(shown, "hei")], THIRD, top, width=60, align=ALIGN.LEFT)
                top -= PITCH
        return top

    def _rule(self, y: float, kind: str, eighths: int, x: float = 28.0, width: float = AREA) -> None:
        """Draw a red rule with its upper edge at a height of the paper (points)."""
        rule = self.say([("", "fang")], 1, pitch=2)
        self.border(rule, "top", kind, eighths, RED, 0)
        self.place(rule, x=x, width=width, y=(HEIGHT - y) / MM)

    def _letter(self) -> int:
        under = self._mark(HEIGHT - 30 * MM, 20, 170) - 4 * MM
        self._rule(under, "thickThinSmallGap", 24, x=20, width=170)
        y = under - 5.2 - THIRD * 7 / 8
        self.framed([(number_of(self.paper), "fang")], THIRD, y, align=ALIGN.RIGHT)
        end = min(self._left_marks(y), y - PITCH)
        return line_after(end + PITCH - THIRD) + 2

    def _red(self) -> int:
        paper = self.paper
        self._left_marks(HEIGHT - 37 * MM)
        minutes = paper.form == "minutes"
        y = self._mark(HEIGHT - 72 * MM, 28, AREA)
        y = HEIGHT - 37 * MM - (line_after(y) + (1 if minutes else 2)) * PITCH
        right = AREA * MM - THIRD
        if paper.form == "upward":
            spans = [(f"{number_of(paper)}\t", "fang"), ("签发人：", "fang"), (paper.signed_by or "　　　", "kai")]
            self.ends(self.framed(spans, THIRD, y, align=ALIGN.LEFT, left=THIRD), right)
        else:
            self.framed([(number_of(paper), "fang")], THIRD, y, align=ALIGN.CENTER)
        if minutes:
            y -= 1.5 * PITCH
            spans = [(f"{paper.issuer}\t{chinese_date(paper.date)}", "fang")]
            self.ends(self.framed(spans, THIRD, y, align=ALIGN.LEFT, left=THIRD), right)
        rule = y - THIRD - (2 if minutes else 4) * MM
        self._rule(rule, "single", 14)
        return line_after(rule - 1.7) + 2

    def ends(self, line: Any, right: float) -> None:
        """Let what stands behind a tab of a line end at a place (points from its left edge)."""
        line.paragraph_format.tab_stops.add_tab_stop(Pt(right), WD_TAB_ALIGNMENT.RIGHT)

    def middle(self, line: Any, at: float) -> None:
        """Let what stands behind a tab of a line stand around a place (points from its left edge)."""
        line.paragraph_format.tab_stops.add_tab_stop(Pt(at), WD_TAB_ALIGNMENT.CENTER)

    def title(self) -> None:
        """Write the title, broken by sense, under what the head takes."""
        width = self.area * MM
        for part in self.paper.title.split("\n"):
            for line in balanced(part, int(width / SECOND)):
                self.say([(line, "biao")], SECOND, align=ALIGN.CENTER, keep=True, pitch=LINE, before=self._begin)
                self._begin = 0.0

    def fields(self, items: Sequence[Field]) -> None:
        """Write captions with their values hanging behind the colon."""
        for field in items:
            if field.value:
                hang = (len(field.caption) + 1) * THIRD
                spans = [(f"{field.caption}：", "hei"), (field.value, "fang")]
                if 2 * THIRD + hang > AREA * MM / 2:
                    self.say(spans, first=2 * THIRD)
                else:
                    self.say(spans, left=2 * THIRD + hang, first=-hang)

    def sections(self) -> None:
        """Write headings, paragraphs and tables."""
        paper = self.paper
        for heading, part in zip(numbered(paper.sections), paper.sections, strict=True):
            if heading:
                self.text(heading, style=STYLES.get(part.level, "fang"), keep=True)
            for words in part.text:
                self.text(words)
            if part.table is not None:
                self.table(part.table, size_of(part.table))
            if part.chart is not None:
                self.chart(part.chart, 12)

    def chart(self, chart: Chart, size: float) -> None:
        """Write a chart as a table of its names and values: an office draws its own from it."""
        rows = tuple((bar.name, bar.words) for bar in chart.bars)
        self.table(Table(heads=("项目", "数值"), rows=rows, caption=chart.caption), size)

    def table(self, table: Table, size: float) -> None:
        """Write a table; its heading row is repeated on every page."""
        count = max([len(table.heads), *(len(r) for r in table.rows)], default=1)
        if table.caption:
            self.say([(table.caption, "hei")], size, align=ALIGN.CENTER, keep=True, pitch=size * 1.6)
        shares = columns(self.area * MM, table, size)
        rows = ([table.heads] if table.heads else []) + list(table.rows or [("（无）",)])
        made = self.grid(len(rows), [s / MM for s in shares])
        cells = made._cells
        for i, words in enumerate(rows):
            head = i == 0 and bool(table.heads)
            for j in range(count):
                word = words[j] if j < len(words) else ""
                align = ALIGN.CENTER if head or len(word) < 5 else ALIGN.LEFT
                self.cell(cells[i * count + j], word, size, "hei" if head else "fang", align)
            if head:
                made.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    def grid(self, rows: int, widths: Sequence[float], *, inside: Any = None, pad: float = PAD) -> Any:
        """Add a table with columns of these widths in millimetres, also ``inside`` of a cell; ``pad``: air beside words."""
        made = self.out.add_table(rows, len(widths)) if inside is None else inside.add_table(rows, len(widths))
        made.style = self.out.styles["Table Grid"]
        made.autofit = False
        sides = "".join(f'<w:{side} w:w="{pad * 20:.0f}" w:type="dxa"/>' for side in ("left", "right"))
        made._tbl.tblPr.insert_element_before(
            parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"), "w:tblLook"
        )
        for i, width in enumerate(widths):
            made.columns[i].width = Emu(int(Mm(1) * width))
        for i, cell in enumerate(made._cells):
            cell.width = Emu(int(Mm(1) * widths[i % len(widths)]))
        return made

    def frame(self, cell: Any) -> None:
        """Draw a frame around a cell of a table that has none."""
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="6" w:color="000000"/>' for side in ("top", "left", "bottom", "right")
        )
        cell._tc.get_or_add_tcPr().insert_element_before(
            parse_xml(f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>"),
            "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark",
        )  # fmt: skip

    def cell(self, cell: Any, words: str, size: float, style: str, align: Any) -> None:
        """Write words into a cell."""
        for i, part in enumerate(words.split("\n")):
            into = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
            self.say([(part, style)], size, align=align, into=into, pitch=size * 1.4)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER

    def annexes(self) -> None:
        """Write the list of annexes 附件说明."""
        names = self.paper.annexes
        if names:
            self.say([("", "fang")])
        for i, name in enumerate(names):
            mark = f"{i + 1}." if len(names) > 1 else ""
            words = ("附件：" if i == 0 else "") + mark + name.rstrip("。；，")
            hang = THIRD * (3 if i == 0 else 0) + len(mark) * THIRD / 2
            self.say([(words, "fang")], left=5 * THIRD + len(mark) * THIRD / 2, first=-hang)

    def signature(self) -> None:
        """Write 落款, 成文日期 and 附注, with the empty place of a seal."""
        paper = self.paper
        date = chinese_date(paper.date)
        wide = sum(0.5 if c.isdigit() else 1.0 for c in date) * THIRD
        before = 1 + bool(paper.closing) + (1 + len(paper.annexes) if paper.annexes else 0)
        first = max(0, len(self.out.paragraphs) - before)
        for _ in range(2 if paper.seal else 1):
            self.say([("", "fang")], keep=True)
        self.code()
        if paper.seal:
            right = max(0.0, 4 * THIRD + (wide - len(paper.issuer) * THIRD) / 2)
            self.say([(paper.issuer, "fang")], align=ALIGN.RIGHT, right=right, keep=True)
            self.say([(date, "fang")], align=ALIGN.RIGHT, right=4 * THIRD)
        else:
            self.say([(paper.issuer, "fang")], align=ALIGN.RIGHT, right=2 * THIRD, keep=True)
            right = max(0.0, len(paper.issuer) * THIRD - wide)
            self.say([(date, "fang")], align=ALIGN.RIGHT, right=right)
        for one in self.out.paragraphs[first:-1]:  # the page that is signed carries text
            one.paragraph_format.keep_with_next = True
        if paper.note:
            self.text(paper.note if paper.note.startswith("（") else f"（{paper.note}）")

    def code(self, *, x: float = 28.0, y: float | None = None) -> None:
        """Add the QR with its check digits, beside the line that follows or at a place of the paper (millimetres)."""
        if not self.paper.code:
            return
        digits = check_digits(self.paper.code)
        paragraph = self.out.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.add_run().add_picture(picture(f"{self.paper.code}|{digits}"), width=Mm(20))
        paragraph.add_run().add_break()
        look = paragraph.add_run(f"校验码 {digits}")
        look.font.size, look.font.name = Pt(7.5), NAMES["song"]
        look._element.rPr.rFonts.set(qn("w:eastAsia"), NAMES["song"])
        self.place(paragraph, x=x, width=21, y=y, beside=y is None)

    def imprint(self) -> None:
        """Write 版记 on the lower edge of the type area of the last page: lines in one frame, rules as their borders."""
        paper = self.paper
        letter = paper.form == "letter"
        made = []
        if paper.copies:
            words = "抄送：" + "，".join(c.rstrip("。") for c in paper.copies) + "。"
            hang = 3 * FOURTH
            made.append(
                self.say(
                    [(words, "fang")],
                    FOURTH,
                    align=ALIGN.LEFT,
                    left=FOURTH + hang,
                    first=-hang,
                    right=FOURTH,
                    pitch=22.4,
                )
            )
        if not letter:
            spans = [(f"{paper.issuer}\t{chinese_date(paper.date)}印发", "fang")]
            made.append(self.say(spans, FOURTH, align=ALIGN.LEFT, left=FOURTH, right=FOURTH, pitch=22.4))
            self.ends(made[-1], AREA * MM - FOURTH)
        for i, line in enumerate(made):
            last = i + 1 == len(made)
            if not letter:
                if i == 0:
                    self.border(line, "top", "single", 8, "000000")
                self.border(line, "bottom", "single", 8 if last else 6, "000000")
            rows = -(-len(line.text) // 26)
            self.place(line, x=28, width=AREA, y=None if last else 297 - 35 - (1 + rows) * (22.4 / MM + 0.4))
        if made:
            self.say([("", "fang")], 2, pitch=2)

    def foot(self) -> None:
        """Write page numbers outside, on the letter's first page its double rule, and what copies carry."""
        paper, section = self.paper, self.out.sections[0]
        self.out.settings.odd_and_even_pages_header_footer = True
        extra = "　".join(w for w in (
            paper.mechanism, paper.basis if self.short_basis else "", paper.reprint, "复印件与原件一致　核对人：　　　　（核对章）" if paper.outside else "",
        ) if w)  # fmt: skip
        for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
            line = footer.paragraphs[0]
            self.say([("— ", "song")], FOURTH, align=align, left=FOURTH, right=FOURTH, into=line, pitch=18)
            for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
                run = line.add_run()
                run.font.size = Pt(FOURTH)
                run._r.append(
                    parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' if kind else
                              f'<w:instrText {nsdecls("w")} xml:space="preserve">{code}</w:instrText>')
                )  # fmt: skip
            self.say([(" —", "song")], FOURTH, align=align, left=FOURTH, right=FOURTH, into=line, pitch=18)
            if extra:
                into = footer.add_paragraph()
                self.say([(extra, "song")], 7.5, align=ALIGN.LEFT, into=into, pitch=10)
                self.place(into, y=(210 if self.wide else 297) - 11, width=self.area, x=35 if self.wide else 28)
        if paper.form in ("letter", "cover"):
            section.different_first_page_header_footer = True
            line = section.first_page_footer.paragraphs[0]
            if paper.form == "letter":
                self.say([("", "song")], 2, into=line, pitch=4)
                self.border(line, "top", "thinThickSmallGap", 24, RED, 0)
                self.place(line, y=275.2, width=170, x=20)
            if extra:
                into = section.first_page_footer.add_paragraph()
                self.say([(extra, "song")], 7.5, align=ALIGN.LEFT, into=into, pitch=10)
                self.place(into, y=286, width=AREA, x=28)
        if paper.demo:
            headers = [section.header, section.even_page_header]
            if section.different_first_page_header_footer:
                headers.append(section.first_page_header)
            for header in headers:
                self.say([("演示", "hei")], 28, align=ALIGN.CENTER, into=header.paragraphs[0], pitch=34)
                header.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xC0, 0xC0, 0xC0)

    def bytes(self) -> bytes:
        """Return the file; entries carry no clock."""
        raw, out = io.BytesIO(), io.BytesIO()
        self.out.save(raw)
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in source.namelist():
                made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _spaced(run: Any, twentieths: int) -> None:
    """Set the space between the signs of a run, in its place among the properties (Word is strict about their order)."""
    run._element.rPr.insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:val="{twentieths}"/>'),
        "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u",
    )  # fmt: skip
