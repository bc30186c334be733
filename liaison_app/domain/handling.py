"""Records of handling on a case, each with its own life, and how events move them. Pure."""

from typing import Any, Final

import msgspec

from liaison_app.domain import handling_events as he
from liaison_app.domain.event_base import Event


class Objection(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """移送异议 with its answer."""

    act_id: str
    matter: int
    body: str
    reasons: str
    proposed: str
    at: str
    answer: str = ""


class Dispute(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """争议: who raised it, of which kind, how it was decided."""

    act_id: str
    matter: int
    kind: str
    body: str
    reasons: str
    proposed: str
    at: str
    decided_at: str | None = None
    decided_by: str = ""
    decision: str = ""


class Assistance(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """协助: what a body was asked, until when, what it answered."""

    act_id: str
    matter: int
    body: str
    what: str
    form: str
    at: str
    until: str | None = None
    extended_to: str | None = None
    given_at: str | None = None
    opinion: str = ""


class Visit(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """现场调查."""

    act_id: str
    matter: int
    body: str
    at: str
    findings: str
    verified: bool
    arrived_at: str | None


class Reply(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """回复: submitted, approved (of exactly one text), sent; never changed after."""

    id: str
    matter: int
    body: str
    kind: str
    state: str
    sha256: str
    submitted_by: str = ""
    at: str = ""
    leader: str = ""
    road: str = ""
    approval: str = ""
    """The act by which it was approved; entered by whom, and when; 补签 and 属实 follow (OFFICE A1)."""
    entered_by: str = ""
    approved_at: str = ""
    countersign_due: bool = False
    scanned_at: str | None = None
    verdict: bool | None = None
    sent_at: str | None = None
    method: str = ""
    document_no: str = ""
    solved: bool = False
    promised: str | None = None


class Visited(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """回访: one attempt with its three aspects."""

    act_id: str
    matter: int
    body: str
    at: str
    reached: bool
    staff: str
    site: str
    result: str
    reason: str
    last_attempt: bool


class Order(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """催办, 督办 or 挂牌督办 with its limit."""

    act_id: str
    matter: int
    kind: str
    body: str
    at: str
    until: str | None
    lifted_at: str | None = None


class Stretch(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A stretch in which a clock stood still."""

    rule: str
    start: str
    end: str | None
    reason: str


class Handling(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Everything of handling on a case. Marks, steps and moments are kept per matter as ``n/name``."""

    objections: tuple[Objection, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    assistances: tuple[Assistance, ...] = ()
    visits: tuple[Visit, ...] = ()
    replies: tuple[Reply, ...] = ()
    revisits: tuple[Visited, ...] = ()
    orders: tuple[Order, ...] = ()
    pauses: tuple[tuple[int, Stretch], ...] = ()
    asked: dict[str, str] = {}
    extended: dict[str, str] = {}
    marks: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    moments: dict[str, str] = {}
    counts: dict[str, int] = {}
    rating: dict[str, str] = {}
    designee: dict[str, str] = {}
    outcome: str = ""
    merged_into: str = ""
    merged_number: str = ""
    joined: dict[str, str] = {}
    """Cases merged into this one, by id with their numbers: each stands here once, however often it came."""

    def of(self, what: str, matter: int) -> tuple[Any, ...]:
        """Return the records of a kind that belong to a matter."""
        return tuple(r for r in getattr(self, what) if r.matter == matter)

    def reply(self, matter: int, ref: str = "", body: str = "") -> Reply | None:
        """Return a reply by id, or the newest of a matter (and body)."""
        mine = [r for r in self.of("replies", matter) if not body or r.body == body]
        return next((r for r in mine if r.id == ref), None) if ref else (mine[-1] if mine else None)

    def moment(self, matter: int, name: str) -> str | None:
        """Return when something last happened in a matter."""
        return self.moments.get(f"{matter}/{name}")


NOTHING_YET: Final = Handling()
"""The records of a case of which nothing was handled: every fresh case shares them."""
RESET_BY_RETURN = (
    "replied",
    "answered",
    "fed-back",
    "revisited",
    "solved",
    "investigated",
    "written-reply",
    "evaluated",
)
"""Moments and marks that a return to handling takes back: the work begins again (M1-FUP-03)."""


def evolve(handling: Handling, event: Event, n: int, *, act_id: str, body: str, person: str, at: str) -> Handling:
    """Return the records after one more event of a matter; an event that is none of handling changes nothing."""
    change = msgspec.structs.replace
    common: dict[str, Any] = {"act_id": act_id, "matter": n, "body": body, "at": at}

    def when(*names: str, **changes: Any) -> Handling:
        moments = {**handling.moments, **{f"{n}/{name}": at for name in names}}
        return change(handling, moments=moments, **changes)

    match event:
        case he.Objected():
            new = Objection(reasons=event.reasons, proposed=event.proposed, **common)
            return when("objected", objections=(*handling.objections, new))
        case he.TransferKept():
            return change(handling, objections=_answered(handling.objections, n, "kept"))
        case he.Disputed():
            raised = Dispute(kind=event.kind, reasons=event.reasons, proposed=event.proposed, **common)
            objections = (
                _answered(handling.objections, n, "raised") if event.kind == "transfer" else handling.objections
            )
            return when(
                "disputed", f"disputed/{event.kind}", disputes=(*handling.disputes, raised), objections=objections
            )
        case he.Designated() | he.Ruled():
            decision = event.body if isinstance(event, he.Designated) else event.decision
            name = "designated" if isinstance(event, he.Designated) else "ruled"
            disputes = _decided(handling.disputes, n, decision, body, at)
            designee = {**handling.designee, str(n): decision} if name == "designated" else handling.designee
            return when(name, disputes=disputes, designee=designee)
        case he.AssistanceAsked():
            fields: dict[str, Any] = {"what": event.what, "form": event.form, "until": event.until}
            asked = Assistance(act_id=act_id, matter=n, body=event.body, at=at, **fields)
            return when("assist-asked", f"assist-asked/{event.form}", assistances=(*handling.assistances, asked))
        case he.AssistanceGiven():
            return when("assist-given", assistances=_given(handling.assistances, n, body, event, at))
        case he.Investigated():
            visit = Visit(
                findings=event.findings, verified=event.verified, arrived_at=event.arrived_at, **common
            )  # fmt: skip
            names = ["investigated", *(["verified"] if event.verified else []), *(["stopped"] if event.stopped else [])]
            done = when(*names, visits=(*handling.visits, visit))
            ended = event.ended_at or at
            return change(done, moments={**done.moments, f"{n}/investigated": ended})
        case he.ReplySubmitted() | he.ReplyApproved() | he.ReplyReturned() | he.ReplySent():
            return _reply(handling, event, n, act_id=act_id, body=body, person=person, at=at)
        case he.RepliedForNow():
            promised = {**handling.extended, f"{n}/promised": event.promised}
            return when("preliminary", extended=promised)
        case he.FedBack():
            return when("fed-back", rating={**handling.rating, str(n): event.rating})
        case he.Revisited():
            made = Visited(
                reached=event.reached, staff=event.staff, site=event.site, result=event.result, reason=event.reason,
                last_attempt=event.last_attempt, **common,
            )  # fmt: skip
            closing = ["revisited"] if event.reached or event.last_attempt else []
            return when(*closing, revisits=(*handling.revisits, made))
        case he.SentBack():
            again = {f"{n}/{name}" for name in RESET_BY_RETURN}
            kept = {k: v for k, v in handling.moments.items() if k not in again}
            counts = {**handling.counts, f"{n}/redo": handling.counts.get(f"{n}/redo", 0) + 1}
            pledges = {k: v for k, v in handling.extended.items() if k != f"{n}/promised"}
            return change(handling, moments={**kept, f"{n}/returned": at}, counts=counts, extended=pledges)
        case _:
            return _ordered(handling, event, n, act_id=act_id, body=body, at=at)


def _ordered(handling: Handling, event: Event, n: int, *, act_id: str, body: str, at: str) -> Handling:
    change = msgspec.structs.replace

    def when(name: str, **changes: Any) -> Handling:
        return change(handling, moments={**handling.moments, f"{n}/{name}": at}, **changes)

    match event:
        case he.Urged() | he.Supervised() | he.Listed():
            kind = {he.Urged: "urging", he.Supervised: "supervision", he.Listed: "listing"}[type(event)]
            order = Order(act_id=act_id, matter=n, kind=kind, body=body, at=at, until=event.until)
            name = {"urging": "urged", "supervision": "supervised", "listing": "listed"}[kind]
            extended = handling.extended
            if kind == "listing" and event.until:
                extended = {**extended, f"{n}/listed": event.until}
            return when(name, orders=(*handling.orders, order), extended=extended)
        case he.Unlisted():
            orders = tuple(
                change(o, lifted_at=at) if o.matter == n and o.kind == "listing" and not o.lifted_at else o
                for o in handling.orders
            )
            return when("delisted", orders=orders)
        case he.Closed():
            return when("closed", outcome=event.outcome)
        case he.Merged():
            return when("merged", merged_into=event.into, merged_number=event.number or event.into)
        case he.Unmerged():
            return when("unmerged", merged_into="", merged_number="")
        case he.Joined():
            return when("joined", joined={**handling.joined, event.case: event.number})
        case he.Parted():
            return change(handling, joined={k: v for k, v in handling.joined.items() if k != event.case})
        case he.ClockPaused():
            stretch = Stretch(rule=event.rule, start=at, end=None, reason=event.reason)
            return change(handling, pauses=(*handling.pauses, (n, stretch)))
        case he.ClockResumed():
            pauses = tuple(
                (m, change(s, end=at)) if m == n and s.rule == event.rule and s.end is None else (m, s)
                for m, s in handling.pauses
            )
            return change(handling, pauses=pauses)
        case he.ExtensionAsked():
            return change(handling, asked={**handling.asked, f"{n}/{event.rule}": event.until})
        case he.ExtensionGranted():
            asked = {k: v for k, v in handling.asked.items() if k != f"{n}/{event.rule}"}
            return change(handling, extended={**handling.extended, f"{n}/{event.rule}": event.until}, asked=asked)
        case he.Marked():
            return change(handling, marks=handling.marks | {f"{n}/{m}" for m in event.marks})
        case he.AlarmAnswered():
            return when(f"alarm-answered/{event.what}/{body}")
        case he.Unmarked():
            return change(handling, marks=handling.marks - {f"{n}/{m}" for m in event.marks})
        case he.Stepped():
            return when(event.step, steps=handling.steps | {f"{n}/{event.step}"})
        case he.CaseFiled() | he.LetterSent() | he.Evaluated() | he.Archived() | he.Published():
            return when(str(type(event).__struct_config__.tag))
        case _:
            return handling


def _answered(objections: tuple[Objection, ...], n: int, answer: str) -> tuple[Objection, ...]:
    return tuple(msgspec.structs.replace(o, answer=answer) if o.matter == n and not o.answer else o for o in objections)


def _decided(disputes: tuple[Dispute, ...], n: int, decision: str, body: str, at: str) -> tuple[Dispute, ...]:
    return tuple(
        msgspec.structs.replace(d, decided_at=at, decided_by=body, decision=decision)
        if d.matter == n and d.decided_at is None and d.kind != "satisfaction"
        else d
        for d in disputes
    )


def _given(
    assistances: tuple[Assistance, ...], n: int, body: str, event: he.AssistanceGiven, at: str
) -> tuple[Assistance, ...]:
    def answered(one: Assistance) -> Assistance:
        if one.matter != n or one.body != body or one.given_at:
            return one
        if event.extended_to:
            return msgspec.structs.replace(one, until=event.extended_to, extended_to=event.extended_to)
        return msgspec.structs.replace(one, given_at=at, opinion=event.opinion)

    return tuple(answered(one) for one in assistances)


SENT_NAMES = {
    "written": "written-reply",
    "preliminary": "preliminary",
    "formal": "answered",
    "explanation": "explained",
}


def _reply(handling: Handling, event: Event, n: int, *, act_id: str, body: str, person: str, at: str) -> Handling:
    change = msgspec.structs.replace
    assert isinstance(event, he.ReplySubmitted | he.ReplyApproved | he.ReplyReturned | he.ReplySent)
    known = handling.reply(n, event.reply)
    moments, extended = handling.moments, handling.extended
    if isinstance(event, he.ReplySubmitted):
        fresh = Reply(
            id=event.reply, matter=n, body=body, kind=event.kind, state="submitted", sha256=event.sha256,
            submitted_by=person, at=at,
        )  # fmt: skip
        others = tuple(r for r in handling.replies if r.id != event.reply)
        return change(handling, replies=(*others, fresh))
    if known is None:
        return handling
    if isinstance(event, he.ReplyApproved):
        changed = change(
            known, state="approved", leader=event.leader, road=event.road, approval=act_id, entered_by=person,
            approved_at=at, countersign_due=event.countersign_due,
        )  # fmt: skip
    elif isinstance(event, he.ReplyReturned):
        changed = change(known, state="returned")
    else:
        changed = change(
            known, state="sent", sent_at=at, method=event.method, document_no=event.document_no, solved=event.solved,
            promised=event.promised,
        )  # fmt: skip
        names = [SENT_NAMES.get(event.kind, "answered"), *(["solved"] if event.solved else [])]
        moments = {**moments, **{f"{n}/{name}": at for name in names}}
        if event.promised:
            extended = {**extended, f"{n}/promised": event.promised}
    replies = tuple(changed if r is known else r for r in handling.replies)
    return change(handling, replies=replies, moments=moments, extended=extended)


def _unconfirmed(reply: Reply) -> bool:
    """Whether an approval was entered in another's name who has not said yet that it was his word (属实)."""
    return bool(reply.approval) and reply.entered_by != reply.leader and reply.verdict is None


def confirmed(handling: Handling, approval: str, **changes: Any) -> Handling:
    """Return the records after the paper of a telephone approval came, or the leader said that it was his word."""
    replies = tuple(
        msgspec.structs.replace(r, **changes) if r.approval and r.approval == approval else r for r in handling.replies
    )
    return msgspec.structs.replace(handling, replies=replies) if replies != handling.replies else handling


def flags_of(handling: Handling, n: int, body: str) -> frozenset[str]:
    """Return the flags of handling that guards may require or forbid, as one body sees the matter."""
    if handling is NOTHING_YET:
        return frozenset()
    reply = handling.reply(n, body=body)
    visited = handling.of("revisits", n)
    answered = [v for v in visited if v.reached]
    disputes = handling.of("disputes", n)
    listed = [o for o in handling.of("orders", n) if o.kind == "listing" and not o.lifted_at]
    waiting = [a for a in handling.of("assistances", n) if not a.given_at]
    moment = handling.moment
    last = answered[-1].result if answered else ""
    pairs = {
        "objection_open": any(not o.answer for o in handling.of("objections", n)),
        "objected": bool(handling.of("objections", n)),
        "dispute_open": any(d.decided_at is None and d.kind != "satisfaction" for d in disputes),
        "satisfaction_disputed": any(d.kind == "satisfaction" for d in disputes) and not moment(n, "evaluated"),
        "law_dispute": any(d.decided_at is None and d.kind == "law" for d in disputes),
        "designated": bool(moment(n, "designated")),
        "designated_here": bool(body) and handling.designee.get(str(n)) == body,
        "assistance_open": bool(waiting),
        "register_asked": bool(moment(n, "assist-asked/register")),
        "assistance_mine": any(a.body == body for a in waiting),
        "appraisal_mine": any(a.body == body and a.form == "appraisal" for a in waiting),
        "investigated": bool(moment(n, "investigated")),
        "verified": bool(moment(n, "verified")),
        "filed": bool(moment(n, "filed")),
        "letter_sent": bool(moment(n, "letter-sent")),
        "reply_submitted": bool(reply and reply.state == "submitted"),
        "reply_unsigned": any(r.countersign_due for r in handling.replies),
        "reply_unconfirmed": any(_unconfirmed(r) for r in handling.replies),
        "reply_approved": bool(reply and reply.state == "approved"),
        "reply_returned": bool(reply and reply.state == "returned"),
        "reply_open": bool(reply and reply.state in {"submitted", "approved"}),
        "preliminary": bool(moment(n, "preliminary")),
        "written": bool(moment(n, "written-reply")),
        "answered": bool(moment(n, "answered")),
        "solved": bool(moment(n, "solved")),
        "fed_back": bool(moment(n, "fed-back")),
        "revisited": bool(moment(n, "revisited")),
        "unreachable": bool(visited) and visited[-1].last_attempt and not answered,
        "dissatisfied": last == "dissatisfied",
        "evaluated": bool(moment(n, "evaluated")),
        "returned": bool(moment(n, "returned")),
        "returned_thrice": handling.counts.get(f"{n}/redo", 0) >= 3,
        "urged": bool(moment(n, "urged")),
        "supervised": bool(moment(n, "supervised")),
        "listed": bool(listed),
        "closed": bool(moment(n, "closed")),
        "archived": bool(moment(n, "archived")),
        "published": bool(moment(n, "published")),
        "merged": bool(handling.merged_into),
        "holds_merged": bool(handling.joined),
        "paused": any(m == n and s.end is None for m, s in handling.pauses),
        "extension_asked": any(k.startswith(f"{n}/") for k in handling.asked),
    }
    marks = {m.partition("/")[2] for m in handling.marks if m.startswith(f"{n}/")}
    marks |= {k.partition("/")[2].replace("-", "_") for k in handling.steps if k.startswith(f"{n}/")}
    return frozenset(name for name, holds in pairs.items() if holds) | marks
