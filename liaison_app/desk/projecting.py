"""From a case to the rows that lists show: clocks, lists, tasks, keys of likeness. Pure; no clock is read."""

import json
from datetime import datetime
from typing import Any

import msgspec

from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Case, Matter
from liaison_app.domain.decide import china, flags_of, stamp
from liaison_app.domain.rules import Lead, case_facts
from liaison_app.domain.text import clean, phone_key, place_key
from liaison_app.mechanism.deadlines import Due, count
from liaison_app.mechanism.schema import Deadline
from liaison_app.store.projections import CaseRows
from liaison_app.store.queries import filtered_list


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of a matter: what it counts, who owns it, when it was met."""

    matter: int
    rule: Deadline
    owner: str
    start: datetime
    due: Due
    met_at: str | None
    state: str

    def sort(self) -> str:
        """Return the moment by which lists order it."""
        late = self.due.late_after or self.due.due
        return stamp(late) if late else "9999"


def moments(case: Case, matter: Matter) -> dict[str, str]:
    """Return when each event that starts or stops a clock happened."""
    transfer = case.transfer(matter.n)
    found: dict[str, str | None] = {
        "registered": case.registered_at, "urgent-reported": case.reported_at, "accepted": matter.accepted_at,
        "accepted/direct": matter.accepted_at if matter.direct else None, "taken-over": matter.taken_over_at,
        "arrived": matter.arrived_at,
    }  # fmt: skip
    if transfer is not None:
        found["transfer-sent"], found["delivery-confirmed"] = transfer.sent_at, transfer.delivered_at
        if transfer.signed_at and not transfer.delivered_at:
            found["delivery-confirmed"] = transfer.signed_at
        if transfer.approval and transfer.approval.road == "telephone":
            found["transfer-approved/telephone"] = transfer.approval.at
            found["countersigned"] = transfer.approval.scanned_at
    for notice in case.notices:
        if notice.matter == matter.n and notice.to == "complainant":
            found.setdefault(f"informed/{notice.what}", notice.at)
    return {name: at for name, at in found.items() if at}


def clocks(case: Case, rules: DeskRules) -> tuple[Clock, ...]:
    """Return every clock of a case, counted with the rules' calendar and settings."""
    found: list[Clock] = []
    for matter in case.matters:
        lead = rules.lead(matter.facts, case_facts(case))
        flags, when = flags_of(case, matter, lead, rules), moments(case, matter)
        for rule in rules.profile.deadlines:
            start = next((when[name] for name in rule.start if name in when), None)
            off = any(rules.settings.get(s) not in values for s, values in rule.only.items())
            if start is None or off or rule.owner == "post":
                continue
            met = next((when[name] for name in rule.stop if name in when), None)
            if set(rule.needs) - flags or set(rule.forbids) & flags:
                continue
            due = count(rule, china(start), rules.calendar, rules.settings)
            state = "met" if met else "stopped" if case.ended else "open"
            if met and due.late_after and china(met) > due.late_after:
                state = "missed"
            found.append(
                Clock(
                    matter=matter.n, rule=rule, owner=_owner(case, matter, rule, lead), start=china(start), due=due,
                    met_at=met, state=state,
                )
            )  # fmt: skip
    return tuple(found)


def _owner(case: Case, matter: Matter, rule: Deadline, lead: Lead) -> str:
    transfer = case.transfer(matter.n)
    if rule.owner == "first_receiver":
        return case.first_receiver
    if matter.accepted_by:
        return matter.accepted_by
    return transfer.to[0] if transfer else lead.lead


def shown_matter(case: Case, rules: DeskRules) -> Matter:
    """Return the matter in the earliest state: the case shows it."""
    orders = {s.code: s.order for s in rules.profile.states}
    return min(case.matters, key=lambda m: orders.get(m.state, 999))


def work_lists(case: Case, body: str, flags: frozenset[str]) -> set[str]:
    """Return the smart lists in which a body has a case, by flags alone."""
    if "ended" in flags:
        return {"all", "closed"}
    lists = {"all", "open"}
    transfer = next((t for t in reversed(case.transfers) if t.state != "withdrawn"), None)
    first = body == case.first_receiver
    addressed = transfer is not None and bool(transfer.sent_at) and body in transfer.to
    accepts = any(m.accepted_by == body for m in case.matters)
    rules = {
        "to-complete": first and "incomplete" in flags,
        "to-transfer": first and not flags & {"own_duty", "blocked", "sent", "proposed", "accepted"},
        "to-approve": first and "proposed" in flags and "approved" not in flags,
        "to-sign": addressed and "signed" not in flags,
        "to-accept": "accepted" not in flags
        and ((addressed and "delivered" in flags) or (first and "own_duty" in flags)),
        "to-inform": (first and "sent" in flags and "told_transfer" not in flags)
        or (first and "report_needed" in flags and "reported" not in flags)
        or (accepts and "told_acceptance" not in flags),
        "handling": accepts,
        "to-reply": accepts and "taken_over" in flags,
    }
    return lists | {name for name, holds in rules.items() if holds}


def tasks(case: Case, flags: frozenset[str], due: dict[str, str], matter: int) -> list[tuple[str, str, str, str]]:
    """Return what waits, as (body, kind, due, action)."""
    if "ended" in flags:
        return []
    transfer, first = case.transfer(matter), case.first_receiver
    to = transfer.to[0] if transfer else ""
    holder = next((m.accepted_by for m in case.matters if m.n == matter), "") or to
    found: list[tuple[str, str, str, str]] = []

    def when(holds: bool, body: str, kind: str, rule: str, action: str) -> None:
        if holds and body:
            found.append((body, kind, due.get(rule, ""), action))

    sent, approved = "sent" in flags, "approved" in flags
    moving = not flags & {"own_duty", "blocked", "accepted"}
    limit = "transfer-sent"
    when("incomplete" in flags, first, "complete", "", "complete")
    when(moving and not flags & {"proposed", "approved", "sent"}, first, "propose", limit, "propose-transfer")
    when("proposed" in flags and not approved, first, "approve", limit, "approve")
    when(approved and not sent, first, "send", limit, "transfer")
    when(sent and "delivered" not in flags and "signed" not in flags, first, "deliver", "", "deliver")
    when(sent and "signed" not in flags, to, "sign", "", "sign")
    when("delivered" in flags and "accepted" not in flags, to, "accept", "informed/acceptance", "accept")
    when("own_duty" in flags and "accepted" not in flags, first, "accept", "", "accept")
    when(sent and "told_transfer" not in flags, first, "tell", "informed/transfer", "inform")
    when("accepted" in flags and "told_acceptance" not in flags, holder, "tell", "informed/acceptance", "inform")
    when("report_needed" in flags and "reported" not in flags, first, "report", "urgent-reported", "report-urgent")
    approval = transfer.approval if transfer else None
    when(bool(approval and approval.countersign_due), first, "countersign", "countersigned", "countersign")
    when(bool(approval and approval.entered_by != approval.leader and approval.verdict is None), first, "confirm",
         "", "confirm-proxy")  # fmt: skip
    when(
        "immediate" in flags and "delivered" in flags and "arrived" not in flags, holder, "arrive", "arrived", "arrive"
    )
    return found


def newest_first(moment: str) -> str:
    """Return a sort key that puts later moments first."""
    return "".join(chr(ord("9") - int(c) + ord("0")) if c.isdigit() else c for c in moment[:19])


def rows_of(case: Case, rules: DeskRules) -> CaseRows:
    """Return every projection row of a case."""
    found = clocks(case, rules)
    matter = shown_matter(case, rules)
    lead = rules.lead(matter.facts, case_facts(case))
    flags = flags_of(case, matter, lead, rules)
    open_clocks = sorted((c for c in found if c.state == "open"), key=lambda c: (c.rule.outer, c.sort()))
    first = open_clocks[0] if open_clocks else None
    transfer = case.transfer(matter.n)
    content = clean(case.personal.get("content", ""))
    told = "" if case.confidential == "strict" else content[:40].replace("\n", " ")
    title = case.object or told or case.place
    category, origin = (str(matter.facts.get(name, "")) for name in (*rules.profile.gates, "", "")[:2])
    row = (
        case.id, case.number, matter.state, matter.accepted_by or (transfer.to[0] if transfer else lead.lead),
        case.first_receiver, title, case.place, case.town, category, origin, case.personal.get("complainant_name", ""), case.external_no,
        transfer.slip_no if transfer else "", case.registered_at, _iso(first.due.due) if first else None,
        first.rule.rule if first else "", first.due.status if first else "",
        _iso(first.due.late_after) if first else None, lead.handling, lead.transfer, json.dumps(sorted(flags)),
        json.dumps(list(case.missing)), case.confidential, case.changed_at,
    )  # fmt: skip
    bodies = sorted(case.bodies())
    lists: list[tuple[Any, ...]] = []
    for body in bodies:
        own = [c.sort() for c in open_clocks if c.owner == body and not c.rule.outer]
        nearest = min(own) if own else "9999"
        for name in sorted(work_lists(case, body, flags)):
            key = newest_first(case.registered_at) if name in {"all", "closed"} else nearest
            lists.append((body, name, key, case.id))
            if name == "all":
                kept = {"state": row[2], "lead": row[3], "town": row[7], "medium": row[8]}
                lists += [(body, filtered_list(f, str(v)), key, case.id) for f, v in kept.items() if v]
    by_stop = {stop: c.sort() for c in reversed(open_clocks) for stop in c.rule.stop if c.matter == matter.n}
    waiting = tasks(case, flags, by_stop, matter.n)
    return CaseRows(
        case_id=case.id, case_row=row, lists=tuple(lists),
        clocks=tuple(
            (case.id, c.matter, c.rule.rule, c.rule.event, c.owner, stamp(c.start), _iso(c.due.due),
             _iso(c.due.late_after), c.due.status, c.met_at, c.state)
            for c in found
        ),
        tasks=tuple(
            (f"{case.id}/{i}", body, kind, case.id, at or "9999", action)
            for i, (body, kind, at, action) in enumerate(waiting)
        ),
        similar=similar_rows(case),
    )  # fmt: skip


def similar_keys(contact: str, place: str, thing: str) -> list[tuple[str, str]]:
    """Return the keys by which complaints are alike: phone, place, object."""
    pairs = [("phone", phone_key(contact)), ("place", place_key(place)), ("object", place_key(thing))]
    return [(kind, key) for kind, key in pairs if key]


def similar_rows(case: Case) -> tuple[tuple[Any, ...], ...]:
    """Return the rows by which a later similar complaint finds this case."""
    keys = similar_keys(case.personal.get("contact", ""), case.place, case.object)
    return tuple((kind, key, case.id, 0 if case.ended else 1) for kind, key in keys)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
