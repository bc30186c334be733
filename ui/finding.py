"""What the palette finds beside commands: cases by number, place or name, people by name or pinyin initials."""

from collections.abc import Callable, Sequence
from functools import partial

from liaison_app.desk.views import PersonView, RowView
from ui.context import Context
from ui.widgets.command_palette import Finder, Found

FOUND = 6
"""So many cases, and so many people, are offered."""


def finder(context: Context, open_directory: Callable[[str], None]) -> Finder:
    """Return what answers the palette: it reads on a reader thread and calls back on the window's."""
    desk = context.desk

    def find(words: str, then: Callable[[Sequence[Found]], None]) -> None:
        def read() -> tuple[tuple[RowView, ...], tuple[PersonView, ...]]:
            return desk.find(words, limit=FOUND), desk.people_like(words, limit=FOUND)

        def show(found: tuple[tuple[RowView, ...], tuple[PersonView, ...]]) -> None:
            cases, people = found
            lines = [
                Found(f"{c.number}　{c.title or c.place}", c.state_name, "paper", partial(context.open_case, c.case_id))
                for c in cases
            ]
            lines += [
                Found(f"{p.name}　{p.body_name}　{p.phone}", p.title, "person", partial(open_directory, p.name))
                for p in people
            ]
            then(lines)

        context.bridge.read(read, show, key="palette")

    return find
