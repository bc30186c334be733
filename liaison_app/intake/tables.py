"""Reading a table out of a file as it came: kind sniffed, text kept to the last character, damage named."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from liaison_app.domain.errors import RuleBroken

CELL_LIMIT: Final = 200_000
"""Characters of one cell beyond which its row is rejected (and named)."""
MAX_COLUMNS: Final = 500


class IntakeError(RuleBroken):
    """The file cannot be read as a table; nothing was imported."""


class SourceRow(msgspec.Struct, frozen=True):
    """A row with its number in the file (the header is row 1)."""

    number: int
    cells: tuple[Any, ...]


class SourceTable(msgspec.Struct, frozen=True):
    """Column names and rows of a file."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]


def sniff(name: str, content: bytes) -> str:
    """Return ``xlsx``, ``xls`` or ``csv``. Raise IntakeError naming what the file is instead."""
    lower = name.lower()
    if not content.strip():
        raise IntakeError("file_empty", file=name)
    if lower.endswith(".et"):
        raise IntakeError("et_file", file=name)
    if lower.endswith((".wps", ".doc", ".docx")):
        raise IntakeError("word_file", file=name)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")):
        raise IntakeError("picture_file", file=name)
    if content.startswith(b"%PDF"):
        raise IntakeError("pdf_file", file=name)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise IntakeError("workbook_locked", file=name)
        return "xls"
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    return "csv"


def read(name: str, content: bytes) -> SourceTable:
    """Return the first table of a file. Raise IntakeError with a clear code."""
    kind = sniff(name, content)
    rows = list(_csv_rows(name, content) if kind == "csv" else _workbook_rows(name, content))
    if not rows:
        raise IntakeError("file_empty", file=name)
    header = tuple(str(c).strip() for c in rows[0].cells)
    if len(header) > MAX_COLUMNS:
        raise IntakeError("too_many_columns", file=name, found=len(header))
    return SourceTable(kind, header, tuple(rows[1:]))


def _workbook_rows(name: str, content: bytes) -> Iterator[SourceRow]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises several kinds of its own for one fact: it cannot be read
        words = str(error)
        code = "workbook_locked" if "assword" in words else "workbook_damaged"
        raise IntakeError(code, file=name, reason=words[:80]) from None
    for number, cells in enumerate(found, 1):
        if any(c not in ("", None) for c in cells):
            whole = (int(c) if isinstance(c, float) and c.is_integer() else c for c in cells)
            yield SourceRow(number, tuple(whole))


def _csv_rows(name: str, content: bytes) -> Iterator[SourceRow]:
    text = decode(name, content)
    csv.field_size_limit(1 << 28)
    sample = text[:4096]
    delimiter = max(",\t;", key=sample.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for cells in reader:
            number += 1
            if any(c.strip() for c in cells):
                yield SourceRow(number, tuple(cells))
    except csv.Error as error:
        raise IntakeError("csv_damaged", file=name, line=reader.line_num, reason=str(error)) from None


def decode(name: str, content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030. Raise IntakeError ``encoding_unknown``."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise IntakeError("encoding_unknown", file=name)
