"""Files that belong to a case 附件: of which kind they are, how large one may be. Pure."""

from typing import Final, Literal

FileKind = Literal["photo", "recording", "film", "pdf", "office", "text", "other"]

LARGEST: Final = 200 * 1024 * 1024
"""The largest file (bytes): what the shared database takes in pieces (docs/SYNC.md, sizes)."""
ROOM: Final = 1024 * 1024 * 1024
"""What all files of one case may hold together (bytes)."""
SEVERAL: Final = 50
"""So many files are attached at once at the most."""

BY_HEAD: Final[tuple[tuple[int, bytes, FileKind], ...]] = (
    (0, b"%PDF-", "pdf"),
    (0, b"\xff\xd8\xff", "photo"),
    (0, b"\x89PNG\r\n\x1a\n", "photo"),
    (0, b"GIF8", "photo"),
    (0, b"BM", "photo"),
    (8, b"WEBP", "photo"),
    (0, b"II*\x00", "photo"),
    (0, b"MM\x00*", "photo"),
    (4, b"ftypheic", "photo"),
    (8, b"WAVE", "recording"),
    (0, b"ID3", "recording"),
    (0, b"\xff\xfb", "recording"),
    (0, b"\xff\xf3", "recording"),
    (0, b"OggS", "recording"),
    (0, b"fLaC", "recording"),
    (0, b"#!AMR", "recording"),
    (4, b"ftypM4A", "recording"),
    (4, b"ftyp3g", "film"),
    (4, b"ftyp", "film"),
    (8, b"AVI ", "film"),
    (0, b"PK\x03\x04", "office"),
    (0, b"\xd0\xcf\x11\xe0", "office"),
)
"""What a file begins with (place, bytes): a name may lie."""


def kind_of(name: str, head: bytes) -> FileKind:
    """Return the kind of a file by its first bytes (at least 16); by its name only where they say nothing."""
    for place, mark, kind in BY_HEAD:
        if head[place : place + len(mark)] == mark:
            return kind
    ending = name.lower().rpartition(".")[2]
    if ending in {"txt", "csv", "log", "md"}:
        return "text"
    return "recording" if ending in {"aac", "wma"} and head else "other"


def plain_name(name: str) -> str:
    """Return a file's name without folders and signs that no file system takes."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    return "".join("_" if c in '<>:"|?*' or not c.isprintable() else c for c in last)[:120] or "file"
