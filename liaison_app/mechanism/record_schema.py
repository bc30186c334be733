"""Schema of ledger records 台账 and meetings 会议 in a profile: what a mechanism keeps beside its cases."""

from typing import Literal

from liaison_app.domain.ledger_kinds import Cosigns, Explains, RecordField, RecordState, RecordStep, RecordTable
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


class Draw(Part, frozen=True):
    """A sample 抽样: from which cases of a period, by which strata, how many; where seed, cases and words of it stand."""

    measure: Measure
    size: int
    table: str
    seed: str
    said: str
    case: str = "case"
    stratum: str = "stratum"
    strata: Literal["department", "town"] = "department"
    every: Literal["month", "quarter", "half_year", "year"] = "quarter"


class Begins(Part, frozen=True):
    """What the desk fills in when a record begins 预填.

    ``figures``: by field the indicators of which the numbers of one body are said in a sentence; ``counts``: by field one
    indicator, its number alone; ``rates``: by field one indicator with its fraction;
    ``triggers``: the field that lists the evidence of accountability. The body is the own one, or what the field ``unit``
    says; the period that of the record, or what the field ``year`` says.
    """

    figures: dict[str, list[str]] = {}
    counts: dict[str, str] = {}
    rates: dict[str, str] = {}
    triggers: str = ""
    unit: str = ""
    year: str = ""
    draw: Draw | None = None


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
    book: Literal["", "incoming"] = ""
    """The register of the office in which each record is a line: 收文登记簿 takes ``received``, ``from``, ``from_number``,
    ``subject``, ``copies``, ``limit`` and ``handler`` (OFFICE A3)."""
    life: str = ""
    tables: list[RecordTable] = []
    steps: list[RecordStep] = []
    """Steps beside those of its life; one with the same code and states stands in its place."""
    states: list[RecordState] = []
    title: list[str] = []
    word: str = ""
    readers: list[str] = []
    owed: Duty | None = None
    begins: Begins | None = None
    explains: Explains | None = None
    cosigns: Cosigns | None = None
