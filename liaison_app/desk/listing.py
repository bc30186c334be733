"""Lists of cases: smart lists, orders, filters, groups and searches, in pages."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import views
from liaison_app.desk.versioning import Versioning
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.text import query
from liaison_app.store import laid_aside, queries, sorting
from liaison_app.words import labels

LISTS: Final = tuple(labels.LISTS)
ALWAYS: Final = frozenset(("today", "handling", "due-today", "overdue", "conflicts", "closed", "all"))
"""Lists that every mechanism has; the others are named by what its profile lets wait."""
ORDERS: Final = tuple(sorting.ORDERS)
"""What a list can be ordered by besides its own order."""
GROUPS: Final = ("state", "lead", "town", "medium")
"""What a list can be grouped and filtered by."""


class Listing(Versioning):
    """A desk that lists its cases."""

    def lists(self) -> tuple[views.ListCount, ...]:
        """Return the smart lists with capped counts; those that this mechanism never fills are left out."""
        used = {one.queue for one in self.rules.profile.waiting} | ALWAYS
        with self._replica.read() as connection:
            counts = [(name, self._count(connection, name)) for name in LISTS]
        return tuple(
            views.ListCount(name=n, label=labels.label(labels.LISTS, n, self.lang), count=_capped(c))
            for n, c in counts
            if n in used or c
        )

    def to_check(self) -> int:
        """Return how many 需核对事项 wait on this desk: own acts that no longer hold."""
        with self._replica.read() as connection:
            return self._count(connection, "conflicts")

    def page(
        self, name: str, *, after: str | None = None, limit: int = 50, search: str = "", order: str = "",
        descending: bool = False, **filters: str,
    ) -> views.PageView:  # fmt: skip
        """Return a page of a smart list in its own order or in another, or of a search (newest first).

        ``filters``: state, lead, town, medium. Raises RuleBroken ``field_value`` for an unknown list or order.
        """
        if name not in LISTS:
            raise RuleBroken("field_value", field="list", value=name)
        if order and order not in ORDERS:
            raise RuleBroken("field_value", field="order", value=order)
        with self._replica.read() as connection:
            if search.strip():
                found = self._found(connection, search, after, limit + 1)
            elif name == "conflicts":
                found = self._to_check(connection, after, limit + 1)
            elif order:
                found = self._ordered(connection, name, order, descending, after, limit + 1, filters)
            else:
                found = self._listed(connection, name, after, limit + 1, filters)
        show = self._show()
        items = tuple(show.row(values) for _, values in found[:limit])
        return views.PageView(items=items, next=found[limit - 1][0] if len(found) > limit else None)

    def rows(self, case_ids: Sequence[str]) -> tuple[views.RowView, ...]:
        """Return rows by case id, those that exist."""
        show = self._show()
        with self._replica.read() as connection:
            found = [queries.rows(connection, queries.ROW, case=i) for i in case_ids]
        return tuple(show.row(r[0][1:]) for r in found if r)

    def groups(self, name: str, by: str) -> tuple[views.GroupView, ...]:
        """Return the values by which a list falls apart, with capped counts, most first; nothing when it is too long."""
        if by not in GROUPS:
            raise RuleBroken("field_value", field="group", value=by)
        real, start, until = self._range(name)
        with self._replica.read() as connection:
            found = sorting.groups(connection, self._person.body, real, by, start=start, until=until)
        words = self._show().group_words(by)
        return tuple(
            views.GroupView(value=value, label=words(value), count=_capped(count))
            for value, count in sorted(found, key=lambda pair: -pair[1])
        )

    def _found(self, connection: Connection, words: str, after: str | None, limit: int) -> list[tuple[str, Any]]:
        match, needle = query(words)
        rows = queries.search(connection, self._person.body, match, needle, int(after) if after else None, limit)
        return [(str(r[0]), r[1:]) for r in rows]

    def _to_check(self, connection: Connection, after: str | None, limit: int) -> list[tuple[str, Any]]:
        """Return the cases in which something is to be checked; the key is the place in that short list."""
        begin = int(after) + 1 if after else 0
        found = []
        for at, case in enumerate(laid_aside.conflict_cases(connection)[begin : begin + limit], begin):
            rows = queries.rows(connection, queries.ROW, case=case)
            found += [(str(at), rows[0][1:])] if rows else []
        return found

    def _listed(
        self, connection: Connection, name: str, after: str | None, limit: int, filters: dict[str, str]
    ) -> list[tuple[str, Any]]:
        real, start, until = self._range(name)
        sort, _, case = (after or "").partition("|")
        rows = queries.page(
            connection, self._person.body, real, (sort, case) if after else None, limit, start=start, until=until, **filters
        )  # fmt: skip
        return [(f"{r[0]}|{r[1]}", r[1:]) for r in rows]

    def _ordered(
        self, connection: Connection, name: str, order: str, descending: bool, after: str | None, limit: int,
        filters: dict[str, str],
    ) -> list[tuple[str, Any]]:  # fmt: skip
        real, start, until = self._range(name)
        key = msgspec.json.decode(after, type=tuple[str, str]) if after else None
        rows = sorting.page(
            connection, self._person.body, real, order, descending=descending, after=key, limit=limit, start=start,
            until=until, **filters,
        )  # fmt: skip
        return [(msgspec.json.encode((r[0], r[1])).decode(), r[1:]) for r in rows]

    def _count(self, connection: Connection, name: str) -> int:
        if name == "today":
            waiting = queries.rows(connection, queries.TASKS, body=self._person.body, limit=1000)
            return len(waiting) + len(self.record_tasks())
        if name == "conflicts":
            return len(laid_aside.conflicts(connection, limit=1000))
        real, start, until = self._range(name)
        return queries.count(connection, self._person.body, real, start, until)

    def _range(self, name: str) -> tuple[str, str, str]:
        now = self.now()
        tonight = stamp(now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))
        times = {"overdue": ("", stamp(now)), "due-today": (stamp(now), tonight), "today": ("", tonight)}
        start, until = times.get(name, ("", queries.END))
        return ("open" if name in times else name), start, until


def _capped(count: int) -> str:
    return "999+" if count > 999 else str(count)
