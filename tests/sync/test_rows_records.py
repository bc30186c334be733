"""The rows of ledger kinds in PostgreSQL give the verdicts of the desk, over random asks: right ones and ones near them."""

import random

import msgspec
import pytest

from liaison_app.domain import ledger as ld
from liaison_app.domain.decide_ledger import decide_open, decide_step
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import ENCODER
from liaison_app.domain.ledger_commands import OpenRecord, StepRecord
from liaison_app.domain.ledger_events import RecordOpened, RecordStepped
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.sync import rows, server
from tests.unit.test_compiling import PROFILES
from tests.unit.test_ledger_walk import RecordWalk
from tests.walking import Numbers, rules_for

ASKS = 1500
VALUES = {
    "field_type",
    "field_value",
    "duty_gap",
    "time_before_previous",
    "unknown_body",
    "text_too_long",
}
"""Refusals that hang on the words of a value; the database does not know them (docs/SECURITY.md)."""
JUDGE = """SELECT v.code, to_jsonb(v.head) FROM ld.judge_record(jsonb_populate_record(NULL::ld.record_head, %s::jsonb), %s::uuid, %s, %s, %s, %s, %s::text[], NULL,
    %s::jsonb, %s::jsonb) v"""


@pytest.fixture(scope="module")
def boss(shared_district):
    with shared_district.boss() as connection:
        with server.as_tables(connection):
            for profile in PROFILES.values():
                rows.load(connection, profile)
        yield connection


class Asked(RecordWalk):
    """A walk whose asks are put to PostgreSQL too; between the steps it asks for what may not be."""

    def __init__(self, boss, counts, *args):
        super().__init__(*args)
        self.boss, self.counts, self.head, self.id = (
            boss,
            counts,
            None,
            f"00000000-0000-4000-8000-{self.dice.randrange(1 << 40):012x}",
        )

    def judged(self, who, command, event):
        given = {k: v for k, v in msgspec.to_builtins(command).items() if k not in {"do", "proxy", "matter", "happened_at", "late_reason"}}  # fmt: skip
        head = None if self.head is None else msgspec.json.encode(self.head).decode()
        kind = "open-record" if isinstance(command, OpenRecord) else "record-step"
        return self.boss.execute(
            JUDGE,
            (head, self.id, self.rules.mechanism, kind, who.body, who.body, sorted(who.roles),
             msgspec.json.encode(given).decode(), ENCODER.encode(event).decode()),
        ).fetchone()  # fmt: skip

    def take(self, decision, who, command):
        code, head = self.judged(who, command, decision[1][0].event)
        if code is not None:
            raise AssertionError(f"{self.kind.id} {command} {code} {decision[1][0].event} {self.head}")
        super().take(decision, who, command)
        self.head = head
        assert head["state"] == self.record.state
        assert set(head["readers"]) >= ld.readers(self.record, self.kind), (self.kind.id, command)
        self.counts["allowed"] += 1

    def near(self):
        """Ask for something near a step: of another body, in another state, with a field less or more, another line, no reason."""
        step = self.dice.choice(self.kind.steps)
        if step.code == "open":
            return
        bodies = sorted(ld.readers(self.record, self.kind) | {p.id for p in self.rules.profile.posts if p.desk})
        body = self.dice.choice(bodies)
        people = [p for p in self.rules.roster.people if p.body == body and p.roles]
        if not people:
            return
        who = self.rules.roster.actor(self.dice.choice(people).id, "")
        fields, personal = self.values(step)
        change = self.dice.randrange(5)
        if change == 0 and fields:
            fields.pop(self.dice.choice(sorted(fields)))
        elif change == 1:
            stranger = self.dice.choice([f for f in self.kind.fields if not f.personal] or [None])
            if stranger is not None:
                fields[stranger.name] = self.value(stranger)
        lines = self.lines(step, body) if change != 2 else {}
        line = self.dice.choice([None, 1, 2, 7]) if step.closes else None
        reason = "" if change == 3 else "理由"
        command = StepRecord(step=step.code, fields=fields, personal=personal, lines=lines, line=line, reason=reason)
        try:
            _, stamped = decide_step(self.record, self.kind, command, self.rules, who, self.now)
            wanted, event = "", stamped[0].event
        except RuleBroken as refused:
            if refused.code in VALUES:
                return
            wanted = refused.code
            event = RecordStepped(
                step=step.code, state=step.to or self.record.state, fields=fields, reason=reason,
                lines={k: tuple(v) for k, v in lines.items()}, closes=f"{step.closes}/{line}" if step.closes and line else "",
            )  # fmt: skip
        code, _ = self.judged(who, command, event)
        assert (code is None) == (wanted == ""), (
            self.kind.id,
            self.record.state,
            body,
            who.roles,
            command,
            wanted,
            code,
        )
        self.counts[wanted or "allowed"] = self.counts.get(wanted or "allowed", 0) + 1

    def foreign(self):
        """Ask to open a record of a kind that the body does not open, or in its name."""
        step = self.kind.step("open")
        outside = [p for p in self.rules.roster.people if p.body not in self.kind.openers and p.roles]
        if not outside or step is None:
            return
        who = self.rules.roster.actor(self.dice.choice(outside).id, "")
        fields, personal = self.values(step)
        command = OpenRecord(kind=self.kind.id, fields=fields, personal=personal, lines=self.lines(step, who.body))
        with pytest.raises(RuleBroken):
            decide_open(self.kind, command, self.rules, who, self.now, self.numbers)
        for body in (who.body, self.kind.openers[0]):
            event = RecordOpened(kind=self.kind.id, mechanism=self.rules.mechanism, number="1", body=body, state=step.to, fields=fields,
                                 lines={k: tuple(v) for k, v in command.lines.items()})  # fmt: skip
            kept, self.head = self.head, None
            assert self.judged(who, command, event)[0] is not None, (self.kind.id, who.body, body)
            self.head = kept
            self.counts["foreign"] = self.counts.get("foreign", 0) + 1


@pytest.mark.parametrize("mechanism", ["M1", "M2", "M4"])
def test_postgresql_judges_records_as_the_desk_does(boss, mechanism):
    rules = rules_for(mechanism)
    kinds = list(kinds_of(rules.profile, rules.settings).values())
    counts, dice, n = {"allowed": 0}, random.Random(77), 0
    wanted = {"record_state", "not_your_record", "foreign"}
    while sum(counts.values()) < ASKS or (not (counts["allowed"] > 100 and wanted <= set(counts)) and n < 2000):
        walk = Asked(boss, counts, rules, kinds[n % len(kinds)], dice, Numbers())
        n += 1
        walk.foreign()
        walk.begin()
        for _ in range(dice.randrange(3, 14)):
            for _ in range(3):
                walk.near()
            if not walk.step():
                break
    print(mechanism, counts)
    assert counts["allowed"] > 100
    assert wanted <= set(counts)
