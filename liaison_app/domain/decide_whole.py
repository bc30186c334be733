"""Acts that concern a case as a whole: an end besides closing, its taking back, merging (OFFICE B2). Pure.

Such an act moves every matter of the case, or none; merging is an act over two cases and both show it.
"""

from collections.abc import Callable

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain import handling_commands as hc
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Matter
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Granted, Rules

WHOLE = (cmd.Void, hc.Reopen, hc.Merge, hc.Unmerge)
ENDS = (cmd.Void, hc.Merge)


def other_matters(
    case: Case, matter: Matter, command: cmd.Command, rules: Rules, permit: Callable[[Matter], Granted]
) -> tuple[ev.StateChanged, ...]:
    """Return the moves of the other matters. Raise RuleBroken ``matter_forbids`` when one of them may not end so.

    What is closed already stays as it is; taking back an end moves only the matters that had it.
    """
    moves = []
    for other in case.matters:
        if other.n == matter.n or (isinstance(command, ENDS) and rules.ended(other.state)):
            continue
        try:
            granted = permit(other)
        except RuleBroken as refused:
            if isinstance(command, ENDS):
                raise RuleBroken(
                    "matter_forbids", action=cmd.action_of(command), matter=other.n, state=other.state,
                    because=refused.code, rule=refused.facts.get("rule", ""), **rules.state_words(other.state),
                ) from None  # fmt: skip
            continue
        if granted.to and granted.to != other.state:
            moves.append(ev.StateChanged(matter=other.n, to=granted.to))
    return tuple(moves)


def merged(case: Case, command: hc.Merge, other: Case | None) -> he.Merged:
    """Return the merging of a case into another. Raise RuleBroken when the other cannot take it."""
    if other is None:
        raise RuleBroken("case_unknown", field="into", value=command.into)
    if other.id == case.id:
        raise RuleBroken("merge_with_itself", field="into", value=command.into)
    if other.ended or other.handling.merged_into:
        raise RuleBroken("merge_into_ended", field="into", value=other.number)
    return he.Merged(into=other.id, number=other.number, reason=command.reason)


def on_the_other_side(case: Case, event: ev.Event, other: Case | None) -> ev.Event | None:
    """Return what merging or separating a case means for the other case."""
    if other is None:
        return None
    match event:
        case he.Merged():
            return he.Joined(case=case.id, number=case.number, reason=event.reason)
        case he.Unmerged() if case.id in other.handling.joined:  # merged by an earlier program: only the one side knows
            return he.Parted(case=case.id, number=case.number, reason=event.reason)
        case _:
            return None
