"""What deciding needs of a mechanism, as a protocol: the profile answers, the domain never names a mechanism."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from liaison_app.domain.case import Case


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A request to act, as the guards see it."""

    action: str
    state: str
    roles: frozenset[str]
    person_roles: frozenset[str]
    flags: frozenset[str]
    done: Mapping[str, Sequence[str]]
    person: str
    proxy: str | None
    given: Mapping[str, Any]
    body: str = ""


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """The guard that allows the act: the state it leads to (None = unchanged) and its rule id."""

    to: str | None
    rule: str


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """What the routing table says for one matter."""

    row: str
    addressees: tuple[str, ...]
    lead: str
    transfer: str
    handling: str
    own: bool = False
    blocked: bool = False
    asks: str = ""
    """The body whose register is asked before a slip leaves."""
    report_to: tuple[str, ...] = ()


class Rules(Protocol):
    """A mechanism profile with settings and roster applied."""

    @property
    def mechanism(self) -> str:
        """Name and version of the mechanism, as acts cite it."""

    @property
    def founding(self) -> str:
        """What the desk was founded as: demo, alone or member."""

    def states_in(self, version: str, day: str) -> frozenset[str]:
        """Return the states of another version; raise RuleBroken ``version_unknown``, ``version_not_yet``."""

    def state_words(self, code: str) -> dict[str, str]:
        """Return the name of a state as facts of a refusal: state_zh, state_en."""

    @property
    def readings(self) -> frozenset[str]:
        """Every setting with the reading chosen, as ``setting=value``."""

    @property
    def stand_ins(self) -> Sequence[str]:
        """Roles and posts that may enter the acts of a body without a desk (OFFICE A2)."""

    def permit(self, ask: Ask) -> Granted:
        """Return the guard that allows the act; raise RuleBroken otherwise."""

    def lead(self, facts: Mapping[str, Any], case_facts: Mapping[str, Any]) -> Lead:
        """Return lead, addressees and urgency for a matter."""

    def checked_facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts in their canonical form; raise RuleBroken for unknown names or values."""

    def missing(self, items: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the registration items that are missing (M1-REC-02)."""

    def blocked(self, items: Mapping[str, Any]) -> bool:
        """Return whether what is missing forbids a transfer (M1-REC-04)."""

    def has_desk(self, body: str) -> bool:
        """Return whether a body has a desk of its own (OFFICE A2)."""

    def is_leader(self, person: str, body: str) -> bool:
        """Return whether a person leads a body."""

    def has_leader(self, body: str) -> bool:
        """Return whether the roster knows a leader of a body."""

    def works_at(self, person: str, body: str) -> bool:
        """Return whether a person (by id) is of a body and has not left."""

    def known_body(self, body: str) -> bool:
        """Return whether a body stands in the roster."""

    def named_bodies(self, words: str) -> tuple[str, ...]:
        """Return the bodies that the object of a complaint names (OFFICE C2)."""

    def knows_clock(self, rule: str) -> bool:
        """Return whether the mechanism has a clock of that rule."""

    def ended(self, state: str) -> bool:
        """Return whether a state is an end of the mechanism's table."""

    def knows_outcome(self, code: str) -> bool:
        """Return whether a case may be closed with that outcome code."""

    def outcome_needs_limit(self, code: str) -> bool:
        """Return whether closing with that outcome promises a date (M1-ARC-03)."""

    def paper_numbering(self, kind: str) -> str | None:
        """Return who numbers a kind of paper (ours, office, none), None when the mechanism has no such paper."""

    def latest_extension(self, case: Case, matter: int, rule: str) -> datetime | None:
        """Return the last moment to which a clock may be extended, None when nothing limits it."""


class Numbers(Protocol):
    """Numbers of papers and cases, taken in the transaction of the act that carries them."""

    def take(self, kind: str, body: str, at: str) -> str:
        """Return the next number of a kind."""

    def given(self, kind: str, number: str) -> None:
        """Check a number of the office's register; raise RuleBroken ``number_double`` when a paper has it already."""


def case_facts(case: Case) -> dict[str, Any]:
    """Return the facts that belong to the case rather than to one matter."""
    facts: dict[str, Any] = {"first_receiver": case.first_receiver, "channel": case.channel}
    if case.town:
        facts["town"] = case.town
    if case.headcount is not None:
        facts["headcount"] = case.headcount
    if not case.place and "place" in case.missing:
        facts["no_place"] = True
    if "object" in case.missing and "content" in case.missing:
        facts["no_content"] = True
    return facts
