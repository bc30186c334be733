"""Rows of cases written anew: after each page for a few, after a first synchronisation for thousands, with helpers beside."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from liaison_app.desk import views
from liaison_app.desk.helping import HelperGone, Helpers, Made, made
from liaison_app.desk.projecting import left_rows
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.tallying import drop_cases, postpone, put_cases
from liaison_app.desk.versioning import Versioning
from liaison_app.domain.commands import Command
from liaison_app.domain.text import SearchText
from liaison_app.security import keys
from liaison_app.store import desk_tables as small
from liaison_app.store import following, journal, queries
from liaison_app.store.replica import Replica
from liaison_app.store.shared import BEHIND, RECORD, UNREADABLE
from liaison_app.sync.rounds import CATCH_UP, PIECE, USED_CATCH_UP


class CatchingUp(Versioning):
    """Implements of :class:`liaison_app.sync.rebase.Decider` what writes rows; every call inside the caller's transaction."""

    def __init__(
        self, replica: Replica, bundle: keys.Bundle, rules: DeskRules, person: str, *, lang: str, now: datetime | None
    ) -> None:
        super().__init__(replica, bundle, rules, person, lang=lang, now=now)
        self._helpers: Helpers | None = None
        self._next: set[str] = set()
        """Which cases helpers are asked for next."""
        self._taken: dict[str, Made] = {}
        self._folded: dict[str, Made] = {}
        """What helpers made: not looked at yet, and what still holds and waits to be written."""
        self._by = rules
        self._void = False
        """By which rules they make it, and whether what they are at holds no longer."""
        self._changed: set[str] = set()
        self._told: set[int] = set()
        self._looked = 0
        """Cases that changed since they were asked; transactions that told all they changed; up to which one that was looked at."""

    # -- rows in the transaction that changes a case ----------------------------------------------

    def project(
        self, connection: Connection, cases: Collection[str], *, unindexed: dict[str, SearchText] | None = None
    ) -> None:
        """Write the rows and the text index of cases and records anew; what has no entries leaves the lists.

        ``unindexed``: collects what the index is to hold instead of writing it; what it held before is taken out.
        """
        self._note(cases)
        self._write_rows(connection, cases, unindexed)

    def _decide_all(
        self, connection: Connection, items: Sequence[tuple[str | None, Command]]
    ) -> list[views.Outcome]:  # fmt: skip
        outcomes = super()._decide_all(connection, items)
        self._note([case for one in outcomes for case in one.changed])
        return outcomes

    def put_off(self, cases: Collection[str], ended: Collection[str]) -> None:
        """The rows of cases follow later; ``ended``: those that a page left at their end, for helpers to begin with."""
        self._note(cases)
        self._next = self._next - set(cases) | set(ended)

    def _write_rows(
        self, connection: Connection, cases: Collection[str], unindexed: dict[str, SearchText] | None
    ) -> None:
        self._project_records(connection, sorted(c.removeprefix(RECORD) for c in cases if c.startswith(RECORD)))
        ids = sorted(c for c in cases if not c.startswith(RECORD))
        ready = {i: one for i in ids if (one := self._folded.pop(i, None)) is not None}
        rest = [i for i in ids if i not in ready]
        lines = journal.lines_of(connection, rest)
        empty = [i for i in rest if i not in lines]
        found = [(i, ready[i] if i in ready else made(lines[i], self.rules)) for i in ids if i in ready or i in lines]
        unreadable = [i for i, one in found if one is None]
        drop_cases(self, connection, empty + unreadable)
        queries.unindex(connection, empty + unreadable)
        self._put(connection, [one for _, one in found if one is not None], unindexed)
        self._tell_unreadable(connection, ids, unreadable)

    def _tell_unreadable(self, connection: Connection, looked: Sequence[str], unreadable: Sequence[str]) -> None:
        """Keep which cases make none here, so that 同步 says it; what can be read again is taken off."""
        before = set((small.get_meta(connection, UNREADABLE) or "").split())
        now = before - set(looked) | set(unreadable)
        if now != before:
            small.put_meta(connection, UNREADABLE, " ".join(sorted(now)))
            for case in unreadable:
                self.log.note("case_unreadable", case=case)

    def _put(self, connection: Connection, found: Sequence[Made], unindexed: dict[str, SearchText] | None) -> None:
        if not found:
            return
        gone = following.left_cases(connection)
        put_cases(self, connection, [left_rows(rows) if rows.case_id in gone else rows for rows, _ in found])
        texts = [text for _, text in found]
        if unindexed is None:
            queries.index_case(connection, texts)
        else:
            queries.unindex(connection, [text.case_id for text in texts])
            unindexed |= {text.case_id: text for text in texts}

    # -- rows that were put off -------------------------------------------------------------------

    def catch_up_some(
        self, connection: Connection, cases: Sequence[str], texts: dict[str, SearchText] | None, *,
        ahead: Sequence[str] = (), piece: int,
    ) -> list[str]:  # fmt: skip
        """Write the rows of cases that were put off, so many at a time, until an own act waits; return what is left."""
        self.gather()
        self._look()
        self._ask(connection, [c for c in ahead if not c.startswith(RECORD) and c not in self._folded])
        left = list(cases)
        while left:
            part, left = left[:piece], left[piece:]
            self._write_rows(connection, part, texts)
            if self._replica.wanted:
                break
        return left

    def fold_beside(
        self, connection: Connection, texts: dict[str, SearchText], *, most: int, piece: int, last: bool = False
    ) -> frozenset[str]:
        """Write what helpers made while pages came, until an own act waits, and give them the next cases; what changed since
        is not written."""
        if self._helpers is None:
            return frozenset()
        if last or self._helpers.answered():
            self.gather()
        self._look()
        stand: list[str] = []
        while self._folded:
            part = list(islice(self._folded, piece))
            self._put(connection, [self._folded.pop(i) for i in part], texts)
            stand += part
            if self._replica.wanted:
                break
        if self._helpers is not None and not last and not self._folded and self._helpers.answered():
            part = sorted(self._next)[:most]
            self._next -= set(part)
            self._ask(connection, part)
        return frozenset(stand)

    def begin_helpers(self) -> None:
        """Begin programs that fold beside this one, once."""
        postpone(self)
        if self._helpers is None:
            self._helpers = Helpers.beside()

    def helped(self) -> bool:
        """Return whether the helpers' answer can be taken without waiting."""
        return self._helpers is None or self._helpers.answered()

    def gather(self) -> None:
        """Take what helpers made, and make this program's share; waits for them. Needs no transaction."""
        if self._helpers is None:
            return
        try:
            came = self._helpers.take()
        except HelperGone:
            self.end_helpers()
            return
        self._taken |= {} if self._void else came
        self._void = False

    def end_helpers(self) -> None:
        """End them; what they were asked for is made here when it is needed."""
        helpers, self._helpers = self._helpers, None
        for kept in (self._next, self._taken, self._folded, self._changed, self._told):
            kept.clear()
        if helpers is not None:
            helpers.close()

    def _ask(self, connection: Connection, cases: Sequence[str]) -> None:
        """Let the helpers begin with cases as they stand now."""
        if self._helpers is None or not cases:
            return
        self._changed, self._by = set(), self.rules
        try:
            self._helpers.ask(journal.lines_of(connection, cases), self.rules, share=len(cases) > USED_CATCH_UP)
        except HelperGone:
            self.end_helpers()

    def _note(self, cases: Collection[str]) -> None:
        """These are all cases that change in the transaction under way, or up to now: what was made of them no longer holds."""
        if self._helpers is None:
            return
        self._changed |= set(cases)
        for case in cases:
            self._folded.pop(case, None)
        self._told.add(self._replica.written)

    def _look(self) -> None:
        """Let go of what was made before a transaction that did not tell what it changed, or by other rules."""
        silent = any(n not in self._told for n in range(self._looked + 1, self._replica.written))
        if silent or self._by is not self.rules:
            self._taken.clear()
            self._folded.clear()
            self._void = self._helpers is not None and self._helpers.asked
        self._looked = self._replica.written
        self._told.clear()
        self._folded |= {i: one for i, one in self._taken.items() if i not in self._changed}
        self._taken.clear()

    def index(self, connection: Connection, texts: Sequence[SearchText]) -> None:
        """Write the text index of cases that do not stand in it yet; an own act may have written it meanwhile."""
        newer = queries.indexed(connection, [text.case_id for text in texts])
        queries.index_case(connection, [text for text in texts if text.case_id not in newer])

    def catch_up(self) -> None:
        """Write the rows that a long pull put off before the program ended."""
        with self._replica.read() as connection:
            if small.get_meta(connection, BEHIND) is None:
                return
            cases = journal.case_ids(connection) + [RECORD + record for record in journal.record_ids(connection)]
        if len(cases) > 2 * CATCH_UP:
            self.begin_helpers()
        try:
            while cases:
                part, cases = cases[:CATCH_UP], cases[CATCH_UP:]
                self.gather()
                with self._replica.write(lasting=False) as connection:
                    left = self.catch_up_some(connection, part, None, ahead=cases[:CATCH_UP], piece=PIECE)
                cases = left + cases
        finally:
            self.end_helpers()
        with self._replica.write() as connection:
            small.drop_meta(connection, BEHIND)
