"""Days as people say them in a meeting: 月底, 10日内, 3个工作日, 下周五, 10月20日. Pure; what is not understood is None."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from liaison_app.mechanism.calendar import WorkCalendar

DIGITS: Final = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
NEAR: Final = {"今天": 0, "今日": 0, "当日": 0, "明天": 1, "明日": 1, "后天": 2, "半月": 15, "半个月": 15, "一周": 7}
WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_SPAN = re.compile(r"(\d+)个?(工作日|天|日|周|星期|个?月)")
_DAY = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?")
_ALONE = re.compile(r"(\d{1,2})[日号]")
_WEEK = re.compile(r"(下下|下|本|这)?(?:周|星期)([一二三四五六日天])")


def day_said(words: str, today: date, calendar: WorkCalendar) -> date | None:
    """Return the day that short words mean as a limit, counted from today; None when they are not understood.

    A span counts from tomorrow; a day of a month without its year is the next such day.
    """
    plain = re.sub(r"\s", "", words)
    said = re.sub(r"以内|之内|内|以前|之前|前", "", plain)
    if not said:
        return None
    inside = "内" in plain or not _ALONE.fullmatch(_in_digits(said))  # 10日内 is a span, 20日 a day of the month
    found = _named(said, today) or (_spanned(_in_digits(said), today, calendar) if inside else None)
    if found is not None:
        return found
    try:
        return _dated(_in_digits(said), today)
    except ValueError:
        return None


def _named(said: str, today: date) -> date | None:
    if said in NEAR:
        return today + timedelta(days=NEAR[said])
    month = {"月底": 0, "月末": 0, "本月底": 0, "本月末": 0, "下月底": 1, "下月末": 1, "下个月底": 1}.get(said)
    if month is not None:
        return _month_end(today, month)
    if said in {"季末", "季度末", "季度底", "本季度末"}:
        return _month_end(today, 2 - (today.month - 1) % 3)
    if said in {"年底", "年末", "本年底"}:
        return date(today.year, 12, 31)
    week = _WEEK.fullmatch(said)
    if week is None:
        return None
    ahead = {"下下": 2, "下": 1}.get(week.group(1) or "", 0)
    monday = today - timedelta(days=today.weekday())
    found = monday + timedelta(days=7 * ahead + WEEKDAYS[week.group(2)])
    return found if found >= today or ahead or week.group(1) else found + timedelta(days=7)


def _spanned(said: str, today: date, calendar: WorkCalendar) -> date | None:
    found = _SPAN.fullmatch(said)
    if found is None or int(found.group(1)) > 999:
        return None
    amount, unit = int(found.group(1)), found.group(2)
    match unit.removeprefix("个"):
        case "工作日":
            return calendar.workday_after(today, amount)
        case "周" | "星期":
            return today + timedelta(days=7 * amount)
        case "月":
            end = _month_end(today, amount)
            return end.replace(day=min(today.day, end.day))
    return today + timedelta(days=amount)


def _dated(said: str, today: date) -> date | None:
    whole = _DAY.fullmatch(said)
    if whole is not None:
        year, month, day = whole.groups()
        found = date(int(year or today.year), int(month), int(day))
        return found if year or found >= today else found.replace(year=today.year + 1)
    alone = _ALONE.fullmatch(said)
    if alone is None:
        return None
    ends = (_month_end(today, ahead) for ahead in range(3))
    day = int(alone.group(1))
    return next((found for end in ends if day <= end.day and (found := end.replace(day=day)) >= today), None)


def _month_end(day: date, ahead: int) -> date:
    months = day.year * 12 + day.month - 1 + ahead
    year, month = divmod(months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _in_digits(said: str) -> str:
    """Return words with Chinese numbers below a hundred as digits."""

    def number(found: re.Match[str]) -> str:
        tens, ten, ones = found.group(1), found.group(2), found.group(3)
        if not ten:
            return str(DIGITS[tens]) if tens else found.group(0)
        return str((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))

    return re.sub(
        r"([一二两三四五六七八九])?(十)?([一二三四五六七八九])?(?=个|工作日|天|日|号|周|星期|月)", number, said
    )
