"""Why a row of the routing table applies and the others do not."""

from datetime import date

import msgspec
import pytest

from liaison_app.desk.describing import in_full
from liaison_app.desk.roster import Roster
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.explaining import explain, in_words, matched_row
from liaison_app.mechanism.profile import available, load_profile
from liaison_app.mechanism.routing import route

CASES = (
    {"medium": "noise", "source": "renovation", "building_delivered": True},
    {"medium": "noise", "source": "renovation"},
    {"medium": "air", "source": "street_stall"},
    {"medium": "air", "source": "catering", "has_business_licence": True, "opened_on": "2007-09-01"},
    {"medium": ["dust", "noise"], "source": "construction", "project_class": "municipal"},
    {"channel": "petition", "petition_scope": "mass_incident"},
    {},
)


@pytest.mark.parametrize("facts", CASES)
@pytest.mark.parametrize("settings", [{}, {"m1.cutoff_day": "before", "m1.routing_precedence": "project_first"}])
def test_the_row_that_matches_is_the_one_that_routes(facts, settings):
    profile = load_profile("M1")
    assert matched_row(explain(profile, facts, settings)) == route(profile, facts, settings).row


def test_every_row_above_says_why_not_and_every_row_below_is_not_asked():
    said = {v.row: v for v in explain(load_profile("M1"), {"medium": "noise", "source": "renovation"}, {})}
    assert len(said) == len(load_profile("M1").routing)
    first = said["N-01"]
    assert first.verdict == "not_matched"
    assert [c.words for c in first.failed] == [("污染从哪里来：建筑工地", "Where it comes from: construction site")]
    assert first.failed[0].given == ("室内装修", "renovation")
    assert said["N-20"].verdict == "unknown"
    assert said["N-20"].ask == ("building_delivered",)
    assert said["N-31"].verdict == "matched"
    rows = list(said)
    assert {said[r].verdict for r in rows[rows.index("N-31") + 1 :]} == {"below"}
    above = rows[: rows.index("N-31")]
    assert all(said[r].failed or said[r].ask for r in above)


def test_a_fact_that_follows_from_others_asks_for_those():
    facts = {"medium": "air", "source": "catering", "has_business_licence": True, "opened_on": "2015-01-01",
             "has_shared_flue": False, "has_env_permit": False}  # fmt: skip
    bare = msgspec.structs.replace(load_profile("M1"), computed=[])
    said = {v.row: v for v in explain(bare, facts, {})}
    assert said["A-05"].verdict == "unknown"
    assert set(said["A-05"].ask) == {"place_type", "inside_main_city"}


def test_conditions_are_said_in_words():
    profile = load_profile("M1")
    assert in_words(profile, {}) == ("其他情形", "anything else")
    zh, en = in_words(profile, {"opened_on": {"from": date(2007, 9, 1)}})
    assert zh.endswith("2007年9月1日起")
    assert en.endswith("from 2007-09-01")
    zh, en = in_words(profile, {"any": [{"at_night": True}, {"not": {"inside_town": False}}]})
    assert "）或（" in zh
    assert ") or (" in en
    assert "非（" in zh
    assert in_words(profile, {"from_city_department": {"given": True}})[0].endswith("：有记载")
    assert in_words(profile, {"project_approved_by": {"contains": "EPB"}})[0].endswith("：含区环保局")


def test_a_wrong_value_is_refused_by_name():
    with pytest.raises(RuleBroken, match="fact_value"):
        explain(load_profile("M1"), {"medium": "light"}, {})


@pytest.mark.parametrize("name", available())
def test_every_profile_with_a_table_explains_an_empty_set_of_facts(name):
    profile = load_profile(name)
    said = explain(profile, {}, {})
    assert len(said) == len(profile.routing)
    assert not said or matched_row(said)
    for row in said:
        for condition in row.conditions:
            assert all(condition.words)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("name", available())
def test_every_profile_is_said_whole_in_both_languages(name, lang):
    profile = load_profile(name)
    rules = DeskRules(
        profile=profile, calendar=bundled(), roster=Roster(district="", people=()), settings=profile.defaults(), founding="demo"
    )  # fmt: skip
    view = in_full(rules, lang, {}, may_change=True)
    assert len(view.clocks) == len(profile.deadlines)
    assert len(view.settings) == len(profile.settings)
    assert len(view.bodies) == len(profile.posts)
    assert all(s.name and s.value_words for s in view.settings)
    if lang == "en":
        names = [c.span + c.limit for c in view.clocks] + [s.name for s in view.settings]
        assert [n for n in names if any("一" <= sign <= "鿿" for sign in n)] == []
