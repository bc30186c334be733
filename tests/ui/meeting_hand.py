"""The coordinator in the real window (under Xvfb): without a line prepares the quarter's meeting, notes it, and is killed while
typing; with the line back drafts the minutes of it, has them approved and issues them.

Tells one JSON line after each stretch (tests/sync/test_meeting_journey.py reads them and pulls the plug).
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from liaison_app.desk.meeting_room import room
from tests.ui.gallery import Hand
from ui.app import Program
from ui.options import Options
from ui.start import make_application
from ui.views.room_page import DRAFT
from ui.widgets.fields import set_value

COMING = ("COMMERCE", "MUNI", "C12369")
LEADS = ("gs", "sz", "12369")


class Coordinator(Hand):
    """A hand that counts what it does: a key, a click, a field filled is one action each."""

    def __init__(self, program):
        super().__init__(program)
        self.actions = 0

    def tell(self, **said):
        """Say how far it is."""
        print(json.dumps(said, ensure_ascii=False), flush=True)

    def press(self, widget, key):
        """Press a key."""
        self.actions += 1
        QTest.keyClick(widget, key)
        self.settle()

    def click(self, widget):
        """Click a button."""
        self.actions += 1
        assert widget is not None and widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def fill(self, field, words):
        """Fill a field, as typing or an input method does."""
        self.actions += 1
        set_value(field, words)

    def named(self, name):
        """Return the dialog of a name when it has come."""
        self.until(lambda: any(d.objectName() == name for d in self.dialogs()))
        self.settle()
        return next(d for d in self.dialogs() if d.objectName() == name)

    def prepare(self):
        """From nothing to the pack."""
        self.actions += 1
        self.key("meetings")
        self.until(lambda: self.page.objectName() == "meetingsPage" and len(self.page.due) > 0)
        self.settle()
        self.page.sheet.setCurrentCell(next(i for i, m in enumerate(self.page.due) if m.period == "2026-Q3"), 0)
        self.press(self.page.sheet, Qt.Key.Key_Return)
        form = self.named("record_open")
        agenda = form.tables["agenda"]
        while agenda.lines:  # the standing items give way to this quarter's
            agenda.sheet.setCurrentCell(0, 0)
            self.click(form.findChild(QPushButton, "remove_agenda"))
        self.click(form.findChild(QPushButton, "suggestAgenda"))
        proposed = self.named("agendaDialog")
        self.until(lambda: proposed.list.count() >= 8)
        self.click(proposed.findChild(QPushButton, "agendaAll"))
        self.click(proposed.ok)
        self.fill(form.inputs["theme"], "第三季度环境投诉联席会议")
        self.click(form.ok)
        self.until(lambda: self.page.objectName() == "recordPage" and self.page.record is not None)
        self.settle()
        self.click(self.page.findChild(QPushButton, "step_call"))
        call = self.named("record_call")
        self.fill(call.inputs["at"], "2026-09-30 14:30")
        self.fill(call.inputs["place"], "区政府三会议室")
        self.click(call.ok)
        self.until(lambda: self.page.record.state == "CLD")
        self.settle()
        self.click(self.page.findChild(QPushButton, "step_expect"))
        answers = self.named("record_expect")
        for body in COMING:
            table = answers.tables["attendance"]
            self.fill(table.inputs["body"], body)
            self.fill(table.inputs["how"], "present")
            self.click(table.add_button)
        self.click(answers.ok)
        self.until(lambda: self.page.findChild(QPushButton, "paper_pack") is not None)
        self.click(self.page.findChild(QPushButton, "paper_pack"))
        shown = self.named("paperDialog")
        self.until(lambda: shown.document.pageCount() > 5, 40)
        self.tell(prepared=self.actions, pages=shown.document.pageCount(), record=self.page.record.record_id)
        shown.close()
        self.settle()

    def keyed(self, box, words, key=Qt.Key.Key_Return):
        """Type into a box of the line, then press a key."""
        field = self.page.entry.boxes[box]
        field.setFocus()
        field.insert(words)
        field.textEdited.emit(field.text())
        self.press(field, key)

    def hold(self):
        """Eight items: a point and a decision each."""
        ref = self.page.record.record_id
        self.click(self.page.findChild(QPushButton, "openRoom"))
        self.until(lambda: self.page.objectName() == "roomPage" and self.page.room is not None)
        self.settle()
        self.click(self.page.findChild(QPushButton, "roomHold"))
        chair = self.named("record_hold")
        self.fill(chair.inputs["chair"], "孙立群")
        self.click(chair.ok)
        self.until(lambda: self.page.room.state == "HLD")
        self.settle()
        for n in range(8):
            self.keyed("words", f"第{n + 1}项的要点")
            self.keyed("words", f"办结第{n + 1}项", Qt.Key.Key_F4)
            self.keyed("lead", LEADS[n % 3])
            self.keyed("assisting", "")
            self.keyed("due", "10月15日" if n < 3 else "年底")
            self.until(lambda n=n: sum(len(i.decisions) for i in room(self.program.desk, ref).items) == n + 1)
            self.press(self.page.entry.boxes["words"], Qt.Key.Key_PageDown)
        self.tell(decided=8)
        field = self.page.entry.boxes["words"]
        field.insert("还没说完的一句")
        field.textEdited.emit(field.text())
        self.until(lambda: any(d.kind == DRAFT and d.fields.get("words") for d in self.program.desk.drafts()))
        self.tell(typing=True)
        self.wait(60_000)

    def issue(self):
        """The minutes, from what was noted to what the members read."""
        self.actions += 1
        self.key("meetings")
        self.until(lambda: self.page.objectName() == "meetingsPage" and len(self.page.due) > 0)
        self.settle()
        self.page.sheet.setCurrentCell(next(i for i, m in enumerate(self.page.due) if m.record_id), 0)
        self.press(self.page.sheet, Qt.Key.Key_Return)
        self.until(lambda: self.page.objectName() == "recordPage" and self.page.record is not None)
        text = ""
        for step, state, said in (
            ("minutes", "MIN", {}),
            ("sign", "APV", {"approved_by": "孙立群"}),
            ("publish", "PUB", {"minutes_no": "第3期"}),
        ):
            self.until(lambda step=step: self.page.findChild(QPushButton, f"step_{step}") is not None)
            self.settle()
            self.click(self.page.findChild(QPushButton, f"step_{step}"))
            form = self.named(f"record_{step}")
            for name, words in said.items():
                self.fill(form.inputs[name], words)
            text = text or form.inputs["minutes"].toPlainText()
            self.click(form.ok)
            self.until(lambda state=state: self.page.record.state == state)
        self.until(lambda: self.program.desk.sync_state().waiting == 0, 60)
        self.tell(issued=self.actions, text=text)
        self.wait(60_000)


def main():
    """Open the home of a member, come in with the pass-phrase, work until killed."""
    app = make_application(["meeting"])
    home, secret, now, pictures, lang, part = sys.argv[1:7]
    program = Program(app, Options(Path(home), False, "", lang))
    program.start()
    program.window.resize(1366, 860)
    hand = Coordinator(program)
    hand.until(lambda: program.window.chooser is not None, 40)
    program.window.chooser.secret.setText(secret)
    program.window.chooser.go()
    hand.until(lambda: hand.workplace is not None, 40)
    program.desk._stated = datetime.fromisoformat(now)
    hand.settle()
    if part == "minutes":
        hand.issue()
        return
    hand.prepare()
    if pictures:
        program.window.grab().save(f"{pictures}/prepared.png")
    hand.hold()


if __name__ == "__main__":
    main()
