"""A reply as the letter that it will be: plain data of the official paper, and the same as lines of text."""

from datetime import datetime

from liaison_app.desk.describing_case import ZH, day
from liaison_app.desk.roster import body_name
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Case
from liaison_app.domain.events import Person
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import OfficialPaper, Section
from liaison_app.domain.text import clean
from liaison_app.words import labels

PAPER_OF = {"written": "reply-24h", "preliminary": "preliminary-reply", "formal": "reply", "feedback": "feedback"}
"""The paper of the profile that a kind of reply is; an explanation goes as a plain letter."""


def letter_of(case: Case, kind: str, text: str, rules: DeskRules, person: Person, now: datetime) -> OfficialPaper:
    """Return the letter of a text: 信函格式, its number left to the office (OFFICE A5)."""
    document = next((d for d in rules.profile.documents if d.kind == PAPER_OF.get(kind)), None)
    first, _, rest = text.partition("\n")
    named = first.rstrip().endswith(("：", ":"))
    title = "关于{thing}投诉的{what}".format(
        thing=clean(case.object) or clean(case.place), what=document.name if document else labels.choice("draft-reply-kind", kind, ZH)
    )  # fmt: skip
    return OfficialPaper(
        kind=document.kind if document else kind, form="letter", title=title, issuer=body_name(rules, person.body, ZH),
        date=stamp(now)[:10], word=document.word if document else "", to=(first.rstrip().rstrip("：:"),) if named else (),
        sections=(Section(text=tuple(filter(None, (rest if named else text).split("\n")))),),
        note=f"联系人：{person.name}" + (f"，联系电话：{person.phone}" if person.phone else ""), demo=rules.founding == "demo",
    )  # fmt: skip


def plain(paper: OfficialPaper) -> str:
    """Return a letter as text: head, place of the number, title, addressee, body, signature, note."""
    year = paper.date[:4]
    lines = [paper.issuer, paper.number or f"{paper.word}〔{year}〕　　号", "", paper.title, ""]
    lines += ["、".join(paper.to) + "："] if paper.to else []
    lines += [f"　　{line}" for section in paper.sections for line in section.text]
    lines += ["", f"　　　　　　　　{paper.issuer}", f"　　　　　　　　{day(paper.date)}", ""]
    return "\n".join([*lines, f"（{paper.note}）"])
