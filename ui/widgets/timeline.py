"""办理经过: every act of a case, newest first; a long one is made a few acts at a turn, the older ones when they are asked for."""

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.views import TimelineView
from ui.widgets.moments import full_moment, short_moment
from ui.widgets.parts import Card, Chip, Unfold, button, label, line

FIRST_ACTS = 20
"""Acts shown before the older ones are unfolded."""
A_FEW = 5
"""Acts made in one turn of the loop."""
BREATH_MS = 15
"""From one few to the next (milliseconds): the window paints and hears the keys between."""
WIDEST = "12月30日 23:59"
"""The widest moment, so that the grids of acts stand in line."""


class TimelineCard(Card):
    """When it happened, what, who; marks for 补录, 代录 and inner notes; its papers."""

    def __init__(
        self, acts: Sequence[TimelineView], open_paper: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("CasePage", "办理经过"), parent)
        newest = list(reversed(acts))
        self._acts = Acts(newest[:FIRST_ACTS], open_paper, self)
        self.body.addWidget(self._acts)
        older = newest[FIRST_ACTS:]
        if older:
            inside = QWidget()
            column = QVBoxLayout(inside)
            column.setContentsMargins(0, 0, 0, 0)
            words = QCoreApplication.translate("CasePage", "更早的 {count} 条").format(count=len(older))
            unfold = Unfold(words, inside)

            def make(_on: bool) -> None:
                if not column.count():
                    column.addWidget(Acts(older, open_paper, inside))

            unfold.switch.toggled.connect(make)
            self.body.addWidget(unfold)

    @property
    def whole(self) -> bool:
        """Say whether every act that is not folded away stands."""
        return self._acts.whole


class Acts(QWidget):
    """The first acts at once, the rest a few at a turn of the loop, so that the window answers meanwhile.

    Each few stand in a grid of their own: what stands already is not laid out anew for those that follow.
    """

    def __init__(
        self, acts: Sequence[TimelineView], open_paper: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open_paper = open_paper
        self._later = deque(acts)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._turn = QTimer(self)
        self._turn.setInterval(BREATH_MS)
        self._turn.timeout.connect(self._put)
        self._put()
        if self._later:
            self._turn.start()

    @property
    def whole(self) -> bool:
        """Say whether every act stands."""
        return not self._later

    def _put(self) -> None:
        few = QWidget(self)
        grid = QGridLayout(few)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance(WIDEST))
        if self._column.count():
            self._column.addWidget(line())
        for at in range(min(A_FEW, len(self._later))):
            self._one(grid, at, self._later.popleft())
        self._column.addWidget(few)
        if not self._later:
            self._turn.stop()

    def _one(self, grid: QGridLayout, at: int, act: TimelineView) -> None:
        if at:
            grid.addWidget(line(), 2 * at - 1, 0, 1, 3)
        when = label(short_moment(act.happened_at), "quiet")
        when.setToolTip(_recorded(act))
        grid.addWidget(when, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(_act(act), 2 * at, 1)
        if any(kind == "slip" for kind, _number in act.papers):
            show = button(
                QCoreApplication.translate("CasePage", "移送单"), lambda: self._open_paper("slip"), kind="link"
            )
            grid.addWidget(show, 2 * at, 2, Qt.AlignmentFlag.AlignTop)


def _recorded(act: TimelineView) -> str:
    words = QCoreApplication.translate("CasePage", "发生于 {happened}，记录于 {recorded}")
    return words.format(happened=full_moment(act.happened_at), recorded=full_moment(act.recorded_at))


def _act(act: TimelineView) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(1)
    top = QHBoxLayout()
    top.setSpacing(8)
    what = label(act.label, "strong")
    top.addWidget(what)
    if act.late:
        late = Chip(QCoreApplication.translate("CasePage", "补录"), "amber")
        late.setToolTip(_recorded(act))
        top.addWidget(late)
    if act.proxy:
        top.addWidget(Chip(act.proxy, "amber"))
    if act.inner:
        top.addWidget(Chip(QCoreApplication.translate("CasePage", "仅本单位可见")))
    top.addStretch(1)
    column.addLayout(top)
    if act.text:
        words = label(act.text, wrap=True, select=True)
        if act.struck:
            font = words.font()
            font.setStrikeOut(True)
            words.setFont(font)
            top.insertWidget(1, Chip(QCoreApplication.translate("CasePage", "已更正")))
        column.addWidget(words)
    who = f"{act.body} {act.person}"
    if act.late:
        who += QCoreApplication.translate("CasePage", " · 记录于 {time}").format(time=short_moment(act.recorded_at))
    column.addWidget(label(who, "small", wrap=True))
    return column
