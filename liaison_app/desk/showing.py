"""From folded cases and rows to what screens show, in the language of the desk."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

import msgspec

from liaison_app.desk import views
from liaison_app.desk.clocks import Clock
from liaison_app.desk.next_step import NextStep
from liaison_app.desk.roster import body_name
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.telling import told as telling
from liaison_app.domain import events as ev
from liaison_app.domain.case import Case, Happened, Transfer
from liaison_app.domain.commands import COMMANDS
from liaison_app.domain.handling_events import ReplyApproved
from liaison_app.domain.moments import china
from liaison_app.domain.rules import case_facts
from liaison_app.domain.text import clean
from liaison_app.mechanism.schema import Guard
from liaison_app.words import counted, labels
from liaison_app.words.errors import told

FIELD_TYPES: Final = {
    "reached": "bool", "agrees": "bool", "verified": "bool", "stopped": "bool", "solved": "bool", "last_attempt": "bool",
    "size": "int", "pages": "int", "words": "text", "remark": "text", "text": "text", "told": "text", "findings": "text",
    "opinion": "text", "scan": "file", "set_out_at": "time", "arrived_at": "time", "ended_at": "time", "until": "time",
    "promised": "time", "limit": "time", "extended_to": "time", "checklist": "lines", "marks": "lines",
}  # fmt: skip
"""Types of fields that are neither a line nor a choice."""

HASH: Final = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")
"""A SHA-256 in words: its first signs tell it apart."""

COMPLETED: Final = (
    "object", "place", "town", "content", "complainant_name", "salutation", "complainant_address", "contact",
    "external_no",
)  # fmt: skip
"""What 补正 may say of a case whatever the mechanism; facts are asked by its questions."""


class Shower:
    """Shows data in one language at one moment to one body."""

    def __init__(self, rules: DeskRules, lang: str, now: datetime, body: str) -> None:
        self._rules, self._lang, self._now, self._body = rules, lang, now, body

    @property
    def now(self) -> datetime:
        """The moment at which it is shown."""
        return self._now

    def body(self, code: str) -> str:
        """Return the name of a body."""
        return body_name(self._rules, code, self._lang)

    def state(self, code: str) -> str:
        """Return the name of a state."""
        found = self._rules.state(code)
        return code if found is None else found.en if self._lang == "en" else found.name

    def paper(self, kind: str) -> str:
        """Return the name of a paper."""
        found = next((d for d in self._rules.profile.documents if d.kind == kind), None)
        return kind if found is None else found.en if self._lang == "en" else found.name

    def group_words(self, by: str) -> Callable[[str], str]:
        """Return how the values of a column of the queue are said (state, lead, town, medium)."""
        gate = next(iter(self._rules.profile.gates), "")
        told: dict[str, Callable[[str], str]] = {
            "state": self.state, "lead": self.body, "medium": lambda value: self.fact_value(gate, value),
        }  # fmt: skip
        return told.get(by, clean)

    def row(self, values: Sequence[Any]) -> views.RowView:
        """Return a queue row from the columns of ``queries.COLUMNS``."""
        (case_id, number, state, lead, first, title, place, town, _medium, _source, name, external, slip, registered,
         due, rule, _status, late, handling, transfer, flags, missing, confidential, changed, outer) = values  # fmt: skip
        level, words = labels.countdown(_moment(due), _moment(late), self._now, self._lang)
        if due is None:
            level, words = "none", ""
        if level == "late" and outer and self._now <= china(outer):
            level = "passed"
        hidden = confidential == "strict" and first != self._body
        return views.RowView(
            case_id=case_id, number=number, state=state, state_name=self.state(state), title=clean(title), place=clean(place),
            town=town, lead=lead, lead_name=self.body(lead), first_receiver_name=self.body(first),
            complainant="＊" if hidden else name, slip_no=slip, external_no=external, registered_at=registered,
            due=due, due_rule=rule, level=level, countdown=words, handling=handling, transfer_urgency=transfer,
            flags=tuple(json.loads(flags)), missing=tuple(json.loads(missing)), confidential=confidential,
            changed_at=changed,
        )  # fmt: skip

    def due(
        self, clock: Clock, was: tuple[tuple[str, str], ...] = (), beside: Sequence[Clock] = ()
    ) -> views.DueView:  # fmt: skip
        """Return a clock with its explanation; ``was``: due dates that it had, each with the moment until which;
        ``beside``: the clocks of the case, among which its outer limit may still run (amber, not red)."""
        due = clock.due
        level, words = labels.countdown(due.due, due.late_after, self._now, self._lang)
        if level == "late" and any(self._inside(clock, other) for other in beside):
            level = "passed"
        if clock.state != "open":
            done = {"met": ("已按时完成", "met"), "missed": ("逾期完成", "met late"), "stopped": ("已终止", "stopped")}
            level, words = clock.state, labels.label(done, clock.state, self._lang)
        english = self._lang == "en"
        return views.DueView(
            rule=due.rule, event=due.event, label=clock.rule.en if english else clock.rule.zh, matter=clock.matter,
            owner=self.body(clock.owner), start=clock.start.isoformat(), due=due.due.isoformat() if due.due else None,
            status=due.status, state=clock.state, level=level, countdown=words,
            why=due.why_en if english else due.why, counted=tuple(counted.step(one, self._lang) for one in due.counted),
            was=was,
        )  # fmt: skip

    def _inside(self, clock: Clock, outer: Clock) -> bool:
        named = clock.rule.extension.outer if clock.rule.extension else ""
        mine = outer.rule.outer and outer.rule.rule == named and outer.matter == clock.matter
        return mine and outer.state == "open" and (outer.due.due is None or self._now <= outer.due.due)

    def next(self, step: NextStep) -> views.NextView:
        """Return the next step of a matter, with the sentence that the head of the page says."""
        english = self._lang == "en"
        label = (step.en if english else step.zh) or labels.label(labels.ACTIONS, step.action, self._lang)
        level, words = labels.countdown(step.due, step.late_after, self._now, self._lang) if step.due else ("none", "")
        why = step.reason_en if english else step.reason_zh
        if not step.action:
            why = told(step.refused, {"roles": "", "needed": ""}, self._lang)
        names = tuple(self._rules.roster.name_of(p) for p in step.persons)
        role = labels.label(labels.ROLES, step.role, self._lang) if step.role else ""
        who = f"{self.body(step.body)}{' ' if english else ''}{role}".strip() if step.action else self.body(step.body)
        by = self.body(step.by) if step.by and step.by != step.body else ""
        if by:
            who += f" (entered by {by})" if english else f"（由{by}代录）"
        parts = [p for p in (who, label if step.action or step.zh else "", words or why) if p]
        return views.NextView(
            matter=step.matter, body=step.body, body_name=self.body(step.body), by_name=by, role=role, persons=names,
            action=step.action, label=label, rule=step.rule, due=step.due.isoformat() if step.due else None,
            due_rule=step.due_rule, level=level, countdown=words, reason=step.reason or step.refused, why=why,
            line=(" · " if english else "　").join(parts),
        )  # fmt: skip

    def matters(self, case: Case) -> tuple[views.MatterView, ...]:
        """Return the matters of a case with the reason for each lead."""
        found = []
        for matter in case.matters:
            routing = self._rules.routing(matter.facts, case_facts(case))
            facts = []
            for name, value in matter.facts.items():
                fact = self._rules.profile.fact(name)
                if fact:
                    facts.append((name, fact.en if self._lang == "en" else fact.ask, self.fact_value(name, value)))
            found.append(
                views.MatterView(
                    n=matter.n, state=matter.state, state_name=self.state(matter.state), lead=routing.lead,
                    lead_name=self.body(routing.lead), row=routing.row,
                    why=routing.why_en if self._lang == "en" else routing.why, clauses=routing.clauses,
                    supporting=tuple(self.body(b) for b in routing.supporting), facts=tuple(facts),
                    accept_no=labels.listed((a.number for a in matter.acceptances), self._lang),
                )
            )  # fmt: skip
        return tuple(found)

    def fact_value(self, name: str, value: Any) -> str:
        """Return a fact's value in words."""
        fact = self._rules.profile.fact(name)
        if isinstance(value, bool):
            return labels.pick(("是", "yes") if value else ("否", "no"), self._lang)
        if fact and str(value) in fact.values:
            return fact.values[str(value)][1 if self._lang == "en" else 0]
        if isinstance(value, list):
            return "、".join(self.body(str(v)) for v in value)
        return str(value)

    def transfer(self, found: Transfer) -> views.TransferView:
        """Return a transfer with its slip."""
        roster = self._rules.roster
        approval = found.approval
        copies = [found.delivery(b) for b in found.to]
        signed = [(d.body, roster.name_of(d.signed_by)) for d in copies if d.signed_by]
        several = len(found.to) > 1
        return views.TransferView(
            id=found.id, matter=found.matter, slip_no=found.slip_no, from_name=self.body(found.from_body), to=found.to,
            to_names=tuple(self.body(b) for b in found.to), state=found.state, reason=found.reason,
            approved_by=roster.name_of(approval.leader) if approval else "",
            road=labels.choice("road", approval.road, self._lang) if approval else "",
            method=labels.choice("method", found.method, self._lang), sent_at=found.sent_at,
            delivered_at=copies[0].received_at, contact_person=copies[0].contact_person,
            contact_number=copies[0].contact_number,
            signed_by="、".join(f"{self.body(b)} {name}" if several else name for b, name in signed), proposer=roster.name_of(found.proposer),
        )  # fmt: skip

    def timeline(self, happened: Sequence[Happened]) -> tuple[views.TimelineView, ...]:
        """Return the acts of a case, oldest first; changes of state are part of their act."""
        found = []
        struck = {h.stamped.event.note for h in happened if isinstance(h.stamped.event, ev.NoteStruck)}
        for one in happened:
            event, stamped = one.stamped.event, one.stamped
            if isinstance(event, ev.StateChanged) or (isinstance(event, ev.ProposalWithdrawn) and not event.own):
                continue
            text, act, papers = self._told(event)
            proxy = ""
            if entered_for := stamped.proxy_person or self._signed_elsewhere(one):
                name = self._rules.roster.name_of(entered_for)
                elsewhere = stamped.proxy_body not in ("", one.body)
                who = f"{self.body(stamped.proxy_body)} {name}" if elsewhere else name
                proof = HASH.sub(r"\1…", stamped.proxy_evidence) if elsewhere else ""
                proxy = labels.pick((f"代录：{who}", f"entered for {who}"), self._lang)
                proxy += labels.pick((f"（凭{proof}）", f" (by {proof})"), self._lang) if proof else ""
            found.append(
                views.TimelineView(
                    act_id=one.act_id, kind=ev.kind_of(event), label=labels.label(labels.ACTIONS, act, self._lang), text=text,
                    person=self._rules.roster.name_of(one.person), body=self.body(one.body), happened_at=one.happened_at,
                    recorded_at=one.recorded_at, late=bool(stamped.late_reason), proxy=proxy, inner=event.inner, papers=papers,
                    struck=isinstance(event, ev.NoteWritten) and one.act_id in struck,
                )
            )  # fmt: skip
        return tuple(found)

    def _signed_elsewhere(self, one: Happened) -> str:
        """Return the leader whose approval by telephone or on paper somebody else entered (OFFICE A1), else nothing."""
        event = one.stamped.event
        if not isinstance(event, ev.TransferApproved | ReplyApproved) or event.road not in {"telephone", "paper"}:
            return ""
        return event.leader if event.leader != one.person else ""

    def _told(self, event: ev.Event) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        lang, names = self._lang, self._rules.roster.name_of
        match event:
            case ev.BroughtIn():
                old = labels.pick(("旧号", "old number"), lang)
                why = labels.label(labels.BRINGING, event.why, lang) if event.why else ""
                return f"{event.number}（{old} {event.old_number}）{why}", "bring-in", (("register", event.number),)
            case ev.Registered():
                return event.number, "register", (("register", event.number),)
            case ev.VersionMoved():
                return f"{event.before} → {event.to}（{event.reason}）", "move-version", ()
            case ev.PersonalErased():
                return f"{event.reason}（{names(event.second)}）", "erase-personal", ()
            case ev.Completed():
                keys = [*event.changes, *event.facts]
                return labels.listed((self.field(k) for k in keys), lang), "complete", ()
            case ev.TransferProposed():
                return (
                    "→ "
                    + labels.listed((self.body(b) for b in event.to), lang)
                    + (labels.pick((f"（{event.reason}）", f" ({event.reason})"), lang) if event.reason else ""),
                    "propose-transfer",
                    (("slip", ""),),
                )
            case ev.TransferApproved():
                words = f"：“{event.words}”" if event.words else ""
                return f"{names(event.leader)}，{labels.choice('road', event.road, lang)}{words}", "approve", ()
            case ev.ProposalReturned():
                return event.comment, "return", ()
            case ev.TransferSent():
                return (
                    f"{event.slip_no}，{labels.choice('method', event.method, lang)} {event.to_number}".strip(),
                    "transfer",
                    (("slip", event.slip_no),),
                )
            case ev.DeliveryConfirmed():
                return f"{self.body(event.body)} {event.confirmed_by}（{event.evidence}）", "deliver", ()
            case ev.ReceiptSigned():
                return names(event.signer), "sign", ()
            case ev.Accepted():
                return f"{event.number}，{names(event.handler)}", "accept", (("notice-acceptance", event.number),)
            case ev.Informed():
                reached = "" if event.reached else f"（{event.impossible}）"
                return (
                    f"{labels.choice('inform-what', event.what, lang)}，{labels.choice('inform-method', event.method, lang)}{reached}",
                    "inform",
                    (),
                )
            case ev.UrgentReported():
                return (
                    f"{event.to_person}，{labels.choice('report-urgent-method', event.method, lang)}",
                    "report-urgent",
                    (("urgent-report", ""),),
                )
            case ev.NoteWritten():
                return event.text, "note", ()
            case ev.NoteStruck():
                return event.reason, "strike-note", ()
            case ev.HandedOver():
                until = (
                    labels.pick((f"（代办至{event.until}）", f" (until {event.until})"), lang) if event.until else ""
                )
                return (
                    labels.said(f"{names(event.before)} → {names(event.to)}{until}", event.reason, lang),
                    "hand-over",
                    (),
                )
            case ev.ChargeReceived():
                return "", "receive-charge", ()
            case ev.ProposalWithdrawn():
                return event.reason, "withdraw", ()
            case ev.Attached():
                return f"{event.name} {event.paper}".strip(), "attach", ()
            case ev.PaperIssued():
                return f"{self.paper(event.kind)} {event.number}".strip(), "issue-paper", ()
            case ev.PaperPrinted():
                times = labels.pick(
                    (f"第{event.times}次，{event.copies}份", f"no. {event.times}, copies: {event.copies}"), lang
                )
                return f"{self.paper(event.kind)} {event.number} {times}", "print-paper", ()
            case ev.PaperVoided():
                return f"{self.paper(event.kind)} {event.number}（{event.reason}）", "void-paper", ()
            case ev.PaperSealed():
                return (
                    f"{self.paper(event.kind)} {event.number} {event.sealed_by}（{event.approver}）",
                    "seal-paper",
                    (),
                )
            case ev.TakenOver():
                return names(event.handler), "take-over", ()
            case ev.Arrived():
                return event.officers, "arrive", ()
            case ev.Ended():
                return (
                    labels.said(labels.choice("outcome", event.outcome, lang), event.reason, lang)
                    + labels.pick((f"（{event.approver}）", f" ({event.approver})"), lang),
                    "void",
                    (),
                )
            case ev.Inquired():
                return labels.pick((f"第{event.count}次", f"no. {event.count}"), lang), "inquire", ()
            case ev.Countersigned():
                return event.scan, "countersign", ()
            case ev.ProxyConfirmed():
                return (
                    labels.pick(("属实", "true") if event.agrees else ("有异议", "objection"), lang) + event.remark,
                    "confirm-proxy",
                    (),
                )
            case ev.TakenOut():
                return labels.choice("take-out-what", event.what, lang), "take-out", ()
            case ev.Revealed():
                return event.reason, "reveal", ()
            case ev.Unread():
                too_old = (
                    "本机程序较旧，看不懂这条记载；请升级程序",
                    "This program is too old to read this: upgrade it",
                )
                return labels.pick(too_old, lang), "unread", ()
            case _:
                text, act, paper = telling(event, lang, self.body, names)
                return text, act, ((paper, ""),) if paper else ()

    def field(self, name: str) -> str:
        """Return the label of a field of the form or of a fact."""
        fact = self._rules.profile.fact(name)
        if name in labels.FIELDS or fact is None:
            return labels.label(labels.FIELDS, name, self._lang)
        return fact.en if self._lang == "en" else fact.ask

    def action(self, guard: Guard, matter: int, choices: dict[str, tuple[tuple[str, str], ...]]) -> views.ActionView:
        """Return an act that is offered, with its fields."""
        fields = [self._spec(guard, name, True, choices) for name in guard.fields]
        optional = [*guard.optional, *(COMPLETED if guard.action == "complete" else ())]
        fields += [
            self._spec(guard, name, False, choices) for name in dict.fromkeys(optional) if name not in guard.fields
        ]
        label = labels.label(labels.ACTIONS, guard.action, self._lang)
        for name, given in guard.given.items():
            if given == [False]:  # the same act done in vain: 回访（是否联系到：否）
                asked = labels.field_label(guard.action, name, self._lang)
                label += labels.pick((f"（{asked}：否）", f" ({asked}: no)"), self._lang)
        return views.ActionView(
            action=guard.action, label=label, fields=tuple(fields),
            rule=guard.rule, to_state=guard.to or None, matter=matter,
        )  # fmt: skip

    def entered_for(self, action: views.ActionView, body: str) -> views.ActionView:
        """Return an act as it is entered for a body without a desk: who did it there, and what shows it (OFFICE A2)."""
        name = self.body(body)
        asked = [
            self._asked("for", "line"),
            self._asked("for_body", "choice", ((body, name),)),
            self._asked("evidence", "file"),
        ]
        own = [f for f in action.fields if f.name != "evidence"]
        return msgspec.structs.replace(action, for_body=body, for_name=name, fields=(*own, *asked))

    def _asked(self, name: str, kind: str, choices: tuple[tuple[str, str], ...] = ()) -> views.FieldSpec:
        words = labels.label(labels.FIELDS, name if name != "evidence" else "proxy-evidence", self._lang)
        return views.FieldSpec(name=name, label=words, type=kind, required=True, choices=choices)

    def _spec(
        self, guard: Guard, name: str, required: bool, choices: dict[str, tuple[tuple[str, str], ...]]
    ) -> views.FieldSpec:
        action = guard.action
        offered = choices.get(f"{action}-{name}", choices.get(name, ()))
        table = labels.choices_of(action, name)
        codes = [str(c) for c in guard.given.get(name, [])]
        if offered and codes:
            offered = tuple(pair for pair in offered if pair[0] in codes)
        if not offered and table:
            offered = tuple((c, labels.pick(table[c], self._lang)) for c in codes or table if c in table)
        kind = "choice" if offered else FIELD_TYPES.get(name, "line")
        if action == "propose-transfer" and name in {"to", "attachments"}:
            kind = "bodies" if name == "to" else "lines"
        return views.FieldSpec(
            name=name,
            label=labels.field_label(action, name, self._lang),
            type=kind,
            required=required,
            choices=offered,
            default=_default(action, name),
        )


@cache
def _default(action: str, name: str) -> str:
    """Return what a field of an act is when nobody says otherwise."""
    kind = COMMANDS.get(action)
    found = next((f.default for f in msgspec.structs.fields(kind) if f.name == name), None) if kind else None
    if isinstance(found, bool):
        return str(found).lower()
    return found if isinstance(found, str) else ""


def _moment(text: str | None) -> datetime | None:
    return china(text) if text else None
