"""Days as people say them while others talk."""

from datetime import date

import pytest

from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.short_dates import day_said

TODAY = date(2026, 9, 30)  # a Wednesday, the last working day before eight days of rest


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("月底", "2026-09-30"), ("下月底", "2026-10-31"), ("季度末", "2026-09-30"), ("年底", "2026-12-31"),
        ("今天", "2026-09-30"), ("明天", "2026-10-01"), ("10日内", "2026-10-10"), ("十日内", "2026-10-10"),
        ("10 天内", "2026-10-10"), ("3个工作日", "2026-10-10"), ("三个工作日内", "2026-10-10"), ("两周内", "2026-10-14"),
        ("一个月内", "2026-10-30"), ("半个月", "2026-10-15"), ("20日", "2026-10-20"), ("30号", "2026-09-30"),
        ("10月20日", "2026-10-20"), ("10月20日前", "2026-10-20"), ("10-20", "2026-10-20"), ("1月15日", "2027-01-15"), ("2026-11-30", "2026-11-30"),
        ("2026年11月30日前", "2026-11-30"), ("本周五", "2026-10-02"), ("下周三", "2026-10-07"), ("周二", "2026-10-06"),
        ("十二个工作日", "2026-10-22"), ("尽快", None), ("", None), ("13月1日", None), ("31日", "2026-10-31"), ("2月30日", None),
    ],
)  # fmt: skip
def test_short_words_are_the_day_that_people_mean(words, day):
    found = day_said(words, TODAY, bundled())
    assert (found.isoformat() if found else None) == day
