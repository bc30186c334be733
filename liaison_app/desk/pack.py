"""The material pack 会议材料汇编 of a meeting as one paper: contents, notice, agenda, earlier decisions, figures, cases.

Everything is counted and drawn from what the desk has, so it is made offline and made anew after changes.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import TYPE_CHECKING

import msgspec

from liaison_app.desk import statistics
from liaison_app.desk.bulletins import TITLES, bulletin_paper
from liaison_app.desk.candidates import UndoneView, meeting_of, undone
from liaison_app.desk.figures_out import chart, comparable, standing
from liaison_app.desk.paper_phrases import MOMENT, in_full, moment
from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.papers import PACK
from liaison_app.desk.views import CaseView
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger import LedgerRecord
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import Field, OfficialPaper, Section, Table
from liaison_app.mechanism.cadences import MONTHS, fits, period_of, start_of
from liaison_app.mechanism.record_schema import Meeting

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

Part = tuple[str, OfficialPaper]
"""A heading of the contents with its paper."""


def make(desk: "Desk", ref: str, *, progress: Callable[[int, int], object] = lambda done, of: None) -> PaperView:
    """Return the pack of a meeting as one PDF with contents, bookmarks and page numbers that run through.

    Raises RuleBroken ``record_unknown``, ``not_a_meeting``, ``renderer_missing``.
    """
    renderer = desk.renderer
    if renderer is None:
        raise RuleBroken("renderer_missing")
    record, meeting = meeting_of(desk, ref)
    desk = copy(desk)
    desk.lang = "zh_CN"  # papers are written in Chinese, whatever the window speaks
    parts = _Parts(desk, record, meeting).all()
    counts = []
    for n, (_, paper) in enumerate(parts, 1):
        counts.append(renderer.official([paper]).pages)
        progress(n, len(parts) + 1)
    first = _contents(desk, record, meeting, parts, [0] * len(parts))
    before, starts = renderer.official([first]).pages, []
    for pages in counts:
        starts.append(before + 1)
        before += pages
    papers = [_contents(desk, record, meeting, parts, starts)]
    papers += [msgspec.structs.replace(p, run_on=s - 1) for (_, p), s in zip(parts, starts, strict=True)]
    done = renderer.official(papers)
    progress(len(parts) + 1, len(parts) + 1)
    return PaperView(
        name=f"{papers[0].title} {record.number}", number="", pdf=done.pdf, pages=done.pages, fonts=done.fonts,
        missing_glyphs=done.missing_glyphs,
    )  # fmt: skip


def _contents(
    desk: "Desk", record: LedgerRecord, meeting: Meeting, parts: Sequence[Part], starts: Sequence[int]
) -> OfficialPaper:
    rows = tuple((str(n), name, str(at)) for n, ((name, _), at) in enumerate(zip(parts, starts, strict=True), 1))
    paper = _sheet(
        desk, f"{meeting.name}\n材料汇编",
        [Field("会议主题", str(record.fields.get("theme") or "")), Field("时间", _when(record.fields.get("at"))),
         Field("地点", str(record.fields.get("place") or ""))],
        [Section(heading="目录", level=1, table=Table(heads=("序号", "材料", "页码"), rows=rows, widths=(0.1, 0.76, 0.14), left=(1,)))],
    )  # fmt: skip
    return msgspec.structs.replace(paper, run_on=0)


def _sheet(desk: "Desk", title: str, fields: Sequence[Field], sections: Sequence[Section]) -> OfficialPaper:
    post = desk.rules.post(desk._person.body)
    return OfficialPaper(
        kind=PACK, form="table", title=title, issuer=in_full(post.name if post else desk._person.body, desk.rules.roster.district), date=stamp(desk.now())[:10],
        fields=tuple(fields), sections=tuple(sections), seal=False, mechanism=desk.rules.profile.meta.name,
        demo=desk.rules.founding == "demo",
    )  # fmt: skip


def _when(at: object) -> str:
    """Return when a meeting is as its other papers say it; a day that was given as one has no hour."""
    words = str(at or "").partition("T00:00")[0]
    return moment(words) if MOMENT.match(words) else words


class _Parts:
    """The parts of a pack in their order."""

    def __init__(self, desk: "Desk", record: LedgerRecord, meeting: Meeting) -> None:
        self._desk, self._record, self._meeting = desk, record, meeting

    def all(self) -> list[Part]:
        """Return every part that there is something to say in."""
        cases = [case for line in self._record.standing("agenda") if (case := str(line.values.get("case") or ""))]
        view = statistics.count(self._desk, self._period())
        sheets = self._cases(tuple(dict.fromkeys(cases)))
        return [*self._papers(), *self._earlier(), *self._figures(view), *sheets, *self._annexes(view)]

    def _annexes(self, view: statistics.StatisticsView) -> list[Part]:
        """附件: what the meeting is told of satisfaction (M1-MTG-04), and the analysis of the period (M1-ANA-01)."""
        return [
            (
                f"附件{n}：{TITLES[kind]}",
                msgspec.structs.replace(bulletin_paper(self._desk, view, kind), title=f"附件{n}\n{TITLES[kind]}"),
            )
            for n, kind in enumerate(("satisfaction", "analysis"), 1)
        ]

    def _papers(self) -> list[Part]:
        found = []
        documents = {d.kind: d for d in self._desk.rules.profile.documents}
        for kind in self._meeting.pack:
            made = self._desk.official(kind, [self._record.number])[0].paper
            found.append((documents[kind].name, msgspec.structs.replace(made, number="", code="")))
        return found

    def _earlier(self) -> list[Part]:
        open_ones = [one for one in undone(self._desk) if one.record_id != self._record.id]
        if not open_ones:
            return []
        rows = tuple((str(n), *_decision(one)) for n, one in enumerate(open_ones, 1))
        table = Table(
            heads=("序号", "议定事项", "会议", "牵头单位", "时限", "状态"),
            rows=rows,
            widths=(0.07, 0.36, 0.19, 0.16, 0.13, 0.09),
        )
        paper = _sheet(self._desk, "上次议定事项落实情况", [Field("未落实", f"{len(rows)}项")], [Section(table=table)])
        return [("上次议定事项落实情况", paper)]

    def _figures(self, view: statistics.StatisticsView) -> list[Part]:
        rows = tuple((f.name, str(f.numerator), _or(f.denominator), f.shown, f.reason) for f in view.indicators)
        table = Table(
            heads=("指标", "分子", "分母", "数值", "说明"), rows=rows, widths=(0.4, 0.13, 0.13, 0.16, 0.18), left=(0,)
        )
        found = [("工作数据", _sheet(self._desk, "工作数据", standing(view), [Section(table=table)]))]
        charts = [Section(heading=f.name, level=1, text=(f.formula,), chart=chart(f.groups)) for f in comparable(view)]
        if charts:
            found.append(("数据分析图", _sheet(self._desk, "数据分析图", standing(view), charts)))
        return found

    def _period(self) -> str:
        """The period that the meeting is about, once it has begun; else the one in which the pack is made."""
        every = self._meeting.cadence if self._meeting.cadence in MONTHS else "quarter"
        own, now = self._record.period, self._desk.now()
        return own if fits(every, own) and start_of(own) <= now else period_of(every, now.date())

    def _cases(self, cases: Sequence[str]) -> list[Part]:
        found = []
        for n, ref in enumerate(cases, 1):
            case = self._desk.case(ref)
            found.append((f"研究事项之{n}：{case.object}（{case.number}）", self._case(case)))
        return found

    def _receiver(self) -> str:
        """Return what the mechanism calls the body that took the complaint."""
        fact = self._desk.rules.profile.fact("first_receiver")
        return fact.ask if fact is not None and len(fact.ask) < 8 else "首接单位"

    def _case(self, case: CaseView) -> OfficialPaper:
        """One sheet of a case, without what is personal: who complained and his words stay out."""
        leads = "、".join(dict.fromkeys(m.lead_name for m in case.matters if m.lead_name))
        fields = [
            Field("案件编号", case.number), Field("投诉对象", case.object), Field("地点", case.place), Field("所属镇街", case.town),
            Field("来件时间", _when(case.received_at)), Field(self._receiver(), case.first_receiver_name), Field("主办单位", leads),
            Field("现状", case.state_name),
        ]  # fmt: skip
        dues = tuple(
            (d.label, self._desk._show().body(d.owner), _when(d.due)) for d in case.deadlines if d.state == "open"
        )
        acts = tuple(
            (_when(t.happened_at), self._desk._show().body(t.body), t.label) for t in case.timeline if not t.inner
        )
        sections = (
            [Section(heading="在办时限", level=1, table=Table(heads=("时限", "单位", "到期"), rows=dues, left=(0,)))]
            if dues
            else []
        )
        sections.append(
            Section(
                heading="办理经过",
                level=1,
                table=Table(heads=("时间", "单位", "事项"), rows=acts, widths=(0.3, 0.35, 0.35)),
            )
        )
        return _sheet(self._desk, f"研究事项：{case.object}", [f for f in fields if f.value], sections)


def _decision(one: UndoneView) -> tuple[str, ...]:
    return one.what, one.meeting, one.body_name, _when(one.due), "逾期" if one.late else "办理中"


def _or(number: int | None) -> str:
    return "" if number is None else str(number)
