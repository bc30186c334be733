"""Moments as people write them: ISO text of the desk into 9月30日 09:36 or 30 Sep 09:36."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

WEEKDAYS = 7
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse(text: str) -> datetime | None:
    """Return the moment of an ISO text (date alone counts as its beginning), None when it is empty or no moment."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _day(moment: datetime) -> str:
    if QCoreApplication.translate("Moments", "月日") == "月日":
        return f"{moment.month}月{moment.day}日"
    return f"{moment.day} {MONTHS_EN[moment.month - 1]}"


def short_moment(text: str) -> str:
    """Return day and minute of this year's moment; a date without time stays a date; '' for ''."""
    moment = parse(text)
    if moment is None:
        return text
    return _day(moment) if len(text) <= len("2026-01-01") else f"{_day(moment)} {moment:%H:%M}"


def full_moment(text: str) -> str:
    """Return year, day and minute."""
    moment = parse(text)
    if moment is None:
        return text
    if QCoreApplication.translate("Moments", "月日") == "月日":
        return f"{moment.year}年{_day(moment)} {moment:%H:%M}"
    return f"{_day(moment)} {moment.year} {moment:%H:%M}"
