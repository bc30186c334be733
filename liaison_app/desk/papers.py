"""From a case to the plain data of a paper, and through the renderer to bytes. The desk draws nothing itself."""

from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

import msgspec

from liaison_app.desk import paper_views
from liaison_app.domain.case import Case
from liaison_app.domain.papers import OfficialPaper, PrintStyle, RecoverySheet, RenderedPaper, Slip

SLIP: Final = "slip"
"""The one kind that has a form of its own: three parts on one sheet."""


PACK: Final = "pack"
"""The one kind that is many papers in one volume."""


class Renderer(Protocol):
    """Draws papers; handed in by the composition roots only."""

    def render(self, papers: Sequence[Slip]) -> RenderedPaper:
        """Return one PDF of all papers, with the characters that no font has."""

    def official(self, papers: Sequence[OfficialPaper | Slip]) -> RenderedPaper:
        """Return one PDF of official papers, slips among them, with the characters that no font has."""

    def official_docx(self, paper: OfficialPaper) -> bytes:
        """Return an official paper as .docx."""

    def slip_docx(self, slip: Slip) -> bytes:
        """Return a slip in three parts as .docx."""

    def recovery(self, sheet: RecoverySheet) -> RenderedPaper:
        """Return the recovery sheet as PDF."""

    def picture(self, content: bytes) -> bytes:
        """Return a picture of a paper as a PDF page of A4."""


@runtime_checkable
class DocxRenderer(Protocol):
    """Writes official papers as .docx, for an office that goes on writing."""

    def official_docx(self, paper: OfficialPaper) -> bytes:
        """Return a paper as .docx."""


class PaperCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case as folded, and how often its slip went out."""

    case: Case
    printed: int


class PaperSource(Protocol):
    """Where papers come from: the desk."""

    def returned_paper(self, kind: str, ref: str) -> paper_views.PaperView | None:
        """Return the sealed paper that came back, None where none did."""

    def slip(self, ref: str) -> Slip:
        """Return the slip of a case as plain data."""

    def with_covers(
        self, papers: Sequence[OfficialPaper | Slip], refs: Sequence[str]
    ) -> Sequence[OfficialPaper | Slip]:
        """Return what goes by fax with its covers; other papers as they are."""

    def official_view(
        self, kind: str, refs: Sequence[str], *, outside: bool = False, style: PrintStyle | None = None
    ) -> paper_views.PaperView:
        """Return papers drawn as one PDF."""


def make(
    desk: PaperSource, renderer: Renderer, kind: str, refs: Sequence[str], *, outside: bool = False,
    style: PrintStyle | None = None,
) -> paper_views.PaperView:  # fmt: skip
    """Return a paper of one or several cases or records. Raise RuleBroken for an unknown kind or one not possible yet."""
    if kind != SLIP or outside:
        return desk.official_view(kind, refs, outside=outside, style=style)
    if len(refs) == 1 and (returned := desk.returned_paper(kind, refs[0])) is not None:
        return returned
    found = sorted(((desk.slip(ref), ref) for ref in refs), key=lambda pair: in_order(pair[0]))
    slips = [msgspec.structs.replace(slip, style=style) for slip, _ in found]
    covered = desk.with_covers(slips, [ref for _, ref in found])
    done = renderer.render(slips) if len(covered) == len(slips) else renderer.official(covered)
    return paper_views.PaperView(
        name="、".join(s.number or s.case_number for s in slips), number=slips[0].number, pdf=done.pdf, pages=done.pages,
        fonts=done.fonts, missing_glyphs=done.missing_glyphs,
    )  # fmt: skip


def in_order(slip: Slip) -> tuple[str, int, str]:
    """Return the place of a slip in a batch: by the words of its number, then by the number as a number."""
    words, _, number = slip.number.rpartition("〕")
    digits = "".join(c for c in number if c.isdigit())
    return words, int(digits or 0), slip.case_number
