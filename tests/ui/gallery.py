"""Every page and every dialog of the window, one after the other: `python -m tests.ui.gallery FOLDER` leaves pictures of all.

Tests walk the same rooms for names, whole words, composed text and gaps. Pictures are made in a process of their own for each of
light / dark, 100 % / 200 %, Chinese / English (and once in 大字), because the scale of a screen is settled when Qt starts.
"""

import io
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import wave
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel
from PySide6.QtWidgets import QApplication, QDialog

from liaison_app.desk import demo
from liaison_app.desk.file_views import NewFile
from liaison_app.desk.opening import found_demo, open_desk
from liaison_app.desk.reply_views import ReturnedText
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL, NOON
from tests.journeys.test_whole_walk import Office
from tests.replies import in_hand, proposed
from tests.ui.gallery_more import first_start, further, picture
from ui import theme
from ui.app import Program
from ui.dialogs.attach import looked_at
from ui.dialogs.bring_in import BringInDialog
from ui.dialogs.many import ManyDialog
from ui.dialogs.returned import ReturnedDialog
from ui.models.queue import CASE_ID
from ui.options import Options
from ui.start import make_application
from ui.views.mechanism_view import TABS

LANGS = ("zh_CN", "en")
SIZE = (1366, 768)
"""Window of the pictures; the smallest in offices is 1280 x 720 (a 1920 x 1080 screen at 150 %)."""
LISTS = ("all", "to-complete", "to-transfer", "to-inform", "overdue", "closed", "conflicts")


def furnish(home):
    """Found a demo desk with something in every room; return its cases by what they show."""
    found_demo(home)
    desk = open_desk(home, person="p-zhoumin", now=NOON)
    demo.fill(desk, 1, NOON, count=24)
    desk.state_clock(NOON)
    office, cases = Office(desk), {}
    office.fed_back(object="回访用工地", contact="13900000777")
    cases["fed-back"] = office.case
    office.answered(object="已答复的工地", contact="13900000778")
    cases["answered"] = office.case
    desk.state_clock(NOON)
    desk.switch_person("p-zhoumin")
    cases["new"] = desk.act_from("new", "register", {**CALL, "confidential": "strict"}).case
    cases["in-hand"] = in_hand(desk)
    cases["returned"] = in_hand(desk, 2)
    desk.save_version(cases["returned"], 1, "written", "经查，该店责令限期整改。", submit=True)
    desk.switch_person("p-hejianping")
    desk.act_from(cases["returned"], "return-reply", {"comment": "对“限期整改”：写清整改时限"})
    desk.switch_person("p-zhoumin")
    cases["submitted"] = in_hand(desk, 3)
    desk.save_version(cases["submitted"], 1, "formal", "闫䶮女士：经查，该店无照经营，已责令停止经营。", submit=True)
    cases["proposed"] = proposed(desk, 4)
    visit = desk.files(cases["in-hand"]).visits[0].act_id
    desk.attach_files(cases["in-hand"], [NewFile(name="site.png", content=picture(), what="site", about=visit)])
    desk.attach_file(cases["in-hand"], "call.wav", _tone(), "recording")
    office.register(object="争议工地", contact="13900000779")
    office.transfer()
    office.do("EPB", "object", reasons="施工噪声由城管处罚", clause="第二十条", proposed="GOVT")
    office.do("COMMERCE", "keep-transfer", reasons="夜间施工属环保部门职责")
    cases["disputed"] = office.case
    desk.state_clock(NOON)
    desk.switch_person("p-zhoumin")
    desk.close()
    return cases


def _tone():
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(0, 240, 2)) * 80)
    return out.getvalue()


class Hand:
    """Waits and opens, over a running program."""

    def __init__(self, program):
        self.program = program

    @property
    def workplace(self):
        return self.program.window.workplace

    @property
    def page(self):
        return self.workplace.page()

    def wait(self, milliseconds):
        end = time.monotonic() + milliseconds / 1000
        while time.monotonic() < end:
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.002)

    def until(self, holds, seconds=20):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("a window kept a test waiting")
            self.wait(5)

    def settle(self):
        self.wait(40)
        self.until(lambda: self.program.bridge.idle)
        self.wait(40)

    def key(self, action):
        self.program.actions.action(action).trigger()
        self.settle()

    def sit(self, person):
        dark, large = theme.is_dark(), QApplication.font().pointSizeF() >= theme.LARGE_PT
        self.key("switch_person")
        self.program.window.chooser.chosen.emit(person, "")
        self.until(lambda: self.workplace is not None)
        self.settle()
        self.wear(dark=dark, large=large)

    def wear(self, *, dark, large):
        """The look is a person's own: whoever sits down takes it on anew."""
        if dark:
            self.program.use_dark(True)
            self.settle()
        if large:
            self.program.use_large_type(True)
            self.settle()

    def dialogs(self):
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]

    def above(self, below):
        """Return the dialog that was opened from another one and wait until it is filled."""
        self.until(lambda: self.dialogs()[-1:] and any(one is not below for one in self.dialogs()))
        self.settle()
        self.wait(120)
        return next(one for one in reversed(self.dialogs()) if one is not below)

    def opened(self):
        """Return the dialog that has just come and wait until it is filled."""
        self.until(lambda: bool(self.dialogs()))
        self.settle()
        self.wait(120)
        return self.dialogs()[-1]

    @contextmanager
    def dialog(self, go):
        go()
        made = self.opened()
        yield made
        for one in self.dialogs():
            one.close()
        self.settle()

    def home(self):
        while self.page.objectName() != "todayView":
            before = self.page
            self.key("back")
            if self.page is before:
                self.key("list_1")


def rooms(hand, cases):
    """Yield (name, widget) of everything that can be seen; the widget stands until the next one is asked for."""
    yield from _pages(hand, cases)
    yield from _acts(hand, cases)
    yield from _care(hand, cases)
    yield from _mechanism(hand)
    yield from further(hand, cases)
    yield from _others(hand, cases)


def _seen(hand, name, more=0):
    hand.settle()
    hand.wait(150 + more)
    return name, hand.program.window


def _pages(hand, cases):
    hand.key("list_1")
    yield _seen(hand, "today")
    for name in LISTS:
        hand.workplace.open_list(name)
        yield _seen(hand, f"list-{name}")
        hand.key("back")
    hand.workplace.open_list("all")
    hand.settle()
    queue, flags = hand.workplace.queue, QItemSelectionModel.SelectionFlag
    for row in (0, 1):
        queue.table.selectionModel().select(queue.model.index(row, 0), flags.Select | flags.Rows)
    yield _seen(hand, "list-chosen")
    hand.workplace.row.search.setText("湖滨路")
    yield _seen(hand, "search", 200)
    hand.workplace.row.search.clear()
    hand.home()
    for name, case in cases.items():
        hand.workplace.open_case(case)
        yield _seen(hand, f"case-{name}")
        hand.home()
    hand.workplace.open_case(cases["in-hand"])
    hand.settle()
    hand.key("case_window")
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "caseWindow")
    hand.wait(200)
    yield "case-window", window
    window.close()
    hand.home()
    hand.key("register")
    yield _seen(hand, "register-empty")
    form = hand.page
    form.record.setPlainText("滨河路8号锦绣名城工地，半夜十二点还在打桩，一家人睡不着。电话13900000001，我姓𬱖。")
    form.fields["place"].setText("望江街道滨河路8号")
    for fact, value in CALL["facts"].items():
        form.questions.set_fact(fact, value)
    yield _seen(hand, "register", 400)
    hand.home()
    for action in (
        "import",
        "calendar",
        "ledger",
        "calls",
        "directory",
        "inquiry",
        "sync",
        "folder",
        "hot_places",
        "meetings",
        "administer",
    ):
        hand.key(action)
        yield _seen(hand, action)
        if action == "calendar":
            hand.page.begin_entry()
            yield _seen(hand, "calendar-entry")
        if action == "ledger":
            for at in range(0, len(hand.page.kinds), 4):
                hand.page.list.setCurrentCell(at, 0)
                yield _seen(hand, f"ledger-{at}")
        hand.home()
    hand.key("newcomer")
    for step in range(8):
        yield _seen(hand, f"tour-{step + 1}", 150)
        hand.workplace.newcomer.next.click()
    hand.home()
    hand.workplace.open_case(cases["proposed"])
    hand.settle()
    hand.key("inquiry")
    yield _seen(hand, "inquiry-case")
    hand.home()
    for name in ("in-hand", "returned"):
        hand.workplace.open_reply(cases[name])
        hand.settle()
        for tab in range(hand.page.tabs.count()):
            hand.page.tabs.setCurrentIndex(tab)
            yield _seen(hand, f"reply-{name}-{tab}", 300)
        hand.home()


def _acts(hand, cases):
    seen = set()
    for case in cases.values():
        hand.workplace.open_case(case)
        hand.settle()
        for action in hand.page.case.actions:
            if action.action in seen:
                continue
            seen.add(action.action)
            before = hand.page
            hand.page.do(action)
            hand.settle()
            if hand.page is not before:
                hand.key("back")
                continue
            yield f"act-{action.action}", hand.opened()
            for one in hand.dialogs():
                one.close()
            hand.settle()
        hand.home()


def _care(hand, cases):
    for action in ("palette", "shortcuts", "about", "people", "undo", "columns", "settings"):
        if action == "columns":
            hand.key("list_9")
        with hand.dialog(lambda action=action: hand.program.actions.action(action).trigger()) as made:
            yield f"dialog-{action}", made
    hand.home()
    error = RuleBroken("field_value", field="contact", value="x")
    with hand.dialog(lambda: hand.program.show_error(error, None)) as made:
        yield "dialog-error", made
    hand.workplace.open_case(cases["in-hand"])
    hand.settle()
    with hand.dialog(lambda: hand.program.actions.action("explain").trigger()) as made:
        yield "dialog-due", made
    hand.home()
    hand.workplace.open_case(cases["answered"])
    hand.settle()
    with hand.dialog(hand.page.preview_slip) as made:
        hand.until(lambda: made.document.pageCount() > 0)
        hand.wait(300)
        yield "dialog-paper", made
    hand.home()
    yield from _files(hand, cases)
    hand.workplace.open_list("all")
    hand.settle()
    queue, flags = hand.workplace.queue, QItemSelectionModel.SelectionFlag
    for row in (0, 1):
        queue.table.selectionModel().select(queue.model.index(row, 0), flags.Select | flags.Rows)
    hand.settle()
    desk = hand.program.desk
    chosen = [desk.case(queue.model.index(row, 0).data(CASE_ID)) for row in (0, 1)]
    note = next(one for one in chosen[0].actions if one.action == "note")
    with hand.dialog(lambda: ManyDialog(hand.workplace.context, chosen, note, hand.program.window).open()) as made:
        yield "dialog-many", made
    hand.home()


def _files(hand, cases):
    hand.workplace.open_case(cases["in-hand"])
    hand.settle()
    hand.until(lambda: hand.page.files.found is not None and len(hand.page.files.found.files) == 2)
    with hand.dialog(hand.page.copy_items) as made:
        yield "dialog-copy-items", made
    with hand.dialog(hand.page.files.add) as made:
        made.add([looked_at("works.png", picture()), looked_at("note.txt", "情况".encode())])
        hand.settle()
        yield "dialog-attach", made
    for one in hand.page.files.found.files:
        with hand.dialog(lambda one=one: hand.page.files.show(one)) as made:
            hand.wait(200)
            yield f"dialog-file-{one.kind}", made
    found = ReturnedText(
        text="经查，该店责令立即整改。", changes=2, by=("何建平",), remarks=("何建平：写清期限",), known=False
    )
    with hand.dialog(
        lambda: ReturnedDialog("经查，该店责令限期整改。", found, "reply.docx", hand.program.window).open()
    ) as made:
        yield "dialog-returned", made
    hand.home()


def _mechanism(hand):
    hand.key("mechanism")
    for tab in TABS:
        hand.page.open_tab(tab)
        yield _seen(hand, f"mechanism-{tab}", 150)
    page = hand.page
    page.open_tab("indicators")
    hand.settle()
    hand.until(lambda: page.indicators.view is not None)
    with hand.dialog(lambda: page.indicators.open_figure(0)) as made:
        yield "dialog-figure", made
    page.open_tab("settings")
    hand.settle()
    with hand.dialog(lambda: page.change_setting(0)) as made:
        yield "dialog-setting", made
    page.open_tab("versions")
    hand.settle()
    page.versions.begin_draft()
    hand.until(lambda: hand.page.objectName() == "versionPage" and hand.page.view is not None, 30)
    yield _seen(hand, "version")
    with hand.dialog(hand.page.show_changes) as made:
        yield "dialog-changes", made
    hand.home()


def _others(hand, cases):
    with hand.dialog(lambda: BringInDialog(hand.workplace.context, hand.program.window).open()) as made:
        yield "dialog-bring-in", made
    hand.key("ledger")
    hand.until(lambda: bool(hand.page.kinds))
    for at, kind in enumerate(hand.page.kinds):
        hand.page.list.setCurrentCell(at, 0)
        hand.settle()
        if hand.page.kind() is not None and hand.page.kind().may_open:
            with hand.dialog(hand.page.new_record) as made:
                yield f"dialog-record-{kind.kind.replace('/', '-')}", made
            break
    hand.home()
    for record in hand.program.desk.records("all").items[:1]:
        hand.workplace.open_record(record.record_id)
        yield _seen(hand, "record")
        hand.home()
    for record in hand.program.desk.records("group:meeting").items[:1]:
        hand.workplace.open_room(record.record_id)
        yield _seen(hand, "meeting-room", 300)
        hand.home()
    hand.sit("p-hejianping")
    hand.key("folder")
    yield _seen(hand, "folder-leader", 300)
    hand.home()
    hand.sit("p-duanhui")
    hand.key("oversee")
    yield _seen(hand, "oversee")
    hand.home()
    hand.key("switch_person")
    yield "chooser", hand.program.window
    hand.program.window.show_splash(hand.program.tr("正在打开…"))
    hand.wait(60)
    yield "splash", hand.program.window


def shoot(folder, lang, dark, large, size=SIZE):
    """Take every picture in this process, in one look, in a window of a size."""
    app = make_application(["gallery"])
    look = f"{lang}-{'dark' if dark else 'light'}{'-large' if large else ''}-{os.environ.get('QT_SCALE_FACTOR', '1')}x"
    look += "" if size == SIZE else f"-{size[0]}"
    out = Path(folder) / look
    out.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="liaison-gallery-"))
    try:
        cases = furnish(place / "desk")
        program = Program(app, Options(place / "desk", True, "p-zhoumin", lang, NOON + timedelta(minutes=30)))
        hand = Hand(program)
        program.start()
        program.window.resize(*size)
        hand.until(lambda: hand.workplace is not None)
        hand.settle()
        hand.wear(dark=dark, large=large)
        for n, (name, widget) in enumerate(rooms(hand, cases)):
            widget.grab().save(str(out / f"{n:03d}-{name}.png"))
        program.window.close()
        program.close()
        first = Program(app, Options(place / "none", demo=False, lang=lang))
        theme.apply(app, first.look.family, large=large, dark=dark)
        first.start()
        first.window.resize(*size)
        for n, (name, widget) in enumerate(first_start(Hand(first)), 200):
            widget.grab().save(str(out / f"{n:03d}-{name}.png"))
        first.window.close()
        first.close()
    except BaseException:
        traceback.print_exc()  # the program's own handler would show it in a window that nobody sees
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(out, flush=True)


def main():
    if len(sys.argv) >= 5:
        size = tuple(int(one) for one in sys.argv[5].split("x")) if len(sys.argv) > 5 else SIZE
        shoot(sys.argv[1], sys.argv[2], sys.argv[3] == "dark", sys.argv[4] == "large", size)
        return
    looks = [
        *itertools.product(LANGS, ("light", "dark"), ("normal",), ("1", "2")),
        *((one, "light", "large", "1") for one in LANGS),
    ]
    for lang, colour, size, scale in looks:
        env = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        subprocess.run([sys.executable, "-m", "tests.ui.gallery", sys.argv[1], lang, colour, size], check=True, env=env)


if __name__ == "__main__":
    main()
