"""Random allowed acts on random cases, through the guards, without a screen or a database: the walk of the property test."""

import random
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from liaison_app.desk.clocks import clocks
from liaison_app.desk.projecting import awaited
from liaison_app.desk.roster import roster_of
from liaison_app.desk.rules import rules_of
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Happened, evolve
from liaison_app.domain.decide import ask_for, decide
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.domain.handling_events import ReplyDrafted, ReplySent
from liaison_app.domain.moments import stamp
from liaison_app.domain.registers import Registers
from liaison_app.mechanism import guards
from liaison_app.mechanism.profile import load_profile
from tests.unit.test_routing import satisfying

START = datetime.fromisoformat("2026-09-30T09:00:00+08:00")
RATINGS = ("satisfied", "basically", "dissatisfied")


def rules_for(mechanism, settings=None):
    """Return the rules of a demo district of a mechanism in which every post has a desk, a liaison and a leader."""
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


class Walk:
    """One case and its clock; each step takes one act that the guards offer to somebody."""

    def __init__(self, rules, dice, numbers):
        self.rules, self.dice, self.numbers = rules, dice, numbers
        self.now, self.case, self.acts = START, None, 0
        self.people = list(rules.roster.people)
        self.drafts = {}
        self.trail = []
        self.happened = []

    def begin(self, facts, first="", **items):
        """Register a case."""
        who = self._person(first or self.dice.choice([p.id for p in self.rules.profile.posts]))
        command = cmd.Register(facts=facts, **items)
        self._take(command, who)

    def choices(self):
        """Return every (actor, guard, matter) that is offered now."""
        found = []
        posts = {p for guard in self.rules.profile.guards for p in guard.posts}
        concerned = self.case.bodies() | posts | {a.body for a in self.case.handling.assistances}
        for matter in self.case.matters:
            asks = {}
            for person in self.people:
                if person.body not in concerned:
                    continue
                who = self.rules.roster.actor(person.id, "")
                if person.body not in asks:
                    asks[person.body] = ask_for(self.case, "", matter, self.rules, who)
                ask = msgspec.structs.replace(asks[person.body], person=who.person, person_roles=who.roles)
                found += [(who, guard, matter.n) for guard in guards.offered(self.rules.profile, ask)]
        return found

    def step(self):
        """Take a random offered act; return the guard, or None when it was refused for its fields."""
        self.now += timedelta(minutes=self.dice.choice([1, 20, 300, 1500, 9000]))
        found = [c for c in self.choices() if c[1].action not in {"note", "attach", "inquire", "reveal"}]
        if not found:
            ended = all(self.rules.profile.state(m.state).end for m in self.case.matters)
            assert ended, ("nobody may do anything", [m.state for m in self.case.matters], self.trail[-8:])
            return None
        who, guard, matter = self.dice.choices(found, [self._weight(guard) for _, guard, _ in found])[0]
        command = self._command(guard, matter, who)
        if command is None:
            return None
        before = self.case
        try:
            self._take(command, who)
        except RuleBroken as refused:
            self.trail.append((guard.action, refused.code))
            return None
        self.trail.append((guard.action, before.matter(matter).state, self.case.matter(matter).state, guard.rule))
        return guard

    def _weight(self, guard):
        if guard.to and self.rules.profile.state(guard.to).end and guard.action != "close":
            return 0.05
        return {
            "mark": 0.1,
            "step": 3 if guard.to else 0.3,
            "arrive": 0.3,
            "supervise": 0.2,
            "investigate": 0.5,
            "city-letter": 0.2,
            "complete": 3 if guard.to else 0.3,
            "draft-reply": 3,
            "submit-reply": 6,
            "approve-reply": 6,
            "urge": 0.3,
            "pause": 0.3,
            "dispute": 0.3,
            "send-reply": 6,
        }.get(guard.action, 3 if guard.to else 1)

    def _person(self, body):
        mine = [p for p in self.people if p.body == body and "liaison" in p.roles]
        return self.rules.roster.actor(mine[0].id, "")

    def _take(self, command, who):
        at, stamped = decide(self.case, command, self.rules, who, self.now, self.numbers)
        self.acts += 1
        plain = msgspec.to_builtins(command)
        personal = {k: plain[k] for k in cmd.PERSONAL_FIELDS.get(cmd.action_of(command), ()) if plain.get(k)}
        for n, one in enumerate(stamped):
            if isinstance(one.event, ReplyDrafted):
                self.drafts[who.body] = one.event
            if isinstance(one.event, ReplySent):
                self.drafts.pop(who.body, None)
            if one.event.inner:
                continue
            one = Happened(
                stamped=one, act_id=f"a{self.acts}", entry_id=f"a{self.acts}/{n}", person=who.person, body=who.body,
                happened_at=stamp(at), recorded_at=stamp(self.now), personal=personal,
            )  # fmt: skip
            self.happened.append(one)
            self.case = evolve(self.case, one)

    def _command(self, guard, matter, who):
        kind = cmd.COMMANDS[guard.action]
        names = [*guard.fields, *(n for n in guard.optional if self.dice.random() < 0.5)]
        data = {name: self._value(guard, name, who) for name in names if name in kind.__struct_fields__}
        data |= {name: self.dice.choice(values) for name, values in guard.given.items()}
        if guard.action == "draft-reply" and "kind" not in guard.given and self.dice.random() < 0.6:
            data["kind"] = "formal"
        if guard.action == "submit-reply":
            draft = self.drafts.get(who.body)
            if draft is None:
                return None
            data |= {"reply": draft.reply, "kind": draft.kind, "sha256": draft.sha256}
        if guard.action == "send-reply":
            data.pop("text", None)
            data.pop("reply", None)
            reply = self.case.handling.reply(matter, body=who.body)
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

    def _value(self, guard, name, who):
        dice = self.dice
        leaders = [p.id for p in self.people if p.body == who.body and "leader" in p.roles]
        ahead = stamp(self.now + timedelta(days=dice.randrange(2, 90)))
        near = sorted(self.case.bodies())
        body = dice.choice(near if dice.random() < 0.6 else [p.id for p in self.rules.profile.posts])
        approvals = [t.approval.act_id for t in self.case.transfers if t.approval]
        rules = sorted({d.rule for d in self.rules.profile.deadlines})[:6]
        marks = [m.code for m in self.rules.profile.marks] or None
        table = {
            "leader": (leaders or ["谁"])[0], "until": ahead, "promised": ahead, "limit": ahead, "body": body,
            "proposed": body, "lead": body, "road": dice.choice(["own_desk", "switched"]),
            "method": self._choice(guard.action, "method"), "kind": self._choice(guard.action, "kind"),
            "outcome": dice.choice([o.code for o in self.rules.profile.outcomes]) if guard.action == "close" else "void",
            "what": "事项" if guard.action == "assist-ask" else "transfer", "form": "opinion", "result": dice.choice(RATINGS),
            "staff": dice.choice(RATINGS), "site": dice.choice(RATINGS), "rating": dice.choice(RATINGS),
            "reached": dice.random() < 0.7, "solved": dice.random() < 0.5, "verified": dice.random() < 0.5,
            "stopped": dice.random() < 0.5, "last_attempt": dice.random() < 0.5, "rule": dice.choice(rules),
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


def next_in_line(case, rules):
    """Return who must move each open matter on: bodies with something to do, else the state's holder."""
    found = {}
    bodies = {p.body for p in rules.roster.people} | case.bodies()
    waiting = {(m.n, w.kind): b for b in bodies for m, w in awaited(case, rules, b)}
    for matter in case.matters:
        state = rules.profile.state(matter.state)
        own = [b for (n, _), b in waiting.items() if n == matter.n]
        found[matter.n] = own or ([state.holder] if state and state.holder else [])
    return found


def limits(case, rules):
    """Return the open clocks of each matter, or the words by which its state says why none runs."""
    running = [c for c in clocks(case, rules) if c.state == "open"]
    found = {}
    for matter in case.matters:
        state = rules.profile.state(matter.state)
        own = [c.rule.rule for c in running if c.matter == matter.n]
        found[matter.n] = own or ([state.waits] if state and state.waits else [])
    return found


def seeds(first, count):
    """Yield random sources, named by their seed."""
    for seed in range(first, first + count):
        yield seed, random.Random(seed)


ITEMS = {
    "object": "锦绣名城工地", "content": "半夜打桩", "place": "滨河路8号", "complainant_name": "王喆堃",
    "complainant_address": "滨河路10号", "contact": "13900000001",
}  # fmt: skip


def start(walk):
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
    if dice.random() < 0.1:
        items["confidential"] = "strict"
    walk.begin(issue(), second_issue=[issue()] if dice.random() < 0.25 else [], **items)
