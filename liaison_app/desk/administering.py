"""The administrator's day: what he keeps at his desk, and the district through the functions of the server.

The shared database is opened with the administrator's own role and password, asked for each time and kept nowhere;
a desk's role may do nothing of this.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from liaison_app.desk.admin_views import CodeView, DeskLine, DistrictView, HouseView, ReleaseView
from liaison_app.desk.admitting import Admitting
from liaison_app.desk.membership import membership
from liaison_app.desk.roster import body_name
from liaison_app.domain import commands as cmd
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import CHINA, china, stamp
from liaison_app.store import desk_tables as small
from liaison_app.sync import releases, roster_book
from liaison_app.sync.link import clocks_apart

if TYPE_CHECKING:
    from liaison_app.sync.server import Connection

Result = TypeVar("Result")

WATCH_SECONDS: Final = 120
"""A watch service that noted itself longer ago does not run."""
NEXT_YEAR_FROM: Final = 10
"""From this month on the notice of the next year is looked for: it comes out in October or November."""
PUT_AWAY: Final = "release.put_away"
"""Setting: the announced version that this person has put away."""


class Administering(Admitting):
    """A desk with what its administrator needs every day."""

    def release(self) -> ReleaseView | None:
        """Return the version that was announced when it is newer than this program; None when the person put it away."""
        told = self._announced()
        if told is None or self.setting(PUT_AWAY) == told.version:
            return None
        return ReleaseView(version=told.version, own=releases.own(), where=told.where, notes=told.notes)

    def put_release_away(self, version: str) -> None:
        """The person has read the notice of a version: it is not shown again, a later one is."""
        self.set_setting(PUT_AWAY, version)

    def _announced(self) -> releases.Release | None:
        with self._replica.read() as connection:
            said = small.get_meta(connection, "release")
        told = msgspec.json.decode(said, type=releases.Release) if said else None
        return told if told is not None and releases.newer(told.version, releases.own()) else None

    def house(self) -> HouseView:
        """Return what is kept at this desk: roster, calendar, profile, readings, backup."""
        rules, now = self.rules, self.now()
        with self._replica.read() as connection:
            backup_at = small.get_meta(connection, "backup.at")
        member = membership(self._replica)
        parts = urlsplit(member.url) if member else None
        here = {p.body for p in self.roster.people if p.id not in self.roster.left}
        wanted = now.year + (now.month >= NEXT_YEAR_FROM)
        editions, force = rules.editions, rules.edition(rules.mechanism)
        day = stamp(now)[:10]
        return HouseView(
            member=rules.founding == "member", may=rules.founding == "demo" or "administrator" in self._actor().roles,
            address=f"{parts.netloc.rpartition('@')[2]}{parts.path}" if parts and member and member.url else "",
            district=self.roster.district, people=sum(p.id not in self.roster.left for p in self.roster.people),
            silent=tuple(body_name(rules, p.id, self.lang) for p in rules.profile.posts if p.desk and p.id not in here),
            calendar_until=rules.calendar.last_year(), year=wanted if wanted > rules.calendar.last_year() else 0,
            version=force.name, valid_from=force.valid_from,
            ahead=next((f"{e.name} {e.valid_from}" for e in editions if e.valid_from > day), ""),
            readings=len(rules.registers.settings), backup_at=backup_at, program=releases.own(),
        )  # fmt: skip

    def enter_people(self, name: str, content: bytes) -> tuple[int, int]:
        """Enter the people of a workbook into the own roster, all or none; return how many were read and how many new or
        changed.

        Raises RuleBroken ``roster_book`` naming the rows, ``roster_at_server``, ``administrator_only``.
        """
        if self.rules.founding == "member":
            raise RuleBroken("roster_at_server")
        bodies = {post.id: post.name for post in self.rules.profile.posts}
        stand = [p for p in self.roster.people if p.id not in self.roster.left]
        people = roster_book.people(name, content, bodies, {(p.body, p.name): p.id for p in stand})
        changed = [person for person in people if person not in stand]
        with self._replica.write() as connection:
            for person in changed:
                self._register(connection, cmd.EnterPerson(person=person))
        self._reread()
        return len(people), len(changed)

    def administration(self, role: str, password: str) -> "Administration":
        """Return what does the administrator's work at the shared database of this desk; nothing is opened yet.

        Raises RuleBroken ``not_member``, LinkLost ``line_by_file``.
        """
        member = membership(self._replica)
        if member is None or not member.url:
            raise RuleBroken("not_member")
        return Administration(member.url, role, password, self)


class Administration:
    """The administrator's hand on the shared database: each call opens the line, does one thing, closes it.

    Each raises LinkLost or LinkRefused with the reason when the line does not come about.
    """

    def __init__(self, url: str, role: str, password: str, desk: Administering) -> None:
        self._url, self._role, self._password, self._desk = url, role, password, desk

    def district(self) -> DistrictView:
        """Return how the shared database stands and what it knows of every desk."""
        from liaison_app.sync import server

        def ask(connection: "Connection") -> DistrictView:
            said = server.status(connection)
            names = dict(connection.execute("SELECT id, name FROM ld.person").fetchall())
            return self._view(said, names)

        return self._with(ask)

    def people(self) -> tuple[tuple[str, str], ...]:
        """Return everybody of the district's roster: id, and name with body."""

        def ask(connection: "Connection") -> tuple[tuple[str, str], ...]:
            rows = connection.execute(
                "SELECT p.id, p.name, p.body FROM ld.person p WHERE p.revoked_at IS NULL ORDER BY p.body, p.name"
            ).fetchall()
            return tuple((person, f"{name}　{self._body(body)}") for person, name, body in rows)

        return self._with(ask)

    def enter_people(self, name: str, content: bytes) -> tuple[int, int]:
        """Enter the people of a workbook into the roster of the district, all or none; return read and changed."""
        from liaison_app.sync import server

        def enter(connection: "Connection") -> tuple[int, int]:
            people = roster_book.of_district(connection, name, content)
            with connection.transaction():
                return len(people), server.enter_people(connection, people)

        return self._with(enter)

    def issue(self, person: str, role: str = "") -> CodeView:
        """Make a one-time code for a new desk of a person, or for him at an enrolled desk (its role)."""
        from liaison_app.sync import access

        def make(connection: "Connection") -> CodeView:
            made = access.issue(connection, person, role)
            found = connection.execute("SELECT name FROM ld.person WHERE id=%s", (made.person,)).fetchone()
            return CodeView(code=made.code, person_name=str(found[0]) if found else made.person, until=made.until)

        return self._with(make)

    def revoke(self, role: str, reason: str) -> int:
        """Close a desk; return how many sessions of it ended. Raise RuleBroken ``reason_missing``."""
        from liaison_app.sync import access

        if not reason.strip():
            raise RuleBroken("reason_missing", field="reason")
        return int(
            self._with(lambda connection: access.revoke_desk(connection, role, reason.strip()))["sessions_ended"]
        )

    def announce(self, version: str, where: str, notes: str = "") -> None:
        """Tell every desk of a newer version of the program; an empty one takes back what was told."""
        from liaison_app.sync import announcing

        self._with(lambda connection: announcing.announce(connection, version.strip(), where, notes))

    def _with(self, work: "Callable[[Connection], Result]") -> "Result":
        from liaison_app.sync import access

        with access.administrator(self._url, self._role, self._password) as connection:
            return work(connection)

    def _body(self, body: str) -> str:
        return body_name(self._desk.rules, body, self._desk.lang)

    def _view(self, said: dict[str, Any], names: dict[str, str]) -> DistrictView:
        now, backup, release = datetime.now(CHINA), said["backup"], (said["release"] or {}).get("version", "")
        watched, apart = said["watched_at"], clocks_apart(said["now"])
        lines = []
        for one in said["desks"]:
            seen, until = one["seen_at"], one["code_until"]
            lapsed = until is not None and china(until) < now
            state = "revoked" if one["revoked"] else "in_use" if one["enrolled"] else "lapsed" if lapsed else "code"
            lines.append(
                DeskLine(
                    role=one["role"], body=one["body"], body_name=self._body(one["body"]), person=one["person"],
                    person_name=names.get(one["person"], one["person"]), persons=one["persons"],
                    version=one["version"] or "", old=releases.newer(release, one["version"] or ""), seen_at=seen,
                    quiet_days=max(0, (now - china(seen)).days) if seen else 0, state=state, code_until=until,
                )
            )  # fmt: skip
        return DistrictView(
            district=said["district"], postgresql=str(said["postgresql"]).partition(" ")[0], people=said["people"],
            cases=said["cases"], megabytes=round(said["bytes"] / 1_000_000), leases_closed=said["leases_closed"],
            watched=watched is not None and (now - china(watched)).total_seconds() < WATCH_SECONDS,
            archiving=backup["archiving"], archived_at=backup["archived_at"], failed_at=backup["failed_at"],
            standbys=backup["standbys"], release=release, desks=tuple(lines),
            clocks=(str(apart.facts["here"]), str(apart.facts["there"])) if apart else None,
        )  # fmt: skip
