"""The body of letters, upward papers, notices and minutes as rows of the grid, from the title to the note."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from liaison_app.domain.papers import ATTENDANCE, Field, OfficialPaper, Section
from reports.composer import Line
from reports.numbers import chinese_date, chinese_number
from reports.official.charts import chart_rows
from reports.official.flow import Row, blank
from reports.official.grid import size_of, table_rows
from reports.official.page import EM, PITCH, SECOND, Press
from reports.tags import Element

STYLES: Final = {0: "hei", 1: "hei", 2: "kai", 3: "fang", 4: "fang"}
"""Style of a heading by its level."""
_NUMBERED: Final = re.compile(
    r"\s*([一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|\d+[.．、]|（\d+）|第.{1,4}[章条部])"
)
KEPT: Final = 3
"""A heading or an address of more lines than this may be torn from what follows it."""
LISTED: Final = 8
"""A list of annexes up to so many lines stays with the signature, and both with the last lines of text."""


def body(press: Press, paper: OfficialPaper) -> list[Row]:
    """Return everything between head and imprint as rows."""
    rows = [*title(press, paper.title), blank(keep=True)]
    if paper.to:
        rows += _text(press, "、".join(paper.to) + "：", first=0, keep=True)
    if paper.opening:
        rows += _text(press, paper.opening)
    after = [f for f in paper.fields if paper.form == "minutes" and f.caption.startswith(ATTENDANCE)]
    rows += fields(press, [f for f in paper.fields if f not in after])
    rows += sections(press, paper.sections)
    if paper.closing:
        rows += _text(press, paper.closing)
    if paper.basis and not press.short_basis:
        rows += fields(press, [Field("依据", paper.basis)])
    if after:
        rows += [blank(), *fields(press, after)]
    for box in paper.boxes:
        rows += _text(press, f"{box}：" + "　" * 10, keep=False)
    listed = annexes(press, paper.annexes)
    if paper.form == "minutes":
        return rows + listed
    signed = signature(press, paper)
    if len(listed) > LISTED:
        return _carried(rows + listed, signed)
    return _carried(rows, [*map(_kept, listed), *signed])


def _carried(rows: list[Row], signed: list[Row]) -> list[Row]:
    """Return rows with the signature bound to the last two lines of text: its page carries text."""
    bound = list(rows)
    left = 2
    for i in range(len(bound) - 1, -1, -1):
        if left == 0:
            break
        bound[i] = msgspec.structs.replace(_kept(bound[i]), bound=not bound[i].keep)
        left -= not bound[i].blank
    return bound + signed


def _kept(row: Row) -> Row:
    return Row(
        height=row.height, draw=row.draw, keep=True, snap=row.snap, grid=row.grid, head=row.head, cut=row.cut
    )  # fmt: skip


def _row(
    line: Line, x: float, element: Element, size: float = EM, *, height: float = PITCH, keep: bool = False, bold: bool = False, snap: bool = True
) -> Row:  # fmt: skip
    def draw(at: Press, top: float) -> None:
        at.mark(element)
        at.line(line, at.left + x, top, size, bold=bold)

    return Row(height=height, draw=draw, keep=keep, snap=snap)


def title(press: Press, words: str) -> list[Row]:
    """Return the title: 2号小标宋, centred, lines broken by sense."""
    lines, size = press.titled(words, press.area)
    element = press.tag("H1")
    height = PITCH if size == SECOND else size * 1.45
    return [
        _row(line, (press.area - line.end) / 2, element, size, height=height, keep=True, bold=press.display_bold,
             snap=i == 0 or size == SECOND) for i, line in enumerate(lines)
    ]  # fmt: skip


def _text(
    press: Press, words: str, *, first: float = 2 * EM, style: str = "fang", keep: bool = False, kind: str = "P"
) -> list[Row]:
    rows = []
    for paragraph in words.split("\n"):
        element = press.tag(kind)
        lines = press.lines([(paragraph, style)], EM, press.area, first=first)
        rows += [_row(line, 0, element, keep=keep and (i == 0 or len(lines) <= KEPT)) for i, line in enumerate(lines)]
    return rows


def fields(press: Press, items: Sequence[Field]) -> list[Row]:
    """Return captions in 黑体, values hanging behind the colon (not behind a caption of half a line); empty ones are left out."""
    rows: list[Row] = []
    for field in items:
        if not field.value:
            continue
        caption = f"{field.caption}："
        hang = 2 * EM + press.measure(caption, "hei", EM)
        hang = hang if hang <= press.area / 2 else 0.0
        lines = press.lines([(caption, "hei"), (field.value, "fang")], EM, press.area, first=2 * EM, hang=hang)
        element = press.tag("P")
        rows += [_row(line, 0, element, keep=i == 0 and len(lines) > 1) for i, line in enumerate(lines)]
    return rows


def sections(press: Press, parts: Sequence[Section]) -> list[Row]:
    """Return the parts of the text: heading, paragraphs, table; headings stay with what follows."""
    rows: list[Row] = []
    for heading, part in zip(numbered(parts), parts, strict=True):
        if heading:
            rows += _text(
                press,
                heading,
                style=STYLES.get(part.level, "fang"),
                keep=True,
                kind=f"H{min(part.level, 4) + 1 if part.level else 2}",
            )
        for n, text in enumerate(part.text, 1):
            rows += _text(press, text, keep=n == len(part.text) and part.shows)
        if part.table is not None:
            rows += table_rows(press, part.table, size_of(part.table))
        if part.chart is not None:
            rows += chart_rows(press, part.chart)
        if part.shows:
            rows.append(Row(height=0, draw=_nothing, snap=True))
    return rows


def _nothing(at: Press, top: float) -> None:
    """Draw nothing: the row only brings what follows back to the grid."""


def numbered(parts: Sequence[Section]) -> list[str]:
    """Return headings with the standard's numbers 一、 （一） 1. （1）, where several of a level carry none yet."""
    levels = [p.level for p in parts if p.heading and p.level and not _NUMBERED.match(p.heading)]
    counts = dict.fromkeys(range(1, 5), 0)
    made = []
    for part in parts:
        if not part.heading or not part.level or _NUMBERED.match(part.heading) or levels.count(part.level) < 2:
            made.append(part.heading)
            continue
        counts[part.level] += 1
        counts.update(dict.fromkeys(range(part.level + 1, 5), 0))
        n = counts[part.level]
        made.append(
            {1: f"{chinese_number(n)}、", 2: f"（{chinese_number(n)}）", 3: f"{n}.", 4: f"（{n}）"}[part.level]
            + part.heading
        )
    return made


def annexes(press: Press, names: Sequence[str]) -> list[Row]:
    """Return 附件说明: one line below the text, left 2, names hanging under their first sign, no end punctuation."""
    rows: list[Row] = []
    listed = press.tag("L")
    for i, name in enumerate(names):
        element = listed.add("LI").add("LBody")
        mark = f"{i + 1}." if len(names) > 1 else ""
        begin = 2 * EM + 3 * EM
        hang = begin + press.measure(mark, "fang", EM)
        words = ("附件：" if i == 0 else "") + mark + name.rstrip("。；，")
        lines = press.lines([(words, "fang")], EM, press.area, first=2 * EM if i == 0 else begin, hang=hang)
        rows += [_row(line, 0, element) for line in lines]
    return [blank(keep=True), *rows] if rows else []


def signature(press: Press, paper: OfficialPaper) -> list[Row]:
    """Return 落款, 成文日期 and 附注; with a seal two empty lines above leave its place (none is printed)."""
    date = chinese_date(paper.date)
    wide = press.measure(date, "fang", EM)
    names = press.lines([(paper.issuer, "fang")], EM, press.area - 2 * EM, justify=False) if paper.issuer else []
    longest = max((line.end for line in names), default=0.0)
    if paper.seal:
        at = press.area - 4 * EM - wide
        places = [min(at + wide / 2 - line.end / 2, press.area - line.end) for line in names]
        rows: list[Row] = [blank(2, keep=True)]
    else:
        name_at = min(press.area - 2 * EM - longest, press.area - 4 * EM - wide)
        at = name_at + 2 * EM
        places = [name_at if len(names) == 1 else press.area - 2 * EM - line.end for line in names]
        rows = [blank(keep=True)]
    name, day = press.tag("P"), press.tag("P")
    made = [(line, max(0.0, x), name) for line, x in zip(names, places, strict=True)]
    made += [(line, at, day) for line in press.lines([(date, "fang")], EM, press.area, justify=False)]
    signed = [_row(line, x, element, keep=True) for line, x, element in made]
    if paper.code:
        free = min((x for _, x, _ in made), default=press.area)
        signed = _with_code(
            press.code_size,
            signed,
            press.tag("Figure"),
            beside=free > press.code_size + EM,
            up=PITCH * (1.6 if paper.seal else 0.6),
        )
    if paper.note:
        note = paper.note if paper.note.startswith("（") else f"（{paper.note}）"
        signed += _text(press, note, keep=True)
    rows += signed
    return [_signed(r, keep=i + 1 < len(rows)) for i, r in enumerate(rows)]


def _signed(row: Row, *, keep: bool) -> Row:
    return Row(height=row.height, draw=row.draw, keep=keep, snap=row.snap, sign=True)


def _with_code(size: float, signed: list[Row], element: Element, *, beside: bool, up: float) -> list[Row]:
    """Return the signing rows with the QR at their left, or under them where a long name needs the whole line."""
    first, drawn = signed[0], signed[0].draw
    lift = up if beside else -len(signed) * PITCH

    def draw(at: Press, top: float) -> None:
        if drawn:
            drawn(at, top)
        at.code(element, at.left, top + lift, at.code_size)

    rows = [Row(height=first.height, draw=draw, keep=True, snap=True), *signed[1:]]
    under = 3 if not beside else 1 if len(rows) * PITCH + up < size + PITCH / 2 else 0
    return [*rows, blank(under, keep=True)] if under else rows
