"""Meetings that are due 会议日程 and what is still missing of each; what meetings decided and how far it is 落实情况."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from liaison_app.desk.candidates import first_agenda
from liaison_app.desk.ledger_clocks import period_of_record
from liaison_app.desk.paper_phrases import in_full
from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.views import View
from liaison_app.domain import ledger as ld
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger import LedgerRecord
from liaison_app.domain.ledger_kinds import RecordKind, RecordTable
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.papers import Field, OfficialPaper, Section, Table
from liaison_app.mechanism.cadences import ONCE, after, end_of, period_of, start_of, words
from liaison_app.mechanism.deadlines import count
from liaison_app.mechanism.finding_clocks import clock
from liaison_app.mechanism.kinds import MEETING
from liaison_app.store import ledger_queries as lq
from liaison_app.store import queries
from liaison_app.words import labels

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

BACK: Final = 6
"""Quarters offered for the table of decisions."""

Kept = tuple[LedgerRecord, RecordKind]


class DueMeeting(View, frozen=True, kw_only=True):
    """A meeting that a period asks for, or one that was proposed: when, where, how far it is, what is missing."""

    kind: str
    kind_name: str
    period: str
    period_words: str
    due: str
    level: str
    countdown: str
    record_id: str
    number: str
    theme: str
    at: str
    place: str
    state_name: str
    missing: tuple[str, ...]
    may_open: bool


class FollowedView(View, frozen=True, kw_only=True):
    """A decision and how far it is: open, reported (to be confirmed), done, late."""

    record_id: str
    meeting: str
    line: int
    what: str
    lead: str
    lead_name: str
    assisting: str
    due: str
    state: str
    state_name: str
    said: str
    closed_at: str


STATES = {
    "open": ("办理中", "Under way"), "late": ("逾期", "Late"), "reported": ("已报告，待核实销号", "Reported, to be confirmed"),
    "done": ("已销号", "Done"),
}  # fmt: skip


def meetings_due(desk: "Desk") -> tuple[DueMeeting, ...]:
    """Return the meetings of this year that the mechanism asks for, and those on request that are not ended, by date."""
    kept = [one for one in _meetings(desk) if not one[0].replaced]
    with desk._replica.read() as connection:
        began = queries.rows(connection, lq.BEGAN)[0][0]
    since, found = min(china(began), desk.now()) if began else desk.now(), []
    for kind in desk._kinds().values():
        if kind.group != "meeting" or desk._person.body not in {
            *kind.openers,
            *kind.receivers,
            *kind.readers,
            *kind.minutes,
        }:
            continue
        mine = [record for record, _ in kept if record.kind == kind.id]
        if kind.owed is not None and kind.owed.every != ONCE:
            period = period_of(kind.owed.every, desk.now().date().replace(month=1, day=1))
            while start_of(period).year == desk.now().year:
                held = [r for r in mine if period_of_record(r, kind) == period and not _dropped(r, kind)]
                if held or end_of(period) >= since:  # what was over before the desk began is nobody's here
                    found.append(_due(desk, kind, held[0] if held else None, period))
                mine = [r for r in mine if r not in held[:1]]
                period = after(period)
        found += [_due(desk, kind, record, record.period) for record in mine if not ld.ended(record, kind)]
    return tuple(sorted(found, key=lambda one: (one.at or one.due or "9", one.kind)))


def followed(desk: "Desk", period: str) -> tuple[FollowedView, ...]:
    """Return the decisions that fall due in a period (2026-Q3), and earlier ones that are still open in it, by date.

    Raises RuleBroken ``record_period``.
    """
    first, last = stamp(start_of(period))[:10], stamp(end_of(period))[:10]
    found = []
    for record, kind in _meetings(desk):
        for table in kind.tables if not record.replaced else ():
            if not table.open:
                continue
            for line in record.standing(table.name):
                due = str(line.values.get(table.due) or "")[:10]
                inside = first <= due <= last or (due < first and (not line.closed_at or line.closed_at[:10] >= first))
                if inside and line.added_at[:10] <= last:
                    found.append(_followed(desk, record, kind, table, line.n))
    return tuple(sorted(found, key=lambda one: (one.due or "9", one.meeting, one.line)))


def followed_paper(desk: "Desk", period: str) -> PaperView:
    """Return the table of a period as a paper. Raise RuleBroken ``renderer_missing``."""
    if desk.renderer is None:
        raise RuleBroken("renderer_missing")
    lines, names = followed(desk, period), {p.id: p.name for p in desk.rules.profile.posts}
    rows = tuple(
        (
            str(n),
            one.what,
            one.meeting,
            names.get(one.lead, ""),
            one.due,
            STATES[one.state][0],
            one.said,
            one.closed_at[:10],
        )
        for n, one in enumerate(lines, 1)
    )
    title = "议定事项落实情况台账"
    table = Table(
        heads=("序号", "议定事项", "会议", "牵头单位", "时限", "状态", "落实情况", "销号"), rows=rows,
        widths=(0.06, 0.22, 0.14, 0.12, 0.11, 0.11, 0.14, 0.1), left=(1, 6),
    )  # fmt: skip
    done = sum(1 for one in lines if one.state == "done")
    paper = OfficialPaper(
        kind="follow-up", form="table", title=f"{title}\n（{words(period, 'zh_CN')}）", issuer=in_full(names.get(desk._person.body, ""), desk.rules.roster.district),
        date=stamp(desk.now())[:10], seal=False, mechanism=desk.rules.profile.meta.name, demo=desk.rules.founding == "demo",
        fields=(Field("议定事项", f"{len(lines)}项"), Field("已销号", f"{done}项")), sections=(Section(table=table),),
    )  # fmt: skip
    made = desk.renderer.official([paper])
    return PaperView(
        name=title, number="", pdf=made.pdf, pages=made.pages, fonts=made.fonts, missing_glyphs=made.missing_glyphs
    )


def quarters(desk: "Desk") -> tuple[tuple[str, str], ...]:
    """Return the present quarter and those before it, with their words, newest first."""
    found, day = [], desk.now().date()
    for _ in range(BACK):
        code = period_of("quarter", day)
        found.append((code, words(code, desk.lang)))
        day = (start_of(code) - timedelta(days=1)).date()
    return tuple(found)


def agenda_from(desk: "Desk", kind: str, case_ref: str) -> tuple[dict[str, str], ...]:
    """Return the agenda of a meeting that is called about a case: the case first."""
    case = desk.case(case_ref)
    lead = next((m.lead for m in case.matters if m.lead), "")
    item = labels.pick(("研究：{0}", "On: {0}"), desk.lang).format(case.object or case.place or case.number)
    first = {"item": item, "case": case.number, "body": desk._person.body, "speaker": lead}
    return ({k: v for k, v in first.items() if v}, *first_agenda(desk, kind))


def _meetings(desk: "Desk") -> Iterator[Kept]:
    for record, kind in desk.folded_records():
        if record.kind.startswith(MEETING) and desk._person.body in ld.readers(record, kind):
            yield record, kind


def _dropped(record: LedgerRecord, kind: RecordKind) -> bool:
    """Return whether a meeting ended without having been held: its period still asks for one."""
    return ld.ended(record, kind) and kind.owed is not None and kind.owed.event not in ld.moments(record, kind)


def _due(desk: "Desk", kind: RecordKind, record: LedgerRecord | None, period: str) -> DueMeeting:
    until = ""
    if kind.owed is not None and kind.owed.clock and period:
        rule = clock(desk.rules.profile, kind.owed.clock)
        due = count(rule, start_of(period), desk.rules.calendar, desk.rules.settings).due
        until = stamp(due) if due else ""
    met = record is not None and kind.owed is not None and kind.owed.event in ld.moments(record, kind)
    level, left = (
        labels.countdown(china(until), None, desk.now(), desk.lang)
        if until and not met
        else ("met" if met else "none", "")
    )
    ledger, fields = desk._ledger(), record.fields if record else {}
    return DueMeeting(
        kind=kind.id, kind_name=ledger.kind_name(kind), period=period, period_words=words(period, desk.lang) if period else "", due=until,
        level=level, countdown=left, record_id=record.id if record else "", number=record.number if record else "",
        theme=str(fields.get("theme") or ""), at=str(fields.get("at") or ""), place=str(fields.get("place") or ""),
        state_name=ledger.state_name(kind, record.state, "") if record else labels.pick(("未提议", "Not proposed"), desk.lang),
        missing=tuple(_missing(desk, kind, record)) if record else (), may_open=desk._person.body in kind.openers,
    )  # fmt: skip


def _missing(desk: "Desk", kind: RecordKind, record: LedgerRecord) -> Iterator[str]:
    """Yield what a meeting still lacks: steps that wait for somebody, bodies that have not answered, open decisions."""
    ledger, waiting = desk._ledger(), dict[str, str]()
    for body in sorted(ld.readers(record, kind)):
        for step in ld.awaited(record, kind, body):
            if not step.repeat:
                waiting[step.code] = ledger.pick(step.zh, step.en)
    yield from waiting.values()
    asked = next((s for s in kind.steps if s.repeat and record.state in s.states and s.adds), None)
    table = kind.table(asked.adds[0]) if asked is not None else None
    if asked is not None and table is not None:
        there = {line.values.get(table.body) for line in record.standing(table.name)}
        silent = [b for b in kind.receivers if b not in there and b != record.body]
        if silent:
            yield labels.pick(("{0}家未报参会人员", "{0} bodies have not said who comes"), desk.lang).format(
                len(silent)
            )
    left = sum(len(ld.open_lines(record, t)) for t in kind.tables if t.open)
    if left:
        yield labels.pick(("{0}项未销号", "Decisions open: {0}"), desk.lang).format(left)


def _followed(desk: "Desk", record: LedgerRecord, kind: RecordKind, table: RecordTable, n: int) -> FollowedView:
    line, show = record.line(table.name, n), desk._show()
    assert line is not None
    said, due = line.values, str(line.values.get(table.due) or "")[:10]
    told = ld.reported(record, kind, table, n)
    newest = _newest(record, kind, table, n)
    late = bool(due) and due < stamp(desk.now())[:10]
    state = "done" if line.closed_at else "reported" if told else "late" if late else "open"
    return FollowedView(
        record_id=record.id, meeting=record.number, line=n, what=str(said.get(table.fields[0].name) or ""), lead=str(said.get(table.body) or ""),
        lead_name=show.body(str(said.get(table.body) or "")), assisting="、".join(map(show.body, said.get("assisting") or ())), due=due,
        state=state, state_name=labels.pick(STATES[state], desk.lang), said=line.closed_words or newest, closed_at=line.closed_at,
    )  # fmt: skip


def _newest(record: LedgerRecord, kind: RecordKind, table: RecordTable, n: int) -> str:
    """Return what was last reported on a line."""
    for other in kind.tables:
        if other.follows is not None and other.follows.table == table.name:
            said = [one for one in record.standing(other.name) if one.values.get(other.follows.line) == n]
            if said:
                return str(said[-1].values.get(other.fields[-1].name) or "")
    return ""
