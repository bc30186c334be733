"""From a case to the plain data of a paper, and through the renderer to bytes. The desk draws nothing itself."""

from collections.abc import Sequence
from typing import Final, Protocol

from liaison_app.desk import views
from liaison_app.desk.facade import Desk
from liaison_app.domain.decide import china
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import Field, RenderedPaper, Slip
from liaison_app.domain.text import clean

KINDS: Final = ("slip",)
"""Kinds of papers that this version makes."""


class Renderer(Protocol):
    """Draws papers; handed in by the composition roots only."""

    def render(self, papers: Sequence[Slip]) -> RenderedPaper:
        """Return one PDF of all papers, with the characters that no font has."""


def make(desk: Desk, renderer: Renderer, kind: str, refs: Sequence[str]) -> views.PaperView:
    """Return a paper of one or several cases. Raise RuleBroken for an unknown kind or a case without transfer."""
    if kind not in KINDS:
        raise RuleBroken("field_value", field="kind", value=kind)
    slips = [slip_of(desk, ref) for ref in refs]
    done = renderer.render(slips)
    return views.PaperView(
        name="、".join(s.number or s.case_number for s in slips), number=slips[0].number, pdf=done.pdf, pages=done.pages,
        fonts=done.fonts, missing_glyphs=done.missing_glyphs,
    )  # fmt: skip


def slip_of(desk: Desk, ref: str) -> Slip:
    """Return the data of a transfer slip (移送单, M1-TRF-12). Raise RuleBroken ``no_transfer``."""
    case, printed = desk.paper_data(ref)
    view, zh = desk.case(ref), desk.rules.profile
    transfer = case.transfer(1)
    if transfer is None:
        raise RuleBroken("no_transfer")
    name = {p.id: p.name for p in zh.posts}
    strict = case.confidential == "strict"
    told = "由首接单位转告"
    routing = desk.rules.routing(case.matters[0].facts, {"first_receiver": case.first_receiver})
    approval, personal = transfer.approval, case.personal
    approved = ""
    if approval:
        road = {
            "telephone": "电话请示，补签待附" if approval.countersign_due else "电话请示，已补签",
            "paper": "纸质呈批（代录）",
        }
        at = china(approval.at)
        words = road.get(approval.road, "同意")
        approved = f"{desk.roster.name_of(approval.leader)}（{words}）{at.month}月{at.day}日{at:%H:%M}"
    dues = [d for d in view.deadlines if d.rule in {"M1-ACC-03", "M1-RPL-04", "M1-HDL-01"} and d.due]
    limits = "；".join(f"{d.label}：{_moment(d.due or '')}" for d in dues)
    sent = transfer.sent_at or transfer.proposed_at
    return Slip(
        number=transfer.slip_no, case_number=case.number, date=sent[:10], mechanism=zh.meta.name,
        first_receiver=name.get(case.first_receiver, case.first_receiver),
        addressees=tuple(name.get(b, b) for b in transfer.to), supporting=tuple(name.get(b, b) for b in routing.supporting),
        urgent="特急" if view.flags and "urgent" in view.flags else "加急" if "immediate" in view.flags else "",
        fields=(
            Field("来件时间", _moment(case.received_at)), Field("来源", view.channel if desk.lang != "en" else case.channel),
            Field("投诉人", told if strict else clean(personal.get("complainant_name", "")) or "未留"),
            Field("联系方式", told if strict else clean(personal.get("contact", "")) or "未留"),
            Field("投诉人地址", told if strict else clean(personal.get("complainant_address", "")) or "未留"),
            Field("所属镇街", case.town), Field("人数", str(case.headcount or "")),
            Field("外部编号", case.external_no),
        ),
        object=clean(case.object), place=clean(case.place), content=clean(personal.get("content", "")),
        basis=f"{'；'.join(routing.clauses)}（第{routing.row}行）", reason=transfer.reason,
        method={"three_party_call": "三方通话", "recorded_phone": "录音电话", "fax": "书面传真", "email": "电子邮件",
                "by_hand": "当面送达"}.get(transfer.method, ""),
        limits=limits, proposer=desk.roster.name_of(transfer.proposer), approved=approved,
        sent_at=_moment(transfer.sent_at) if transfer.sent_at else "",
        delivered=f"{transfer.confirmed_by} {_moment(transfer.delivered_at)}" if transfer.delivered_at else "",
        signed=f"{desk.roster.name_of(transfer.signed_by)} {_moment(transfer.signed_at)}" if transfer.signed_at else "",
        demo=desk.rules.founding == "demo", strict=strict,
        reprint=f"补打 第{printed + 1}次 {desk.now():%Y-%m-%d} {desk.person.name}" if printed else "",
    )  # fmt: skip


def _moment(text: str) -> str:
    at = china(text)
    clock = "24时" if (at.hour, at.minute, at.second) == (23, 59, 59) else f"{at:%H:%M}"
    return f"{at.year}年{at.month}月{at.day}日{clock}"
