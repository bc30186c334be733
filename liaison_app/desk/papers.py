"""From a case to the plain data of a paper, and through the renderer to bytes. The desk draws nothing itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

import msgspec

from liaison_app.desk import paper_views, views
from liaison_app.desk.paper_phrases import full_width
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Case
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china
from liaison_app.domain.papers import Field, OfficialPaper, PrintStyle, RecoverySheet, RenderedPaper, Slip
from liaison_app.domain.text import clean
from liaison_app.mechanism.coverage import clauses
from liaison_app.words.labels import choice

SLIP: Final = "slip"
"""The one kind that has a form of its own: three parts on one sheet."""


PACK: Final = "pack"
"""The one kind that is many papers in one volume."""


class Renderer(Protocol):
    """Draws papers; handed in by the composition roots only."""

    def render(self, papers: Sequence[Slip]) -> RenderedPaper:
        """Return one PDF of all papers, with the characters that no font has."""

    def official(self, papers: Sequence[OfficialPaper]) -> RenderedPaper:
        """Return one PDF of official papers, with the characters that no font has."""

    def official_docx(self, paper: OfficialPaper) -> bytes:
        """Return an official paper as .docx."""

    def recovery(self, sheet: RecoverySheet) -> RenderedPaper:
        """Return the recovery sheet as PDF."""

    def picture(self, content: bytes) -> bytes:
        """Return a picture of a paper as a PDF page of A4."""


@runtime_checkable
class DocxRenderer(Protocol):
    """Writes official papers as .docx, for an office that goes on writing."""

    def official_docx(self, paper: OfficialPaper) -> bytes:
        """Return a paper as .docx."""


class PaperCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its papers need it."""

    case: Case
    view: views.CaseView
    printed: int
    rules: DeskRules
    now: datetime
    person: str
    matter: int = 1


class PaperSource(Protocol):
    """Where papers come from: the desk."""

    def returned_paper(self, kind: str, ref: str) -> paper_views.PaperView | None:
        """Return the sealed paper that came back, None where none did."""

    def paper_case(self, ref: str) -> PaperCase:
        """Return a case for its papers."""

    def official_view(
        self, kind: str, refs: Sequence[str], *, outside: bool = False, style: PrintStyle | None = None
    ) -> paper_views.PaperView:
        """Return papers drawn as one PDF."""


def make(
    desk: PaperSource, renderer: Renderer, kind: str, refs: Sequence[str], *, outside: bool = False,
    style: PrintStyle | None = None,
) -> paper_views.PaperView:  # fmt: skip
    """Return a paper of one or several cases or records. Raise RuleBroken for an unknown kind or one not possible yet."""
    if kind != SLIP or outside:
        return desk.official_view(kind, refs, outside=outside, style=style)
    if len(refs) == 1 and (returned := desk.returned_paper(kind, refs[0])) is not None:
        return returned
    slips = [slip_of(desk.paper_case(ref)) for ref in refs]
    slips = [msgspec.structs.replace(s, style=style) for s in sorted(slips, key=in_order)]
    done = renderer.render(slips)
    return paper_views.PaperView(
        name="、".join(s.number or s.case_number for s in slips), number=slips[0].number, pdf=done.pdf, pages=done.pages,
        fonts=done.fonts, missing_glyphs=done.missing_glyphs,
    )  # fmt: skip


def in_order(slip: Slip) -> tuple[str, int, str]:
    """Return the place of a slip in a batch: by the words of its number, then by the number as a number."""
    words, _, number = slip.number.rpartition("〕")
    digits = "".join(c for c in number if c.isdigit())
    return words, int(digits or 0), slip.case_number


def slip_of(source: PaperCase) -> Slip:
    """Return the data of a transfer slip (移送单, M1-TRF-12). Raise RuleBroken ``no_transfer``."""
    case, view, rules, printed = source.case, source.view, source.rules, source.printed
    zh, roster = rules.profile, rules.roster
    matter = case.matter(source.matter) or case.matters[0]
    transfer = case.transfer(matter.n)
    if transfer is None:
        raise RuleBroken("no_transfer")
    name = {p.id: p.name for p in zh.posts}
    strict = case.confidential == "strict"
    told = "由首接单位转告"
    routing = rules.routing(matter.facts, {"first_receiver": case.first_receiver})
    approval, personal = transfer.approval, case.personal
    approved = ""
    if approval:
        road = {
            "telephone": "电话请示，补签待附" if approval.countersign_due else "电话请示，已补签",
            "paper": "纸质呈批（代录）",
        }
        at = china(approval.at)
        words = road.get(approval.road, "同意")
        approved = f"{roster.name_of(approval.leader)}（{words}）{at.month}月{at.day}日{at:%H:%M}"
    labels_zh = {d.rule: d.zh for d in zh.deadlines}
    on_slip = {d.rule for d in zh.deadlines if d.on_slip}
    dues = [d for d in view.deadlines if d.rule in on_slip and d.due and d.matter == matter.n]
    limits = "；".join(f"{labels_zh.get(d.rule, d.label)}：{_moment(d.due or '')}" for d in dues)
    sent = transfer.sent_at or transfer.proposed_at
    paper = next((d for d in zh.documents if d.kind == "slip"), None)
    copies = [transfer.delivery(b) for b in transfer.to]

    def several(body: str) -> str:
        return f"{name.get(body, body)}：" if len(transfer.to) > 1 else ""

    return Slip(
        number=transfer.slip_no, case_number=case.number, date=sent[:10], mechanism=zh.meta.name,
        title=paper.name if paper else "移送单", rule="、".join(clauses(paper.rules)) if paper else "",
        opening=(paper.opening if paper else "") or "现将下列事项移送你单位办理。",
        first_receiver=name.get(case.first_receiver, case.first_receiver),
        addressees=tuple(name.get(b, b) for b in transfer.to), supporting=tuple(name.get(b, b) for b in routing.supporting),
        urgent="特急" if view.flags and "urgent" in view.flags else "加急" if "immediate" in view.flags else "",
        fields=(
            Field("来件时间", _moment(case.received_at)), Field("来源", choice("channel", case.channel, "zh_CN")),
            Field("投诉人", told if strict else clean(personal.get("complainant_name", "")) or "未留"),
            Field("联系方式", told if strict else clean(personal.get("contact", "")) or "未留"),
            Field("投诉人地址", told if strict else clean(personal.get("complainant_address", "")) or "未留"),
            Field("所属镇街", case.town), Field("人数", str(case.headcount or "")),
            Field("外部编号", case.external_no),
        ),
        object=clean(case.object), place=clean(case.place), content=clean(personal.get("content", "")),
        basis=full_width("；".join(routing.clauses)), reason=transfer.reason,
        method=choice("method", transfer.method, "zh_CN"),
        limits=limits, proposer=roster.name_of(transfer.proposer), approved=approved,
        sent_at=_moment(transfer.sent_at) if transfer.sent_at else "",
        delivered="；".join(
            f"{several(d.body)}{d.confirmed_by} {_moment(d.delivered_at)}" for d in copies if d.delivered_at
        ),
        signed="；".join(
            f"{several(d.body)}{roster.name_of(d.signed_by)} {_moment(d.signed_at)}" for d in copies if d.signed_at
        ),
        demo=rules.founding == "demo", strict=strict,
        reprint=f"补打 第{printed + 1}次 {source.now:%Y-%m-%d} {source.person}" if printed else "",
    )  # fmt: skip


def _moment(text: str) -> str:
    at = china(text)
    clock = "24时" if (at.hour, at.minute, at.second) == (23, 59, 59) else f"{at:%H:%M}"
    return f"{at.year}年{at.month}月{at.day}日{clock}"
