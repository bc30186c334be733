"""Acts as desks make them, without a desk: decided by the rules, signed, and pushed by plain calls."""

import hashlib
import os
import uuid

import msgspec

from liaison_app.desk.signing import Pen, sign
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Happened
from liaison_app.domain.decide import ask_for, decide, leads, proxy_kind
from liaison_app.domain.evolving import evolve
from liaison_app.domain.handling_events import ReplyDrafted, ReplySent
from liaison_app.domain.moments import stamp
from liaison_app.sync.rows import compile_guards
from tests.walking import ITEMS, Numbers, Walk, rules_for, start

PUSH = (
    "SELECT n, act, fate, detail FROM ld.push(%b::uuid,%b::bytea[],%b::bytea[],%b::bytea[],%b::bytea[],%b::bytea[],%b::bytea[],%b::text[],"
    "%b::int[],%b::int[],%b::text[],%b::bigint[],%b::text[],%b::bytea[]) ORDER BY n"
)
PULL = (
    "SELECT feed,pos,what,ref,chain,act,n,stream,version,kind,data,recorded_at,header,prev,tag,open,salt,personal"
    " FROM ld.pull(%s,%s::text[],%s::bigint[],%s,%s)"
)


class Made(msgspec.Struct):
    """A signed act with its entries and claims."""

    act: object
    entries: list
    claims: tuple = ()


def batch(epoch, made):
    """Return the parameters of ld.push for a list of signed acts."""
    acts = [m.act for m in made]
    lines = [(i + 1, e) for i, m in enumerate(made) for e in m.entries]
    return (
        epoch, [a.header for a in acts], [a.prev_hash for a in acts], [a.tag for a in acts], [a.open for a in acts],
        [a.salt for a in acts], [a.personal for a in acts], [msgspec.json.encode(list(m.claims)).decode() for m in made],
        [i for i, _ in lines], [e.n for _, e in lines], [e.stream for _, e in lines], [e.version for _, e in lines],
        [e.kind for _, e in lines], [e.data for _, e in lines],
    )  # fmt: skip


def push(connection, epoch, made):
    """Push signed acts; return (fate, detail) of each."""
    return [(row[2], row[3]) for row in connection.execute(PUSH, batch(epoch, made)).fetchall()]


def pull_all(connection, epoch, feeds, limit=500, size=1_000_000):
    """Pull feeds from the start, page by page; check that positions are dense and chains hold. Return feed → items."""
    after = dict.fromkeys(feeds, 0)
    chains = dict.fromkeys(feeds, bytes(32))
    found = {feed: [] for feed in feeds}
    hashes = {}
    while True:
        rows = connection.execute(PULL, (epoch, list(after), list(after.values()), limit, size)).fetchall()
        news = [r for r in rows if r[2] != "head"]
        for row in news:
            feed, pos, what, ref, chain, act, n, stream, version, _, data, _, header, prev = row[:14]
            assert pos == after[feed] + 1, (feed, pos, after[feed])
            if header is not None:
                hashes[act] = hashlib.sha256(b"LD1" + prev + header).digest()
            if what == "entry":
                said = act.bytes + n.to_bytes(4, "big") + hashes[act] + stream.encode() + version.to_bytes(8, "big")
            else:
                said = what.encode() + ref.bytes
            digest = hashlib.sha256(said + hashlib.sha256(data).digest()).digest()
            assert hashlib.sha256(b"LF1" + chains[feed] + digest).digest() == chain, (feed, pos)
            after[feed], chains[feed] = pos, chain
            found[feed].append(row)
        if not news:
            assert {r[0]: (r[1], r[4]) for r in rows} == {f: (after[f], chains[f]) for f in feeds}
            return found


class Hands:
    """Pens of all persons of a district: device logs entered by the administrator, carried by any desk."""

    def __init__(self, district, mechanism=""):
        self.district, self.pens = district, {}
        self.rules = msgspec.structs.replace(rules_for(mechanism or district.mechanism), founding="member")
        self.claimed = set(compile_guards(self.rules.profile).effects.claimed)

    def pen(self, person, role="carrier"):
        """Return the pen of a person."""
        if person not in self.pens:
            device, secret = uuid.uuid4(), os.urandom(32)
            pads = [bytes(b ^ x for b in secret + bytes(32)) for x in (0x36, 0x5C)]
            self.district.sql(
                "WITH f AS (INSERT INTO ld.feed(name,rank) VALUES('device/' || %s::text,1) RETURNING id), d AS ("
                "INSERT INTO ld.device(id,role,person,body,feed) SELECT %s,%s,p.id,p.body,f.id FROM f, ld.person p WHERE p.id=%s)"
                " INSERT INTO ld.device_key VALUES(%s,%s,%s)",
                device, device, role, person, device, *pads,
            )  # fmt: skip
            registers = {"profile": self.rules.mechanism, "calendar": self.rules.calendar.version}
            self.pens[person] = Pen(device=str(device), seq=0, head=bytes(32), secret=secret, registers=registers)
        return self.pens[person]

    def adopt(self, enrolled):
        """Let an enrolled desk's person write with his own device."""
        registers = {"profile": self.rules.mechanism, "calendar": self.rules.calendar.version}
        self.pens[enrolled.person] = Pen(
            device=str(enrolled.device), seq=0, head=bytes(32), secret=enrolled.secret, registers=registers
        )
        return self.pens[enrolled.person]


class Author(Walk):
    """A walk whose acts are signed: ``made`` holds them in order."""

    readings = 0.0

    def __init__(self, hands, dice):
        super().__init__(hands.rules, dice, Numbers())
        self.hands, self.made, self.versions = hands, [], {}
        self.people = [p for p in self.people if p.roles]

    def register(self, body="COMMERCE", **items):
        """Register a plain case that goes to another body."""
        self.begin({"medium": "noise", "source": "construction"}, first=body, **{**ITEMS, **items})
        return self.case.id

    def take(self, person, action, **fields):
        """Take one act of a person."""
        command = msgspec.convert(fields, cmd.COMMANDS[action], strict=False)
        self._take(command, self.rules.roster.actor(person, ""))
        return self.made[-1]

    def _take(self, command, who, *, of_twin=False):
        assert not of_twin
        at, stamped = decide(self.case, command, self.rules, who, self.now, self.numbers)
        claims = ()
        if self.case is not None:
            matter = self.case.matter(command.matter)
            proxy, acting = proxy_kind(command, self.rules, who)
            ask = ask_for(self.case, cmd.action_of(command), matter, self.rules, who, proxy=proxy, body=acting)
            claims = tuple(sorted(ask.flags & self.hands.claimed))
            assert leads(self.case, self.rules)
        strict = (
            command.confidential == "strict"
            if isinstance(command, cmd.Register)
            else self.case.confidential == "strict"
        )
        act, entries = sign(
            self.hands.pen(who.person), who, command, self.case.id if self.case else None, at, self.now, stamped,
            self.versions, "first" if strict else "bodies",
        )  # fmt: skip
        self.made.append(Made(act, entries, claims))
        personal = msgspec.json.decode(act.personal) if act.personal else {}
        for entry, one in zip(entries, stamped, strict=True):
            if isinstance(one.event, ReplyDrafted):
                self.drafts[(who.body, one.matter)] = one.event
            if isinstance(one.event, ReplySent):
                self.drafts.pop((who.body, one.matter), None)
            if one.event.inner:
                continue
            happened = Happened(
                stamped=one, act_id=act.id, entry_id=entry.id, person=who.person, body=who.body, happened_at=stamp(at),
                recorded_at=stamp(self.now), personal=personal,
            )  # fmt: skip
            self.happened.append(happened)
            self.case = evolve(self.case, happened)


def random_acts(hands, dice, steps=25):
    """Return the signed acts of one random walk, with the author."""
    author = Author(hands, dice)
    start(author, twin=False)
    for _ in range(steps):
        author.step()
    return author
