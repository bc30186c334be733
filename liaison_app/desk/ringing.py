"""What rings at a body until one of its people answers (OFFICE B5): urgent transfers, immediate cases, designations.

Nothing else rings: ordinary work waits in 今日待办. Who was rung and who answered is an entry of the case.
"""

from typing import Final

from liaison_app.desk.deciding import folded
from liaison_app.desk.directory import Directory
from liaison_app.desk.views import AlarmView
from liaison_app.domain.case import Case, Matter
from liaison_app.domain.decide import flags_of
from liaison_app.domain.rules import Rules, case_facts
from liaison_app.domain.text import clean
from liaison_app.store import queries
from liaison_app.words import labels

MOST: Final = 200
"""So many tasks of a body are looked at."""
TRANSFER: Final = "urgent_transfer"
CASE: Final = "immediate_case"
DESIGNATION: Final = "designation"
ASKED: Final = "designation_asked"
"""A dispute that waits for who designates the addressee."""


class Ringing(Directory):
    """A desk that rings."""

    def alarms(self) -> tuple[AlarmView, ...]:
        """Return what rings for the person at work now, the longest waiting first."""
        body, found = self._person.body, []
        with self._replica.read() as connection:
            tasks = queries.rows(connection, queries.RINGING, body=body, limit=MOST)
            cases = [folded(self._happened(connection, str(case))) for case in dict.fromkeys(row[0] for row in tasks)]
        for case in cases:
            for matter in case.matters:
                rules = self.rules.of(case)
                posts = {p for g in rules.profile.guards if g.action == "designate" for p in g.posts}
                for what, since in rings(case, matter, rules, body, self._person.id, designates=body in posts):
                    found.append(
                        AlarmView(
                            case_id=case.id, number=case.number, matter=matter.n, what=what, since=since,
                            title=clean(case.object) or clean(case.place),
                            label=labels.choice("answer-alarm-what", what, self.lang),
                        )
                    )  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.since, one.case_id, one.matter, one.what)))


def rings(
    case: Case, matter: Matter, rules: Rules, body: str, person: str, *, designates: bool = False
) -> list[tuple[str, str]]:  # fmt: skip
    """Return what rings at a body for a person: what it is and since when. Pure.

    A transfer rings until it is signed or accepted, a designation until it is accepted, an immediate case at its first
    receiver until somebody moves it on, a dispute about the transfer at who designates until he did; each no longer once a person of the body has answered it. Who registered a case
    knows of it and is not rung.
    """
    if case.ended or rules.ended(matter.state) or matter.acceptance(body) is not None:
        return []
    flags = flags_of(case, matter, rules.lead(matter.facts, case_facts(case)), rules, body)
    transfer, found = case.transfer(matter.n), []
    pressing = bool(flags & {"urgent", "immediate"})
    if transfer is not None and transfer.sent_at and body in transfer.to:
        if pressing and not transfer.delivery(body).signed_at:
            found.append((TRANSFER, transfer.sent_at))
    elif pressing and body == case.first_receiver and transfer is None and person != case.registered_by:
        found.append((CASE, case.registered_at))
    waits = [d.at for d in case.handling.of("disputes", matter.n) if d.kind == "transfer" and d.decided_at is None]
    if designates and waits:
        found.append((ASKED, waits[-1]))
    designated = case.handling.moment(matter.n, "designated")
    if designated and "designated_here" in flags:
        found.append((DESIGNATION, designated))
    return [(what, since) for what, since in found if not _answered(case, matter, what, since, body)]


def _answered(case: Case, matter: Matter, what: str, since: str, body: str) -> bool:
    answered = case.handling.moment(matter.n, f"alarm-answered/{what}/{body}")
    return answered is not None and answered >= since
