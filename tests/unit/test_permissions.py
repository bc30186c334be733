"""Every action asked as every role in every state: only what the table says is allowed, and every refusal has words in both languages."""

import itertools
import re
from functools import cache

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Ask
from liaison_app.mechanism import guards
from liaison_app.mechanism.profile import load_profile
from liaison_app.words.errors import SENTENCES, told

ROLES = ("first_receiver", "addressee", "acceptor", "outsider", "lead", "assistant")
OFFICES = ((), ("liaison",), ("leader",), ("duty",), ("administrator",))
HOLE = re.compile(r"\{\w*\}|None")
HAN = re.compile("[\u4e00-\u9fff]")


@cache
def profile_of(name):
    return load_profile(name)


def seats(profile, action):
    """Return who may ask: a body in each role on the case, and the bodies of posts that some guard names."""
    posts = sorted({post for guard in profile.guards if guard.action == action for post in guard.posts})
    other = next(p.id for p in profile.posts if p.id not in posts)
    yield from ((other, frozenset({role})) for role in ROLES)
    yield other, frozenset()
    yield from ((post, frozenset()) for post in posts)


def table_allows(profile, ask):
    """Read the table anew, without the program's own reading of it."""
    for ban in profile.forbidden:
        if ban.action == ask.action and (
            not ban.roles or (set(ban.roles) & ask.roles and "first_receiver" not in ask.roles)
        ):
            return False
    for guard in profile.guards:
        fits = (
            guard.action == ask.action
            and all(ask.given.get(name) in values for name, values in guard.given.items())
            and ("*" in guard.states or ask.state in guard.states)
            and (not (guard.roles or guard.posts) or set(guard.roles) & ask.roles or ask.body in guard.posts)
            and (not guard.persons or set(guard.persons) & ask.person_roles)
            and (ask.proxy is None or ask.proxy in guard.proxy)
            and set(guard.needs) <= ask.flags
            and not set(guard.forbids) & ask.flags
            and set(guard.kinds) <= set(ask.done)
            and not any(ask.person in ask.done.get(kind, ()) for kind in guard.not_actor_of)
            and all(ask.given.get(name) not in (None, "", [], {}) for name in guard.fields)
        )
        if fits:
            return True
    return False


@pytest.mark.parametrize("name", ["M1", "M2", "M4"])
def test_every_action_as_every_role_in_every_state(name):
    profile = profile_of(name)
    states = [state.code for state in profile.states]
    asked = allowed = 0
    refusals = {}
    for action in sorted({guard.action for guard in profile.guards} | {"burn-the-file"}):
        mine = [guard for guard in profile.guards if guard.action == action]
        flags = [
            frozenset(),
            *{frozenset(guard.needs) for guard in mine},
            *{frozenset(guard.needs) | frozenset(guard.forbids) for guard in mine},
        ]
        plain = next(
            (o.code for o in profile.outcomes if not o.limit), "?"
        )  # what ends an ordinary case; dates: test_rows.py
        fields = {field: plain if field == "outcome" else "?" for guard in mine for field in guard.fields}
        givens = [{}, *({**fields, **{k: v[0] for k, v in guard.given.items()}} for guard in mine[:3])]
        kinds = {kind for guard in mine for kind in (*guard.kinds, *guard.not_actor_of)}
        done = [dict.fromkeys(kinds, ("p-other",)), dict.fromkeys(kinds, ("p-me",))] if kinds else [{}]
        unique = [dict(pairs) for pairs in {tuple(sorted(given.items())) for given in givens}]
        for state, (body, roles), office, words, given, earlier in itertools.product(
            states, seats(profile, action), OFFICES, set(flags[:7]), unique, done
        ):
            ask = Ask(
                action=action, state=state, roles=roles, person_roles=frozenset(office), flags=words, done=earlier, person="p-me",
                proxy=None, given=given, body=body,
            )  # fmt: skip
            asked += 1
            try:
                guards.permit(profile, ask)
            except RuleBroken as refused:
                assert not table_allows(profile, ask), ask
                refusals.setdefault(refused.code, refused.facts)
            else:
                allowed += 1
                assert table_allows(profile, ask), ask
    assert asked > 20_000
    assert allowed > 500
    assert {"action_unknown", "not_in_this_state", "not_your_office", "field_missing"} <= set(refusals)
    assert set(refusals) - set(SENTENCES) == set()
    for code, facts in refusals.items():
        zh, en = told(code, facts, "zh_CN"), told(code, facts, "en")
        assert HAN.search(zh), (code, zh)
        assert not HOLE.search(zh), (code, zh)
        assert not HOLE.search(en), (code, en)
        assert not HAN.search(en), (code, en)
