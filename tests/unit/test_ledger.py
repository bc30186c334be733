"""Kinds of ledger records 台账: compiled from the profiles, searched for doubts; values, periods, gaps, likeness."""

import msgspec
import pytest

from liaison_app.desk.likeness import alike
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger_kinds import RecordField
from liaison_app.domain.ledger_values import checked, first_gap
from liaison_app.domain.moments import china
from liaison_app.domain.text import place_key
from liaison_app.mechanism.cadences import after, end_of, fits, period_of, start_of, words
from liaison_app.mechanism.doubts import doubts_of
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.mechanism.profile import load_profile, parse
from liaison_app.mechanism.record_doubts import events_of

WHOLE = ("M1", "M2", "M4")


def kinds(name, **settings):
    profile = load_profile(name)
    return kinds_of(profile, {**profile.defaults(), **settings})


@pytest.mark.parametrize("name", WHOLE)
def test_every_record_that_people_enter_has_a_life_and_no_doubt(name):
    profile = load_profile(name)
    assert [d for d in doubts_of(profile) if "records" in d[0] or "meetings" in d[0] or "lives" in d[0]] == []
    entered = {r.id for r in profile.records if not r.drawn} | {f"meeting/{m.id}" for m in profile.meetings}
    found = kinds(name)
    assert set(found) == entered
    for kind in found.values():
        assert kind.steps, kind.id
        assert kind.states, kind.id
        assert kind.openers, kind.id
        assert all(step.rule for step in kind.steps), kind.id
        assert all(p in {x.id for x in profile.posts} for p in (*kind.openers, *kind.receivers, *kind.readers))


def test_what_is_owed_is_what_the_mechanisms_ask_per_period():
    owed = {
        (name, k.id): (k.owed.every, k.owed.clock) for name in WHOLE for k in kinds(name).values() if k.owed is not None
    }  # fmt: skip
    assert owed == {
        ("M1", "contacts"): ("once", ""), ("M1", "monthly"): ("month", "M1-INF-02"),
        ("M1", "rankings"): ("month", "M1-INF-03"), ("M1", "meeting/joint"): ("quarter", "M1-MTG-01"),
        ("M2", "roster"): ("once", ""),
        ("M4", "liaison-roster"): ("once", "M4-LIA-03"), ("M4", "duty-roster"): ("once", ""),
        ("M4", "meeting/joint"): ("half_year", "M4-MTG-01"),
    }  # fmt: skip
    monthly = kinds("M1")["monthly"].owed
    assert "MODELCITY" not in monthly.by, "who collects does not owe it to itself"
    assert {"EPB", "TOWN", "POLICE"} <= set(monthly.by)


def test_who_convenes_is_a_setting():
    """OFFICE-B11, K-12: the office of the leading group, the model-city office, or whoever proposes."""
    assert kinds("M1")["meeting/joint"].owed.by == ["EPB"]
    assert kinds("M1", **{"m1.meeting_convenor": "MODELCITY"})["meeting/joint"].owed.by == ["MODELCITY"]
    proposed = kinds("M1", **{"m1.meeting_convenor": "proposer"})["meeting/joint"]
    call = proposed.step("call")
    assert {"EPB", "MODELCITY", "POLICE", "TOWN"} <= set(call.who)
    assert kinds("M4", **{"m4.convenor": "HQ_OFFICE"})["meeting/joint"].step("call").who == ["HQ_OFFICE"]


def test_clocks_of_records_can_start_and_stop():
    for name in WHOLE:
        profile = load_profile(name)
        for kind in kinds(name).values():
            for rule in kind.clocks:
                clocks = [d for d in profile.deadlines if d.rule == rule]
                assert clocks, (kind.id, rule)
                stops = {s for d in clocks for s in d.stop}
                assert stops & events_of(kind), (kind.id, rule)


PLANTED = {
    "life": ("life: sent", "life: gone", "a life of this profile instead of gone"),
    "post": ("who: [CENTER], fields: [summary]", "who: [NOBODY], fields: [summary]", "instead of NOBODY"),
    "state": ("states: [PLN], to: RUN", "states: [PLN], to: FAR", "instead of FAR"),
    "unreached": ("states: [PLN], to: RUN", "states: [PLN], to: FIN", "nothing leads to RUN"),
    "field": ("fields: [responsibility, tasks]", "fields: [responsibility, sorrow]", "instead of sorrow"),
    "table": ("covers: shifts", "covers: nights", "a table of duty-roster for step send instead of nights"),
    "idle clock": ("event: duty-changed}", "event: nothing-at-all}", "starts and one that stops M4-DTY-06"),
    "duty": ("event: send, rule: M4-DTY-01", "event: sleep, rule: M4-DTY-01", "instead of sleep"),
    "choice": ("type: choice, choices: {joint: [联合督查, Joint], area: [分片包干督查, By area]}}", "type: choice}", "choices for form"),
    "no way out": ("{code: return, zh: 返回, en: Return, states: [MUS, OUT, ARR], to: END, rule: M4-DTY-03}",
                   "{code: return, zh: 返回, en: Return, states: [MUS, OUT], to: END, rule: M4-DTY-03}", "a way out of ARR"),
    "closing": ("closes: decisions, ", "", "a step that closes the lines of decisions"),
    "persons": ("persons: [leader], fields: [approval]", "persons: [emperor], fields: [approval]", "instead of emperor"),
    "title": ("title: [hotline]\n    fields:\n      - {name: body, zh: 单位, en: Body, source: body.name}\n      - {name: hotline",
              "title: [song]\n    fields:\n      - {name: body, zh: 单位, en: Body, source: body.name}\n      - {name: hotline", "as title instead of song"),
    "word": ("round_the_clock: true", "round_the_clok: true", "round_the_clok"),
    "drawn": ("drawn: meetings, document", "drawn: meetings, life: kept, document", "drawn from meetings"),
    "clock of the meeting": ("    clock: M4-MTG-01\n", "", "the rule of the clock that counts each half_year"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_a_planted_mistake_is_named_with_its_place(name):
    from importlib.resources import files

    old, new, said = PLANTED[name]
    text = files("resources").joinpath("mechanisms", "M4.yaml").read_text(encoding="utf-8")
    assert old in text, old
    profile, found = parse(text.replace(old, new, 1).encode(), "M4.yaml")
    assert profile is None
    assert any(said in f.expected for f in found), [f.expected for f in found]
    assert all(f.line > 1 for f in found)


# -- values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("date", "2026-09-30", "2026-09-30"), ("date", "2026-09-30T08:00", "2026-09-30"),
        ("moment", "2026-09-30 08:00", "2026-09-30T08:00:00+08:00"), ("int", " 12 ", 12), ("bool", "true", True),
        ("bool", False, False), ("choice", "a", "a"), ("body", "EPB", "EPB"), ("bodies", "EPB、MUNI", ["EPB", "MUNI"]),
        ("bodies", ["EPB"], ["EPB"]), ("line", "  x ", "x"),
    ],
)  # fmt: skip
def test_values_are_kept_in_one_form(kind, given, kept):
    field = RecordField(name="f", zh="项", type=kind, choices={"a": ["甲", "A"]})
    assert checked(field, given, lambda b: b in {"EPB", "MUNI"}) == kept


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("date", "30.9.2026", "field_type"), ("date", "2026-02-30", "field_type"), ("moment", "gestern", "field_type"),
        ("int", "zwei", "field_type"), ("bool", "maybe", "field_type"), ("choice", "z", "field_value"),
        ("body", "NOBODY", "unknown_body"), ("bodies", "EPB,NOBODY", "unknown_body"), ("line", "x" * 20_001, "field_type"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused(kind, given, code):
    field = RecordField(name="f", zh="项", type=kind, choices={"a": ["甲", "A"]})
    with pytest.raises(RuleBroken) as refused:
        checked(field, given, lambda b: b == "EPB")
    assert refused.value.code == code


def test_round_the_clock_means_no_minute_without_somebody():
    """M4-DTY-02."""
    day = ("2026-10-01T08:00", "2026-10-02T08:00")
    whole = [("2026-10-01T20:00", "2026-10-02T08:00"), ("2026-10-01T08:00", "2026-10-01T20:00")]
    assert first_gap(whole, *day) is None
    assert first_gap(whole[:1], *day) == ("2026-10-01T08:00", "2026-10-01T20:00")
    assert first_gap([("2026-10-01T08:00", "2026-10-01T19:59"), whole[0]], *day) == (
        "2026-10-01T19:59",
        "2026-10-01T20:00",
    )
    assert first_gap(whole[1:], *day) == ("2026-10-01T20:00", "2026-10-02T08:00")
    assert first_gap([], *day) == day
    assert first_gap([("2026-09-30T08:00", "2026-10-05T08:00")], *day) is None


@pytest.mark.parametrize(
    ("every", "day", "code", "end", "following"),
    [
        ("month", "2026-02-10", "2026-02", "2026-02-28", "2026-03"),
        ("month", "2026-12-31", "2026-12", "2026-12-31", "2027-01"),
        ("quarter", "2026-09-30", "2026-Q3", "2026-09-30", "2026-Q4"),
        ("quarter", "2026-12-01", "2026-Q4", "2026-12-31", "2027-Q1"),
        ("half_year", "2026-06-30", "2026-H1", "2026-06-30", "2026-H2"),
        ("half_year", "2026-07-01", "2026-H2", "2026-12-31", "2027-H1"),
        ("year", "2028-02-29", "2028", "2028-12-31", "2029"),
    ],
)
def test_calendar_periods(every, day, code, end, following):
    assert period_of(every, china(day).date()) == code
    assert start_of(code) <= china(day) <= end_of(code)
    assert end_of(code).date().isoformat() == end
    assert after(code) == following
    assert fits(every, code)
    assert not fits("month" if every != "month" else "year", code)
    assert words(code, "zh_CN")


@pytest.mark.parametrize("code", ["2026-13", "2026-Q5", "", "heute", "2026-H3"])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(RuleBroken):
        start_of(code)


@pytest.mark.parametrize(
    ("complaint", "record", "because"),
    [
        (("滨河路8号", ""), ("望江街道滨河路8号", "锦绣名城二期"), "place"),
        (("望江街道滨河路8号锦绣名城二期工地", ""), ("滨河路", "锦绣名城二期"), "object"),
        (("", "锦绣名城二期工地"), ("滨河路8号", "锦绣名城二期"), "object"),
        (("滨河路18号", ""), ("滨河路8号", "锦绣名城二期"), ""),
        (("湖滨路1号", "某饭店"), ("滨河路8号", "锦绣名城二期"), ""),
        (("路", "店"), ("路", "店"), ""),
    ],
)
def test_what_is_alike(complaint, record, because):
    """OFFICE-C4."""
    assert alike(tuple(map(place_key, complaint)), tuple(map(place_key, record))) == because


def test_a_compiled_kind_is_plain_data():
    for name in WHOLE:
        for kind in kinds(name).values():
            assert msgspec.json.decode(msgspec.json.encode(kind), type=type(kind)) == kind
