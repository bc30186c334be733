"""签发流程 in the window: who checks and signs at the own body, refused in words, kept, given back to the district's."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QWidget

from liaison_app.desk.chain_views import chain_view
from liaison_app.desk.chains import own_chain
from liaison_app.desk.opening import open_desk
from liaison_app.mechanism.chain_schema import USUAL
from tests.conftest import NOON
from tests.replies import in_hand
from tests.ui.test_hands import ALT, CTRL, Key, Keyboard


def choose(box, value):
    at = box.findData(value)
    assert at >= 0, value
    box.setCurrentIndex(at)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_chain_of_the_body_is_chosen_with_deputies_and_given_back(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    desk = driven.program.desk
    driven.key("chain")
    dialog = driven.dialog("chainDialog")
    assert [line.code for line in dialog.lines()] == ["sign"]
    step, first, deputy, _body = dialog.rows[0]
    choose(step, "check")
    choose(first, "p-zhoumin")
    choose(deputy, "p-xuguoqiang")
    dialog.reason.setText("局务会定")
    dialog.ok.click()
    driven.settle()
    assert dialog.isVisible() and ("签发" in dialog.wrong.text() or "signs" in dialog.wrong.text())
    choose(dialog.rows[1][0], "cosign")
    assert not dialog.rows[1][1].isEnabled() and dialog.rows[1][3].isEnabled()
    choose(dialog.rows[1][3], "LEGAL")
    choose(dialog.rows[2][0], "sign")
    choose(dialog.rows[2][1], "p-hejianping")
    dialog.ok.click()
    driven.until(lambda: driven.shown("chainDialog") is None)
    steps = own_chain(desk.rules, "COMMERCE")
    assert [(s.code, s.people, s.body) for s in steps] == [
        ("check", ["p-zhoumin", "p-xuguoqiang"], ""), ("cosign", [], "LEGAL"), ("sign", ["p-hejianping"], ""),
    ]  # fmt: skip
    driven.key("chain")
    again = driven.dialog("chainDialog")
    assert [line.code for line in again.lines()] == ["check", "cosign", "sign"] and again.district.isEnabled()
    again.reason.setText("改回")
    again.district.click()
    driven.until(lambda: driven.shown("chainDialog") is None)
    assert own_chain(desk.rules, "COMMERCE") == () and not chain_view(desk).own


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_text_is_sent_to_another_body_and_answered_in_its_folder(start, home, lang):
    desk = open_desk(home, person="p-zhoumin", now=NOON)
    desk.choose_chain("COMMERCE", [USUAL["cosign"].named([], "LEGAL"), USUAL["sign"]], "局务会定")
    case = in_hand(desk)
    desk.save_version(case, 1, "formal", "闫䶮女士：经查，该店无照经营。", submit=True)
    desk.close()
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.workplace.open_reply(case)
    driven.until(
        lambda: driven.page.objectName() == "replyPage" and driven.page.findChild(QWidget, "askCosign") is not None
    )
    assert ("会签" if lang == "zh_CN" else "Co-sign") in driven.page.state.text()
    picture(driven.window, f"cosign-ask-{lang}")
    hands = Keyboard(driven)
    if lang == "en":  # by the palette, from the page of the case
        driven.workplace.open_case(case)
        driven.until(lambda: driven.page.objectName() == "casePage" and driven.page.case is not None)
        driven.settle()
        hands.press(Key.Key_K, CTRL)
        palette = driven.dialog("commandPalette")
        driven.until(palette.isActiveWindow)
        hands.type("co-signed")
        hands.press(Key.Key_Return)
    else:  # by its key, from the page on which it is written
        hands.press(Key.Key_J, CTRL | ALT)
    driven.until(lambda: driven.page.findChild(QInputDialog, "cosignDialog") is not None)
    dialog = driven.page.findChild(QInputDialog, "cosignDialog")
    driven.until(dialog.isActiveWindow)
    hands.press(Key.Key_Return)
    driven.until(lambda: len(driven.program.desk.cosigning(case).sent) == 1)
    driven.settle()
    picture(driven.window, f"cosign-sent-{lang}")
    driven.window.close()
    driven.program.close()
    theirs = start(home, person="p-qiaoan", lang=lang)
    theirs.until(lambda: theirs.workplace is not None)
    theirs.workplace.open_folder()
    theirs.until(lambda: theirs.page.objectName() == "folderPage" and bool(theirs.page.papers))
    page = theirs.page
    at = next(n for n, p in enumerate(page.papers) if p.kind == "cosign")
    page.list.setCurrentRow(at)
    theirs.until(lambda: "agree_next" in page.offers())
    assert page.text.toPlainText() == "闫䶮女士：经查，该店无照经营。"
    picture(theirs.window, f"cosign-folder-{lang}")
    page.agree()
    theirs.until(lambda: not any(p.kind == "cosign" for p in page.papers))


def picture(widget, name):
    if folder := os.environ.get("LIAISON_PICTURES"):
        widget.grab().save(str(Path(folder) / f"{name}.png"))
