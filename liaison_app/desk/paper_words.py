"""What the sources of a paper's fields say of one case: words that are ready to print, always Chinese. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from liaison_app.desk.chains import step_words
from liaison_app.desk.clocks import Clock
from liaison_app.desk.paper_phrases import MOMENT, NOTHING, Word, filled, full_width, moment
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.slip_words import copies_said, limits_said
from liaison_app.desk.telling import ACTION_OF
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened, Matter, Transfer
from liaison_app.domain.event_base import kind_of
from liaison_app.domain.handling import Dispute, Objection
from liaison_app.domain.moments import china
from liaison_app.domain.rules import case_facts
from liaison_app.domain.text import clean
from liaison_app.mechanism.compiling_papers import CODES
from liaison_app.mechanism.document_schema import Document
from liaison_app.mechanism.paper_sources import PERSONAL
from liaison_app.words import labels

BODIES: Final = frozenset({"body", "proposed", "lead", "responsible", "supervisor", "decided_by"})
PEOPLE: Final = frozenset({"leader", "handler", "signer", "person"})
ACTION: Final[dict[type[ev.Event], str]] = {
    **ACTION_OF, ev.Informed: "inform", ev.UrgentReported: "report-urgent", ev.TransferSent: "transfer",
    ev.TransferApproved: "approve", ev.Ended: "void", ev.Registered: "register",
}  # fmt: skip
ROW: Final = re.compile(r"（第[^（）]*行[^（）]*）")
"""The row and rules by which a lead was found: a paper says clauses, not codes of the program."""
ASIDE: Final = "由首接单位转告"
"""What stands in place of a complainant under strict confidence (OFFICE C2)."""
NOT_TOLD: Final = (
    ev.StateChanged, ev.VersionMoved, ev.PersonalErased, ev.Attached, ev.Completed, ev.PaperIssued, ev.PaperPrinted, ev.PaperSealed,
    ev.PaperVoided, ev.Revealed, ev.TakenOut,
)  # fmt: skip
OWN_TEXT: Final = frozenset({"reply-drafted", "reply-passed"})
"""Inner events that papers of the own body speak of."""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Where a paper is made: by whom, of which body, when."""

    person: str
    phone: str
    body: str
    now: datetime


class CaseWords:
    """The words of one case and matter. ``hidden``: this desk may not see who complains; ``repeats``: the number of the
    case that it repeats."""

    def __init__(
        self, case: Case, happened: Sequence[Happened], clocks: Sequence[Clock], rules: DeskRules, desk: Desk,
        flags: frozenset[str], *, matter: int = 1, hidden: bool = False, numbers: Callable[[str], str] = lambda _: "",
        repeats: str = "",
    ) -> None:  # fmt: skip
        self._repeats = repeats
        self.case, self.rules, self.desk, self.flags = case, rules, desk, flags
        self._story = [h for h in happened if not h.stamped.event.inner or kind_of(h.stamped.event) in OWN_TEXT]
        self._clocks, self._hidden, self._number_of = clocks, hidden, numbers
        self.matter = case.matter(matter) or case.matters[0]
        self.routing = rules.routing(self.matter.facts, case_facts(case))
        self.transfer = case.transfer(self.matter.n)
        self._act_told: Happened | None = None
        self.paper: Mapping[str, str] = {}
        """Of which paper a fax cover speaks: to whom it goes, its name, how many pages go over."""
        self.whole = False
        self._aside = case.confidential == "strict"
        self._groups: dict[str, Callable[[str], str]] = {
            "case": self._case, "complainant": self._complainant, "lead": self._lead, "routing": self._routing,
            "transfer": self._transfer, "dispute": self._dispute, "acceptance": self._acceptance, "reply": self._reply, "chain": self._chain,
            "revisit": self._revisit, "clock": self._late_clock, "due": self._due, "call": self._call,
            "archive": self._archive, "person": self._person, "body": self._body, "number": self._number_of,
            "group": self._group, "paper": lambda name: self.paper.get(name, ""),
        }  # fmt: skip

    @property
    def hidden(self) -> bool:
        """Whether this desk may not see who complains."""
        return self._hidden

    def files(self) -> list[tuple[str, ev.Attached]]:
        """Return the files of the case with the acts that attached them."""
        return [(h.act_id, e) for h in self._story if isinstance(e := h.stamped.event, ev.Attached)]

    def about(self, one: Happened) -> None:
        """Speak of one act: its event, and the transfer that stood when it was done, not of one that came later."""
        self._act_told = one
        self.whole = one is self._story[0]
        mine = [t for t in self.case.transfers if t.matter == self.matter.n and t.state != "withdrawn"]
        earlier = [t for t in mine if t.proposed_at <= one.happened_at and t.id != one.act_id]
        if kind_of(one.stamped.event) == "transfer-proposed":
            earlier = [t for t in self.case.transfers if t.id == one.act_id]
        self.transfer = earlier[-1] if earlier else self.case.transfer(self.matter.n)

    def told(self, source: str, issuer: str = "", *, named: bool = False) -> Word:
        """Return what the first source that says something says; ``named``: the complainant may be named though strict."""
        for one in source.split("|"):
            found = self._one(one, issuer, named) if one else NOTHING
            if found.text or found.cells:
                return found
        return NOTHING

    def _one(self, source: str, issuer: str, named: bool) -> Word:
        head, _, name = source.partition(".")
        if head in {"archive"} and name not in {"year", "span"}:
            return Word(cells=tuple(self._archived(name)))
        if head in self._groups:
            self._issuer = issuer
            personal = head == "complainant" or source in PERSONAL
            words = self._groups[head](name)
            if personal and self._hidden:
                return NOTHING
            if personal and self._aside and not named and head == "complainant" and words:
                return Word(text=ASIDE)
            return Word(text=clean(words), personal=personal and bool(words))
        return self._event(head, name)

    # -- events ---------------------------------------------------------------------------------

    def found(self, key: str) -> list[Happened]:
        """Return the events that a key names, oldest first: of this matter, narrowed by a code."""
        tag, _, code = key.partition("/")
        found = [h for h in self._story if kind_of(h.stamped.event) == tag and h.stamped.matter == self.matter.n]
        return [h for h in found if code in {str(getattr(h.stamped.event, f, "")) for f in CODES}] if code else found

    def _event(self, key: str, name: str) -> Word:
        found = self.found(key)
        if not found:
            return NOTHING
        if self._act_told in found:  # the paper is about this act, whatever came after it
            found = found[: found.index(self._act_told) + 1]
        one = found[-1]
        event = one.stamped.event
        if name == "at":
            return Word(moment(one.happened_at))
        if name == "by":
            return Word(self.name(one.acting))
        if name == "times":
            return Word(str(len(found)))
        if name == "person":
            return Word(self.rules.roster.name_of(one.stamped.proxy_person or one.person))
        if name in one.personal:
            return NOTHING if self._hidden else Word(clean(str(one.personal[name])), personal=True)
        said = clean(self.said(event, name, getattr(event, name, "")))
        return Word(full_width(said) if name == "clause" else said)

    def said(self, event: ev.Event, name: str, value: Any) -> str:
        """Return a field of an event in words."""
        if value in (None, "", (), {}):
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, tuple | list):
            return "；".join(self.name(str(v)) if name == "to" else str(v) for v in value)
        words = str(value)
        ending = next((o.zh for o in self.rules.profile.outcomes if name == "outcome" and o.code == words), "")
        if ending:
            return ending
        table = labels.choices_of(ACTION.get(type(event), kind_of(event)), name)
        if words in table:
            return table[words][0]
        if name in PEOPLE:
            return self.rules.roster.name_of(words)
        if name in BODIES:
            return self.name(words)
        return moment(words) if MOMENT.match(words) else words

    def name(self, body: str) -> str:
        """Return the Chinese name of a body."""
        post = self.rules.post(body)
        return post.name if post else body

    def names(self, bodies: Sequence[str]) -> str:
        """Return names of bodies with the sign of a list."""
        return "、".join(self.name(b) for b in bodies)

    # -- what the desk works out -------------------------------------------------------------------

    def _case(self, name: str) -> str:
        case = self.case
        match name:
            case "registrar":
                return self.rules.roster.name_of(case.registered_by)
            case "first_receiver":
                return self.name(case.first_receiver)
            case "received_at" | "registered_at":
                return moment(getattr(case, name))
            case "headcount":
                return "" if case.headcount is None else str(case.headcount)
            case "channel":
                return labels.choice("channel", case.channel, "zh_CN")
            case "confidential":
                return labels.choice("confidential", case.confidential, "zh_CN")
            case "content":
                return case.personal.get("content", "")
            case "complainant":
                who = (case.personal.get(n, "") for n in ("complainant_name", "contact"))
                return ASIDE if self._aside else " ".join(w for w in who if w)
            case "urgency":
                return "特急" if "urgent" in self.flags else "加急" if "immediate" in self.flags else "一般"
            case "urgency_reasons":
                urgent = [f.id for f in self.rules.profile.facts if f.urgency and self.matter.facts.get(f.id)]
                return "、".join(self._said_true(f) for f in urgent)
            case "facts":
                return self._facts()
            case "repeat_of":
                return self._repeats
            case "missing":
                return "、".join(labels.label_of("field", m, "zh_CN") for m in case.missing)
            case "attachments":
                return "、".join(e.name for h in self._story if isinstance(e := h.stamped.event, ev.Attached))
            case "course":
                return "\n".join(f"{moment(h.happened_at)}　{self.name(h.acting)}{self._act(h)}" for h in self._acts())
        found = name.removeprefix("facts.")
        return self._fact_value(found) if found != name else str(getattr(case, name, ""))

    def _acts(self) -> list[Happened]:
        return [h for h in self._story if not h.stamped.event.inner and not isinstance(h.stamped.event, NOT_TOLD)]

    def _act(self, one: Happened) -> str:
        event, profile = one.stamped.event, self.rules.profile
        if isinstance(event, he.Stepped):
            return next((s.zh for s in profile.steps if s.code == event.step), event.step)
        if isinstance(event, he.Marked):
            return "、".join(m.zh for m in profile.marks if m.code in event.marks)
        words = {"transfer-proposed": "propose-transfer", "delivery-confirmed": "deliver", "receipt-signed": "sign",
                 "accepted": "accept", "taken-over": "take-over", "arrived": "arrive"}  # fmt: skip
        action = ACTION.get(type(event)) or words.get(kind_of(event), kind_of(event))
        return labels.label(labels.ACTIONS, action, "zh_CN")

    def _facts(self) -> str:
        """Return the facts of the matter; a paper of the whole case tells those of every matter."""
        if len(self.case.matters) == 1 or (self._act_told is not None and not self.whole):
            return "；".join(self._fact(f, self.matter) for f in self.matter.facts)
        return "\n".join(f"事项{m.n}　" + "；".join(self._fact(f, m) for f in m.facts) for m in self.case.matters)

    def _said_true(self, name: str) -> str:
        """Return a fact that holds as words: 危及饮用水安全 for 是否危及饮用水安全."""
        fact = self.rules.profile.fact(name)
        if fact is None or self.matter.facts.get(name) is not True:
            return self._fact(name)
        return fact.ask.removeprefix("是否")

    def _fact(self, name: str, matter: Matter | None = None) -> str:
        fact = self.rules.profile.fact(name)
        return f"{fact.ask if fact else name}：{self._fact_value(name, matter)}"

    def _fact_value(self, name: str, matter: Matter | None = None) -> str:
        value, fact = (matter or self.matter).facts.get(name), self.rules.profile.fact(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if fact and fact.type == "date":
            return moment(str(value))
        if fact and str(value) in fact.values:
            return fact.values[str(value)][0]
        return self.names([str(v) for v in value]) if isinstance(value, list) else str(value)

    def _complainant(self, name: str) -> str:
        field = {"name": "complainant_name", "address": "complainant_address"}.get(name, name)
        return self.case.personal.get(field, "")

    def _lead(self, name: str) -> str:
        if name == "co":
            return self.names(self.routing.supporting)
        return self.name(self.matter.accepted_by or self.routing.lead)

    def _routing(self, name: str) -> str:
        if name == "clauses":
            return full_width("；".join(self.routing.clauses))
        return (
            ROW.sub("", self.routing.why)
            if name == "why"
            else labels.choice("transfer", self.routing.transfer, "zh_CN")
        )

    def _transfer(self, name: str) -> str:
        found = self.transfer
        return "" if found is None else self._of_transfer(found, name)

    def _of_transfer(self, found: Transfer, name: str) -> str:
        copies, approval, person = [found.delivery(b) for b in found.to], found.approval, self.rules.roster.name_of
        match name:
            case "number":
                return found.slip_no
            case "paper":
                slip = next((d for d in self.rules.profile.documents if d.kind == "slip"), None)
                return f"《{slip.name if slip else '移送单'}》{found.slip_no}"
            case "to":
                return self.names(found.to)
            case "sent_at" | "proposed_at":
                return moment(at) if (at := getattr(found, name)) else ""
            case "method":
                return labels.choice("method", found.method, "zh_CN") if found.method else ""
            case "attachments":
                return "、".join(found.attachments)
            case "proposer":
                return person(found.proposer)
            case "approved" | "delivered" | "signed":
                return copies_said(name, found, self.name, self.rules.roster)
            case "sent":
                return f"{self._of_transfer(found, 'method')} {self._of_transfer(found, 'sent_at')}".strip()
            case "limits":
                return limits_said(c for c in self._clocks if c.matter == self.matter.n)
            case "proposal":
                return f"拟移送{self.names(found.to)}办理。{found.reason}"
            case "approved_by" | "approval":
                return person(approval.leader) if approval else ""
            case "approved_at":
                return moment(approval.at) if approval else ""
            case "road":
                return labels.choice("road", approval.road, "zh_CN") if approval else ""
            case "words":
                return self._event("transfer-approved", "words").text
            case "delivered_at" | "signed_at":
                return "；".join(moment(at) for d in copies if (at := getattr(d, name)))
            case "signed_by":
                return "；".join(f"{person(d.signed_by)} {moment(d.signed_at)}" for d in copies if d.signed_at)
            case "contact_number":
                post = self.rules.post(found.to[0])
                return copies[0].contact_number or (post.verified[0] if post and post.verified else "")
            case "contact_person":
                return copies[0].contact_person or "值班人员"
            case "confirmed_by" | "evidence":
                return "；".join(v for d in copies if (v := getattr(d, name)))
        return found.reason if name == "reason" else ""

    def _dispute(self, name: str) -> str:
        objections, disputes = self.case.handling.objections, self.case.handling.disputes
        voices: list[Objection | Dispute] = [*objections, *(d for d in disputes if d.kind != "satisfaction")]
        if name == "bodies":
            parties = dict.fromkeys([*(self.transfer.to if self.transfer else ()), *(o.body for o in voices)])
            return self.names(list(parties))
        return "\n".join(f"{self.name(o.body)}：{o.reasons}" for o in voices)

    def _acceptance(self, name: str) -> str:
        found = next(iter(self.matter.acceptances), None)
        if found is None:
            return ""
        hotline = found.contact_number or self._telephone(found.body)
        match name:
            case "words":
                return "已受理"
            case "at":
                return moment(found.at)
            case "handler":
                return self.rules.roster.name_of(found.handler)
            case "contact_number":
                return hotline
            case "query":
                return f"凭案件受理编号向{self.name(found.body)}查询" + (f"，电话{hotline}" if hotline else "")
        return found.number

    def _reply(self, name: str) -> str:
        kind = str(getattr(self._act_told.stamped.event, "kind", "")) if self._act_told else ""
        letter = next((d for d in self.rules.profile.documents if d.reply and d.reply == kind), None)
        match name:
            case "text":
                found = [h for key in ("reply-drafted", "reply-sent") for h in self.found(f"{key}/{kind or 'formal'}")]
                texts = [str(h.personal["text"]) for h in found if h.personal.get("text")]
                return texts[-1] if texts else ""
            case "title":
                return (filled(letter.title, self.told, hide=True) or letter.name) if letter else ""
            case "copies":
                return self._roles_named(letter.copies_to) if letter else ""
            case "to":
                if letter is None or letter.to[:1] != ["complainant"]:
                    return self._roles_named(letter.to) if letter else ""
                return ASIDE if self._aside else self._complainant("name") + self._complainant("salutation")
        sent = self.found("reply-sent/formal")
        if not sent:
            return ""
        return "反映的问题已经解决" if getattr(sent[-1].stamped.event, "solved", False) else "反映的问题正在解决"

    def _roles_named(self, roles: Sequence[str]) -> str:
        known = {"first_receiver": self.case.first_receiver, "acceptor": self.matter.accepted_by or ""}
        return "、".join(self.name(known.get(role, role)) for role in roles if known.get(role, role))

    def _chain(self, name: str) -> str:
        return step_words(name, self.found, self.rules.roster.name_of, self.name)

    def _revisit(self, name: str) -> str:
        if self.found("returned"):
            return "发回重新办理"
        return "归档" if self.found("closed") else ""

    def _late_clock(self, name: str) -> str:
        dated = [c for c in self._clocks if c.due.due]  # a paper made again after the end still says what it was about
        running = [c for c in dated if c.state == "open"] or [c for c in dated if c.state == "stopped"]
        if not running:
            return ""
        first = min(running, key=lambda c: c.sort())
        due = first.due.due
        if name == "label" or due is None:
            return first.rule.zh
        if name == "due":
            return moment(due.isoformat())
        over = self.desk.now - due
        return f"逾期{over.days}天{over.seconds // 3600}小时" if over.total_seconds() > 0 else "未逾期"

    def _due(self, rule: str) -> str:
        found = [c for c in self._clocks if c.rule.rule == rule and c.due.due]
        return moment(found[-1].due.due.isoformat()) if found and found[-1].due.due else ""

    def _call(self, name: str) -> str:
        one = self._last(("informed", "transfer-approved/telephone", "urgent-reported"))
        if one is None:
            return ""
        event, to = one.stamped.event, self.case.personal.get("contact", "")
        citizen = isinstance(event, ev.Informed) and event.to == "complainant"
        match name:
            case "purpose":
                return self._act(one) + (
                    f"（{self.said(event, 'what', event.what)}）" if isinstance(event, ev.Informed) else ""
                )
            case "at":
                return moment(one.happened_at)
            case "to":
                if isinstance(event, ev.Informed):
                    return "投诉人" if citizen else self.name(self.case.first_receiver)
                who = getattr(event, "to_person", "") or getattr(event, "leader", "")
                return self.rules.roster.name_of(who)
            case "number":
                return "" if citizen and (self._aside or to) else str(getattr(event, "number", ""))
            case "words":
                return str(one.personal.get("words") or getattr(event, "words", ""))
        return ""

    def _archive(self, name: str) -> str:
        ended = self.found("closed") or self._story[-1:]
        if name == "year":
            return str(china(ended[-1].happened_at).year)
        return f"{moment(self.case.received_at[:10])}至{moment(ended[-1].happened_at[:10])}"

    def _archived(self, name: str) -> list[str]:
        """Return a column of the contents of the file: what this case has on paper, in order of time."""
        rows: list[tuple[str, str, str, str]] = []
        for document in self.rules.profile.documents:
            found = self.made(document)
            if found is not None and document.kind not in {"case-cover", "case-contents", "case-note"}:
                number = self.told(document.number_source).text or self._number_of(document.kind)
                rows.append((found.happened_at, number, self.name(found.acting), document.name))
        for h in self._story:
            if isinstance(h.stamped.event, ev.Attached):
                rows.append((h.happened_at, "", self.name(h.acting), h.stamped.event.name))
        rows.sort()
        column = {"numbers": 1, "authors": 2, "titles": 3}.get(name)
        if column is not None:
            return [row[column] for row in rows]
        return [moment(r[0][:10]) if name == "dates" else str(n) for n, r in enumerate(rows, 1)]

    def made(self, document: Document) -> Happened | None:
        """Return the act through which a case can have a paper: the latest of its events; of none, the registration."""
        if document.subject != "case" or not self.flags.issuperset(document.needs):
            return None
        if not document.after:
            return self._story[0]
        return self._last(document.after)

    def _last(self, keys: Iterable[str]) -> Happened | None:
        """Return the last of the events that keys name, as they stand in the case: clocks of several desks may differ."""
        named = {h.entry_id for key in keys for h in self.found(key)}
        return next((h for h in reversed(self._story) if h.entry_id in named), None)

    def _person(self, name: str) -> str:
        return self.desk.person if name == "name" else self.desk.phone

    def _telephone(self, body: str) -> str:
        post = self.rules.post(body)
        return post.verified[-1] if post and post.verified else ""

    def _body(self, name: str) -> str:
        body = self._issuer or self.desk.body
        if name == "telephone":
            return self._telephone(body) or (self.desk.phone if body == self.desk.body else "")
        if name == "liaison":
            people = [p for p in self.rules.roster.people if p.body == body and "liaison" in p.roles]
            return f"{people[0].name} {people[0].phone or self._telephone(body)}".strip() if people else ""
        return self.name(body)

    def _group(self, name: str) -> str:
        found = next((g for g in self.rules.profile.groups if g.id == name), None)
        return "" if found is None else f"{self.names(found.lead)}牵头，{self.names(found.members)}"
