"""One font file: whether it may be embedded, what it covers, widths, and subsets of it (HarfBuzz; CFF and glyf)."""

import hashlib
import itertools
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import uharfbuzz as hb

RESTRICTED: Final = 0x0002
"""fsType bit: embedding is not permitted."""
NO_SUBSETTING: Final = 0x0100
"""fsType bit: only the whole font may be embedded; we embed parts."""
BITMAPS_ONLY: Final = 0x0200
"""fsType bit: outlines may not be embedded."""
CHARSET: Final = 15
ROS: Final = 0x0C1E
_OUTLINES: Final = ("CFF ", "glyf", "loca", "maxp", "head", "hhea", "hmtx")
"""Tables that a font inside a PDF needs: codes, widths and names stand beside it. HarfBuzz takes a third of the time
when it is given no more than these."""
_FLAGS: Final = (
    hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NOTDEF_OUTLINE
    | hb.SubsetFlags.DESUBROUTINIZE
)
"""Without subroutines a small subset is smaller and takes half the time."""


class FontRefused(Exception):
    """A font may not be embedded or holds no outlines that can be."""


def may_embed(fs_type: int) -> bool:
    """Return whether licence bits permit a part of a font inside a PDF (OpenType OS/2 fsType; 0: no restriction)."""
    return fs_type & 0x000F != RESTRICTED and not fs_type & (NO_SUBSETTING | BITMAPS_ONLY)


def faces_in(data: bytes) -> int:
    """Return how many faces a font file holds: several in a collection (.ttc, .otc), else one."""
    return struct.unpack(">L", data[8:12])[0] if data[:4] == b"ttcf" and len(data) >= 12 else 1


class Face:
    """One face of a font file, of a collection the ``index``-th: coverage, widths, codes, subsetting.

    Raises:
        FontRefused: its licence bits (OS/2 fsType) do not permit embedding a part of it, or it has no outlines.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        data = path.read_bytes()
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._face = hb.Face(data, index)
        self._font = hb.Font(self._face)
        self.upem = int(self._face.upem)
        self.name = path.stem.replace(" ", "") + (f"-{index + 1}" if faces_in(data) > 1 else "")
        self.own_name = str(self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "")
        os2 = bytes(self._table("OS/2"))
        permitted = struct.unpack(">H", os2[8:10])[0] if len(os2) >= 10 else 0
        if not may_embed(permitted):
            raise FontRefused(self.name)
        tables = set(self._face.table_tags)
        self.cff = "CFF " in tables
        if not self.cff and "glyf" not in tables:
            raise FontRefused(self.name)
        self._cids = _charset(bytes(self._table("CFF ")), self._face.glyph_count) if self.cff else []
        extents = self._font.get_font_extents("ltr")
        self.ascent, self.descent = self._em(extents.ascender), self._em(extents.descender)
        box = struct.unpack(">4h", self._table("head")[36:44])
        self.box = tuple(self._em(units) for units in box)
        self.cap_height = self._em(struct.unpack(">h", os2[88:90])[0]) if len(os2) >= 90 else 700
        self._glyphs: dict[str, int] = {}
        self._lean: Any = None

    def _table(self, tag: str) -> bytes:
        return bytes(self._face.reference_table(tag).data)

    def _em(self, units: float) -> int:
        return round(units * 1000 / self.upem)

    def glyph(self, sign: str) -> int:
        """Return the glyph of a character, 0 when the font lacks it."""
        found = self._glyphs.get(sign)
        if found is None:
            found = self._glyphs[sign] = int(self._font.get_nominal_glyph(ord(sign)) or 0)
        return found

    def advance(self, glyph: int) -> int:
        """Return the width of a glyph in thousandths of an em."""
        return self._em(self._font.get_glyph_h_advance(glyph))

    def cid(self, glyph: int) -> int:
        """Return the CID of a glyph of a CFF font."""
        return self._cids[glyph]

    def subset(self, glyphs: Iterable[int]) -> tuple[bytes, dict[int, int]]:
        """Return the font program with these glyphs only, and of glyf outlines old → new glyph ids (CFF keeps its CIDs)."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0, *glyphs})
        wanted.flags = _FLAGS
        if self._lean is None:
            tables = {tag: self._table(tag) for tag in _OUTLINES if tag in self._face.table_tags}
            self._lean = hb.Face.create_for_tables(lambda face, tag, data: tables.get(tag), None)
        plan = hb.SubsetPlan(self._lean, wanted)
        made = plan.execute()
        if self.cff:
            return bytes(made.reference_table("CFF ").data), {}
        return bytes(made.blob.data), {int(k): int(v) for k, v in dict(plan.old_to_new_glyph_mapping).items()}


def _charset(cff: bytes, count: int) -> list[int]:
    """Return the CID of every glyph of a CFF table (Adobe TN 5176, Top DICT operators 15 charset and 12 30 ROS)."""
    _, at = _index(cff, cff[2])
    tops, _ = _index(cff, at)
    top = _operators(tops[0])
    if ROS not in top:
        raise FontRefused("glyphs by name, not by CID")
    offset = top.get(CHARSET, 0)
    if offset <= 2:
        return list(range(count))
    cids, kind, at = [0], cff[offset], offset + 1
    while len(cids) < count:
        first = int.from_bytes(cff[at : at + 2], "big")
        left = {0: 0, 1: cff[at + 2], 2: int.from_bytes(cff[at + 2 : at + 4], "big")}[kind]
        cids.extend(range(first, first + left + 1))
        at += {0: 2, 1: 3, 2: 4}[kind]
    return cids[:count]


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    count = int.from_bytes(data[at : at + 2], "big")
    if not count:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + i * size : at + 3 + (i + 1) * size], "big") for i in range(count + 1)]
    base = at + 2 + (count + 1) * size
    return [data[base + a : base + b] for a, b in itertools.pairwise(offsets)], base + offsets[-1]


def _operators(top: bytes) -> dict[int, int]:
    """Return the operators of a Top DICT with their last operand (two-byte operators as 0x0c00 + number)."""
    found: dict[int, int] = {}
    number, at = 0, 0
    while at < len(top):
        b = top[at]
        if b <= 21:
            code = 0x0C00 + top[at + 1] if b == 12 else b
            found[code] = number
            at += 2 if b == 12 else 1
        elif b == 28:
            number, at = struct.unpack(">h", top[at + 1 : at + 3])[0], at + 3
        elif b == 29:
            number, at = struct.unpack(">i", top[at + 1 : at + 5])[0], at + 5
        elif b == 30:
            at += 1
            while top[at] & 0x0F != 0x0F and top[at] >> 4 != 0x0F:
                at += 1
            number, at = 0, at + 1
        elif b <= 246:
            number, at = b - 139, at + 1
        elif b <= 250:
            number, at = (b - 247) * 256 + top[at + 1] + 108, at + 2
        else:
            number, at = -(b - 251) * 256 - top[at + 1] - 108, at + 2
    return found
