"""A new version drafted, checked while it is typed, kept over a crash, shown in words and published, in the real window."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from liaison_app.mechanism.profile import bundled_text, parse
from tests.conftest import CALL, NOON
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office
from tests.ui.test_reach import _cut, _nameless, _small
from ui.views.version_page import EDITED


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, home):
    driven = start(home, lang=request.param)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven


def begin(driven):
    driven.key("mechanism")
    driven.page.open_tab("versions")
    driven.settle()
    driven.page.versions.begin_draft()
    driven.until(lambda: driven.page.objectName() == "versionPage" and driven.page.view is not None, seconds=20)
    driven.settle()
    return driven.page


def choose(page, part, **wanted):
    page.bar.setCurrentIndex(EDITED.index(part))
    at = next(i for i, r in enumerate(page.parts[part]) if all(r.get(k) == v for k, v in wanted.items()))
    page.sheet.setCurrentCell(at, 0)
    return at


def retype(driven, field, words):
    field.setFocus()
    field.selectAll()
    if words.isascii():
        QTest.keyClicks(field, words)
    else:  # as an input method does it
        typed = QInputMethodEvent()
        typed.setCommitString(words)
        QCoreApplication.sendEvent(field, typed)
    driven.settle()


def checked(driven, holds):
    page = driven.page

    def done():
        still = page.view is None or page._check.isActive() or not driven.program.bridge.idle
        return not still and bool(holds(page))

    driven.until(done, 60)


def test_a_draft_is_checked_while_typed_and_published_in_words(opened):
    case = opened.program.desk.act_from("new", "register", CALL).case
    page = begin(opened)
    for index in range(len(EDITED)):
        page.bar.setCurrentIndex(index)
        opened.settle()
        opened.bot.wait(60)
        assert (_nameless(opened.window), _small(opened.window), _cut(opened.window)) == ([], [], []), EDITED[index]
        assert opened.window.minimumSizeHint().width() <= 1366
    at = choose(page, "deadlines", rule="M1-RPL-04", event="direct")
    retype(opened, page.form.fields["amount"], "fifteen")
    assert page.parts["deadlines"][at]["amount"] == 15, "what cannot be read is not taken"
    retype(opened, page.form.fields["amount"], "0")
    checked(opened, lambda p: p.view.findings)
    assert page.view.findings[0].row == at
    expected = "an amount above 0" if page.context.lang == "en" else "请填写大于0的数"
    assert expected in page.sheet.item(at, 2).text()
    assert not page.publish_button.isEnabled()
    retype(opened, page.form.fields["unit"], "个月")
    assert page.parts["deadlines"][at]["unit"] == "WD", "what is no unit is not taken"
    retype(opened, page.form.fields["unit"], "自然日" if page.context.lang != "en" else "days")
    assert page.parts["deadlines"][at]["unit"] == "ND", "a unit as people say it"
    retype(opened, page.form.fields["unit"], "wd")
    assert page.parts["deadlines"][at]["unit"] == "WD"
    assert page.rest.text().startswith(("这些表在这里改", "These tables are changed here"))
    retype(opened, page.form.fields["amount"], "10")
    checked(opened, lambda p: not p.view.findings)
    retype(opened, page.day, "2026-09-30")
    retype(opened, page.reason, "区府办〔2026〕12号")
    checked(opened, lambda p: p.publish_button.isEnabled())
    page.publish()
    dialog = opened.dialog("publishDialog")
    shown = [dialog.sheet.item(i, 3).text() for i in range(dialog.sheet.rowCount())]
    assert any("10" in words for words in shown)
    assert dialog.sheet.rowCount() == 2, "the limit, and the number of the version"
    opened.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    opened.until(lambda: len(opened.program.desk.versions()) == 2)
    opened.settle()
    desk = opened.program.desk
    assert [v.in_force for v in desk.versions()] == [False, True]
    text = desk.version_text("M1@2")
    profile = parse(text.encode(), "")[0]
    assert next(d.amount for d in profile.deadlines if (d.rule, d.event) == ("M1-RPL-04", "direct")) == 10
    old, new = bundled_text("M1").decode().splitlines(), text.splitlines()
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 2, "all other words of the file are as they were"
    assert desk.drafts() == ()
    panel = opened.page.versions
    assert panel.sheet.rowCount() == 2
    panel.move_all("统一办理")
    opened.settle()
    assert desk.cases_of("M1@2") == (case,)


def test_rows_are_added_moved_and_taken_out(opened):
    page = begin(opened)
    at = choose(page, "routing", row="N-02")
    rows = list(page.parts["routing"])
    page.add_row()
    checked(opened, lambda p: p.view.findings)
    assert page.sheet.currentRow() == at + 1
    expected = "stands twice" if page.context.lang == "en" else "出现两次；请只留一处"
    assert expected in page.sheet.item(at + 1, 2).text()
    page.remove_row()
    checked(opened, lambda p: not p.view.findings)
    assert page.parts["routing"] == rows
    choose(page, "posts", id=rows and page.parts["posts"][0]["id"])
    page.move_row(1)
    checked(opened, lambda p: not p.view.findings)
    assert page.parts["posts"][1]["id"] == parse(bundled_text("M1"), "")[0].posts[0].id
    assert {c.part for c in page.view.changes} and len(page.view.changes) == 2


def test_a_draft_survives_a_crash_and_is_sealed(start, home):
    driven = start(home)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    page = begin(driven)
    choose(page, "posts", id="EPB")
    retype(driven, page.form.fields["name"], "区生态环境局")
    driven.until(lambda: any(d.kind == "profile" for d in driven.program.desk.drafts()))
    driven.program.desk.close()  # the program ends here without a farewell
    again = start(home)
    again.until(lambda: again.workplace is not None)
    again.settle()
    page = begin(again)
    assert any(row.get("name") == "区生态环境局" for row in page.parts["posts"])
    page.leave()


def test_a_file_is_taken_into_the_draft_and_what_is_none_is_told(start, home, tmp_path):
    driven = start(home, now=NOON)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    page = begin(driven)
    file = tmp_path / "x.yaml"
    file.write_text(bundled_text("M1").decode().replace('version: "1"', 'version: "2026-10"'), encoding="utf-8")
    page.take_file(str(file))
    driven.until(lambda: page.version.text() == "2026-10", 20)
    out = tmp_path / "out.yaml"
    page.write_file(str(out))
    driven.until(out.exists, 20)
    driven.settle()
    assert out.read_text(encoding="utf-8") == file.read_text(encoding="utf-8").replace('"2026-10"', '"2026-10"')
    before = page.parts
    file.write_text("just words", encoding="utf-8")
    page.take_file(str(file))
    dialog = driven.dialog("errorDialog")
    assert dialog is not None
    dialog.close()
    assert page.parts is before


def test_an_administrator_changes_words_fields_and_order_of_a_paper_and_sees_it(opened):
    desk = opened.program.desk
    desk.renderer = drawing()
    page = begin(opened)
    at = choose(page, "documents", kind="urging")
    fields = page.form.paper_fields
    captions = [f["zh"] for f in page.parts["documents"][at]["fields"]]
    fields.list.setCurrentRow(1)
    fields.shift(-1)
    assert [f["zh"] for f in page.parts["documents"][at]["fields"]][:2] == captions[1::-1]
    retype(opened, fields.caption, "移送单文号")
    retype(opened, page.form.fields["title"], "关于催办{case.object|case.place}投诉的通知")
    fields.add()
    assert (
        page.parts["documents"][at]["fields"][1]["zh"] == "新栏"
        or "New" in page.parts["documents"][at]["fields"][1]["zh"]
    )
    fields.remove()
    folder = os.environ.get("LIAISON_SHOTS")
    if folder:
        opened.window.grab().save(str(Path(folder) / f"documents-{opened.program.desk.lang}.png"))
    page.preview()
    dialog = opened.dialog("paperDialog")
    opened.until(lambda: dialog.document.pageCount() == 1)
    words = dialog.document.getAllText(0).text().replace("\n", "").replace("\r", "")
    assert "关于催办×××投诉的通知" in words and "〔移送单文号〕" in words
    if folder:
        dialog.grab().save(str(Path(folder) / f"specimen-{opened.program.desk.lang}.png"))
    dialog.reject()
    fields.source.setEditText("case.nobody")
    checked(opened, lambda p: p.view.findings)
    assert page.view.findings[0].row == at and "case.nobody" in page.view.findings[0].expected
    assert not page.publish_button.isEnabled(), "the old one stays"
    fields.source.setCurrentIndex(fields.source.findText("transfer.number　", Qt.MatchFlag.MatchStartsWith))
    assert page.parts["documents"][at]["fields"][0]["source"] == "transfer.number"
    checked(opened, lambda p: not p.view.findings)
    case = Office(desk)
    case.accepted()
    case.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    old = desk.official("urging", [case.case])[0].paper
    assert old.title == "催办单", "a running case keeps the form it began with"
    case.sit("COMMERCE")
    desk.publish_version(page.view.text.encode(), "2026-09-30", "统一催办单格式")
    case.accepted()
    case.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    new = desk.official("urging", [case.case])[0].paper
    assert new.title == "关于催办锦绣名城工地投诉的通知"
    assert [f.caption for f in new.fields][:2] == ["移送单文号", "案件编号"]
    assert [f.caption for f in old.fields][:2] == ["案件编号", "移送单编号"]


def test_an_administrator_changes_the_cells_of_the_slip_and_cannot_break_its_measures(opened):
    desk = opened.program.desk
    desk.renderer = drawing()
    page = begin(opened)
    at = choose(page, "documents", kind="slip")
    fields = page.form.paper_fields
    rows = page.parts["documents"]
    captions = [f["zh"] for f in rows[at]["fields"]]
    fields.list.setCurrentRow(captions.index("办理时限"))
    assert fields.places["sent"].currentData() == "full" and fields.places["stub"].currentData() == ""
    fields.places["stub"].setCurrentIndex(fields.places["stub"].findData("full"))
    retype(opened, fields.caption, "办结时限")
    retype(opened, fields.empty, "以电话告知为准")
    retype(opened, page.form.fields["received"], "贵单位移送材料收悉。")
    fields.list.setCurrentRow(captions.index("备注"))
    fields.places["receipt"].setCurrentIndex(0)
    assert "places" not in page.parts["documents"][at]["fields"][captions.index("备注")]
    folder = os.environ.get("LIAISON_SHOTS")
    if folder:
        opened.window.grab().save(str(Path(folder) / f"slip-cells-{desk.lang}.png"))
    page.preview()
    dialog = opened.dialog("paperDialog")
    opened.until(lambda: dialog.document.pageCount() == 1)
    words = "".join(dialog.document.getAllText(0).text().split())
    assert words.count("〔办结时限〕") == 2 and "贵单位移送材料收悉" in words and "备注" not in words
    dialog.reject()
    checked(opened, lambda p: not p.view.findings)
    for name in ("签收人及时间", "接收单位", "联系人及电话"):
        fields.list.setCurrentRow(captions.index(name))
        fields.places["receipt"].setCurrentIndex(0)
    checked(opened, lambda p: p.view.findings)
    wanted = {"zh_CN": "回执联没有", "en": "none on receipt"}[desk.lang]
    assert wanted in page.view.findings[0].expected and not page.publish_button.isEnabled()
    fields.places["receipt"].setCurrentIndex(fields.places["receipt"].findData("half"))
    checked(opened, lambda p: not p.view.findings)
    office = Office(desk)
    office.accepted()
    office.sit("COMMERCE")
    before = desk.slip(office.case)
    desk.publish_version(page.view.text.encode(), "2026-09-30", "移送单加办结时限")
    assert desk.slip(office.case) == before, "a running case keeps the slip it began with"
    office.accepted()
    after = desk.slip(office.case)
    assert [c.caption for c in after.stub][-1] != "办结时限" and "办结时限" in [c.caption for c in after.stub]
    assert [c.caption for c in after.receipt] == ["联系人及电话"]
