"""Sheets with cells 表单, tables 台账 and covers 卷宗封面: forms of the office that the standard does not set."""

from collections.abc import Callable, Sequence
from typing import Final

from liaison_app.domain.papers import Field, OfficialPaper
from reports.composer import Line, balanced
from reports.numbers import chinese_date
from reports.official.charts import chart_rows
from reports.official.flow import Row
from reports.official.grid import PAD, THIN, Cell, grid_row, is_wide, size_of, table_rows
from reports.official.page import EM, Press, number_of
from reports.official.prose import KEPT, numbered
from reports.strokes import mm
from reports.tags import Element

SIZE: Final = 12.0
"""小四: words in cells."""
CAPTION: Final = 29 * mm
"""Room for six signs; a longer caption is broken by sense."""
ABREAST: Final = 6
HIGH: Final = 24 * mm
"""Height of a place for sentences and a signature."""
LOWER: Final = (18 * mm, 14 * mm)
"""The same where a page is saved by it."""
OPINION: Final = ("意见", "批示", "结果", "结论", "情况", "说明", "理由", "记录")
"""Endings of places that need room for sentences and a signature."""


def sheet(press: Press, paper: OfficialPaper, high: float = HIGH) -> list[Row]:
    """Return a sheet: title, number, cells in two columns, long ones whole, places for the hand (``high`` where sentences
    are written), signature."""
    rows = _heading(press, paper)
    half = press.area / 2
    items = list(paper.fields)
    if paper.basis:
        items.append(Field("依据", paper.basis))

    grids: list[Element] = []

    def grid() -> Element:
        if not grids:
            grids.append(press.tag("Table"))
        return grids[0]

    def whole(words: str, value: str, *, hand: str = "", least: float = 8.5 * mm) -> list[Row]:
        cells = [_caption(words), Cell(text=value, width=press.area - CAPTION, columns=3)]
        return grid_row(press, grid(), cells, SIZE, least=least, hand=hand)

    def pair(first: Field, second: Field, least: float = 8.5 * mm) -> list[Row]:
        cells = []
        for field in (first, second):
            cells += [_caption(field.caption), Cell(text=field.value, width=half - CAPTION)]
        return grid_row(press, grid(), cells, SIZE, least=least)

    room = 2 * (half - CAPTION - 2 * PAD)
    for line in paired(items, lambda f: "\n" in f.value or press.measure(f.value, "fang", SIZE) > room):
        rows += pair(*line) if len(line) == 2 else whole(line[0].caption, line[0].value)
    for heading, part in zip(numbered(paper.sections), paper.sections, strict=True):
        words = "\n".join(f"　　{t}" for t in part.text)
        if words and heading:
            rows += whole(heading, words)
        elif words:
            rows += grid_row(press, grid(), [Cell(text=words, width=press.area, columns=4)], SIZE)
        elif heading:
            cell = Cell(text=heading, width=press.area, style="hei", middle=True, heads="Column", columns=4)
            rows += [_keep(r) for r in grid_row(press, grid(), [cell], SIZE, least=8.5 * mm)]
        if part.table is not None:
            grids.clear()
            rows += table_rows(press, part.table, 10.5)
        if part.chart is not None:
            grids.clear()
            rows += [Row(height=6, grid=False), *chart_rows(press, part.chart)]
    rows += _boxes(paper.boxes, whole, pair, high)
    return [*rows, *_closing(press, paper)]


def _caption(words: str) -> Cell:
    """Return the cell of a caption; no line of it is one lone sign."""
    broken = "\n".join(balanced(words, ABREAST))
    return Cell(text=broken, width=CAPTION, style="hei", middle=True, heads="Row")


def paired(items: Sequence[Field], long: Callable[[Field], bool]) -> list[tuple[Field, ...]]:
    """Return fields as rows of a sheet: two short ones beside each other, a long one alone, in their order."""
    rows: list[tuple[Field, ...]] = []
    waiting: list[Field] = []
    for field in items:
        if long(field):
            rows += [(w,) for w in waiting]
            rows.append((field,))
            waiting = []
        elif waiting:
            rows.append((waiting.pop(), field))
        else:
            waiting.append(field)
    return [*rows, *((w,) for w in waiting)]


def _boxes(
    boxes: Sequence[str], whole: Callable[..., list[Row]], pair: Callable[..., list[Row]], high: float
) -> list[Row]:
    """Return places for the hand: sentences get room and a line to sign, names and dates go two in a row."""
    rows: list[Row] = []
    short: list[str] = []
    for box in [*boxes, ""]:
        large = box.endswith(OPINION)
        if short and (large or not box or len(short) == 2):
            if len(short) == 2:
                rows += pair(Field(short[0], ""), Field(short[1], ""), 11 * mm)
            else:
                rows += whole(short[0], "", least=11 * mm)
            short.clear()
        if large:
            rows += whole(box, "", least=high, hand="（签名）　　　　　　　　年　　月　　日")
        elif box:
            short.append(box)
    return rows


def _keep(row: Row) -> Row:
    return Row(height=row.height, draw=row.draw, keep=True, grid=row.grid, head=row.head, cut=row.cut)


def _plain(
    line: Line, x: float, size: float, height: float, element: Element, *, bold: bool = False, keep: bool = True
) -> Row:
    def draw(at: Press, top: float) -> None:
        at.mark(element)
        at.line(line, at.left + x, top, size, bold=bold)

    return Row(height=height, draw=draw, grid=False, keep=keep)


def _heading(press: Press, paper: OfficialPaper) -> list[Row]:
    rows: list[Row] = []
    aside = 2 * (press.code_size + 4 * mm) if paper.code else 0.0
    urgency = "　".join(w for w in (paper.secrecy, paper.urgency) if w)
    lines, size = press.titled(paper.title, press.area - aside)
    hurry, name, code = press.tag("P"), press.tag("H1"), press.tag("Figure")

    def marks(at: Press, top: float) -> None:
        if urgency:
            at.mark(hurry)
            at.put(urgency, at.left, top, "hei", EM)
        if paper.code:
            at.code(code, at.right - at.code_size, top + 6 * mm, at.code_size)

    rows.append(Row(height=(EM + 6 if urgency else 0.01), draw=marks, grid=False, keep=True))
    rows += [_plain(x, (press.area - x.end) / 2, size, size * 1.45, name, bold=press.display_bold) for x in lines]
    number = number_of(paper) if paper.number or paper.word else ""
    if paper.code:
        used = sum(r.height for r in rows)
        rows.append(Row(height=max(2.0, press.code_size + 6 - used), draw=_nothing, grid=False, keep=True))

    if number:
        rows.append(_said(press, f"编号：{number}", ""))
    if not paper.seal:
        rows.append(_said(press, paper.issuer, chinese_date(paper.date)))
    words = ["、".join(paper.to) + "：" if paper.to else "", f"　　{paper.opening}" if paper.opening else ""]
    for text in words:
        if text:
            element = press.tag("P")
            rows += [_plain(x, 0, SIZE, SIZE * 1.6, element) for x in press.lines([(text, "fang")], SIZE, press.area)]
    return rows


def _said(press: Press, left: str, right: str) -> Row:
    element = press.tag("P")

    def draw(at: Press, top: float) -> None:
        at.mark(element)
        y = top
        for line in lines:
            at.line(line, at.left, y, size)
            y -= size * 1.3
        at.put_right(right, at.right, top, "fang", SIZE)

    aside = press.measure(right, "fang", SIZE) + 2 * SIZE if right else 0.0
    lines, size = press.fitted(left, "fang", SIZE, press.area - aside, 4)
    return Row(height=max(SIZE, len(lines) * size * 1.3) + 6, draw=draw, grid=False, keep=True)


def _nothing(at: Press, top: float) -> None:
    """Draw nothing: the row only keeps its height."""


def _closing(press: Press, paper: OfficialPaper) -> list[Row]:
    """Return what stands under the cells: closing words, annexes, note, copies, and the place of the seal."""
    words = [f"　　{paper.closing}" if paper.closing else ""]
    words += [f"附件：{'；'.join(paper.annexes)}" if paper.annexes else "", paper.note and f"备注：{paper.note}"]
    words += [f"抄送：{'，'.join(paper.copies)}。" if paper.copies else ""]
    rows: list[Row] = []
    for text in words:
        if text:
            element = press.tag("P")
            lines = press.lines([(text, "fang")], SIZE, press.area)
            rows += [_plain(x, 0, SIZE, SIZE * 1.6, element, keep=False) for x in lines]
    if rows:
        rows.insert(0, Row(height=6, grid=False))
    if not paper.seal:
        return rows
    date = chinese_date(paper.date)
    wide = press.measure(date, "fang", SIZE)
    middle = press.area - 4 * SIZE - wide / 2
    lines = press.lines([(paper.issuer, "fang")], SIZE, press.area * 0.8, justify=False)
    rows.append(Row(height=15 * mm, grid=False, keep=True))
    name, day = press.tag("P"), press.tag("P")
    rows += [_plain(x, min(middle - x.end / 2, press.area - x.end), SIZE, SIZE * 1.7, name) for x in lines]
    rows += [_plain(x, middle - wide / 2, SIZE, SIZE * 1.7, day, keep=False)
             for x in press.lines([(date, "fang")], SIZE, press.area)]  # fmt: skip
    return rows


def lies(paper: OfficialPaper) -> bool:
    """Return whether a table asks for the sheet lying."""
    if paper.form == "seats":
        return True
    return paper.form == "table" and any(s.table is not None and is_wide(s.table) for s in paper.sections)


def _parts(press: Press, paper: OfficialPaper) -> list[Row]:
    """Return sections as headings, paragraphs and tables."""
    rows: list[Row] = []
    for heading, part in zip(numbered(paper.sections), paper.sections, strict=True):
        if heading:
            lines = press.lines([(heading, "hei")], 14, press.area)
            title = press.tag("H2")
            rows += [Row(height=6, grid=False), *(_plain(x, 0, 14, 24, title) for x in lines)]
        for n, text in enumerate(part.text, 1):
            element = press.tag("P")
            lines = press.lines([(text, "fang")], SIZE, press.area, first=2 * SIZE)
            leads = n == len(part.text) and part.shows and len(lines) <= KEPT  # what it says of a table stands over it
            rows += [_plain(x, 0, SIZE, SIZE * 1.6, element, keep=leads) for x in lines]
        if part.table is not None:
            rows += table_rows(press, part.table, size_of(part.table))
        if part.chart is not None:
            rows += chart_rows(press, part.chart)
    return rows


def table(press: Press, paper: OfficialPaper) -> list[Row]:
    """Return a table form: title, what it is of, tables with repeated heads, who made it."""
    rows = _heading(press, paper)
    for field in paper.fields:
        if field.value:
            words = f"{field.caption}：{field.value}"
            element = press.tag("P")
            rows += [_plain(x, 0, SIZE, SIZE * 1.6, element) for x in press.lines([(words, "fang")], SIZE, press.area)]
    rows += _parts(press, paper)
    if paper.basis and not press.short_basis:
        lines = press.lines([(f"依据：{paper.basis}", "fang")], SIZE, press.area)
        element = press.tag("P")
        rows += [Row(height=6, grid=False), *(_plain(x, 0, SIZE, SIZE * 1.6, element, keep=False) for x in lines)]
    if paper.boxes:
        words = "　　　　　　　".join(f"{box}：" for box in paper.boxes)
        lines = press.lines([(words, "fang")], SIZE, press.area, justify=False)
        element = press.tag("P")
        rows += [Row(height=10, grid=False), *(_plain(x, 0, SIZE, SIZE * 2, element, keep=False) for x in lines)]
    return [*rows, *_closing(press, paper)]


def cover(press: Press, paper: OfficialPaper) -> list[Field]:
    """Draw 卷宗封面: office, name of the file, title on lines, fields on rules, boxes of the archive at the foot.

    Return the fields that do not fit: they are said whole on a further page.
    """
    left, area = press.left, press.area
    middle = left + area / 2
    top = press.height - 40 * mm
    for kind, words, size, depth, lead, below in (
        ("P", paper.issuer, 26.0, 36 * mm, 1.45, 16 * mm),
        ("H1", paper.title, 36.0, 55 * mm, 1.4, 0),
    ):
        press.mark(press.tag(kind))
        lines, size = press.display(words, size, area, depth)
        for line in lines:
            press.line(line, middle - line.end / 2, top, size, bold=press.display_bold)
            top -= size * lead
        top -= below
    top -= 12 * mm
    items = [
        *paper.fields,
        *([Field("编号", paper.number)] if paper.number else []),
        Field("日期", chinese_date(paper.date)),
    ]
    captions = min(9, max(len(f.caption) for f in items)) * EM
    values, size, pitch, cut = _values(press, items, area - captions - 2 * EM, top - 78 * mm)
    for field, lines in zip(items, values, strict=True):
        element = press.tag("P")
        press.mark(element)
        names, small = press.fitted(_spread(field.caption, captions, EM), "hei", size, captions, max(1, len(lines)))
        y = top
        for line in names:
            press.line(line, left, y, small)
            y -= small * 1.2
        for i in range(max(1, len(lines))):
            for line in lines[i : i + 1]:
                press.mark(element)
                press.line(line, left + captions + EM, top, size)
            press.rule(left + captions + EM / 2, left + area, top - size - 4, THIN)
            top -= pitch
    _archive(press, [*paper.boxes], 30 * mm)
    if paper.code:
        press.code(press.tag("Figure"), left, 70 * mm, press.code_size)
    return cut


def _values(
    press: Press, items: Sequence[Field], width: float, room: float
) -> tuple[list[list[Line]], float, float, list[Field]]:
    """Return the lines of a cover's values, their size and pitch, and which of them had to be cut short."""

    def lines(words: str, size: float) -> list[Line]:
        return press.lines([(words, "fang")], size, width, justify=False) if words else []

    size = pitch = 0.0
    for size in (EM, 13.0, 11.0):
        values = [lines(f.value, size) for f in items]
        pitch = min(36.0, room / sum(max(1, len(v)) for v in values))
        if pitch >= size * 1.4:
            return values, size, pitch, []
    pitch = size * 1.4
    most = max(len(v) for v in values)
    while most > 1 and sum(min(max(1, len(v)), most) for v in values) * pitch > room:
        most -= 1
    cut = [f for f, v in zip(items, values, strict=True) if len(v) > most]
    short = [v if len(v) <= most else lines(shortened(v, most), size) for v in values]
    return short, size, pitch, cut


def shortened(lines: Sequence[Line], most: int) -> str:
    """Return the beginning of words that were set in lines, and that the whole stands on a further page."""
    words = "".join(run.text for line in lines[:most] for run in line.runs)
    return words[: max(0, len(words) - 8)] + "……（见续页）"


def continued(press: Press, paper: OfficialPaper, fields: Sequence[Field]) -> list[Row]:
    """Return what a cover has no room for, whole, for its further page: fields that were cut short, sections."""
    lines, size = press.titled(f"{paper.title}（续页）", press.area)
    name, into = press.tag("H2"), press.tag("Table")
    rows = [_plain(x, (press.area - x.end) / 2, size, size * 1.45, name, bold=press.display_bold) for x in lines]
    for field in fields:
        cells = [_caption(field.caption), Cell(text=field.value, width=press.area - CAPTION)]
        rows += grid_row(press, into, cells, SIZE, least=8.5 * mm)
    return rows + _parts(press, paper)


def _spread(caption: str, width: float, size: float) -> str:
    """Return a caption of two signs with the space of the widest between them."""
    gap = int(width / size) - 2
    return caption[0] + "　" * gap + caption[1] if len(caption) == 2 and 0 < gap <= 3 else caption


def _archive(press: Press, boxes: Sequence[str], foot: float) -> None:
    """Draw the boxes of the archive (全宗号, 年度, 保管期限 …): captions over empty cells."""
    if not boxes:
        return
    rows = [boxes[i : i + 4] for i in range(0, len(boxes), 4)]
    high = 16 * mm
    top = foot + len(rows) * high
    for row in rows:
        width = (press.area - press.code_size - 6 * mm) / len(row)
        for i, box in enumerate(row):
            x = press.left + press.code_size + 6 * mm + i * width
            press.frames([(x, top - high, width, high), (x, top - 7 * mm, width, 0)], 0.8)
            press.mark(press.tag("P"))
            press.put_centre(box, x + width / 2, top - 1.6 * mm, "hei", 10.5)
        top -= high
