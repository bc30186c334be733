"""The joint meeting in the real window: proposed items become the agenda in a few strokes, the pack is one file."""

import os
from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent

from tests.conftest import CALL, NOON
from tests.ui.test_reach import _cut, _nameless, _small
from ui.widgets.fields import set_value


@pytest.fixture(params=["zh_CN", "en"])
def opened(request, start, home):
    driven = start(home, lang=request.param, now=NOON + timedelta(days=60), person="p-zhaowenjing")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven


def _picture(widget, name):
    folder = os.environ.get("LIAISON_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def whole(widget):
    assert (_nameless(widget), _small(widget), _cut(widget)) == ([], [], [])


def drop(sheet, before):
    """Let the row on which one stands go where a mouse lets it go: on the row before which it is to stand, or below all."""
    at = sheet.visualItemRect(sheet.item(min(before, sheet.rowCount() - 1), 0))
    point = QPointF(at.center() if before < sheet.rowCount() else QPoint(at.left() + 5, 100_000))
    data = sheet.model().mimeData(sheet.selectedIndexes())
    sheet.dropEvent(
        QDropEvent(point, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )


def test_proposed_items_become_the_agenda_and_the_pack_is_one_file(opened, tmp_path):
    """M1-MTG-01, M1-MTG-03."""
    desk, lang = opened.program.desk, opened.program.desk.lang
    desk.switch_person("p-zhoumin")
    for _ in range(3):
        desk.act_from("new", "register", CALL)
    desk.switch_person("p-zhaowenjing")
    opened.key("ledger")
    page = opened.page
    page.list.setCurrentCell(next(i for i, k in enumerate(page.kinds) if k.kind == "meeting/joint"), 0)
    opened.settle()
    page.new_record()
    dialog = opened.dialog("record_open")
    agenda = dialog.tables["agenda"]
    before = len(agenda.lines)
    dialog.suggest()
    proposed = opened.dialog("agendaDialog")
    opened.until(lambda: proposed.list.count() > 0)
    _picture(proposed, f"agenda-{lang}")
    whole(proposed)
    opened.bot.keyClick(proposed.list, Qt.Key.Key_Space)
    opened.bot.keyClick(proposed.list, Qt.Key.Key_Down)
    opened.bot.keyClick(proposed.list, Qt.Key.Key_Space)
    opened.bot.mouseClick(proposed.ok, Qt.MouseButton.LeftButton)
    opened.settle()
    assert len(agenda.lines) == before + 2 and agenda.lines[-1]["case"]
    last = agenda.lines[-1]
    agenda.sheet.setCurrentCell(before + 1, 0)
    agenda.shift(-1)
    assert agenda.lines[before] == last and agenda.sheet.currentRow() == before
    order = [line["item"] for line in agenda.lines]
    opened.bot.keyClick(agenda.sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert agenda.lines[before + 1] == last, "by the keyboard"
    drop(agenda.sheet, 0)
    assert agenda.lines[0] == last and agenda.sheet.currentRow() == 0, "let go above the first"
    drop(agenda.sheet, len(agenda.lines))
    assert agenda.lines[-1] == last, "let go below the last"
    drop(agenda.sheet, len(agenda.lines) - 1)
    opened.bot.keyClick(agenda.sheet, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [line["item"] for line in agenda.lines] == order
    set_value(dialog.inputs["theme"], "第四季度联席会议")
    _picture(dialog, f"meeting-open-{lang}")
    opened.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    opened.settle()
    opened.until(lambda: opened.page.objectName() == "recordPage" and opened.page.record is not None)
    opened.settle()
    line = next(p for p in opened.page._papers if p.kind == "pack")
    opened.page.preview(line)
    dialog = opened.dialog("paperDialog")
    opened.until(lambda: dialog.document.pageCount() > 5, 40)
    opened.settle()
    _picture(dialog, f"pack-{lang}")
    whole(dialog)
    _picture(opened.window, f"meeting-{lang}")
    whole(opened.window)
    file = tmp_path / "汇编.pdf"
    desk.put_out("pack", [opened.page.record.number], way="saved", write=file.write_bytes)
    text = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(str(file)))
    assert last["case"] in text
