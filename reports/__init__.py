"""Papers: plain data in, PDF bytes out. Nothing here knows a case, a screen or a database."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from liaison_app.domain.papers import WHOLE_CASE, OfficialPaper, RecoverySheet, RenderedPaper, Slip
from reports.book import Drawn
from reports.families import FAMILIES, styles
from reports.fonts import Styles, normal
from reports.official import draw_official
from reports.pictures import draw_picture
from reports.recovery import draw_sheet
from reports.slip import draw_all

DATA_FORM: Final = 1
"""Form of the data attached to a PDF: {"form": 1, "papers": [{"type": "slip" or "paper", …}]}."""


class PaperRenderer:
    """Draws papers with the fonts that are installed, or with the bundled ones only: then the same bytes on every machine.

    With ``attach`` the data of a paper is attached to its PDF as JSON (PDF/A-3b), except to copies for outside; without it
    the file is PDF/A-1b.
    """

    def __init__(self, *, bundled_only: bool = False, attach: bool = True) -> None:
        self._bundled_only, self._attach = bundled_only, attach

    def _fonts(self) -> Styles:
        return styles(self._bundled_only)

    def missing(self, papers: Sequence[Slip | OfficialPaper]) -> tuple[str, ...]:
        """Return the characters of the papers that no font has, as they will be named to the user."""
        song = self._fonts()["song"]
        plain = [
            msgspec.structs.replace(p, photos=()) if isinstance(p, OfficialPaper) and p.photos else p for p in papers
        ]
        signs = dict.fromkeys(normal("".join(_texts(msgspec.to_builtins(plain)))))
        return tuple(f"{c} U+{ord(c):04X}" for c in signs if c.isprintable() and not song.covers(c))

    def render(self, papers: Sequence[Slip]) -> RenderedPaper:
        """Return one PDF of all papers. The same papers give the same bytes."""
        return self._rendered(draw_all(papers, self._fonts(), self._data(papers)), self.missing(papers))

    def official(self, papers: Sequence[OfficialPaper | Slip]) -> RenderedPaper:
        """Return one PDF of official papers (GB/T 9704-2012), slips among them. The same papers give the same bytes."""
        return self._rendered(draw_official(papers, self._fonts(), self._data(papers)), self.missing(papers))

    def official_docx(self, paper: OfficialPaper) -> bytes:
        """Return an official paper as .docx, to be edited in WPS or Word."""
        from reports.official.wordforms import official_docx

        return official_docx(paper)

    def slip_docx(self, slip: Slip) -> bytes:
        """Return a slip in three parts as .docx."""
        from reports.slipword import slip_docx

        return slip_docx(slip)

    def recovery(self, sheet: RecoverySheet) -> RenderedPaper:
        """Return the recovery sheet (恢复单) as PDF."""
        return self._rendered(draw_sheet(sheet, self._fonts()), ())

    def picture(self, content: bytes) -> bytes:
        """Return a picture of a paper as a PDF page of A4. Raise OSError when the bytes are no picture."""
        return draw_picture(content)

    def _data(self, papers: Sequence[OfficialPaper | Slip]) -> bytes | None:
        if not self._attach or any(
            isinstance(p, OfficialPaper) and (p.outside or p.kind == WHOLE_CASE) for p in papers
        ):
            return None
        if any(p.style is not None and p.style.stock == "fax" for p in papers):
            return None
        said = [
            {"type": "slip" if isinstance(p, Slip) else "paper"}
            | {key: value for key, value in msgspec.to_builtins(p).items() if value}
            for p in papers
        ]
        return msgspec.json.encode({"form": DATA_FORM, "papers": said})

    def _rendered(self, made: Drawn, missing: tuple[str, ...]) -> RenderedPaper:
        fonts = self._fonts()
        return RenderedPaper(
            pdf=made.pdf, pages=made.pages, fonts=tuple(f"{name} {digest}" for name, digest in made.fonts),
            missing_glyphs=missing,
            families=tuple(f"{zh} {fonts[style].faces[0].name}" for style, (zh, _) in FAMILIES.items()),
        )  # fmt: skip


def renderer(*, bundled_only: bool = False, attach: bool = True) -> PaperRenderer:
    """Return a renderer; the composition roots hand it to the desk."""
    return PaperRenderer(bundled_only=bundled_only, attach=attach)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.replace("\n", "")]
    if isinstance(value, dict):
        return [t for v in value.values() for t in _texts(v)]
    if isinstance(value, list | tuple):
        return [t for v in value for t in _texts(v)]
    return []
