"""Numbers, seals and voids of papers between real desks: offline, decided again, and from a program that let others do it."""

import random
import uuid

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.compiling_papers import sign
from tests.conftest import CALL
from tests.sync.acting import Author, Hands, push
from tests.sync.conftest import District, healed
from tests.sync.seats import Seat
from tests.walking import ITEMS


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


def number_of(seat, case, kind):
    return next(line.number for line in seat.desk.papers(case) if line.kind == kind)


def test_papers_numbered_without_a_line_are_judged_again(sit, district, monkeypatch):
    """OFFICE-A5, OFFICE-A6: of two who number one paper the second is told; a void of another body's paper goes into 需核对事项."""
    liaison, leader, other = sit("p-zhoumin"), sit("p-hejianping"), sit("p-zhaowenjing")
    case = liaison.act("new", "register", **CALL).case
    liaison.act(case, "propose-transfer", to=["EPB"])
    liaison.act(case, "approve", road="telephone", leader="p-hejianping", number="67820001", words="同意")
    liaison.act(case, "transfer", method="fax")
    for seat in (liaison, leader, other):
        seat.sync()
    liaison.act(case, "issue-paper", kind="register")
    leader.act(case, "issue-paper", kind="register")
    given = number_of(liaison, case, "register")
    assert given and number_of(leader, case, "register") not in ("", given), "each from his own block"
    liaison.sync()
    leader.sync()
    [conflict] = leader.desk.conflicts()
    assert conflict.code == "paper_numbered" and number_of(leader, case, "register") == given
    other.sync()
    other.act(case, "sign")
    leader.act(case, "seal-paper", kind="register", number=given, approver="何建平", sealed_by="周敏")
    other.sync()
    leader.sync()
    leader.sync()
    assert leader.own_acts()[list(leader.confirmed)[-1]] in ("accepted", "rebased"), "decided again and taken"
    with pytest.raises(RuleBroken) as told:
        other.act(case, "seal-paper", kind="register", number=given, approver="某", sealed_by="某")
    assert told.value.code == "paper_of_others"
    with monkeypatch.context() as before:  # a program that let him
        for room in ("deciding", "syncing"):
            before.setattr(f"liaison_app.desk.{room}.check_issuer", lambda *_: None)
        other.act(case, "void-paper", kind="register", number=given, reason="打错")
        other.sync()
        other.sync()
    [refused] = other.desk.conflicts()
    assert (refused.code, "打错" in str(refused)) == ("paper_refused", True)
    for seat in (other, liaison):
        seat.sync()
        assert number_of(seat, case, "register") == given
    codes = dict(district.sql("SELECT code, sum(times)::int FROM ld.audit WHERE what='push' GROUP BY code"))
    assert codes == {"paper_of_others": 1}


WALKS = {
    "M2": ("TOWN", {"matter_kind": "none", "town": "other", "zone": "built_up", "urgency": "ordinary"}, (), "register", "TOWN"),
    "M4": ("CENTER", {"sector": "school"}, (
        ("CENTER", "report-urgent", {"to_person": "区政府值班室", "method": "phone"}), ("HEALTH", "step", {"step": "plan-started", "words": "启动"}),
        ("HEALTH", "step", {"step": "scheme-proposed", "words": "停课"}), ("HEALTH", "arrive", {"officers": "流调组"}),
        ("HEALTH", "mark", {"marks": ["information_verified"]}),
        ("PUBLICITY", "publish", {"where": "官方微信", "text": "情况通报"}),
    ), "release-sheet", "PUBLICITY"),
}  # fmt: skip


class Given:
    """The numbers of one block."""

    def __init__(self, form):
        self.form, self.last = form, 0

    def take(self, kind, body, at):
        self.last += 1
        return self.form.format(self.last) if kind.startswith("paper-") else f"{kind}-{self.last}"


@pytest.mark.parametrize("mechanism", WALKS)
def test_so_it_is_in_a_district_of_every_mechanism(cluster, mechanism):
    """OFFICE-A5: who issues numbers, seals, voids and numbers anew, in the batch that brings the paper and in the next one."""
    first, facts, steps, kind, issuer = WALKS[mechanism]
    district = District(cluster, mechanism)
    hands = Hands(district)
    author = Author(hands, random.Random(1))
    person = {p.body: p.id for p in author.people if "liaison" in p.roles}
    desk = district.enrol(person[issuer])
    with desk.connect() as line:
        assert (
            line.execute("SELECT ld.lease(%s,%s,2026,5)", (uuid.uuid4(), f"paper-{kind}")).fetchone()[0]["first"] == 1
        )
        author.begin(facts, first=first, **ITEMS)
        for body, action, fields in steps:
            author.take(person[body], action, **fields)
        document = next(d for d in author.rules.profile.documents if d.kind == kind)
        author.numbers = Given(f"锦{sign(author.rules.profile.post(issuer))}{document.word}〔2026〕{{}}号")
        number, of = author.numbers.form.format(1), author.made[-1].act.id
        author.take(person[issuer], "issue-paper", kind=kind, of=of)
        author.take(person[issuer], "seal-paper", kind=kind, number=number, approver="某", sealed_by="某")
        assert {f for f, _ in push(line, district.epoch, author.made)} == {"accepted"}
        author.made.clear()
        author.take(person[issuer], "void-paper", kind=kind, number=number, reason="打错")
        author.take(person[issuer], "issue-paper", kind=kind, of=of)
        assert [f for f, _ in push(line, district.epoch, author.made)] == ["accepted"] * 2
    district.remove()
