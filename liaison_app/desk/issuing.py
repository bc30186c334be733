"""Who may number, void and seal a paper: the body that issues it, whatever a screen offers (OFFICE A5, A6). Pure.

The shared database judges the same by rows (``compiling_papers``, ``f2_rules_papers.sql``).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from liaison_app.desk.paper_data import issuer_of
from liaison_app.desk.paper_words import CaseWords, Desk
from liaison_app.desk.rules import DeskRules
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Actor, Case, Happened
from liaison_app.domain.decide_papers import known_paper
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import BroughtIn
from liaison_app.domain.ledger import LedgerRecord
from liaison_app.domain.ledger_commands import StepRecord
from liaison_app.domain.ledger_kinds import NUMBERED, PAPER_STEP, PAPERS
from liaison_app.mechanism.compiling_papers import WHOLE, may_issue
from liaison_app.mechanism.document_schema import Document
from liaison_app.mechanism.schema import Profile

PaperAct = cmd.IssuePaper | cmd.PrintPaper | cmd.VoidPaper | cmd.SealPaper
NUMBERS: Final = ("number", "slip_no", "document_no")
"""Fields of events that give a number."""


def check_issuer(
    command: cmd.Command, case: Case, told: Sequence[Happened], rules: DeskRules, who: Actor, now: datetime,
    name: Callable[[str], str],
) -> None:  # fmt: skip
    """Raise RuleBroken where a paper is another body's (``paper_of_others``), is about no act that brings it
    (``paper_not_yet``) or has no such number (``paper_unknown``). ``name`` says a body in the language of the person.

    Anybody on a case prints a paper of it, with a number that the case has.
    """
    match command:
        case cmd.IssuePaper(kind=kind, of=of, matter=matter) | cmd.PrintPaper(kind=kind, of=of, matter=matter):
            field = "kind"
        case cmd.VoidPaper(kind=kind, number=number) | cmd.SealPaper(kind=kind, number=number):
            field, of, matter = "number", known_paper(case, kind, number).of, 0
        case _:
            return
    document = next((d for d in (*rules.profile.documents, WHOLE) if d.kind == kind), None)
    if document is None:  # that there is no such paper, the rules of papers say
        return
    desk = Desk(person="", phone="", body=who.body, now=now)
    matters = [m.n for m in case.matters if matter in (0, m.n)]
    for words in (CaseWords(case, told, (), rules, desk, frozenset(), matter=n) for n in matters):
        about = _brought_by(words, document, told, of)
        if about is None:
            continue
        if isinstance(command, cmd.PrintPaper):
            if command.number and not _given(told, command.number):
                raise RuleBroken("paper_unknown", field="number", value=command.number)
            return
        allowed = _allowed(case, document, words.matter.n, rules)
        if not may_issue(who.body, about.acting, allowed):
            words.about(about)
            issuer = about.acting if about.acting in allowed else issuer_of(words, document, about.acting)
            raise RuleBroken("paper_of_others", field=field, body=name(issuer))
        return
    raise RuleBroken("paper_not_yet", field=field, name=document.name, name_en=document.en)


def check_record_paper(command: StepRecord, record: LedgerRecord, profile: Profile, who: Actor) -> None:
    """Raise RuleBroken where a line on a paper of a record gives it a number that is not its owner's to give
    (``paper_of_others``), a second one (``paper_numbered``), one that the desk does not give (``number_form``), or says
    another than it has (``paper_unknown``); ``field_value`` for a paper that is none."""
    for line in command.lines.get(PAPERS, ()) if command.step == PAPER_STEP else ():
        kind, number = str(line.get("paper") or ""), str(line.get("number") or "")
        document = next((d for d in profile.documents if d.kind == kind and d.subject != "case"), None)
        if document is None:
            raise RuleBroken("field_value", field="paper", value=kind)
        ours = document.numbered == "ours" and not document.number_source
        lines = [one.values for one in record.standing(PAPERS) if one.values.get("paper") == kind]
        known = next((str(one["number"]) for one in lines if one.get("number")), "")
        if line.get("way") != NUMBERED:
            if ours and number not in ("", known):
                raise RuleBroken("paper_unknown", field="number", value=number)
        elif record.body != who.body:
            raise RuleBroken("paper_of_others", field="number", body=record.body)
        elif known:
            raise RuleBroken("paper_numbered", field="number", value=known)
        elif not ours or not number:
            raise RuleBroken("number_form", field="number", value=number)


def _brought_by(words: CaseWords, document: Document, told: Sequence[Happened], of: str) -> Happened | None:
    if document.subject != "case":
        return None
    acts = [h for key in document.after for h in words.found(key)] if document.after else told[:1]
    return next((h for h in acts if h.act_id == of), None)


def _allowed(case: Case, document: Document, n: int, rules: DeskRules) -> frozenset[str]:
    """Return the bodies that have, or ever had, a role of a paper on a matter."""
    held: Mapping[str, set[str]] = {
        "first_receiver": {case.first_receiver},
        "addressee": {b for t in case.transfers if t.matter == n for b in t.to},
        "acceptor": {a.body for m in case.matters if m.n == n for a in m.acceptances},
        "assistant": {a.body for a in case.handling.of("assistances", n)},
        "all": {p.id for p in rules.profile.posts},
        "outside": set(),
        "complainant": set(),
    }
    return frozenset(b for role in document.by for b in held.get(role, {role}))


def _given(told: Sequence[Happened], number: str) -> bool:
    """Return whether an event of a case gave a number; a case that was brought in says its own in what it stood with."""
    events = [h.stamped.event for h in told]
    return any(
        any(getattr(e, field, "") == number for field in NUMBERS)
        or (isinstance(e, BroughtIn) and _says(msgspec.to_builtins(e), number))
        for e in events
    )


def _says(value: Any, number: str) -> bool:
    if isinstance(value, Mapping):
        return any(_says(v, number) for v in value.values())
    return any(_says(v, number) for v in value) if isinstance(value, list | tuple) else value == number
