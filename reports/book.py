"""A PDF being drawn: ReportLab's canvas, the structure of what is drawn on it, and the file around both."""

import hashlib
import io
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from reports.archive import Identity, keep
from reports.fonts import Styles
from reports.objects import stream, written
from reports.tags import Tags

rl_config.pdfComments = 0


class Drawn(msgspec.Struct, frozen=True):
    """A PDF, its pages, and the font files it embeds (name, sha256 of the whole file)."""

    pdf: bytes
    pages: int
    fonts: tuple[tuple[str, str], ...]


class Book:
    """One PDF: pages with marked content, bookmarks, fonts embedded once."""

    def __init__(self, fonts: Styles, *, attached: bool) -> None:
        self._out = io.BytesIO()
        self.canvas = Canvas(
            self._out, pagesize=A4, invariant=1, initialFontName=fonts["song"].fontName, pdfVersion=(1, 7 if attached else 4)
        )  # fmt: skip
        self.fonts, self.tags = fonts, Tags(self.canvas)
        self._content = hashlib.sha256()
        self.pages = 0
        self._pictures: dict[str, str] = {}

    @property
    def doc(self) -> Any:
        """ReportLab's document, which font and structure objects are written into."""
        return self.canvas._doc

    def bookmark(self, words: str) -> None:
        """Name the page that is begun in the list of bookmarks."""
        key = f"p{self.pages}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(words.replace("\n", ""), key)

    def picture(
        self, content: bytes, pixels: tuple[int, int], box: tuple[float, float, float, float], *, dots: bool = False
    ) -> None:  # fmt: skip
        """Draw a JPEG (RGB), or black ``dots`` eight a byte, into a box (left, lower edge, width, height).

        ReportLab's own image objects end without the line end that PDF/A asks for.
        """
        kind = (
            "/ColorSpace /DeviceGray /BitsPerComponent 1"
            if dots
            else "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
        )
        words = f"/Type /XObject /Subtype /Image /Width {pixels[0]} /Height {pixels[1]} {kind}"
        name = f"Im{len(self._pictures) + 1}"
        self._pictures[name] = (
            f"{stream(self.doc, content, words) if dots else stream(self.doc, content, words, level=0)} 0 R"
        )
        x, y, width, height = box
        self.canvas._code.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")

    def show_page(self) -> None:
        """End a page: its strokes are packed, its marks are entered in the structure."""
        key = self.tags.end_page()
        self.canvas.showPage()
        page = self.doc.Pages.pages[-1]
        drawn = page.stream.encode("latin-1")
        self._content.update(drawn)
        page.Contents = f"{stream(self.doc, drawn)} 0 R"
        if self._pictures:
            page.XObjects = pdfdoc.PDFDictionary(self._pictures)
            self._pictures = {}
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = key, pdfdoc.PDFName("S")
        self.pages += 1

    def close(self, identity: Identity) -> Drawn:
        """Return the file."""
        faces = {face.name: face.sha256 for style in self.fonts.values() for face in style.drawn(self.doc)}
        keep(self.doc, identity, self.tags.write(self.doc), self._content.digest())
        self.doc.format = partial(written, self.doc)
        self.canvas.save()
        return Drawn(self._out.getvalue(), self.pages, tuple(sorted(faces.items())))


def drawn(identity: Identity, fonts: Styles, draw: Callable[[Book], None]) -> Drawn:
    """Return the PDF that ``draw`` makes; the same drawing gives the same bytes."""
    book = Book(fonts, attached=identity.data is not None)
    draw(book)
    return book.close(identity)
