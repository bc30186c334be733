"""The real window under a real input method: xdotool's keys go to ibus, ibus composes, the window must keep still until it ends."""

import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from tests.conftest import NOON
from tests.ui.gallery import Hand, furnish, rooms
from ui.app import Program
from ui.options import Options
from ui.start import make_application


def keys(hand, *words):
    subprocess.run(["xdotool", *words], check=True)
    hand.wait(900)


def taken_by_ibus(seconds=60):
    """Say whether the input method takes a key from an empty window: the control, without anything of ours."""
    field = QLineEdit()
    field.show()
    field.activateWindow()
    end = time.monotonic() + seconds
    taken = False
    while not taken and time.monotonic() < end:
        field.clear()
        field.setFocus()
        turn(300)
        subprocess.run(["xdotool", "type", "ni"], check=True)
        turn(1500)
        taken = QApplication.focusWidget() is field and not field.text()
        subprocess.run(["xdotool", "key", "Escape"], check=True)
        if not taken:  # the engine may have come up after the session chose it
            subprocess.run(["ibus", "engine", "libpinyin"], check=False, capture_output=True, timeout=30)
        turn(300)
    field.close()
    field.deleteLater()
    return taken


def turn(milliseconds):
    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def composed(hand, field, text):
    """Type two syllables, look, end them with the space bar; return what was there while they were composed, and after."""
    field.setFocus()
    hand.wait(300)
    heard = []
    field.textChanged.connect(lambda *_words: heard.append(text()))
    keys(hand, "type", "--delay", "120", "nihao")
    while_composing = [text(), len(heard)]
    keys(hand, "key", "space")
    end = time.monotonic() + 20
    while not text() and time.monotonic() < end:
        hand.wait(100)
    return [*while_composing, text()]


def main():
    app = make_application(["composing"])
    if not taken_by_ibus():
        print(json.dumps({"took no key": "of an empty window"}), flush=True)
        return
    program = Program(app, Options(Path(sys.argv[1]), True, "p-zhoumin", "zh_CN", NOON))
    hand = Hand(program)
    program.start()
    hand.until(lambda: hand.workplace is not None)
    hand.settle()
    program.window.activateWindow()
    told = {}
    hand.key("register")
    form = hand.page
    told["record"] = composed(hand, form.record, form.record.toPlainText)
    told["object"] = composed(hand, form.fields["object"], form.fields["object"].text)
    form.fields["place"].setFocus()
    hand.wait(200)
    keys(hand, "type", "--delay", "120", "lu")
    keys(hand, "key", "Return")
    told["enter"] = [form.fields["place"].text(), hand.page is form, [w.objectName() for w in hand.dialogs()]]
    search = hand.workplace.row.search
    heading = hand.workplace.page().heading()
    search.setFocus()
    hand.wait(200)
    keys(hand, "type", "--delay", "120", "nihao")
    told["search"] = [search.text(), hand.workplace.page().heading() == heading]
    keys(hand, "key", "space")
    hand.settle()
    told["found"] = [search.text(), hand.workplace.page().heading()]
    print(json.dumps(told, ensure_ascii=False), flush=True)
    program.window.close()
    program.close()
    QApplication.quit()


def takes_words(field):
    """Say whether a field is one into which people write Chinese."""
    if isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal:
        return False
    if isinstance(field.parentWidget(), QAbstractSpinBox):  # a date or a number takes no words
        return False
    return field.isVisible() and field.isEnabled() and not field.isReadOnly()


def every_field(folder):
    """Walk every room; type half a word into each text field, look, end it by the space bar; tell where anything moved before."""
    app = make_application(["composing"])
    if not taken_by_ibus():
        print(json.dumps({"took no key": "of an empty window"}), flush=True)
        return
    cases = furnish(folder)
    program = Program(app, Options(folder, True, "p-zhoumin", "zh_CN", NOON + timedelta(minutes=30)))
    hand = Hand(program)
    program.start()
    program.window.resize(1366, 768)
    hand.until(lambda: hand.workplace is not None)
    hand.settle()
    seen, told = set(), {"moved": [], "dumb": [], "unreached": [], "kept": []}
    for room, root in rooms(hand, cases):
        for field in [f for kind in (QLineEdit, QPlainTextEdit, QTextEdit) for f in root.findChildren(kind)]:
            name = (type(field).__name__, field.objectName(), field.accessibleName())
            if name in seen or not takes_words(field):
                continue
            seen.add(name)
            what = half_written(hand, root, field)
            print(room, *name, what, file=sys.stderr, flush=True)
            told[what].append([room, *name])
    print(json.dumps(told, ensure_ascii=False), flush=True)
    program.window.close()
    program.close()
    QApplication.quit()


def half_written(hand, root, field):
    """Return "moved" where a field changed before its syllable was ended, "dumb" where nothing came of it, "unreached", else "kept"."""
    root.window().activateWindow()
    field.setFocus()
    try:
        hand.until(lambda: QApplication.focusWidget() in (field, field.parentWidget()), 5)
    except TimeoutError:
        return "unreached"
    text = field.text if isinstance(field, QLineEdit) else field.toPlainText
    before, heard = text(), []
    field.textChanged.connect(lambda *_words: heard.append(1))
    subprocess.run(["xdotool", "type", "--delay", "30", "ni"], check=True)
    hand.wait(350)
    if not shiboken6.isValid(field) or heard or text() != before:
        return "moved"
    subprocess.run(["xdotool", "key", "space"], check=True)
    for _ in range(15):
        hand.wait(100)
        if not shiboken6.isValid(field):
            return "kept"
        if text() != before:  # the rooms behind this one find it as it was
            field.setText(before) if isinstance(field, QLineEdit) else field.setPlainText(before)
            return "kept"
    return "dumb"


if __name__ == "__main__":
    every_field(Path(sys.argv[2])) if sys.argv[1] == "every" else main()
