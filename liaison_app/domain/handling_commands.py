"""Commands of handling: disputes, assistance, site visits, replies, return visits, urging, listing, closing."""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from liaison_app.domain.command_base import Command, Line, Moment, Road, Text

Rating = Literal["", "satisfied", "basically", "dissatisfied"]
ReplyKind = Literal["written", "preliminary", "formal", "explanation"]


class Object(Command, frozen=True, kw_only=True, tag="object"):
    """移送异议: the receiver says before acceptance why another body should have it (OFFICE B1)."""

    reasons: Line
    clause: Line = ""
    proposed: Line = ""


class KeepTransfer(Command, frozen=True, kw_only=True, tag="keep-transfer"):
    """维持移送: the first receiver's answer to an objection."""

    reasons: Line


class RaiseDispute(Command, frozen=True, kw_only=True, tag="dispute"):
    """提请协调: a dispute is put before who decides it (M1-OVL-03: four kinds, four deciders)."""

    kind: Line = "transfer"
    reasons: Line
    clause: Line = ""
    proposed: Line = ""


class Designate(Command, frozen=True, kw_only=True, tag="designate"):
    """指定移送单位 (M1-TRF-13)."""

    body: Line
    reasons: Line = ""


class Rule(Command, frozen=True, kw_only=True, tag="rule"):
    """裁决: the decision on a dispute during handling or about the law."""

    decision: Line
    outcome: Line = ""
    lead: Line = ""


class AskAssistance(Command, frozen=True, kw_only=True, tag="assist-ask"):
    """请求协助: a body is asked for an opinion, for staff or for a joint action."""

    body: Line
    what: Line
    form: Literal["opinion", "joint-search", "joint-enforcement", "consultation", "appraisal", "register"] = "opinion"
    until: Moment | None = None


class GiveAssistance(Command, frozen=True, kw_only=True, tag="assist-give"):
    """协助办理: the answer of the body that was asked."""

    opinion: Text
    extended_to: Moment | None = None


class Investigate(Command, frozen=True, kw_only=True, tag="investigate"):
    """现场调查: what was found and done; three times are kept (set out, arrived, ended)."""

    findings: Text
    set_out_at: Moment | None = None
    arrived_at: Moment | None = None
    ended_at: Moment | None = None
    officers: Line = ""
    measures: Line = ""
    evidence: Line = ""
    verified: bool = False
    stopped: bool = False
    checklist: list[Line] = []


class FileCase(Command, frozen=True, kw_only=True, tag="file-case"):
    """立案 (M1-HDL-04)."""

    number: Line
    offence: Line = ""


class WriteToCity(Command, frozen=True, kw_only=True, tag="city-letter"):
    """函告市级部门 (M1-LVL-04)."""

    department: Line
    request: Line


class DraftReply(Command, frozen=True, kw_only=True, tag="draft-reply"):
    """拟回复: a version of the text; the same ``reply`` again is the next version."""

    kind: ReplyKind = "formal"
    text: Text
    reply: Line = ""


class SubmitReply(Command, frozen=True, kw_only=True, tag="submit-reply"):
    """送审: the newest version goes to the leader. ``sha256`` names it."""

    reply: Line = ""
    kind: ReplyKind = "formal"
    sha256: Line = ""


class ApproveReply(Command, frozen=True, kw_only=True, tag="approve-reply"):
    """签发: by one of the four roads; what was approved cannot change any more."""

    reply: Line = ""
    road: Road = "own_desk"
    leader: Line = ""
    number: Line = ""
    words: Line = ""
    scan: Line = ""


class PassReply(Command, frozen=True, kw_only=True, tag="pass-reply"):
    """核稿、审核、会签: a step of the chain before the signature (OFFICE B7); ``skipped`` with the reason instead.

    ``signer``: who took it, where that was on paper, by telephone, or in another body.
    """

    step: Line
    reply: Line = ""
    words: Line = ""
    skipped: Line = ""
    road: Road = "own_desk"
    signer: Line = ""
    body: Line = ""
    scan: Line = ""


class ReturnReply(Command, frozen=True, kw_only=True, tag="return-reply"):
    """退回修改: with a comment at the place."""

    reply: Line = ""
    comment: Line


class SendReply(Command, frozen=True, kw_only=True, tag="send-reply"):
    """发出回复: the approved text, by a recorded method; a correction later is a new reply."""

    reply: Line = ""
    kind: ReplyKind = "formal"
    method: Literal["letter", "by_hand", "message", "phone", "email", "network"] = "letter"
    document_no: Line = ""
    text: Text = ""
    solved: bool = False
    promised: Moment | None = None


class ReplyForNow(Command, frozen=True, kw_only=True, tag="preliminary-reply"):
    """初步回复 (M1-RPL-07): reason, measures and the date by which it will be solved."""

    reasons: Line
    measures: Line
    promised: Moment
    method: Literal["letter", "by_hand", "message", "phone", "email", "network"] = "phone"


class FeedBack(Command, frozen=True, kw_only=True, tag="feedback"):
    """办结反馈: written to the centre, with the complainant's rating (M1-RPL-09, M1-RPL-11)."""

    result: Line
    rating: Rating = ""
    unrated: Line = ""
    text: Text = ""


class Revisit(Command, frozen=True, kw_only=True, tag="revisit"):
    """回访: one attempt; three aspects when somebody answered (M1-FUP-02)."""

    method: Literal["phone", "network", "visit", "letter"] = "phone"
    reached: bool = True
    staff: Rating = ""
    site: Rating = ""
    result: Rating = ""
    reason: Line = ""
    words: Text = ""
    last_attempt: bool = False


class Redo(Command, frozen=True, kw_only=True, tag="redo"):
    """重新办理: sent back with a reason (M1-FUP-03, M1-FUP-05, M1-RPL-05)."""

    reason: Line
    until: Moment | None = None


class Evaluate(Command, frozen=True, kw_only=True, tag="evaluate"):
    """满意度评价: the panel's result in a dispute about satisfaction (M1-RPL-10)."""

    panel: Line
    result: Rating
    words: Line = ""


class Urge(Command, frozen=True, kw_only=True, tag="urge"):
    """催办."""

    reason: Line
    until: Moment | None = None


class Supervise(Command, frozen=True, kw_only=True, tag="supervise"):
    """督办."""

    reason: Line
    until: Moment | None = None


class ListCase(Command, frozen=True, kw_only=True, tag="list"):
    """挂牌督办: the five items of M1-LST-02."""

    target: Line
    until: Moment
    responsible: Line
    supervisor: Line
    procedure: Line
    decided_by: Line = ""


class UnlistCase(Command, frozen=True, kw_only=True, tag="unlist"):
    """摘牌: only when solved and the danger is removed (M1-LST-04)."""

    evidence: Line
    verified_by: Line


class CloseCase(Command, frozen=True, kw_only=True, tag="close"):
    """结案归档: with an outcome code; without a return visit only with the reason."""

    outcome: Line
    reason: Line = ""
    limit: Moment | None = None


class Archive(Command, frozen=True, kw_only=True, tag="archive"):
    """归档: fonds, year, keeping time, item number."""

    fonds: Line = ""
    keep: Literal["permanent", "30", "10"] = "10"
    item: Line = ""
    pages: Annotated[int, msgspec.Meta(ge=0)] = 0


class Publish(Command, frozen=True, kw_only=True, tag="publish"):
    """公布: number, class, state and result; no word of a person (COM-04)."""

    where: Line
    text: Text = ""


class Merge(Command, frozen=True, kw_only=True, tag="merge"):
    """并案办理: this case goes on inside another."""

    into: Line
    reason: Line


class Unmerge(Command, frozen=True, kw_only=True, tag="unmerge"):
    """分案: it stands on its own again."""

    reason: Line


class Reopen(Command, frozen=True, kw_only=True, tag="reopen"):
    """恢复办理: an end besides closing is taken back (OFFICE B2)."""

    reason: Line


class PauseClock(Command, frozen=True, kw_only=True, tag="pause"):
    """暂停计时: a clock stands still, with a reason code and who approved it (G-16)."""

    rule: Line
    reason: Literal["monitoring", "appraisal", "reply-awaited", "material", "other"] = "monitoring"
    remark: Line = ""
    approver: Line


class ResumeClock(Command, frozen=True, kw_only=True, tag="resume"):
    """恢复计时."""

    rule: Line


class AskExtension(Command, frozen=True, kw_only=True, tag="ask-extension"):
    """申请延期: another date for a clock, with the reason."""

    rule: Line
    until: Moment
    reason: Line


class GrantExtension(Command, frozen=True, kw_only=True, tag="grant-extension"):
    """批准延期: never past the cap or the outer limit of the profile."""

    rule: Line
    leader: Line = ""


class Step(Command, frozen=True, kw_only=True, tag="step"):
    """办理步骤: a step that the profile names (启动预案, 补齐书面手续 …), with who, what and the paper that shows it."""

    step: Line
    words: Line = ""
    officers: Line = ""
    body: Line = ""
    evidence: Line = ""
    until: Moment | None = None


class MarkFacts(Command, frozen=True, kw_only=True, tag="mark"):
    """标注: 媒体关注, 材料已核 and other marks that guards ask for."""

    marks: list[Line]
    data: dict[str, Any] = {}


class Unmark(Command, frozen=True, kw_only=True, tag="unmark"):
    """取消标注: a mark that was set wrongly is taken off."""

    marks: list[Line]


class AnswerAlarm(Command, frozen=True, kw_only=True, tag="answer-alarm"):
    """应答: a person of the body that was rung has heard it (OFFICE B5). ``what`` rang, since ``since``."""

    what: Line
    since: Moment = ""


AnyHandling: TypeAlias = (
    Object
    | KeepTransfer
    | RaiseDispute
    | Designate
    | Rule
    | AskAssistance
    | GiveAssistance
    | Investigate
    | FileCase
    | WriteToCity
    | DraftReply
    | SubmitReply
    | ApproveReply
    | PassReply
    | ReturnReply
    | SendReply
    | ReplyForNow
    | FeedBack
    | Revisit
    | Redo
    | Evaluate
    | Urge
    | Supervise
    | ListCase
    | UnlistCase
    | CloseCase
    | Archive
    | Publish
    | Merge
    | Unmerge
    | Reopen
    | PauseClock
    | ResumeClock
    | AskExtension
    | GrantExtension
    | Step
    | MarkFacts
    | Unmark
    | AnswerAlarm
)

PERSONAL_FIELDS: dict[str, tuple[str, ...]] = {
    "draft-reply": ("text",), "send-reply": ("text",), "feedback": ("text",), "revisit": ("words",),
}  # fmt: skip
"""Fields that hold words of or about the citizen."""
