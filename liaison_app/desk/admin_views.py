"""What the administrator's page reads: how this desk is kept, how the district stands, which version was announced."""

from liaison_app.desk.views import View


class ReleaseView(View, frozen=True, kw_only=True):
    """A version of the program that the administrator announced, newer than this one."""

    version: str
    own: str
    where: str = ""
    notes: str = ""


class HouseView(View, frozen=True, kw_only=True):
    """What an administrator looks after at this desk, without the shared database."""

    member: bool
    may: bool
    """Whether the person at work is an administrator (on a demo everybody is)."""
    address: str
    """Host and database of the shared database, without role or password; '' where there is none."""
    district: str
    people: int
    silent: tuple[str, ...]
    """Bodies with a desk in the district for which nobody is in the roster."""
    calendar_until: int
    year: int
    """The year that is to be entered next: this one, or from October on the one to come, or 0."""
    version: str
    """The version of the profile that is in force."""
    valid_from: str
    ahead: str
    """A version that comes into force later, '' for none."""
    readings: int
    """So many readings differ from the profile's defaults."""
    backup_at: str | None
    program: str


class DeskLine(View, frozen=True, kw_only=True):
    """One desk of the district as the server knows it. ``state``: code, lapsed, in_use, revoked."""

    role: str
    body: str
    body_name: str
    person: str
    person_name: str
    persons: int
    version: str
    old: bool
    """Whether a newer version was announced than the desk said it runs."""
    seen_at: str | None
    quiet_days: int
    """Whole days since it was last heard."""
    state: str
    code_until: str | None


class DistrictView(View, frozen=True, kw_only=True):
    """How the shared database stands, as its administrator sees it."""

    district: str
    postgresql: str
    people: int
    cases: int
    megabytes: int
    watched: bool
    leases_closed: bool
    archiving: bool
    archived_at: str | None
    failed_at: str | None
    standbys: int
    release: str
    clocks: tuple[str, str] | None = None
    """The time of this PC and of the server where they are too far apart."""
    desks: tuple[DeskLine, ...]


class CodeView(View, frozen=True, kw_only=True):
    """A one-time code as it is handed over; it is kept nowhere."""

    code: str
    person_name: str
    until: str
