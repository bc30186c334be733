"""What is shown while the cases of a desk alone are brought in."""

from liaison_app.desk.views import View


class MapLine(View, frozen=True, kw_only=True):
    """A body or a person of an old desk, and who that is in the district ('' = nobody yet)."""

    old: str
    name: str
    to: str
    to_name: str


class BringLine(View, frozen=True, kw_only=True):
    """How a case of an old desk comes in: ``comes_in`` names the state, '' when it stays in the archive."""

    case_id: str
    number: str
    title: str
    registered_at: str
    open: bool
    state_name: str
    comes_in: str
    why: str = ""
    because: str = ""
    here: bool = False


class BringPreview(View, frozen=True, kw_only=True):
    """What would come in from an old desk."""

    home: str
    bodies: tuple[MapLine, ...]
    people: tuple[MapLine, ...]
    cases: tuple[BringLine, ...]


class BringReport(View, frozen=True, kw_only=True):
    """What came in: old and new number of each, what was here before, what stays in the archive and why."""

    brought: int
    known: int
    skipped: tuple[BringLine, ...]
    numbers: tuple[tuple[str, str], ...]
    cancelled: bool = False
