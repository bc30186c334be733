"""One compiler turns a profile's guards into rows of a closed form; desk and shared database judge by the same rows.

A row is plain data: lists of words and one table of given values. Judging is set algebra only (subset, overlap,
membership), so that the same verdict can be had by array operators of a database.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from liaison_app.domain.rules import Ask
from liaison_app.mechanism.compiling_papers import PaperRow, SignRow, compile_papers, compile_signs
from liaison_app.mechanism.compiling_records import KindRow, compile_records
from liaison_app.mechanism.effects import Effects, effects_of
from liaison_app.mechanism.guards import judged
from liaison_app.mechanism.schema import Profile


class GuardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the transition table as it is stored: ``n`` is its rank, the first row that holds decides."""

    n: int
    action: str
    states: tuple[str, ...]
    roles: tuple[str, ...]
    posts: tuple[str, ...]
    persons: tuple[str, ...]
    proxy: tuple[str, ...]
    needs: tuple[str, ...]
    forbids: tuple[str, ...]
    kinds: tuple[str, ...]
    not_actor_of: tuple[str, ...]
    fields: tuple[str, ...]
    given: tuple[tuple[str, tuple[str, ...]], ...]
    to: str
    rule: str
    banned: bool = False


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one profile version, with the digest by which acts and database name them.

    ``effects`` says which flags and roles the events of a case leave, so that whoever judges needs no word of the desk
    for them; what it cannot say is listed there as claimed.
    """

    profile: str
    digest: str
    rows: tuple[GuardRow, ...]
    effects: Effects
    records: list[KindRow]
    papers: tuple[PaperRow, ...] = ()
    signs: tuple[SignRow, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """Whether a row allows the act, where it leads and by which rule."""

    allowed: bool
    to: str = ""
    rule: str = ""


def compile_guards(profile: Profile) -> Rows:
    """Return the rows of a profile: bans first, then the guards in their order."""
    rows = [
        _row(n, ban.action, ban.rule, roles=ban.roles, banned=True, states=["*"])
        for n, ban in enumerate(profile.forbidden)
    ]  # fmt: skip
    for guard in judged(profile):
        given = tuple(sorted((name, tuple(map(_word, values))) for name, values in guard.given.items()))
        rows.append(
            GuardRow(
                n=len(rows), action=guard.action, states=tuple(guard.states), roles=tuple(guard.roles),
                posts=tuple(guard.posts), persons=tuple(guard.persons), proxy=tuple(guard.proxy),
                needs=tuple(guard.needs), forbids=tuple(guard.forbids), kinds=tuple(guard.kinds),
                not_actor_of=tuple(guard.not_actor_of), fields=tuple(guard.fields), given=given, to=guard.to,
                rule=guard.rule,
            )
        )  # fmt: skip
    effects = effects_of(profile)
    records = compile_records(profile)
    papers, signs = compile_papers(profile), compile_signs(profile)
    digest = hashlib.sha256(msgspec.json.encode((rows, effects, records, papers, signs))).hexdigest()
    return Rows(
        profile=profile.version(), digest=digest, rows=tuple(rows), effects=effects, records=records, papers=papers,
        signs=signs,
    )  # fmt: skip


def _row(n: int, action: str, rule: str, *, roles: Iterable[str], banned: bool, states: Iterable[str]) -> GuardRow:
    return GuardRow(
        n=n, action=action, states=tuple(states), roles=tuple(roles), posts=(), persons=(), proxy=(), needs=(), forbids=(),
        kinds=(), not_actor_of=(), fields=(), given=(), to="", rule=rule, banned=banned,
    )  # fmt: skip


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def judge(rows: Rows, ask: Ask) -> Verdict:
    """Return the verdict of the rows on a request to act."""
    said = {name for name, value in ask.given.items() if value not in (None, "", [], {})}
    words = {name: _word(value) for name, value in ask.given.items()}
    for row in rows.rows:
        if row.action != ask.action:
            continue
        if row.banned:
            if not row.roles or (set(row.roles) & ask.roles and "first_receiver" not in ask.roles):
                return Verdict(False, rule=row.rule)
            continue
        if _holds(row, ask, said, words):
            return Verdict(True, row.to, row.rule)
    return Verdict(False)


def _holds(row: GuardRow, ask: Ask, said: set[str], words: dict[str, str]) -> bool:
    anybody = not row.roles and not row.posts
    actors = [person for kind in row.not_actor_of for person in ask.done.get(kind, ())]
    return (
        (row.states == ("*",) or ask.state in row.states)
        and (anybody or bool(set(row.roles) & ask.roles) or ask.body in row.posts)
        and (not row.persons or bool(set(row.persons) & ask.person_roles))
        and (ask.proxy is None or ask.proxy in row.proxy)
        and set(row.needs) <= ask.flags
        and not set(row.forbids) & ask.flags
        and set(row.kinds) <= set(ask.done)
        and ask.person not in actors
        and set(row.fields) <= said
        and all(words.get(name) in values for name, values in row.given)
    )
