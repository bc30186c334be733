"""What screens and the command line read of papers and registers: plain frozen data."""

from liaison_app.desk.views import View


class SignatureLine(View, frozen=True, kw_only=True):
    """A signature in a paper that came back, in words; ``good``: valid and nothing changed since."""

    words: str
    good: bool


class PaperView(View, frozen=True, kw_only=True):
    """A rendered paper: bytes, pages, number, fonts and characters that no font has."""

    name: str
    number: str
    pdf: bytes
    pages: int
    fonts: tuple[str, ...]
    missing_glyphs: tuple[str, ...]
    scan: bool = False
    """Whether it is the sealed paper that came back, not one drawn here."""
    original: bytes = b""
    """What came back where it cannot be drawn here."""
    suffix: str = ".pdf"
    """Ending of its name; an ``.ofd`` cannot be drawn here (``pdf`` is empty)."""
    signatures: tuple[SignatureLine, ...] = ()
    copies: tuple[str, ...] = ()
    """Whom the paper names under 抄送: to them a copy 副本 may go."""


class PaperLine(View, frozen=True, kw_only=True):
    """A paper that a case or record can have: its number, who numbers it, how often it went out."""

    kind: str
    name: str
    number: str
    numbered: str
    printed: int
    sealed: bool
    scan: str
    of: str
    body: str
    mine: bool
    at: str
    receipt: bool
    """Whether the signed receipt of a slip came back."""
    ref: str
    """How the paper is asked for: the case or record; ``/n`` behind it where a case has several matters."""


class PaperNote(View, frozen=True, kw_only=True):
    """A line of the register of papers: a number given, a print, a sealing, a voided number."""

    act: str
    kind: str
    number: str
    case: str
    person: str
    body: str
    at: str
    copies: int
    words: str
    ref: str = ""
    """The case or record that it belongs to."""
    by: str = ""
    """Who put the seal."""


class BlankView(View, frozen=True, kw_only=True):
    """A place of a paper that people fill: its caption, the form of what it holds, what was filled in."""

    name: str
    label: str
    type: str
    choices: tuple[str, ...]
    value: str


class BookLine(View, frozen=True, kw_only=True):
    """A line of a register 登记簿; ``struck``: its number was voided."""

    ref: str
    cells: tuple[str, ...]
    struck: bool = False


class BookView(View, frozen=True, kw_only=True):
    """A register 登记簿 of a period (both days within): columns and lines, numbered."""

    book: str
    title: str
    since: str
    until: str
    columns: tuple[str, ...]
    lines: tuple[BookLine, ...]
