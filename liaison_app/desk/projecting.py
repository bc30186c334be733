"""From a case to the rows that lists show: clocks, lists, tasks, keys of likeness. Pure; no clock is read."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from liaison_app.desk.clocks import Clock, Reading, clocks
from liaison_app.desk.counting import counted_row
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Case, Happened, Matter
from liaison_app.domain.decide import roles_on
from liaison_app.domain.evolving import fold
from liaison_app.domain.moments import stamp
from liaison_app.domain.text import clean, phone_key, place_key
from liaison_app.mechanism.schema import Profile, Waiting
from liaison_app.store.projections import CaseRows
from liaison_app.store.queries import filtered_list

TURNED: Final = str.maketrans("0123456789", "9876543210")


def shown_matter(case: Case, rules: DeskRules) -> Matter:
    """Return the matter in the earliest state: the case shows it."""
    orders = {s.code: s.order for s in rules.profile.states}
    return min(case.matters, key=lambda m: orders.get(m.state, 999))


def awaited(case: Case, rules: DeskRules, body: str, reading: Reading | None = None) -> list[tuple[Matter, Waiting]]:
    """Return what a case awaits from a body, as the profile's ``waiting`` says."""
    reading = reading or Reading(case, rules.of(case))
    found = []
    for matter in case.matters:
        flags, roles = reading.flags(matter, body), roles_on(case, body, matter.n)
        if "ended" in flags or case.handling.merged_into:
            continue
        state = reading.rules.profile.state(matter.state)
        for one in reading.rules.profile.waiting:
            mine = one.role in roles or (one.role == "post" and body in one.posts)
            if not (mine and flags.issuperset(one.needs) and flags.isdisjoint(one.forbids)):
                continue
            if state is None or not state.end or _after_the_end(reading.rules.profile, one.action, matter.state):
                found.append((matter, one))
    return found


def awaited_here(
    case: Case, rules: DeskRules, body: str, reading: Reading | None = None
) -> list[tuple[Matter, Waiting, str]]:
    """Return what a case awaits from a body and, where it enters their acts, from bodies without a desk (代录, OFFICE A2).

    The last is the body that must act.
    """
    own = [(matter, one, body) for matter, one in awaited(case, rules, body, reading)]
    judged = rules.of(case)
    others = sorted(b for b in case.bodies() if b != body and not judged.has_desk(b))
    stands = {m.n for m in case.matters if set(judged.stand_ins) & roles_on(case, body, m.n)} if others else set()
    if not stands or not judged.has_desk(body):
        return own
    entered = {g.action for g in judged.profile.guards if "body_without_desk" in g.proxy}
    for other in others:
        found = awaited(case, rules, other, reading)
        own += [(m, one, other) for m, one in found if m.n in stands and one.action in entered]
    return own


def _after_the_end(profile: Profile, action: str, state: str) -> bool:
    """Return whether an act can still be done in a state that is an end: what cannot be done is not waited for."""
    return any(g.action == action and (state in g.states or "*" in g.states) for g in profile.guards)


def work_lists(case: Case, rules: DeskRules, body: str, waiting: Sequence[tuple[Matter, Waiting]]) -> set[str]:
    """Return the smart lists in which a body has a case."""
    if case.ended:
        return {"all", "closed"}
    lists = {"all", "open" if _open(case, rules) else "closed"} | {one.queue for _, one in waiting if one.queue}
    return lists | ({"handling"} if any(m.acceptance(body) for m in case.matters) else set())


def newest_first(moment: str) -> str:
    """Return a sort key that puts later moments first."""
    return moment[:19].translate(TURNED)


def understood(happened: Sequence[Happened], rules: DeskRules) -> tuple[Case, CaseRows] | None:
    """Return the case of a shared stream with its rows; None where its entries make no case here.

    The database judges states and bodies, no values: whatever another desk wrote, in error, by a later program or on
    purpose, holds up no other case.
    """
    try:
        case = fold(happened)
        return None if case is None else (case, rows_of(case, rules, happened))
    except Exception:
        return None


def rows_of(case: Case, rules: DeskRules, happened: Sequence[Happened]) -> CaseRows:
    """Return every projection row of a case; ``happened``: its shared stream."""
    rules = rules.of(case)
    reading = Reading(case, rules)
    found = clocks(case, rules, explained=False, reading=reading)
    matter = shown_matter(case, rules)
    lead = reading.lead(matter)
    flags = reading.flags(matter) - rules.readings
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
        transfer.slip_no if transfer else "", case.registered_at, first.due_at if first else None,
        first.rule.rule if first else "", first.due.status if first else "",
        first.late_at if first and first.due.late_after else None, lead.handling, lead.transfer, json.dumps(sorted(flags)),
        json.dumps(list(case.missing)), case.confidential, case.changed_at, _outer(first, open_clocks),
    )  # fmt: skip
    bodies = sorted(case.bodies() | _called(case, reading))
    lists: list[tuple[Any, ...]] = []
    todo: list[tuple[str, Waiting, str, int]] = []
    for body in bodies:
        waiting = awaited_here(case, rules, body, reading)
        owners = {body, *(owner for _, _, owner in waiting)}
        nearest = min((c.sort() for c in open_clocks if c.owner in owners and not c.rule.outer), default="9999")
        stops = {(c.owner, c.matter, stop): c.sort() for c in reversed(open_clocks) for stop in c.rule.stop}
        todo += [
            (body, one, stops.get((owner, matter.n, one.clock), "9999"), matter.n) for matter, one, owner in waiting
        ]
        for name in sorted(work_lists(case, rules, body, [(matter, one) for matter, one, _ in waiting])):
            key = newest_first(case.registered_at) if name in {"all", "closed"} else nearest
            lists.append((body, name, key, case.id))
            kept = {"state": row[2], "lead": row[3], "town": row[7], "medium": row[8]}
            lists += [(body, filtered_list(name, f, str(v)), key, case.id) for f, v in kept.items() if v]
    return CaseRows(
        case_id=case.id, case_row=row, lists=tuple(lists),
        clocks=tuple(
            (case.id, c.matter, c.rule.rule, c.rule.event, c.owner, c.start_at, c.due_at,
             c.late_at if c.due.late_after else None, c.due.status, c.met_at, c.state)
            for c in found
        ),
        tasks=tuple(
            (f"{case.id}/{i}", body, one.kind, case.id, at, one.action) for i, (body, one, at, _) in enumerate(todo)
        ),
        similar=similar_rows(case, rules), count=counted_row(case, happened, reading, found),
    )  # fmt: skip


def left_rows(rows: CaseRows) -> CaseRows:
    """Return the rows of a case that the own body has no part in any more: to be found and read, but nothing runs or waits."""
    row = (*rows.case_row[:14], None, "", "", None, *rows.case_row[18:24], None)
    kept = [one for one in rows.lists if one[1].partition(":")[0] == "all"]
    closed = [(body, f"closed{name[3:]}", key, case) for body, name, key, case in kept]
    return msgspec.structs.replace(
        rows, case_row=row, lists=(*kept, *closed), clocks=tuple(c for c in rows.clocks if c[10] != "open"), tasks=()
    )


def _called(case: Case, reading: Reading) -> set[str]:
    """Return the bodies beside those on the case that it waits for: who assists, and posts that must decide or verify."""
    found = {a.body for m in case.matters for a in case.handling.of("assistances", m.n)}
    for matter in case.matters:
        flags = reading.flags(matter)
        for one in reading.rules.profile.waiting:
            if one.role == "post" and flags.issuperset(one.needs) and flags.isdisjoint(one.forbids):
                found.update(one.posts)
    return found


def _outer(first: Clock | None, running: Sequence[Clock]) -> str | None:
    """Return the moment to which a late case is amber, not red: the outer limit of the clock that is due first."""
    if first is None or first.rule.extension is None or not first.rule.extension.outer:
        return None
    outer = [
        c.due.due for c in running
        if c.rule.outer and c.rule.rule == first.rule.extension.outer and c.matter == first.matter and c.due.due
    ]  # fmt: skip
    return _iso(min(outer)) if outer else None


def similar_keys(contact: str, place: str, thing: str) -> list[tuple[str, str]]:
    """Return the keys by which complaints are alike: phone, place, object."""
    pairs = [("phone", phone_key(contact)), ("place", place_key(place)), ("object", place_key(thing))]
    return [(kind, key) for kind, key in pairs if key]


def similar_rows(case: Case, rules: DeskRules) -> tuple[tuple[Any, ...], ...]:
    """Return the rows by which a later similar complaint finds this case, and an earlier one what repeats it or came to it."""
    keys = similar_keys(case.personal.get("contact", ""), case.place, case.object)
    found = [(kind, key, case.id, 1 if _open(case, rules) else 0) for kind, key in keys]
    links = [("repeat", case.repeat_of), ("merged", case.handling.merged_into)]
    return (*found, *((kind, other, case.id, 1) for kind, other in links if other))


def _open(case: Case, rules: DeskRules) -> bool:
    """Return whether a matter of the case still stands before its end."""
    return not case.ended and not all(rules.ended(m.state) for m in case.matters)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
