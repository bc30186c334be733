"""Keeps the sums of figures up to date: with every change of a case, with time, and anew when formulas change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from liaison_app.desk.rules import DeskRules
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.countable import DECODER
from liaison_app.mechanism.tallying import Cell, Part, Spot, Tally, mark_of
from liaison_app.store import projections, tallies

if TYPE_CHECKING:
    from liaison_app.desk.deciding import Deciding

BATCH: Final = 500
"""So many cases of which a limit ran out are added up anew in one transaction: an own act waits at most for one."""
ANEW: Final = 2000
"""So many are added up at a time when sums are made anew: reckoned beside, written in one short transaction."""
Progress = Callable[[int, int], bool]
"""Told how many cases of how many are done; returning False stops, and the next time goes on from there."""
Facts = Mapping[str, tuple[bytes, str]]
_KEPT: dict[tuple[int, int, str], tuple[DeskRules, Tally]] = {}


def only_of(desk: "Deciding") -> str:
    """Return the body whose figures alone the desk of a department counts (本单位); '' where the whole district is read."""
    body = desk._person.body
    watches = any(body in guard.posts for guard in desk.rules.profile.guards)
    return "" if watches or desk.rules.founding != "member" else body


def tally_of(desk: "Deciding") -> Tally:
    """Return what adds up by the rules of today; the same for the same rules."""
    rules, only = desk.rules, only_of(desk)
    key = (id(rules.profile), id(rules.settings), only)
    kept = _KEPT.get(key)
    if kept is None or kept[0].profile is not rules.profile or kept[0].settings is not rules.settings:
        if len(_KEPT) >= 16:
            _KEPT.clear()
        kept = _KEPT[key] = (rules, Tally(rules.profile, rules.settings, only))
    return kept[1]


def put_cases(
    desk: "Deciding", connection: Connection, rows: Sequence[projections.CaseRows], *, fresh: bool = False
) -> None:
    """Write the rows of cases, and what changes by them in the sums of figures."""
    old = {} if fresh else tallies.facts_of(connection, [r.case_id for r in rows])
    projections.put(connection, rows, fresh=fresh)
    _change(desk, connection, old, {r.case_id: r.count[3] for r in rows})


def drop_cases(desk: "Deciding", connection: Connection, case_ids: Sequence[str]) -> None:
    """Remove the rows of cases that have no entries any more, and their part of the sums."""
    if not case_ids:
        return
    old = tallies.facts_of(connection, case_ids)
    projections.drop(connection, case_ids)
    _change(desk, connection, old, {})


def _change(desk: "Deciding", connection: Connection, old: Facts, new: Mapping[str, bytes]) -> None:
    tally = tally_of(desk)
    form, at = tallies.state(connection)
    if form != tally.form:
        return  # they are made anew before figures are shown
    cut = stamp(desk.now())
    changed = [i for i in {*old, *new} if i <= at and (i not in old or i not in new or old[i][0] != new[i])]
    before = {
        i: tally.kept(i, *old[i]) or tally.part(DECODER.decode(old[i][0]), old[i][1]) for i in changed if i in old
    }
    after = {i: tally.part(DECODER.decode(new[i]), cut) for i in changed if i in new}
    for case, part in after.items():
        tally.keep(case, new[case], part)
    write(connection, tally, before, after)


def write(
    connection: Connection, tally: Tally, before: Mapping[str, Part], after: Mapping[str, Part], *, anew: bool = False
) -> None:
    """Write the difference between what cases added before and what they add now.

    ``anew``: places complained of again, and cells that came to nothing, are seen to when all cases are in.
    """
    cells: dict[Cell, list[int]] = defaultdict(lambda: [0, 0, 0])
    for sign, parts in ((-1, before), (1, after)):
        for part in parts.values():
            for cell, (a, b, c) in part.cells.items():
                sums = cells[cell]
                sums[0] += sign * a
                sums[1] += sign * b
                sums[2] += sign * c
    tallies.add(connection, cells, sweep=not anew)
    none = Part({}, frozenset(), frozenset(), "", "")
    pairs = [(before.get(i, none), after.get(i, none)) for i in {*before, *after}]
    tallies.change_hits(
        connection, [h for b, a in pairs for h in b.hits - a.hits], [h for b, a in pairs for h in a.hits - b.hits]
    )
    gone, come = [s for b, a in pairs for s in b.spots - a.spots], [s for b, a in pairs for s in a.spots - b.spots]
    if gone or come:
        tallies.change_spots(connection, gone, come)
        if not anew:
            _places(connection, tally, gone, come)
    tallies.turn(
        connection, [(i, part.turned, part.ripens) for i, part in after.items()], [i for i in before if i not in after]
    )


def _places(connection: Connection, tally: Tally, went: Sequence[Spot], came: Sequence[Spot]) -> None:
    """Find anew whether places are complained of again, in the periods that these complaints touch."""
    moments: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for n, kind, key, at, _, _ in [*went, *came]:
        moments[n, kind, key].append(at)
    left = {spot[:3] for spot in went}
    gone: list[tuple[object, ...]] = []
    come: list[tuple[object, ...]] = []
    for (n, kind, key), mine in moments.items():
        calls = tallies.calls_at(connection, n, kind, key)
        if len(calls) < tally.least(n) and (n, kind, key) not in left:
            continue
        plain = [(at, case) for at, case, _ in calls]
        words = calls[-1][2] if calls else ""
        for one, spans in tally.touched(n, mine).items():
            for span in spans:
                gone.append((one, span, kind, key))
                behind = tally.alike(one, span, plain)
                if behind:
                    come.append((one, span, kind, key, len(behind), mark_of(behind), words))
    tallies.put_places(connection, gone, come)


def adopt(desk: "Deciding") -> None:
    """Take an empty desk's sums as made: everything that comes is added from the first case on."""
    with desk._replica.read() as connection:
        if tallies.state(connection)[0] or tallies.any_case(connection) or desk._replica.archived:
            return
    with desk._replica.write() as connection:
        tallies.begin(connection, tally_of(desk).form, tallies.END)


def postpone(desk: "Deciding") -> None:
    """Let an empty desk that is about to take many cases add them up when figures are first asked for."""
    with desk._replica.read() as connection:
        if not tallies.state(connection)[0] or tallies.any_case(connection):
            return
    with desk._replica.write() as connection:
        tallies.begin(connection, "")


def ready(desk: "Deciding", cut: str) -> bool:
    """Return whether the sums say what is known at a moment."""
    with desk._replica.read() as connection:
        if tallies.state(connection) != (tally_of(desk).form, tallies.END):
            return False
        return not tallies.stale(connection, cut, 1)


def bring_up(desk: "Deciding", cut: str, progress: Progress | None = None) -> bool:
    """Bring the sums up to a moment, in small transactions; return whether they are. Stopped or killed it goes on later."""
    tally = tally_of(desk)
    done = 0
    while not ready(desk, cut):
        with desk._replica.read() as connection:
            form, at = tallies.state(connection)
        if form != tally.form:
            with desk._replica.write(lasting=False) as connection:
                tallies.begin(connection, tally.form)
            continue
        if at != tallies.END:
            more = _places_anew(desk, tally, at) if at.startswith(tallies.PLACES) else _anew(desk, tally, at, cut)
        else:
            more = _ripened(desk, tally, cut)
            if not more:
                return True  # another desk's clock is ahead of this one's
        done += more
        if progress is not None and more:
            with desk._replica.read() as connection:
                left = tallies.how_many(connection, tallies.state(connection)[1], cut)
            if not progress(done, done + left):
                return False
    return True


def _anew(desk: "Deciding", tally: Tally, at: str, cut: str) -> int:
    """Add up the next cases in the order of their ids; return how many. What changed while they were reckoned is reckoned anew."""
    with desk._replica.read() as connection:
        seen = dict(tallies.after(connection, at, ANEW))
    parts = {i: tally.part(DECODER.decode(facts), cut) for i, facts in seen.items()}
    last = next(reversed(seen)) if len(seen) == ANEW else tallies.PLACES
    with desk._replica.write(lasting=False) as connection:
        if tallies.state(connection) != (tally.form, at):
            return 0  # somebody else went on meanwhile
        stands = dict(tallies.between(connection, at, last))
        fresh = {i: tally.part(DECODER.decode(f), cut) for i, f in stands.items() if seen.get(i) != f}
        write(connection, tally, {}, {i: fresh.get(i) or parts[i] for i in stands}, anew=True)
        if last == tallies.PLACES:
            tallies.sweep(connection)
        tallies.reached(connection, last)
    return len(stands)


def _places_anew(desk: "Deciding", tally: Tally, at: str) -> int:
    """Find the next places that are complained of again, when every case is in; return 0: they are no cases."""
    with desk._replica.write(lasting=False) as connection:
        if tallies.state(connection) != (tally.form, at):
            return 0
        found = tallies.repeated(connection, at, min(map(tally.least, tally.places), default=1), BATCH)
        spots = [(*one, *call) for one in found for call in tallies.calls_at(connection, *one)]
        _places(connection, tally, [], spots)
        tallies.reached(connection, tallies.place_mark(*found[-1]) if len(found) == BATCH else tallies.END)
    return 0


def _ripened(desk: "Deciding", tally: Tally, cut: str) -> int:
    """Add up anew cases of which a limit ran out since; return how many, 0 when that changes nothing."""
    with desk._replica.write(lasting=False) as connection:
        ids = tallies.stale(connection, cut, BATCH)
        old = tallies.facts_of(connection, ids)
        things = {i: DECODER.decode(facts) for i, (facts, _) in old.items()}
        before = {i: tally.part(thing, old[i][1], timed=True) for i, thing in things.items()}
        now = {i: tally.part(thing, cut, timed=True) for i, thing in things.items()}
        if all(before[i] == part for i, part in now.items()):
            return 0
        write(connection, tally, before, now)
    return len(ids)


def differences(desk: "Deciding") -> tuple[str, ...]:
    """Return where the sums are not what the facts of the cases come to; nothing while they are not made."""
    tally = tally_of(desk)
    with desk._replica.read() as connection:
        form, at = tallies.state(connection)
        if form != tally.form or at != tallies.END:
            return ()
        cells: dict[Cell, list[int]] = defaultdict(lambda: [0, 0, 0])
        hits: set[tuple[object, ...]] = set()
        spots: set[tuple[object, ...]] = set()
        turns: set[tuple[object, ...]] = set()
        place, found = "", tallies.after(connection, "", BATCH)
        while found:
            stored = tallies.facts_of(connection, [i for i, _ in found])
            for case, facts in found:
                part = tally.part(DECODER.decode(facts), stored[case][1])
                for cell, more in part.cells.items():
                    cells[cell] = [a + b for a, b in zip(cells[cell], more, strict=True)]
                hits |= part.hits
                spots |= part.spots
                turns.add((case, part.turned, part.ripens or None))
            place = found[-1][0]
            found = tallies.after(connection, place, BATCH)
        sums = {(*cell, *more) for cell, more in cells.items() if any(more)}
        wanted = {"count_cell": sums, "count_hit": hits, "count_spot": spots, "count_turn": turns}
        wanted["count_place"] = set(_all_places(tally, spots))
        return tuple(
            f"{name} {row}" for name, rows in wanted.items() for row in list(rows ^ tallies.every(connection, name))[:5]
        )


def _all_places(tally: Tally, spots: Iterable[tuple[object, ...]]) -> Iterable[tuple[object, ...]]:
    at: dict[tuple[int, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for n, kind, key, moment, case, words in spots:
        at[int(str(n)), str(kind), str(key)].append((str(moment), str(case), str(words)))
    for (n, kind, key), calls in at.items():
        calls.sort()
        for one, spans in tally.touched(n, [c[0] for c in calls]).items():
            for span in spans:
                if behind := tally.alike(one, span, [c[:2] for c in calls]):
                    yield one, span, kind, key, len(behind), mark_of(behind), calls[-1][2]
