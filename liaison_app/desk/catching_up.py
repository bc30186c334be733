"""Rows of cases written anew: after each page for a few, after a first synchronisation for thousands, with helpers beside."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from liaison_app.desk.helping import HelperGone, Helpers, Made, made
from liaison_app.desk.projecting import left_rows
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.tallying import drop_cases, postpone, put_cases
from liaison_app.desk.versioning import Versioning
from liaison_app.domain.text import SearchText
from liaison_app.security import keys
from liaison_app.store import desk_tables as small
from liaison_app.store import following, journal, queries
from liaison_app.store.replica import Replica
from liaison_app.store.shared import BEHIND, RECORD
from liaison_app.sync.rounds import CATCH_UP, USED_CATCH_UP


class CatchingUp(Versioning):
    """Implements of :class:`liaison_app.sync.rebase.Decider` what writes rows; every call inside the caller's transaction."""

    def __init__(
        self, replica: Replica, bundle: keys.Bundle, rules: DeskRules, person: str, *, lang: str, now: datetime | None
    ) -> None:
        super().__init__(replica, bundle, rules, person, lang=lang, now=now)
        self._helpers: Helpers | None = None
        self._since: set[str] = set()
        self._next: set[str] = set()
        self._pages = 0
        """What pages changed since the helpers were asked, which cases they are asked for next, how many pages came."""
        self._asked_at = 0
        """In which of the replica's transactions the helpers were asked: if another one came between, what they made may be of
        before it."""

    def project(
        self, connection: Connection, cases: Collection[str], *, unindexed: dict[str, SearchText] | None = None,
        ahead: Collection[str] = (),
    ) -> None:  # fmt: skip
        """Write the rows and the text index of cases and records anew; what has no entries leaves the lists.

        ``unindexed``: collects what the index is to hold instead of writing it; what it held before is taken out.
        ``ahead``: the cases of the next call, which helpers begin to fold; this is then the transaction's last step.
        """
        ready = self._ready(connection, ahead)
        self._project_records(connection, sorted(c.removeprefix(RECORD) for c in cases if c.startswith(RECORD)))
        ids = sorted(c for c in cases if not c.startswith(RECORD))
        rest = [i for i in ids if i not in ready]
        lines = journal.lines_of(connection, rest)
        empty = [i for i in rest if i not in lines]
        drop_cases(self, connection, empty)
        queries.unindex(connection, empty)
        found = [ready[i] if i in ready else made(lines[i], self.rules) for i in ids if i in ready or i in lines]
        self._put(connection, found, unindexed)

    def _put(self, connection: Connection, found: Sequence[Made], unindexed: dict[str, SearchText] | None) -> None:
        if not found:
            return
        gone = following.left_cases(connection)
        put_cases(self, connection, [left_rows(rows) if rows.case_id in gone else rows for rows, _ in found])
        texts = [text for _, text in found]
        if unindexed is None:
            queries.index_case(connection, [text.indexed() for text in texts])
        else:
            queries.unindex(connection, [text.case_id for text in texts])
            unindexed |= {text.case_id: text for text in texts}

    def fold_beside(
        self, connection: Connection, touched: Collection[str], ended: Collection[str], texts: dict[str, SearchText],
        *, most: int, last: bool = False,
    ) -> frozenset[str]:  # fmt: skip
        """Write what helpers made while pages came and give them the next cases; what a page touched since is not written."""
        if self._helpers is None:
            return frozenset()
        self._pages += 1
        self._since |= set(touched)
        self._next = self._next - set(touched) | set(ended)
        found: dict[str, Made] = {}
        try:
            if not last and not self._helpers.answered():
                return frozenset()
            if self._replica.written == self._asked_at + self._pages and self._helpers.goes_by(self.rules):
                found = {i: one for i, one in self._helpers.take().items() if i not in self._since}
            self._helpers.forget()
            self._put(connection, list(found.values()), texts)
            part = [] if last else sorted(self._next)[:most]
            self._next = set() if last else self._next - set(part)
            self._since, self._pages, self._asked_at = set(), 0, self._replica.written
            if part:
                self._helpers.ask(journal.lines_of(connection, part), self.rules, share=False)
        except HelperGone:
            self.end_helpers()
        return frozenset(found)

    def _ready(self, connection: Connection, ahead: Collection[str]) -> dict[str, Made]:
        """Return what the helpers made of the cases they were told of before, if it still holds; tell them of the next."""
        if self._helpers is None:
            return {}
        found: dict[str, Made] = {}
        try:
            if self._replica.written == self._asked_at + 1:
                found = self._helpers.take()
            self._helpers.forget()
            self._asked_at = self._replica.written
            if ids := sorted(c for c in ahead if not c.startswith(RECORD)):
                self._helpers.ask(journal.lines_of(connection, ids), self.rules, share=len(ids) > USED_CATCH_UP)
        except HelperGone:
            self.end_helpers()
        return found

    def begin_helpers(self) -> None:
        """Begin programs that fold beside this one, once."""
        postpone(self)
        if self._helpers is None:
            self._helpers = Helpers.beside()

    def helped(self) -> bool:
        """Return whether the helpers' answer can be taken without waiting."""
        return self._helpers is None or self._helpers.answered()

    def end_helpers(self) -> None:
        """End them; what they were asked for is made here when it is needed."""
        helpers, self._helpers = self._helpers, None
        if helpers is not None:
            helpers.close()

    def index(self, connection: Connection, texts: Sequence[SearchText]) -> None:
        """Write the text index of cases that do not stand in it yet; an own act may have written it meanwhile."""
        newer = queries.indexed(connection, [text.case_id for text in texts])
        queries.index_case(connection, [text.indexed() for text in texts if text.case_id not in newer])

    def catch_up(self) -> None:
        """Write the rows that a long pull put off before the program ended."""
        with self._replica.read() as connection:
            if small.get_meta(connection, BEHIND) is None:
                return
            cases = journal.case_ids(connection) + [RECORD + record for record in journal.record_ids(connection)]
        if len(cases) > 2 * CATCH_UP:
            self.begin_helpers()
        try:
            for i in range(0, len(cases), CATCH_UP):
                with self._replica.write(lasting=False) as connection:
                    self.project(connection, cases[i : i + CATCH_UP], ahead=cases[i + CATCH_UP : i + 2 * CATCH_UP])
        finally:
            self.end_helpers()
        with self._replica.write() as connection:
            small.drop_meta(connection, BEHIND)
