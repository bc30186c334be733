"""Calendar periods in which something is owed: month, quarter, half-year, year, and once for all. Pure."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import CHINA

MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
ONCE: Final = "once"
_CODE: Final = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


def period_of(every: str, day: date) -> str:
    """Return the code of the period in which a day lies: 2026-09, 2026-Q3, 2026-H2, 2026 or ``once``."""
    match every:
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "half_year":
            return f"{day.year}-H{(day.month + 5) // 6}"
        case "year":
            return f"{day.year}"
        case _:
            return ONCE


def start_of(period: str) -> datetime:
    """Return the first moment of a period. Raise RuleBroken ``record_period``."""
    return datetime.combine(_first(period), datetime.min.time(), CHINA)


def end_of(period: str) -> datetime:
    """Return the last second of a period. Raise RuleBroken ``record_period``."""
    first = _first(period)
    months = first.year * 12 + first.month - 1 + MONTHS[_every(period)]
    return datetime.combine(date(months // 12, months % 12 + 1, 1), datetime.min.time(), CHINA) - timedelta(seconds=1)


def after(period: str) -> str:
    """Return the period that follows."""
    return period_of(_every(period), (end_of(period) + timedelta(seconds=1)).date())


def fits(every: str, period: str) -> bool:
    """Return whether a code is a period of that length."""
    if every == ONCE:
        return period in {"", ONCE}
    return bool(_CODE.fullmatch(period)) and _every(period) == every


def words(period: str, lang: str) -> str:
    """Return a period in words: 2026年第3季度."""
    found = _CODE.fullmatch(period)
    if found is None or lang == "en":
        return "" if period == ONCE else period
    year, month, quarter, half = found.groups()
    if month:
        return f"{year}年{int(month)}月"
    if quarter:
        return f"{year}年第{quarter}季度"
    return f"{year}年{'上' if half == '1' else '下'}半年" if half else f"{year}年"


def _first(period: str) -> date:
    found = _CODE.fullmatch(period)
    if found is None:
        raise RuleBroken("record_period", field="period", value=period)
    year, month, quarter, half = found.groups()
    first = int(month) if month else 3 * int(quarter) - 2 if quarter else 6 * int(half) - 5 if half else 1
    return date(int(year), first, 1)


def _every(period: str) -> str:
    found = _CODE.fullmatch(period)
    if found is None:
        raise RuleBroken("record_period", field="period", value=period)
    return "month" if found[2] else "quarter" if found[3] else "half_year" if found[4] else "year"
