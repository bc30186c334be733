"""Plain data of papers: what the renderer draws. Facts come as words that are ready to print."""

import msgspec


class Field(msgspec.Struct, frozen=True):
    """A caption with its value."""

    caption: str
    value: str


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """环境污染投诉移送单: stub, slip and receipt on one sheet (M1-TRF-12)."""

    number: str
    case_number: str
    date: str
    mechanism: str
    title: str = "移送单"
    rule: str = ""
    opening: str = "现将下列事项移送你单位办理。"
    first_receiver: str
    addressees: tuple[str, ...]
    supporting: tuple[str, ...]
    urgent: str
    fields: tuple[Field, ...]
    object: str
    place: str
    content: str
    basis: str
    reason: str
    method: str
    limits: str
    proposer: str
    approved: str
    sent_at: str
    delivered: str
    signed: str
    demo: bool
    strict: bool
    reprint: str = ""


class RecoverySheet(msgspec.Struct, frozen=True, kw_only=True):
    """恢复单: the code that opens this desk's data and backups when PIN, keyring or disk are gone."""

    district: str
    body: str
    person: str
    date: str
    groups: tuple[str, ...]


class RenderedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF with what it was drawn with, and the characters that no font has."""

    pdf: bytes
    pages: int
    fonts: tuple[str, ...]
    missing_glyphs: tuple[str, ...]
