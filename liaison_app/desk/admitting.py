"""Another person on a member's desk: his code, a secret of his own, a device log of his own (OFFICE A4)."""

import os
import secrets

from liaison_app.desk import views
from liaison_app.desk.entering import Entering
from liaison_app.desk.signing import new_id
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import RecoverySheet
from liaison_app.security import chain, keys
from liaison_app.store import following, journal
from liaison_app.sync.codes import read_code, verifier
from liaison_app.sync.link import LinkLost, LinkRefused


class Admitting(Entering):
    """A member's desk that lets colleagues of its body in."""

    def admit(self, person: str, code: str, *, mode: keys.Mode = "passphrase", secret: str = "") -> views.PersonView:
        """Let a colleague of the roster work at this desk.

        Device and secret are on the disk before the code is spent: called again after a lost answer it goes on.
        Raises RuleBroken ``person_unknown``, ``other_body``, ``code_form``, ``code_refused``, ``passphrase_too_short`` …
        """
        plain = read_code(code).plain
        found = self.roster.person(person)
        if found.body != self._person.body:
            raise RuleBroken("other_body", person=found.name)
        if found.id in {slot.id for slot in keys.people(self.home)}:
            bundle = keys.open_as(self.home, found.id, secret)
        else:
            bundle = keys.new_bundle(self._bundle.replica_key)
            keys.enrol(self.home, found.id, found.name, mode, secret, bundle)
        with self._replica.write() as connection:
            device = journal.device_of(connection, found.id)
            if device is None:
                device = new_id()
                journal.add_device(connection, device, found.id, found.body, state="new")
            fresh = any(i == device for i, _ in journal.devices(connection, "new"))
        if not fresh:
            raise RuleBroken("person_exists", field="name", person=found.name)
        try:
            with self.line() as wire:
                said = wire.status()
                if not any(d["device"] == device for d in said.get("devices", ())):
                    said = wire.enrol_person(plain, found.id, device, bundle.device_secret)
            if "error" in said:
                raise LinkRefused("code_refused")
        except LinkLost:
            raise
        except RuleBroken:
            keys.close_slot(self.home, found.id)
            with self._replica.write() as connection:
                journal.drop_device(connection, device)
            raise
        with self._replica.write() as connection:
            following.follow(connection, [str(f["name"]) for f in said["feeds"]], str(said["epoch"]))
            journal.admit_device(connection, device)
        return self._person_view(found.id)

    def change_line_password(self) -> None:
        """Give this desk another password for the shared database; nobody needs to know it.

        Raises RuleBroken ``password_kept_outside``, LinkLost (called again it goes on), LinkRefused.
        """
        if os.environ.get("LIAISON_PASSWORD"):
            raise RuleBroken("password_kept_outside")
        with self.line() as wire:
            fresh = keys.next_line_secret(self.home, self._bundle, secrets.token_urlsafe(32))
            said = wire.change_password(verifier(fresh))
        if "error" in said:
            raise LinkRefused("server_refused", state=str(said))
        keys.promote_line_secret(self.home, self._bundle)

    def change_secret(self, old: str, new: str) -> None:
        """Give the person at work another PIN or pass-phrase. Raises ``wrong_secret``, ``passphrase_too_short`` …"""
        keys.change_secret(self.home, self._person.id, old, new)

    def new_recovery_sheet(self, secret: str | None) -> RecoverySheet:
        """Issue another 恢复单; the old one is void from now on. Raises ``wrong_secret``."""
        return self.recovery_sheet(keys.new_sheet(self.home, self._person.id, secret))

    def open_parts(self, ref: str, reason: str) -> int:
        """查看完整信息 of a case whose personal parts are not kept here: ask for them; return how many came.

        The shared database logs reason and desk before it answers. The parts stay in memory and are gone with the
        person or the program. Raises RuleBroken ``case_unknown``, LinkLost (nobody reveals offline).
        """
        with self._replica.read() as connection:
            case = self._find(connection, ref)
            missing = journal.parts_missing(connection, case)
        if not missing:
            return 0
        with self.line() as wire:
            said = wire.reveal(case, reason)
            if "error" not in said and "parts" not in said:
                said = wire.reveal(case, reason)  # the first call wrote the log line, the second answers
        if "error" in said:
            raise RuleBroken("case_not_ours")
        count = 0
        for part in said.get("parts", ()):
            act, personal = str(part["act"]), bytes.fromhex(part["personal"])
            if missing.get(act) == chain.personal_hash(bytes.fromhex(part["salt"]), personal):
                self._opened[act] = personal
                count += 1
        return count
