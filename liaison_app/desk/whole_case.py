"""全案 on paper: everything of a case in order, or the copy for outside without inner notes and personal data."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import paper_views
from liaison_app.desk.attaching import Attaching
from liaison_app.desk.clocks import clocks
from liaison_app.desk.deciding import folded
from liaison_app.desk.file_views import FileView, SiteVisitView
from liaison_app.desk.paper_data import Made, secrets_of, without_names
from liaison_app.desk.paper_desk import PaperDesk
from liaison_app.desk.paper_phrases import in_full, moment
from liaison_app.desk.showing import Shower
from liaison_app.domain import commands as cmd
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import WHOLE_CASE, Field, OfficialPaper, Photo, Section, Table
from liaison_app.domain.text import clean
from liaison_app.store import desk_tables as small
from liaison_app.words import labels

ZH: Final = "zh_CN"
PHOTOS: Final = 24
"""So many photos are printed at the most; the list of files names all."""
NUMBERS: Final = re.compile(
    r"(?<![\d〔\-A-Za-z])(?:0\d{2,3}[-－ ]?)?\d{7,8}(?![\d号〕\-])|(?<!\d)\d{17}[\dXx](?!\d)|[\w.]+@[\w.]+\w|(?<!\d)\d{3}[- ]\d{4}[- ]\d{4}(?!\d)"
)
"""What may be a telephone, an identity number or a mailbox in words that somebody typed."""
NAMED: Final = (
    "registered",
    "completed",
    "brought-in",
    "attached",
    "revealed",
    "taken-out",
    "inquired",
    "alarm-answered",
    "paper-printed",
)
"""Acts of which a copy for outside says nothing but that they were done."""


class WholeCase(Attaching, PaperDesk):
    """A desk that prints a whole case."""

    def _made(
        self, connection: Connection, kind: str, ref: str, *, outside: bool = False, number: str = ""
    ) -> Made:  # fmt: skip
        if kind != WHOLE_CASE:
            return super()._made(connection, kind, ref, outside=outside, number=number)
        happened = self._happened(connection, self._find(connection, self._split(ref)[0]), shown=True)
        case = folded(happened)
        hide = outside or self._masked(case)
        listed = () if hide else tuple(self._listed_files(connection, case, happened))
        photos = [f for f in listed if f.kind == "photo" and f.here][:PHOTOS]
        paper = self._paper_of(case, happened, listed, hide=hide, outside=outside)
        if hide:
            return Made(paper=_veiled(without_names(paper, secrets_of(case.personal))), body=self._person.body)
        printed = tuple(Photo(caption=_caption(f), content=small.pieces(connection, f.act_id)) for f in photos)
        return Made(paper=msgspec.structs.replace(paper, photos=printed), body=self._person.body)

    def returned_paper(self, kind: str, ref: str) -> paper_views.PaperView | None:
        """Return the sealed paper that came back; a whole case has none."""
        return None if kind == WHOLE_CASE else super().returned_paper(kind, ref)

    def _number_paper(self, connection: Connection, kind: str, ref: str) -> None:
        if kind != WHOLE_CASE:
            super()._number_paper(connection, kind, ref)

    def _record_out(
        self, connection: Connection, kind: str, ref: str, pdf: bytes, *, way: str, copies: int, to: str, outside: bool
    ) -> None:
        if kind != WHOLE_CASE:
            super()._record_out(connection, kind, ref, pdf, way=way, copies=copies, to=to, outside=outside)
            return
        case_id = self._find(connection, self._split(ref)[0])
        printed = cmd.PrintPaper(
            kind=kind, of=case_id, sha256=hashlib.sha256(pdf).hexdigest(), way="saved" if way == "saved" else "printed", copies=copies,
            to=to, outside=outside,
        )  # fmt: skip
        self._decide_all(connection, [(case_id, printed)])

    # -- what it says ---------------------------------------------------------------------------

    def _paper_of(
        self, case: Case, happened: Sequence[Happened], files: Sequence[FileView], *, hide: bool, outside: bool
    ) -> OfficialPaper:
        rules = self.rules.of(case)
        show = Shower(rules, ZH, self.now(), self._person.body)
        told = [h for h in happened if not (hide and h.stamped.event.inner)]
        sections = [*(self._citizen(case) if not hide else ())]
        sections += [*_matters(show, case), *_transfers(show, case), *self._limits(show, case)]
        sections += _visits(tuple(self._visits(case, happened, files)))
        sections += [*_replies(told, outside=hide), *_course(show, told, hide=hide), *_files(files)]
        fields = (
            Field("案件编号", case.number), Field("状态", "、".join(dict.fromkeys(m.state_name for m in show.matters(case)))),
            Field("投诉对象", clean(case.object)), Field("事发地点", "" if hide else clean(case.place)),
            Field("所属镇街", case.town), Field("首接单位", show.body(case.first_receiver)),
            Field("来件时间", moment(case.received_at)), Field("登记时间", moment(case.registered_at)),
            Field("来源", labels.choice("channel", case.channel, ZH)), Field("外部编号", "" if hide else case.external_no),
        )  # fmt: skip
        title = "案件办理情况（对外）" if outside else "案件全卷打印"
        return OfficialPaper(
            kind=WHOLE_CASE, form="table", title=title, issuer=in_full(show.body(self._person.body), self.rules.roster.district), date=stamp(self.now())[:10],
            fields=tuple(f for f in fields if f.value), sections=tuple(sections), seal=False, outside=outside,
            demo=rules.founding == "demo", note="" if hide else f"打印人：{self._person.name}，{moment(stamp(self.now()))}",
        )  # fmt: skip

    @staticmethod
    def _citizen(case: Case) -> Iterator[Section]:
        personal = case.personal
        name = f"{personal.get('complainant_name', '')}{personal.get('salutation', '')}"
        lines = [
            f"姓名：{clean(name)}　联系方式：{clean(personal.get('contact', ''))}　地址：{clean(personal.get('complainant_address', ''))}"
        ]
        if case.confidential != "none":
            lines.append(f"要求保密：{labels.choice('confidential', case.confidential, ZH)}")
        lines += clean(personal.get("content", "") or personal.get("record", "")).split("\n")
        yield Section(heading="投诉人和投诉内容", level=1, text=tuple(line for line in lines if line))

    def _limits(self, show: Shower, case: Case) -> Iterator[Section]:
        running = clocks(case, self.rules)
        rows = []
        for one in running:
            due = show.due(one, (), running)
            rows.append((due.label, due.owner, moment(due.due) if due.due else "", due.countdown))
        if rows:
            heads = ("期限", "单位", "到期", "情况")
            yield Section(
                heading="期限", level=1, table=Table(heads=heads, rows=tuple(rows), widths=(0.36, 0.2, 0.24, 0.2))
            )


def _matters(show: Shower, case: Case) -> Iterator[Section]:
    lines = []
    for one in show.matters(case):
        head = f"事项{one.n}：" if len(case.matters) > 1 else ""
        lines.append(f"{head}{one.lead_name}（{one.state_name}）。{one.why}")
        if one.supporting:
            lines.append(f"配合单位：{'、'.join(one.supporting)}")
        lines += [f"{ask}{'' if ask.endswith(('？', '?')) else '：'}{value}" for _, ask, value in one.facts]
    yield Section(heading="责任单位和依据", level=1, text=tuple(lines))


def _transfers(show: Shower, case: Case) -> Iterator[Section]:
    rows = []
    for one in (show.transfer(t) for t in case.transfers):
        when = moment(one.sent_at) if one.sent_at else ""
        rows.append((one.slip_no, "、".join(one.to_names), when, one.method, one.signed_by))
    if rows:
        heads = ("移送单编号", "接收单位", "移送时间", "方式", "签收人")
        yield Section(
            heading="移送", level=1, table=Table(heads=heads, rows=tuple(rows), widths=(0.26, 0.2, 0.24, 0.14, 0.16))
        )


def _visits(visits: Sequence[SiteVisitView]) -> Iterator[Section]:
    lines: list[str] = []
    for one in visits:
        times = [(w, t) for w, t in (("出发", one.set_out_at), ("到场", one.arrived_at), ("结束", one.ended_at)) if t]
        when = "，".join(f"{word}{moment(at)}" for word, at in times) or moment(one.at)
        lines.append(f"{one.body}　{one.officers}　{when}{'　违法行为属实' if one.verified else ''}")
        lines += [w for w in (one.findings, one.measures, one.evidence) if w]
    if lines:
        yield Section(heading="现场检查", level=1, text=tuple(lines))


def _replies(told: Sequence[Happened], *, outside: bool) -> Iterator[Section]:
    """Yield the replies that were sent, whole; in one's own print also what was drafted last and not sent."""
    texts = {
        (e.reply, e.sha256): str(h.personal.get("text", ""))
        for h in told
        if isinstance(e := h.stamped.event, he.ReplyDrafted)
    }
    lines: list[str] = []
    for one in told:
        event = one.stamped.event
        if isinstance(event, he.ReplySent):
            kind = labels.choice("draft-reply-kind", event.kind, ZH)
            lines.append(f"{kind}　{moment(one.happened_at)}　{event.document_no}".rstrip("　"))
            words = texts.get((event.reply, event.sha256), "") or str(one.personal.get("text", ""))
            lines += [clean(line) for line in words.split("\n") if line.strip()]
        elif isinstance(event, he.Revisited) and event.reached and not outside:
            lines.append(
                f"回访　{moment(one.happened_at)}　{labels.choice('revisit-result', event.result, ZH)}　{event.reason}".rstrip(
                    "　"
                )
            )
    if lines:
        yield Section(heading="回复和回访", level=1, text=tuple(lines))


def _course(show: Shower, told: Sequence[Happened], *, hide: bool) -> Iterator[Section]:
    rows = []
    for act in show.timeline(told):
        said = "" if hide and act.kind in NAMED else clean(act.text)
        who = act.body if hide else f"{act.body} {act.person}"
        noted = "（补录）" if act.late else ""
        rows.append((moment(act.happened_at) + noted, act.label, said, who))
    heads = ("时间", "事项", "内容", "单位" if hide else "单位和人员")
    yield Section(
        heading="办理经过", level=1, table=Table(heads=heads, rows=tuple(rows), widths=(0.2, 0.16, 0.42, 0.22))
    )


def _files(files: Sequence[FileView]) -> Iterator[Section]:
    rows = tuple((f.name, f.what_name or "附件", f"{max(1, f.size // 1024)} KB", f.sha256[:16]) for f in files)
    if rows:
        heads = ("名称", "类别", "大小", "指纹（前16位）")
        yield Section(heading="附件", level=1, table=Table(heads=heads, rows=rows, widths=(0.42, 0.2, 0.14, 0.24)))


def _caption(one: FileView) -> str:
    return f"{one.name}　{moment(one.at)}　{one.person}"


def _veiled(paper: OfficialPaper) -> OfficialPaper:
    """Return a copy in which nothing stands that may be a telephone, an identity number or a mailbox of anybody."""

    def part(section: Section) -> Section:
        table = section.table
        if table is not None and section.heading in {"办理经过"}:
            rows = tuple((when, what, NUMBERS.sub("＊＊＊", said), who) for when, what, said, who in table.rows)
            table = msgspec.structs.replace(table, rows=rows)
        return msgspec.structs.replace(section, text=tuple(NUMBERS.sub("＊＊＊", t) for t in section.text), table=table)

    return msgspec.structs.replace(paper, sections=tuple(part(s) for s in paper.sections))
