"""Ways a paper is printed (OFFICE B8, B13): pre-printed heads, offset, fax, parts of a slip, copies; read back with PDFium."""

import io

import msgspec
import pypdfium2 as pdfium
import pytest
from PIL import Image

import reports
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import Photo, PrintStyle
from liaison_app.intake.pictures import codes_of_picture
from tests.documents.official_papers import LETTER, NOTICE, SHEET
from tests.documents.reading import MM, strokes_and_rules, text_of
from tests.documents.test_slip_more import slip
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office

RENDERER = reports.renderer(bundled_only=True)


def drawn(paper, **style):
    return RENDERER.official([msgspec.structs.replace(paper, style=PrintStyle(**style))]).pdf


def colours(pdf):
    """Return how many pixels of a paper are red and how many dark."""
    red = dark = 0
    document = pdfium.PdfDocument(pdf)
    for page in document:
        for r, g, b in page.render(scale=1).to_pil().convert("RGB").get_flattened_data():
            red += r > g + 60 and r > b + 60
            dark += max(r, g, b) < 90
    return red, dark


@pytest.mark.parametrize("paper", [LETTER, NOTICE])
def test_red_parts_are_left_out_on_paper_that_has_them(paper):
    red, dark = colours(drawn(paper))
    assert red > 500
    without = colours(drawn(paper, stock="preprinted"))
    assert without[0] == 0 and abs(without[1] - dark) < dark * 0.02, "what is black is printed as before"


@pytest.mark.parametrize("paper", [LETTER, NOTICE, SHEET])
def test_a_fax_is_black_and_its_code_large_enough(paper):
    red, dark = colours(drawn(paper, stock="fax"))
    assert red == 0 and dark > 500
    if not paper.code:
        return
    codes = []
    for page in pdfium.PdfDocument(drawn(paper, stock="fax")):
        out = io.BytesIO()
        page.render(scale=100 / 72).to_pil().save(out, "PNG")  # what a fax machine carries: 100 dots an inch
        codes += codes_of_picture(out.getvalue())
    assert any(code.startswith(paper.code) for code in codes)


def test_a_fax_carries_photos_in_grey_and_nothing_of_them_is_lost():
    """OFFICE B13: a black-and-white fax of a paper with photos; the colour copy has them in colour."""
    out = io.BytesIO()
    Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.new("L", (256, 256), 30), Image.new("L", (256, 256), 200)]
    ).save(out, "JPEG")
    paper = msgspec.structs.replace(
        LETTER, photos=tuple(Photo(caption=f"现场照片{n}", content=out.getvalue()) for n in (1, 2, 3))
    )
    plain, fax = drawn(paper), drawn(paper, stock="fax")
    assert colours(plain)[0] > 5000 and colours(fax)[0] == 0
    pages = [pdfium.PdfDocument(pdf) for pdf in (plain, fax)]
    assert len(pages[0]) == len(pages[1])
    said = ["".join(p.get_textpage().get_text_range() for p in pdf) for pdf in pages]
    assert all(f"现场照片{n}" in text for n in (1, 2, 3) for text in said)
    images = [
        sum(1 for page in pdf for o in page.get_objects() if o.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE) for pdf in pages
    ]
    assert images[0] == images[1] >= 3


def test_the_offset_moves_everything_by_millimetres():
    plain = [s for s in strokes_and_rules(drawn(NOTICE))[0] if s.text.strip()]
    moved = [s for s in strokes_and_rules(drawn(NOTICE, dx=2.5, dy=-1.5))[0] if s.text.strip()]
    assert [s.text for s in plain] == [s.text for s in moved]
    for one, other in zip(plain, moved, strict=True):
        if one.text in "演示":
            continue
        assert abs((other.x - one.x) / MM - 2.5) < 0.02 and abs((other.y - one.y) / MM + 1.5) < 0.02


@pytest.mark.parametrize(
    ("parts", "pages", "size"), [("sheet", 1, (210, 297)), ("pages", 3, (210, 297)), ("ply", 1, (241, 279.4))]
)
def test_a_slip_is_one_sheet_or_three_or_continuous_paper(parts, pages, size):
    made = RENDERER.render([slip(style=PrintStyle(parts=parts))])
    document = pdfium.PdfDocument(made.pdf)
    assert made.pages == len(document) == pages
    assert all(abs(got / MM - wanted) < 0.1 for got, wanted in zip(document[0].get_size(), size, strict=True))
    text = "".join(text_of(made.pdf))
    assert ("（存根联）" in text) == (parts != "ply") and "（移送联）" in text and "（回执联）" in text


def test_a_batch_is_one_file_in_the_order_of_its_numbers_with_bookmarks(desk):
    office, cases = Office(desk), []
    desk.renderer = drawing()
    for _ in range(11):
        office.register()
        office.transfer()
        cases.append(office.case)
    office.sit("COMMERCE")
    view = desk.put_out("slip", cases[::-1])
    document = pdfium.PdfDocument(view.pdf)
    marks = [item.get_title() for item in document.get_toc()]
    assert [m.partition("〕")[2] for m in marks] == [f"{n}号" for n in range(1, 12)]
    fonts = view.pdf.count(b"/FontFile")
    assert fonts == desk.paper("slip", cases[:1]).pdf.count(b"/FontFile"), "each font is embedded once"


def test_a_copy_goes_only_to_whom_the_paper_names(desk):
    office = Office(desk)
    desk.renderer = drawing()
    office.accepted()
    office.do("SUPERV", "supervise", reason="群众反映强烈", until="2026-12-03T18:00")
    office.sit("SUPERV")
    first = desk.put_out("supervision", [office.case])
    assert first.copies == ("区工商分局", "12369中心")
    copy = desk.put_out("supervision", [office.case], style=PrintStyle(copy_for="12369中心"))
    assert "副本送：12369中心" in "".join(text_of(copy.pdf))
    assert [n.words for n in desk.paper_register() if n.act == "paper-printed"][-1] == "12369中心"
    with pytest.raises(RuleBroken) as refusal:
        desk.put_out("supervision", [office.case], style=PrintStyle(copy_for="区教委"))
    assert refusal.value.code == "copy_not_named"
