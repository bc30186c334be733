"""Schema of a mechanism's papers and text templates: field lists as plain data."""

from typing import Literal

from liaison_app.mechanism.part import Part


class DocField(Part, frozen=True):
    """A field of a paper: where its value comes from (``source``, see ``paper_sources``), or typed when empty."""

    name: str
    zh: str
    source: str = ""
    required: bool = True
    text: str = ""
    """Words that the paper always says here; ``{source}`` in them is filled."""
    body: bool = False
    """Whether it is the text of a letter itself: where one was written it stands in place of the fields before it."""
    type: Literal["", "date", "moment", "int", "money", "choice", "list", "text"] = ""
    """How a field that people type is entered; a line where nothing is said."""
    choices: list[str] = []
    """What a choice lets people choose."""
    items: list[str] = []
    """Lines of a checklist, each with its result."""
    empty: str = ""
    """What a cell of a slip says when its source says nothing."""
    places: dict[Literal["stub", "sent", "receipt"], Literal["third", "half", "full"]] = {}
    """The parts of a slip on which it stands, and the share of a line that it takes there."""


class Document(Part, frozen=True):
    """A paper 文书 as a list of fields: by whom, to whom, who numbers it, which chain approves it."""

    kind: str
    name: str
    en: str
    rules: list[str]
    fields: list[DocField]
    by: list[str] = []
    to: list[str] = []
    form: Literal["sheet", "letter", "upward", "minutes", "notice", "table", "slip", "cover", "cards", "seats"] = (
        "sheet"
    )
    numbered: Literal["ours", "office", "none"] = "ours"
    word: str = ""
    title: str = ""
    """Its title 标题 as printed, with ``{source}`` filled; the name where a source says nothing."""
    reply: str = ""
    """The kind of reply whose letter it is (``draft-reply``)."""
    opening: str = ""
    """The sentence with which the paper addresses its receiver."""
    received: str = ""
    """The sentence of a slip's receipt 回执联; its names of stub, slip and receipt are its ``parts``."""
    approval: list[str] = []
    parts: list[str] = []
    copies_to: list[str] = []
    keep: Literal["permanent", "30", "10"] = "10"
    subject: Literal["case", "record", "meeting"] = "case"
    records: list[str] = []
    """The kinds of records that have it, beside those that name it as their document."""
    after: list[str] = []
    """Events of which one must have happened before a case can have it; its issuer is the body whose act that was."""
    needs: list[str] = []
    """Flags that a case must have."""
    number_source: str = ""
    """Where its number comes from when an act has given it already."""
    to_source: str = ""
    closing: str = ""
    stamp: bool = False
    """Whether a sheet leaves the place of a seal: a certificate, a notice put up in public."""
    public: bool = False
    """Whether it is meant for everybody: no personal word ever stands in it (COM-04)."""
    sealed: bool = False
    """Whether it alone names a complainant under strict confidence (OFFICE C2)."""


class Template(Part, frozen=True):
    """A text 范文 with which a reply begins; fields in braces are filled from the case (``domain/filling.py``)."""

    id: str
    kind: Literal["written", "preliminary", "formal", "explanation", "feedback"]
    zh: str
    en: str
    text: str
    rules: list[str]
