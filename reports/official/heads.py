"""Heads and feet: red mark, number, red rules, urgency, 签发人; 版记 at the foot of the last page."""

from typing import Final

import msgspec

from liaison_app.domain.papers import OfficialPaper
from reports.composer import Line
from reports.numbers import chinese_date
from reports.official.page import (
    AREA,
    DEPTH,
    EM,
    FOURTH,
    PITCH,
    RED,
    TOP,
    Press,
    number_of,
)  # fmt: skip
from reports.strokes import HEIGHT, WIDTH, mm

RULE: Final = 170 * mm
"""Width of the double rules of a letter."""
RED_RULE: Final = 1.7
MARK: Final = 44.0
"""Largest size of the mark, in points: a superior's is never outdone."""
LEAST_MARK: Final = 26.0
"""A mark that would be smaller in one line takes two or more."""
INK: Final = 0.08
"""From the upper edge of the em-box to the ink of a Han sign, in em: rules measure from the ink."""


class Head(msgspec.Struct, frozen=True):
    """How deep a head reaches: the lines of the grid it takes on the first page."""

    lines: int


def mark_of(paper: OfficialPaper) -> str:
    """Return 发文机关标志 of a form: the name alone on letters, with 文件, or the name of the minutes."""
    if paper.form == "minutes":
        name = paper.issuer.removesuffix("纪要")
        return f"{name}纪要" if name.endswith("会议") else f"{name}会议纪要"
    return paper.issuer if paper.form == "letter" else f"{paper.issuer}文件"


def head(press: Press, paper: OfficialPaper) -> Head:
    """Draw the head of a form on the first page."""
    return {"letter": _letter, "minutes": _minutes}.get(paper.form, _red)(press, paper)


def _mark(press: Press, words: str, top: float, middle: float) -> float:
    """Draw the mark around ``middle`` with its ink from ``top`` down; return the lower edge of its ink."""
    width = AREA - 4
    wide = press.measure(words, "biao", 1)
    size = min(MARK, width / max(1.0, wide))
    if size < LEAST_MARK:
        lines, size = press.display(words, LEAST_MARK + 4, width, 2.6 * (LEAST_MARK + 4))
    else:
        lines = press.lines([(words, "biao")], size, width + 1, justify=False)
    gap = 0.0
    if len(lines) == 1 and len(lines[0].runs) == 1 and len(words) > 1:
        gap = min(size * 0.25, (width - lines[0].end) / (len(words) - 1) / 2)
    y = top + INK * size
    press.mark(press.tag("P"))
    for line in lines:
        runs = tuple(run._replace(spacing=gap) if gap else run for run in line.runs)
        end = line.end + gap * (len(words) - 1 if gap else 0)
        shown = Line(runs, end)
        press.line(shown, middle - end / 2, y, size, colour=RED, bold=press.display_bold)
        y -= size * 1.25
    return y + size * 0.25 + INK * size


def _double(press: Press, y: float, *, thick_above: bool) -> None:
    """Draw the double red rule of a letter; ``y`` is its upper edge."""
    x0, x1 = (WIDTH - RULE) / 2, (WIDTH + RULE) / 2
    thick, thin, gap = 2.6, 0.8, 1.8
    first, second = (thick, thin) if thick_above else (thin, thick)
    press.rule(x0, x1, y - first / 2, first, colour=RED)
    press.rule(x0, x1, y - first - gap - second / 2, second, colour=RED)


def line_after(y: float) -> int:
    """Return the first line of the grid that begins at or under ``y``."""
    return max(0, -int((y - TOP + 0.01) // PITCH))


def _left_marks(press: Press, paper: OfficialPaper, y: float) -> float:
    """Draw 密级 and 紧急程度, 3号黑体, one above the other from the left edge; return the edge under them."""
    for words in (paper.secrecy, paper.urgency):
        if words:
            press.mark(press.tag("P"))
            press.put(words if len(words) != 2 else f"{words[0]}　{words[1]}", press.left, y, "hei", EM)
            y -= PITCH
    return y


def _letter(press: Press, paper: OfficialPaper) -> Head:
    under = _mark(press, mark_of(paper), HEIGHT - 30 * mm, WIDTH / 2) - 4 * mm
    _double(press, under, thick_above=True)
    _double(press, 20 * mm + 5.2, thick_above=False)
    y = under - 5.2 - EM * 7 / 8
    aside = 6 * EM if paper.urgency or paper.secrecy else 0.0  # 密级 with its term and 紧急程度 stand at the left
    further = _number(press, paper, AREA - aside, press.right, y, at=1.0, up=False)
    end = min(_left_marks(press, paper, y), y - PITCH - further)
    return Head(line_after(end + PITCH - EM) + 2)


def _red(press: Press, paper: OfficialPaper) -> Head:
    _left_marks(press, paper, TOP)
    y = _mark(press, mark_of(paper), HEIGHT - 72 * mm, press.left + AREA / 2)
    y = TOP - (line_after(y) + 2) * PITCH
    if paper.form == "upward":
        name = press.words(paper.signed_by, "kai") or "　　　"
        lines = press.lines([("签发人：", "fang"), (name, "kai")], EM, AREA / 2, hang=4 * EM, justify=False)
        widest = max(line.end for line in lines)
        _number(press, paper, AREA - widest - 4 * EM, press.left + EM, y, at=0.0)
        press.mark(press.tag("P"))
        y += PITCH
        for line in lines:
            y -= PITCH
            press.line(line, press.right - EM - widest, y, EM)
    else:
        _number(press, paper, AREA, press.left + AREA / 2, y, at=0.5)
    return _ruled(press, y - EM - 4 * mm)


def _number(
    press: Press, paper: OfficialPaper, width: float, x: float, y: float, *, at: float, up: bool = True
) -> float:
    """Draw the number; ``x`` is its left edge, middle or right edge (``at`` 0, 0.5, 1).

    One too long takes more lines, upwards or downwards; return their depth.
    """
    press.mark(press.tag("P"))
    lines, size = press.fitted(number_of(paper), "fang", EM, width, 2)
    further = (len(lines) - 1) * size * 1.2
    for i, line in enumerate(lines):
        press.line(line, x - line.end * at, y + (further if up else 0.0) - i * size * 1.2, size)
    return further


def _minutes(press: Press, paper: OfficialPaper) -> Head:
    _left_marks(press, paper, TOP)
    y = _mark(press, mark_of(paper), HEIGHT - 72 * mm, press.left + AREA / 2)
    y = TOP - (line_after(y) + 1) * PITCH
    _number(press, paper, AREA, press.left + AREA / 2, y, at=0.5)
    y -= 1.5 * PITCH
    date = chinese_date(paper.date)
    room = AREA - 3 * EM - press.measure(date, "fang", EM)
    lines, size = press.fitted(paper.issuer, "fang", EM, room, 3)
    press.mark(press.tag("P"))
    pitch = PITCH if size == EM else size * 1.3
    for line in lines:
        press.line(line, press.left + EM, y - (EM - size), size)
        y -= pitch
    y += pitch
    press.put_right(date, press.right - EM, y, "fang", EM)
    return _ruled(press, y - EM - 2 * mm)


def _ruled(press: Press, y: float) -> Head:
    press.rule(press.left, press.right, y - RED_RULE / 2, RED_RULE, colour=RED)
    return Head(line_after(y - RED_RULE) + 2)


# -- 版记 ---------------------------------------------------------------------------------------


def imprint_lines(press: Press, paper: OfficialPaper) -> list[Line]:
    """Return the lines of 抄送: 4号仿宋, one sign in on both sides, hanging behind the colon, ending with 。"""
    if not paper.copies:
        return []
    words = "抄送：" + "，".join(c.rstrip("。") for c in paper.copies) + "。"
    return press.lines([(words, "fang")], FOURTH, AREA - 2 * FOURTH, hang=3 * FOURTH)


def imprint_depth(press: Press, paper: OfficialPaper) -> float:
    """Return how deep the imprint is, 0 when there is none: a letter carries 抄送 only."""
    lines = len(imprint_lines(press, paper))
    if paper.form == "letter":
        return lines * _PITCH_4
    return lines * _PITCH_4 + _printed(press, paper)[2] + 4


def _printed(press: Press, paper: OfficialPaper) -> tuple[list[Line], float, float]:
    """Return the lines of 印发机关, their size, and how deep they are: one line of the imprint, more for an endless name."""
    date = f"{chinese_date(paper.date)}印发"
    room = AREA - 3 * FOURTH - press.measure(date, "fang", FOURTH)
    lines, size = press.fitted(paper.issuer, "fang", FOURTH, room, 2)
    return lines, size, max(_PITCH_4, len(lines) * size * 1.2 + 6)


_PITCH_4: Final = FOURTH * 1.6


def imprint(press: Press, paper: OfficialPaper) -> None:
    """Draw the imprint so that it ends on the lower edge of the type area."""
    lines = imprint_lines(press, paper)
    bottom = TOP - DEPTH
    copies, printed = press.tag("P"), press.tag("P")
    if paper.form == "letter":
        press.mark(copies)
        y = bottom + len(lines) * _PITCH_4
        for line in lines:
            press.line(line, press.left + FOURTH, y - (_PITCH_4 - FOURTH) / 2, FOURTH)
            y -= _PITCH_4
        return
    thick, thin = 0.35 * mm, 0.25 * mm
    y = bottom + imprint_depth(press, paper) - 4
    press.rule(press.left, press.right, y, thick)
    press.mark(copies)
    for line in lines:
        press.line(line, press.left + FOURTH, y - (_PITCH_4 - FOURTH) / 2, FOURTH)
        y -= _PITCH_4
    if lines:
        press.rule(press.left, press.right, y, thin)
    names, size, deep = _printed(press, paper)
    press.mark(printed)
    top = y - (deep - (len(names) - 1) * size * 1.2 - size) / 2
    for i, line in enumerate(names):
        press.line(line, press.left + FOURTH, top - i * size * 1.2, size)
    date = f"{chinese_date(paper.date)}印发"
    press.put_right(date, press.right - FOURTH, y - (deep - FOURTH) / 2, "fang", FOURTH)
    press.rule(press.left, press.right, bottom, thick)
