"""督查总览: for the supervising posts of the profile, all bodies, what is late and who caused it (M1-FUP-04, M1-FUP-06).

Who supervises is no list of ours: it is every post to which a guard of the profile gives 催办, 督办 or 挂牌督办.
"""

import json
from typing import Any, Final

from sqlalchemy import Connection

from liaison_app.desk.oversight_views import LateView, OverseenView
from liaison_app.desk.undoing import Undoing
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.text import clean
from liaison_app.store import queries
from liaison_app.words import labels

ORDERS: Final = ("urge", "supervise", "list")
"""What a supervising post orders: 催办, 督办, 挂牌督办."""
ORDERED: Final = {"urged": "urge", "supervised": "supervise", "listed": "list"}
"""Flags of a case that say what was ordered."""
MOST: Final = 1000
"""So many late clocks of a body are read."""


class Overseeing(Undoing):
    """A desk at which a supervising post may work."""

    def oversees(self) -> bool:
        """Say whether the body of the person at work is a supervising post of the mechanism."""
        guards = self.rules.profile.guards
        return any(g.action in ORDERS and self._person.body in g.posts for g in guards)

    def overview(self) -> tuple[OverseenView, ...]:
        """Return every body that has work, the latest first. Raise RuleBroken ``not_overseeing``."""
        self._must_oversee()
        found = []
        with self._replica.read() as connection:
            for post in self.rules.profile.posts:
                running = queries.count(connection, post.id, "open")
                late = self._late_rows(connection, post.id, MOST)
                if running or late:
                    levels = [self._level(row)[0] for row in late]
                    found.append(
                        OverseenView(
                            body=post.id, name=self._show().body(post.id),
                            open="999+" if running > 999 else str(running), late=len(late),
                            passed=levels.count("passed"), earliest=str(late[0][3]) if late else "",
                        )
                    )  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.passed - one.late, -one.late, one.earliest or "9", one.body)))

    def late(self, body: str = "", limit: int = 200) -> tuple[LateView, ...]:
        """Return the clocks that ran out, of one body or of all, the longest late first. Raise RuleBroken."""
        self._must_oversee()
        bodies = [body] if body else [post.id for post in self.rules.profile.posts]
        with self._replica.read() as connection:
            rows = [(one, row) for one in bodies for row in self._late_rows(connection, one, limit)]
        rows.sort(key=lambda pair: (str(pair[1][3]), str(pair[1][0])))
        named = {(d.rule, d.event): (d.zh, d.en) for d in self.rules.profile.deadlines}
        show, found = self._show(), []
        for one, row in rows[:limit]:
            case, rule, event, due, _late_after, number, title, state, flags, _outer = row
            level, countdown = self._level(row)
            orders = [labels.label(labels.ACTIONS, ORDERED[f], self.lang) for f in json.loads(flags) if f in ORDERED]
            found.append(
                LateView(
                    case_id=case, number=number, title=clean(title), body=one, body_name=show.body(one), rule=rule,
                    label=labels.pick(named.get((rule, event), (rule, rule)), self.lang), due=due, level=level,
                    countdown=countdown, state_name=show.state(state),
                    ordered=labels.pick(("、", ", "), self.lang).join(orders),
                )
            )  # fmt: skip
        return tuple(found)

    def _late_rows(self, connection: Connection, body: str, limit: int) -> list[tuple[Any, ...]]:
        """Return the clocks of a body that ran out, each with the outer limit that still runs beside it."""
        outer = {d.rule: d.extension.outer for d in self.rules.profile.deadlines if d.extension and d.extension.outer}
        return queries.rows(
            connection, queries.LATE_OF, body=body, now=stamp(self.now()), limit=limit, outer=json.dumps(outer)
        )

    def _level(self, row: tuple[object, ...]) -> tuple[str, str]:
        """Return red or amber and the words of a clock that ran out: amber while the outer limit of its case runs."""
        due, late_after, outer = (None if v is None else str(v) for v in (row[3], row[4], row[9]))
        assert due is not None
        words = labels.countdown(china(due), china(late_after) if late_after else None, self.now(), self.lang)[1]
        inside = outer is not None and self.now() <= china(outer)
        return ("passed" if inside else "late"), words

    def _must_oversee(self) -> None:
        if not self.oversees():
            raise RuleBroken("not_overseeing", body=self._person.body)
