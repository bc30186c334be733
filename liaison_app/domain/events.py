"""Events: what acts meant. Past participles; the open part only, personal words stay in the act (DESIGN §3)."""

from typing import Any, TypeAlias

import msgspec

from liaison_app.domain import handling_events as handling
from liaison_app.domain import ledger_events as ledger
from liaison_app.domain.event_base import Event, InnerEvent, kind_of

__all__ = ["Event", "InnerEvent", "kind_of"]


class Registered(Event, frozen=True, kw_only=True, tag="registered"):
    """登记 done: the open facts of the complaint."""

    number: str
    mechanism: str
    first_receiver: str
    channel: str
    received_at: str
    object: str = ""
    place: str = ""
    town: str = ""
    headcount: int | None = None
    external_no: str = ""
    confidential: str = "none"
    issues: tuple[dict[str, Any], ...] = ({},)
    missing: tuple[str, ...] = ()
    repeat_of: str = ""
    source_key: str = ""


class BroughtIn(Registered, frozen=True, kw_only=True, tag="brought-in"):
    """旧案移入: a case of a desk that worked alone, as data; never its acts again (DESIGN §4).

    ``has``: words of :mod:`liaison_app.mechanism.effects` that stand on each matter (or the case) without a holder,
    ``own``: those that the bringing body holds, ``held``: addressees of the transfer, papers and clocks, and in an end
    every holder. ``standing``: the records as they stood, see :class:`liaison_app.domain.case.Standing`.
    """

    old_id: str
    old_number: str
    old_state: str
    state: str
    registered_at: str
    registered_by: str
    why: str = ""
    """Why it does not stand in the state it had: a code, '' when it does."""
    has: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    held: dict[str, tuple[str, ...]] = {}
    standing: dict[str, Any] = {}


class Completed(Event, frozen=True, kw_only=True, tag="completed"):
    """补正 done: what is new in the open part, and what is still missing."""

    changes: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    missing: tuple[str, ...] = ()


class TransferProposed(Event, frozen=True, kw_only=True, tag="transfer-proposed"):
    """拟移送: addressees, and the reason when they are not those of the table."""

    to: tuple[str, ...]
    reason: str = ""
    attachments: tuple[str, ...] = ()


class TransferApproved(Event, frozen=True, kw_only=True, tag="transfer-approved"):
    """移送已批准: by whom and by which road (OFFICE A1)."""

    road: str
    leader: str
    number: str = ""
    words: str = ""
    scan: str = ""
    countersign_due: bool = False


class ProposalReturned(InnerEvent, frozen=True, kw_only=True, tag="proposal-returned"):
    """退回修改: comment of the leader."""

    comment: str


class ProposalWithdrawn(Event, frozen=True, kw_only=True, tag="proposal-withdrawn"):
    """The draft went back to its author; the shared stream learns no comment. ``own``: he took it back himself."""

    own: bool = False
    reason: str = ""


class TransferSent(Event, frozen=True, kw_only=True, tag="transfer-sent"):
    """已移送: slip number, method, number dialled."""

    slip_no: str
    method: str
    to_number: str = ""
    to_person: str = ""
    attempts: str = ""


class DeliveryConfirmed(Event, frozen=True, kw_only=True, tag="delivery-confirmed"):
    """已确认送达: who confirmed, what shows it."""

    body: str
    confirmed_by: str
    evidence: str
    contact_person: str = ""
    contact_number: str = ""


class ReceiptSigned(Event, frozen=True, kw_only=True, tag="receipt-signed"):
    """已签收: who signed the slip."""

    signer: str


class Accepted(Event, frozen=True, kw_only=True, tag="accepted"):
    """已受理: acceptance number and handler; ``direct`` when no transfer came before."""

    number: str
    body: str
    handler: str
    contact_number: str = ""
    direct: bool = False


class Informed(Event, frozen=True, kw_only=True, tag="informed"):
    """已告知: who was told what, how."""

    to: str
    what: str
    method: str
    reached: bool = True
    impossible: str = ""


class UrgentReported(Event, frozen=True, kw_only=True, tag="urgent-reported"):
    """已报区政府应急办."""

    to_person: str
    method: str
    words: str = ""


class NoteWritten(InnerEvent, frozen=True, kw_only=True, tag="note-written"):
    """备注."""

    text: str


class HandedOver(InnerEvent, frozen=True, kw_only=True, tag="handed-over"):
    """经办移交了: who of the body has the case now, until a day's end where it is 代办, and who had it."""

    to: str
    reason: str
    before: str
    batch: str
    until: str = ""


class ChargeReceived(InnerEvent, frozen=True, kw_only=True, tag="charge-received"):
    """移交接收了."""

    batch: str


class NoteStruck(InnerEvent, frozen=True, kw_only=True, tag="note-struck"):
    """备注已更正: the note of that act is struck through."""

    note: str
    reason: str = ""


class Attached(Event, frozen=True, kw_only=True, tag="attached"):
    """附件: name, size and hash of a file."""

    name: str
    size: int
    sha256: str
    what: str = ""
    paper: str = ""
    about: str = ""


class PaperIssued(Event, frozen=True, kw_only=True, tag="paper-issued"):
    """文号已编."""

    kind: str
    number: str = ""
    of: str = ""


class PaperPrinted(Event, frozen=True, kw_only=True, tag="paper-printed"):
    """已印发: the how-manieth time, of which PDF."""

    kind: str
    sha256: str
    times: int
    number: str = ""
    of: str = ""
    copies: int = 1
    way: str = "printed"
    to: str = ""
    outside: bool = False


class PaperVoided(Event, frozen=True, kw_only=True, tag="paper-voided"):
    """文号已作废."""

    kind: str
    number: str
    reason: str


class PaperSealed(Event, frozen=True, kw_only=True, tag="paper-sealed"):
    """已用印."""

    kind: str
    number: str
    approver: str
    sealed_by: str
    copies: int = 1


class TakenOver(Event, frozen=True, kw_only=True, tag="taken-over"):
    """已接办."""

    body: str
    handler: str


class Arrived(Event, frozen=True, kw_only=True, tag="arrived"):
    """已到场."""

    officers: str = ""
    set_out_at: str | None = None


class Ended(Event, frozen=True, kw_only=True, tag="ended"):
    """误登作废, 非本机制事项, 投诉人撤回: reason and approver."""

    outcome: str
    reason: str
    approver: str


class Inquired(Event, frozen=True, kw_only=True, tag="inquired"):
    """催问 recorded; ``count`` is the how-manieth."""

    count: int


class Countersigned(Event, frozen=True, kw_only=True, tag="countersigned"):
    """补签 on paper is back."""

    approval: str
    scan: str


class ProxyConfirmed(Event, frozen=True, kw_only=True, tag="proxy-confirmed"):
    """The leader said 属实 or 有异议 to an approval entered in his name."""

    approval: str
    agrees: bool
    remark: str = ""


class Revealed(InnerEvent, frozen=True, kw_only=True, tag="revealed"):
    """查看完整信息: reason."""

    reason: str


class TakenOut(InnerEvent, frozen=True, kw_only=True, tag="taken-out"):
    """取出留痕: what left the desk, and the act of the attachment where it was one."""

    what: str
    about: str = ""


class Person(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A person of the roster 名册."""

    id: str
    name: str
    body: str
    title: str = ""
    roles: tuple[str, ...] = ("liaison",)
    phone: str = ""


class RegisterEvent(Event, frozen=True):
    """Base of events in the register streams 登记簿: what everybody on the desk goes by."""

    @property
    def register(self) -> str:
        """The stream that the event belongs to."""
        return REGISTER_OF[type(self)]


class Founded(RegisterEvent, frozen=True, kw_only=True, tag="founded"):
    """建立: the first act of a replica says for ever what it is: demo 演示, alone 单机 or member 入网."""

    founding: str
    mechanism: str
    profile: str
    district: str
    people: tuple[Person, ...]
    towns: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    settings: dict[str, str] = {}
    text: str = ""
    """The profile's file as it was when the desk began; '' on desks founded before it was kept."""


class PersonEntered(RegisterEvent, frozen=True, kw_only=True, tag="person-entered"):
    """A person came into the roster, or his entry was corrected."""

    person: Person


class PersonLeft(RegisterEvent, frozen=True, kw_only=True, tag="person-left"):
    """A person left the office; what he did stays under his name."""

    person: str
    reason: str


class YearEntered(RegisterEvent, frozen=True, kw_only=True, tag="year-entered"):
    """The State Council's notice of a year was entered into the working-day calendar."""

    notice: dict[str, Any]
    since: str = ""


class SettingChosen(RegisterEvent, frozen=True, kw_only=True, tag="setting-chosen"):
    """A reading or a default of the profile was chosen, with the reason."""

    setting: str
    value: str
    reason: str
    since: str = ""
    running: bool = False


class ProfilePublished(RegisterEvent, frozen=True, kw_only=True, tag="profile-published"):
    """A successor version of the desk's profile was published: its whole text, in force from a day on (DESIGN §7)."""

    version: str
    valid_from: str
    text: str
    sha256: str
    reason: str
    since: str = ""


class PeriodFrozen(RegisterEvent, frozen=True, kw_only=True, tag="period-frozen"):
    """统计期冻结: the figures of a finished period as they stood at ``cut``, the same for ever (OFFICE B9).

    ``figures`` are the numbers and the cases behind them, packed (:mod:`liaison_app.mechanism.freezing`); ``missing``
    the bodies whose desks had not synchronised past the period by then.
    """

    period: str
    cut: str
    version: str
    scope: str
    missing: tuple[str, ...]
    figures: str
    sha256: str
    since: str = ""


REGISTER_OF: dict[type, str] = {
    Founded: "register/founding", PersonEntered: "register/roster", PersonLeft: "register/roster",
    YearEntered: "register/calendar", SettingChosen: "register/settings",
    ProfilePublished: "register/profiles", PeriodFrozen: "register/figures",
}  # fmt: skip


class VersionMoved(Event, frozen=True, kw_only=True, tag="version-moved"):
    """转用新版本: a running case goes by another version of its profile from now on."""

    before: str
    to: str
    reason: str


class PersonalErased(Event, frozen=True, kw_only=True, tag="personal-erased"):
    """到期删除: the personal parts of the case are gone; every hash stays."""

    second: str
    reason: str


class StateChanged(Event, frozen=True, kw_only=True, tag="state-changed"):
    """The matter moved to another state of the profile's table."""

    matter: int
    to: str


AnyEvent: TypeAlias = (
    Registered
    | BroughtIn
    | Completed
    | TransferProposed
    | TransferApproved
    | ProposalReturned
    | ProposalWithdrawn
    | TransferSent
    | DeliveryConfirmed
    | ReceiptSigned
    | Accepted
    | Informed
    | UrgentReported
    | NoteWritten
    | NoteStruck
    | HandedOver
    | ChargeReceived
    | Attached
    | PaperIssued
    | PaperPrinted
    | PaperVoided
    | PaperSealed
    | TakenOver
    | Arrived
    | Ended
    | Inquired
    | Countersigned
    | ProxyConfirmed
    | Revealed
    | TakenOut
    | StateChanged
    | VersionMoved
    | PersonalErased
    | handling.AnyHandled
    | ledger.AnyLedger
    | Founded
    | PersonEntered
    | PersonLeft
    | YearEntered
    | SettingChosen
    | ProfilePublished
    | PeriodFrozen
)


class Stamped(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """An event as it stands in an entry: with its matter, and the person and time of the act around it.

    ``case`` names the case whose stream it goes to where that is not the case of the act.
    """

    event: AnyEvent
    matter: int = 1
    case: str = ""
    late_reason: str = ""
    proxy_person: str = ""
    proxy_body: str = ""
    proxy_evidence: str = ""


ENCODER = msgspec.json.Encoder(order="deterministic")
DECODER = msgspec.json.Decoder(Stamped)


class Unread(Event, frozen=True, kw_only=True, tag="unread"):
    """What a later program recorded and this one cannot read: kept as it came, passed over, shown as such (DESIGN §4)."""

    kind: str


def read(kind: str, data: bytes) -> Stamped:
    """Return the event of an entry; one of a kind that this program does not know is :class:`Unread`."""
    try:
        return DECODER.decode(data)
    except (msgspec.DecodeError, RecursionError):  # nested without end: kept as it is, like what is not known
        return Stamped(event=Unread(kind=kind))  # type: ignore[arg-type]  # none of the union, on purpose
