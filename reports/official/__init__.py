"""Official papers (公文) by GB/T 9704-2012: any number of them as one PDF, fonts embedded once, bookmarks, same bytes."""

from collections.abc import Sequence
from typing import Final

import msgspec

from liaison_app.domain.paper_code import check_digits
from liaison_app.domain.papers import OfficialPaper, Slip
from reports.archive import Identity
from reports.book import Book, Drawn, drawn
from reports.fonts import Styles
from reports.official import forms, heads, prose, seats
from reports.official.flow import SPILL, Row, draw_rows, footed, paginate
from reports.official.page import DEPTH, PITCH, PROSE, TOP, Press
from reports.official.photos import draw_photos
from reports.slip import SlipPage

NEAR: Final = 0.01
"""What two depths may differ by and still be the same."""


def draw_official(papers: Sequence[OfficialPaper | Slip], fonts: Styles, data: bytes | None) -> Drawn:
    """Return one PDF of all papers, in their order, with ``data`` attached; the same papers give the same bytes."""

    def draw(book: Book) -> None:
        for paper in papers:
            book.bookmark(" ".join(w for w in (paper.number, paper.title) if w))
            if isinstance(paper, Slip):
                SlipPage(book, paper).draw()
            else:
                _paper(book, paper)

    names = "、".join(p.number or p.title.replace("\n", "") for p in papers)
    codes = tuple(f"{p.code}|{check_digits(p.code)}" for p in papers if isinstance(p, OfficialPaper) and p.code)
    date = max((p.date for p in papers), default="")
    return drawn(Identity(title=names[:200], date=date, data=data, codes=codes), fonts, draw)


def _paper(book: Book, paper: OfficialPaper) -> int:
    press = Press(book, paper, wide=forms.lies(paper))
    pages = _words(press, paper)
    return pages + draw_photos(press, paper.photos, fax=press.style.stock == "fax") if paper.photos else pages


def _words(press: Press, paper: OfficialPaper) -> int:
    if paper.form in PROSE:
        return _prose(press, paper)
    if paper.form in ("cards", "seats"):
        if paper.form == "cards":
            return seats.cards(press, paper)
        cut = seats.plan(press, paper)
        return (
            _cells(press, forms.continued(press, msgspec.structs.replace(paper, sections=()), cut))
            if cut
            else press.page
        )
    if paper.form == "cover":
        press.open_page()
        cut = forms.cover(press, paper)
        press.close_page(number=False)
        rest = cut or paper.sections
        return _cells(press, forms.continued(press, paper, cut)) if rest else 1
    return _cells(press, _sheet(press, paper) if paper.form == "sheet" else forms.table(press, paper))


def _sheet(press: Press, paper: OfficialPaper) -> list[Row]:
    """Return the rows of a sheet; the places for sentences are lower where that saves a page."""
    room = press.height - press.upper - press.lower + SPILL
    before = len(press.top.kids)
    rows = forms.sheet(press, paper)
    many = len(paginate(rows, room, room))
    for high in forms.LOWER if many > 1 and paper.boxes else ():
        tried = list(press.top.kids)
        del press.top.kids[before:]
        lower = forms.sheet(press, paper, high)
        if len(paginate(lower, room, room)) < many:
            return lower
        press.top.kids[:] = tried
    return rows


def _prose(press: Press, paper: OfficialPaper) -> int:
    """Draw head, body and imprint; the imprint ends on the last line, on a page of its own where no room is left."""
    press.open_page()
    begin = heads.head(press, paper)
    above = begin.lines * PITCH
    pages = paginate(prose.body(press, paper), 22 * PITCH - above, 22 * PITCH)
    need = heads.imprint_depth(press, paper)
    pages = footed(pages, DEPTH - above, DEPTH, need)
    left = DEPTH
    for i, page in enumerate(pages):
        if i:
            press.open_page()
        top = TOP - (0 if i else above)
        end = draw_rows(press, page, top, resumed=i > 0, broken=i + 1 < len(pages))
        left = end - (TOP - DEPTH)
        if i + 1 < len(pages):
            press.close_page(number=paper.form != "letter" or i > 0)
    if need and left < need - NEAR:
        press.close_page(number=paper.form != "letter" or press.page > 1)
        press.open_page()
    if need:
        heads.imprint(press, paper)
    press.close_page(number=paper.form != "letter" or press.page > 1)
    return press.page


def _cells(press: Press, rows: Sequence[Row]) -> int:
    """Draw a sheet or a table; a single page carries no number."""
    room = press.height - press.upper - press.lower
    pages = paginate(rows, room + SPILL, room + SPILL)
    for i, page in enumerate(pages):
        press.open_page()
        draw_rows(press, page, press.height - press.upper, resumed=i > 0, broken=i + 1 < len(pages))
        press.close_page(number=len(pages) > 1)
    return press.page
