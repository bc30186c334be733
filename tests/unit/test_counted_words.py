"""How a date was counted, in English: no step of any clock of any profile keeps a Chinese word."""

import re

import pytest

from liaison_app.desk.questions import answer_deadline
from liaison_app.mechanism.profile import available, load_profile

STARTS = (
    "2026-02-12T09:00",
    "2026-09-24T23:50",
    "2026-10-10T10:00",
    "2025-09-26T10:00",
    "2015-09-01T10:00",
    "2027-03-05T10:00",
)
READINGS = (
    {},
    {
        "cal.natural_day_roll": "next_workday",
        "cal.nonworking_receipt": "treat_as_next_workday",
        "cal.cadence": "rolling",
    },
)
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", available())
def test_every_step_of_every_clock_is_said_in_english(name):
    profile = load_profile(name)
    known = {s.id for s in profile.settings}
    seen = 0
    for deadline in profile.deadlines:
        for start in STARTS:
            for readings in READINGS:
                settings = {k: v for k, v in readings.items() if k in known}
                ask = {"rule": deadline.rule, "event": deadline.event, "start": start, "settings": settings}
                for lang in ("en", "zh_CN"):
                    answer = answer_deadline(name, ask, lang)
                    notes = [one["note"] for one in answer["counted"]]
                    seen += len(notes)
                    if lang == "en":
                        assert not [note for note in notes if HAN.search(note)], (deadline.rule, notes)
                        assert not re.search(r"\\b1 (working )?(days|hours|minutes|years)\\b", answer["why"])
    assert seen > 100 or profile.meta.partial
