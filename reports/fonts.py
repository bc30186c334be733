"""One font object of ours that ReportLab draws with: Type0 / Identity-H, subset by HarfBuzz, right ToUnicode.

A style is a stack of faces; each character is drawn by the first face that has it. CFF outlines keep their CIDs as
content codes; glyf outlines get one code a character and a CIDToGIDMap. Characters that share a glyph (… and ⋯) are
told apart by a second Type0 font over the same outlines, so that each is extracted as it was written. A character no
face has is drawn as □ with its number (□U+28B4E) and reported, never as an empty box in silence.
"""

import hashlib
import itertools
import unicodedata
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final, cast

from reportlab.pdfbase import pdfmetrics

from reports.composer import Measures
from reports.faces import Face
from reports.objects import new_object, put_object, stream

BOX: Final = "□"
AGAIN: Final = 16
"""Texts of at most so many signs come again: captions, names of offices, dates."""
_KEY: Final = itemgetter(0)


_PLAIN: Final[set[str]] = set()
"""Signs that were found to be drawn as they are."""


def normal(text: str) -> str:
    """Return text with radicals as Han, so that what is drawn is also what is extracted."""
    if _PLAIN.issuperset(text):
        return text
    return "".join(map(_shown, text))


def _shown(sign: str) -> str:
    if _invisible(sign):
        return ""
    if "\u2e80" <= sign <= "\u2fdf":
        return unicodedata.normalize("NFKC", sign)
    _PLAIN.add(sign)
    return sign


def _invisible(sign: str) -> bool:
    """Return whether a sign only says how its neighbour looks, or nothing at all."""
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef" or unicodedata.category(sign) == "Cf"


class _Layer:
    """One Type0 font of a face in one document: its name among the resources and what each code was drawn for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.signs: dict[int, str] = {}


class _Used:
    """What one document drew with one face of a style."""

    def __init__(self, name: str, face: Face) -> None:
        self.name, self.face = name, face
        self.glyphs: dict[int, int] = {}
        self.layers = [_Layer(name)]

    def code(self, sign: str) -> tuple[int, str]:
        """Return the layer and the code (four hexadecimal digits) of a character that was not drawn before."""
        glyph = self.face.glyph(sign)
        code = self.face.cid(glyph) if self.face.cff else len(self.glyphs) + 1
        self.glyphs[code] = glyph
        at = next((i for i, layer in enumerate(self.layers) if code not in layer.signs), len(self.layers))
        if at == len(self.layers):
            self.layers.append(_Layer(f"{self.name}x{at}"))
        self.layers[at].signs[code] = sign
        return at, f"{code:04X}"


class _InDocument:
    """What one document drew with a style: its faces, and of each character where and as what it was drawn."""

    def __init__(self, faces: int) -> None:
        self.used: list[_Used | None] = [None] * faces
        self.drawn: dict[str, tuple[tuple[int, int], str]] = {}
        self.runs: dict[str, list[tuple[str, str]]] = {}


class StyleFont:
    """A style (宋, 黑) that ReportLab takes for one of its dynamic fonts."""

    _multiByte, _dynamicFont, shapable = 1, 1, False

    def __init__(self, name: str, faces: Sequence[Face]) -> None:
        self.fontName, self.faces = name, tuple(faces)
        self.face = _FaceWords(name, faces[0])
        self._kept = f"_drawn_{name}"
        self._signs: dict[str, tuple[int, int]] = {}
        self._covered: set[str] = set()

    def covers(self, sign: str) -> bool:
        """Return whether some face has a character."""
        return self._sign(sign)[0] >= 0

    def _sign(self, sign: str) -> tuple[int, int]:
        """Return which face draws a character (-1 when none has it) and its width in thousandths of an em."""
        found = self._signs.get(sign)
        if found is None:
            which = next((i for i, face in enumerate(self.faces) if face.glyph(sign)), -1)
            face = self.faces[max(which, 0)]
            found = self._signs[sign] = (which, face.advance(face.glyph(sign)))
            if which >= 0:
                self._covered.add(sign)
        return found

    def drawable(self, text: str) -> str:
        """Return text with each character that no face has as a box and its number: □U+28B4E."""
        if self._covered.issuperset(text):
            return text
        return "".join(c if self.covers(c) or not c.isprintable() else f"{BOX}U+{ord(c):04X}" for c in text)

    def width(self, sign: str) -> float:
        """Return the width of a character in em."""
        return self._sign(sign)[1] / 1000

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:
        """Return the width of text in points."""
        return sum(self._sign(sign)[1] for sign in text) * size / 1000

    def codes(self, text: str, doc: Any) -> list[tuple[str, str]]:
        """Return runs (font's name in the page's resources, codes in hexadecimal), remembering what was drawn."""
        inside = self._inside(doc)
        known = inside.runs.get(text)
        if known is None:
            known = [(self._named(key, doc), codes) for key, codes in self._runs(text, doc)]
            if len(text) <= AGAIN:
                inside.runs[text] = known
        return known

    def _runs(self, text: str, doc: Any) -> list[tuple[tuple[int, int], str]]:
        inside = self._inside(doc)
        drawn = inside.drawn
        found = [drawn.get(sign) or self._draw(sign, inside) for sign in text]
        runs: list[tuple[tuple[int, int], str]] = []
        for key, group in itertools.groupby(found, _KEY):
            runs.append((key, "".join([code for _, code in group])))
        return runs

    def _draw(self, sign: str, inside: _InDocument) -> tuple[tuple[int, int], str]:
        which = max(self._sign(sign)[0], 0)
        own = inside.used[which]
        if own is None:
            own = inside.used[which] = _Used(f"F{self.fontName}{which}", self.faces[which])
        layer, code = own.code(sign)
        made = inside.drawn[sign] = ((which, layer), code)
        return made

    def _inside(self, doc: Any) -> _InDocument:
        found = doc.__dict__.get(self._kept)
        if found is None:
            found = doc.__dict__[self._kept] = _InDocument(len(self.faces))
            doc.delayedFonts.append(self)
        return cast(_InDocument, found)

    def _named(self, key: tuple[int, int], doc: Any) -> str:
        own = self._inside(doc).used[key[0]]
        return own.layers[key[1]].name if own else f"F{self.fontName}{key[0]}"

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[tuple[int, int], bytes]]:
        """Return ((face, layer), two-byte codes) runs: what ReportLab asks of a dynamic font."""
        return [(key, bytes.fromhex(codes)) for key, codes in self._runs(text, doc)]

    def getSubsetInternalName(self, subset: tuple[int, int] | int, doc: Any) -> str:
        """Return the name of a run's font in a document's resources."""
        name = self._named(subset if isinstance(subset, tuple) else (subset, 0), doc)
        doc.fontMapping[name] = f"/{name}"
        return f"/{name}"

    def drawn(self, doc: Any) -> list[Face]:
        """Return the faces that a document drew with, each of which it embeds."""
        return [own.face for own in self._inside(doc).used if own is not None]

    def addObjects(self, doc: Any) -> None:
        """Write the fonts that a document used, subset to what it drew."""
        for own in self._inside(doc).used:
            if own is not None:
                _write(doc, own)


class Styles(dict[str, StyleFont]):
    """The styles of a paper by name, known to ReportLab, and what the composer remembers of their signs.

    ``bold``: 小标宋 is drawn by thickening the bundled 宋.
    """

    def __init__(self, styles: dict[str, StyleFont], *, bold: bool = False) -> None:
        super().__init__(styles)
        self.bold = bold
        for font in styles.values():
            pdfmetrics.registerFont(font)
        self.measures = Measures(lambda sign, style: self[style].width(sign))


class _FaceWords:
    """What ReportLab asks of a font's face."""

    def __init__(self, name: str, face: Face) -> None:
        self.name = f"LD-{name}".encode()
        self.ascent, self.descent = face.ascent, face.descent


def _write(doc: Any, own: _Used) -> None:
    face, glyphs = own.face, own.glyphs
    program, mapping = face.subset(glyphs.values())
    base = "".join(chr(65 + b % 26) for b in hashlib.sha256(program).digest()[:6]) + "+" + face.name
    file = stream(doc, program, "/Subtype /CIDFontType0C" if face.cff else f"/Length1 {len(program)}", level=1)
    described = (
        f"<< /Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [{' '.join(map(str, face.box))}] /ItalicAngle 0"
        f" /Ascent {face.ascent} /Descent {face.descent} /CapHeight {face.cap_height} /StemV 80"
        f" /{'FontFile3' if face.cff else 'FontFile2'} {file} 0 R"
    )
    cid = (
        f"<< /Type /Font /Subtype /CIDFontType{0 if face.cff else 2} /BaseFont /{base} /DW 1000 /W {_widths(own)}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    )
    described += f" /CIDSet {stream(doc, _bits(glyphs))} 0 R"
    if not face.cff:
        gids = bytearray(2 * (max(glyphs) + 1))
        for code, glyph in glyphs.items():
            gids[2 * code : 2 * code + 2] = mapping[glyph].to_bytes(2, "big")
        cid += f" /CIDToGIDMap {stream(doc, bytes(gids))} 0 R"
    descriptor = put_object(doc, new_object(doc), f"{described} >>")
    inner = put_object(doc, new_object(doc), f"{cid} /FontDescriptor {descriptor} 0 R >>")
    fonts = doc.idToObject["BasicFonts"].dict
    for layer in own.layers:
        unicode = stream(doc, _to_unicode(layer.signs))
        font = (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H"
            f" /DescendantFonts [{inner} 0 R] /ToUnicode {unicode} 0 R >>"
        )
        fonts[layer.name] = f"{put_object(doc, new_object(doc), font)} 0 R"


def _bits(codes: dict[int, int]) -> bytes:
    """Return a CIDSet: one bit a CID, .notdef among them."""
    bits = bytearray(max(codes) // 8 + 1)
    for code in (0, *codes):
        bits[code // 8] |= 0x80 >> code % 8
    return bytes(bits)


def _widths(own: _Used) -> str:
    """Return the array of widths; a full em is the default and not written."""
    face = own.face
    pairs = ((code, face.advance(glyph)) for code, glyph in sorted(own.glyphs.items()))
    narrow = [(code, width) for code, width in pairs if width != 1000]
    if face.cff:
        narrow.insert(0, (0, face.advance(0)))
    return f"[{' '.join(f'{code} [{width}]' for code, width in narrow)}]"


def _to_unicode(signs: dict[int, str]) -> bytes:
    pairs = [f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for code, sign in sorted(signs.items())]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
