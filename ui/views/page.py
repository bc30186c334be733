"""What every page of the window has: a heading, 返回 and 打印, and a moment to put its draft away."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.widgets.command_palette import Found


class Page(QWidget):
    """Base of the pages. The window shows heading, 返回 and 打印 above it; a page shows its own content only."""

    heading_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def heading(self) -> str:
        """Return the words above the page."""
        return ""

    def case_ref(self) -> str:
        """Return the case id when the page shows a case, '' otherwise."""
        return ""

    def case_in_sight(self) -> str:
        """Return the case id on which the person stands: the page's own, or the row chosen; '' when there is none."""
        return self.case_ref()

    def can_print(self) -> bool:
        """Say whether 打印 has something to print now."""
        return False

    def print_papers(self) -> None:
        """打印: open the preview of this page's paper."""

    def do_next(self) -> None:
        """办理下一步: open the form of what waits here."""

    def works_by_keys(self) -> bool:
        """Say whether 办理下一步 means something here though no case page is open."""
        return False

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """Return the actions of pages (``of_page`` in the registry) that can be done here now, and what they do."""
        return {}

    def here(self) -> Sequence[Found]:
        """Return what the palette finds here beside commands: the acts and papers of the case in sight."""
        return ()

    def can_go_on(self) -> bool:
        """Say whether there is a next one here: a line, somebody to call."""
        return False

    def next_call(self) -> None:
        """下一件: go to the next one here."""

    def following(self, case_id: str) -> Callable[[], None] | None:
        """Return what opens the line after a case that was opened from here, None when there is none."""
        return None

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Be told that cases changed (empty: any may have)."""

    def refresh(self) -> None:
        """Read the page again without losing place or selection."""

    def activated(self) -> None:
        """Be told that the page is now shown: take the focus where work begins."""
        self.setFocus()

    def leave(self) -> None:
        """Be told that the page is left, the person changes or the window closes: what was typed must be kept."""
