"""Events of handling: what disputes, assistance, visits, replies, urging, listing and closing meant."""

from typing import Any, TypeAlias

from liaison_app.domain.event_base import Event, InnerEvent


class Objected(Event, frozen=True, kw_only=True, tag="objected"):
    """移送异议 was filed."""

    reasons: str
    clause: str = ""
    proposed: str = ""


class TransferKept(Event, frozen=True, kw_only=True, tag="transfer-kept"):
    """维持移送: the first receiver answered an objection."""

    reasons: str


class Disputed(Event, frozen=True, kw_only=True, tag="disputed"):
    """提请协调: transfer, handling, law or satisfaction."""

    kind: str
    reasons: str
    clause: str = ""
    proposed: str = ""


class Designated(Event, frozen=True, kw_only=True, tag="designated"):
    """移送单位已指定."""

    body: str
    reasons: str = ""


class Ruled(Event, frozen=True, kw_only=True, tag="ruled"):
    """已裁决."""

    decision: str
    outcome: str = ""
    lead: str = ""


class AssistanceAsked(Event, frozen=True, kw_only=True, tag="assist-asked"):
    """已请求协助."""

    body: str
    what: str
    form: str
    until: str | None = None


class AssistanceGiven(Event, frozen=True, kw_only=True, tag="assist-given"):
    """已协助."""

    opinion: str
    extended_to: str | None = None


class Investigated(Event, frozen=True, kw_only=True, tag="investigated"):
    """现场已调查."""

    findings: str
    set_out_at: str | None = None
    arrived_at: str | None = None
    ended_at: str | None = None
    officers: str = ""
    measures: str = ""
    evidence: str = ""
    verified: bool = False
    stopped: bool = False
    checklist: tuple[str, ...] = ()


class CaseFiled(Event, frozen=True, kw_only=True, tag="filed"):
    """已立案."""

    number: str
    offence: str = ""


class LetterSent(Event, frozen=True, kw_only=True, tag="letter-sent"):
    """已函告市级部门."""

    department: str
    request: str


class ReplyDrafted(InnerEvent, frozen=True, kw_only=True, tag="reply-drafted"):
    """A version of a reply; its text is in the personal part of the act."""

    reply: str
    kind: str
    sha256: str


class ReplySubmitted(Event, frozen=True, kw_only=True, tag="reply-submitted"):
    """回复已送审."""

    reply: str
    kind: str
    sha256: str


class ReplyApproved(Event, frozen=True, kw_only=True, tag="reply-approved"):
    """回复已签发."""

    reply: str
    road: str
    leader: str
    sha256: str
    number: str = ""
    words: str = ""
    scan: str = ""
    countersign_due: bool = False


class ReplyPassed(InnerEvent, frozen=True, kw_only=True, tag="reply-passed"):
    """核稿、审核或会签已过, or the step was skipped with a reason: of exactly one text."""

    reply: str
    sha256: str
    step: str
    words: str = ""
    skipped: str = ""
    road: str = ""
    signer: str = ""
    body: str = ""
    scan: str = ""


class ReplyCommented(InnerEvent, frozen=True, kw_only=True, tag="reply-commented"):
    """退回意见."""

    reply: str
    comment: str


class ReplyReturned(Event, frozen=True, kw_only=True, tag="reply-returned"):
    """回复已退回修改; the shared stream learns no comment."""

    reply: str


class ReplySent(Event, frozen=True, kw_only=True, tag="reply-sent"):
    """回复已发出."""

    reply: str
    kind: str
    method: str
    sha256: str
    document_no: str = ""
    solved: bool = False
    promised: str | None = None


class RepliedForNow(Event, frozen=True, kw_only=True, tag="replied-for-now"):
    """已初步回复."""

    reasons: str
    measures: str
    promised: str
    method: str


class FedBack(Event, frozen=True, kw_only=True, tag="fed-back"):
    """已反馈12369中心."""

    result: str
    rating: str = ""
    unrated: str = ""


class Revisited(Event, frozen=True, kw_only=True, tag="revisited"):
    """回访: one attempt."""

    method: str
    reached: bool
    staff: str = ""
    site: str = ""
    result: str = ""
    reason: str = ""
    last_attempt: bool = False


class SentBack(Event, frozen=True, kw_only=True, tag="returned"):
    """发回重新办理."""

    reason: str
    until: str | None = None


class Evaluated(Event, frozen=True, kw_only=True, tag="evaluated"):
    """满意度已评价."""

    panel: str
    result: str
    words: str = ""


class Urged(Event, frozen=True, kw_only=True, tag="urged"):
    """已催办; ``count`` is the how-manieth."""

    reason: str
    count: int
    until: str | None = None


class Supervised(Event, frozen=True, kw_only=True, tag="supervised"):
    """已督办."""

    reason: str
    until: str | None = None


class Listed(Event, frozen=True, kw_only=True, tag="listed"):
    """已挂牌."""

    target: str
    until: str
    responsible: str
    supervisor: str
    procedure: str
    decided_by: str = ""


class Unlisted(Event, frozen=True, kw_only=True, tag="delisted"):
    """已摘牌."""

    evidence: str
    verified_by: str


class Closed(Event, frozen=True, kw_only=True, tag="closed"):
    """已结案."""

    outcome: str
    reason: str = ""
    limit: str | None = None


class Archived(Event, frozen=True, kw_only=True, tag="archived"):
    """已归档."""

    fonds: str = ""
    keep: str = "10"
    item: str = ""
    pages: int = 0


class Published(Event, frozen=True, kw_only=True, tag="published"):
    """已公布."""

    where: str
    text: str = ""


class Merged(Event, frozen=True, kw_only=True, tag="merged"):
    """并入他件: into the case of that id; ``number`` as people say it."""

    into: str
    reason: str
    number: str = ""


class Joined(Event, frozen=True, kw_only=True, tag="joined"):
    """他件并入: the other side of :class:`Merged`, in the stream of the case that goes on."""

    case: str
    number: str
    reason: str


class Parted(Event, frozen=True, kw_only=True, tag="parted"):
    """并入件分出: the other side of :class:`Unmerged`."""

    case: str
    number: str
    reason: str


class Unmerged(Event, frozen=True, kw_only=True, tag="unmerged"):
    """分案."""

    reason: str


class Reopened(Event, frozen=True, kw_only=True, tag="reopened"):
    """恢复办理."""

    reason: str


class ClockPaused(Event, frozen=True, kw_only=True, tag="clock-paused"):
    """暂停计时."""

    rule: str
    reason: str
    approver: str
    remark: str = ""


class ClockResumed(Event, frozen=True, kw_only=True, tag="clock-resumed"):
    """恢复计时."""

    rule: str


class ExtensionAsked(Event, frozen=True, kw_only=True, tag="extension-asked"):
    """申请延期."""

    rule: str
    until: str
    reason: str


class ExtensionGranted(Event, frozen=True, kw_only=True, tag="extended"):
    """已批准延期."""

    rule: str
    until: str
    leader: str


class Stepped(Event, frozen=True, kw_only=True, tag="stepped"):
    """办理步骤 done."""

    step: str
    words: str = ""
    officers: str = ""
    body: str = ""
    evidence: str = ""
    until: str | None = None


class Marked(Event, frozen=True, kw_only=True, tag="marked"):
    """已标注."""

    marks: tuple[str, ...]
    data: dict[str, Any] = {}


class Unmarked(Event, frozen=True, kw_only=True, tag="unmarked"):
    """已取消标注."""

    marks: tuple[str, ...]


class AlarmAnswered(Event, frozen=True, kw_only=True, tag="alarm-answered"):
    """已应答: which alarm of the acting body, rung since when."""

    what: str
    since: str = ""


AnyHandled: TypeAlias = (
    Objected
    | TransferKept
    | Disputed
    | Designated
    | Ruled
    | AssistanceAsked
    | AssistanceGiven
    | Investigated
    | CaseFiled
    | LetterSent
    | ReplyDrafted
    | ReplySubmitted
    | ReplyApproved
    | ReplyPassed
    | ReplyCommented
    | ReplyReturned
    | ReplySent
    | RepliedForNow
    | FedBack
    | Revisited
    | SentBack
    | Evaluated
    | Urged
    | Supervised
    | Listed
    | Unlisted
    | Closed
    | Archived
    | Published
    | Merged
    | Joined
    | Parted
    | Unmerged
    | Reopened
    | ClockPaused
    | ClockResumed
    | ExtensionAsked
    | ExtensionGranted
    | Stepped
    | Marked
    | Unmarked
    | AlarmAnswered
)
