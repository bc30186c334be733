"""The first journey in the real window, in both languages: typed with the keyboard, pressed with the mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from tests.conftest import NIGHT_NOISE, NOON
from ui import app as program_module

PICTURES = Path(__file__).resolve().parents[2] / "out" / "journey"


class Walker:
    """Drives one running program the way a person does."""

    def __init__(self, qtbot, program, lang):
        self.bot, self.program, self.lang, self.number = qtbot, program, lang, 0
        PICTURES.mkdir(parents=True, exist_ok=True)

    def settle(self):
        self.bot.waitUntil(lambda: self.program.bridge.idle, timeout=30_000)
        self.bot.wait(60)

    def picture(self, name, widget=None):
        self.number += 1
        shown = (widget or self.program.window).grab()
        assert shown.save(str(PICTURES / f"{self.lang}-{self.number:02d}-{name}.png"))

    @property
    def page(self):
        return self.program.window.workplace.page()

    def key(self, action):
        self.program.actions.action(action).trigger()
        self.settle()

    def dialog(self, name):
        self.bot.waitUntil(
            lambda: any(w.objectName() == name and w.isVisible() for w in QApplication.topLevelWidgets()),
            timeout=30_000,
        )
        return next(w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible())

    def act(self, action, **filled):
        before = self.page.case
        offered = next(a for a in before.actions if a.action == action)
        self.page.do(offered)
        dialog = self.dialog(f"act_{action}")
        for name, value in filled.items():
            field = dialog.inputs[name]
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            elif isinstance(field, QLineEdit | QPlainTextEdit):
                field.setFocus()
                self.bot.keyClicks(field, value) if value.isascii() else field.insert(value) if isinstance(
                    field, QLineEdit
                ) else field.insertPlainText(value)
        self.picture(action, dialog)
        self.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        self.bot.waitUntil(lambda: self.page.case is not before, timeout=30_000)
        self.settle()

    def sit_down(self, person):
        self.key("switch_person")
        self.bot.waitUntil(lambda: self.program.window.chooser is not None, timeout=30_000)
        self.program.window.chooser.choose(person)
        self.program.window.chooser.chosen.emit(person, "")
        self.bot.waitUntil(lambda: self.program.desk.person.id == person, timeout=30_000)
        self.settle()


@pytest.fixture
def walker(qtbot, home, request, monkeypatch):
    monkeypatch.setattr(program_module, "install_crash_handler", lambda folder, shown: None)
    lang = request.param
    app = program_module.make_application(["test"])
    options = program_module.Options(home=home, demo=True, person="p-zhoumin", lang=lang, now=NOON)
    program = program_module.Program(app, options)
    program.start()
    program.window.resize(1366, 768)
    qtbot.waitUntil(lambda: program.window.workplace is not None, timeout=30_000)
    program.window.raise_()
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=30_000)
    made = Walker(qtbot, program, lang)
    made.settle()
    yield made
    program.window.close()
    program.close()
    program.languages.use("zh_CN")


@pytest.mark.parametrize("walker", ["zh_CN", "en"], indirect=True)
def test_from_the_call_to_the_acceptance(walker, tmp_path):
    bot = walker.bot
    walker.picture("today")
    walker.key("register")
    form = walker.page
    bot.keyClicks(form.record, "banye dazhuang 13900000001")
    form.record.insertPlainText("，滨河路8号锦绣名城工地半夜打桩，我姓王")
    texts = {
        "object": "锦绣名城工地",
        "place": "望江街道滨河路8号",
        "complainant_name": "王喆堃",
        "complainant_address": "滨河路10号",
    }
    for name, text in texts.items():
        form.fields[name].insert(text)
    bot.keyClicks(form.fields["contact"], "13900000001")
    for fact, value in NIGHT_NOISE.items():
        form.questions.set_fact(fact, value)
    walker.settle()
    bot.wait(400)
    walker.settle()
    walker.picture("register")
    bot.keyClick(form.record, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    bot.waitUntil(
        lambda: walker.page.case_ref() != "" and getattr(walker.page, "case", None) is not None, timeout=30_000
    )
    assert walker.page.case.matters[0].lead == "EPB"
    number = walker.page.case.number
    walker.act("propose-transfer")
    walker.act("approve", road="telephone", number="67820001", words="同意，马上送")
    walker.act("transfer", method="fax", to_number="86006200")
    walker.act("deliver", confirmed_by="刘洋", evidence="传真回执", contact_person="刘洋", contact_number="12369")
    walker.act("inform")
    walker.picture("case")
    walker.page.preview_slip()
    paper = walker.dialog("paperDialog")
    bot.waitUntil(lambda: paper.document.pageCount() == 1, timeout=30_000)
    bot.wait(200)
    walker.picture("slip", paper)
    paper.save_to(tmp_path / "slip.pdf")
    bot.waitUntil(lambda: (tmp_path / "slip.pdf").exists(), timeout=30_000)
    walker.settle()
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    paper.reject()
    walker.settle()
    walker.sit_down("p-zhaowenjing")
    walker.key("list_6")
    walker.picture("to-accept")
    walker.program.window.workplace.open_case(number)
    walker.settle()
    offered = {a.action for a in walker.page.case.actions}
    assert "accept" in offered
    assert not offered & {"transfer", "propose-transfer", "refuse"}
    walker.act("sign")
    walker.act("accept")
    walker.act("inform")
    assert walker.page.case.state == "NOT"
    walker.picture("accepted")
    assert walker.program.desk.verify().ok


@pytest.mark.parametrize("walker", ["zh_CN"], indirect=True)
def test_typing_survives_a_change_of_person(walker):
    walker.key("register")
    walker.page.record.insertPlainText("打了一半的话")
    walker.settle()
    walker.sit_down("p-xuguoqiang")
    assert walker.program.desk.drafts() == ()
    walker.sit_down("p-zhoumin")
    assert walker.program.desk.drafts()[0].fields["record"] == "打了一半的话"


@pytest.mark.parametrize("walker", ["zh_CN", "en"], indirect=True)
def test_everything_has_a_name_and_a_target(walker):
    for action in ("list_1", "list_9", "register", "import"):
        walker.key(action)
        for button in walker.page.findChildren(QPushButton):
            if button.isVisible():
                assert button.accessibleName(), button.objectName()
                assert button.height() >= 30, (button.text(), button.height())
        for field in (*walker.page.findChildren(QLineEdit), *walker.page.findChildren(QPlainTextEdit)):
            if field.isVisible() and not isinstance(field.parent(), QComboBox):
                assert field.accessibleName(), field.objectName()
