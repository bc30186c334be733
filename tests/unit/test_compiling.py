"""The compiled rows and the guards give the same verdict on whatever is asked."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Ask
from liaison_app.mechanism import guards
from liaison_app.mechanism.compiling import GuardRow, compile_guards, judge
from liaison_app.mechanism.profile import load_profile

PROFILES = {name: load_profile(name) for name in ("M1", "M2", "M4")}
COMPILED = {name: compile_guards(profile) for name, profile in PROFILES.items()}


@st.composite
def asks(draw, profile):
    """Requests near a guard of the profile, so that many are allowed and many miss by one thing."""
    guard = draw(st.sampled_from(profile.guards))
    other = draw(st.sampled_from(profile.guards))
    flags = set(guard.needs) | set(
        draw(st.lists(st.sampled_from([*guard.forbids, *other.needs, "urgent"]), max_size=2))
    )
    flags -= set(draw(st.lists(st.sampled_from([*guard.needs, "none"]), max_size=1)))
    values = dict.fromkeys(
        (*guard.fields, *draw(st.lists(st.sampled_from([*guard.fields, "reason"]), max_size=1))), "字"
    )
    values |= {name: draw(st.sampled_from([*options, "other"])) for name, options in guard.given.items()}
    for name in draw(st.lists(st.sampled_from([*values, "none"]), max_size=1)):
        values.pop(name, None)
    kinds = [*guard.kinds, *draw(st.lists(st.sampled_from(["taken-over", "transfer-approved"]), max_size=2))]
    return Ask(
        action=draw(st.sampled_from([guard.action, guard.action, guard.action, other.action, "refuse"])),
        state=draw(st.sampled_from([*guard.states, *guard.states, *other.states])),
        roles=frozenset(draw(st.lists(st.sampled_from([*guard.roles, *guard.roles, "outsider", "first_receiver"]), max_size=2))),
        person_roles=frozenset(draw(st.lists(st.sampled_from([*guard.persons, "liaison", "leader"]), min_size=1, max_size=2))),
        flags=frozenset(flags), done={kind: draw(st.sampled_from([("a",), ("b",)])) for kind in kinds}, person="a",
        proxy=draw(st.sampled_from([None, None, *guard.proxy, "own_leader"])), given=values,
        body=draw(st.sampled_from([*guard.posts, *guard.posts, "EPB"])),
    )  # fmt: skip


def by_guards(profile, ask):
    try:
        granted = guards.permit(profile, ask)
    except RuleBroken:
        return (False, "", "")
    return (True, granted.to or "", granted.rule)


@pytest.mark.parametrize("name", PROFILES)
@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_rows_and_guards_agree(name, data):
    ask = data.draw(asks(PROFILES[name]))
    found = judge(COMPILED[name], ask)
    told = by_guards(PROFILES[name], ask)
    assert (found.allowed, found.to) == told[:2]
    if found.allowed:
        assert found.rule == told[2]


def test_the_requests_are_worth_asking():
    """Of the requests drawn a fair part is allowed and a fair part refused."""
    counts = {True: 0, False: 0}

    @settings(max_examples=400, deadline=None, database=None)
    @given(ask=asks(PROFILES["M1"]))
    def count(ask):
        counts[judge(COMPILED["M1"], ask).allowed] += 1

    count()
    assert min(counts.values()) > 20, counts


def test_rows_are_plain_words_and_named_by_their_content():
    rows = COMPILED["M1"]
    again = msgspec.json.decode(msgspec.json.encode(rows.rows), type=tuple[GuardRow, ...])
    assert again == rows.rows
    assert compile_guards(PROFILES["M1"]).digest == rows.digest
    assert len({r.digest for r in COMPILED.values()}) == 3
    assert all(row.rule for row in rows.rows)
