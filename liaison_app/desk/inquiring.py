"""催问、查询 (OFFICE C1): found by number, phone or name; what may be told; counted; the third proposes 催办."""

from typing import Final

from liaison_app.desk.call_views import AskedView, InquiryView
from liaison_app.desk.calling import Calling
from liaison_app.desk.clocks import clocks
from liaison_app.desk.deciding import folded
from liaison_app.desk.may_tell import may_tell
from liaison_app.desk.views import RowView
from liaison_app.domain import events as ev
from liaison_app.domain.case import Case
from liaison_app.domain.text import clean
from liaison_app.store import queries
from liaison_app.words import labels

OFTEN: Final = 3
"""The so-manieth inquiry proposes to urge."""


class Inquiring(Calling):
    """A desk that citizens call to ask how it stands."""

    def find(self, words: str, limit: int = 20) -> tuple[RowView, ...]:
        """Return the cases that a caller may mean: that number, else phone, name, place or object, newest first."""
        with self._replica.read() as connection:
            exact = queries.find_case(connection, words.strip()) if words.strip() else None
        if exact is not None:
            return self.rows([exact])
        return self.page("all", search=words, limit=limit).items if words.strip() else ()

    def inquiry(self, ref: str) -> InquiryView:
        """Return what may be told of a case and how often it was asked about. Raise RuleBroken ``case_unknown``."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref), shown=True)
        case, body = folded(happened), self._person.body
        show, masked, rules = self._show(case=case), self._masked(case), self.rules.of(case)
        personal = {} if masked else case.personal
        offered = {one.action: one for one in reversed(self._actions(case, show))}
        often = case.inquiries >= OFTEN and not case.ended
        earlier = [h for h in happened if isinstance(h.stamped.event, ev.Inquired)]
        return InquiryView(
            case_id=case.id, number=case.number, title=clean(case.object) or clean(case.place),
            state_name=show.state(case.matters[0].state), masked=masked,
            name=f"{clean(personal.get('complainant_name', ''))} {clean(personal.get('salutation', ''))}".strip(),
            contact=clean(personal.get("contact", "")),
            sentence=may_tell(case, rules.profile, clocks(case, rules), self.now(), body),
            count=case.inquiries,
            earlier=tuple(
                AskedView(
                    at=h.happened_at, person=self.roster.name_of(h.person),
                    words="" if masked else clean(str(h.personal.get("words", ""))),
                )
                for h in earlier
            ),
            may_record="inquire" in offered, proposes_urging=often, urge=offered.get("urge") if often else None,
            urge_by=self._who_urges(case) if often and "urge" not in offered else "", attach=offered.get("attach"),
        )  # fmt: skip

    def _who_urges(self, case: Case) -> str:
        """Return the bodies that may urge a case, in words; '' when the mechanism lets nobody."""
        guards = [g for g in self.rules.of(case).profile.guards if g.action == "urge"]
        posts = [post for guard in guards for post in guard.posts]
        first = [case.first_receiver] if any("first_receiver" in guard.roles for guard in guards) else []
        show = self._show(case=case)
        return labels.pick(("、", ", "), self.lang).join(show.body(b) for b in dict.fromkeys([*first, *posts]))
