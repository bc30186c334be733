"""What a person expects of any program on his desk: Qt's own buttons in his language, the place of the window, a file given at the start."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from liaison_app.desk.opening import open_desk
from liaison_app.store.engine import FILE
from ui import app as program_module
from ui.widgets.about import versions

OWN = {
    "zh_CN": {"Ok": "确定", "Cancel": "取消", "Save": "保存", "Close": "关闭", "Yes": "是"},
    "en": {"Ok": "OK", "Cancel": "Cancel", "Save": "Save", "Close": "Close", "Yes": "Yes"},
}
HAN = re.compile("[\u4e00-\u9fff]")
BUTTONS = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPushButton
from tests.conftest import NOON
from ui import start
from ui.actions import plain
from ui.app import Program
from ui.options import Options
app = start.make_application(["buttons"])
program = Program(app, Options(Path(sys.argv[1]), True, "p-zhoumin", "zh_CN", NOON))
seen = []
def look():
    workplace = program.window.workplace
    if workplace is None or not program.bridge.idle or workplace.context.lang in seen:
        return
    seen.append(workplace.context.lang)
    box = QDialogButtonBox()
    own = {n: plain(box.addButton(getattr(QDialogButtonBox.StandardButton, n)).text()) for n in ("Ok", "Cancel", "Save", "Close", "Yes")}
    files = QFileDialog(program.window)
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    parts = files.findChildren(QPushButton) + files.findChildren(QLabel)
    menu = QLineEdit(program.window).createStandardContextMenu()
    said = {"lang": seen[-1], "buttons": own, "files": " ".join(plain(one.text()) for one in parts if one.text()),
            "menu": " ".join(plain(act.text()) for act in menu.actions())}
    print(json.dumps(said), flush=True)
    if len(seen) == 2:
        app.quit()
    else:
        program.switch_language()
again = QTimer()
again.timeout.connect(look)
again.start(20)
program.start()
app.exec()
again.stop()
program.window.close()
program.close()
"""
PLACES = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui import start
from ui.app import Program
from ui.options import Options
from tests.conftest import NOON
app = start.make_application(["places"])
program = Program(app, Options(Path(sys.argv[1]), True, "p-zhoumin", "zh_CN", NOON))
wanted = json.loads(sys.argv[2])
def look():
    window = program.window
    if window.workplace is None or not program.bridge.idle or not window.isVisible():
        return
    again.stop()
    if wanted:
        window.setGeometry(*wanted)
        QTimer.singleShot(300, leave)
    else:
        leave()
def leave():
    program.window.close()
    shown = program.window.geometry()
    print(json.dumps([shown.x(), shown.y(), shown.width(), shown.height()]))
    app.quit()
again = QTimer()
again.timeout.connect(look)
again.start(20)
program.start()
app.exec()
program.close()
"""


def test_buttons_of_qt_itself_speak_the_language_of_the_window(home):
    """In a process of its own: translators that other windows of a test session left would speak into it."""
    done = subprocess.run(
        [sys.executable, "-c", BUTTONS, str(home)], capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    chinese, english = map(json.loads, done.stdout.splitlines())
    for said, lang, files, menu in ((chinese, "zh_CN", "取消", "复制"), (english, "en", "Cancel", "Copy")):
        assert said["lang"] == lang
        assert said["buttons"] == OWN[lang]
        assert files in said["files"] and menu in said["menu"], said
    assert not any(HAN.search(words) for words in (*english["buttons"].values(), english["files"], english["menu"]))


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs xvfb-run (installer/system-packages.sh tests)")
def test_the_window_stands_where_it_stood_on_this_screen(home):
    def seen(screen, wanted=()):
        done = subprocess.run(
            ["xvfb-run", "-a", "-s", f"-screen 0 {screen}x24", sys.executable, "-c", PLACES, str(home), json.dumps(wanted)],
            capture_output=True, text=True, timeout=180, check=False, env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    place = [60, 40, 1201, 701]
    assert seen("1400x900", place) == place
    assert seen("1600x1000") != place, "another screen has a place of its own"
    assert seen("1400x900") == place


@pytest.mark.parametrize(("lang", "words"), [("zh_CN", ("更新版本", "没有改动")), ("en", ("newer program", "upgrade"))])
def test_data_of_a_newer_program_are_refused_politely_and_left_alone(start, home, lang, words):
    desk = open_desk(home)
    with desk._replica.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num='9999'")
    desk.close()
    before = (home / FILE).read_bytes()
    driven = start(home, lang=lang)
    driven.until(lambda: getattr(driven.window.findChild(QPushButton, "splashRepair"), "isVisible", bool)())
    said = " ".join(one.text() for one in driven.window.findChildren(QLabel)).lower()
    assert all(word in said for word in words), said
    assert (home / FILE).read_bytes() == before


def test_a_file_given_at_the_start_is_opened_once_somebody_is_at_work(start, home, tmp_path, monkeypatch):
    """What a slip dropped on the icon is: the desktop starts the program with the file's name."""
    table = tmp_path / "投诉.csv"
    table.write_text("投诉对象,投诉内容,地点\n某饭店,油烟,湖滨路1号\n", encoding="utf-8")
    real = program_module.Options
    monkeypatch.setattr(program_module, "Options", lambda **said: real(**said, files=(str(table),)))
    driven = start(home)
    driven.until(lambda: driven.workplace is not None and type(driven.page).__name__ == "ImportView")
    driven.until(lambda: "共 1 行" in driven.page.said.text())


def test_the_versions_of_the_about_box_are_copied(driven):
    driven.key("about")
    about = driven.dialog("aboutDialog")
    QGuiApplication.clipboard().clear()
    next(one for one in about.findChildren(QPushButton) if "复制" in one.text()).click()
    copied = QGuiApplication.clipboard().text()
    assert copied == versions()
    assert all(part in copied for part in ("liaison-desk ", "Python ", "Qt "))
    about.reject()
