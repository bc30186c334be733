"""Two real windows on two replicas and a server: cut, both edit one case by its dialogs, heal, resolve side by side.

Part of the run under Xvfb (``make test``); pictures of every moment go to out/two-windows, in both languages.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from tests.conftest import CALL
from tests.sync.conftest import cluster, district, healed, shared_district
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat
from tests.ui.test_sync_window import enter, windows, words_of

PICTURES = Path(__file__).resolve().parents[2] / "out" / "two-windows"
__all__ = ["cluster", "district", "shared_district", "windows"]
WORDS = {"zh_CN": ("上次同步", "未联网", "待上传 1", "需核对 1"), "en": ("Last", "Offline", "1 to send", "1 to check")}


class Hand:
    """One person at one of the windows."""

    def __init__(self, driven, lang, name):
        self.driven, self.lang, self.name, self.number = driven, lang, name, 0
        driven.window.resize(1366, 768)
        PICTURES.mkdir(parents=True, exist_ok=True)

    def picture(self, what, widget=None):
        self.number += 1
        assert (
            (widget or self.driven.window)
            .grab()
            .save(str(PICTURES / f"{self.lang}-{self.name}-{self.number}-{what}.png"))
        )

    def complete(self, case, **said):
        """Fill in what the case lacks, by its dialog."""
        self.driven.workplace.open_case(case)
        self.driven.until(lambda: getattr(self.driven.page, "case", None) is not None)
        self.driven.settle()
        page = self.driven.page
        page.do(next(a for a in page.case.actions if a.action == "complete"))
        dialog = self.driven.dialog("act_complete")
        for name, text in said.items():
            field = dialog.inputs[name]
            field.setFocus()
            if isinstance(field, QLineEdit):
                field.insert(text)
            else:
                assert isinstance(field, QPlainTextEdit)
                field.insertPlainText(text)
        self.picture("complete", dialog)
        self.driven.bot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        self.driven.until(lambda: self.driven.shown("act_complete") is None)
        self.driven.settle()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_cut_both_edit_heal_and_resolve(windows, tmp_path, district, lang):
    last, offline, waits, checks = WORDS[lang]
    proxy = Proxy(district.cluster.port)
    seats = [Seat(tmp_path / "a", district, "p-zhoumin", proxy.port), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    case = seats[0].act("new", "register", **{k: v for k, v in CALL.items() if k != "object"}).case
    for seat in seats:
        seat.sync()
        seat.close()
    try:
        a, b = windows(tmp_path / "a", lang), windows(tmp_path / "b", lang)
        enter(a)
        enter(b)
        zhou, xu = Hand(a, lang, "a"), Hand(b, lang, "b")
        a.until(lambda: last in words_of(a) and offline not in words_of(a), 20)
        proxy.closed = proxy.hole = True
        a.program.watcher._wire.cut()
        xu.complete(case, object="乙工地")
        zhou.complete(case, object="甲工地")
        a.until(lambda: offline in words_of(a) and waits in words_of(a), 30)
        zhou.picture("offline")
        b.until(lambda: b.program.desk.sync_state().waiting == 0, 20)
        xu.picture("sent")
        proxy.heal()
        a.workplace.status._sync.click()
        a.settle()
        a.bot.mouseClick(a.page.now, Qt.MouseButton.LeftButton)
        a.until(lambda: a.page.checks.rowCount() == 1, 30)
        a.until(lambda: checks in words_of(a))
        zhou.picture("to-check")
        a.page.checks.setFocus()
        a.bot.keyClick(a.page.checks, Qt.Key.Key_Return)
        a.until(lambda: a.shown("conflictDialog") is not None)
        dialog = a.shown("conflictDialog")
        shown = " ".join(w.text() for w in dialog.findChildren(QLabel))
        assert "甲工地" in shown
        assert "乙工地" in shown
        zhou.picture("side-by-side", dialog)
        a.bot.mouseClick(dialog.findChild(QPushButton, "conflictRedo"), Qt.MouseButton.LeftButton)
        a.until(lambda: not a.program.desk.conflicts(), 10)
        b.until(lambda: b.program.desk.case(case).object == "甲工地", 30)
        a.until(lambda: a.page.checks.rowCount() == 0, 10)
        b.settle()
        zhou.picture("resolved")
        xu.picture("resolved")
        assert not b.program.desk.conflicts()
        for one in (a, b):
            one.program.close()
        QApplication.processEvents()
        for seat in seats:
            seat.open()
        healed(seats)
    finally:
        for seat in seats:
            seat.close()
        proxy.stop()
