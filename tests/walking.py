"""Random allowed acts on random cases, through the guards, without a screen or a database: the walk of the property test."""

import random
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from liaison_app.desk.roster import roster_of
from liaison_app.desk.rules import rules_of
from liaison_app.domain import commands as cmd
from liaison_app.domain import handling_commands as hc
from liaison_app.domain.case import Happened
from liaison_app.domain.decide import ask_for, decide, roles_on
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.domain.evolving import evolve
from liaison_app.domain.handling_events import ReplyDrafted, ReplySent
from liaison_app.domain.moments import stamp
from liaison_app.domain.registers import Registers
from liaison_app.mechanism import guards
from liaison_app.mechanism.profile import load_profile
from tests.unit.test_routing import satisfying

START = datetime.fromisoformat("2026-09-30T09:00:00+08:00")
PAPERS = {"issue-paper", "print-paper", "void-paper", "seal-paper"}
UNMOVING = {
    "answer-alarm",
    "hand-over",
    "receive-charge",
    "note",
    "strike-note",
    "attach",
    "inquire",
    "reveal",
    "take-out",
} | PAPERS
RATINGS = ("satisfied", "basically", "dissatisfied")


def rules_for(mechanism, settings=None, without=()):
    """Return the rules of a demo district of a mechanism in which every post has a liaison and a leader.

    Every post has a desk but those named in ``without`` and those that have none in the profile.
    """
    roster = roster_of(yaml.safe_load(files("resources").joinpath("demo", f"{mechanism}.yaml").read_bytes()))
    bodies = {p.id for p in load_profile(mechanism).posts}
    extra = [
        Person(id=f"{role}-{body}", name=f"{role}{body}", body=body, roles=(role,))
        for body in sorted(bodies)
        for role in ("liaison", "leader")
        if not any(p.body == body and role in p.roles for p in roster.people)
    ]
    registers = Registers(
        founding="demo", mechanism=mechanism, profile=f"{mechanism}@1", district=roster.district,
        people=(*roster.people, *extra), towns=roster.towns, settings=settings or {},
        desks=tuple(sorted(bodies - set(without))) if without else roster.desks,
    )  # fmt: skip
    return rules_of(registers)


class Numbers:
    """Numbers that only count."""

    def __init__(self):
        self.last = 0

    def take(self, kind, body, at):
        """Return the next number."""
        self.last += 1
        return f"{kind}-{self.last}"

    def given(self, kind, number):
        """Take any number of the office."""


class Walk:
    """One case and its clock; each step takes one act that the guards offer to somebody, sometimes for somebody else.

    Beside the case stands a twin: the case merges into it, or the twin merges into the case.
    """

    proxies, late, readings = 0.3, 0.15, 0.01
    """How often a person is asked what he may enter for others, an act is entered late, another reading is chosen."""

    def __init__(self, rules, dice, numbers):
        self.rules, self.dice, self.numbers = rules, dice, numbers
        self.now, self.case, self.twin, self.acts = START, None, None, 0
        self.people = list(rules.roster.people)
        self.drafts = {}
        self.trail = []
        self.happened = []
        self.seen = Counter()

    def begin(self, facts, first="", **items):
        """Register a case."""
        desks = [p.id for p in self.rules.profile.posts if self.rules.has_desk(p.id)]
        who = self._person(first or self.dice.choice(desks))
        command = cmd.Register(facts=facts, **items)
        self._take(command, who)

    def choices(self):
        """Return every (actor, body acted for, kind of 代录, guard, matter) that is offered now."""
        found = []
        profile, rules = self.rules.profile, self.rules
        posts = {p for guard in profile.guards for p in guard.posts}
        concerned = self.case.bodies() | posts | {a.body for a in self.case.handling.assistances}
        deskless = sorted(b for b in concerned if not rules.has_desk(b))
        for matter in self.case.matters:
            asks = {}
            stands = {b for b in concerned if set(rules.stand_ins) & (roles_on(self.case, b, matter.n) | {b})}
            for person in self.people:
                if person.body not in concerned or not rules.has_desk(person.body):
                    continue
                who = rules.roster.actor(person.id, "")
                ways = [(person.body, None)]
                if self.dice.random() < self.proxies:
                    ways += [(person.body, "own_leader")] if "leader" not in who.roles else []
                    ways += [(b, "body_without_desk") for b in deskless] if person.body in stands else []
                for body, proxy in ways:
                    key = (body, proxy)
                    if key not in asks:
                        asks[key] = ask_for(self.case, "", matter, rules, who, proxy=proxy, body=body)
                    roles = who.roles | ({"leader"} if proxy == "own_leader" else set())
                    ask = msgspec.structs.replace(asks[key], person=who.person, person_roles=roles)
                    found += [
                        (who, body, proxy, guard, matter.n)
                        for guard in guards.offered(profile, ask)
                        if guard.action not in UNMOVING
                    ]
        return found

    def step(self):
        """Take a random offered act; return the guard, or None when it was refused for its fields."""
        self.now += timedelta(minutes=self.dice.choice([1, 20, 300, 1500, 9000]))
        if self.dice.random() < self.readings:
            self._other_reading()
        if self.dice.random() < 0.02 and self._twin_acts():
            return None
        found = self.choices()
        if not found:
            return None
        offers = Counter(id(guard) for _, _, _, guard, _ in found)  # that many may do it makes an act no likelier
        weights = [self._weight(g) * (4 if proxy else 1) / offers[id(g)] for _, _, proxy, g, _ in found]
        who, body, proxy, guard, matter = self.dice.choices(found, weights)[0]
        command = self._command(guard, matter, who, body)
        if command is None:
            return None
        if proxy:
            mine = [p.id for p in self.people if p.body == body and (proxy != "own_leader" or "leader" in p.roles)]
            named = cmd.Proxy(person=mine[0] if mine else "来电者", body=body, evidence="电话记录")
            command = msgspec.structs.replace(command, proxy=named)
        if self.dice.random() < self.late:
            back = timedelta(minutes=self.dice.choice([6, 90, 1000]))
            command = msgspec.structs.replace(command, happened_at=stamp(self.now - back), late_reason="当时未能登录")
        before = self.case
        try:
            self._take(command, who)
        except RuleBroken as refused:
            self.trail.append((guard.action, refused.code))
            return None
        self.seen.update([guard.action, proxy or "", "late" if command.late_reason else ""])
        self.trail.append((guard.action, before.matter(matter).state, self.case.matter(matter).state, guard.rule))
        return guard

    def _other_reading(self):
        """Another reading of a contradiction is chosen, for running cases too."""
        setting = self.dice.choice([s for s in self.rules.profile.settings if not s.free] or [None])
        if setting is not None:
            settings = {**self.rules.settings, setting.id: self.dice.choice(setting.values)}
            self.rules = msgspec.structs.replace(self.rules, settings=settings)
            self.seen["reading"] += 1

    def _twin_acts(self):
        """Let the twin merge into the case, or be separated from it; return whether it did."""
        kind = hc.Unmerge if self.twin and self.twin.handling.merged_into == self.case.id else hc.Merge
        if kind is hc.Merge and (self.twin is None or self.twin.handling.merged_into):
            return False
        command = hc.Merge(into=self.case.id, reason="同一事") if kind is hc.Merge else hc.Unmerge(reason="两事")
        try:
            self._take(command, self._person(self.twin.first_receiver), of_twin=True)
        except RuleBroken:
            return False
        self.seen["twin"] += 1
        return True

    def _weight(self, guard):
        if guard.to and self.rules.profile.state(guard.to).end and guard.action != "close":
            return 0.05
        if "satisfaction" in guard.given.get("kind", ()) or guard.action == "evaluate":
            return 12
        return {
            "mark": 0.3,
            "unmark": 0.1,
            "withdraw": 0.1,
            "archive": 9,
            "publish": 9,
            "step": 3 if guard.to else 0.3,
            "arrive": 0.3,
            "supervise": 0.2,
            "investigate": 0.5,
            "city-letter": 0.2,
            "complete": 3 if guard.to else 0.3,
            "draft-reply": 2,
            "submit-reply": 12,
            "approve-reply": 12,
            "urge": 0.3,
            "pause": 0.3,
            "dispute": 1,
            "send-reply": 12,
        }.get(guard.action, 3 if guard.to else 1)

    def _person(self, body):
        mine = [p for p in self.people if p.body == body and "liaison" in p.roles]
        return self.rules.roster.actor(mine[0].id, "")

    def _take(self, command, who, *, of_twin=False):
        own, other = (self.twin, self.case) if of_twin else (self.case, self.twin)
        if not isinstance(command, hc.Merge | hc.Unmerge) or (
            isinstance(command, hc.Unmerge) and own.handling.merged_into != (other.id if other else "")
        ):
            other = None
        at, stamped = decide(own, command, self.rules, who, self.now, self.numbers, other)
        self.acts += 1
        plain = msgspec.to_builtins(command)
        personal = {k: plain[k] for k in cmd.PERSONAL_FIELDS.get(cmd.action_of(command), ()) if plain.get(k)}
        for n, one in enumerate(stamped):
            if isinstance(one.event, ReplyDrafted):
                self.drafts[(one.proxy_body or who.body, one.matter)] = one.event
            if isinstance(one.event, ReplySent):
                self.drafts.pop((one.proxy_body or who.body, one.matter), None)
            if one.event.inner:
                continue
            one = Happened(
                stamped=one, act_id=f"a{self.acts}", entry_id=f"a{self.acts}/{n}", person=who.person, body=who.body,
                happened_at=stamp(at), recorded_at=stamp(self.now), personal=personal,
            )  # fmt: skip
            if of_twin == bool(one.stamped.case):
                self.happened.append(one)
                self.case = evolve(self.case, one)
            else:
                self.twin = evolve(self.twin, one)

    def _command(self, guard, matter, who, acting):
        kind = cmd.COMMANDS[guard.action]
        names = [*guard.fields, *(n for n in guard.optional if self.dice.random() < 0.5)]
        data = {name: self._value(guard, name, who, acting) for name in names if name in kind.__struct_fields__}
        data |= {name: self.dice.choice(values) for name, values in guard.given.items()}
        if guard.action == "merge":
            if self.twin is None or self.twin.handling.merged_into:
                return None
            data["into"] = self.twin.id
        if guard.action == "propose-transfer" and "to" in names and self.dice.random() < 0.5:
            others = sorted({p.id for p in self.rules.profile.posts} - {self.case.first_receiver})
            data |= {"to": self.dice.sample(others, self.dice.choice([1, 2, 3])), "reason": "按实际分工"}
        if guard.action == "draft-reply" and "kind" not in guard.given and self.dice.random() < 0.6:
            data["kind"] = "formal"
        if guard.action == "grant-extension" and self.case.handling.asked:
            data["rule"] = next(iter(self.case.handling.asked)).partition("/")[2]
        if guard.action == "resume" and self.case.handling.pauses:
            data["rule"] = self.case.handling.pauses[-1][1].rule
        if guard.action == "submit-reply":
            draft = self.drafts.get((acting, matter))
            if draft is None:
                return None
            data |= {"reply": draft.reply, "kind": draft.kind, "sha256": draft.sha256}
        if guard.action == "send-reply":
            data.pop("text", None)
            data.pop("reply", None)
            reply = self.case.handling.reply(matter, body=acting)
            if reply is not None and [reply.kind] != guard.given.get("kind"):
                return None
        if guard.action in {"approve-reply", "return-reply", "draft-reply"}:
            data.pop("reply", None)
        data = {name: value for name, value in data.items() if value is not None}
        if guard.action == "approve":
            data.setdefault("words", "同意")
            data.setdefault("scan", "扫描件")
        if guard.action == "approve-reply":
            data |= {"words": "同意", "scan": "扫描件"}
        return msgspec.convert({**data, "matter": matter}, kind, strict=False)

    def _value(self, guard, name, who, acting):
        dice = self.dice
        leaders = [p.id for p in self.people if p.body == acting and "leader" in p.roles]
        ahead = stamp(self.now + timedelta(days=dice.randrange(2, 90)))
        near = sorted(self.case.bodies())
        body = dice.choice(near if dice.random() < 0.6 else [p.id for p in self.rules.profile.posts])
        approvals = [t.approval.act_id for t in self.case.transfers if t.approval]
        extends = guard.action == "ask-extension"
        rules = sorted({d.rule for d in self.rules.profile.deadlines if not extends or d.extension})
        marks = [m.code for m in self.rules.profile.marks] or None
        table = {
            "leader": (leaders or ["谁"])[0], "until": ahead, "promised": ahead, "limit": ahead, "body": body,
            "proposed": body, "lead": body, "road": dice.choice(["own_desk", "switched"]),
            "method": self._choice(guard.action, "method"), "kind": self._choice(guard.action, "kind"),
            "outcome": dice.choice([o.code for o in self.rules.profile.outcomes]) if guard.action == "close" else "void",
            "what": "事项" if guard.action == "assist-ask" else "transfer", "form": "opinion", "result": dice.choice(RATINGS),
            "staff": dice.choice(RATINGS), "site": dice.choice(RATINGS), "rating": dice.choice(RATINGS),
            "reached": dice.random() < 0.7, "solved": dice.random() < 0.5, "verified": dice.random() < 0.5,
            "stopped": dice.random() < 0.5, "last_attempt": dice.random() < 0.5, "rule": dice.choice(rules or ["无"]),
            "approval": approvals[-1] if approvals else "无", "agrees": True, "to": None, "attachments": None,
            "checklist": None, "set_out_at": None, "arrived_at": None, "ended_at": None, "extended_to": None, "words": "字", "officers": "字",
            "keep": "10", "pages": 3, "marks": marks, "confidential": None, "reason": "理由",
        }  # fmt: skip
        if guard.action == "pause" and name == "reason":
            return "monitoring"
        return table.get(name, "字")

    def _choice(self, action, name):
        options = choices_of(action, name)
        return self.dice.choice(options) if options else "字"


@cache
def choices_of(action, name):
    """Return what a field of an act may be, from the shape of its command."""
    hints = msgspec.json.schema(cmd.COMMANDS[action])
    shape = next(iter(hints["$defs"].values()))["properties"].get(name, {})
    return shape.get("enum") or next((o["enum"] for o in shape.get("anyOf", ()) if "enum" in o), None)


def seeds(first, count):
    """Yield random sources, named by their seed."""
    for seed in range(first, first + count):
        yield seed, random.Random(seed)


ITEMS = {
    "object": "锦绣名城工地", "content": "半夜打桩", "place": "滨河路8号", "complainant_name": "王喆堃",
    "complainant_address": "滨河路10号", "contact": "13900000001",
}  # fmt: skip


def start(walk, *, twin=True):
    """Register a random case: facts that reach a row of the table, sometimes an item missing, sometimes two matters."""
    dice, profile = walk.dice, walk.rules.profile
    shared = {"first_receiver", "channel", "town", "headcount"}

    def issue():
        facts = {k: v for k, v in satisfying(dice.choice(profile.routing).when).items() if k not in shared}
        asked = {flag for g in profile.guards for flag in (*g.needs, *g.forbids)}
        for fact in profile.facts:
            likely = 0.3 if fact.id in asked else 0.15 if fact.id in profile.urgency.transfer else 0.0
            if fact.type == "bool" and dice.random() < likely:
                facts[fact.id] = True
        return facts

    items = dict(ITEMS)
    if dice.random() < 0.2:
        items.pop(dice.choice(list(items)))
    if twin and dice.random() < 0.5:
        other = Walk(walk.rules, dice, walk.numbers)
        other.acts = 100_000
        other.begin(issue(), **ITEMS)
        walk.twin = other.case
    if dice.random() < 0.1:
        items["confidential"] = "strict"
    walk.begin(issue(), second_issue=[issue()] if dice.random() < 0.25 else [], **items)
