"""Objects of a PDF that ReportLab does not know, written as words into its document: each gets a number at once."""

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc


def new_object(doc: Any) -> int:
    """Return the number of a new object of a document, to be filled by ``put_object``."""
    number = doc.objectcounter = doc.objectcounter + 1
    name = f"o{number}"
    doc.idToObjectNumberAndVersion[name] = (number, 0)
    doc.numberToId[number] = name
    doc.idToObject[name] = b"null"
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


def written(doc: Any) -> bytes:
    """Return the file of a document, as ReportLab would write it; objects that are words already are taken as they are.

    Most objects of a batch are elements of its structure: through ReportLab's own writer they cost a fifth of all.
    """
    for known in (doc.Catalog, doc.info):
        doc.Reference(known)
    parts = [b"%%PDF-%d.%d\n%%\x93\x8c\x8b\x9e\n" % doc._pdfVersion]
    at, offsets, number = len(parts[0]), [], 1
    while (name := doc.numberToId.get(number)) is not None:  # more may come while they are written
        held = doc.idToObject[name]
        body = held if type(held) is bytes else pdfdoc.format(held, doc, toplevel=1)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body.rstrip(b"\n") if type(held) is not bytes else body))
        offsets.append(at)
        at += len(parts[-1])
        number += 1
    root, info = (pdfdoc.format(doc.Reference(known), doc) for known in (doc.Catalog, doc.info))
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % number)
    parts += [b"%010d 00000 n \n" % offset for offset in offsets]
    parts.append(
        b"trailer\n<< /Size %d /Root %b /Info %b /ID %b >>\nstartxref\n%d\n%%%%EOF\n"
        % (number, root, info, doc.ID().strip(), at)
    )
    return b"".join(parts)


def text(words: str) -> str:
    """Return a text string: UTF-16 in hexadecimal, with its mark."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
