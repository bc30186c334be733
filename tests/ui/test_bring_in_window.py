"""旧案移入 in the window: preview, a case left out, the rest comes in with its old number; then nothing is left to do."""

import pytest
from PySide6.QtCore import Qt

from tests.sync.conftest import cluster, district, shared_district
from tests.sync.seats import Seat
from tests.sync.test_bringing import OLD_SECRET, old
from tests.ui.test_sync_window import PICTURES, enter, picture, windows

__all__ = ["cluster", "district", "old", "shared_district", "windows"]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_preview_leave_one_out_and_bring_in(windows, old, tmp_path, district, lang):
    from ui.views.sync_page import SyncPage

    home, cases, numbers, _ = old
    Seat(tmp_path / "member", district, "p-liuyang").close()
    driven = windows(tmp_path / "member", lang)
    enter(driven)
    page = SyncPage(driven.workplace.context)
    driven.bot.addWidget(page)
    page.open_bring_in()
    dialog = driven.dialog("bringInDialog")
    dialog.folder.setText(str(home))
    dialog.secret.setText("不对的口令")
    dialog.preview()
    driven.until(lambda: dialog.look.isEnabled(), 20)
    assert dialog.said.property("role") == "wrong"
    dialog.secret.setText(OLD_SECRET)
    dialog.preview()
    driven.until(lambda: dialog.go.isEnabled(), 20)
    assert dialog.cases.rowCount() == len(cases)
    assert all(dialog.cases.item(n, 0).checkState() == Qt.CheckState.Checked for n in range(len(cases)))
    picture(driven, f"bring-in-{lang}")
    if PICTURES:
        dialog.grab().save(f"{PICTURES}/bring-in-dialog-{lang}.png")
    dialog.cases.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    dialog.bring()
    driven.until(lambda: dialog.look.isEnabled(), 30)
    assert str(len(cases) - 1) in dialog.said.text()
    desk, left = driven.program.desk, dialog.cases.item(0, 0).text()
    brought = {desk.case(row.case_id).old_number for row in desk.page("all").items}
    assert brought == set(numbers.values()) - {left}
    dialog.preview()
    driven.until(lambda: dialog.go.isEnabled(), 20)
    assert len(dialog.chosen()) == 1
    dialog.close()
