"""Indicators over a random district against a counter that knows only the entries and plain date arithmetic."""

import random
from collections import defaultdict
from datetime import datetime, timedelta

import msgspec
import pytest

import tests.walking as walking
from liaison_app.desk.clocks import Reading, clocks
from liaison_app.desk.counting import thing_of
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.evolving import fold
from liaison_app.domain.rules import case_facts
from liaison_app.mechanism.countable import DECODER, ENCODER
from liaison_app.mechanism.indicators import evaluate
from liaison_app.mechanism.periods import period
from tests.unit.test_routing import M1, satisfying
from tests.unit.test_walk import ITEMS

GOOD = {"satisfied", "basically"}
WALKS, STEPS = 50, 45


def when(text):
    return datetime.fromisoformat(text)


class District:
    """Cases that walked at random, each with the entries it left."""

    def __init__(self, mechanism, begin, seed, walks=WALKS):
        self.rules = walking.rules_for(mechanism)
        self.cases, self.clocks = [], {}
        for dice in map(random.Random, range(seed, seed + walks)):
            walk = walking.Walk(self.rules, dice, walking.Numbers())
            walk.now += timedelta(days=dice.randrange(30))
            items = {**ITEMS, "object": f"对象第{dice.randrange(9)}号工地", "place": f"滨河路{dice.randrange(20)}号"}
            begin(walk, dice, items)
            for _ in range(STEPS):
                walk.step()
            # a pause stretches limits: the naive counter counts days only
            if not any(isinstance(h.stamped.event, he.ClockPaused) for h in walk.happened):
                self.cases.append((f"case-{len(self.cases)}", walk.case, walk.happened))

    def things(self):
        made = []
        for name, case, log in self.cases:
            thing = thing_of(case, log, Reading(case, self.rules.of(case)), clocks(case, self.rules))
            made.append(DECODER.decode(ENCODER.encode(msgspec.structs.replace(thing, id=name))))
        return made


def begin_m1(walk, dice, items):
    row = dice.choice(M1.routing)
    facts = {k: v for k, v in satisfying(row.when).items() if k not in {"first_receiver", "channel"}}
    if dice.random() < 0.4:
        facts["health_or_env_threat"] = True
    walk.begin(facts, dice.choice(["COMMERCE", "C12369", "EPB"]), **items)


class Naive:
    """Counts from the entries alone: lists, loops and dates."""

    def __init__(self, district, start, end, cut):
        self.rules, self.start, self.end, self.cut = district.rules, start, end, cut
        self.calendar, self.clocks = district.rules.calendar, district.clocks
        self.all = district.cases
        self.cases = [c for c in district.cases if not (c[1].ended or c[1].handling.merged_into)]
        self.logs = {c[0]: c for c in self.cases}
        self.kinds = {}

    def inside(self, at):
        return self.start <= at < self.end and at <= self.cut

    def happened(self, kind, *, where=lambda e: True, log=None):
        """Return (case, matter, event, at, body, place in the log) of every event of a kind."""
        logs = self.cases if log is None else [log]
        return [
            (name, h.stamped.matter, h.stamped.event, h.happened_at, h.acting, i)
            for name, _, entries in logs
            for i, h in enumerate(entries)
            if isinstance(h.stamped.event, kind) and where(h.stamped.event)
        ]

    def matters(self, found):
        return len({(name, n) for name, n, *_ in found if True})

    def in_period(self, *args, **more):
        return [f for f in self.happened(*args, **more) if self.inside(f[3])]

    def log_of(self, name):
        return self.logs[name]

    def kind(self, name, n):
        """Return urgency of a matter as the table and the registration say: urgent, immediate, own, blocked."""
        if (name, n) in self.kinds:
            return self.kinds[name, n]
        case = self.log_of(name)[1]
        lead = self.rules.lead(case.matter(n).facts, case_facts(case))
        items = {**case.personal, "object": case.object, "place": case.place}
        found = self.kinds[name, n] = (
            lead.transfer == "immediate", lead.handling == "immediate", lead.own,
            lead.blocked or self.rules.blocked(items),
        )  # fmt: skip
        return found

    def workdays_after(self, at, n):
        day = when(at).date()
        while n:
            day += timedelta(days=1)
            n -= self.calendar.is_workday(day)
        return f"{day.isoformat()}T23:59:59+08:00"

    def last_by_matter(self, found):
        last = {}
        for one in sorted(found, key=lambda f: (f[3], f[5])):
            last[one[0], one[1]] = one
        return list(last.values())

    # -- the table -----------------------------------------------------------------------------------

    def rated(self, aspect):
        visits = self.last_by_matter(self.in_period(he.Revisited, where=lambda e: getattr(e, aspect)))
        return sum(getattr(v[2], aspect) in GOOD for v in visits), len(visits)

    def not_reached(self):
        visits = self.last_by_matter(self.in_period(he.Revisited))
        return sum(not v[2].reached for v in visits), len(visits)

    def carried(self):
        found = set()
        for name, _, entries in self.cases:
            done, there = defaultdict(bool), False
            for h in entries:
                if h.happened_at >= self.start:
                    continue
                there |= isinstance(h.stamped.event, ev.Registered)
                if isinstance(h.stamped.event, he.FedBack | he.Closed):
                    done[h.stamped.matter] = True
                if isinstance(h.stamped.event, he.SentBack):
                    done[h.stamped.matter] = False
            if there and not done[1]:
                found.add(name)
        return len(found)

    def sent(self, name, entries):
        """Return the transfers of a case; one entered late with a time before the registration stops no limit."""
        found = self.happened(ev.TransferSent, log=(name, None, entries))
        return [f for f in found if f[3] >= entries[0].happened_at]

    def same_day(self):
        num = den = 0
        for name, _, entries in self.cases:
            sent = self.sent(name, entries)
            urgent, _, own, blocked = self.kind(name, 1)
            if not sent or urgent or own or blocked or not self.inside(sent[0][3]):
                continue
            den += 1
            num += sent[0][3][:10] == entries[0].happened_at[:10]
        return num, den

    def urgent(self):
        num = den = 0
        for name, _, entries in self.cases:
            urgent, _, own, blocked = self.kind(name, 1)
            if not urgent or own or blocked or not self.inside(entries[0].happened_at):
                continue
            den += 1
            sent = self.sent(name, entries)
            reported = [f for f in self.happened(ev.UrgentReported, log=(name, None, entries)) if f[3] <= self.cut]
            quick = sent and when(sent[0][3]) <= when(entries[0].happened_at) + timedelta(minutes=30)
            num += bool(quick and reported)
        return num, den

    def received(self, entries, body, until):
        """Return when a body had its copy of the slip that was the last one sent before a place in the log."""
        got = signed = None
        for h in entries[:until]:
            if isinstance(h.stamped.event, ev.TransferSent):
                got = signed = None
            if isinstance(h.stamped.event, ev.DeliveryConfirmed) and h.stamped.event.body == body:
                got = h.happened_at
            if isinstance(h.stamped.event, ev.ReceiptSigned) and h.acting == body:
                signed = h.happened_at
        return got or signed

    def told_in_time(self):
        accepted = self.in_period(ev.Accepted, where=lambda e: not e.direct)
        num = 0
        for name, _, event, _, _, i in accepted:
            entries = self.log_of(name)[2]
            since = self.received(entries, event.body, i)
            told = self.happened(
                ev.Informed, where=lambda e: e.what == "acceptance" and e.to == "complainant", log=(name, None, entries)
            )
            mine = [f[3] for f in told if f[4] == event.body]
            last = (when(since).date() + timedelta(days=2)).isoformat() if since else ""
            num += bool(since and mine and since <= mine[0] and mine[0][:10] <= last)
        return num, len(accepted)

    def in_24_hours(self):
        num = 0
        found = self.in_period(he.Investigated)
        for name, _, _, at, _, i in found:
            for h in self.log_of(name)[2][i + 1 :]:
                if isinstance(h.stamped.event, he.Investigated | he.SentBack):
                    break
                if isinstance(h.stamped.event, he.ReplySent) and h.stamped.event.kind == "written":
                    num += when(h.happened_at) <= when(at) + timedelta(hours=24)
                    break
        return num, len(found)

    def filed(self):
        num = 0
        found = self.in_period(he.Investigated, where=lambda e: e.verified)
        for name, _, _, at, _, i in found:
            for h in self.log_of(name)[2][i + 1 :]:
                if isinstance(h.stamped.event, he.Investigated) and h.stamped.event.verified:
                    break
                if isinstance(h.stamped.event, he.CaseFiled):
                    num += h.happened_at <= self.workdays_after(at, 3)
                    break
        return num, len(found)

    def redone(self):
        replies = self.last_by_matter(self.in_period(he.ReplySent, where=lambda e: e.kind == "formal"))
        again = [
            r for r in replies if any(
                b[0] == r[0] and b[1] == r[1] and r[3] <= b[3] <= self.cut for b in self.happened(he.SentBack)
            )
        ]  # fmt: skip
        return len(again), len(replies)

    def late(self, clock):
        """Return from when a limit is late."""
        return clock.due.late_after or clock.due.due

    def limits(self, rule=""):
        """Return (case, matter, kept) of every limit that ran out, from the clocks after each single entry."""
        out = []
        for name, _, entries in self.cases:
            for (n, named, *_), (clock, i) in self.ran(name, entries).items():
                if rule and named != rule:
                    continue
                late = self.late(clock)
                if late is None:
                    continue
                gone = entries[i].happened_at if i < len(entries) and not clock.met_at else None
                kept = clock.met_at is not None and when(clock.met_at) <= late
                late = late.isoformat()
                if self.start <= late < self.end and late <= self.cut and (kept or gone is None or gone > late):
                    out.append((name, n, kept, late))
        return out

    def ran(self, name, entries):
        """Return every clock that ran after any entry: its first fulfilment, or how it stood at last, and after which."""
        if name not in self.clocks:
            seen = self.clocks[name] = {}
            for i in range(1, len(entries) + 1):
                for clock in clocks(fold(entries[:i]), self.rules):
                    key = (clock.matter, clock.rule.rule, clock.rule.event, clock.owner, clock.start)
                    if key not in seen or not seen[key][0].met_at:
                        seen[key] = (clock, i)
        return self.clocks[name]

    def due(self, rule):
        last = {}
        for name, n, kept, _ in sorted(self.limits(rule), key=lambda d: d[3]):
            last[name, n] = kept
        return sum(last.values()), len(last)

    def arrived(self):
        num = den = 0
        for name, n, event, _, _, i in self.last_by_matter(self.in_period(ev.TakenOver)):
            if not self.kind(name, n)[1]:
                continue
            den += 1
            entries = self.log_of(name)[2]
            direct = [f[3] for f in self.happened(ev.Accepted, where=lambda e: e.direct, log=(name, None, entries))]
            since = direct[0] if direct else self.received(entries, event.body, i)
            came = [f[3] for f in self.happened(ev.Arrived, log=(name, None, entries)) if since and f[3] >= since]
            num += bool(came) and when(came[0]) <= when(since) + timedelta(hours=1)
        return num, den

    def listing(self):
        spots, found = defaultdict(list), set()
        for name, case, entries in self.cases:
            at = entries[0].happened_at
            if at < self.end and at <= self.cut:
                spots["object", case.object].append((at, name))
                spots["place", case.place].append((at, name))
        for calls in spots.values():
            behind = set()
            for last, _ in calls:
                near = {n for at, n in calls if when(last) - timedelta(days=90) <= when(at) <= when(last)}
                behind |= near if last >= self.start and len(near) >= 3 else set()
            found.add(frozenset(behind))
        return len(found - {frozenset()})

    def hot(self):
        spots = defaultdict(set)
        for name, case, entries in self.cases:
            if self.inside(entries[0].happened_at):
                spots["object", case.object].add(name)
                spots["place", case.place].add(name)
        return len({frozenset(names) for names in spots.values() if len(names) >= 2})


def _registered(n):
    return len([c for c in n.cases if n.inside(c[2][0].happened_at)])


NAIVE = {
    "satisfaction_rate": lambda n: n.rated("result"), "satisfaction_rank": lambda n: n.rated("result"),
    "result_rate": lambda n: n.rated("result"), "reception_rate": lambda n: n.rated("staff"),
    "site_rate": lambda n: n.rated("site"), "not_reached": Naive.not_reached, "carried_over": Naive.carried,
    "registered_count": _registered, "hot_medium": _registered, "hot_source": _registered, "hot_town": _registered,
    "hot_hour": _registered, "transferred_count": lambda n: n.matters(n.in_period(ev.TransferSent)),
    "accepted_count": lambda n: n.matters(n.in_period(ev.Accepted)), "closed_count": lambda n: n.matters(n.in_period(he.FedBack)),
    "same_day_transfer_rate": Naive.same_day, "urgent_transfer_rate": Naive.urgent,
    "acceptance_notice_rate": Naive.told_in_time, "written_reply_rate": Naive.in_24_hours, "filing_rate": Naive.filed,
    "redo_rate": Naive.redone, "urged_count": lambda n: len(n.in_period(he.Urged)),
    "listed_count": lambda n: n.matters(n.in_period(he.Listed)), "delisted_count": lambda n: n.matters(n.in_period(he.Unlisted)),
    "disputed_count": lambda n: len(n.in_period(he.Disputed, where=lambda e: e.kind == "transfer")),
    "designated_count": lambda n: len(n.in_period(he.Designated)), "closed_15_rate": lambda n: n.due("M1-RPL-04"),
    "closed_60_rate": lambda n: n.due("M1-HDL-03"),
    "listed_overdue_count": lambda n: len({d[:2] for d in n.limits("M1-LST-02") if not d[2]}),
    "overdue_count": lambda n: len({d[0] for d in n.limits() if not d[2]}), "repeat_hot": Naive.hot,
    "repeat_listing": Naive.listing, "arrival_rate": Naive.arrived,
    "ended_otherwise": lambda n: sum(
        n.inside([h for h in entries if isinstance(h.stamped.event, ev.Ended | he.Merged)][-1].happened_at)
        for _, case, entries in n.all if case.ended or case.handling.merged_into
    ),
}  # fmt: skip


def naive_figures(n, only=frozenset(NAIVE)):
    return {name: count(n) for name, count in NAIVE.items() if name in only}


@pytest.mark.parametrize("seed", [1, 1001])
def test_a_random_district_counts_as_the_naive_counter_does(seed):
    """M1-INF-03, M1-SAT-03, M1-ACT-03: table T6 over random allowed acts, for months, a quarter and an unfinished one."""
    district = District("M1", begin_m1, seed)
    things, checked = district.things(), 0
    last = max(h.happened_at for _, _, log in district.cases for h in log)
    for name, cut in (
        ("2026-10", last),
        ("2026-11", last),
        ("2026-Q4", last),
        ("2026-11", "2026-11-16T12:00:00+08:00"),
    ):
        span = period(name, {})
        known = [t for t in things if t.span()[0] <= cut]
        found = {f.indicator.id: f.counted for f in evaluate(M1, known, span, cut, district.rules.settings)}
        naive = naive_figures(Naive(district, span.start, span.end, cut))
        counted = {one: (found[one].numerator, found[one].denominator) for one in naive}
        wanted = {one: two if isinstance(two, tuple) else (two, None) for one, two in naive.items()}
        assert counted == wanted, (seed, name, cut)
        checked += sum(bool(pair[0]) for pair in wanted.values())
    assert checked > 30, "most figures are no zeros"
    counted_here = {i.id for i in M1.indicators if i.of == "cases"}
    assert naive.keys() == counted_here, "every indicator over cases has a naive counter"


def visited(case, lead, result):
    from liaison_app.mechanism.countable import thing_from

    item = {"event": "revisited", "at": "2026-10-12T09:00:00+08:00", "lead": lead, "values": {"rating_result": result}}
    return thing_from({"id": case, "items": [item]})


def test_equals_share_a_rank_and_a_department_without_cases_has_none():
    """M1-INF-03."""
    results = {
        "EPB": "satisfied satisfied",
        "MUNI": "satisfied",
        "CONSTR": "satisfied dissatisfied",
        "POLICE": "basically",
    }
    things = [visited(f"{b}{i}", b, r) for b, words in results.items() for i, r in enumerate(words.split())]
    things.append(visited("unanswered", "CULTURE", ""))
    span = period("2026-10", {})
    found = evaluate(M1, things, span, span.end, M1.defaults())
    ranked = next(f for f in found if f.indicator.id == "satisfaction_rank")
    assert [(g.key, g.rank) for g in ranked.groups] == [("EPB", 1), ("MUNI", 1), ("POLICE", 1), ("CONSTR", 4)]
    assert (ranked.counted.numerator, ranked.counted.denominator) == (5, 6)


def test_those_who_do_other_work_are_ranked_apart_and_the_ranking_can_be_switched_off():
    """M1-INF-03: the centres among themselves, departments among themselves; the reading stats.rank."""
    results = {
        "EPB": "satisfied dissatisfied",
        "MUNI": "dissatisfied",
        "C12369": "satisfied",
        "C12319": "dissatisfied",
        "TOWN": "dissatisfied",
    }
    things = [visited(f"{b}{i}", b, r) for b, words in results.items() for i, r in enumerate(words.split())]
    span = period("2026-10", {})

    def ranks(**chosen):
        found = evaluate(M1, things, span, span.end, {**M1.defaults(), **chosen})
        return {g.key: g.rank for g in next(f for f in found if f.indicator.id == "satisfaction_rank").groups}

    assert ranks() == {"EPB": 1, "MUNI": 2, "C12369": 1, "C12319": 2, "TOWN": 1}
    assert set(ranks(**{"stats.rank": "off"}).values()) == {None}


@pytest.mark.parametrize(
    ("name", "settings", "start", "end"),
    [
        ("2026-10", {}, "2026-10-01", "2026-11-01"), ("2026-12", {}, "2026-12-01", "2027-01-01"),
        ("2026-Q3", {}, "2026-07-01", "2026-10-01"), ("2026-H2", {}, "2026-07-01", "2027-01-01"),
        ("2026", {}, "2026-01-01", "2027-01-01"), ("2026-01", {"stats.month": "from_26"}, "2025-12-26", "2026-01-26"),
        ("2026-Q4", {"stats.month": "from_21"}, "2026-09-21", "2026-12-21"),
        ("2026", {"stats.month": "from_26"}, "2025-12-26", "2026-12-26"),
    ],
)  # fmt: skip
def test_periods_begin_and_end_as_the_setting_says(name, settings, start, end):
    """OFFICE-B9."""
    span = period(name, settings)
    assert (span.start, span.end) == (f"{start}T00:00:00+08:00", f"{end}T00:00:00+08:00")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"numerator": {"event": "registerd"}}, "an event of a case"),
        ({"numerator": {"event": "registered", "flags": ["urgend"]}}, "a kind ("),
        ({"numerator": {"event": "registered", "values": {"colour": ["red"]}}}, "what registered says"),
        ({"numerator": {"event": "registered", "met": True}}, "clock, whose limit"),
        ({"numerator": {"event": "registered", "alike": 2}}, "count: places"),
        ({"numerator": {"event": "registered", "alike_setting": "m1.night"}, "count": "places"}, "a setting such as"),
        ({"numerator": {"event": "closed"}, "denominator": {"event": "registered"}}, "the events of the denominator"),
        ({"group": ["colour"]}, "a group ("), ({"rank": True}, "a denominator"),
        ({"of": "records", "numerator": {"event": "sung"}}, "a step, an event or a table"),
        ({"of": "records", "numerator": {"event": "due", "flags": ["song"]}}, "a kind of record"),
    ],
)  # fmt: skip
def test_a_formula_with_a_word_that_the_language_does_not_know_is_doubted(change, expected):
    from liaison_app.mechanism.indicator_doubts import indicator_doubts
    from liaison_app.mechanism.indicator_schema import Indicator

    plain = {
        "id": "i",
        "name": "数",
        "en": "n",
        "rules": ["M1-REC-01"],
        "formula": "数",
        "numerator": {"event": "registered"},
    }
    assert not list(indicator_doubts(msgspec.structs.replace(M1, indicators=[msgspec.convert(plain, Indicator)])))
    wrong = msgspec.structs.replace(M1, indicators=[msgspec.convert({**plain, **change}, Indicator)])
    assert any(expected in said for _, said in indicator_doubts(wrong)), list(indicator_doubts(wrong))
