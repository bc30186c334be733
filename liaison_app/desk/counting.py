"""From the entries of a case to what can be counted of it: every act with its real time, every limit that ran. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from liaison_app.desk.clocks import Clock, ClockRules, Reading, clocks
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.evolving import evolve
from liaison_app.domain.handling import RESET_BY_RETURN, SENT_NAMES
from liaison_app.domain.moments import china, stamp, stored
from liaison_app.domain.text import clean, place_key
from liaison_app.mechanism.countable import ENCODER, Item, Limit, MatterFacts, Thing

FORM: Final = "7"
"""The form of rows and facts; a desk whose rows have another form makes them anew when it is opened."""
KINDS: Final = ("urgent", "immediate", "own_duty", "blocked")
"""Flags of a case that indicators may ask for; beside them ``ordinary``, facts, marks and grades."""
OPEN_ENDED: Final = "9999"
QUIET: Final = frozenset(
    {
        "state-changed", "transfer-approved", "proposal-withdrawn", "attached", "inquired", "marked", "unmarked", "alarm-answered",
        "reply-submitted", "reply-approved", "reply-returned", "clock-paused", "clock-resumed", "extension-asked",
        "proxy-confirmed", "revisited", "urged", "supervised",
    }
)  # fmt: skip
"""Kinds of events that may come again without putting another clock in the place of one that ran."""
TURNS: Final = frozenset({"returned", "designated", "completed", "transfer-kept", "disputed", "reopened", "unmerged"})
"""Kinds of events after which clocks may be gone that ran before."""


def counted_row(
    case: Case, happened: Sequence[Happened], reading: Reading, final: Sequence[Clock]
) -> tuple[str, str, str, bytes]:
    """Return the row of a case: id, first and last moment at which it can count, its facts."""
    thing = thing_of(case, happened, reading, final)
    since, until = thing.span()
    orders = {s.code: s for s in reading.rules.profile.states}
    over = thing.ended or all((s := orders.get(m.state)) is not None and s.end for m in case.matters)
    return case.id, since, until if over else OPEN_ENDED, ENCODER.encode(thing)


def thing_of(case: Case, happened: Sequence[Happened], reading: Reading, final: Sequence[Clock]) -> Thing:
    """Return what can be counted of a case. ``happened``: its shared stream; ``final``: its clocks as they stand."""
    rules = reading.rules
    matters: list[MatterFacts] = []
    table: dict[int, str] = {}
    marks = {m.code for m in rules.profile.marks}
    for matter in case.matters:
        lead, flags = reading.lead(matter), reading.flags(matter)
        kept = set(flags.intersection(KINDS)) | (flags & marks) | {f"grade:{lead.transfer}"}
        kept |= {name for name, value in matter.facts.items() if value is True}
        kept |= set() if kept & {"urgent", "own_duty", "blocked"} else {"ordinary"}
        facts = {k: str(v) for k, v in matter.facts.items() if isinstance(v, str | int) and not isinstance(v, bool)}
        matters.append(MatterFacts(facts, tuple(sorted(kept))))
        table[matter.n] = lead.lead
    merged = bool(case.handling.merged_into)
    items = tuple(_Reader(case, table).items(happened))
    return Thing(
        id=case.id, ended=bool(case.ended) or merged, first_receiver=case.first_receiver, channel=case.channel,
        town=case.town, received_at=case.received_at, places=_places(case), matters=tuple(matters), items=items,
        limits=limits_of(happened, rules, final),
    )  # fmt: skip


def _places(case: Case) -> tuple[tuple[str, str, str], ...]:
    pairs = (("object", case.object), ("place", case.place))
    return tuple((kind, key, clean(words)) for kind, words in pairs if (key := place_key(words)))


_PLAIN: Final[set[type]] = set()
"""Types of events that say who did them and when, and no more, once one was read: most are, and the others are asked for one by one."""


class _Reader:
    """Reads the events of a case in order and writes down who did what, at whom, under whose lead."""

    def __init__(self, case: Case, table: Mapping[int, str]) -> None:
        self._case, self._table = case, table
        self._to: dict[int, tuple[str, ...]] = {}
        self._accepted: dict[int, list[str]] = {}
        self._confirmed: set[tuple[int, str]] = set()
        self._sent: set[int] = set()

    def items(self, happened: Sequence[Happened]) -> Iterator[Item]:
        """Yield the items, with the moment at which a return took one back."""
        found: list[Item] = []
        for one in happened:
            if isinstance(one.stamped.event, ev.DeliveryConfirmed):
                self._confirmed.add((one.stamped.matter, one.stamped.event.body))
        for one in happened:
            n, event = one.stamped.matter, one.stamped.event
            if isinstance(event, he.SentBack):
                found = [
                    msgspec.structs.replace(i, undone=one.happened_at)
                    if i.matter == n and i.event in RESET_BY_RETURN and i.undone is None
                    else i
                    for i in found
                ]
            if isinstance(event, ev.Ended | he.Merged):
                found = [i for i in found if i.event != "ended"]  # it was reopened: the last end stands
            for matter in [m.n for m in self._case.matters] if isinstance(event, ev.Registered) else [n]:
                found += self._read(one, event, matter)
        return iter(found)

    def _lead(self, n: int) -> str:
        accepted = self._accepted.get(n)
        return accepted[0] if accepted else (self._to.get(n) or (self._table.get(n, ""),))[0]

    def _read(self, one: Happened, event: ev.Event, n: int) -> list[Item]:
        lead, receiver = self._lead(n), self._case.first_receiver
        if type(event) in _PLAIN:
            return [Item(event=ev.kind_of(event), at=one.happened_at, matter=n, body=one.acting, lead=lead)]
        body, other, at, names, values = one.acting, "", one.happened_at, [ev.kind_of(event)], dict[str, str]()
        match event:
            case ev.StateChanged() | ev.ProposalWithdrawn():
                return []
            case ev.Registered():
                other = lead
            case ev.TransferProposed():
                self._to[n] = event.to
                lead = self._lead(n)
                other = event.to[0]
            case ev.TransferSent():
                first = [] if n in self._sent else [f"{names[0]}/first"]
                self._sent.add(n)
                other, names = self._to[n][0] if n in self._to else lead, [*names, f"{names[0]}/{event.method}", *first]
            case ev.DeliveryConfirmed():
                body = event.body
            case ev.ReceiptSigned():
                names += [] if (n, body) in self._confirmed else ["delivery-confirmed"]
            case ev.Accepted():
                mine = self._accepted.setdefault(n, [])
                leads = bool(self._to.get(n)) and self._to[n][0] == event.body
                mine.insert(0 if leads else len(mine), event.body)
                body, lead, other = event.body, self._lead(n), receiver
                values = {"direct": "yes" if event.direct else "no"}
                names += ["accepted/direct"] if event.direct else []
            case ev.Informed():
                names, values = [f"{names[0]}/{event.what}"], {"to": event.to}
            case he.Disputed():
                other = receiver if body != receiver else lead
                names, values = [*names, f"disputed/{event.kind}"], {"kind": event.kind}
            case he.Designated():
                body, other = lead, event.body
                self._to[n] = (event.body,)
            case he.Ruled():
                names, values = (
                    [*names, *([f"ruled/{event.outcome}"] if event.outcome else [])],
                    {"outcome": event.outcome},
                )
            case he.AssistanceAsked():
                body, other, names = event.body, body, [*names, f"{names[0]}/{event.form}"]
            case he.AssistanceGiven():
                names = ["extended"] if event.extended_to else names
            case he.ExtensionGranted():
                values = {"rule": event.rule}
            case he.Investigated():
                found = [self._item("investigated", stamp(china(event.ended_at or at)), n, body, other, lead, {})]
                names = [*(["verified"] if event.verified else []), *(["stopped"] if event.stopped else [])]
                return [*found, *(self._item(name, at, n, body, other, lead, {}) for name in names)]
            case he.ReplySent():
                names = [*names, SENT_NAMES.get(event.kind, "answered"), *(["solved"] if event.solved else [])]
                values = {"kind": event.kind}
            case he.RepliedForNow():
                names = ["preliminary"]
            case he.FedBack():
                values = {"rating": event.rating}
            case he.Revisited():
                values = {
                    "reached": "yes" if event.reached else "no", "rating_reception": event.staff,
                    "rating_site": event.site, "rating_result": event.result,
                }  # fmt: skip
            case he.SentBack():
                other = lead
            case he.Evaluated():
                values = {"result": event.result}
            case he.Urged() | he.Supervised() | he.Listed() | he.Unlisted():
                other = lead
            case ev.Ended():
                names, values = (["ended"], {"outcome": event.outcome}) if self._case.ended else ([], {})
            case he.Merged():
                names, values = (["ended"], {"outcome": "merged"}) if self._case.handling.merged_into else ([], {})
            case he.Closed():
                values = {"outcome": event.outcome}
            case he.Stepped():
                names = [event.step]
            case _:
                _PLAIN.add(type(event))
        return [self._item(name, at, n, body, other, lead, values) for name in names]

    def _item(self, name: str, at: str, n: int, body: str, other: str, lead: str, values: dict[str, str]) -> Item:
        kept = {k: v for k, v in values.items() if v}
        return Item(event=name, at=at, matter=n, body=body, other=other, lead=lead, values=kept)


def limits_of(happened: Sequence[Happened], rules: ClockRules, final: Sequence[Clock]) -> tuple[Limit, ...]:
    """Return every limit that ran in a case, also those whose place another round of handling took.

    The first fulfilment stands: what was met before a return to handling was met.
    """
    found: dict[tuple[int, str, str, str, str], Limit] = {}

    def note(running: Sequence[Clock], gone_at: str | None) -> None:
        there = set()
        for clock in running:
            start = clock.start_at or stamp(clock.start)
            key = (clock.matter, clock.rule.rule, clock.rule.event, clock.owner, start)
            there.add(key)
            known = found.get(key)
            if known is None or known.met_at is None:
                found[key] = Limit(
                    rule=clock.rule.rule, matter=clock.matter, owner=clock.owner, start=start,
                    late_after=clock.late(), met_at=stored(clock.met_at) if clock.met_at else None, gone_at=gone_at,
                )  # fmt: skip

    seen: set[tuple[object, ...]] = set()
    turning = []
    kinds = [ev.kind_of(one.stamped.event) for one in happened]
    times = Counter(kinds)
    for i, (one, kind) in enumerate(zip(happened, kinds, strict=True)):
        if kind not in TURNS and (times[kind] == 1 or kind in QUIET):
            continue  # neither takes a clock away nor puts another in its place
        event = one.stamped.event
        again = (kind, one.stamped.matter, *(getattr(event, name, "") for name in ("what", "kind", "body", "form")))
        if kind in TURNS or (again in seen and kind not in QUIET):
            turning.append(i)
        seen.add(again)
    if turning:
        case: Case | None = None
        for i, one in enumerate(happened[: turning[-1] + 1]):
            if i in turning and case is not None:
                note(clocks(case, rules, explained=False, reading=Reading(case, rules)), one.happened_at)
            case = evolve(case, one)
    note(final, None)
    return tuple(found.values())
