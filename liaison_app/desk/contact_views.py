"""通讯录: bodies with their names over time, hotlines, people. Plain frozen data."""

from liaison_app.desk.views import PersonView, View


class HotlineView(View, frozen=True, kw_only=True):
    """A number of a body. One that is not verified is shown and never dialled."""

    number: str
    verified: bool


class ContactView(View, frozen=True, kw_only=True):
    """A body: its name now, its names before with the day until which each stood, hotlines, liaisons before others.

    ``stands_for`` is the body of which it is a part, '' for one that stands alone; ``desk``: it has a desk of its own.
    """

    body: str
    name: str
    earlier: tuple[tuple[str, str], ...]
    stands_for: str
    desk: bool
    hotlines: tuple[HotlineView, ...]
    people: tuple[PersonView, ...]
