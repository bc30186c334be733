"""The clocks of a case: which run, for whom, since when, until when, and why. Pure; no clock is read."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

import msgspec

from liaison_app.domain.case import Case, Matter, Transfer
from liaison_app.domain.decide import flags_of
from liaison_app.domain.moments import china, stamp, stored
from liaison_app.domain.rules import Lead, Rules, case_facts
from liaison_app.mechanism.calendar import WorkCalendar
from liaison_app.mechanism.deadlines import Due, Pause, count, starts
from liaison_app.mechanism.finding_clocks import in_force
from liaison_app.mechanism.schema import Deadline, Profile
from liaison_app.words import labels

SAID: Final = "facts."
"""What ``set_by`` of a clock begins with where a fact of the matter says its day."""


class ClockRules(Rules, Protocol):
    """Rules that know profile, calendar and the readings chosen."""

    @property
    def profile(self) -> Profile:
        """The mechanism's profile."""

    @property
    def calendar(self) -> WorkCalendar:
        """The working-day calendar."""

    @property
    def settings(self) -> Mapping[str, str]:
        """Every setting with the reading chosen."""

    def of(self, case: Case) -> "ClockRules":
        """Return the rules of one case: the readings it began with."""


class Reading:
    """A case as its rules read it: leads and flags are found once, however many lists and clocks ask."""

    def __init__(self, case: Case, rules: ClockRules) -> None:
        self.case, self.rules = case, rules
        self._facts = case_facts(case)
        self._leads: dict[int, Lead] = {}
        self._flags: dict[tuple[int, str], frozenset[str]] = {}

    def lead(self, matter: Matter) -> Lead:
        """Return what the table says of a matter."""
        found = self._leads.get(matter.n)
        if found is None:
            found = self._leads[matter.n] = self.rules.lead(matter.facts, self._facts)
        return found

    def flags(self, matter: Matter, body: str = "") -> frozenset[str]:
        """Return the flags of a matter as a body sees it."""
        key = (matter.n, body)
        found = self._flags.get(key)
        if found is None:
            found = self._flags[key] = flags_of(self.case, matter, self.lead(matter), self.rules, body)
        return found


class Clock(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A clock of a matter: what it counts, who owns it, when it was met."""

    matter: int
    rule: Deadline
    owner: str
    start: datetime
    due: Due
    met_at: str | None
    state: str
    start_at: str = ""
    due_at: str | None = None
    late_at: str | None = None
    """Start, due date and lateness as they are stored, where lists will ask for them often."""

    def late(self) -> str | None:
        """Return the moment from which it is late as it is stored."""
        late = self.due.late_after or self.due.due
        return self.late_at or (stamp(late) if late else None)

    def sort(self) -> str:
        """Return the moment by which lists order it."""
        return self.late() or "9999"


def moments(case: Case, matter: Matter, body: str) -> dict[str, str]:
    """Return when each event that starts or stops a clock of a body happened."""
    transfer = case.transfer(matter.n)
    direct = bool(matter.acceptances) and matter.acceptances[0].direct
    own = matter.acceptance(body)
    found: dict[str, str | None] = {
        "registered": case.registered_at, "urgent-reported": case.reported_at,
        "accepted": own.at if own else matter.accepted_at, "accepted/direct": matter.accepted_at if direct else None,
        "taken-over": matter.taken_over_at, "set-out": matter.set_out_at, "arrived": matter.arrived_at,
    }  # fmt: skip
    if transfer is not None:
        found["transfer-sent"], found["delivery-confirmed"] = transfer.sent_at, transfer.delivery(body).received_at
        found[f"transfer-sent/{transfer.method}"] = transfer.sent_at
        found |= _deliveries(case, transfer, body)
        if transfer.approval and transfer.approval.road == "telephone":
            found["transfer-approved/telephone"] = transfer.approval.at
            found["countersigned"] = transfer.approval.scanned_at
    by_phone = [r for r in case.handling.of("replies", matter.n) if r.body == body and r.road == "telephone"]
    if by_phone:
        found["reply-approved/telephone"], found["countersigned/reply"] = (
            by_phone[-1].approved_at,
            by_phone[-1].scanned_at,
        )
    first = next((t.sent_at for t in case.transfers if t.matter == matter.n and t.sent_at), None)
    found["transfer-sent/first"] = (
        first  # what a refusal sends back was transferred in its time; a second time has no limit of it
    )
    sent = (transfer.sent_at if transfer else None) or ""
    for notice in case.notices:
        answer = notice.what in {"acceptance", "refusal"}
        if answer and notice.at < sent:
            continue  # it answered an earlier transfer
        spoke = not answer or notice.body == body
        if notice.matter == matter.n and notice.to == "complainant" and spoke:
            found.setdefault(f"informed/{notice.what}", notice.at)
    mine = [asked for asked in case.handling.of("assistances", matter.n) if asked.body == body]
    for key, at in case.handling.moments.items():
        n, _, name = key.partition("/")
        if int(n) == matter.n and not (
            mine and name.startswith("assist-")
        ):  # what others were asked for is not its own
            found[name] = at
    for asked in mine:
        found["assist-asked"], found["assist-given"] = asked.at, asked.given_at
        found[f"assist-asked/{asked.form}"], found[f"assist-given/{asked.form}"] = asked.at, asked.given_at
    return {name: at for name, at in found.items() if at}


def _deliveries(case: Case, transfer: Transfer, body: str) -> dict[str, str | None]:
    """Return when every copy was delivered, when the matter first was (to another body, before a designation), and when
    a designation left the slip where it was."""
    own = transfer.delivery(body).received_at
    copies = [transfer.delivery(b).received_at for b in transfer.to]
    before = [
        d.received_at for t in case.transfers if t.matter == transfer.matter and t is not transfer for d in t.deliveries
    ]  # fmt: skip
    designated = case.handling.moments.get(f"{transfer.matter}/designated")
    return {
        "delivery-confirmed/all": max(c for c in copies if c) if all(copies) else None,
        "delivery-confirmed/first": min((at for at in before if at), default=own) if body in transfer.to else None,
        "designated/same": designated if own and designated and own < designated else None,
    }


def clocks(
    case: Case, rules: ClockRules, *, explained: bool = True, reading: Reading | None = None
) -> tuple[Clock, ...]:
    """Return every clock of a case, counted with the rules' calendar and the readings the case began with.

    ``explained``: each with how it was counted; lists need the dates only.
    """
    reading = reading or Reading(case, rules.of(case))
    rules, found = reading.rules, list[Clock]()
    for matter in case.matters:
        lead = reading.lead(matter)
        owners: dict[str, tuple[str, ...]] = {}
        seen: dict[str, dict[str, str]] = {}
        for rule, begins in _running(rules):
            kind = rule.owner
            if kind == "post" or kind not in owners:
                owners[kind] = _owners(case, matter, rule, lead)
            for owner in owners[kind]:
                when = seen.get(owner)
                if when is None:
                    when = seen[owner] = moments(case, matter, owner)
                start = max([when[name] for name in begins if name in when], default=None)
                if start is None:
                    continue
                if _unsaid(matter, rule):
                    continue
                if rule.needs or rule.forbids:
                    flags = reading.flags(matter, owner)
                    if not flags.issuperset(rule.needs) or not flags.isdisjoint(rule.forbids):
                        continue
                found.append(_clock(case, matter, rule, rules, owner, when, start, explained))
    return tuple(found)


_RUNNING: dict[int, tuple[Profile, Mapping[str, str], tuple[tuple[Deadline, tuple[str, ...]], ...]]] = {}
"""Clocks that run under readings with the events that start them, by the readings: the same for thousands of cases."""


def _running(rules: ClockRules) -> tuple[tuple[Deadline, tuple[str, ...]], ...]:
    kept = _RUNNING.get(id(rules.settings))
    if kept is None or kept[0] is not rules.profile or kept[1] is not rules.settings:
        if len(_RUNNING) >= 64:
            _RUNNING.clear()
        found = tuple(
            (rule, tuple(starts(rule, rules.settings)))
            for rule in rules.profile.deadlines
            if in_force(rule, rules.settings) and not (rule.owner == "post" and not rule.posts)
        )
        kept = _RUNNING[id(rules.settings)] = (rules.profile, rules.settings, found)
    return kept[2]


def _clock(
    case: Case, matter: Matter, rule: Deadline, rules: ClockRules, owner: str, when: dict[str, str], start: str,
    explained: bool,
) -> Clock:  # fmt: skip
    met = next((when[name] for name in rule.stop if name in when and when[name] >= start), None)
    due = count(
        rule, china(start), rules.calendar, rules.settings, _set_date(case, matter, rule, owner),
        _pauses(case, matter, rule, met), explained=explained,
    )  # fmt: skip
    state = "met" if met else "stopped" if _over(case, matter, rules, when, start) else "open"
    if met and due.late_after and china(met) > due.late_after:
        state = "missed"
    due_at = stamp(due.due) if due.due else None
    late_at = due_at if due.late_after is None or due.late_after is due.due else stamp(due.late_after)
    return Clock(
        matter=matter.n, rule=rule, owner=owner, start=china(start), due=due, met_at=met, state=state,
        start_at=stored(start), due_at=due_at, late_at=late_at,
    )  # fmt: skip


def _over(case: Case, matter: Matter, rules: ClockRules, when: dict[str, str], start: str) -> bool:
    """Return whether a clock stands because its matter came to an end; what begins with the closing goes on."""
    if case.ended or case.handling.merged_into:
        return True
    state = rules.profile.state(matter.state)
    return state is not None and state.end and start < when.get("closed", "")


def _unsaid(matter: Matter, rule: Deadline) -> bool:
    """Return whether a clock runs to a day that a fact says and nobody has said it."""
    return rule.set_by.startswith(SAID) and not matter.facts.get(rule.set_by.removeprefix(SAID))


def _set_date(case: Case, matter: Matter, rule: Deadline, owner: str) -> datetime | None:
    """Return the date that stands instead of the count: an extension granted or told by who assists, a promise, a listing,
    the end of the day that a fact says (交办时限, OFFICE A3)."""
    if rule.set_by.startswith(SAID):
        return china(f"{matter.facts[rule.set_by.removeprefix(SAID)]}T23:59:59")
    if rule.owner == "assistant" and rule.extension is not None:
        told = [a for a in case.handling.of("assistances", matter.n) if a.body == owner and a.extended_to]
        return china(told[-1].extended_to) if told and told[-1].extended_to else None
    extended = case.handling.extended
    said = extended.get(f"{matter.n}/{rule.rule}") or (
        extended.get(f"{matter.n}/{rule.set_by}") if rule.set_by else None
    )
    return china(said) if said else None


def _pauses(case: Case, matter: Matter, rule: Deadline, met: str | None) -> tuple[Pause, ...]:
    """Return the stretches in which a clock stood still, as far as it ran: what was met is not paused any more."""
    ends = {s: min(filter(None, (s.end, met)), default=None) for _, s in case.handling.pauses}
    return tuple(
        Pause(
            start=china(s.start),
            end=china(end) if (end := ends[s]) else None,
            reason=labels.choice("pause-reason", s.reason, "zh_CN"),
            reason_en=labels.choice("pause-reason", s.reason, "en"),
        )
        for n, s in case.handling.pauses
        if n == matter.n and s.rule == rule.rule and not (met and s.start >= met)
    )


def _owners(case: Case, matter: Matter, rule: Deadline, lead: Lead) -> tuple[str, ...]:
    """Return whose clock it is: each addressee of a slip, each assistant and each post named has his own."""
    transfer = case.transfer(matter.n)
    if rule.owner == "first_receiver":
        return (case.first_receiver,)
    if rule.owner == "post":
        return tuple(rule.posts)
    if rule.owner == "assistant":
        return tuple(dict.fromkeys(a.body for a in case.handling.of("assistances", matter.n)))
    if rule.owner == "addressee" and transfer is not None and transfer.sent_at:
        return transfer.to
    return (matter.accepted_by or (transfer.to[0] if transfer else lead.lead),)


History = Mapping[tuple[int, str, str, str], tuple[tuple[str, str], ...]]
"""By matter, rule, event and owner of a clock: the due dates that it had, each with the moment until which."""


def history(case: Case, now: Sequence[Clock], past: Sequence[tuple[str, ClockRules]]) -> History:
    """Return the due dates that the clocks of a case had before a year's notice, a reading or a version changed them."""
    counted = [(until, {key_of(c): c for c in clocks(case, rules)}) for until, rules in past]
    found: dict[tuple[int, str, str, str], tuple[tuple[str, str], ...]] = {}
    for clock in now:
        later, told = clock.due.due, []
        for until, earlier in reversed(counted):
            old = earlier.get(key_of(clock))
            if old is None or old.due.due is None or stamp(old.start) >= until:
                continue
            if old.due.due != later:
                told.append((stamp(old.due.due), until))
            later = old.due.due
        found[key_of(clock)] = tuple(reversed(told))
    return found


def key_of(clock: Clock) -> tuple[int, str, str, str]:
    """Return what tells a clock of a case apart."""
    return clock.matter, clock.rule.rule, clock.rule.event, clock.owner


def latest_extension(case: Case, rules: ClockRules, matter: int, rule: str) -> datetime | None:
    """Return the last moment to which a clock may be moved: its cap from the due date, or an outer limit's due date."""
    running = clocks(case, rules)
    own = next((c for c in running if c.matter == matter and c.rule.rule == rule and c.rule.extension), None)
    if own is None or own.rule.extension is None:
        return None
    limits = [
        c.due.due for c in running if c.matter == matter and c.rule.rule == own.rule.extension.outer and c.due.due
    ]  # fmt: skip
    if own.rule.extension.cap and own.due.due:
        amount, unit = own.rule.extension.cap.split(" ")
        day = own.due.due
        left = int(amount)
        while left > 0:
            day += timedelta(days=1)
            left -= unit != "WD" or rules.calendar.is_workday(day.date())
        limits.append(day)
    return min(limits, default=None)
