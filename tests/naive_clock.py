"""A second way to count the days, on purpose without anything of the program: the calendar is typed from the two notices,
and every day is walked one by one. Only tests read it, to hold the table of expected answers against it."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
LAST_YEAR = 2026


def _days(year: int, *spans: str) -> set[date]:
    found: set[date] = set()
    for span in spans:
        first, _, last = span.partition("~")
        day = date.fromisoformat(f"{year}-{first}")
        end = date.fromisoformat(f"{year}-{last or first}")
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return found


REST = _days(2025, "01-01", "01-28~02-04", "04-04~04-06", "05-01~05-05", "05-31~06-02", "10-01~10-08") | _days(
    2026, "01-01~01-03", "02-15~02-23", "04-04~04-06", "05-01~05-05", "06-19~06-21", "09-25~09-27", "10-01~10-07"
)
MADE_UP = _days(2025, "01-26", "02-08", "04-27", "09-28", "10-11") | _days(
    2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"
)
GRACE = {"grace.immediate": "30 min", "grace.first_moment": "30 min", "grace.in_time": "1 WD"}


def works(day: date) -> bool:
    """True on a working day; after the last notice every Monday to Friday is taken for one."""
    return day in MADE_UP or (day.weekday() < 5 and day not in REST)


def china(text: str) -> datetime:
    """The moment in China time; a text without a zone is China time, a bare date is its first moment."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)


def _end(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=CHINA)


def _clip(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _forward(day: date, amount: int, working: bool) -> date:
    while amount:
        day += timedelta(days=1)
        amount -= 1 if not working or works(day) else 0
    return day


def _next_working(day: date) -> date:
    while not works(day):
        day += timedelta(days=1)
    return day


def _previous_working(day: date) -> date:
    while not works(day):
        day -= timedelta(days=1)
    return day


def _several_times(times: int, period: str, day: date, settings: dict[str, str]) -> datetime:
    """N times inside a period: by its end; rolling, an even part of the period after the time before."""
    if settings.get("cal.cadence") != "rolling":
        return _end(_period_end(day, period))
    if period == "week":
        return _end(day + timedelta(days=7 // times))
    month = day.month - 1 + PERIOD_MONTHS[period] // times
    return _end(_clip(day.year + month // 12, month % 12 + 1, day.day))


PERIOD_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def _period_end(day: date, period: str) -> date:
    if period == "day":
        return day
    if period == "week":
        while day.weekday() != 6:
            day += timedelta(days=1)
        return day
    months = PERIOD_MONTHS[period]
    while day.month % months or (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    return day


def _one_period_on(day: date, period: str) -> date:
    if period in ("day", "week"):
        return day + timedelta(days=1 if period == "day" else 7)
    month = day.month - 1 + PERIOD_MONTHS[period]
    return _clip(day.year + month // 12, month % 12 + 1, day.day)


def _by_date(month_day: str, start: date, how: str, months: tuple[int, ...]) -> date:
    """The named day of the months that has not passed at the start, then moved as the reading says."""
    days = [date(year, month, int(month_day)) for year in (start.year, start.year + 1) for month in months]
    day = min(day for day in days if day >= start)
    if how == "exclusive":
        return day - timedelta(days=1)
    return _previous_working(day) if how == "previous_workday" else day


def naive_due(shape: str, start_text: str, settings: dict[str, str]) -> datetime | None:
    """The due moment of one limit written as `3 WD`, `24 h`, `immediate`, `month`, `by 20 of 3,6,9,12` …; None for a date to be set."""
    start = china(start_text)
    words = shape.split()
    if words[0].isdigit() and words[-1] in PERIOD_MONTHS | {"week": 0}:
        return _several_times(int(words[0]), words[-1], start.date(), settings)
    if shape == "set":
        return None
    if shape == "same_day":
        return _end(start.date())
    if shape == "in_time":
        return naive_due(settings.get("grace.in_time", GRACE["grace.in_time"]), start_text, settings)
    if shape in ("immediate", "first_moment"):
        return start
    if words[-1] in ("h", "min"):
        return start + timedelta(**{"hours" if words[-1] == "h" else "minutes": int(words[0])})
    if words[-1] in ("WD", "ND"):
        first = start.date()
        if settings.get("cal.nonworking_receipt") == "treat_as_next_workday":
            first = _next_working(first)
        last = _forward(first, int(words[0]), working=words[-1] == "WD")
        if words[-1] == "WD":
            return _end(last)
        return _end(_next_working(last) if settings.get("cal.natural_day_roll") == "next_workday" else last)
    if words[-1] == "before":
        return _end(start.date() - timedelta(days=int(words[0])))
    if words[-1] == "years":
        return _end(_clip(start.year + int(words[0]), start.month, start.day))
    if words[0] == "by":
        how = settings.get("cal.before_date", "inclusive")
        return _end(_by_date(words[1], start.date(), how, tuple(int(month) for month in words[3].split(","))))
    if words[0] == "weekday":
        day = start.date()
        if settings.get("cal.cadence") == "rolling":
            day += timedelta(days=1)
        while day.weekday() != int(words[1]) - 1:
            day += timedelta(days=1)
        return _end(day)
    if words[0] == "on":
        moment = datetime.fromisoformat(f"{start.year}-{words[1]}T{words[2] if len(words) > 2 else '23:59:59'}")
        return moment.replace(tzinfo=CHINA)
    if settings.get("cal.cadence") == "rolling":
        return _end(_one_period_on(start.date(), shape))
    return _end(_period_end(start.date(), shape))


def naive_status(shape: str, due: datetime | None) -> str:
    """Definite, provisional after the last notice (a time of day never is), or a date that must be set."""
    if due is None:
        return "needs_set_period"
    timed = shape in ("immediate", "first_moment", "same_day") or shape.split()[-1] in ("h", "min")
    return "provisional" if due.year > LAST_YEAR and not timed else "definite"


def naive_late(shape: str, start_text: str, settings: dict[str, str]) -> datetime | None:
    """When a limit of 立即 or 第一时间 is late: the start and the grace of its word."""
    return naive_due(settings.get(f"grace.{shape}", GRACE[f"grace.{shape}"]), start_text, settings)
