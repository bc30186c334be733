"""What a person does at the desk with nothing but the keyboard: start, sit down, find, act, write, sign, print to a file.

Every word that is typed into the palette or looked for on a control is asked of the program in the language of the walk.
Nothing is called, set or opened behind the window's back; the desk is read only to judge what came of it.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit

from tests.ui.conftest import Driven
from tests.ui.test_hands import ALT, CTRL, SHIFT, Key, Keyboard
from ui import app as program_module
from ui.options import parse

PICTURES = os.environ.get("LIAISON_PICTURES", "")
"""Folder that takes a picture of every screen; '' takes none."""


def _asks_for_a_file():
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()), None)


def text_of(path):
    """Return what is written on a paper, without the breaks of its lines."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r", "").replace("\n", "")
    finally:
        document.close()


class Quick(Driven):
    """Waits no longer than the program works: a walk has hundreds of steps."""

    def settle(self):
        self.bot.wait(4)
        self.until(lambda: self.program.bridge.idle)
        self.bot.wait(4)


class Person(Keyboard):
    """One pair of hands at one desk; who sits there is chosen as people choose it."""

    def __init__(self, bot, home, lang, out, story):
        self.bot, self.home, self.lang, self.out, self.story = bot, home, lang, out, story
        self.clock: datetime | None = None
        self.number, self.program, self.driven, self._pictures = "", None, None, 0

    # -- coming and going -----------------------------------------------------------------------

    def start(self, clock, *more):
        """Start the program as the command line says it: the clock is stated, the person is not."""
        self.clock = datetime.fromisoformat(clock) if isinstance(clock, str) else clock
        app = program_module.make_application(["walk"])
        stated = ["--now", self.clock.isoformat()] if self.clock else []
        said = ["--home", str(self.home), "--lang", self.lang, *stated, *more]
        self.program = program_module.Program(app, parse(said)[0])
        self.driven = Quick(self.bot, self.program)
        self.program.start()
        self.program.window.resize(1366, 768)
        self.driven.until(lambda: self.program.window.isActiveWindow())

    def leave(self):
        """退出 by its key."""
        window = self.program.window
        self.press(Key.Key_Q, CTRL)
        self.driven.until(lambda: not window.isVisible())

    def later(self, person, **span):
        """The desk is closed, started again when the time has come, and a person sits down at it."""
        self.leave()
        program = self.program
        program.languages.use("zh_CN")  # another start is another process: nothing of this one's language stays
        self.start(self.clock + timedelta(**span))
        program.deleteLater()
        self.sit(person)

    def sit(self, person, secret=""):
        """换人: lock, walk to the person with the arrows, type the secret where one is asked, Enter."""
        if self.driven.workplace is not None:
            if self.program.desk.person.id == person:
                return
            self.press(Key.Key_L, CTRL | SHIFT)
        self.driven.until(lambda: self.driven.window.chooser is not None)
        self.driven.settle()
        chooser = self.driven.window.chooser
        if self.focus is None:  # the window of the program before took the activation with it when it went
            self.driven.window.activateWindow()
            self.driven.until(lambda: self.focus is not None)
        self.look("chooser")
        for _ in range(60):
            if self.focus.objectName() == f"person_{person}" and self.focus.isChecked():
                break
            self.press(Key.Key_Right if self.focus.objectName().startswith("person_") else Key.Key_Tab)
        assert self.focus.objectName() == f"person_{person}", f"{person} is not reached"
        if secret:
            self.tab_to("chooserSecret")
            self.type(secret)
        self.press(Key.Key_Return)
        self.driven.until(lambda: self.driven.workplace is not None and self.program.desk.person.id == person)
        self.driven.settle()
        assert chooser is not self.driven.window.chooser
        assert (self.program.actions.specs["palette"].words == "命令面板(&K)") == (self.lang == "zh_CN")
        self.look("today")

    # -- words ----------------------------------------------------------------------------------

    def tr(self, room, words):
        """Return words of the window in the language of the walk."""
        return QCoreApplication.translate(room, words)

    def said(self, action):
        """Return a command of the menus as the palette says it."""
        return self.program.actions.plain_words(action)

    # -- finding --------------------------------------------------------------------------------

    def palette(self, words):
        """Ctrl+K, some words, Enter on the first that begins with them."""
        self.press(Key.Key_K, CTRL)
        box = self.driven.dialog("commandPalette")
        self.driven.until(box.isActiveWindow)
        self.type(words)
        self.driven.settle()
        self.look("palette", box)
        shown = [box.list.item(n).text() for n in range(box.list.count())]
        whole = (n for n, one in enumerate(shown) if one.split("    ")[0] == words)
        at = next(whole, next((n for n, one in enumerate(shown) if words in one), None))
        assert at is not None, (words, shown)
        for _ in range(at):
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        self.driven.until(lambda: self.driven.shown("commandPalette") is None)
        self.driven.settle()

    def open(self, number=""):
        """Find the case by its number and open it."""
        page = self.page
        number = number or self.number
        if not (page.objectName() == "casePage" and page.case is not None and page.case.number == number):
            self.palette(number)
        self.driven.until(lambda: getattr(self.page, "case", None) is not None)
        self.driven.settle()
        assert self.page.case.number == number
        return self.page

    # -- forms ----------------------------------------------------------------------------------

    def field(self, words, *, back=False, limit=90):
        """Walk with Tab to the field of that name; what has the keyboard is in sight and says what it is."""
        for _ in range(limit):
            now = self.focus
            if now is not None and now.accessibleName() == words:
                return now
            self.press(Key.Key_Backtab if back else Key.Key_Tab, SHIFT if back else Qt.KeyboardModifier.NoModifier)
        raise AssertionError(f"Tab does not reach {words}")

    def put(self, words, value, **how):
        """Fill the field of that name as its kind is filled."""
        box = self.field(words, **how)
        if isinstance(box, QComboBox):
            self.pick(value)
        elif isinstance(box, QCheckBox):
            if box.isChecked() != value:
                self.press(Key.Key_Space)
        else:
            if isinstance(box, QLineEdit | QPlainTextEdit):
                self.press(Key.Key_A, CTRL)
            self.type(str(value))

    def alt(self, button):
        """Press the letter that is underlined on a button."""
        words = button.text()
        self.press(words[words.index("&") + 1].lower(), ALT)

    def pick(self, value):
        """Choose by the arrow keys."""
        box = self.focus
        self.press(Key.Key_Home)
        for _ in range(box.count()):
            if box.currentData() == value:
                return
            self.press(Key.Key_Down)
        raise AssertionError((box.accessibleName(), value, [box.itemData(n) for n in range(box.count())]))

    def fill(self, action, values, dialog=None):
        """Fill the form of an act by the names of its fields; Ctrl+Return does it; the focus is back on the page."""
        name = dialog or f"act_{action}"
        dialog = self.driven.dialog(name)
        self.driven.until(dialog.isActiveWindow)
        self.driven.settle()
        inputs = [w for w in dialog.inputs.values() if w.isVisible()]
        if inputs:
            assert self.focus in inputs or dialog.isAncestorOf(self.focus), "the form opens without the keyboard"
        for name, value in values.items():
            self.put(dialog.inputs[name].accessibleName(), value)
        self.look(f"act-{action}", dialog)
        self.press(Key.Key_Return, CTRL)
        self.driven.settle()
        left = self.driven.shown(name)
        assert left is None or left.wrong.isHidden(), left.wrong.text()
        self.driven.until(lambda: self.driven.shown(name) is None)
        self.back_in_window()
        self.driven.settle()
        assert self.focus is not None and self.page.isAncestorOf(self.focus), f"{action}: the keyboard is {self.focus}"

    def act(self, action, *, about="", **values):
        """Do an act of the case at hand: its words in the palette, its form, Ctrl+Return."""
        from ui.views.case_acts import words_of

        offered = [a for a in self.page.case.actions if a.action == action]
        fits = [a for a in offered if not about or any(about in dict(f.choices) for f in a.fields)]
        assert fits, (action, about, [a.action for a in self.page.case.actions])
        self.palette(words_of(fits[0]))
        if about:
            name = next(f.name for f in fits[0].fields if about in dict(f.choices))
            if len(dict(next(f.choices for f in fits[0].fields if f.name == name))) > 1:
                values = {name: about, **values}
        self.fill(action, values)

    def next(self, action, **values):
        """Do what the case offers first, by Ctrl+Return."""
        self.press(Key.Key_Return, CTRL)
        self.fill(action, values)

    # -- pages ----------------------------------------------------------------------------------

    def today(self, action):
        """Walk down 今日待办 to the line of a case, Enter: its form stands open."""
        self.press(Key.Key_1, CTRL)
        self.driven.settle()
        told = next(t for t in self.page._tasks if (t.number, t.action) == (self.number, action))
        words = f"{told.label} {told.title} {told.number}"
        for _ in self.page._tasks:
            if self.focus.accessibleName() == words:
                break
            self.press(Key.Key_Down)
        assert self.focus.accessibleName() == words
        self.press(Key.Key_Return)
        self.driven.dialog(f"act_{action}")

    def register(self, record, fields, facts):
        """Ctrl+N, the words of the caller, the fields, the questions, Ctrl+S."""
        self.press(Key.Key_N, CTRL)
        self.driven.settle()
        self.thought()
        form = self.page
        assert self.focus is form.record, (self.focus, self.focus and self.focus.objectName())
        self.type(record)
        for name, value in fields.items():
            self.put(form.fields[name].accessibleName(), value)
        self.thought()
        for fact, value in facts.items():
            self.thought()
            self.put(self.part(f"fact_{fact}", form).accessibleName(), value)
        self.thought()
        self.look("register")
        self.press(Key.Key_S, CTRL)
        self.number = self.saved_case().number
        assert self.page.isAncestorOf(self.focus)
        self.look("registered")

    def folder(self):
        """Open the 签批夹, walk to the paper of the case, see it."""
        self.press(Key.Key_0, CTRL)
        self.driven.until(lambda: self.page.objectName() == "folderPage" and bool(self.page.papers))
        self.driven.settle()
        page = self.page
        assert self.focus is page.list
        for _ in page.papers:
            if page.paper().number == self.number:
                break
            self.press(Key.Key_Down)
        assert page.paper().number == self.number
        self.driven.until(lambda: page._shown == page.paper().id)
        self.driven.settle()
        self.look("folder")
        return page

    def sign(self):
        """同意并看下一件, by its key."""
        page = self.folder()
        before = len(page.papers)
        self.press(Key.Key_G, CTRL)
        self.driven.until(lambda: len(page.papers) < before)
        self.driven.settle()
        assert self.focus is page.list

    def write(self, kind, text):
        """Write a reply beside its case: Ctrl+R, its kind, its text in place of the template."""
        self.press(Key.Key_R, CTRL)
        self.driven.until(lambda: self.page.objectName() == "replyPage" and self.page.reply is not None)
        self.driven.settle()
        page = self.page
        assert self.focus is page.text
        if page.kind.currentData() != kind:
            self.put(page.kind.accessibleName(), kind, back=True)
            self.field(page.text.accessibleName())
        self.press(Key.Key_A, CTRL)
        self.type(text)
        self.driven.settle()
        self.look(f"reply-{kind}")
        return page

    def submit(self):
        """送审, by its key."""
        page = self.page
        self.press(Key.Key_Return, CTRL | SHIFT)
        self.driven.until(lambda: page.reply.state == "submitted")
        self.driven.settle()
        assert page.isAncestorOf(self.focus)

    def send(self, **values):
        """发出: the page of the reply opens the form."""
        self.press(Key.Key_R, CTRL)
        self.driven.until(lambda: self.page.objectName() == "replyPage" and self.page.reply is not None)
        self.driven.settle()
        self.press(Key.Key_Return, CTRL)
        self.fill("send-reply", values)

    def call(self, **said):
        """回访电话单: walk to the case, fill what he says, Ctrl+Return records it."""
        self.press(Key.Key_V, CTRL | SHIFT)
        self.driven.until(lambda: self.page.objectName() == "callsPage" and self.page.call is not None)
        self.driven.settle()
        page = self.page
        for _ in page.lines:
            if page.call.number == self.number:
                break
            self.press(Key.Key_Down, CTRL)
            self.driven.settle()
        assert page.call.number == self.number
        for name, value in said.items():
            self.put(page.inputs[name].accessibleName(), value)
        self.look("call")
        self.press(Key.Key_Return, CTRL)
        self.driven.settle()
        self.look("called")
        assert page.isAncestorOf(self.focus)

    def redo(self):
        """After a dissatisfied answer the next key sends it back; the form begins with what was said."""
        button = self.tab_to("callRedo")
        assert button.isVisible()
        self.press(Key.Key_Return)
        self.fill("redo", {"reason": "投诉人不满意：夜里仍在施工"})

    def overdue(self):
        """督查总览: the line of the case in the list of what is late, Enter opens it."""
        self.press(Key.Key_O, CTRL | SHIFT)
        self.driven.until(lambda: self.page.objectName() == "oversightPage" and bool(self.page.lines))
        self.driven.settle()
        page = self.page
        self.look("oversight")
        self.field(page.late.accessibleName())
        self.press(Key.Key_Home, CTRL)
        for _ in page.lines:
            if page.lines[page.late.currentRow()].number == self.number:
                break
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        self.driven.until(lambda: self.page.objectName() == "casePage" and self.page.case is not None)
        self.driven.settle()
        assert self.page.case.number == self.number

    # -- papers ---------------------------------------------------------------------------------

    def paper(self, kind):
        """Show a paper of the case at hand: its name in the palette."""
        from ui.widgets.papers_card import words_of_paper

        self.driven.until(lambda: any(line.kind == kind for line in self.page._lines))
        line = next(line for line in self.page._lines if line.kind == kind)
        self.palette(words_of_paper(line).replace("\n", "　"))

    def scan(self, name):
        """Return a scan that lies on the computer."""
        path = self.out / name
        path.write_bytes(b"%PDF-1.4 signed by pen")
        return str(path)

    def proves_itself(self):
        """Nothing that was done is lost, doubled or bent: the journal holds, the rows made anew are the same."""
        desk = self.program.desk
        assert desk.verify().ok and desk.rebuild(check=True).equal

    def save(self, name):
        """Save the paper that is shown, by its keys; return what is written on it."""
        paper = self.driven.dialog("paperDialog")
        self.driven.until(lambda: paper.document.pageCount() > 0 and paper.save_button.isEnabled())
        self.driven.settle()
        self.look(f"paper-{name}", paper)
        path = self.out / f"{name}.pdf"
        self.alt(paper.save_button)
        self.choose_file(path)
        self.driven.until(path.exists)
        self.driven.settle()
        self.press(Key.Key_Escape)
        self.driven.until(lambda: self.driven.shown("paperDialog") is None)
        self.back_in_window()
        return text_of(path)

    def choose_file(self, path):
        """Type where the file is into the dialog that asks."""
        self.driven.until(lambda: _asks_for_a_file() is not None and _asks_for_a_file().isActiveWindow())
        self.press(Key.Key_A, CTRL)
        self.type(str(path))
        self.press(Key.Key_Return)
        self.driven.until(lambda: _asks_for_a_file() is None)

    def look(self, name, widget=None):
        """Leave a picture when pictures are asked for."""
        if PICTURES:
            self._pictures += 1
            self.driven.settle()
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            shown = (widget or self.driven.window).grab()
            assert shown.save(str(folder / f"{self.story}-{self.lang}-{self._pictures:03d}-{name}.png"))
