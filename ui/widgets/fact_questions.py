"""The facts that the routing table still needs, as questions; asked only as far as needed, in no forced order."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from liaison_app.desk.views import QuestionView
from ui import theme
from ui.widgets.parts import button, clear


class FactQuestions(QWidget):
    """Questions with answers; a suggestion from the caller's words is taken with one press."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: dict[str, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[QuestionView, ...] = ()

    def show_questions(self, questions: Sequence[QuestionView]) -> None:
        """Show the questions; nothing is touched when they are the same ones."""
        key = tuple((q.fact, q.needed, q.suggested, self.facts.get(q.fact)) for q in questions)
        if key == tuple((q.fact, q.needed, q.suggested, self.facts.get(q.fact)) for q in self._shown):
            return
        focused = self.focusWidget()
        name = focused.objectName() if focused else ""
        self._shown = tuple(questions)
        clear(self._grid)
        for row, question in enumerate(sorted(questions, key=lambda q: not q.needed)):
            self._row(row, question)
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()

    def set_fact(self, fact: str, value: Any) -> None:
        """Answer a question; None means unknown."""
        if value in (None, ""):
            self.facts.pop(fact, None)
        else:
            self.facts[fact] = value
        self.answered.emit()

    def _row(self, row: int, question: QuestionView) -> None:
        words = QLabel(("● " if question.needed else "") + question.question)
        words.setWordWrap(True)
        words.setMinimumWidth(120)
        self._grid.addWidget(words, row, 0)
        field = self._field(question)
        field.setObjectName(f"fact_{question.fact}")
        field.setAccessibleName(question.question)
        field.setMinimumHeight(theme.TARGET)
        words.setBuddy(field)
        self._grid.addWidget(field, row, 1)
        if question.suggested is not None and question.fact not in self.facts:
            said = str(question.suggested)
            key = said.lower() if isinstance(question.suggested, bool) else said
            shown = dict(question.choices).get(key, said)
            offer = button(
                self.tr("采用“{0}”").format(shown),
                partial(self.set_fact, question.fact, question.suggested),
                kind="link",
                name=f"take_{question.fact}",
                tip=self.tr("来自来电记录：{0}").format(question.because),
            )
            self._grid.addWidget(offer, row, 2)

    def _field(self, question: QuestionView) -> QWidget:
        if question.type == "date":
            line = QLineEdit(str(self.facts.get(question.fact, "")))
            line.setPlaceholderText("2015-06-18")
            line.editingFinished.connect(lambda: self.set_fact(question.fact, line.text().strip()))
            return line
        box = QComboBox()
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setMinimumContentsLength(8)
        box.addItem(self.tr("不清楚"), None)
        for code, words in question.choices:
            box.addItem(words, {"true": True, "false": False}.get(code, code))
        value = self.facts.get(question.fact)
        if isinstance(value, list):
            value = value[0] if value else None
        box.setCurrentIndex(max(0, box.findData(value)))
        many = question.type == "bodies"
        box.activated.connect(
            lambda _i: self.set_fact(
                question.fact, [box.currentData()] if many and box.currentData() else box.currentData()
            )
        )
        return box
