"""What is printed before one leaves 下班前: 节前清单, and the open matters of 今日待办 for whoever sits here next (OFFICE B15, C8)."""

from copy import copy
from typing import TYPE_CHECKING

from liaison_app.desk.paper_phrases import in_full
from liaison_app.desk.paper_views import PaperView
from liaison_app.desk.views import TaskView
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.papers import OfficialPaper, Section, Table

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


def _in_chinese(desk: "Desk") -> "Desk":
    """Return the desk as its papers speak, whatever the window speaks."""
    desk = copy(desk)
    desk.lang = "zh_CN"
    return desk


def open_matters(desk: "Desk") -> tuple[tuple[str, str, str, str], ...]:
    """Return the lines of 今日待办 as a sheet has them: what to do, number, of what, until when."""
    return tuple(
        (task.label, task.number if task.kind != "owed" else "", task.title, _until(task.due))
        for task in _without_charge(_in_chinese(desk).today())
    )  # fmt: skip


def _without_charge(tasks: tuple[TaskView, ...]) -> list[TaskView]:
    """Leave out what the sheet itself is about: that a handing over waits."""
    return [task for task in tasks if task.kind != "charge"]


def matters_table(desk: "Desk") -> Section:
    """Return the open matters as a part of a sheet."""
    rows = tuple((str(n), *cells) for n, cells in enumerate(open_matters(desk), 1))
    return Section(
        heading=f"今日待办（截至{_until(stamp(desk.now()))}，{len(rows)}项）", level=1,
        table=Table(heads=("序号", "事项", "编号", "对象", "时限"), rows=rows, widths=(0.08, 0.21, 0.33, 0.22, 0.16)),
    )  # fmt: skip


def holiday_paper(desk: "Desk") -> PaperView:
    """Return 节前清单 as it is printed. Raise RuleBroken ``no_holiday``, ``renderer_missing``."""
    desk = _in_chinese(desk)
    ahead = desk.before_holiday()
    if desk.renderer is None:
        raise RuleBroken("renderer_missing")
    if ahead is None:
        raise RuleBroken("no_holiday")
    rows = tuple(
        (str(n), item.label, item.number, item.title, _until(item.due)) for n, item in enumerate(ahead.items, 1)
    )
    paper = OfficialPaper(
        kind="before-holiday", form="table", title="节前清单", issuer=in_full(desk._body_zh(desk.person.body), desk.rules.roster.district),
        date=stamp(desk.now())[:10], seal=False, demo=desk.rules.founding == "demo",
        opening=f"{ahead.name}假期{_day(ahead.first)}至{_day(ahead.last)}，{_day(ahead.back)}上班。假期内和上班首日到期的事项{len(rows)}项，放假前办理或交值班人员。",
        sections=(Section(table=Table(
            heads=("序号", "事项", "案件编号", "投诉对象", "到期"), rows=rows, widths=(0.08, 0.26, 0.33, 0.2, 0.13)
        )),),
    )  # fmt: skip
    done = desk.renderer.official([paper])
    return PaperView(
        name=paper.title,
        number="",
        pdf=done.pdf,
        pages=done.pages,
        fonts=done.fonts,
        missing_glyphs=done.missing_glyphs,
    )


def _until(moment: str | None) -> str:
    """Return a limit: the day, with its hour where it does not end with the day."""
    if not moment:
        return "—"
    at = china(moment)
    return f"{at.month}月{at.day}日" + ("" if (at.hour, at.minute) in {(0, 0), (23, 59)} else f"{at:%H:%M}")


def _day(day: str) -> str:
    year, month, of = map(int, day.split("-"))
    return f"{year}年{month}月{of}日"
