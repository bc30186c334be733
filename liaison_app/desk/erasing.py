"""到期删除 on a desk alone: the personal parts of an ended case go when their time is over; two persons of the desk decide it.

In a district its administrator does it at the server (:mod:`liaison_app.sync.erasing`) and every desk follows.
"""

import msgspec

from liaison_app.desk import views
from liaison_app.desk.closing import Closing
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Case
from liaison_app.domain.errors import RuleBroken
from liaison_app.security import keys
from liaison_app.store import laid_aside

DECIDES = frozenset({"leader", "administrator"})
"""Duties of which the second person must have one."""


class Erasing(Closing):
    """A desk that erases what it alone holds."""

    def erase_personal(self, ref: str, second: str, secret: str, reason: str) -> views.Outcome:
        """Erase the personal parts, files and drafts of an ended case; the act that says so stays, all hashes verify.

        ``second`` proves by his own secret that he is there. Not reached: backups and printed papers. Raises RuleBroken
        ``erase_by_server``, ``administrator_only``, ``second_person``, ``wrong_secret``, ``case_still_open``,
        ``reason_missing``.
        """
        if self.rules.founding == "member":
            raise RuleBroken("erase_by_server")
        other = next((p for p in self.second_persons() if second in (p.id, p.name)), None)
        if other is None:
            raise RuleBroken("second_person", person=second)
        keys.open_as(self.home, other.id, secret)
        said = {"reason": reason.strip(), "person": self._person.id, "second": other.id}
        with self._replica.write() as connection:
            case_id = self._find(connection, ref)
            command = cmd.ErasePersonal(second=other.id, reason=reason.strip())
            outcome = self._decide_all(connection, [(case_id, command)])[0]
            laid_aside.erase_case(connection, case_id, msgspec.json.encode(said).decode())
            self.project(connection, {case_id})
            laid_aside.forget_words(connection)
        self._replica.empty_log()
        self.log.note("erased")
        self._tell({case_id})
        return outcome

    def second_persons(self) -> tuple[views.PersonView, ...]:
        """Return who of this desk may decide an erasure with the person at work."""
        here = {slot.id for slot in keys.people(self.home)}
        return tuple(
            self._person_view(p.id)
            for p in self.roster.people
            if p.id in here and p.id != self._person.id and p.id not in self.roster.left and DECIDES & set(p.roles)
        )

    def _may_erase(self, case: Case, erased: str | None) -> bool:
        """Return whether the person at work may ask for it: on a desk alone, of an ended case that still has its words."""
        over = case.ended or all(self.rules.of(case).ended(m.state) for m in case.matters)
        return self.rules.founding != "member" and "administrator" in self._actor().roles and over and not erased
