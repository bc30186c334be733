"""Strokes that papers share: text in a style, QR, the demo's mark; and the PDF around a drawing."""

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm as _mm
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfgen.canvas import Canvas

from reports.fonts import StyleFont, normal
from reports.lines import breaks

WIDTH, HEIGHT = A4
mm: Final = float(_mm)
LEFT: Final = 20 * mm
RIGHT: Final = WIDTH - 20 * mm
FULL: Final = RIGHT - LEFT


class Drawn(msgspec.Struct, frozen=True):
    """A PDF, its pages, and the font files it embeds (name, sha256 of the whole file)."""

    pdf: bytes
    pages: int
    fonts: tuple[tuple[str, str], ...]


def drawn(title: str, fonts: dict[str, StyleFont], draw: Callable[[Canvas], int], codes: Sequence[str] = ()) -> Drawn:
    """Return the PDF that ``draw`` makes; the same drawing gives the same bytes. ``codes`` say of which papers it is, as the
    QR does: a desk on which the file is dropped knows it again."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, initialFontName=fonts["song"].fontName)
    canvas.setTitle(title)
    canvas.setCreator("Liaison Desk")
    if codes:
        canvas.setKeywords("; ".join(codes))
    canvas.setCatalogEntry("Lang", PDFString("zh-CN"))
    pages = draw(canvas)
    faces = {face.name: face.sha256 for style in fonts.values() for face in style.drawn(canvas._doc)}
    canvas.save()
    return Drawn(out.getvalue(), pages, tuple(sorted(faces.items())))


class Strokes:
    """A canvas with the styles of a paper."""

    def __init__(self, canvas: Canvas, fonts: dict[str, StyleFont]) -> None:
        self._canvas, self._fonts = canvas, fonts

    def _qr(self, words: str, x: float, y: float, size: float) -> None:
        code = segno.make(words, error="m", mask=2, micro=False, mode="byte", encoding="utf-8")
        modules = list(code.matrix)
        step = size / len(modules)
        path = self._canvas.beginPath()
        for i, line in enumerate(modules):
            for j, dark in enumerate(line):
                if dark:
                    path.rect(x + j * step, y + size - (i + 1) * step, step, step)
        self._canvas.drawPath(path, fill=1, stroke=0)

    def _across(self, words: str) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(0.9)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(35)
        canvas.setFont(self._fonts["hei"].fontName, 150)
        canvas.drawCentredString(0, -50, words)
        canvas.restoreState()

    def _text(self, text: str, x: float, top: float, width: float, style: str, size: float) -> float:
        for line in breaks(self._drawable(text, style), width, lambda t: self._width(t, style, size)):
            top -= size * 1.5
            self._put(line, x, top + size * 0.3, style, size)
        return top

    def _width(self, text: str, style: str, size: float) -> float:
        return float(self._fonts[style].stringWidth(self._drawable(text, style), size))

    def _put(self, text: str, x: float, y: float, style: str, size: float, **look: Any) -> None:
        if not text:
            return
        canvas = self._canvas
        canvas.saveState()
        if "grey" in look:
            canvas.setFillGray(look["grey"])
        if look.get("bold"):
            canvas.setLineWidth(size * 0.02)
        canvas.setFont(self._fonts[style].fontName, size)
        canvas.drawString(x, y, self._drawable(text, style), mode=2 if look.get("bold") else 0)
        canvas.restoreState()

    def _centre(self, text: str, y: float, style: str, size: float, **look: Any) -> None:
        self._put(text, (WIDTH - self._width(text, style, size)) / 2, y, style, size, **look)

    def _centre_at(self, text: str, x: float, y: float, style: str, size: float) -> None:
        self._put(text, x - self._width(text, style, size) / 2, y, style, size)

    def _right(self, text: str, x: float, y: float, style: str, size: float, **look: Any) -> None:
        self._put(text, x - self._width(text, style, size), y, style, size, **look)

    def _drawable(self, text: str, style: str) -> str:
        return self._fonts[style].drawable(normal(text))
