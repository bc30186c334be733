"""The state of a case as plain data; ``evolving`` says how each event moves it."""

from typing import Any, Final

import msgspec

from liaison_app.domain.events import Stamped
from liaison_app.domain.handling import NOTHING_YET, Handling


class Actor(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who acts: person, body, roles of the roster, posts that the body holds."""

    person: str
    body: str
    roles: frozenset[str] = frozenset()
    device: str = ""


class Happened(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A stamped event with the circumstances of its act."""

    stamped: Stamped
    act_id: str
    entry_id: str
    person: str
    body: str
    happened_at: str
    recorded_at: str
    personal: dict[str, Any] = {}

    @property
    def acting(self) -> str:
        """The body whose act it is: the one acted for where it was entered 代录."""
        return self.stamped.proxy_body or self.body


class Approval(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Approval of a transfer: road, leader, who entered it; 补签 and 属实 follow."""

    act_id: str
    road: str
    leader: str
    entered_by: str
    at: str
    countersign_due: bool
    scan: str = ""
    scanned_at: str | None = None
    verdict: bool | None = None


class Delivery(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """送达: one addressee's copy of a slip, confirmed (M1-TRF-03) and signed for (签收)."""

    body: str
    delivered_at: str | None = None
    confirmed_by: str = ""
    evidence: str = ""
    contact_person: str = ""
    contact_number: str = ""
    signed_by: str = ""
    signed_at: str | None = None

    @property
    def received_at(self) -> str | None:
        """When the addressee had it: confirmed, or signed for where nothing else was recorded."""
        return self.delivered_at or self.signed_at


class Acceptance(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """受理: a body took a matter under a number of its own; ``direct`` without a transfer before."""

    body: str
    number: str
    at: str
    handler: str
    contact_number: str = ""
    direct: bool = False


PAST: Final = ("withdrawn", "replaced")


class Transfer(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """移送: a record with its own life (proposed, approved, sent, then delivered and signed at each addressee).

    A matter has one transfer at a time: ``withdrawn`` ended before it was sent, ``replaced`` after.
    """

    id: str
    matter: int
    from_body: str
    to: tuple[str, ...]
    reason: str
    proposer: str
    proposed_at: str
    state: str = "proposed"
    approval: Approval | None = None
    slip_no: str = ""
    method: str = ""
    to_number: str = ""
    attempts: str = ""
    sent_by: str = ""
    sent_at: str | None = None
    deliveries: tuple[Delivery, ...] = ()
    attachments: tuple[str, ...] = ()
    receipt: str = ""
    """The act that attached its signed receipt 回执."""

    def delivery(self, body: str = "") -> Delivery:
        """Return how far an addressee's copy is; the leading addressee's when no body is named."""
        wanted = body or self.to[0]
        return next((d for d in self.deliveries if d.body == wanted), Delivery(body=wanted))


class Matter(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """事项: one pollutant of the case with its own facts, state and clocks (M1-OVL-06)."""

    n: int
    facts: dict[str, Any]
    state: str
    acceptances: tuple[Acceptance, ...] = ()
    taken_over_at: str | None = None
    set_out_at: str | None = None
    arrived_at: str | None = None

    @property
    def accepted_at(self) -> str | None:
        """When the lead accepted, None before."""
        return self.acceptances[0].at if self.acceptances else None

    @property
    def accepted_by(self) -> str:
        """The body that leads since it accepted, '' before."""
        return self.acceptances[0].body if self.acceptances else ""

    def acceptance(self, body: str) -> Acceptance | None:
        """Return a body's acceptance."""
        return next((a for a in self.acceptances if a.body == body), None)


class Notice(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """告知: who was told what, when, by which body."""

    act_id: str
    matter: int
    body: str
    to: str
    what: str
    method: str
    at: str
    reached: bool
    impossible: str


class Issued(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """文书: a paper that got its number or went out, about one act (``of``); ``scan`` is the sealed one that came back."""

    kind: str
    number: str
    of: str
    body: str
    at: str
    printed: int = 0
    sealed: bool = False
    voided: str = ""
    scan: str = ""


class Case(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A complaint as folded from its entries."""

    id: str
    number: str
    mechanism: str
    first_receiver: str
    channel: str
    received_at: str
    registered_at: str
    registered_by: str
    object: str
    place: str
    town: str
    headcount: int | None
    external_no: str
    confidential: str
    missing: tuple[str, ...]
    repeat_of: str
    source_key: str
    matters: tuple[Matter, ...]
    transfers: tuple[Transfer, ...] = ()
    notices: tuple[Notice, ...] = ()
    reported_at: str | None = None
    ended: str = ""
    inquiries: int = 0
    papers: tuple[Issued, ...] = ()
    handling: Handling = NOTHING_YET
    done: dict[str, tuple[str, ...]] = {}
    personal: dict[str, str] = {}
    changed_at: str = ""
    version: int = 0
    old_number: str = ""
    """旧号: the number it had on the desk alone from which it was brought in."""
    moves: tuple[tuple[str, str], ...] = ()
    """Earlier versions of the profile that it went by, each with the moment until which it did."""

    def matter(self, n: int) -> Matter | None:
        """Return matter ``n`` or None."""
        return next((m for m in self.matters if m.n == n), None)

    def transfer(self, matter: int) -> Transfer | None:
        """Return the transfer of a matter that stands: neither withdrawn nor replaced."""
        return next((t for t in reversed(self.transfers) if t.matter == matter and t.state not in PAST), None)

    def paper(self, kind: str, of: str) -> Issued | None:
        """Return the paper of a kind about an act that stands: not voided."""
        return next((p for p in reversed(self.papers) if (p.kind, p.of) == (kind, of) and not p.voided), None)

    def bodies(self) -> frozenset[str]:
        """Return every body on the case: first receiver, addressees once sent, acceptors."""
        sent = {b for t in self.transfers if t.sent_at for b in t.to}
        return frozenset({self.first_receiver} | sent | {a.body for m in self.matters for a in m.acceptances})

    def accepted_together(self) -> bool:
        """Whether every matter was accepted."""
        return all(m.accepted_at for m in self.matters)


class Standing(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The records of a case that was brought in, as they stood on the desk alone."""

    matters: tuple[Matter, ...]
    transfers: tuple[Transfer, ...] = ()
    notices: tuple[Notice, ...] = ()
    reported_at: str | None = None
    ended: str = ""
    inquiries: int = 0
    handling: Handling = NOTHING_YET


def standing_of(case: Case) -> dict[str, Any]:
    """Return the records of a case as plain data."""
    kept = {name: getattr(case, name) for name in Standing.__struct_fields__}
    plain: dict[str, Any] = msgspec.to_builtins(Standing(**kept), order="deterministic")
    return plain
