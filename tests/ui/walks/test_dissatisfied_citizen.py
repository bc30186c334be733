"""A citizen is dissatisfied: the case goes back, is worked on again, explained, and a panel judges."""

from tests.ui.walks.steps import FAN, ZHAO, ZHOU, called, fed_back, looked_into, replied, signed_and_sent, taken_over

SAID = {"staff": "satisfied", "site": "satisfied", "result": "dissatisfied", "reason": "夜里仍在施工"}


def test_dissatisfied_citizen(at_demo):
    person = at_demo
    person.start("2026-09-16T10:00:00+08:00")
    person.sit(ZHOU)
    called(person, "锦绣名城工地", "工地打桩 zao yin 吵得很")
    signed_and_sent(person)
    taken_over(person)
    person.later(ZHAO, days=5)
    looked_into(person, "打桩属实，未取得许可")
    replied(person, "formal", "王喆堃同志：\n您反映的问题属实，已责令停工整改。", solved=False)
    fed_back(person, "dissatisfied")

    person.later(ZHOU, days=2)
    person.call(**SAID)
    person.redo()
    person.sit(ZHAO)
    person.open()
    assert person.page.case.state == "RED"
    person.act("take-over")
    person.later(ZHAO, days=9)
    looked_into(person, "已停止夜间施工")
    replied(person, "formal", "王喆堃同志：\n工地夜间已停工，请监督。", solved=True)
    fed_back(person, "dissatisfied")

    person.later(ZHOU, days=2)
    person.call(**SAID)
    person.sit(ZHAO)
    person.open()
    person.act("dispute", about="satisfaction", reasons="已停工，夜间为抢险作业")
    person.later(ZHAO, hours=2)
    replied(person, "explanation", "关于满意度的书面说明：夜间为抢险作业，已公告。")
    person.sit(FAN)
    person.today("evaluate")
    person.fill("evaluate", {"panel": "区人大代表张某等五人", "result": "basically", "words": "处理基本妥当"})
    person.look("evaluated")
    assert "evaluated" in person.page.case.flags
    person.paper("panel")
    panel = person.save("panel")
    for words in ("区人大代表张某等五人", "处理基本妥当"):
        assert words in panel
    kinds = [caption for caption, _ in person.program.desk.reply(person.page.case.case_id).earlier]
    assert len(kinds) == 3
    person.proves_itself()
