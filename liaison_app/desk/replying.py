"""Replies 回复 at the desk: what the editor shows, versions, submitting in one transaction."""

from collections.abc import Sequence
from typing import Final

import msgspec

from liaison_app.desk import reply_views as rv
from liaison_app.desk.chains import passed, steps_of
from liaison_app.desk.deciding import folded
from liaison_app.desk.describing_case import grounds_of, values_of
from liaison_app.desk.erasing import Erasing
from liaison_app.desk.letters import foot_of, plain
from liaison_app.desk.paper_desk import PaperDesk
from liaison_app.desk.views import CaseView, Outcome
from liaison_app.domain import commands as cmd
from liaison_app.domain import handling_commands as hc
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened, Matter
from liaison_app.domain.decide import ask_for
from liaison_app.domain.decide_handling import text_hash
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.filling import fill
from liaison_app.domain.handling import Reply
from liaison_app.domain.moments import china
from liaison_app.intake.letters import body_of, read_letter
from liaison_app.mechanism.chain_schema import ChainStep
from liaison_app.words import labels

DONE: Final = {"approved", "sent"}
"""States after which the text of a reply stands."""


class Replying(PaperDesk, Erasing):
    """A desk that writes replies."""

    def reply(self, ref: str, matter: int = 1) -> rv.ReplyView:
        """Return the reply at work on a matter with everything that stands beside it. Raise RuleBroken ``case_unknown``."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref))
            answered = self._cosigned(connection, folded(happened))
        case, shown = folded(happened), self.case(ref)
        drafts = [h for h in happened if isinstance(h.stamped.event, he.ReplyDrafted) and h.stamped.matter == matter]
        name = _at_work(case, matter, drafts)
        known = case.handling.reply(matter, name, self._person.body) if name else None
        versions = self._versions_of(happened, name) if name else ()
        newest = versions[-1] if versions else None
        offered = {a.action for a in shown.actions if a.matter == matter}
        kinds = self._reply_kinds(case, matter, shown)
        if not kinds and newest:
            kinds = ((newest.kind, labels.choice("draft-reply-kind", newest.kind, self.lang)),)
        values = values_of(case, matter, happened, self.rules.of(case), self._person, self.now())
        comment = next((v.comment for v in reversed(versions) if v.comment), "")
        return rv.ReplyView(
            case=shown, matter=matter, reply=name, kind=newest.kind if newest else next((k for k, _ in kinds), ""),
            state=known.state if known else "drafted" if newest else "", text=newest.text if newest else "", kinds=kinds,
            templates=tuple(
                rv.TemplateView(id=t.id, kind=t.kind, name=t.en if self.lang == "en" else t.zh, text=fill(t.text, values))
                for t in self.rules.of(case).profile.templates
                if t.kind in dict(kinds)
            ),
            versions=versions, comment=comment if known and known.state == "returned" else "",
            facts=self._reply_facts(shown, happened, matter), earlier=self._earlier(happened, matter),
            grounds=grounds_of(case, happened, self.rules.of(case), self._person, shown), can_write="draft-reply" in offered or "feedback" in offered,
            can_submit="submit-reply" in offered, can_send="send-reply" in offered,
            chain=self._chain_words(case, [*happened, *answered], known, newest.kind if newest else ""),
        )  # fmt: skip

    def replies(self, ref: str) -> tuple[rv.ReplyOfCase, ...]:
        """Return every reply of a case in the order in which they were begun. Raise RuleBroken ``case_unknown``."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref))
        known = {one.id: one for one in folded(happened).handling.replies}
        masked, begun, texts = self.case(ref).masked, {}, {}
        for one in happened:
            if isinstance(event := one.stamped.event, he.ReplyDrafted):
                begun[event.reply] = (one, event)
                texts[event.reply, event.sha256] = str(one.personal.get("text", ""))
        found = []
        for name, (draft, event) in begun.items():
            reply = known.get(name)
            sha256 = reply.sha256 if reply else event.sha256
            found.append(rv.ReplyOfCase(
                reply=name, matter=draft.stamped.matter, body=draft.body, body_name=self._show().body(draft.body), kind=event.kind,
                kind_name=labels.choice("draft-reply-kind", event.kind, self.lang), state=reply.state if reply else "drafted",
                text="" if masked else texts.get((name, sha256), ""), leader=reply.leader if reply else "",
                approved_at=reply.approved_at if reply else "", sent_at=reply.sent_at if reply else None,
                method=reply.method if reply else "", document_no=reply.document_no if reply else "",
            ))  # fmt: skip
        return tuple(found)

    def save_version(self, ref: str, matter: int, kind: str, text: str, *, submit: bool = False) -> Outcome:
        """Keep a text as the next version of the reply at work; with ``submit`` it goes to the leader in the same moment.

        Raises RuleBroken when the reply may not be written or submitted now; nothing is kept then.
        """
        now = self.reply(ref, matter)
        name = now.reply if now.state not in DONE else ""
        newest = now.versions[-1] if now.versions and name else None
        same = newest is not None and (newest.kind, newest.text) == (kind, text)
        commands: list[cmd.Command] = []
        if not same:
            commands.append(hc.DraftReply(kind=kind, text=text, reply=name, matter=matter))  # type: ignore[arg-type]
        if submit:
            commands.append(
                hc.SubmitReply(kind=kind, reply=name, sha256=text_hash(text), matter=matter)  # type: ignore[arg-type]
            )
        return self._acts_in_row(ref, commands)

    def letter(self, ref: str, kind: str, text: str, matter: int = 1) -> rv.LetterView:
        """Return a text as the letter that it will be: as PDF where papers of this form can be drawn, else as text."""
        paper = self._letter(ref, kind, text, matter)
        drawn = self.renderer.official([paper]).pdf if self.renderer else b""
        return rv.LetterView(text=plain(paper), pdf=drawn)

    def letter_docx(self, ref: str, kind: str, text: str) -> bytes:
        """Return a text as the letter in .docx, to be changed in WPS or Word. Raise RuleBroken ``renderer_missing``."""
        if self.renderer is None:
            raise RuleBroken("renderer_missing")
        return self.renderer.official_docx(self._letter(ref, kind, text))

    def read_back(self, ref: str, kind: str, text: str, name: str, content: bytes) -> rv.ReturnedText:
        """Return what came back from WPS of the letter of a text, its body found again; nothing is stored by it.

        Raises RuleBroken ``letter_old_format``, ``letter_unreadable``, ``letter_empty``.
        """
        found = read_letter(name, content)
        sent = self._letter(ref, kind, text)
        addressee = [f"{'、'.join(sent.to)}："] if sent.to else []
        body, known = body_of(found.lines, [sent.issuer, sent.title, *addressee, sent.opening], foot_of(sent))
        if not body:
            raise RuleBroken("letter_empty", file=name)
        named = [line.strip("　 ") for line in found.lines if sent.to and line.strip("　 ") in addressee]
        return rv.ReturnedText(
            text="\n".join([*(named[:1] or addressee), *body]), changes=found.changes, by=found.by,
            remarks=found.remarks, known=known,
        )  # fmt: skip

    def _acts_in_row(self, ref: str, commands: Sequence[cmd.Command]) -> Outcome:
        if not commands:
            raise RuleBroken("nothing_to_save")
        with self._replica.write() as connection:
            case_id = self._find(connection, ref)
            for command in commands:
                outcome = self._decide_all(connection, [(case_id, command)])[0]
        for command in commands:
            self.log.note("act", action=cmd.action_of(command))
        self._remember(cmd.action_of(command), [command], [outcome])
        self._tell({outcome.case, *outcome.changed})
        return outcome

    def _chain_words(
        self, case: Case, happened: Sequence[Happened], known: Reply | None, kind: str
    ) -> tuple[tuple[str, str], ...]:  # fmt: skip
        """Return the steps before the signature and the signature itself, each with who and when ('' = to come)."""
        chain = steps_of(self.rules.of(case), kind, self._person.body)
        if not chain:
            return ()
        done = passed(happened, known.id, known.sha256) if known else {}
        told = {code: self._step_words(one) for code, one in done.items()}
        if known and known.approved_at:
            told["sign"] = f"{self.roster.name_of(known.leader)} {known.approved_at[5:16].replace('T', ' ')}"
        names = labels.choices_of("pass-reply", "step")
        return tuple(
            (self._chain_caption(s, labels.pick(names[s.code], self.lang)), told.get(s.code, "")) for s in chain
        )

    def _chain_caption(self, step: ChainStep, words: str) -> str:
        """Return a step with who takes it where the body named somebody: 核稿（周敏，B角许国强）."""
        people = [self.roster.name_of(p) for p in step.people]
        deputy = [labels.pick((f"B角{name}", f"deputy {name}"), self.lang) for name in people[1:]]
        named = [*people[:1], *deputy, *([self._show().body(step.body)] if step.body else [])]
        return (
            labels.pick((f"{words}（{'，'.join(named)}）", f"{words} ({', '.join(named)})"), self.lang)
            if named
            else words
        )

    def _step_words(self, one: Happened) -> str:
        event = one.stamped.event
        assert isinstance(event, he.ReplyPassed)
        if event.skipped:
            return labels.pick((f"跳过：{event.skipped}", f"skipped: {event.skipped}"), self.lang)
        who = event.signer or self.roster.name_of(one.person)
        body = self._show().body(event.body) if event.body else ""
        return " ".join(w for w in (body, who, one.happened_at[5:16].replace("T", " "), event.words) if w)

    def _reply_kinds(self, case: Case, n: int, shown: CaseView) -> tuple[tuple[str, str], ...]:
        """Return the kinds that may be written now and whose way out stands open once the leader has signed."""
        rules, matter = self.rules.of(case), case.matter(n)
        if matter is None:
            return ()
        writable = [a for a in shown.actions if a.action == "draft-reply" and a.matter == n]
        choices = {code: words for a in writable for f in a.fields if f.name == "kind" for code, words in f.choices}
        ask = ask_for(case, "send-reply", matter, rules, self._actor())
        found = []
        for guard in rules.profile.guards:
            fits = guard.action == "send-reply" and matter.state in guard.states
            if fits and ask.flags >= set(guard.needs) - {"reply_approved"} and ask.flags.isdisjoint(guard.forbids):
                found += [(str(k), choices[str(k)]) for k in guard.given.get("kind", []) if str(k) in choices]
        kinds = dict(found)
        if "written" in kinds and self._awaits_written(case, matter):
            kinds = {"written": kinds.pop("written"), **kinds}
        if any(a.action == "feedback" and a.matter == n for a in shown.actions):
            kinds = {"feedback": labels.label(labels.ACTIONS, "feedback", self.lang), **kinds}
        return tuple(kinds.items())

    def _awaits_written(self, case: Case, matter: Matter) -> bool:
        moment = case.handling.moment
        return bool(moment(matter.n, "investigated")) and not moment(matter.n, "written-reply")

    def _versions_of(self, happened: Sequence[Happened], name: str) -> tuple[rv.VersionText, ...]:
        found: list[rv.VersionText] = []
        fate = {
            he.ReplySubmitted: "submitted",
            he.ReplyApproved: "approved",
            he.ReplySent: "sent",
            he.ReplyReturned: "returned",
        }
        for one in happened:
            event = one.stamped.event
            if isinstance(event, he.ReplyDrafted) and event.reply == name:
                found.append(
                    rv.VersionText(
                        n=len(found) + 1, at=one.happened_at, person=self.roster.name_of(one.person), kind=event.kind,
                        text=str(one.personal.get("text", "")),
                    )
                )  # fmt: skip
            elif found and isinstance(event, he.ReplyCommented) and event.reply == name:
                found[-1] = _changed(found[-1], comment=event.comment)
            elif found and type(event) in fate and getattr(event, "reply", "") == name:
                found[-1] = _changed(found[-1], fate=fate[type(event)])
        return tuple(found)

    def _reply_facts(self, shown: CaseView, happened: Sequence[Happened], n: int) -> tuple[tuple[str, str], ...]:
        """Return the complaint, findings, promised dates and ratings as (caption, words)."""
        facts = [
            (self._caption("object"), shown.object), (self._caption("place"), shown.place), (self._caption("content"), shown.content or shown.record),
            (self._caption("complainant_name"), f"{shown.complainant_name} {shown.salutation}".strip()), (self._caption("contact"), shown.contact),
            (self._caption("received_at"), shown.received_at[:16].replace("T", " ")),
        ]  # fmt: skip
        for one in happened:
            event = one.stamped.event
            if one.stamped.matter != n:
                continue
            if isinstance(event, he.Investigated):
                at = china(event.arrived_at or one.happened_at).strftime("%Y-%m-%d %H:%M")
                facts.append(
                    (
                        f"{labels.label(labels.ACTIONS, 'investigate', self.lang)} {at}",
                        "\n".join(filter(None, (event.findings, event.measures))),
                    )
                )
            promised = getattr(event, "promised", None)
            if promised:
                facts.append((self._caption("promised"), str(promised)[:16].replace("T", " ")))
            if isinstance(event, he.Revisited) and event.reason:
                facts.append(
                    (f"{labels.label(labels.ACTIONS, 'revisit', self.lang)} {one.happened_at[:10]}", event.reason)
                )
        return tuple((caption, words) for caption, words in facts if words)

    def _caption(self, name: str) -> str:
        return labels.label(labels.FIELDS, name, self.lang)

    def _earlier(self, happened: Sequence[Happened], n: int) -> tuple[tuple[str, str], ...]:
        """Return the replies that were sent in a matter as (kind and day, text): they never change."""
        texts = {
            (e.reply, e.sha256): str(h.personal.get("text", ""))
            for h in happened
            if isinstance(e := h.stamped.event, he.ReplyDrafted)
        }
        found = []
        for one in happened:
            event = one.stamped.event
            if isinstance(event, he.ReplySent) and one.stamped.matter == n:
                kind = labels.choice("send-reply-kind", event.kind, self.lang)
                text = str(one.personal.get("text", "")) or texts.get((event.reply, event.sha256), "")
                number = f" {event.document_no}" if event.document_no else ""
                found.append((f"{kind} {one.happened_at[:10]}{number}", text))
        return tuple(found)


def _at_work(case: Case, matter: int, drafts: Sequence[Happened]) -> str:
    """Return the reply that is being written or is on its way: the newest one that was not sent; '' when there is none."""
    for one in reversed(drafts):
        event = one.stamped.event
        assert isinstance(event, he.ReplyDrafted)
        known = case.handling.reply(matter, event.reply)
        if known is None or known.state != "sent":
            return event.reply
        return ""
    return ""


def _changed(version: rv.VersionText, **fields: str) -> rv.VersionText:
    return msgspec.structs.replace(version, **fields)
