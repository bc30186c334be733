"""Schema of a mechanism profile: every part as plain data. What is not said here, no mechanism can ask for.

Each part names the rules of the source that it encodes, so that the coverage page can show where a rule lives.
"""

from typing import Any, Literal

import msgspec

from liaison_app.mechanism.chain_schema import Chain
from liaison_app.mechanism.document_schema import Document, Template
from liaison_app.mechanism.indicator_schema import Indicator, Measure
from liaison_app.mechanism.part import Part
from liaison_app.mechanism.record_schema import Life, Meeting, Record

FactType = Literal["bool", "enum", "date", "text", "int", "body", "bodies", "issue"]
Unit = Literal[
    "WD", "ND", "h", "min", "same_day", "immediate", "ND_before", "day", "week", "month", "quarter", "half_year", "year",
    "years", "fixed", "by_date", "set_date",
]  # fmt: skip
"""Units of a clock (catalogue 0.3). ``fixed``: the next of the dates listed; ``years``: the same day N years later."""


class Meta(Part, frozen=True):
    """Name and version of a mechanism."""

    id: str
    name: str
    name_en: str
    version: str
    sources: list[str] = []
    valid_from: str = ""
    partial: bool = False
    """Whether only the clocks are encoded yet: such a profile routes nothing and founds no desk."""


class Post(Part, frozen=True):
    """A post 岗位 of the mechanism; the roster binds bodies to it."""

    id: str
    name: str
    en: str
    code: str = ""
    """机关代字: what stands for it in numbers, where its name would be too long."""
    hotlines: list[str] = []
    unverified: list[str] = []
    desk: bool = True
    part_of: str = ""
    """The post of which it is a sub-unit: what is that post's duty is its own."""
    counts_as: str = ""
    """The post of which it counts as a unit under the reading ``counts_when`` (setting=value)."""
    counts_when: str = ""
    stands_in: str = ""

    @property
    def verified(self) -> list[str]:
        """The hotlines that may be told and printed: one the sources left in doubt goes out on no paper."""
        return [n for n in self.hotlines if n not in self.unverified]


class Fact(Part, frozen=True):
    """A fact 事实 that routing may ask for; ``words`` propose a value from the caller's text."""

    id: str
    ask: str
    en: str
    type: FactType
    values: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    usual: dict[str, dict[str, str]] = {}
    """Other fact → its value → the value of this one that it usually means, proposed when no word decides."""
    quiet: bool = False
    urgency: bool = False
    default_from: str = ""
    derived_from: list[str] = []


class Computed(Part, frozen=True):
    """Facts that follow from others before matching."""

    set: dict[str, Any]
    when: dict[str, Any]


class Grade(Part, frozen=True):
    """A grade of transfer: the first whose condition holds gives the limit (e.g. at once, 24 hours)."""

    grade: str
    when: dict[str, Any]
    rule: str
    zh: str
    en: str


class Advice(Part, frozen=True):
    """A sentence shown beside a pair of urgencies."""

    handling: str
    transfer: str
    zh: str
    en: str


class Urgency(Part, frozen=True):
    """What makes handling and transfer urgent: two lists (M1-TRF-11) or grades (M2-TRF-02…04)."""

    handling: list[str] = []
    transfer: list[str] = []
    report_to: list[str] = []
    both_setting: str = ""
    ordinary: str = "same_day"
    grades: list[Grade] = []
    blocked_by: list[str] = []
    own_facts: list[str] = msgspec.field(default_factory=lambda: ["first_receiver"])
    own_silent: str = ""
    """The reading (setting=value) under which what is urgent and the own duty is not reported: no transfer, no report."""
    advice: list[Advice] = []


class Overlay(Part, frozen=True):
    """A duty added to whatever lead was found; ``blocks`` stops the transfer until it is met."""

    rule: str
    when: dict[str, Any]
    zh: str
    en: str
    decides: str = ""
    blocks: bool = False


class LeadWhen(Part, frozen=True):
    """Another reading: where its condition holds an alternative, and the lead when the setting has the value."""

    lead: str
    setting: str = ""
    value: str = ""
    when: dict[str, Any] = {}


class Row(Part, frozen=True):
    """A row of the routing table. ``lead`` is a post, or ``@fact|@other|POST``: the first fact that is known."""

    row: str
    when: dict[str, Any]
    lead: str
    clauses: list[str]
    rules: list[str]
    co: list[str] = []
    joint: list[str] = []
    alternatives: list[str] = []
    lead_when: list[LeadWhen] = []
    unit: str = ""
    below: Literal["", "supporting", "handling_unit"] = ""
    provisional: bool = False
    settled_when: dict[str, Any] = {}
    """Facts under which a provisional row is no longer provisional."""
    asks: str = ""
    """The post whose register is asked the same day while facts of the row are open; the slip is held meanwhile (K-05)."""
    general: bool = False
    co_fact: str = ""
    report_to: list[str] = []
    handling: str = ""
    notes: dict[str, str] = {}


class Precedence(Part, frozen=True):
    """A setting under which the general rows are tested before the special ones (X-04)."""

    setting: str
    value: str
    when: dict[str, Any]


class Readdress(Part, frozen=True):
    """A setting under which the slip goes to the first body of a fact while the lead stays (M1-OVL-08)."""

    setting: str
    value: str
    fact: str


class Registration(Part, frozen=True):
    """What a registration must hold, and which sets of missing items stop a transfer (M1-REC-02, M1-REC-04)."""

    items: list[str]
    blocking: list[list[str]]
    rule: str
    watchdog: str = ""
    """The post that takes a complaint about the addressee itself (OFFICE C2)."""


class Asked(Part, frozen=True):
    """What a new desk is asked about a setting, with a sentence to each value (OFFICE B15)."""

    zh: str
    en: str
    values: dict[str, list[str]]


class Setting(Part, frozen=True):
    """A selectable reading or a default for a gap, with the reason; ``asked``: once, when a desk is founded."""

    id: str
    values: list[str]
    default: str
    zh: str
    en: str = ""
    because: str = ""
    free: bool = False
    asked: Asked | None = None


class State(Part, frozen=True):
    """A state of a matter; ``order`` says which is earlier; ``end`` closes it; ``holder`` must move it on."""

    code: str
    name: str
    en: str
    order: int
    end: bool = False
    holder: str = ""
    waits: str = ""
    """Why a matter may rest here without a due date, in words."""
    waits_en: str = ""


class Guard(Part, frozen=True):
    """A line of the transition table: the one closed form that desk and server read alike."""

    action: str
    states: list[str]
    rule: str
    to: str = ""
    roles: list[str] = []
    posts: list[str] = []
    persons: list[str] = []
    fields: list[str] = []
    optional: list[str] = []
    needs: list[str] = []
    forbids: list[str] = []
    kinds: list[str] = []
    not_actor_of: list[str] = []
    proxy: list[str] = []
    given: dict[str, list[str | bool]] = {}


class Waiting(Part, frozen=True):
    """What waits for whom: a line of 今日待办 and a smart list, by role and flags (as a guard, without a state)."""

    kind: str
    role: Literal["first_receiver", "addressee", "acceptor", "assistant", "post"]
    action: str
    rule: str
    zh: str
    en: str
    queue: str = ""
    posts: list[str] = []
    needs: list[str] = []
    forbids: list[str] = []
    clock: str = ""
    """The event that ends the clock by which it must be done."""


class Forbidden(Part, frozen=True):
    """An act that is refused with a name of its own, whatever the state (e.g. a second transfer)."""

    action: str
    code: str
    rule: str
    roles: list[str] = []


class Mark(Part, frozen=True):
    """A mark 标注 that a person sets on a matter and that guards may ask for."""

    code: str
    zh: str
    en: str
    rule: str


class Step(Part, frozen=True):
    """A step 办理步骤 that the generic act ``step`` may take; it is also the event of clocks."""

    code: str
    zh: str
    en: str
    rule: str


class Outcome(Part, frozen=True):
    """An outcome code with which a case is closed."""

    code: str
    zh: str
    en: str
    rule: str
    limit: bool = False


class Extension(Part, frozen=True):
    """Who may move a due date, up to where (``cap`` in words of a period, or the rule of an outer limit)."""

    by: list[str]
    rule: str
    cap: str = ""
    outer: str = ""
    tell_before: bool = False


class Deadline(Part, frozen=True):
    """A clock: from which event to which, how long, which setting switches it, what pauses or extends it."""

    rule: str
    event: str
    start: list[str]
    stop: list[str]
    unit: Unit
    zh: str
    en: str
    amount: int = 0
    amount_setting: str = ""
    dates: list[str] = []
    weekday: int = 0
    """For a weekly clock bound to a day: 1 Monday … 7 Sunday."""
    times: int = 1
    """How many times inside each period (twice a week: 2)."""
    aliases: list[str] = []
    """Other names of the event, Chinese or English."""
    by: dict[str, dict[str, Any]] = {}
    only: dict[str, list[str]] = {}
    grace: str = ""
    needs: list[str] = []
    forbids: list[str] = []
    owner: Literal["first_receiver", "acceptor", "addressee", "assistant", "post"] = "acceptor"
    posts: list[str] = []
    """The posts that each have this clock, when ``owner`` is ``post``."""
    set_by: str = ""
    """The pledge that sets its date: ``promised`` (a preliminary reply), ``listed`` (a listing sheet), ``facts.NAME`` the day that a fact says."""
    outer: bool = False
    default: bool = False
    on_slip: bool = False
    pauses: list[str] = []
    extension: Extension | None = None
    warn: str = ""
    rules: list[str] = []


class CommandGroup(Part, frozen=True):
    """A group 工作组 of an on-site command: who leads, who belongs to it."""

    id: str
    name: str
    en: str
    rule: str
    lead: list[str]
    members: list[str] = []


class Trigger(Part, frozen=True):
    """A trigger of accountability 问责: the evidence in words and what follows.

    ``measures``: what in a period speaks for it, against whom (``whose``; of a limit whoever stood under it), if that body
    itself did before what ``own`` names and nothing of ``unless`` happened in the matter. Without measures people find it.
    """

    id: str
    zh: str
    en: str
    rules: list[str]
    evidence: str
    consequence: str = ""
    measures: list[Measure] = []
    whose: Literal["actor", "other", "lead"] = "lead"
    own: list[str] = []
    unless: list[str] = []


class Duty(Part, frozen=True):
    """A duty 职责 of a post in words, shown in the directory."""

    rule: str
    post: str
    zh: str
    en: str


class Guidance(Part, frozen=True):
    """A rule that only guides people: shown, never computed."""

    rule: str
    zh: str
    en: str


class RankGroup(Part, frozen=True):
    """Posts that are ranked apart from the others: who does another kind of work is not compared."""

    id: str
    zh: str
    en: str
    posts: list[str]


class Profile(Part, frozen=True):
    """A mechanism as data."""

    meta: Meta
    posts: list[Post] = []
    facts: list[Fact] = []
    gates: list[str] = []
    """Facts asked first; the first of them is the category: several values make several matters (M1-OVL-06)."""
    shared_facts: list[str] = msgspec.field(default_factory=lambda: ["first_receiver", "channel"])
    urgency: Urgency = msgspec.field(default_factory=Urgency)
    registration: Registration = msgspec.field(default_factory=lambda: Registration(items=[], blocking=[], rule=""))
    routing: list[Row] = []
    precedence: Precedence | None = None
    readdress: Readdress | None = None
    computed: list[Computed] = []
    readings: list[Computed] = []
    """As ``computed``, but for what words propose: never applied to facts that a person gave."""
    overlays: list[Overlay] = []
    settings: list[Setting] = []
    states: list[State] = []
    guards: list[Guard] = []
    forbidden: list[Forbidden] = []
    waiting: list[Waiting] = []
    outcomes: list[Outcome] = []
    marks: list[Mark] = []
    steps: list[Step] = []
    stand_ins: list[str] = []
    """Roles and posts that may enter the acts of a body without a desk (OFFICE A2)."""
    deadlines: list[Deadline] = []
    documents: list[Document] = []
    templates: list[Template] = []
    chains: list[Chain] = []
    meetings: list[Meeting] = []
    records: list[Record] = []
    lives: list[Life] = []
    """Ways in which records and meetings live; several kinds may share one."""
    groups: list[CommandGroup] = []
    indicators: list[Indicator] = []
    ranked_apart: list[RankGroup] = []
    """Posts that are ranked among themselves; those that stand in none of these are ranked together."""
    accountability: list[Trigger] = []
    duties: list[Duty] = []
    guidance: list[Guidance] = []

    def fact(self, name: str) -> Fact | None:
        """Return a fact by id."""
        return next((f for f in self.facts if f.id == name), None)

    def post(self, name: str) -> Post | None:
        """Return a post by id."""
        return next((p for p in self.posts if p.id == name), None)

    def state(self, code: str) -> State | None:
        """Return a state by code."""
        return next((s for s in self.states if s.code == code), None)

    def defaults(self) -> dict[str, str]:
        """Return every setting with its default."""
        return {s.id: s.default for s in self.settings}

    def version(self) -> str:
        """Return the name by which acts cite this profile."""
        return f"{self.meta.id}@{self.meta.version}"
