"""The window prints on a real queue: run by tests/ui/test_print_queue.py in a process that knows the private print service."""

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office
from tests.ui.print_queue import NAME, until
from ui.dialogs.print_style import remembered

OUT = Path(os.environ.get("LIAISON_PRINTER", "/nowhere"))


def jobs():
    """Return what came out: (copies, options, title, bytes), the first first."""
    found = sorted(OUT.glob("*.pdf"), key=lambda f: int(f.stem))
    return [(*(OUT / f"{f.stem}.said").read_text().splitlines()[:3], f.read_bytes()) for f in found]


def queue(copies=1, duplex=QPrinter.DuplexMode.DuplexNone):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(NAME)
    assert printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
    printer.setCopyCount(copies)
    printer.setDuplex(duplex)
    return printer


@pytest.fixture
def office(driven):
    made = Office(driven.program.desk)
    made.desk.renderer = drawing()
    for _ in range(3):
        made.accepted()
    made.sit("COMMERCE")
    driven.settle()
    return made


def preview(driven):
    dialog = driven.dialog("paperDialog")
    driven.until(lambda: dialog.print_button.isEnabled())
    driven.settle()
    return dialog


def test_slips_batches_both_sides_copies_and_what_a_queue_refuses(driven, office):
    desk, case = office.desk, office.case
    driven.workplace.open_case(case)
    driven.settle()
    driven.until(lambda: driven.page.papers.findChild(QPushButton, "paper_slip") is not None)
    driven.page.papers.findChild(QPushButton, "paper_slip").click()
    paper = preview(driven)

    # a slip, three copies on both sides: the bytes are those of the file, and both are remembered for the kind
    paper.print_on(queue(3, QPrinter.DuplexMode.DuplexLongSide))
    until(lambda: driven.bot.wait(20) or len(jobs()) == 1)
    driven.until(lambda: desk.paper_case(case).printed == 1)
    copies, options, title, pdf = jobs()[0]
    assert (
        copies == "3"
        and "sides=two-sided-long-edge" in options
        and "print-scaling=none" in options
        and "media=A4" in options
    )
    assert pdf.startswith(b"%PDF") and desk.slip(case).number in title
    note = next(n for n in desk.paper_register() if n.kind == "slip" and n.act == "paper-printed")
    assert note.copies == 3
    kept = remembered(driven.page.context, "slip")
    assert (kept["copies"], kept["duplex"]) == (3, True)
    again = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.prepare(again)
    assert again.copyCount() == 3 and again.duplex() == QPrinter.DuplexMode.DuplexLongSide
    paper.reject()

    # all slips of today by one key
    driven.key("slips_today")
    batch = preview(driven)
    assert batch.document.pageCount() == 3
    batch.print_on(queue())
    until(lambda: driven.bot.wait(20) or len(jobs()) == 2)
    assert "sides=one-sided" in jobs()[1][1] and jobs()[1][0] == "1"
    driven.until(lambda: desk.paper_case(case).printed == 2)

    # no paper: the first job waits, the second is told of it; both come out once there is paper
    (OUT / "no-paper").touch()
    batch.print_on(queue())
    driven.until(lambda: desk.paper_case(case).printed == 3)
    until(lambda: "media-empty" in said("lpstat", "-l", "-p", NAME))
    batch.print_on(queue())
    words = told(driven)
    assert "缺纸" in words and "不要再打一次" in words
    driven.until(lambda: desk.paper_case(case).printed == 4)
    assert len(jobs()) == 2
    (OUT / "no-paper").unlink()
    until(lambda: driven.bot.wait(20) or len(jobs()) == 4)

    # the queue is stopped: said, nothing printed or recorded
    said("cupsdisable", NAME)
    batch.print_on(queue())
    assert "已暂停" in told(driven)
    said("cupsenable", NAME)
    assert desk.paper_case(case).printed == 4 and len(jobs()) == 4

    # the print service has gone
    printer = queue()
    os.kill(int(os.environ["LIAISON_CUPSD"]), 15)
    until(lambda: "is running" not in said("lpstat", "-r"))
    batch.print_on(printer)
    assert "没有找到打印机" in told(driven)
    assert desk.paper_case(case).printed == 4
    batch.reject()


def said(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.stdout + done.stderr


def told(driven):
    """Return what the window says in its error dialog, and close it."""
    dialog = driven.dialog("errorDialog")
    words = "\n".join(
        label.text() for label in dialog.findChildren(QLabel, options=Qt.FindChildOption.FindChildrenRecursively)
    )
    dialog.close()
    driven.settle()
    return words
