"""The real window under a real input method: xdotool's keys go to ibus, ibus composes, the window must keep still until it ends."""

import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit

from tests.conftest import NOON
from tests.ui.gallery import Hand
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


if __name__ == "__main__":
    main()
