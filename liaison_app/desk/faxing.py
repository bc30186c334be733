"""A paper as it goes by fax (OFFICE B13): 传真首页 as the profile has it, then the paper, all black, pages counted through."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from liaison_app.desk.paper_data import basis_of, laid_out
from liaison_app.desk.paper_phrases import NOTHING, Word
from liaison_app.domain.events import Person
from liaison_app.domain.papers import OfficialPaper, PrintStyle, Slip
from liaison_app.mechanism.document_schema import DocField, Document
from liaison_app.mechanism.schema import Post

COVER: Final = "fax-cover"
"""The one kind that stands before what goes by fax."""
Paper = OfficialPaper | Slip


def is_fax(style: PrintStyle | None) -> bool:
    """Return whether papers of a style go by fax."""
    return style is not None and style.stock == "fax"


def sender(person: Person, post: Post | None) -> dict[str, str]:
    """Return what a cover says of who sends."""
    hotlines = post.verified if post else []
    return {
        "person.name": person.name, "person.telephone": person.phone, "body.name": post.name if post else person.body,
        "body.telephone": hotlines[-1] if hotlines else person.phone,
    }  # fmt: skip


def faxed(
    papers: Sequence[Paper], document: Document | None, known: Mapping[str, str], mechanism: str,
    pages: Callable[[Paper], int], told: Callable[[str], Word] | None = None,
) -> list[Paper]:  # fmt: skip
    """Return papers with a cover before each; ``pages`` says how many it takes, ``known`` what is known of the sender.

    ``told`` answers other sources of the cover where it speaks of the same act.
    """
    made: list[Paper] = []
    for paper in papers:
        if document is None or (isinstance(paper, OfficialPaper) and paper.kind == COVER):
            made.append(paper)
            continue
        total = pages(paper) + 1
        to = paper.addressees if isinstance(paper, Slip) else (*paper.to, *paper.copies)[: max(1, len(paper.to))]
        said = {
            **known, "paper.to": "、".join(to), "paper.name": f"《{paper.title}》{paper.number}".replace("\n", ""),
            "paper.pages": f"{total}页（含本页）",
        }  # fmt: skip
        made += [
            _cover(paper, document, mechanism, said, total, told),
            msgspec.structs.replace(paper, run_on=1, of=total),
        ]
    return made


def _cover(
    paper: Paper, document: Document, mechanism: str, known: Mapping[str, str], total: int, told: Callable[[str], Word] | None
) -> OfficialPaper:  # fmt: skip
    def value(field: DocField) -> Word:
        if field.text:
            return Word(field.text)
        found = next((known[one] for one in field.source.split("|") if known.get(one)), "")
        return Word(found) if found else told(field.source) if told and field.source else NOTHING

    laid = laid_out(document, value, hide=False)
    return OfficialPaper(
        kind=COVER, form="sheet", title=document.name, issuer=paper.first_receiver if isinstance(paper, Slip) else paper.issuer,
        date=paper.date, fields=laid.fields, boxes=laid.hand, mechanism=mechanism, basis=basis_of(document), seal=False,
        demo=paper.demo, style=paper.style, run_on=0, of=total,
    )  # fmt: skip
