"""What a citizen who asks how it stands may be told (OFFICE C1, C2): where it is, who has it, until when, whom to call.

Only what the citizen is entitled to know: no name of a complainant or leader, no note, no inner step. In Chinese, for it
is read aloud. Pure.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from liaison_app.desk.clocks import Clock
from liaison_app.domain.case import Case, Matter
from liaison_app.domain.handling import Reply
from liaison_app.domain.moments import china
from liaison_app.mechanism.schema import Profile
from liaison_app.words import labels

ANSWERS: Final = frozenset({"answered", "fed-back"})
"""Moments that end the waiting of a citizen: a clock that one of them stops is his limit."""


def may_tell(case: Case, profile: Profile, running: Sequence[Clock], now: datetime, body: str) -> str:
    """Return the sentences that a body may read aloud to who asks about a case."""
    names = {post.id: post.name for post in profile.posts}
    if case.confidential == "strict" and body != case.first_receiver:
        first = names.get(case.first_receiver, case.first_receiver)
        return f"您好，这件投诉由{first}负责向您答复，请拨打{first}电话{_hotline(profile, case.first_receiver)}。"
    about = [_of_matter(case, matter, profile, names, running, now) for matter in case.matters]
    numbered = [f"第{n}项：{words}" for n, words in enumerate(about, 1)] if len(about) > 1 else about
    return f"您好，您反映的{case.number}号投诉" + "".join(numbered)


def _of_matter(
    case: Case, matter: Matter, profile: Profile, names: dict[str, str], running: Sequence[Clock], now: datetime
) -> str:
    handling = case.handling
    if handling.merged_into:
        return f"与{handling.merged_number}号投诉一并办理，以后请按该编号查询。"
    if case.ended:
        return f"已经终止：{labels.choice('void-outcome', case.ended, 'zh_CN')}。"
    lead = names.get(matter.accepted_by or "", matter.accepted_by or "")
    answer = _answer(case, matter)
    if answer is not None and answer.sent_at:
        how = labels.choice("send-reply-method", answer.method, "zh_CN")
        ending = "，现已结案" if handling.moment(matter.n, "closed") else ""
        return f"已由{names.get(answer.body, answer.body)}于{_day(answer.sent_at)}以{how}方式答复{ending}。"
    transfer = case.transfer(matter.n)
    if matter.accepted_at:
        step = "重新办理" if handling.moment(matter.n, "returned") else "办理"
        said = f"已由{lead}于{_day(matter.accepted_at)}受理，正在{step}"
        return f"{said}{_limit(matter, running, now)}。{_contact(case, matter, profile)}"
    if transfer is not None and transfer.sent_at:
        to = "、".join(names.get(b, b) for b in transfer.to)
        return f"已于{_day(transfer.sent_at)}移送{to}{_limit(matter, running, now)}。{_contact(case, matter, profile)}"
    received = _day(case.registered_at)
    more = "，还需要您补充情况" if case.missing else "，正在确定负责办理的单位"
    return f"已于{received}登记{more}。"


def _answer(case: Case, matter: Matter) -> Reply | None:
    """Return the formal reply that stands: a return to handling takes it back."""
    if not case.handling.moment(matter.n, "answered"):
        return None
    sent = [r for r in case.handling.of("replies", matter.n) if r.kind == "formal" and r.sent_at]
    return sent[-1] if sent else None


def _limit(matter: Matter, running: Sequence[Clock], now: datetime) -> str:
    """Return until when an answer is due; a limit that has passed is not promised again."""
    mine = [c for c in running if c.matter == matter.n and c.state == "open" and ANSWERS & set(c.rule.stop)]
    dues = sorted(c.due.due for c in mine if c.due.due is not None and not c.rule.outer)
    if not dues:
        return ""
    return f"，应在{dues[0].month}月{dues[0].day}日前答复您" if dues[0] > now else "，我们会催促尽快答复您"


def _contact(case: Case, matter: Matter, profile: Profile) -> str:
    transfer = case.transfer(matter.n)
    copy = transfer.delivery() if transfer else None
    accepted = matter.acceptances[0] if matter.acceptances else None
    body = matter.accepted_by or (transfer.to[0] if transfer else "")
    number = (accepted.contact_number if accepted else "") or (copy.contact_number if copy else "")
    number = number or _hotline(profile, body)
    return f"联系电话{number}。" if number else ""


def _hotline(profile: Profile, body: str) -> str:
    """Return a verified number of a body, '' when it has none."""
    post = next((p for p in profile.posts if p.id == body), None)
    return next(iter(post.verified), "") if post else ""


def _day(moment: str) -> str:
    at = china(moment)
    return f"{at.month}月{at.day}日"
