"""What the page of synchronising reads: how the desk stands, what waits, what is to be checked."""

from typing import Any

from liaison_app.desk.views import TimelineView, View


class SyncState(View, frozen=True, kw_only=True):
    """How a desk stands with the shared database: what waits since when, last synchronisation, why it does not go on."""

    member: bool
    waiting: int
    since: str | None
    last_sync: str | None
    code: str
    message: str
    received: int
    head: int
    to_check: int
    off_since: str = ""
    """Since when no round has come to its end; '' while they do."""
    files_out: int = 0
    files_in: int = 0
    """Attachments that go over after everything else, and those of others that are still to come."""
    numbers: tuple[tuple[str, int], ...] = ()
    """Leased numbers that are left, by body, kind and year."""


class WaitingView(View, frozen=True, kw_only=True):
    """待上传: one act that the shared database has not answered yet."""

    act_id: str
    action: str
    label: str
    case_id: str | None
    number: str
    person: str
    since: str
    state: str
    why: str
    tries: int


class ConflictView(View, frozen=True, kw_only=True):
    """需核对事项: an act that no longer holds; its text, what others did meanwhile, what may become of it."""

    act_id: str
    case_id: str | None
    number: str
    title: str
    action: str
    label: str
    person: str
    done_at: str
    found_at: str
    code: str
    message: str
    mine: tuple[tuple[str, str], ...]
    theirs: tuple[TimelineView, ...]
    fields: dict[str, Any]
    resolution: str
    reason: str
    resolved_at: str | None
    can_note: bool
    can_redo: bool
