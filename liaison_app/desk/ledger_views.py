"""What the page 台账与会议 and ``liaison record`` read: plain frozen data, one struct a screen part."""

from liaison_app.desk.views import DueView, FieldSpec, TimelineView, View


class TableSpec(View, frozen=True, kw_only=True):
    """A table of a record that a step may add lines to: its columns as fields; ``needed``: a line must stand."""

    name: str
    label: str
    fields: tuple[FieldSpec, ...]
    needed: bool = False


class RecordStepView(View, frozen=True, kw_only=True):
    """A step that the person may take now: fields, tables for lines, the lines it may close, whether a reason is asked."""

    step: str
    label: str
    rule: str
    to_state: str
    fields: tuple[FieldSpec, ...]
    tables: tuple[TableSpec, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    reason: bool = False
    awaited: bool = False
    for_body: str = ""
    for_name: str = ""
    """代录: the body without a desk for which the step is entered, and its name; '' for a step of the own body."""


class KindView(View, frozen=True, kw_only=True):
    """A kind of record in words: who keeps it, to whom it goes, what is owed, and the form with which one begins."""

    kind: str
    group: str
    name: str
    rules: tuple[str, ...]
    kept_by: tuple[str, ...]
    sent_to: tuple[str, ...]
    limits: tuple[str, ...]
    owed: str
    may_open: bool
    form: RecordStepView | None
    periods: tuple[tuple[str, str], ...] = ()
    period: str = ""
    """The period offered first: the earliest that is still owed."""
    agenda: tuple[str, ...] = ()
    document: str = ""
    begins: bool = False
    """Whether the desk can fill in something when one begins (:mod:`liaison_app.desk.beginning`)."""
    filled_by: tuple[str, ...] = ()
    """The fields on which it hangs what is filled in."""
    opens_for: tuple[tuple[str, str], ...] = ()
    """代录: bodies without a desk for which the own body may enter one, with their names (OFFICE A2)."""


class RecordRowView(View, frozen=True, kw_only=True):
    """One row of a list of records."""

    record_id: str
    kind: str
    kind_name: str
    number: str
    body: str
    body_name: str
    state: str
    state_name: str
    title: str
    period: str
    period_words: str
    opened_at: str
    due: str | None
    level: str
    countdown: str
    ended: str


class RecordPageView(View, frozen=True, kw_only=True):
    """A keyset page of records; ``next`` is an opaque key for the following one, None at the end."""

    items: tuple[RecordRowView, ...]
    next: str | None


class RecordLineView(View, frozen=True, kw_only=True):
    """A line of a table in words; ``open``: still to be closed (销号)."""

    n: int
    cells: tuple[str, ...]
    open: bool = False
    closed: str = ""


class RecordTableView(View, frozen=True, kw_only=True):
    """A table of a record: columns and the lines that stand."""

    name: str
    label: str
    columns: tuple[str, ...]
    lines: tuple[RecordLineView, ...]


class RecordView(View, frozen=True, kw_only=True):
    """A record whole: fields as (name, caption, words), tables, clocks, timeline, the steps offered."""

    record_id: str
    kind: str
    kind_name: str
    group: str
    number: str
    state: str
    state_name: str
    ended: str
    body: str
    body_name: str
    period: str
    period_words: str
    title: str
    opened_at: str
    fields: tuple[tuple[str, str, str], ...]
    tables: tuple[RecordTableView, ...]
    deadlines: tuple[DueView, ...]
    timeline: tuple[TimelineView, ...]
    steps: tuple[RecordStepView, ...]
    correction: RecordStepView | None
    """The form of a successor, filled with what stands, where the own body may correct the record."""
    replaces: str
    paper_title: str
    rules: tuple[str, ...]
    standing_in: tuple[RecordStepView, ...] = ()
    """代录: steps of bodies without a desk that the person may enter for them (OFFICE A2)."""
    absent: tuple[str, ...] = ()
    """Bodies that answer for a line, were not there and have not been told (会后告知)."""


class RecordOutcome(View, frozen=True, kw_only=True):
    """What an act did to a record."""

    record: str
    number: str
    kind: str
    state: str
    entries: tuple[str, ...]
    act: str


class OwedView(View, frozen=True, kw_only=True):
    """What a body owes: the kind, for which period, until when."""

    kind: str
    kind_name: str
    body: str
    body_name: str
    period: str
    period_words: str
    due: str | None
    level: str
    countdown: str
    why: str
    rule: str


class ExplainView(View, frozen=True, kw_only=True):
    """A publicity or night-work record that explains a complaint: where, until when, the words to say (OFFICE C4)."""

    record_id: str
    kind_name: str
    number: str
    title: str
    body_name: str
    because: str
    words: tuple[tuple[str, str], ...]
