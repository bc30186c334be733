"""decide(state, command, rules, who, now) → events or RuleBroken: the one place where an act is allowed."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain import handling
from liaison_app.domain import handling_commands as hc
from liaison_app.domain.case import Actor, Case, Matter, Transfer
from liaison_app.domain.decide_bringing import bring_in
from liaison_app.domain.decide_handling import decide_handling
from liaison_app.domain.decide_papers import decide_paper, known_paper
from liaison_app.domain.decide_whole import ENDS, WHOLE, merged, on_the_other_side, other_matters
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.files import LARGEST
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.paper_code import RECEIPT
from liaison_app.domain.rules import Ask, Granted, Lead, Numbers, Rules, case_facts

LATE_AFTER: Final = timedelta(minutes=5)
"""An act that happened longer ago than this is 补录 and needs a reason (OFFICE B4)."""

REGISTRATION_ITEMS: Final = ("object", "content", "place", "complainant_name", "complainant_address", "contact")
"""The six items of M1-REC-02, in the order of the form."""


def happened(command: cmd.Command, now: datetime) -> datetime:
    """Return when the act happened; refuse the future and an unexplained past."""
    if command.happened_at is None:
        return now
    at = china(command.happened_at)
    if at > now + timedelta(minutes=1):
        raise RuleBroken("time_in_future", field="happened_at", value=stamp(at))
    if now - at > LATE_AFTER and not command.late_reason.strip():
        raise RuleBroken("late_reason_missing", field="late_reason", value=stamp(at))
    return at


def leads(case: Case, rules: Rules) -> dict[int, Lead]:
    """Return what the table says for each matter of a case."""
    shared = case_facts(case)
    return {m.n: rules.lead(m.facts, shared) for m in case.matters}


def roles_on(case: Case, body: str, matter: int = 1) -> frozenset[str]:
    """Return the roles of a body on a matter: first_receiver, addressee, acceptor, or outsider."""
    transfer, own = case.transfer(matter), case.matter(matter)
    roles = {
        "first_receiver" if body == case.first_receiver else "",
        "addressee" if transfer and transfer.sent_at and body in transfer.to else "",
        "acceptor" if own and own.acceptance(body) else "",
        "assistant" if any(a.body == body for a in case.handling.of("assistances", matter)) else "",
    } - {""}
    return frozenset(roles or {"outsider"})


def _reached(transfer: Transfer | None, body: str, field: str) -> bool:
    """Return whether the body's own copy is delivered (signed), for others whether every addressee's is."""
    if transfer is None or not transfer.sent_at:
        return False
    copies = [body] if body in transfer.to else transfer.to
    return all(getattr(transfer.delivery(one), field) for one in copies)


def flags_of(case: Case, matter: Matter, lead: Lead, rules: Rules, body: str = "") -> frozenset[str]:
    """Return the flags that guards may require or forbid, as one body sees the matter."""
    transfer = case.transfer(matter.n)
    speaker = body if matter.acceptance(body) else matter.accepted_by
    direct = bool(matter.acceptances) and matter.acceptances[0].direct
    items = {**case.personal, "object": case.object, "place": case.place}
    notices = [n for n in case.notices if n.matter == matter.n and n.to == "complainant"]
    told = {n.what for n in notices if n.what != "acceptance" or n.body == speaker}
    pairs = {
        "incomplete": bool(case.missing),
        "blocked": lead.blocked or rules.blocked(items),
        "own_duty": lead.own,
        "held": bool(lead.asks),
        "register_here": bool(lead.asks) and lead.asks == case.first_receiver,
        "urgent": lead.transfer == "immediate",
        "immediate": lead.handling == "immediate",
        "approved": bool(transfer and transfer.approval),
        "proposed": bool(transfer and transfer.state == "proposed"),
        "sent": bool(transfer and transfer.sent_at),
        "oral_open": bool(transfer and transfer.method == "oral") and not case.handling.moment(matter.n, "papers-made"),
        "delivered": _reached(transfer, body, "received_at"),
        "signed": _reached(transfer, body, "signed_at"),
        "accepted": bool(matter.accepted_at),
        "accepted_here": matter.acceptance(body) is not None,
        "direct": direct,
        "told_transfer": "transfer" in told,
        "told_acceptance": "acceptance" in told,
        "told_onsite": "onsite" in told,
        "reported": case.reported_at is not None,
        "taken_over": matter.taken_over_at is not None,
        "arrived": matter.arrived_at is not None,
        "strict": case.confidential == "strict",
        "report_needed": bool(lead.report_to),
        "ended": bool(case.ended),
        "countersign_due": any(t.approval and t.approval.countersign_due for t in case.transfers),
        "proxy_open": any(
            t.approval and t.approval.entered_by != t.approval.leader and t.approval.verdict is None
            for t in case.transfers
        ),
    }
    found = {name for name, holds in pairs.items() if holds}
    found.update(name for name, value in matter.facts.items() if value is True)
    found.add(f"grade:{lead.transfer}")
    return rules.readings.union(found, handling.flags_of(case.handling, matter.n, body))


def proxy_kind(command: cmd.Command, rules: Rules, who: Actor) -> tuple[str | None, str]:
    """Return the kind of 代录 (None, own_leader, body_without_desk) and the body that is acted for."""
    proxy = command.proxy
    if proxy is None:
        return None, who.body
    if not proxy.evidence.strip():
        raise RuleBroken("proxy_evidence_missing", field="evidence")
    body = proxy.body or who.body
    if not rules.known_body(body):
        raise RuleBroken("unknown_body", field="for", value=body)
    if body == who.body:
        if not rules.is_leader(proxy.person, body):
            raise RuleBroken("proxy_not_leader", person=proxy.person)
        return "own_leader", body
    if rules.has_desk(body):
        raise RuleBroken("proxy_has_desk", body=body)
    return "body_without_desk", body


def ask_for(case: Case, action: str, matter: Matter, rules: Rules, who: Actor, **more: Any) -> Ask:
    """Return the request as the guards see it; ``more``: proxy, body, given."""
    lead = rules.lead(matter.facts, case_facts(case))
    proxy = more.get("proxy")
    body = more.get("body") or who.body
    person_roles = frozenset({"leader"}) | who.roles if proxy == "own_leader" else who.roles
    transfer = case.transfer(matter.n)
    flags = flags_of(case, matter, lead, rules, body)
    if transfer is not None and transfer.sent_at and more.get("given", {}).get("body") == transfer.to[0]:
        flags |= {"same_body"}
    if more.get("given", {}).get("body") == case.first_receiver:
        flags |= {"to_first_receiver"}
    return Ask(
        action=action, state=matter.state, roles=roles_on(case, body, matter.n), person_roles=person_roles,
        flags=flags, done=case.done, person=who.person, proxy=proxy,
        given=more.get("given", {}), body=body,
    )  # fmt: skip


def asked(case: Case, matter: Matter, command: cmd.Command, rules: Rules, who: Actor) -> Ask:
    """Return what the guards are asked for a command on a matter; raise RuleBroken where 代录 is not possible."""
    proxy, body = proxy_kind(command, rules, who)
    if proxy == "body_without_desk" and not set(rules.stand_ins) & (roles_on(case, who.body, matter.n) | {who.body}):
        raise RuleBroken("stand_in_only", body=who.body)
    given = cmd.given_of(command)
    ask = ask_for(case, cmd.action_of(command), matter, rules, who, proxy=proxy, body=body, given=given)
    if isinstance(command, cmd.Complete) and not _complete(case, command, rules).missing:
        ask = msgspec.structs.replace(ask, flags=ask.flags | {"completes"})
    return ask


def decide(
    case: Case | None, command: cmd.Command, rules: Rules, who: Actor, now: datetime, numbers: Numbers,
    other: Case | None = None,
) -> tuple[datetime, tuple[ev.Stamped, ...]]:  # fmt: skip
    """Return when the act happened and its events; raise RuleBroken when it is not allowed.

    ``case`` is None for a registration only; ``other`` is the second case of an act over two. Everything the guards
    forbid is forbidden here too, whatever a screen offers (M1-TRF-02).
    """
    at = happened(command, now)
    if isinstance(command, cmd.BringIn):
        return at, _stamp(command, who, bring_in(command, rules, who, at, numbers))
    if isinstance(command, cmd.Register):
        return at, _stamp(command, who, _register(command, rules, who, at, numbers))
    if case is None:
        raise RuleBroken("case_unknown")
    if isinstance(command, cmd.MoveVersion):
        return at, _stamp(command, who, (_move(case, command, rules, who, at),))
    if isinstance(command, cmd.ErasePersonal):
        return at, _stamp(command, who, (_erased(case, command, rules, who),))
    if command.happened_at is not None:
        _in_order(at, case.registered_at)
    matter = case.matter(command.matter)
    if matter is None:
        raise RuleBroken("matter_unknown", matter=command.matter)
    ask = asked(case, matter, command, rules, who)
    body = ask.body
    granted = rules.permit(ask)
    lead = rules.lead(matter.facts, case_facts(case))
    if isinstance(command, hc.Merge):
        events: tuple[ev.Event, ...] = (merged(case, command, other),)
    else:
        events = _events(case, matter, command, lead, rules, msgspec.structs.replace(who, body=body), at, numbers)
    there = on_the_other_side(case, events[0], other)
    if granted.to and granted.to != matter.state:
        events = (*events, ev.StateChanged(matter=matter.n, to=granted.to))
    moves: tuple[ev.StateChanged, ...] = ()
    if isinstance(command, WHOLE):

        def permit(one: Matter) -> Granted:
            return rules.permit(asked(case, one, command, rules, who))

        moves = other_matters(case, matter, command, rules, permit)
    stamped = _stamp(command, who, events)
    again = () if isinstance(command, ENDS) else events[:1]
    for move in moves:
        stamped += _stamp(msgspec.structs.replace(command, matter=move.matter), who, (*again, move))
    if there is not None and other is not None:
        stamped = (
            *stamped,
            *(msgspec.structs.replace(s, matter=1, case=other.id) for s in _stamp(command, who, (there,))),
        )
    return at, stamped


def _move(case: Case, command: cmd.MoveVersion, rules: Rules, who: Actor, at: datetime) -> ev.VersionMoved:
    """An administrator's act on any case, whatever its profile's guards say: a version must not hold its cases fast."""
    if rules.founding != "demo" and "administrator" not in who.roles:
        raise RuleBroken("administrator_only", person=who.person)
    if command.proxy is not None:
        raise RuleBroken("proxy_forbidden", proxy=command.proxy.person, action="move-version")
    if not command.reason.strip():
        raise RuleBroken("reason_missing", field="reason")
    if command.to == case.mechanism:
        raise RuleBroken("version_same", field="to", value=command.to, case=case.number)
    known = rules.states_in(command.to, stamp(at)[:10])
    lost = next((m for m in case.matters if m.state not in known), None)
    if lost is not None:
        raise RuleBroken(
            "version_state_missing",
            field="to",
            case=case.number,
            state=lost.state,
            value=command.to,
            **rules.state_words(lost.state),
        )
    return ev.VersionMoved(before=case.mechanism, to=command.to, reason=command.reason)


def _erased(case: Case, command: cmd.ErasePersonal, rules: Rules, who: Actor) -> ev.PersonalErased:
    """Two persons' act on an ended case of a desk alone, whatever its profile's guards say; a district's are its server's."""
    if rules.founding == "member":
        raise RuleBroken("erase_by_server")
    if "administrator" not in who.roles:
        raise RuleBroken("administrator_only", person=who.person)
    if command.proxy is not None:
        raise RuleBroken("proxy_forbidden", proxy=command.proxy.person, action="erase-personal")
    if not command.reason.strip():
        raise RuleBroken("reason_missing", field="reason")
    if command.second in ("", who.person):
        raise RuleBroken("second_person", person=command.second)
    if not case.ended and not all(rules.ended(m.state) for m in case.matters):
        raise RuleBroken("case_still_open", case=case.number)
    return ev.PersonalErased(second=command.second, reason=command.reason)


def _stamp(command: cmd.Command, who: Actor, events: tuple[ev.Event, ...]) -> tuple[ev.Stamped, ...]:
    proxy = command.proxy
    return tuple(
        ev.Stamped(
            event=event,  # type: ignore[arg-type]
            matter=command.matter,
            late_reason=command.late_reason,
            proxy_person=proxy.person if proxy else "",
            proxy_body=(proxy.body or who.body) if proxy else "",
            proxy_evidence=proxy.evidence if proxy else "",
        )
        for event in events
    )


def _register(command: cmd.Register, rules: Rules, who: Actor, at: datetime, numbers: Numbers) -> tuple[ev.Event, ...]:
    items = {name: getattr(command, name) for name in REGISTRATION_ITEMS}
    issues = tuple(rules.checked_facts(f) for f in (command.facts, *command.second_issue))
    missing = rules.missing(items)
    received = china(command.received_at, "received_at") if command.received_at else at
    if received > at + timedelta(minutes=1):
        raise RuleBroken("received_after_registered", field="received_at", value=stamp(received))
    ask = Ask(
        action="register", state="", roles=frozenset({"first_receiver"}), person_roles=who.roles,
        flags=frozenset({"incomplete"} if missing else ()), done={}, person=who.person, proxy=None, given=items,
    )  # fmt: skip
    granted = rules.permit(ask)
    registered = ev.Registered(
        number=numbers.take("case", who.body, stamp(at)), mechanism=rules.mechanism, first_receiver=who.body,
        channel=command.channel, received_at=stamp(received), object=command.object, place=command.place,
        town=command.town, headcount=command.headcount, external_no=command.external_no,
        confidential=command.confidential, issues=issues, missing=missing, repeat_of=command.repeat_of,
        source_key=command.source_key,
    )  # fmt: skip
    states = tuple(ev.StateChanged(matter=n + 1, to=granted.to or "") for n in range(len(issues)))
    return (registered, *states)


def _events(
    case: Case, matter: Matter, command: cmd.Command, lead: Lead, rules: Rules, who: Actor, at: datetime,
    numbers: Numbers,
) -> tuple[ev.Event, ...]:  # fmt: skip
    transfer = case.transfer(matter.n)
    match command:
        case cmd.Complete():
            return (_complete(case, command, rules),)
        case cmd.ProposeTransfer():
            return (_propose(case, command, lead, rules),)
        case cmd.Approve():
            return (_approve(command, rules, who),)
        case cmd.ReturnProposal():
            return (ev.ProposalReturned(comment=command.comment), ev.ProposalWithdrawn())
        case cmd.Withdraw():
            if _known(transfer).proposer != who.person:
                raise RuleBroken("not_the_proposer", person=_known(transfer).proposer)
            return (ev.ProposalWithdrawn(own=True, reason=command.reason),)
        case cmd.SendTransfer():
            return _send(case, command, transfer, lead, rules, at, numbers)
        case cmd.ConfirmDelivery():
            sent = _known(transfer)
            _in_order(at, sent.sent_at)
            waiting = [b for b in sent.to if not sent.delivery(b).received_at]
            body = command.body or (who.body if who.body in sent.to else (waiting or sent.to)[0])
            if body not in sent.to:
                raise RuleBroken("not_addressee", field="body", body=body)
            fields = msgspec.structs.asdict(command)
            picked = {k: fields[k] for k in ("confirmed_by", "evidence", "contact_person", "contact_number")}
            return (ev.DeliveryConfirmed(body=body, **picked),)
        case cmd.SignReceipt():
            return (ev.ReceiptSigned(signer=command.signer or who.person),)
        case cmd.Accept():
            number = numbers.take("acceptance", who.body, stamp(at))
            direct = transfer is None
            return (
                ev.Accepted(
                    number=number, body=who.body, handler=command.handler or who.person,
                    contact_number=command.contact_number, direct=direct,
                ),
            )  # fmt: skip
        case cmd.IssuePaper() | cmd.PrintPaper() | cmd.VoidPaper() | cmd.SealPaper():
            return (decide_paper(case, command, rules, who, at, numbers),)
        case cmd.HandOver():
            return (_handed_over(command, rules, who, at),)
        case _:
            return _simple(case, command, who) or decide_handling(case, matter, command, rules, who, at)


def _simple(case: Case, command: cmd.Command, who: Actor) -> tuple[ev.Event, ...]:
    match command:
        case cmd.Inform():
            if not command.reached and not command.impossible:
                raise RuleBroken("reason_missing", field="impossible")
            return (
                ev.Informed(
                    to=command.to, what=command.what, method=command.method, reached=command.reached,
                    impossible=command.impossible,
                ),
            )  # fmt: skip
        case cmd.ReportUrgent():
            return (ev.UrgentReported(to_person=command.to_person, method=command.method, words=command.words),)
        case cmd.WriteNote():
            return (ev.NoteWritten(text=command.text),)
        case cmd.StrikeNote():
            return (ev.NoteStruck(note=command.note, reason=command.reason),)
        case cmd.ReceiveCharge():
            return (ev.ChargeReceived(batch=command.batch),)
        case cmd.Attach():
            _file_fits(case, command)
            fields = msgspec.structs.asdict(command)
            return (ev.Attached(**{name: fields[name] for name in ev.Attached.__struct_fields__}),)
        case cmd.TakeOver():
            return (ev.TakenOver(body=who.body, handler=command.handler or who.person),)
        case cmd.Arrive():
            return (ev.Arrived(officers=command.officers, set_out_at=command.set_out_at),)
        case cmd.Void():
            return (ev.Ended(outcome=command.outcome, reason=command.reason, approver=command.approver),)
        case cmd.Inquire():
            return (ev.Inquired(count=case.inquiries + 1),)
        case cmd.Countersign():
            _approval_known(case, command.approval, who.body)
            return (ev.Countersigned(approval=command.approval, scan=command.scan),)
        case cmd.ConfirmProxy():
            _approval_known(case, command.approval, who.body)
            return (ev.ProxyConfirmed(approval=command.approval, agrees=command.agrees, remark=command.remark),)
        case cmd.Reveal():
            return (ev.Revealed(reason=command.reason),)
        case cmd.TakeOut():
            return (ev.TakenOut(what=command.what, about=command.about),)
        case _:
            return ()


def _file_fits(case: Case, command: cmd.Attach) -> None:
    if command.what == RECEIPT and command.paper:
        if not any(t.slip_no == command.paper for t in case.transfers):
            raise RuleBroken("paper_unknown", field="paper", value=command.paper)
    elif command.paper:
        known_paper(case, "", command.paper)
    if command.about and not any(v.act_id == command.about for v in case.handling.visits):
        raise RuleBroken("visit_unknown", field="about", value=command.about)
    if command.size == 0:
        raise RuleBroken("attachment_empty", field="name", name=command.name)
    if command.size > LARGEST:
        raise RuleBroken(
            "file_too_large",
            field="size",
            name=command.name,
            megabytes=-(-command.size // 2**20),
            most=LARGEST // 2**20,
        )


def _handed_over(command: cmd.HandOver, rules: Rules, who: Actor, at: datetime) -> ev.HandedOver:
    if not rules.works_at(command.to, who.body):
        raise RuleBroken("not_a_colleague", field="to", value=command.to)
    if command.to == command.before:
        raise RuleBroken("same_charge", field="to", value=command.to)
    if command.until:
        try:
            day = date.fromisoformat(command.until)
        except ValueError:
            raise RuleBroken("day_unknown", field="until", value=command.until) from None
        if day < at.date():
            raise RuleBroken("date_not_ahead", field="until", value=command.until)
    return ev.HandedOver(
        to=command.to, reason=command.reason, before=command.before, batch=command.batch, until=command.until
    )


def _complete(case: Case, command: cmd.Complete, rules: Rules) -> ev.Completed:
    given = {k: v for k, v in msgspec.structs.asdict(command).items() if v is not None}
    items = {name: given.get(name, _item(case, name)) for name in REGISTRATION_ITEMS}
    open_fields = ("object", "place", "town", "headcount", "external_no", "confidential")
    changes = {k: given[k] for k in open_fields if k in given}
    return ev.Completed(changes=changes, facts=rules.checked_facts(command.facts), missing=rules.missing(items))


def _item(case: Case, name: str) -> str:
    return str(getattr(case, name)) if name in {"object", "place"} else case.personal.get(name, "")


def _propose(case: Case, command: cmd.ProposeTransfer, lead: Lead, rules: Rules) -> ev.TransferProposed:
    to = tuple(dict.fromkeys(command.to)) or lead.addressees
    for body in to:
        if not rules.known_body(body):
            raise RuleBroken("unknown_body", field="to", value=body)
    if case.first_receiver in to:
        raise RuleBroken("transfer_to_self", field="to", body=case.first_receiver)
    reasoned = bool(command.reason.strip())
    accused = [body for body in to if body in rules.named_bodies(case.object)]
    if accused and not reasoned:
        raise RuleBroken("about_addressee", field="reason", body=accused[0])
    if to != lead.addressees and not reasoned:
        raise RuleBroken("reason_missing", field="reason", row=lead.row)
    return ev.TransferProposed(to=to, reason=command.reason, attachments=tuple(command.attachments))


def _send(
    case: Case, command: cmd.SendTransfer, transfer: Transfer | None, lead: Lead, rules: Rules, at: datetime,
    numbers: Numbers,
) -> tuple[ev.Event, ...]:  # fmt: skip
    """Return a sent transfer; one made by word of mouth is proposed and sent in the same breath."""
    _in_order(at, transfer.proposed_at if transfer and not transfer.approval else None)
    first: tuple[ev.Event, ...] = ()
    if transfer is None:
        to = (command.to,) if command.to else lead.addressees
        if not all(rules.known_body(body) for body in to):
            raise RuleBroken("unknown_body", field="to", value=to[0])
        if case.first_receiver in to:
            raise RuleBroken("transfer_to_self", field="to", body=case.first_receiver)
        first = (ev.TransferProposed(to=to, reason=command.attempts),)
    sent = ev.TransferSent(
        slip_no=numbers.take("slip", case.first_receiver, stamp(at)), method=command.method,
        to_number=command.to_number, to_person=command.to_person, attempts=command.attempts,
    )  # fmt: skip
    return (*first, sent)


def _approve(command: cmd.Approve, rules: Rules, who: Actor) -> ev.TransferApproved:
    leader = command.leader or (command.proxy.person if command.proxy else who.person)
    on_screen = command.road in {"own_desk", "switched"}
    if on_screen and (command.proxy is not None or not rules.is_leader(who.person, who.body)):
        raise RuleBroken("not_leader", person=who.person, road=command.road)
    if not on_screen:
        if not rules.is_leader(leader, who.body):
            raise RuleBroken("not_leader", field="leader", person=leader, road=command.road)
        needed = ("words",) if command.road == "telephone" else ("scan",)
        for name in needed:
            if not getattr(command, name).strip():
                raise RuleBroken("field_missing", field=name, action="approve")
    return ev.TransferApproved(
        road=command.road, leader=who.person if on_screen else leader, number=command.number, words=command.words,
        scan=command.scan, countersign_due=command.road == "telephone",
    )  # fmt: skip


def _approval_known(case: Case, act_id: str, body: str) -> None:
    replies = any(r.approval == act_id and r.body == body for r in case.handling.replies)
    if not replies and not any(t.approval and t.approval.act_id == act_id for t in case.transfers):
        raise RuleBroken("approval_unknown", field="approval", value=act_id)


def _known(transfer: Transfer | None) -> Transfer:
    if transfer is None:
        raise RuleBroken("no_transfer")
    return transfer


def _in_order(at: datetime, earlier: str | None) -> None:
    if earlier and at < china(earlier):
        raise RuleBroken("time_before_previous", field="happened_at", value=stamp(at), previous=earlier)
