"""Two kinds of hands and a sudden end: the keyboard alone, the mouse alone, and kill -9 while somebody types.

The keys go to the window that has the focus, as from a keyboard; Chinese comes as an input method gives it. The
pointer presses what it really meets at that place. Nothing is set, called or triggered behind the window's back.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from liaison_app.desk.opening import open_desk
from tests.conftest import NIGHT_NOISE
from tests.ui.conftest import register

NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key
RARE = "㛃"  # 女 + 吉
TEXTS = {
    "object": "湘味饭店",
    "place": "望江街道滨河路8号",
    "content": "油烟呛人，晚上开不了窗",
    "complainant_name": f"王{RARE}堃",
    "complainant_address": "滨河路10号2-1",
    "contact": "13900000000",  # the phone of the complaint that is there already
    "town": "望江街道",
    "salutation": "女士",
    "headcount": "3",
    "external_no": "12345-WX/0917",
    "received_at": "2026-09-30 08:10",
    "happened_at": "2026-09-30 08:20",
    "late_reason": "线路故障，先记在纸上",
}
RECORD = "楼下湘味饭店油烟呛人\nyi jia ren (3) 睡不着"


class Hands:
    """What both kinds of hands need: where the focus is, what is shown, the text that is typed."""

    def __init__(self, driven):
        self.driven, self.bot, self.program = driven, driven.bot, driven.program
        driven.window.raise_()
        driven.window.activateWindow()
        driven.settle()
        driven.until(driven.window.isActiveWindow)

    @property
    def focus(self):
        return QApplication.focusWidget()

    @property
    def page(self):
        return self.driven.page

    def press(self, key, modifier=NONE):
        if QGuiApplication.focusWindow() is None:  # offscreen no window manager hands it to anybody
            (QApplication.activeModalWidget() or self.driven.window).activateWindow()
            self.driven.until(lambda: QGuiApplication.focusWindow() is not None)
        self.bot.keyClick(QGuiApplication.focusWindow(), key, modifier)

    def type(self, text):
        """ASCII as keys, all else as an input method hands it over: first composed, then committed."""
        for plain, run in itertools.groupby(text, str.isascii):
            if plain:
                for sign in run:
                    self.press(Key.Key_Return) if sign == "\n" else self.press(sign)
            else:
                composed = QInputMethodEvent("pinyin", [])
                QApplication.sendEvent(QGuiApplication.focusObject(), composed)
                done = QInputMethodEvent()
                done.setCommitString("".join(run))
                QApplication.sendEvent(QGuiApplication.focusObject(), done)

    def back_in_window(self):
        """Give the window the focus when its dialog has closed, as a window manager does; offscreen there is none."""
        self.driven.until(lambda: QApplication.activeModalWidget() is None)
        if QGuiApplication.focusWindow() is None:
            self.driven.window.activateWindow()
        self.driven.until(self.driven.window.isActiveWindow)

    def thought(self):
        """Wait until the form has asked who is responsible and shows it."""
        self.driven.until(lambda: not self.page._asking.isActive())
        self.driven.settle()

    def part(self, name, root=None):
        found = [w for w in (root or self.page).findChildren(QWidget, name) if w.isVisible()]
        assert found, f"{name} is not shown"
        return found[-1]

    def saved_case(self):
        self.driven.until(lambda: getattr(self.page, "case", None) is not None)
        self.driven.settle()
        return self.page.case


class Keyboard(Hands):
    """Keys only."""

    def tab_to(self, name, *, back=False, limit=60):
        for _ in range(limit):
            if self.focus is not None and self.focus.objectName() == name:
                return self.focus
            self.press(Key.Key_Backtab if back else Key.Key_Tab, SHIFT if back else NONE)
            assert self.focus.isVisible()
        raise AssertionError(f"Tab does not reach {name}")

    def choose(self, value):
        box = self.focus
        assert isinstance(box, QComboBox)
        for _ in range(box.count()):
            if box.currentData() == value:
                return
            self.press(Key.Key_Down)
        raise AssertionError(f"the arrow keys do not reach {value}")

    def act(self, action, fill):
        before = self.page.case
        self.press(Key.Key_Return, CTRL)
        dialog = self.driven.dialog(f"act_{action}")
        self.driven.until(lambda: dialog.isActiveWindow())
        self.walk(dialog)
        for name, value in fill.items():
            if name == "happened_at":
                self.tab_to("doAct")
                while not (isinstance(self.focus, QPushButton) and self.focus.isCheckable()):
                    self.press(Key.Key_Backtab, SHIFT)
                self.press(Key.Key_Space)  # 补录 unfolds
            field = self.tab_to(f"field_{name}")
            if isinstance(field, QComboBox):
                self.choose(value)
            else:
                self.type(value)
        self.tab_to("doAct")
        self.press(Key.Key_Space)
        self.driven.until(lambda: self.page.case is not before)
        self.back_in_window()
        self.driven.settle()

    def walk(self, root):
        """Tab once around; every field that is shown and enabled is reached, and left forwards and backwards."""
        wanted = {
            w
            for w in root.findChildren(QWidget)
            if isinstance(w, QLineEdit | QPlainTextEdit | QComboBox | QPushButton) and w.isVisible() and w.isEnabled()
        }
        start, met = self.focus, []
        assert root.isAncestorOf(start)
        for _ in range(120):
            here = self.focus
            if root.isAncestorOf(here):
                met.append(here)
                assert _in_sight(here), f"{here.objectName()} has the keyboard out of sight"
                self.press(Key.Key_Tab)
                assert self.focus is not here, f"Tab does not leave {here.objectName()}"
                self.press(Key.Key_Backtab, SHIFT)
                assert self.focus is here, f"Shift+Tab does not come back to {here.objectName()}"
            self.press(Key.Key_Tab)
            if self.focus is start:
                break
        assert self.focus is start
        assert {w.objectName() or w.text() for w in wanted - set(met)} == set()
        return met


class Mouse(Hands):
    """Left presses, each at a place that is in sight; keys only give the letters of a box that was pressed before."""

    def click(self, widget, at=None):
        self._bring(widget)
        top = widget.window()
        place = widget.mapTo(top, at or widget.rect().center())
        hit = top.childAt(place)
        assert hit is widget or widget.isAncestorOf(hit), f"{hit} lies over {widget.objectName()}"
        assert widget.isEnabled()
        self.bot.mouseClick(top.windowHandle(), Qt.MouseButton.LeftButton, NONE, place)

    def choose(self, box, words):
        self.click(box)
        self.driven.until(box.view().isVisible)
        self.bot.wait(QApplication.doubleClickInterval() + 20)  # Qt takes an earlier release for the opening press
        row = next(i for i in range(box.count()) if box.itemText(i) == words)
        view = box.view()
        self.click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
        self.driven.until(lambda: not view.isVisible())
        assert box.currentText() == words

    def write(self, box, text):
        self.click(box.viewport() if isinstance(box, QPlainTextEdit) else box)
        assert self.focus is box
        self.type(text)

    def act(self, action, fill):
        before = self.page.case
        self.click(self.part(f"act_{action}"))
        dialog = self.driven.dialog(f"act_{action}")
        self.driven.until(lambda: dialog.isActiveWindow())
        self.driven.bot.wait(20)
        for name, value in fill.items():
            if name == "happened_at":
                self.click(next(b for b in dialog.findChildren(QPushButton) if b.isCheckable()))
            field = self.part(f"field_{name}", dialog)
            self.choose(field, value) if isinstance(field, QComboBox) else self.write(field, value)
        self.click(self.part("doAct", dialog))
        self.driven.until(lambda: self.page.case is not before)
        self.back_in_window()
        self.driven.settle()

    def _bring(self, widget):
        """Press beside the handle of the scroll bar until the part is in sight."""
        around = widget.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is None or around.window() is not widget.window() or _in_sight(widget):
            return
        bar = around.verticalScrollBar()
        for _ in range(30):
            if _in_sight(widget):
                return
            above = widget.mapTo(around.viewport(), QPoint(0, 0)).y() < 0
            option = QStyleOptionSlider()
            bar.initStyleOption(option)
            part = QStyle.SubControl.SC_ScrollBarSubPage if above else QStyle.SubControl.SC_ScrollBarAddPage
            room = bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, bar)
            assert bar.isVisible()
            self.bot.mouseClick(bar, Qt.MouseButton.LeftButton, NONE, room.center())
        raise AssertionError(f"{widget.objectName()} cannot be scrolled into sight")


def _in_sight(widget):
    """Say whether the middle of a part and its left end are shown."""
    middle = widget.rect().center()
    return all(widget.visibleRegion().contains(p) for p in (middle, QPoint(3, middle.y())))


def _holds_what_was_typed(driven, case, alike):
    typed = TEXTS | {"headcount": 3, "record": RECORD, "channel": "来访", "confidential": "ordinary"}
    for name in ("received_at", "happened_at"):
        typed[name] = TEXTS[name].replace(" ", "T") + ":00+08:00"
    typed["registered_at"] = typed.pop("happened_at")
    reason = typed.pop("late_reason")
    assert {name: getattr(case, name) for name in typed} == typed
    facts = {fact: words for fact, _, words in case.matters[0].facts}
    assert facts == {"medium": "烟气油烟", "source": "餐饮", "has_business_licence": "是", "opened_on": "2005-06-18"}
    assert case.matters[0].lead == "EPB"
    assert driven.program.desk.drafts() == ()
    assert case.timeline[0].late
    desk = driven.program.desk
    assert desk.paper_case(case.case_id).case.repeat_of == alike
    with desk._replica.read() as connection:
        assert {one.stamped.late_reason for one in desk._happened(connection, case.case_id)} == {reason}


@pytest.fixture
def alike(driven):
    """A complaint of the same telephone that is still open."""
    return register(driven.program.desk, 1)[0]


def test_the_keyboard_alone_registers_and_transfers(driven, alike):
    hands = Keyboard(driven)
    hands.press(Key.Key_N, CTRL)
    driven.settle()
    hands.thought()
    form = hands.page
    assert hands.focus is form.record
    hands.type(RECORD)
    hands.thought()
    met = [w for w in hands.walk(form) if not (isinstance(w, QPushButton) and not w.objectName())]
    names = [w.objectName() for w in met]
    eye = [
        "record",
        *(f"fill_{n}" for n in list(form.fields)[:5]),
        "object",
        "place",
        "content",
        *list(form.fields)[2:],
    ]
    assert names[: len(eye)] == eye
    assert met[len(eye) : len(eye) + 2] == [form.channel, form.confidential]
    assert names[len(eye) + 2 : len(eye) + 6] == ["fact_medium", "take_medium", "fact_source", "take_source"]
    assert names[-2:] == ["rare", "saveRegistration"]
    assert form.record.toPlainText() == RECORD  # Tab went through the large box and wrote nothing
    for name, text in TEXTS.items():
        hands.tab_to(name)
        before, sign, after = text.partition(RARE)
        hands.type(before)
        if sign:
            hands.press(Key.Key_R, ALT)
            finder = driven.dialog("rareCharacters")
            driven.until(lambda finder=finder: finder.isActiveWindow())
            hands.type("女吉")
            hands.press(Key.Key_Return)
            hands.back_in_window()
            driven.until(lambda name=name: hands.focus is form.fields[name])
            hands.type(after)
        assert driven.shown("errorDialog") is None
    hands.press(Key.Key_Tab)
    hands.choose("visit")
    hands.press(Key.Key_Tab)
    hands.choose("ordinary")
    hands.thought()
    hands.tab_to("take_medium")
    hands.press(Key.Key_Space)
    hands.thought()
    assert form.questions.facts == {"medium": "air"}
    assert hands.focus.objectName() == "fact_medium"
    hands.tab_to("fact_source")
    hands.choose("catering")
    hands.thought()
    hands.tab_to("fact_has_business_licence")
    hands.choose(True)
    hands.thought()
    hands.walk(form)
    for _ in range(60):  # 相似的未结投诉
        if isinstance(hands.focus, QPushButton) and hands.focus.text() == "记为重复投诉":
            break
        hands.press(Key.Key_Tab)
    hands.press(Key.Key_Space)
    hands.tab_to("fact_opened_on", back=True)
    hands.type("2005-06-18")
    hands.press(Key.Key_S, CTRL)
    case = hands.saved_case()
    _holds_what_was_typed(driven, case, alike)
    hands.act("propose-transfer", {"remark": "请尽快"})
    hands.act("approve", {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意"})
    hands.act("transfer", {"method": "fax", "to_number": "86006200"})
    hands.act("deliver", {"confirmed_by": "刘洋", "evidence": "传真回执", "happened_at": "2026-09-30 09:08"})
    hands.act("inform", {"method": "phone", "words": "已移送区环保局"})
    assert "told_transfer" in hands.page.case.flags
    assert driven.program.desk.verify().ok


def test_the_mouse_alone_registers_and_transfers(driven, alike):
    hands = Mouse(driven)
    hands.click(driven.window.findChild(QPushButton, "railRegister"))
    driven.settle()
    form = hands.page
    hands.write(form.record, RECORD)
    hands.thought()
    _drag_over(hands, form.record, "湘味饭店")
    hands.click(hands.part("fill_object"))
    assert form.fields["object"].text() == "湘味饭店"
    for name, text in TEXTS.items():
        if name == "object":
            continue
        before, sign, after = text.partition(RARE)
        box = form.content if name == "content" else form.fields[name]
        hands.write(box, before)
        if sign:
            hands.click(form.rare_button)
            finder = driven.dialog("rareCharacters")
            hands.write(finder.typed, "女吉")
            first = finder.signs.visualItemRect(finder.signs.item(0)).center()
            hands.click(finder.signs.viewport(), first)
            hands.click(hands.part("insertSign", finder))
            hands.back_in_window()
            assert hands.focus is box
            hands.type(after)
    hands.choose(form.channel, "来访")
    hands.choose(form.confidential, "一般：不告诉被投诉人")
    hands.thought()
    hands.choose(hands.part("fact_medium"), "烟气油烟")
    hands.thought()
    hands.click(hands.part("take_source"))
    hands.thought()
    hands.choose(hands.part("fact_has_business_licence"), "是")
    hands.thought()
    hands.click(next(b for b in form.findChildren(QPushButton) if b.text() == "记为重复投诉"))
    hands.write(hands.part("fact_opened_on"), "2005-06-18")
    hands.click(form.save_button)
    case = hands.saved_case()
    _holds_what_was_typed(driven, case, alike)
    hands.act("propose-transfer", {"remark": "请尽快"})
    hands.act("approve", {"road": "电话请示", "leader": "何建平", "number": "67820001", "words": "同意"})
    hands.act("transfer", {"method": "书面传真", "to_number": "86006200"})
    hands.act("deliver", {"confirmed_by": "刘洋", "evidence": "传真回执", "happened_at": "2026-09-30 09:08"})
    hands.act("inform", {"method": "电话", "words": "已移送区环保局"})
    assert "told_transfer" in hands.page.case.flags
    assert driven.program.desk.verify().ok


def _drag_over(hands, area, words):
    """Mark words in the large box with the left button held."""
    cursor = area.textCursor()
    ends = []
    for at in (RECORD.index(words), RECORD.index(words) + len(words)):
        cursor.setPosition(at)  # a copy: asks where the words stand, moves nothing
        ends.append(area.cursorRect(cursor).center())
    view = area.viewport()
    hands.bot.mousePress(view, Qt.MouseButton.LeftButton, NONE, ends[0])
    hands.bot.mouseMove(view, ends[1])
    hands.bot.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, ends[1])


@pytest.mark.parametrize("kind", [Keyboard, Mouse])
def test_the_bodies_of_a_resumed_draft_are_answered(driven, kind):
    """审批部门 is the one question of bodies; it is asked where the fact is known, as in a draft."""
    facts = {"medium": "noise", "source": "other_project", "project_exists": True, "project_approved_by": ["GOVT"]}
    texts = {k: v for k, v in TEXTS.items() if k not in ("happened_at", "late_reason")}
    driven.program.desk.save_draft("register", None, {**texts, "facts": facts})
    driven.key("refresh")
    hands = kind(driven)
    if kind is Keyboard:
        hands.tab_to("draftResume")
        hands.press(Key.Key_Space)
    else:
        hands.click(hands.part("draftResume"))
    driven.settle()
    hands.thought()
    form = hands.page
    if kind is Keyboard:
        hands.tab_to("fact_project_approved_by")
        for _ in range(4):
            hands.press(Key.Key_Down)
        chosen = hands.focus.currentText()
        hands.press(Key.Key_S, CTRL)
    else:
        box = hands.part("fact_project_approved_by")
        hands.choose(box, box.itemText(5))
        chosen = box.currentText()
        hands.click(form.save_button)
    case = hands.saved_case()
    folded = driven.program.desk.paper_case(case.case_id).case
    bodies = {name: code for code, name in driven.program.desk.bodies()}
    assert bodies[chosen] != "GOVT"
    assert folded.matters[0].facts["project_approved_by"] == [bodies[chosen]]
    assert case.contact == TEXTS["contact"]
    assert driven.program.desk.drafts() == ()


def test_a_date_half_typed_is_no_error_and_saving_names_the_field(driven):
    hands = Keyboard(driven)
    hands.press(Key.Key_N, CTRL)
    driven.settle()
    form = hands.page
    hands.type("楼下饭店油烟")
    hands.tab_to("place")
    hands.type("滨河路8号")
    hands.tab_to("happened_at")
    hands.type("2026-09-3")
    hands.thought()
    assert driven.shown("errorDialog") is None
    hands.press(Key.Key_S, CTRL)
    wrong = driven.dialog("errorDialog")
    driven.until(wrong.isActiveWindow)
    hands.press(Key.Key_Escape)
    hands.back_in_window()
    assert hands.focus is form.fields["happened_at"]
    hands.type("0 09:06")
    hands.thought()
    hands.press(Key.Key_S, CTRL)
    assert hands.saved_case().registered_at == "2026-09-30T09:06:00+08:00"


def test_the_person_changes_in_the_middle_of_a_word(driven):
    hands = Keyboard(driven)
    hands.press(Key.Key_N, CTRL)
    driven.settle()
    hands.type("打了一半的话 abc")
    hands.tab_to("object")
    hands.type("xiangwei")
    hands.press(Key.Key_L, CTRL | SHIFT)  # no pause: what was typed this very moment is kept
    mouse = Mouse(driven)
    _sit_down(mouse, "p-xuguoqiang")
    assert driven.page.findChild(QPushButton, "draftResume") is None
    assert driven.program.desk.drafts() == ()
    hands.press(Key.Key_N, CTRL)
    driven.settle()
    assert hands.page.record.toPlainText() == ""
    assert not hands.page.restored.isVisible()
    hands.press(Key.Key_L, CTRL | SHIFT)
    _sit_down(mouse, "p-zhoumin")
    driven.until(lambda: driven.page.objectName() == "registrationView" and driven.page.record.toPlainText() != "")
    assert driven.page.record.toPlainText() == "打了一半的话 abc"
    assert driven.page.fields["object"].text() == "xiangwei"
    assert len(driven.program.desk.drafts()) == 1


def _sit_down(mouse, person):
    driven = mouse.driven
    driven.until(lambda: driven.window.chooser is not None)
    driven.bot.wait(30)
    mouse.click(driven.window.chooser.findChild(QPushButton, f"person_{person}"))
    mouse.click(driven.window.chooser.enter)
    driven.until(lambda: driven.workplace is not None and driven.program.desk.person.id == person)
    driven.settle()


ROOT = Path(__file__).parents[2]
LOST_AT_MOST = 2.0
"""Seconds of typing that a kill may cost."""


def _type_until_killed(home, sign, after):
    """Let a desk type in its own process, kill it; return [(field, moment)] and the moment of the kill."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typing_hand", str(home), sign],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    try:
        lines = [child.stdout.readline() for _ in range(25)]
        time.sleep(after)  # in the parent: no window waits here
        killed = time.time()
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines()
    finally:
        child.kill()
        child.stdout.close()
        child.wait()
    return [(field, float(moment)) for field, moment in (line.split() for line in lines if line.strip())], killed


@pytest.mark.timeout(600)
def test_kill_while_somebody_types_costs_two_seconds_at_most(start, home):
    dice = random.Random(20260930)
    rounds = min(int(os.environ.get("LIAISON_KILL_ROUNDS", "4")), 26)  # a letter a round
    kept, late = {}, {}
    for sign in "abcdefghijklmnopqrstuvwxyz"[:rounds]:
        typed, killed = _type_until_killed(home, sign, 1.0 + dice.random() * 3)
        assert len(typed) > 20
        desk = open_desk(home, person="p-zhoumin")
        try:
            drafts = [d for d in desk.drafts() if sign in d.fields["record"]]
            assert desk.verify().ok
        finally:
            desk.close()
        assert len(drafts) == 1
        for field in ("record", "object"):
            there = drafts[0].fields[field]
            all_of_it = sum(1 for name, _ in typed if name == field)
            safe = sum(1 for name, moment in typed if name == field and moment <= killed - LOST_AT_MOST)
            assert there == sign * len(there)
            assert len(there) <= all_of_it + 1, (sign, field, len(there), all_of_it)
            if safe > len(there):
                late[sign] = (field, safe, len(there), all_of_it)
        kept[sign] = (drafts[0].fields["record"], drafts[0].fields["object"])
    assert len(late) <= rounds // 2, (late, "now and then the machine is late, most of the time it is not")
    driven = start(home, now=None)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    hands = Mouse(driven)
    offered = [b for b in driven.page.findChildren(QPushButton, "draftResume") if b.isVisible()]
    assert len(offered) == rounds
    hands.click(offered[0])
    driven.settle()
    assert (driven.page.record.toPlainText(), driven.page.fields["object"].text()) in kept.values()


def test_the_slip_is_printed_on_one_page_of_a4(driven, tmp_path):
    desk = driven.program.desk
    case = register(desk, 1)[0]
    desk.act_from(case, "complete", {"facts": NIGHT_NOISE})
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(
        case, "approve", {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意"}
    )
    desk.act_from(case, "transfer", {"method": "fax", "to_number": "86006200"})
    driven.workplace.open_case(case)
    driven.settle()
    hands = Keyboard(driven)
    hands.press(Key.Key_P, CTRL)
    paper = driven.dialog("paperDialog")
    driven.until(lambda: paper.document.pageCount() == 1)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paper.print_on(printer)
    driven.settle()
    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    assert printed.pageCount() == 1
    page = printed.pagePointSize(0)
    assert (round(page.width()), round(page.height())) == (595, 842)
    assert _ink(printed) == pytest.approx(_ink(paper.document), abs=2)
    assert desk.paper_case(case).printed == 1
    printed.close()
    nowhere = QPrinter(QPrinter.PrinterMode.HighResolution)
    nowhere.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    nowhere.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    paper.print_on(nowhere)
    driven.settle()
    driven.dialog("errorDialog").close()
    paper.reject()
    assert desk.paper_case(case).printed == 1  # what did not go out is not recorded


def _ink(document):
    """Return the box of what is printed on the first page, as left, top, right, bottom in points."""
    shown = document.render(0, QSize(595, 842))
    dark = [
        (x, y)
        for y in range(0, shown.height(), 2)
        for x in range(0, shown.width(), 2)
        if (c := shown.pixelColor(x, y)).alpha() > 128 and c.lightness() < 200
    ]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return min(xs), min(ys), max(xs), max(ys)
