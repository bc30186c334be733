"""A letter that comes back from WPS or Word: its paragraphs with tracked changes accepted, its body found again."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

import msgspec

from liaison_app.intake.tables import IntakeError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALIKE: Final = 0.6
"""From this likeness on a changed line of head or foot is still known again."""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: paragraphs in order, how many tracked changes they hold and by whom, remarks in the margin."""

    lines: tuple[str, ...]
    changes: int = 0
    by: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read_letter(name: str, content: bytes) -> Returned:
    """Return the paragraphs of a .docx. Raise IntakeError naming what the file is instead.

    Tracked insertions count, tracked deletions are gone: what is read is what the writer sees with all changes accepted.
    """
    if name.lower().endswith((".wps", ".doc")) or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise IntakeError("letter_old_format", file=name)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        raise IntakeError("letter_unreadable", file=name) from None
    body = document.element.body
    tracked = [e for e in body.iter(f"{W}ins", f"{W}del") if e.getparent() is not None]
    authors = dict.fromkeys(str(e.get(f"{W}author") or "") for e in tracked)
    noted = [rel.target_part.blob for rel in document.part.rels.values() if rel.reltype.endswith("/comments")]
    return Returned(
        lines=tuple(_line(p) for p in body.iter(f"{W}p") if not _in_table(p) and not _gone(p)),
        changes=len(tracked), by=tuple(a for a in authors if a), remarks=tuple(_remarks(noted)),
    )  # fmt: skip


def body_of(found: Sequence[str], head: Sequence[str], tail: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return the paragraphs between head and foot of the letter that was sent out, and whether both were known again.

    ``head`` and ``tail`` are its lines before and after the body. What is not known again is left in: nothing is lost.
    """
    lines = [one.strip("　 \t") for one in found]
    start = _place(lines, [h.strip("　 \t") for h in head if h.strip("　 \t")][::-1], last=False)
    end = _place(lines, [t.strip("　 \t") for t in tail if t.strip("　 \t")], last=True)
    whole = start is not None and end is not None and start < end
    begin, until = (start + 1 if start is not None else 0), (end if end is not None else len(lines))
    if begin > until:
        begin, until, whole = 0, len(lines), False
    return tuple(line for line in lines[begin:until] if line), whole


def _place(lines: Sequence[str], wanted: Sequence[str], *, last: bool) -> int | None:
    """Return where the first of the wanted lines stands that is there: its last place for a foot, its first for a head."""
    for want in wanted[:1] if last else wanted:
        scored = [(SequenceMatcher(None, line, want).ratio() if line else 0.0, n) for n, line in enumerate(lines)]
        good = [n for score, n in scored if score >= (1.0 if any(s == 1.0 for s, _ in scored) else ALIKE)]
        if good:
            return good[-1] if last else good[0]
    return None


def _remarks(parts: Sequence[bytes]) -> Iterator[str]:
    from docx.oxml import parse_xml

    for blob in parts:
        for one in parse_xml(blob).iter(f"{W}comment"):
            text = "".join(t.text or "" for t in one.iter(f"{W}t")).strip()
            if text:
                yield f"{one.get(f'{W}author') or ''}：{text}".strip("：")


def _line(paragraph: Any) -> str:
    said: list[str] = []
    for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if any(parent.tag in (f"{W}del", f"{W}moveFrom", f"{W}txbxContent") for parent in _above(one, paragraph)):
            continue
        said.append(one.text or "" if one.tag == f"{W}t" else "" if one.tag == f"{W}tab" else "\n")
    return "".join(said)


def _above(one: Any, until: Any) -> Iterator[Any]:
    parent = one.getparent()
    while parent is not None and parent is not until:
        yield parent
        parent = parent.getparent()


def _in_table(paragraph: Any) -> bool:
    return any(parent.tag in (f"{W}tbl", f"{W}txbxContent") for parent in _above(paragraph, None))


def _gone(paragraph: Any) -> bool:
    """Whether a whole paragraph was deleted: its mark too."""
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
    return mark is not None and not _line(paragraph)
