"""Commands on ledger records 台账记录: the mechanism names kinds, steps and fields; these two acts carry them."""

from typing import Annotated, Any

import msgspec

from liaison_app.domain.command_base import Command, Line

Values = dict[Annotated[str, msgspec.Meta(max_length=60)], Any]
Tables = dict[Annotated[str, msgspec.Meta(max_length=60)], Annotated[list[Values], msgspec.Meta(max_length=2_000)]]


class OpenRecord(Command, frozen=True, kw_only=True, tag="open-record"):
    """登记台账: begin a record of a kind, or the successor of one that is corrected (``replaces``, with the reason)."""

    kind: Line
    fields: Values = {}
    personal: Values = {}
    lines: Tables = {}
    period: Line = ""
    replaces: Line = ""
    reason: Line = ""


class StepRecord(Command, frozen=True, kw_only=True, tag="record-step"):
    """办理台账: take a step of a record; ``line`` names the line that is closed (销号)."""

    step: Line
    fields: Values = {}
    personal: Values = {}
    lines: Tables = {}
    line: Annotated[int, msgspec.Meta(ge=1)] | None = None
    reason: Line = ""


LedgerCommand = OpenRecord | StepRecord
"""What is written into a record rather than into a case."""

PERSONAL_FIELDS: dict[str, tuple[str, ...]] = {"open-record": ("personal",), "record-step": ("personal",)}
"""Names and numbers of persons travel in the personal part of the act."""
