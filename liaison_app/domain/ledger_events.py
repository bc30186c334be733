"""Events of ledger records 台账记录: opened, stepped on, replaced by a successor. The open part only (DESIGN §3)."""

from typing import Any, TypeAlias

import msgspec

from liaison_app.domain.event_base import Event
from liaison_app.domain.ledger_kinds import PAPER_STEP, PAPERS, SEALED

Lines = dict[str, tuple[dict[str, Any], ...]]
"""Lines added, by table."""


class LedgerEvent(Event, frozen=True):
    """Base of events in the stream of a record."""

    @property
    def stands_in(self) -> str:
        """The record whose stream the event goes to, '' for the record of its own act."""
        return ""


class RecordOpened(LedgerEvent, frozen=True, kw_only=True, tag="record-opened"):
    """登记: a record of a kind began; ``replaces`` names the record that it corrects, with the reason."""

    kind: str
    mechanism: str
    number: str
    body: str
    state: str
    period: str = ""
    fields: dict[str, Any] = {}
    lines: Lines = {}
    replaces: str = ""
    reason: str = ""


class RecordStepped(LedgerEvent, frozen=True, kw_only=True, tag="record-stepped"):
    """A step was taken: fields that became known, lines added, dropped (``table/n``) or closed, the state after it."""

    step: str
    state: str
    fields: dict[str, Any] = {}
    lines: Lines = {}
    drops: tuple[str, ...] = ()
    closes: str = ""
    reason: str = ""


class RecordReplaced(LedgerEvent, frozen=True, kw_only=True, tag="record-replaced"):
    """更正: a successor stands in the place of this record."""

    record: str
    reason: str

    @property
    def stands_in(self) -> str:
        """The record that is replaced."""
        return self.record


AnyLedger: TypeAlias = RecordOpened | RecordStepped | RecordReplaced


def sealed_in(event: object) -> tuple[dict[str, Any], ...]:
    """Return the lines by which a step of a record says that a sealed paper came back (OFFICE A6)."""
    lines = event.lines.get(PAPERS, ()) if isinstance(event, RecordStepped) and event.step == PAPER_STEP else ()
    return tuple(line for line in lines if line.get("way") == SEALED)


def lines_of(given: dict[str, Any]) -> Lines:
    """Return lines as events keep them."""
    return {name: tuple(msgspec.to_builtins(line) for line in lines) for name, lines in given.items() if lines}
