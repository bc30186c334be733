"""What a desk keeps beside its acts: drafts, settings of a person, backups; and the care of its records."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import projecting, tallying, views
from liaison_app.desk.counting import FORM
from liaison_app.desk.deciding import happened_in
from liaison_app.desk.ledger import Ledger
from liaison_app.desk.signing import new_id
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import RecoverySheet
from liaison_app.security import chain, keys, sealing
from liaison_app.store import desk_tables as small
from liaison_app.store import following, journal, projections, tallies
from liaison_app.store.replica import Told

COUNTED: Final = "count_form"
COUNTING: Final = "count_form.at"
"""The form of the rows; while they are made anew, the form that they get and the last case that has it."""
AT_ONCE: Final = 200
"""Cases of a transaction."""


class Keeping(Ledger):
    """A desk that keeps drafts and settings, verifies and rebuilds itself."""

    # -- drafts and settings --------------------------------------------------------------------

    def save_draft(self, kind: str, case_id: str | None, fields: Mapping[str, Any], draft_id: str | None = None) -> str:
        """Keep text being typed, sealed under the person's key; return the draft's id."""
        draft_id = draft_id or new_id()
        sealed = sealing.seal(self._bundle.person_key, msgspec.json.encode(dict(fields)), draft_id.encode())
        row = (draft_id, self._person.id, kind, case_id, stamp(self.now()), sealed)
        with self._replica.write() as connection:
            small.save_draft(connection, row)
        return draft_id

    def drafts(self) -> tuple[views.DraftView, ...]:
        """Return the drafts of the person at work, newest first."""
        with self._replica.read() as connection:
            found = small.drafts(connection, self._person.id)
        return tuple(
            views.DraftView(
                id=i, kind=kind, case_id=case, saved_at=at,
                fields=msgspec.json.decode(sealing.unseal(self._bundle.person_key, sealed, i.encode())),
            )
            for i, kind, case, at, sealed in found
        )  # fmt: skip

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that became an act."""
        with self._replica.write() as connection:
            small.drop_draft(connection, draft_id, self._person.id)

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of the person at work."""
        with self._replica.read() as connection:
            return small.get_setting(connection, self._person.id, key) or default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of the person at work."""
        with self._replica.write() as connection:
            small.put_setting(connection, self._person.id, key, value)

    # -- care -----------------------------------------------------------------------------------

    def verify(self, ref: str = "") -> journal.VerifyReport:
        """Check chains, hashes, tags and versions; of one case: its parts, versions, and the chains its entries lie in."""
        secrets = {self._person.id: self._bundle.device_secret}
        if self.rules.founding == "demo":
            secrets = {s.id: keys.open_as(self.home, s.id, None).device_secret for s in keys.people(self.home)}

        def tag_holds(person: str, hashed: bytes, tag: bytes) -> bool | None:
            secret = secrets.get(person)
            return None if secret is None else chain.tag_holds(secret, hashed, tag)

        with self._replica.read() as connection:
            report = journal.verify(connection, tag_holds)
            if not ref:
                return report
            entries, names = journal.names_of_case(connection, self._find(connection, ref))
        broken = tuple(line for line in report.broken if any(name in line for name in names))
        streams = sum(name.startswith("case/") for name in names)
        return journal.VerifyReport(entries, streams, not broken, broken)

    def rebuild(self, *, check: bool) -> projections.RebuildReport:
        """Compare the projections with the journal, or make them anew."""
        if check:
            with self._replica.read() as connection:
                report = projections.compare(connection, self._projector(connection), self._project_record)
            more = (*report.differences, *tallying.differences(self))
            return msgspec.structs.replace(report, equal=report.equal and not more, differences=more[:20])
        with self._replica.write() as connection:
            tallies.begin(connection, "")
            return projections.rebuild(connection, self._projector(connection), self._project_record)

    def recovery_sheet(self, groups: tuple[str, ...]) -> RecoverySheet:
        """Return the data of the recovery sheet; the groups are known only when the desk was just founded."""
        person = self.person
        return RecoverySheet(
            district=self.roster.district, body=person.body_name, person=person.name, date=stamp(self.now())[:10],
            groups=groups,
        )  # fmt: skip

    def backup(self, target: Path) -> dict[str, object]:
        """Write an encrypted, tested copy of the desk, and remember when."""
        done = self._replica.backup(target, (self.home / keys.FILE).read_bytes())
        with self._replica.write() as connection:
            small.put_meta(connection, "backup.at", stamp(self.now()))
        return done

    def _projector(self, connection: Connection) -> projections.Project:
        gone = following.left_cases(connection)

        def project(case_id: str, lines: list[journal.Line]) -> projections.CaseRows | None:
            found = projecting.understood([happened_in(line) for line in lines], self.rules)
            return projecting.left_rows(found[1]) if found and case_id in gone else found[1] if found else None

        return project

    def recount(self, told: Told | None = None) -> bool:
        """Make rows and facts of figures anew where they have an older form (after a new version); return whether.

        In short transactions, so that it may be stopped: the next opening goes on where this one was. ``told`` hears of
        it as of the last step of a migration.
        """
        with self._replica.read() as connection:
            if small.get_meta(connection, COUNTED) == FORM:
                return False
            begun, _, last = (small.get_meta(connection, COUNTING) or "").partition(" ")
            cases = journal.case_ids(connection)
        done = cases.index(last) + 1 if begun == FORM and last in cases else 0
        while done < len(cases):
            if told is not None:
                told(2, 2, done / len(cases))
            part = cases[done : done + AT_ONCE]
            with self._replica.write() as connection:
                project, lines = self._projector(connection), journal.lines_of(connection, part)
                projections.put(
                    connection, [rows for case in part if case in lines and (rows := project(case, lines[case]))]
                )
                small.put_meta(connection, COUNTING, f"{FORM} {part[-1]}")
            done += len(part)
        with self._replica.write() as connection:
            records = [self._project_record(record, lines) for record, lines in journal.all_records(connection)]
            projections.put_records(connection, [rows for rows in records if rows is not None])
            tallies.begin(connection, "")
            small.put_meta(connection, COUNTING, "")
            small.put_meta(connection, COUNTED, FORM)
        return True
