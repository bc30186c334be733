"""How each event moves the state of a case (evolve). Pure: the same entries give the same case."""

from collections.abc import Iterable
from typing import Any

import msgspec

from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Acceptance, Approval, Case, Happened, Issued, Matter, Notice, Standing, Transfer
from liaison_app.domain.handling import confirmed
from liaison_app.domain.handling import evolve as evolve_handling
from liaison_app.domain.paper_code import RECEIPT


def evolve(case: Case | None, happened: Happened) -> Case:
    """Return the case after one more event. The first event of a stream must be ``Registered``."""
    moved = _moved(case, happened)
    if case is None or isinstance(happened.stamped.event, ev.Registered):
        return moved
    kind = ev.kind_of(happened.stamped.event)
    done = {**case.done, kind: (*case.done.get(kind, ()), happened.person)}
    return msgspec.structs.replace(moved, done=done, changed_at=happened.recorded_at, version=case.version + 1)


def _moved(case: Case | None, happened: Happened) -> Case:
    """Return the case after one more event, but for who did what, its version and when it changed."""
    event, stamped = happened.stamped.event, happened.stamped
    if isinstance(event, ev.BroughtIn):
        return _brought_in(event, happened)
    if isinstance(event, ev.Registered):
        return _registered(event, happened)
    if case is None:
        raise ValueError("a case begins with its registration")
    change = msgspec.structs.replace
    n = stamped.matter
    at = happened.happened_at
    match event:
        case ev.StateChanged():
            return _matter(case, event.matter, state=event.to)
        case ev.VersionMoved():
            return change(case, mechanism=event.to, moves=(*case.moves, (happened.recorded_at, case.mechanism)))
        case ev.Completed():
            return _completed(case, event, happened)
        case ev.TransferProposed():
            new = Transfer(
                id=happened.act_id, matter=n, from_body=happened.body, to=event.to, reason=event.reason,
                proposer=happened.person, proposed_at=at, attachments=event.attachments,
            )  # fmt: skip
            personal = {**case.personal, "remark": str(happened.personal.get("remark", ""))}
            return change(case, transfers=(*_past(case, n), new), personal=personal)
        case ev.ProposalWithdrawn():
            return _transfer(case, n, state="withdrawn")
        case ev.TransferApproved():
            approval = Approval(
                act_id=happened.act_id, road=event.road, leader=event.leader, entered_by=happened.person, at=at,
                countersign_due=event.countersign_due, scan=event.scan,
            )  # fmt: skip
            return _transfer(case, n, approval=approval, state="approved")
        case ev.TransferSent():
            return _transfer(
                case, n, state="sent", slip_no=event.slip_no, method=event.method, to_number=event.to_number,
                attempts=event.attempts, sent_at=at, sent_by=happened.person,
            )  # fmt: skip
        case ev.DeliveryConfirmed():
            fields = ("confirmed_by", "evidence", "contact_person", "contact_number")
            told = {name: getattr(event, name) for name in fields}
            return _delivery(case, n, event.body, delivered_at=at, **told)
        case ev.ReceiptSigned():
            return _delivery(case, n, happened.acting, signed_by=event.signer, signed_at=at)
        case ev.Accepted():
            return _accepted(case, n, event, at)
        case ev.Informed():
            notice = Notice(
                act_id=happened.act_id, matter=n, body=happened.acting, to=event.to, what=event.what,
                method=event.method, at=at, reached=event.reached, impossible=event.impossible,
            )  # fmt: skip
            return change(case, notices=(*case.notices, notice))
        case ev.UrgentReported():
            return change(case, reported_at=at)
        case ev.TakenOver():
            return _matter(case, n, taken_over_at=at)
        case ev.Arrived():
            return _matter(case, n, set_out_at=event.set_out_at or at, arrived_at=at)
        case ev.Ended():
            return change(case, ended=event.outcome)
        case ev.Inquired():
            return change(case, inquiries=event.count)
        case ev.Countersigned():
            handling = confirmed(case.handling, event.approval, countersign_due=False, scanned_at=at)
            case = change(case, handling=handling)
            return _approval(case, event.approval, countersign_due=False, scan=event.scan, scanned_at=at)
        case ev.ProxyConfirmed():
            case = change(case, handling=confirmed(case.handling, event.approval, verdict=event.agrees))
            return _approval(case, event.approval, verdict=event.agrees)
        case ev.Attached() if event.what == RECEIPT and event.paper:
            filed = tuple(change(t, receipt=happened.act_id) if t.slip_no == event.paper else t for t in case.transfers)
            return change(case, transfers=filed)
        case ev.PaperIssued() | ev.PaperPrinted() | ev.PaperVoided() | ev.PaperSealed() | ev.Attached():
            return change(case, papers=_papers(case, event, happened))
        case _:
            return _handled(case, event, n, happened)


def _papers(case: Case, event: ev.Event, happened: Happened) -> tuple[Issued, ...]:
    change = msgspec.structs.replace
    match event:
        case ev.PaperIssued() if (known := case.paper(event.kind, event.of)) is not None:
            return tuple(
                change(p, number=event.number or p.number, body=happened.acting) if p is known else p
                for p in case.papers
            )
        case ev.PaperIssued():
            fresh = Issued(
                kind=event.kind, number=event.number, of=event.of, body=happened.acting, at=happened.happened_at
            )
            return (*case.papers, fresh)
        case ev.PaperPrinted():
            known = case.paper(event.kind, event.of)
            if known is None:
                known = Issued(
                    kind=event.kind, number=event.number, of=event.of, body=happened.acting, at=happened.happened_at
                )
                return (*case.papers, change(known, printed=event.times))
            return tuple(change(p, printed=event.times) if p is known else p for p in case.papers)
        case ev.PaperVoided():
            return tuple(
                change(p, voided=event.reason) if (p.kind, p.number) == (event.kind, event.number) else p
                for p in case.papers
            )
        case ev.PaperSealed():
            return tuple(
                change(p, sealed=True) if (p.kind, p.number) == (event.kind, event.number) else p for p in case.papers
            )
        case ev.Attached() if event.paper:
            return tuple(change(p, scan=happened.act_id) if p.number == event.paper else p for p in case.papers)
    return case.papers


def _handled(case: Case, event: ev.Event, n: int, happened: Happened) -> Case:
    moved = evolve_handling(
        case.handling, event, n, act_id=happened.act_id, body=happened.acting, person=happened.person,
        at=happened.happened_at,
    )  # fmt: skip
    if moved is not case.handling:
        case = msgspec.structs.replace(case, handling=moved)
    if isinstance(event, he.Designated):
        return _designated(case, event, n, happened)
    if isinstance(event, he.SentBack):
        return _matter(case, n, taken_over_at=None, set_out_at=None, arrived_at=None)
    if isinstance(event, he.Reopened | he.Unmerged):
        return msgspec.structs.replace(case, ended="", transfers=_past(case, n, sent=False))
    return case


def _past(case: Case, n: int, *, sent: bool = True) -> tuple[Transfer, ...]:
    """Return the transfers of a case, with the one that stands in a matter ended (only if unsent, unless ``sent``)."""
    stands = case.transfer(n)
    if stands is None or (stands.sent_at and not sent):
        return case.transfers
    ended = msgspec.structs.replace(stands, state="replaced" if stands.sent_at else "withdrawn")
    return tuple(ended if t is stands else t for t in case.transfers)


def _designated(case: Case, event: he.Designated, n: int, happened: Happened) -> Case:
    """A designation of another body is an approved transfer to it; of the same body it leaves the first one standing;
    of the first receiver itself it ends the transfer that was disputed."""
    transfer = case.transfer(n)
    if transfer is not None and transfer.to[0] == event.body and transfer.sent_at:
        return case
    if event.body == case.first_receiver:
        return msgspec.structs.replace(case, transfers=_past(case, n))
    approval = Approval(
        act_id=happened.act_id, road="designation", leader=happened.person, entered_by=happened.person,
        at=happened.happened_at, countersign_due=False,
    )  # fmt: skip
    new = Transfer(
        id=happened.act_id, matter=n, from_body=case.first_receiver, to=(event.body,), reason=event.reasons,
        proposer=happened.person, proposed_at=happened.happened_at, state="approved", approval=approval,
    )  # fmt: skip
    return msgspec.structs.replace(case, transfers=(*_past(case, n), new))


def _delivery(case: Case, n: int, body: str, **changes: Any) -> Case:
    transfer = case.transfer(n)
    if transfer is None:
        return case
    changed = msgspec.structs.replace(transfer.delivery(body), **changes)
    others = tuple(d for d in transfer.deliveries if d.body != body)
    return _transfer(case, n, deliveries=(*others, changed), state="signed" if changed.signed_at else "delivered")


def _accepted(case: Case, n: int, event: ev.Accepted, at: str) -> Case:
    matter, transfer = case.matter(n), case.transfer(n)
    if matter is None:
        return case
    new = Acceptance(
        body=event.body, number=event.number, at=at, handler=event.handler, contact_number=event.contact_number,
        direct=event.direct,
    )  # fmt: skip
    leads = transfer is not None and transfer.to[0] == event.body
    return _matter(case, n, acceptances=(new, *matter.acceptances) if leads else (*matter.acceptances, new))


def fold(events: Iterable[Happened]) -> Case | None:
    """Return the case that a stream of events gives: :func:`evolve` for each, the account of who did what kept once."""
    case: Case | None = None
    done: dict[str, tuple[str, ...]] = {}
    version, changed_at = 0, ""
    for happened in events:
        case = _moved(case, happened)
        event = happened.stamped.event
        if isinstance(event, ev.Registered):
            done, version, changed_at = dict(case.done), case.version, case.changed_at
            continue
        kind = ev.kind_of(event)
        done[kind] = (*done.get(kind, ()), happened.person)
        version, changed_at = version + 1, happened.recorded_at
    return None if case is None else msgspec.structs.replace(case, done=done, version=version, changed_at=changed_at)


def _registered(event: ev.Registered, happened: Happened) -> Case:
    matters = tuple(Matter(n=i + 1, facts=dict(f), state="") for i, f in enumerate(event.issues))
    return Case(
        id=happened.act_id,
        number=event.number, mechanism=event.mechanism, first_receiver=event.first_receiver, channel=event.channel,
        received_at=event.received_at, registered_at=happened.happened_at, registered_by=happened.person,
        object=event.object, place=event.place, town=event.town, headcount=event.headcount,
        external_no=event.external_no, confidential=event.confidential, missing=event.missing,
        repeat_of=event.repeat_of, source_key=event.source_key, matters=matters,
        done={"registered": (happened.person,)}, changed_at=happened.recorded_at, version=1,
        personal={k: str(v) for k, v in happened.personal.items() if v},
    )  # fmt: skip


def _brought_in(event: ev.BroughtIn, happened: Happened) -> Case:
    stood = msgspec.convert(event.standing, Standing, strict=False)
    records = {name: getattr(stood, name) for name in Standing.__struct_fields__}
    records["matters"] = tuple(msgspec.structs.replace(m, state="") for m in stood.matters)
    return msgspec.structs.replace(
        _registered(event, happened), **records, registered_at=event.registered_at, registered_by=event.registered_by,
        old_number=event.old_number, done={ev.kind_of(event): (happened.person,)},
    )  # fmt: skip


def _completed(case: Case, event: ev.Completed, happened: Happened) -> Case:
    changes = {
        k: v
        for k, v in event.changes.items()
        if k in {"object", "place", "town", "headcount", "external_no", "confidential"}
    }
    personal = {**case.personal, **{k: str(v) for k, v in happened.personal.items() if v is not None}}
    case = msgspec.structs.replace(case, missing=event.missing, personal=personal, **changes)
    if not event.facts:
        return case
    matter = case.matter(happened.stamped.matter)
    return case if matter is None else _matter(case, matter.n, facts={**matter.facts, **event.facts})


def _matter(case: Case, n: int, **changes: Any) -> Case:
    matters = tuple(msgspec.structs.replace(m, **changes) if m.n == n else m for m in case.matters)
    return msgspec.structs.replace(case, matters=matters)


def _transfer(case: Case, matter: int, **changes: Any) -> Case:
    current = case.transfer(matter)
    transfers = tuple(msgspec.structs.replace(t, **changes) if t is current else t for t in case.transfers)
    return msgspec.structs.replace(case, transfers=transfers)


def _approval(case: Case, act_id: str, **changes: Any) -> Case:
    transfers = tuple(
        msgspec.structs.replace(t, approval=msgspec.structs.replace(t.approval, **changes))
        if t.approval is not None and t.approval.act_id == act_id
        else t
        for t in case.transfers
    )
    return msgspec.structs.replace(case, transfers=transfers)
