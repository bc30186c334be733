"""The meeting in progress 会议室: its items with what was said and decided, who is there, what is doubtful; quick entry.

Whatever is entered is an act at once. Short words become bodies (by pinyin) and days (月底, 3个工作日); nothing is guessed
silently: the room shows what was understood before it is kept.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from liaison_app.desk.ledger_views import RecordOutcome
from liaison_app.desk.views import View
from liaison_app.domain import ledger as ld
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger import LedgerRecord, RecordLine
from liaison_app.domain.ledger_kinds import RecordKind
from liaison_app.domain.moments import china
from liaison_app.domain.text import fold, initials
from liaison_app.mechanism.kinds import MEETING
from liaison_app.mechanism.short_dates import day_said
from liaison_app.words import labels, meeting

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

AGENDA, POINTS, DECISIONS, ATTENDANCE = "agenda", "points", "decisions", "attendance"
NEAR: Final = timedelta(hours=2)
"""Meetings that begin less than this apart are at the same time."""
LONG: Final = 12
"""So many signs of a body's name have initials."""


class DecisionView(View, frozen=True, kw_only=True):
    """A decision as it stands: its serial number, who answers, until when, what is doubtful in words."""

    line: int
    serial: int
    item: int
    what: str
    lead: str
    lead_name: str
    assisting: tuple[str, ...]
    assisting_names: tuple[str, ...]
    due: str
    case: str
    closed: bool
    doubts: tuple[str, ...]


class ItemView(View, frozen=True, kw_only=True):
    """An item of the agenda with what was said and decided on it."""

    n: int
    item: str
    speaker: str
    case: str
    points: tuple[str, ...]
    decisions: tuple[DecisionView, ...]


class CameView(View, frozen=True, kw_only=True):
    """A body that was asked: how it came ('' while nobody said), who, for whom."""

    body: str
    name: str
    how: str
    how_name: str
    person: str


class Understood(View, frozen=True, kw_only=True):
    """What short words were taken to mean: posts and a day, with their names; what was not understood; what is doubtful."""

    lead: str = ""
    lead_name: str = ""
    assisting: tuple[str, ...] = ()
    assisting_names: tuple[str, ...] = ()
    due: str = ""
    wrong: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class RoomView(View, frozen=True, kw_only=True):
    """A meeting in progress, whole."""

    record_id: str
    number: str
    kind_name: str
    theme: str
    at: str
    place: str
    chair: str
    state: str
    state_name: str
    items: tuple[ItemView, ...]
    others: tuple[DecisionView, ...]
    """Decisions that belong to no item."""
    came: tuple[CameView, ...]
    hows: tuple[tuple[str, str], ...]
    steps: frozenset[str]
    to_tell: tuple[str, ...]
    """Bodies that must be told afterwards (会后告知)."""


def room(desk: "Desk", ref: str) -> RoomView:
    """Return the room of a meeting. Raise RuleBroken ``record_unknown``, ``not_a_meeting``."""
    view = desk.record(ref)
    record, kind = _folded(desk, view.record_id)
    if not record.kind.startswith(MEETING) or kind.table(AGENDA) is None:
        raise RuleBroken("not_a_meeting", field="record", value=record.number)
    decisions = tuple(_decision(desk, record, kind, line) for line in record.standing(DECISIONS))
    points = [(int(p.values.get("item") or 0), _said(desk, p)) for p in record.standing(POINTS)]
    items = tuple(
        ItemView(
            n=n, item=str(line.values.get("item") or ""), speaker=desk._show().body(str(line.values.get("speaker") or "")),
            case=str(line.values.get("case") or ""), points=tuple(words for at, words in points if at == n),
            decisions=tuple(d for d in decisions if d.item == n),
        )
        for n, line in enumerate(record.standing(AGENDA), 1)
    )  # fmt: skip
    known = {item.n for item in items}
    how = kind.table(ATTENDANCE).field("how") if kind.table(ATTENDANCE) else None  # type: ignore[union-attr]
    pairs = {code: labels.pick((zh, en), desk.lang) for code, (zh, en) in (how.choices if how else {}).items()}
    return RoomView(
        record_id=record.id, number=record.number, kind_name=view.kind_name, theme=str(record.fields.get("theme") or ""),
        at=str(record.fields.get("at") or ""), place=str(record.fields.get("place") or ""), chair=str(record.fields.get("chair") or ""),
        state=record.state, state_name=view.state_name, items=items, others=tuple(d for d in decisions if d.item not in known),
        came=_came(desk, record, kind, pairs), hows=tuple(pairs.items()), steps=frozenset(s.step for s in view.steps), to_tell=view.absent,
    )  # fmt: skip


def bodies_typed(desk: "Desk", words: str, there: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return the bodies (post, name) that a word means, the best first: its name, a part of it, pinyin initials; of
    equally good ones those that are ``there``."""
    typed = fold(words.strip())
    if not typed:
        return ()
    found = []
    for post, name in desk.bodies():
        said = next((p.name for p in desk.rules.profile.posts if p.id == post), name)
        short = said[1:] if said[:1] in {"区", "市", "县"} else said
        runs = initials(short, LONG) | initials(said, LONG)
        ranks = [
            typed in {fold(name), fold(said), post.lower()}, fold(short).startswith(typed), typed in runs, any(r.startswith(typed) for r in runs),
            typed in fold(said) or typed in fold(name), typed.isascii() and typed.isalpha() and any(typed in r for r in runs),
        ]  # fmt: skip
        if any(ranks):
            found.append((ranks.index(True), post not in there, len(said), post, name))
    return tuple((post, name) for *_, post, name in sorted(found))


def day_typed(desk: "Desk", words: str) -> str:
    """Return the day (ISO) that short words mean, '' when they are not understood."""
    found = day_said(words, desk.now().date(), desk.rules.calendar)
    return found.isoformat() if found else ""


def understood(desk: "Desk", ref: str, lead: str, assisting: str, due: str) -> Understood:
    """Return what was typed beside a decision as bodies and a day. Raise RuleBroken ``record_unknown``."""
    record, kind = _folded(desk, desk.record(ref).record_id)
    wrong, there = [], {str(line.values.get("body")) for line in record.standing(ATTENDANCE)}

    def one(words: str) -> str:
        found = bodies_typed(desk, words, there)
        if not found:
            wrong.append(words)
        return found[0][0] if found else ""

    head = one(lead) if lead.strip() else ""
    helpers = tuple(
        dict.fromkeys(b for word in re.split(r"[\s、,，]+", assisting.strip()) if word and (b := one(word)))
    )
    day = day_typed(desk, due)
    if due.strip() and not day:
        wrong.append(due)
    name = desk._show().body
    return Understood(
        lead=head, lead_name=name(head) if head else "", assisting=helpers, assisting_names=tuple(map(name, helpers)), due=day,
        wrong=tuple(wrong), doubts=tuple(doubts(desk, record, kind, head, day)),
    )  # fmt: skip


def note_point(desk: "Desk", ref: str, item: int, words: str) -> RecordOutcome:
    """Keep a point of the discussion. Raises what a step raises."""
    return desk.step_record(ref, "point", {"lines": {POINTS: [_line(item=item, words=words)]}})


def note_decision(desk: "Desk", ref: str, item: int, decision: Mapping[str, Any]) -> RecordOutcome:
    """Keep a decision; one with the ``serial`` of another stands in its place. Raises what a step raises."""
    record, kind = _folded(desk, desk.record(ref).record_id)
    table = kind.table(DECISIONS)
    said = _line(item=item, **decision)
    nature = table.field("kind") if table is not None else None
    if nature is not None and nature.required:
        said.setdefault("kind", next(iter(nature.choices), ""))
    old = next(
        (d for d in record.standing(DECISIONS) if said.get("serial") and d.values.get("serial") == said["serial"]), None
    )
    kept = {**(old.values if old else {}), **said}
    return desk.step_record(ref, "decide", {"lines": {DECISIONS: [kept]}})


def note_came(desk: "Desk", ref: str, body: str, how: str) -> RecordOutcome:
    """Keep how a body came (or that it left); who came and for whom stays as it was. Raises what a step raises."""
    record, kind = _folded(desk, desk.record(ref).record_id)
    old = next((line.values for line in record.standing(ATTENDANCE) if line.values.get("body") == body), {})
    step = "attend" if any(s.code == "attend" and record.state in s.states for s in kind.steps) else "expect"
    at = {"at": f"{desk.now():%H:%M}"} if how in {"late", "left"} else {}
    return desk.step_record(ref, step, {"lines": {ATTENDANCE: [{**old, "body": body, "how": how, **at}]}})


def begin(desk: "Desk", ref: str, chair: str) -> RecordOutcome:
    """Open the meeting with those who said that they come. Raises what a step raises (``lines_missing`` without anybody)."""
    return desk.step_record(ref, "hold", {"chair": chair})


def clashes(desk: "Desk", kind_id: str, at: str, place: str = "", chair: str = "", but: str = "") -> tuple[str, ...]:
    """Return in words which meetings stand at the same time in the same place, under the same chair, with the same bodies."""
    if not at:
        return ()
    when, kinds, found = china(at), desk._kinds(), []
    mine = kinds.get(kind_id)
    for record, kind in desk.folded_records():
        there = str(record.fields.get("at") or "")
        if not record.kind.startswith(MEETING) or record.id == but or ld.ended(record, kind) or not there:
            continue
        if abs(china(there) - when) >= NEAR or desk._person.body not in ld.readers(record, kind):
            continue
        facts = {
            "at": f"{china(there):%H:%M}",
            "meeting": f"{desk._ledger().kind_name(kind)}（{record.fields.get('theme') or record.number}）",
        }
        both = set(mine.receivers if mine else ()) & set(kind.receivers)
        codes = [
            ("place", bool(place) and place == record.fields.get("place")), ("chair", bool(chair) and chair == record.fields.get("chair")),
            ("bodies", bool(both)),
        ]  # fmt: skip
        names = [desk._show().body(b) for b in (p.id for p in desk.rules.profile.posts) if b in both]
        facts |= {"chair": chair, "bodies": "、".join(names[:3]) + ("等" if len(names) > 3 else "")}
        found += [labels.pick(meeting.CLASHES[code], desk.lang).format(**facts) for code, holds in codes if holds]
    return tuple(found)


def composed(desk: "Desk", ref: str) -> str:
    """Return the text of the minutes as the items, points and decisions give it, in Chinese, to be edited."""
    record, _kind = _folded(desk, desk.record(ref).record_id)
    names = {p.id: p.name for p in desk.rules.profile.posts}
    shown, parts, n = room(desk, ref), [], 0
    for item in shown.items:
        parts.append(meeting.ITEM.format(n=_han(item.n), item=item.item))
        if item.case:
            parts.append(meeting.STUDIED.format(case=item.case))
        if item.points:
            parts.append(meeting.POINTS.format(points="；".join(p.rstrip("。") for p in item.points)))
        if item.decisions:
            parts.append(meeting.DECIDED)
        for one in item.decisions:
            n += 1
            parts.append(_sentence(n, one, names))
    for one in shown.others:
        n += 1
        parts.append(_sentence(n, one, names))
    return str(record.fields.get("minutes") or "\n".join(parts))


def _sentence(n: int, one: DecisionView, names: Mapping[str, str]) -> str:
    helpers = "、".join(names.get(b, b) for b in one.assisting)
    day = date.fromisoformat(one.due[:10]) if one.due else None
    due = f"{day.year}年{day.month}月{day.day}日" if day else "【待定】"
    return meeting.DECISION.format(
        n=n, what=one.what.rstrip("。"), lead=names.get(one.lead, one.lead) or "【待定】", due=due,
        assisting=meeting.OTHERS.format(names=helpers) if helpers else "",
    )  # fmt: skip


def _han(n: int) -> str:
    digits = "零一二三四五六七八九"
    return digits[n] if n < 10 else ("" if n < 20 else digits[n // 10]) + "十" + (digits[n % 10] if n % 10 else "")


def _folded(desk: "Desk", record_id: str) -> tuple[LedgerRecord, RecordKind]:
    with desk._replica.read() as connection:
        return desk._folded_record(desk._record_happened(connection, record_id))


def _line(**said: Any) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", None, (), [], 0)}


def _said(desk: "Desk", line: RecordLine) -> str:
    speaker, words = str(line.values.get("body") or ""), str(line.values.get("words") or "")
    return f"{desk._show().body(speaker)}：{words}" if speaker else words


def _came(desk: "Desk", record: LedgerRecord, kind: RecordKind, pairs: Mapping[str, str]) -> tuple[CameView, ...]:
    lines = {str(line.values.get("body")): line.values for line in record.standing(ATTENDANCE)}
    asked = [p.id for p in desk.rules.profile.posts if p.id in kind.receivers or p.id in lines]
    found = []
    for body in sorted(asked, key=lambda b: b not in lines):
        said = lines.get(body, {})
        how, person = str(said.get("how") or ""), str(said.get("person") or "")
        instead = f"（代{said['for']}）" if said.get("for") else ""
        found.append(
            CameView(
                body=body,
                name=desk._show().body(body),
                how=how,
                how_name=pairs.get(how, ""),
                person=f"{person}{instead}",
            )
        )
    return tuple(found)


def _decision(desk: "Desk", record: LedgerRecord, kind: RecordKind, line: RecordLine) -> DecisionView:
    said, show = line.values, desk._show()
    lead, due = str(said.get("lead") or ""), str(said.get("due") or "")
    helpers = tuple(map(str, said.get("assisting") or ()))
    return DecisionView(
        line=line.n, serial=int(said.get("serial") or line.n), item=int(said.get("item") or 0), what=str(said.get("what") or ""), lead=lead,
        lead_name=show.body(lead) if lead else "", assisting=helpers, assisting_names=tuple(map(show.body, helpers)), due=due,
        case=str(said.get("case") or ""), closed=bool(line.closed_at), doubts=tuple(doubts(desk, record, kind, lead, due, line.added_at)),
    )  # fmt: skip


def doubts(
    desk: "Desk", record: LedgerRecord, kind: RecordKind, lead: str, due: str, at: str = "9"
) -> Sequence[str]:  # fmt: skip
    """Return in words what is doubtful about who answers for a decision made ``at`` a moment, and until when."""
    found: list[tuple[str, dict[str, str]]] = []
    table = kind.table(DECISIONS)
    heard = table.heard if table is not None else None
    lines = {str(one.values.get("body")): str(one.values.get("how") or "") for one in record.standing(ATTENDANCE)}
    since = {str(one.values.get("body")): one.added_at for one in record.standing(ATTENDANCE)}
    if not lead:
        found.append(("no_lead", {}))
    elif heard is not None and lines.get(lead, "") not in heard.values:
        if lines.get(lead) not in heard.until:
            found.append(("absent", {"body": desk._show().body(lead)}))
        elif at > since[lead]:
            found.append(("left", {"body": desk._show().body(lead)}))
    if not due:
        found.append(("no_due", {}))
    else:
        day, calendar = date.fromisoformat(due[:10]), desk.rules.calendar
        if day < desk.now().date():
            found.append(("past", {"day": f"{day.month}月{day.day}日" if desk.lang != "en" else due[:10]}))
        elif not calendar.is_workday(day):
            said = f"{day.month}月{day.day}日" if desk.lang != "en" else due[:10]
            why = calendar.why_rest(day)
            found.append(
                ("rest_day", {"day": said, "why": labels.HOLIDAYS.get(why, "weekend") if desk.lang == "en" else why})
            )
    return [labels.pick(meeting.DOUBTS[code], desk.lang).format(**facts) for code, facts in found]
