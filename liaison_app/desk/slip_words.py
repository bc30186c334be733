"""What a slip says of its transfer: who approved it, whom it reached, by when each is to act. Pure."""

from collections.abc import Callable, Iterable

from liaison_app.desk.clocks import Clock
from liaison_app.desk.paper_phrases import moment
from liaison_app.desk.roster import Roster
from liaison_app.domain.case import Delivery, Transfer
from liaison_app.domain.moments import china


def copies_said(name: str, found: Transfer, body: Callable[[str], str], roster: Roster) -> str:
    """Return who ``approved`` a transfer, or to whom its copies were ``delivered`` and by whom ``signed``, with times."""
    if name == "approved":
        return _approved(found, roster)
    told = [(one, _copy(name, found.delivery(one), roster)) for one in found.to]
    return "；".join(f"{body(one)}：{said}" if len(told) > 1 else said for one, said in told if said)


def limits_said(clocks: Iterable[Clock]) -> str:
    """Return the due dates of the clocks that a slip names (``on_slip``)."""
    return "；".join(f"{c.rule.zh}：{moment(c.due.due.isoformat())}" for c in clocks if c.rule.on_slip and c.due.due)


def _approved(found: Transfer, roster: Roster) -> str:
    """Return the leader, the road of his approval (OFFICE A1) and its time."""
    approval = found.approval
    if approval is None:
        return ""
    called = "电话请示，补签待附" if approval.countersign_due else "电话请示，已补签"
    road = {"telephone": called, "paper": "纸质呈批（代录）"}.get(approval.road, "同意")
    at = china(approval.at)
    return f"{roster.name_of(approval.leader)}（{road}）{at.month}月{at.day}日{at:%H:%M}"


def _copy(name: str, copy: Delivery, roster: Roster) -> str:
    who, at = (copy.confirmed_by, copy.delivered_at) if name == "delivered" else (copy.signed_by, copy.signed_at)
    if not at:
        return ""
    return f"{who if name == 'delivered' else roster.name_of(who or '')} {moment(at)}"
