"""Which parts a .docx of each form has, in their order."""

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from liaison_app.domain.papers import ATTENDANCE, Field, OfficialPaper
from reports.numbers import chinese_date
from reports.official.forms import OPINION, paired
from reports.official.grid import size_of
from reports.official.page import number_of
from reports.official.prose import numbered
from reports.official.wordfile import AREA, MM, THIRD, WordFile


def official_docx(paper: OfficialPaper) -> bytes:
    """Return a paper as .docx."""
    made = WordFile(paper)
    {"sheet": _sheet, "table": _table, "cards": _table, "seats": _table, "cover": _cover}.get(paper.form, _prose)(made)
    made.foot()
    return made.bytes()


def _prose(made: WordFile) -> None:
    paper = made.paper
    made.head()
    made.title()
    made.say([("", "fang")])
    if paper.to:
        made.say([("、".join(paper.to) + "：", "fang")], align=ALIGN.LEFT)
    if paper.opening:
        made.text(paper.opening)
    after = [f for f in paper.fields if paper.form == "minutes" and f.caption.startswith(ATTENDANCE)]
    made.fields([f for f in paper.fields if f not in after])
    made.sections()
    if paper.closing:
        made.text(paper.closing)
    if paper.basis and not made.short_basis:
        made.fields([Field("依据", paper.basis)])
    if after:
        made.say([("", "fang")])
        made.fields(after)
    for box in paper.boxes:
        made.text(f"{box}：")
    made.annexes()
    if paper.form != "minutes":
        made.signature()
    else:
        made.code()
    made.imprint()


def _under(made: WordFile) -> None:
    paper = made.paper
    for words in (
        paper.closing and f"　　{paper.closing}", f"附件：{'；'.join(paper.annexes)}" if paper.annexes else "",
        paper.note and f"备注：{paper.note}", f"抄送：{'，'.join(paper.copies)}。" if paper.copies else "",
    ):  # fmt: skip
        if words:
            made.say([(words, "fang")], 12, pitch=19)
    if paper.seal:
        made.say([(paper.issuer, "fang")], 12, align=ALIGN.RIGHT, right=48, before=40, pitch=20, keep=True)
        made.say([(chinese_date(paper.date), "fang")], 12, align=ALIGN.RIGHT, right=48, pitch=20)


def _over(made: WordFile) -> None:
    paper = made.paper
    urgency = "　".join(w for w in (paper.secrecy, paper.urgency) if w)
    if urgency:
        made.say([(urgency, "hei")], align=ALIGN.LEFT)
    made.title()
    if paper.number or paper.word:
        made.say([(f"编号：{number_of(paper)}", "fang")], 12, align=ALIGN.LEFT, pitch=18, keep=True)
    if not paper.seal:
        spans = [(f"{paper.issuer}\t{chinese_date(paper.date)}", "fang")]
        made.ends(made.say(spans, 12, align=ALIGN.LEFT, pitch=18, keep=True), made.area * MM)
    for words in ("、".join(paper.to) + "：" if paper.to else "", paper.opening and f"　　{paper.opening}"):
        if words:
            made.say([(words, "fang")], 12, pitch=19)


def _sheet(made: WordFile) -> None:
    paper = made.paper
    made.code(x=164, y=24)
    _over(made)
    items = [*paper.fields, *([Field("依据", paper.basis)] if paper.basis else [])]
    rows = paired(items, lambda f: "\n" in f.value or len(f.value) > 22)
    for heading, part in zip(numbered(paper.sections), paper.sections, strict=True):
        if part.text:
            rows.append((Field(heading, "\n".join(f"　　{t}" for t in part.text)),))
        if part.table is not None or part.chart is not None:
            _cells(made, rows)
            rows = []
            if not part.text:
                made.say([(heading, "hei")], 12, pitch=24 if heading else 8, align=ALIGN.CENTER, keep=True)
        if part.table is not None:
            made.table(part.table, 10.5)
        if part.chart is not None:
            made.chart(part.chart, 10.5)
    if not rows and paper.boxes:
        made.say([("", "fang")], 4, pitch=4)
    rows += [
        (Field(box, "\n\n（签名）　　　　　　年　　月　　日" if box.endswith(OPINION) else ""),) for box in paper.boxes
    ]
    _cells(made, rows)
    _under(made)


def _cells(made: WordFile, rows: list[tuple[Field, ...]]) -> None:
    if not rows:
        return
    grid = made.grid(len(rows), [27, 51, 27, 51])
    for i, row in enumerate(rows):
        values = [(1, 3 if len(row) == 1 else 1), (3, 3)]
        for j, field in enumerate(row):
            made.cell(grid.cell(i, 2 * j), field.caption, 12, "hei", ALIGN.CENTER)
            first, last = values[j]
            cell = grid.cell(i, first).merge(grid.cell(i, last)) if first != last else grid.cell(i, first)
            made.cell(cell, field.value, 12, "fang", ALIGN.LEFT)
        grid.rows[i].height = Mm(8.5)


def _table(made: WordFile) -> None:
    paper = made.paper
    _over(made)
    for field in paper.fields:
        if field.value:
            made.say([(f"{field.caption}：{field.value}", "fang")], 12, pitch=19)
    _parts(made)
    if paper.basis and not made.short_basis:
        made.say([(f"依据：{paper.basis}", "fang")], 12, pitch=19)
    if paper.boxes:
        made.say([("　　　　　　　".join(f"{b}：" for b in paper.boxes), "fang")], 12, before=10, pitch=24)
    _under(made)


def _parts(made: WordFile) -> None:
    for heading, part in zip(numbered(made.paper.sections), made.paper.sections, strict=True):
        if heading:
            made.say([(heading, "hei")], 14, pitch=24, keep=True)
        for words in part.text:
            made.say([(words, "fang")], 12, first=24, pitch=19)
        if part.table is not None:
            made.table(part.table, size_of(part.table))
        if part.chart is not None:
            made.chart(part.chart, 12)


def _cover(made: WordFile) -> None:
    paper = made.paper
    made.say([(paper.issuer, "biao")], 26, align=ALIGN.CENTER, before=40, pitch=38)
    made.say([(paper.title, "biao")], 36 if len(paper.title) <= 10 else 24, align=ALIGN.CENTER, before=50, pitch=54)
    made.say([("", "fang")])
    items = [
        *paper.fields,
        *([Field("编号", paper.number)] if paper.number else []),
        Field("日期", chinese_date(paper.date)),
    ]
    grid = made.grid(len(items), [35, AREA - 35])
    grid.style = made.out.styles["Normal Table"]
    for i, field in enumerate(items):
        made.cell(grid.cell(i, 0), field.caption, THIRD, "hei", ALIGN.LEFT)
        made.cell(grid.cell(i, 1), field.value, THIRD, "fang", ALIGN.LEFT)
        made.border(grid.cell(i, 1).paragraphs[-1], "bottom", "single", 4, "000000")
        grid.rows[i].height = Mm(12.7)
    made.code(x=28, y=227)
    if paper.boxes:
        made.say([("", "fang")], 4, before=max(10.0, 405.0 - 36 * len(items)), pitch=6)
        boxes = made.grid(2, [26.0, *[130 / len(paper.boxes)] * len(paper.boxes)])
        boxes.style = made.out.styles["Normal Table"]
        for i, box in enumerate(paper.boxes, 1):
            for row in (0, 1):
                made.cell(boxes.cell(row, i), box if row == 0 else "", 10.5, "hei", ALIGN.CENTER)
                made.frame(boxes.cell(row, i))
        boxes.rows[0].height, boxes.rows[1].height = Mm(7), Mm(9)
    if paper.sections:
        made.out.add_page_break()
        _parts(made)
