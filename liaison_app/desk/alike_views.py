"""What stands beside a case: the positions of a dispute, similar cases, places complained of again and again."""

from typing import Literal

from liaison_app.desk.views import RowView, View


class PositionView(View, frozen=True, kw_only=True):
    """What one side of a dispute says: who, when, as what, its reasons, the clause, the body it proposes."""

    act: str
    body: str
    role: str
    at: str
    reasons: str
    clause: str
    proposed: str


class DisputeView(View, frozen=True, kw_only=True):
    """A dispute on one matter: both sides in order, the decisions, whether it waits for one and until when."""

    matter: int
    positions: tuple[PositionView, ...]
    decisions: tuple[PositionView, ...]
    open: bool
    countdown: str = ""
    level: str = "none"


class BesideView(View, frozen=True, kw_only=True):
    """Disputes of a case and the open cases that are like it (same telephone, place or object)."""

    disputes: tuple[DisputeView, ...]
    alike: tuple[RowView, ...]
    can_merge: bool


class HotPlaceView(View, frozen=True, kw_only=True):
    """A place of which several complaints came inside ``days``: ``repeated``, or ``hot`` from the mechanism's threshold on."""

    place: str
    count: int
    days: int
    level: Literal["repeated", "hot"]
    cases: tuple[RowView, ...]
