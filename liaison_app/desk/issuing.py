"""Who may number, void and seal a paper: the body that issues it, whatever a screen offers (OFFICE A5, A6). Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime

from liaison_app.desk.paper_data import issuer_of
from liaison_app.desk.paper_words import CaseWords, Desk
from liaison_app.desk.rules import DeskRules
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Actor, Case, Happened
from liaison_app.domain.decide_papers import known_paper
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.document_schema import Document


def check_issuer(
    command: cmd.Command, case: Case, told: Sequence[Happened], rules: DeskRules, who: Actor, now: datetime,
    name: Callable[[str], str],
) -> None:  # fmt: skip
    """Raise RuleBroken where a paper is another body's (``paper_of_others``), is about no act that brings it
    (``paper_not_yet``) or has no such number (``paper_unknown``). ``name`` says a body in the language of the person."""
    match command:
        case cmd.IssuePaper(kind=kind, of=of, matter=matter):
            field = "kind"
        case cmd.VoidPaper(kind=kind, number=number) | cmd.SealPaper(kind=kind, number=number):
            field, of, matter = "number", known_paper(case, kind, number).of, 0
        case _:
            return
    document = next((d for d in rules.profile.documents if d.kind == kind), None)
    if document is None:  # that there is no such paper, the rules of papers say
        return
    desk = Desk(person="", phone="", body=who.body, now=now)
    matters = [m.n for m in case.matters if matter in (0, m.n)]
    for words in (CaseWords(case, told, (), rules, desk, frozenset(), matter=n) for n in matters):
        about = _brought_by(words, document, told, of)
        if about is None:
            continue
        words.about(about)
        issuer = issuer_of(words, document, about.acting)
        if issuer != who.body:
            raise RuleBroken("paper_of_others", field=field, body=name(issuer))
        return
    raise RuleBroken("paper_not_yet", field=field, name=document.name, name_en=document.en)


def _brought_by(words: CaseWords, document: Document, told: Sequence[Happened], of: str) -> Happened | None:
    if document.subject != "case":
        return None
    acts = [h for key in document.after for h in words.found(key)] if document.after else told[:1]
    return next((h for h in acts if h.act_id == of), None)
