"""Objects of a PDF that ReportLab does not know, written as words into its document: each gets a number at once."""

import zlib
from typing import Any


def new_object(doc: Any) -> int:
    """Return the number of a new object of a document, to be filled by ``put_object``."""
    number = doc.objectcounter + 1
    doc.Reference("null", f"o{number}")
    return int(number)


def put_object(doc: Any, number: int, words: str | bytes) -> int:
    """Fill an object; return its number."""
    doc.idToObject[f"o{number}"] = words.encode("latin-1") if isinstance(words, str) else words
    return number


def stream(doc: Any, data: bytes, words: str = "", *, level: int = 4) -> int:
    """Write a stream with these entries in its dictionary, packed with zlib (0: as it is); return its number.

    Outlines of fonts hardly shrink: level 1 is as good as any.
    """
    body = zlib.compress(data, level) if level else data
    head = f"<< {words} {'/Filter /FlateDecode ' if level else ''}/Length {len(body)} >>\nstream\n".encode("latin-1")
    return put_object(doc, new_object(doc), head + body + b"\nendstream")


def text(words: str) -> str:
    """Return a text string: UTF-16 in hexadecimal, with its mark."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
