"""Numbers of cases and papers, taken in the transaction of the act that carries them (COM-03, OFFICE A5).

A desk alone counts for itself. A member takes from blocks that the shared database leased to it, so that two desks of
one body never give the same number while they do not see each other.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from liaison_app.desk.rules import DeskRules
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china
from liaison_app.mechanism.compiling_papers import sign
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.mechanism.schema import Profile
from liaison_app.store import desk_tables as small
from liaison_app.store import leasing, queries

BLOCKS: Final = {"case": 200, "slip": 100, "acceptance": 100, "record": 50, "entered": 20}
"""How many numbers a member leases of each kind at a time; half gone, it asks for the next block. All kinds of records share one."""
ENTERED: Final = "entered"
"""What this desk numbers for bodies that have no desk and so no block (OFFICE A2): whatever is entered 代录 for them."""
PAPER_BLOCK: Final = 20
PAPER: Final = "paper-"
"""What the kind of number of an issued paper begins with."""


def blocks_of(profile: Profile) -> dict[str, int]:
    """Return the blocks that a member leases: those of every desk, and one for each paper that takes a number of ours."""
    ours = [d.kind for d in profile.documents if d.numbered == "ours" and not d.number_source]
    return {**BLOCKS, **{f"{PAPER}{kind}": PAPER_BLOCK for kind in ours}}


class Numbers:
    """Numbers in the act's own transaction; ``kept`` are those that the act carries already."""

    def __init__(self, connection: Connection, rules: DeskRules, kept: Sequence[tuple[str, str]] = ()) -> None:
        self._connection, self._rules, self._kept = connection, rules, list(kept)
        self._taken: list[tuple[str, str]] = []

    def take(self, kind: str, body: str, at: str) -> str:
        """Return the next number of a kind: case, slip, acceptance, or ``record/`` with a kind of ledger record. Raise RuleBroken ``numbers_spent``."""
        number = next((n for k, n in self._kept if k == kind), None)
        if number is not None:
            self._kept.remove((kind, number))
        else:
            number = self._next(kind, body, at)
        self._taken.append((kind, number))
        return number

    def given(self, kind: str, number: str) -> None:
        """Check a typed number. Raise RuleBroken ``number_double``."""
        if queries.rows(self._connection, queries.PAPER_NUMBER, words=f'"number":"{number}"'.encode()):
            raise RuleBroken("number_double", field="number", value=number)

    def taken(self) -> list[tuple[str, str]]:
        """Return the numbers taken since it was last asked."""
        found, self._taken = self._taken, []
        return found

    def _next(self, kind: str, body: str, at: str) -> str:
        day = china(at)
        name = self._short(body)
        if kind == "case":
            code = f"{self._rules.roster.district[:1]}{name}"  # a body's own 机关代字: a citizen reads it on his letter
            return f"{code}-{day:%Y%m%d}-{self._count(body, f'case-{day:%m%d}', kind, day.year):04d}"
        if self._rules.founding == "member" and (by := self._entering(body)):
            n, name = self._count(by, ENTERED, ENTERED, day.year), f"{name}（{self._short(by)}代录）"
        else:
            n = self._count(body, kind, kind, day.year)
        if kind.startswith("record/"):
            found = kinds_of(self._rules.profile, self._rules.settings).get(kind.partition("/")[2])
            return f"{name}{found.word or found.zh if found else kind}〔{day.year}〕{n}号"
        if kind.startswith(PAPER):
            word = next(d.word for d in self._rules.profile.documents if d.kind == kind.removeprefix(PAPER))
            return f"{self._rules.roster.district[:1]}{name}{word}〔{day.year}〕{n}号"
        word = {"slip": "移", "acceptance": "受"}[kind]
        return f"{self._rules.roster.district[:1]}{name}{word}〔{day.year}〕{n}号"

    def _short(self, body: str) -> str:
        post = self._rules.post(body)
        return sign(post) if post else body

    def _entering(self, body: str) -> str:
        """Return the body of this desk when numbers are asked for another one, to which nothing is leased here; else nothing."""
        leased = {one for one, _kind, _year in leasing.leased_left(self._connection)}
        return "" if body in leased else next(iter(sorted(leased)), "")

    def _count(self, body: str, counter: str, kind: str, year: int) -> int:
        if self._rules.founding != "member":
            return small.take_number(self._connection, body, counter, year)
        n = leasing.take_leased(self._connection, body, kind.partition("/")[0], year)
        if n is None:
            raise RuleBroken("numbers_spent", number_kind=kind, year=year)
        return n
