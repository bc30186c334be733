"""The structure tree of a document (tagged PDF, ISO 32000-1, 14.7 and 14.8): what a screen reader reads, in which order.

Words of the paper belong to elements (H1, P, Table, TR, TH, TD, L, LI, Figure); rules, page numbers, repeated heads and the
demo's mark are artifacts.
"""

from typing import Any, Final

from reports.objects import new_object, put_object, text

PAGINATION: Final = "/Artifact <</Type /Pagination>> BDC"
"""Page numbers, feet, heads of tables that are repeated."""
LAYOUT: Final = "/Artifact <</Type /Layout>> BDC"
"""Rules, frames, tear lines."""


class Element:
    """An element of the structure: its kind, its attributes in PDF words, and what is in it."""

    __slots__ = ("attributes", "kids", "kind", "number")

    def __init__(self, kind: str, attributes: str = "") -> None:
        self.kind, self.attributes = kind, attributes
        self.kids: list[Element | tuple[int, int]] = []
        self.number = 0

    def add(self, kind: str, attributes: str = "") -> "Element":
        """Return a new element behind those that are already in this one."""
        element = Element(kind, attributes)
        self.kids.append(element)
        return element

    def full(self) -> bool:
        """Whether there is anything in it, or its place counts (a cell of a table)."""
        return self.kind in ("TH", "TD") or any(not isinstance(k, Element) or k.full() for k in self.kids)


def spans(columns: int) -> str:
    """Return the attribute of a cell that is as wide as several columns."""
    return f"/A <</O /Table /ColSpan {columns}>>" if columns > 1 else ""


def heads(scope: str, columns: int = 1) -> str:
    """Return the attribute of a TH: whether it heads its Row or its Column."""
    wide = f" /ColSpan {columns}" if columns > 1 else ""
    return f"/A <</O /Table /Scope /{scope}{wide}>>"


def figure(alternate: str, box: tuple[float, float, float, float]) -> str:
    """Return the attributes of a picture: words that stand for it, and where it lies on its page (points)."""
    return f"/Alt {text(alternate)} /A <</O /Layout /Placement /Block /BBox [{' '.join(f'{n:.2f}' for n in box)}]>>"


class Tags:
    """Marks what is drawn on a canvas, and writes the tree of it."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self.root = Element("Document")
        self._pages: list[list[Element]] = [[]]
        self._open: Element | str | None = None

    def mark(self, what: Element | str) -> None:
        """Say what the following strokes belong to: an element, or an artifact."""
        if what is self._open:
            return
        code = self._canvas._code
        if self._open is not None:
            code.append("EMC")
        self._open = what
        if isinstance(what, str):
            code.append(what)
            return
        marks = self._pages[-1]
        what.kids.append((len(self._pages), len(marks)))
        code.append(f"/{what.kind} <</MCID {len(marks)}>> BDC")
        marks.append(what)

    def end_page(self) -> int:
        """Close what is open; return the page's key in the parent tree."""
        if self._open is not None:
            self._canvas._code.append("EMC")
            self._open = None
        self._pages.append([])
        return len(self._pages) - 2

    def write(self, doc: Any) -> int:
        """Write the tree; return the number of its root object."""
        root, parents = new_object(doc), new_object(doc)
        pages = [0, *(_page(doc, n) for n in range(1, len(self._pages)))]
        first = _element(doc, self.root, root, pages)
        lists = " ".join(
            f"{key} [{' '.join(f'{element.number} 0 R' for element in page)}]"
            for key, page in enumerate(self._pages[:-1])
        )
        put_object(doc, parents, f"<< /Nums [{lists}] >>")
        return put_object(
            doc, root, f"<< /Type /StructTreeRoot /K {first} 0 R /ParentTree {parents} 0 R /ParentTreeNextKey {len(self._pages) - 1} >>"
        )  # fmt: skip


def _element(doc: Any, element: Element, parent: int, pages: list[int]) -> int:
    """Write an element and what is in it; return its number."""
    own = element.number = new_object(doc)
    kids: list[str] = []
    page = 0
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.full():
                kids.append(f"{_element(doc, kid, own, pages)} 0 R")
            continue
        page = page or kid[0]
        kids.append(f"{kid[1]}" if kid[0] == page else f"<</Type /MCR /Pg {pages[kid[0]]} 0 R /MCID {kid[1]}>>")
    on = f" /Pg {pages[page]} 0 R" if page else ""
    more = f" {element.attributes}" if element.attributes else ""
    held = f" /K {kids[0]}" if len(kids) == 1 else f" /K [{' '.join(kids)}]" if kids else ""
    return put_object(doc, own, f"<</Type /StructElem /S /{element.kind} /P {parent} 0 R{on}{more}{held}>>")


def _page(doc: Any, number: int) -> int:
    return int(doc.idToObjectNumberAndVersion[f"Page{number}"][0])
