"""The page 登记簿: chosen by key, filtered, printed, exported, a line opens its case."""

import os
from pathlib import Path

from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office


def test_a_register_is_looked_through_printed_exported_and_opened(driven, home):
    desk = driven.program.desk
    desk.renderer = drawing()
    office = Office(desk)
    office.accepted()
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    office.sit("COMMERCE")
    number = desk.put_out("urging", [office.case]).number
    driven.key("books")
    page = driven.page
    assert page.objectName() == "booksPage"
    driven.until(lambda: page.book is not None and any(number in line.cells for line in page.book.lines))
    folder = os.environ.get("LIAISON_SHOTS")
    if folder:
        driven.window.grab().save(str(Path(folder) / "books.png"))
    page.words.setText(number)
    page.refresh()
    driven.until(lambda: len(page.book.lines) == 1)
    page.print_papers()
    dialog = driven.dialog("paperDialog")
    driven.until(lambda: dialog.document.pageCount() == 1)
    size = dialog.document.pagePointSize(0)
    assert size.width() > size.height(), "a register is printed lying"
    dialog.reject()
    for name in ("发文.csv", "发文.xlsx"):
        page.export_to(home.parent / name)
        driven.until((home.parent / name).exists)
    assert (home.parent / "发文.xlsx").read_bytes().startswith(b"PK")
    page.which.setCurrentIndex(page.which.findData("delivery"))
    driven.until(lambda: page.book.book == "delivery" and page.sheet.columnCount() == 9)
    page.words.setText("")
    page.which.setCurrentIndex(page.which.findData("outgoing"))
    driven.until(lambda: page.book.book == "outgoing" and len(page.book.lines) > 1)
    page._open(0)
    driven.until(lambda: driven.page.objectName() != "booksPage")
    assert driven.workplace.place().name == office.case
