"""The rows in PostgreSQL give the verdicts of the desk: judge, effects, derived flags and roles, over random asks and walks."""

import os

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_app.domain.events import ENCODER, kind_of
from liaison_app.domain.rules import Ask
from liaison_app.domain.yields import FORBIDS, inner_kinds, yields
from liaison_app.mechanism.compiling import judge
from liaison_app.mechanism.effects import Board, Line
from liaison_app.sync import rows, server
from tests.sync.acting import Author, Hands
from tests.unit.test_compiling import COMPILED, PROFILES, asks, by_guards
from tests.walking import seeds, start

US = "\x1f"
EXAMPLES = int(os.environ.get("LIAISON_ROWS_EXAMPLES", "25"))
"""Forty asks each."""
JUDGE = """
WITH asked AS (SELECT a, i, %(p)s || E'\\x1f' || (a->>'action') AS key, ld.guard_rows(ARRAY[%(p)s], ARRAY[a->>'action']) AS rows
    FROM jsonb_array_elements(%(asks)s::jsonb) WITH ORDINALITY u(a, i)),
judged AS (SELECT rows, i, ld.judge(rows, CASE WHEN rows <> '{}' THEN 1 END, key, a->>'state', ARRAY(SELECT jsonb_array_elements_text(a->'roles')), a->>'body',
    ARRAY(SELECT jsonb_array_elements_text(a->'person_roles')), a->>'proxy', ARRAY(SELECT jsonb_array_elements_text(a->'flags')),
    ARRAY(SELECT jsonb_array_elements_text(a->'done')), a->>'person', a->'given') AS k FROM asked)
SELECT k > 0, CASE WHEN k > 0 THEN (rows[k]).to_state ELSE '' END, coalesce((rows[abs(k)]).rule, '') FROM judged ORDER BY i
"""


@pytest.fixture(scope="module")
def boss(shared_district):
    with shared_district.boss() as connection:
        with server.as_tables(connection):
            for profile in PROFILES.values():
                rows.load(connection, profile)
        yield connection


def told(ask):
    done = list(ask.done) + [f"{k}{US}{p}" for k, people in ask.done.items() for p in people]
    plain = msgspec.to_builtins(msgspec.structs.replace(ask, done={}))
    return {**plain, "done": done}


def judged(boss, profile, asked):
    asks = msgspec.json.encode([told(a) for a in asked]).decode()
    found = boss.execute(JUDGE, {"p": PROFILES[profile].version(), "asks": asks})
    return [(allowed, to, rule) for allowed, to, rule in found.fetchall()]


@pytest.mark.parametrize("name", PROFILES)
def test_postgresql_judges_as_the_desk_does(name, boss):
    """Thousands of asks near a guard of the profile, with and without proxy: SQL, compiled rows and guards agree."""
    counts = {"asked": 0, "allowed": 0, "proxy": 0, "proxy_allowed": 0}

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(asked=st.lists(asks(PROFILES[name]), min_size=40, max_size=40))
    def compare(asked):
        for ask, found in zip(asked, judged(boss, name, asked), strict=True):
            wanted = judge(COMPILED[name], ask)
            assert found == (wanted.allowed, wanted.to, wanted.rule), ask
            assert by_guards(PROFILES[name], ask)[:2] == found[:2], ask
            counts["asked"] += 1
            counts["allowed"] += found[0]
            counts["proxy"] += ask.proxy is not None
            counts["proxy_allowed"] += found[0] and ask.proxy is not None

    compare()
    print(name, counts)
    assert counts["asked"] >= 40 * EXAMPLES
    assert counts["allowed"] and counts["proxy_allowed"], counts


@pytest.mark.parametrize(("outcome", "limit", "allowed"), [
    ("solved", None, True), ("no_conditions_yet", None, False), ("no_conditions_yet", "2027-03-01T18:00:00+08:00", True),
    ("solved", "2027-03-01T18:00:00+08:00", True), ("invented", None, False), (None, None, False),
])  # fmt: skip
def test_an_end_that_promises_a_date_is_taken_with_it_only(boss, outcome, limit, allowed):
    """M1-ARC-03: the date by which it will be solved; desk, compiled rows and database ask for it alike."""
    given = {k: v for k, v in {"outcome": outcome, "limit": limit}.items() if v}
    ask = Ask(
        action="close", state="REV", roles=frozenset({"acceptor"}), person_roles=frozenset({"liaison"}), person="p-a", body="EPB",
        flags=frozenset({"fed_back", "revisited"}), done={}, proxy=None, given=given,
    )  # fmt: skip
    assert judge(COMPILED["M1"], ask).allowed is by_guards(PROFILES["M1"], ask)[0] is allowed
    assert judged(boss, "M1", [ask])[0][0] is allowed


def line_of(happened):
    stored = msgspec.json.decode(ENCODER.encode(happened.stamped))
    return Line(
        kind=kind_of(happened.stamped.event), data=stored["event"], matter=stored.get("matter", 1),
        acting=stored.get("proxy_body") or happened.body, person=happened.person, act=happened.act_id,
    )  # fmt: skip


@pytest.mark.parametrize("name", PROFILES)
def test_postgresql_folds_what_events_do_as_the_table_says(name, boss, shared_district):
    """Random walks of each mechanism: the words, the flags and the roles that SQL folds are those of Board."""
    table, version = COMPILED[name].effects, PROFILES[name].version()
    hands = Hands(None, name)
    events = bodies = 0
    for _, dice in seeds(900, 12):
        walk = Walked(hands, dice)
        start(walk)
        for _ in range(40):
            walk.step()
        board, words = Board(table), []
        for happened in walk.happened:
            line = line_of(happened)
            board.take(line)
            words = boss.execute(
                "SELECT coalesce((SELECT ld.stepped(%s::text[], s[1]) FROM ld.steps(ARRAY[1],ARRAY[%s],ARRAY[jsonb_build_object('event',%s::jsonb,"
                "'matter',%s::int)],ARRAY[%s],ARRAY[%s],ARRAY[%s],ARRAY[%s]) s WHERE (s[1]).sets IS NOT NULL), %s::text[])",
                (words, line.kind, msgspec.json.encode(line.data).decode(), line.matter, version, line.acting, line.person, line.act, words),
            ).fetchone()[0]  # fmt: skip
            assert set(words) == {f"{m}{US}{h}{US}{w}" for m, h, w in board.words}, (name, line)
            events += 1
        joiners = boss.execute(
            "SELECT ld.joiners(profile,role_words,%s,%s,'{}') FROM ld.profile WHERE profile=%s",
            (words, board.matters, version),
        ).fetchone()[0]
        assert set(joiners) == {
            p.id for p in PROFILES[name].posts
            if any(board.roles(m, p.id) != {"outsider"} for m in range(1, board.matters + 1))
        }  # fmt: skip
        everybody = sorted(p.id for p in PROFILES[name].posts)
        leavers = boss.execute("SELECT ld.leavers(%s,%s,%s,%s,%s)", (version, words, board.matters, everybody, everybody[0])).fetchone()[0]  # fmt: skip
        assert set(leavers) == set(everybody[1:]) - set(joiners), "who has no role and did not receive it first"
        for body in [*sorted(walk.case.bodies()), "NOBODY"]:
            for matter in range(1, board.matters + 1):
                seen, flags, roles = boss.execute(
                    "SELECT s, ld.derived_from(%(p)s,'flag',s), ld.derived_from(%(p)s,'role',s) FROM ld.seen(%(w)s,%(m)s,%(b)s) s",
                    {"p": version, "w": words, "m": matter, "b": body},
                ).fetchone()
                assert set(seen) == board.seen(matter, body)
                assert {w for w in seen if w[0] not in "@*"} | set(flags) == board.flags(matter, body)
                assert (set(roles) or {"outsider"}) == board.roles(matter, body)
                bodies += 1
    print(name, "events", events, "views", bodies)
    assert events > 100


class Walked(Author):
    """A walk of which only the events matter: nothing is signed."""

    _take = Author.__mro__[1]._take


@pytest.mark.parametrize("name", PROFILES)
def test_acts_bring_only_the_events_of_their_action(name):
    """What random walks give is listed in ``yields``; every action of a guard is known there."""
    allowed, inner = yields(), set(inner_kinds())
    assert {g.action for g in PROFILES[name].guards} <= set(allowed)
    assert {"note-written", "reply-drafted", "proposal-returned"} <= inner
    assert all(kind in allowed[action] for action, kind in FORBIDS)
    hands = Hands(None, name)
    for _, dice in seeds(50, 10):
        walk = Recorded(hands, dice)
        start(walk)
        for _ in range(40):
            walk.step()
        for action, kind in walk.given:
            assert kind in allowed[action], (action, kind)


class Recorded(Walked):
    """A walk that notes which action gave which event."""

    def _take(self, command, who, *, of_twin=False):
        before = len(self.happened)
        super()._take(command, who, of_twin=of_twin)
        self.given = getattr(self, "given", set())
        if not of_twin:
            self.given |= {(command.__struct_config__.tag, kind_of(h.stamped.event)) for h in self.happened[before:]}
