"""What the pages 机制 and 工作日历 read: a mechanism in words, and the years of the calendar. Plain frozen data."""

from liaison_app.desk.views import QuestionView, View


class FolioView(View, frozen=True, kw_only=True):
    """Something with captions and a table under it: a body with duties, a paper or a record with fields, a meeting."""

    id: str
    group: str
    name: str
    captions: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class RouteRowView(View, frozen=True, kw_only=True):
    """A row of the routing table in words."""

    row: str
    condition: str
    lead: str
    supporting: str
    basis: str
    remark: str


class TriedRowView(View, frozen=True, kw_only=True):
    """What a row says to the facts tried: matched, not_matched, unknown or below, and why in words."""

    row: str
    verdict: str
    words: str


class TriedView(View, frozen=True, kw_only=True):
    """The table against a set of facts: each row, the one that matched, the lead and why, what to ask."""

    rows: tuple[TriedRowView, ...]
    matched: str
    lead: str
    why: str
    ask: tuple[str, ...]


class ClockView(View, frozen=True, kw_only=True):
    """A clock of the mechanism in words."""

    rule: str
    words: str
    limit: str
    span: str
    owner: str
    switched: str
    pauses: str


class StateView(View, frozen=True, kw_only=True):
    """A state as a box of the diagram."""

    code: str
    name: str
    order: int
    end: bool
    staying: tuple[str, ...]


class TransitionView(View, frozen=True, kw_only=True):
    """An arrow of the diagram: from a state ('' = new) by an act to a state; who may do it, by which rule."""

    start: str
    start_name: str
    act: str
    to: str
    to_name: str
    who: str
    rule: str


class IndicatorView(View, frozen=True, kw_only=True):
    """An indicator with its formula in words."""

    name: str
    formula: str
    period: str
    group: str
    rules: str


class SettingView(View, frozen=True, kw_only=True):
    """A setting with the reading chosen, the default, the reason that it exists, and who chose it when and why."""

    id: str
    name: str
    value: str
    value_words: str
    default_words: str
    because: str
    choices: tuple[tuple[str, str], ...]
    free: bool
    chosen: str


class RuleView(View, frozen=True, kw_only=True):
    """A rule of the source and where it lives in the profile."""

    id: str
    kind: str
    title: str
    state: str
    places: str


class MechanismView(View, frozen=True, kw_only=True):
    """A mechanism in words, whole; ``may_change``: whether the person at work may choose readings."""

    name: str
    version: str
    sources: tuple[str, ...]
    bodies: tuple[FolioView, ...]
    facts: tuple[QuestionView, ...]
    routing: tuple[RouteRowView, ...]
    clocks: tuple[ClockView, ...]
    states: tuple[StateView, ...]
    transitions: tuple[TransitionView, ...]
    documents: tuple[FolioView, ...]
    meetings: tuple[FolioView, ...]
    indicators: tuple[IndicatorView, ...]
    settings: tuple[SettingView, ...]
    rules: tuple[RuleView, ...]
    may_change: bool


class FindingView(View, frozen=True):
    """What is wrong in a draft: part, number of the row (-1: the part as a whole), its place in words, line, what was
    expected in the user's language."""

    part: str
    row: int
    name: str = ""
    line: int = 0
    expected: str = ""


class ChangeView(View, frozen=True, kw_only=True):
    """A change of a version in words: part, row, before, after."""

    part: str
    row: str
    before: str
    after: str


class DraftOfVersion(View, frozen=True, kw_only=True):
    """A draft of a version: its text, what is wrong in it, what it changes."""

    text: str
    findings: tuple[FindingView, ...]
    changes: tuple[ChangeView, ...]


class DayView(View, frozen=True, kw_only=True):
    """A day that is not an ordinary one: rest day with its name, or make-up day (补班)."""

    day: str
    kind: str
    name: str = ""


class EnteredYear(View, frozen=True, kw_only=True):
    """Who entered a year's notice when, and what it held."""

    year: int
    person: str
    at: str
    rest: int
    make_up: int


class YearView(View, frozen=True, kw_only=True):
    """A year of the calendar: its special days, whether it is 暂定, who entered it; first and last year that are known."""

    year: int
    days: tuple[DayView, ...]
    provisional: bool
    entered: tuple[EnteredYear, ...]
    known: tuple[int, int]
    may_change: bool


class NoticeView(View, frozen=True, kw_only=True):
    """A yearly notice as read from a text: its days, remarks (words of the text, why), the year that it names."""

    year: int
    days: tuple[DayView, ...]
    remarks: tuple[tuple[str, str], ...]
    year_named: int | None
