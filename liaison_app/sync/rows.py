"""The rules of a profile version as rows of the shared database: guards, effects, what each action may give."""

from typing import Any

import msgspec
from psycopg import Connection
from psycopg.types.json import Jsonb

from liaison_app.domain.yields import FORBIDS, inner_kinds, yields
from liaison_app.mechanism.compiling import Rows, compile_guards
from liaison_app.mechanism.effects import Effects
from liaison_app.mechanism.schema import Profile


def load(connection: Connection[Any], profile: Profile) -> str:
    """Load a profile version beside the earlier ones; return its name. Loading the same rows again changes nothing."""
    rows = compile_guards(profile)
    put = connection.cursor()
    stands = put.execute("SELECT digest FROM ld.profile WHERE profile=%s", (rows.profile,)).fetchone()
    if stands and stands[0] == rows.digest:
        put.execute("UPDATE ld.profile SET leave_kinds=%s WHERE profile=%s", (_leave_kinds(rows.effects), rows.profile))
        _yields(connection)
        return rows.profile
    for table in ("guard", "effect", "derived", "asked", "record_step", "record_kind", "paper", "sign"):
        put.execute(f"DELETE FROM ld.{table} WHERE profile=%s".encode(), (rows.profile,))
    ends = [s.code for s in profile.states if s.end]
    put.execute(
        "INSERT INTO ld.profile(profile,digest,claimed,stand_ins,ends,role_kinds,leave_kinds,role_words,asked_fields) VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s)"
        " ON CONFLICT (profile) DO UPDATE SET digest=excluded.digest,claimed=excluded.claimed,stand_ins=excluded.stand_ins,"
        "ends=excluded.ends,role_kinds=excluded.role_kinds,leave_kinds=excluded.leave_kinds,role_words=excluded.role_words,asked_fields=excluded.asked_fields,loaded_at=now()",
        (
            rows.profile,
            rows.digest,
            list(rows.effects.claimed),
            profile.stand_ins,
            ends,
            _role_kinds(rows.effects),
            _leave_kinds(rows.effects),
            sorted({n[1:] for role in rows.effects.roles for n in role.needs if n[0] == "@"}),
            sorted({a.field for a in rows.effects.asked if a.field}),
        ),
    )
    put.executemany(
        "INSERT INTO ld.guard VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
        [
            (rows.profile, g.n, g.action, g.banned, *map(list, (g.states, g.roles, g.posts, g.persons, g.proxy, g.needs,
             g.forbids, g.kinds, g.not_actor_of, g.fields)), Jsonb({k: list(v) for k, v in g.given}), g.to, g.rule)
            for g in rows.rows
        ],
    )  # fmt: skip
    put.executemany(
        "INSERT INTO ld.effect VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
        [
            (rows.profile, e.kind, n, e.scope, e.of, Jsonb(_conds(e.when)), *map(list, (e.needs, e.forbids, e.sets, e.clears)))
            for n, e in enumerate(rows.effects.effects)
        ],
    )  # fmt: skip
    both = [("flag", d) for d in rows.effects.flags] + [("role", d) for d in rows.effects.roles]
    put.executemany(
        "INSERT INTO ld.derived VALUES(%s,%s,%s,%s,%s,%s)",
        [(rows.profile, n, what, d.name, list(d.needs), list(d.forbids)) for n, (what, d) in enumerate(both)],
    )
    put.executemany(
        "INSERT INTO ld.asked VALUES(%s,%s,%s,%s,%s,%s,%s)",
        [
            (rows.profile, n, a.flag, a.field, list(a.needs), a.kind, Jsonb(_conds(a.when)))
            for n, a in enumerate(rows.effects.asked)
        ],
    )
    _records(connection, rows)
    _papers(connection, rows)
    _yields(connection)
    return rows.profile


def _records(connection: Connection[Any], rows: Rows) -> None:
    put = connection.cursor()
    put.executemany(
        "INSERT INTO ld.record_kind VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
        [
            (rows.profile, k.kind, k.value, k.setting, k.standard, k.openers, k.receivers, k.office, k.minutes, k.approver,
             k.stand_ins, k.body_fields, Jsonb(k.tables))
            for k in rows.records
        ],
    )  # fmt: skip
    put.executemany(
        "INSERT INTO ld.record_step VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
        [
            (rows.profile, k.kind, k.value, s.n, s.code, s.states, s.to, s.who, s.persons, s.fields, s.personal, s.takes,
             s.takes_personal, s.adds, s.own, s.needs_lines, s.closes, s.all_closed, s.reason, Jsonb(s.whole))
            for k in rows.records
            for s in k.steps
        ],
    )  # fmt: skip


def _papers(connection: Connection[Any], rows: Rows) -> None:
    put = connection.cursor()
    put.executemany(
        "INSERT INTO ld.paper VALUES(%s,%s,%s,%s,%s,%s,%s,%s)",
        [
            (
                rows.profile,
                p.kind,
                p.subject,
                p.numbered,
                p.word,
                list(p.roles),
                list(p.bodies),
                Jsonb(msgspec.to_builtins(p.after)),
            )
            for p in rows.papers
        ],
    )
    put.executemany(
        "INSERT INTO ld.sign VALUES(%s,%s,%s,%s)", [(rows.profile, s.body, list(s.signs), s.others) for s in rows.signs]
    )


def _role_kinds(effects: Effects) -> list[str]:
    """Return the kinds of events after which a body may have come on a case."""
    asked = {need.lstrip("@") for role in effects.roles for need in role.needs}
    return sorted({e.kind for e in effects.effects if {word.lstrip("@") for word in e.sets} & asked})


def _leave_kinds(effects: Effects) -> list[str]:
    """Return the kinds of events after which a body may have no part in a case any more."""
    asked = {need.lstrip("@") for role in effects.roles for need in role.needs}
    return sorted({e.kind for e in effects.effects if {word.lstrip("@*") for word in e.clears} & asked})


def _conds(conds: Any) -> Any:
    return [[c.field, c.op, list(c.words)] for c in msgspec.convert(conds, tuple[Any, ...])]


def _yields(connection: Connection[Any]) -> None:
    put = connection.cursor()
    put.execute("DELETE FROM ld.yield")
    put.execute("DELETE FROM ld.inner_kind")
    put.executemany(
        "INSERT INTO ld.yield VALUES(%s,%s,%s)",
        [(a, k, list(FORBIDS.get((a, k), ()))) for a, kinds in yields().items() for k in kinds],
    )
    put.executemany("INSERT INTO ld.inner_kind VALUES(%s)", [(k,) for k in inner_kinds()])


def watchers(profile: Profile) -> frozenset[str]:
    """Return the bodies that act on cases which are not theirs: what supervision and coordination may read of all.

    Whoever convenes a meeting that is due each period prepares it from the whole district (OFFICE B11).
    """
    posts = {post.id for post in profile.posts}
    convening = {post for m in profile.meetings if m.cadence != "on_request" for post in m.convenor}
    return frozenset(post for guard in profile.guards for post in guard.posts) | (convening & posts)
