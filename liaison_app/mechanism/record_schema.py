"""Schema of ledger records 台账 and meetings 会议 in a profile: what a mechanism keeps beside its cases."""

from typing import Literal

from liaison_app.domain.ledger_kinds import Explains, RecordField, RecordState, RecordStep, RecordTable
from liaison_app.mechanism.indicator_schema import Measure
from liaison_app.mechanism.part import Part


class Life(Part, frozen=True):
    """A life 办理过程 that kinds may share: states and steps, with the fields and tables that these need."""

    id: str
    states: list[RecordState]
    steps: list[RecordStep]
    fields: list[RecordField] = []
    tables: list[RecordTable] = []


class Duty(Part, frozen=True):
    """A duty 应报 to have a record once in a period: who owes it (``by`` of the record when empty), until which event."""

    every: Literal["month", "quarter", "half_year", "year", "once"]
    event: str
    rule: str
    clock: str = ""
    by: list[str] = []
    until: str = ""


class Candidate(Part, frozen=True):
    """A reason 提请研究的理由 for which open cases are proposed to a meeting: what must have happened since the last one."""

    id: str
    zh: str
    en: str
    rule: str
    measure: Measure


class Meeting(Part, frozen=True):
    """A meeting 会议 that the mechanism asks for."""

    id: str
    name: str
    en: str
    rules: list[str]
    cadence: Literal["month", "quarter", "half_year", "year", "on_request"]
    convenor: list[str]
    attendees: list[str]
    minutes_title: str
    convenor_setting: str = ""
    approval: str = ""
    forms: list[str] = []
    agenda: list[str] = []
    candidates: list[Candidate] = []
    looks_back: int = 90
    """Days back from which cases are proposed to a meeting without a cadence."""
    pack: list[str] = []
    """Kinds of papers of the meeting that stand first in its material pack."""
    minutes_by: str = ""
    """The post that drafts the minutes, ``convenor`` for whoever convenes; '' whoever proposed the meeting."""
    confirmed_by: list[str] = []
    """The posts that find a decision carried out (销号); whoever convenes where none is named."""
    minutes_fields: list[str] = []
    on_request: bool = True
    copies_to: list[str] = []
    life: str = ""
    clock: str = ""
    """The rule of the clock that says until when it must have been held in its period."""
    held: str = "held"
    """The event by which it was held."""


class Record(Part, frozen=True):
    """A record 台账 beside the cases: roster, duty roster, supervision round, list of matters, information report."""

    id: str
    name: str
    en: str
    rules: list[str]
    by: list[str]
    fields: list[RecordField] = []
    to: list[str] = []
    clocks: list[str] = []
    document: str = ""
    round_the_clock: bool = False
    drawn: Literal["", "cases", "meetings", "papers"] = ""
    """From what the desk draws its lines; '': people enter them."""
    life: str = ""
    tables: list[RecordTable] = []
    steps: list[RecordStep] = []
    """Steps beside those of its life; one with the same code and states stands in its place."""
    states: list[RecordState] = []
    title: list[str] = []
    word: str = ""
    readers: list[str] = []
    owed: Duty | None = None
    explains: Explains | None = None
