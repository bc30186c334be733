"""The rows in PostgreSQL judge acts on papers of a case as the desk does, over random walks and whatever anybody asks for."""

import os
import random
import re
import uuid
from collections import Counter
from datetime import timedelta

import msgspec
import psycopg
import pytest

from liaison_app.desk.issuing import check_issuer
from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Happened, standing_of
from liaison_app.domain.decide_papers import decide_paper
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import ENCODER, Stamped, kind_of
from liaison_app.domain.evolving import evolve
from liaison_app.domain.moments import stamp
from liaison_app.domain.yields import inner_kinds
from liaison_app.mechanism.compiling_papers import compile_papers, compile_signs, sign
from liaison_app.sync import rows, server
from tests.sync.acting import Hands
from tests.sync.test_rows import Walked
from tests.unit.test_compiling import PROFILES
from tests.walking import ITEMS, seeds, start

JUDGE = (
    "SELECT ld.judge_paper(%s,%s,%s,%s,%s,%s,%s,%s,%s::jsonb,%s::jsonb,%s::uuid[],%s::text[],%s::jsonb[],%s::text[])"
)
WALKS = int(os.environ.get("LIAISON_PAPER_WALKS", "3"))
"""Of each mechanism, with 96 acts on papers each."""
SAME = {"field_value": "paper_not_yet"}
"""What the desk says in other words than the database."""


@pytest.fixture(scope="module")
def boss(shared_district):
    with shared_district.boss() as connection:
        with server.as_tables(connection):
            for profile in PROFILES.values():
                rows.load(connection, profile)
            kinds = {f"paper-{d.kind}" for p in PROFILES.values() for d in p.documents}
            bodies = {post.id for p in PROFILES.values() for post in p.posts}
            lent = [(body, kind, year) for body in bodies for kind in kinds for year in (2026, 2027)]
            connection.cursor().executemany("INSERT INTO ld.number_head VALUES(%s,%s,%s,1000000)", lent)
        yield connection


class Lent:
    """Numbers as a member takes them: each of its own body, none twice."""

    last = 0

    def __init__(self, rules):
        self.rules = rules

    def take(self, kind, body, at):
        if not kind.startswith("paper-"):
            return f"{kind}-1"
        word = next(d.word for d in self.rules.profile.documents if d.kind == kind.removeprefix("paper-"))
        Lent.last += 1
        return f"锦{sign(self.rules.profile.post(body))}{word}〔{at[:4]}〕{Lent.last}号"

    def given(self, kind, number):
        """What the office gave once it may have given twice: the database does not see all papers (docs/SECURITY.md)."""


class Papers(Walked):
    """A walk on whose case anybody asks for anything on papers."""

    def number_of(self, kind, body):
        """Return some number: of a paper of the case, of the office, of nothing."""
        dice, year = self.dice, self.now.year
        own = [p.number for p in self.case.papers if p.number]
        own += [t.slip_no for t in self.case.transfers if t.slip_no]
        own += [a.number for m in self.case.matters for a in m.acceptances]
        some = [f"锦函〔{year}〕{dice.randint(1, 99)}号", f"锦函〔{year - 1}〕7号", "锦7", ""]
        return dice.choice(own if own and dice.random() < 0.7 else some)

    def asked(self):
        """Return some act on a paper."""
        dice = self.dice
        documents = [d for d in self.rules.profile.documents if d.subject == "case"]
        brought = [d for d in documents if not d.after or any(k.partition("/")[0] in self.case.done for k in d.after)]
        kind = dice.choice(brought if dice.random() < 0.9 else self.rules.profile.documents).kind
        document = next(d for d in self.rules.profile.documents if d.kind == kind)
        keys = {k.partition("/")[0] for k in document.after} or {kind_of(self.happened[0].stamped.event)}
        near = [h for h in self.happened if kind_of(h.stamped.event) in keys]
        one = dice.choice(near if near and dice.random() < 0.9 else self.happened)
        of, matter = one.act_id, one.stamped.matter if dice.random() < 0.9 else dice.choice(self.case.matters).n
        standing = [p for p in self.case.papers if p.number]
        about = dice.choice(standing) if standing and dice.random() < 0.8 else None
        match dice.choice(("issue", "issue", "issue", "print", "void", "seal")):
            case "issue":
                number = self.number_of(kind, "") if document.numbered == "office" or dice.random() < 0.1 else ""
                fields = {"note": "说明"} if dice.random() < 0.15 else {}
                return cmd.IssuePaper(kind=kind, of=of, matter=matter, number=number, fields=fields)
            case "print":
                number = about.number if about else self.number_of(kind, "")
                return cmd.PrintPaper(
                    kind=about.kind if about else kind, of=about.of if about and dice.random() < 0.7 else of, matter=matter,
                    sha256="0" * 64, number=number if dice.random() < 0.7 else "",
                )  # fmt: skip
            case "void":
                return cmd.VoidPaper(
                    kind=about.kind if about else kind,
                    number=about.number if about else self.number_of(kind, "") or "无",
                    reason="打错",
                )
            case _:
                return cmd.SealPaper(
                    kind=about.kind if about else kind, number=about.number if about else self.number_of(kind, "") or "无",
                    approver="某", sealed_by="某",
                )  # fmt: skip

    def forged(self, command, numbers, who):
        """Return the event that somebody writes who does not ask."""
        match command:
            case cmd.IssuePaper(kind=kind, of=of, number=number, fields=fields):
                if not number and not fields and self.rules.paper_numbering(kind) == "ours":
                    number = numbers.take(f"paper-{kind}", who.body, stamp(self.now))
                return ev.PaperIssued(kind=kind, number=number, of=of)
            case cmd.PrintPaper(kind=kind, of=of, number=number, sha256=sha256):
                return ev.PaperPrinted(kind=kind, sha256=sha256, times=1, number=number, of=of)
            case cmd.VoidPaper(kind=kind, number=number):
                return ev.PaperVoided(kind=kind, number=number, reason="打错")
            case _:
                return ev.PaperSealed(kind=command.kind, number=command.number, approver="某", sealed_by="某", copies=1)

    def happens(self, event, who, act, matter):
        """Let an event stand."""
        one = Happened(
            stamped=Stamped(event=event, matter=matter), act_id=act, entry_id=str(uuid.uuid4()), person=who.person, body=who.body,
            happened_at=stamp(self.now), recorded_at=stamp(self.now), personal={},
        )  # fmt: skip
        self.happened.append(one)
        self.case = evolve(self.case, one)


def real(text):
    """Return JSON with the short act ids of a walk as those of the database."""
    return re.sub(r'"(a[0-9]+)"', lambda m: f'"{uuid.uuid5(uuid.NAMESPACE_OID, m[1])}"', text)


def story(walk):
    """Return the entries of a case as a batch hands them to the judge."""
    told = [h for h in walk.happened if not h.stamped.event.inner]
    return (
        [real(f'"{h.act_id}"').strip('"') for h in told], [kind_of(h.stamped.event) for h in told],
        [real(ENCODER.encode(h.stamped).decode()) for h in told],
        [h.acting for h in told],
    )  # fmt: skip


def compared(boss, walk, numbers, told):
    """Let somebody ask for something on a paper of a case, at the desk and in the database; return the code and the event."""
    dice, version = walk.dice, walk.rules.profile.version()
    command, who = walk.asked(), walk.rules.roster.actor(dice.choice(walk.people).id, "")
    if dice.random() < 0.6 and isinstance(command, cmd.IssuePaper):  # by one who may have to do with it
        near = [h.body for h in walk.happened if h.act_id == command.of]
        who = walk.rules.roster.actor(dice.choice([p.id for p in walk.people if p.body in near]), "")
    act, story_ = str(uuid.uuid4()), [h for h in walk.happened if not h.stamped.event.inner]
    try:
        check_issuer(command, walk.case, story_, walk.rules, who, walk.now, lambda body: body)
        event, wanted = decide_paper(walk.case, command, walk.rules, who, walk.now, numbers), None
    except RuleBroken as refused:
        event, wanted = walk.forged(command, numbers, who), SAME.get(refused.code, refused.code)
    given_ = {k: v for k, v in msgspec.to_builtins(command).items() if k not in ("do", "matter", "proxy")}
    asked = (
        version, cmd.action_of(command), act, str(uuid.UUID(int=0)), walk.case.first_receiver, command.matter, who.body, str(walk.now.year),
        real(msgspec.json.encode(given_).decode()), real(ENCODER.encode(event).decode()), *story(walk),
    )  # fmt: skip
    found = boss.execute(JUDGE, asked).fetchone()[0]
    assert found == wanted, (
        *told,
        command,
        who,
        event,
        [(kind_of(h.stamped.event), h.act_id, h.acting) for h in story_],
    )
    if found is None:
        walk.happens(event, who, act, command.matter)
    return found, event


@pytest.mark.parametrize("name", PROFILES)
def test_postgresql_says_of_every_act_on_a_paper_what_the_desk_says(name, boss):
    """OFFICE-A5, OFFICE-A6: each body asks for each act on each paper near what it is about; desk and database agree on each."""
    hands = Hands(None, name)
    said, allowed = Counter(), Counter()
    for seed, dice in seeds(7700, WALKS):
        walk = Papers(hands, dice)
        start(walk, twin=False)
        numbers = Lent(walk.rules)
        for _ in range(12):
            for _ in range(4):
                walk.step()
            for _ in range(8):
                code, event = compared(boss, walk, numbers, (name, seed))
                said[code] += 1
                allowed[kind_of(event)] += code is None
            walk.now += timedelta(hours=1)
    print(name, dict(said), dict(allowed))
    assert sum(said.values()) == WALKS * 12 * 8


def test_so_it_does_of_a_case_that_was_brought_in(boss):
    """Who addressee, acceptor and assistant were stands in what the case brought along; so do its numbers."""
    hands, said = Hands(None, "M1"), Counter()
    for seed, dice in seeds(8800, WALKS):
        old = Papers(hands, dice)
        start(old, twin=False)
        for _ in range(40):
            old.step()
        walk, first = Papers(hands, dice), old.happened[0]
        items = {f: getattr(first.stamped.event, f) for f in ev.Registered.__struct_fields__}
        brought = ev.BroughtIn(
            **items, old_id="x", old_number="旧1", old_state="", state="", registered_at=first.happened_at,
            registered_by=first.person, standing=standing_of(old.case),
        )  # fmt: skip
        again = msgspec.structs.replace(first, stamped=Stamped(event=brought))
        walk.happened, walk.case, walk.now = [again], evolve(None, again), old.now
        numbers = Lent(walk.rules)
        later = [
            h
            for h in old.happened
            if kind_of(h.stamped.event) in ("investigated", "informed", "urged", "assist-given", "accepted")
        ]
        for one in later:  # by bodies that had to do with it before
            walk.happened.append(one)
            walk.case = evolve(walk.case, one)
        for _ in range(30):
            code, _ = compared(boss, walk, numbers, ("brought in", seed))
            said[code] += 1
    print(dict(said))
    assert sum(said.values()) == WALKS * 30


def test_what_brings_a_paper_is_in_the_shared_stream_of_its_case():
    """The database reads that one alone; a code that an event leaves out because it is the usual one is known."""
    for profile in PROFILES.values():
        for row in compile_papers(profile):
            assert not {one.kind for one in row.after} & set(inner_kinds()), row


def test_a_number_of_ours_is_of_the_body_lent_to_it_and_given_once(boss):
    """OFFICE-A5: another body's sign, another year, a number of no block, one that stands on a paper."""

    def fault(number, body="COMMERCE", kind="urging"):
        return boss.execute("SELECT ld.number_fault(%s,%s,'2026',%s)", (body, kind, number)).fetchone()[0]

    boss.execute("UPDATE ld.number_head SET next=21 WHERE body='COMMERCE' AND kind='paper-urging' AND year=2026")
    assert fault("锦工商分局催〔2026〕20号") is None
    assert fault("锦工商分局催〔2026〕21号") == "number_not_lent"
    for number in (
        "锦环保局催〔2026〕3号",
        "锦工商分局催〔2025〕3号",
        "锦工商分局督〔2026〕3号",
        "锦工商分局催〔2026〕03号",
        "工商分局催〔2026〕3号",
        "",
        "3",
    ):
        assert fault(number) == "number_form", number
    assert fault("锦环保局催〔2026〕3号", body="EPB") is None
    assert fault("锦重点办催〔2026〕3号", body="KEYPROJ_DIST") is None, "its code"
    assert fault("锦重点工程主管机构催〔2026〕3号", body="KEYPROJ_DIST") is None, "as a program of before called it"
    boss.execute("UPDATE ld.server SET leases_closed=true")
    assert fault("锦工商分局催〔2026〕21号") is None, "a restored database does not know what it lent"
    boss.execute("UPDATE ld.server SET leases_closed=false")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), boss.transaction():
        boss.execute("SET LOCAL ROLE ld_desk")
        fault("锦工商分局催〔2026〕20号")


def test_chance_is_not_needed_for_a_number_to_be_taken_once(boss):
    """The same number on two papers of one case: the second is told so."""
    walk = Papers(Hands(None, "M1"), random.Random(5))
    walk.begin({"medium": "noise", "source": "construction"}, first="COMMERCE", **ITEMS)
    who, number = walk.rules.roster.actor("p-zhoumin", ""), "锦工商分局登〔2026〕77号"
    opened = story(walk)[0][0]
    for wanted in (None, "number_double"):
        asked = (
            "M1@1", "issue-paper", str(uuid.uuid4()), str(uuid.UUID(int=0)), "COMMERCE", 1, who.body, "2026", f'{{"kind":"register","of":"{opened}"}}',
            f'{{"is":"paper-issued","kind":"register","number":"{number}","of":"{opened}"}}', *story(walk),
        )  # fmt: skip
        assert boss.execute(JUDGE, asked).fetchone()[0] == wanted


@pytest.mark.parametrize("name", PROFILES)
def test_a_number_begins_with_the_sign_of_its_own_body(name, boss):
    """COM-03: of every two bodies of a mechanism, in every form that a program ever gave; what has no such form is words."""
    found = {row.body: row.signs for row in compile_signs(PROFILES[name])}
    asked = [
        (body, number, one not in found[body])
        for body in found for other, signs in found.items() for one in signs
        for number in (f"锦{one}-20261002-0001", f"锦{one}移〔2026〕3号", f"锦{one}受〔2026〕3号", f"锦{one}（某局代录）受〔2026〕3号", f"{other}-20261002-0001")
        if other not in found[body] or number[0] == "锦" or other == body
    ]  # fmt: skip
    asked += [(body, number, False) for body in found for number in ("case-1", "", "2026年第3号")]
    bodies, numbers, wanted = (list(column) for column in zip(*asked, strict=True))
    wrong = boss.execute(
        "SELECT * FROM unnest(%s::text[],%s::text[],%s::boolean[]) u(b,n,w) WHERE ld.bears_others(%s,u.b,u.b,u.n) <> u.w",
        (bodies, numbers, wanted, PROFILES[name].version()),
    ).fetchall()
    assert len(asked) > 1000 and not wrong, wrong[:5]
    first, second = list(found)[:2]
    entered = f"锦{found[second][0]}（{found[first][0]}代录）受〔2026〕3号"
    for acting, body, bears in ((second, first, False), (first, first, False), (list(found)[2], list(found)[2], True)):
        asking = (PROFILES[name].version(), acting, body, entered)
        assert boss.execute("SELECT ld.bears_others(%s,%s,%s,%s)", asking).fetchone()[0] is bears
