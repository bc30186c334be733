"""The slip: text that can be found again, rare characters, identity, length, the same bytes."""

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

import reports
from liaison_app.desk.papers import make
from liaison_app.domain.papers import RecoverySheet
from tests.conftest import CALL

RARE = "㛃𬱖䶮喆堃㙍龑"


def words_of(pdf):
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    text = "".join(document.getAllText(i).text() for i in range(document.pageCount()))
    pages = document.pageCount()
    document.close()
    return pages, "".join(text.split())


@pytest.fixture
def slip(desk):
    def made(renderer=None, **more):
        case = desk.act_from("new", "register", {**CALL, **more}).case
        desk.act_from(case, "propose-transfer", {})
        return make(desk, renderer or reports.renderer(bundled_only=True), "slip", [case])

    return made


def test_the_slip_carries_what_the_catalogue_lists(desk, slip):
    """M1-TRF-12: each item of the default list has its cell on the paper, the facts that decided the lead with their words."""
    paper = slip(external_no="12345-2026-0930-77")
    sheet = desk.slip(desk.page("all").items[0].case_id)
    cells = {c.caption: c.value for c in (*sheet.sent, *sheet.stub, *sheet.receipt)}
    listed = {
        "来件时间", "来源", "投诉对象", "事发地点", "投诉内容", "投诉人", "投诉人地址", "联系方式", "判定事实", "紧急程度", "移送依据", "牵头单位",
        "办理时限", "移送单位", "接收单位", "移送方式", "拟办人", "批准", "送达确认", "签收人及时间",
    }  # fmt: skip
    assert listed <= set(cells)
    assert (cells["紧急程度"], cells["牵头单位"], cells["外部编号"]) == ("加急", "区环保局", "12345-2026-0930-77")
    assert "夜间" in cells["判定事实"]
    pages, text = words_of(paper.pdf)
    assert pages == paper.pages == 1 and all(name in text for name in listed)
    assert "".join(cells["判定事实"].split()) in text


def test_rare_characters_survive_from_search_to_paper(desk, slip):
    paper = slip(complainant_name=RARE)
    assert desk.page("all", search="㛃𬱖").items
    pages, text = words_of(paper.pdf)
    assert pages == paper.pages == 1
    assert RARE in text
    assert paper.missing_glyphs == ()


def test_a_character_no_font_has_is_named(slip):
    paper = slip(complainant_name="王𨭎")
    assert paper.missing_glyphs == ("𨭎 U+28B4E",)
    text = words_of(paper.pdf)[1]
    assert "𨭎" not in text
    assert "王□U+28B4E" in text, "the place says which character is missing"


def test_the_fonts_named_are_those_embedded(slip):
    paper = slip(reports.renderer(), complainant_name="王𨭎")
    names = {words.split()[0] for words in paper.fonts}
    assert names == {"NotoSansSC-Regular", "NotoSerifSC-Regular", "LXGWWenKai-Regular"}
    assert all(len(words.split()[1]) == 64 for words in paper.fonts)


def test_the_recovery_sheet_can_be_typed_from():
    groups = ("2ABCD", "3EFGH", "4JKMN", "5PQRS", "6TUVW", "7XYZ2", "8ABCD", "9EFGH")
    sheet = RecoverySheet(district="渝北区", body="区工商分局", person="周敏", date="2026-09-30", groups=groups)
    paper = reports.renderer(bundled_only=True).recovery(sheet)
    pages, text = words_of(paper.pdf)
    assert (pages, paper.pages) == (1, 1)
    assert all(f"第{i + 1}组" in text and group in text for i, group in enumerate(groups))
    assert reports.renderer(bundled_only=True).recovery(sheet).pdf == paper.pdf


def test_an_installed_font_draws_it(slip):
    paper = slip(reports.renderer(), complainant_name="王𨭎")
    assert paper.missing_glyphs == ()
    assert "王𨭎" in words_of(paper.pdf)[1]


def test_same_input_same_bytes(desk, slip):
    first = slip()
    case = desk.page("all").items[0].case_id
    again = make(desk, reports.renderer(bundled_only=True), "slip", [case])
    assert first.pdf == again.pdf


def test_long_content_goes_on_a_further_page(slip):
    pages, text = words_of(slip(content="".join(f"第{i}句话很长很长。" for i in range(300))).pdf)
    assert pages == 3
    assert "第0句" in text
    assert "第299句" in text


def test_strict_confidentiality_leaves_no_identity(slip):
    text = words_of(slip(confidential="strict").pdf)[1]
    assert "由首接单位转告" in text
    for word in ("王喆堃", "13900000001", "滨河路10号"):
        assert word not in text
