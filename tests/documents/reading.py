"""Reading a PDF back with PDFium, which shares no line with the writer: strokes of text, level rules, frames, structure."""

import ctypes
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 72 / 25.4
HEIGHT = 841.8898


class Stroke(NamedTuple):
    page: int
    x: float
    y: float
    size: float
    text: str
    mark: int = -1
    box: tuple = (0, 0, 0, 0)
    """Where its ink lies: left, lower, right, upper edge."""

    @property
    def top(self):
        """Upper edge of the em-box, in millimetres from the upper edge of the paper."""
        return (HEIGHT - self.y - 0.88 * self.size) / MM


class Rule(NamedTuple):
    page: int
    x0: float
    x1: float
    y: float
    thick: float
    mark: int = -1


class Node(NamedTuple):
    kind: str
    text: str
    kids: tuple

    def walk(self):
        yield self
        for kid in self.kids:
            yield from kid.walk()


def read_pages(pdf):
    """Return (strokes, rules) of every page."""
    document = pdfium.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            words = page.get_textpage()
            yield _objects(page, words, number)
            words.close()
            page.close()
    finally:
        document.close()


def strokes_and_rules(pdf):
    strokes, rules = [], []
    for some, more in read_pages(pdf):
        strokes += some
        rules += more
    return strokes, rules


def _objects(page, words, number):
    strokes, rules = [], []
    for one in page.get_objects():
        mark = raw.FPDFPageObj_GetMarkedContentID(one.raw)
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            size = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(one.raw, size)
            at = one.get_matrix()
            strokes.append(Stroke(number, at.e, at.f, size.value, _words(one, words), mark, one.get_bounds()))
        elif one.type == raw.FPDF_PAGEOBJ_PATH:
            rules += _level(one, number, mark)
    return strokes, rules


def _words(one, words):
    length = raw.FPDFTextObj_GetText(one.raw, words.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(one.raw, words.raw, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return (
        buffer.raw[: length - 2].decode("utf-16-le").strip(" ")
    )  # PDFium adds the space between two strokes of a line


def _level(one, number, mark):
    """Level rules of a path; the sides of frames and the modules of a QR are none."""
    count = raw.FPDFPath_CountSegments(one.raw)
    points = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(one.raw, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((raw.FPDFPathSegment_GetType(segment), x.value, y.value))
    thick = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(one.raw, thick)
    if count == 2 and abs(points[0][2] - points[1][2]) < 0.01:
        yield Rule(number, points[0][1], points[1][1], points[0][2], thick.value, mark)


def text_of(pdf):
    """Return the words of every page as PDFium extracts them, without breaks and spaces."""
    document = pdfium.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def structure(pdf):
    """Return the structure tree of each page, every node with the text that it marks there."""
    document = pdfium.PdfDocument(pdf)
    made = []
    try:
        for number, page in enumerate(document, 1):
            words = page.get_textpage()
            marked = {}
            for stroke in _objects(page, words, number)[0]:
                marked[stroke.mark] = marked.get(stroke.mark, "") + stroke.text
            tree = raw.FPDF_StructTree_GetForPage(page.raw)
            kids = (
                raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(raw.FPDF_StructTree_CountChildren(tree))
            )
            made.append(tuple(_node(kid, marked) for kid in kids if kid))
            raw.FPDF_StructTree_Close(tree)
    finally:
        document.close()
    return made


def _node(element, marked):
    marks = (
        raw.FPDF_StructElement_GetChildMarkedContentID(element, i)
        for i in range(raw.FPDF_StructElement_CountChildren(element))
    )
    text = "".join(marked.get(mark, "") for mark in marks if mark >= 0)
    kids = (
        raw.FPDF_StructElement_GetChildAtIndex(element, i) for i in range(raw.FPDF_StructElement_CountChildren(element))
    )
    return Node(_said(raw.FPDF_StructElement_GetType, element), text or _said(raw.FPDF_StructElement_GetAltText, element),
                tuple(_node(kid, marked) for kid in kids if kid))  # fmt: skip


def _said(ask, element):
    length = ask(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le")
