"""The administrator's day in the window over a real server; a newer version announced there and put away here."""

import io
import os
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from liaison_app.desk.joining import try_line
from liaison_app.sync import announcing, releases
from tests.conftest import NOON
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.seats import Seat
from tests.ui.test_sync_window import enter, windows

PICTURES = os.environ.get("LIAISON_PICTURES")
__all__ = ["cluster", "district", "shared_district", "windows"]


def picture(driven, name, widget=None):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        (widget or driven.window).grab().save(f"{PICTURES}/{name}.png")


def book(*rows):
    made = openpyxl.Workbook()
    for row in (("姓名", "单位", "职务", "电话", "角色"), *rows):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def dialog(driven, name):
    driven.until(lambda: driven.shown(name) is not None)
    return driven.shown(name)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_administrators_day(windows, tmp_path, district, lang):
    seat = Seat(tmp_path / "a", district, "p-zhoumin")
    seat.sync()
    seat.close()
    driven = windows(tmp_path / "a", lang)
    enter(driven)
    driven.key("administer")
    page = driven.page
    driven.until(lambda: page.house is not None)
    assert page.house.address == f"localhost:{district.cluster.port}/{district.name}"
    assert not page.desks_card.isVisible()
    assert not page.book.isEnabled()
    page.role.setText("administrator")
    page.password.setText("not this one")
    driven.bot.keyClick(page.password, Qt.Key.Key_Return)
    driven.until(lambda: page.words.property("role") == "wrong" and page.words.isVisible())
    assert "administrator" in page.words.text()
    page.password.setText(district.cluster.password)
    driven.bot.keyClick(page.password, Qt.Key.Key_Return)
    driven.until(lambda: page.district is not None)
    driven.settle()
    assert page.password.text() == ""
    line = page.district.desks[0]
    assert (line.person, line.state, line.version) == ("p-zhoumin", "in_use", releases.own())
    assert page.desks.item(0, 2).text() == releases.own()
    assert page.district.megabytes > 0
    assert not page.district.archiving
    picture(driven, f"administration-{lang}")
    sound = page.district
    page._take_district(replace(sound, clocks=("2026-09-30 09:08", "2026-10-02 09:08")))
    told = page.district_words.text()
    assert "2026-09-30 09:08" in told and "2026-10-02 09:08" in told and ("时区" in told or "time zone" in told)
    page._take_district(sound)
    assert "2026-09-30" not in page.district_words.text()

    (tmp_path / "wrong.csv").write_text("姓名,单位\n甲,没有这个单位\n", encoding="utf-8")
    page.read_book(tmp_path / "wrong.csv")
    driven.until(lambda: page.words.property("role") == "wrong")
    known = district.sql("SELECT name FROM ld.person WHERE id='p-zhoumin'")[0][0]
    body = district.sql("SELECT body FROM ld.person WHERE id='p-zhoumin'")[0][0]
    count = district.sql("SELECT count(*) FROM ld.person")[0][0]
    (tmp_path / "roster.xlsx").write_bytes(
        book((known, body, "副科长", "67820009", "联络员"), ("新来的", body, "", "", "联络员"))
    )
    page.read_book(tmp_path / "roster.xlsx")
    driven.until(lambda: page.words.property("role") == "quiet")
    assert district.sql("SELECT count(*) FROM ld.person")[0][0] == count + 1, "who is there is corrected, not doubled"
    assert district.sql("SELECT title FROM ld.person WHERE id='p-zhoumin'")[0][0] == "副科长"

    driven.until(page.code.isEnabled)
    page.code.click()
    code = dialog(driven, "codeDialog")
    driven.until(lambda: code.who.count() == count + 1 and code.go.isEnabled())
    code.who.setCurrentIndex(next(i for i in range(code.who.count()) if code.who.itemText(i).startswith("新来的")))
    code.findChild(QPushButton, "codeGo").click()
    driven.until(code.shown.isVisible)
    picture(driven, f"administration-code-{lang}", code)
    try_line(district.url(), code.shown.text())
    code.away.click()
    driven.until(lambda: page.district is not None and len(page.district.desks) == 2)
    row = next(i for i, one in enumerate(page.district.desks) if one.state == "code")
    page.desks.setCurrentCell(row, 0)
    page.close_desk.click()
    revoke = dialog(driven, "revokeDialog")
    revoke.go.click()
    driven.until(lambda: revoke.words.isVisible())
    assert page.district.desks[row].state == "code", "no reason, no revocation"
    revoke.reason.setText("发错了")
    picture(driven, f"administration-revoke-{lang}", revoke)
    revoke.go.click()
    driven.until(lambda: page.district.desks[row].state == "revoked")

    page.version.setText("newest")
    page.tell.click()
    driven.until(lambda: page.words.property("role") == "wrong")
    page.version.setText("99.1")
    page.where.setText("信息中心三楼")
    page.tell.click()
    driven.until(lambda: page.words.property("role") == "quiet")  # it is at the server: the round after this has it
    driven.program.watcher.now()
    bar = driven.workplace.release
    driven.until(bar.isVisible)
    assert "99.1" in bar.words.text() and "信息中心三楼" in bar.words.text()
    driven.until(lambda: page.district.release == "99.1" and any(one.old for one in page.district.desks))
    picture(driven, f"administration-told-{lang}")
    driven.key("list_1")
    driven.key("administer")
    assert driven.page.password.isVisible(), "who left the page is signed out"
    assert driven.page._hand is None


def test_a_newer_version_is_told_quietly_and_put_away(windows, tmp_path, district):
    seat = Seat(tmp_path / "a", district, "p-zhoumin")
    with district.boss() as boss:
        announcing.announce(boss, "0.0.1")  # older than ours
    seat.sync()
    assert seat.desk.release() is None
    with district.boss() as boss:
        announcing.announce(boss, "98.2", "内网下载页", "修正若干问题")
    seat.sync()
    told = seat.desk.release()
    assert (told.version, told.own, told.where) == ("98.2", releases.own(), "内网下载页")
    seat.close()
    driven = windows(tmp_path / "a")
    enter(driven)
    bar = driven.workplace.release
    driven.until(bar.isVisible)
    before = QApplication.focusWidget()
    assert before is not bar.away, "it takes no keyboard away"
    assert QApplication.activeModalWidget() is None
    bar.away.click()
    driven.settle()
    driven.key("refresh")
    assert not bar.isVisible()
    with district.boss() as boss:
        announcing.announce(boss, "98.10")
    driven.program.watcher.now()
    driven.until(bar.isVisible)
    assert "98.10" in bar.words.text()
    with district.boss() as boss:
        announcing.announce(boss, "")
    driven.program.watcher.now()
    driven.until(lambda: not bar.isVisible())
    assert not any("98" in one.text() for one in driven.workplace.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_desk_without_a_server_keeps_its_own(start, home, tmp_path, lang):
    driven = start(home, lang=lang, now=NOON.replace(month=10))
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    driven.key("administer")
    page = driven.page
    driven.until(lambda: page.house is not None)
    assert not page.door.isVisible()
    assert not page.desks_card.isVisible()
    assert page.house.year == 2027, "in October the notice of the next year is looked for"
    desk = driven.program.desk
    before = len(desk.roster.people)
    (tmp_path / "r.xlsx").write_bytes(
        book(
            (desk.person.name, desk.person.body, "科员", "1", "联络员、管理员"), ("甲某", desk.person.body, "", "", "")
        )
    )
    page.read_book(tmp_path / "r.xlsx")
    driven.until(lambda: page.words.isVisible() and page.words.property("role") == "quiet")
    driven.settle()
    assert len(desk.roster.people) == before + 1
    assert desk.roster.person(desk.person.id).title == "科员"
    assert page.house.backup_at is None
    desk.backup(tmp_path / "copy.backup")
    page.refresh()
    driven.until(lambda: page.house.backup_at is not None)
    picture(driven, f"administration-alone-{lang}")
    assert page.findChild(QPushButton, "adminGo_calendar") is not None
    page.findChild(QPushButton, "adminGo_calendar").click()
    driven.settle()
    assert driven.page.objectName() == "calendarView"
