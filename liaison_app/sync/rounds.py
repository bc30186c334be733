"""One round with the shared database: pull, push, withdraw, pull again, numbers, attachments (docs/SYNC.md).

Pull never waits for push. Every step ends in one local transaction, so a round may be cut at any byte and begun again.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china
from liaison_app.domain.text import SearchText
from liaison_app.store import desk_tables as small
from liaison_app.store import following, queries, shared, signed
from liaison_app.store.replica import Replica
from liaison_app.sync import rebase
from liaison_app.sync.fetching import Fetcher, after
from liaison_app.sync.items import case_of, continued
from liaison_app.sync.link import Link, LinkLost, LinkRefused
from liaison_app.sync.pushing import BATCH_BYTES, Pushing
from liaison_app.sync.pushing import Round as Round
from liaison_app.sync.pushing import pushed_act as pushed_act
from liaison_app.sync.rebase import Decider
from liaison_app.sync.supplies import Progress as Progress
from liaison_app.sync.supplies import Stopped as Stopped

FIRST_PAGE: Final = 10_000
IDLE_PAGE: Final = 2_000
HELPED: Final = 20_000
"""Entries to come from which on other programs help with the rows of their cases."""
USED_PAGE: Final = 50
"""Entries a page takes when far behind and nobody works at the window, when nobody does, and while somebody does."""
FIRST_CASES: Final = 24
"""Open cases that come ahead of all others: as many as a screen of the first list shows."""
CATCH_UP: Final = 250
USED_CATCH_UP: Final = 4
"""Cases whose rows are written in one transaction after a long pull, and while somebody works at the window."""
PIECE: Final = 50
USED_PIECE: Final = 2
"""So many of them at a time: between two pieces the transaction ends early when an own act waits for it."""
USED_PAUSE: Final = 0.005
"""Seconds between two pages of a long pull while somebody works at the window: the interpreter is his."""
HELPER_LOOK: Final = 0.005
"""So often (seconds) a pull that came to its end looks whether the helpers have answered."""
CHECKED: Final = 2_000
"""Acts whose signatures a round looks at; what a first synchronisation brought is looked at by the rounds after it."""
TURNS: Final = 8
"""How often a round answers an act that is behind with a pull and another push."""


class Rounds(Pushing):
    """Runs rounds between one replica and one line."""

    def __init__(
        self, replica: Replica, decider: Decider, *, body: str, in_use: Callable[[], bool] = lambda: False,
        blocks: Mapping[str, int] | None = None, progress: Progress = lambda what, n, of: None,
        changed: Callable[[set[str]], None] = lambda cases: None, limit: int | None = None,
        turn: AbstractContextManager[bool] | None = None,
    ) -> None:  # fmt: skip
        self._replica, self._decider, self._body = replica, decider, body
        self._in_use, self._blocks, self._progress, self._changed = in_use, blocks or {}, progress, changed
        self._limit, self._turn = limit, turn or threading.Lock()
        self.stop = threading.Event()
        self._offered: set[str] = set()
        self._most = BATCH_BYTES
        self._texts: dict[str, SearchText] = {}
        """What the text index is to hold of cases whose rows stand already."""
        self._standing: frozenset[str] = frozenset()
        """Of the cases that a long pull puts off, those whose rows helpers made meanwhile."""
        self._between: Callable[[], None] = _nothing
        """What is done between two pages, and two transactions behind them, of the pull under way."""
        self._early = True

    def run(self, link: Link, *, hello: bool = False) -> Round:
        """Run one round; ``hello`` asks the server's status first (after each connecting). One at a time on a desk.

        Raises LinkLost, LinkRefused, SyncBroken; whatever was taken before stands.
        """
        with self._turn:
            return self._round(link, hello=hello)

    def _round(self, link: Link, *, hello: bool) -> Round:
        done = Round()
        try:
            self._run(link, done, hello=hello)
        finally:
            self._index()
        return done

    def _run(self, link: Link, done: Round, *, hello: bool) -> None:
        if hello:
            self.greet(link)
            with self._replica.read() as connection:
                points = following.checkpoints(connection).values()
            self._progress("pull", sum(p.pos for p in points), sum(p.head for p in points))
        pulled = hello
        if pulled:  # on a line that has just carried a round, an own act goes first: others wait for it
            self._pull(link, done)
        for _ in range(TURNS):
            behind, begun = self._push(link, done), pulled
            if behind or done.pushed or not pulled:
                self._pull(link, done)
                pulled = True
            if not behind and (begun or not self._waits()):
                break
        self._numbers(link)
        self._files(link)
        self.check_signatures()
        self._early = True
        with self._replica.read() as connection:
            done.waiting = shared.outbox_count(connection)[0]

    def _waits(self) -> bool:
        with self._replica.read() as connection:
            return shared.outbox_count(connection)[0] > 0

    def greet(self, link: Link) -> dict[str, Any]:
        """Ask who we are there: new feeds are followed, another epoch is taken. Raise LinkRefused when revoked."""
        said = link.status()
        with self._replica.read() as connection:
            known = following.checkpoints(connection)
        heads = {str(f["name"]): int(f["head"]) for f in said.get("feeds", ())}
        epoch = str(said["epoch"])
        old = next((p.epoch for p in known.values()), epoch)
        with self._replica.write() as connection:
            if old != epoch:
                following.forget_feeds(connection, epoch)
            following.follow(connection, heads, epoch)
            following.put_heads(connection, heads)
            small.put_meta(connection, "sync.epoch", epoch)
            small.put_meta(connection, "sync.offset", str(self._offset(str(said.get("at") or ""))))
            following.put_newer(connection, bool(said.get("signatures")))
        if said.get("body") is None and "body" in said:
            raise LinkRefused("desk_revoked")
        self._show_key(link, said)
        return said

    def _show_key(self, link: Link, said: Mapping[str, Any]) -> None:
        """Show once with which key the person at work signs; a server of before has no place for it."""
        key = self._decider.shown_key() if said.get("signatures") else None
        if key and any(d["device"] == key.device and not d.get("signed") for d in said.get("devices", ())):
            link.show_key(key)

    def _offset(self, there: str) -> int:
        """Return by how many seconds this desk's clock is ahead of the server's, 0 when it is not said."""
        try:
            return round((china(self._decider.moment()) - china(there)).total_seconds()) if there else 0
        except RuleBroken:
            return 0

    def ahead(self, link: Link, *, limit: int = 200) -> int:
        """Show the open cases before everything else came (first synchronisation); return how many."""
        with self._replica.read() as connection:
            epoch = next(p.epoch for p in following.checkpoints(connection).values())
        count, after, size = 0, "", min(limit, FIRST_CASES)
        while True:
            self._halt()
            items = link.open_cases(epoch, size, after)
            size = limit
            if not items:
                return count
            texts: dict[str, SearchText] = {}
            with self._replica.write() as connection:
                cases = rebase.take_ahead(connection, items, self._decider, texts)
            after = max(case_of(i.stream) or "" for i in items)
            count += len(cases)
            if cases:
                self._changed(set(cases))
            self._progress("ahead", count, count)
            with self._replica.write(lasting=False) as connection:
                self._decider.index(connection, list(texts.values()))

    def check_signatures(self) -> None:
        """Look at the signatures of acts that came; the ones that are not their desks' are kept in mind, and told."""
        with self._replica.read() as connection:
            upto, wrong = signed.look(connection, CHECKED)
        if upto:
            with self._replica.write(lasting=False) as connection:
                signed.keep(connection, upto, wrong)

    # -- pull --------------------------------------------------------------------------------------

    def _pull(self, link: Link, done: Round) -> None:
        later: set[str] = set()
        self._standing = frozenset()
        self._between = partial(self._push_early, link, done)
        try:
            try:
                with Fetcher(link) as fetcher:
                    self._fetch_pages(fetcher, done, later)
            finally:
                self._between = _nothing
                self._catch_up(later)
        finally:
            self._decider.end_helpers()

    def _fetch_pages(self, fetcher: Fetcher, done: Round, later: set[str]) -> None:
        while True:
            self._halt()
            with self._replica.read() as connection:
                points = following.checkpoints(connection)
            if not points:
                raise LinkLost("server_unreachable")
            epoch = next(iter(points.values())).epoch
            left = sum(max(0, p.head - p.pos) for p in points.values())
            far, used = left > 2 * IDLE_PAGE, self._in_use()
            if left > HELPED:
                self._decider.begin_helpers()
            size = self._limit or (USED_PAGE if used else FIRST_PAGE if far else IDLE_PAGE)
            at = {p.feed: p.pos for p in points.values()}
            read = fetcher.page((epoch, at, size), larger=not used)
            page = read.page
            if page.epoch is not None:
                with self._replica.write() as connection:
                    following.forget_feeds(connection, page.epoch)
                continue
            continued(points, page)
            if page.empty:
                self._catch_up(later)
                self.at_head(done)
                return
            more = left > len(page.items)
            if more:
                self._between()
                fetcher.ask((epoch, after(at, page), size))
            with self._replica.write(lasting=False) as connection:
                taken = rebase.take(connection, read, self._decider, later=later if far or later else None)
                stand = self._fold_beside(connection) if later and not used else frozenset[str]()
            if later and used and self._decider.helped():  # a transaction of its own: an own act comes between
                with self._replica.write(lasting=False) as connection:
                    stand = self._fold_beside(connection)
            if taken.erased:
                self._replica.empty_log()
            self._standing = self._standing - taken.cases | stand
            self._tell(done, taken.cases | stand, taken.conflicts)
            done.pulled += taken.items
            if used and far:
                self.stop.wait(USED_PAUSE)
            self._progress(
                "pull", sum(p.pos for p in points.values()) + taken.items, sum(p.head for p in points.values())
            )
            if page.whole and not more:
                self._catch_up(later)
                self.at_head(done)
                return

    def _catch_up(self, later: set[str]) -> None:
        """Write the rows of the cases that a long pull put off, some at a time so that own acts come between."""
        if not later:
            return
        self._await_helpers()
        with self._replica.write(lasting=False) as connection:
            small.put_meta(connection, rebase.UNINDEXED, "1")
            stand = self._fold_beside(connection, last=True)
            waiting = sorted(later - self._standing - stand)
            count, piece = self._pace()
            self._decider.catch_up_some(connection, (), self._texts, ahead=waiting[:count], piece=piece)
            if not waiting:
                small.drop_meta(connection, rebase.BEHIND)
        self._changed(set(stand))
        while waiting:
            self._between()
            count, piece = self._pace()
            part, rest = waiting[:count], waiting[count:]
            if count == USED_CATCH_UP:
                self._await_helpers()
            self._decider.gather()
            with self._replica.write(lasting=False) as connection:
                left = self._decider.catch_up_some(connection, part, self._texts, ahead=rest[:count], piece=piece)
                waiting = left + rest
                if not waiting:
                    small.drop_meta(connection, rebase.BEHIND)
            self._changed(set(part) - set(left))
            if count == USED_CATCH_UP:
                self.stop.wait(USED_PAUSE)
        later.clear()
        self._standing = frozenset()

    def _pace(self) -> tuple[int, int]:
        """Return of how many cases rows are written in one transaction, and how many at a time."""
        return (USED_CATCH_UP, USED_PIECE) if self._in_use() else (CATCH_UP, PIECE)

    def _await_helpers(self) -> None:
        """Wait for the helpers before the write begins, so that an own act need not wait behind it."""
        while not self._decider.helped() and not self.stop.wait(HELPER_LOOK):
            pass

    def _fold_beside(self, connection: Connection, *, last: bool = False) -> frozenset[str]:
        """Write the rows that helpers made while pages came; return of which cases."""
        most, piece = self._pace()
        stand = self._decider.fold_beside(connection, self._texts, most=most, piece=piece, last=last)
        if stand:
            small.put_meta(connection, rebase.UNINDEXED, "1")
        return stand

    def _index(self) -> None:
        """Write the text index of what a long pull brought, behind all else; cut, the next round goes on."""
        with self._replica.read() as connection:
            if small.get_meta(connection, rebase.UNINDEXED) is None:
                return
            waiting = shared.unoffered(connection)
        count = len(self._texts)
        while not self.stop.is_set():
            with self._replica.read() as connection:
                if shared.unoffered(connection) > waiting:
                    return  # an own act of meanwhile goes out first, the next round goes on here
            self._progress("index", count - len(self._texts), count)
            size = USED_CATCH_UP if self._in_use() else CATCH_UP
            part = list(islice(self._texts.values(), size))
            with self._replica.write(lasting=False) as connection:
                if part:
                    self._decider.index(connection, part)
                elif left := queries.unindexed(connection, size):
                    self._decider.project(connection, left)  # an earlier round ended before it had written them
                else:
                    small.drop_meta(connection, rebase.UNINDEXED)
                    return
            for text in part:
                del self._texts[text.case_id]

    def at_head(self, done: Round) -> None:
        """Every feed is read: what a restored server never knew is dropped, own acts on it are decided again."""
        with self._replica.read() as connection:
            left = shared.leftover_cases(connection)
            registers = shared.leftover_registers(connection)
        if registers:
            with self._replica.write() as connection:
                for stream, version in registers:
                    shared.cut_register(connection, stream, version)
                self._decider.registers_changed(connection, {stream for stream, _ in registers})
        if left:
            with self._replica.write() as connection:
                shared.drop_foreign(connection, left)
                conflicts = rebase.rebase_cases(connection, left, self._decider)
            self._tell(done, frozenset(left), tuple(conflicts))


def _nothing() -> None:
    """Nothing is done between two pages."""
