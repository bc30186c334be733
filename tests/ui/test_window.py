"""The window: languages, persons, locks, errors, a second instance, a crash file."""

import faulthandler
import sys

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from liaison_app.domain.errors import RuleBroken
from tests.ui.conftest import register, slept
from ui.dialogs import errors
from ui.language import CHINESE, ENGLISH, system_language


def test_the_language_switches_without_a_restart_and_stays_where_one_is(driven):
    case = register(driven.program.desk, 1)[0]
    driven.workplace.open_case(case)
    driven.settle()
    driven.key("language")
    driven.until(lambda: driven.workplace is not None and driven.workplace.context.lang == ENGLISH)
    driven.settle()
    assert driven.page.case_ref() == case
    assert driven.window.menuBar().actions()[0].text() == "&File"
    words = {label.text() for label in driven.page.findChildren(QLabel)}
    assert "Limits" in words
    assert "期限" not in words
    driven.program.languages.use(CHINESE)


def test_what_is_being_typed_survives_the_switch_of_language(driven):
    driven.key("register")
    driven.page.record.insertPlainText("正在说的话")
    driven.key("language")
    driven.until(lambda: driven.workplace.context.lang == ENGLISH)
    driven.until(lambda: driven.page.objectName() == "registrationView" and driven.page.record.toPlainText() != "")
    assert driven.page.record.toPlainText() == "正在说的话"


def test_chinese_is_spoken_when_the_system_says_nothing(monkeypatch):
    for name, lang in (("C", CHINESE), ("zh_CN", CHINESE), ("zh_TW", CHINESE), ("en_US", ENGLISH), ("de_DE", ENGLISH)):
        monkeypatch.setattr(QLocale, "system", staticmethod(lambda name=name: QLocale(name)))
        assert system_language() == lang, name


def test_changing_the_person_is_measured_and_shows_who_is_at_work(driven):
    driven.key("switch_person")
    assert driven.workplace is None
    chooser = driven.window.chooser
    chooser.choose("p-hejianping")
    driven.bot.mouseClick(chooser.enter, Qt.MouseButton.LeftButton)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert driven.workplace.row.person.text() == "何建平"
    assert driven.program.switch_seconds > 0, "measured for `make bench`"


def test_a_person_comes_back_to_the_page_he_left(driven):
    case = register(driven.program.desk, 1)[0]
    driven.workplace.open_case(case)
    driven.settle()
    driven.key("lock")
    driven.window.chooser.chosen.emit("p-xuguoqiang", "")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert driven.page.case_ref() == ""
    driven.key("lock")
    driven.window.chooser.chosen.emit("p-zhoumin", "")
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    assert driven.page.case_ref() == case


def test_an_idle_desk_goes_back_to_the_choice_of_persons(driven):
    assert driven.program.idle.minutes == 10
    driven.program.idle._last -= 10 * 60 - 5
    driven.program.idle.check()
    assert driven.workplace is not None
    driven.program.idle._last -= 10
    driven.program.idle.check()
    assert driven.workplace is None
    assert driven.window.chooser is not None


@pytest.fixture
def alone(tmp_path):
    from liaison_app.desk.opening import found_alone
    from liaison_app.desk.roster import Person

    home = tmp_path / "alone"
    person = Person(id="p-zhoumin", name="周敏", body="COMMERCE", title="联络员", roles=("liaison",))
    found_alone(home, "M1", person, (), "passphrase", "一条足够长的口令 2026", "锦溪区")
    return home


def test_a_wrong_secret_is_said_beside_the_field_and_the_right_one_opens(start, alone):
    driven = start(alone, person="", now=None, demo=False)
    driven.until(lambda: driven.window.chooser is not None)
    chooser = driven.window.chooser
    chooser.secret.setText("不是这条")
    chooser.go()
    wrong = chooser.findChild(QLabel, "chooserWrong")
    driven.until(lambda: wrong.text() != "", seconds=20)
    assert "PIN" in wrong.text()
    assert chooser.enter.isEnabled()
    chooser.secret.setText("一条足够长的口令 2026")
    chooser.go()
    driven.until(lambda: driven.workplace is not None, seconds=20)
    driven.settle()
    assert driven.workplace.row.person.text() == "周敏"


def test_a_second_instance_says_so_and_touches_nothing(driven, start, home):
    second = start(home)
    second.until(lambda: second.window.findChild(QPushButton, "splashAgain") is not None)
    words = " ".join(label.text() for label in second.window.findChildren(QLabel))
    assert "已经在运行" in words
    assert driven.program.desk.verify().ok


def test_a_folder_without_a_desk_asks_how_to_begin_and_writes_nothing(start, tmp_path):
    driven = start(tmp_path / "nothing", demo=False)
    driven.until(lambda: driven.window.founding is not None)
    driven.settle()
    assert not (tmp_path / "nothing").exists()


def test_an_error_is_one_sentence_and_its_details_name_no_facts(driven):
    secret = "13900000001"
    try:
        raise RuleBroken("field_value", field="contact", value=secret)
    except RuleBroken as refused:
        driven.program.show_error(refused, None)
    dialog = driven.dialog("errorDialog")
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("可选范围" in text for text in words)
    assert "field_value" in dialog._details
    assert secret not in dialog._details
    dialog.accept()


def test_an_unforeseen_error_in_a_worker_reaches_the_same_place(driven):
    driven.program.bridge.run(lambda: 1 // 0)
    dialog = driven.dialog("errorDialog")
    assert "没有料到" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "ZeroDivisionError" in dialog._details
    dialog.accept()


def test_a_crash_leaves_code_places_in_a_file(tmp_path):
    shown = []
    former = sys.excepthook
    try:
        errors.install_crash_handler(tmp_path, shown.append)
        assert faulthandler.is_enabled()
        try:
            raise ValueError("王喆堃")
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
    finally:
        errors.remove_crash_handler()
        sys.excepthook = former
    text = (tmp_path / "crash.txt").read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_window.py" in text
    assert "王喆堃" not in text
    assert len(shown) == 1


def test_the_window_stays_alive_while_the_writer_works(driven):
    desk, bridge = driven.program.desk, driven.program.bridge
    driven.key("list_9")
    share = slept(driven.bot, lambda: bridge.run(lambda: register(desk, 500)), lambda: bridge.idle)
    assert desk.page("all", limit=1).items
    assert share < 0.3, f"the window slept {share:.0%} of the time"


def test_a_long_course_is_made_a_few_acts_at_a_turn_and_the_older_when_they_are_asked_for(driven):
    from tests.ui.conftest import register
    from ui.widgets.parts import Unfold
    from ui.widgets.timeline import A_FEW, FIRST_ACTS, Acts, TimelineCard

    desk = driven.program.desk
    (case,) = register(desk, 1)
    for n in range(FIRST_ACTS + 4):
        desk.act_from(case, "note", {"text": f"第{n}次电话"})
    course = desk.case(case).timeline
    made, short = (TimelineCard(some, lambda _kind: None) for some in (course, course[-A_FEW:]))
    for one in (made, short):  # the loop has not turned yet
        driven.bot.addWidget(one)
        assert len([x for x in one.findChildren(QLabel) if x.property("role") == "strong"]) == A_FEW
        assert one.whole is (one is short)
    more = made.findChild(Unfold).findChildren(QWidget)
    assert len(made.findChildren(QWidget)) - len(more) - 1 == len(short.findChildren(QWidget)), "no row before its turn"
    driven.workplace.open_case(case)
    driven.until(lambda: driven.page.case is not None)
    card = driven.page.findChild(TimelineCard)
    driven.until(lambda: card.whole)

    def said():
        return [one.text() for one in card.findChildren(QLabel)]

    assert f"第{FIRST_ACTS + 3}次电话" in said() and "第4次电话" in said()
    assert "第3次电话" not in said() and len(card.findChildren(Acts)) == 1
    older = card.findChild(Unfold)
    assert f"{len(course) - FIRST_ACTS} 条" in older.switch.accessibleName()
    older.switch.setFocus()
    driven.bot.keyClick(older.switch, Qt.Key.Key_Space)
    driven.until(lambda: all(one.whole for one in card.findChildren(Acts)))
    assert "第0次电话" in said() and len(card.findChildren(Acts)) == 2
    older.switch.click()
    older.switch.click()
    assert len(card.findChildren(Acts)) == 2, "made once"


class Shown(QObject):
    """Notes what shows itself as a window."""

    def __init__(self):
        super().__init__()
        self.names = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_part_of_a_page_is_a_window_for_a_moment_and_takes_the_keys(driven):
    (case,) = register(driven.program.desk, 1)
    seen = Shown()
    driven.program.app.installEventFilter(seen)
    try:
        driven.workplace.open_case(case)
        driven.until(lambda: driven.page.case is not None and bool(driven.page.papers.lines))
        driven.program.desk.act_from(case, "note", {"text": "来电补充"})  # the page is made anew, its papers known
        driven.until(lambda: driven.page.case.timeline[-1].text == "来电补充")
        for name in ("statistics", "ledger", "directory", "calendar"):
            driven.key(name)
    finally:
        driven.program.app.removeEventFilter(seen)
    assert seen.names == []
