"""Acts on papers 文书: a number given, a paper printed, sealed, its number voided. Any mechanism has them alike."""

import re
from datetime import datetime
from typing import Final

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Actor, Case, Issued
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.rules import Numbers, Rules

OFFICE_NUMBER: Final = re.compile(r"\S{1,20}〔(\d{4})〕(?:第)?[1-9]\d{0,5}号")
"""A number of an office's register 发文字号: 机关代字〔年份〕序号号 (GB/T 9704-2012 7.2.5)."""

PaperCommand = cmd.IssuePaper | cmd.PrintPaper | cmd.VoidPaper | cmd.SealPaper


def decide_paper(
    case: Case, command: PaperCommand, rules: Rules, who: Actor, at: datetime, numbers: Numbers
) -> ev.Event:
    """Return the event of an act on a paper. Raise RuleBroken ``number_form``, ``number_year``, ``number_ours``,
    ``number_double``, ``paper_numbered``, ``paper_unknown``."""
    numbering = rules.paper_numbering(command.kind)
    if numbering is None:
        raise RuleBroken("field_value", field="kind", value=command.kind)
    match command:
        case cmd.IssuePaper():
            number = _number(case, command, numbering, who, at, numbers)
            return ev.PaperIssued(kind=command.kind, number=number, of=command.of)
        case cmd.PrintPaper():
            known = case.paper(command.kind, command.of)
            return ev.PaperPrinted(
                kind=command.kind, sha256=command.sha256, times=1 + (known.printed if known else 0),
                number=command.number, of=command.of, copies=command.copies, way=command.way, to=command.to,
                outside=command.outside,
            )  # fmt: skip
        case cmd.VoidPaper():
            known_paper(case, command.kind, command.number)
            return ev.PaperVoided(kind=command.kind, number=command.number, reason=command.reason)
        case cmd.SealPaper():
            known_paper(case, command.kind, command.number)
            return ev.PaperSealed(
                kind=command.kind, number=command.number, approver=command.approver, sealed_by=command.sealed_by,
                copies=command.copies,
            )  # fmt: skip


def known_paper(case: Case, kind: str, number: str) -> Issued:
    """Return the paper of a case that bears a number. Raise RuleBroken ``paper_unknown``."""
    found = next((p for p in case.papers if p.number == number and not p.voided and (not kind or p.kind == kind)), None)
    if found is None:
        raise RuleBroken("paper_unknown", field="number", value=number)
    return found


def _number(case: Case, command: cmd.IssuePaper, numbering: str, who: Actor, at: datetime, numbers: Numbers) -> str:
    known = case.paper(command.kind, command.of)
    if command.fields and not command.number:  # words typed for the paper: its number is another matter
        return known.number if known else ""
    if known is not None and known.number:
        raise RuleBroken("paper_numbered", field="number", value=known.number)
    if numbering == "ours":
        if command.number:
            raise RuleBroken("number_ours", field="number", value=command.number)
        return numbers.take(f"paper-{command.kind}", who.body, stamp(at))
    if not command.number:
        return ""
    found = OFFICE_NUMBER.fullmatch(command.number)
    if numbering != "office" or found is None:
        raise RuleBroken("number_form", field="number", value=command.number)
    if int(found[1]) != at.year:
        raise RuleBroken("number_year", field="number", value=command.number, year=at.year)
    numbers.given(command.kind, command.number)
    return command.number
