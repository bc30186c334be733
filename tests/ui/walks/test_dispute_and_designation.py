"""A body objects to a transfer, the first receiver keeps to it, the duty office of the government designates: no return."""

from tests.ui.walks.steps import WANG, ZHAO, ZHOU, called, signed_and_sent


def test_dispute_and_designation(at_demo):
    person = at_demo
    person.start("2026-09-16T10:00:00+08:00")
    person.sit(ZHOU)
    called(person, "锦绣名城工地", "工地打桩 zao yin 吵得很")
    signed_and_sent(person)
    person.later(ZHAO, hours=3)
    person.open()
    person.act("object", reasons="施工噪声由城管处罚", clause="第二十条", proposed="GOVT")
    person.sit(ZHOU)
    person.today("keep-transfer")
    person.fill("keep-transfer", {"reasons": "建筑施工噪声属环保部门职责"})
    person.act("dispute", about="transfer", reasons="双方意见不一", proposed="EPB")
    person.paper("designation-proposal")
    proposal = person.save("proposal")
    for words in ("锦绣名城工地", "双方意见不一", "区环保局"):
        assert words in proposal

    person.later(WANG, hours=2)
    person.today("designate")
    person.fill("designate", {"body": "EPB", "reasons": "由环保局办理"})
    person.look("designated")
    person.paper("designation")
    notice = person.save("designation")
    assert "区环保局" in notice and "由环保局办理" in notice
    person.sit(ZHAO)
    person.open()
    offered = {a.action for a in person.page.case.actions}
    assert "accept" in offered and not offered & {"object", "dispute", "return"}
    person.act("accept")
    assert person.page.case.state == "ACC"
    person.proves_itself()
