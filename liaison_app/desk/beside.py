"""What stands beside a case: both sides of a dispute, cases like it, places complained of again and again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from liaison_app.desk import projecting, views
from liaison_app.desk.alike_views import BesideView, DisputeView, HotPlaceView, PositionView
from liaison_app.desk.clocks import clocks
from liaison_app.desk.deciding import folded
from liaison_app.desk.offering import Offering
from liaison_app.desk.proposing import propose
from liaison_app.desk.showing import Shower
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.moments import stamp
from liaison_app.domain.text import clean, place_key
from liaison_app.mechanism.indicators import threshold
from liaison_app.store import queries
from liaison_app.words import labels

LOOKED_AT: Final = 20_000
"""So many of the newest cases are looked at for places."""
SIDES: Final = (he.Objected, he.TransferKept, he.Disputed)
DECISIONS: Final = (he.Designated, he.Ruled, he.Evaluated)


class Beside(Offering):
    """A desk that shows what stands beside a case."""

    def completing(
        self, ref: str, matter: int = 1, answered: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], views.ProposalView]:
        """Return the facts of a matter with those answered since, and who is responsible by them: for 补正 (M1-REC-04)."""
        with self._replica.read() as connection:
            case = folded(self._happened(connection, self._find(connection, ref)))
        known = next((dict(one.facts) for one in case.matters if one.n == matter), {}) | dict(answered or {})
        content = "" if self._masked(case) else case.personal.get("content", "")
        fields = {
            "object": case.object,
            "place": case.place,
            "content": content,
            "channel": case.channel,
            "facts": known,
        }
        return known, propose(self.rules.of(case), self.lang, case.first_receiver, self.now(), fields, "")

    def beside(self, ref: str) -> BesideView:
        """Return the disputes of a case and the open cases like it."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref))
            case = folded(happened)
            contact = "" if self._masked(case) else case.personal.get("contact", "")
            ids: dict[str, None] = {}
            for kind, key in projecting.similar_keys(contact, case.place, case.object):
                for row in queries.rows(connection, queries.SIMILAR, kind=kind, key=key):
                    ids[str(row[0])] = None
        linked = {case.id, case.repeat_of, case.handling.merged_into, *case.handling.joined}
        show = self._show(case=case)
        offered = any(self._refusal(case, matter, "merge") is None for matter in case.matters)
        alike = self.rows([i for i in ids if i not in linked][:8])
        return BesideView(disputes=tuple(self._disputes(case, happened, show)), alike=alike, can_merge=offered)

    def hot_places(self) -> tuple[HotPlaceView, ...]:
        """Return the places complained of again, the most complained of first; a mechanism without such an indicator has none.

        How many complaints, inside how many days: the profile's indicators of places and their setting (M1-OVL-07, G-22).
        """
        asked = [
            threshold(i.numerator, self.rules.settings) for i in self.rules.profile.indicators if i.count == "places"
        ]
        spans = [(least, days) for least, days in asked if days is not None]
        if not spans:
            return ()
        hot_from, days = min(spans)
        repeated_from = min(least for least, _ in asked)
        since = stamp(self.now() - timedelta(days))
        by_place: dict[str, list[str]] = {}
        said: dict[str, str] = {}
        with self._replica.read() as connection:
            for case_id, place, registered in queries.rows(
                connection, queries.PLACES, before=queries.END, limit=LOOKED_AT
            ):
                key = place_key(str(place)) if registered >= since else ""
                if key:
                    by_place.setdefault(key, []).append(str(case_id))
                    said.setdefault(key, clean(str(place)))
        hot = sorted(
            ((k, v) for k, v in by_place.items() if len(v) >= repeated_from), key=lambda kv: (-len(kv[1]), kv[0])
        )
        return tuple(
            HotPlaceView(
                place=said[key], count=len(ids), days=days, level="hot" if len(ids) >= hot_from else "repeated",
                cases=self.rows(ids[:20]),
            )
            for key, ids in hot[:100]
        )  # fmt: skip

    def _disputes(self, case: Case, happened: Sequence[Happened], show: Shower) -> Iterator[DisputeView]:
        for matter in case.matters:
            mine = [h for h in happened if h.stamped.matter == matter.n]
            if not any(isinstance(h.stamped.event, SIDES) for h in mine):
                continue
            open_ = any(not o.answer for o in case.handling.of("objections", matter.n)) or any(
                d.decided_at is None for d in case.handling.of("disputes", matter.n) if d.kind != "satisfaction"
            )
            running = [
                c for c in clocks(case, self.rules)
                if c.matter == matter.n and c.state == "open" and c.rule.stop and set(c.rule.stop) & {"designated", "kept", "ruled"}
            ]  # fmt: skip
            due = min(running, key=lambda c: c.sort()) if running else None
            told = show.due(due, (), running) if due else None
            yield DisputeView(
                matter=matter.n, positions=tuple(self._positions(case, mine, show)),
                decisions=tuple(_decision(h, show, self.lang) for h in mine if isinstance(h.stamped.event, DECISIONS)),
                open=open_, countdown=told.countdown if told else "", level=told.level if told else "none",
            )  # fmt: skip

    def _positions(self, case: Case, mine: Sequence[Happened], show: Shower) -> Iterator[PositionView]:
        """Yield why it was transferred, then what each side said, oldest first."""
        first = next((h for h in mine if isinstance(h.stamped.event, ev.TransferProposed)), None)
        if first is not None:
            event = first.stamped.event
            assert isinstance(event, ev.TransferProposed)
            matter = next(m for m in show.matters(case) if m.n == first.stamped.matter)
            yield PositionView(
                act=first.act_id, body=show.body(first.acting), role=labels.label(labels.ACTIONS, "propose-transfer", self.lang),
                at=first.happened_at, reasons=clean(event.reason) or matter.why, clause=labels.clauses(matter.clauses, self.lang),
                proposed=labels.listed((show.body(b) for b in event.to), self.lang),
            )  # fmt: skip
        for one in mine:
            said = one.stamped.event
            if isinstance(said, SIDES):
                action = {he.Objected: "object", he.TransferKept: "keep-transfer", he.Disputed: "dispute"}[type(said)]
                role = labels.label(labels.ACTIONS, action, self.lang)
                kind = getattr(said, "kind", "")
                if kind:
                    kind_words = labels.choice("dispute-kind", kind, self.lang)
                    role += labels.pick((f"（{kind_words}）", f" ({kind_words})"), self.lang)
                proposed = getattr(said, "proposed", "")
                yield PositionView(
                    act=one.act_id, body=show.body(one.acting), role=role, at=one.happened_at, reasons=clean(said.reasons),
                    clause=getattr(said, "clause", ""), proposed=show.body(proposed) if proposed else "",
                )  # fmt: skip


def _decision(one: Happened, show: Shower, lang: str) -> PositionView:
    event = one.stamped.event
    assert isinstance(event, DECISIONS)
    action = {he.Designated: "designate", he.Ruled: "rule", he.Evaluated: "evaluate"}[type(event)]
    if isinstance(event, he.Designated):
        said, to = event.reasons, show.body(event.body)
    elif isinstance(event, he.Ruled):
        said, to = event.decision, show.body(event.lead) if event.lead else ""
    else:
        said, to = event.words or event.panel, labels.choice("evaluate-result", event.result, lang)
    return PositionView(
        act=one.act_id, body=show.body(one.acting), role=labels.label(labels.ACTIONS, action, lang), at=one.happened_at,
        reasons=clean(said), clause="", proposed=to,
    )  # fmt: skip
