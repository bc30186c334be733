"""The page of the mechanism in Chinese: no code of the profile stands where a person reads words."""

import re

import pytest

from liaison_app.desk.describing import describe
from liaison_app.desk.opening import open_desk
from liaison_app.mechanism.profile import available, load_profile
from liaison_app.words import labels
from liaison_app.words import mechanism_words as mw
from tests.conftest import NOON

CODE = re.compile(r"[a-z]{3,}(?:[-_][a-z]+)*")
SAID = {
    "clocks": ("words", "limit", "span", "owner", "switched", "pauses"), "settings": ("name", "value_words", "default_words", "because"),
    "documents": ("name", "captions", "rows"), "meetings": ("group", "name", "captions", "rows"),
    "indicators": ("name", "formula", "period", "group"), "rules": ("title", "kind", "state", "places"),
    "transitions": ("start_name", "act", "to_name", "who"),
}  # fmt: skip
"""What is shown of each part."""


def test_no_code_stands_in_the_chinese_page(home):
    desk = open_desk(home, person="p-zhoumin", now=NOON)
    view = describe(desk)
    desk.close()
    found = {
        (part, field, word): str(getattr(line, field))
        for part, fields in SAID.items()
        for line in getattr(view, part)
        for field in fields
        for word in CODE.findall(str(getattr(line, field)))
    }
    assert found == {}
    assert all(len(getattr(view, part)) > 4 for part in SAID)


@pytest.mark.parametrize("name", available())
def test_every_event_and_kind_of_a_clock_has_words(name):
    profile = load_profile(name)
    told = [e for d in profile.deadlines for e in (*d.start, *d.stop, *d.pauses)]
    names, kinds = {e.partition("/")[0] for e in told}, {e.partition("/")[2] for e in told} - {""}
    assert (names - set(mw.EVENTS), kinds - set(mw.KINDS)) == (set(), set())
    assert {g.action for g in profile.guards} - set(labels.ACTIONS) - set(mw.ACTS) == set()
    shapes = {s for d in profile.documents for s in (d.form, d.numbered, d.keep)}
    shapes |= {s for i in profile.indicators for s in (i.period, *i.group)}
    assert shapes - set(mw.SHAPES) == set()
