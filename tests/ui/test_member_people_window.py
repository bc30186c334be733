"""The people of a member's desk, each use case by its screen: joining with a PIN, letting a colleague in, other PIN, other database
password, new recovery sheet, an entry, a liaison who moves, a deputy who takes all open cases, one who leaves."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from liaison_app.domain.events import Person
from liaison_app.security import keyring_store
from liaison_app.sync import server
from tests.conftest import CALL
from tests.sync.conftest import cluster, district, shared_district
from tests.sync.seats import SECRET, Seat
from tests.ui.test_sync_window import picture, windows

__all__ = ["cluster", "district", "shared_district", "windows"]
CHIEF = Person(id="p-zhoumin", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
PIN, OTHER_PIN, HIS = "2468", "13579", "许国强自己的一句足够长的口令"


class People:
    """One person at the window of a member's desk, and the dialogs of its people."""

    def __init__(self, driven, lang):
        self.driven, self.lang, self.number = driven, lang, 0

    def picture(self, what, widget=None):
        self.number += 1
        self.driven.settle()
        picture(self.driven if widget is None else Shown(widget), f"people-{self.lang}-{self.number:02}-{what}")

    def open(self):
        self.driven.key("people")
        self.dialog = self.driven.dialog("colleaguesDialog")
        self.driven.until(lambda: self.dialog.table.rowCount() > 2)
        return self.dialog

    def choose(self, name):
        table = self.dialog.table
        table.selectRow([table.item(at, 0).text() for at in range(table.rowCount())].index(name))

    def row(self, name):
        table = self.dialog.table
        rows = [[table.item(at, column).text() for column in range(5)] for at in range(table.rowCount())]
        return next((row for row in rows if row[0] == name), None)

    def ask(self, pressed, name):
        pressed.click()
        form = self.driven.dialog(name)
        self.driven.settle()
        return form

    def done(self, form, name):
        """Submit; the form closes when it was done, and says why not."""
        form.submit()
        self.driven.until(lambda: self.driven.shown(name) is None)
        self.driven.settle()

    def sign_in(self, person, secret):
        chooser = self.driven.window.chooser
        chooser.choose(person)
        chooser.secret.setText(secret)
        chooser.go()
        self.driven.until(lambda: self.driven.workplace is not None)
        self.driven.settle()


class Shown:
    """A widget in the place of a window, for a picture."""

    def __init__(self, widget):
        self.window = widget


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_people_of_a_members_desk(windows, tmp_path, district, monkeypatch, lang):
    held = {}
    monkeypatch.setattr(keyring_store, "put", held.__setitem__)
    monkeypatch.setattr(keyring_store, "get", held.get)
    monkeypatch.setattr(keyring_store, "remove", lambda name: held.pop(name, None))
    with district.boss() as boss:
        server.enter_people(boss, [CHIEF])
    driven = windows(tmp_path / "w", lang)
    driven.window.resize(1366, 768)
    driven.until(lambda: driven.window.founding is not None)
    hand = People(driven, lang)

    pages = driven.window.founding
    pages.findChild(QPushButton, "foundMember").click()
    page = pages.page
    driven.until(page.lock.pin.isEnabled)
    page.url.setText(district.url())
    page.code.setText(district.code("p-zhoumin"))
    page.person.setText("p-zhoumin")
    page.lock.pin.setChecked(True)
    page.lock.secret.setText(PIN)
    page.lock.again.setText(PIN)
    hand.picture("join-by-pin")
    pages.findChild(QPushButton, "joinGo").click()
    driven.until(lambda: pages.begun.page == "sheet", 60)
    pages._ask_back()
    for number, line in pages.page.lines.items():
        line.setText(pages.begun.groups[number - 1])
    pages.findChild(QPushButton, "checkGo").click()
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert held, "the keyring holds the other half of the key"
    desk = driven.program.desk
    role = district.sql("SELECT role FROM ld.desk WHERE person='p-zhoumin'")[0][0]

    hand.open()  # a colleague on the same PC, by a code of his own
    hand.choose("许国强")
    form = hand.ask(hand.dialog.open_, "enrolDialog")
    form.code.setText(district.code("p-xuguoqiang", role))
    form.lock.passphrase.setChecked(True)
    form.lock.secret.setText(HIS)
    form.lock.again.setText(HIS)
    hand.picture("colleague", form)
    hand.done(form, "enrolDialog")
    opened = "可以使用" if lang == "zh_CN" else "can open"
    driven.until(lambda: hand.row("许国强")[3] != hand.row("何建平")[3])
    hand.picture("colleagues", hand.dialog)
    assert hand.row("许国强")[3] == hand.row("周敏")[3], opened

    form = hand.ask(hand.dialog.secret, "changeSecretDialog")
    form.old.setText("0000")
    form.new.setText(OTHER_PIN)
    form.again.setText(OTHER_PIN)
    form.submit()
    driven.until(lambda: form.words.text() != "")
    hand.picture("wrong-pin", form)
    form.old.setText(PIN)
    hand.done(form, "changeSecretDialog")

    before = district.sql("SELECT rolpassword FROM pg_authid WHERE rolname=%s", role)
    hand.dialog.line.click()
    driven.until(lambda: district.sql("SELECT rolpassword FROM pg_authid WHERE rolname=%s", role) != before)
    driven.settle()
    form = hand.ask(hand.dialog.sheet, "newSheetDialog")
    form.secret.setText(OTHER_PIN)
    form.submit()
    sheet = driven.dialog("sheetDialog")
    hand.picture("new-sheet", sheet)
    assert len({sheet.findChild(QLabel, f"group_{n}").text() for n in range(1, 9)}) == 8
    sheet.accept()

    form = hand.ask(hand.dialog.add, "entryDialog")  # the roster is the district's
    form.name.setText("新同事")
    form.body.setCurrentIndex(form.body.findData("EPB"))
    hand.picture("entry", form)
    hand.done(form, "entryDialog")
    driven.until(lambda: hand.row("新同事") is not None)
    hand.choose("唐雪")
    form = hand.ask(hand.dialog.correct, "entryDialog")  # a liaison moves to another body
    form.body.setCurrentIndex(form.body.findData("MUNI"))
    hand.picture("moved", form)
    hand.done(form, "entryDialog")
    driven.until(lambda: hand.row("唐雪")[4] == hand.row("高远")[4])
    assert district.sql("SELECT body FROM ld.person WHERE id='p-tangxue'") == [("MUNI",)]
    hand.dialog.accept()

    cases = [desk.act_from("new", "register", {**CALL, "object": f"工地{n}"}).case for n in range(3)]
    driven.key("hand_over")  # a deputy takes all open cases until a day
    over = driven.dialog("handOverDialog")
    driven.until(lambda: over.sheet.rowCount() == 3)
    over.taker.setCurrentIndex(over.taker.findData("p-xuguoqiang"))
    over.reason.setCurrentText("出差")
    over.deputy.setChecked(True)
    over.until.setDate((desk.now() + timedelta(days=6)).date())
    hand.picture("deputy", over)
    over.submit()
    driven.until(over.print_button.isEnabled)
    over.reject()
    driven.key("switch_person")
    hand.picture("who-is-at-work")
    hand.sign_in("p-xuguoqiang", HIS)
    desk = driven.program.desk
    driven.workplace.open_list("today")
    driven.settle()
    [task] = [t for t in driven.workplace.today._tasks if t.kind == "charge"]
    driven.workplace.today._opener(task)()
    received = driven.dialog("receiveDialog")
    driven.until(received.ok.isEnabled)
    hand.picture("received", received)
    received.submit()
    driven.until(lambda: driven.shown("receiveDialog") is None)
    assert {one.case_id for one in desk.charges("p-xuguoqiang")} == set(cases)
    driven.until(lambda: desk.sync_state().waiting == 0)

    driven.key("switch_person")
    hand.sign_in("p-zhoumin", OTHER_PIN)
    hand.open()  # he leaves: the shared database and this desk let him in no more
    hand.choose("许国强")
    form = hand.ask(hand.dialog.leave, "leaveDialog")
    form.reason.setText("退休")
    hand.picture("leaves", form)
    hand.done(form, "leaveDialog")
    driven.until(
        lambda: district.sql("SELECT revoked_at IS NOT NULL FROM ld.person WHERE id='p-xuguoqiang'") == [(True,)]
    )
    hand.picture("left", hand.dialog)
    hand.dialog.accept()
    driven.key("switch_person")
    assert list(driven.window.chooser._people) == ["p-zhoumin"]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_who_moved_is_told_at_his_old_desk(windows, tmp_path, district, lang):
    """He was entered with another body: his old desk closes to him at the next contact and says where he goes on."""
    Seat(tmp_path / "old", district, "p-tangxue").close()
    driven = windows(tmp_path / "old", lang)
    driven.until(lambda: driven.window.chooser is not None)
    hand = People(driven, lang)
    hand.sign_in("p-tangxue", SECRET)
    driven.until(lambda: driven.program.desk.sync_state().last_sync is not None)
    with district.boss() as boss:
        server.enter_people(boss, [Person(id="p-tangxue", name="唐雪", body="MUNI", roles=("liaison",))])
    driven.program.watcher.now()
    driven.until(lambda: driven.workplace is None)
    driven.settle()
    picture(driven, f"moved-{lang}")
    said = " ".join(one.text() for one in driven.window.findChildren(QLabel))
    assert ("调动" if lang == "zh_CN" else "moved") in said
