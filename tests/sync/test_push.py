"""Push and pull of a real PostgreSQL: what desks decide stands, what they forge does not."""

import random
from uuid import UUID

import msgspec
import pytest

from liaison_app.desk.signing import sign
from liaison_app.domain import commands as cmd
from liaison_app.domain.decide import decide
from liaison_app.security import chain
from tests.sync.acting import Author, Hands, Made, pull_all, push, random_acts


@pytest.fixture(scope="module")
def hands(shared_district):
    return Hands(shared_district)


@pytest.fixture(scope="module")
def carrier(shared_district):
    desk = shared_district.enrol("p-zhoumin")
    with desk.connect() as connection:
        yield connection


def test_a_walk_of_acts_is_taken_as_the_desk_decided_it(shared_district, hands, carrier):
    """Random walks of M1 through the guards: the database comes to the same verdict on every act."""
    acts = proxies = 0
    for seed in range(40, 140):
        if seed >= 55 and acts > 150 and proxies > 3:
            break  # it goes on until some were entered for another
        author = random_acts(hands, random.Random(seed))
        fates = push(carrier, shared_district.epoch, author.made)
        for made, fate in zip(author.made, fates, strict=True):
            assert fate == ("accepted", {}), (
                seed,
                made.act.kind,
                fate,
                made.act.open,
                [e.data for e in made.entries],
                author.trail[-5:],
            )
        acts += len(author.made)
        proxies += sum(b'"proxy":{' in m.act.open for m in author.made)
    print("acts", acts, "proxies", proxies)
    assert acts > 150
    assert proxies > 3


@pytest.fixture
def case(hands):
    return Author(hands, random.Random(1))


def sent_to(author, body="EPB"):
    """Walk a fresh case of COMMERCE to another body's desk."""
    author.register()
    author.take("p-zhoumin", "propose-transfer", to=[body], reason="理由", remark="电话里说的")
    author.take("p-hejianping", "approve", road="own_desk")
    author.take("p-zhoumin", "transfer", method="fax")
    return author


def test_a_body_that_joins_gets_the_whole_case_and_nobody_else_does(shared_district, hands, carrier, case):
    epb, other = shared_district.enrol("p-zhaowenjing"), shared_district.enrol("p-gaoyuan")
    sent_to(case)
    with epb.connect() as there, other.connect() as stranger:
        assert push(carrier, shared_district.epoch, case.made[:3]) == [("accepted", {})] * 3
        assert not any(case.case.id in (r[7] or "") for r in pull_all(there, epb.epoch, ["body/EPB"])["body/EPB"])
        assert push(carrier, shared_district.epoch, case.made[3:]) == [("accepted", {})]
        mine = [
            r
            for r in pull_all(there, epb.epoch, ["body/EPB", "district"])["body/EPB"]
            if r[7] == f"case/{case.case.id}"
        ]
        shared = [e for m in case.made for e in m.entries if e.stream == f"case/{case.case.id}"]
        assert [(r[5], r[6], r[8], r[10]) for r in mine] == [(UUID(e.act_id), e.n, e.version, e.data) for e in shared]
        assert {bytes(r[17]) for r in mine if r[17]} == {m.act.personal for m in case.made if m.act.personal}
        assert {bytes(r[15]) for r in mine if r[15]} == {m.act.open for m in case.made}
        strangers = pull_all(stranger, other.epoch, ["body/MUNI", f"device/{other.device}", "district"])
        assert not any(
            r[5] is not None and str(r[5]) in {m.act.id for m in case.made} for f in strangers.values() for r in f
        )
        assert (
            stranger.execute(
                "SELECT * FROM ld.pull(%s,%s,%s,100,100000)",
                (epb.epoch, ["body/EPB", "oversight", "body/NONE"], [0, 0, 0]),
            ).fetchall()
            == []
        )


def test_oversight_sees_every_shared_entry_and_no_personal_word(shared_district, hands, carrier, case):
    sent_to(case)
    push(carrier, shared_district.epoch, case.made)
    watcher = shared_district.enrol("p-duanhui")
    with watcher.connect() as connection:
        seen = [
            r for r in pull_all(connection, watcher.epoch, ["oversight"])["oversight"] if r[7] == f"case/{case.case.id}"
        ]
    assert len(seen) == sum(len(m.entries) for m in case.made)
    assert all(r[16] is None and r[17] is None for r in seen)


def test_the_same_batch_twice_is_known_with_its_fates(shared_district, hands, carrier, case):
    sent_to(case)
    first = push(carrier, shared_district.epoch, case.made)
    again = push(carrier, shared_district.epoch, case.made)
    assert [f for f, _ in first] == ["accepted"] * 4
    assert again == [("known", {"fate": "accepted"})] * 4


def test_a_broken_log_is_quarantined_and_leaves_nothing(shared_district, hands, carrier, case):
    sent_to(case)
    made = case.made[0]
    acts = shared_district.sql("SELECT count(*) FROM ld.act")[0][0]
    change = msgspec.structs.replace
    for code, act in {
        "tag": change(made.act, tag=bytes(32)),
        "parts": change(made.act, open=made.act.open + b" "),
        "chain": change(
            made.act, prev_hash=bytes(31) + b"x", tag=chain.tag(hands.pens["p-zhoumin"].secret, chain.act_hash(bytes(31) + b"x", made.act.header))
        ),
    }.items():  # fmt: skip
        assert push(carrier, shared_district.epoch, [change(made, act=act)]) == [("quarantined", {"code": code})]
    assert push(carrier, shared_district.epoch, case.made[1:2]) == [("quarantined", {"code": "gap"})]
    assert shared_district.sql("SELECT count(*) FROM ld.act")[0][0] == acts
    assert shared_district.sql("SELECT sum(times) FROM ld.audit WHERE what='push' AND code='tag'")[0][0] >= 1
    assert [f for f, _ in push(carrier, shared_district.epoch, case.made)] == ["accepted"] * 4


def test_an_act_on_an_old_version_waits_and_is_taken_with_new_entries(shared_district, hands, carrier, case):
    sent_to(case)
    push(carrier, shared_district.epoch, case.made)
    late = case.take("p-zhoumin", "inform", what="transfer", method="phone")
    between = case.take("p-zhaowenjing", "sign")
    change = msgspec.structs.replace
    behind_ = change(between, entries=[change(e, version=e.version - len(late.entries)) for e in between.entries])
    assert push(carrier, shared_district.epoch, [late]) == [("accepted", {})]
    head = late.entries[-1].version
    stream = f"case/{case.case.id}"
    assert push(carrier, shared_district.epoch, [behind_]) == [("behind", {"stream": stream, "head": head})]
    assert push(carrier, shared_district.epoch, [between]) == [("accepted", {"rebased": True})]
    assert push(carrier, shared_district.epoch, [between]) == [("known", {"fate": "accepted", "rebased": True})]


def test_what_a_device_did_later_waits_with_what_waits(shared_district, hands, carrier, case):
    """One foreign entry took the place of the first act's: the second would fit by its version alone, and must not."""
    sent_to(case)
    assert push(carrier, shared_district.epoch, case.made) == [("accepted", {})] * 4
    change, stream = msgspec.structs.replace, f"case/{case.case.id}"
    base = case.versions[stream]
    theirs = case.take("p-zhaowenjing", "sign")
    first = case.take("p-zhoumin", "inform", what="transfer", method="phone")
    second = case.take("p-zhoumin", "inquire", words="到了没有")

    def moved(made, version):
        return change(made, entries=[change(e, version=version + n) for n, e in enumerate(made.entries)])

    count = len(theirs.entries)
    assert push(carrier, shared_district.epoch, [theirs]) == [("accepted", {})]
    late = [moved(first, base + 1), moved(second, base + count + 1)]
    assert [f for f, _ in push(carrier, shared_district.epoch, late)] == ["behind", "behind"], "in one batch"
    assert [f for f, _ in push(carrier, shared_district.epoch, late[1:])] == ["behind"], (
        "alone, while the first still waits"
    )
    right = [first, second]
    assert push(carrier, shared_district.epoch, right) == [("accepted", {"rebased": True})] * 2


def test_what_the_guards_forbid_is_refused_and_keeps_its_place(shared_district, hands, carrier, case):
    author = sent_to(case)
    made = author.made
    # the slip goes out without an approval
    skipped = Author(hands, random.Random(2))
    skipped.register()
    skipped.take("p-zhoumin", "propose-transfer", to=["EPB"], reason="理由")
    approval = skipped.take("p-hejianping", "approve", road="own_desk")
    transfer = skipped.take("p-zhoumin", "transfer", method="fax")
    version = approval.entries[0].version
    change = msgspec.structs.replace
    transfer = change(transfer, entries=[change(e, version=version + n) for n, e in enumerate(transfer.entries)])
    push(carrier, shared_district.epoch, made)
    fates = push(carrier, shared_district.epoch, [*skipped.made[:2], transfer])
    assert fates == [("accepted", {}), ("accepted", {}), ("refused", {"code": "guard"})]
    assert push(carrier, shared_district.epoch, [transfer]) == [("known", {"fate": "refused", "code": "guard"})]


class Forger(Author):
    """Decides one command and signs another one in its place."""

    signed = None

    def _take(self, command, who, *, of_twin=False):
        if self.signed is None:
            super()._take(command, who, of_twin=of_twin)
            return
        at, stamped = decide(self.case, command, self.rules, who, self.now, self.numbers)
        act, entries = sign(
            self.hands.pen(who.person), who, self.signed, self.case.id, at, self.now, stamped, self.versions, "bodies"
        )
        self.made.append(Made(act, entries))


@pytest.mark.parametrize("first", ["forged", "honest"])
def test_a_verdict_is_kept_in_a_batch_for_the_very_same_question_only(shared_district, carrier, first):
    """Many cases stand alike in a batch; an act that gives one word less than the others is still refused."""
    hands = Hands(shared_district)
    authors = [sent_to(Forger(hands, random.Random(n))) for n in (21, 22, 23)]
    given = {"confirmed_by": "值班员", "evidence": "传真回执"}
    forged = 0 if first == "forged" else 1
    for n, author in enumerate(authors):
        if n == forged:
            author.signed = msgspec.convert({**given, "evidence": ""}, cmd.COMMANDS["deliver"], strict=False)
        author.take("p-zhoumin", "deliver", **given)
    sent = [made for author in authors for made in author.made[:4]]
    assert {fate for fate, _ in push(carrier, shared_district.epoch, sent)} == {"accepted"}
    fates = push(carrier, shared_district.epoch, [author.made[4] for author in authors])
    assert [fate for fate, _ in fates] == ["refused" if n == forged else "accepted" for n in range(3)], fates
    assert fates[forged][1] == {"code": "guard"}
