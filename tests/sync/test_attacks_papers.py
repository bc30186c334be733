"""What a body on a case can do to another body's papers and numbers with its own signed acts: nothing, and it is written down."""

import random
import uuid

import msgspec
import pytest

from liaison_app.desk.signing import sign
from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.decide_ledger import decide_open
from liaison_app.domain.events import Stamped
from liaison_app.domain.ledger_commands import OpenRecord, StepRecord
from liaison_app.domain.ledger_events import RecordStepped
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.sync import server
from tests.sync.acting import Author, Hands, Made, push
from tests.sync.conftest import District
from tests.sync.test_push import sent_to

change = msgspec.structs.replace
OURS = "锦工商分局催〔2026〕1号"
SITE = {"findings": "夜间打桩属实", "verified": True, "officers": "刘洋", "measures": "停工", "evidence": "照片"}


class Lent:
    """Numbers that a test names beforehand, then such as only count."""

    def __init__(self):
        self.next, self.last = [], 0

    def take(self, kind, body, at):
        self.last += 1
        return self.next.pop(0) if kind.startswith("paper-") else f"{kind}-{uuid.uuid4().hex[:6]}"

    def given(self, kind, number):
        """Whatever the office gave."""


class Papers:
    """A case of COMMERCE in the hands of EPB, with a numbered paper of each; EPB is the enemy."""

    def __init__(self, cluster):
        self.district = District(cluster)
        self.epoch = self.district.epoch
        self.hands = Hands(self.district)
        self.owner, self.enemy = self.district.enrol("p-zhoumin"), self.district.enrol("p-zhaowenjing")
        self.hands.adopt(self.owner)
        self.hands.adopt(self.enemy)
        self.desk, self.there = self.enemy.connect(), self.owner.connect()
        for line, kind in (
            (self.there, "paper-urging"),
            (self.there, "paper-register"),
            (self.desk, "paper-site-record"),
        ):
            assert line.execute("SELECT ld.lease(%s,%s,2026,10)", (uuid.uuid4(), kind)).fetchone()[0]["first"] == 1
        self.author = author = Author(self.hands, random.Random(3))
        author.numbers = Lent()
        sent_to(author)
        author.take("p-zhaowenjing", "sign")
        author.take("p-zhaowenjing", "accept")
        self.urged = author.take("p-zhoumin", "urge", reason="逾期未复", until="2026-12-02T18:00").act.id
        author.take("p-zhaowenjing", "take-over")
        author.take("p-zhaowenjing", "arrive", officers="刘洋")
        self.seen = [author.take("p-zhaowenjing", "investigate", **SITE).act.id for _ in range(3)]
        author.numbers.next += [OURS, "锦环保局勘〔2026〕1号"]
        author.take("p-zhoumin", "issue-paper", kind="urging", of=self.urged)
        author.take("p-zhaowenjing", "issue-paper", kind="site-record", of=self.seen[0])
        fates = push(self.there, self.epoch, author.made)  # what brings a paper and what numbers it, in one batch
        assert {f for f, _ in fates} == {"accepted"}, fates
        self.meeting = self.met()

    def forged(self, command, event, person="p-zhaowenjing"):
        """Return a well signed act whose event nobody decided."""
        who = self.author.rules.roster.actor(person, "")
        act, entries = sign(
            self.hands.pen(person), who, command, self.author.case.id, self.author.now, self.author.now, (Stamped(event=event),),
            dict(self.author.versions), "bodies",
        )  # fmt: skip
        return Made(act, entries)

    def met(self):
        """Let EPB open a meeting that every body reads; number its notice, which EPB alone may."""
        rules, now = self.author.rules, self.author.now
        who, kind = rules.roster.actor("p-zhaowenjing", ""), kinds_of(rules.profile, rules.settings)["meeting/joint"]
        asked = OpenRecord(kind=kind.id, period="2026-Q3", fields={"theme": "三季度联席会议"})
        _, events = decide_open(kind, asked, rules, who, now, self.author.numbers, None)
        act, entries = sign(self.hands.pen(who.person), who, asked, None, now, now, events, {}, "bodies")
        assert push(self.desk, self.epoch, [Made(act, entries)]) == [("accepted", {})]
        self.lines = 1
        assert self.desk.execute("SELECT ld.lease(%s,'paper-meeting-notice',2026,10)", (uuid.uuid4(),)).fetchone()
        return act.id

    def line(self, person, way, number, paper="meeting-notice"):
        """Return a line on a paper of the meeting, as nobody decided it."""
        who, now = self.author.rules.roster.actor(person, ""), self.author.now
        said = {"paper": paper, "number": number, "copies": 1, "way": way, "at": stamp(now), "by": "某"}
        state = self.district.sql("SELECT state FROM ld.record_head WHERE id=%s", self.meeting)[0][0]
        lines = {"issued-papers": [said]}
        act, entries = sign(
            self.hands.pen(person), who, StepRecord(step="issue-paper", lines=lines), self.meeting, now, now,
            [Stamped(event=RecordStepped(step="issue-paper", state=state, lines=lines))], {f"record/{self.meeting}": self.lines}, "bodies",
        )  # fmt: skip
        return Made(act, entries)

    def refusals(self, code):
        """Return how often a refusal of the enemy was written down."""
        found = self.district.sql(
            "SELECT coalesce(sum(times),0) FROM ld.audit WHERE role=%s AND code=%s", self.enemy.role, code
        )
        return int(found[0][0])


@pytest.fixture(scope="module")
def papers(cluster):
    made = Papers(cluster)
    yield made
    made.desk.close()
    made.there.close()
    made.district.remove()


def issues(kind, of, number, said="", **more):
    """Return what numbers a paper: as asked for, and as it is written."""
    return cmd.IssuePaper(kind=kind, of=of, number=said, **more), ev.PaperIssued(kind=kind, of=of, number=number)


def voids(kind, number, event_number=""):
    return (
        cmd.VoidPaper(kind=kind, number=number, reason="打错"),
        ev.PaperVoided(kind=kind, number=event_number or number, reason="打错"),
    )


def seals(kind, number):
    return (
        cmd.SealPaper(kind=kind, number=number, approver="某", sealed_by="某"),
        ev.PaperSealed(kind=kind, number=number, approver="某", sealed_by="某"),
    )


def prints(kind, of, number):
    said = {"kind": kind, "of": of, "number": number, "sha256": "0" * 64}
    return cmd.PrintPaper(**said), ev.PaperPrinted(**said, times=1)


OWN, FREE = "锦环保局勘〔2026〕1号", "锦环保局勘〔2026〕2号"
ATTACKS = {
    "voids another's paper": (lambda p: voids("urging", OURS), "paper_of_others"),
    "seals another's paper": (lambda p: seals("urging", OURS), "paper_of_others"),
    "numbers another's paper": (lambda p: issues("register", p.author.case.id, "锦工商分局登〔2026〕1号"), "paper_of_others"),
    "numbers another's paper by its own block": (lambda p: issues("register", p.author.case.id, FREE), "paper_of_others"),
    "types words into another's paper": (lambda p: issues("register", p.author.case.id, "", fields={"note": "假"}), "paper_of_others"),
    "takes a number of another's block": (lambda p: issues("site-record", p.seen[1], "锦工商分局勘〔2026〕2号"), "number_form"),
    "takes a number of another year": (lambda p: issues("site-record", p.seen[1], "锦环保局勘〔2027〕2号"), "number_form"),
    "takes a number of no block": (lambda p: issues("site-record", p.seen[1], "锦环保局勘〔2026〕11号"), "number_not_lent"),
    "takes a number twice": (lambda p: issues("site-record", p.seen[1], OWN), "number_double"),
    "takes a number of a thousand signs": (lambda p: issues("site-record", p.seen[1], "锦" * 1000 + "〔2026〕2号"), "number_form"),
    "numbers a paper a second time": (lambda p: issues("site-record", p.seen[0], FREE), "paper_numbered"),
    "types a number that is ours to give": (lambda p: issues("site-record", p.seen[1], FREE, said=FREE), "number_ours"),
    "numbers a paper that carries one": (lambda p: issues("slip", p.author.made[1].act.id, OWN), "paper_of_others"),
    "numbers its own paper that carries one": (
        lambda p: issues("notice-acceptance", p.author.made[5].act.id, "锦环保局受〔2026〕1号"), "number_form"),
    "an office number of no form": (lambda p: issues("reply-24h", p.seen[1], "第1号", said="第1号"), "number_form"),
    "an office number of last year": (lambda p: issues("reply-24h", p.seen[1], "锦环函〔2025〕1号", said="锦环函〔2025〕1号"), "number_year"),
    "a paper of an act that brings none": (lambda p: issues("site-record", p.urged, FREE), "paper_not_yet"),
    "a paper of no act": (lambda p: issues("site-record", "", FREE), "paper_not_yet"),
    "a paper of an act on no case": (lambda p: issues("site-record", str(uuid.uuid4()), FREE), "paper_not_yet"),
    "a paper of an act that is none": (lambda p: issues("site-record", "'; DROP TABLE ld.paper; --", FREE), "paper_not_yet"),
    "a paper of no mechanism": (lambda p: issues("licence", p.seen[1], FREE), "paper_not_yet"),
    "a paper of a record": (lambda p: issues("minutes", p.seen[1], "锦环函〔2026〕1号", said="锦环函〔2026〕1号"), "paper_not_yet"),
    "voids a number that is none": (lambda p: voids("site-record", FREE), "paper_unknown"),
    "voids one number and says another": (lambda p: voids("site-record", OWN, OURS), "entries"),
    "asks for one paper and writes of another": (lambda p: (
        cmd.VoidPaper(kind="site-record", number=OURS, reason="打错"), ev.PaperVoided(kind="urging", number=OURS, reason="打错")), "entries"),
    "says one number and writes another": (
        lambda p: issues("reply-24h", p.seen[1], "锦环函〔2026〕2号", said="锦环函〔2026〕1号"), "entries"),
    "is about one act and writes another": (lambda p: (
        cmd.IssuePaper(kind="site-record", of=p.seen[1]), ev.PaperIssued(kind="site-record", of=p.seen[2], number=FREE)), "entries"),
    "prints a number that the case has not": (lambda p: prints("urging", p.urged, "锦工商分局催〔2026〕2号"), "paper_unknown"),
    "prints a paper of an act that brings none": (lambda p: prints("urging", p.seen[0], OURS), "paper_not_yet"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_no_body_touches_anothers_papers_or_numbers(papers, name):
    """OFFICE-A5, OFFICE-A6: refused with its code, written down, nothing stored."""
    forge, code = ATTACKS[name]
    made, before = papers.forged(*forge(papers)), papers.refusals(code)
    stood = papers.district.sql("SELECT (SELECT count(*) FROM ld.entry), (SELECT count(*) FROM ld.paper_number)")
    assert push(papers.desk, papers.epoch, [made]) == [("refused", {"code": code})]
    assert papers.refusals(code) == before + 1
    assert stood == papers.district.sql(
        "SELECT (SELECT count(*) FROM ld.entry), (SELECT count(*) FROM ld.paper_number)"
    )


def test_for_another_body_nobody_numbers(papers):
    """OFFICE-A2: what is entered 代录 brings papers of the body without a desk; its papers nobody numbers in its name."""
    proxy = cmd.Proxy(person="某", body="MUNI", evidence="纸")
    command, event = issues("site-record", papers.seen[1], FREE, proxy=proxy)
    made = papers.forged(command, event)
    assert push(papers.desk, papers.epoch, [made])[0] == ("refused", {"code": "proxy"})


def test_what_is_its_own_a_body_prints_seals_voids_and_numbers_anew(papers):
    """Anybody on the case prints any paper of it; after a void the paper gets another number, never the same."""
    author = papers.author
    done = [
        author.take("p-zhaowenjing", "print-paper", kind="urging", of=papers.urged, number=OURS, sha256="1" * 64),
        author.take("p-zhaowenjing", "seal-paper", kind="site-record", number=OWN, approver="某", sealed_by="某"),
        author.take("p-zhaowenjing", "void-paper", kind="site-record", number=OWN, reason="打错"),
    ]
    assert [f for f, _ in push(papers.desk, papers.epoch, done)] == ["accepted"] * 3
    for number, fate in ((OWN, ("refused", {"code": "number_double"})), (FREE, ("accepted", {}))):
        made = papers.forged(*issues("site-record", papers.seen[0], number))
        assert push(papers.desk, papers.epoch, [made]) == [fate]


def test_who_fell_behind_is_judged_on_what_stands_then(papers):
    """A seal that was decided before the paper was voided: behind, and on the new state it has no such paper."""
    author, number = papers.author, "锦工商分局登〔2026〕2号"
    author.versions = dict(papers.district.sql("SELECT name, version FROM ld.stream"))
    numbered = papers.forged(*issues("register", author.case.id, number), person="p-zhoumin")
    assert push(papers.there, papers.epoch, [numbered]) == [("accepted", {})]
    author.versions = dict(papers.district.sql("SELECT name, version FROM ld.stream"))
    sealed = papers.forged(*seals("register", number), person="p-zhoumin")
    printed = papers.forged(*prints("register", author.case.id, number))
    assert push(papers.desk, papers.epoch, [printed]) == [("accepted", {})]
    assert push(papers.there, papers.epoch, [sealed])[0][0] == "behind"
    again = Made(sealed.act, [change(e, version=e.version + 1) for e in sealed.entries])
    assert push(papers.there, papers.epoch, [again]) == [("accepted", {"rebased": True})]


def test_the_owner_of_a_record_numbers_its_papers_and_nobody_else(papers):
    """OFFICE-A5: who reads a meeting prints its notice with the number that it has; its owner gives it, from his block, once."""

    def sent(person, *said):
        line = papers.desk if person == "p-zhaowenjing" else papers.there
        made = [papers.line(person, *said)]
        ((fate, detail),) = push(line, papers.epoch, made)
        papers.lines += fate == "accepted"
        return detail.get("code", fate)

    epb, other, first = "p-zhaowenjing", "p-zhoumin", "锦环保局会〔2026〕1号"
    assert sent(other, "numbered", first) == "paper_of_others"
    assert sent(other, "printed", first) == "paper_unknown"
    assert sent(other, "printed", "") == "accepted"
    assert sent(epb, "numbered", "锦环保局会〔2026〕11号") == "number_not_lent"
    assert sent(epb, "numbered", "锦工商分局会〔2026〕1号") == "number_form"
    assert sent(epb, "numbered", "锦环保局函〔2026〕1号", "minutes") == "number_form"
    assert sent(epb, "numbered", "1", "slip") == "paper_not_yet"
    assert sent(epb, "numbered", first) == "accepted"
    assert sent(epb, "numbered", "锦环保局会〔2026〕2号") == "paper_numbered"
    assert sent(epb, "printed", "锦环保局会〔2026〕2号") == "paper_unknown"
    assert [sent(person, "printed", first) for person in (epb, other)] == ["accepted"] * 2
    once, twice = papers.line(epb, "printed", first), papers.line(epb, "printed", "锦环保局会〔2026〕3号")
    twice = Made(twice.act, [change(e, version=e.version + 1) for e in twice.entries])
    assert [f for f, _ in push(papers.desk, papers.epoch, [once, twice])] == ["accepted", "refused"], "in one batch"


class Named:
    """Numbers that all say the same."""

    def __init__(self, number):
        self.number = number

    def take(self, kind, body, at):
        return self.number


@pytest.mark.parametrize(("number", "fate"), [
    ("锦工商分局-20261002-0001", "refused"), ("COMMERCE-20261002-0001", "refused"), ("锦环保局-20261002-0001", "accepted"),
    ("EPB-20261002-0002", "accepted"), ("环保局-20261002-0003", "accepted"),
])  # fmt: skip
def test_no_case_bears_the_sign_of_another_body(papers, number, fate):
    """COM-03: a case number begins with the sign of who registers it, as every program so far wrote it."""
    author, before = Author(papers.hands, random.Random(8)), papers.refusals("number_of_others")
    author.numbers = Named(number)
    author.register(body="EPB")
    made = [m for m in author.made if m.act.person == "p-zhaowenjing"] or author.made
    ((found, detail),) = push(papers.desk, papers.epoch, made[:1])
    assert (found, detail.get("code")) == (fate, "number_of_others" if fate == "refused" else None)
    assert papers.refusals("number_of_others") == before + (fate == "refused")


@pytest.mark.parametrize(("number", "fate"), [
    ("锦工商分局受〔2026〕1号", "refused"), ("锦市政局（工商分局代录）受〔2026〕1号", "refused"), ("锦环保局受〔2026〕1号", "accepted"),
])  # fmt: skip
def test_no_acceptance_bears_the_sign_of_another_body(papers, number, fate):
    """COM-03: another body's, or one that a third one enters for a fourth."""
    author = sent_to(Author(papers.hands, random.Random(9)))
    assert {f for f, _ in push(papers.there, papers.epoch, author.made)} == {"accepted"}
    author.take("p-zhaowenjing", "sign")
    author.numbers = Named(number)
    author.take("p-zhaowenjing", "accept")
    found = push(papers.desk, papers.epoch, author.made[-2:])
    assert [f for f, _ in found] == ["accepted", fate]
    assert found[1][1] == ({"code": "number_of_others"} if fate == "refused" else {})


def test_no_slip_bears_the_sign_of_another_body(papers):
    """OFFICE-A5: the slip is numbered by the first receiver."""
    author = Author(papers.hands, random.Random(10))
    author.register()
    author.take("p-zhoumin", "propose-transfer", to=["EPB"], reason="理由")
    author.take("p-hejianping", "approve", road="own_desk")
    author.numbers = Named("锦环保局移〔2026〕1号")
    author.take("p-zhoumin", "transfer", method="fax")
    fates = push(papers.there, papers.epoch, author.made)
    assert [f for f, _ in fates] == ["accepted"] * 3 + ["refused"]
    assert fates[-1][1] == {"code": "number_of_others"}


def test_a_database_of_before_knows_afterwards_which_numbers_stand(papers):
    """The migration reads them out of what was pushed to it: papers of cases and of records."""
    asked = "SELECT kind, number, act FROM ld.paper_number ORDER BY 1, 2"
    stood = papers.district.sql(asked)
    assert {kind for kind, _, _ in stood} >= {"urging", "site-record"}
    with papers.district.boss() as boss:
        boss.execute("DROP TABLE ld.paper, ld.sign, ld.paper_number")
        boss.execute("ALTER TABLE ld.server DROP numbers_from, DROP numbers_year")
        boss.execute("DELETE FROM ld.migration WHERE name LIKE '0009%'")
        boss.execute("UPDATE ld.profile SET digest='of a program that compiled no papers'")
        server.upgrade(boss)
    assert papers.district.sql(asked) == stood
    papers.author.versions = dict(papers.district.sql("SELECT name, version FROM ld.stream"))
    made = papers.forged(*issues("site-record", papers.seen[1], OWN))
    assert push(papers.desk, papers.epoch, [made]) == [("refused", {"code": "number_double"})]
