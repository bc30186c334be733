"""Moments as people give them and as they are stored: China time, to the second."""

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from liaison_app.domain.errors import RuleBroken

CHINA: Final = timezone(timedelta(hours=8))


@lru_cache(maxsize=8192)
def china(moment: str, field: str = "happened_at") -> datetime:
    """Return a moment in China time; a naive one is China time. Raise RuleBroken ``bad_time``."""
    try:
        parsed = datetime.fromisoformat(moment.strip())
    except ValueError:
        raise RuleBroken("bad_time", field=field, value=moment[:40]) from None
    return parsed.replace(tzinfo=CHINA) if parsed.tzinfo is None else parsed.astimezone(CHINA)


def stamp(moment: datetime) -> str:
    """Return a moment as stored: ISO 8601 to the second with +08:00."""
    return (moment if moment.tzinfo is CHINA else moment.astimezone(CHINA)).isoformat(timespec="seconds")


@lru_cache(maxsize=8192)
def stored(moment: str) -> str:
    """Return a moment that somebody gave as it is stored. Raise RuleBroken ``bad_time``."""
    return stamp(china(moment))
