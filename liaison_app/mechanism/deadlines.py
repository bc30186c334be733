"""Deadlines that explain how they were counted (catalogue 0.3): working days, natural days, hours, cadences."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import CHINA
from liaison_app.mechanism.calendar import WorkCalendar
from liaison_app.mechanism.schema import Deadline

END: Final = time(23, 59, 59)
IN_TIME: Final = "grace.in_time"
PERIOD: Final = re.compile(r"(?P<n>\d{1,4})\s*(?P<unit>WD|ND|h|min|个?工作日|日|天|个?小时|分钟?)?")
PERIOD_UNITS: Final = {
    "工作日": "WD", "个工作日": "WD", "日": "ND", "天": "ND", "小时": "h", "个小时": "h", "分": "min", "分钟": "min",
}  # fmt: skip
TIMED: Final = {"h", "min", "immediate", "same_day", "set_date"}
"""Units that no calendar moves: a time of day, or a date that a person has set, is never provisional."""
ROLL_WORDS: Final = "末日为休息日；按设置顺延至次一工作日（民法典第二百零三条）"
STAY_WORDS: Final = "末日为休息日，按本机制自然日计算，不顺延（民法典第二百零三条可设为顺延）"


class Due(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A due date with its explanation. ``late_after``: when lateness begins (grace), else the due date."""

    rule: str
    event: str
    due: datetime | None
    late_after: datetime | None
    status: str
    counted: tuple[dict[str, str], ...]
    why: str
    why_en: str


class Pause(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A stretch in which a clock stands still (monitoring, appraisal, reply awaited), with its reason (G-16)."""

    start: datetime
    end: datetime | None
    reason: str
    reason_en: str = ""


class _Count(msgspec.Struct):
    steps: list[dict[str, str]]
    due: datetime
    provisional: bool = False


def moment(value: Any) -> datetime:
    """Return a start as China time; a naive one is China time. Raise RuleBroken ``bad_time``."""
    try:
        parsed = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise RuleBroken("bad_time", field="start", value=str(value)[:40]) from None
    return parsed.replace(tzinfo=CHINA) if parsed.tzinfo is None else parsed.astimezone(CHINA)


def resolved(deadline: Deadline, settings: Mapping[str, str]) -> tuple[str, int]:
    """Return unit and amount of a clock after the settings that switch it."""
    unit, amount = str(deadline.unit), deadline.amount
    for setting, cases in deadline.by.items():
        change = cases.get(settings.get(setting, ""), {})
        unit, amount = str(change.get("unit", unit)), int(change.get("amount", amount))
    if _at_once(deadline, settings):
        return "immediate", 0
    if deadline.amount_setting:
        amount, unit = _period(settings.get(deadline.amount_setting, f"{amount} {unit}"))
    return unit, amount


def _at_once(deadline: Deadline, settings: Mapping[str, str]) -> bool:
    """Return whether 及时 is read as due at the start and late after its period, which then is a grace (0.3, G-01)."""
    return deadline.amount_setting == IN_TIME and settings.get("cal.in_time") == "at_once"


def starts(deadline: Deadline, settings: Mapping[str, str]) -> list[str]:
    """Return the events that start a clock after the settings that move its start (``start``) or add one (``start_too``)."""
    names = list(deadline.start)
    for setting, cases in deadline.by.items():
        change = cases.get(settings.get(setting, ""), {})
        names = [*change.get("start", names), *change.get("start_too", ())]
    return names


def _period(words: str) -> tuple[int, str]:
    found = PERIOD.fullmatch(words.strip())
    if found is None:
        raise RuleBroken("setting_value", value=words, expected="15 WD, 2 ND, 1 h, 30 min")
    unit = found["unit"] or "min"
    return int(found["n"]), PERIOD_UNITS.get(unit, unit)


def count(
    deadline: Deadline,
    start: datetime,
    calendar: WorkCalendar,
    settings: Mapping[str, str],
    set_date: datetime | None = None,
    pauses: Sequence[Pause] = (),
    *,
    explained: bool = True,
) -> Due:
    """Return when a clock that started at ``start`` runs out, and how that was counted (unless not ``explained``).

    ``set_date``: the date promised or set by a decision; it stands instead of the count. ``pauses``: stretches in
    which the clock stood still; while one is open there is no due date (status ``paused``).
    """
    unit, amount = resolved(deadline, settings)
    if any(p.end is None for p in pauses):
        since = next(p for p in pauses if p.end is None)
        zh, en = (
            f"{deadline.zh}：自{_zh(since.start)}起暂停（{since.reason}）",
            f"{deadline.en}: paused since {since.start:%Y-%m-%d %H:%M} ({since.reason_en or since.reason})",
        )
        return Due(
            rule=deadline.rule, event=deadline.event, due=None, late_after=None, status="paused",
            counted=(_step(since.start, "paused", since.reason),), why=zh, why_en=en,
        )  # fmt: skip
    unit = "set_date" if set_date is not None and unit != "immediate" else unit
    if unit == "fixed":
        result: _Count | None = _fixed(deadline.dates, start)
    elif unit == "by_date" and deadline.dates:
        begin = _fixed(deadline.dates, start).due
        result = _by_date(begin, calendar, settings, _step(start, "start"))
    elif unit == "WD" and not explained and not pauses:
        result = _last_working_day(amount, start, calendar, settings)
    elif unit == "ND" and not explained and not pauses:
        result = _natural_days(amount, start.astimezone(CHINA), calendar, settings, None)
    else:
        rhythm = deadline.weekday, deadline.times
        result = _counted(unit, amount, start, calendar, settings, set_date, rhythm)
    if result is not None and pauses and set_date is None:
        result = _stretched(unit, result, pauses, calendar)
    if result is None:
        why, en = (
            f"{deadline.zh}（{deadline.rule}）：须填写期限",
            f"{deadline.en} ({deadline.rule}): a date must be set",
        )
        return Due(
            rule=deadline.rule, event=deadline.event, due=None, late_after=None, status="needs_set_period",
            counted=(), why=why, why_en=en,
        )  # fmt: skip
    late = result.due
    grace_of = IN_TIME if _at_once(deadline, settings) else deadline.grace
    if unit == "immediate" and grace_of:
        n, grace_unit = _period(settings.get(grace_of, "30 min"))
        grace = _counted(grace_unit, n, start, calendar, settings, None)
        late = grace.due if grace else late
    if unit not in TIMED and result.due.year > calendar.last_year():
        result.provisional = True  # the rest days of that year are not known yet (catalogue 0.3-6)
    status = "provisional" if result.provisional else "definite"
    zh, en = _words(deadline, unit, amount, start, result, late) if explained else ("", "")
    return Due(
        rule=deadline.rule, event=deadline.event, due=result.due, late_after=late, status=status,
        counted=tuple(result.steps) if explained else (), why=zh, why_en=en,
    )  # fmt: skip


def _step(day: date | datetime, what: str, note: str = "") -> dict[str, str]:
    return {"date": day.isoformat(), "what": what, "note": note}


def _counted(
    unit: str, amount: int, start: datetime, calendar: WorkCalendar, settings: Mapping[str, str],
    set_date: datetime | None, rhythm: tuple[int, int] = (0, 1),
) -> _Count | None:  # fmt: skip
    start = start.astimezone(CHINA)
    begin = _step(start, "start", "起算日不计入" if unit in {"WD", "ND"} else "")
    match unit:
        case "WD":
            return _working_days(amount, start, calendar, settings, begin)
        case "ND":
            return _natural_days(amount, start, calendar, settings, begin)
        case "h" | "min":
            due = start + (timedelta(hours=amount) if unit == "h" else timedelta(minutes=amount))
            return _Count([begin, _step(due, "due", "不分昼夜连续计算")], due)
        case "same_day":
            due = _end(start.date())
            return _Count([begin, _step(due.date(), "due", "当日24时")], due)
        case "immediate":
            return _Count([begin], start)
        case "ND_before":
            due = _end(start.date() - timedelta(amount))
            return _Count([begin, _step(due.date(), "due", f"往前第{amount}日")], due)
        case "years":
            due = _end(_years_later(start.date(), amount))
            return _Count([begin, _step(due.date(), "due", f"{amount}年后同月同日")], due)
        case "day" | "week" | "month" | "quarter" | "half_year" | "year":
            due = _cadence(unit, start, settings, *rhythm)
            return _Count([begin, _step(due.date(), "due", _cadence_words(settings, *rhythm))], due)
        case "by_date":
            return _by_date(start, calendar, settings, begin)
        case _:
            return None if set_date is None else _Count([begin, _step(set_date, "due", "所定期限")], set_date)


def _end(day: date) -> datetime:
    return datetime.combine(day, END, CHINA)


def _working_days(
    amount: int, start: datetime, calendar: WorkCalendar, settings: Mapping[str, str], begin: dict[str, str]
) -> _Count:
    day, steps, left, provisional = start.date(), [begin], amount, not calendar.known(start.date())
    if settings.get("cal.nonworking_receipt") == "treat_as_next_workday":
        while not calendar.is_workday(day):
            steps.append(_step(day, "skipped", f"{calendar.why_rest(day)}，视为次一工作日收到"))
            day += timedelta(1)
            provisional = provisional or not calendar.known(day)
    while left > 0:
        day += timedelta(1)
        provisional = provisional or not calendar.known(day)
        if not calendar.is_workday(day):
            steps.append(_step(day, "skipped", calendar.why_rest(day)))
            continue
        left -= 1
        if day in calendar.make_up:
            steps.append(_step(day, "make_up", f"补班，第{amount - left}个工作日"))
        else:
            steps.append(_step(day, "counted", f"第{amount - left}个工作日"))
    steps.append(_step(day, "due", f"第{amount}个工作日" + ("，暂定" if provisional else "")))
    return _Count(steps, _end(day), provisional)


def _last_working_day(amount: int, start: datetime, calendar: WorkCalendar, settings: Mapping[str, str]) -> _Count:
    """Return the end of a count of working days without its steps."""
    first = start.astimezone(CHINA).date()
    day = first
    if settings.get("cal.nonworking_receipt") == "treat_as_next_workday" and not calendar.is_workday(day):
        day = calendar.workday_after(day, 1)
    last = calendar.workday_after(day, amount)
    provisional = not all(year in calendar.years for year in range(first.year, last.year + 1))
    return _Count([], _end(last), provisional)


def _natural_days(
    amount: int, start: datetime, calendar: WorkCalendar, settings: Mapping[str, str], begin: dict[str, str] | None
) -> _Count:
    """Return a count of natural days; without ``begin`` without its steps."""
    day = start.date()
    steps, provisional = [begin] if begin else [], False
    if settings.get("cal.nonworking_receipt") == "treat_as_next_workday":
        while not calendar.is_workday(day):
            day += timedelta(1)
            provisional = provisional or not calendar.known(day)
    for n in range(1, amount + 1 if begin else 1):
        steps.append(_step(day + timedelta(n), "counted", f"第{n}日"))
    day += timedelta(amount)
    if not calendar.is_workday(day):
        roll = settings.get("cal.natural_day_roll") == "next_workday"
        steps.append(_step(day, "rest_day_end", ROLL_WORDS if roll else STAY_WORDS))
        if roll:
            provisional = provisional or not calendar.known(day)
            while not calendar.is_workday(day):
                day += timedelta(1)
                provisional = provisional or not calendar.known(day)
    elif settings.get("cal.natural_day_roll") == "next_workday":
        provisional = provisional or not calendar.known(day)
    steps.append(_step(day, "due", f"第{amount}日24时"))
    return _Count(steps, _end(day), provisional)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _fixed(dates: Sequence[str], start: datetime) -> _Count:
    """Return the first of the yearly dates that has not passed at ``start``."""
    start = start.astimezone(CHINA)
    found = []
    for words in dates:
        day, _, clock = words.partition(" ")
        at = time.fromisoformat(clock) if clock else END
        month, number = (int(n) for n in day.split("-"))
        for year in (start.year, start.year + 1):
            found.append(datetime.combine(date(year, month, number), at, CHINA))
    due = min(d for d in found if d >= start)
    return _Count([_step(start, "start"), _step(due, "due", "所定日期")], due)


def _stretched(unit: str, result: _Count, pauses: Sequence[Pause], calendar: WorkCalendar) -> _Count:
    """Return a count with the stretches in which the clock stood still added behind."""
    steps, due, provisional = list(result.steps[:-1]), result.due, result.provisional
    for pause in sorted(pauses, key=lambda p: p.start):
        if pause.end is None or pause.start > due:
            continue
        steps.append(_step(pause.start, "paused", pause.reason))
        steps.append(_step(pause.end, "resumed", pause.reason))
        if unit in {"h", "min"}:
            due += pause.end - pause.start
            continue
        day, days = pause.start.date() + timedelta(1), 0
        while day <= pause.end.date():
            days += unit != "WD" or calendar.is_workday(day)
            day += timedelta(1)
        late = due.date()
        while days > 0:
            late += timedelta(1)
            provisional = provisional or not calendar.known(late)
            days -= unit != "WD" or calendar.is_workday(late)
        due = _end(late)
    steps.append(_step(due.date() if due.time() == END else due, "due", "扣除暂停后的到期日"))
    return _Count(steps, due, provisional)


def _cadence(unit: str, start: datetime, settings: Mapping[str, str], weekday: int, times: int) -> datetime:
    """Return the end of the period that holds the start (or of its day of the week); rolling: one length after it."""
    rolling = settings.get("cal.cadence") == "rolling"
    day = start.date()
    if weekday:
        return _end(day + timedelta((weekday - 1 - day.weekday() - rolling) % 7 + rolling))
    if unit in {"day", "week"}:
        length = 1 if unit == "day" else 7
        return _end(day + timedelta(length // times if rolling else (0 if unit == "day" else 6 - day.weekday())))
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[unit]
    if rolling and months % times:
        return _end(day + timedelta(months * 30 // times))
    if rolling:
        return _end(_months_later(day, months // times))
    return _end(_months_later(day.replace(day=1), months - (day.month - 1) % months) - timedelta(1))


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def _cadence_words(settings: Mapping[str, str], weekday: int, times: int) -> str:
    if weekday:
        return f"每{WEEKDAYS[weekday - 1][0]}"
    words = "上一次之后一个周期" if settings.get("cal.cadence") == "rolling" else "周期末日"
    return f"{words}，周期内共{times}次" if times > 1 else words


def _by_date(start: datetime, calendar: WorkCalendar, settings: Mapping[str, str], begin: dict[str, str]) -> _Count:
    day, reading = start.date(), settings.get("cal.before_date", "inclusive")
    if reading == "exclusive":
        day -= timedelta(1)
    provisional = reading == "previous_workday" and not calendar.known(day)
    while reading == "previous_workday" and not calendar.is_workday(day):
        day -= timedelta(1)
        provisional = provisional or not calendar.known(day)
    return _Count([begin, _step(day, "due", "截止日")], _end(day), provisional)


WEEKDAYS: Final = (
    ("周一", "Monday"), ("周二", "Tuesday"), ("周三", "Wednesday"), ("周四", "Thursday"), ("周五", "Friday"),
    ("周六", "Saturday"), ("周日", "Sunday"),
)  # fmt: skip
UNIT_WORDS: Final = {
    "WD": ("{n}个工作日", "{n} working days"), "ND": ("{n}日（自然日）", "{n} days"), "h": ("{n}小时", "{n} hours"),
    "min": ("{n}分钟", "{n} minutes"), "same_day": ("当日", "the same day"), "immediate": ("立即", "at once"),
    "ND_before": ("提前{n}日", "{n} days before"), "month": ("每月", "every month"),
    "day": ("每日", "every day"), "week": ("每周", "every week"), "years": ("每{n}年", "every {n} years"),
    "fixed": ("按所定日期", "by the date fixed"), "quarter": ("每季度", "every quarter"), "half_year": ("每半年", "every half-year"), "year": ("每年", "every year"),
    "by_date": ("按所定日期", "by a date"), "set_date": ("按所定期限", "by the date set"),
}  # fmt: skip


def _words(
    deadline: Deadline, unit: str, amount: int, start: datetime, result: _Count, late: datetime
) -> tuple[str, str]:
    zh_unit, en_unit = (w.format(n=amount) for w in UNIT_WORDS[unit])
    en_unit = re.sub(r"(day|hour|minute|year)s", r"\1", en_unit) if amount == 1 else en_unit
    if deadline.weekday and unit == "week":
        zh, en = WEEKDAYS[deadline.weekday - 1]
        zh_unit, en_unit = f"每{zh}", f"every {en}"
    if deadline.times > 1:
        zh_unit, en_unit = f"{zh_unit}{deadline.times}次", f"{deadline.times} times {en_unit}"
    skipped = [s for s in result.steps if s["what"] == "skipped"]
    made_up = [s for s in result.steps if s["what"] == "make_up"]
    zh = f"{deadline.zh}（{deadline.rule}）：自{_zh(start)}起{zh_unit}"
    en = f"{deadline.en} ({deadline.rule}): {en_unit} from {start:%Y-%m-%d %H:%M}"
    if skipped:
        zh += f"，跳过休息日{len(skipped)}天（{_grouped(skipped)}）"
        en += f", {len(skipped)} rest day{'s' if len(skipped) > 1 else ''} skipped"
    if made_up:
        days = "、".join(_short(s["date"]) for s in made_up)
        zh += f"，{days}补班计入"
        en += f", make-up days counted: {', '.join(s['date'] for s in made_up)}"
    ends = [s for s in result.steps if s["what"] == "rest_day_end"]
    if ends:
        zh += f"；{ends[0]['note']}"
        en += "; the last day is a rest day"
    zh += f"，到期{_zh(result.due)}"
    en += f", due {result.due:%Y-%m-%d %H:%M:%S}"
    if late != result.due:
        zh += f"，{_zh(late)}后为逾期"
        en += f", late after {late:%Y-%m-%d %H:%M:%S}"
    if result.provisional:
        zh += f"（暂定：{result.due.year}年放假安排尚未录入）"
        en += f" (provisional: the notice of {result.due.year} is not entered yet)"
    return zh, en


def _zh(at: datetime) -> str:
    words = f"{at.year}年{at.month}月{at.day}日"
    return words + ("24时" if at.time() == END else f"{at:%H:%M}")


def _short(iso: str) -> str:
    day = date.fromisoformat(iso[:10])
    return f"{day.month}月{day.day}日"


def _grouped(steps: list[dict[str, str]]) -> str:
    runs: list[list[dict[str, str]]] = []
    for step in steps:
        day = date.fromisoformat(step["date"][:10])
        if runs and day - date.fromisoformat(runs[-1][-1]["date"][:10]) == timedelta(1):
            runs[-1].append(step)
        else:
            runs.append([step])
    words = []
    for run in runs[:6]:
        names = "、".join(dict.fromkeys("周末" if s["note"][:2] in {"周六", "周日"} else s["note"] for s in run))
        span = _short(run[0]["date"]) + (f"至{_short(run[-1]['date'])}" if len(run) > 1 else "")
        words.append(f"{span}{names}")
    return "，".join(words) + ("等" if len(runs) > 6 else "")
