"""A stench at night: the leader agrees by telephone, somebody is there within the hour, the written reply within a day."""

from tests.ui.test_hands import ALT, CTRL, SHIFT, Key
from tests.ui.walks.steps import SUN, ZHAO, ZHOU, called, looked_into

NIGHT = {"medium": "odour", "source": "industry", "at_night": True, "foul_odour": True}


def test_stench_at_night(at_demo):
    person = at_demo
    person.start("2026-09-16T23:10:00+08:00")
    person.sit(ZHOU)
    called(person, "江北化工厂", "夜里恶臭 (H2S) 难忍，开不了窗", NIGHT)
    person.next("propose-transfer")
    person.folder()
    person.press(Key.Key_H, CTRL | SHIFT)
    person.fill("approve", {"number": "67820001", "words": "同意，马上送"})
    person.open()
    person.next("transfer", method="recorded_phone")
    person.act("deliver", confirmed_by="赵文静", evidence="录音电话")
    person.act("inform", about="transfer", method="phone")

    person.later(ZHAO, minutes=35)
    bar = person.driven.workplace.alarm
    person.driven.until(bar.isVisible)
    person.look("alarm")
    person.press(Key.Key_A, CTRL | ALT)
    person.driven.until(lambda: not bar.alarms)
    person.driven.settle()
    person.open()
    person.act("accept")
    person.act("arrive", officers="刘洋、樊敏")
    person.act("inform", about="acceptance", method="phone")
    person.act("take-over")
    looked_into(person, "厂区废气处理设施停运", measures="责令停产检修")
    person.act("inform", about="onsite", method="phone")

    person.later(ZHAO, hours=9)
    person.open()
    person.write("written", "现场调查情况：厂区废气处理设施停运，已责令停产检修。")
    person.submit()
    person.folder()
    person.press(Key.Key_H, CTRL | SHIFT)
    person.fill("approve-reply", {"number": "86006229", "words": "同意，尽快发出"})
    person.open()
    person.send(method="network")
    person.open()
    person.act("countersign", scan=person.scan("签字页.pdf"))
    person.sit(SUN)
    person.sign()  # 属实: what was entered in his name
    person.sit(ZHAO)
    person.open()
    person.paper("reply-24h")
    letter = person.save("written-reply")
    for words in ("江北化工厂", "废气处理设施停运", "责令停产检修"):
        assert words in letter
    desk = person.program.desk
    case = desk.case(person.page.case.case_id)
    states = {d.rule: d.state for d in case.deadlines}
    assert states["M1-HDL-01"] == "met" and states["M1-HDL-06"] == "met"
    assert not {t.action for t in desk.today() if t.case_id == case.case_id} & {"countersign", "confirm-proxy"}
    person.proves_itself()
