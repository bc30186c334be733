"""回访: the calls that wait for a body, what the citizen was promised, what came of each attempt (M1-FUP-02, M1-FUP-03)."""

from collections.abc import Sequence
from typing import Final

from liaison_app.desk import projecting
from liaison_app.desk.call_views import AttemptView, CallLine, CallPage, CallView
from liaison_app.desk.deciding import folded
from liaison_app.desk.offering import Offering
from liaison_app.desk.telling import told
from liaison_app.desk.views import ActionView
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened, Matter
from liaison_app.domain.rules import case_facts
from liaison_app.domain.text import clean
from liaison_app.words import labels
from liaison_app.words.errors import told as sentence_of

QUEUE: Final = "to-revisit"
VISIT: Final = "revisit"
ASPECTS: Final = ("staff", "site", "result")
"""受理人员态度, 现场执法人员态度, 办理结果."""


class Calling(Offering):
    """A desk from which return visits are made."""

    def call_list(self, *, after: str | None = None, limit: int = 50) -> CallPage:
        """Return the return visits that wait for the own body, a page at a time."""
        page = self.page(QUEUE, after=after, limit=limit)
        lines = []
        for row in page.items:
            with self._replica.read() as connection:
                case = folded(self._happened(connection, row.case_id))
            tries = case.handling.revisits
            shown = not self._masked(case)
            lines.append(
                CallLine(
                    case_id=case.id, number=case.number, title=row.title or row.place,
                    name=clean(case.personal.get("complainant_name", "")) if shown else "",
                    attempts=len(tries), last=tries[-1].at if tries else "",
                )
            )  # fmt: skip
        return CallPage(items=tuple(lines), next=page.next)

    def call(self, ref: str) -> CallView:
        """Return all that is needed to make a return visit. Raise RuleBroken ``case_unknown``."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref), shown=True)
        case = folded(happened)
        matter = self._to_visit(case)
        show, masked = self._show(case=case), self._masked(case)
        personal = {} if masked else case.personal
        offered = [one for one in self._actions(case, show) if one.matter == matter.n]
        visits = [one for one in offered if one.action == VISIT]
        fields = {spec.name: spec for one in visits for spec in one.fields}
        lead = self.rules.of(case).lead(matter.facts, case_facts(case)).lead
        reply = _last(happened, matter, he.ReplySent)
        fed = _last(happened, matter, he.FedBack)
        return CallView(
            case_id=case.id, number=case.number, matter=matter.n, title=clean(case.object) or clean(case.place),
            place=clean(case.place), lead_name=show.body(matter.accepted_by or lead),
            state_name=show.state(matter.state), masked=masked,
            name=f"{clean(personal.get('complainant_name', ''))} {clean(personal.get('salutation', ''))}".strip(),
            contact=clean(personal.get("contact", "")), content=clean(personal.get("content", "")),
            promised=tuple(self._promised(case, matter, happened)),
            answered="" if masked else _text_of(happened, reply), result=self._event_words(fed),
            attempts=self._attempts(happened, matter),
            refused="" if visits else self._why_no_visit(case, matter),
            methods=fields.get("method"), aspects=tuple(fields[name] for name in ASPECTS if name in fields),
            redo=_offered(offered, "redo"), reveal=_offered(offered, "reveal") if masked else None,
        )  # fmt: skip

    def _to_visit(self, case: Case) -> Matter:
        waiting = (m for m, one in projecting.awaited(case, self.rules, self._person.body) if one.action == VISIT)
        visited = {one.matter for one in case.handling.revisits}
        return next(waiting, next((m for m in case.matters if m.n in visited), case.matters[0]))

    def _why_no_visit(self, case: Case, matter: Matter) -> str:
        refused = self._refusal(case, matter, VISIT)
        if refused is None:
            return ""
        if refused.code == "not_the_same_person":
            return sentence_of("rater_is_handler", refused.facts, self.lang)
        return sentence_of(refused.code, refused.facts, self.lang)

    def _promised(self, case: Case, matter: Matter, happened: Sequence[Happened]) -> list[str]:
        """Return what the citizen was promised or told in answer, in words, the newest last."""
        kinds = (he.RepliedForNow, he.ReplySent)
        return [
            labels.said(
                f"{one.happened_at[:10]} {labels.label(labels.ACTIONS, _act_of(one), self.lang)}",
                self._event_words(one),
                self.lang,
            )
            for one in happened
            if one.stamped.matter == matter.n and isinstance(one.stamped.event, kinds)
        ]

    def _event_words(self, one: Happened | None) -> str:
        if one is None:
            return ""
        return told(one.stamped.event, self.lang, self._show().body, self.roster.name_of)[0]

    def _attempts(self, happened: Sequence[Happened], matter: Matter) -> tuple[AttemptView, ...]:
        found = []
        for one in happened:
            event = one.stamped.event
            if isinstance(event, he.Revisited) and one.stamped.matter == matter.n:
                found.append(
                    AttemptView(
                        at=one.happened_at, person=self.roster.name_of(one.person), reached=event.reached,
                        words=self._aspects(event) if event.reached else event.reason, last=event.last_attempt,
                    )
                )  # fmt: skip
        return tuple(found)

    def _aspects(self, event: he.Revisited) -> str:
        parts = []
        for name in ASPECTS:
            if value := getattr(event, name):
                rating = labels.pick(labels.choices_of(VISIT, name)[value], self.lang)
                parts.append(f"{labels.field_label(VISIT, name, self.lang)} {rating}")
        return labels.clauses([*parts, event.reason], self.lang)


def _last(happened: Sequence[Happened], matter: Matter, kind: type[he.ReplySent | he.FedBack]) -> Happened | None:
    mine = (h for h in reversed(happened) if h.stamped.matter == matter.n and isinstance(h.stamped.event, kind))
    return next(mine, None)


def _text_of(happened: Sequence[Happened], reply: Happened | None) -> str:
    """Return the text of the reply that was sent."""
    if reply is None or not isinstance(reply.stamped.event, he.ReplySent):
        return ""
    own = clean(str(reply.personal.get("text", "")))
    if own:
        return own
    name = reply.stamped.event.sha256
    drafts = (h for h in happened if isinstance(h.stamped.event, he.ReplyDrafted) and h.stamped.event.sha256 == name)
    return next((clean(str(h.personal.get("text", ""))) for h in drafts), "")


def _act_of(one: Happened) -> str:
    return "send-reply" if isinstance(one.stamped.event, he.ReplySent) else "preliminary-reply"


def _offered(actions: Sequence[ActionView], name: str) -> ActionView | None:
    return next((one for one in actions if one.action == name), None)
