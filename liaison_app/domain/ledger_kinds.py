"""Kinds of ledger records 台账 as a mechanism defines them: fields, tables, states, steps. Plain data, no mechanism named.

A kind is compiled from a profile's ``records``, ``meetings`` and ``lives`` (:mod:`liaison_app.mechanism.kinds`); deciding,
folding, lists and forms know nothing else of it.
"""

from typing import Literal

import msgspec

FieldKind = Literal["line", "text", "date", "moment", "int", "bool", "choice", "body", "bodies", "case"]
"""What a field holds: ``date`` a day, ``moment`` a day with its time, ``body`` a post, ``case`` a case number."""

Who = str
"""Who may take a step: a post, or ``owner`` (whose record it is), ``opener`` (who may begin one), ``receiver`` (to whom it
goes), ``reader`` (whoever reads it), ``named`` (the body that a field or line names), ``minutes`` (who drafts the minutes),
``approver`` (who approves a meeting). ``convenor`` and ``confirmer`` (who finds a decision carried out) of a meeting stand
for posts."""


PAPERS = "issued-papers"
"""The table of a record that lists the papers of it that got a number or went out."""
PAPER_STEP = "issue-paper"
"""The step that writes into it; the desk takes it when a paper goes out, nobody is offered it."""
NUMBERED = "numbered"
"""The way of a line by which a paper got its number."""
SEALED = "sealed"
"""The way of a line by which the sealed paper came back (OFFICE A6): its bytes lie in pieces beside the act that wrote the line."""


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the parts of a kind: a word that the schema does not know is a finding, never ignored."""


class RecordField(Shape, frozen=True, kw_only=True):
    """A field of a record: typed by a person, or filled from ``source``; ``personal`` words travel apart."""

    name: str
    zh: str
    en: str = ""
    type: FieldKind = "line"
    source: str = ""
    required: bool = True
    personal: bool = False
    choices: dict[str, list[str]] = {}
    """Code of each choice with its words in Chinese and English."""
    event: str = ""
    """The event of clocks that happens at the moment which the field says."""
    sets: str = ""
    """The rule whose clock runs to the date that this field says instead of its count (an extension told)."""


class Heard(Shape, frozen=True, kw_only=True):
    """Who was there: a body that answers for a line must stand in ``table`` with one of ``values``, or be told later."""

    table: str
    field: str
    values: list[str]
    told: str
    """The table that lists the bodies told afterwards (会后告知, OFFICE B10)."""
    until: list[str] = []
    """Values with which a body heard only what was said before (早退)."""


class Follows(Shape, frozen=True, kw_only=True):
    """What lines report on: the field ``line`` names a line of ``table``; ``values`` of ``field`` say that it is done."""

    table: str
    line: str
    field: str
    values: list[str]


class RecordTable(Shape, frozen=True, kw_only=True):
    """Lines 明细 of a record, each with fields of its own (attendance, decisions, matters of a list, shifts)."""

    name: str
    zh: str
    en: str
    fields: list[RecordField]
    due: str = ""
    """The field with the date by which an open line must be done (销号)."""
    body: str = ""
    """The field with the body that answers for a line."""
    once: str = ""
    """The field of which each value stands in one line at the most."""
    open: bool = False
    """Whether lines stay open until a step closes them one by one."""
    heard: Heard | None = None
    follows: Follows | None = None
    counts: str = ""
    """The whole number by which lines are counted when nobody gives one."""
    among: str = ""
    """The table of which the lines here take up one each, by the field ``once``: what was not drawn is refused."""

    def field(self, name: str) -> RecordField | None:
        """Return a field of the lines by name."""
        return next((f for f in self.fields if f.name == name), None)


class RecordState(Shape, frozen=True, kw_only=True):
    """A state of a record; ``end``: nothing more is asked of it."""

    code: str
    zh: str
    en: str
    end: bool = False
    live: bool = True
    """Whether a record in this state is in force: a roster, a publicity, an entrustment."""


class RecordStep(Shape, frozen=True, kw_only=True):
    """A step of a record in closed form: from which states, to which, by whom, with what, by which rule.

    The step ``open`` begins a record (from the state ``''``).
    """

    code: str
    zh: str
    en: str
    states: list[str]
    to: str = ""
    who: list[Who] = msgspec.field(default_factory=lambda: ["owner"])
    persons: list[str] = []
    """Duties in the office of which the person must have one (leader, liaison …)."""
    fields: list[str] = []
    """Fields that must stand once the step is taken."""
    optional: list[str] = []
    adds: list[str] = []
    """Tables to which the step may add lines."""
    own: bool = False
    """Whether the lines added are of the acting body: the field ``body`` of their table is filled with it."""
    needs_lines: list[str] = []
    """Tables that must have a line once the step is taken."""
    closes: str = ""
    """The table of which the step closes one line (销号)."""
    all_closed: str = ""
    """The table of which no line may be open any more."""
    covers: str = ""
    """The table whose lines must fill the time from the record's ``from`` to its ``until`` without a gap."""
    event: str = ""
    """The event of clocks that the step is, besides its code."""
    reason: bool = False
    awaited: bool = False
    """Whether the step stands in 今日待办 of whoever may take it, as long as it may be taken."""
    repeat: bool = False
    """Whether the awaited step is asked of each body until it has taken it."""
    unheard: bool = False
    """Whether the step is awaited only while a body named in a line was neither there nor told."""
    whole: dict[str, list[str]] = {}
    """By table the fields that each of its lines must have said once the step is taken."""
    instead: str = ""
    """The step that is offered where this one is too late (更正 of what was approved)."""
    rule: str = ""


class Explains(Shape, frozen=True, kw_only=True):
    """Which fields of a record explain a complaint about the same place or object (OFFICE C4)."""

    place: str
    object: str
    words: list[str]
    since: str = ""
    until: str = ""


class Cosigns(Shape, frozen=True, kw_only=True):
    """How a record carries a text to a body that co-signs it (会签, OFFICE B7): which field holds what, which steps answer.

    ``to`` the body, ``case`` the number, ``reply`` and ``sha256`` the text meant, ``text`` itself, ``words`` the opinion.
    """

    to: str
    case: str
    reply: str
    sha256: str
    text: str
    words: str
    agree: str
    """The step by which it agrees to the text as it stands."""
    object: str
    """The step by which it gives the text back with what should be changed."""


class Owed(Shape, frozen=True, kw_only=True):
    """A duty to have a record: by whom, once in which period, until which event, by which clock."""

    every: Literal["month", "quarter", "half_year", "year", "once"]
    by: list[str]
    event: str
    clock: str = ""
    rule: str = ""
    shared: bool = False
    """Whether one record of anybody is enough (a meeting), not one of each body."""
    until: str = ""
    """The field that says how long a record meets the duty."""


class RecordKind(Shape, frozen=True, kw_only=True):
    """A kind of record, whole: what the desk needs to open, step, list, count and show it."""

    id: str
    zh: str
    en: str
    rules: list[str]
    group: Literal["record", "meeting"] = "record"
    fields: list[RecordField] = []
    tables: list[RecordTable] = []
    states: list[RecordState] = []
    steps: list[RecordStep] = []
    openers: list[str] = []
    receivers: list[str] = []
    readers: list[str] = []
    title: list[str] = []
    clocks: list[str] = []
    word: str = ""
    document: str = ""
    paper_title: str = ""
    minutes: list[str] = []
    approver: str = ""
    owed: Owed | None = None
    explains: Explains | None = None
    cosigns: Cosigns | None = None
    agenda: list[str] = []
    forms: list[str] = []

    def field(self, name: str) -> RecordField | None:
        """Return a field by name."""
        return next((f for f in self.fields if f.name == name), None)

    def table(self, name: str) -> RecordTable | None:
        """Return a table by name."""
        return next((t for t in self.tables if t.name == name), None)

    def state(self, code: str) -> RecordState | None:
        """Return a state by code."""
        return next((s for s in self.states if s.code == code), None)

    def step(self, code: str, state: str | None = None) -> RecordStep | None:
        """Return a step by code, the one that leaves ``state`` where several bear the code."""
        found = [s for s in self.steps if s.code == code]
        fitting = [s for s in found if state is None or state in s.states]
        return next(iter(fitting or found), None)

    def asked(self) -> list[RecordField]:
        """Return the fields that people fill: those without a source, and the number of a case."""
        return [f for f in self.fields if not f.source or f.type == "case"]
