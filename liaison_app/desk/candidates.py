"""What a meeting 会议 should speak about: open cases with the reasons, and what earlier meetings decided and is not done."""

from datetime import timedelta
from typing import TYPE_CHECKING

from liaison_app.desk import statistics
from liaison_app.desk.views import View
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger import LedgerRecord, readers
from liaison_app.domain.ledger_kinds import RecordKind
from liaison_app.domain.moments import china, stamp
from liaison_app.mechanism.cadences import MONTHS, period_of, start_of
from liaison_app.mechanism.indicators import behind
from liaison_app.mechanism.kinds import MEETING
from liaison_app.mechanism.periods import Period
from liaison_app.mechanism.record_schema import Meeting
from liaison_app.words import labels

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


class CandidateView(View, frozen=True, kw_only=True):
    """An open case proposed to a meeting: why, in words, by which rules."""

    case_id: str
    number: str
    title: str
    place: str
    state_name: str
    lead: str
    lead_name: str
    reasons: tuple[str, ...]
    rules: tuple[str, ...]


class UndoneView(View, frozen=True, kw_only=True):
    """A decision 议定事项 of an earlier meeting that is not done: it comes back by itself."""

    record_id: str
    meeting: str
    table: str
    line: int
    what: str
    body: str
    body_name: str
    due: str
    late: bool
    case: str


class CandidatesView(View, frozen=True, kw_only=True):
    """Everything that may go on the agenda of a meeting."""

    meeting: str
    since: str
    cases: tuple[CandidateView, ...]
    undone: tuple[UndoneView, ...]


def candidates(desk: "Desk", meeting: str) -> CandidatesView:
    """Return what a meeting should speak about; ``meeting`` is its id in the profile, with or without ``meeting/``.

    Cases with most reasons stand first, then the longest waiting. Raise RuleBroken ``record_kind_unknown``.
    """
    found = _meeting(desk, meeting)
    since = _since(desk, found)
    return CandidatesView(
        meeting=f"{MEETING}{found.id}", since=since, cases=_cases(desk, found, since), undone=undone(desk)
    )


def undone(desk: "Desk") -> tuple[UndoneView, ...]:
    """Return the decisions of all meetings that the own body reads and that are not done, earliest due first."""
    today, found = stamp(desk.now())[:10], []
    for record, kind in desk.folded_records():
        if not record.kind.startswith(MEETING) or record.replaced or desk._person.body not in readers(record, kind):
            continue
        for table in kind.tables:
            if not table.open:
                continue
            found += [
                _undone(desk, record, kind, table.name, line.n, line.values, table.due, today)
                for line in record.standing(table.name)
                if not line.closed_at
            ]
    return tuple(sorted(found, key=lambda one: (one.due or "9", one.meeting, one.line)))


def _undone(
    desk: "Desk", record: LedgerRecord, kind: RecordKind, table: str, n: int, values: dict[str, object], due: str, today: str
) -> UndoneView:  # fmt: skip
    at = str(values.get(due) or "")[:10]
    lead = next((t.body for t in kind.tables if t.name == table), "")
    body = str(values.get(lead) or "")
    return UndoneView(
        record_id=record.id, meeting=record.number, table=table, line=n, what=str(values.get("what") or ""), body=body,
        body_name=desk._show().body(body), due=at, late=bool(at) and at < today, case=str(values.get("case") or ""),
    )  # fmt: skip


def first_agenda(desk: "Desk", kind_id: str) -> tuple[dict[str, str], ...]:
    """Return the items with which the agenda of a meeting begins: what the mechanism asks for, and by themselves the
    decisions of earlier meetings of its kind that are not done."""
    kind = desk._kind(kind_id)
    back = [u for u in undone(desk) if _kind_of(desk, u.record_id) == kind_id]
    return (*({"item": item} for item in kind.agenda), *(returning(desk, one) for one in back))


def returning(desk: "Desk", one: UndoneView) -> dict[str, str]:
    """Return a decision that is not done as an item of the next agenda."""
    item = labels.pick(("上次议定事项落实：{0}", "Carried out so far: {0}"), desk.lang).format(one.what)
    said = {"item": item, "body": one.body, "speaker": one.body, "case": one.case}
    return {name: value for name, value in said.items() if value}


def _kind_of(desk: "Desk", record_id: str) -> str:
    return desk.record(record_id).kind


def meeting_of(desk: "Desk", ref: str) -> tuple[LedgerRecord, Meeting]:
    """Return a meeting that the own body reads. Raise RuleBroken ``record_unknown``, ``not_a_meeting``."""
    view = desk.record(ref)
    record = next(record for record, _ in desk.folded_records() if record.id == view.record_id)
    if not record.kind.startswith(MEETING):
        raise RuleBroken("not_a_meeting", field="record", value=record.number)
    return record, _meeting(desk, record.kind)


def _meeting(desk: "Desk", name: str) -> Meeting:
    known = {m.id: m for m in desk.rules.profile.meetings}
    found = known.get(name.removeprefix(MEETING))
    if found is None:
        raise RuleBroken("record_kind_unknown", field="kind", value=name, known=sorted(known))
    return found


def _since(desk: "Desk", meeting: Meeting) -> str:
    """Return from when on something may be proposed: the beginning of the period before this one."""
    if meeting.cadence not in MONTHS:
        return stamp(desk.now() - timedelta(days=meeting.looks_back))
    first = start_of(period_of(meeting.cadence, desk.now().date()))
    return stamp(start_of(period_of(meeting.cadence, (first - timedelta(days=1)).date())))


def _cases(desk: "Desk", meeting: Meeting, since: str) -> tuple[CandidateView, ...]:
    span = Period(name="", start=since, end=stamp(desk.now() + timedelta(seconds=1)))
    measures = {one.id: one.measure for one in meeting.candidates}
    rules, cut = desk.rules, stamp(desk.now())
    with desk._replica.read() as connection:
        things = statistics.things(desk, span, connection)
    cases = behind(rules.profile, things, span, cut, rules.settings, measures)
    why: dict[str, list[str]] = {}
    for name, ids in cases.items():
        for case in ids:
            why.setdefault(case, []).append(name)
    reasons = {one.id: one for one in meeting.candidates}
    found, waited = [], {}
    for row in desk.rows(tuple(why)):
        waited[row.case_id] = row.registered_at
        state = rules.state(row.state)
        if state is not None and state.end:
            continue
        mine = [reasons[name] for name in why[row.case_id]]
        found.append(
            CandidateView(
                case_id=row.case_id, number=row.number, title=row.title, place=row.place, state_name=row.state_name,
                lead=row.lead, lead_name=row.lead_name, rules=tuple(dict.fromkeys(one.rule for one in mine)),
                reasons=tuple(one.en if desk.lang == "en" else one.zh for one in mine),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-len(one.reasons), china(waited[one.case_id]), one.number)))
