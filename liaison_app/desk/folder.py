"""签批夹: what waits for a signature — transfers proposed, replies submitted, approvals entered by others, records."""

from collections.abc import Iterator
from typing import Final

from liaison_app.desk import reply_views as rv
from liaison_app.desk.chains import may_take, next_link
from liaison_app.desk.cosigning import Cosigning
from liaison_app.desk.deciding import folded
from liaison_app.desk.ledger_views import RecordView
from liaison_app.desk.views import CaseView, TaskView
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.ledger_kinds import Cosigns
from liaison_app.domain.moments import china
from liaison_app.domain.text import clean
from liaison_app.security import keys
from liaison_app.store import queries
from liaison_app.words import labels

SIGNED: Final = {"approve": "transfer", "approve-reply": "reply", "confirm-proxy": "proxy"}
"""Acts by which a paper is signed, and what it is then."""
RETURNED: Final = {"approve": "return", "approve-reply": "return-reply"}
"""The act that sends such a paper back."""
MOST: Final = 200
ORDER: Final = ("transfer", "reply", "cosign", "record", "proxy")


class Foldering(Cosigning):
    """A desk with a leader's folder."""

    def folder(self) -> tuple[rv.PaperToSign, ...]:
        """Return the papers that wait for a signature in the own body, kind by kind, earliest due first.

        A leader finds them with his own road; a liaison with those of telephone and paper (代录, OFFICE A1).
        """
        waiting = {(t.case_id, t.action): t for t in self._case_tasks() if t.action in SIGNED}
        found: list[rv.PaperToSign] = []
        for (case_id, action), task in waiting.items():
            with self._replica.read() as connection:
                happened = self._happened(connection, case_id)
                happened += self._cosigned(connection, folded(happened))
            case, shown = folded(happened), self.case(case_id)
            for offered in dict.fromkeys(a.matter for a in shown.actions if a.action == action):
                found += self._papers(case, shown, happened, action, offered, task)
        found += self._records_to_sign()
        return tuple(sorted(found, key=lambda p: (ORDER.index(p.kind), p.due or "9999", p.number)))

    def own_road(self) -> str:
        """Return the road of a leader at this screen: his own desk, or one on which several persons work (换人)."""
        return "switched" if len(keys.people(self.home)) > 1 else "own_desk"

    def _case_tasks(self) -> list[TaskView]:
        with self._replica.read() as connection:
            rows = queries.rows(connection, queries.TASKS, body=self._person.body, limit=1000)
        now, found = self.now(), []
        for task, kind, case, due, action, number, title, *_ in rows:
            limit = china(due) if due and due != "9999" else None
            level, left = labels.countdown(limit, None, now, self.lang) if limit else ("none", "")
            found.append(
                TaskView(
                    id=task, kind=kind, label="", case_id=case, number=number, title=clean(title),
                    due=due if limit else None, level=level, countdown=left, action=action,
                )
            )  # fmt: skip
        return [one for one in found if one.action in SIGNED][:MOST]

    def _papers(
        self, case: Case, shown: CaseView, happened: list[Happened], action: str, n: int, task: TaskView
    ) -> Iterator[rv.PaperToSign]:
        offered = [a for a in shown.actions if a.action == action and a.matter == n]
        roads = tuple(dict.fromkeys(c for a in offered for f in a.fields if f.name == "road" for c, _ in f.choices))
        back, step = RETURNED.get(action, ""), ""
        if not any(a.action == back and a.matter == n for a in shown.actions):
            back = ""
        kind_of = SIGNED[action]
        facts = [(self._caption("object"), shown.object), (self._caption("place"), shown.place)]
        if action == "approve":
            transfer = next((t for t in shown.transfers if t.matter == n and t.state == "proposed"), None)
            matter = next(m for m in shown.matters if m.n == n)
            text = shown.content or shown.record
            if transfer is not None:
                facts += [
                    (self._caption("to"), labels.listed(transfer.to_names, self.lang)),
                    (self._caption("reason"), transfer.reason or matter.why),
                ]
            by, paper, approval = transfer.proposer if transfer else "", "slip" if n == 1 else "", ""
        elif action == "approve-reply":
            known = case.handling.reply(n, body=self._person.body)
            drafts = [h for h in happened if isinstance(h.stamped.event, he.ReplyDrafted)]
            right = [h for h in drafts if known and _names(h, known.id, known.sha256)]
            text = str(right[-1].personal.get("text", "")) if right else ""
            kind = labels.choice("draft-reply-kind", known.kind, self.lang) if known else ""
            facts = [(self._caption("kind"), kind), *facts, *self._reply_facts(shown, happened, n)[2:]]
            by, paper, approval = self.roster.name_of(known.submitted_by) if known else "", "", ""
            awaited = next_link(self.rules.of(case), known, happened) if known else None
            facts += [
                (step, words)
                for step, words in self._chain_words(case, happened, known, known.kind if known else "")
                if words
            ]
            if awaited is not None:
                action, step = "pass-reply", awaited.code
                mine = may_take(awaited, self._person.id, self._person.roles)
                if mine and not (awaited.apart and known and known.submitted_by == self._person.id):
                    roads = (self.own_road(), "telephone", "paper")
                else:
                    roads = ("telephone", "paper")
        else:
            yield from self._entered_for(case, shown, happened, task)
            return
        yield rv.PaperToSign(
            id=f"{case.id}/{action}/{n}{step and '/' + step}", kind=kind_of, kind_name=self._step_name(kind_of, step), action=action,  # type: ignore[arg-type]
            case_id=case.id, matter=n, number=case.number, title=shown.object or shown.place,
            facts=tuple((c, w) for c, w in facts if w), text=text, paper=paper, by=by, due=task.due, level=task.level,
            countdown=task.countdown, roads=roads, returns=back, approval=approval, step=step,
        )  # fmt: skip

    def _entered_for(
        self, case: Case, shown: CaseView, happened: list[Happened], task: TaskView
    ) -> Iterator[rv.PaperToSign]:
        """Yield the approvals that another entered in this person's name and that he has not judged (属实 / 有异议)."""
        for one in happened:
            event = one.stamped.event
            if isinstance(event, ev.TransferApproved):
                transfer = next((t for t in case.transfers if t.approval and t.approval.act_id == one.act_id), None)
                if transfer is None or transfer.approval is None or transfer.approval.verdict is not None:
                    continue
                matter, paper, text = transfer.matter, "slip" if transfer.matter == 1 else "", event.words
                about = (
                    self._caption("to"),
                    labels.listed((self._show(case=case).body(b) for b in transfer.to), self.lang),
                )
            elif isinstance(event, he.ReplyApproved):
                reply = next((r for r in case.handling.replies if r.approval == one.act_id), None)
                if reply is None or reply.verdict is not None or reply.body != self._person.body:
                    continue
                drafts = [h for h in happened if _names(h, reply.id, reply.sha256)]
                matter, paper = reply.matter, ""
                text = str(drafts[-1].personal.get("text", "")) if drafts else event.words
                about = (self._caption("kind"), labels.choice("draft-reply-kind", reply.kind, self.lang))
            else:
                continue
            if event.leader != self._person.id or one.person == self._person.id:
                continue
            facts = [
                about, (self._caption("road"), labels.choice("road", event.road, self.lang)),
                (self._caption("happened_at"), one.happened_at[:16].replace("T", " ")), (self._caption("number"), event.number),
                (self._caption("words"), event.words), (self._caption("scan"), event.scan),
            ]  # fmt: skip
            yield rv.PaperToSign(
                id=f"{case.id}/confirm-proxy/{one.act_id}", kind="proxy", kind_name=self._kind_name("proxy"),
                action="confirm-proxy", case_id=case.id, matter=matter, number=case.number,
                title=shown.object or shown.place, facts=tuple((c, w) for c, w in facts if w), text=text,
                paper=paper, by=self.roster.name_of(one.person), approval=one.act_id,
                due=task.due, level=task.level, countdown=task.countdown,
            )  # fmt: skip

    def _records_to_sign(self) -> Iterator[rv.PaperToSign]:
        """Yield the records of which the awaited step is a leader's: it has a form of its own (台账与会议)."""
        if "leader" not in self._person.roles:
            return
        kinds = self._kinds()
        for task in self.record_tasks():
            if not task.record_id:
                continue
            record = self.record(task.record_id)
            kind = kinds.get(record.kind)
            step = kind.step(task.action) if kind else None
            if step is None or "leader" not in step.persons or all(s.step != step.code for s in record.steps):
                continue
            if kind is not None and kind.cosigns is not None and step.code == kind.cosigns.agree:
                yield self._to_cosign(task, record, kind.cosigns)
                continue
            yield rv.PaperToSign(
                id=task.id, kind="record", kind_name=record.kind_name, action=step.code, case_id="", matter=1,
                number=record.number, title=record.title or record.period_words, text="",
                facts=tuple((c, w) for _, c, w in record.fields if w), due=task.due, level=task.level,
                countdown=task.countdown, record_id=record.record_id, step=step.code,
            )  # fmt: skip

    def _to_cosign(self, task: TaskView, record: RecordView, said: Cosigns) -> rv.PaperToSign:
        """Return a text that another body sent for this one's opinion, whole."""
        values = {name: words for name, _, words in record.fields}
        beside = {said.to, said.text, said.reply, said.sha256}
        return rv.PaperToSign(
            id=task.id, kind="cosign", kind_name=self._kind_name("cosign"), action=said.agree, case_id="", matter=1,
            number=record.number, title=record.title, text=values.get(said.text, ""), by=record.body_name,
            facts=tuple((c, w) for name, c, w in record.fields if w and name not in beside), due=task.due, level=task.level,
            countdown=task.countdown, record_id=record.record_id, returns=said.object, words=said.words,
        )  # fmt: skip

    def _step_name(self, kind: str, step: str) -> str:
        """Return what a paper is, with the step of its chain that it waits for."""
        name = self._kind_name(kind)
        names = labels.choices_of("pass-reply", "step")
        return (
            f"{name}（{labels.pick(names[step], self.lang)}）"
            if step and self.lang != "en"
            else f"{name} ({labels.pick(names[step], self.lang)})"
            if step
            else name
        )

    def _kind_name(self, kind: str) -> str:
        return labels.pick(KINDS[kind], self.lang)


KINDS: Final = {
    "transfer": ("移送单", "Slip"), "reply": ("回复", "Reply"), "record": ("台账文件", "Record"), "cosign": ("请会签", "To co-sign"),
    "proxy": ("代录待确认", "Entered for you"),
}  # fmt: skip


def _names(one: Happened, reply: str, sha256: str) -> bool:
    event = one.stamped.event
    return isinstance(event, he.ReplyDrafted) and (event.reply, event.sha256) == (reply, sha256)
