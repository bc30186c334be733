"""A letter as lines of text, for where no picture of it can be drawn."""

from liaison_app.desk.describing_case import day
from liaison_app.domain.papers import OfficialPaper


def plain(paper: OfficialPaper) -> str:
    """Return a letter as text: head, place of the number, title, addressee, body, signature, note."""
    year = paper.date[:4]
    lines = [paper.issuer, paper.number or f"{paper.word}〔{year}〕　　号", "", paper.title, ""]
    lines += ["、".join(paper.to) + "："] if paper.to else []
    lines += [f"　　{paper.opening}"] if paper.opening else []
    lines += [f"　　{field.caption}：{field.value}" for field in paper.fields if field.value]
    for section in paper.sections:
        lines += [f"　　{line}" for line in (section.heading, *section.text) if line]
    lines += [f"　　{paper.closing}"] if paper.closing else []
    lines += ["", f"　　　　　　　　{paper.issuer}", f"　　　　　　　　{day(paper.date)}"]
    return "\n".join([*lines, "", paper.note] if paper.note else lines)


def foot_of(paper: OfficialPaper) -> list[str]:
    """Return the lines that stand under the text of a letter, first first: fixed words, closing, signature."""
    after = [line for section in paper.sections[1:] for line in (section.heading, *section.text)]
    return [line for line in (*after, paper.closing, paper.issuer) if line]
