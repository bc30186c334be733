"""Table T2: every row reachable, worked examples, unknown facts, settings."""

from datetime import date, timedelta

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.profile import load_profile
from liaison_app.mechanism.routing import route

M1 = load_profile("M1")
AIR = {"medium": "air", "source": "catering"}


def satisfying(when):
    facts = {}
    for name, wanted in when.items():
        if name == "any":
            facts.update(satisfying(wanted[0]))
        elif name == "not":
            continue
        elif isinstance(wanted, dict):
            if "before" in wanted:
                facts[name] = wanted["before"] - timedelta(days=30)
            elif "from" in wanted:
                facts[name] = wanted["from"] + timedelta(days=30)
            elif wanted.get("given") or wanted.get("empty") is False:
                facts[name] = ["PLANNING"] if name == "project_approved_by" else "AGRI"
        else:
            facts[name] = wanted[0] if isinstance(wanted, list) else wanted
    if facts.get("flue_required") is True:
        facts["place_type"] = "residential_building"
        facts["inside_main_city"] = True
        del facts["flue_required"]
    return facts


@pytest.mark.parametrize("row", M1.routing, ids=lambda r: r.row)
def test_every_row_is_reached_by_the_facts_it_asks_for(row):
    facts = satisfying(row.when)
    if row.row == "C-06":
        facts = {"medium": "other", "source": "siting"} | {"source": "other_project"}
    if row.row == "C-05":
        facts = {"medium": "other", "source": "unknown"}
    assert route(M1, facts).row == row.row


EXAMPLES = [
    ({"medium": "noise", "source": "construction", "project_class": "municipal", "at_night": True}, "N-05", "MUNI"),
    ({"medium": "noise", "source": "entertainment"}, "N-15", "CULTURE"),
    ({**AIR, "has_business_licence": True, "opened_on": "2007-08-15"}, "A-03", "EPB"),
    ({**AIR, "has_business_licence": True, "opened_on": "2012-03-01", "place_type": "residential_building",
      "inside_main_city": True, "has_shared_flue": False, "has_env_permit": False}, "A-05", "COMMERCE"),
    ({**AIR, "has_business_licence": True, "opened_on": "2012-03-01", "place_type": "standalone",
      "inside_main_city": True, "has_shared_flue": False, "has_env_permit": False}, "A-07", "COMMERCE"),
    ({"medium": "odour", "source": "unknown_gas", "investigation": "no_industry_nearby"}, "A-10", "MUNI"),
    ({"medium": "dust", "source": "construction", "project_class": "city_key"}, "D-08", "CONSTR"),
    ({"medium": "noise", "source": "renovation", "building_delivered": False}, "N-10", "EPB"),
    ({"medium": "water", "from_city_department": "AGRI"}, "G-01", "AGRI"),
    ({"medium": "other", "source": "other_project", "project_exists": True, "has_env_permit": False,
      "project_approved_by": ["PLANNING", "COMMERCE"]}, "C-02", "PLANNING"),
    ({"medium": "odour", "source": "unknown_gas", "foul_odour": True}, "A-12", "EPB"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "row", "lead"), EXAMPLES)
def test_worked_examples(facts, row, lead):
    found = route(M1, facts)
    assert (found.row, found.lead) == (row, lead)


def test_unknown_never_satisfies_false_and_is_asked():
    found = route(M1, AIR)
    assert found.row == "A-08"
    assert found.provisional
    assert "has_business_licence" in found.ask


def test_only_the_opening_date_missing_asks_for_it():
    facts = {**AIR, "has_business_licence": True, "has_shared_flue": True, "has_env_permit": True}
    found = route(M1, facts)
    assert found.row == "A-08"
    assert found.ask == ("opened_on",)


def test_without_medium_and_source_those_two_are_asked():
    assert route(M1, {}).ask == ("medium", "source")


def test_two_urgency_lists():
    smell = route(M1, {"medium": "odour", "source": "industry", "foul_odour": True})
    assert (smell.urgency, smell.transfer, smell.report_to) == ("immediate", "same_day", ())
    crowd = route(M1, {"medium": "air", "source": "industry", "stability_risk": True})
    assert (crowd.urgency, crowd.transfer, crowd.report_to) == ("ordinary", "immediate", ("GOVT_EMERG",))
    threat = route(M1, {"medium": "air", "source": "industry", "health_or_env_threat": True})
    assert (threat.urgency, threat.transfer) == ("immediate", "immediate")


def test_own_duty_and_missing_place():
    own = {**AIR, "has_business_licence": False, "first_receiver": "COMMERCE"}
    assert route(M1, own).transfer == "none_own_duty"
    assert route(M1, {"medium": "noise", "source": "industry", "no_place": True}).transfer == "not_transferred"


@pytest.mark.parametrize(
    ("setting", "value", "facts", "lead"),
    [
        ("m1.building_noise_lead", "CONSTR", {"medium": "noise", "source": "construction", "project_class": "building"}, "CONSTR"),
        ("m1.entertainment_licensed_lead", "CULTURE", {"medium": "noise", "source": "entertainment", "has_entertainment_licence": True, "has_business_licence": True}, "CULTURE"),
        ("m1.works_dust_municipal", "CONSTR", {"medium": "dust", "source": "construction", "project_class": "municipal"}, "CONSTR"),
        ("m1.unlicensed_pre2007", "EPB", {**AIR, "has_business_licence": False, "opened_on": "2005-01-01"}, "EPB"),
        ("m1.unknown_stench_first", "MUNI", {"medium": "odour", "source": "unknown_gas"}, "MUNI"),
        ("m1.livestock_restricted", "EPB", {"medium": "odour", "source": "livestock", "breeding_zone": "restricted"}, "EPB"),
        ("m1.cutoff_day", "before", {**AIR, "has_business_licence": True, "opened_on": "2007-09-01"}, "EPB"),
    ],
)  # fmt: skip
def test_settings_choose_the_other_reading(setting, value, facts, lead):
    assert route(M1, facts, {setting: value}).lead == lead


def test_cutoff_day_counts_as_after():
    facts = {**AIR, "has_business_licence": True, "opened_on": date(2007, 9, 1), "has_env_permit": True}
    assert route(M1, {**facts, "has_shared_flue": True}).row == "A-04"
    assert route(M1, facts, {"m1.cutoff_day": "before"}).row == "A-03"


@pytest.mark.parametrize(("facts", "code"), [({"colour": 1}, "fact_unknown"), ({"medium": "smell"}, "fact_value"), ({"opened_on": "soon"}, "fact_value")])  # fmt: skip
def test_wrong_facts_are_named(facts, code):
    with pytest.raises(RuleBroken) as refused:
        route(M1, facts)
    assert refused.value.code == code
    assert refused.value.facts["field"] == next(iter(facts))


def test_several_media_are_several_issues():
    found = route(M1, {"medium": ["noise", "dust"], "source": "construction", "project_class": "building"})
    assert found.lead == "EPB"
    assert [i.lead for i in found.issues] == ["CONSTR"]
