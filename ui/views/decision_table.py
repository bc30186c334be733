"""移送决定表: the routing table, and 试一试: choose facts, see which row matches and why the others above do not."""

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.describing import try_out
from liaison_app.desk.describing_views import RouteRowView, TriedView
from liaison_app.desk.views import QuestionView
from ui.context import Context
from ui.widgets.fact_questions import FactQuestions
from ui.widgets.layouts import Column
from ui.widgets.parts import Card, button, label, listed
from ui.widgets.sheet import Sheet

VERDICT = 1
"""Column that says what a row says to the facts."""


class DecisionTable(QWidget):
    """The table on the right, the facts to try on the left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[RouteRowView, ...] = ()
        self._shown: TriedView | None = None
        self._facts: tuple[QuestionView, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._try_card(), 5)
        side = QVBoxLayout()
        side.setSpacing(6)
        self.said = label(
            self.tr("在左边选几项情况，看哪一行适用、其他行为什么不适用。"), "quiet", wrap=True, select=True
        )
        self.said.setObjectName("triedWords")
        side.addWidget(self.said)
        columns = [
            (self.tr("行"), 1.1), (self.tr("比对结果"), 3.4), (self.tr("条件"), 4.0), (self.tr("牵头"), 2.2), (self.tr("配合"), 2.2),
            (self.tr("依据"), 2.6), (self.tr("说明"), 2.6),
        ]  # fmt: skip
        self.sheet = Sheet(self.tr("移送决定表"), columns)
        self.sheet.setObjectName("decisionTable")
        self.sheet.setColumnHidden(VERDICT, True)
        side.addWidget(self.sheet, 1)
        row.addLayout(side, 10)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._try)

    def show_table(self, rows: Sequence[RouteRowView], facts: Sequence[QuestionView]) -> None:
        """Show the table and the fields; the facts that were chosen stay chosen."""
        if (tuple(rows), tuple(facts)) != (self._rows, self._facts):
            self._rows, self._facts = tuple(rows), tuple(facts)
            self.sheet.fill([(r.row, "", r.condition, r.lead, r.supporting, r.basis, r.remark) for r in rows])
            self.questions.show_questions(facts)
        if self.questions.facts:
            self._try()

    def _try_card(self) -> Card:
        card = Card(self.tr("试一试"))
        card.body.setContentsMargins(12, 12, 8, 12)
        self.questions = FactQuestions()
        self.questions.answered.connect(lambda: self._pause.start())
        area = Column(self.tr("情况"))
        area.cards.addWidget(self.questions)
        area.cards.addStretch(1)
        card.body.addWidget(area, 1)
        card.body.addWidget(button(self.tr("清空(&E)"), self.reset, name="tryReset"))
        return card

    def reset(self) -> None:
        """Forget the facts and show the plain table."""
        for fact in tuple(self.questions.facts):
            self.questions.set_fact(fact, None)
        self._pause.stop()
        self.sheet.setColumnHidden(VERDICT, True)
        self.sheet.let_go()
        for at in range(len(self._rows)):
            self.sheet.mark(at, "")
        self.said.setText(self.tr("在左边选几项情况，看哪一行适用、其他行为什么不适用。"))
        self.sheet.shape_rows()

    def _try(self) -> None:
        dates = {q.fact for q in self._facts if q.type == "date"}
        whole = re.compile(r"\d{4}-\d{2}-\d{2}$")  # a date that is still being typed does not count yet
        facts = {k: v for k, v in self.questions.facts.items() if k not in dates or whole.match(str(v))}
        if not facts:
            self.reset()
            return
        job = partial(try_out, self._context.desk, facts)
        self._context.bridge.read(job, self._tried, owner=self, key="tried")

    def _tried(self, tried: TriedView) -> None:
        again = tried == self._shown and not self.sheet.isColumnHidden(VERDICT)
        self._shown = tried
        said = {row.row: row for row in tried.rows}
        self.sheet.setColumnHidden(VERDICT, False)
        for at, row in enumerate(self._rows):
            found = said[row.row]
            item = self.sheet.item(at, VERDICT)
            if item is not None:
                item.setText(found.words)
            self.sheet.mark(at, found.verdict)
        words = tried.why
        if tried.ask:
            words += "\n" + self.tr("还要问：{0}").format(listed(tried.ask))
        self.said.setText(words)
        at = next((i for i, row in enumerate(self._rows) if row.row == tried.matched), -1)
        if at >= 0 and not again:
            self.sheet.show_row(at)
