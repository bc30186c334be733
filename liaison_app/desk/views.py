"""What screens and the command line read: plain frozen data, one struct a screen part. No SQL row leaves the store."""

from typing import Any

import msgspec

from liaison_app.domain.errors import RuleBroken


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything that is shown."""


class PersonView(View, frozen=True, kw_only=True):
    """A person of the desk or the roster, with body and duties (roles: liaison, leader, duty, administrator)."""

    id: str
    name: str
    body: str
    body_name: str
    title: str = ""
    roles: tuple[str, ...] = ()
    phone: str = ""


class ColleagueView(View, frozen=True, kw_only=True):
    """A person of the own body: whether he can open this desk, whether he left."""

    person: PersonView
    opens: bool
    left: bool


class DeskStatus(View, frozen=True, kw_only=True):
    """Status line: founding (demo, alone, member), person at work, what waits, whether networked."""

    founding: str
    home: str
    district: str
    mechanism: str
    person: PersonView
    now: str
    stated_clock: bool
    pending: int
    last_sync: str | None
    calendar_until: int
    to_check: int = 0
    """需核对事项 that nobody ended yet."""
    sync_code: str = ""
    """Why the last round did not go on, '' when it did."""
    off_since: str = ""
    """Since when no round has come to its end; '' while they do."""
    received: int = 0
    head: int = 0


class VersionView(View, frozen=True, kw_only=True):
    """A version of the desk's profile: since when it is in force, why, how many open cases go by it."""

    name: str
    valid_from: str
    reason: str
    published_at: str
    in_force: bool
    ahead: bool
    open_cases: int


class DueView(View, frozen=True, kw_only=True):
    """One clock: the rule, when it is due, how it was counted, how it stands now.

    ``level``: calm, warn, today, passed (amber: the due date, while an outer limit still runs), late (red); met, missed,
    stopped when it no longer runs.
    """

    rule: str
    event: str
    label: str
    matter: int
    owner: str
    start: str | None
    due: str | None
    status: str
    state: str
    level: str
    countdown: str
    why: str
    counted: tuple[dict[str, Any], ...] = ()
    was: tuple[tuple[str, str], ...] = ()
    """Due dates it had before a year's notice, a reading or a version changed them: (old due date, until when)."""


class RowView(View, frozen=True, kw_only=True):
    """One row of the queue."""

    case_id: str
    number: str
    state: str
    state_name: str
    title: str
    place: str
    town: str
    lead: str
    lead_name: str
    first_receiver_name: str
    complainant: str
    slip_no: str
    external_no: str
    registered_at: str
    due: str | None
    due_rule: str
    level: str
    countdown: str
    handling: str
    transfer_urgency: str
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    confidential: str
    changed_at: str


class GroupView(View, frozen=True, kw_only=True):
    """A value by which a list falls apart, and how many cases have it (999+ at the most)."""

    value: str
    label: str
    count: str


class PageView(View, frozen=True, kw_only=True):
    """A keyset page; ``next`` is an opaque key for the following one, None at the end."""

    items: tuple[RowView, ...]
    next: str | None


class ListCount(View, frozen=True, kw_only=True):
    """A smart list with its capped count ('12', '999+')."""

    name: str
    label: str
    count: str


class ChargeLine(View, frozen=True, kw_only=True):
    """An open case with who of the own body has it, and until when he stands in ('' for good)."""

    case_id: str
    number: str
    title: str
    state: str
    state_name: str
    due: str | None
    person: str
    name: str
    until: str


class ChargeView(View, frozen=True, kw_only=True):
    """What was handed over at once 移交: from whom to whom, entered by whom, why, until when, and whether it was received."""

    batch: str
    to: str
    giver: str
    taker: str
    by: str
    at: str
    reason: str
    until: str
    received: bool
    cases: tuple[ChargeLine, ...]


class TaskView(View, frozen=True, kw_only=True):
    """One line of 今日待办."""

    id: str
    kind: str
    label: str
    case_id: str
    number: str
    title: str
    due: str | None
    level: str
    countdown: str
    action: str
    record_id: str = ""
    """The ledger record that waits; '' for a case."""
    record_kind: str = ""
    """The kind of record that is owed, with its ``period``; '' otherwise."""
    period: str = ""
    batch: str = ""
    """The handing over that waits to be received; '' otherwise."""


class DueLine(View, frozen=True, kw_only=True):
    """One limit that falls due inside a holiday: what, of which case, until when."""

    case_id: str
    number: str
    title: str
    rule: str
    label: str
    due: str


class HolidayView(View, frozen=True, kw_only=True):
    """节前清单: the holiday ahead, the working day after it, and what falls due inside it (OFFICE B15)."""

    name: str
    first: str
    last: str
    back: str
    items: tuple[DueLine, ...]


class FieldSpec(View, frozen=True, kw_only=True):
    """A field that an action takes: name, label in the language of the desk, type, choices (value, label), required."""

    name: str
    label: str
    type: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""


class ActionView(View, frozen=True, kw_only=True):
    """An act that the person may do now on this case."""

    action: str
    label: str
    fields: tuple[FieldSpec, ...]
    rule: str
    to_state: str | None = None
    matter: int = 1
    for_body: str = ""
    for_name: str = ""
    """代录: the body without a desk for which the act is entered, and its name; '' for an act of the own body."""


class TimelineView(View, frozen=True, kw_only=True):
    """One act in the case's timeline: who, when (happened, recorded), what, with which paper."""

    act_id: str
    kind: str
    label: str
    text: str
    person: str
    body: str
    happened_at: str
    recorded_at: str
    late: bool
    proxy: str
    inner: bool
    papers: tuple[tuple[str, str], ...] = ()
    struck: bool = False
    """The words were corrected: they are shown struck through."""


class TransferView(View, frozen=True, kw_only=True):
    """A transfer with its slip: proposed, approved (road, by whom), sent, delivered, signed."""

    id: str
    matter: int
    slip_no: str
    from_name: str
    to: tuple[str, ...]
    to_names: tuple[str, ...]
    state: str
    reason: str
    approved_by: str
    road: str
    method: str
    sent_at: str | None
    delivered_at: str | None
    contact_person: str
    contact_number: str
    signed_by: str
    proposer: str


class MatterView(View, frozen=True, kw_only=True):
    """事项: facts in words, state, lead and why."""

    n: int
    state: str
    state_name: str
    lead: str
    lead_name: str
    row: str
    why: str
    clauses: tuple[str, ...]
    supporting: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    accept_no: str = ""


class NextView(View, frozen=True, kw_only=True):
    """下一步: which body and who there must move a matter on, with what and by when, or why no date or nobody is named.

    ``line`` says it in one sentence. ``by_name`` is the body at whose desk it is entered where that is another (代录).
    """

    matter: int
    body: str
    body_name: str
    by_name: str
    role: str
    persons: tuple[str, ...]
    action: str
    label: str
    rule: str
    due: str | None
    due_rule: str
    level: str
    countdown: str
    reason: str
    why: str
    line: str


class LinkView(View, frozen=True, kw_only=True):
    """Another case that belongs to this one, seen from here: ``merged_into``, ``joined``, ``repeat_of``, ``repeated_by``."""

    kind: str
    label: str
    case_id: str
    number: str


class CaseView(View, frozen=True, kw_only=True):
    """Everything that this desk may show of a case. ``masked`` = personal part not open to this person; ``awaits`` =
    the acts that wait for the own body, first things first."""

    case_id: str
    number: str
    state: str
    state_name: str
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    first_receiver: str
    first_receiver_name: str
    erased: str
    """That its personal parts were erased, with the reason, in words; '' while they are here."""
    may_erase: bool
    """Whether the person may erase its personal parts with a second one (到期删除)."""
    left: str
    """That the own body has no part in it any more, since when, in words; '' while it has."""
    in_charge: str
    """经办人: who of the own body has the case, in words; '' when nobody of it acted yet."""
    channel: str
    received_at: str
    registered_at: str
    object: str
    place: str
    town: str
    headcount: int | None
    external_no: str
    confidential: str
    handling: str
    transfer_urgency: str
    masked: bool
    content: str
    record: str
    complainant_name: str
    complainant_address: str
    contact: str
    salutation: str
    matters: tuple[MatterView, ...]
    transfers: tuple[TransferView, ...]
    deadlines: tuple[DueView, ...]
    timeline: tuple[TimelineView, ...]
    actions: tuple[ActionView, ...]
    standing_in: tuple[ActionView, ...] = ()
    """代录: acts of bodies without a desk that the person may enter for them (OFFICE A2)."""
    awaits: tuple[str, ...] = ()
    links: tuple[LinkView, ...] = ()
    next: tuple[NextView, ...] = ()
    tell_complainant: str = ""
    short_message: str = ""
    old_number: str = ""
    """旧号 of a case that was brought in, with what happened before as text."""
    history: str = ""


class QuestionView(View, frozen=True, kw_only=True):
    """A fact that the routing table still needs, as a question."""

    fact: str
    question: str
    type: str
    choices: tuple[tuple[str, str], ...]
    needed: bool
    value: Any = None
    suggested: Any = None
    because: str = ""


class ProposalView(View, frozen=True, kw_only=True):
    """Who is responsible, why, how urgent, by when: computed while the form is filled."""

    lead: str
    lead_name: str
    row: str
    clauses: tuple[str, ...]
    why: str
    alternatives: tuple[tuple[str, str], ...]
    supporting: tuple[tuple[str, str], ...]
    handling: str
    handling_words: str
    transfer: str
    transfer_words: str
    report_to: tuple[str, ...]
    provisional: bool
    hints: tuple[str, ...]
    due: DueView | None
    missing: tuple[tuple[str, str], ...]
    blocked: str
    questions: tuple[QuestionView, ...]
    warnings: tuple[str, ...] = ()
    suggestions: dict[str, Any] = {}


class Outcome(View, frozen=True, kw_only=True):
    """What an act did: the case, its state now, the entries, and what changed for the screens."""

    case: str
    number: str
    state: str
    entries: tuple[str, ...]
    act: str
    changed: tuple[str, ...] = ()
    slip_no: str = ""


class ManyOutcome(View, frozen=True, kw_only=True):
    """What one act on many cases gave: what was done, and which cases refused it and why."""

    done: tuple[Outcome, ...]
    refused: tuple[tuple[str, RuleBroken], ...] = ()


class UndoView(View, frozen=True, kw_only=True):
    """收回: the act done last on one or several cases (id, number), the act that would make up for it (``by``), or in
    words why it cannot be taken back (``refused``)."""

    action: str
    label: str
    cases: tuple[tuple[str, str], ...]
    by: str
    refused: str


class AlarmView(View, frozen=True, kw_only=True):
    """Something that rings at the own body until one of its people answers."""

    case_id: str
    number: str
    matter: int
    what: str
    since: str
    title: str
    label: str


class DraftView(View, frozen=True, kw_only=True):
    """Text being typed, saved unasked: kind of form, case, fields, when."""

    id: str
    kind: str
    case_id: str | None
    saved_at: str
    fields: dict[str, Any]


class ImportReport(View, frozen=True, kw_only=True):
    """Result of an import: read, registered, incomplete, duplicates and rejected rows with reason."""

    read: int
    registered: int
    incomplete: int
    duplicates: tuple[dict[str, Any], ...]
    rejected: tuple[dict[str, Any], ...]
    cancelled: bool = False
