"""收回: what the person at work did last, whether it can be taken back, and the entries that do it.

What was done together is taken back together. After a restart the steps of the last hours are read from the own log again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from liaison_app.desk import views
from liaison_app.desk.deciding import folded
from liaison_app.desk.inquiring import Inquiring
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.signing import command_of
from liaison_app.domain import commands as cmd
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.undoing import INVERSES, barred, makes_up
from liaison_app.security import keys
from liaison_app.store import journal, queries
from liaison_app.store.replica import Replica
from liaison_app.words import labels
from liaison_app.words.errors import told

KEPT: Final = 50
"""So many steps of each person are remembered."""
REACH: Final = timedelta(hours=12)
"""A desk that was closed and opened again remembers its steps so far back."""
NOT_STEPS: Final = frozenset({"print-paper", "issue-paper", "answer-alarm", "take-out"})
"""Acts that go along with others: they are no step of their own."""


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
        """Return the steps of the person at work; those before the desk was opened are read from his log."""
        if self._person.id not in self._done:
            self._done[self._person.id] = self._from_log()
        return self._done[self._person.id]

    def _from_log(self) -> list[Done]:
        """Return the steps that the own log holds: what was done in one moment alike is one, what was taken back is none."""
        steps: list[Done] = []
        moments: list[str] = []
        with self._replica.read() as connection:
            device = journal.device_of(connection, self._person.id)
            since = stamp(self.now() - REACH)
            acts = journal.own_acts(connection, device, since, 2 * KEPT) if device else []
            for act, case, kind, at, opened, personal in acts:
                if kind not in cmd.COMMANDS or kind in NOT_STEPS or not case:
                    continue
                command = command_of(opened, personal)
                row = queries.rows(connection, queries.ROW, case=case)
                item = (case, str(row[0][2]) if row else "", command, act)
                if steps and _takes_back(steps[-1], item):
                    left = tuple(i for i in steps[-1].items if i[0] != case)
                    steps[-1] = Done(steps[-1].action, left)
                    if not left:
                        steps.pop(), moments.pop()
                elif (
                    steps and moments[-1] == at and steps[-1].action == kind and _alike(steps[-1].items[-1][2], command)
                ):
                    steps[-1] = Done(kind, (*steps[-1].items, item))
                else:
                    steps.append(Done(kind, (item,)))
                    moments.append(at)
        return steps[-KEPT:]

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
                why = said if len(done.items) == 1 else labels.said(number, said, self.lang)
                return told("undo_not_yours", {"why": why}, self.lang)
        return ""


def _takes_back(last: Done, item: tuple[str, str, cmd.Command, str]) -> bool:
    """Whether an act is what taking back the last step gave: its inverse, on one of its cases."""
    if barred(last.action):
        return False
    inverse = INVERSES[last.action].action
    return cmd.action_of(item[2]) == inverse and any(case == item[0] for case, *_ in last.items)


def _alike(one: cmd.Command, other: cmd.Command) -> bool:
    """Whether two commands say the same of two cases."""
    return one == other
