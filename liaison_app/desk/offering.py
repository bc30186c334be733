"""What a person may do with a case now, and in words why something is not open to him."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from liaison_app.desk import views
from liaison_app.desk.chains import chain_of
from liaison_app.desk.deciding import folded
from liaison_app.desk.drafting import shaped
from liaison_app.desk.listing import Listing
from liaison_app.desk.paper_data import paper_choices
from liaison_app.desk.showing import Shower
from liaison_app.desk.versioning import MOVE
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Case, Matter
from liaison_app.domain.decide import ask_for
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism import guards
from liaison_app.store import following
from liaison_app.words import labels

ELSEWHERE: Final = frozenset({"strike-note", "answer-alarm", "receive-charge"})
"""Acts that have a place of their own: taking back a note, answering what rings, receiving what was handed over."""


class Offering(Listing):
    """A desk that offers acts."""

    def actions(self, ref: str) -> tuple[views.ActionView, ...]:
        """Return what the person may do now with a case."""
        with self._replica.read() as connection:
            case = folded(self._happened(connection, self._find(connection, ref)))
            if following.left_since(connection, case.id):
                return ()
        return self._actions(case, self._show(case=case))

    def common_actions(self, refs: Sequence[str]) -> tuple[views.ActionView, ...]:
        """Return the acts that each of several cases offers to the person, as the first case asks for them."""
        offered = [self.actions(ref) for ref in dict.fromkeys(refs)]
        if not offered:
            return ()
        names = [{(one.action, one.label) for one in actions} for actions in offered]
        return tuple(one for one in offered[0] if all((one.action, one.label) in found for found in names))

    def _masked(self, case: Case) -> bool:
        """Return whether the personal part of a case is closed to the person: outside the case, or strict confidence."""
        body = self._person.body
        outside = body not in case.bodies() and case.id not in self._revealed
        return outside or (case.confidential == "strict" and body != case.first_receiver)

    def _refusal(self, case: Case, matter: Matter, action: str) -> RuleBroken | None:
        """Return why an act is not open to the person, whatever he would fill in; None when it is."""
        rules = self.rules.of(case)
        ask, nearest = ask_for(case, action, matter, rules, self._actor()), RuleBroken("action_unknown", action=action)
        for given in guards.fillings(rules.profile, action):
            try:
                rules.permit(msgspec.structs.replace(ask, given=given))
            except RuleBroken as refused:
                nearest = refused
            else:
                return None
        return nearest

    def _actions(self, case: Case, show: Shower) -> tuple[views.ActionView, ...]:
        who, offered = self._actor(), []
        leaders = tuple((p.id, p.name) for p in self.roster.people if p.body == who.body and "leader" in p.roles)
        colleagues = tuple(
            (p.id, p.name) for p in self.roster.people if p.body == who.body and p.id not in self.roster.left
        )
        waiting = tuple(
            (t.approval.act_id, t.slip_no or t.id) for t in case.transfers if t.approval and t.from_body == who.body
        )
        judged = self.rules.of(case)
        profile = judged.profile
        bodies = tuple((p.id, show.body(p.id)) for p in profile.posts)
        rules = tuple((d.rule, d.en if self.lang == "en" else d.zh) for d in profile.deadlines if d.owner != "post")
        outcomes = tuple((o.code, o.en if self.lang == "en" else o.zh) for o in profile.outcomes)
        steps = tuple((o.code, o.en if self.lang == "en" else o.zh) for o in profile.steps)
        marks = tuple((o.code, o.en if self.lang == "en" else o.zh) for o in profile.marks)
        choices = {
            "leader": leaders, "approval": waiting, "body": bodies, "proposed": bodies, "lead": bodies, "rule": rules,
            "close-outcome": outcomes, "step": steps, "marks": marks, "transfer-to": bodies,
            "hand-over-to": colleagues, "move-version-to": self.versions_for(case), **paper_choices(case, profile, self.lang, who.body),
        }  # fmt: skip
        for matter in case.matters:
            ask = ask_for(case, "", matter, judged, who)
            standing = tuple(pair for pair in marks if f"{matter.n}/{pair[0]}" in case.handling.marks)
            choices["unmark-marks"] = standing
            written = case.handling.reply(matter.n, body=who.body)
            chained = chain_of(judged, written.kind, who.body) if written else ()
            awaiting = [r for r in case.handling.of("replies", matter.n) if r.body == who.body and r.approval]
            choices["approval"] = (*waiting, *((r.approval, _reply_words(r.kind, self.lang)) for r in awaiting))
            seen: set[tuple[str, str]] = set()
            for guard in guards.offered(profile, ask):
                key = (guard.action, str(guard.given))
                idle = guard.action in ELSEWHERE or (guard.action == "unmark" and not standing)
                idle = idle or (guard.action == "pass-reply" and not chained)
                if key not in seen and not idle:
                    seen.add(key)
                    offered.append(show.action(guard, matter.n, choices))
        if choices["move-version-to"]:
            offered.append(show.action(MOVE, 1, choices))
        return tuple(offered)

    def _command(self, ref: str, action: str, data: Mapping[str, Any]) -> cmd.Command:
        kind = cmd.COMMANDS.get(action)
        if kind is cmd.ErasePersonal:  # only with the second person's own secret: ``erase_personal``
            raise RuleBroken("second_person", person="")
        if kind is None:
            raise self._refusal_of_unknown(ref, action)
        own = "evidence" in kind.__struct_fields__
        plain = {k: v for k, v in data.items() if k != "for" and (k != "evidence" or own)}
        if data.get("for"):
            plain["proxy"] = {"person": self._person_id(str(data["for"])), "evidence": str(data.get("evidence") or ""),
                              "body": str(data.get("for_body") or "")}  # fmt: skip
            plain.pop("for_body", None)
        try:
            return msgspec.convert(shaped(kind, plain), kind, strict=False)
        except msgspec.ValidationError as error:
            words, _, where = str(error).partition(" - at `$.")
            field = where.rstrip("`") or words.split("`")[1] if "`" in words else where.rstrip("`")
            code = "field_missing" if "missing required" in words else "field_type"
            raise RuleBroken(code, field=field, reason=words, action=action) from None

    def _refusal_of_unknown(self, ref: str, action: str) -> RuleBroken:
        with self._replica.read() as connection:
            case = folded(self._happened(connection, self._find(connection, ref)))
        rules = self.rules.of(case)
        ask = ask_for(case, action, case.matters[0], rules, self._actor())
        try:
            rules.permit(ask)
        except RuleBroken as refused:
            return refused
        return RuleBroken("action_unknown", action=action)


def _reply_words(kind: str, lang: str) -> str:
    return labels.choice("draft-reply-kind", kind, lang)
