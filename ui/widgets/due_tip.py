"""怎样计算的, on hover: why a date is due, read when the mouse rests on it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from liaison_app.desk.views import DueView
from ui.context import Context
from ui.widgets.moments import full_moment

FAR = 24
"""Pixels that the mouse may move while the answer comes."""


def reasons(clocks: Sequence[DueView], due: str | None) -> str:
    """Return why a moment is due: the clocks that end then, all open ones when none does."""
    running = [one for one in clocks if one.state == "open" and one.due]
    ending = [one for one in running if one.due == due] or running
    return "\n\n".join(f"{one.label}  {full_moment(one.due or '')}\n{one.why}" for one in ending)


class DueTip(QObject):
    """Answers a widget's tool tip with the reasons of a case's dates; ``at`` names case and due date under the mouse."""

    def __init__(self, context: Context, on: QWidget, at: Callable[[QPoint], tuple[str, str | None] | None]) -> None:
        super().__init__(on)
        self._context, self._on, self._at = context, on, at
        on.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read the reasons when a tip is asked for over a date; everything else goes on as before."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return False
        found = self._at(event.pos())
        if found is None:
            return False
        (case_id, due), place, desk = found, event.globalPos(), self._context.desk
        self._context.bridge.read(
            lambda: desk.case(case_id).deadlines, lambda clocks: self._show(clocks, due, place), owner=self, key="due-tip"
        )  # fmt: skip
        return True

    def _show(self, clocks: Sequence[DueView], due: str | None, place: QPoint) -> None:
        if (QCursor.pos() - place).manhattanLength() <= FAR:
            QToolTip.showText(place, reasons(clocks, due), self._on)
