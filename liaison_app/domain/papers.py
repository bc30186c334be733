"""Plain data of papers: what the renderer draws. Facts come as words that are ready to print."""

from typing import Annotated, Final, Literal

import msgspec

Stock = Literal["plain", "preprinted", "fax"]
"""Paper: plain; 红头纸, whose red parts are printed already and left out (套打); a fax, all black with large codes."""
SlipParts = Literal["sheet", "pages", "ply"]
"""A slip: three parts on one A4; a page for each; 241 mm three-ply continuous paper, one print through all plies."""


class PrintStyle(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of paper is printed (OFFICE B13): stock, how far all is moved on it (mm), the parts of a slip, for whom
    a copy 副本 is (only one whom the paper names as receiver of a copy, OFFICE B8)."""

    stock: Stock = "plain"
    dx: Annotated[float, msgspec.Meta(ge=-20, le=20)] = 0.0
    dy: Annotated[float, msgspec.Meta(ge=-20, le=20)] = 0.0
    parts: SlipParts = "sheet"
    copy_for: str = ""


PLAIN: Final = PrintStyle()
ATTENDANCE: Final = ("出席", "列席", "请假", "缺席", "代会", "参加", "参会")
"""Captions of minutes that stand together after the text (GB/T 9704-2012, 10.3)."""


class Field(msgspec.Struct, frozen=True):
    """A caption with its value."""

    caption: str
    value: str


SlipPart = Literal["stub", "sent", "receipt"]
"""The parts of a slip: 存根联 (kept), 移送联 (sent), 回执联 (comes back)."""
CellWidth = Literal["third", "half", "full"]
"""The share of a line that a cell of a slip takes with its caption."""


class Cell(msgspec.Struct, frozen=True):
    """A cell of a slip: its caption, what it says, how wide it is."""

    caption: str
    value: str
    width: CellWidth = "half"


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """移送单: stub, slip and receipt on one sheet (M1-TRF-12); the cells of each part as the profile lists them."""

    number: str
    case_number: str
    date: str
    mechanism: str
    title: str = "移送单"
    rule: str = ""
    opening: str = "现将下列事项移送你单位办理。"
    received: str = "你单位移送的事项及所附材料已收悉。"
    """What the receipt says."""
    first_receiver: str
    addressees: tuple[str, ...]
    urgent: str
    parts: tuple[str, str, str] = ("存根联", "移送联", "回执联")
    """The names of stub, slip and receipt."""
    stub: tuple[Cell, ...]
    sent: tuple[Cell, ...]
    receipt: tuple[Cell, ...]
    demo: bool
    strict: bool
    reprint: str = ""
    style: PrintStyle | None = None
    run_on: int = 0
    """How many pages stand before it, the cover of a fax."""
    of: int = 0
    """How many pages the whole fax has; 0: it is none."""


class RecoverySheet(msgspec.Struct, frozen=True, kw_only=True):
    """恢复单: the code that opens this desk's data and backups when PIN, keyring or disk are gone."""

    district: str
    body: str
    person: str
    date: str
    groups: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a paper: heading row, rows of words, widths as shares of the type area (by content when empty)."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    left: tuple[int, ...] = ()
    """Columns whose words all begin at the left, short ones too; others stand in the middle while they fit a line."""


class Bar(msgspec.Struct, frozen=True):
    """A bar of a chart: its name, its size (not negative), its value in words."""

    name: str
    size: float
    words: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart 图 of level bars; the longest fills the width."""

    caption: str
    bars: tuple[Bar, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the body 正文: a heading of a level (1 一、 to 4 (1)), paragraphs, a table and a chart behind them."""

    heading: str = ""
    level: int = 0
    text: tuple[str, ...] = ()
    table: Table | None = None
    chart: Chart | None = None

    @property
    def shows(self) -> bool:
        """Whether a table or a chart stands behind its words."""
        return self.table is not None or self.chart is not None


WHOLE_CASE: Final = "whole-case"
"""全案: the print of everything of a case, which every mechanism has and no profile describes."""


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """A photo behind a paper: the original bytes; the paper turns and shrinks it."""

    caption: str
    content: bytes


PaperForm = Literal["sheet", "letter", "upward", "minutes", "notice", "table", "cover", "cards", "seats"]
"""How a paper looks: form with cells 表单, letter form 信函格式, upward 上行文, minutes 纪要格式, notice 通知, table, cover 封面,
name cards to be folded 桌签, plan of seats 座次图."""


class OfficialPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper 文书 as plain data: everything ready to print (GB/T 9704-2012 names in the comments of the fields).

    ``number`` is empty where the office's number is not known yet: the paper leaves its place for the pen.
    """

    kind: str
    form: PaperForm
    title: str
    issuer: str
    """发文机关 in full: red head of letters and minutes, signature 落款."""
    date: str
    """成文日期 as ISO date."""
    number: str = ""
    word: str = ""
    """机关代字, for the place of a number written by pen."""
    urgency: Literal["", "特急", "加急"] = ""
    secrecy: str = ""
    signed_by: str = ""
    """签发人, on upward papers."""
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    opening: str = ""
    fields: tuple[Field, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: str = ""
    annexes: tuple[str, ...] = ()
    note: str = ""
    """附注（联系人、电话）."""
    boxes: tuple[str, ...] = ()
    """Places to be filled by hand: 签收人, 领导批示, 审批意见 …"""
    mechanism: str = ""
    basis: str = ""
    """Clause relied on (COM-05)."""
    seal: bool = True
    """Whether the place of a seal is left; the program prints none (OFFICE A6)."""
    code: str = ""
    """What the QR holds; empty on copies for outside, faxes and strict cases."""
    demo: bool = False
    outside: bool = False
    """A copy for outside: 复印件与原件一致, no personal data."""
    reprint: str = ""
    """What a reprint 补打 or a copy 副本 says in its foot."""
    style: PrintStyle | None = None
    photos: tuple[Photo, ...] = ()
    run_on: int | None = None
    """How many pages stand before it in a pack 汇编 whose pages are numbered through; None: it has numbers of its own."""
    of: int = 0
    """How many pages the whole fax has, whose pages say 第1页 共3页; 0: it is none."""


class RenderedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF with what it was drawn with, and the characters that no font has."""

    pdf: bytes
    pages: int
    fonts: tuple[str, ...]
    missing_glyphs: tuple[str, ...]
    families: tuple[str, ...] = ()
    """Which font file stood for which style, as ``仿宋 NotoSerifSC-Regular``."""
