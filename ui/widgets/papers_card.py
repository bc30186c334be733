"""The card 文书 of a case or a record: which papers it can have, with number and prints; one click shows a paper."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_app.desk.paper_views import PaperLine
from ui import theme
from ui.widgets.parts import Card, Unfold, button, clear, in_lines

WIDE = 13
"""Chinese signs in one line of a paper's button."""
FIRST = 6
"""Papers shown before the rest is unfolded: the own body's newest."""


def words_of_paper(line: PaperLine) -> str:
    """Return a paper in words: name, number or who gives it, how often it went out."""
    parts = []
    if line.number:
        parts.append(line.number)
    elif line.numbered == "office":
        parts.append(QCoreApplication.translate("PapersCard", "待编文号"))
    if line.scan:
        parts.append(QCoreApplication.translate("PapersCard", "已盖章"))
    if line.receipt:
        parts.append(QCoreApplication.translate("PapersCard", "已收回执"))
    if line.printed:
        parts.append(QCoreApplication.translate("PapersCard", "已印{n}次").format(n=line.printed))
    return "\n".join(part for part in (line.name, "　".join(parts)) if part)


class PapersCard(Card):
    """Lists papers; those of the own body first, newest first."""

    def __init__(self, show: Callable[[PaperLine], object], parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PapersCard", "文书"), parent)
        self._show = show
        self.lines: tuple[PaperLine, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.body.addLayout(self._list)
        self.setObjectName("papersCard")
        self.hide()

    def fill(self, lines: Sequence[PaperLine]) -> None:
        """Show papers; nothing is drawn anew where nothing changed."""
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        clear(self._list)
        self.setVisible(bool(lines))
        ordered = sorted(lines, key=lambda one: one.at, reverse=True)
        ordered.sort(key=lambda one: not one.mine)
        for one in ordered[:FIRST]:
            self._list.addWidget(self._button(one))
        if len(ordered) > FIRST:
            rest = QWidget()
            column = QVBoxLayout(rest)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            for one in ordered[FIRST:]:
                column.addWidget(self._button(one))
            words = QCoreApplication.translate("PapersCard", "其他文书（{n}）").format(n=len(ordered) - FIRST)
            self._list.addWidget(Unfold(words, rest))

    def _button(self, line: PaperLine) -> QWidget:
        words = in_lines(words_of_paper(line), self.fontMetrics(), self.fontMetrics().horizontalAdvance("国") * WIDE)
        made = button(words, partial(self._show, line), icon="paper", name=f"paper_{line.kind}", tip=line.body)
        made.setAccessibleName(words_of_paper(line).replace("\n", " "))
        made.setMinimumHeight(max(theme.TARGET, self.fontMetrics().lineSpacing() * (words.count("\n") + 1) + 14))
        made.setStyleSheet("text-align: left;")
        return made
