"""Which events an action may give: what the shared database lets an act bring, whatever its sender claims."""

from typing import Final, get_args

from liaison_app.domain import events as ev
from liaison_app.domain.command_base import Command
from liaison_app.domain.decide_handling import SAME
from liaison_app.domain.event_base import InnerEvent

OWN: Final[dict[str, tuple[str, ...]]] = {
    "register": ("registered",),
    "bring-in": ("brought-in",),
    "complete": ("completed",),
    "propose-transfer": ("transfer-proposed",),
    "approve": ("transfer-approved",),
    "return": ("proposal-returned", "proposal-withdrawn"),
    "withdraw": ("proposal-withdrawn",),
    "transfer": ("transfer-proposed", "transfer-sent"),
    "deliver": ("delivery-confirmed",),
    "sign": ("receipt-signed",),
    "accept": ("accepted",),
    "inform": ("informed",),
    "report-urgent": ("urgent-reported",),
    "note": ("note-written",),
    "strike-note": ("note-struck",),
    "hand-over": ("handed-over",),
    "receive-charge": ("charge-received",),
    "attach": ("attached",),
    "issue-paper": ("paper-issued",),
    "print-paper": ("paper-printed",),
    "void-paper": ("paper-voided",),
    "seal-paper": ("paper-sealed",),
    "take-over": ("taken-over",),
    "arrive": ("arrived",),
    "void": ("ended",),
    "inquire": ("inquired",),
    "countersign": ("countersigned",),
    "confirm-proxy": ("proxy-confirmed",),
    "reveal": ("revealed",),
    "take-out": ("taken-out",),
    "erase-personal": ("personal-erased",),
    "draft-reply": ("reply-drafted",),
    "submit-reply": ("reply-submitted",),
    "approve-reply": ("reply-approved",),
    "pass-reply": ("reply-passed",),
    "return-reply": ("reply-commented", "reply-returned"),
    "send-reply": ("reply-sent",),
    "grant-extension": ("extended",),
    "urge": ("urged",),
    "merge": ("merged", "joined"),
    "unmerge": ("unmerged", "parted"),
    "open-record": ("record-opened", "record-replaced"),
    "record-step": ("record-stepped",),
    "enter-person": ("person-entered",),
    "person-leaves": ("person-left",),
    "enter-year": ("year-entered",),
    "choose-setting": ("setting-chosen",),
    "freeze-period": ("period-frozen",),
}
"""Actions whose events are not simply the command in the past tense."""

FORBIDS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("transfer", "transfer-proposed"): ("proposed", "approved", "sent"),
}
"""Flags under which an event may not come with an action: a transfer is proposed in the same breath only when none stands."""


OPENS: Final = frozenset({"register", "bring-in"})
"""Acts with which a case begins: the case has their id."""
REGISTERS: Final = frozenset({"enter-person", "person-leaves", "enter-year", "choose-setting", "freeze-period"})
"""Acts of an administrator on the district's registers: each goes over the line alone, and is taken at once or refused."""


def yields() -> dict[str, tuple[str, ...]]:
    """Return for every action the kinds of its events."""
    same = {_tag(command): (_tag(event),) for command, event in SAME.items()}
    return {action: (*kinds, "state-changed") for action, kinds in {**same, **OWN}.items()}


def inner_kinds() -> tuple[str, ...]:
    """Return the kinds that stay in the stream which only the own body reads."""
    return tuple(sorted(_tag(kind) for kind in get_args(ev.AnyEvent) if issubclass(kind, InnerEvent)))


def _tag(kind: type[Command] | type[ev.Event]) -> str:
    return str(kind.__struct_config__.tag)
