"""What the screens of files 附件 read."""

from liaison_app.desk.views import View
from liaison_app.domain.files import FileKind


class FileView(View, frozen=True, kw_only=True):
    """A file of a case: what it is, how large (bytes), its sha256, who attached it; ``here``: whole on this desk."""

    act_id: str
    name: str
    size: int
    sha256: str
    kind: FileKind
    what: str
    what_name: str
    paper: str
    about: str
    person: str
    body: str
    at: str
    here: bool


class SiteVisitView(View, frozen=True, kw_only=True):
    """现场检查: three times, by whom, what was found and done, the photos and recordings of it."""

    act_id: str
    matter: int
    body: str
    at: str
    officers: str
    set_out_at: str
    arrived_at: str
    ended_at: str
    findings: str
    measures: str
    evidence: str
    verified: bool
    files: tuple[FileView, ...]


class FilesView(View, frozen=True, kw_only=True):
    """The files of a case, its site visits, and the room that is left: largest file and rest of the case (bytes).

    ``masked``: they are not for this person; nothing of them is listed.
    """

    files: tuple[FileView, ...]
    visits: tuple[SiteVisitView, ...]
    largest: int
    left: int
    masked: bool = False
    can_attach: bool = False


class RecognisedView(View, frozen=True, kw_only=True):
    """A paper of ours, recognised by what a PDF carries: of which case, of which kind, under which number."""

    case_id: str
    case_number: str
    title: str
    kind: str
    name: str
    number: str
    numbered: bool
    """Whether the case has it as a paper with this number, of which a scan is the sealed one."""
    receipt: bool = False
    """Whether it is the signed receipt 回执联 of a slip."""
    record_id: str = ""
    """The record or meeting that it is a paper of; '' for a paper of a case."""


class NewFile(View, frozen=True, kw_only=True):
    """A file to be attached: its content, what it is, the paper of which it is the sealed scan, the visit it is of."""

    name: str
    content: bytes
    what: str = ""
    paper: str = ""
    about: str = ""
