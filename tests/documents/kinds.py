"""A paper of every kind that the mechanisms run here know, laid out by the desk's own code, filled with given words."""

import msgspec

from liaison_app.desk.paper_data import LETTERS, TABLES, boxes_of, laid_out
from liaison_app.desk.paper_phrases import Word
from liaison_app.domain.papers import OfficialPaper
from liaison_app.mechanism.profile import load_profile

MECHANISMS = ("M1", "M2", "M4")


def kinds():
    """Return (mechanism, document of the profile) of every kind but the slip, which has a form of its own."""
    found = [(m, document) for m in MECHANISMS for document in load_profile(m).documents if document.form != "slip"]
    assert len(found) > 90
    return found


def paper(document, words="环境", *, issuer="渝北区环境保护局", last="", value=None, **more):
    """Return a paper of a kind: every field says ``words``, the last one ``last``; or each what ``value`` gives."""
    names = [f.name for f in document.fields]

    def same(field):
        said = last if last and field.name == names[-1] and not field.items else words
        return Word(cells=(said,), personal=False) if is_list(document, field) else Word(said, personal=False)

    laid = laid_out(document, value or same, hide=False)
    made = OfficialPaper(
        kind=document.kind, form=document.form, title=document.title or document.name, issuer=issuer, date="2026-09-30", note=laid.note,
        number=f"渝北{document.word or '环'}〔2026〕8号", to=("区建委",) if document.to else (), opening=document.opening,
        closing=document.closing, fields=laid.fields, sections=laid.sections, boxes=(*laid.hand, *boxes_of(document)), seal=document.form in LETTERS or document.stamp,
        copies=("区创模办",) if document.form in LETTERS else (), code=f"LD1|{document.kind}|8", basis="COM-05",
        signed_by="何建平" if document.form == "upward" else "",
    )  # fmt: skip
    return msgspec.structs.replace(made, **more)


def is_list(document, field):
    """Return whether a field of a document is a column with a line for each of a list."""
    return document.form in TABLES and field.source.count(".") > 1


def name(pair):
    return f"{pair[0]}-{pair[1].kind}"
