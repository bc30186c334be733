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
from liaison_app.domain.decide import ask_for, roles_on
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Ask
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
        show = self._show(case=case)
        return self._actions(case, show) + self._standing_in(case, show)

    def common_actions(self, refs: Sequence[str]) -> tuple[views.ActionView, ...]:
        """Return the acts that each of several cases offers to the person, as the first case asks for them."""
        offered = [[one for one in self.actions(ref) if not one.for_body] for ref in dict.fromkeys(refs)]
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
        choices = self._choices(case, show)
        for matter in case.matters:
            ask = ask_for(case, "", matter, self.rules.of(case), who)
            offered += self._offered(case, matter, ask, choices, show)
        if choices["move-version-to"]:
            offered.append(show.action(MOVE, 1, choices))
        return tuple(offered)

    def _standing_in(self, case: Case, show: Shower) -> tuple[views.ActionView, ...]:
        """Return the acts of bodies without a desk that the person may enter for them (代录, OFFICE A2)."""
        rules, who, offered = self.rules.of(case), self._actor(), []
        posts = {post for guard in rules.profile.guards for post in guard.posts}
        without = [b for b in sorted(case.bodies() | posts) if rules.known_body(b) and not rules.has_desk(b)]
        for matter in case.matters if without else ():
            if not set(rules.stand_ins) & (roles_on(case, who.body, matter.n) | {who.body}):
                continue
            for body in without:
                ask = ask_for(case, "", matter, rules, who, proxy="body_without_desk", body=body)
                theirs = self._offered(case, matter, ask, self._choices(case, show, body), show)
                offered += [show.entered_for(one, body) for one in theirs]
        return tuple(offered)

    def _choices(self, case: Case, show: Shower, body: str = "") -> dict[str, tuple[tuple[str, str], ...]]:
        """Return what can be chosen in the fields of acts of a body (the person's own when '')."""
        body = body or self._person.body
        people = [p for p in self.roster.people if p.body == body]
        leaders = tuple((p.id, p.name) for p in people if "leader" in p.roles)
        colleagues = tuple((p.id, p.name) for p in people if p.id not in self.roster.left)
        profile = self.rules.of(case).profile
        bodies = tuple((p.id, show.body(p.id)) for p in profile.posts)
        rules = tuple((d.rule, d.en if self.lang == "en" else d.zh) for d in profile.deadlines if d.owner != "post")
        outcomes = tuple((o.code, o.en if self.lang == "en" else o.zh) for o in profile.outcomes)
        steps = tuple((o.code, o.en if self.lang == "en" else o.zh) for o in profile.steps)
        marks = tuple((o.code, o.en if self.lang == "en" else o.zh) for o in profile.marks)
        return {
            "leader": leaders, "body": bodies, "proposed": bodies, "lead": bodies, "rule": rules,
            "close-outcome": outcomes, "step": steps, "marks": marks, "transfer-to": bodies,
            "hand-over-to": colleagues, "move-version-to": self.versions_for(case), **paper_choices(case, profile, self.lang, body),
        }  # fmt: skip

    def _offered(
        self, case: Case, matter: Matter, ask: Ask, choices: dict[str, tuple[tuple[str, str], ...]], show: Shower
    ) -> list[views.ActionView]:
        """Return the acts that are open to who asks on one matter, each once."""
        judged = self.rules.of(case)
        standing = tuple(pair for pair in choices["marks"] if f"{matter.n}/{pair[0]}" in case.handling.marks)
        written = case.handling.reply(matter.n, body=ask.body)
        chained = chain_of(judged, written.kind, ask.body) if written else ()
        waiting = [
            (t.approval.act_id, t.slip_no or t.id) for t in case.transfers if t.approval and t.from_body == ask.body
        ]
        waiting += [
            (r.approval, _reply_words(r.kind, self.lang))
            for r in case.handling.of("replies", matter.n)
            if r.body == ask.body and r.approval
        ]
        own = {**choices, "unmark-marks": standing, "approval": tuple(waiting)}
        seen, found = set(), []
        for guard in guards.offered(judged.profile, ask):
            key = (guard.action, str(guard.given))
            idle = guard.action in ELSEWHERE or (guard.action == "unmark" and not standing)
            idle = idle or (guard.action == "pass-reply" and not chained)
            if key not in seen and not idle:
                seen.add(key)
                found.append(show.action(guard, matter.n, own))
        return found

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
