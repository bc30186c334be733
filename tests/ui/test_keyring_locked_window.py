"""A PIN and a keyring that is locked or gone, in the window, with the machine's real Secret Service: said in words, nothing lost."""

import json

import pytest

from tests.unit.test_keyring_real_more import BARE, machine, pytestmark

__all__ = ["machine", "pytestmark"]
FOUND = """
import sys
from pathlib import Path
from liaison_app.desk import opening
from liaison_app.domain.events import Person
home = Path(sys.argv[1]) / "own"
me = Person(id="p-1", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
opening.found_alone(home, "M1", me, (), "keyring", "2468", "锦溪区")
print("founded")
"""
ENTER = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from ui import start
from ui.app import Program
from ui.options import Options
app = start.make_application(["locked"])
said = []
for lang in ("zh_CN", "en"):
    program = Program(app, Options(Path(sys.argv[1]) / "own", False, "", lang))
    typed = []
    def look():
        chooser = program.window.chooser
        if program.window.workplace is not None:
            said.append("at work")
            app.quit()
        elif chooser is not None and not typed:
            typed.append(True)
            chooser.secret.setText("2468")
            chooser.go()
        elif chooser is not None and chooser.findChild(QLabel, "chooserWrong").text():
            said.append(chooser.findChild(QLabel, "chooserWrong").text())
            app.quit()
    again = QTimer()
    again.timeout.connect(look)
    again.start(20)
    program.start()
    app.exec()
    again.stop()
    program.window.close()
    program.close()
print(json.dumps(said, separators=(",", ":")).replace(" ", "\\\\u0020"))
"""


def entered(machine, **how):
    return json.loads(machine.run(ENTER, **how)[-1])


@pytest.mark.parametrize("how", [{"password": "another password"}, {"start": BARE}])
def test_a_keyring_that_is_locked_or_silent_is_said_and_the_pin_opens_afterwards(machine, how):
    assert machine.run(FOUND) == ["founded"]
    zh, en = entered(machine, **how)
    assert "钥匙串" in zh
    assert "keyring" in en.lower()
    assert entered(machine) == ["at work", "at work"], "no try was spent, nothing was lost"
