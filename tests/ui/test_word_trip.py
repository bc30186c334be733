"""To WPS and back: a letter goes out as .docx, is changed there with tracked changes, comes back as a version."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PySide6.QtWidgets import QLabel

from liaison_app.desk.opening import open_desk
from liaison_app.domain.errors import RuleBroken
from liaison_app.intake.letters import body_of, read_letter
from tests.conftest import NOON
from tests.journeys.test_papers import drawing
from tests.replies import in_hand

TEXT = "王喆堃同志：\n经查，该店夜间施工属实。\n我局已责令其停工。\n感谢您的监督。"


def edited(content, *, track=True):
    """Change a letter as a writer in WPS does: one sentence replaced by tracked changes, one paragraph gone, one new."""
    document = Document(io.BytesIO(content))
    lines = {p.text.strip("　 "): p for p in document.paragraphs}
    stop = lines["我局已责令其停工。"]
    if track:
        run = stop.runs[-1]
        gone = parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="何建平"><w:r><w:delText>我局已责令其停工。</w:delText></w:r></w:del>'
        )
        come = parse_xml(
            f'<w:ins {nsdecls("w")} w:id="2" w:author="何建平"><w:r><w:t>我局已责令其立即停工并罚款。</w:t></w:r></w:ins>'
        )
        run._r.addnext(gone)
        gone.addnext(come)
        run._r.getparent().remove(run._r)
    else:
        stop.runs[-1].text = "我局已责令其立即停工并罚款。"
    thanks = lines["感谢您的监督。"]
    thanks.insert_paragraph_before("整改情况将于10月15日前复查。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("track", [True, False])
def test_a_letter_comes_back_with_its_changes_and_without_head_and_foot(desk, track):
    desk.renderer = drawing()
    case = in_hand(desk)
    content = desk.letter_docx(case, "formal", TEXT)
    same = desk.read_back(case, "formal", TEXT, "回复.docx", content)
    assert (same.text, same.changes, same.known) == (TEXT, 0, True)
    back = desk.read_back(case, "formal", TEXT, "回复.docx", edited(content, track=track))
    assert back.text == (
        "王喆堃同志：\n经查，该店夜间施工属实。\n我局已责令其立即停工并罚款。\n整改情况将于10月15日前复查。\n感谢您的监督。"
    )
    assert (back.changes, back.by) == ((2, ("何建平",)) if track else (0, ())) and back.known


def test_what_is_no_letter_of_ours_is_refused_in_words_or_read_whole(desk):
    desk.renderer = drawing()
    case = in_hand(desk)
    for name, content, code in (
        ("a.wps", b"\xd0\xcf\x11\xe0", "letter_old_format"),
        ("a.docx", b"PK\x03\x04broken", "letter_unreadable"),
        ("a.docx", b"", "letter_unreadable"),
    ):
        with pytest.raises(RuleBroken, match=code):
            desk.read_back(case, "formal", TEXT, name, content)
    document = Document()
    document.add_paragraph("另起炉灶的一段话。")
    out = io.BytesIO()
    document.save(out)
    found = desk.read_back(case, "formal", TEXT, "新.docx", out.getvalue())
    assert found.text.endswith("另起炉灶的一段话。") and not found.known
    assert read_letter("x.docx", out.getvalue()).lines == ("另起炉灶的一段话。",)
    assert body_of(["信头", "正文", "落款"], ["信头"], ["落款"]) == (("正文",), True)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_in_the_window_the_differences_are_shown_and_become_a_version(start, home, tmp_path, lang):
    desk = open_desk(home, person="p-zhoumin", now=NOON)
    case = in_hand(desk)
    desk.save_version(case, 1, "written", TEXT)
    desk.close()
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    driven.workplace.open_reply(case)
    driven.until(lambda: driven.page.reply is not None)
    driven.settle()
    page = driven.page
    page.tabs.setCurrentIndex(1)
    path = tmp_path / "回复稿.docx"
    page.wps.write_to(path)
    driven.until(path.exists)
    driven.settle()
    path.write_bytes(edited(path.read_bytes()))
    page.wps.read_from(path)
    dialog = driven.dialog("returnedDialog")
    assert "立即停工并罚款" in dialog.compared.toPlainText()
    assert any("何建平" in one.text() for one in dialog.findChildren(QLabel))
    dialog.take.click()
    driven.settle()
    driven.until(lambda: len(page.reply.versions) == 2)
    assert "立即停工并罚款" in page.reply.versions[-1].text and page.reply.state == "drafted"
    page.wps.read_from(tmp_path / "没有.docx")
    driven.dialog("errorDialog").accept()
