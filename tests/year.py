"""A demo year: a district of thirty departments and so many cases over four quarters of 2026, the same for the same seed.

Some two hundred stories are walked act by act through the guards; every case of the year is one of them again, moved by
whole weeks, with own ids, numbers, places and people, signed into the journal of real devices in batches. No guard asks
for a date that the move would change: `decided_again` decides copies anew and compares.

    python -m tests.year FOLDER [CASES] [SEED]     leaves such a desk
"""

import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from liaison_app.desk import opening
from liaison_app.desk.signing import Pen, new_id, sign
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Happened
from liaison_app.domain.decide import decide
from liaison_app.domain.events import ENCODER, Stamped
from liaison_app.domain.evolving import evolve
from liaison_app.domain.moments import stamp
from liaison_app.domain.records import entry_id
from liaison_app.security import keys
from liaison_app.store import journal
from liaison_app.store.engine import FILE
from tests.unit.test_routing import satisfying
from tests.walking import Walk, rules_for

NOW = datetime.fromisoformat("2027-01-15T09:00:00+08:00")
FIRST = datetime.fromisoformat("2026-01-05T08:00:00+08:00")
WEEKS, STORIES, BATCH = 51, 200, 500
DEPARTMENTS = 30
TOWNS = ("锦湖街道", "望江街道", "石桥街道", "青杠镇", "白果镇")
TOKENS = {"object": "@object@", "place": "@place@", "complainant_name": "@name@", "contact": "13900000001"}
SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高",
    ("建国", "晓雨", "国庆", "雨桐", "丽", "静", "龑文", "志强", "秀英", "敏"),
)
NUMBER = re.compile(r"№([a-z/_-]+)-(\d+)№")


class Marked:
    """Numbers that a copy finds again in the text of an act."""

    def __init__(self):
        self.last = 0

    def take(self, kind, body, at):
        self.last += 1
        return f"№{kind}-{self.last}№"

    def given(self, kind, number):
        pass


class Story(Walk):
    """A case that walks at random through its guards, its acts kept as they were decided."""

    readings = 0.0
    rare = frozenset({"pause", "resume", "assist-ask", "assist-give", "mark", "unmark", "step", "comment-reply", "return-reply", "ask-extension",
                      "refuse-extension", "void", "withdraw-proposal", "return-proposal", "city-letter", "ask-city", "pass-reply", "merge"})  # fmt: skip
    straight = frozenset({"propose-transfer", "approve", "transfer", "deliver", "sign", "accept", "inform", "take-over", "investigate",
                          "draft-reply", "submit-reply", "approve-reply", "send-reply", "feedback", "revisit", "arrive", "file-case"})  # fmt: skip

    def _weight(self, guard):
        """Most cases of an office go straight: what leads on is likelier than what turns aside."""
        return super()._weight(guard) * (
            0.1 if guard.action in self.rare else 5 if guard.action in self.straight else 1
        )

    def __init__(self, rules, dice):
        super().__init__(rules, dice, Marked())
        self.kept = []

    def _take(self, command, who, *, of_twin=False):
        at, stamped = decide(self.case, command, self.rules, who, self.now, self.numbers, None)
        self.acts += 1
        act = new_id()
        plain = msgspec.to_builtins(command)
        personal = {k: plain[k] for k in cmd.PERSONAL_FIELDS.get(cmd.action_of(command), ()) if plain.get(k)}
        for n, one in enumerate(stamped):
            event = one.event
            if type(event).__name__ == "ReplyDrafted":
                self.drafts[(one.proxy_body or who.body, one.matter)] = event
            if type(event).__name__ == "ReplySent":
                self.drafts.pop((one.proxy_body or who.body, one.matter), None)
            if not event.inner:
                self.case = evolve(self.case, Happened(
                    stamped=one, act_id=act, entry_id=entry_id(act, n), person=who.person, body=who.body,
                    happened_at=stamp(at), recorded_at=stamp(self.now), personal=personal,
                ))  # fmt: skip
        self.kept.append((act, who, command, at, self.now, stamped))


class Template:
    """A story as text with holes: ids, days, numbers, people, places."""

    def __init__(self, story):
        self.kept = story.kept
        ids = [act for act, *_ in self.kept] + [
            entry_id(act, n) for act, *_, made in self.kept for n in range(len(made))
        ]
        days = r"202[67]-\d\d-\d\d"
        hole = "|".join([*map(re.escape, [*ids, *TOKENS.values()]), NUMBER.pattern, days])
        self.acts = []
        for act, who, command, at, now, stamped in self.kept:
            text = ENCODER.encode({"command": command, "events": stamped}).decode()
            pieces = []
            last = 0
            for found in re.finditer(hole, text):
                pieces += [text[last : found.start()], found[0]]
                last = found.end()
            self.acts.append((act, who, type(command), at, now, len(stamped), [*pieces, text[last:]]))

    def copy(self, values, days):
        """Yield (actor, command, at, now, events, told) of the acts of a copy until today; ``told`` is given each act's new id."""
        ids = {}
        for act, who, kind, at, now, count, pieces in self.acts:
            at, now = at + timedelta(days=days), now + timedelta(days=days)
            if now > NOW:
                return
            filled = pieces.copy()
            for i in range(1, len(filled), 2):
                filled[i] = self._fill(filled[i], values, ids, days)
            raw = json.loads("".join(filled))
            command = msgspec.convert(raw["command"], kind)

            def told(fresh, act=act, count=count):
                ids[act] = fresh
                ids.update({entry_id(act, n): entry_id(fresh, n) for n in range(count)})

            yield who, command, at, now, msgspec.convert(raw["events"], list[Stamped]), told

    def _fill(self, key, values, ids, days):
        if key in ids or key in values:
            return ids.get(key) or values[key]
        number = NUMBER.fullmatch(key)
        if number:
            return f"锦{values['n']}{number[1]}〔2026〕{number[2]}号"
        return (date.fromisoformat(key) + timedelta(days=days)).isoformat() if key[:2] == "20" else key


def rules():
    """Return the rules of the district: every post of the profile has a liaison and a leader."""
    return rules_for("M1")


def stories(seed, count=STORIES):
    """Return the templates of a year: their leads go round the departments, some end early, some go all the way."""
    found, dice, mine = [], random.Random(seed), rules()
    rows = {}
    for row in mine.profile.routing:
        facts = {k: v for k, v in satisfying(row.when).items() if k not in {"first_receiver", "channel"}}
        rows.setdefault(str(row.lead), []).append(facts)
    leads = sorted(rows)
    receivers = [p.id for p in mine.profile.posts if mine.has_desk(p.id)][:DEPARTMENTS]
    for i in range(count):
        story = Story(mine, random.Random(seed * 10_000 + i))
        story.now = FIRST + timedelta(days=dice.randrange(5), hours=dice.randrange(12), minutes=dice.randrange(60))
        facts = dict(dice.choice(rows[leads[i % len(leads)]]))
        if dice.random() < 0.2:
            facts["health_or_env_threat"] = True
        story.begin(
            facts, receivers[i % len(receivers)], content="噪声和气味扰民", channel=dice.choice(["phone", "phone", "visit", "web"]),
            complainant_address="某小区", town=dice.choice(TOWNS), **TOKENS,
        )  # fmt: skip
        for _ in range(dice.choice([2, 8, 16, 24, 30])):
            story.step()
        found.append(Template(story))
    return found


def write(home, cases, seed=1, now=NOW, copies=None):
    """Found the district and write its year; return how often each story was told.

    ``copies``: is told of each case which story it is, and by how many days it was moved.
    """
    mine = rules()
    opening._found(home, "demo", "M1", mine.roster, [(p.id, p.name) for p in mine.roster.people], "demo", "")
    desk = opening.open_desk(home, person="p-zhoumin", now=now, synchronous="OFF")
    told, dice, templates = Counter(), random.Random(seed), stories(seed)
    pens = {}
    try:
        for first in range(0, cases, BATCH):
            with desk._replica.write(lasting=False) as connection:
                acts, entries, written = [], [], []
                for n in range(first, min(cases, first + BATCH)):
                    k = dice.randrange(len(templates))
                    told[k] += 1
                    values = {
                        "n": n, "@object@": f"第{dice.randrange(max(4, cases // 6))}号工地", "@place@": f"滨河路{dice.randrange(max(4, cases // 3))}号",
                        "@name@": dice.choice(SURNAMES) + dice.choice(GIVEN), "13900000001": f"139{n:08d}",
                    }  # fmt: skip
                    case, versions, days = None, {}, 7 * dice.randrange(WEEKS)
                    for who, command, at, moment, events, tell in templates[k].copy(values, days):
                        if who.person not in pens:
                            pens[who.person] = _pen(desk, connection, who.person)
                        act, lines = sign(pens[who.person], who, command, case, at, moment, events, versions, "bodies")
                        case = case or act.id
                        tell(act.id)
                        acts.append(act)
                        entries += lines
                    if case:
                        written.append(case)
                        if copies is not None:
                            copies[case] = (k, days)
                journal.append(connection, acts, entries)
                desk.project(connection, written)
    finally:
        desk.close()
    return told


def _pen(desk, connection, person):
    secret = keys.open_as(desk.home, person, None).device_secret
    device = journal.device_of(connection, person)
    seq, head = journal.device_head(connection, device)
    registers = {"profile": desk.rules.mechanism, "calendar": desk.rules.calendar.version}
    return Pen(device=device, seq=seq, head=head, secret=secret, registers=registers)


def decided_again(seed, copies):
    """Return (decided, the same) for the acts of so many copies: each is decided by the guards at its own moment."""
    mine, dice, templates = rules(), random.Random(seed), stories(seed, 40)
    decided = same = 0
    for n in range(copies):
        values = {"n": n, "@object@": "工地", "@place@": "滨河路8号", "@name@": "王喆堃", "13900000001": "13900000009"}
        case = None
        numbers = Marked()
        for who, command, at, now, events, tell in dice.choice(templates).copy(values, 7 * dice.randrange(WEEKS)):
            _, stamped = decide(case, command, mine, who, now, numbers, None)
            act = new_id()
            tell(act)
            decided += 1
            same += [type(s.event) for s in stamped] == [type(s.event) for s in events] and all(
                (a.matter, a.event.inner, a.proxy_body) == (b.matter, b.event.inner, b.proxy_body)
                for a, b in zip(stamped, events, strict=True)
            )
            for i, one in enumerate(events):
                if not one.event.inner:
                    case = evolve(case, Happened(
                        stamped=one, act_id=act, entry_id=entry_id(act, i), person=who.person, body=who.body,
                        happened_at=stamp(at), recorded_at=stamp(now), personal={},
                    ))  # fmt: skip
    return decided, same


def main():
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    cases, seed = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((2, 2000), (3, 1)))
    began, spent = time.monotonic(), time.process_time()
    told = write(home, cases, seed)
    print(json.dumps({"home": str(home), "cases": sum(told.values()), "seconds": round(time.monotonic() - began, 1),
                      "cpu": round(time.process_time() - spent, 1), "mb": round((home / FILE).stat().st_size / 1e6)}))  # fmt: skip


if __name__ == "__main__":
    main()
