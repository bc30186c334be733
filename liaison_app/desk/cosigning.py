"""会签 by another body at its own desk (OFFICE B7): the text of one reply goes there as a record, its answer passes the step.

The other body reads that record and nothing else of the case. Its agreement to exactly this text counts as the step of the
chain, on every desk of the body that sent it; nothing has to be entered again.
"""

from liaison_app.desk import ledger_views as lv
from liaison_app.desk import reply_views as rv
from liaison_app.desk.chains import next_link
from liaison_app.desk.deciding import cosign_kind, folded
from liaison_app.desk.replying import Replying
from liaison_app.domain.case import Case
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.handling import Reply
from liaison_app.mechanism.chain_schema import ChainStep
from liaison_app.words import labels

EARLIER = ("（较早的文稿）", "(an earlier text)")
"""Said of an answer to a text that was changed since."""


class Cosigning(Replying):
    """A desk that sends texts to be co-signed."""

    def ask_cosign(self, ref: str, body: str, matter: int = 1) -> lv.RecordOutcome:
        """送会签: give the submitted text of a reply to another body, which answers on its own desk.

        Raises RuleBroken ``chain_step_unknown``, ``chain_step_before``, ``chain_other_body``, ``chain_own_body``,
        ``cosign_confidential``, ``cosign_waits`` and what opening a record raises.
        """
        view, kind = self.reply(ref, matter), cosign_kind(self.rules)
        case, known, awaited = self._awaited(view)
        if kind is None or kind.cosigns is None or known is None or awaited is None:
            raise RuleBroken("chain_step_unknown", field="step", step="cosign")
        if awaited.code != "cosign":
            raise RuleBroken("chain_step_before", step=awaited.code)
        if awaited.body and body != awaited.body:
            raise RuleBroken("chain_other_body", field="body", body=self._show().body(awaited.body))
        if body == self._person.body:
            raise RuleBroken("chain_own_body", field="body")
        if case.confidential != "none":
            raise RuleBroken("cosign_confidential")
        if any(one.waits and one.body == body for one in self._sent_to(case, known)):
            raise RuleBroken("cosign_waits", body=self._show().body(body))
        said, about = kind.cosigns, labels.choice("draft-reply-kind", known.kind, "zh_CN")
        fields = dict.fromkeys(kind.title, f"{about}（{case.number}）") | {
            said.to: body, said.case: case.number, said.reply: known.id, said.sha256: known.sha256, said.text: view.text,
        }  # fmt: skip
        return self.open_record(kind.id, fields)

    def cosigning(self, ref: str, matter: int = 1) -> rv.CosignView:
        """Return to whom the text at work may go for its opinion now, and what became of what was sent."""
        case, known, awaited = self._awaited(self.reply(ref, matter))
        if known is None or cosign_kind(self.rules) is None:
            return rv.CosignView()
        sent, show = self._sent_to(case, known), self._show()
        bodies: tuple[tuple[str, str], ...] = ()
        if awaited is not None and awaited.code == "cosign" and case.confidential == "none":
            never = {self._person.body, *(one.body for one in sent if one.waits)}
            fits = [p.id for p in self.rules.profile.posts if p.id not in never and awaited.body in ("", p.id)]
            bodies = tuple((code, show.body(code)) for code in fits)
        return rv.CosignView(bodies=bodies, sent=sent)

    def _awaited(self, view: rv.ReplyView) -> tuple[Case, Reply | None, ChainStep | None]:
        """Return the case, the reply at work and the step that it waits for, None when it was not submitted."""
        with self._replica.read() as connection:
            happened = self._happened(connection, view.case.case_id)
            case = folded(happened)
            answered = self._cosigned(connection, case)
        known = case.handling.reply(view.matter, view.reply, self._person.body) if view.reply else None
        if known is None or known.state != "submitted":
            return case, known, None
        return case, known, next_link(self.rules.of(case), known, [*happened, *answered])

    def _sent_to(self, case: Case, known: Reply) -> tuple[rv.SentText, ...]:
        """Return the texts of a reply that went to other bodies, newest first, each with what was answered."""
        show, ledger, found = self._show(), self._ledger(), []
        with self._replica.read() as connection:
            records = [self._folded_record(story) for story in self._cosign_stories(connection, case)]
        for record, kind in records:
            said, state = kind.cosigns, kind.state(record.state)
            if said is None or record.fields.get(said.reply) != known.id:
                continue
            body, present = str(record.fields.get(said.to)), record.fields.get(said.sha256) == known.sha256
            words = (
                show.body(body), ledger.state_name(kind, record.state), record.taken[-1].at[5:16].replace("T", " "),
                str(record.fields.get(said.words) or ""), "" if present else labels.pick(EARLIER, self.lang),
            )  # fmt: skip
            found.append(
                rv.SentText(
                    record_id=record.id, body=body, words="　".join(w for w in words if w),
                    waits=present and state is not None and not state.end,
                )
            )  # fmt: skip
        return tuple(found)
