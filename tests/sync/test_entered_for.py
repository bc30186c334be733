"""代录 between desks: what was entered in a leader's name lies before him at his next sign-in, on his own desk; what a body without a
desk did is entered by the first receiver and nobody else, at the desks and at the database (OFFICE A1, A2)."""

import msgspec
import pytest

from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import Seat

BY_TELEPHONE = {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意"}
KEY_PROJECT = {"medium": "noise", "source": "construction", "project_class": "city_key"}
BY_PAPER = {"for": "王处长", "for_body": "KEYPROJ_CITY", "evidence": "传真件.pdf 3f2a"}


@pytest.fixture
def sit(tmp_path, district):
    made = []

    def down(person):
        made.append(Seat(tmp_path / f"{len(made)}-{person}", district, person))
        return made[-1]

    yield down
    healed(made, district)
    for seat in made:
        seat.close()


def refused(seat, case, action, **data):
    with pytest.raises(RuleBroken) as broken:
        seat.act(case, action, **data)
    return broken.value.code


@pytest.mark.parametrize("agrees", [True, False])
def test_an_approval_by_telephone_lies_before_the_leader_at_his_next_sign_in(sit, agrees):
    liaison, leader = sit("p-zhoumin"), sit("p-hejianping")
    case = liaison.act("new", "register", **CALL).case
    liaison.act(case, "propose-transfer")
    liaison.act(case, "approve", **BY_TELEPHONE)
    liaison.sync()
    leader.close()
    leader.open()  # his next sign-in
    leader.sync()
    [paper] = [p for p in leader.desk.folder() if p.kind == "proxy"]
    assert (paper.case_id, paper.by, paper.text) == (case, "周敏", "同意")
    assert "confirm" in {t.kind for t in leader.desk.today()}
    entry = next(t for t in leader.desk.case(case).timeline if t.kind == "transfer-approved")
    assert entry.person == "周敏" and "何建平" in entry.proxy, "both persons are named everywhere"
    assert refused(liaison, case, "confirm-proxy", approval=paper.approval, agrees=True) == "not_your_office"
    leader.act(
        case, "confirm-proxy", approval=paper.approval, agrees=agrees, **({} if agrees else {"remark": "没有同意过"})
    )
    leader.sync()
    liaison.sync()
    assert not [p for p in leader.desk.folder() if p.kind == "proxy"]
    said = next(t for t in liaison.desk.case(case).timeline if t.kind == "proxy-confirmed")
    assert said.person == "何建平" and ("没有同意过" in said.text) is not agrees


def test_a_liaison_who_confirms_in_the_leaders_place_is_refused_by_the_database(sit, monkeypatch, district):
    """His desk was altered and lets him; the database has the same rows and refuses."""
    liaison = sit("p-zhoumin")
    case = liaison.act("new", "register", **CALL).case
    liaison.act(case, "propose-transfer")
    liaison.act(case, "approve", **BY_TELEPHONE)
    liaison.sync()
    approval = next(t for t in liaison.desk.case(case).timeline if t.kind == "transfer-approved").act_id
    leads = msgspec.structs.replace(liaison.desk._actor(), roles=frozenset({"leader", "liaison"}))
    monkeypatch.setattr(liaison.desk, "_actor", lambda: leads)
    act = liaison.act(case, "confirm-proxy", approval=approval, agrees=True).act
    monkeypatch.undo()
    liaison.sync()
    assert district.sql("SELECT fate FROM ld.act WHERE id=%s", act) == [("refused",)]
    assert [c.act_id for c in liaison.desk.conflicts()] == [act]


def test_a_body_without_a_desk_acts_through_the_first_receiver_only(sit, district):
    first, other = sit("p-zhoumin"), sit("p-chenqiang")
    first.sync()
    case = first.act("new", "register", **{**CALL, "facts": KEY_PROJECT}).case
    first.act(case, "propose-transfer")
    first.act(case, "approve", **BY_TELEPHONE)
    first.act(case, "transfer", method="fax")
    first.act(case, "deliver", confirmed_by="收发室", evidence="传真回执")
    first.sync()
    other.sync()
    with pytest.raises(RuleBroken):
        other.act(case, "accept", **BY_PAPER)
    act = first.act(case, "accept", **BY_PAPER).act
    first.sync()
    assert district.sql("SELECT fate, person, body FROM ld.act WHERE id=%s", act) == [
        ("accepted", "p-zhoumin", "COMMERCE")
    ]
    shown = first.desk.case(case).timeline[-1]
    assert "代录" in shown.proxy and "王处长" in shown.proxy
    number = first.desk.paper_case(case).case.matters[0].acceptances[0].number
    assert "工商分局代录" in number, "a body without a desk has no block of numbers: the number says who entered it"
