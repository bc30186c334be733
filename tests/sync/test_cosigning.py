"""会签 between departments (OFFICE B7) over a real server: the other body reads one text and nothing else, its answer signs the step."""

import msgspec
import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.chain_schema import USUAL
from tests.replies import in_hand
from tests.sync.conftest import District
from tests.sync.seats import Seat

ZHOU, HE, LEADER, TANG, MO = "p-zhoumin", "p-hejianping", "leader-CULTURE", "p-tangxue", "p-moyan"
TEXT = "闫䶮女士：经查，该店无照经营，已责令停止经营。"


class WithAdministrator(District):
    """周敏 is an administrator too."""

    def people(self):
        return [
            msgspec.structs.replace(p, roles=(*p.roles, "administrator")) if p.id == ZHOU else p
            for p in super().people()
        ]


@pytest.fixture
def hall(cluster, tmp_path):
    """Desks by person; after the test every invariant holds."""
    district, seats = WithAdministrator(cluster), {}

    def seat(person):
        if person not in seats:
            seats[person] = Seat(tmp_path / person, district, person)
        seats[person].sync()
        return seats[person]

    yield seat
    for one in seats.values():
        one.sync()
        one.check()
        one.close()
    district.remove()


def submitted(writer, leader, n=1):
    """Bring a reply of the first body to the step 会签; its leader has it on his own desk."""
    case = in_hand(writer.desk, n)
    writer.desk.save_version(case, 1, "formal", TEXT, submit=True)
    writer.sync()
    leader.sync()
    return case


def test_a_text_goes_to_another_body_and_its_agreement_lets_the_leader_sign(hall):
    writer = hall(ZHOU)
    writer.desk.choose_chain("COMMERCE", [USUAL["cosign"].named([], "CULTURE"), USUAL["sign"]], "局务会定")
    leader, theirs, clerk, outside = hall(HE), hall(LEADER), hall(TANG), hall(MO)
    case = submitted(writer, leader)
    number = writer.desk.case(case).number
    with pytest.raises(RuleBroken, match="chain_step_before"):
        leader.desk.act_from(case, "approve-reply", {"road": "own_desk"})
    with pytest.raises(RuleBroken, match="chain_other_body"):
        writer.desk.ask_cosign(case, "MUNI")
    record = writer.desk.ask_cosign(case, "CULTURE").record
    for seat in (writer, leader, theirs, clerk, outside):
        seat.sync()
    # the other body: this text in its folder, whole; nothing of the case
    (paper,) = theirs.desk.folder()
    assert (paper.kind, paper.text, paper.record_id) == ("cosign", TEXT, record)
    for seat in (theirs, clerk):
        with pytest.raises(RuleBroken, match="case_unknown"):
            seat.desk.case(number)
        told = str(seat.desk.record(record))
        assert "闫䶮女士" in told and "湖滨路2号" not in told and "1390000" not in told
    with pytest.raises(RuleBroken, match="record_unknown"):
        outside.desk.record(record)
    assert [t.record_id for t in clerk.desk.today() if t.record_id] == [record]
    with pytest.raises(RuleBroken, match="not_your_office"):
        clerk.desk.step_record(record, "agree", {})
    # the answer comes back and is the step; nothing is entered a second time
    theirs.desk.step_record(record, paper.action, {paper.words: "同意"})
    for seat in (theirs, writer, leader):
        seat.sync()
    assert not theirs.desk.folder() and "同意" in dict(writer.desk.reply(case).chain)["会签（区文广新局）"]
    assert [(p.action, p.step) for p in leader.desk.folder() if p.case_id == case] == [("approve-reply", "")]
    leader.desk.act_from(case, "approve-reply", {"road": "own_desk"})
    leader.sync()
    writer.sync()
    assert writer.desk.reply(case).state == "approved" and not leader.desk.conflicts()


def test_another_body_asks_for_changes_and_is_asked_again(hall):
    writer = hall(ZHOU)
    writer.desk.choose_chain("COMMERCE", [USUAL["cosign"].named([], "CULTURE"), USUAL["sign"]], "局务会定")
    leader, theirs = hall(HE), hall(LEADER)
    case = submitted(writer, leader)
    first = writer.desk.ask_cosign(case, "CULTURE").record
    writer.sync()
    theirs.sync()
    theirs.desk.step_record(first, "comment", {"opinion": "写明处罚文号"})
    theirs.sync()
    writer.sync()
    leader.sync()
    assert "写明处罚文号" in writer.desk.cosigning(case).sent[0].words
    leader.desk.act_from(case, "return-reply", {"comment": "按会签意见修改"})
    leader.sync()
    writer.sync()
    writer.desk.save_version(case, 1, "formal", TEXT + "（罚〔2026〕1号）", submit=True)
    again = writer.desk.ask_cosign(case, "CULTURE").record
    writer.desk.step_record(again, "withdraw", {"reason": "再核一遍"})
    again = writer.desk.ask_cosign(case, "CULTURE").record
    for seat in (writer, theirs, leader):
        seat.sync()
    (paper,) = theirs.desk.folder()
    assert paper.record_id == again and paper.text.endswith("（罚〔2026〕1号）")
    theirs.desk.step_record(again, "agree", {})
    theirs.sync()
    leader.sync()
    leader.desk.act_from(case, "approve-reply", {"road": "own_desk"})
    assert len(leader.desk.cosigning(case).sent) == 3
