"""A first synchronisation over a line of 90 kilobytes a second, in the window: how far it is, what is missing, 只现在同步.

Acts go before attachments, and the person can work meanwhile.
"""

import random

import pytest
from PySide6.QtWidgets import QPushButton

from liaison_app.sync import wire
from tests.conftest import CALL
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat
from tests.ui.test_sync_window import PICTURES, picture, windows, words_of

__all__ = ["cluster", "district", "shared_district", "windows"]
RATE = 90_000
LANGUAGES = ("zh_CN", "en") if PICTURES else ("zh_CN",)  # twenty seconds each
WORDS = {
    "zh_CN": ("正在收未结案件", "尚未收全", "上次同步", "第一次同步还在进行", "附件最后传：还有 1 个待传"),
    "en": (
        "Receiving the open cases",
        "Not complete yet",
        "Last",
        "first synchronisation is still",
        "Files go last: 1 to be sent",
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_first_synchronisation_on_a_slow_line(windows, tmp_path, district, monkeypatch, lang):
    coming, behind, last, first, files = WORDS[lang]
    monkeypatch.setattr(wire, "FIRST_BYTES", wire.LEAST_BYTES)
    other = Seat(tmp_path / "other", district, "p-zhoumin")
    dice = random.Random(24)
    for n in range(24):  # no two words alike: the line's compression must not make it quick
        words = "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(3400))
        other.act("new", "register", **{**CALL, "object": f"工地{n}", "content": words})
    other.sync()
    other.close()
    proxy = Proxy(district.cluster.port, RATE)
    try:
        driven = windows(tmp_path / "slow", lang)
        driven.window.resize(1366, 768)
        driven.until(lambda: driven.window.founding is not None)
        pages = driven.window.founding
        pages.findChild(QPushButton, "foundMember").click()
        page = pages.page
        page.url.setText(district.url(port=proxy.port))
        page.code.setText(district.code("p-xuguoqiang"))
        page.person.setText("p-xuguoqiang")
        page.lock.passphrase.setChecked(True)
        page.lock.secret.setText(SECRET)
        page.lock.again.setText(SECRET)
        pages.findChild(QPushButton, "joinGo").click()
        driven.until(lambda: coming in pages._words.text(), 120)
        picture(driven, f"slow-joining-{lang}")
        driven.until(lambda: pages.begun.page == "sheet", 120)
        pages._ask_back()
        for number, line in pages.page.lines.items():
            line.setText(pages.begun.groups[number - 1])
        pages.findChild(QPushButton, "checkGo").click()
        driven.until(lambda: driven.workplace is not None)
        driven.until(lambda: behind in words_of(driven), 60)
        driven.workplace.open_list("all")
        driven.until(lambda: behind in driven.workplace.queue._count.text())
        driven.until(lambda: driven.workplace.queue.model.rowCount() == 24)  # the open cases came ahead
        picture(driven, f"slow-list-{lang}")
        driven.program.actions.action("sync").trigger()
        driven.until(lambda: driven.page.objectName() == "syncPage")
        sync = driven.page
        driven.until(lambda: first in sync.state.text() and sync.bar.isVisible())
        sync.only.click()
        picture(driven, f"slow-sync-{lang}")
        driven.until(lambda: last in words_of(driven) and not sync.bar.isVisible(), 120)
        assert behind not in words_of(driven)
        driven.until(lambda: driven.program.bridge.idle)
        assert driven.program.watcher.only_now
        desk = driven.program.desk
        case = desk.act_from("new", "register", CALL).case
        desk.attach_file(case, "现场.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 2_000)
        sync.refresh()
        driven.until(lambda: sync.waiting.rowCount() == 2)
        picture(driven, f"slow-waiting-{lang}")
        sync.now.click()
        driven.until(lambda: sync.waiting.rowCount() == 0 and files in sync.state.text(), 60)
        assert district.sql("SELECT count(*) FROM ld.act WHERE person='p-xuguoqiang' AND fate='accepted'")[0][0] == 2
        assert district.sql("SELECT count(*) FROM ld.piece")[0][0] == 0, "the attachment is the last to go"
        picture(driven, f"slow-files-{lang}")
        driven.until(lambda: desk.sync_state().files_out == 0, 60)
        driven.until(lambda: files not in sync.state.text())
        assert district.sql("SELECT count(*) FROM ld.piece")[0][0] == 1
    finally:
        proxy.stop()
