"""Every character that may stand on a paper comes back from its PDF as it was written, in every kind."""

import os
from pathlib import Path

import msgspec
import pytest

import reports
from liaison_app.domain.papers import Field, Section, Table
from tests.documents.kinds import kinds, name, paper
from tests.documents.official_papers import EACH
from tests.documents.reading import structure
from tests.documents.test_slip_more import slip

TABLE_OF_CHARACTERS = "".join(
    line.strip()
    for line in (Path(__file__).parents[1] / "data" / "tgh.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
)
RARE = "䶮㛃𬱖喆堃㙍龑𠅤𫖯𬸚"
PAIRS = "他说：“‘夜间’打桩”，（依法）《办法》。〔2026〕12号——请于2026年10月12日前答复……；【甲】「乙」『丙』？！、·—―…⋯～％℃‰№①②③ⅠⅡ※→×÷±≤≥°′″"
LATIN = "Wi-Fi噪声85.5dB(A)，GB12523—2011，a.b@c.cn，PM2.5≤75μg/m³，No.7 Ltd.，100%、Ωμ"
WIDE = "ＡＢＣａｂｃ０１２３４５６７８９＋－＝（）［］｛｝＃＆＠＄／＼｜～"
MARKS = RARE + PAIRS + LATIN + WIDE
TORTURE = TABLE_OF_CHARACTERS + MARKS
WHOLE = os.environ.get("LIAISON_TORTURE") == "whole"


def test_the_table_of_characters_is_whole():
    assert len(TABLE_OF_CHARACTERS) == len(set(TABLE_OF_CHARACTERS)) == 8105
    assert TABLE_OF_CHARACTERS.startswith("一乙二十")


def said(pdf):
    """Return what the structure of a PDF says, page after page, without breaks and spaces."""
    words = "".join(node.text for page in structure(pdf) for root in page for node in root.walk())
    return "".join(words.split())


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("form", [p.form for p in EACH])
def test_all_characters_come_back_in_each_form(form):
    plain = next(p for p in EACH if p.form == form)
    if form == "cover":
        parts = [TORTURE[i : i + 170] for i in range(0, len(TORTURE), 170)]
        papers = [msgspec.structs.replace(plain, fields=(Field("案卷题名", part),), code="") for part in parts]
        made = reports.renderer(bundled_only=True).official(papers)
        assert made.pages == len(parts), "a cover is one sheet"
        text = said(made.pdf)
        assert [part for part in parts if squeezed(part) not in text] == []
        return
    half = len(TORTURE) // 2  # a field, a paragraph and a cell each say half of it, all of them all of it
    sections = (Section(text=(TORTURE[half:],)), Section(table=Table(heads=("内容",), rows=((TORTURE[:half],),))))
    shown = msgspec.structs.replace(
        plain, sections=sections, fields=(Field("内容", TORTURE),), reprint="", outside=False
    )
    made = reports.renderer(bundled_only=True).official([shown])
    assert made.missing_glyphs == ()
    text = said(made.pdf)
    assert text.count(squeezed(TORTURE)) == 1, "the field"
    assert text.count(squeezed(TORTURE[half:])) == 2, "the paragraph"
    assert text.count(squeezed(TORTURE[:half])) == 2, "the cell"


@pytest.mark.parametrize("bundled_only", [True, False])
def test_all_characters_come_back_in_each_style(bundled_only):
    """小标宋 of titles, 黑体 and 楷体 of headings, 仿宋 and 宋; with the bundled files alone and with what is installed."""
    letter = EACH[0]
    pieces = [TORTURE[i : i + 120] for i in range(0, len(TORTURE), 120)]
    titled = [msgspec.structs.replace(letter, title=piece, code="", sections=(), annexes=()) for piece in pieces]
    headed = [
        msgspec.structs.replace(
            letter, sections=tuple(Section(heading=f"节{p}", level=level, text=("文",)) for p in pieces)
        )
        for level in (1, 2)
    ]
    made = reports.renderer(bundled_only=bundled_only).official([*titled, *headed])
    assert made.missing_glyphs == ()
    text = said(made.pdf)
    assert [piece for piece in pieces if text.count(squeezed(piece)) < 3] == []


def test_all_characters_come_back_from_a_slip():
    made = reports.renderer(bundled_only=True).render([slip(content=TORTURE)])
    assert squeezed(TORTURE) in said(made.pdf)


@pytest.mark.parametrize("pair", list(enumerate(kinds())), ids=lambda pair: name(pair[1]))
def test_a_share_of_all_characters_comes_back_in_each_kind(pair):
    """With LIAISON_TORTURE=whole (make soak) each kind is given all of them."""
    number, (_, document) = pair
    share = TORTURE if WHOLE else TABLE_OF_CHARACTERS[number * 84 : number * 84 + 90] + MARKS
    if document.form == "cover":
        share = share[:170]
    shown = paper(document, "短句", last=share)
    shown = (
        shown
        if any(share in f.value for f in shown.fields) or shown.form == "cover"
        else msgspec.structs.replace(shown, sections=(*shown.sections, Section(text=(share,))))
    )
    made = reports.renderer(bundled_only=True).official([shown])
    assert squeezed(share) in said(made.pdf)


def test_signs_that_share_a_glyph_are_told_apart():
    words = "——―·・…⋯ΩΩμµ～〜"
    made = reports.renderer(bundled_only=True).render([slip(content=words)])
    assert words in said(made.pdf)
