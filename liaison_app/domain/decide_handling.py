"""What the acts of handling give: the part of ``decide`` that begins after acceptance. Pure."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from liaison_app.domain import handling_commands as hc
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Actor, Case, Matter
from liaison_app.domain.command_base import Command
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.event_base import Event
from liaison_app.domain.handling import Reply
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.rules import Rules

SAME: dict[type[Command], type[Event]] = {
    hc.Object: he.Objected, hc.KeepTransfer: he.TransferKept, hc.RaiseDispute: he.Disputed, hc.Rule: he.Ruled,
    hc.FileCase: he.CaseFiled, hc.WriteToCity: he.LetterSent, hc.FeedBack: he.FedBack, hc.Redo: he.SentBack,
    hc.Evaluate: he.Evaluated, hc.Supervise: he.Supervised, hc.ListCase: he.Listed, hc.UnlistCase: he.Unlisted,
    hc.CloseCase: he.Closed, hc.Archive: he.Archived, hc.Publish: he.Published,
    hc.Unmerge: he.Unmerged, hc.Reopen: he.Reopened, hc.PauseClock: he.ClockPaused, hc.ResumeClock: he.ClockResumed,
    hc.MarkFacts: he.Marked, hc.Unmark: he.Unmarked, hc.AnswerAlarm: he.AlarmAnswered, hc.Designate: he.Designated, hc.AskAssistance: he.AssistanceAsked,
    hc.GiveAssistance: he.AssistanceGiven, hc.Investigate: he.Investigated, hc.ReplyForNow: he.RepliedForNow,
    hc.Revisit: he.Revisited, hc.AskExtension: he.ExtensionAsked, hc.Step: he.Stepped,
}  # fmt: skip
"""Commands whose event says the same in the past tense."""

TIMES = ("until", "extended_to", "set_out_at", "arrived_at", "ended_at", "promised", "limit")
BODIES = ("proposed", "lead", "body")


def text_hash(text: str) -> str:
    """Return the name of a version of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def decide_handling(
    case: Case, matter: Matter, command: Command, rules: Rules, who: Actor, at: datetime
) -> tuple[Event, ...]:
    """Return the events of an act of handling. Raise RuleBroken when its fields or the records forbid it."""
    special: dict[type[Command], Callable[..., tuple[Event, ...]]] = {
        hc.DraftReply: _draft, hc.SubmitReply: _submit, hc.ApproveReply: _approve, hc.ReturnReply: _return, hc.PassReply: _pass,
        hc.SendReply: _send, hc.GrantExtension: _grant, hc.Urge: _urge,
    }  # fmt: skip
    own = special.get(type(command))
    if own is not None:
        return own(case, matter, command, rules, who)
    kind = SAME.get(type(command))
    if kind is None:
        raise RuleBroken("action_unknown", action=str(type(command).__struct_config__.tag))
    _check(case, matter, command, rules, at)
    fields = _fields(command)
    return (kind(**{name: fields[name] for name in kind.__struct_fields__ if name in fields}),)


def _fields(command: Command) -> dict[str, Any]:
    fields = msgspec.structs.asdict(command)
    for name in TIMES:
        if fields.get(name):
            fields[name] = stamp(china(str(fields[name]), name))
    return {name: tuple(v) if isinstance(v, list) else v for name, v in fields.items()}


def _check(case: Case, matter: Matter, command: Command, rules: Rules, at: datetime) -> None:
    for name in BODIES:
        body = getattr(command, name, "")
        if body and not rules.known_body(body):
            raise RuleBroken("unknown_body", field=name, value=body)
    for name in ("until", "promised"):
        moment = getattr(command, name, None)
        if moment and china(moment, name) <= at:
            raise RuleBroken("date_not_ahead", field=name, value=moment)
    match command:
        case hc.Revisit():
            _check_revisit(command)
        case hc.Investigate():
            _check_visit(command, at)
        case hc.FeedBack() if not command.rating and not command.unrated.strip():
            raise RuleBroken("field_missing", field="rating", action="feedback")
        case hc.PauseClock() | hc.ResumeClock() | hc.AskExtension():
            if not rules.knows_clock(command.rule):
                raise RuleBroken("rule_unknown", field="rule", value=command.rule)
            open_ = any(n == matter.n and s.rule == command.rule and s.end is None for n, s in case.handling.pauses)
            if open_ == isinstance(command, hc.PauseClock) and not isinstance(command, hc.AskExtension):
                raise RuleBroken("clock_paused" if open_ else "clock_running", field="rule", value=command.rule)
        case hc.Unmark() if unset := [m for m in command.marks if f"{matter.n}/{m}" not in case.handling.marks]:
            raise RuleBroken("mark_not_set", field="marks", value=unset[0])
        case hc.CloseCase() if not rules.knows_outcome(command.outcome):
            raise RuleBroken("field_value", field="outcome", value=command.outcome)
        case hc.CloseCase() if rules.outcome_needs_limit(command.outcome) and command.limit is None:
            raise RuleBroken("field_missing", field="limit", action="close")
        case _:
            return


def _check_revisit(command: hc.Revisit) -> None:
    if not command.reached:
        return
    for name in ("staff", "result"):
        if not getattr(command, name):
            raise RuleBroken("field_missing", field=name, action="revisit")
    if "dissatisfied" in {command.staff, command.site, command.result} and not command.reason.strip():
        raise RuleBroken("reason_missing", field="reason")


def _check_visit(command: hc.Investigate, at: datetime) -> None:
    times = [(n, getattr(command, n)) for n in ("set_out_at", "arrived_at", "ended_at")]
    before: datetime | None = None
    for name, words in times:
        if not words:
            continue
        moment = china(words, name)
        if (before and moment < before) or moment > at:
            raise RuleBroken("times_out_of_order", field=name, value=stamp(moment))
        before = moment


def _known(case: Case, matter: Matter, ref: str, who: Actor, states: tuple[str, ...]) -> Reply:
    reply = case.handling.reply(matter.n, ref, who.body)
    if reply is None or reply.body != who.body:
        raise RuleBroken("reply_unknown", field="reply", value=ref)
    if reply.state not in states:
        raise RuleBroken("reply_state", state=reply.state)
    return reply


def _draft(case: Case, matter: Matter, command: hc.DraftReply, rules: Rules, who: Actor) -> tuple[Event, ...]:
    known = case.handling.reply(matter.n, command.reply) if command.reply else None
    if known is not None and (known.body != who.body or known.state in {"approved", "sent"}):
        raise RuleBroken("reply_state", state=known.state)
    name = command.reply or f"r{matter.n}-{text_hash(command.text + who.body)[:12]}"
    return (he.ReplyDrafted(reply=name, kind=command.kind, sha256=text_hash(command.text)),)


def _submit(case: Case, matter: Matter, command: hc.SubmitReply, rules: Rules, who: Actor) -> tuple[Event, ...]:
    if not command.reply or not command.sha256:
        raise RuleBroken("reply_unknown", field="reply", value=command.reply)
    known = next((r for r in case.handling.replies if r.id == command.reply), None)
    if known is not None and (known.matter, known.body) != (matter.n, who.body):
        raise RuleBroken("reply_unknown", field="reply", value=command.reply)
    if known is not None and known.state in {"approved", "sent"}:
        raise RuleBroken("reply_state", state=known.state)
    return (he.ReplySubmitted(reply=command.reply, kind=command.kind, sha256=command.sha256),)


def _approve(case: Case, matter: Matter, command: hc.ApproveReply, rules: Rules, who: Actor) -> tuple[Event, ...]:
    reply = _known(case, matter, command.reply, who, ("submitted",))
    leader = command.leader or (command.proxy.person if command.proxy else who.person)
    on_screen = command.road in {"own_desk", "switched"}
    elsewhere = command.proxy is not None and bool(command.proxy.body) and not rules.has_leader(who.body)
    if not elsewhere and not rules.is_leader(who.person if on_screen else leader, who.body):
        raise RuleBroken("not_leader", field="leader", person=leader, road=command.road)
    needed = {"telephone": "words", "paper": "scan"}.get(command.road)
    if needed and not str(getattr(command, needed)).strip():
        raise RuleBroken("field_missing", field=needed, action="approve-reply")
    return (
        he.ReplyApproved(
            reply=reply.id, road=command.road, leader=who.person if on_screen else leader, sha256=reply.sha256,
            number=command.number, words=command.words, scan=command.scan, countersign_due=command.road == "telephone",
        ),
    )  # fmt: skip


def _pass(case: Case, matter: Matter, command: hc.PassReply, rules: Rules, who: Actor) -> tuple[Event, ...]:
    reply = _known(case, matter, command.reply, who, ("submitted",))
    if command.body and not rules.known_body(command.body):
        raise RuleBroken("unknown_body", field="body", value=command.body)
    return (
        he.ReplyPassed(
            reply=reply.id, sha256=reply.sha256, step=command.step, words=command.words, skipped=command.skipped.strip(),
            road=command.road, signer=command.signer, body=command.body, scan=command.scan,
        ),
    )  # fmt: skip


def _return(case: Case, matter: Matter, command: hc.ReturnReply, rules: Rules, who: Actor) -> tuple[Event, ...]:
    reply = _known(case, matter, command.reply, who, ("submitted",))
    return he.ReplyCommented(reply=reply.id, comment=command.comment), he.ReplyReturned(reply=reply.id)


def _send(case: Case, matter: Matter, command: hc.SendReply, rules: Rules, who: Actor) -> tuple[Event, ...]:
    reply = _known(case, matter, command.reply, who, ("approved",))
    if command.kind != reply.kind:
        raise RuleBroken("reply_kind", field="kind", kind=reply.kind)
    if command.text and text_hash(command.text) != reply.sha256:
        raise RuleBroken("reply_changed_after_approval", reply=reply.id)
    promised = stamp(china(command.promised, "promised")) if command.promised else None
    if reply.kind == "preliminary" and promised is None:
        raise RuleBroken("field_missing", field="promised", action="send-reply")
    return (
        he.ReplySent(
            reply=reply.id, kind=reply.kind, method=command.method, sha256=reply.sha256,
            document_no=command.document_no, solved=command.solved, promised=promised,
        ),
    )  # fmt: skip


def _urge(case: Case, matter: Matter, command: hc.Urge, rules: Rules, who: Actor) -> tuple[Event, ...]:
    count = sum(1 for o in case.handling.of("orders", matter.n) if o.kind == "urging") + 1
    until = stamp(china(command.until, "until")) if command.until else None
    return (he.Urged(reason=command.reason, count=count, until=until),)


def _grant(case: Case, matter: Matter, command: hc.GrantExtension, rules: Rules, who: Actor) -> tuple[Event, ...]:
    until = case.handling.asked.get(f"{matter.n}/{command.rule}")
    if until is None:
        raise RuleBroken("extension_unknown", field="rule", value=command.rule)
    leader = command.leader or (command.proxy.person if command.proxy else who.person)
    if not rules.is_leader(leader, who.body):
        raise RuleBroken("not_leader", field="leader", person=leader, road="own_desk")
    latest = rules.latest_extension(case, matter.n, command.rule)
    if latest is not None and china(until) > latest:
        raise RuleBroken("extension_too_far", field="until", value=until, latest=stamp(latest))
    return (he.ExtensionGranted(rule=command.rule, until=until, leader=leader),)
