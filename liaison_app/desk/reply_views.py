"""What the reply editor and the leader's folder read: plain frozen data."""

from typing import Literal

from liaison_app.desk.views import CaseView, View
from liaison_app.domain.proofreading import Grounds


class VersionText(View, frozen=True, kw_only=True):
    """A version of a reply: its text, who wrote it when, and what became of it (remarks of who returned it)."""

    n: int
    at: str
    person: str
    kind: str
    text: str
    fate: str = ""
    """'', submitted, approved, returned, sent."""
    comment: str = ""


class TemplateView(View, frozen=True, kw_only=True):
    """A template 范文 of a kind of reply, filled from the case."""

    id: str
    kind: str
    name: str
    text: str


class ReplyView(View, frozen=True, kw_only=True):
    """A reply at work on one matter: facts beside it, the kinds open now, its versions, what its text is held against.

    ``state``: '' nothing yet, drafted, submitted, approved, returned; a sent reply is among ``earlier`` and never changes.
    """

    case: CaseView
    matter: int
    reply: str
    kind: str
    state: str
    text: str
    kinds: tuple[tuple[str, str], ...]
    templates: tuple[TemplateView, ...]
    versions: tuple[VersionText, ...]
    comment: str
    facts: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str], ...]
    grounds: Grounds
    can_write: bool
    chain: tuple[tuple[str, str], ...] = ()
    """办理环节: the steps of the submitted text with who took them when, '' where one is still to come."""
    can_submit: bool
    can_send: bool


class ReplyOfCase(View, frozen=True, kw_only=True):
    """A reply (回复) of a case: on which matter, whose, how far it is, and its text ('' where this person may not read it).

    ``state``: drafted, submitted, approved, returned, sent.
    """

    reply: str
    matter: int
    body: str
    body_name: str
    kind: str
    kind_name: str
    state: str
    text: str
    leader: str = ""
    approved_at: str = ""
    sent_at: str | None = None
    method: str = ""
    document_no: str = ""


class SentText(View, frozen=True, kw_only=True):
    """A text that went to another body to be co-signed; ``waits``: it is the present text and was not answered yet."""

    record_id: str
    body: str
    words: str
    waits: bool


class CosignView(View, frozen=True, kw_only=True):
    """会签 with other bodies: to whom the text may go now, what became of what was sent."""

    bodies: tuple[tuple[str, str], ...] = ()
    sent: tuple[SentText, ...] = ()


class LetterView(View, frozen=True, kw_only=True):
    """A letter before it is sent: its text in order, and the PDF where one can be drawn (empty otherwise)."""

    text: str
    pdf: bytes


class ReturnedText(View, frozen=True, kw_only=True):
    """A reply that came back as .docx: its text, how many tracked changes by whom, remarks in the margin.

    ``known``: head and foot of our letter were found, so that the text is the body alone.
    """

    text: str
    changes: int
    by: tuple[str, ...]
    remarks: tuple[str, ...]
    known: bool


class PaperToSign(View, frozen=True, kw_only=True):
    """A paper in the 签批夹: whole as text or as a printed paper, who put it there, by which roads it may be signed.

    ``kind``: transfer, reply, proxy (an approval that another entered in this person's name), record, cosign (a text that
    another body sent for this one's opinion: ``action`` and ``returns`` are steps of its record, ``words`` the opinion's field).
    """

    id: str
    kind: Literal["transfer", "reply", "proxy", "record", "cosign"]
    kind_name: str
    action: str
    case_id: str
    matter: int
    number: str
    title: str
    facts: tuple[tuple[str, str], ...]
    text: str
    paper: str = ""
    """The kind of paper that shows it as it will be printed, '' where the text is all."""
    by: str = ""
    due: str | None = None
    level: str = "none"
    countdown: str = ""
    roads: tuple[str, ...] = ()
    returns: str = ""
    """The act that sends it back with a comment, '' where this person may not."""
    approval: str = ""
    record_id: str = ""
    words: str = ""
    step: str = ""
