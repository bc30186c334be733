"""The state of a case, and how each event moves it (evolve). Pure: the same entries give the same case."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.events import Stamped
from liaison_app.domain.handling import NOTHING_YET, Handling, confirmed
from liaison_app.domain.handling import evolve as evolve_handling
from liaison_app.domain.paper_code import RECEIPT


class Actor(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who acts: person, body, roles of the roster, posts that the body holds."""

    person: str
    body: str
    roles: frozenset[str] = frozenset()
    device: str = ""


class Happened(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A stamped event with the circumstances of its act."""

    stamped: Stamped
    act_id: str
    entry_id: str
    person: str
    body: str
    happened_at: str
    recorded_at: str
    personal: dict[str, Any] = {}

    @property
    def acting(self) -> str:
        """The body whose act it is: the one acted for where it was entered 代录."""
        return self.stamped.proxy_body or self.body


class Approval(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Approval of a transfer: road, leader, who entered it; 补签 and 属实 follow."""

    act_id: str
    road: str
    leader: str
    entered_by: str
    at: str
    countersign_due: bool
    scan: str = ""
    scanned_at: str | None = None
    verdict: bool | None = None


class Delivery(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """送达: one addressee's copy of a slip, confirmed (M1-TRF-03) and signed for (签收)."""

    body: str
    delivered_at: str | None = None
    confirmed_by: str = ""
    evidence: str = ""
    contact_person: str = ""
    contact_number: str = ""
    signed_by: str = ""
    signed_at: str | None = None

    @property
    def received_at(self) -> str | None:
        """When the addressee had it: confirmed, or signed for where nothing else was recorded."""
        return self.delivered_at or self.signed_at


class Acceptance(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """受理: a body took a matter under a number of its own; ``direct`` without a transfer before."""

    body: str
    number: str
    at: str
    handler: str
    contact_number: str = ""
    direct: bool = False


PAST: Final = ("withdrawn", "replaced")


class Transfer(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """移送: a record with its own life (proposed, approved, sent, then delivered and signed at each addressee).

    A matter has one transfer at a time: ``withdrawn`` ended before it was sent, ``replaced`` after.
    """

    id: str
    matter: int
    from_body: str
    to: tuple[str, ...]
    reason: str
    proposer: str
    proposed_at: str
    state: str = "proposed"
    approval: Approval | None = None
    slip_no: str = ""
    method: str = ""
    to_number: str = ""
    attempts: str = ""
    sent_by: str = ""
    sent_at: str | None = None
    deliveries: tuple[Delivery, ...] = ()
    attachments: tuple[str, ...] = ()
    receipt: str = ""
    """The act that attached its signed receipt 回执."""

    def delivery(self, body: str = "") -> Delivery:
        """Return how far an addressee's copy is; the leading addressee's when no body is named."""
        wanted = body or self.to[0]
        return next((d for d in self.deliveries if d.body == wanted), Delivery(body=wanted))


class Matter(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """事项: one pollutant of the case with its own facts, state and clocks (M1-OVL-06)."""

    n: int
    facts: dict[str, Any]
    state: str
    acceptances: tuple[Acceptance, ...] = ()
    taken_over_at: str | None = None
    set_out_at: str | None = None
    arrived_at: str | None = None

    @property
    def accepted_at(self) -> str | None:
        """When the lead accepted, None before."""
        return self.acceptances[0].at if self.acceptances else None

    @property
    def accepted_by(self) -> str:
        """The body that leads since it accepted, '' before."""
        return self.acceptances[0].body if self.acceptances else ""

    def acceptance(self, body: str) -> Acceptance | None:
        """Return a body's acceptance."""
        return next((a for a in self.acceptances if a.body == body), None)


class Notice(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """告知: who was told what, when, by which body."""

    act_id: str
    matter: int
    body: str
    to: str
    what: str
    method: str
    at: str
    reached: bool
    impossible: str


class Issued(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """文书: a paper that got its number or went out, about one act (``of``); ``scan`` is the sealed one that came back."""

    kind: str
    number: str
    of: str
    body: str
    at: str
    printed: int = 0
    sealed: bool = False
    voided: str = ""
    scan: str = ""


class Case(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A complaint as folded from its entries."""

    id: str
    number: str
    mechanism: str
    first_receiver: str
    channel: str
    received_at: str
    registered_at: str
    registered_by: str
    object: str
    place: str
    town: str
    headcount: int | None
    external_no: str
    confidential: str
    missing: tuple[str, ...]
    repeat_of: str
    source_key: str
    matters: tuple[Matter, ...]
    transfers: tuple[Transfer, ...] = ()
    notices: tuple[Notice, ...] = ()
    reported_at: str | None = None
    ended: str = ""
    inquiries: int = 0
    papers: tuple[Issued, ...] = ()
    handling: Handling = NOTHING_YET
    done: dict[str, tuple[str, ...]] = {}
    personal: dict[str, str] = {}
    changed_at: str = ""
    version: int = 0
    old_number: str = ""
    """旧号: the number it had on the desk alone from which it was brought in."""
    moves: tuple[tuple[str, str], ...] = ()
    """Earlier versions of the profile that it went by, each with the moment until which it did."""

    def matter(self, n: int) -> Matter | None:
        """Return matter ``n`` or None."""
        return next((m for m in self.matters if m.n == n), None)

    def transfer(self, matter: int) -> Transfer | None:
        """Return the transfer of a matter that stands: neither withdrawn nor replaced."""
        return next((t for t in reversed(self.transfers) if t.matter == matter and t.state not in PAST), None)

    def paper(self, kind: str, of: str) -> Issued | None:
        """Return the paper of a kind about an act that stands: not voided."""
        return next((p for p in reversed(self.papers) if (p.kind, p.of) == (kind, of) and not p.voided), None)

    def bodies(self) -> frozenset[str]:
        """Return every body on the case: first receiver, addressees once sent, acceptors."""
        sent = {b for t in self.transfers if t.sent_at for b in t.to}
        return frozenset({self.first_receiver} | sent | {a.body for m in self.matters for a in m.acceptances})

    def accepted_together(self) -> bool:
        """Whether every matter was accepted."""
        return all(m.accepted_at for m in self.matters)


class Standing(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The records of a case that was brought in, as they stood on the desk alone."""

    matters: tuple[Matter, ...]
    transfers: tuple[Transfer, ...] = ()
    notices: tuple[Notice, ...] = ()
    reported_at: str | None = None
    ended: str = ""
    inquiries: int = 0
    handling: Handling = NOTHING_YET


def standing_of(case: Case) -> dict[str, Any]:
    """Return the records of a case as plain data."""
    kept = {name: getattr(case, name) for name in Standing.__struct_fields__}
    plain: dict[str, Any] = msgspec.to_builtins(Standing(**kept), order="deterministic")
    return plain


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
