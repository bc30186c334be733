"""移交在办案件 in the window: the list before, the list after, the line in Today of him who takes over."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.ui.conftest import register

PICTURES = os.environ.get("LIAISON_PICTURES")


def picture(widget, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        widget.grab().save(f"{PICTURES}/{name}.png")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_cases_are_handed_over_and_received_in_the_window(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    desk = driven.program.desk
    cases = register(desk, 4)
    driven.key("hand_over")
    dialog = driven.dialog("handOverDialog")
    driven.until(lambda: dialog.sheet.rowCount() == 4)
    dialog.submit()
    assert "原因" in dialog.words.text() or "reason" in dialog.words.text()
    dialog.taker.setCurrentIndex(dialog.taker.findData("p-xuguoqiang"))
    dialog.reason.setCurrentText("出差")
    dialog.deputy.setChecked(True)
    until = (NOON + timedelta(days=6)).date()
    dialog.until.setDate(until)
    picture(dialog, f"hand-over-{lang}")
    dialog.submit()
    driven.until(lambda: dialog.print_button.isEnabled())
    picture(dialog, f"handed-over-{lang}")
    dialog.print_button.click()
    paper = driven.dialog("paperDialog")
    assert paper.document.pageCount() == 1
    if PICTURES:
        Path(PICTURES, "handover.pdf").write_bytes(paper._pdf)
    paper.reject()
    dialog.reject()
    desk.switch_person("p-xuguoqiang")
    driven.workplace.open_list("today")
    driven.settle()
    [task] = [t for t in driven.workplace.today._tasks if t.kind == "charge"]
    picture(driven.window, f"today-charge-{lang}")
    driven.workplace.today._opener(task)()
    received = driven.dialog("receiveDialog")
    driven.until(lambda: received.ok.isEnabled())
    driven.settle()
    picture(received, f"receive-{lang}")
    received.submit()
    driven.until(lambda: driven.shown("receiveDialog") is None)
    assert {one.case_id for one in desk.charges("p-xuguoqiang")} == set(cases)
    driven.workplace.open_case(cases[0])
    driven.settle()
    picture(driven.window, f"case-charge-{lang}")
    assert "许国强" in desk.case(cases[0]).in_charge
