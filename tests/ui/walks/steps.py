"""Stretches of the way that several stories share: each is done by the keyboard, by the person who may."""

ZHOU, HE = "p-zhoumin", "p-hejianping"  # 区工商分局: liaison, leader
ZHAO, SUN = "p-zhaowenjing", "p-sunliqun"  # 区环保局: liaison, leader
FAN = "p-fanmin"  # 12369中心
WANG, DUAN = "p-wangke", "p-duanhui"  # 区政府值班室, 区政府督查室
SITE = {"medium": "noise", "source": "construction", "project_class": "building", "construction_cause": "machinery"}
"""Noise of a building site by day: transferred the same day, handled in the ordinary way."""


def called(person, thing, record, facts=SITE, **more):
    """The call is registered."""
    fields = {
        "object": thing, "place": "望江街道滨河路8号", "complainant_name": "王喆堃", "complainant_address": "滨河路10号",
        "contact": "13900000001", **more,
    }  # fmt: skip
    person.register(record, fields, facts)


def signed_and_sent(person, method="fax"):
    """Proposed, signed by the leader at this desk, sent, delivered, told."""
    person.next("propose-transfer")
    person.sit(HE)
    person.sign()
    person.sit(ZHOU)
    person.open()
    person.next("transfer", method=method)
    person.next(
        "deliver", confirmed_by="赵文静", evidence="传真回执", contact_person="赵文静", contact_number="86006211"
    )
    person.act("inform", about="transfer", method="phone")


def taken_over(person):
    """The other side signs, accepts, tells and takes over, from its own 今日待办."""
    person.sit(ZHAO)
    person.today("sign")
    person.fill("sign", {"signer": "赵文静"})
    person.next("accept")
    person.act("inform", about="acceptance", method="phone")
    person.next("take-over")


def looked_into(person, findings, **more):
    """The site is visited."""
    person.open()
    person.act("investigate", findings=findings, officers="刘洋、樊敏", verified=True, **more)


def replied(person, kind, text, **sent):
    """A reply is written, submitted, signed by the leader of 区环保局 at this desk, and sent."""
    person.open()
    person.write(kind, text)
    person.submit()
    person.sit(SUN)
    person.sign()
    person.sit(ZHAO)
    person.open()
    person.send(method="letter", **sent)
    person.open()


def fed_back(person, rating):
    """反馈 is written on the page of the reply and given in its form."""
    person.open()
    person.write("feedback", "情况已告知投诉人，投诉人的意见如所选。")
    person.next("feedback", result="已办理并答复", rating=rating)
