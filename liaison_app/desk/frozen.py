"""Frozen periods 冻结 as they stand in the register, and in words (OFFICE B9)."""

from typing import TYPE_CHECKING, Any

import msgspec

from liaison_app.desk.roster import body_name
from liaison_app.domain import registers as reg
from liaison_app.domain.events import PeriodFrozen, read
from liaison_app.mechanism import freezing
from liaison_app.mechanism.indicators import Figure
from liaison_app.store import journal

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen period as it stands in the register: the act's words, who did it."""

    event: PeriodFrozen
    person: str


def frozen(desk: "Desk", name: str) -> Frozen | None:
    """Return the frozen figures of a period, None while it is not frozen. The first freezing stands."""
    with desk._replica.read() as connection:
        line = journal.frozen_period(connection, reg.FIGURES, name)
    if line is None:
        return None
    event = read(line.kind, line.data).event
    assert isinstance(event, PeriodFrozen)
    return Frozen(event=event, person=line.person)


def frozen_figures(desk: "Desk", one: Frozen, by: str) -> tuple[Figure, ...]:
    """Return the figures of a frozen period by the profile that they were counted with. Raise RuleBroken ``figures_broken``."""
    edition = desk.rules.edition(one.event.version)
    return freezing.unpack(one.event.figures, one.event.sha256, edition.profile, by)


def behind_words(desk: "Desk", missing: tuple[str, ...]) -> tuple[str, ...]:
    """Return the desks that were behind in words: body and person."""
    found = []
    for one in missing:
        body, _, person = one.partition("/")
        name = body_name(desk.rules, body, desk.lang)
        found.append(f"{name}（{desk.roster.name_of(person)}）" if person else name)
    return tuple(found)


def said_frozen(desk: "Desk", one: Frozen) -> dict[str, Any]:
    """Return how a frozen period is said: when, by whom, which desks were behind."""
    return {
        "frozen_at": one.event.since,
        "frozen_by": desk.roster.name_of(one.person), "missing_desks": behind_words(desk, one.event.missing),
    }  # fmt: skip
