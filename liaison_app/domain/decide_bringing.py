"""旧案移入: a case of a desk that worked alone opens a case stream in the state it had (DESIGN §4). Pure."""

from datetime import datetime

import msgspec

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Actor
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.rules import Ask, Numbers, Rules


def bring_in(command: cmd.BringIn, rules: Rules, who: Actor, at: datetime, numbers: Numbers) -> tuple[ev.Event, ...]:
    """Return the events of a case brought in; the guards of the profile say in which states one may.

    Raises RuleBroken ``bring_in_member_only``, ``proxy_forbidden``, ``time_in_future``, and what the guards refuse.
    """
    if rules.founding == "alone":
        raise RuleBroken("bring_in_member_only")
    if command.proxy is not None:
        raise RuleBroken("proxy_forbidden", proxy=command.proxy.person, action="bring-in")
    if china(command.registered_at) > at:
        raise RuleBroken("time_in_future", field="registered_at", value=command.registered_at)
    items = {name: getattr(command, name) for name in msgspec.structs.asdict(command)}
    missing = rules.missing(items)
    ask = Ask(
        action="bring-in", state="", roles=frozenset({"first_receiver"}), person_roles=who.roles,
        flags=frozenset({"incomplete"} if missing else ()), done={}, person=who.person, proxy=None, given=cmd.given_of(command),
    )  # fmt: skip
    granted = rules.permit(ask)
    issues = tuple(rules.checked_facts(f) for f in (command.facts, *command.second_issue))
    brought = ev.BroughtIn(
        number=numbers.take("case", who.body, stamp(at)), mechanism=rules.mechanism, first_receiver=who.body,
        channel=command.channel, received_at=command.received_at or command.registered_at, object=command.object,
        place=command.place, town=command.town, headcount=command.headcount, external_no=command.external_no,
        confidential=command.confidential, issues=issues, missing=missing, source_key=command.source_key,
        old_id=command.old_id, old_number=command.old_number, old_state=command.old_state, state=command.state,
        registered_at=command.registered_at, registered_by=command.registered_by, why=command.why, has=command.has,
        own=command.own, held=command.held, standing=command.standing,
    )  # fmt: skip
    states = tuple(ev.StateChanged(matter=n + 1, to=granted.to or "") for n in range(len(issues)))
    return (brought, *states)
