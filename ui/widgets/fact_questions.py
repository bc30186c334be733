"""The facts that the routing table still needs, as questions; asked only as far as needed, in no forced order."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from liaison_app.desk.views import QuestionView
from ui import theme
from ui.widgets.parts import button, clear, in_lines

PHRASE = 8
"""Signs of the caller's words that an offer shows."""

AT_ONCE = 12
"""So many questions stand at once; the rest follow a few at a time, so that the window answers meanwhile."""
A_FEW = 3
OFFER_SIGNS = 12
"""Chinese signs in one line of what the record proposes."""


class FactQuestions(QWidget):
    """Questions with answers; a suggestion from the caller's words is taken with one press."""

    answered = Signal()
    complete = Signal()
    """Every question stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: dict[str, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)
        self._shown: tuple[QuestionView, ...] = ()
        self._fields: dict[str, QWidget] = {}
        self._offers: dict[str, QWidget] = {}
        self._later: deque[tuple[int, QuestionView]] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._a_few)

    def show_questions(self, questions: Sequence[QuestionView]) -> None:
        """Show the questions; a field that stays is the same field: who types or chooses in it is not disturbed."""
        shown = tuple(sorted(questions, key=lambda q: not q.needed))
        if [_look(q) for q in shown] == [_look(q) for q in self._shown]:
            return
        focused = self.focusWidget()
        before = {q.fact: (q.type, q.choices) for q in self._shown}
        kept = {
            q.fact: self._fields[q.fact]
            for q in shown
            if q.fact in self._fields and before.get(q.fact) == (q.type, q.choices)
        }
        taken = next((fact for fact, offer in self._offers.items() if offer is focused), "")
        for field in kept.values():
            self._grid.removeWidget(field)
        clear(self._grid)
        self._shown, self._fields, self._offers = shown, kept, {}
        self._later = deque(enumerate(shown))
        self._rows(AT_ONCE)
        self._turn.start()
        if taken and taken in self._fields:  # the button that was pressed is gone: its answer has the keyboard
            self._fields[taken].setFocus()

    @property
    def whole(self) -> bool:
        """Say whether every question stands."""
        return not self._later

    def _a_few(self) -> None:
        self._rows(A_FEW)
        if not self._later:
            self._turn.stop()
            self.complete.emit()

    def _rows(self, most: int) -> None:
        for _ in range(min(most, len(self._later))):
            self._row(*self._later.popleft())

    def parts(self) -> list[QWidget]:
        """Return fields and offers in the order of the eye, for the Tab key."""
        found: list[QWidget] = []
        for question in self._shown:
            if question.fact not in self._fields:
                continue  # it follows in a moment
            found.append(self._fields[question.fact])
            if question.fact in self._offers:
                found.append(self._offers[question.fact])
        return found

    def set_fact(self, fact: str, value: Any) -> None:
        """Answer a question; None means unknown."""
        if value in (None, ""):
            self.facts.pop(fact, None)
        else:
            self.facts[fact] = value
        field = self._fields.get(fact)
        if isinstance(field, QComboBox):
            self._choose(field, value)
        self.answered.emit()

    def _row(self, row: int, question: QuestionView) -> None:
        words = QLabel(("● " if question.needed else "") + question.question)
        words.setWordWrap(True)
        words.setMinimumWidth(100)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid.addWidget(words, 2 * row, 0)
        field = self._fields.get(question.fact) or self._field(question)
        self._fields[question.fact] = field
        field.setObjectName(f"fact_{question.fact}")
        field.setAccessibleName(question.question)
        field.setMinimumHeight(theme.TARGET)
        words.setBuddy(field)
        self._grid.addWidget(field, 2 * row, 1)
        if question.suggested is not None and question.fact not in self.facts:
            said = str(question.suggested)
            key = said.lower() if isinstance(question.suggested, bool) else said
            shown = dict(question.choices).get(key, said)
            said = self.tr("采用“{0}”（来电记录：{1}）").format(shown, _short(question.because))
            broken = in_lines(said, self.fontMetrics(), self.fontMetrics().horizontalAdvance("国") * OFFER_SIGNS)
            offer = button(
                broken,
                partial(self.set_fact, question.fact, question.suggested),
                kind="link",
                name=f"take_{question.fact}",
            )
            offer.setAccessibleName(said)
            offer.setMinimumHeight(theme.TARGET + self.fontMetrics().lineSpacing() * broken.count("\n"))
            offer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._offers[question.fact] = offer
            self._grid.addWidget(offer, 2 * row + 1, 0, 1, 2)

    def _field(self, question: QuestionView) -> QWidget:
        if question.type == "date":
            line = QLineEdit(str(self.facts.get(question.fact, "")))
            line.setPlaceholderText("2015-06-18")
            # at every key: a draft and Ctrl+S take what stands there, also before the field is left
            line.textEdited.connect(lambda text: self.set_fact(question.fact, text.strip()))
            return line
        box = QComboBox()
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setMinimumContentsLength(10)
        box.addItem(self.tr("不清楚"), None)
        for code, words in question.choices:
            box.addItem(words, {"true": True, "false": False}.get(code, code))
        self._choose(box, self.facts.get(question.fact))
        many = question.type == "bodies"
        box.activated.connect(
            lambda _i: self.set_fact(
                question.fact, [box.currentData()] if many and box.currentData() else box.currentData()
            )
        )
        return box

    @staticmethod
    def _choose(box: QComboBox, value: Any) -> None:
        if isinstance(value, list):
            value = value[0] if value else None
        box.setCurrentIndex(max(0, box.findData(value)))


def _look(question: QuestionView) -> tuple[Any, ...]:
    return question.fact, question.needed, question.suggested


def _short(phrase: str) -> str:
    """Return a phrase short enough for a narrow column."""
    return phrase if len(phrase) <= PHRASE else phrase[: PHRASE - 1] + "…"
