"""Random work of a liaison: what a desk offers is taken with made-up words; cases go from body to body, records are kept."""

from datetime import datetime, timedelta

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.deadlines import CHINA
from tests.conftest import CALL
from tests.walking import PAPERS

WEIGHTS = {
    "propose-transfer": 15,
    "approve": 30,
    "transfer": 30,
    "accept": 10,
    "void": 0.3,
    "return": 0.5,
    "reveal": 0.3,
    "dispute": 8,
    "designate": 20,
    "assist-ask": 8,
}
"""Acts that carry a case on come more often, so that cases go from body to body."""
NEAR = ("COMMERCE", "MUNI", "EPB")
"""Bodies that are named more often than others: their desks play, cases leave them and come back."""
KEY_PROJECT = {"medium": "noise", "source": "construction", "project_class": "city_key"}
"""Facts that lead to a body without a desk."""
RECORDS = ("monthly", "contacts")
STEPS = {"monthly": ("approve", "send", "take"), "contacts": ("send", "take")}


class Work:
    """The dice, and how often what was done."""

    def __init__(self, dice):
        self.dice, self.n, self.counts = dice, 0, {}

    def act(self, seat):
        """Do something on a case, or register one."""
        items = seat.desk.page("all", limit=100).items
        if len(items) < 3 or self.dice.random() < 0.08:
            left_out = {n for n in ("object", "place", "complainant_name") if self.dice.random() < 0.2}
            said = {k: v for k, v in CALL.items() if k not in left_out}
            if self.dice.random() < 0.4:
                said["facts"] = KEY_PROJECT
            self.take(seat, lambda: seat.act("new", "register", **said))
            return
        case = self.dice.choice(items).case_id
        offered = [a for a in seat.desk.actions(case) if a.action not in {"move", "attach"} | PAPERS]
        if not offered:
            return
        weights = [20 if a.for_body else WEIGHTS.get(a.action, 3 if a.to_state else 1) for a in offered]
        action = self.dice.choices(offered, weights)[0]
        fields = [f for f in action.fields if f.required or self.dice.random() < 0.3]
        data = {f.name: self.value(f) for f in fields}
        if action.action == "propose-transfer" and self.dice.random() < 0.4:
            data |= {"to": ["MUNI"], "reason": "按职责"}  # a body that reads its own cases only: it may lose one
        if action.action == "approve":
            data |= {"road": "telephone", "words": "同意", "number": "67820001"}
        said = {k: v for k, v in data.items() if v is not None} | {"matter": action.matter}
        if action.for_body:
            said |= {"for": "王处长", "evidence": "传真件.pdf 3f2a"}
            self.counts["entered for"] = self.counts.get("entered for", 0) + 1
        self.take(seat, lambda: seat.act(case, action.action, **said))

    def record(self, seat):
        """Open a ledger record, or take a step of one; what the desk refuses is no act."""
        kind = self.dice.choice(RECORDS)
        there = [i for k in RECORDS for i in seat.desk.records(f"kind:{k}").items]
        if not there or self.dice.random() < 0.3:
            self.n += 1
            fields = {"work": f"第{self.n}件"} if kind == "monthly" else {
                "leader": "何建平", "liaison": "周敏", "telephone": f"6782{self.n:04d}", "from": "2026-01-01"
            }  # fmt: skip
            self.take(seat, lambda: seat.desk.open_record(kind, fields), seat.confirmed)
            return
        one = self.dice.choice(there)
        step = self.dice.choice(STEPS[self.dice.choice(RECORDS)])
        said = {"approved_by": "何建平"} if step == "approve" else {}
        self.take(seat, lambda: seat.desk.step_record(one.record_id, step, said), seat.confirmed)

    def value(self, field):
        """Return made-up words, a choice, a number or a time for a field."""
        self.n += 1
        if field.choices:
            near = [c for c, _ in field.choices if c in NEAR]
            return self.dice.choice(near if near and self.dice.random() < 0.5 else [c for c, _ in field.choices])
        if field.type == "bool":
            return self.dice.random() < 0.5
        if field.type == "int":
            return 3
        if field.type == "time":
            return stamp(datetime.now(CHINA) + timedelta(days=self.dice.randrange(2, 40)))
        return None if field.type in {"bodies", "lines", "facts"} else f"字{self.n}"

    def resolve(self, seat):
        """End an item of 需核对事项 in one of the three ways."""
        found = seat.desk.conflicts()
        if found:
            item, how = self.dice.choice(found), self.dice.choice(["redo", "note", "discard"])
            self.take(seat, lambda: seat.desk.resolve_conflict(item.act_id, how, "核对过"), seat.confirmed)

    def take(self, seat, do, confirmed=None):
        """Do it; what the desk refuses is counted."""
        try:
            done = do()
        except RuleBroken:
            self.counts["refused here"] = self.counts.get("refused here", 0) + 1
            return
        self.counts["acts"] = self.counts.get("acts", 0) + 1
        if confirmed is not None and done is not None:
            confirmed[done.act] = {}
