"""A lost laptop: its desk is revoked; the window says so at the next contact, and what waits is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from liaison_app.sync import access, posting
from liaison_app.words.errors import told
from tests.conftest import CALL
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.seats import SECRET, Seat
from tests.ui.test_sync_window import enter, picture, windows
from ui.views.main_window import Splash

__all__ = ["cluster", "district", "shared_district", "windows"]


def words(code, lang):
    return told(code, {"count": 0}, lang).split("；")[0].split(";")[0].split(":")[0][:20]


def splash(driven):
    return next((one for one in driven.window.findChildren(Splash) if one.isVisible()), None)


def asks_for_the_answer(driven):
    shown = splash(driven)
    return shown is not None and shown.findChild(QPushButton, "splashAnswer") is not None


def sentences(driven):
    return [one.text() for one in driven.window.findChildren(QLabel)]


@pytest.mark.parametrize(("lang", "word"), [("zh_CN", "管理员"), ("en", "administrator")])
def test_the_window_of_a_revoked_desk(windows, tmp_path, district, lang, word):
    seat = Seat(tmp_path / "lost", district, "p-liaojun")
    seat.act("new", "register", **CALL)
    seat.close()
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-liaojun'")[0][0]
    with district.boss() as boss:
        access.revoke_desk(boss, role, "电脑丢失")
    driven = windows(tmp_path / "lost", lang)
    driven.bot.waitUntil(lambda: driven.window.chooser is not None, timeout=30_000)
    driven.window.chooser.secret.setText(SECRET)
    driven.window.chooser.go()
    driven.until(lambda: any(word in said for said in sentences(driven)), 30)
    assert any("last-acts.ldp" in said for said in sentences(driven))
    assert (tmp_path / "lost" / "last-acts.ldp").read_bytes()[:4] == b"LDP1"
    driven.settle()
    picture(driven, f"revoked-{lang}")
    assert district.sql("SELECT count(*) FROM ld.act WHERE person='p-liaojun'")[0][0] == 0
    package = tmp_path / "lost" / "last-acts.ldp"
    driven.until(lambda: asks_for_the_answer(driven), 30)
    splash(driven).answer_given.emit(str(package))  # the wrong file: said, and one may try again
    driven.until(lambda: any(words("package_damaged", lang) in said for said in sentences(driven)), 30)
    with district.boss() as boss:
        (tmp_path / "answer.ldp").write_bytes(posting.exchange(boss, package.read_bytes())[0])
    driven.until(lambda: asks_for_the_answer(driven), 30)
    splash(driven).answer_given.emit(str(tmp_path / "answer.ldp"))
    driven.until(lambda: any(words("copy_closed", lang) in said for said in sentences(driven)), 30)
    driven.settle()
    picture(driven, f"answered-{lang}")
    driven.until(lambda: not asks_for_the_answer(driven), 30)
    assert district.sql("SELECT fate FROM ld.act WHERE person='p-liaojun'") == [("refused",)], "kept for its body"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_window_locks_when_its_desk_was_closed(windows, tmp_path, district, lang):
    Seat(tmp_path / "gone", district, "p-liaojun").close()
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-liaojun'")[0][0]
    driven = windows(tmp_path / "gone", lang)
    enter(driven)
    driven.until(lambda: driven.program.desk.sync_state().last_sync is not None, 20)
    with district.boss() as boss:
        access.revoke_desk(boss, role, "电脑丢失")
    driven.program.watcher.now()
    driven.until(lambda: driven.workplace is None and driven.program.desk is None, 30)
    driven.settle()
    said = " ".join(sentences(driven))
    assert ("密钥已销毁" if lang == "zh_CN" else "keys are destroyed") in said
    picture(driven, f"closed-{lang}")
    held = {one.name for one in (tmp_path / "gone").iterdir()} - {"log", "desk.lock"}
    assert driven.window.findChild(QPushButton, "splashAgain") is None, "it would say the same for ever"
    driven.take_keys()
    driven.until(lambda: driven.window.findChild(QPushButton, "splashAnew").hasFocus(), 10)
    QTest.keyClick(driven.window.findChild(QPushButton, "splashAnew"), Qt.Key.Key_Space)
    driven.until(lambda: driven.window.founding is not None, 20)
    driven.settle()
    picture(driven, f"begins-anew-{lang}")
    put_by = tmp_path / "gone" / "closed-copy"
    assert {one.name for one in put_by.iterdir()} == held, "nothing of the closed copy is deleted"
    assert not (tmp_path / "gone" / "replica.db").exists()


def test_the_window_goes_to_the_others_when_one_of_them_left(windows, tmp_path, district):
    seat = Seat(tmp_path / "two", district, "p-zhoumin")
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-zhoumin'")[0][0]
    seat.desk.admit("p-xuguoqiang", district.code("p-xuguoqiang", role), secret=SECRET, mode="env")
    seat.close()
    driven = windows(tmp_path / "two")
    driven.bot.waitUntil(lambda: driven.window.chooser is not None, timeout=30_000)
    driven.window.chooser.choose("p-zhoumin")
    enter(driven)
    with district.boss() as boss:
        access.revoke_person(boss, "p-zhoumin", "离任")
    driven.program.watcher.now()
    driven.until(lambda: driven.window.chooser is not None and driven.workplace is None, 30)
    chooser = driven.window.chooser
    assert list(chooser._people) == ["p-xuguoqiang"]
    assert "离任或调动" in chooser.findChild(QLabel, "chooserWrong").text()
    driven.settle()
    picture(driven, "left")
    chooser.secret.setText(SECRET)
    chooser.go()
    driven.until(lambda: driven.workplace is not None, 20)
    assert driven.program.desk.person.name == "许国强"
