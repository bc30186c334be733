"""The first start in the window and the people of a desk: founded by keyboard, sheet asked back, a colleague enrolled."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from liaison_app.desk import opening
from liaison_app.domain.events import Person
from liaison_app.security import keyring_store, keys
from tests.ui.test_reach import _judge
from ui import app as program_module
from ui import theme
from ui.dialogs.paper import PdfDialog
from ui.widgets.secret import LEAST

MINE, HERS = "a long phrase of mine", "another phrase of hers"
ORDER = ("foundMechanism", "asked_cal.natural_day_roll", "foundDistrict", "foundBody")
"""What stands above decides what can be chosen below."""
SIZES = [("zh_CN", False), ("zh_CN", True), ("en", False), ("en", True)]


class Hand:
    """Keys only: what is typed goes where the focus is."""

    def __init__(self, driven):
        self.driven, self.bot = driven, driven.bot

    def on(self):
        self.bot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=30_000)
        return QApplication.focusWidget()

    def press(self, key, times=1):
        for _ in range(times):
            self.bot.keyClick(self.on(), key)

    def say(self, words):
        if words.isascii():
            self.bot.keyClicks(self.on(), words)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QCoreApplication.sendEvent(self.on(), event)

    def tab_to(self, name):
        seen = []
        for _ in range(40):
            seen.append(self.on().objectName() or type(self.on()).__name__)
            if self.on().objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} is not reached by Tab; {seen}")

    def fill(self, values):
        order = [n for n in ORDER if n in values] + [n for n in values if n not in ORDER]
        for name, words in ((name, values[name]) for name in order):
            self.tab_to(name)
            if isinstance(self.on(), QComboBox):
                self.press(Qt.Key.Key_Down, self.on().findData(words) - self.on().currentIndex())
            else:
                self.on().selectAll()
                self.say(words)


@pytest.fixture
def no_keyring(monkeypatch):
    monkeypatch.setattr(opening, "keyring_works", lambda: False)


@pytest.fixture
def own_keyring(monkeypatch):
    held = {}
    monkeypatch.setattr(keyring_store, "put", held.__setitem__)
    monkeypatch.setattr(keyring_store, "get", held.get)
    monkeypatch.setattr(keyring_store, "remove", lambda name: held.pop(name, None))
    return held


def begin(start, folder, lang="zh_CN"):
    driven = start(folder, person="", lang=lang, now=None, demo=False)
    driven.until(lambda: driven.window.founding is not None)
    driven.settle()
    driven.window.activateWindow()
    return driven


def go_to_form(driven, hand):
    hand.tab_to("foundAlone")
    hand.press(Qt.Key.Key_Return)
    assert driven.window.founding.begun.page == "form"


def words_of(driven):
    return driven.window.founding.findChild(QLabel, "foundWords").text()


def filled(hand, **changed):
    hand.fill(
        {
            "foundDistrict": "锦溪区",
            "foundBody": "COMMERCE",
            "foundName": "周敏",
            "foundTitle": "科员",
            "foundLeader": "何建平",
            "newSecret": MINE,
            "newSecretAgain": MINE,
        }
        | changed
    )
    hand.press(Qt.Key.Key_Return)


def answer(driven, hand, wrong=()):
    pages = driven.window.founding
    for number in pages.begun.asked:
        hand.fill({f"asked_{number}": "22222" if number in wrong else pages.begun.groups[number - 1].lower()})
    hand.press(Qt.Key.Key_Return)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_desk_is_founded_by_keyboard_and_the_second_start_asks_for_the_secret(start, tmp_path, no_keyring, lang):
    home = tmp_path / "own"
    driven = begin(start, home, lang)
    hand = Hand(driven)
    go_to_form(driven, hand)
    filled(hand)
    driven.until(lambda: driven.window.founding.begun.page == "sheet", seconds=30)
    pages = driven.window.founding
    shown = [pages.findChild(QLabel, f"group_{n}").text() for n in range(1, 9)]
    assert tuple(shown) == pages.begun.groups
    assert opening.founded(home)
    hand.press(Qt.Key.Key_Return)
    first = pages.begun.asked
    assert len(set(first)) == 2
    answer(driven, hand, wrong=first[1:])
    assert str(first[1]) in words_of(driven)
    assert driven.workplace is None
    hand.tab_to("checkBack")
    hand.press(Qt.Key.Key_Space)
    assert [pages.findChild(QLabel, f"group_{n}").text() for n in range(1, 9)] == shown
    hand.press(Qt.Key.Key_Return)
    answer(driven, hand)
    driven.until(lambda: driven.workplace is not None, seconds=30)
    driven.settle()
    desk = driven.program.desk
    assert desk.person.name == "周敏"
    assert desk.person.roles == ("liaison", "administrator")
    assert desk.status().founding == "alone"
    assert desk.status().district == "锦溪区"
    assert [(one.person.name, one.opens) for one in desk.colleagues()] == [("周敏", True), ("何建平", False)]
    assert desk.verify().ok
    assert MINE not in repr(driven.program.first_start.begun)
    driven.window.close()

    again = start(home, person="", lang=lang, now=None, demo=False)
    again.until(lambda: again.window.chooser is not None)
    again.settle()
    hand = Hand(again)
    again.window.activateWindow()
    hand.fill({"chooserSecret": MINE})
    hand.press(Qt.Key.Key_Return)
    again.until(lambda: again.workplace is not None, seconds=30)
    again.settle()
    assert again.workplace.row.person.text() == "周敏"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_second_and_third_person_are_enrolled_with_the_first(start, tmp_path, no_keyring, lang):
    """The last page leads to 工作人员 at once: two more sit down with secrets of their own before the first act."""
    home = tmp_path / "own"
    driven = begin(start, home, lang)
    hand = Hand(driven)
    go_to_form(driven, hand)
    filled(hand)
    driven.until(lambda: driven.window.founding.begun.page == "sheet", seconds=30)
    hand.press(Qt.Key.Key_Return)
    pages = driven.window.founding
    for number in pages.begun.asked:
        hand.fill({f"asked_{number}": pages.begun.groups[number - 1]})
    hand.tab_to("checkColleagues")
    hand.press(Qt.Key.Key_Space)
    driven.until(lambda: driven.workplace is not None, seconds=30)
    dialog = driven.dialog("colleaguesDialog")
    driven.until(lambda: len(rows(dialog)) == 2)
    for at, name in enumerate(("范敏", "许国强"), 3):
        add(driven, dialog, {"enrolName": name, "newSecret": HERS, "newSecretAgain": HERS})
        driven.until(lambda at=at: len(rows(dialog)) == at, seconds=30)
    dialog.accept()
    driven.settle()
    assert [slot.name for slot in opening.enrolled(home)] == ["周敏", "范敏", "许国强"]
    assert driven.workplace.newcomer.isVisible(), "and then the guided tour"


def test_another_mechanism_and_the_reading_asked_at_the_start_hold_from_the_first_case(start, tmp_path, no_keyring):
    """B15: the district says once what a limit in natural days does on a rest day; the first desk goes by it."""
    home = tmp_path / "own"
    driven = begin(start, home)
    hand = Hand(driven)
    go_to_form(driven, hand)
    form = driven.window.founding.page
    driven.until(lambda: form.mechanism.count() >= 3)
    assert "第二百零三条" in form.findChild(QLabel, "why_cal.natural_day_roll").text()
    filled(
        hand,
        **{"foundMechanism": "M2", "foundBody": "JUSTICE", "asked_cal.natural_day_roll": "next_workday"},
    )
    driven.until(lambda: driven.window.founding.begun.page == "sheet", seconds=30)
    hand.press(Qt.Key.Key_Return)
    answer(driven, hand)
    driven.until(lambda: driven.workplace is not None, seconds=30)
    desk = driven.program.desk
    assert desk.rules.profile.meta.id == "M2"
    assert desk.person.body == "JUSTICE"
    assert desk.rules.settings["cal.natural_day_roll"] == "next_workday"
    desk.choose_setting("cal.before_date", "exclusive", "试一试")
    assert desk.rules.settings["cal.natural_day_roll"] == "next_workday"


def test_what_is_not_right_is_a_sentence_and_nothing_typed_is_lost(start, tmp_path, no_keyring):
    (tmp_path / "file").write_text("no folder")
    driven = begin(start, tmp_path / "file" / "own")
    hand = Hand(driven)
    go_to_form(driven, hand)
    hand.press(Qt.Key.Key_Return)
    assert "区县名称" in words_of(driven)
    assert hand.on().objectName() == "foundDistrict"
    filled(hand, newSecret="short", newSecretAgain="short")
    assert words_of(driven) == "口令太短；至少12个字符，请重新输入。"
    assert hand.on().objectName() == "newSecret"
    filled(hand, newSecretAgain="something different")
    assert "不一样" in words_of(driven)
    filled(hand, foundLeader="周敏")
    assert "领导" in words_of(driven)
    filled(hand)
    driven.until(lambda: "不能写入" in words_of(driven), seconds=30)
    pages = driven.window.founding
    found = {line.objectName(): line.text() for line in pages.findChildren(QLineEdit)}
    assert found["foundName"] == "周敏"
    assert found["newSecret"] == MINE
    assert pages.page.isEnabled()
    hand.tab_to("foundLanguage")
    hand.press(Qt.Key.Key_Return)
    driven.settle()
    found = {line.objectName(): line.text() for line in driven.window.founding.findChildren(QLineEdit)}
    assert driven.window.founding.page.captions[driven.window.founding.page.district] == "District"
    assert found["foundDistrict"] == "锦溪区"
    assert found["newSecretAgain"] == MINE
    assert driven.window.founding.page.body.currentData() == "COMMERCE"


def test_a_pin_is_offered_where_the_keyring_works_and_opens_the_desk(start, tmp_path, own_keyring):
    assert LEAST == {
        "keyring": keys.PIN_MIN,
        "passphrase": keys.PASSPHRASE_MIN,
    }
    home = tmp_path / "own"
    driven = begin(start, home)
    hand = Hand(driven)
    go_to_form(driven, hand)
    lock = driven.window.founding.page.lock
    assert lock.mode == "keyring"
    filled(hand, newSecret="123", newSecretAgain="123")
    assert words_of(driven) == "PIN 太短；至少4位，请重新输入。"
    filled(hand, newSecret="2468", newSecretAgain="2468")
    driven.until(lambda: driven.window.founding.begun.page == "sheet", seconds=30)
    hand.press(Qt.Key.Key_Return)
    answer(driven, hand)
    driven.until(lambda: driven.workplace is not None, seconds=30)
    driven.settle()
    assert [slot.mode for slot in opening.enrolled(home)] == ["keyring"]
    assert len(own_keyring) == 1


def test_without_a_keyring_the_pin_cannot_be_chosen(start, tmp_path, no_keyring):
    driven = begin(start, tmp_path / "own")
    go_to_form(driven, Hand(driven))
    assert not driven.window.founding.page.lock.pin.isEnabled()
    assert "没有可用的系统钥匙串" in driven.window.founding.page.lock.hint.text()


def test_the_demo_and_the_shared_database_are_choices(start, tmp_path, no_keyring):
    driven = begin(start, tmp_path / "own")
    pages = driven.window.founding
    assert pages.findChild(QPushButton, "foundMember").isEnabled()
    driven.bot.mouseClick(pages.findChild(QPushButton, "foundDemo"), Qt.MouseButton.LeftButton)
    driven.until(lambda: driven.window.chooser is not None, seconds=30)
    assert len(opening.enrolled(tmp_path / "own")) > 5


def test_an_unchecked_sheet_is_not_closed_by_one_key(start, tmp_path, no_keyring):
    home = tmp_path / "own"
    driven = begin(start, home)
    pages = driven.window.founding
    groups = opening.found_alone(
        home, "M1", Person(id="p-1", name="周敏", body="EPB"), (), "passphrase", MINE, "锦溪区"
    )
    pages.begun.groups = groups
    pages.show_page("sheet")
    paper = pages.findChild(QPushButton, "sheetPaper")
    assert paper.isVisible()
    driven.bot.mouseClick(paper, Qt.MouseButton.LeftButton)
    sheet = driven.window.findChild(PdfDialog)
    driven.until(lambda: sheet.document.pageCount() == 1)
    text = "".join(sheet.document.getAllText(0).text().split())
    assert all(group in text for group in groups)
    sheet.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    sheet.reject()
    driven.window.close()
    assert driven.window.isVisible()
    assert "恢复单" in words_of(driven)
    driven.window.close()
    assert not driven.window.isVisible()


def test_an_own_desk_and_the_demo_have_folders_of_their_own(monkeypatch, tmp_path):
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path))
    bare, demo = program_module.parse([])[0], program_module.parse(["--demo"])[0]
    assert (bare.home, bare.demo, bare.demo_home) == (tmp_path, False, tmp_path / "demo")
    assert (demo.home, demo.demo) == (tmp_path / "demo", True)
    named = program_module.parse(["--home", "x"])[0]
    assert (str(named.home), named.demo, str(named.demo_home)) == ("x", False, "x")


@pytest.mark.parametrize(("lang", "large"), SIZES)
def test_every_page_of_the_first_start_is_whole(start, tmp_path, no_keyring, lang, large):
    driven = begin(start, tmp_path / "own", lang)
    if large:
        theme.apply(driven.program.app, driven.program.look.family, large=True)
    try:
        pages = driven.window.founding
        pages.begun.groups = tuple(f"W{n}W{n}M" for n in range(2, 10))
        pages.begun.asked = (3, 7)
        for page in ("choice", "form", "sheet", "check"):
            pages.show_page(page)
            driven.settle()
            driven.bot.wait(60)
            try:
                _judge(driven.window)
            except AssertionError as wrong:
                raise AssertionError(f"{page}: {wrong}") from None
            assert driven.window.minimumSizeHint().width() <= 1366
            assert driven.window.minimumSizeHint().height() <= 740
        driven.window.close()
    finally:
        theme.apply(driven.program.app, driven.program.look.family, large=False)


@pytest.fixture
def alone(tmp_path, no_keyring):
    home = tmp_path / "alone"
    first = Person(id="p-1", name="周敏", body="COMMERCE", title="科员", roles=("liaison", "administrator"))
    leader = Person(id="p-2", name="何建平", body="COMMERCE", roles=("leader",))
    opening.found_alone(home, "M1", first, (leader,), "passphrase", MINE, "锦溪区")
    return home


def enter(start, home, lang="zh_CN"):
    driven = start(home, person="", lang=lang, now=None, demo=False)
    driven.until(lambda: driven.window.chooser is not None)
    driven.window.chooser.secret.setText(MINE)
    driven.window.chooser.go()
    driven.until(lambda: driven.workplace is not None, seconds=30)
    driven.settle()
    driven.window.activateWindow()
    return driven


def people(driven):
    driven.key("people")
    return driven.dialog("colleaguesDialog")


def rows(dialog):
    table = dialog.table
    return [[table.item(at, column).text() for column in range(4)] for at in range(table.rowCount())]


def add(driven, dialog, values, roles=()):
    """Enter a colleague by keyboard; return the small form."""
    driven.settle()
    dialog.activateWindow()  # the offscreen platform gives the focus to nobody when a window over it closes
    driven.until(lambda: QApplication.activeWindow() is dialog)
    driven.bot.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    form = driven.dialog("enrolDialog")
    form.activateWindow()
    driven.until(lambda: QApplication.activeWindow() is form)
    hand = Hand(driven)
    hand.fill({name: words for name, words in values.items() if not name.startswith("new")})
    for role in roles:
        hand.tab_to(f"role_{role}")
        hand.press(Qt.Key.Key_Space)
    hand.fill({name: words for name, words in values.items() if name.startswith("new")})
    hand.press(Qt.Key.Key_Return)
    return form


def test_a_colleague_is_added_and_takes_the_desk_with_her_own_secret(start, alone):
    driven = enter(start, alone)
    dialog = people(driven)
    assert rows(dialog) == [["周敏", "科员", "联络员、管理员", "可以使用"], ["何建平", "", "领导", "未开通"]]
    form = add(driven, dialog, {"enrolName": "范敏", "newSecret": "short", "newSecretAgain": "short"}, ("duty",))
    assert form.words.text() == "口令太短；至少12个字符，请重新输入。"
    form.reject()
    add(driven, dialog, {"enrolName": "范敏", "newSecret": HERS, "newSecretAgain": HERS}, ("duty",))
    driven.until(lambda: len(rows(dialog)) == 3, seconds=30)
    assert rows(dialog)[2] == ["范敏", "", "联络员、值班", "可以使用"]
    same = add(driven, dialog, {"enrolName": "范敏", "newSecret": HERS, "newSecretAgain": HERS})
    driven.until(lambda: "已在本机" in same.words.text(), seconds=30)
    same.reject()
    dialog.accept()
    driven.key("switch_person")
    chooser = driven.window.chooser
    new = next(one.id for one in chooser._people.values() if one.name == "范敏")
    chooser.choose(new)
    chooser.secret.setText(MINE)
    chooser.go()
    wrong = chooser.findChild(QLabel, "chooserWrong")
    driven.until(lambda: wrong.text() != "", seconds=30)
    assert "口令不对" in wrong.text()
    chooser.secret.setText(HERS)
    chooser.go()
    driven.until(lambda: driven.workplace is not None, seconds=30)
    driven.settle()
    assert driven.workplace.row.person.text() == "范敏"
    hers = people(driven)
    assert not any(each.isEnabled() for each in (hers.add, hers.open_, hers.leave))
    hers.accept()
    assert driven.program.desk.verify().ok


def test_the_leader_named_at_the_founding_gets_his_own_way_in(start, alone):
    driven = enter(start, alone)
    dialog = people(driven)
    dialog.table.selectRow(1)
    dialog.open_.click()
    form = driven.dialog("enrolDialog")
    assert form.name.isReadOnly()
    form.lock.secret.setText(HERS)
    form.lock.again.setText(HERS)
    form.submit()
    driven.until(lambda: rows(dialog)[1][3] == "可以使用", seconds=30)
    assert driven.program.desk.colleagues()[1].person.roles == ("leader",)
    dialog.accept()


def test_who_leaves_gives_a_reason_and_may_not_be_oneself(start, alone):
    driven = enter(start, alone)
    driven.program.desk.enrol_person("范敏", secret=HERS)
    dialog = people(driven)
    driven.until(lambda: len(rows(dialog)) == 3)

    def let_go(name, reason):
        dialog.table.selectRow([row[0] for row in rows(dialog)].index(name))
        dialog.leave.click()
        form = driven.dialog("leaveDialog")
        form.reason.setText(reason)
        form.submit()
        driven.settle()
        return form

    refused = let_go("周敏", "退休")
    assert "不能为自己" in refused.words.text()
    refused.reject()
    refused = let_go("范敏", "")
    assert "理由" in refused.words.text()
    refused.reject()
    let_go("范敏", "调离")
    driven.until(lambda: rows(dialog)[2] == ["范敏", "", "联络员", "已离任"])
    dialog.accept()
    driven.key("switch_person")
    assert [one.name for one in driven.window.chooser._people.values()] == ["周敏"]


def test_on_a_demo_no_secret_is_asked(driven):
    dialog = people(driven)
    before = len(rows(dialog))
    form = add(driven, dialog, {"enrolName": "范敏"})
    assert form.lock is None
    driven.until(lambda: len(rows(dialog)) == before + 1)
    dialog.accept()
    driven.key("switch_person")
    chooser = driven.window.chooser
    new = next(one for one in chooser._people.values() if one.name == "范敏")
    assert not new.secret
    chooser.choose(new.id)
    chooser.go()
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert driven.workplace.row.person.text() == "范敏"


@pytest.mark.parametrize(("lang", "large"), SIZES)
def test_the_staff_dialogs_are_whole(start, alone, lang, large):
    driven = enter(start, alone, lang)
    if large:
        driven.program.use_large_type(True)
        driven.bot.wait(30)
        driven.settle()
    try:
        dialog = people(driven)
        driven.settle()
        for press, name in ((dialog.add, "enrolDialog"), (dialog.leave, "leaveDialog")):
            _judge(dialog)
            press.click()
            form = driven.dialog(name)
            form.words.say(form.tr("请填写姓名。"))
            driven.settle()
            _judge(form)
            form.reject()
        dialog.accept()
    finally:
        theme.apply(driven.program.app, driven.program.look.family, large=False)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_change_the_secret_and_issue_another_sheet(start, alone, lang):
    found = alone
    driven = enter(start, found, lang)
    table = people(driven)
    table.secret.click()
    dialog = driven.dialog("changeSecretDialog")
    fresh = "另外一句足够长的口令来打开"
    for wrong, old, new, again in (
        (True, MINE, fresh, "x"),
        (True, "不对的口令不对的口令", fresh, fresh),
        (False, MINE, fresh, fresh),
    ):
        dialog.old.setText(old)
        dialog.new.setText(new)
        dialog.again.setText(again)
        dialog.submit()
        driven.settle()
        if wrong:
            assert dialog.words.text()
    table.sheet.click()
    dialog = driven.dialog("newSheetDialog")
    dialog.secret.setText(fresh)
    dialog.submit()
    shown = driven.dialog("sheetDialog")
    groups = [shown.findChild(QLabel, f"group_{n}").text() for n in range(1, 9)]
    shown.accept()
    table.accept()
    driven.settle()
    driven.program.close()
    assert opening.recover_desk(found, " ".join(groups), "周敏", MINE) == "p-1"
