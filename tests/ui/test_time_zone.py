"""A PC in another time zone: said once in words by the window; days and limits go by Beijing time all the same."""

import time

import pytest

from tests.ui.test_founding import MINE, alone, no_keyring
from ui.beginning import doubts_at_start as real

__all__ = ["alone", "no_keyring"]


@pytest.fixture
def zone(monkeypatch):
    def use(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield use
    monkeypatch.undo()
    time.tzset()


def entered(start, home, lang):
    driven = start(home, person="", lang=lang, now=None, demo=False)
    driven.until(lambda: driven.window.chooser is not None)
    driven.window.chooser.secret.setText(MINE)
    driven.window.chooser.go()
    driven.until(lambda: driven.workplace is not None)
    return driven


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh_CN", ("UTC-", "不是北京时间", "没有算错")), ("en", ("UTC-", "not China's", "Beijing time"))],
)
def test_it_is_said_in_words(start, alone, zone, lang, words):
    zone("America/New_York")
    driven = entered(start, alone, lang)
    driven.until(lambda: driven.workplace.notice.text() != "")
    assert all(word in driven.workplace.notice.text() for word in words)


def test_nothing_is_said_where_it_is_right(start, alone, zone, monkeypatch):
    zone("Asia/Shanghai")
    asked = []
    monkeypatch.setattr("ui.app.doubts_at_start", lambda *how: asked.append(real(*how)) or asked[-1])
    driven = entered(start, alone, "zh_CN")
    driven.until(lambda: bool(asked))
    driven.settle()
    assert asked == [[]]
    assert driven.workplace.notice.text() == ""
