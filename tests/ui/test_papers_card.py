"""The card 文书 on the case page: what there is, one click to see it, printed from there with its number."""

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QPushButton

from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office
from ui.dialogs.print_style import remembered


def opened(driven):
    desk = driven.program.desk
    office = Office(desk)
    office.accepted()
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    office.sit("COMMERCE")
    driven.workplace.open_case(office.case)
    driven.settle()
    return driven, desk, office.case


def test_the_card_lists_what_the_case_can_have_and_one_click_shows_it(driven, home):
    driven, desk, case = opened(driven)
    card = driven.page.papers
    driven.until(lambda: bool(card.lines))
    names = {b.objectName() for b in card.findChildren(QPushButton)}
    assert {"paper_register", "paper_slip", "paper_urging", "paper_notice-transfer"} <= names
    assert "paper_delisting" not in names
    slip = card.findChild(QPushButton, "paper_slip")
    driven.bot.mouseClick(slip, Qt.MouseButton.LeftButton) if slip.isVisible() else slip.click()
    paper = driven.dialog("paperDialog")
    driven.until(lambda: paper.document.pageCount() == 1)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(home.parent / "slip.pdf"))
    paper.print_on(printer)
    driven.settle()
    paper.reject()
    driven.until(lambda: next(p for p in desk.papers(case) if p.kind == "slip").printed == 1)
    driven.settle()
    driven.until(lambda: "已印1次" in driven.page.papers.findChild(QPushButton, "paper_slip").text())


def test_a_paper_gets_its_number_when_it_is_printed_not_when_it_is_seen(driven, home):
    driven, desk, case = opened(driven)
    desk.renderer = drawing()
    driven.until(lambda: bool(driven.page.papers.lines))
    driven.settle()
    driven.page.papers.findChild(QPushButton, "paper_urging").click()
    paper = driven.dialog("paperDialog")
    driven.until(lambda: paper.print_button.isEnabled())
    driven.settle()
    number = next(p for p in desk.papers(case) if p.kind == "urging").number
    assert number == "", "seen, not numbered"
    outside = paper.findChild(QCheckBox, "forOutside")
    outside.click()
    driven.settle()
    outside.click()
    driven.settle()
    paper.save_to(home.parent / "urging.pdf")
    driven.until(lambda: (home.parent / "urging.pdf").exists())
    driven.settle()
    line = next(p for p in desk.papers(case) if p.kind == "urging")
    assert line.number.endswith("〕1号") and line.printed == 1
    paper.reject()


def test_todays_slips_are_shown_by_one_key(driven, home):
    driven, desk, _ = opened(driven)
    driven.key("slips_today")
    paper = driven.dialog("paperDialog")
    driven.until(lambda: paper.document.pageCount() == len(desk.slips_of_today()) >= 1)
    paper.reject()


def test_how_a_kind_is_printed_is_remembered_for_that_kind(driven, home):
    driven, desk, _ = opened(driven)
    desk.renderer = drawing()
    driven.until(lambda: bool(driven.page.papers.lines))
    driven.page.papers.findChild(QPushButton, "paper_urging").click()
    paper = driven.dialog("paperDialog")
    driven.until(lambda: paper.print_button.isEnabled())
    paper.findChild(QPushButton, "printSettings").click()
    style = driven.dialog("printStyle")
    style.stock.setCurrentIndex(style.stock.findData("preprinted"))
    style.dx.stepUp()
    assert style.dx.value() == 0.5
    style.copies.setValue(3)
    style.duplex.setChecked(True)
    shots(driven, paper, style)
    test = QPrinter(QPrinter.PrinterMode.HighResolution)
    test.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    test.setOutputFileName(str(home.parent / "test.pdf"))
    style.print_test(test)
    assert (home.parent / "test.pdf").stat().st_size > 500
    style.keep()
    driven.settle()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.prepare(printer)
    assert printer.copyCount() == 3
    assert remembered(driven.page.context, "urging")["duplex"], "a printer that has two sides will use them"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(home.parent / "urging.pdf"))
    paper.print_on(printer)
    driven.settle()
    driven.until(lambda: [n.copies for n in desk.paper_register() if n.act == "paper-printed"] == [3])
    paper.reject()
    other = QPrinter(QPrinter.PrinterMode.HighResolution)
    driven.page.papers.findChild(QPushButton, "paper_slip").click()
    slip = driven.dialog("paperDialog")
    slip.prepare(other)
    assert other.copyCount() == 1, "another kind goes its own way"


def shots(driven, *widgets):
    """Leave pictures of what is open, where somebody wants to look (LIAISON_SHOTS)."""
    folder = os.environ.get("LIAISON_SHOTS")
    for n, widget in enumerate(widgets if folder else ()):
        widget.grab().save(str(Path(folder) / f"{widget.objectName()}{n}.png"))
