"""The .docx of official papers: measures, fonts by name, words, the same bytes; and LibreOffice opens it where it is installed."""

import io
import shutil
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

import reports
from liaison_app.domain.paper_code import check_digits
from liaison_app.domain.papers import Slip
from tests.documents import beside
from tests.documents.absurd import bare, of_kind, official, slips
from tests.documents.kinds import kinds, name
from tests.documents.official_papers import EACH, LETTER, NOTICE, TABLE, UPWARD, WORDS
from tests.documents.test_geometry import words_of
from tests.documents.test_slip_more import slip
from tests.documents.test_torture import squeezed


def write(paper):
    return reports.renderer(bundled_only=True).official_docx(paper)


def opened(paper):
    return docx.Document(io.BytesIO(write(paper)))


def all_words(document):
    parts = [document.element.body, *(s.footer._element for s in document.sections)]
    return "".join(t.text or "" for part in parts for t in part.iter(qn("w:t")))


@pytest.mark.parametrize("paper", EACH, ids=lambda p: p.form)
def test_every_word_is_in_the_file(paper):
    words = all_words(opened(paper)).replace("　", "")
    expected = [
        paper.issuer,
        *paper.boxes,
        paper.closing,
        paper.opening,
        *paper.to,
        *paper.copies,
        paper.note,
        paper.basis,
    ]
    expected += [w for f in paper.fields if f.value for w in (f.caption, f.value)]
    expected += [w for s in paper.sections for w in (s.heading, *s.text)]
    expected += [w for s in paper.sections if s.table for row in s.table.rows for w in row]
    for text in filter(None, expected):
        assert text.replace("　", "").replace("\n", "") in words, text


def test_a_slip_is_three_parts_with_every_word_its_tear_lines_and_codes():
    one = slip(urgent="特急", title="环境污染投诉移送单", content=WORDS, reprint="补打 第2次")
    raw = reports.renderer(bundled_only=True).slip_docx(one)
    document = docx.Document(io.BytesIO(raw))
    words = all_words(document)
    for text in (
        one.title,
        *(f"（{p}）" for p in one.parts),
        one.received,
        one.urgent,
        one.reprint,
        check_digits(one.number),
    ):
        assert text in words, text
    assert all(c.caption in words and c.value in words for c in (*one.stub, *one.sent, *one.receipt))
    assert words.count("沿此线撕开") == 3 == words.count("（骑缝章）")
    assert len(list(document.element.body.iter(qn("a:blip")))) == 2, "the code of the slip and that of its receipt"
    assert raw == reports.renderer(bundled_only=True).slip_docx(one)


@pytest.mark.parametrize("paper", [*official().values(), *slips().values()], ids=[*official(), *slips()])
def test_absurd_content_is_written_whole(paper):
    made = reports.renderer(bundled_only=True)
    raw = made.slip_docx(paper) if isinstance(paper, Slip) else made.official_docx(paper)
    words = all_words(docx.Document(io.BytesIO(raw))).replace("　", "")
    for text in words_of(paper):
        assert "".join(text.split()).rstrip("。；，") in "".join(words.split()), text[:40]


@pytest.mark.parametrize("pair", kinds(), ids=name)
def test_each_kind_is_written_whole_with_endless_content_and_with_none(pair):
    for paper in (of_kind(pair[1]), bare(pair[1])):
        words = squeezed(all_words(opened(paper)))
        assert [w for w in words_of(paper) if w and squeezed(w).rstrip("。；，") not in words] == []


def test_the_page_has_the_measures_of_the_standard():
    section = opened(LETTER).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    for length, millimetres in zip(sides, (210, 297, 37, 28), strict=True):
        assert length == pytest.approx(Mm(millimetres), abs=Mm(0.1))
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Mm(156), abs=Mm(0.1))
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(grid.get(qn("w:linePitch"))) == 579, "22 lines fill 225 mm"


def test_fonts_are_named_as_offices_have_them():
    fonts = {f.get(qn("w:eastAsia")) for f in opened(UPWARD).element.body.iter(qn("w:rFonts"))}
    assert fonts == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"}


def test_the_mark_is_red_and_a_table_repeats_its_heads():
    reds = [r for p in opened(LETTER).paragraphs for r in p.runs if str(r.font.color.rgb) == "DB0000"]
    assert [r.text for r in reds] == [LETTER.issuer]
    document = opened(TABLE)
    assert document.sections[0].page_width > document.sections[0].page_height
    assert len(list(document.element.body.iter(qn("w:tblHeader")))) == 1


@pytest.mark.parametrize("paper", [LETTER, UPWARD])
def test_the_last_words_go_with_the_signature(paper):
    """The page that is signed carries text: from the last words of the text to the date nothing may be torn apart."""
    made = opened(paper).paragraphs
    said = [p.text for p in made]
    date = next(n for n, text in enumerate(said) if text == "2026年9月30日")
    words = max(n for n, text in enumerate(said[:date]) if text and text in (paper.sections[-1].text or ("",))[-1])
    assert date - words > 3
    assert (
        all(p.paragraph_format.keep_with_next for p in made[words:date])
        and not made[date].paragraph_format.keep_with_next
    )


def test_the_same_paper_gives_the_same_bytes():
    assert write(NOTICE) == write(NOTICE)
    with zipfile.ZipFile(io.BytesIO(write(NOTICE))) as made:
        assert {i.date_time for i in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed; `make papers` needs it")
def test_libreoffice_draws_it_where_the_pdf_has_it(tmp_path):
    found = list(beside.compared(beside.PAPERS, beside.drawn_by_libreoffice(beside.PAPERS, tmp_path)))
    heads = {"mark", "number", "title", "to", "opening", "copies", "printed"}
    seen = set()
    for form, what, own, theirs in found:
        if form in ("letter", "upward", "notice", "minutes") and what in heads:
            seen.add((form, what))
            assert theirs is not None, (form, what)
            assert theirs[0] == own[0], (form, what)
            assert abs(theirs[1] - own[1]) < 3.5, (form, what)
            assert abs(theirs[2] - own[2]) < 3.5, (form, what)
    assert len(seen) > 15
