"""What rings and until when (OFFICE B5), through the façade."""

import pytest

from tests.conftest import NIGHT_NOISE
from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    return Office(desk)


def ringing(office, body, role="liaison"):
    office.sit(body, role)
    return [(one.what, one.since) for one in office.desk.alarms() if one.case_id == office.case]


def test_an_urgent_transfer_rings_at_the_addressee_until_somebody_answers(office):
    """OFFICE-B5."""
    office.register()
    assert "immediate" in office.desk.case(office.case).flags
    office.do("COMMERCE", "propose-transfer")
    office.do("COMMERCE", "approve", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    assert ringing(office, "EPB") == []
    office.do("COMMERCE", "transfer", method="fax")
    sent = office.clock.isoformat()
    assert ringing(office, "EPB") == ringing(office, "EPB", "leader") == [("urgent_transfer", sent)]
    assert ringing(office, "COMMERCE") == ringing(office, "CULTURE") == []
    office.refused("not_your_case", "CULTURE", "answer-alarm", what="urgent_transfer")
    office.do("EPB", "answer-alarm", "leader", what="urgent_transfer", since=sent)
    assert ringing(office, "EPB") == ringing(office, "EPB", "leader") == []
    last = office.desk.case(office.case).timeline[-1]
    assert (last.label, last.person, last.body) == ("应答", "孙立群", "区环保局")
    assert "紧急移送" in last.text and sent[:10] in last.text
    assert "answer-alarm" not in office.offered("EPB")
    assert office.desk.rebuild(check=True).equal


def test_signing_is_an_answer_too(office):
    office.register()
    office.do("COMMERCE", "propose-transfer")
    office.do("COMMERCE", "approve", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    office.do("COMMERCE", "transfer", method="fax")
    office.do("EPB", "sign")
    assert ringing(office, "EPB") == []


def test_an_ordinary_case_rings_nowhere(office):
    office.register(facts={"medium": "noise", "source": "entertainment", "has_business_licence": True})
    assert ringing(office, "COMMERCE", "leader") == []
    office.do("COMMERCE", "propose-transfer")
    office.do("COMMERCE", "approve", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    office.do("COMMERCE", "transfer", method="fax")
    assert ringing(office, "EPB") == ringing(office, "CULTURE") == []


def test_an_immediate_case_rings_for_the_colleagues_of_who_registered_it(office):
    office.sit("EPB")
    office.case = office.desk.act_from(
        "new", "register",
        {"object": "工地", "content": "夜间打桩", "place": "滨河路8号", "complainant_name": "李㛃", "complainant_address": "x",
         "contact": "13900000009", "facts": NIGHT_NOISE},
    ).case  # fmt: skip
    assert {"immediate", "own_duty"} <= set(office.desk.case(office.case).flags)
    assert ringing(office, "EPB") == []
    assert [what for what, _ in ringing(office, "EPB", "leader")] == ["immediate_case"]
    office.do("EPB", "accept")
    assert ringing(office, "EPB", "leader") == []


def test_a_designation_rings_at_the_body_designated(office):
    """OFFICE-B5."""
    office.register(facts={"medium": "noise", "source": "entertainment", "has_business_licence": True})
    office.transfer()
    office.do("COMMERCE", "dispute", kind="transfer", reasons="不属我局")
    office.do("GOVT_DUTY", "designate", "duty", body="COMMERCE", reasons="指定")
    at = office.clock.isoformat()
    assert ringing(office, "COMMERCE") == ringing(office, "COMMERCE", "leader") == [("designation", at)]
    office.do("COMMERCE", "answer-alarm", what="designation", since=at)
    assert ringing(office, "COMMERCE") == ringing(office, "COMMERCE", "leader") == []


def test_a_dispute_rings_at_who_designates_until_he_answers_or_designates(office):
    office.register(facts={"medium": "noise", "source": "entertainment", "has_business_licence": True})
    office.transfer()
    assert ringing(office, "GOVT_DUTY", "duty") == []
    office.do("COMMERCE", "dispute", kind="transfer", reasons="不属我局")
    at = office.clock.isoformat()
    assert ringing(office, "GOVT_DUTY", "duty") == [("designation_asked", at)]
    assert ringing(office, "EPB") == ringing(office, "COMMERCE") == []
    office.refused("not_your_case", "COMMERCE", "answer-alarm", what="designation_asked")
    office.do("GOVT_DUTY", "answer-alarm", "duty", what="designation_asked", since=at)
    assert ringing(office, "GOVT_DUTY", "duty") == []
    office.do("GOVT_DUTY", "designate", "duty", body="COMMERCE", reasons="指定")
    assert ringing(office, "GOVT_DUTY", "duty") == []
    assert office.desk.rebuild(check=True).equal
