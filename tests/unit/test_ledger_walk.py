"""Random allowed steps on random records of all three mechanisms: no state outside the kind, nobody stuck, clocks explained."""

import os
from datetime import timedelta

import pytest

from liaison_app.desk.ledger_clocks import record_clocks
from liaison_app.desk.ledger_rows import record_rows
from liaison_app.domain import ledger as ld
from liaison_app.domain.case import Happened
from liaison_app.domain.decide_ledger import decide_open, decide_step
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger_commands import OpenRecord, StepRecord
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.kinds import kinds_of
from tests.walking import START, Numbers, rules_for, seeds

STEPS = int(os.environ.get("LIAISON_WALK_STEPS", "1500"))
EXPECTED = {"duty_gap", "line_incomplete", "lines_missing", "line_unknown", "not_your_record"}
"""Refusals that random values may earn; anything else is a step offered in vain."""


class RecordWalk:
    """One record and its clock; each step takes one that is offered to somebody."""

    def __init__(self, rules, kind, dice, numbers):
        self.rules, self.kind, self.dice, self.numbers = rules, kind, dice, numbers
        self.now, self.record, self.acts, self.trail = START, None, 0, []

    def actor(self, body, persons=()):
        wanted = set(persons) or {"liaison"}
        person = next(p for p in self.rules.roster.people if p.body == body and wanted & set(p.roles))
        return self.rules.roster.actor(person.id, "")

    def begin(self):
        step = self.kind.step("open")
        body = self.dice.choice(self.kind.openers)
        fields, personal = self.values(step)
        command = OpenRecord(kind=self.kind.id, fields=fields, personal=personal, lines=self.lines(step, body))
        self.take(decide_open(self.kind, command, self.rules, self.actor(body, step.persons), self.now, self.numbers),
                  self.actor(body), command)  # fmt: skip

    def choices(self):
        bodies = sorted(ld.readers(self.record, self.kind) | set(self.kind.openers))
        roles = frozenset({"liaison", "leader", "duty", "administrator"})
        return [(b, s) for b in bodies for s in ld.offered(self.record, self.kind, b, roles)]

    def step(self):
        self.now += timedelta(minutes=self.dice.choice([1, 30, 600, 4000]))
        found = self.choices()
        if not found:
            assert ld.ended(self.record, self.kind), (self.kind.id, self.record.state, self.trail)
            return False
        ends = {s.code for s in self.kind.states if s.end}
        weights = [0.15 if s.to in ends and s.reason else 1.0 for _, s in found]
        body, step = self.dice.choices(found, weights)[0]
        fields, personal = self.values(step)
        table = self.kind.table(step.closes) if step.closes else None
        line = None
        if table is not None:
            line = self.dice.choice([x.n for x in ld.open_lines(self.record, table)])
        command = StepRecord(
            step=step.code, fields=fields, personal=personal, lines=self.lines(step, body), line=line, reason="理由"
        )  # fmt: skip
        who = self.actor(body, step.persons)
        try:
            self.take(decide_step(self.record, self.kind, command, self.rules, who, self.now), who, command)
        except RuleBroken as refused:
            assert refused.code in EXPECTED, (self.kind.id, step.code, refused.code, refused.facts)
            self.trail.append((step.code, refused.code))
            return True
        self.trail.append((step.code, body, self.record.state))
        return True

    def take(self, decision, who, command):
        at, stamped = decision
        self.acts += 1
        for n, one in enumerate(stamped):
            self.record = ld.evolve(self.record, Happened(
                stamped=one, act_id=f"r{self.acts}", entry_id=f"r{self.acts}/{n}", person=who.person, body=who.body,
                happened_at=stamp(at), recorded_at=stamp(self.now), personal={"personal": command.personal},
            ))  # fmt: skip

    def values(self, step):
        names = [*step.fields, *(n for n in step.optional if self.dice.random() < 0.5)]
        fields, personal = {}, {}
        for name in names:
            field = self.kind.field(name)
            (personal if field.personal else fields)[name] = self.value(field)
        return fields, personal

    def lines(self, step, body):
        found = {}
        for name in step.adds:
            table = self.kind.table(name)
            lines = []
            for _ in range(self.dice.choice([1, 1, 2])):
                line = {f.name: self.value(f) for f in table.fields if f.required or self.dice.random() < 0.5}
                if step.own and table.body:
                    line[table.body] = body
                if not table.once or all(x.get(table.once) != line.get(table.once) for x in lines):
                    lines.append(line)
            found[name] = lines
        return found

    def value(self, field):
        day = self.now + timedelta(days=self.dice.randrange(0, 40))
        bodies = [p.id for p in self.rules.profile.posts]
        return {
            "date": day.date().isoformat(), "moment": stamp(day), "int": self.dice.randrange(9), "bool": True,
            "choice": self.dice.choice(sorted(field.choices) or ["无"]), "body": self.dice.choice(bodies),
            "bodies": self.dice.sample(bodies, 2),
        }.get(field.type, "字样")  # fmt: skip


def broken(walk):
    """Yield what is wrong with a record after a step."""
    record, kind = walk.record, walk.kind
    if kind.state(record.state) is None:
        yield f"{record.state} is no state of {kind.id}"
    readers = ld.readers(record, kind)
    for body in readers:
        for step in ld.awaited(record, kind, body):
            if not ld.may(record, kind, step, body):
                yield f"{step.code} awaited of {body}, who may not"
    for found in record_clocks(record, kind, walk.rules):
        due = found.clock.due
        if not due.why or (due.due is None and due.status not in {"needs_set_period", "paused"}):
            yield f"{found.clock.rule.rule} without a date or its reason"
        if found.clock.owner not in {p.id for p in walk.rules.profile.posts}:
            yield f"{found.clock.rule.rule} of nobody"
    rows = record_rows(record, walk.rules)
    if ld.ended(record, kind) and (rows.tasks or any(r[1] == "open" for r in rows.lists)):
        yield "an ended record still waits for somebody"
    if {r[0] for r in rows.lists} != readers:
        yield "lists of bodies that do not read it"
    if any("字样" in str(value) for key, value in record.personal.items() if key in record.fields):
        yield "a personal word in the open part"


@pytest.mark.parametrize("mechanism", ["M1", "M2", "M4"])
def test_random_steps_never_lead_astray(mechanism):
    rules = rules_for(mechanism)
    kinds = list(kinds_of(rules.profile, rules.settings).values())
    taken, states, steps, clocks = 0, set(), set(), set()
    for seed, dice in seeds(1, 100_000):
        if taken >= STEPS:
            break
        walk = RecordWalk(rules, kinds[seed % len(kinds)], dice, Numbers())
        walk.begin()
        for _ in range(dice.randrange(4, 24)):
            wrong = list(broken(walk))
            assert not wrong, (seed, walk.kind.id, wrong, walk.trail[-8:])
            states.add((walk.kind.id, walk.record.state))
            clocks |= {(walk.kind.id, c.clock.rule.rule) for c in record_clocks(walk.record, walk.kind, rules)}
            if not walk.step():
                break
            taken += 1
        steps |= {(walk.kind.id, t.step) for t in walk.record.taken}
    assert taken >= STEPS
    if STEPS >= 20_000:
        rare = {(k.id, "END") for k in kinds if k.group == "meeting"}
        assert {(k.id, s.code) for k in kinds for s in k.states} - states <= rare
        unused = {("duty-roster", "send"), ("duty-roster", "receive"), *((kind, "close") for kind, _ in rare)}
        assert {(k.id, s.code) for k in kinds for s in k.steps} - steps <= unused
        assert {(k.id, rule) for k in kinds for rule in k.clocks} <= clocks
    print(f"{mechanism}: {taken} steps, {len(states)} states, {len(steps)} steps of {len(kinds)} kinds")


def test_changing_the_calendar_moves_only_due_dates():
    import msgspec

    from liaison_app.mechanism.calendar import bundled

    rules = rules_for("M2")
    kind = kinds_of(rules.profile, rules.settings)["share-laws"]
    for _, dice in seeds(1, 30):
        walk = RecordWalk(rules, kind, dice, Numbers())
        walk.begin()
        walk.step()
        other = msgspec.structs.replace(
            rules, calendar=bundled().with_year({"year": 2026, "rest": ["2026-10-09"], "make_up": []})
        )
        before = {c.clock.rule.rule: (c.clock.start, c.clock.met_at) for c in record_clocks(walk.record, kind, rules)}
        after = {c.clock.rule.rule: (c.clock.start, c.clock.met_at) for c in record_clocks(walk.record, kind, other)}
        assert before == after
