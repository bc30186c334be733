"""Commands: what a person asks the desk to do with a case. Imperatives, typed, validated by their shape.

The tag of a class is its name on the command line (CONTRACT, `liaison act`). Free words of or about the citizen
stand in the fields that :data:`PERSONAL_FIELDS` lists; they travel in the personal part of the act only.
"""

from typing import Annotated, Any, Literal, TypeAlias, get_args

import msgspec

from liaison_app.domain import handling_commands as handling
from liaison_app.domain import ledger_commands as ledger
from liaison_app.domain.command_base import (
    Command,
    Confidential,
    Line,
    Moment,
    Proxy,
    Road,
    Text,
    action_of,
    given_of,
)
from liaison_app.domain.events import Person

__all__ = ["Command", "Confidential", "Line", "Moment", "Proxy", "Road", "Text", "action_of", "given_of"]


class Register(Command, frozen=True, kw_only=True, tag="register"):
    """登记: six fields of M1-REC-02, extras of M1-REC-05 and OFFICE C2, C3."""

    object: Line = ""
    content: Text = ""
    place: Line = ""
    complainant_name: Line = ""
    complainant_address: Line = ""
    contact: Line = ""
    salutation: Line = ""
    record: Text = ""
    channel: Line = "phone"
    received_at: Moment | None = None
    facts: dict[str, Any] = {}
    second_issue: list[dict[str, Any]] = []
    confidential: Confidential = "none"
    town: Line = ""
    headcount: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    external_no: Line = ""
    repeat_of: Line = ""
    source_key: Line = ""
    source_note: Text = ""


class BringIn(Register, frozen=True, kw_only=True, tag="bring-in"):
    """旧案移入: a case of a desk that worked alone enters as one act (DESIGN §4, From alone to member)."""

    old_id: Line
    old_number: Line
    old_state: Line
    state: Line
    registered_at: Moment
    registered_by: Line
    why: Line = ""
    has: tuple[Line, ...] = ()
    own: tuple[Line, ...] = ()
    held: dict[str, tuple[Line, ...]] = {}
    standing: dict[str, Any] = {}
    history: Text = ""
    """What happened to it, as text: it may hold the citizen's words."""


class Complete(Command, frozen=True, kw_only=True, tag="complete"):
    """补正: missing items or facts that became known. Only what is given changes."""

    object: Line | None = None
    content: Text | None = None
    place: Line | None = None
    complainant_name: Line | None = None
    complainant_address: Line | None = None
    contact: Line | None = None
    salutation: Line | None = None
    facts: dict[str, Any] = {}
    town: Line | None = None
    headcount: int | None = None
    external_no: Line | None = None
    confidential: Confidential | None = None


class ProposeTransfer(Command, frozen=True, kw_only=True, tag="propose-transfer"):
    """拟移送: the draft of the slip; ``to`` empty = as table T2 says, else ``reason`` is required."""

    to: list[Line] = []
    reason: Line = ""
    remark: Text = ""
    attachments: list[Line] = []


class Approve(Command, frozen=True, kw_only=True, tag="approve"):
    """审批同意 by one of the four roads of OFFICE A1."""

    road: Road = "own_desk"
    leader: Line = ""
    number: Line = ""
    words: Line = ""
    scan: Line = ""


class ReturnProposal(Command, frozen=True, kw_only=True, tag="return"):
    """退回修改: the leader sends the draft back with a comment."""

    comment: Line


class Withdraw(Command, frozen=True, kw_only=True, tag="withdraw"):
    """撤回: the proposer takes his draft back before it is approved."""

    reason: Line = ""


class SendTransfer(Command, frozen=True, kw_only=True, tag="transfer"):
    """移送: by a recorded method (M1-TRF-03); the slip gets its number."""

    method: Literal["three_party_call", "recorded_phone", "fax", "email", "by_hand", "letter", "platform", "oral"]
    to: Line = ""
    to_number: Line = ""
    to_person: Line = ""
    attempts: Line = ""


class ConfirmDelivery(Command, frozen=True, kw_only=True, tag="deliver"):
    """确认送达: who confirmed and what shows it (M1-TRF-03)."""

    confirmed_by: Line
    evidence: Line
    contact_person: Line = ""
    contact_number: Line = ""
    body: Line = ""


class SignReceipt(Command, frozen=True, kw_only=True, tag="sign"):
    """签收: the addressee signs the slip; anyone may sign (OFFICE A2)."""

    signer: Line = ""


class Accept(Command, frozen=True, kw_only=True, tag="accept"):
    """受理: the case gets its acceptance number (M1-ACC-02)."""

    handler: Line = ""
    contact_number: Line = ""


class Inform(Command, frozen=True, kw_only=True, tag="inform"):
    """告知: who was told what, how, and whether he was reached (M1-TRF-04, M1-ACC-02, M1-ACC-03)."""

    to: Literal["complainant", "first_receiver"] = "complainant"
    what: Line
    method: Literal["phone", "message", "letter", "visit", "through_first"] = "phone"
    words: Text = ""
    reached: bool = True
    impossible: Line = ""


class ReportUrgent(Command, frozen=True, kw_only=True, tag="report-urgent"):
    """报告区政府应急办 (M1-TRF-06)."""

    to_person: Line
    method: Literal["phone", "fax", "visit", "email"] = "phone"
    words: Line = ""


class WriteNote(Command, frozen=True, kw_only=True, tag="note"):
    """备注: a remark that only the own body reads."""

    text: Text


class StrikeNote(Command, frozen=True, kw_only=True, tag="strike-note"):
    """更正备注: the writer strikes his own note through; it stays readable. ``note`` is the act that wrote it."""

    note: Line
    reason: Line = ""


class HandOver(Command, frozen=True, kw_only=True, tag="hand-over"):
    """移交经办: a colleague of the own body takes the case over, for good or (代办) until a day's end.

    ``before`` (who had it) and ``batch`` (what was handed over together) are filled by the desk.
    """

    to: Line
    reason: Line
    until: Line = ""
    before: Line = ""
    batch: Line = ""


class ReceiveCharge(Command, frozen=True, kw_only=True, tag="receive-charge"):
    """接收移交: he to whom a case was handed over has seen it. ``batch`` names the handing over."""

    batch: Line


class Attach(Command, frozen=True, kw_only=True, tag="attach"):
    """附件: a file whose size and sha256 the act declares."""

    name: Line
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: Line
    what: Line = ""
    paper: Line = ""
    """The number of the paper that it is the sealed scan of 已盖章件 (OFFICE A6)."""
    about: Line = ""
    """The act of the site visit that a photo or a recording belongs to."""


class IssuePaper(Command, frozen=True, kw_only=True, tag="issue-paper"):
    """编文号: a paper gets its number, ours or the one typed from the office's register (OFFICE A5).

    ``of`` is the act that the paper is about; ``fields`` are words typed for it.
    """

    kind: Line
    number: Line = ""
    of: Line = ""
    fields: dict[str, Text] = {}


class PrintPaper(Command, frozen=True, kw_only=True, tag="print-paper"):
    """印发: a paper left the desk, with the sha256 of its PDF."""

    kind: Line
    sha256: Line
    number: Line = ""
    of: Line = ""
    copies: Annotated[int, msgspec.Meta(ge=1, le=999)] = 1
    way: Literal["printed", "saved"] = "printed"
    to: Line = ""
    outside: bool = False


class VoidPaper(Command, frozen=True, kw_only=True, tag="void-paper"):
    """文号作废: the number stays used and is listed with the reason."""

    kind: Line
    number: Line
    reason: Line


class SealPaper(Command, frozen=True, kw_only=True, tag="seal-paper"):
    """用印登记: the seal was put on a paper, by whom, who allowed it (OFFICE A6)."""

    kind: Line
    number: Line
    approver: Line
    sealed_by: Line
    copies: Annotated[int, msgspec.Meta(ge=1, le=999)] = 1


class TakeOver(Command, frozen=True, kw_only=True, tag="take-over"):
    """接办: the handling unit takes the case in hand (M1-HDL-01)."""

    handler: Line = ""


class Arrive(Command, frozen=True, kw_only=True, tag="arrive"):
    """到场: on the scene (M1-HDL-01, reading arrive)."""

    officers: Line = ""
    set_out_at: Moment | None = None


class Void(Command, frozen=True, kw_only=True, tag="void"):
    """误登作废, 非本机制事项（已告知渠道）, 投诉人撤回 (OFFICE B2): with reason and approver."""

    outcome: Literal["void", "out_of_scope", "withdrawn"]
    reason: Line
    approver: Line


class Inquire(Command, frozen=True, kw_only=True, tag="inquire"):
    """催问: the citizen asks how it stands; counted (OFFICE C1)."""

    words: Text = ""
    told: Text = ""


class Countersign(Command, frozen=True, kw_only=True, tag="countersign"):
    """补签: the paper signed after a telephone approval came back as a scan (OFFICE A1)."""

    approval: Line
    scan: Line


class ConfirmProxy(Command, frozen=True, kw_only=True, tag="confirm-proxy"):
    """属实 / 有异议: the leader's word on an approval entered in his name."""

    approval: Line
    agrees: bool
    remark: Line = ""


class Reveal(Command, frozen=True, kw_only=True, tag="reveal"):
    """查看完整信息（留痕）: why the masked data were opened."""

    reason: Line


class TakeOut(Command, frozen=True, kw_only=True, tag="take-out"):
    """取出留痕: personal data of a case left the desk as a file or by the clipboard; written down with it, never by itself."""

    what: Literal["file", "letter", "items", "list", "form"]
    about: Line = ""
    """The act of the attachment that was saved."""


class MoveVersion(Command, frozen=True, kw_only=True, tag="move-version"):
    """转用新版本: a running case goes by another version of its profile, on purpose; otherwise it keeps its own."""

    to: Line
    reason: Line = ""


class ErasePersonal(Command, frozen=True, kw_only=True, tag="erase-personal"):
    """到期删除 on a desk alone: the personal parts of an ended case go; who decided it with whom, and why, stays."""

    second: Line
    reason: Line


class Found(Command, frozen=True, kw_only=True, tag="found"):
    """建立本机数据: the first act of a replica."""

    founding: Literal["demo", "alone", "member"]
    mechanism: Line
    profile: Line
    district: Line
    people: tuple[Person, ...]
    towns: tuple[Line, ...] = ()
    desks: tuple[Line, ...] = ()
    settings: dict[str, Line] = {}
    text: str = ""


class EnterPerson(Command, frozen=True, kw_only=True, tag="enter-person"):
    """录入工作人员: a person of the roster, new or corrected."""

    person: Person


class LetPersonGo(Command, frozen=True, kw_only=True, tag="person-leaves"):
    """工作人员离任: he can open the desk no more; his acts stay under his name."""

    person: Line
    reason: Line


class EnterYear(Command, frozen=True, kw_only=True, tag="enter-year"):
    """录入年度放假安排."""

    notice: dict[str, Any]


class ChooseSetting(Command, frozen=True, kw_only=True, tag="choose-setting"):
    """选定机制设置: a reading of a contradiction or a default for a gap."""

    setting: Line
    value: Line
    reason: Line
    running: bool = False
    """Whether cases already registered go by it too; otherwise they keep what they began with."""


class PublishProfile(Command, frozen=True, kw_only=True, tag="publish-profile"):
    """发布机制新版本: a successor of the profile in force, in force from a day on. Published versions never change."""

    version: Line
    valid_from: Line
    text: str
    reason: Line


class FreezePeriod(Command, frozen=True, kw_only=True, tag="freeze-period"):
    """冻结统计期: the figures of a finished period are kept for ever, as known at ``cut`` (OFFICE B9)."""

    period: Line
    cut: Line
    version: Line
    scope: Line
    missing: tuple[str, ...]
    figures: str
    sha256: Line


RegisterCommand = Found | EnterPerson | LetPersonGo | EnterYear | ChooseSetting | PublishProfile | FreezePeriod
"""What is written into the registers rather than into a case."""

AnyCommand: TypeAlias = (
    Register
    | BringIn
    | Complete
    | ProposeTransfer
    | Approve
    | ReturnProposal
    | Withdraw
    | SendTransfer
    | ConfirmDelivery
    | SignReceipt
    | Accept
    | Inform
    | ReportUrgent
    | WriteNote
    | StrikeNote
    | HandOver
    | ReceiveCharge
    | Attach
    | IssuePaper
    | PrintPaper
    | VoidPaper
    | SealPaper
    | TakeOver
    | Arrive
    | Void
    | Inquire
    | Countersign
    | ConfirmProxy
    | Reveal
    | TakeOut
    | MoveVersion
    | ErasePersonal
    | handling.AnyHandling
)

PERSONAL_FIELDS: dict[str, tuple[str, ...]] = {
    "register": (
        "content", "record", "complainant_name", "complainant_address", "contact", "salutation", "source_note",
    ),
    "bring-in": (
        "content", "record", "complainant_name", "complainant_address", "contact", "salutation", "source_note", "history",
    ),
    "complete": ("content", "complainant_name", "complainant_address", "contact", "salutation"),
    "propose-transfer": ("remark",),
    "inform": ("words",),
    "inquire": ("words", "told"),
    "issue-paper": ("fields",),
    **handling.PERSONAL_FIELDS,
    **ledger.PERSONAL_FIELDS,
}  # fmt: skip
"""Fields of a command that lie in the personal part of its act (DESIGN §3)."""

COMMANDS: dict[str, type[Command]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyCommand)}
"""Command types by their word on the command line."""
