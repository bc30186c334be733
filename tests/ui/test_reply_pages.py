"""The reply editor and the 签批夹 in the real window, by the keyboard alone, in both languages."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from liaison_app.desk.opening import open_desk
from tests.conftest import NOON
from tests.replies import in_hand, proposed
from tests.ui.test_hands import ALT, CTRL, SHIFT, Key, Keyboard

PICTURES = Path(__file__).resolve().parents[2] / "out" / "replies"


def _as(home, person):
    return open_desk(home, person=person, now=NOON)


def _picture(driven, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    driven.bot.wait(150)
    assert driven.window.grab().save(str(PICTURES / f"{name}.png"))


def _named(page):
    for one in page.findChildren(QPushButton):
        if one.isVisible():
            assert one.accessibleName() and one.height() >= 30, one.objectName()
    for one in (*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit), *page.findChildren(QComboBox)):
        if one.isVisible() and not isinstance(one.parent(), QComboBox):
            assert one.accessibleName(), one.objectName()


def _window(start, home, person, lang="zh_CN"):
    driven = start(home, person=person, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return driven, Keyboard(driven)


def _close(driven):
    driven.window.close()
    driven.program.close()


@pytest.fixture
def returned(home):
    """A case whose written reply was returned by the leader with a comment at a place."""
    desk = _as(home, "p-zhoumin")
    case = in_hand(desk)
    desk.save_version(case, 1, "written", "经查，该店责令限期整改。", submit=True)
    desk.switch_person("p-hejianping")
    desk.act_from(case, "return-reply", {"comment": "对“限期整改”：写清整改时限"})
    desk.close()
    return case


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_reply_is_written_submitted_and_sent_by_keys(start, home, lang):
    desk = _as(home, "p-zhoumin")
    case = in_hand(desk)
    desk.close()
    driven, hands = _window(start, home, "p-zhoumin", lang)
    driven.workplace.open_case(case)
    driven.settle()
    hands.back_in_window()
    hands.press(Key.Key_R, CTRL)
    driven.until(lambda: driven.page.objectName() == "replyPage" and driven.page.reply is not None)
    driven.settle()
    page = driven.page
    assert hands.focus is page.text
    assert page.kind.currentData() == "written"
    assert "责令停止经营，罚款3000元。" in page.text.toPlainText()
    assert "【待填：移送单编号】" in page.text.toPlainText()
    hands.press(Key.Key_Return, CTRL | SHIFT)  # a letter with a gap goes to nobody: the gap is selected
    assert page.text.passage() == "【待填：移送单编号】"
    assert page.wrong.text()
    _picture(driven, f"{lang}-reply-open")
    hands.type("无")
    hands.press(Key.Key_End, CTRL)
    hands.type("\n将于10月15日复查，罚款5000元。")
    driven.until(lambda: page.checks.count() == 2 and "10月15日" in page.checks.item(0).text())
    assert "5000元" in page.checks.item(1).text()
    hands.tab_to("replyChecks")
    hands.press(Key.Key_End)
    hands.press(Key.Key_Return)
    assert page.text.passage() == "5000元"
    _named(page)
    _picture(driven, f"{lang}-reply-doubts")
    hands.press(Key.Key_S, CTRL)
    driven.until(lambda: page.reply.state == "drafted")
    driven.settle()
    page.text.setFocus()
    hands.press(Key.Key_Return, CTRL | SHIFT)
    driven.until(lambda: page.reply.state == "submitted")
    driven.settle()
    assert page.text.isReadOnly()
    assert driven.program.desk.drafts() == ()
    _close(driven)

    desk = _as(home, "p-hejianping")
    desk.act_from(case, "approve-reply", {"road": "own_desk"})
    desk.close()
    driven, hands = _window(start, home, "p-zhoumin", lang)
    driven.workplace.open_reply(case)
    driven.until(lambda: driven.page.reply is not None)
    driven.settle()
    page = driven.page
    driven.until(lambda: page.go.isEnabled())
    text = page.text.toPlainText()
    assert text.endswith("罚款5000元。")
    hands.type("改a")
    assert page.text.toPlainText() == text
    hands.press(Key.Key_Return, CTRL)
    dialog = driven.dialog("act_send-reply")
    driven.until(dialog.isActiveWindow)
    hands.tab_to("doAct")
    hands.press(Key.Key_Space)
    driven.until(lambda: driven.page.objectName() != "replyPage")
    driven.settle()
    assert driven.program.desk.reply(case).earlier[0][1] == text
    assert driven.program.desk.verify().ok


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_returned_reply_shows_the_comment_at_its_place_and_versions_their_difference(start, home, returned, lang):
    driven, hands = _window(start, home, "p-zhoumin", lang)
    driven.workplace.open_reply(returned)
    driven.until(lambda: driven.page.reply is not None)
    driven.settle()
    page = driven.page
    driven.until(lambda: page.checks.count() > 0)
    assert "写清整改时限" in page.checks.item(0).text()
    hands.tab_to("replyChecks")
    hands.press(Key.Key_Return)
    assert page.text.passage() == "限期整改"
    hands.type("于9月30日前停止经营")
    hands.press(Key.Key_Return, CTRL | SHIFT)
    driven.until(lambda: page.reply.state == "submitted")
    driven.settle()
    page.tabs.setCurrentIndex(1)
    hands.tab_to("replyVersions")
    shown = page.compared.toPlainText()
    assert "－限期整改－" in shown and "＋于9月30日前停止经营＋" in shown
    _picture(driven, f"{lang}-reply-versions")
    page.tabs.setCurrentIndex(2)
    driven.settle()
    driven.until(lambda: page.printed.isVisible() and page._document.pageCount() == 1)
    assert "区工商分局" in page.plain.toPlainText()
    _picture(driven, f"{lang}-reply-letter")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_leader_signs_twelve_papers_by_keys(start, home, tmp_path, lang):
    desk = _as(home, "p-zhoumin")
    for n in range(8):
        proposed(desk, n)
    replies = [in_hand(desk, n) for n in range(21, 24)]
    for case in replies:
        desk.save_version(case, 1, "written", "经查，该店责令限期整改。", submit=True)
    told = proposed(desk, 30)
    desk.act_from(
        told, "approve", {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意"}
    )
    desk.close()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")

    driven, hands = _window(start, home, "p-hejianping", lang)
    assert driven.page.findChild(QPushButton, "openFolder").isVisible()
    hands.press(Key.Key_0, CTRL)
    driven.until(lambda: driven.page.objectName() == "folderPage" and len(driven.page.papers) == 12)
    page = driven.page
    assert [p.kind for p in page.papers] == ["transfer"] * 8 + ["reply"] * 3 + ["proxy"]

    def shown():
        driven.until(lambda: page.paper() is not None and page._shown == page.paper().id)
        driven.settle()

    shown()
    _named(page)
    _picture(driven, f"{lang}-folder-slip")
    assert not page.kind_button.isEnabled()
    hands.press(Key.Key_G, CTRL)  # 同意并看下一件
    driven.until(lambda: len(page.papers) == 11)
    shown()
    hands.tab_to("folderList")
    for _ in range(6):
        hands.press(Key.Key_Down)
        shown()
    assert page.kind_button.isEnabled()  # each of the seven was opened
    hands.press(Key.Key_A, CTRL | SHIFT)
    driven.until(lambda: len(page.papers) == 4, seconds=20)
    shown()
    assert page.paper().kind == "reply" and page.text.isVisible()

    hands.tab_to("folderText")  # return it with a comment at the place
    hands.press(Key.Key_Home, CTRL)
    for _ in range(7):
        hands.press(Key.Key_Right)
    for _ in range(4):
        hands.press(Key.Key_Right, SHIFT)
    marked = page.text.passage()
    hands.press(Key.Key_T, CTRL)
    assert hands.focus is page.comment
    _picture(driven, f"{lang}-folder-return")
    hands.type("写清整改时限")
    hands.press(Key.Key_Return)
    driven.until(lambda: len(page.papers) == 3)
    shown()

    hands.press(Key.Key_S, CTRL | SHIFT)  # 已在纸上签
    dialog = driven.dialog("act_approve-reply")
    driven.until(dialog.isActiveWindow)
    hands.tab_to("field_scan")
    hands.type(str(scan))
    hands.tab_to("doAct")
    hands.press(Key.Key_Space)
    driven.until(lambda: len(page.papers) == 2)
    hands.back_in_window()
    shown()
    hands.press(Key.Key_G, CTRL)
    driven.until(lambda: len(page.papers) == 1)
    shown()
    assert page.paper().kind == "proxy"
    _picture(driven, f"{lang}-folder-proxy")
    hands.press(Key.Key_G, CTRL)  # 属实
    driven.until(lambda: page.papers == ())
    driven.settle()
    assert page.done == 12
    desk = driven.program.desk
    states = sorted(desk.reply(case).state for case in replies)
    assert states == ["approved", "approved", "returned"]
    back = next(desk.reply(c) for c in replies if desk.reply(c).state == "returned")
    assert back.comment == f"对“{marked}”：写清整改时限" and len(marked) == 4
    roads = {r.road for c in replies for r in desk.paper_case(c).case.handling.replies}
    assert roads == {"paper", "switched", ""}
    verdicts = [t.approval.verdict for t in desk.paper_case(told).case.transfers if t.approval]
    assert verdicts == [True]
    assert desk.verify().ok


def test_a_liaison_sees_the_folder_with_pen_and_telephone_only(start, home):
    desk = _as(home, "p-zhoumin")
    proposed(desk, 1)
    desk.close()
    driven, hands = _window(start, home, "p-zhoumin")
    hands.press(Key.Key_0, CTRL)
    driven.until(lambda: driven.page.objectName() == "folderPage" and len(driven.page.papers) == 1)
    driven.until(lambda: driven.page._shown != "")
    page = driven.page
    enabled = [b.objectName() for b in page._ends if b.isEnabled()]
    assert enabled == ["signedOnPaper", "agreedByPhone", "folderCase"]
    hands.press(Key.Key_G, CTRL)
    driven.settle()
    assert len(page.papers) == 1


KILLS = int(os.environ.get("LIAISON_REPLY_KILLS", "3"))


@pytest.mark.timeout(300 + 60 * KILLS)
def test_kill_9_while_a_reply_is_typed_loses_two_seconds_at_the_most(home):
    rounds, dice = KILLS, random.Random(7)
    desk = _as(home, "p-zhoumin")
    case = in_hand(desk)
    desk.close()
    before, late = 0, []
    for _ in range(rounds):
        told, killed = _typed_until_killed(home, case, dice.randrange(60, 130))
        desk = _as(home, "p-zhoumin")
        draft = desk.drafts()[0]
        sure = before + sum(1 for moment in told if moment < killed - 2)
        written = draft.fields["text"].count("写")
        assert written >= before, (written, before)
        late += [(written, sure)] if written < sure else []
        before = written
        assert (draft.kind, draft.case_id, draft.fields["matter"]) == ("reply", case, 1)
        assert len(desk.drafts()) == 1
        assert desk.verify().ok
        desk.switch_person("p-hejianping")
        assert desk.drafts() == ()
        desk.close()
    assert before > 10
    assert len(late) <= rounds // 2, (late, "now and then the machine is late, most of the time it is not")


def _typed_until_killed(home, case, signs):
    """Let a window of its own type so many signs, kill it, and return when it told of each, and when it was killed."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.replying_hand", str(home), case], stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    try:
        told = []
        while len(told) < signs:
            line = run.stdout.readline()
            assert line, "the hand ended by itself"
            told.append(float(line))
        return told, time.time()
    finally:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        run.stdout.close()


def test_a_draft_comes_back_with_the_page(start, home):
    desk = _as(home, "p-zhoumin")
    case = in_hand(desk)
    desk.save_draft("reply", case, {"matter": 1, "kind": "formal", "text": "打了一半"})
    desk.close()
    driven, hands = _window(start, home, "p-zhoumin")
    hands.tab_to("draftResume")
    hands.press(Key.Key_Space)
    driven.until(lambda: driven.page.objectName() == "replyPage" and driven.page.reply is not None)
    driven.settle()
    assert driven.page.text.toPlainText() == "打了一半"
    assert driven.page.kind.currentData() == "formal"
    hands.type("又")
    hands.press(Key.Key_Left, ALT)
    driven.settle()
    assert [d.fields["text"] for d in driven.program.desk.drafts()] == ["又打了一半"]
