"""The mechanism and the calendar in words, for people who read: nothing here decides anything."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from liaison_app.desk import describing_views as dv
from liaison_app.desk.describing_words import MechanismWords
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import DECODER, SettingChosen, YearEntered
from liaison_app.mechanism.announcements import read_announcement, spans
from liaison_app.mechanism.calendar import WorkCalendar
from liaison_app.store import journal

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


def describe(desk: "Desk") -> dv.MechanismView:
    """Return the mechanism of a desk in its language, with the readings chosen and who chose them."""
    return in_full(desk.rules, desk.lang, _chosen(desk), may_change=may_change(desk))


def try_out(desk: "Desk", facts: Mapping[str, Any]) -> dv.TriedView:
    """Return what the routing table says to facts, row by row. Raise RuleBroken ``fact_value`` …"""
    return MechanismWords(desk.rules, desk.lang).tried(facts)


def may_change(desk: "Desk") -> bool:
    """Return whether the person at work may write registers: an administrator, on a demo anybody."""
    status = desk.status()
    return status.founding == "demo" or "administrator" in status.person.roles


def in_full(rules: DeskRules, lang: str, chosen: Mapping[str, str], *, may_change: bool) -> dv.MechanismView:
    """Return a mechanism in words."""
    words, profile = MechanismWords(rules, lang), rules.profile
    return dv.MechanismView(
        name=words.pick(profile.meta.name, profile.meta.name_en), version=profile.version(), sources=tuple(profile.meta.sources),
        bodies=tuple(map(words.body, profile.posts)), facts=words.questions(),
        routing=tuple(map(words.row, profile.routing)), clocks=tuple(map(words.clock, profile.deadlines)),
        states=tuple(map(words.state, sorted(profile.states, key=lambda s: s.order))), transitions=words.transitions(),
        documents=tuple(map(words.document, profile.documents)), meetings=words.meetings(),
        indicators=tuple(map(words.indicator, profile.indicators)),
        settings=tuple(words.setting(s, chosen.get(s.id, "")) for s in profile.settings), rules=words.rules(),
        may_change=may_change,
    )  # fmt: skip


def _chosen(desk: "Desk") -> dict[str, str]:
    """Return who chose each reading last, when and why."""
    with desk._replica.read() as connection:
        lines = journal.stream_lines(connection, "register/settings")
    found: dict[str, str] = {}
    for line in lines:
        event = DECODER.decode(line.data).event
        if isinstance(event, SettingChosen):
            found[event.setting] = f"{desk.roster.name_of(line.person)} {line.recorded_at[:10]} {event.reason}"
    return found


# -- the calendar -------------------------------------------------------------------------------------


def year_view(desk: "Desk", year: int) -> dv.YearView:
    """Return a year of the desk's calendar and who entered which years."""
    calendar = desk.rules.calendar
    return dv.YearView(
        year=year, days=days_of(calendar, year), provisional=year not in calendar.years, entered=entered_years(desk),
        known=(min(calendar.years), calendar.last_year()), may_change=may_change(desk),
    )  # fmt: skip


def entered_years(desk: "Desk") -> tuple[dv.EnteredYear, ...]:
    """Return which years were entered on this desk, by whom and when, newest first."""
    with desk._replica.read() as connection:
        lines = journal.stream_lines(connection, "register/calendar")
    found = []
    for line in lines:
        event = DECODER.decode(line.data).event
        if isinstance(event, YearEntered):
            year = int(event.notice["year"])
            days = days_of(WorkCalendar("", {}, frozenset(), frozenset()).with_year(event.notice), year)
            found.append(
                dv.EnteredYear(
                    year=year, person=desk.roster.name_of(line.person), at=line.recorded_at,
                    rest=sum(d.kind == "rest" for d in days), make_up=sum(d.kind == "make_up" for d in days),
                )
            )  # fmt: skip
    return tuple(reversed(found))


def days_of(calendar: WorkCalendar, year: int) -> tuple[dv.DayView, ...]:
    """Return the days of a year that are not ordinary, in order."""
    days = [dv.DayView(day=d.isoformat(), kind="rest", name=n) for d, n in calendar.rest.items() if d.year == year]
    days += [dv.DayView(day=d.isoformat(), kind="make_up") for d in calendar.make_up if d.year == year]
    return tuple(sorted(days, key=lambda d: d.day))


def read_notice_text(text: str, year: int, lang: str) -> dv.NoticeView:
    """Return what the text of a yearly notice says for a year; pure, for the preview."""
    found = read_announcement(text, year)
    days = days_of(WorkCalendar("", {}, frozenset(), frozenset()).with_year(found.notice), year)
    remarks = tuple((r.text, r.en if lang == "en" else r.zh) for r in found.remarks)
    return dv.NoticeView(year=year, days=days, remarks=remarks, year_named=found.year_named)


def notice_of(year: int, days: Iterable[dv.DayView]) -> dict[str, Any]:
    """Return the notice that a corrected preview amounts to. Raise RuleBroken ``calendar_invalid``."""
    rest = {date.fromisoformat(d.day): d.name for d in days if d.kind == "rest"}
    make_up = sorted(d.day for d in days if d.kind == "make_up")
    if not rest:
        raise RuleBroken("calendar_invalid", expected=f"{year}", value="")
    return {"year": year, "rest": list(spans(rest)), "make_up": make_up}
