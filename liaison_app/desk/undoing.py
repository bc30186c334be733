"""收回: what the person at work did last, whether it can be taken back, and the entries that do it.

What was done together is taken back together. Remembered is what was done since the desk was opened, for each person.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from liaison_app.desk import views
from liaison_app.desk.deciding import folded
from liaison_app.desk.inquiring import Inquiring
from liaison_app.desk.rules import DeskRules
from liaison_app.domain import commands as cmd
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.undoing import INVERSES, barred, makes_up
from liaison_app.security import keys
from liaison_app.store.replica import Replica
from liaison_app.words import labels
from liaison_app.words.errors import told

KEPT: Final = 50
"""So many steps of each person are remembered."""


class Done(msgspec.Struct, frozen=True):
    """What a person did at once: the act, and each case with its command and the id of its act."""

    action: str
    items: tuple[tuple[str, str, cmd.Command, str], ...]
    """Case id, case number, command, act id."""


class Undoing(Inquiring):
    """A desk that can take back what can be taken back."""

    def __init__(
        self, replica: Replica, bundle: keys.Bundle, rules: DeskRules, person: str, *, lang: str, now: datetime | None
    ) -> None:
        super().__init__(replica, bundle, rules, person, lang=lang, now=now)
        self._done: dict[str, list[Done]] = {}

    def undo_view(self) -> views.UndoView | None:
        """Return what would be taken back now and how, or why it cannot be; None when nothing was done yet."""
        done = self._last_done()
        if done is None:
            return None
        code = barred(done.action)
        inverse = "" if code else INVERSES[done.action].action
        return views.UndoView(
            action=done.action, label=labels.label(labels.ACTIONS, done.action, self.lang),
            cases=tuple((case, number) for case, number, *_ in done.items),
            by=labels.label(labels.ACTIONS, inverse, self.lang) if inverse else "",
            refused=told(code, {}, self.lang) if code else self._why_not(done, inverse),
        )  # fmt: skip

    def undo(self, why: str = "") -> views.ManyOutcome:
        """Take back what was done last, all of it or nothing, by entries that make up for it.

        Raises RuleBroken ``nothing_to_undo``, the code of :func:`barred`, or what the guards refuse.
        """
        done = self._last_done()
        if done is None:
            raise RuleBroken("nothing_to_undo")
        if code := barred(done.action):
            raise RuleBroken(code, action=done.action)
        why = why.strip() or labels.pick(("收回", "Taken back"), self.lang)
        outcomes = []
        with self._replica.write() as connection:
            for case, _, command, act in done.items:
                action, fields = makes_up(command, act, why)
                outcomes += self._decide_all(connection, [(case, self._command(case, action, fields))])
        self._steps().pop()
        self.log.note("undone", action=done.action, done=len(outcomes))
        self._tell({case for outcome in outcomes for case in (outcome.case, *outcome.changed)})
        return views.ManyOutcome(done=tuple(outcomes))

    def _remember(self, action: str, commands: Sequence[cmd.Command], outcomes: Sequence[views.Outcome]) -> None:
        """Remember what was done at once by the person at work."""
        items = tuple((o.case, o.number, c, o.act) for c, o in zip(commands, outcomes, strict=True))
        if items:
            steps = self._steps()
            steps.append(Done(action, items))
            del steps[:-KEPT]

    def _steps(self) -> list[Done]:
        return self._done.setdefault(self._person.id, [])

    def _last_done(self) -> Done | None:
        steps = self._steps()
        return steps[-1] if steps else None

    def _why_not(self, done: Done, inverse: str) -> str:
        """Return in words why the guards do not let the person take it back, '' when they do."""
        for case_id, number, command, _ in done.items:
            with self._replica.read() as connection:
                case = folded(self._happened(connection, case_id))
            matter = case.matter(command.matter)
            refused = self._refusal(case, matter, inverse) if matter else None
            if refused is not None:
                said = told(refused.code, refused.facts, self.lang)
                why = said if len(done.items) == 1 else f"{number}：{said}"
                return told("undo_not_yours", {"why": why}, self.lang)
        return ""
