"""One font object of ours that ReportLab draws with: Type0 / Identity-H, subset by HarfBuzz, right ToUnicode.

A style is a stack of faces; each character is drawn by the first face that has it. CFF outlines keep their CIDs as
content codes; glyf outlines get one code a character and a CIDToGIDMap. A character no face has is drawn as □ with its
number (□U+28B4E) and reported, never as an empty box in silence.
"""

import hashlib
import itertools
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc, pdfmetrics

RESTRICTED: Final = 0x0002
"""fsType bit: embedding is not permitted."""
NO_SUBSETTING: Final = 0x0100
"""fsType bit: only the whole font may be embedded; we embed parts."""
BITMAPS_ONLY: Final = 0x0200
"""fsType bit: outlines may not be embedded."""
EXTRA_FONTS: Final = ("LXGWWenKai-Regular.ttf", "simsunb.ttf", "HanaMinB.ttf", "HanaMinA.ttf")
"""Installed fonts that may help out with rare characters, by file name."""
FAMILIES: Final = {
    "fang": ("仿宋", ("仿宋_GB2312.ttf", "simfang.ttf", "STFANGSO.TTF", "FZFSK.TTF", "ZhuqueFangsong-Regular.ttf")),
    "biao": ("小标宋", ("方正小标宋简体.ttf", "FZXBSJW.TTF", "FZXBSK.TTF", "STZHONGS.TTF")),
    "kai": ("楷体", ("楷体_GB2312.ttf", "simkai.ttf", "STKAITI.TTF", "LXGWWenKai-Regular.ttf")),
    "hei": ("黑体", ("simhei.ttf", "STXIHEI.TTF")),
}
"""The styles of official papers and the installed files that draw them, best first (else the bundled faces)."""
PROBE: Final = "区环保局关于投诉的回复，（一）“纪要”〔2026〕0123456789ABab"
"""What an installed font must have to stand for a style."""
FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts", "/Library/Fonts")
BOX: Final = "□"


class FontRefused(Exception):
    """A font may not be embedded or holds no outlines that can be."""


class Face:
    """One font file: coverage, widths, codes, subsetting."""

    def __init__(self, path: Path) -> None:
        self.path, self.data = path, path.read_bytes()
        self.sha256 = hashlib.sha256(self.data).hexdigest()
        self._face = hb.Face(self.data)
        self._font = hb.Font(self._face)
        self.upem = int(self._face.upem)
        self.name = path.stem.replace(" ", "")
        os2 = bytes(self._table("OS/2"))
        permitted = struct.unpack(">H", os2[8:10])[0] if len(os2) >= 10 else 0
        if permitted & 0x000F == RESTRICTED or permitted & (NO_SUBSETTING | BITMAPS_ONLY):
            raise FontRefused(self.name)
        tables = set(self._face.table_tags)
        self.cff = "CFF " in tables
        if not self.cff and "glyf" not in tables:
            raise FontRefused(self.name)
        self._cids = _charset(bytes(self._table("CFF ")), self._face.glyph_count) if self.cff else []
        extents = self._font.get_font_extents("ltr")
        self.ascent, self.descent = self._em(extents.ascender), self._em(extents.descender)
        self._glyphs: dict[str, int] = {}

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
        """Return the font program with these glyphs only, and old → new glyph ids."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0, *glyphs})
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        for tag in ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"):
            wanted.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
        plan = hb.SubsetPlan(self._face, wanted)
        made = plan.execute()
        mapping = {int(k): int(v) for k, v in dict(plan.old_to_new_glyph_mapping).items()}
        program = bytes(made.reference_table("CFF ").data) if self.cff else bytes(made.blob.data)
        return program, mapping


def _charset(cff: bytes, count: int) -> list[int]:
    """Return the CID of every glyph of a CFF table (Adobe TN 5176, Top DICT operator 15)."""
    _, at = _index(cff, cff[2])
    tops, _ = _index(cff, at)
    offset = _operand(tops[0], 15)
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


def _operand(top: bytes, wanted: int) -> int:
    numbers: list[int] = []
    at = 0
    while at < len(top):
        b = top[at]
        if b <= 21:
            if b == wanted:
                return numbers[-1]
            at += 2 if b == 12 else 1
            numbers = []
        elif b == 28:
            numbers.append(struct.unpack(">h", top[at + 1 : at + 3])[0])
            at += 3
        elif b == 29:
            numbers.append(struct.unpack(">i", top[at + 1 : at + 5])[0])
            at += 5
        elif b == 30:
            at += 1
            while top[at] & 0x0F != 0x0F and top[at] >> 4 != 0x0F:
                at += 1
            at += 1
            numbers.append(0)
        elif b <= 246:
            numbers.append(b - 139)
            at += 1
        elif b <= 250:
            numbers.append((b - 247) * 256 + top[at + 1] + 108)
            at += 2
        else:
            numbers.append(-(b - 251) * 256 - top[at + 1] - 108)
            at += 2
    raise FontRefused("no charset")


def normal(text: str) -> str:
    """Return text with radicals as Han, so that what is drawn is also what is extracted."""
    shown = (c for c in text if not _invisible(c))
    return "".join(unicodedata.normalize("NFKC", c) if "\u2e80" <= c <= "\u2fdf" else c for c in shown)


def _invisible(sign: str) -> bool:
    """Return whether a sign only says how its neighbour looks, or nothing at all."""
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef" or unicodedata.category(sign) == "Cf"


class _Used:
    """What one document drew with one face of a style."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes: dict[str, tuple[int, int]] = {}


class StyleFont:
    """A style (宋, 黑) that ReportLab takes for one of its dynamic fonts."""

    _multiByte, _dynamicFont, shapable = 1, 1, False

    def __init__(self, name: str, faces: Sequence[Face]) -> None:
        self.fontName, self.faces = name, tuple(faces)
        self.face = _FaceWords(name, faces[0])
        self._docs: dict[Any, list[_Used | None]] = {}
        self._which: dict[str, int] = {}
        self._widths: dict[str, int] = {}

    def covers(self, sign: str) -> bool:
        """Return whether some face has a character."""
        return any(face.glyph(sign) for face in self.faces)

    def _pick(self, sign: str) -> tuple[int, str]:
        which = self._which.get(sign)
        if which is None:
            which = next((i for i, face in enumerate(self.faces) if face.glyph(sign)), -1)
            self._which[sign] = which
        return (which, sign) if which >= 0 else (0, sign)

    def drawable(self, text: str) -> str:
        """Return text with each character that no face has as a box and its number: □U+28B4E."""
        if all(self._pick(sign)[0] or self.faces[0].glyph(sign) for sign in text):
            return text
        return "".join(c if self.covers(c) or not c.isprintable() else f"{BOX}U+{ord(c):04X}" for c in text)

    def drawn(self, doc: Any) -> list[Face]:
        """Return the faces that a document drew with."""
        used = self._docs.get(doc, [])
        return [face for face, own in zip(self.faces, used, strict=False) if own is not None and own.codes]

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:
        """Return the width of text in points."""
        total = 0
        for sign in text:
            width = self._widths.get(sign)
            if width is None:
                which, drawn = self._pick(sign)
                face = self.faces[which]
                width = self._widths[sign] = face.advance(face.glyph(drawn))
            total += width
        return total * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Return (face, two-byte codes) runs, remembering what was drawn."""
        used = self._docs.setdefault(doc, [None] * len(self.faces))
        runs: list[tuple[int, bytearray]] = []
        for sign in text:
            which, drawn = self._pick(sign)
            own = used[which]
            if own is None:
                own = used[which] = _Used(f"F{self.fontName}{which}")
            if drawn not in own.codes:
                glyph = self.faces[which].glyph(drawn)
                code = self.faces[which].cid(glyph) if self.faces[which].cff else len(own.codes) + 1
                own.codes[drawn] = (code, glyph)
            if not runs or runs[-1][0] != which:
                runs.append((which, bytearray()))
            runs[-1][1].extend(own.codes[drawn][0].to_bytes(2, "big"))
        return [(which, bytes(codes)) for which, codes in runs]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """Return the name of a face in a document's resources."""
        used = self._docs.setdefault(doc, [None] * len(self.faces))
        own = used[subset]
        if own is None:
            own = used[subset] = _Used(f"F{self.fontName}{subset}")
        if self not in doc.delayedFonts:
            doc.delayedFonts.append(self)
        doc.fontMapping[own.name] = f"/{own.name}"
        return f"/{own.name}"

    def addObjects(self, doc: Any) -> None:
        """Write the fonts that a document used, subset to what it drew."""
        for face, own in zip(self.faces, self._docs.pop(doc, []), strict=False):
            if own is not None:
                _write(doc, face, own)


class _FaceWords:
    """What ReportLab asks of a font's face."""

    def __init__(self, name: str, face: Face) -> None:
        self.name = f"LD-{name}".encode()
        self.ascent, self.descent = face.ascent, face.descent


def _write(doc: Any, face: Face, own: _Used) -> None:
    codes = own.codes or {" ": (0, face.glyph(" "))}
    program, mapping = face.subset({glyph for _, glyph in codes.values()})
    tag = "".join(chr(65 + b % 26) for b in hashlib.sha256(program).digest()[:6])
    base, name, array = f"{tag}+{face.name}", pdfdoc.PDFName, pdfdoc.PDFArray
    stream = pdfdoc.PDFStream(content=program, filters=[pdfdoc.PDFZCompress])
    if face.cff:
        stream.dictionary["Subtype"] = name("CIDFontType0C")
    else:
        stream.dictionary["Length1"] = len(program)
    descriptor = {
        "Type": name("FontDescriptor"), "FontName": name(base), "Flags": 4, "FontBBox": array([-1000, -500, 2000, 1500]),
        "ItalicAngle": 0, "Ascent": face.ascent, "Descent": face.descent, "CapHeight": 740, "StemV": 80,
        "FontFile3" if face.cff else "FontFile2": doc.Reference(stream, f"file:{own.name}"),
    }  # fmt: skip
    if face.cff:
        top = max(code for code, _ in codes.values())
        bits = bytearray(top // 8 + 1)
        for code in {0, *(code for code, _ in codes.values())}:
            bits[code // 8] |= 0x80 >> code % 8
        cid_set = pdfdoc.PDFStream(content=bytes(bits), filters=[pdfdoc.PDFZCompress])
        descriptor["CIDSet"] = doc.Reference(cid_set, f"cidset:{own.name}")
    widths: list[Any] = []
    for code, glyph in sorted(set(codes.values())):
        widths += [code, array([face.advance(glyph)])]
    system = pdfdoc.PDFDictionary(
        {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
    )
    cid_font = {
        "Type": name("Font"), "Subtype": name("CIDFontType0" if face.cff else "CIDFontType2"), "BaseFont": name(base),
        "CIDSystemInfo": system, "DW": 1000, "W": array(widths),
        "FontDescriptor": doc.Reference(pdfdoc.PDFDictionary(descriptor), f"descriptor:{own.name}"),
    }  # fmt: skip
    if not face.cff:
        gids = bytearray(2 * (max(code for code, _ in codes.values()) + 1))
        for code, glyph in codes.values():
            gids[2 * code : 2 * code + 2] = mapping[glyph].to_bytes(2, "big")
        to_gid = pdfdoc.PDFStream(content=bytes(gids), filters=[pdfdoc.PDFZCompress])
        cid_font["CIDToGIDMap"] = doc.Reference(to_gid, f"gids:{own.name}")
    to_unicode = pdfdoc.PDFStream(content=_to_unicode(codes), filters=[pdfdoc.PDFZCompress])
    font = pdfdoc.PDFDictionary(
        {
            "Type": name("Font"), "Subtype": name("Type0"), "BaseFont": name(base), "Encoding": name("Identity-H"),
            "DescendantFonts": array([doc.Reference(pdfdoc.PDFDictionary(cid_font), f"cid:{own.name}")]),
            "ToUnicode": doc.Reference(to_unicode, f"unicode:{own.name}"),
        }
    )  # fmt: skip
    fonts = doc.idToObject["BasicFonts"].dict
    fonts[own.name] = doc.Reference(font, f"font:{own.name}")


def _to_unicode(codes: dict[str, tuple[int, int]]) -> bytes:
    pairs = [f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for sign, (code, _) in codes.items()]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


@cache
def bundled(name: str) -> Face:
    """Return a face that comes with the program."""
    return Face(Path(str(files("pylopdf_fonts_zh_cn").joinpath(name))))


@cache
def _files(folders: tuple[str, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        root = Path(folder)
        if root.is_dir():
            for path in sorted(root.rglob("*.[tToO][tT][fFcC]")):
                found.setdefault(path.name.lower(), path)
    return found


@cache
def _installed(path: Path) -> Face | None:
    try:
        return Face(path)
    except (FontRefused, OSError):
        return None


def _named(names: Iterable[str], folders: tuple[str, ...]) -> tuple[Face, ...]:
    found = _files(folders)
    faces = (_installed(found[name.lower()]) for name in names if name.lower() in found)
    return tuple(face for face in faces if face is not None)


@cache
def extra(folders: tuple[str, ...] = FOLDERS) -> tuple[Face, ...]:
    """Return installed fonts that may draw rare characters and may be embedded."""
    return _named(EXTRA_FONTS, folders)


def family(style: str, folders: tuple[str, ...] = FOLDERS) -> tuple[Face, ...]:
    """Return the first installed face that may stand for a style (its name in FAMILIES), or nothing."""
    faces = _named(FAMILIES[style][1], folders)
    return tuple(face for face in faces if all(face.glyph(sign) for sign in PROBE))[:1]


@cache
def styles(bundled_only: bool) -> dict[str, StyleFont]:
    """Return the styles of slips by name (song 宋, hei 黑), registered with ReportLab once."""
    rare = () if bundled_only else extra()
    serif, sans = bundled("NotoSerifSC-Regular.otf"), bundled("NotoSansSC-Regular.otf")
    mark = "B" if bundled_only else ""
    made = {
        "song": StyleFont(f"LDSong{mark}", (serif, sans, *rare)),
        "hei": StyleFont(f"LDHei{mark}", (sans, serif, *rare)),
    }
    for font in made.values():
        pdfmetrics.registerFont(font)
    return made


@cache
def official_styles(bundled_only: bool) -> dict[str, StyleFont]:
    """Return the styles of official papers: those of slips, 仿宋 fang, 小标宋 biao, 楷体 kai, 黑体 hei.

    A style without an installed font of its own is the slips' 宋, so that a batch holds each font once.
    """
    base = styles(bundled_only)
    made = dict(base)
    for style in FAMILIES:
        own = () if bundled_only else family(style)
        floor = base["hei" if style == "hei" else "song"]
        if own:
            made[style] = StyleFont(f"LD{style.title()}", (*own, *floor.faces))
            pdfmetrics.registerFont(made[style])
        else:
            made[style] = floor
    return made
