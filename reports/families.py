"""Which font file draws which style: installed ones that offices have, the bundled ones as floor, helpers for rare signs."""

import os
import struct
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from reports.faces import Face, FontRefused, faces_in
from reports.fonts import StyleFont, Styles

EXTRA_FONTS: Final = ("LXGWWenKai-Regular.ttf", "simsunb.ttf", "HanaMinB.ttf", "HanaMinA.ttf")
"""Installed fonts that may help out with rare characters, by file name."""
FAMILIES: Final = {
    "song": ("宋", ("simsun.ttc#SimSun", "STSONG.TTF", "Songti.ttc#STSongti-SC-Regular")),
    "fang": ("仿宋", ("仿宋_GB2312.ttf", "simfang.ttf", "STFANGSO.TTF", "FZFSK.TTF", "ZhuqueFangsong-Regular.ttf")),
    "biao": ("小标宋", ("方正小标宋简体.ttf", "FZXBSJW.TTF", "FZXBSK.TTF", "STZHONGS.TTF")),
    "kai": (
        "楷体",
        ("楷体_GB2312.ttf", "simkai.ttf", "STKAITI.TTF", "Kaiti.ttc#STKaitiSC-Regular", "LXGWWenKai-Regular.ttf"),
    ),
    "hei": ("黑体", ("simhei.ttf", "STXIHEI.TTF")),
}
"""The styles of official papers and the installed files that draw them, best first (else the bundled faces).

Of a collection (.ttc) the face is named behind #, by its PostScript name; the first one where no face has it.
"""
PROBE: Final = "区环保局关于投诉的回复，（一）“纪要”〔2026〕0123456789ABab"
"""What an installed font must have to stand for a style."""
MOST_FACES: Final = 32
"""Faces of a collection that are looked at."""
FOLDERS: Final = (
    "/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".local/share/fonts"), str(Path.home() / ".fonts"),
    f"{os.environ.get('WINDIR', 'C:/Windows')}/Fonts", f"{os.environ.get('LOCALAPPDATA', 'C:')}/Microsoft/Windows/Fonts", "/Library/Fonts",
)  # fmt: skip
"""Where installed fonts lie: of the machine and of the person who is logged in."""


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
def _installed(path: Path, wanted: str = "") -> Face | None:
    """Return a face of a file that may be embedded: the one of a name, else the first."""
    faces = []
    try:
        with path.open("rb") as file:
            count = min(faces_in(file.read(12)), MOST_FACES)
    except OSError:
        return None
    for index in range(count):
        try:
            face = Face(path, index)
        except (FontRefused, OSError, struct.error, IndexError):  # refused, gone or damaged
            continue
        if not wanted or face.own_name == wanted:
            return face
        faces.append(face)
    return faces[0] if faces else None


def _named(names: Iterable[str], folders: tuple[str, ...]) -> tuple[Face, ...]:
    found = _files(folders)
    said = ((file.lower(), face) for file, _, face in (name.partition("#") for name in names))
    faces = (_installed(found[file], face) for file, face in said if file in found)
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
def styles(bundled_only: bool) -> Styles:
    """Return the styles of papers by name: song 宋, hei 黑, fang 仿宋, biao 小标宋, kai 楷体.

    A style without an installed font of its own is 宋 (or 黑) that comes with the program, so that a batch holds each font once.
    """
    rare = () if bundled_only else extra()
    serif, sans = bundled("NotoSerifSC-Regular.otf"), bundled("NotoSansSC-Regular.otf")
    mark = "B" if bundled_only else ""
    song = StyleFont(f"LDSong{mark}", (serif, sans, *rare))
    hei = StyleFont(f"LDHei{mark}", (sans, serif, *rare))
    made = {}
    for style in FAMILIES:
        floor = hei if style == "hei" else song
        own = () if bundled_only else family(style)
        made[style] = StyleFont(f"LD{style.title()}Own", (*own, *floor.faces)) if own else floor
    return Styles(made, bold=made["biao"] is song)
