"""Closing a copy 停用: a person or desk that was revoked loses the way in, never before its acts are on the server (OFFICE C15)."""

from contextlib import suppress
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from liaison_app.desk import views
from liaison_app.desk.carrying import Carrying
from liaison_app.desk.membership import membership
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.security import keys
from liaison_app.store import desk_tables as small
from liaison_app.store import journal, shared
from liaison_app.store.engine import FILE
from liaison_app.sync.rounds import Round

if TYPE_CHECKING:
    from liaison_app.sync.wire import Wire

CLOSED: Final = "closed.desk"
"""Set in the replica when the shared database said that it closed this desk."""
DESK_CLOSED: Final = "desk_closed"
"""What the line says of a desk whose role may not log in any more: an act of the administrator, never a fault."""
LAST_ACTS: Final = "last-acts.ldp"
"""What a closed desk could not send any more, sealed for the shared database."""


PUT_BY: Final = "closed-copy"
"""The folder, numbered from the second on, in which a closed copy stays while another desk begins in its place."""
STAYS: Final = frozenset({"log", "desk.lock"})
"""What belongs to the folder and not to the desk in it."""


def put_by(home: Path) -> Path:
    """Put a closed copy by, so that another desk may begin in its folder; return where it lies. Nothing is deleted.

    Raise RuleBroken ``founded_already`` where somebody may still open it, ``home_denied``.
    """
    if keys.people(home):
        raise RuleBroken("founded_already")
    try:
        held = [one for one in home.iterdir() if one.name not in STAYS and not one.name.startswith(PUT_BY)]
        place = next(p for n in count(1) if not (p := home / (PUT_BY if n == 1 else f"{PUT_BY}-{n}")).exists())
        place.mkdir()
        # what says that a desk is here, and that nobody may open it, goes last: cut in the middle, the rest is put by next time
        for one in sorted(held, key=lambda path: (path.name == FILE, path.name == keys.FILE)):
            one.rename(place / one.name)
    except PermissionError:
        raise RuleBroken("home_denied", home=str(home)) from None
    return place


class Closing(Carrying):
    """A member's desk that closes itself to whom it was closed."""

    def remember_round(self, done: Round | None, error: RuleBroken | None) -> None:
        """Keep how the last round ended, and do what it told of people who left and of this desk."""
        super().remember_round(done, error)
        if error is not None and error.code == DESK_CLOSED:
            with self._replica.write() as connection:
                small.put_meta(connection, CLOSED, stamp(self.now()))
        self.close_copies()

    def close_copies(self) -> None:
        """Destroy the keys of whom this desk is closed to, once nothing of theirs is here alone.

        A person's way in goes (his drafts with it); of a closed desk everybody's, the recovery sheet and the line's
        password: what is left on the disk opens no more. What a closed desk cannot send any more is laid beside it as a
        package for the administrator.
        """
        if self.rules.founding != "member":
            return
        gone = [slot.id for slot in keys.people(self.home) if self._gone(slot.id)]
        with self._replica.read() as connection:
            whole = small.get_meta(connection, CLOSED) is not None
            waits = {person: shared.only_here(connection, person) for person in ("", *gone)}
        if whole and not waits[""]:
            keys.close_home(self.home, DESK_CLOSED)
            self.log.note("closed_copy")
            return
        if whole:
            with suppress(RuleBroken):
                (self.home / LAST_ACTS).write_bytes(self.export_package())
        for person in gone:
            if not waits[person]:
                with self._replica.write() as connection:
                    journal.close_device(connection, person)
                keys.close_slot(self.home, person)
                self.log.note("closed_slot")

    def line(self) -> "Wire":
        """Open the line; where its password went with a closed copy, say that this desk is closed. Raises RuleBroken, LinkLost."""
        try:
            return super().line()
        except RuleBroken as refused:
            why = self.closed() if refused.code == "keyring_missing" else None
            raise why or refused from None

    def closed(self) -> RuleBroken | None:
        """Return why this desk is closed to the person at work, None while it is not."""
        if self.rules.founding != "member":
            return None
        with self._replica.read() as connection:
            whole = small.get_meta(connection, CLOSED) is not None
            waiting = shared.only_here(connection, "" if whole else self._person.id)
        if whole:
            file = str(self.home / LAST_ACTS)
            return RuleBroken("desk_closed_waits" if waiting else "copy_closed", count=waiting, file=file)
        if self._gone(self._person.id):
            return RuleBroken(
                "person_closed_waits" if waiting else "person_closed", count=waiting, person=self._person.name
            )
        return None

    def switch_person(self, person: str, secret: str | None = None) -> views.PersonView:
        """换人: another person takes the desk. Raise RuleBroken ``wrong_secret``, ``person_closed``; the first stays then."""
        found = self.roster.person(person)
        if self.rules.founding == "member" and self._gone(found.id):
            raise RuleBroken("person_closed", person=found.name)
        return super().switch_person(person, secret)

    def turn_away(self) -> RuleBroken | None:
        """Ask once more for a person to whom this desk is closed: what he did goes over, then his way in.

        Returns why he is not let in.
        """
        if self.closed() is None:
            return None
        with suppress(RuleBroken):
            self.sync()
        self.close_copies()
        return self.closed()

    def import_package(self, data: bytes) -> Round:
        """Take a package that answers one of this desk's; one that came before changes nothing."""
        done = super().import_package(data)
        self.close_copies()
        return done

    def _gone(self, person: str) -> bool:
        """Return whether a person left the district's roster, or the body of this desk."""
        found = next((p for p in self.roster.people if p.id == person), None)
        if found is None or not self._stands_at:
            return False
        return person in self.roster.left or found.body != self._stands_at

    @cached_property
    def _stands_at(self) -> str:
        """The body of this desk for the shared database, '' while it has not joined."""
        member = membership(self._replica)
        return member.body if member is not None else ""
