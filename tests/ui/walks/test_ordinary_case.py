"""An ordinary complaint, from the first start of the program to the archive, in fifteen working days."""

from datetime import datetime

from tests.ui.test_hands import CTRL, SHIFT, Key
from tests.ui.walks.steps import ZHAO, ZHOU, called, fed_back, looked_into, replied, signed_and_sent, taken_over

BEGAN = "2026-09-14T09:08:00+08:00"
RECORD = "工地打桩 zao yin (65 dB) 吵得很，滨河路8号望江花园工地"


def test_an_ordinary_case(person):
    person.start(BEGAN)
    driven = person.driven
    driven.until(lambda: driven.window.founding is not None)
    person.look("first-start")
    assert person.focus.objectName() == "foundDemo"
    person.press(Key.Key_Return)
    driven.until(lambda: driven.window.chooser is not None, seconds=60)
    person.sit(ZHOU)
    called(person, "望江花园工地", RECORD, salutation="先生")
    signed_and_sent(person)
    person.palette(person.said("slip"))
    slip = person.save("slip")
    for words in ("望江花园工地", "王喆堃", "区环保局", "何建平"):
        assert words in slip
    person.later(ZHAO, hours=5)
    taken_over(person)

    person.later(ZHAO, days=1)
    looked_into(person, "白天打桩属实，已取得施工许可")
    person.act("inform", about="onsite", method="phone")
    replied(person, "written", "现场调查情况：白天打桩属实，已取得施工许可，噪声超标三分贝。")

    person.later(ZHAO, days=9)
    person.open()
    replied(person, "formal", "王喆堃先生：\n您反映的望江花园工地噪声一事，经查属实，已责令加装隔声屏。", solved=True)
    fed_back(person, "satisfied")

    person.later(ZHOU, days=14)
    person.open()
    person.act("revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    person.sit(ZHAO)
    person.open()
    person.act("close", outcome="solved")
    person.act("archive", fonds="012", keep="30", item="7", pages="12")
    person.look("archived")
    person.press(Key.Key_J, CTRL | SHIFT)
    whole = person.save("whole-case")
    for words in (person.number, "王喆堃", "隔声屏", "白天打桩属实"):
        assert words in whole
    case = person.program.desk.case(person.page.case.case_id)
    assert case.state == "CLS"
    assert not [d.rule for d in case.deadlines if d.state == "missed"]
    assert (person.clock - datetime.fromisoformat(BEGAN)).days == 24  # 8 October: the thirteenth working day after
    person.proves_itself()
