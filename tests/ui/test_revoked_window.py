"""A lost laptop: its desk is revoked; the window says so at the next contact, and what waits is kept."""

import pytest

from liaison_app.sync import access
from tests.conftest import CALL
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.seats import Seat
from tests.ui.test_sync_window import PICTURES, enter, picture, windows
from ui.views.sync_page import SyncPage

__all__ = ["cluster", "district", "shared_district", "windows"]


@pytest.mark.parametrize(("lang", "word"), [("zh_CN", "管理员"), ("en", "administrator")])
def test_the_window_of_a_revoked_desk(windows, tmp_path, district, lang, word):
    seat = Seat(tmp_path / "lost", district, "p-liaojun")
    seat.act("new", "register", **CALL)
    seat.close()
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-liaojun'")[0][0]
    with district.boss() as boss:
        access.revoke_desk(boss, role, "电脑丢失")
    driven = windows(tmp_path / "lost", lang)
    enter(driven)
    page = SyncPage(driven.workplace.context)
    driven.bot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    desk = driven.program.desk
    driven.until(lambda: desk.sync_state().code in {"desk_revoked", "server_password"}, 30)
    page.refresh()
    driven.until(lambda: desk.sync_state().message in page.state.text())
    assert word in page.state.text()
    assert page.waiting.rowCount() == 1
    assert len(desk.page("all").items) == 1
    picture(driven, f"revoked-{lang}")
    if PICTURES:
        page.grab().save(f"{PICTURES}/revoked-page-{lang}.png")
        driven.key("people")
        driven.dialog("colleaguesDialog").grab().save(f"{PICTURES}/people-{lang}.png")
    assert district.sql("SELECT count(*) FROM ld.act WHERE person='p-liaojun'")[0][0] == 0
