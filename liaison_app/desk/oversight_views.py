"""What the overview of a supervising post reads: every body, what is late and whose clock it is. Plain frozen data."""

from liaison_app.desk.views import View


class OverseenView(View, frozen=True, kw_only=True):
    """A body as its overseers see it: open cases that it is on (capped), clocks that ran out, the earliest of them.

    ``passed``: of those that ran out, how many still stand inside an outer limit (amber).
    """

    body: str
    name: str
    open: str
    late: int
    passed: int
    earliest: str


class LateView(View, frozen=True, kw_only=True):
    """One clock that ran out, with the body that owns it; ``ordered`` says in words what was ordered already."""

    case_id: str
    number: str
    title: str
    body: str
    body_name: str
    label: str
    rule: str
    due: str
    level: str
    countdown: str
    state_name: str
    ordered: str
