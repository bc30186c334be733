"""Random allowed acts on random cases: no forbidden state or move, always somebody next, always a limit or a reason.

What is forbidden is written here a second time from the words of the source (T4 and its sentence on forbidden moves,
section 2 for the township, section 4 for the health commission), never read from the profile that is judged.
"""

import os
from collections import Counter
from importlib.resources import files

import pytest

from liaison_app.desk.next_step import next_steps
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.profile import load_profile
from tests.walking import ITEMS, UNMOVING, Numbers, Walk, rules_for, seeds, start

STEPS = int(os.environ.get("LIAISON_WALK_STEPS", "1500"))
FIRST = int(os.environ.get("LIAISON_WALK_SEED", "1"))
M1 = load_profile("M1")
RULES = {
    line.split("\t")[0] for line in files("resources").joinpath("mechanisms/rules.tsv").read_text("utf-8").splitlines()
}
WITHOUT = {"M1": ("MUNI", "FIRE", "AGRI"), "M2": ("JUSTICE",), "M4": ("PUBLICITY",)}
"""Bodies without a desk in every second walk: their acts are entered 代录."""

ENTERS = {
    "INC": "", "REG": "INC TAP DIS MRG VOI OUT WDR", "TAP": "REG INC DIS", "TRD": "TAP WDR", "DLV": "TRD DIS WDR",
    "DIS": "TAP TRD DLV", "ACC": "REG INC DLV", "NOT": "ACC", "HND": "ACC NOT RED HDI WDR", "HDI": "HND PRE RED",
    "PRE": "HND RED PRE", "ANS": "HND PRE RED", "FED": "ANS", "REV": "FED", "RED": "REV FED ANS EVA",
    "EVA": "REV RED", "CLS": "REV EVA FED", "MRG": "INC REG TAP", "VOI": "INC REG TAP", "OUT": "INC REG TAP",
    "WDR": "INC REG TAP TRD DLV ACC NOT HND PRE RED",
}  # fmt: skip
"""T4, column "enters from", with the ends of OFFICE-B2 and their way back, the return of a draft (OFFICE-A1), the
transfer of an incomplete complaint (M1-REC-04), the dispute before delivery is confirmed (M1-TRF-13) and the redo."""
AFTER_ACCEPTANCE = {"INC", "REG", "TAP", "TRD", "DLV", "DIS"}
"""Nothing leads back to these once a body accepted: a receiver cannot hand a case on (M1-TRF-02)."""


def broken(mechanism, walk, before, guard):
    """Yield what is wrong with a case after a step."""
    yield from WRONG[mechanism](walk, before, guard)
    yield from _never(walk, before)
    if guard.rule not in RULES:
        yield f"no rule {guard.rule} in the source"
    yield from unled(walk.case, walk.rules)


def _never(walk, before):
    """Yield what no mechanism may do: a case never shrinks, nobody but the first receiver transfers it."""
    case = walk.case
    if len(case.matters) < len(before.matters) or len(case.transfers) < len(before.transfers):
        yield "something was deleted"
    if any(t.from_body != case.first_receiver for t in case.transfers):
        yield "a receiver transferred again"
    if any(case.first_receiver in t.to for t in case.transfers if t.sent_at):
        yield "a slip to the first receiver itself"


def unled(case, rules):
    """Yield where an open case has nobody who is next, or neither a date nor words that say why."""
    steps = {step.matter: step for step in next_steps(case, rules)}
    for matter in case.matters:
        if rules.profile.state(matter.state).end or case.ended:
            continue
        step = steps.get(matter.n)
        if step is None or not step.body:
            yield f"nobody is next in {matter.state}"
        elif not step.action and step.refused not in {"not_the_same_person", "no_person"}:
            yield f"{step.body} is next in {matter.state} and may do nothing: {step.refused}"
        elif step.action and not (step.persons and step.role and step.rule in RULES):
            yield f"no person, office or rule for {step.action} in {matter.state}"
        elif step.due is None and not (step.reason_zh and step.reason_en):
            yield f"no limit and no reason in {matter.state}"
        elif step.due is None and step.reason == "no_clock":
            yield f"no clock runs in {matter.state} and the profile does not say why"


def _m1(walk, before, guard):
    case, handling, told = walk.case, walk.case.handling, before.handling
    for matter in case.matters:
        was, now, n = before.matter(matter.n).state, matter.state, matter.n
        if was != now and was not in ENTERS[now].split():
            yield f"{was} → {now} is no move of T4"
        if was != now and before.matter(n).acceptances and now in AFTER_ACCEPTANCE:
            yield f"{was} → {now} after acceptance"
        if now == "CLS" and was != "CLS":
            closed = handling.of("revisits", n)
            silent = matter.facts.get("anonymous") or (closed and closed[-1].last_attempt)
            if not handling.moment(n, "revisited") and not silent:
                yield "closed without a return visit"
            if any(o.kind == "listing" and not o.lifted_at for o in handling.of("orders", n)):
                yield "closed while listed"
            if not handling.outcome:
                yield "closed without an outcome code"
        lifted = [sum(1 for o in h.of("orders", n) if o.lifted_at) for h in (told, handling)]
        if lifted[1] > lifted[0] and not told.moment(n, "solved"):
            yield "taken off the list unsolved"
        if now in {"ACC", "NOT", "HND"} and not matter.acceptances:
            yield f"{now} and nobody accepted"
        if was == "DIS" and now != was and guard.action not in {"designate"}:
            yield f"a disputed transfer ended by {guard.action}"
        if was == "HDI" and now != was and guard.action != "rule":
            yield f"a dispute in handling ended by {guard.action}"
    sent = [t for t in case.transfers if t.sent_at]
    if any(t.approval is None for t in sent):
        yield "sent without approval"
    if guard.action == "revisit" and any(p in before.done.get("taken-over", ()) for p in case.done["revisited"][-1:]):
        yield "who handles visited himself"


def _m2(walk, before, guard):
    case = walk.case
    for matter in case.matters:
        was, now, n = before.matter(matter.n).state, matter.state, matter.n
        flags = {m.partition("/")[2] for m in case.handling.marks if m.startswith(f"{n}/")}
        if guard.action == "transfer" and was != now and now == "TRD":
            sent = case.transfer(n)
            if sent.method == "oral" and not (matter.facts.get("specially_urgent") and sent.attempts):
                yield "by word of mouth without special urgency (M2-TRF-07)"
            if sent.method != "oral" and not (sent.approval and "materials_complete" in flags):
                yield "sent without approval or with its list of materials open (M2-TRF-06, M2-TRF-08)"
        if now == "JUS" and was not in {"JUS", "DIS"}:
            yield "before the justice bureau without negotiation (M2-DSP-01)"
        if (
            now == "GOV"
            and was not in {"GOV", "JUS"}
            and "m2.dispute_path=direct_government" not in walk.rules.readings
        ):
            yield "before the county government without the justice bureau (M2-DSP-03)"
        if now == "HIG" and was not in {"HIG", "GOV"}:
            yield "before the organ with power without the county government (M2-DSP-03)"
        if now == "HND" and not matter.acceptances:
            yield "in hand and nobody accepted"
        if now == "ANS" and not case.handling.moment(n, "answered"):
            yield "answered without an answer"
        if now == "FIL" and not matter.facts.get("no_complainant"):
            yield "filed unanswered although somebody complained"
        if was in {"CLS", "ANS", "FIL"} and now not in {"CLS", "ANS", "FIL"}:
            yield f"{was} → {now} after the end"


def _m4(walk, before, guard):
    case = walk.case
    for matter in case.matters:
        was, now, n = before.matter(matter.n).state, matter.state, matter.n
        verified = f"{n}/information_verified" in before.handling.marks
        said = case.handling.moment(n, "published") != before.handling.moment(n, "published")
        if said and not verified:
            yield "published before it was verified and authorised (M4-PRO-06)"
        if now not in {"SGN", "VOI", "OUT", "MRG", "WDR"} and not case.reported_at:
            yield "goes on without the report (M4-PRO-01)"
        if now == "TRM" and was not in {"TRM", "FLD", "PUB", "ASK"}:
            yield f"ended from {was} (M4-PRO-07)"
        if now == "CLS" and was not in {"CLS", "INV"}:
            yield "filed without the inquiry's report (M4-PRO-08)"
        if was in {"TRM", "INV", "CLS"} and now in {"SGN", "RPT", "PLN", "SCH", "FLD", "PUB", "ASK"}:
            yield f"{was} → {now}: an emergency declared over goes on"


WRONG = {"M1": _m1, "M2": _m2, "M4": _m4}


@pytest.mark.timeout(10_800)
@pytest.mark.parametrize(("mechanism", "share"), [("M1", 0.6), ("M2", 0.3), ("M4", 0.1)])
def test_random_allowed_acts_never_lead_astray(mechanism, share):
    wanted, taken, cases = int(STEPS * share), 0, 0
    states, used, seen = set(), set(), Counter()
    districts = [rules_for(mechanism), rules_for(mechanism, without=WITHOUT[mechanism])]
    codes = {s.code for s in districts[0].profile.states}
    must = {"late", "body_without_desk", "several matters"}
    must |= {"own_leader", "several addressees", "twin", "reading"} if mechanism == "M1" else set()

    def unseen():
        """Return what the walk has not come upon yet: it goes on for it, up to ten times as far."""
        return {one for one in must if not seen[one]} or (len(codes - states) > 6 and codes - states)

    for seed, dice in seeds(FIRST, 1_000_000):
        if taken >= wanted and (not unseen() or taken >= 10 * wanted):
            break
        walk = Walk(districts[seed % 2], dice, Numbers())
        start(walk)
        cases += 1
        for _ in range(80):
            before = walk.case
            if all(walk.rules.ended(m.state) for m in before.matters) and dice.random() < 0.25:
                break
            guard = walk.step()
            if guard is None:
                wrong = [] if walk.case is before else list(unled(walk.case, walk.rules))
                assert not wrong, (seed, wrong, walk.trail[-12:])
                continue
            taken += 1
            used.add(guard.action)
            states |= {m.state for m in walk.case.matters}
            wrong = list(broken(mechanism, walk, before, guard))
            assert not wrong, (seed, wrong, walk.trail[-12:])
        seen += walk.seen
        seen["several addressees"] += any(len(t.to) > 1 for t in walk.case.transfers)
        seen["several matters"] += len(walk.case.matters) > 1
    profile = districts[0].profile
    print(
        f"{mechanism}: seeds {FIRST}…{FIRST + cases - 1}, {taken} acts on {cases} cases, {len(states)} states, {len(used)} kinds"
    )
    print(
        {
            k: n
            for k, n in seen.items()
            if k in {"own_leader", "body_without_desk", "late", "reading", "twin"} or " " in k
        }
    )
    long = STEPS >= 50_000
    assert not unseen(), unseen()
    assert not long or codes <= states, codes - states
    if mechanism == "M1" and long:
        begins = {"register", "bring-in"}  # a walk begins with the one; the other has tests/sync/test_bringing.py
        assert {g.action for g in profile.guards} - used <= begins | UNMOVING


@pytest.mark.parametrize("seed", range(6))
def test_changing_calendar_and_settings_under_open_cases_moves_only_due_dates(seed):
    import random

    import msgspec

    from liaison_app.desk.clocks import clocks
    from liaison_app.mechanism.doubts import doubts_of

    dice = random.Random(seed)
    rules = rules_for("M1")
    walk = Walk(rules, dice, Numbers())
    walk.begin({"medium": "noise", "source": "entertainment"}, **ITEMS)
    for _ in range(40):
        walk.step()
    assert not list(doubts_of(M1))
    moving = {  # settings that are there to move the start of a clock
        name for d in M1.deadlines for name, cases in d.by.items() for c in cases.values() if {"start", "start_too"} & set(c)
    }  # fmt: skip
    assert moving == {"m1.designated_same", "m1.designated_other"}
    notice = {"year": 2027, "rest": ["2027-01-01", "2027-02-08"], "make_up": ["2027-01-30"]}
    for change in (
        {"calendar": bundled().with_year(notice)},
        *(
            {"settings": {**rules.settings, s.id: v}}
            for s in M1.settings
            if not s.free and s.id not in moving
            for v in s.values
        ),
    ):
        other = msgspec.structs.replace(rules, **change)
        before = {(c.matter, c.rule.rule, c.rule.event, c.owner): (c.start, c.met_at) for c in clocks(walk.case, rules)}
        after = {(c.matter, c.rule.rule, c.rule.event, c.owner): (c.start, c.met_at) for c in clocks(walk.case, other)}
        shared = before.keys() & after.keys()
        assert {k: before[k] for k in shared} == {k: after[k] for k in shared}
        for clock in clocks(walk.case, other):
            assert clock.due.due is None or clock.due.why
