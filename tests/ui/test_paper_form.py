"""填写 in the paper dialog: dates, counts, choices, amounts and text each in its form; what is empty stays empty."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QPushButton

from liaison_app.desk.paper_views import BlankView
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office
from ui.dialogs.paper_form import PaperFormDialog


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, home):
    driven = start(home, lang=request.param)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven


def test_a_paper_is_filled_in_its_dialog(opened):
    driven, desk = opened, opened.program.desk
    desk.renderer = drawing()
    office = Office(desk)
    office.register(channel="transferred")
    office.sit("COMMERCE")
    driven.workplace.open_case(office.case)
    driven.settle()
    driven.until(lambda: bool(driven.page.papers.lines))
    line = next(one for one in driven.page.papers.lines if one.kind == "incoming-sheet")
    driven.page.preview(line)
    paper = driven.dialog("paperDialog")
    driven.until(lambda: paper.fill_button.isVisible(), 20)
    paper.findChild(QPushButton, "fillPaper").click()
    form = driven.dialog("paperForm")
    form.fields["limit"].setDate(QDate(2026, 10, 20))
    form.fields["copies"].setValue(2)
    form.fields["proposal"].setPlainText("转区环保局办理。")
    if folder := os.environ.get("LIAISON_SHOTS"):
        form.grab().save(str(Path(folder) / f"form-{desk.lang}.png"))
    assert form.values()["result"] == "" if "result" in form.values() else True
    form.submit()

    def said():
        return {f.caption: f.value for f in desk.official("incoming-sheet", [office.case])[0].paper.fields}

    driven.until(lambda: said().get("份数") == "2", 20)
    assert said()["交办时限"] == "2026年10月20日" and said()["拟办意见"] == "转区环保局办理。"


def test_each_type_has_a_field_that_says_nothing_until_filled(opened):
    kinds = [
        ("", ""),
        ("date", "2026-10-01"),
        ("moment", "2026-10-01T09:30"),
        ("int", "3"),
        ("money", "12.50"),
        ("choice", "乙"),
        ("text", "a\nb"),
        ("list", "a\nb"),
    ]
    blanks = [
        BlankView(name=kind or "line", label=kind or "line", type=kind, choices=("甲", "乙"), value="")
        for kind, _ in kinds
    ]
    empty = PaperFormDialog(opened.page.context, "urging", "", blanks, lambda: None, opened.window)
    assert set(empty.values().values()) == {""}
    filled = [
        BlankView(name=b.name, label=b.label, type=b.type, choices=b.choices, value=said or "字")
        for b, (_, said) in zip(blanks, kinds, strict=True)
    ]
    form = PaperFormDialog(opened.page.context, "urging", "", filled, lambda: None, opened.window)
    assert form.values() == {b.name: b.value for b in filled}
