"""From the words of a case and the cells of the profile to a slip 移送单 as plain data (M1-TRF-12). Pure."""

from collections.abc import Callable
from typing import Final, cast

from liaison_app.desk.paper_data import basis_of, spoken_by
from liaison_app.desk.paper_phrases import Word, in_full
from liaison_app.desk.paper_words import CaseWords
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import Cell, CellWidth, Slip, SlipPart
from liaison_app.mechanism.document_schema import DocField, Document
from liaison_app.mechanism.paper_sources import BRACES
from liaison_app.mechanism.schema import Profile

PARTS: Final = ("存根联", "移送联", "回执联")
"""Names of stub, slip and receipt where the profile says none."""
OPENING: Final = "现将下列事项移送你单位办理。"
RECEIVED: Final = "你单位移送的{transfer.number}事项及所附材料已收悉。"


def _cells(*rows: tuple[str, str, str, str]) -> tuple[DocField, ...]:
    """Return fields from (caption, source, parts and widths, what an empty one says; - to leave it out)."""
    made = []
    for n, (caption, source, on, empty) in enumerate(rows):
        places = cast("dict[SlipPart, CellWidth]", dict(part.split(":") for part in on.split()))
        made.append(DocField(name=f"c{n}", zh=caption, source=source, places=places, required=empty != "-", empty=empty.strip("-")))  # fmt: skip
    return tuple(made)


PLAIN: Final = _cells(
    ("来件时间", "case.received_at", "sent:third", ""), ("来源", "case.channel", "sent:third", ""),
    ("投诉人", "complainant.name", "stub:half sent:third", "未留"), ("联系方式", "complainant.contact", "stub:half sent:third", "未留"),
    ("投诉人地址", "complainant.address", "sent:third", "未留"), ("所属镇街", "case.town", "sent:third", "-"),
    ("外部编号", "case.external_no", "sent:third", "-"), ("对象", "case.object", "stub:half sent:half", ""),
    ("地点", "case.place", "stub:half sent:half", ""), ("内容", "case.content", "sent:full", ""),
    ("移送依据", "routing.clauses", "sent:full", ""), ("移送理由", "transfer.reason", "sent:full", "-"),
    ("配合单位", "lead.co", "sent:full", "-"), ("办理时限", "transfer.limits", "sent:full", "自确认送达之日起计算"),
    ("移送单位", "case.first_receiver", "stub:half", ""), ("接收单位", "transfer.to", "stub:half receipt:half", ""),
    ("拟办人", "transfer.proposer", "stub:half", ""), ("批准", "transfer.approved", "stub:half", ""),
    ("移送方式", "transfer.sent", "stub:half", ""), ("送达确认", "transfer.delivered", "stub:half", ""),
    ("签收人及时间", "transfer.signed", "receipt:half", ""), ("联系人及电话", "", "receipt:half", ""), ("备注", "", "receipt:half", ""),
)  # fmt: skip
"""The cells of a slip whose profile was published before slips had cells of their own."""


def slip_from(words: CaseWords, document: Document, *, demo: bool, reprint: str = "") -> Slip:
    """Return the slip of the transfer that words speak of. Raise RuleBroken ``no_transfer``."""
    transfer, case = words.transfer, words.case
    if transfer is None:
        raise RuleBroken("no_transfer")

    def value(field: DocField) -> str:
        if field.text:
            return spoken_by(field.text, words, case.first_receiver)
        word = words.told(field.source, case.first_receiver) if field.source else Word()
        unseen = words.hidden and field.source.startswith("complainant.")
        return word.text or "、".join(word.cells) or ("" if unseen else field.empty)

    made = cells_of(document, value)
    return Slip(
        number=transfer.slip_no, case_number=case.number, date=(transfer.sent_at or transfer.proposed_at)[:10],
        mechanism=words.rules.profile.meta.name, title=document.name, rule=basis_of(document),
        opening=spoken_by(document.opening, words, case.first_receiver) or OPENING,
        received=spoken_by(document.received or RECEIVED, words, case.first_receiver) or BRACES.sub("", document.received or RECEIVED),
        first_receiver=in_full(words.name(case.first_receiver), words.rules.roster.district), addressees=tuple(words.name(b) for b in transfer.to),
        urgent="特急" if "urgent" in words.flags else "加急" if "immediate" in words.flags else "", parts=names_of(document),
        stub=made["stub"], sent=made["sent"], receipt=made["receipt"], demo=demo, strict=case.confidential == "strict", reprint=reprint,
    )  # fmt: skip


def slip_specimen(document: Document, profile: Profile, body: str, day: str) -> Slip:
    """Return a specimen 样张 of a slip: each cell filled with its own caption, places for the pen empty."""
    names = {p.id: p.name for p in profile.posts}
    made = cells_of(document, lambda f: BRACES.sub("×××", f.text) or (f"〔{f.zh}〕" if f.source else ""))
    return Slip(
        number="", case_number="〔案件编号〕", date=day, mechanism=profile.meta.name, title=document.name, rule=basis_of(document),
        opening=BRACES.sub("×××", document.opening or OPENING), received=BRACES.sub("×××", document.received or RECEIVED),
        first_receiver=names.get(body, body), addressees=("〔接收单位〕",), urgent="", parts=names_of(document),
        stub=made["stub"], sent=made["sent"], receipt=made["receipt"], demo=True, strict=False,
    )  # fmt: skip


def cells_of(document: Document, value: Callable[[DocField], str]) -> dict[SlipPart, tuple[Cell, ...]]:
    """Return the cells of each part in the order of the profile; one that may be missing and says nothing is left out."""
    made: dict[SlipPart, list[Cell]] = {"stub": [], "sent": [], "receipt": []}
    for field in document.fields if any(f.places for f in document.fields) else PLAIN:
        said = value(field) if field.places else ""
        if said or field.required:
            for part, width in field.places.items():
                made[part].append(Cell(field.zh, said, width))
    return {part: tuple(cells) for part, cells in made.items()}


def names_of(document: Document) -> tuple[str, str, str]:
    """Return the names of stub, slip and receipt."""
    stub, sent, receipt = document.parts if len(document.parts) == len(PARTS) else PARTS
    return stub, sent, receipt
