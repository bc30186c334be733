"""经办人: who of a body has a case. Folded from the body's own entries; nothing of it is stored twice. Pure."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from liaison_app.desk.roster import Roster
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Actor, Happened
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import HandedOver


def in_charge(first: str, handed: Sequence[HandedOver], day: str) -> tuple[str, str]:
    """Return who has a case on a day and until when he stands in ('' for good).

    ``first``: who of the body acted on it first; ``handed``: the hand-overs in order. One that ran out gives the case
    back to whom it came from.
    """
    for one in reversed(handed):
        if not one.until or one.until >= day:
            return one.to, one.until
    return first, ""


def first_of(happened: Sequence[Happened], body: str) -> str:
    """Return who of a body acted first on a case, '' when nobody did."""
    return next((h.person for h in happened if h.body == body and not h.stamped.event.inner), "")


def handed_in(happened: Sequence[Happened]) -> list[HandedOver]:
    """Return the hand-overs among the events of a case and of one body's inner stream."""
    return [h.stamped.event for h in happened if isinstance(h.stamped.event, HandedOver)]


def charged(
    command: cmd.Command, happened: Sequence[Happened], who: Actor, roster: Roster, now: datetime
) -> cmd.Command:
    """Return a hand-over with the person's id and who had the case before; any other command as it is.

    Raises RuleBroken ``charge_unknown`` when one receives what was not handed over to him.
    """
    handed = handed_in(happened)
    if isinstance(command, cmd.ReceiveCharge):
        if not any(h.batch == command.batch and h.to == who.person for h in handed):
            raise RuleBroken("charge_unknown", field="batch", value=command.batch)
        return command
    if not isinstance(command, cmd.HandOver):
        return command
    to = next((p.id for p in roster.people if command.to in (p.id, p.name) and p.body == who.body), command.to)
    before, _ = in_charge(first_of(happened, who.body), handed, now.date().isoformat())
    return msgspec.structs.replace(command, to=to, before=before or who.person)
