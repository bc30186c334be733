"""A person who walks a case through the real window: sits down, opens it, presses what is offered, fills what is asked."""

from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from tests.conftest import NOON
from tests.ui.test_hands import CTRL, SHIFT, Hands, Key
from ui.views.case_acts import words_of


class Walker(Hands):
    """Nothing is done behind the window's back but the moving of the stated clock."""

    def __init__(self, driven):
        super().__init__(driven)
        self.clock, self.case = NOON, ""

    @property
    def desk(self):
        return self.program.desk

    def later(self, **span):
        self.clock += timedelta(**span)
        self.desk.state_clock(self.clock)

    def sit(self, person):
        """换人: the window shows who may take the desk; one is chosen."""
        if self.desk.person.id == person:
            return
        self.press(Key.Key_L, CTRL | SHIFT)
        self.driven.until(lambda: self.driven.window.chooser is not None)
        chooser = self.driven.window.chooser
        chooser.choose(person)
        chooser.findChild(QPushButton, "chooserEnter").click()
        self.driven.until(lambda: self.driven.workplace is not None and self.desk.person.id == person)
        self.driven.settle()

    def open(self, person=""):
        """Sit down, find the case by its number as one does, open it."""
        if person:
            self.sit(person)
        page = self.driven.page
        if page.objectName() != "casePage" or page.case_ref() != self.case:
            self.driven.workplace.open_case(self.case)
        self.driven.settle()
        page = self.driven.page
        self.driven.until(lambda: page.case is not None)
        page.refresh()
        self.driven.settle()
        return page

    def do(self, person, action, *, about="", **fields):
        """Press the button of an act on the case page, fill its form, do it; ``about``: its what, kind or outcome."""
        page = self.open(person)
        self.later(minutes=5)
        offered = [a for a in page.case.actions if a.action == action]
        fits = [a for a in offered if not about or any(about in dict(f.choices) for f in a.fields)]
        assert fits, (action, about, [a.action for a in page.case.actions])
        words = words_of(fits[0])
        named = [b for b in page.findChildren(QPushButton) if b.objectName() == f"act_{action}"]
        button = next((b for b in named if b.text().startswith(words)), named[0])
        button.setFocus()
        button.click()
        return self.fill(f"act_{action}", fields | ({self._about(fits[0], about): about} if about else {}))

    @staticmethod
    def _about(action, about):
        return next(f.name for f in action.fields if about in dict(f.choices))

    def fill(self, name, fields):
        """Fill the form that stands open and press its button; a refusal would stand in its line."""
        dialog = self.driven.dialog(name)
        for field, value in fields.items():
            box = dialog.inputs[field]
            if isinstance(box, QComboBox):
                assert box.findData(value) >= 0, (field, value)
                box.setCurrentIndex(box.findData(value))
            elif isinstance(box, QLineEdit | QPlainTextEdit):
                box.setFocus()
                box.setText(str(value)) if isinstance(box, QLineEdit) else box.setPlainText(str(value))
            else:
                box.setChecked(bool(value))
        dialog.ok.click()
        self.driven.settle()
        left = self.driven.shown(name)
        assert left is None or left.wrong.isHidden(), left.wrong.text()
        self.driven.until(lambda: self.driven.shown(name) is None)
        self.driven.settle()

    def write(self, person, kind, text):
        """Write a reply beside its case and submit it by the keyboard."""
        self.sit(person)
        self.later(minutes=20)
        self.driven.workplace.open_reply(self.case)
        self.driven.settle()
        page = self.driven.page
        self.driven.until(lambda: page.reply is not None)
        self.driven.settle()
        at = page.kind.findData(kind)
        assert at >= 0, (kind, [page.kind.itemData(n) for n in range(page.kind.count())])
        page.kind.setCurrentIndex(at)
        page.text.put(text)
        self.driven.settle()
        page.text.setFocus()
        return page

    def submit(self, page):
        self.press(Key.Key_Return, CTRL | SHIFT)
        self.driven.until(lambda: page.reply.state == "submitted")
        self.driven.settle()

    def folder(self, person):
        """Open the 签批夹 at the paper of the case, wait until it was shown."""
        self.sit(person)
        self.later(minutes=10)
        self.driven.workplace.open_folder(self.case)
        self.driven.settle()
        page = self.driven.page
        self.driven.until(lambda: page.paper() is not None and page._shown == page.paper().id)
        self.driven.settle()
        assert page.paper().case_id == self.case
        return page

    def sign(self, person):
        page = self.folder(person)
        before = len(page.papers)
        self.press(Key.Key_G, CTRL)
        self.driven.until(lambda: len(page.papers) < before)
        self.driven.settle()

    def send(self, person, kind, **fields):
        """发出: the page of the reply opens the form."""
        self.sit(person)
        self.later(minutes=15)
        self.driven.workplace.open_reply(self.case)
        self.driven.settle()
        page = self.driven.page
        self.driven.until(lambda: page.reply is not None and page.go.isEnabled())
        page.go.click()
        self.fill("act_send-reply", {"method": "letter", **fields})
        assert kind in str(self.desk.reply(self.case).earlier) or self.desk.reply(self.case).earlier

    def state(self):
        return self.desk.case(self.case).state

    def clocks(self, rule):
        return [d.state for d in self.desk.case(self.case).deadlines if d.rule == rule]
