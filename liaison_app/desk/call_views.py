"""What the pages of telephone work read: return visits to make, what a caller may be told. Plain frozen data."""

from liaison_app.desk.views import ActionView, FieldSpec, View


class AttemptView(View, frozen=True, kw_only=True):
    """One attempt at a return visit: when, by whom, whether somebody answered, what came of it."""

    at: str
    person: str
    reached: bool
    words: str
    last: bool


class CallView(View, frozen=True, kw_only=True):
    """回访: one case of the call list.

    ``name``, ``contact`` and ``content`` are '' where ``masked``. ``promised`` and ``answered`` say what the citizen was
    told, ``result`` what the handling body reported. ``refused`` says in words why this person may not record the
    visit, '' when he may. ``aspects`` are asked when somebody answered; ``reach`` are the other fields. ``redo`` and
    ``reveal`` are there when they may be done now.
    """

    case_id: str
    number: str
    matter: int
    title: str
    place: str
    lead_name: str
    state_name: str
    masked: bool
    name: str
    contact: str
    content: str
    promised: tuple[str, ...]
    answered: str
    result: str
    attempts: tuple[AttemptView, ...]
    refused: str
    methods: FieldSpec | None
    aspects: tuple[FieldSpec, ...]
    redo: ActionView | None = None
    reveal: ActionView | None = None


class CallLine(View, frozen=True, kw_only=True):
    """A line of the call list."""

    case_id: str
    number: str
    title: str
    name: str
    attempts: int
    last: str


class CallPage(View, frozen=True, kw_only=True):
    """The call list, oldest first, and the key of what follows (None at the end)."""

    items: tuple[CallLine, ...]
    next: str | None


class AskedView(View, frozen=True, kw_only=True):
    """One inquiry that was recorded: when, by whom, what the citizen said."""

    at: str
    person: str
    words: str


class InquiryView(View, frozen=True, kw_only=True):
    """催问 (OFFICE C1): what may be told of a case, how often it was asked, what follows from it.

    ``may_record`` says whether this person can record the inquiry. ``urge`` is there when the many inquiries propose
    催办 and this person may urge; ``urge_by`` names who may when he may not. ``attach``: 补充材料 can be added.
    """

    case_id: str
    number: str
    title: str
    state_name: str
    masked: bool
    name: str
    contact: str
    sentence: str
    count: int
    earlier: tuple[AskedView, ...]
    may_record: bool
    proposes_urging: bool
    urge: ActionView | None = None
    urge_by: str = ""
    attach: ActionView | None = None
