"""The supervision office urges, supervises, lists a case for all to see, and takes it off when it is solved and verified."""

from tests.ui.walks.steps import DUAN, ZHAO, ZHOU, called, fed_back, looked_into, replied, signed_and_sent, taken_over

LISTING = {
    "target": "10月31日前解决", "until": "2026-10-31T18:00", "responsible": "区环保局", "supervisor": "区政府督查室", "procedure": "每周报进展",
}  # fmt: skip


def test_listed_supervision(at_demo):
    person = at_demo
    person.start("2026-09-16T10:00:00+08:00")
    person.sit(ZHOU)
    called(person, "锦绣名城工地", "工地打桩 zao yin 吵得很")
    signed_and_sent(person)
    taken_over(person)
    person.later(DUAN, days=28)
    person.overdue()
    person.act("urge", reason="投诉人三次催问")
    person.paper("urging")
    assert "投诉人三次催问" in person.save("urging")
    person.later(DUAN, days=3)
    person.open()
    person.act("supervise", reason="逾期未复")
    person.act("list", **LISTING)
    person.look("listed")
    assert "listed" in person.page.case.flags
    person.paper("listing")
    listing = person.save("listing")
    for words in ("10月31日前解决", "每周报进展", "区环保局"):
        assert words in listing

    person.later(ZHAO, days=9)
    looked_into(person, "已加装隔声屏，复测达标")
    replied(person, "formal", "王喆堃同志：\n工地已加装隔声屏，复测达标。", solved=True)
    fed_back(person, "satisfied")
    person.sit(DUAN)
    person.today("unlist")
    person.fill("unlist", {"evidence": "现场复查照片", "verified_by": "段辉"})
    assert "listed" not in person.page.case.flags
    person.paper("delisting")
    assert "现场复查照片" in person.save("delisting")

    person.later(ZHOU, days=1)
    person.call(staff="satisfied", site="satisfied", result="satisfied")
    person.sit(ZHAO)
    person.open()
    person.act("close", outcome="solved")
    assert person.page.case.state == "CLS"
    person.proves_itself()
