"""The renderer of papers, read when the first paper is asked for: the window stands before it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_app.desk.papers import Renderer
    from liaison_app.domain.papers import OfficialPaper, RecoverySheet, RenderedPaper, Slip


class LateRenderer:
    """The renderer of papers, read when the first paper is asked for."""

    def __init__(self, read: "Callable[[], Renderer]") -> None:
        """``read`` reads the room of the papers; only the composition root may name it."""
        self._first = read
        self._made: Renderer | None = None

    def render(self, papers: "Sequence[Slip]") -> "RenderedPaper":
        """Return one PDF of all papers."""
        return self._read().render(papers)

    def official(self, papers: "Sequence[OfficialPaper | Slip]") -> "RenderedPaper":
        """Return one PDF of official papers."""
        return self._read().official(papers)

    def picture(self, content: bytes) -> bytes:
        """Return a picture of a paper as a PDF page."""
        return self._read().picture(content)

    def official_docx(self, paper: "OfficialPaper") -> bytes:
        """Return an official paper as .docx."""
        return self._read().official_docx(paper)

    def slip_docx(self, slip: "Slip") -> bytes:
        """Return a slip as .docx."""
        return self._read().slip_docx(slip)

    def recovery(self, sheet: "RecoverySheet") -> "RenderedPaper":
        """Return the recovery sheet as PDF."""
        return self._read().recovery(sheet)

    def _read(self) -> "Renderer":
        if self._made is None:
            self._made = self._first()
        return self._made
