"""Versions of the desk's profile side by side: published, listed, written out; cases moved from one to another."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from liaison_app.desk import projecting, views
from liaison_app.desk.deciding import folded
from liaison_app.desk.registering import Moved, Registering, moved_dues
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Case
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Registered, VersionMoved, read
from liaison_app.domain.moments import stamp
from liaison_app.domain.records import case_stream
from liaison_app.mechanism.profile import bundled_text, invalid, parse
from liaison_app.mechanism.schema import Guard
from liaison_app.store import journal, projections, queries

MOVE: Final = Guard(action="move-version", states=["*"], rule="", fields=["to", "reason"])
"""How the act is offered: it stands beside every profile's own guards."""


class Versioning(Registering):
    """A desk whose administrator publishes successors of its profile and moves running cases on purpose (DESIGN §7)."""

    def versions(self) -> tuple[views.VersionView, ...]:
        """Return every version of the profile, oldest first, with the number of open cases that go by it."""
        day, rules = stamp(self.now())[:10], self.rules
        with self._replica.read() as connection:
            cases = [rules.edition(name) for _, name in _open_cases(connection)]
        now = rules.edition(rules.mechanism)
        return tuple(
            views.VersionView(
                name=e.name, valid_from=e.valid_from, reason=e.reason, published_at=e.since, ahead=e.valid_from > day,
                in_force=e is now, open_cases=sum(one is e for one in cases),
            )
            for e in rules.editions
        )  # fmt: skip

    def version_text(self, name: str = "") -> str:
        """Return the text of a version, of the one in force when none is named. Raise RuleBroken ``version_unknown``."""
        name = name or self.rules.edition(self.rules.mechanism).name
        registers = self.rules.registers
        found = next((v for v in registers.versions if v.name == name), None)
        if found is None:
            expected = ", ".join(v.name for v in registers.versions)
            raise RuleBroken("version_unknown", field="version", value=name, expected=expected)
        return found.text or bundled_text(registers.mechanism).decode()

    def export_version(self, name: str, target: Path) -> None:
        """Write the text of a version to a file."""
        target.write_text(self.version_text(name), encoding="utf-8", newline="")

    def publish_version(self, text: bytes, valid_from: str, reason: str) -> views.VersionView:
        """Publish a successor of the profile, in force for what is registered from a day on; running cases keep theirs.

        Raises RuleBroken ``profile_invalid`` with every finding of ``liaison mechanisms --check``,
        ``mechanism_partial``, ``administrator_only``, ``reason_missing``, ``version_known``,
        ``version_other_mechanism``, ``version_before``, ``day_unknown``.
        """
        if self.rules.founding == "member":
            raise RuleBroken("registers_by_server")
        profile, found = parse(text, "")
        if profile is None:
            raise invalid(found)
        if profile.meta.partial:
            raise RuleBroken("mechanism_partial", field="mechanism", value=profile.meta.id)
        name = profile.version()
        if any(name == e.profile.version() for e in self.rules.editions):
            raise RuleBroken("version_known", field="version", value=name)
        command = cmd.PublishProfile(version=name, valid_from=valid_from.strip(), text=text.decode(), reason=reason)
        with self._replica.write() as connection:
            self._register(connection, command)
        self._reread()
        self.log.note("published")
        return self.versions()[-1]

    def move_cases(
        self, refs: Sequence[str], to: str, reason: str
    ) -> tuple[tuple[str, ...], tuple[RuleBroken, ...], Moved]:
        """Move cases to another version, each by an act of its own, all in one transaction.

        Return the numbers of the cases moved, the refusals of those that cannot be (their state is not in the other
        version …), and the open due dates that changed.
        """
        if self.rules.founding == "member":
            raise RuleBroken("move_not_shared")
        done: dict[str, str] = {}
        refused: list[RuleBroken] = []
        dues: Moved = []
        command = cmd.MoveVersion(to=to, reason=reason)
        with self._replica.write() as connection:
            for ref in refs:
                case_id = self._find(connection, ref)
                before = self._rows(connection, case_id)
                try:
                    outcome = self._decide_all(connection, [(case_id, command)])[0]
                except RuleBroken as refusal:
                    refused.append(refusal)
                    continue
                done[case_id] = outcome.number
                dues += moved_dues(outcome.number, before, self._rows(connection, case_id))
        self._tell(set(done))
        return tuple(done.values()), tuple(refused), dues

    def cases_of(self, version: str) -> tuple[str, ...]:
        """Return the open cases (ids) that go by a version."""
        mine = self.rules.edition(version)
        with self._replica.read() as connection:
            return tuple(i for i, name in _open_cases(connection) if self.rules.edition(name) is mine)

    def versions_for(self, case: Case) -> tuple[tuple[str, str], ...]:
        """Return the versions to which the person at work may move a case: (name, words)."""
        rules, day = self.rules, stamp(self.now())[:10]
        if rules.founding == "member" or (rules.founding != "demo" and "administrator" not in self._actor().roles):
            return ()
        own = rules.edition(case.mechanism)
        return tuple((e.name, e.name) for e in rules.editions if e is not own and e.valid_from <= day)

    def _rows(self, connection: Connection, case_id: str) -> projections.CaseRows:
        happened = [h for h in self._happened(connection, case_id) if not h.stamped.event.inner]
        return projecting.rows_of(folded(happened), self.rules, happened)

    def _waiting_words(self, connection: Connection) -> Callable[[str, str, str], tuple[str, str]]:
        """Return what finds the words of something awaited, as the version of its case says them."""
        tables = {
            id(e): {(w.kind, w.action): (w.zh, w.en) for w in e.profile.waiting} for e in self.rules.editions
        }  # fmt: skip
        rules = self.rules

        def words(case_id: str, kind: str, action: str) -> tuple[str, str]:
            said = {table.get((kind, action), (kind, kind)) for table in tables.values()}
            if len(said) == 1:
                return said.pop()
            name = _named(journal.newest_data(connection, case_stream(case_id), NAMING) or b"")
            return tables[id(rules.edition(name))].get((kind, action), (kind, kind))

        return words


NAMING: Final = ("registered", "brought-in", "version-moved")
"""Kinds of entries that say by which version a case goes."""


def _named(data: bytes) -> str:
    event = read("", data).event
    return event.mechanism if isinstance(event, Registered) else event.to if isinstance(event, VersionMoved) else ""


def _open_cases(connection: Connection) -> list[tuple[str, str]]:
    """Return the open cases, each with the version that it names."""
    return [(str(case), _named(data)) for case, data in queries.rows(connection, queries.OPEN_VERSIONS)]
