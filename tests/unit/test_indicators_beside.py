"""Indicators of the linkage (M2) and of the health emergency (M4) over random histories, counted a second time from the
entries alone: cases walked through their guards, records and meetings through their steps."""

import random
from collections import defaultdict
from datetime import datetime, timedelta

import pytest

from liaison_app.desk.counting_records import duties, record_things
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.mechanism.indicators import evaluate
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.mechanism.periods import period
from liaison_app.mechanism.profile import load_profile
from tests.unit.test_indicators import District, Naive, when
from tests.unit.test_ledger_walk import RecordWalk
from tests.unit.test_routing import satisfying
from tests.walking import START, Numbers, rules_for

GRADES = {"M2-TRF-02": "3wd", "M2-TRF-03": "24h", "M2-TRF-04": "immediate"}
HALF = timedelta(minutes=30)
SPANS = {
    "M2": (("2026-10", ""), ("2026-11", ""), ("2026-Q4", ""), ("2026-10", "2026-10-20T12:00:00+08:00")),
    "M4": (("2026-10", ""), ("2026-H2", ""), ("2026-12", ""), ("2026-H2", "2026-10-12T12:00:00+08:00")),
}


def begin_m2(walk, dice, items):
    facts = {k: v for k, v in satisfying(dice.choice(walk.rules.profile.routing).when).items() if k != "first_receiver"}
    facts["urgency"] = dice.choice(["ordinary", "urgent", "major"])
    facts["specially_urgent"] = dice.random() < 0.4
    facts["no_complainant"] = dice.random() < 0.3
    walk.begin(facts, dice.choice(["TOWN", "COUNTY_DEPT"]), **items)


def begin_m4(walk, dice, items):
    facts = {k: v for k, v in satisfying(dice.choice(walk.rules.profile.routing).when).items() if k != "first_receiver"}
    walk.begin(facts, dice.choice(["HEALTH", "CENTER", "EDU"]), **items)


class Linkage(Naive):
    """The figures of M2 from the entries."""

    def grade(self, name, n):
        matter = self.log_of(name)[1].matter(n)
        said = matter.facts.get("urgency")
        return {"major": "immediate", "urgent": "24h"}.get(
            said, "24h" if matter.facts.get("specially_urgent") else "3wd"
        )

    def transfers(self, rule):
        """Return (in time, all) of the transfers of a grade: the first one of a matter ends its limit."""
        num = den = 0
        for name, n, _, at, _, i in self.in_period(ev.TransferSent):
            _, _, own, blocked = self.kind(name, n)
            entries = self.log_of(name)[2]
            earlier = [h for h in entries[:i] if h.stamped.matter == n and isinstance(h.stamped.event, ev.TransferSent)]
            begun = entries[0].happened_at  # a transfer entered late with a time before it stops no limit
            if own or blocked or self.grade(name, n) != GRADES[rule] or earlier or at < begun:
                continue
            last = {
                "3wd": self.workdays_after(begun, 3), "24h": when(begun) + timedelta(hours=24),
                "immediate": when(begun) + HALF,
            }[self.grade(name, n)]  # fmt: skip
            den += 1
            num += when(at) <= (when(last) if isinstance(last, str) else last)
        return num, den

    def oral(self):
        num = den = 0
        for name, n, event, at, _, i in self.in_period(ev.TransferSent):
            if event.method != "oral":
                continue
            den += 1
            made = [
                h.happened_at for h in self.log_of(name)[2][i:]
                if h.stamped.matter == n and isinstance(h.stamped.event, he.Stepped) and h.stamped.event.step == "papers-made"
            ]  # fmt: skip
            num += bool(made) and when(made[0]) <= when(at) + timedelta(hours=24)
        return num, den

    def appraisals(self):
        """Return (in time, all): the date told before stands for the three working days; asked again, the new one counts."""
        num = den = 0
        for name, n, event, at, _, i in self.in_period(he.AssistanceAsked, where=lambda e: e.form == "appraisal"):
            den += 1
            given = extended = None
            for h in self.log_of(name)[2][i + 1 :]:
                one = h.stamped.event
                if h.stamped.matter != n or (isinstance(one, he.AssistanceGiven) and h.acting != event.body):
                    continue
                if isinstance(one, he.AssistanceAsked) and (one.body, one.form) == (event.body, event.form):
                    break
                if not isinstance(one, he.AssistanceGiven) or h.happened_at < at:
                    continue
                if one.extended_to:
                    extended = one.extended_to
                else:
                    given = h.happened_at
                    break
            last = when(extended or self.workdays_after(at, 3))
            num += given is not None and when(given) <= last
        return num, den

    def notices(self):
        """Return (in time, all) of the copies that arrived: confirmed, or signed where nobody confirmed."""
        num = den = 0
        confirmed = {(f[0], f[1], f[2].body) for f in self.happened(ev.DeliveryConfirmed)}
        arrived = [(*f[:2], f[2].body, f[3], f[5]) for f in self.in_period(ev.DeliveryConfirmed)]
        arrived += [
            (*f[:2], f[4], f[3], f[5]) for f in self.in_period(ev.ReceiptSigned) if (*f[:2], f[4]) not in confirmed
        ]
        for name, n, body, at, i in arrived:
            den += 1
            told = [
                h.happened_at for h in self.log_of(name)[2][i:]
                if h.stamped.matter == n and isinstance(h.stamped.event, ev.Informed) and h.acting == body
                and h.stamped.event.what in {"acceptance", "refusal"} and h.happened_at >= at
            ]  # fmt: skip
            num += bool(told) and told[0] <= self.workdays_after(at, 3)
        return num, den

    def figures(self):
        count = self.in_period
        disputes = {
            k: len(count(he.Disputed, where=lambda e, k=k: e.kind == k))
            for k in ("jurisdiction", "justice", "government")
        }
        proposals = count(he.Ruled, where=lambda e: e.outcome == "proposal")
        closed = self.last_by_matter(
            [c for c in count(he.Closed) if not self.log_of(c[0])[1].matter(c[1]).facts.get("no_complainant")]
        )
        replied = [
            c for c in closed if any(
                h.stamped.matter == c[1] and h.happened_at <= self.cut and isinstance(h.stamped.event, he.ReplySent)
                for h in self.log_of(c[0])[2]
            )
        ]  # fmt: skip
        return {
            "transfers": len(count(ev.TransferSent)), "on-time-3wd": self.transfers("M2-TRF-02"),
            "on-time-24h": self.transfers("M2-TRF-03"), "on-time-immediate": self.transfers("M2-TRF-04"),
            "oral-papers": self.oral(), "acceptance-notices": self.notices(), "appraisals-on-time": self.appraisals(),
            "appraisals-extended": len(count(he.AssistanceGiven, where=lambda e: bool(e.extended_to))),
            "disputes-negotiated": disputes["jurisdiction"], "disputes-justice": disputes["justice"],
            "disputes-government": disputes["government"] + len(proposals), "answered": (len(replied), len(closed)),
        }  # fmt: skip


class Emergency(Naive):
    """The figures of M4's events from the entries."""

    def figures(self):
        num = den = 0
        for name, case, entries in self.cases:
            begun = entries[0].happened_at
            if not self.inside(begun):
                continue
            reports = [f[3] for f in self.happened(ev.UrgentReported, log=(name, None, entries))]
            in_time = bool(reports) and when(reports[0]) <= when(begun) + HALF
            den += len(case.matters)
            num += in_time * len(case.matters)
        return {"reported-at-once": (num, den)}


COUNTERS = {"M2": (Linkage, begin_m2), "M4": (Emergency, begin_m4)}


@pytest.mark.parametrize(("mechanism", "seed"), [("M2", 1), ("M2", 3001), ("M4", 1)])
def test_random_cases_count_as_the_naive_counter_does(mechanism, seed):
    """M2-TRF-02, M2-TRF-03, M2-TRF-04, M2-TRF-07, M2-LNK-04, M2-LNK-06, M2-DSP-01, M2-DSP-02, M2-DSP-03, M2-FIR-02;
    M4-PRO-01."""
    counter, begin = COUNTERS[mechanism]
    profile, district = load_profile(mechanism), District(mechanism, begin, seed)
    things, checked = district.things(), 0
    last = max(h.happened_at for _, _, log in district.cases for h in log)
    for name, cut in SPANS[mechanism]:
        span, until = period(name, {}), cut or last
        known = [t for t in things if t.span()[0] <= until]
        found = {f.indicator.id: f.counted for f in evaluate(profile, known, span, until, district.rules.settings)}
        naive = counter(district, span.start, span.end, until).figures()
        counted = {one: (found[one].numerator, found[one].denominator) for one in naive}
        wanted = {one: two if isinstance(two, tuple) else (two, None) for one, two in naive.items()}
        assert counted == wanted, (seed, name, until)
        checked += sum(bool(pair[0]) for pair in wanted.values())
    assert checked >= (6 if mechanism == "M2" else 1), "most figures are no zeros"
    assert naive.keys() == {i.id for i in profile.indicators if i.of == "cases"}, "each has a naive counter"


class Logged(RecordWalk):
    """A record that walked at random, with its events."""

    def take(self, decision, who, command):
        at, stamped = decision
        log = self.__dict__.setdefault("log", [])
        log += [(at, who.body, one.event) for one in stamped]
        super().take(decision, who, command)


def records_of(rules, wanted, seed, count):
    kinds, kept, dice = kinds_of(rules.profile, rules.settings), [], random.Random(seed)
    for n in range(count):
        walk = Logged(rules, kinds[wanted[n % len(wanted)]], random.Random(seed * 1000 + n), Numbers())
        walk.now = START + timedelta(days=dice.randrange(60), minutes=dice.randrange(900))
        walk.begin()
        walk.record = walk.record.__class__(
            **{**{f: getattr(walk.record, f) for f in walk.record.__struct_fields__}, "id": f"r-{n}"}
        )
        for _ in range(dice.randrange(2, 14)):
            if not walk.step():
                break
        kept.append(walk)
    return kinds, kept


class Book:
    """Counts records from their events: lists, loops and dates."""

    def __init__(self, rules, walks, start, end, cut):
        self.calendar, self.walks, self.start, self.end, self.cut = rules.calendar, walks, start, end, cut

    def inside(self, at):
        return self.start <= at.isoformat() < self.end and at.isoformat() <= self.cut

    def of(self, *kinds):
        return [w for w in self.walks if w.kind.id in kinds]

    def first(self, walk, *steps):
        return next((at for at, _, e in walk.log if getattr(e, "step", "open") in steps), None)

    def value(self, walk, name):
        found = None
        for _, _, event in walk.log:
            found = event.fields.get(name, found)
        return found

    def moment(self, walk, name):
        said = self.value(walk, name)
        return when(said if len(said) > 10 else f"{said}T00:00:00+08:00") if said else None

    def workday_end(self, at, n=1):
        day = at.astimezone(START.tzinfo).date()
        while n:
            day += timedelta(days=1)
            n -= self.calendar.is_workday(day)
        return when(f"{day.isoformat()}T23:59:59+08:00")

    def after(self, kinds, begun, done, limit):
        """Return (in time, all) of records of kinds: begun at, done at, until when."""
        num = den = 0
        for walk in self.of(*kinds):
            at = begun(walk)
            if at is None or not self.inside(at):
                continue
            den += 1
            made = done(walk)
            num += made is not None and made <= limit(walk, at)
        return num, den

    def lines(self, kinds, table):
        """Return the lines that stand: when added, what they say, when closed."""
        found = []
        for walk in self.of(*kinds):
            standing, numbers = {}, defaultdict(int)
            for at, _, event in walk.log:
                for gone in getattr(event, "drops", ()):
                    standing.pop(gone, None)
                for name, lines in event.lines.items():
                    for line in lines:
                        numbers[name] += 1
                        standing[f"{name}/{numbers[name]}"] = [at, line, None]
                if getattr(event, "closes", "") in standing:
                    standing[event.closes][2] = at
            found += [one for key, one in standing.items() if key.startswith(f"{table}/")]
        return found

    def shares(self):
        kinds = [w.kind.id for w in self.walks if w.kind.id.startswith("share-")]

        def limit(walk, at):
            longer = self.value(walk, "extended_to")
            return when(f"{longer}T23:59:59+08:00") if longer else self.workday_end(at)

        return self.after(kinds, lambda w: self.moment(w, "formed_at"), lambda w: self.first(w, "share"), limit)

    def health(self):
        attendance = [x for x in self.lines(["meeting/joint"], "attendance") if self.inside(x[0])]
        decisions = [x for x in self.lines(["meeting/joint"], "decisions") if self.inside(x[0])]
        checks = [w for w in self.of("spot-checks") if self.inside(self.first(w, "open"))]
        rounds = [w for w in self.of("supervision-rounds") if (at := self.first(w, "finish")) and self.inside(at)]
        reported = [w for w in rounds if (at := self.first(w, "report")) and at.isoformat() <= self.cut]
        changed = [w for w in self.of("liaison-changes") if self.inside(self.moment(w, "changed_on"))]
        return {
            "attendance": (sum(x[1]["how"] in {"present", "substitute", "late", "left"} for x in attendance), len(attendance)),
            "agreed-done": (sum(x[2] is not None and x[2].isoformat() <= self.cut for x in decisions), len(decisions)),
            "roster-changed": (len(changed), None),
            "changes-in-time": self.after(
                ["liaison-changes"], lambda w: self.moment(w, "changed_on"), lambda w: self.first(w, "send"),
                lambda _, at: self.workday_end(at),
            ),
            "duty-changes-in-time": self.after(
                ["duty-changes"], lambda w: self.moment(w, "changed_at"), lambda w: self.first(w, "send"), lambda _, at: at + HALF
            ),
            "spot-checks-passed": (sum(self.value(w, "result") == "passed" for w in checks), len(checks)),
            "supervision-reports": (len(reported), len(rounds)),
            "supervision-summaries": self.after(
                ["supervision-rounds"], lambda w: self.first(w, "finish"), lambda w: self.first(w, "summarise"),
                lambda _, at: self.workday_end(at),
            ),
        }  # fmt: skip

    def owed(self, kinds, since):
        """Return what was owed and ran out: a meeting for each half-year, a roster once of each unit."""
        held = [at for w in self.of("meeting/joint") if (at := self.first(w, "hold"))]
        ends = [(datetime.fromisoformat(f"{d}T23:59:59+08:00"), d[:4]) for d in ("2026-06-30", "2026-12-31")]
        met = den = 0
        for end, _ in ends:
            if end >= since and self.inside(end):
                begin = end.replace(month=end.month - 5, day=1, hour=0, minute=0, second=0)
                den += 1
                met += any(begin <= at <= end for at in held)
        due = when("2026-12-23T17:00:00+08:00")
        units = kinds["liaison-roster"].owed.by
        sent = {}
        for walk in self.of("liaison-roster"):
            at = self.first(walk, "send")
            if at is not None:
                sent[walk.record.body] = min(at, sent.get(walk.record.body, at))
        roster = [unit for unit in units if self.inside(due)]
        return {
            "meetings-held": (met, den),
            "roster-complete": (sum(sent.get(u, due + HALF) <= due for u in roster), len(roster)),
        }


HEALTH = ["meeting/joint", "spot-checks", "supervision-rounds", "liaison-changes", "duty-changes", "liaison-roster"]


@pytest.mark.parametrize(("mechanism", "seed"), [("M2", 1), ("M2", 2), ("M4", 1), ("M4", 2)])
def test_random_records_count_as_the_naive_counter_does(mechanism, seed):
    """M2-SHR-01, M2-SHR-02; M4-MTG-01, M4-MTG-05, M4-LIA-03, M4-LIA-04, M4-DTY-05, M4-DTY-06, M4-SUP-03, M4-SUP-04."""
    rules = rules_for(mechanism)
    shared = [k for k in kinds_of(rules.profile, rules.settings) if k.startswith("share-")]
    kinds, walks = records_of(rules, shared if mechanism == "M2" else HEALTH, seed, 120)
    kept, checked = [(w.record, w.kind) for w in walks], 0
    last = max(w.now for w in walks) + timedelta(days=400)
    for name, cut in SPANS[mechanism]:
        span, until = period(name, {}), cut or last.isoformat()
        things = [*record_things(kept, rules), *duties(kept, kinds, rules, START, span)]
        figures = evaluate(rules.profile, [], span, until, rules.settings, records=things)
        found = {
            f.indicator.id: (f.counted.numerator, f.counted.denominator) for f in figures if f.indicator.of == "records"
        }
        book = Book(rules, walks, span.start, span.end, until)
        naive = {"shares": book.shares()} if mechanism == "M2" else {**book.health(), **book.owed(kinds, START)}
        assert found == naive, (seed, name, until)
        checked += sum(bool(pair[0]) for pair in naive.values())
    assert checked >= (1 if mechanism == "M2" else 4), "most figures are no zeros"
