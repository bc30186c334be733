"""Roster and settings of the district written in the window of a member's desk; without the line it says so and keeps the words."""

import pytest

from liaison_app.domain.events import Person
from liaison_app.sync import server
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat
from tests.ui.test_sync_window import enter, picture, windows

__all__ = ["cluster", "district", "shared_district", "windows"]


def names(dialog):
    return [dialog.table.item(at, 0).text() for at in range(dialog.table.rowCount())]


@pytest.mark.parametrize(("lang", "word"), [("zh_CN", "没有连上"), ("en", "shared database answers")])
def test_the_administrator_keeps_the_roster_in_the_window(windows, tmp_path, district, lang, word):
    chief = Person(id="p-zhoumin", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
    with district.boss() as boss:
        server.enter_people(boss, [chief])
    proxy = Proxy(district.cluster.port)
    Seat(tmp_path / "a", district, "p-zhoumin", proxy.port).close()
    driven = windows(tmp_path / "a", lang)
    enter(driven)
    driven.key("people")
    dialog = driven.dialog("colleaguesDialog")
    driven.until(lambda: "赵文静" in names(dialog), 20)
    picture_of(dialog, f"roster-{lang}")
    proxy.closed = proxy.hole = True
    driven.program.watcher._wire.cut()
    dialog.add.click()
    form = driven.dialog("entryDialog")
    form.name.setText("新同事")
    form.submit()
    driven.until(lambda: word in form.words.text(), 40)
    picture_of(form, f"roster-no-line-{lang}")
    assert form.name.text() == "新同事"
    proxy.heal()
    form.body.setCurrentIndex(form.body.findData("EPB"))
    form.submit()
    driven.until(lambda: "新同事" in names(dialog), 40)
    dialog.table.selectRow(names(dialog).index("新同事"))
    assert not dialog.open_.isEnabled()
    dialog.correct.click()
    move = driven.dialog("entryDialog")
    picture_of(move, f"roster-move-{lang}")
    move.reject()
    assert district.sql("SELECT body FROM ld.person WHERE name='新同事'") == [("EPB",)]
    dialog.accept()
    picture(driven, f"entered-{lang}")


def picture_of(widget, name):
    from tests.ui.test_sync_window import PICTURES

    if PICTURES:
        widget.grab().save(f"{PICTURES}/{name}.png")
